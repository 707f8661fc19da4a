"""What is true of a decision table whatever the facts: gaps, overlaps, dead rules, differences, needed tests."""
