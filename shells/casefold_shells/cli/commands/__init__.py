"""One module a command; importing them registers them."""

from casefold_shells.cli.commands import batch, bench, check, decide, evaluate, policy, review, run, synth, taxonomy

__all__ = ["batch", "bench", "check", "decide", "evaluate", "policy", "review", "run", "synth", "taxonomy"]
