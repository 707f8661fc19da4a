"""Test casefold and its adapters: published strategies, laws and state machines."""
