"""Of all candidates for a field, the one to believe; the others are kept beside it.

That two places say the same makes it surer, that they differ less sure; so do relations between amounts that hold, or
fail. Instances that say nothing different are copies of one.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from attrs import frozen

from casefold.fields.candidates import Candidate
from casefold.fields.checking import checked
from casefold.fields.compiled import ReadyClass
from casefold.fields.instances import Instances
from casefold.fields.model import Alternative, Field, Side
from casefold.fields.values import with_year
from casefold.kernel.odds import confidence_ppm
from casefold.kernel.spelling import fold

AGREES = 3
"""For each further place that says the same, up to `AGREES_MAX`."""

AGREES_MAX = 6

RIVAL = 8
"""A rival worth less by so much takes nothing away; a nearer one half of what it is nearer."""

OTHER_SIDE = 4
"""For a value on another page than the one where it is to be looked for first."""

WORTH_MAX = 40
"""However much agrees, no value read by rules is surer than 10,000 to 1."""

ALTERNATIVES_MAX = 3

SAME_PLACE = 60
"""Boxes this near are one place, however they were found."""


@frozen
class Standing:
    """A field's candidates by value, the surest first, and what each is worth."""

    ranked: tuple[tuple[Candidate, int], ...]


def chosen(ready: ReadyClass, instances: Instances, pages: int) -> list[Field]:
    """Choose the fields of each instance, and give all fields in the order of the specification."""
    groups = [tuple(chain.from_iterable(group)) for group in instances.groups]
    merged: list[tuple[Candidate, ...]] = []
    for group in groups:
        mine = _best(ready, group, pages)
        same = next((at for at, other in enumerate(merged) if _same(_best(ready, other, pages), mine)), None)
        if same is None:
            merged.append(group)
        else:
            merged[same] = (*merged[same], *(each for each in group if not each.row))
    kept = [group for group in merged if group]
    found: list[Field] = []
    for number, group in enumerate(kept, start=1):
        single = list(_fields(ready, group, pages, number))
        found += [*single, *_cells(ready, group, number, {field.name: field.value for field in single})]
    return found


def _same(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether two instances are one: they share values, and differ in few."""
    both = one.keys() & other.keys()
    differ = sum(one[name] != other[name] for name in both)
    return len(both) > differ and 4 * differ <= len(both) - differ


def _best(ready: ReadyClass, group: Sequence[Candidate], pages: int) -> dict[str, str]:
    return {name: fold(standing.ranked[0][0].value) for name, standing in _standings(ready, group, pages).items()}


def _standings(ready: ReadyClass, group: Sequence[Candidate], pages: int) -> dict[str, Standing]:
    by_name: dict[str, list[Candidate]] = {}
    for each in group:
        if not each.row:
            by_name.setdefault(each.name, []).append(each)
    names = [field.spec.name for field in ready.fields if field.spec.name in by_name]
    return {name: _standing(by_name[name], pages) for name in names}


def _standing(candidates: Sequence[Candidate], pages: int) -> Standing:
    by_value: dict[str, list[tuple[int, Candidate]]] = {}
    for each in candidates:
        wanted = {Side.ANY: each.sheet, Side.FIRST: 0, Side.LAST: pages - 1}[each.side]
        worth = each.worth - (0 if each.sheet == wanted else OTHER_SIDE)
        by_value.setdefault(fold(each.value) or each.value, []).append((worth, each))
    ranked: list[tuple[Candidate, int]] = []
    for said in by_value.values():
        said.sort(key=lambda pair: (-pair[0], pair[1].sheet, pair[1].box[1], pair[1].box[0]))
        worth, best = said[0]
        ranked.append((best, worth + min(AGREES_MAX, AGREES * (_places([each for _, each in said]) - 1))))
    ranked.sort(key=lambda pair: (-pair[1], pair[0].sheet, pair[0].box[1], pair[0].box[0]))
    return Standing(tuple(ranked))


def _places(candidates: Sequence[Candidate]) -> int:
    """Count the places at which candidates stand."""
    kept: list[Candidate] = []
    for each in candidates:
        if not any(each.sheet == other.sheet and _near(each, other) for other in kept):
            kept.append(each)
    return len(kept)


def _near(one: Candidate, other: Candidate) -> bool:
    return all(abs(a - b) <= SAME_PLACE for a, b in zip(one.box, other.box, strict=True))


def _fields(ready: ReadyClass, group: Sequence[Candidate], pages: int, number: int) -> Iterator[Field]:
    standings = _standings(ready, group, pages)
    ranked = {name: standing.ranked for name, standing in standings.items()}
    for name, rows in checked(ready.spec.checks, ranked).items():
        best, worth = rows[0]
        rival = rows[1][1] if len(rows) > 1 else worth - RIVAL
        less = max(0, RIVAL - (worth - rival)) // 2
        others = tuple(
            Alternative(each.value, each.raw, each.page, each.box, each.method, sureness(value))
            for each, value in rows[1 : 1 + ALTERNATIVES_MAX]
        )
        yield Field(
            "", name, best.value, best.raw, best.page, best.box, best.method, sureness(worth - less), number, 0, others
        )


def _cells(ready: ReadyClass, group: Sequence[Candidate], number: int, single: Mapping[str, str]) -> Iterator[Field]:
    """Give the cells of tables, their rows counted anew; *single* are the values of the instance's other fields."""
    years = {table.spec.name: single.get(table.spec.year or "") for table in ready.tables}
    cells = [each for each in group if each.row]
    for table in dict.fromkeys(table.spec.name for table in ready.tables):
        mine = [each for each in cells if each.name.startswith(f"{table}.")]
        rows = {place: row for row, place in enumerate(sorted({(each.sheet, each.row) for each in mine}), start=1)}
        for each in sorted(mine, key=lambda each: (each.sheet, each.row)):
            until = years[table]
            value: str | None = each.value
            if each.value.startswith("--"):
                value = with_year(each.value, until) if until is not None else None
            if value is None:
                continue
            yield Field(
                "", each.name, value, each.raw, each.page, each.box, each.method, sureness(each.worth), number,
                rows[each.sheet, each.row],
            )  # fmt: skip


def sureness(worth: int) -> int:
    """Turn decibans into a confidence in parts per million."""
    return confidence_ppm(min(worth, WORTH_MAX))
