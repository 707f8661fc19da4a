"""One module a command; importing them registers them."""

from casefold_shells.cli.commands import (
    batch,
    bench,
    calibrate,
    check,
    decide,
    evaluate,
    labels,
    policy,
    remember,
    review,
    run,
    synth,
    taxonomy,
    train,
)

__all__ = [
    "batch",
    "bench",
    "calibrate",
    "check",
    "decide",
    "evaluate",
    "labels",
    "policy",
    "remember",
    "review",
    "run",
    "synth",
    "taxonomy",
    "train",
]
