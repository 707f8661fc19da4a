"""Calibration for people: what it found, as a page and as JSON."""
