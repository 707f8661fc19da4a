"""Ask rules of a file: three answers, and every answer cites what it rests on."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, islice, product

from attrs import frozen

from casefold.feel.program import Program, begin, finish, value_of
from casefold.feel.values import Date, Value
from casefold.fields.model import Field
from casefold.kernel.results import Failure
from casefold.validation.facts import DOCUMENT, Item, Stated, item_of, rows_of
from casefold.validation.model import Bound, Cited, Ruling, Verdict
from casefold.validation.ready import AS_OF, CLASSES, ReadyRule, ReadyRules

COMBINATIONS_MAX = 20_000
"""Combinations that one rule is asked of at most; a file with more is told so."""


@frozen(eq=False)
class _File:
    """Everything that rules can be asked of.

    Attributes:
        stated: What each document states.
        items: The same as rules see it.
        facts: The names that every rule may use.
    """

    stated: Sequence[Stated]
    items: Sequence[Item]
    facts: Mapping[str, Value]


def check(ready: ReadyRules, stated: Sequence[Stated], as_of: Date | None = None) -> tuple[Ruling, ...]:
    """Ask every rule of a file, on the day *as_of* where rules ask for one."""
    items = [item_of(each, ready.types, ready.rules.aliases) for each in stated]
    lists: dict[str, Value] = {
        label: tuple(item.value for item in items if item.label == label) for label in ready.classes
    }
    present = tuple(sorted({each.label for each in stated}))
    file = _File(stated, items, {**ready.defined, **lists, AS_OF: as_of, CLASSES: present})
    return tuple(ruling for rule in ready.ready for ruling in _rulings(ready, rule, file))


def _rulings(ready: ReadyRules, rule: ReadyRule, file: _File) -> Iterator[Ruling]:
    choices = [_choices(ready, bound, file) for bound in rule.rule.bind]
    absent = [name for bound, found in zip(rule.rule.bind, choices, strict=True) if not found for name in _lacks(bound)]
    if absent:
        yield Ruling(rule.rule.id, Verdict.UNKNOWN, missing=tuple(absent))
        return
    names = [bound.name for bound in rule.rule.bind]
    asked = (each for each in product(*choices) if all(one is not other for one, other in combinations(each, 2)))
    for each in islice(asked, COMBINATIONS_MAX):
        ruling = _ruling(ready, rule, dict(zip(names, each, strict=True)), file)
        if ruling is not None:
            yield ruling
    if next(asked, None) is not None:
        yield Ruling(rule.rule.id, Verdict.UNKNOWN, missing=(f"more than {COMBINATIONS_MAX} combinations",))


def _lacks(bound: Bound) -> tuple[str, ...]:
    return tuple(label if bound.table is None else f"{label}.{bound.table}" for label in bound.classes)


def _choices(ready: ReadyRules, bound: Bound, file: _File) -> list[Item]:
    """Give what a name stands for in turn."""
    found: list[Item] = []
    for stated, item in zip(file.stated, file.items, strict=True):
        if item.label not in bound.classes:
            continue
        if bound.table is None:
            found.append(item)
            continue
        for row in rows_of(stated, ready.types, bound.table):
            fields = {**row.fields, **{f"{DOCUMENT}.{name}": each for name, each in item.fields.items()}}
            assert isinstance(row.value, dict), "a row is a context"
            found.append(Item(item.document, item.label, {**row.value, DOCUMENT: item.value}, fields))
    return found


def _ruling(ready: ReadyRules, rule: ReadyRule, bound: Mapping[str, Item], file: _File) -> Ruling | None:
    """Ask a rule of one combination; nothing where its condition leaves that out."""
    facts = {**file.facts, **{name: item.value for name, item in bound.items()}}
    documents = tuple(dict.fromkeys(item.document for item in bound.values()))
    applies = True if rule.when is None else _value(rule.when, facts)
    if applies is False:
        return None
    missing = tuple(path for path in rule.needed if _at(bound, path) is None)
    read = {path: field for path in rule.paths if (field := _field(bound, path)) is not None}
    cited = tuple(_cited(path, field) for path, field in read.items())
    unsure = tuple(path for path, field in read.items() if field.confidence_ppm < ready.rules.confidence_min_ppm)
    holds = _value(rule.holds, facts) if applies is True and not missing else None
    match holds:
        case bool() if not unsure:
            verdict = Verdict.PASSED if holds else Verdict.FAILED
        case _:
            verdict = Verdict.UNKNOWN
    message = _message(rule.rule.message, bound) if verdict is Verdict.FAILED else ""
    return Ruling(rule.rule.id, verdict, documents, cited, missing, unsure, message)


def _value(program: Program, facts: Mapping[str, Value]) -> Value:
    """Give the value of an expression; null where anything goes wrong on the way."""
    run = begin()
    value = value_of(program, facts, run)
    found = finish(run, value)
    return None if isinstance(found, Failure) or found.unwrap().problems else value


def _at(bound: Mapping[str, Item], path: str) -> Value:
    name, *members = path.split(".")
    value: Value = bound[name].value
    for member in members:
        if not isinstance(value, dict):
            break  # What a date has for a member, it has whenever it is there.
        value = value.get(member)
    return value


def _field(bound: Mapping[str, Item], path: str) -> Field | None:
    name, _, rest = path.partition(".")
    return bound[name].fields.get(rest)


def _cited(path: str, field: Field) -> Cited:
    return Cited(path, field.document, field.page, field.box, field.raw, field.value)


def _message(template: str, bound: Mapping[str, Item]) -> str:
    """Fill in what was printed, or else the value.

    Only paths in braces are looked at, so that a stray brace is text.
    """
    parts = template.split("{")
    said = [parts[0]]
    for part in parts[1:]:
        path, brace, rest = part.partition("}")
        name = path.partition(".")[0]
        if not brace or name not in bound:
            said.append("{" + part)
            continue
        field = _field(bound, path)
        value = _at(bound, path)
        said.append((field.raw if field is not None else "-" if value is None else f"{value}") + rest)
    return "".join(said)
