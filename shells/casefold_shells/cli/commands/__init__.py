"""One module a command; importing them registers them."""

from casefold_shells.cli.commands import bench, check, decide, evaluate, policy, review, run, synth, taxonomy, train

__all__ = ["bench", "check", "decide", "evaluate", "policy", "review", "run", "synth", "taxonomy", "train"]
