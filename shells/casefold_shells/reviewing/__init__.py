"""Review a case: what waits, what could be said of it, and what saying it changed."""
