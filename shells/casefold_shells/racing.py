"""Decide by one made-up table in several ways, see that they agree, and take the CPU time of each.

The table is a pricing grid as lenders have it: three ranges of numbers, two lists of words, one bound, the first rule
that matches, and a last one that always does. Money is exact where a way can take it so.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from importlib import import_module
from random import Random
from typing import Any, cast

from attrs import evolve, frozen

from casefold.feel.program import Outcome
from casefold.feel.values import Value, World
from casefold.kernel.results import Failure, Result, Success
from casefold.policy.checks.gaps import gaps
from casefold.policy.checks.sweep import WORK_MAX
from casefold.policy.decider import decider
from casefold.policy.deciding import Ready, Undecided, decide_by
from casefold.policy.graph import Compiled, compile_model, decide
from casefold.policy.model import (
    Decision,
    HitPolicy,
    InputClause,
    InputData,
    Literal,
    Model,
    OutputClause,
    Reference,
    Rule,
    Table,
    Variable,
)
from casefold.policy.record import record_of
from casefold.policy.trace import traced
from casefold_adapters.zones import IanaZones

INPUTS = (
    ("score", "number"),
    ("ltv", "number"),
    ("amount", "number"),
    ("state", "string"),
    ("purpose", "string"),
    ("dti", "number"),
)
SCALES = {"score": 0, "ltv": 2, "amount": 2, "dti": 1}
"""Digits behind the point of each number."""

WORDS = {
    "state": ("CA", "FL", "GA", "IL", "NY", "OH", "TX", "WA"),
    "purpose": ("cash-out", "purchase", "refinance"),
}
_RANGES = {"score": (500, 850, 5), "ltv": (5_000, 10_500, 25), "amount": (5_000_000, 90_000_000, 500_000)}
_SHARE = 0.47
"""How much of each range a rule covers in a table of `_MEASURED` rules; larger tables cover it more finely."""
_MEASURED = 50
_DECISION = "price"
_PASSES = 3
"""How often a way decides all applications when it is its turn."""
_OTHERWISE = "none"

Facts = Mapping[str, Value]


def table(rules: int, seed: int = 1) -> Table:
    """Make a table of so many rules."""
    random = Random(seed)  # noqa: S311 - no secret
    share = _SHARE * min(1.0, (_MEASURED / rules) ** 0.25)
    made = [Rule(tuple(_cells(random, share)), (f'"{number}"',)) for number in range(1, rules)]
    made.append(Rule(("-",) * len(INPUTS), (f'"{_OTHERWISE}"',)))
    clauses = tuple(InputClause(Literal(name, kind)) for name, kind in INPUTS)
    return Table(clauses, (OutputClause(),), tuple(made), HitPolicy.FIRST)


def _cells(random: Random, share: float) -> Iterator[str]:
    for name, (low, high, step) in _RANGES.items():
        width = max(step, int((high - low) * share) // step * step)
        start = random.randrange(low, high - width + 1, step)
        yield f"[{Decimal(start).scaleb(-SCALES[name])}..{Decimal(start + width).scaleb(-SCALES[name])})"
    yield ", ".join(f'"{word}"' for word in random.sample(WORDS["state"], random.choice((2, 3, 4))))
    yield f'"{random.choice(WORDS["purpose"])}"'
    yield f"<= {random.randrange(30, 50)}"


def compiled(source: Table) -> Compiled:
    """Compile a model of one decision, by a table."""
    data = tuple(InputData(f"_{name}", Variable(name, kind)) for name, kind in INPUTS)
    requires = tuple(Reference("bench", each.id) for each in data)
    decision = Decision("_price", Variable(_DECISION, "string"), requires, logic=source)
    return compile_model(Model("bench", "bench", elements=(*data, decision)))


def applications(count: int, seed: int = 2) -> list[dict[str, Value]]:
    """Make facts, spread evenly over what the table asks."""
    random = Random(seed)  # noqa: S311 - no secret
    ranges = {**_RANGES, "dti": (200, 500, 1)}
    return [
        {
            name: random.choice(WORDS[name])
            if name in WORDS
            else Decimal(random.randrange(*ranges[name][:2])).scaleb(-SCALES[name])
            for name, _ in INPUTS
        }
        for _ in range(count)
    ]


@frozen
class Figure:
    """What a way of deciding took for one decision, at best, in CPU time."""

    way: str
    rules: int
    microseconds: float


@frozen
class Race:
    """What was measured.

    Attributes:
        compared: On how many decisions all ways agreed beforehand.
        default_share: How many of them only the last rule matched, of the smaller table.
        compiling: Seconds to compile the table, and to prepare the decision, by the number of rules.
    """

    figures: tuple[Figure, ...]
    compared: int
    default_share: float
    compiling: Mapping[int, tuple[float, float]]
    other: str | None


@frozen
class Disagreement:
    """Two ways decide differently: nothing is measured."""

    way: str
    rules: int
    facts: Facts
    given: str
    expected: str


@frozen(eq=False)
class _Way:
    """A way of deciding.

    Attributes:
        decide: Decides; this is what is measured.
        read: Reads a decision off what came of it, in the order of the facts; this is not.
        count: How many decisions it makes.
    """

    name: str
    decide: Callable[[], Any]
    read: Callable[[Any], Iterable[object]]
    count: int


def race(sizes: Sequence[int], count: int, batch: int, runs: int) -> Race | Disagreement:
    """Measure *count* decisions one by one and *batch* at once, by tables of some sizes, the best of so many runs."""
    facts = applications(count)
    figures, compiling, share = list[Figure](), dict[int, tuple[float, float]](), 0.0
    for rules in sizes:
        source = table(rules)
        began = time.process_time()
        model = compiled(source)
        ready = time.process_time()
        decider(model, _DECISION)
        compiling[rules] = ready - began, time.process_time() - ready
        expected = [str(decide(model, _DECISION, each).unwrap().value) for each in facts]
        share = share or expected.count(_OTHERWISE) / count
        ways = list(_ways(source, model, facts, batch))
        for way in ways:
            for given, wanted, each in zip(way.read(way.decide()), expected, facts, strict=False):
                if given != wanted:
                    return Disagreement(way.name, rules, each, str(given), wanted)
        best = {way.name: float("inf") for way in ways}
        for _ in range(runs):
            for way in ways:
                # What the way before left in the processor's caches is no fault of this one.
                for _ in range(_PASSES):
                    began = time.process_time()
                    way.decide()
                    best[way.name] = min(best[way.name], (time.process_time() - began) / way.count)
        figures += [Figure(name, rules, seconds * 1e6) for name, seconds in best.items()]
    return Race(tuple(figures), count, share, compiling, _version())


PREPARED = "prepared decision"
FULL = "decision in full"
CENTS = "by column, exact"
FLOATS = "by column, floats"
ZEN = "ZEN evaluate, static loader"
ZEN_BATCH = "ZEN evaluate_batch"


def _ways(source: Table, model: Compiled, facts: Sequence[Facts], batch: int) -> Iterator[_Way]:
    prepared = decider(model, _DECISION)
    count = len(facts)

    def read(found: Iterable[Result[Outcome, object]]) -> Iterable[object]:
        return (each.unwrap().value for each in found)

    yield _Way(PREPARED, lambda: [prepared(each) for each in facts], read, count)
    yield _Way(FULL, lambda: [decide(model, _DECISION, each) for each in facts], read, count)
    yield from _by_column(model, facts, batch)
    yield from _zen(source, facts)


def _by_column(model: Compiled, facts: Sequence[Facts], batch: int) -> Iterator[_Way]:
    try:
        np = import_module("numpy")
        columnar = import_module("casefold_adapters.columnar")
    except ImportError:
        return
    repeats = max(1, -(-batch // len(facts)))
    twin = columnar.twin_of(model.grids[0]).unwrap()
    exact: dict[str, Any] = {}
    for name, _ in INPUTS:
        if name in WORDS:
            codes = np.tile(np.array([WORDS[name].index(str(each[name])) for each in facts], np.int64), repeats)
            exact[name] = columnar.Strings(codes, WORDS[name])
        else:
            units = [int(Decimal(str(each[name])).scaleb(SCALES[name])) for each in facts]
            exact[name] = columnar.Numbers(np.tile(np.array(units, np.int64), repeats), SCALES[name])
    floats = {
        name: column if name in WORDS else columnar.Floats(column.units / 10**column.scale)
        for name, column in exact.items()
    }

    def read(codes: Any) -> Iterable[object]:
        return cast("Iterable[object]", twin.outputs(codes).unwrap()[""])

    yield _Way(CENTS, lambda: twin.rows(exact).unwrap(), read, repeats * len(facts))
    yield _Way(FLOATS, lambda: twin.rows(floats).unwrap(), read, repeats * len(facts))


def _zen(source: Table, facts: Sequence[Facts]) -> Iterator[_Way]:
    """Let the ZEN engine decide, where it is installed, by its fastest way in and by its own batches."""
    try:
        zen = import_module("zen")
    except ImportError:
        return
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {_DECISION: jdm(source)}}})
    plain = [
        {name: float(value) if isinstance(value, Decimal) else value for name, value in each.items()} for each in facts
    ]
    requests = [{"key": _DECISION, "context": each} for each in plain]
    yield _Way(
        ZEN,
        lambda: [engine.evaluate(_DECISION, each) for each in plain],
        lambda found: (each["result"].get(_DECISION) for each in found),
        len(plain),
    )
    yield _Way(
        ZEN_BATCH,
        lambda: engine.evaluate_batch(requests),
        lambda found: (each["data"]["result"].get(_DECISION) for each in found),
        len(plain),
    )


CHECKED = 1_000
"""Rules of the table whose gaps are looked for."""


@frozen
class Checked:
    """What it took to look for gaps in a table: seconds of CPU, and how many gaps there are."""

    rules: int
    seconds: float
    gaps: int | None


def check_gaps(rules: int = CHECKED) -> Checked:
    """Look for gaps in the same table, without the last rule that always matches."""
    source = table(rules + 1)
    grid = compiled(evolve(source, rules=source.rules[:-1])).grids[0]
    began = time.process_time()
    found = gaps(grid, work_max=4 * WORK_MAX)
    seconds = time.process_time() - began
    return Checked(rules, seconds, found.unwrap().certain if isinstance(found, Success) else None)


@frozen
class Whole:
    """What one decision by a whole policy took, in microseconds of CPU, at best."""

    outcome: str
    deciding: float
    tracing: float
    recording: float


def decide_whole(prepared: Ready, facts: Facts, count: int, runs: int) -> Whole | Undecided:
    """Measure a decision by a policy: outcome with reasons, then its trace, then its record."""
    world = World(zones=IanaZones())
    decided = decide_by(prepared, facts, world)
    if isinstance(decided, Failure):
        undecided: Undecided = decided.failure()
        return undecided
    made = decided.unwrap()
    ways: tuple[Callable[[], object], ...] = (
        lambda: decide_by(prepared, facts, world),
        lambda: traced(made.made, world),
        lambda: record_of(prepared, facts, world, decided),
    )
    best = [float("inf")] * len(ways)
    for _ in range(runs):
        for at, way in enumerate(ways):
            began = time.process_time()
            for _ in range(count):
                way()
            best[at] = min(best[at], (time.process_time() - began) / count * 1e6)
    return Whole(made.outcome or "", *best)


def _version() -> str | None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"zen-engine {version('zen-engine')}"
    except PackageNotFoundError:
        return None


def jdm(source: Table) -> Mapping[str, object]:
    """Write the table as ZEN reads it: its cells are spelt alike, but an empty one is met by all."""
    columns = [f"i{at}" for at in range(len(INPUTS))]
    rules = [
        {
            "_id": str(number),
            **{column: "" if cell == "-" else cell for column, cell in zip(columns, rule.inputs, strict=True)},
            "o": rule.outputs[0],
        }
        for number, rule in enumerate(source.rules)
    ]
    inputs = [
        {"id": column, "name": name, "field": name, "type": "expression"}
        for column, (name, _) in zip(columns, INPUTS, strict=True)
    ]
    outputs = [{"id": "o", "name": _DECISION, "field": _DECISION, "type": "expression"}]
    content = {"hitPolicy": "first", "inputs": inputs, "outputs": outputs, "rules": rules}
    place = {"x": 0, "y": 0}
    return {
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode", "position": place},
            {"id": "table", "name": "table", "type": "decisionTableNode", "position": place, "content": content},
            {"id": "out", "name": "out", "type": "outputNode", "position": place},
        ],
        "edges": [
            {"id": "1", "sourceId": "in", "targetId": "table", "type": "edge"},
            {"id": "2", "sourceId": "table", "targetId": "out", "type": "edge"},
        ],
    }
