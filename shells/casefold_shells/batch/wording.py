"""What went wrong with a package or a batch, in words: what, where, and how to mend it."""

from types import MappingProxyType
from typing import TypeAlias

from attrs import frozen

from casefold.batch.events import Fault
from casefold_adapters.files.atomic import StorageFailed
from casefold_adapters.files.lines import LinesBusy
from casefold_adapters.files.log import LogBusy
from casefold_adapters.objects.addresses import BadAddress
from casefold_adapters.objects.port import PASSING, StoreFault, Trouble
from casefold_shells.batch.inputs import InputError, NoInput
from casefold_shells.packages import RunError


@frozen
class OtherBatch:
    """The output holds another batch; *differs* names what is not the same."""

    out: str
    differs: tuple[str, ...]


@frozen
class ManifestBroken:
    """Line number *line* of the manifest is not what was written."""

    out: str
    line: int


@frozen
class NoEngine:
    """The work cannot be given to anybody; *detail* says why."""

    detail: str


BatchError: TypeAlias = InputError | StorageFailed | LinesBusy | OtherBatch | ManifestBroken | NoEngine

_MENDS = MappingProxyType({
    Trouble.NOT_THERE: "there is no such object; check its name",
    Trouble.ALREADY_THERE: "something is already there; choose another --out",
    Trouble.NO_BUCKET: "there is no such bucket; check its name, and the account and region that you ask",
    Trouble.NO_CREDENTIALS: (
        "the store does not know who asks; log in again, or set the credentials as its own tools take them "
        "(AWS_PROFILE or AWS_ACCESS_KEY_ID; GOOGLE_APPLICATION_CREDENTIALS)"
    ),
    Trouble.DENIED: "the store does not let you do this; ask for permission to list, read, write and delete there",
    Trouble.THROTTLED: "the store asks to be asked less often; run again later, or with fewer --workers",
    Trouble.LOST: "the connection was lost again and again; check the network, then run again",
    Trouble.UNAVAILABLE: "the store could not answer; run again later",
    Trouble.CHANGED: "it was changed meanwhile; run again when nobody writes to it",
    Trouble.TOO_LARGE: "it is larger than such a file ever is; look at who wrote it",
    Trouble.BAD_KEY: "the store has no place for such a name; rename the file",
    Trouble.REFUSED: "the store refused",
})  # fmt: skip


def store_words(fault: StoreFault) -> str:
    """Say what a store did not do, where, and how to mend it."""
    told = f" (it says: {fault.detail})" if fault.detail else ""
    return f"{fault.place}: {_MENDS[fault.trouble]}{told}"


def fault_of_store(fault: StoreFault) -> Fault:
    """Say what a store's fault means for a package."""
    return Fault(f"Store{fault.trouble.name.title().replace('_', '')}", store_words(fault), fault.trouble in PASSING)


def fault_of_run(error: RunError) -> Fault:
    """Say what the fault of a run means for a package: a full disk or a busy case may pass, bad input does not."""
    # The command line takes as long to load as a small package to run, and only faults need its words.
    from casefold_shells.cli.codes import words

    return Fault(type(error).__name__, words(error), isinstance(error, (StorageFailed, LogBusy)))


def batch_words(error: BatchError) -> str:
    """Say why a batch cannot go on."""
    match error:
        case NoInput(place, detail) | BadAddress(place, detail) | StorageFailed(place, detail):
            return f"{place}: {detail}"
        case StoreFault():
            return store_words(error)
        case LinesBusy(path):
            return f"{path}: another process is writing to this batch; wait for it, or stop it"
        case OtherBatch(out, differs):
            return f"{out}: another batch is already there; {' and '.join(differs)} differ. Choose another --out"
        case ManifestBroken(out, line):
            return f"{out}: line {line} of the manifest is not what was written; restore it from a backup"
        case NoEngine(detail):
            return detail
