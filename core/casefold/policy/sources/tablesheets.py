"""Decision tables from sheets, in the layout of the DMN standard's pictures, and back.

A1 holds the hit policy. Row 1 says what each column is, row 2 what it is of; more head rows go by their name in column
A, and then come the rules.
"""

from collections.abc import Mapping, MutableSequence
from types import MappingProxyType

from attrs import frozen

from casefold.kernel.results import Failure, Result, Success
from casefold.policy.model import Aggregation, HitPolicy, InputClause, Literal, OutputClause, Rule, Table
from casefold.policy.sources.cells import Sheet, SheetFault, SheetInvalid, cell_name, word

HITS: Mapping[str, tuple[HitPolicy, Aggregation | None]] = MappingProxyType(
    {
        "unique": (HitPolicy.UNIQUE, None),
        "first": (HitPolicy.FIRST, None),
        "priority": (HitPolicy.PRIORITY, None),
        "any": (HitPolicy.ANY, None),
        "collect": (HitPolicy.COLLECT, None),
        "collect sum": (HitPolicy.COLLECT, Aggregation.SUM),
        "collect count": (HitPolicy.COLLECT, Aggregation.COUNT),
        "collect min": (HitPolicy.COLLECT, Aggregation.MIN),
        "collect max": (HitPolicy.COLLECT, Aggregation.MAX),
        "rule order": (HitPolicy.RULE_ORDER, None),
        "output order": (HitPolicy.OUTPUT_ORDER, None),
    }
)
"""Hit policies by the words for them."""

SHORT: Mapping[str, str] = MappingProxyType({
    "u": "unique", "f": "first", "p": "priority", "a": "any", "c": "collect", "c+": "collect sum",
    "c#": "collect count", "c<": "collect min", "c>": "collect max", "r": "rule order", "o": "output order",
})  # fmt: skip
"""The same by their letters in DMN."""

INPUT = "input"
OUTPUT = "output"
NOTE = "note"
KINDS = (INPUT, OUTPUT, NOTE)

TYPE = "type"
ALLOWED = "allowed"
DEFAULT = "default"
LABEL = "label"
HEADS = (TYPE, ALLOWED, DEFAULT, LABEL)
"""The names of head rows."""

_FITTING: Mapping[str, tuple[str, ...]] = MappingProxyType({
    TYPE: (INPUT, OUTPUT), ALLOWED: (INPUT, OUTPUT), DEFAULT: (OUTPUT,), LABEL: (INPUT, OUTPUT),
})  # fmt: skip
"""Which columns a head row says something of."""


def hit_of(text: str) -> tuple[HitPolicy, Aggregation | None] | None:
    """Give the hit policy that a text names, in words or in letters.

    >>> hit_of("Collect  Sum") == hit_of("C+") == (HitPolicy.COLLECT, Aggregation.SUM)
    True
    """
    said = word(text)
    return HITS.get(SHORT.get(said.replace(" ", ""), said))


def hit_text(hit: HitPolicy, aggregation: Aggregation | None) -> str:
    """Write a hit policy in words; only COLLECT has an aggregation."""
    return f"{hit.value} {aggregation.value}" if hit is HitPolicy.COLLECT and aggregation is not None else hit.value


def read_rules(sheet: Sheet) -> Result[Table, SheetInvalid]:
    """Read a decision table.

    >>> rows = (("U", "input", "output"), ("", "score", ""), ("1", ">= 640", "5.25"), ("2", "< 640", "7"))
    >>> read_rules(Sheet("Rate", rows)).unwrap().rules[1]
    Rule(inputs=('< 640',), outputs=('7',), notes=())
    """
    reading = _Reading(sheet, [])
    hit = hit_of(sheet.cell(0, 0))
    if hit is None:
        given, known = sheet.cell(0, 0), ", ".join(hit_text(*each) for each in HITS.values())
        said = f"there is no hit policy {given!r}" if given else "the hit policy is missing"
        reading.refuse(0, 0, "", f"{said}; write one of {known}, or SCORECARD")
    columns = reading.columns()
    heads, first = reading.heads()
    reading.fitting(columns, heads)
    table = Table(
        tuple(reading.input(column, heads) for column in columns[INPUT]),
        tuple(reading.output(column, heads) for column in columns[OUTPUT]),
        tuple(reading.rules(columns, first)),
        *(hit or (HitPolicy.UNIQUE, None)),
        notes=tuple(sheet.cell(1, column) for column in columns[NOTE]),
    )
    return Failure(SheetInvalid(sheet.name, tuple(reading.faults))) if reading.faults else Success(table)


@frozen(eq=False)
class _Reading:
    """A sheet under reading, and what was found wrong."""

    sheet: Sheet
    faults: MutableSequence[SheetFault]

    def refuse(self, row: int, column: int, rule: str, fault: str) -> None:
        """Note what is wrong with a cell."""
        self.faults.append(SheetFault(cell_name(row, column), rule, fault))

    def columns(self) -> Mapping[str, list[int]]:
        """Give the columns of each kind; one that is empty is passed over."""
        found: dict[str, list[int]] = {kind: [] for kind in KINDS}
        for column in range(1, self.sheet.width()):
            kind = word(self.sheet.cell(0, column))
            if kind in found:
                found[kind].append(column)
                continue
            if kind:
                self.refuse(0, column, "", f"a column is an input, an output or a note, and no {kind!r}")
                continue
            row = next((row for row in range(len(self.sheet.rows)) if self.sheet.cell(row, column)), None)
            if row is not None:
                self.refuse(0, column, "", f"{cell_name(row, column)} is filled; say input, output or note here")
        if not found[OUTPUT]:
            self.refuse(0, 0, "", "a table has at least one output: write output in row 1 of a column")
        return found

    def heads(self) -> tuple[Mapping[str, int], int]:
        """Give the head rows by name, and the first row after them."""
        found: dict[str, int] = {}
        row = 2
        while word(self.sheet.cell(row, 0)) in HEADS:
            name = word(self.sheet.cell(row, 0))
            if name in found:
                said = f"row {found[name] + 1} is {name!r} already; a rule of that name needs another label"
                self.refuse(row, 0, f"row {name}", said)
            found[name] = row
            row += 1
        return found, row

    def fitting(self, columns: Mapping[str, list[int]], heads: Mapping[str, int]) -> None:
        """Refuse what a head row says of a column that has no such thing."""
        for name, row in heads.items():
            for kind in KINDS:
                wrong = [column for column in columns[kind] if self.sheet.cell(row, column)]
                for column in wrong if kind not in _FITTING[name] else ():
                    said = f"a column that is {_AN[kind]} has no {name}; if this is a rule, give it another label"
                    self.refuse(row, column, f"row {name}", said)

    def input(self, column: int, heads: Mapping[str, int]) -> InputClause:
        """Read the head of a column of conditions."""
        text = self.sheet.cell(1, column)
        if not text:
            self.refuse(1, column, "", "say what is tested here, such as score")
        return InputClause(
            Literal(text, self._head(TYPE, column, heads)),
            self._head(ALLOWED, column, heads),
            self._head(LABEL, column, heads),
        )

    def output(self, column: int, heads: Mapping[str, int]) -> OutputClause:
        """Read the head of a column of conclusions."""
        return OutputClause(
            self.sheet.cell(1, column) or None,
            *(self._head(name, column, heads) for name in (TYPE, ALLOWED, DEFAULT, LABEL)),
        )

    def _head(self, name: str, column: int, heads: Mapping[str, int]) -> str | None:
        return (self.sheet.cell(heads[name], column) or None) if name in heads else None

    def rules(self, columns: Mapping[str, list[int]], first: int) -> list[Rule]:
        """Read the rules; an empty row is none."""
        found: list[Rule] = []
        for row in range(first, len(self.sheet.rows)):
            if not any(cell.strip() for cell in self.sheet.rows[row]):
                continue
            cells = {kind: tuple(self.sheet.cell(row, column) for column in columns[kind]) for kind in KINDS}
            label = f"rule {self.sheet.cell(row, 0) or len(found) + 1}"
            for column, text in zip(columns[OUTPUT], cells[OUTPUT], strict=True):
                if not text:
                    self.refuse(row, column, label, "this output is empty; write null if it is to have no value")
            found.append(Rule(cells[INPUT], cells[OUTPUT], cells[NOTE]))
        return found


_AN: Mapping[str, str] = MappingProxyType({INPUT: "an input", OUTPUT: "an output", NOTE: "a note"})


def write_rules(name: str, table: Table) -> Sheet:
    """Write a decision table as a sheet that `read_rules` reads as the same table.

    A cell that would be empty where a table needs one is written as what it means: ``null``.
    """
    inputs, outputs = table.inputs, table.outputs
    noted = max((len(table.notes), *(len(rule.notes) for rule in table.rules)))
    notes = table.notes + ("",) * (noted - len(table.notes))
    blank = ("",) * noted
    kinds = (hit_text(table.hit, table.aggregation), *[INPUT] * len(inputs), *[OUTPUT] * len(outputs), *[NOTE] * noted)
    named = ("", *(each.expression.text for each in inputs), *(each.name or "" for each in outputs), *notes)
    heads = (
        (TYPE, *(each.expression.type for each in inputs), *(each.type for each in outputs), *blank),
        (ALLOWED, *(each.allowed for each in inputs), *(each.allowed for each in outputs), *blank),
        (DEFAULT, *[None] * len(inputs), *(each.default for each in outputs), *blank),
        (LABEL, *(each.label for each in inputs), *(each.label for each in outputs), *blank),
    )
    told = (tuple(cell or "" for cell in head) for head in heads if any(head[1:]))
    rules = (
        (
            str(number),
            *rule.inputs,
            *(text if text.strip() else "null" for text in rule.outputs),
            *rule.notes,
            *[""] * (noted - len(rule.notes)),
        )
        for number, rule in enumerate(table.rules, 1)
    )
    return Sheet(name, (kinds, named, *told, *rules))
