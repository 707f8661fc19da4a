"""What happens to a batch and to its packages. The state of a package is a fold over its events."""

from typing import TypeAlias

from attrs import frozen


@frozen
class SourceFault:
    """A file of a package could not be opened: *reason* is the kind of fault, *detail* says it in words."""

    source: str
    reason: str
    detail: str


@frozen
class CaseRow:
    """What the case of a package came to.

    Attributes:
        content: The digest of the package's files, and of what was told of the applicant beside them.
        case: The digest of the case's outcome.
        accepted: Pages whose label stands without a person; the others of *pages* are for review.
        decision: The outcome that stands, if the case was given a policy; ``undecided`` where a person must decide.
        refused: Its files that could not be opened.
        asked: Pages that a language model was asked about, and what that cost, in millionths of a dollar.
    """

    content: str
    case: str
    pages: int
    accepted: int
    documents: int
    findings: int
    decision: str | None = None
    refused: tuple[SourceFault, ...] = ()
    asked: int = 0
    cost_micro_usd: int = 0


@frozen
class Fault:
    """Why an attempt came to nothing.

    Attributes:
        reason: The kind of fault.
        detail: What, where, and how to mend it.
        passing: Whether it may be gone at the next attempt.
    """

    reason: str
    detail: str
    passing: bool


@frozen
class BatchOpened:
    """A batch was begun.

    Attributes:
        order: The digest of what every package is decided under.
        input: Where the packages are.
        as_of: The instant to decide for, if there is a policy.
    """

    order: str
    input: str
    as_of: str | None = None


@frozen
class PackageFound:
    """A package is in the input, or is there in another version than before.

    Attributes:
        package: The name of its file or folder in the input.
        name: What its case's folder is called.
        version: What changes when its files do.
    """

    package: str
    name: str
    version: str


@frozen
class AttemptBegan:
    """Attempt number *attempt* (from 1, over all runs of the batch) of a package was begun."""

    package: str
    attempt: int


@frozen
class AttemptEnded:
    """A package went to the end of its case."""

    package: str
    attempt: int
    row: CaseRow


@frozen
class AttemptFailed:
    """An attempt came to nothing; if it was the *last*, the package is among the dead letters."""

    package: str
    attempt: int
    fault: Fault
    last: bool


@frozen
class AttemptAbandoned:
    """An attempt ended because the batch did, through no fault of the package."""

    package: str
    attempt: int


@frozen
class PackageRevived:
    """A dead letter is to be tried again."""

    package: str


PackageEvent: TypeAlias = PackageFound | AttemptBegan | AttemptEnded | AttemptFailed | AttemptAbandoned | PackageRevived

BatchEvent: TypeAlias = BatchOpened | PackageEvent
