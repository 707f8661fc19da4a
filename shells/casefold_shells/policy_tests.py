"""Tests of a decision model: facts and what is expected of them, read, run, and made."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from attrs import frozen

from casefold.feel.grammar import parse
from casefold.feel.program import Outcome, begin, build, value_of
from casefold.feel.scope import Scope
from casefold.feel.types import Simple
from casefold.feel.values import Date, DateTime, DaysDuration, MonthsDuration, Problem, Time, Value, World
from casefold.feel.wording import fault_words, fuel_words, place_words
from casefold.feel.writing import atom_text
from casefold.kernel.results import Failure, Result, Success, sealed
from casefold.policy.checks.coverage import Coverage, coverage
from casefold.policy.checks.mcdc import Pair, Pairs, pairs
from casefold.policy.checks.outcomes import key_of
from casefold.policy.graph import Compiled, NoSuchElement, decide
from casefold.policy.model import Decision, InputData
from casefold.policy.tables import Grid
from casefold_shells.findings import labels_of, listed, place_of
from casefold_shells.policies import Facts, FactsUnusable, json_text, read_facts, typed


@frozen
class PolicyTest:
    """A test: facts, and the value that is expected of each decision."""

    name: str
    facts: Facts
    expect: Facts


@frozen
class Failed:
    """A decision that is not as expected; *expected* and *got* are JSON, or the problems in words."""

    test: str
    decision: str
    expected: str
    got: str


@frozen
class TableCoverage:
    """What tests reach of a table."""

    grid: Grid
    coverage: Coverage


def read_tests(text: str) -> Result[tuple[PolicyTest, ...], FactsUnusable]:
    """Read tests: a list of objects with ``facts``, ``expect`` and maybe a ``name``, and nothing else."""
    read = read_facts(text)
    if isinstance(read, Failure):
        return Failure(read.failure())
    found: list[PolicyTest] = []
    for number, item in enumerate(read.unwrap(), 1):
        name, facts, expect = item.get("name", f"test {number}"), item.get("facts"), item.get("expect")
        odd = sorted(set(item) - {"name", "facts", "expect"})
        if odd:
            return Failure(FactsUnusable(f"item {number} has {odd[0]!r}; a test has name, facts and expect"))
        if not isinstance(name, str) or not isinstance(facts, dict) or not isinstance(expect, dict) or not expect:
            wanted = '{"facts": {"score": 700}, "expect": {"rate": 5.25}}'
            return Failure(FactsUnusable(f"item {number} is no test such as {wanted}"))
        found.append(PolicyTest(name, facts, expect))
    return Success(tuple(found))


def misspelt(compiled: Compiled, tests: Sequence[PolicyTest]) -> Iterator[str]:
    """Say which facts and decisions of tests the model does not have."""
    decisions = _named(compiled, Decision)
    for test in tests:
        for name in test.facts:
            if name not in compiled.inputs:
                yield f"{test.name}: the model has no input {name!r}; it has {', '.join(_named(compiled, InputData))}"
        for name in test.expect:
            if name not in decisions:
                yield f"{test.name}: the model has no decision {name!r}; it has {', '.join(decisions)}"


def _named(compiled: Compiled, kind: type) -> list[str]:
    return sorted(name for name, number in compiled.names.items() if isinstance(compiled.plans[number].element, kind))


def run_test(compiled: Compiled, test: PolicyTest, world: World) -> Iterator[Failed]:
    """Give what of a test is not as expected; a problem is never expected."""
    facts = typed(compiled, test.facts, world.zones)
    for name, expected in test.expect.items():
        got = decided(compiled, name, facts, world)
        if isinstance(got, str):
            yield Failed(test.name, name, json_text(expected), got)
        elif key_of(plain(got.value)) != key_of(expected):
            yield Failed(test.name, name, json_text(expected), json_text(got.value))


def decided(compiled: Compiled, name: str, facts: Facts, world: World) -> Outcome | str:
    """Decide, or say in words why not."""
    match sealed(decide(compiled, name, facts, world)):
        case Success(outcome):
            return "; ".join(map(_problem_words, outcome.problems)) if outcome.problems else outcome
        case Failure(stopped):
            return f"there is no decision {name!r}" if isinstance(stopped, NoSuchElement) else fuel_words(stopped)


def _problem_words(problem: Problem) -> str:
    said = fault_words(problem.fault)
    return f"{place_words(problem.place)}: {said}" if problem.place else said


def plain(value: Value) -> Value:
    """Give a value as JSON has it: a date or duration as its text."""
    match value:
        case tuple():
            return tuple(map(plain, value))
        case dict():
            return {name: plain(each) for name, each in value.items()}
        case Date() | Time() | DateTime() | DaysDuration() | MonthsDuration():
            return atom_text(value)
        case _:
            return value


def covered(compiled: Compiled, tests: Sequence[PolicyTest], world: World) -> list[TableCoverage]:
    """Work out what tests reach of the tables that decide by themselves, and not within a function or a context."""
    rows = [typed(compiled, test.facts, world.zones) for test in tests]
    return [
        TableCoverage(grid, coverage(grid, [_inputs(compiled, grid, facts, world) for facts in rows]))
        for grid in compiled.grids
        if decision_of(compiled, grid) is not None
    ]


def decision_of(compiled: Compiled, grid: Grid) -> str | None:
    """Give the decision that a table is the whole logic of."""
    name = grid.place[0].removeprefix("decision ")
    return name if len(grid.place) == 1 and name in _named(compiled, Decision) else None


def _inputs(compiled: Compiled, grid: Grid, facts: Facts, world: World) -> tuple[Value, ...]:
    """Work out the inputs of a table; what cannot be is null."""
    scope = Scope(dict.fromkeys(compiled.inputs, Simple.ANY))
    values: list[Value] = []
    for head in grid.inputs:
        read = parse(head.expression, scope)
        if isinstance(read, Failure):
            values.append(None)
            continue
        program = build(read.unwrap(), scope)
        known = {name: _known(compiled, name, facts, world) for name, _, _ in program.inputs}
        values.append(value_of(program, known, begin(world)))
    return tuple(values)


def _known(compiled: Compiled, name: str, facts: Facts, world: World) -> Value:
    if name in facts:
        return facts[name]
    number = compiled.inputs.get(name)
    if number is None or not isinstance(compiled.plans[number].element, Decision):
        return None
    found = decided(compiled, name, facts, world)
    return None if isinstance(found, str) else found.value


@frozen
class Made:
    """Tests that were made.

    Attributes:
        tests: One for each applicant that is needed.
        left: Conditions for which none could be made, in words.
    """

    tests: tuple[PolicyTest, ...]
    left: tuple[str, ...]


def make_tests(compiled: Compiled, world: World) -> Made:
    """Make tests that show each condition of each table to matter, expecting what the model decides now."""
    tests: dict[str, PolicyTest] = {}
    left: list[str] = []
    for grid in compiled.grids:
        decision = decision_of(compiled, grid)
        if decision is None or not all(head.expression.strip() in compiled.inputs for head in grid.inputs):
            left.append(f"{place_of(grid)}: its inputs are no facts that a test could give")
            continue
        found = pairs(grid)
        left += _left(grid, found)
        for pair in found.found:
            made = [_made(compiled, grid, decision, pair, world, met=met) for met in (True, False)]
            if None in made:
                left.append(f"{_condition(grid, pair.obligation.rule, pair.obligation.column)}: other facts are needed")
            for test in made:
                if test is not None and None not in made:
                    tests.setdefault(json_text({"facts": dict(test.facts), "of": decision}), test)
    return Made(tuple(tests.values()), tuple(left))


def _left(grid: Grid, found: Pairs) -> Iterator[str]:
    for each in found.impossible:
        yield f"{_condition(grid, each.rule, each.column)}: no applicant can show that it matters"
    for each in found.unknown:
        yield f"{_condition(grid, each.rule, each.column)}: not known, since cells must be asked"


def _condition(grid: Grid, rule: int, column: int) -> str:
    return f"{place_of(grid)}, rule {rule + 1}, input {labels_of(grid)[column]}"


def _made(compiled: Compiled, grid: Grid, decision: str, pair: Pair, world: World, *, met: bool) -> PolicyTest | None:
    values = pair.met if met else pair.unmet
    facts = {head.expression.strip(): value for head, value in zip(grid.inputs, values, strict=True)}
    got = decided(compiled, decision, facts, world)
    if isinstance(got, str):
        return None
    where = _condition(grid, pair.obligation.rule, pair.obligation.column)
    return PolicyTest(f"{where}{'' if met else ', not met'}", facts, {decision: got.value})


def tests_text(tests: Sequence[PolicyTest]) -> str:
    """Write tests as JSON, one a line."""
    lines = (json_text({"name": test.name, "facts": dict(test.facts), "expect": dict(test.expect)}) for test in tests)
    return "[\n  " + ",\n  ".join(lines) + "\n]\n" if tests else "[]\n"


def coverage_words(found: TableCoverage) -> str:
    """Say what tests reach of a table."""
    rules, met, wanted = found.coverage, len(found.coverage.met), len(found.coverage.obligations)
    said = f"{place_of(found.grid)}: {len(rules.hit)} of {rules.rules} rules reached, {met} of {wanted} conditions"
    unknown = f"; {rules.unknown} tests rest on cells that must be asked" if rules.unknown else ""
    return f"{said} shown to matter{unknown}"


def coverage_json(found: TableCoverage) -> Value:
    """Give what tests reach of a table as a value."""
    labels = labels_of(found.grid)
    missing = [each for each in found.coverage.obligations if each not in found.coverage.met]
    hit = set(found.coverage.hit)
    return {
        "place": place_of(found.grid),
        "rules": Decimal(found.coverage.rules),
        "not_reached": listed(Decimal(rule + 1) for rule in range(found.coverage.rules) if rule not in hit),
        "conditions": Decimal(len(found.coverage.obligations)),
        "not_shown": listed({"rule": Decimal(each.rule + 1), "input": labels[each.column]} for each in missing),
        "unknown": Decimal(found.coverage.unknown),
    }
