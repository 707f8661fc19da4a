"""A small linear model of pages: it reads what no single phrase shows, and a few slips of a scanner do not matter."""
