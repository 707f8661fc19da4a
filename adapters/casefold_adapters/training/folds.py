"""Models that have not seen what they are measured on: one for each group of families."""

from collections.abc import Callable, Sequence
from typing import Any

from attrs import frozen

from casefold_adapters.training.fitting import Fitted, Settings, Slope, calibrate, decisions, fit
from casefold_adapters.training.samples import Sample, varied

FOLDS = 5
"""Groups of families at most; the largest families stand alone."""


@frozen
class Fold:
    """A group of families, and weights that were fitted without any of their pages."""

    families: tuple[str, ...]
    fitted: Fitted


@frozen
class Trained:
    """A model of everything, what its decisions are worth, and the models that measure it.

    Attributes:
        fitted: The weights, fitted to all samples.
        slope: What decisions are worth, learnt over all folds.
        folds: The models that have not seen one group each.
        right: Pages of left-out families whose best label was right, of how many, by family.
    """

    fitted: Fitted
    slope: Slope
    folds: tuple[Fold, ...]
    right: tuple[tuple[str, int, int], ...]


def groups(samples: Sequence[Sample], folds: int = FOLDS) -> tuple[tuple[str, ...], ...]:
    """Share the families of real pages out over *folds*, the largest first, each to the group with the fewest pages."""
    sizes: dict[str, int] = {}
    for sample in samples:
        if sample.placed:
            sizes[sample.family] = sizes.get(sample.family, 0) + 1
    shared: list[list[str]] = [[] for _ in range(min(folds, len(sizes)))]
    for family in sorted(sizes, key=lambda name: (-sizes[name], name)):
        fewest = min(shared, key=lambda group: sum(sizes[name] for name in group))
        fewest.append(family)
    return tuple(tuple(sorted(group)) for group in shared)


def train(
    samples: Sequence[Sample], settings: Settings, copies: int, seed: int, tell: Callable[[str], None] = lambda _: None
) -> Trained:
    """Fit a model to *samples* and *copies* of each as bad scans, and one for each group of families left out."""
    folds: list[Fold] = []
    judged: list[tuple[Fitted, Any, Sequence[Sample]]] = []
    right: list[tuple[str, int, int]] = []
    for group in groups(samples):
        tell(f"without {', '.join(group)}")
        fitted = fit(varied([each for each in samples if each.family not in group], copies, seed), settings)
        left = [each for each in samples if each.family in group]
        found = decisions(fitted, left, settings.hashing)
        folds.append(Fold(group, fitted))
        judged.append((fitted, found, left))
        best = [fitted.labels[int(at)] for at in list[int](found.argmax(axis=1))]
        for family in group:
            mine = [label == each.label for label, each in zip(best, left, strict=True) if each.family == family]
            right.append((family, sum(mine), len(mine)))
    tell("on everything")
    whole = fit(varied(samples, copies, seed), settings)
    return Trained(whole, calibrate(judged), tuple(folds), tuple(sorted(right)))
