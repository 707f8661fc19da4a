"""Weigh a page by the local model: what it sees of the page in, decibans for a few labels out.

The model is one number for each feature and label. A page's worth for a label is

    bias + gain * (sum over its features) / sqrt(features)

in hundredths of a deciban, where bias and gain carry the calibration: learnt on pages of families that the weights had
not seen, they make the worth the logarithm of how much likelier such a sum is where the label is right.

The numbers of one feature for all labels are kept as one large whole number of a lane of 16 bits a label, so that
adding up a page costs one addition a feature whatever the number of labels. A lane holds the sum of `LANE_ROWS`
features; those of a page are added so many at a time.
"""

from collections.abc import Collection, Iterable
from math import isqrt
from struct import unpack

from attrs import field, frozen

from casefold.kernel.canonical import Written
from casefold.pages.labels import Tier
from casefold.pages.local.features import Hashing, features
from casefold.pages.opinions import Opinion
from casefold.pages.text import PageText

HUNDREDTHS = 100
"""Parts of a deciban that the model counts in."""

WEIGHT_MAX = 127
"""Weights are whole numbers between this and its negative."""

LANE_BYTES = 2
LANE_ROWS = 257
"""So many weights, `WEIGHT_MAX` + 1 added to each, have a sum that two bytes hold."""

GAIN_SCALE = 2**16
"""The gain is given in parts of this."""

OPINIONS_MAX = 3
"""A page gets opinions on so many labels at most: what speaks for many labels speaks for none."""

WORTH_MIN = 3
"""Fewer decibans, twice as likely, are not worth a word."""

WORDS_MIN = 8
"""A page of fewer words has nothing that a model of wording could go by."""


@frozen
class Calibration:
    """What sums of weights are worth.

    Attributes:
        gain: Hundredths of a deciban for a sum of weights over the root of how many they are, in parts of `GAIN_SCALE`.
        worth_max: Decibans that one page's opinion is worth at most, whatever the sums.
        lead_max: Where rules alone put one label of a page further ahead than so many decibans, the model is not asked;
            ``None`` to ask it of every page. See `casefold.pages.local.asking`.
    """

    gain: int
    worth_max: int
    lead_max: int | None = None


@frozen
class LocalModel:
    """A model as published; it never changes.

    Attributes:
        name: What it is called.
        version: Its version.
        taxonomy: The digest of the taxonomy that its labels are of.
        labels: Classes, kinds known to be outside, and ``unknown``.
        hashing: How it sees wording.
        calibration: What its sums are worth.
        biases: Hundredths of a deciban, for each label.
        weights: For each feature one signed byte a label.
        card: What it was trained on, and how good it is.
        digest: The name of its content.
        rows: The weights of each feature, `WEIGHT_MAX` + 1 added to each, as one whole number.
    """

    name: str
    version: str
    taxonomy: str
    labels: tuple[str, ...]
    hashing: Hashing
    calibration: Calibration
    biases: tuple[int, ...]
    weights: bytes = field(repr=False)
    card: Written = field(repr=False)
    digest: str
    rows: tuple[int, ...] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        """Lay the weights out in lanes."""
        object.__setattr__(self, "rows", lanes(self.weights, len(self.labels)))


def lanes(weights: bytes, labels: int) -> tuple[int, ...]:
    """Pack each feature's weights into one whole number.

    >>> [hex(row) for row in lanes(bytes([1, 255, 0, 2]), 2)]
    ['0x7f0081', '0x820080']
    """
    shifted = weights.translate(_SHIFTED)
    row = bytearray(LANE_BYTES * labels)
    packed: list[int] = []
    for start in range(0, len(shifted), labels):
        row[::LANE_BYTES] = shifted[start : start + labels]
        packed.append(int.from_bytes(row, "little"))
    return tuple(packed)


_SHIFTED = bytes((code + WEIGHT_MAX + 1) % 256 for code in range(256))


def sums(model: LocalModel, numbers: Collection[int]) -> list[int]:
    """Add up the weights of some features, label by label."""
    count = len(model.labels)
    rows = [model.rows[number] for number in numbers]
    parts = [sum(rows[start : start + LANE_ROWS]) for start in range(0, len(rows), LANE_ROWS)]
    shift = (WEIGHT_MAX + 1) * len(rows)
    totals = zip(*[unpack(f"<{count}H", part.to_bytes(LANE_BYTES * count, "little")) for part in parts], strict=True)
    return [sum(lane) - shift for lane in totals] if parts else [0] * count


def worths(model: LocalModel, seen: Collection[int]) -> list[int]:
    """Give what a page is worth for each label, in hundredths of a deciban; *seen* are its features."""
    length = isqrt(GAIN_SCALE**2 * max(1, len(seen)))
    gain = model.calibration.gain
    return [bias + gain * total // length for bias, total in zip(model.biases, sums(model, seen), strict=True)]


def opinions(model: LocalModel, page: PageText) -> tuple[Opinion, ...]:
    """Say for which labels a page speaks, and how loudly; the loudest first.

    Only what speaks for a label is said: what speaks against one speaks for another, or for ``unknown``.
    """
    if len(page.words) < WORDS_MIN:
        return ()
    return tuple(_loudest(model, worths(model, features(page, model.hashing))))


def _loudest(model: LocalModel, found: Iterable[int]) -> list[Opinion]:
    ranked = sorted((-(worth // HUNDREDTHS), label) for worth, label in zip(found, model.labels, strict=True))
    return [
        Opinion(Tier.LOCAL, label, min(-less, model.calibration.worth_max))
        for less, label in ranked[:OPINIONS_MAX]
        if -less >= WORTH_MIN
    ]
