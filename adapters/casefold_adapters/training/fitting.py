"""Fit a local model: weights by ridge regression of every label against the rest, worth by families never learnt from.

Ridge regression has one answer, whatever the order of steps, and here one that costs as much as the pages are many
rather than as the features are. Every label counts alike, and within a label every family, so that sixty pages of one
family say no more than one page of another.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any

from attrs import frozen

from casefold.kernel.canonical import Json, written
from casefold.pages.local.codec import made
from casefold.pages.local.features import Hashing, features
from casefold.pages.local.model import GAIN_SCALE, HUNDREDTHS, WEIGHT_MAX, Calibration, LocalModel
from casefold.taxonomy.model import UNKNOWN
from casefold_adapters.training.samples import Sample

BIAS_FEATURE = 0.22
"""What every page shows besides, so that a label may be rare."""

CLIPPED = 0.9999
"""Weights beyond this share of all are cut, so that the others keep their digits."""

PRIOR_DECIBANS = 12
"""What assembly charges for one more document of a given class; see `casefold.pages.scores.OPEN_CLASS`."""


@frozen
class Settings:
    """How a model is fitted.

    Attributes:
        hashing: How wording becomes features.
        penalty: How much large weights cost.
        worth_max: Decibans that an opinion is worth at most.
        lead_max: The lead of rules, in decibans, beyond which the model is not asked.
    """

    hashing: Hashing = Hashing(14, 0)
    penalty: float = 1.0
    worth_max: int = 8
    lead_max: int | None = 12


@frozen
class Fitted:
    """Weights as they were fitted.

    Attributes:
        labels: The labels, in order.
        matrix: Weights by feature and label, the bias feature last.
    """

    labels: tuple[str, ...]
    matrix: Any


@frozen
class Slope:
    """Decibans for a label: *intercept* and so much for each unit of decision."""

    gain: float
    intercept: float


def table(samples: Sequence[Sample], hashing: Hashing) -> Any:
    """Give the features of *samples* as a sparse table: every page has length 1, and the bias feature besides."""
    numpy, sparse = import_module("numpy"), import_module("scipy.sparse")
    wide = 1 << hashing.bits
    starts, places, values = [0], list[int](), list[float]()
    for sample in samples:
        seen = sorted(features(sample.page, hashing))
        places += [*seen, wide]
        values += [1 / math.sqrt(max(1, len(seen)))] * len(seen) + [BIAS_FEATURE]
        starts.append(len(places))
    shape = (len(samples), wide + 1)
    return sparse.csr_matrix((numpy.array(values), numpy.array(places), numpy.array(starts)), shape=shape)


def shares(samples: Sequence[Sample]) -> list[float]:
    """Give the weight of each sample: labels alike, families within a label alike; 1 on the whole."""
    group = Counter((sample.label, sample.family) for sample in samples)
    families = Counter(label for label, _ in group)
    found = [1 / (group[sample.label, sample.family] * families[sample.label]) for sample in samples]
    mean = sum(found) / max(1, len(found))
    return [each / mean for each in found]


def fit(samples: Sequence[Sample], settings: Settings) -> Fitted:
    """Fit weights to *samples*; equal samples in equal order give equal weights."""
    numpy, linear = import_module("numpy"), import_module("sklearn.linear_model")
    labels = tuple(sorted({UNKNOWN, *(sample.label for sample in samples)}))
    place = {label: at for at, label in enumerate(labels)}
    wanted = -numpy.ones((len(samples), len(labels)))
    for row, sample in enumerate(samples):
        wanted[row, place[sample.label]] = 1
    ridge = linear.Ridge(alpha=settings.penalty, fit_intercept=False, solver="cholesky")
    ridge.fit(table(samples, settings.hashing), wanted, sample_weight=numpy.array(shares(samples)))
    return Fitted(labels, ridge.coef_.T)


def decisions(fitted: Fitted, samples: Sequence[Sample], hashing: Hashing) -> Any:
    """Give scikit-learn's decision for each sample and label."""
    return table(samples, hashing) @ fitted.matrix


def calibrate(found: Iterable[tuple[Fitted, Any, Sequence[Sample]]]) -> Slope:
    """Learn what decisions are worth from pages of families that the weights had not seen.

    The odds of a page's best label being right follow its decision (Platt, "Probabilistic outputs for support vector
    machines", 1999); what assembly charges for a document of a class comes on top, for it is charged again.
    """
    numpy, linear = import_module("numpy"), import_module("sklearn.linear_model")
    values: list[float] = []
    right: list[bool] = []
    for fitted, table_, samples in found:
        best = numpy.argmax(table_, axis=1)
        values += [float(table_[row, at]) for row, at in enumerate(best)]
        right += [fitted.labels[at] == sample.label for at, sample in zip(best, samples, strict=True)]
    if len(set(right)) < 2:
        return Slope(10.0, 0.0)
    regression = linear.LogisticRegression(C=1.0, solver="lbfgs").fit(numpy.array(values)[:, None], right)
    scale = 10 / math.log(10)
    slope = max(0.0, float(regression.coef_[0, 0]))
    return Slope(scale * slope, scale * float(regression.intercept_[0]) + PRIOR_DECIBANS)


def publish(
    fitted: Fitted, slope: Slope, settings: Settings, name: str, version: str, taxonomy: str, card: Mapping[str, Json]
) -> LocalModel:
    """Round a fitted model to whole numbers and name it by its content."""
    numpy = import_module("numpy")
    weights, bias = fitted.matrix[:-1], fitted.matrix[-1] * BIAS_FEATURE
    largest = float(numpy.quantile(numpy.abs(weights), CLIPPED)) or 1.0
    whole = numpy.clip(numpy.rint(weights * (WEIGHT_MAX / largest)), -WEIGHT_MAX, WEIGHT_MAX).astype("int8")
    gain = slope.gain * HUNDREDTHS * largest / WEIGHT_MAX * GAIN_SCALE
    biases = (slope.gain * bias + slope.intercept) * HUNDREDTHS
    calibration = Calibration(round(gain), settings.worth_max, settings.lead_max)
    made_of = (fitted.labels, settings.hashing, calibration, tuple(round(float(each)) for each in biases))
    return made(name, version, taxonomy, *made_of, whole.tobytes(), written(card)).unwrap()
