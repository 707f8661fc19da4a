"""Many packages, each to the end of its case: what happened to them, what is due, and what they came to."""
