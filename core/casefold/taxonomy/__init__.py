"""Document classes as versioned data: model, codec, lint and diff."""
