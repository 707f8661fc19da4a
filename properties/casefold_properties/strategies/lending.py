"""Lending policies whose meaning is known, and applications: at bounds, beside them, special, missing and wrong."""

from collections.abc import Mapping
from decimal import Decimal

from hypothesis import strategies as st

from casefold.feel.values import Value
from casefold.policy.artifact import Method, Ranking, ReasonText
from casefold.policy.model import HitPolicy
from casefold_properties.lending import (
    APPROVE,
    BARRED,
    DECLINE,
    KNOCK_OUTS,
    REFER,
    SCORE,
    Bar,
    Between,
    Factor,
    Lending,
    Slot,
    Way,
)

CODES = ("C06", "C09", "C22", "X1", "X2")
"""Codes of reasons, few so that they meet: of the regulation's form, and the policy's own."""

OWN = (ReasonText("X2", "Too little in the account"), ReasonText("X1", "Too many changes of address"))

SINGLE = (HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.FIRST, HitPolicy.PRIORITY)

NAMES = ("age", "inquiries", "time at address")

SPECIAL = Decimal(-9)
STEP = Decimal("0.01")

WRONG: tuple[Value, ...] = ("700", "", True, (), (Decimal(1), Decimal(2)), {"number": Decimal(1)}, (None, "x"))
"""Facts of which none is a number."""


def codes(*, max_size: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    """No code, one, or several."""
    return st.lists(st.sampled_from(CODES), max_size=max_size, unique=True).map(tuple)


def points() -> st.SearchStrategy[Decimal]:
    """Points, few so that losses tie; some are not whole."""
    return st.sampled_from(tuple(map(Decimal, ("0", "5", "10", "20", "2.5", "-5", "7.50"))))


@st.composite
def partitions(draw: st.DrawFn) -> tuple[Between, ...]:
    """Ranges that hold every number once."""
    cuts = sorted(draw(st.sets(st.integers(0, 9), max_size=2)))
    parts, low, below = list[Between](), None, False
    for cut in cuts:
        included = draw(st.booleans())
        parts.append(Between(low, below, Decimal(cut), included))
        low, below = Decimal(cut), not included
    return (*parts, Between(low, below, None, False))


@st.composite
def factors(draw: st.DrawFn, name: str) -> Factor:
    """Characteristics: most of them with exactly one bin for each value, some with a gap or an overlap."""
    typed = draw(st.booleans())
    values: list[Between | Decimal | str | None] = [*draw(partitions())]
    if draw(st.booleans()):
        values.append(None)
    if draw(st.booleans()):
        values.append(SPECIAL)
    if not typed and draw(st.booleans()):
        values.append("none")
    match draw(st.integers(0, 11)):
        case 0 if len(values) > 1:
            del values[draw(st.integers(0, len(values) - 1))]
        case 1:
            values.append(Between(Decimal(2), True, Decimal(4), True))
        case _:
            pass
    slots = tuple(Slot(each, draw(points()), draw(codes())) for each in draw(st.permutations(values)))
    averages = st.none() | st.sampled_from((Decimal(6), Decimal("12.5")))
    return Factor(name, typed, slots, (draw(averages), draw(averages)))


@st.composite
def bars(draw: st.DrawFn) -> Bar:
    """Knock-outs by income, by debts, or by both."""
    low = st.integers(1, 3).map(lambda bound: Between(None, False, Decimal(bound), False))
    high = st.integers(5, 7).map(lambda bound: Between(Decimal(bound), True, None, False))
    cells = draw(st.sampled_from(((low, st.none()), (st.none(), high), (low, high))))
    return Bar(tuple(draw(cell) for cell in cells), draw(codes()) or draw(codes()))


@st.composite
def ways(draw: st.DrawFn, low: Decimal, high: Decimal) -> tuple[Way, ...]:
    """Rules for the outcome that decide nearly everything: knocked out, too low a score, in between, and approved."""
    one, two = sorted(draw(st.tuples(st.integers(1, 5), st.integers(1, 5))))
    lower, upper = (low + (high - low) * part / 6 for part in (one, two))
    some, none = Between(Decimal(0), False, None, False), Between(None, False, Decimal(0), True)
    strict = draw(st.booleans())
    rest = none if strict else None
    rules = [
        Way(some, None, DECLINE, draw(st.sampled_from(((KNOCK_OUTS,), (KNOCK_OUTS, SCORE), ("C22", KNOCK_OUTS))))),
        Way(
            rest, Between(None, False, lower, False), DECLINE, draw(st.sampled_from(((SCORE,), (SCORE, "X1"), ("X1",))))
        ),
        Way(rest, Between(lower, True, upper, False), REFER, ()),
        Way(rest, Between(upper, True, None, False) if strict else None, APPROVE, ()),
    ]
    more = Way(None, Between(None, False, lower, True), DECLINE, draw(st.sampled_from(((SCORE,), ("C06",), ()))))
    match draw(st.integers(0, 7)):
        case 0:
            del rules[draw(st.integers(0, 3))]
        case 1 | 2:
            rules.insert(draw(st.integers(0, 4)), more)
        case 3:
            rules[2] = Way(rest, Between(lower, True, upper, False), "maybe", ())
        case _:
            pass
    return tuple(rules)


def rankings() -> st.SearchStrategy[Ranking]:
    """Every method, caps that cut, and priorities."""
    priorities = st.lists(st.sampled_from(CODES), max_size=2, unique=True).map(tuple)
    methods = st.just(Method.BELOW_MAXIMUM) | st.sampled_from(Method)
    return st.builds(Ranking, methods, st.integers(1, 4), priorities)


@st.composite
def lendings(draw: st.DrawFn) -> Lending:
    """Whole policies."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True))
    looked_at = tuple(draw(factors(name)) for name in names)
    base = draw(st.sampled_from((Decimal(0), Decimal(500), Decimal("-0.5"))))
    low = base + sum(min(slot.points for slot in factor.slots) for factor in looked_at)
    high = base + sum(max(slot.points for slot in factor.slots) for factor in looked_at)
    return Lending(
        tuple(draw(st.lists(bars(), max_size=2))),
        base,
        looked_at,
        draw(ways(low, high)),
        draw(st.sampled_from(SINGLE)),
        draw(rankings()),
        OWN,
        draw(st.booleans()),
    )


def sound_facts(lending: Lending) -> st.SearchStrategy[dict[str, Value]]:
    """Facts that are all there and of the right type, at bounds and beside them, and special values."""
    barred: dict[str, st.SearchStrategy[Value]] = dict.fromkeys(BARRED, _near(range(1, 8)))
    looked_at = {factor.name: _of(factor) for factor in lending.factors}
    return st.fixed_dictionaries({**barred, **looked_at})


def _near(bounds: range) -> st.SearchStrategy[Value]:
    beside = st.sampled_from((Decimal(0), STEP, -STEP, Decimal("0.0"), Decimal("0.5")))
    return st.tuples(st.sampled_from(bounds), beside).map(lambda pair: pair[0] + pair[1])


def _of(factor: Factor) -> st.SearchStrategy[Value]:
    special: list[Value] = [slot.values for slot in factor.slots if not isinstance(slot.values, Between)]
    plain = _near(range(10))
    return plain | st.sampled_from(special) if special else plain


def applications(lending: Lending) -> st.SearchStrategy[dict[str, Value]]:
    """Facts of all kinds: sound ones, and ones with something missing, null, wrong, in a list or misspelt."""
    sound = sound_facts(lending)
    return sound | sound | st.builds(_marred, sound, st.sampled_from(lending.facts), _marks())


def _marks() -> st.SearchStrategy[Value]:
    return st.sampled_from(("missing", "misspelt", "in a list", None, *WRONG))


def _marred(facts: Mapping[str, Value], name: str, mark: Value) -> dict[str, Value]:
    rest = {other: value for other, value in facts.items() if other != name}
    match mark:
        case "missing":
            return rest
        case "misspelt":
            return {**rest, name.upper(): facts[name]}
        case "in a list":
            return {**rest, name: (facts[name],)}
        case _:
            return {**rest, name: mark}


def asked() -> st.SearchStrategy[tuple[Lending, dict[str, Value]]]:
    """A policy and an application."""
    return lendings().flatmap(lambda lending: st.tuples(st.just(lending), applications(lending)))


def asked_soundly() -> st.SearchStrategy[tuple[Lending, dict[str, Value]]]:
    """A policy and an application with nothing missing or wrong."""
    return lendings().flatmap(lambda lending: st.tuples(st.just(lending), sound_facts(lending)))


def several_asked() -> st.SearchStrategy[tuple[Lending, list[dict[str, Value]]]]:
    """A policy and a few applications."""
    return lendings().flatmap(
        lambda lending: st.tuples(st.just(lending), st.lists(applications(lending), min_size=4, max_size=6))
    )
