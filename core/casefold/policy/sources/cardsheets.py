"""Scorecards from sheets, a row for each bin, and back."""

from collections.abc import Mapping, MutableSequence
from types import MappingProxyType

from attrs import evolve, frozen

from casefold.kernel.results import Failure, Result, Success
from casefold.policy.model import Bin, Characteristic, Literal, Scorecard
from casefold.policy.sources.cells import Sheet, SheetFault, SheetInvalid, cell_name, word

SCORECARD = "SCORECARD"
"""What stands in A1."""

CHARACTERISTIC = "characteristic"
EXPRESSION = "expression"
TYPE = "type"
BIN = "bin"
POINTS = "points"
REASON = "reason"
SPECIAL = "special"
AVERAGE = "average"
CUTOFF = "average at cutoff"
HEADINGS = (CHARACTERISTIC, EXPRESSION, TYPE, BIN, POINTS, REASON, SPECIAL, AVERAGE, CUTOFF)
NEEDED = (CHARACTERISTIC, BIN, POINTS)
"""The columns that no scorecard does without."""

BASE = "base"
"""The characteristic of the row that holds the base points; it has no bin."""

_SPECIAL: Mapping[str, bool] = MappingProxyType({
    "": False, "no": False, "false": False, "yes": True, "true": True, "x": True,
})  # fmt: skip


def is_card(sheet: Sheet) -> bool:
    """Whether a sheet says that it holds a scorecard."""
    return word(sheet.cell(0, 0)) == SCORECARD.lower()


def read_card(sheet: Sheet) -> Result[Scorecard, SheetInvalid]:
    """Read a scorecard: row 2 names the columns, and then comes a row for each bin.

    A characteristic that is not named is that of the row above; without an expression it is looked up by its name.

    >>> rows = (("SCORECARD",), ("characteristic", "bin", "points"), ("age", "< 25", "0"), ("", ">= 25", "12"))
    >>> read_card(Sheet("Score", rows)).unwrap().characteristics[0].bins[1]
    Bin(tests='>= 25', points='12', reason='', special=False)
    """
    reading = _Reading(sheet, _headings(sheet), [], [], [])
    reading.frame()
    if not reading.faults:
        for row in range(2, len(sheet.rows)):
            if any(cell.strip() for cell in sheet.rows[row]):
                reading.row(row)
    if not reading.faults and not reading.found:
        reading.refuse(2, 0, "", "a scorecard has at least one characteristic")
    if reading.faults:
        return Failure(SheetInvalid(sheet.name, tuple(reading.faults)))
    return Success(Scorecard(tuple(reading.found), *reading.base[:1]))


def _headings(sheet: Sheet) -> Mapping[str, int]:
    """Give the columns by what they hold; of two of one heading, the first."""
    return MappingProxyType({word(sheet.cell(1, column)): column for column in reversed(range(sheet.width()))})


@frozen(eq=False)
class _Reading:
    """A sheet under reading: its columns, what was found, the base points, and what is wrong."""

    sheet: Sheet
    columns: Mapping[str, int]
    found: MutableSequence[Characteristic]
    base: MutableSequence[str]
    faults: MutableSequence[SheetFault]

    def refuse(self, row: int, column: int, rule: str, fault: str) -> None:
        """Note what is wrong with a cell."""
        self.faults.append(SheetFault(cell_name(row, column), rule, fault))

    def cell(self, row: int, heading: str) -> str:
        """Give the text of a row below a heading; empty if there is no such column."""
        return self.sheet.cell(row, self.columns[heading]) if heading in self.columns else ""

    def column(self, heading: str) -> int:
        """Give where a heading stands; 0 if it does not."""
        return self.columns.get(heading, 0)

    def frame(self) -> None:
        """Look at the rows above the bins."""
        for column in range(1, self.sheet.width()):
            if self.sheet.cell(0, column):
                self.refuse(0, column, "", "row 1 of a scorecard holds SCORECARD and nothing else")
        for column in range(self.sheet.width()):
            heading = word(self.sheet.cell(1, column))
            if heading and heading not in HEADINGS:
                self.refuse(1, column, "", f"there is no column {heading!r}; the columns are {', '.join(HEADINGS)}")
            elif heading and self.columns[heading] != column:
                there = cell_name(1, self.columns[heading])
                self.refuse(1, column, "", f"{there} is {heading!r} already")
            elif not heading:
                row = next((row for row in range(2, len(self.sheet.rows)) if self.sheet.cell(row, column)), None)
                if row is not None:
                    self.refuse(1, column, "", f"{cell_name(row, column)} is filled; say here what the column holds")
        for heading in NEEDED:
            if heading not in self.columns:
                self.refuse(1, 0, "", f"the column {heading!r} is missing")

    def row(self, row: int) -> None:
        """Read a bin, or the base points."""
        name, tests, points = (self.cell(row, heading) for heading in NEEDED)
        if word(name) == BASE and not tests and not self.cell(row, EXPRESSION):
            self._base(row, points)
            return
        label = f"characteristic {name or (self.found[-1].name if self.found else '')}".rstrip()
        if not tests:
            said = "say which values are in this bin; - is any value, null a missing one"
            self.refuse(row, self.column(BIN), label, said)
        if not points:
            self.refuse(row, self.column(POINTS), label, "say how many points this bin is worth")
        special = _SPECIAL.get(word(self.cell(row, SPECIAL)))
        if special is None:
            said = "a bin is special or is not: yes, or nothing"
            self.refuse(row, self.column(SPECIAL), label, said)
        self._bin(row, label, name, Bin(tests, points, self.cell(row, REASON), special or False))

    def _base(self, row: int, points: str) -> None:
        if self.base:
            self.refuse(row, self.column(CHARACTERISTIC), BASE, "the base points are told twice")
        if not points:
            self.refuse(row, self.column(POINTS), BASE, "say how many points everyone begins with")
        self.base.append(points)

    def _bin(self, row: int, label: str, name: str, bin_: Bin) -> None:
        """Add a bin to the characteristic above, or begin another one."""
        if self.found and name in {"", self.found[-1].name}:
            last = self.found[-1]
            told = ((EXPRESSION, last.expression.text), (TYPE, last.expression.type))
            for heading, there in (*told, (AVERAGE, last.average), (CUTOFF, last.average_at_cutoff)):
                if self.cell(row, heading) not in {"", there}:
                    said = f"the row above says {there or 'nothing'}; a characteristic has one {heading}"
                    self.refuse(row, self.column(heading), label, said)
            self.found[-1] = evolve(last, bins=(*last.bins, bin_))
            return
        if not name:
            self.refuse(row, self.column(CHARACTERISTIC), label, "name the characteristic that this bin belongs to")
        if any(each.name == name for each in self.found):
            said = f"{name!r} has bins further up; put all of them together"
            self.refuse(row, self.column(CHARACTERISTIC), label, said)
        expression = Literal(self.cell(row, EXPRESSION) or name, self.cell(row, TYPE) or None)
        averages = self.cell(row, AVERAGE) or None, self.cell(row, CUTOFF) or None
        self.found.append(Characteristic(name, expression, (bin_,), *averages))


def write_card(name: str, card: Scorecard) -> Sheet:
    """Write a scorecard as a sheet that `read_card` reads as the same scorecard."""
    rows = (
        (
            *((each.name, each.expression.text, each.expression.type or "") if first else ("", "", "")),
            bin_.tests,
            bin_.points,
            bin_.reason,
            "yes" if bin_.special else "",
            *((each.average or "", each.average_at_cutoff or "") if first else ("", "")),
        )
        for each in card.characteristics
        for first, bin_ in ((number == 0, bin_) for number, bin_ in enumerate(each.bins))
    )
    base = (BASE, "", "", "", card.base, "", "", "", "")
    return Sheet(name, ((SCORECARD,), HEADINGS, base, *rows))
