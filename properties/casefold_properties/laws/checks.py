"""Laws of what is said of tables without deciding by them, tried on every applicant that their cells tell apart."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import TypeAlias

from attrs import evolve

from casefold.feel.program import begin
from casefold.feel.values import Fault, Value
from casefold.kernel.results import Result
from casefold.policy.checks.coverage import Coverage, coverage
from casefold.policy.checks.dead import DeadRules, dead_rules
from casefold.policy.checks.diff import Change, Region, TableDiff, diff_tables
from casefold.policy.checks.gaps import Gaps, gaps, is_partial
from casefold.policy.checks.mcdc import Obligation, Pairs, pairs
from casefold.policy.checks.monotone import ByNumber, Monotone, check_monotone
from casefold.policy.checks.outcomes import REFUSED, Answer, Outcome
from casefold.policy.checks.overlaps import Overlaps, meeting_rows, overlaps
from casefold.policy.checks.parts import holds
from casefold.policy.checks.space import Box, space_of
from casefold.policy.checks.sweep import TooLarge
from casefold.policy.graph import Compiled, compile_model, decide
from casefold.policy.model import Decision, HitPolicy, InputData, Model, Reference, Table, Variable
from casefold.policy.tables import Grid, matching
from casefold.policy.types import passes

ALL = 10_000
"""More than any table here has to tell."""

Facts = Mapping[str, Value]


def compiled_of(table: Table) -> Compiled:
    """Give a model whose decision ``answer`` is decided by a table over inputs of the names that it tests."""
    types = {clause.expression.text: clause.expression.type for clause in table.inputs}
    data = tuple(InputData(f"_{name}", Variable(name, kind)) for name, kind in types.items())
    needs = tuple(Reference("ns", each.id) for each in data)
    compiled = compile_model(Model("m", "ns", elements=(*data, Decision("_a", Variable("answer"), needs, logic=table))))
    assert compiled.faults == ()
    return compiled


def grid_of(table: Table) -> Grid:
    """Compile a table."""
    return compiled_of(table).grids[0]


def inputs_of(grid: Grid, facts: Facts) -> tuple[Value, ...]:
    """Give the inputs of a table out of facts by name."""
    return tuple(facts[head.expression] for head in grid.inputs)


def matched(grid: Grid, facts: Facts) -> set[int] | None:
    """Give the rules that match, each cell being asked; nothing if an input is not allowed."""
    run = begin()
    inputs = inputs_of(grid, facts)
    for head, value in zip(grid.inputs, inputs, strict=True):
        wrong = isinstance(head.kind.fit(run, value, ""), Fault)
        if wrong or (head.allowed is not None and passes(head.allowed, run, value) is not True):
            return None
    return set(matching(evolve(grid, index=None), run, inputs, (), first=False))


def decided(compiled: Compiled, facts: Facts) -> Outcome:
    """Decide as a lender does who takes a problem for a refusal."""
    done = decide(
        compiled, "answer", {name: value for name, value in facts.items() if name in compiled.inputs}
    ).unwrap()
    return REFUSED if done.problems else Answer(done.value)


def lies_in(box: Box, inputs: Sequence[Value]) -> bool:
    """Whether inputs lie in a box."""
    return all(not parts or any(holds(part, value) for part in parts) for parts, value in zip(box, inputs, strict=True))


def gaps_are_where_no_rule_matches(
    table: Table,
    applicants: Sequence[Facts],
    find: Callable[[Grid, int], Result[Gaps, TooLarge]] = gaps,
) -> None:
    """Every applicant whom no rule matches is in one gap, and none is in a certain gap whom a rule matches."""
    grid = grid_of(table)
    found = find(grid, ALL).unwrap()
    assert len(found.found) == found.certain + found.possible
    for facts in applicants:
        rules, inputs = matched(grid, facts), inputs_of(grid, facts)
        around = [gap for gap in found.found if lies_in(gap.inputs, inputs)]
        assert len(around) <= 1, "gaps do not meet"
        if rules is not None and not is_partial(grid):
            assert around or rules, f"nobody decides about {inputs}"
        assert not rules or not any(gap.certain for gap in around), f"{rules} decide about {inputs}"
    for gap in found.found:
        assert lies_in(gap.inputs, gap.witness)
        rules = matched(grid, _facts(grid, gap.witness))
        assert not gap.certain or rules == set(), "an allowed applicant, and no rule"


def _facts(grid: Grid, inputs: Sequence[Value]) -> Facts:
    facts = dict(zip((head.expression for head in grid.inputs), inputs, strict=True))
    assert inputs_of(grid, facts) == tuple(inputs), "what is tested twice has one value"
    return facts


def overlaps_are_where_two_rules_match(
    table: Table, applicants: Sequence[Facts], find: Callable[[Grid, int], Overlaps] = overlaps
) -> None:
    """No two rules match that are not told as a pair; and both rules of a certain pair match its witness."""
    grid = grid_of(evolve(table, hit=HitPolicy.UNIQUE))
    found = find(grid, ALL)
    told = {overlap.rules for overlap in found.found}
    assert len(told) == found.certain + found.possible
    for facts in applicants:
        assert told.issuperset(combinations(sorted(matched(grid, facts) or ()), 2)), f"two match {facts}"
    for overlap in found.found:
        if overlap.certain:
            assert {*overlap.rules} <= (matched(grid, _facts(grid, overlap.witness)) or set()), overlap


def without_overlaps_hit_policies_are_one(
    table: Table, applicants: Sequence[Facts], find: Callable[[Grid], Overlaps] = overlaps
) -> None:
    """Where no two rules overlap, UNIQUE, ANY, FIRST and PRIORITY answer alike."""
    found = find(grid_of(evolve(table, hit=HitPolicy.UNIQUE)))
    if found.certain or found.possible:
        return
    hits = (HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.FIRST, HitPolicy.PRIORITY)
    models = [compiled_of(evolve(table, hit=hit)) for hit in hits]
    for facts in applicants:
        assert len({decided(compiled, facts) for compiled in models}) == 1


def rules_that_do_not_meet_may_change_places(
    table: Table, applicants: Sequence[Facts], meeting: Callable[[Grid], Sequence[int]] | None = None
) -> None:
    """Two rules that follow one another and cannot both match may stand the other way round."""
    grid = grid_of(table)
    met = meeting_rows(space_of(grid)) if meeting is None else meeting(grid)
    for at in range(len(table.rules) - 1):
        if met[at] >> at + 1 & 1:
            continue
        one, other = table.rules[at : at + 2]
        swapped = evolve(table, rules=(*table.rules[:at], other, one, *table.rules[at + 2 :]))
        before, after = compiled_of(table), compiled_of(swapped)
        for facts in applicants:
            assert decided(before, facts) == decided(after, facts), f"rules {at} and {at + 1} meet"


def dead_rules_may_be_deleted(
    table: Table, applicants: Sequence[Facts], find: Callable[[Grid], DeadRules] = dead_rules
) -> None:
    """Without its dead rules, one and all, a table decides as before."""
    before = compiled_of(table)
    dead = {each.rule for each in find(before.grids[0]).found}
    rules = tuple(rule for number, rule in enumerate(table.rules) if number not in dead)
    after = compiled_of(evolve(table, rules=rules))
    for facts in applicants if dead else ():
        assert decided(before, facts) == decided(after, facts), f"{dead} decided about {facts}"


def a_rule_that_decides_is_not_dead_and_any_other_is(table: Table, applicants: Sequence[Facts]) -> None:
    """Under FIRST, a rule is dead exactly if no applicant is decided by it."""
    grid = grid_of(evolve(table, hit=HitPolicy.FIRST))
    deciding = {min(rules) for facts in applicants if (rules := matched(grid, facts))}
    assert {each.rule for each in dead_rules(grid).found} == set(range(len(grid.rows))) - deciding


def a_diff_is_where_tables_decide_differently(
    before: Table,
    after: Table,
    applicants: Sequence[Facts],
    find: Callable[[Grid, Grid], TableDiff] | None = None,
) -> None:
    """An applicant is decided otherwise exactly if one region has it, which tells what becomes of it; no two meet."""
    one, other = compiled_of(before), compiled_of(after)
    diff = (find or _diff)(one.grids[0], other.grids[0])
    assert len(diff.regions) == diff.total
    for facts in applicants:
        inputs = [facts[column.expression] for column in diff.columns]
        around = [region for region in diff.regions if lies_in(region.inputs, inputs)]
        assert len(around) <= 1, "regions do not meet"
        outcomes = decided(one, facts), decided(other, facts)
        if not around:
            assert outcomes[0] == outcomes[1], f"{outcomes} for {facts}"
        elif around[0].change is Change.CHANGED:
            assert outcomes == (around[0].before, around[0].after), f"{outcomes} for {facts}"
            assert outcomes[0] != outcomes[1]
        elif around[0].change is Change.REASONS:
            assert outcomes[0] == outcomes[1]
    for region in diff.regions:
        _witness_decides_differently(diff, region, one, other)


def _diff(before: Grid, after: Grid) -> TableDiff:
    return diff_tables(before, after, told_max=ALL).unwrap()


def _witness_decides_differently(diff: TableDiff, region: Region, one: Compiled, other: Compiled) -> None:
    assert lies_in(region.inputs, region.witness)
    facts = dict(zip((column.expression for column in diff.columns), region.witness, strict=True))
    if region.change is Change.CHANGED:
        assert (decided(one, facts), decided(other, facts)) == (region.before, region.after)
        assert region.before != region.after


Differ: TypeAlias = Callable[[Grid, Grid], TableDiff]


def a_diff_with_itself_is_empty(table: Table, find: Differ | None = None) -> None:
    """A table decides as it does."""
    assert (find or _diff)(grid_of(table), grid_of(table)).total == 0


def a_diff_mirrors(before: Table, after: Table, find: Differ | None = None) -> None:
    """What one diff tells the diff the other way tells the other way round."""
    one, other = grid_of(before), grid_of(after)
    there, back = (find or _diff)(one, other), (find or _diff)(other, one)
    for diff, mirrored in ((there, back), (back, there)):
        for region in diff.regions:
            facts = dict(zip((column.expression for column in diff.columns), region.witness, strict=True))
            inputs = [facts[column.expression] for column in mirrored.columns]
            (found,) = [each for each in mirrored.regions if lies_in(each.inputs, inputs)]
            assert (found.change, found.before, found.after) == (region.change, region.after, region.before)
            assert (found.rules_before, found.rules_after) == (region.rules_after, region.rules_before)


def a_monotone_table_never_answers_worse(
    table: Table, name: str, applicants: Sequence[Facts], *, rising: bool, larger: bool
) -> None:
    """A claim that is not broken holds for any two applicants; and where it is, two applicants show it."""
    compiled = compiled_of(table)
    claim = Monotone(name, rising, ByNumber(larger))
    found = check_monotone(compiled.grids[0], claim, ALL).unwrap()
    for violation in found.violations:
        favoured, other = (_facts(compiled.grids[0], each) for each in (violation.favoured, violation.other))
        assert {key for key in favoured if favoured[key] != other[key]} == {name}
        assert (_number(favoured[name]) > _number(other[name])) is rising
        outcomes = [decided(compiled, each) for each in (favoured, other)]
        assert outcomes == [Answer(value) for value in violation.outcomes]
        assert _worse(*violation.outcomes, larger=larger)
    if found.violations or found.unknown:
        return
    groups: dict[str, list[Facts]] = {}
    for facts in applicants:
        groups.setdefault(str({key: value for key, value in facts.items() if key != name}), []).append(facts)
    for group in groups.values():
        ordered = sorted(group, key=lambda facts: _number(facts[name]), reverse=not rising)
        answers = [each.value for facts in ordered if isinstance(each := decided(compiled, facts), Answer)]
        for earlier, later in combinations(answers, 2):
            assert not _worse(later, earlier, larger=larger), f"{earlier} is better than {later}"


def _number(value: Value) -> Decimal:
    assert isinstance(value, Decimal)
    return value


def _worse(one: Value, other: Value, *, larger: bool) -> bool:
    if not isinstance(one, Decimal) or not isinstance(other, Decimal):
        return False
    return one < other if larger else one > other


def pairs_show_that_conditions_matter(
    table: Table, applicants: Sequence[Facts], find: Callable[[Grid], Pairs] = pairs
) -> None:
    """Each pair differs in one input and is decided differently, the first by the rule; what cannot be, no two show."""
    compiled = compiled_of(table)
    grid = compiled.grids[0]
    found, shown = find(grid), set[Obligation]()
    for pair in found.found:
        met, unmet = (_facts(grid, each) for each in (pair.met, pair.unmet))
        name = grid.inputs[pair.obligation.column].expression
        assert {key for key in met if met[key] != unmet[key]} == {name}
        if matched(grid, met) is None or matched(grid, unmet) is None:
            assert not space_of(grid).whole_known
            continue
        shown.add(pair.obligation)
        assert pair.obligation.rule in (matched(grid, met) or set())
        assert decided(compiled, met) != decided(compiled, unmet) or "1 + 1" in str(table.rules)
    reached = coverage(grid, [each for pair in found.found for each in (pair.met, pair.unmet)])
    assert set(reached.met) >= shown
    assert not {pair.obligation for pair in found.found} & {*found.impossible, *found.unknown}
    whole = coverage(grid, [inputs_of(grid, facts) for facts in applicants])
    assert not set(whole.met) & set(found.impossible), "no applicants can show it"


def coverage_is_what_decides(
    table: Table,
    applicants: Sequence[Facts],
    find: Callable[[Grid, Sequence[Sequence[Value]]], Coverage] = coverage,
) -> Coverage:
    """A rule is reached exactly if it decides about some applicant; no condition of any other is shown to matter."""
    grid = grid_of(table)
    found = find(grid, [inputs_of(grid, facts) for facts in applicants])
    deciding = [rules for facts in applicants if (rules := matched(grid, facts))]
    if not found.unknown and grid.hit is HitPolicy.FIRST:
        assert set(found.hit) == {min(rules) for rules in deciding}
    assert all(any(rule in rules for rules in deciding) for rule in found.hit)
    assert {obligation.rule for obligation in found.met} <= set(found.hit)
    assert set(found.met) <= set(found.obligations)
    assert all(isinstance(each, Obligation) for each in found.obligations)
    return found
