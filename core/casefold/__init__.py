"""Decide what a bundle of loan papers contains, as pure functions over frozen values."""
