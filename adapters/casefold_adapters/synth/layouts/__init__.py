"""Ways to draw each class of document; every layout has a family name of its own."""
