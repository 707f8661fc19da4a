"""``casefold policy``: each command in a module of its own."""

from casefold_shells.cli.commands.policy import check, diff, evaluate, export, tck, test

__all__ = ["check", "diff", "evaluate", "export", "tck", "test"]
