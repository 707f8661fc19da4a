"""Field specifications made ready for reading pages: labels indexed, expressions compiled."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from attrs import field, frozen

from casefold.fields.labels import Labels, labels
from casefold.fields.model import CheckKind, ClassFields, FieldSpec, FieldSpecs, FieldType, Rule, TableSpec
from casefold.kernel.results import Failure, Result, Success
from casefold.kernel.spelling import fold
from casefold.pages.search import MakeSearch, dictionary
from casefold.taxonomy.patterns import pattern

VALUE = "value"
"""The group of an expression that is the value."""


@frozen
class ReadyRule:
    """A rule with its phrases by number.

    Attributes:
        rule: The rule.
        place: Its place among the rules of its field, from 0.
        labels: The numbers of its labels.
        after: The numbers of the headings that it stands under; empty for any.
        parts: The numbers of the labels of each further part.
        expression: Its expression.
        edition: The expression of the editions that it holds for.
    """

    rule: Rule
    place: int
    labels: frozenset[int]
    after: frozenset[int]
    parts: tuple[int, ...]
    expression: re.Pattern[str] | None = field(eq=False)
    edition: re.Pattern[str] | None = field(default=None, eq=False)


@frozen
class ReadyField:
    """A field with its rules."""

    spec: FieldSpec
    rules: tuple[ReadyRule, ...]


@frozen
class ReadyTable:
    """A table, with the numbers of its columns' heads, of its headings and of what ends it."""

    spec: TableSpec
    heads: tuple[frozenset[int], ...]
    after: frozenset[int]
    before: frozenset[int]


@frozen
class ReadyClass:
    """A class.

    Attributes:
        spec: Its fields as they were published.
        labels: All its labels, headings and noise.
        fields: Its fields.
        tables: Its tables.
        headings: The numbers of all headings.
        repeats: The numbers of the labels that begin an instance.
    """

    spec: ClassFields
    labels: Labels
    fields: tuple[ReadyField, ...]
    tables: tuple[ReadyTable, ...]
    headings: frozenset[int]
    repeats: frozenset[int]


@frozen
class ReadyFields:
    """Field specifications made ready."""

    specs: FieldSpecs
    classes: Mapping[str, ReadyClass]


@frozen
class BadRule:
    """A rule that cannot be followed: of which class and field, and what is wrong with it."""

    label: str
    field: str
    fault: str


_AMOUNTS = frozenset({FieldType.MONEY, FieldType.NUMBER, FieldType.PERCENT})
_ORDERED = frozenset({*_AMOUNTS, FieldType.DATE, FieldType.YEAR})


def compile_fields(specs: FieldSpecs, make_search: MakeSearch = dictionary) -> Result[ReadyFields, BadRule]:
    """Make *specs* ready for reading pages; the first rule that cannot be followed ends it."""
    ready: dict[str, ReadyClass] = {}
    for each in specs.classes:
        bad = next(_faults(each), None)
        if bad is not None:
            return Failure(bad)
        ready[each.id] = _ready(each, make_search)
    return Success(ReadyFields(specs, MappingProxyType(ready)))


def _faults(each: ClassFields) -> Iterator[BadRule]:
    for spec in each.fields:
        for rule in spec.rules:
            if rule.regex is not None:
                found = pattern(rule.regex)
                if isinstance(found, Failure):
                    yield BadRule(each.id, spec.name, found.failure())
                elif VALUE not in found.unwrap().pattern.groupindex:
                    yield BadRule(each.id, spec.name, f"{rule.regex!r} has no group {VALUE!r}")
            if rule.edition is not None and isinstance(bad := pattern(rule.edition), Failure):
                yield BadRule(each.id, spec.name, bad.failure())
            if not (rule.labels or rule.regex or rule.block or rule.mrz or rule.barcode or rule.form):
                yield BadRule(each.id, spec.name, "a rule says neither label, expression, block, zone nor form field")
    kinds = {spec.name: spec.type for spec in each.fields}
    if each.repeats is not None and each.repeats not in kinds:
        yield BadRule(each.id, each.repeats, "there is no such field")
    for check in each.checks:
        for name in check.fields:
            kind = kinds.get(name.lstrip("-"))
            if kind is None:
                yield BadRule(each.id, name, "there is no such field")
            elif kind not in (_ORDERED if check.kind is CheckKind.ORDER else _AMOUNTS):
                yield BadRule(each.id, name, f"no {check.kind.value} is over values of type {kind.value}")
        if (check.kind is CheckKind.RATE and len(check.fields) != 2) or not check.fields:
            yield BadRule(each.id, " ".join(check.fields), f"a {check.kind.value} is over other fields")
    for table in each.tables:
        if table.year is not None and kinds.get(table.year) is not FieldType.DATE:
            yield BadRule(each.id, table.year, "there is no such date")
    for text in _texts(each):
        if not fold(text):
            yield BadRule(each.id, "", f"{text!r} has no letters")


def _texts(each: ClassFields) -> Iterator[str]:
    """Give all phrases of a class."""
    yield from each.headings
    yield from each.noise
    for spec in each.fields:
        for rule in spec.rules:
            yield from (*rule.labels, *rule.after, *rule.parts)
    for table in each.tables:
        yield from (*table.after, *table.before)
        for column in table.columns:
            yield from column.heads


def _ready(each: ClassFields, make_search: MakeSearch) -> ReadyClass:
    known = labels(_texts(each), make_search)
    fields = tuple(
        ReadyField(spec, tuple(_rule(known, rule, place) for place, rule in enumerate(spec.rules)))
        for spec in each.fields
    )
    tables = tuple(
        ReadyTable(
            spec,
            tuple(_numbers(known, column.heads) for column in spec.columns),
            _numbers(known, spec.after),
            _numbers(known, spec.before),
        )
        for spec in each.tables
    )
    named = [text for spec in each.fields for rule in spec.rules for text in rule.after]
    listed = [text for table in each.tables for text in (*table.after, *table.before)]
    repeats = [rule.labels for ready in fields if ready.spec.name == each.repeats for rule in ready.rules]
    return ReadyClass(
        each,
        known,
        fields,
        tables,
        _numbers(known, (*each.headings, *named, *listed)),
        frozenset[int]().union(*repeats),
    )


def _rule(known: Labels, rule: Rule, place: int) -> ReadyRule:
    expression = pattern(rule.regex).unwrap().pattern if rule.regex is not None else None
    parts = tuple(known.number(text) for text in rule.parts)
    edition = pattern(rule.edition).unwrap().pattern if rule.edition is not None else None
    return ReadyRule(rule, place, _numbers(known, rule.labels), _numbers(known, rule.after), parts, expression, edition)


def _numbers(known: Labels, texts: tuple[str, ...]) -> frozenset[int]:
    return frozenset(known.number(text) for text in texts)
