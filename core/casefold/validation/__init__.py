"""Rules across the documents of a file: what they state agrees, is complete, and is not too old."""
