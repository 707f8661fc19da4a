"""A sheet is a decision table or a scorecard: A1 says which."""

from casefold.kernel.results import Result
from casefold.policy.model import Scorecard, Table
from casefold.policy.sources.cardsheets import is_card, read_card, write_card
from casefold.policy.sources.cells import Sheet, SheetInvalid
from casefold.policy.sources.tablesheets import read_rules, write_rules


def read_table(sheet: Sheet) -> Result[Table | Scorecard, SheetInvalid]:
    """Read a sheet; everything that is wrong with it is told at once.

    >>> read_table(Sheet("Rate", (("UNIQ", "input", "output"),))).failure().faults[0].cell
    'A1'
    """
    return _widened(read_card(sheet) if is_card(sheet) else read_rules(sheet))


def _widened(
    found: Result[Table, SheetInvalid] | Result[Scorecard, SheetInvalid],
) -> Result[Table | Scorecard, SheetInvalid]:
    return found


def write_table(name: str, table: Table | Scorecard) -> Sheet:
    """Write a table or scorecard as a sheet; `read_table` reads it back."""
    return write_card(name, table) if isinstance(table, Scorecard) else write_rules(name, table)
