"""What the document road is asked of composed packages, and whether it is met."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from attrs import frozen

from casefold.documents.evaluation import measure_tallies
from casefold.documents.quality import Counts, qualities

Figure: TypeAlias = "Callable[[Sequence[Counts]], float | None]"

CLEAN = ("purchase", "noise", "adjacent", "large", "incomplete")


@frozen
class Bar:
    """Something that is asked.

    Attributes:
        words: What is asked.
        groups: Of which groups, pooled.
        figure: What is measured of them; ``None`` where there is nothing to measure.
        least: What it must reach; ``None`` where it has a limit above.
        most: What it may not exceed.
    """

    words: str
    groups: tuple[str, ...]
    figure: Figure
    least: float | None = None
    most: float | None = None


@frozen
class Outcome:
    """A bar, what was measured, and whether that meets it; ``None`` where nothing could be measured."""

    bar: Bar
    found: float | None
    met: bool | None


def _accepted_right(counts: Sequence[Counts]) -> float:
    return measure_tallies([each.tally for each in counts]).accepted_right


def _coverage(counts: Sequence[Counts]) -> float:
    return measure_tallies([each.tally for each in counts]).coverage


def _pq(counts: Sequence[Counts]) -> float:
    return measure_tallies([each.tally for each in counts]).pq


def _pq_class(counts: Sequence[Counts]) -> float:
    return measure_tallies([each.tally for each in counts]).pq_class


def _conserved(counts: Sequence[Counts]) -> float:
    return float(measure_tallies([each.tally for each in counts]).conserved)


def _outside(counts: Sequence[Counts]) -> float | None:
    return qualities(counts).outside_accepted


def _missing(counts: Sequence[Counts]) -> float | None:
    return qualities(counts).missing_found


def _false_alarms(counts: Sequence[Counts]) -> float:
    return qualities(counts).missing_false_per_100


EVERY = (*CLEAN, "degraded", "kyc", "shuffled", "interleaved")

BARS = (
    Bar("`accepted_right`, clean", CLEAN, _accepted_right, least=0.99),
    Bar("`accepted_right`", ("degraded",), _accepted_right, least=0.98),
    Bar("`accepted_right`", ("kyc",), _accepted_right, least=0.98),
    Bar("`coverage`, clean", CLEAN, _coverage, least=0.75),
    Bar("`coverage`", ("degraded",), _coverage, least=0.45),
    Bar("`coverage`", ("kyc",), _coverage, least=0.60),
    Bar("`outside_accepted`", EVERY, _outside, most=0.01),
    Bar("`pq_class`", ("purchase",), _pq_class, least=0.93),
    Bar("`pq_class`", ("noise",), _pq_class, least=0.93),
    Bar("`pq_class`", ("large",), _pq_class, least=0.93),
    Bar("`pq_class`", ("incomplete",), _pq_class, least=0.93),
    Bar("`pq_class`", ("adjacent",), _pq_class, least=0.93),
    Bar("`pq_class`", ("degraded",), _pq_class, least=0.80),
    Bar("`pq_class`", ("kyc",), _pq_class, least=0.80),
    Bar("`pq`", ("interleaved",), _pq, least=0.85),
    Bar("`missing_found`, of those that what is left shows", ("incomplete",), _missing, least=0.90),
    Bar("`missing_false_per_100`", ("incomplete",), _false_alarms, most=2.0),
    Bar("every page exactly once", EVERY, _conserved, least=1.0),
)


def judged(groups: Mapping[str, Sequence[Counts]], bars: Sequence[Bar] = BARS) -> tuple[Outcome, ...]:
    """Hold what was measured against what is asked; bars of groups that are not there are left out."""
    outcomes: list[Outcome] = []
    for bar in bars:
        pooled = [each for group in bar.groups for each in groups.get(group, ())]
        if not pooled:
            continue
        found = bar.figure(pooled)
        outcomes.append(Outcome(bar, found, None if found is None else _meets(found, bar)))
    return tuple(outcomes)


def _meets(found: float, bar: Bar) -> bool:
    return (bar.least is None or found >= bar.least) and (bar.most is None or found <= bar.most)
