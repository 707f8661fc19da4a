"""Document classes as data: what a page of each class shows, how long its documents are, what a file must hold.

Weights are decibans (Good 1979; Turing): 10 decibans multiply the odds by 10, 20 by 100, 30 by 1 000. They are whole
numbers that an analyst can read and that add up to the same score on every machine.
"""

from enum import Enum

from attrs import frozen

UNKNOWN = "unknown"
"""The label of a page that fits no class. Reserved: no class may take it."""


class Where(Enum):
    """The part of the page in which a signal counts."""

    ANYWHERE = "anywhere"
    TOP = "top"
    """The upper third."""
    BOTTOM = "bottom"
    """The lower sixth."""


class Cue(Enum):
    """What a signal says about the page's place in its document."""

    FIRST = "first"
    CONTINUATION = "continuation"
    LAST = "last"


class Detector(Enum):
    """A fact about a page that the core works out itself, for a signal to name."""

    BLANK = "blank"
    """The page draws nothing."""
    PASSPORT_MRZ = "passport_mrz"
    """A TD3 machine-readable zone whose check digits agree (ICAO Doc 9303-4)."""
    CARD_MRZ = "card_mrz"
    """A TD1 machine-readable zone whose check digits agree (ICAO Doc 9303-5)."""
    LICENCE_BARCODE = "licence_barcode"
    """The barcode of a driver licence or identification card (AAMVA DL/ID Card Design Standard, annex D)."""
    MICR_LINE = "micr_line"
    """A bank's routing number with a right check digit between the transit symbols of a check (ANSI X9.100-160)."""
    CONTINUED = "continued"
    """The page says that it is continued on the next."""


class IdentityKey(Enum):
    """What tells one document of a class from the next."""

    VARIANT = "variant"
    """The signal variant, for example which schedule or which state."""
    TAX_YEAR = "tax_year"
    REVISION = "revision"
    """The printed form revision, for example ``Rev. 10-2023``."""
    SSN = "ssn"
    EIN = "ein"
    ACCOUNT = "account"
    LOAN = "loan"
    PERIOD = "period"
    """The statement or pay period."""


class Sensitivity(Enum):
    """How much harm the document can do in wrong hands."""

    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"
    RESTRICTED = "restricted"
    """Government identifiers or full account numbers."""


@frozen
class Source:
    """The form, regulation or practice that a signal comes from."""

    id: str
    title: str
    url: str | None = None


@frozen
class Signal:
    """One thing a page may show, and what it is worth.

    Exactly one of *phrase*, *form*, *regex* and *detector* is given.

    Attributes:
        source: The id of the `Source` that says documents of the class show this.
        weight: Decibans for the class when the page shows it; negative ones speak against it.
        phrase: Words in order; case, spaces, punctuation, ligatures and common OCR slips do not matter.
        form: A form number such as ``W-2``; found as ``Form W-2``, ``FormW-2`` or ``form w 2``.
        regex: A regular expression over the page's words joined by single blanks, case ignored.
        detector: A fact that the core works out.
        where: The part of the page in which it counts.
        cue: What it says about the page's place in its document.
        variant: The variant of the class that it shows; a regex may capture it instead, as group ``variant``.
    """

    source: str
    weight: int
    phrase: str | None = None
    form: str | None = None
    regex: str | None = None
    detector: Detector | None = None
    where: Where = Where.ANYWHERE
    cue: Cue | None = None
    variant: str | None = None


@frozen
class PageLimits:
    """How many pages a document of the class has; *max* ``None`` means no usual limit.

    Attributes:
        costs: Decibans that a document of 1, 2, 3 … pages costs beside one of a usual length, where the form or
            practice has usual lengths. A longer one costs what the last does.
    """

    min: int = 1
    max: int | None = None
    costs: tuple[int, ...] = ()


@frozen
class Validity:
    """How old a document of the class may be, and by when."""

    days_max: int
    until: str
    """The moment the age is taken at: ``application``, ``note`` or ``closing``."""
    source: str


@frozen
class DocumentClass:
    """One kind of document.

    Attributes:
        id: The label that pages and documents carry.
        family: The group it is filed under, for example ``income``.
        title: What a loan officer calls it.
        signals: What its pages show.
        pages: How long its documents are.
        marked: Whether every page of the class bears a mark of it (a form number in the footer, a repeated title), so
            that a page without any speaks strongly against it.
        identity: What tells one document of the class from the next.
        sensitivity: How it must be handled.
        validity: How old it may be, where a rule says so.
        revision_of: The class that this is an older edition of. Its pages are recognised by its own signals, and carry
            the label of that class with this id as their variant.
    """

    id: str
    family: str
    title: str
    signals: tuple[Signal, ...]
    pages: PageLimits = PageLimits()
    marked: bool = False
    identity: tuple[IdentityKey, ...] = ()
    sensitivity: Sensitivity = Sensitivity.CONFIDENTIAL
    validity: Validity | None = None
    revision_of: str | None = None


@frozen
class Condition:
    """When a requirement applies: every class of *present* has a document, and none of *absent* has."""

    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


@frozen
class Requirement:
    """One thing a complete file holds.

    Exactly one of *all_of*, *any_of* and *n_of* names classes; with *n_of*, at least *count* documents of them.
    """

    id: str
    title: str
    source: str
    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    n_of: tuple[str, ...] = ()
    count: int = 1
    when: Condition = Condition()


@frozen
class FileType:
    """A kind of loan file and what it must hold."""

    id: str
    title: str
    required: tuple[Requirement, ...]


@frozen
class Taxonomy:
    """A published set of classes; it never changes once it has a version.

    Attributes:
        outside: Kinds of document that are known not to belong here. A page that fits one is labelled `UNKNOWN`, with
            the reason.
    """

    name: str
    version: str
    title: str
    sources: tuple[Source, ...]
    classes: tuple[DocumentClass, ...]
    outside: tuple[DocumentClass, ...] = ()
    file_types: tuple[FileType, ...] = ()
