"""Policies: decision models, tables and scorecards as values, and their evaluation."""
