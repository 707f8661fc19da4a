"""Run the core: gather through adapters, decide, apply."""
