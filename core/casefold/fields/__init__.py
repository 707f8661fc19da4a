"""Fields: the typed values that a document states, each with the place that it was read from."""
