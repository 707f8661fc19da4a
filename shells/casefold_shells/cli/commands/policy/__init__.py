"""``casefold policy``: each command in a module of its own."""

from casefold_shells.cli.commands.policy import check, evaluate, export, tck

__all__ = ["check", "evaluate", "export", "tck"]
