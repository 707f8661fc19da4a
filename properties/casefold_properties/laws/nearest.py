"""Laws of what would have decided otherwise."""

from collections.abc import Callable, Collection
from typing import TypeAlias

from casefold.feel.program import begin
from casefold.policy.nearest import Nearest, nearest
from casefold.policy.tables import Seen, decided
from casefold_properties.laws.lookups import compiled_of
from casefold_properties.strategies.lookups import Known, Row

Finder: TypeAlias = Callable[[Seen, Collection[int]], Nearest | None]


def seen_of(known: Known, row: Row) -> Seen | None:
    """Decide a row by a table, and give how; nothing if it is not asked any rule."""
    (grid,) = compiled_of(known.table).grids
    run = begin(seeing=True)
    _ = decided(grid, run, [row[clause.expression.text] for clause in known.table.inputs], ())
    return next((each for each in run.seen or () if isinstance(each, Seen)), None)


def what_is_nearest_would_decide(known: Known, row: Row, find: Finder = nearest) -> None:
    """With the changes that are told and all else as it was, the rule that is told decides, as its cells are meant."""
    seen = seen_of(known, row)
    if seen is None:
        return
    for number in range(1, len(known.table.rules) + 1):
        found = find(seen, {number})
        if found is None:
            continue
        assert found.rule == number and found.changes
        names = [clause.expression.text for clause in known.table.inputs]
        changed = {names[change.input]: change.after for change in found.changes}
        assert all(row[name] == change.before for name, change in zip(changed, found.changes, strict=True))
        there = {**row, **changed}
        assert known.admits(there)
        verdicts = known.verdicts(there)
        assert verdicts[number - 1] is True
        assert True not in verdicts[: number - 1], "under FIRST no rule before it matches"
