"""The loan case: what happened to it, what is due, and what follows from both."""
