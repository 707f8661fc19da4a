"""Train the local model from labelled pages."""
