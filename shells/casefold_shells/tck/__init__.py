"""Run the DMN Technology Compatibility Kit against an engine and say what it came to."""
