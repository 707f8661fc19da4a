"""Rules over what documents state, as data: published, versioned and digested as taxonomies and policies are.

A rule is asked of every combination of documents (or rows of their tables) that it binds to names. Its condition and
its claim are FEEL expressions over those names, so that an auditor reads the rule that ran.
"""

from enum import Enum

from attrs import frozen

from casefold.taxonomy.model import Source


class Severity(Enum):
    """What becomes of a file that breaks the rule."""

    MAJOR = "major"
    """The file cannot go on as it is."""
    MINOR = "minor"
    """A person should look."""


@frozen
class Alias:
    """One name for fields that classes call differently: the first of *fields* that a document states."""

    name: str
    fields: tuple[str, ...]


@frozen
class Define:
    """A name that all rules may use: a FEEL expression, mostly a function or a limit."""

    name: str
    text: str


@frozen
class Bound:
    """A name of a rule: it stands for each document of some classes in turn, or for each row of a table of theirs.

    A row has its cells by their columns' names, and its document as ``document``.

    Attributes:
        name: What the rule calls it.
        classes: The classes of documents.
        table: The table of theirs whose rows are meant; ``None`` for the documents themselves.
    """

    name: str
    classes: tuple[str, ...]
    table: str | None = None


@frozen
class ValidationRule:
    """A claim about a file.

    Attributes:
        id: What findings call it.
        title: What a loan officer calls it.
        source: The id of the `Source` that asks for it.
        bind: What it is asked of: every combination, each document being in one place of it only.
        holds: The claim, a FEEL expression that is true or false.
        when: Which combinations it is asked of; ``None`` for all.
        optional: Paths such as ``application.co_borrower_name`` that need not be stated. Where any other path of claim
            or condition is not, the rule cannot be decided.
        message: What is said where it fails; a path in braces stands for what was printed.
        severity: What becomes of the file.
    """

    id: str
    title: str
    source: str
    bind: tuple[Bound, ...]
    holds: str
    message: str
    when: str | None = None
    optional: tuple[str, ...] = ()
    severity: Severity = Severity.MAJOR


@frozen
class RuleSet:
    """Published rules; they never change once they have a version.

    Attributes:
        confidence_min_ppm: A value that is less sure than this decides nothing.
    """

    name: str
    version: str
    title: str
    sources: tuple[Source, ...]
    rules: tuple[ValidationRule, ...]
    aliases: tuple[Alias, ...] = ()
    defines: tuple[Define, ...] = ()
    confidence_min_ppm: int = 500_000


class Verdict(Enum):
    """What came of asking a rule."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """Something that it asks for is not stated, or not surely."""


@frozen
class Cited:
    """A value that a verdict rests on: where it stands, and what was printed."""

    path: str
    document: str
    page: int
    box: tuple[int, ...]
    raw: str
    value: str


@frozen
class Ruling:
    """What came of one rule for one combination of documents.

    Attributes:
        rule: The rule's id.
        verdict: Whether it holds.
        documents: The ids of the documents that it was asked of.
        cited: The values that the verdict rests on.
        missing: The paths that are not stated, or, where no document is there at all, the classes that would be asked.
        unsure: The paths whose values are less sure than the rule set asks.
        message: What failed, in words; empty unless it did.
    """

    rule: str
    verdict: Verdict
    documents: tuple[str, ...] = ()
    cited: tuple[Cited, ...] = ()
    missing: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    message: str = ""
