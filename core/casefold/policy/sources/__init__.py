"""Policies from YAML, and tables from sheets such as people keep in Excel or as CSV; and back."""
