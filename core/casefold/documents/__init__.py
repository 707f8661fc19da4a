"""Documents of a loan file: what they are and what is wrong with them."""
