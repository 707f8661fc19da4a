"""Closures that evaluate each kind of expression: made once from the tree, run for every decision."""
