"""The command line: `main` is the program ``casefold``."""

from casefold_shells.cli.app import main

__all__ = ["main"]
