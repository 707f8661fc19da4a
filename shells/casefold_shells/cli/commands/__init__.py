"""One module a command; importing them registers them."""

from casefold_shells.cli.commands import bench, calibrate, check, decide, evaluate, policy, review, run, synth, taxonomy

__all__ = ["bench", "calibrate", "check", "decide", "evaluate", "policy", "review", "run", "synth", "taxonomy"]
