"""Simulated pipelines whose true error rates are known, to see whether what is promised of a sample is so.

Chance is a counter behind a mixing function (Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
OOPSLA 2014): the same seed gives the same stream everywhere.
"""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from attrs import frozen

from casefold.calibration.bounds import Ask
from casefold.calibration.costs import Ends, Prices, to_ask
from casefold.calibration.strata import Key, Unit
from casefold.calibration.walking import Judged, Tried
from casefold.kernel.odds import PPM, confidence_ppm
from casefold.pages.certificates import Level
from casefold.pages.text import TextOrigin

_MASK = 2**64 - 1

KEY = Key(Level.PAGE, "alpha", TextOrigin.LAYER)
"""The stratum that is simulated."""


def draws(seed: int) -> Iterator[int]:
    """Whole numbers below a million, evenly spread, without end."""
    state = (seed * 0xD1342543DE82EF95 + 0x632BE59BD9B4E019) & _MASK
    while True:
        state = (state + 0x9E3779B97F4A7C15) & _MASK
        mixed = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        yield (mixed ^ (mixed >> 31)) * PPM >> 64


@frozen
class Band:
    """Labels of one confidence.

    Attributes:
        share_ppm: How many of all labels have it.
        wrong_ppm: How many of these are wrong, whatever the confidence says.
    """

    confidence_ppm: int
    share_ppm: int
    wrong_ppm: int


@frozen
class Pipeline:
    """A pipeline that labels pages.

    Attributes:
        bands: What it says and how often it is wrong; shares add up to a million.
        pages_max: A package has from one to so many pages; they share the luck of their package.
    """

    bands: tuple[Band, ...]
    pages_max: int = 1

    def risk(self, confidence_min: int) -> Fraction:
        """Give the true share of errors among what a threshold accepts."""
        accepted = [band for band in self.bands if band.confidence_ppm >= confidence_min]
        share = sum(band.share_ppm for band in accepted)
        return Fraction(sum(band.share_ppm * band.wrong_ppm for band in accepted), max(1, share * PPM))


def units_of(pipeline: Pipeline, packages: int, seed: int) -> list[Unit]:
    """Label *packages* simulated packages; pages of one are equally sure, and right or wrong together."""
    chance = draws(seed)
    units: list[Unit] = []
    for package in range(packages):
        at, luck, pages = next(chance), next(chance), 1 + next(chance) * pipeline.pages_max // PPM
        band = _band(pipeline.bands, at)
        judged = Judged(band.confidence_ppm, luck >= band.wrong_ppm)
        units += [Unit(str(package), str(page), KEY, judged) for page in range(pages)]
    return units


def _band(bands: Sequence[Band], at: int) -> Band:
    for band in bands:
        if at < band.share_ppm:
            return band
        at -= band.share_ppm
    return bands[-1]


def naive(counts: Sequence[Tried], ask: Ask) -> Tried | None:
    """Choose as many do: the loosest threshold whose share of errors in the sample is small enough."""
    good = [each for each in counts if each.accepted and each.wrong * PPM <= ask.risk_ppm * each.accepted]
    return good[-1] if good else None


Chooser = Callable[[Sequence[Unit]], int | None]
"""Chooses a threshold from labelled units; none where nothing is shown."""


def misled(pipeline: Pipeline, choose: Chooser, ask: Ask, *, packages: int, seeds: Sequence[int]) -> int:
    """Count the samples on which the chosen threshold lets more errors through than was asked."""
    count = 0
    for seed in seeds:
        threshold = choose(units_of(pipeline, packages, seed))
        count += threshold is not None and pipeline.risk(threshold) * PPM > ask.risk_ppm
    return count


@frozen
class Cascaded:
    """What a stream of pages came to after the rules and a language model.

    Attributes:
        judged: Each page's last confidence, and whether its label is right.
        asked: How many pages the model was asked about.
    """

    judged: tuple[Judged, ...]
    asked: int


ANSWER_DECIBANS = 12
"""What an answer weighs that is right nineteen times of twenty, rounded down."""

SURE_DECIBANS = 20
"""Pages that the rules are less sure of are asked about."""


def cascade(pages: int, seed: int, *, unsure_ppm: int = 200_000, wrong_ppm: int = 50_000) -> Cascaded:
    """Label *pages* pages by rules, and ask a model about the unsure ones that tells the truth but for *wrong_ppm*.

    The rules are as sure as they should be. An answer is one more piece of evidence: it adds to a label that it agrees
    with, and of two labels the weightier stands, by what it is ahead.
    """
    chance = draws(seed)
    first: list[tuple[int, bool]] = []
    for _ in range(pages):
        unsure, spread, luck = next(chance) < unsure_ppm, next(chance), next(chance)
        margin = spread * SURE_DECIBANS // PPM if unsure else SURE_DECIBANS + 5 + spread * 35 // PPM
        first.append((margin, luck < confidence_ppm(margin)))
    sure = Ends(0, 1_000)
    prospects = [(Ends(PPM, 0) if margin < SURE_DECIBANS else sure, sure) for margin, _ in first]
    asked = frozenset(to_ask(prospects, Prices(100_000, 2_000_000), 900, 900 * pages))
    judged: list[Judged] = []
    for number, (margin, right) in enumerate(first):
        after = (margin, right)
        if number in asked:
            truthful, same_mistake = next(chance) >= wrong_ppm, next(chance) < PPM // 2
            after = _weighed(margin, right, truthful, same_mistake)
        judged.append(Judged(confidence_ppm(after[0]), after[1]))
    return Cascaded(tuple(judged), len(asked))


def _weighed(margin: int, right: bool, truthful: bool, same_mistake: bool) -> tuple[int, bool]:
    """Give the margin after an answer, and whether the label that stands is right."""
    agrees = truthful if right else (not truthful and same_mistake)
    if agrees:
        return margin + ANSWER_DECIBANS, right
    if margin >= ANSWER_DECIBANS:
        return margin - ANSWER_DECIBANS, right
    return ANSWER_DECIBANS - margin, truthful
