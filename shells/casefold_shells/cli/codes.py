"""Exit codes, and every failure in words: what, where, and how to mend it."""

from enum import IntEnum

from casefold.case import deciding
from casefold.case.record import BeginsAnyway, NobodyNamed, NoSuchLabel, NoSuchPage, NotDue, NothingSaid
from casefold_adapters.files.atomic import StorageFailed
from casefold_adapters.files.log import LogBroken, LogBusy
from casefold_shells.decisions import decision_error_words
from casefold_shells.drive import Refused
from casefold_shells.models import ModelsUnknown
from casefold_shells.packages import ArtifactLost, NoCase, NoPackage, NoTenant, OtherCase, RunError, SourceClosed
from casefold_shells.recognising import EngineGone


class Exit(IntEnum):
    """What a program that calls casefold can tell apart."""

    OK = 0
    DIFFERS = 1
    """Something was checked and is not as it should be."""
    USAGE = 2
    MISSING = 3
    """A file or folder is not there, or may not be read."""
    NOT_PDF = 4
    """A file is no PDF, or one that is empty or damaged beyond repair."""
    ENCRYPTED = 5
    """A file needs a password, or another one."""
    LIMIT = 6
    """A file is beyond a limit: pages, bytes, time or memory."""
    TAXONOMY = 7
    """The taxonomy cannot be used."""
    CASE = 8
    """The case's folder is in the way: another case, another process, a broken log, no case at all."""
    STORAGE = 9
    """The system would not store or give back what it was asked to."""
    POLICY = 10
    """A decision model cannot be used."""
    DEAD_LETTERS = 11
    """A batch is through, and some of its packages are among the dead letters."""
    BUG = 70
    """casefold contradicted itself; please report it."""
    INTERRUPTED = 130


def exit_of(error: RunError) -> Exit:
    """Give the exit code of a failure."""
    match error:
        case NoPackage():
            return Exit.MISSING
        case SourceClosed(_, reason, _):
            return exit_of_refusal(reason)
        case EngineGone():
            return Exit.MISSING
        case OtherCase() | NoCase() | LogBusy() | LogBroken() | ArtifactLost():
            return Exit.CASE
        case StorageFailed():
            return Exit.STORAGE
        case (
            NoSuchPage() | NoSuchLabel() | NobodyNamed() | BeginsAnyway() | NothingSaid() | ModelsUnknown() | NoTenant()
        ):
            return Exit.USAGE
        case (
            deciding.ReservedFact()
            | deciding.UnknownFact()
            | deciding.UnreadableFact()
            | deciding.UnusableTime()
            | deciding.NotInEffect()
            | deciding.NotDecided()
            | deciding.NoOutcome()
            | deciding.UnknownOutcome()
            | deciding.NoReasonGiven()
            | deciding.UnknownReason()
            | deciding.Nameless()
            | deciding.OwnOverride()
        ):
            return Exit.USAGE
        case NotDue() | Refused() | deciding.OtherPolicy():
            return Exit.BUG


_REFUSED = {
    "Missing": Exit.MISSING,
    "NotAFile": Exit.MISSING,
    "NotReadable": Exit.MISSING,
    "PasswordNeeded": Exit.ENCRYPTED,
    "PasswordWrong": Exit.ENCRYPTED,
    "TooLarge": Exit.LIMIT,
    "TooManyPages": Exit.LIMIT,
    "TookTooLong": Exit.LIMIT,
    "TooMuchMemory": Exit.LIMIT,
}


def exit_of_refusal(reason: str) -> Exit:
    """Give the exit code of a source that was refused; *reason* is as the case records it."""
    return _REFUSED.get(reason, Exit.NOT_PDF)


def words(error: RunError) -> str:
    """Say what is wrong, where, and how to mend it."""
    match error:
        case NoPackage(path, detail) | SourceClosed(path, _, detail):
            return f"{path}: {detail}"
        case OtherCase(folder, differs):
            return (
                f"{folder}: another case is already there; {' and '.join(differs)} differ. "
                "Choose another --out, or begin anew with --fresh (its log is kept)"
            )
        case EngineGone(engine):
            return (
                f"its pages are recognised by {engine.name} {engine.version}, which is not here; install it, or begin "
                "anew with --fresh"
            )
        case NoCase(folder):
            return f"{folder}: there is no case; name a folder that holds events.jsonl"
        case NoTenant(folder):
            return f"{folder}: the case was run without a memory; say whose pages these are with --tenant NAME"
        case ArtifactLost(folder, digest):
            return (
                f"{folder}: the taxonomy, thresholds, model or policy {digest[:19]}… is not in blobs/ or changed; "
                "restore it"
            )
        case LogBusy(path):
            return f"{path}: another process is writing to this case; wait for it, or stop it"
        case LogBroken(path, sequence, fault):
            return f"{path}: entry {sequence} is not what was written ({fault}); restore the log from a backup"
        case StorageFailed(path, detail):
            return f"{path}: {detail}"
        case NoSuchPage(page, pages):
            return f"there is no page {page}; the package has {pages}"
        case NoSuchLabel(label, near):
            hint = f"; did you mean {', '.join(near)}?" if near else ""
            return f"the taxonomy has no class {label!r}{hint}; see `casefold taxonomy show`"
        case ModelsUnknown(names):
            return f"the policy asks the models {', '.join(names)} for scores; say where they are with --models FILE"
        case BeginsAnyway(page):
            return f"page {page} is the first of its file, so that a document begins with it anyway"
        case NothingSaid(page):
            return f"nobody said anything of page {page} that could be taken back"
        case NobodyNamed():
            return "a correction names who made it (--by) and why (--why)"
        case NotDue(observation, due):
            return (
                f"the case does not ask for {observation} now, but for {', '.join(due) or 'nothing'}; please report it"
            )
        case (
            deciding.OtherPolicy()
            | deciding.ReservedFact()
            | deciding.UnknownFact()
            | deciding.UnreadableFact()
            | deciding.UnusableTime()
            | deciding.NotInEffect()
            | deciding.NotDecided()
            | deciding.NoOutcome()
            | deciding.UnknownOutcome()
            | deciding.NoReasonGiven()
            | deciding.UnknownReason()
            | deciding.Nameless()
            | deciding.OwnOverride()
        ):
            return decision_error_words(error)
        case Refused(step, reason):
            return f"the case did not accept the outcome of {step}: {reason}; please report it"
