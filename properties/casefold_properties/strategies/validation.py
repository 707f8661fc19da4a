"""Files of documents that state things, and rules over them."""

from collections.abc import Sequence

from hypothesis import strategies as st

from casefold.fields.model import ClassFields, ColumnSpec, Field, FieldSpec, FieldSpecs, FieldType, Method, TableSpec
from casefold.taxonomy.model import Source
from casefold.validation.facts import Stated
from casefold.validation.model import Alias, Bound, Define, RuleSet, ValidationRule

SPECS = FieldSpecs(
    "made-up",
    "1",
    "Made up",
    (
        ClassFields(
            "application",
            (
                FieldSpec("name", FieldType.NAME, "Name"),
                FieldSpec("income", FieldType.MONEY, "Income"),
                FieldSpec("signed", FieldType.DATE, "Signed"),
            ),
        ),
        ClassFields(
            "stub",
            (FieldSpec("employee", FieldType.NAME, "Employee"), FieldSpec("paid", FieldType.DATE, "Paid")),
            (TableSpec("lines", "Lines", (ColumnSpec("amount", FieldType.MONEY, "Amount"),)),),
        ),
        ClassFields("other", (FieldSpec("name", FieldType.NAME, "Name"),)),
    ),
)
"""Two classes that rules are about, and one that none is."""

RULES = RuleSet(
    "made-up",
    "1",
    "Made up",
    (Source("s", "Somebody"),),
    (
        ValidationRule(
            "names",
            "Names agree",
            "s",
            (Bound("a", ("application",)), Bound("p", ("stub",))),
            "same(a.who, p.who)",
            "{a.who} and {p.who}",
        ),
        ValidationRule(
            "small",
            "No line is above the income",
            "s",
            (Bound("a", ("application",)), Bound("line", ("stub",), "lines")),
            "line.amount <= a.income",
            "{line.amount} of {line.document.who}",
            when="line.document.paid > a.signed",
        ),
    ),
    (Alias("who", ("name", "employee")),),
    (Define("same", "function(one: string, other: string) similarity(one, other) >= 0.9"),),
)

VALUES = {
    "name": ("Ann Lee", "Bo Ray"),
    "employee": ("Ann Lee", "Ann Leo", "Cy Poe"),
    "income": ("100", "5000.50"),
    "signed": ("2025-01-31", "2024-02-29"),
    "paid": ("2025-01-01", "2025-03-01"),
    "lines.amount": ("50.00", "5000.51"),
}

SURE = 900_000
UNSURE = 100_000


def files() -> st.SearchStrategy[tuple[Stated, ...]]:
    """Files of a few documents; some state less than they should, some values are unsure."""
    labels = st.lists(st.sampled_from(("application", "stub", "other")), max_size=5)
    return labels.flatmap(lambda found: st.tuples(*(documents(at, label) for at, label in enumerate(found, 1))))


def documents(at: int, label: str) -> st.SearchStrategy[Stated]:
    """A document of a class, on one page."""
    names = [each.name for known in SPECS.classes if known.id == label for each in known.fields]
    singles = [_field(at, name, 0) for name in names]
    rows = [_field(at, "lines.amount", row) for row in (1, 2)] if label == "stub" else []
    chosen = st.tuples(*(st.none() | each for each in (*singles, *rows)))
    return chosen.map(lambda found: Stated(str(at), label, (at,), _given(found)))


def _given(found: Sequence[Field | None]) -> tuple[Field, ...]:
    return tuple(each for each in found if each is not None)


def _field(at: int, name: str, row: int) -> st.SearchStrategy[Field]:
    def made(value: str, sure: int) -> Field:
        box = (0, 10 * row, 9, 10 * row + 9)
        return Field(str(at), name, value, f"~{value}", at, box, Method.ANCHOR, sure, row=row)

    return st.builds(made, st.sampled_from(VALUES[name]), st.sampled_from((SURE, SURE, SURE, UNSURE)))
