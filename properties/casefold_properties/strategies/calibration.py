"""What is asked of a sample, and samples."""

from collections.abc import Sequence

from hypothesis import strategies as st

from casefold.calibration.bounds import Ask
from casefold.calibration.strata import Key, Unit
from casefold.calibration.walking import Judged, Tried
from casefold.kernel.odds import PPM, confidence_ppm
from casefold.pages.certificates import Level
from casefold.pages.text import TextOrigin

ORIGINS = (TextOrigin.LAYER, TextOrigin.OCR)


def asks() -> st.SearchStrategy[Ask]:
    """What may be asked: from one error in two thousand to one in two."""
    return st.builds(Ask, st.integers(500, 500_000), st.integers(1_000, 500_000))


def samples(*, units_max: int = 400) -> st.SearchStrategy[tuple[int, int]]:
    """How many were looked at, and how many of them are wrong."""
    return st.integers(0, units_max).flatmap(lambda units: st.tuples(st.just(units), st.integers(0, min(units, 12))))


def judgements() -> st.SearchStrategy[Judged]:
    """Labels, most of them sure and right."""
    return st.builds(Judged, st.integers(0, 60).map(confidence_ppm), st.sampled_from((True, True, True, False)))


def units(*, packages: int = 4) -> st.SearchStrategy[Unit]:
    """Units of a few strata and packages, so that several meet in one."""
    keys = st.builds(Key, st.sampled_from(Level), st.sampled_from(("alpha", "bravo")), st.sampled_from(ORIGINS))
    return st.builds(Unit, st.integers(1, packages).map(str), st.integers(1, 5).map(str), keys, judgements())


def unit_lists() -> st.SearchStrategy[list[Unit]]:
    """Units of which no two have the same name in the same stratum of the same package."""
    return st.lists(units(), max_size=30, unique_by=lambda unit: (unit.package, unit.name, unit.key))


def trials() -> st.SearchStrategy[list[Tried]]:
    """What thresholds from strict to loose accept: never fewer, and never fewer errors."""
    steps = st.lists(st.tuples(st.integers(0, 400), st.sampled_from((0, 0, 1, 3, 40))), min_size=1, max_size=8)
    return steps.map(_trials)


def _trials(steps: Sequence[tuple[int, int]]) -> list[Tried]:
    accepted = wrong = 0
    counts: list[Tried] = []
    for number, (more, errors) in enumerate(steps):
        accepted, wrong = accepted + more, wrong + min(more, errors)
        counts.append(Tried(PPM - 1_000 * number, accepted, wrong))
    return counts
