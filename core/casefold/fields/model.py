"""What documents of each class state, as data, and a value that was read from one.

A specification names the fields of a class and the rules that find them; it is published, versioned and digested as a
taxonomy is. Its names are what rules across documents and policies are written over, so they change as rarely.
"""

from enum import Enum
from typing import TypeAlias

from attrs import frozen


class FieldType(Enum):
    """What kind of value a field has, and so how its canonical text is written."""

    TEXT = "text"
    """Words as printed, single blanks between them."""
    NAME = "name"
    """A person or a company, as printed."""
    ADDRESS = "address"
    """A postal address, as printed, its lines joined."""
    CODE = "code"
    """A number that names something and is no secret: a loan, a policy, a report; as printed."""
    MONEY = "money"
    """An amount in dollars, as a decimal number: `1234.50`."""
    NUMBER = "number"
    """A decimal number."""
    PERCENT = "percent"
    """A decimal number of percent: `6.75`."""
    DATE = "date"
    """A day, as ISO 8601 writes it: `2025-09-12`."""
    YEAR = "year"
    """A year in four digits."""
    SSN = "ssn"
    """A social security number, by its last four digits only."""
    EIN = "ein"
    """An employer identification number: `12-3456789`."""
    ACCOUNT = "account"
    """The number of an account, by its last four letters or digits only."""
    IDENTIFIER = "identifier"
    """The number of a person's identity paper, by its last four letters or digits only."""
    FLAG = "flag"
    """`true` or `false`."""


MASKED = frozenset({FieldType.SSN, FieldType.ACCOUNT, FieldType.IDENTIFIER})
"""Types of which only the end is kept, in the value as in what was printed.

No digest of the whole is kept either: there are few enough such numbers to try them all.
"""


class Method(Enum):
    """How a value was read."""

    FORM_FIELD = "form_field"
    """From a field of the PDF's own form, told by its name or by the label beside it."""
    ANCHOR = "anchor"
    """From the words beside, below or in a column under a label."""
    PATTERN = "pattern"
    """From words that have a certain form, wherever they stand."""
    MRZ = "mrz"
    """From a machine-readable zone (ICAO Doc 9303)."""
    BARCODE = "barcode"
    """From the text of a driver's licence barcode (AAMVA)."""
    MODEL = "model"
    """By a small local model."""
    LLM = "llm"
    """By a language model."""
    PERSON = "person"
    """A person gave it."""


class Look(Enum):
    """Where a value stands, seen from its label."""

    RIGHT = "right"
    """On the label's line, to its right."""
    BELOW = "below"
    """Under the label, beginning in its column."""
    BOTH = "both"
    """On its right, or else under it."""
    ABOVE = "above"
    """Over the label, as on lines that are signed."""


class Block(Enum):
    """A part of an address block: lines over one another that end with a state and a ZIP code."""

    PERSON = "person"
    """The name over the address, where it is not a company's."""
    PERSON_ADDRESS = "person_address"
    COMPANY = "company"
    """The name over the address, where it is a company's."""
    COMPANY_ADDRESS = "company_address"


class Side(Enum):
    """Which pages of a document a rule looks at first."""

    ANY = "any"
    FIRST = "first"
    LAST = "last"


@frozen
class Rule:
    """One way to find a value.

    At least one of *labels*, *regex*, *block*, *mrz*, *barcode* and *form* is given; each is a way of its own.

    Attributes:
        labels: Phrases that announce the value; case, punctuation and common OCR slips do not matter.
        look: Where the value stands, seen from the label.
        reach: How far from the label it may begin, in ten-thousandths of the page; 0 for what is usual.
        line: Which line below (or above) the label holds the value, from 1.
        nth: Which of the values on that line it is, from 1.
        alone: Whether nothing else may stand to the right of the value: choices that nobody ticked stand side by side.
        skip: Words between label and value that are not of the value, such as the number of a form's line.
        parts: Further labels, such as those of city and state; what they announce is added to the value.
        after: Headings, of which one must be the last before the label, of all headings of the class.
        side: Which page of the document is looked at first.
        regex: An expression over the page's words joined by single blanks; its group ``value`` is the value.
        block: The part of an address block that stands without a label.
        mrz: The part of a machine-readable zone.
        barcode: An AAMVA element code such as ``DBB``; several, with blanks between them, are joined.
        form: Names of fields of the PDF's own form, whose values are joined by blanks: the ends of full names, without
            the numbers in brackets; ``?`` stands for any letter and ``*`` for any letters.
        option: What the form's field must hold, such as the state of a box that is ticked.
        edition: An expression that the page's words must match for *form* to hold: editions number their fields anew.
        value: What the field then is, whatever was printed there: for boxes that are ticked.
    """

    labels: tuple[str, ...] = ()
    look: Look = Look.BOTH
    reach: int = 0
    line: int = 1
    nth: int = 1
    alone: bool = False
    skip: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    side: Side = Side.ANY
    regex: str | None = None
    block: Block | None = None
    mrz: str | None = None
    barcode: str | None = None
    form: tuple[str, ...] = ()
    option: str | None = None
    edition: str | None = None
    value: str | None = None


@frozen
class FieldSpec:
    """A field of a class.

    Attributes:
        name: What rules and policies call it.
        type: What kind of value it has.
        title: What a loan officer calls it.
        rules: The ways to find it, the surest first.
    """

    name: str
    type: FieldType
    title: str
    rules: tuple[Rule, ...] = ()


@frozen
class ColumnSpec:
    """A column of a table; *heads* are what it is called where the table is printed."""

    name: str
    type: FieldType
    title: str
    heads: tuple[str, ...] = ()


@frozen
class TableSpec:
    """Lines that repeat: each is a row of fields.

    Attributes:
        name: What rules and policies call it.
        title: What a loan officer calls it.
        columns: Its columns.
        after: Phrases, one of which heads it, where it is not told by its columns alone.
        before: Phrases that end it.
        needs: Names of columns without which a line is no row.
        year: The name of a date field; days without a year in the rows are the last such days up to it.
    """

    name: str
    title: str
    columns: tuple[ColumnSpec, ...]
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    year: str | None = None


class CheckKind(Enum):
    """A relation that holds between the amounts of a true document."""

    SUM = "sum"
    """The first field is the sum of the others; a minus before a name takes it away."""
    RATE = "rate"
    """The first field is a fixed percentage of the second."""
    ORDER = "order"
    """No field is later, or more, than the next."""


@frozen
class Check:
    """A relation between fields; that it holds raises how sure their values are, that it fails lowers it.

    Attributes:
        kind: Which relation.
        fields: The names of the fields.
        percent: For a rate, how many percent, as decimal text.
        slack: By how much a sum or rate may be off, in cents.
    """

    kind: CheckKind
    fields: tuple[str, ...]
    percent: str = "0"
    slack: int = 2


@frozen
class ClassFields:
    """The fields of a class.

    Attributes:
        id: The class, as the taxonomy calls it.
        fields: Its single fields.
        tables: Its tables.
        checks: What holds between them.
        repeats: The name of a field that begins a new instance where its label is met again; ``None`` where a document
            states everything once.
        headings: Headings that end a section, beside those that rules name.
        noise: Phrases that such documents print and that are never values.
    """

    id: str
    fields: tuple[FieldSpec, ...]
    tables: tuple[TableSpec, ...] = ()
    checks: tuple[Check, ...] = ()
    repeats: str | None = None
    headings: tuple[str, ...] = ()
    noise: tuple[str, ...] = ()


@frozen
class FieldSpecs:
    """Published field specifications; they never change once they have a version."""

    name: str
    version: str
    title: str
    classes: tuple[ClassFields, ...]


Box: TypeAlias = tuple[int, ...]
"""Left, top, right and bottom, in ten-thousandths of the page as displayed."""


@frozen
class Alternative:
    """Another value that was found for a field, and where."""

    value: str
    raw: str
    page: int
    box: Box
    method: Method
    confidence_ppm: int


@frozen
class Field:
    """A value that a document states.

    Attributes:
        document: The document's id; empty outside a case.
        name: The field's name; for a cell of a table, the table's and the column's joined by a dot.
        value: Its canonical text, see `FieldType`.
        raw: The words it was read from, as printed; of masked types the end only.
        page: The page that they stand on.
        box: The smallest box around them.
        method: How it was read.
        confidence_ppm: How sure it is, in parts per million; a stated guess, not calibrated on labelled values.
        group: Which instance of the class it belongs to, from 1, where a document holds several.
        row: The row of a table's cell, from 1; 0 for a single field.
        alternatives: Other values found for it, surest first.
    """

    document: str
    name: str
    value: str
    raw: str
    page: int
    box: Box
    method: Method
    confidence_ppm: int
    group: int = 1
    row: int = 0
    alternatives: tuple[Alternative, ...] = ()
