"""``casefold policy``: each command in a module of its own."""

from casefold_shells.cli.commands.policy import backtest, check, diff, evaluate, explain, export, tck, test

__all__ = ["backtest", "check", "diff", "evaluate", "explain", "export", "tck", "test"]
