"""Run a package: take its files in, drive its case to the end, and leave everything in one folder.

The folder is self-contained: sources, texts and artifacts are blobs in it, so a case can be resumed, reviewed, verified
and replayed without anything from outside.
"""

import contextlib
import json
import os
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path, PurePath
from typing import TypeAlias

from attrs import evolve, field, frozen

from casefold.case.asked import ledger_of
from casefold.case.asking import lost
from casefold.case.codec import CONVERTER
from casefold.case.deciding import Approving, Overriding
from casefold.case.events import (
    SEMANTICS,
    CaseOpened,
    Correction,
    CorrectionWithdrawn,
    DocumentNotWritten,
    SourceFile,
    SourceOpened,
)
from casefold.case.history import misfit
from casefold.case.recall import reviewed
from casefold.case.record import Artifacts, AssemblyDue, RecordError
from casefold.case.state import Case, fold
from casefold.case.steps import (
    AskModels,
    AskVision,
    Assemble,
    CollectBatch,
    RecallPages,
    Recognise,
    Step,
    SubmitBatch,
    next_steps,
)
from casefold.codecs import plain, structure
from casefold.fields import codec as fields_codec
from casefold.fields.compiled import ReadyFields, compile_fields
from casefold.kernel.canonical import canonical
from casefold.kernel.results import Failure, Result, Success
from casefold.memory.sketches import sketch
from casefold.pages.labels import Thresholds, thresholds_digest
from casefold.pages.local.codec import parse_model, write_model
from casefold.pages.signals import compile_taxonomy
from casefold.pages.text import read_text_line
from casefold.policy.codec import policy_value
from casefold.taxonomy.codec import parse, taxonomy_digest, taxonomy_value
from casefold.validation import codec as rules_codec
from casefold.validation.ready import ReadyRules, ready_rules
from casefold.vision.budget import under_way
from casefold.vision.tier import read_tier, tier_digest, tier_value
from casefold_adapters.clock import SystemClock
from casefold_adapters.files.atomic import StorageFailed
from casefold_adapters.files.blobs import BlobChanged, BlobMissing, FileBlobs
from casefold_adapters.files.log import FileLog, LogBroken, LogBusy, LogError, Recorded, read_log
from casefold_adapters.pdf.limits import PdfLimits
from casefold_adapters.pdf.reader import PdfReader
from casefold_adapters.search import aho_corasick
from casefold_adapters.zones import IanaZones
from casefold_shells.casefiles import CaseFolder
from casefold_shells.drive import DriveError, Refused, accept, drive
from casefold_shells.giving import Giving, asks_anew, given_event, stored_policy
from casefold_shells.memories import Memory, memory_at
from casefold_shells.models import NOWHERE, ModelsUnknown, Servers, lacking
from casefold_shells.outputs import file_digest
from casefold_shells.recognising import NOTHING, EngineGone, Recognising
from casefold_shells.refusals import refusal_words
from casefold_shells.texts import as_storage, read_texts
from casefold_shells.vision import VisionServer
from casefold_shells.world import FolderWorld, Progress

TAKEN = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff")
"""How files of a folder end that are taken in."""

NAMED = "*.pdf, *.png, *.jpg or *.tif"


@frozen
class NoPackage:
    """There is no such file, or the folder holds neither PDF nor picture."""

    path: str
    detail: str


@frozen
class OtherCase:
    """The case's folder holds another case; *differs* names what is not the same."""

    folder: str
    differs: tuple[str, ...]


@frozen
class NoCase:
    """The folder holds no case."""

    folder: str


@frozen
class NoTenant:
    """Nobody said whose pages are to be remembered."""

    folder: str


@frozen
class ArtifactLost:
    """A value that the case was decided under is not among its blobs, or is not what it was."""

    folder: str
    digest: str


@frozen
class SourceClosed:
    """A source of the case cannot be opened again: *reason* is the kind of fault, *detail* says it in words."""

    source: str
    reason: str
    detail: str


RunError: TypeAlias = (
    EngineGone
    | ModelsUnknown
    | NoTenant
    | SourceClosed
    | NoPackage
    | OtherCase
    | NoCase
    | ArtifactLost
    | LogError
    | DriveError
    | RecordError
)


@frozen
class Run:
    """How packages are run.

    Attributes:
        artifacts: What they are decided under.
        file_type: The kind of loan file that they are checked as.
        password: What opens encrypted files.
        limits: What one file may cost.
        fresh: Whether to begin anew where a case is already there; its log is kept.
        stop_before: Kinds of step to leave undone; for measuring.
        giving: The policy that they are decided by, and the facts; ``None`` to leave that as it is.
        servers: Where the models are that policies ask.
        recognising: How pages are recognised that have no words of their own.
        tenant: Whose reviewed pages may be recalled; ``None`` for none.
        memory: Where reviewed pages are: a folder, or the address of a database.
        vision: Where the language model is that cases may ask; what they may ask it is among the artifacts.
    """

    artifacts: Artifacts
    file_type: str | None = None
    password: str | None = None
    limits: PdfLimits = PdfLimits()
    fresh: bool = False
    stop_before: tuple[type[Step], ...] = ()
    giving: Giving | None = None
    servers: Servers = field(default=NOWHERE, repr=False)
    recognising: Recognising = NOTHING
    vision: VisionServer | None = field(default=None, repr=False)
    tenant: str | None = None
    memory: str | None = field(default=None, repr=False)


@frozen
class Finished:
    """A case that went as far as it goes, under what, and whether there was anything left to do."""

    folder: CaseFolder
    artifacts: Artifacts = field(repr=False)
    case: Case
    worked: bool


def is_source(path: PurePath) -> bool:
    """Whether a file may be part of a package, by its name."""
    return path.suffix.lower() in TAKEN


def sources_of(package: Path) -> Result[tuple[Path, ...], NoPackage]:
    """Give the files of a package: the file itself, or a folder's PDFs and pictures by name."""
    if package.is_dir():
        try:
            found = tuple(sorted(path for path in package.iterdir() if is_source(path) and path.is_file()))
        except OSError as error:
            return Failure(NoPackage(str(package), error.strerror or "it cannot be read"))
        return Success(found) if found else Failure(NoPackage(str(package), f"the folder holds no file named {NAMED}"))
    if not package.exists():
        return Failure(NoPackage(str(package), "there is no such file; check the path"))
    if not package.is_file():
        return Failure(NoPackage(str(package), "it is neither a file nor a folder"))
    return Success((package,))


def name_of(package: Path) -> str:
    """Name a package: a file without its ending, a folder as it is really called."""
    real = package.resolve() if package.name in {"", ".", ".."} else package
    return as_text(real.name if package.is_dir() else real.stem) or "package"


def as_text(name: str) -> str:
    """Give a file's name as text; bytes of it that are none become replacement characters."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _within(limits: PdfLimits, sources: tuple[Path, ...]) -> Result[tuple[Path, ...], NoPackage]:
    """Refuse what cannot be copied before any of it is."""
    for source in sources:
        size = source.stat().st_size
        if size > limits.source_bytes_max:
            detail = f"it has {size:,} bytes and {limits.source_bytes_max:,} are opened at most; split it"
            return Failure(NoPackage(str(source), detail))
        if not os.access(source, os.R_OK):
            return Failure(NoPackage(str(source), "the system does not let this user read it; check its permissions"))
    return Success(sources)


def folders_for(packages: Sequence[Path], out: Path) -> list[CaseFolder]:
    """Give each package its folder under *out*, by its stem; equal stems are told apart by their parents' names."""
    stems = [name_of(package) for package in packages]
    taken: set[str] = set()
    folders: list[CaseFolder] = []
    for package, stem in zip(packages, stems, strict=True):
        name = stem if stems.count(stem) == 1 else f"{package.absolute().parent.name}-{stem}"
        number = 2
        while name in taken:
            name, number = f"{name.removesuffix(f'-{number - 1}')}-{number}", number + 1
        taken.add(name)
        folders.append(CaseFolder(out / name))
    return folders


async def run_package(run: Run, package: Path, folder: CaseFolder, progress: Progress) -> Result[Finished, RunError]:
    """Take a package to the end of its case; what an earlier run did is not done again."""
    sources = sources_of(package).bind(lambda paths: _within(run.limits, paths))
    if isinstance(sources, Failure):
        return sources
    opening = _opening(run, package, sources.unwrap())
    if isinstance(opening, Failure):
        return opening
    wanted = opening.unwrap()
    if run.fresh or await _worth_another_try(run, folder):
        busy = await _set_aside(folder.log)
        if busy is not None:
            return Failure(busy)
    async with opened(folder) as found:
        if isinstance(found, Failure):
            return found
        log, case = found.unwrap()
        if case.opened is None:
            begun = await _begin(run, wanted, sources.unwrap(), folder, log)
            if isinstance(begun, Failure):
                return begun
            case = begun.unwrap()
        elif case.opened != _as_begun(run, case.opened, wanted):
            return Failure(OtherCase(str(folder.path), _differences(case.opened, wanted)))
        if run.giving is not None and asks_anew(run.giving, case):
            shut = await closed(folder, case, PdfReader(run.limits), run.password)
            if shut is not None:
                return Failure(shut)
            given = await _give(run.artifacts, run.giving, folder, log, case)
            if isinstance(given, Failure):
                return given
            case = given.unwrap()
        artifacts = await _with_policy(run.artifacts, folder, case)
        if isinstance(artifacts, Failure):
            return artifacts
        return await finish(evolve(run, artifacts=artifacts.unwrap()), folder, log, case, progress)


def _as_begun(run: Run, before: CaseOpened, wanted: CaseOpened) -> CaseOpened:
    """Let a case go on as it was begun where nobody asked for another way to recognise its pages."""
    return wanted if run.recognising.chosen else evolve(wanted, recognition=before.recognition)


async def _give(
    artifacts: Artifacts, giving: Giving, folder: CaseFolder, log: FileLog, case: Case
) -> Result[Case, RunError]:
    """Keep a policy among the case's blobs, then record that it was given."""
    kept = await FileBlobs(folder.blobs).put(canonical(policy_value(giving.policy.policy)))
    if isinstance(kept, Failure):
        return kept
    chosen = evolve(artifacts, policy=giving.policy, zones=IanaZones())
    return await accept(chosen, case, given_event(giving, kept.unwrap(), SystemClock().now()), log, SystemClock())


async def _with_policy(artifacts: Artifacts, folder: CaseFolder, case: Case) -> Result[Artifacts, RunError]:
    """Add the policy that a case was given."""
    if case.given is None:
        return Success(artifacts)
    stored = await stored_policy(FileBlobs(folder.blobs), case.given)
    if isinstance(stored, Failure):
        lost = stored.failure()
        return Failure(lost if isinstance(lost, StorageFailed) else ArtifactLost(str(folder.path), case.given.content))
    return Success(evolve(artifacts, policy=stored.unwrap(), zones=IanaZones()))


async def proceed(
    run_limits: PdfLimits,
    folder: CaseFolder,
    said: Correction | CorrectionWithdrawn | Overriding | Approving | Giving,
    password: str | None,
    progress: Progress,
) -> Result[Finished, RunError]:
    """Record what a person said of a case, or a policy that it is given, and take it to its end again."""
    loaded = await load_case(folder, policy=not isinstance(said, Giving))
    if isinstance(loaded, Failure):
        return loaded
    artifacts, _ = loaded.unwrap()
    async with opened(folder) as found:
        if isinstance(found, Failure):
            return found
        log, case = found.unwrap()
        shut = await closed(folder, case, PdfReader(run_limits), password)
        if shut is not None:
            return Failure(shut)
        whole = await assembled(artifacts, case, log)
        if isinstance(whole, Failure):
            return whole
        case = whole.unwrap()
        advanced = (
            await _give(artifacts, said, folder, log, case)
            if isinstance(said, Giving)
            else await accept(artifacts, case, said, log, SystemClock())
        )
        if isinstance(advanced, Failure):
            return advanced
        if isinstance(said, Giving):
            artifacts = evolve(artifacts, policy=said.policy, zones=IanaZones())
        servers = said.servers if isinstance(said, Giving) else NOWHERE
        run = Run(artifacts, password=password, limits=run_limits, servers=servers)
        return await finish(run, folder, log, advanced.unwrap(), progress)


async def assembled(artifacts: Artifacts, case: Case, log: FileLog) -> Result[Case, RunError]:
    """Assemble a case where nothing else is due first, as after what a person said, or a crash just behind that."""
    while next_steps(case)[:1] == (Assemble(),):
        done = await accept(artifacts, case, AssemblyDue(), log, SystemClock())
        if isinstance(done, Failure):
            return done
        case = done.unwrap()
    return Success(case)


async def closed(folder: CaseFolder, case: Case, pdf: PdfReader, password: str | None) -> SourceClosed | None:
    """Give the first source that cannot be opened again: its documents could not be written anew."""
    assert case.opened is not None, "only an opened case is corrected"
    blobs = FileBlobs(folder.blobs)
    for number, source in enumerate(case.opened.sources):
        if isinstance(case.sources.get(number), SourceOpened):
            facts = await pdf.inspect(blobs.path(source.digest), password)
            if isinstance(facts, Failure):
                refused = facts.failure()
                return SourceClosed(source.name, type(refused).__name__, refusal_words(refused))
    return None


async def load_case(folder: CaseFolder, *, policy: bool = True) -> Result[tuple[Artifacts, Case], RunError]:
    """Fold a case from its log, with the artifacts that it was decided under, its *policy* if that is wanted."""
    if not folder.log.is_file():
        return Failure(NoCase(str(folder.path)))
    case = Case()
    for recorded in read_log(folder.log):
        if isinstance(recorded, Failure):
            return recorded
        found = recorded.unwrap()
        fault = misfit(case, found.event)
        if fault is not None:
            return Failure(LogBroken(str(folder.log), found.sequence, fault))
        case = fold([found.event], case)
    if case.opened is None:
        return Failure(NoCase(str(folder.path)))
    artifacts = await load_artifacts(folder, case.opened)
    if isinstance(artifacts, Failure):
        return artifacts
    whole = await _with_policy(artifacts.unwrap(), folder, case) if policy else artifacts
    return whole.map(lambda found: (found, case))


async def load_artifacts(folder: CaseFolder, opened: CaseOpened) -> Result[Artifacts, ArtifactLost | StorageFailed]:
    """Read back the taxonomy, thresholds, field specifications, rules and model that a case was opened under."""
    blobs = FileBlobs(folder.blobs)
    values: list[dict[str, object]] = []
    optional = [digest for digest in (opened.fields, opened.rules, opened.vision) if digest is not None]
    for digest in (opened.taxonomy, opened.thresholds, *optional):
        content = await blobs.get(digest)
        if isinstance(content, Failure):
            lost = content.failure()
            known = isinstance(lost, (BlobMissing, BlobChanged))
            return Failure(ArtifactLost(str(folder.path), digest) if known else as_storage(lost))
        values.append(json.loads(content.unwrap()))
    taxonomy = parse(values[0]).value_or(None)
    thresholds = structure(CONVERTER, values[1], Thresholds).value_or(None)
    compiled = compile_taxonomy(taxonomy, aho_corasick).value_or(None) if taxonomy is not None else None
    if compiled is None:
        return Failure(ArtifactLost(str(folder.path), opened.taxonomy))
    if thresholds is None:
        return Failure(ArtifactLost(str(folder.path), opened.thresholds))
    fields: ReadyFields | None = None
    if opened.fields is not None:
        specs = fields_codec.parse(values[2]).value_or(None)
        fields = compile_fields(specs, aho_corasick).value_or(None) if specs is not None else None
        if fields is None:
            return Failure(ArtifactLost(str(folder.path), opened.fields))
    rules: ReadyRules | None = None
    if opened.rules is not None:
        read = rules_codec.parse(values[3]).value_or(None)
        rules = ready_rules(read, fields.specs).value_or(None) if read is not None and fields is not None else None
        if rules is None:
            return Failure(ArtifactLost(str(folder.path), opened.rules))
    if opened.model is not None:
        stored = await blobs.get(opened.model)
        if isinstance(stored, Failure):
            failed = stored.failure()
            known = isinstance(failed, (BlobMissing, BlobChanged))
            return Failure(ArtifactLost(str(folder.path), opened.model) if known else as_storage(failed))
        model = parse_model(stored.unwrap()).value_or(None)
        if model is None:
            return Failure(ArtifactLost(str(folder.path), opened.model))
        compiled = evolve(compiled, model=model)
    vision = read_tier(values[-1]).value_or(None) if opened.vision is not None else None
    if opened.vision is not None and vision is None:
        return Failure(ArtifactLost(str(folder.path), opened.vision))
    return Success(Artifacts(compiled, thresholds, fields=fields, rules=rules, vision=vision))


def _opening(run: Run, package: Path, sources: Sequence[Path]) -> Result[CaseOpened, NoPackage]:
    """Say how the case of a package begins; nothing is written yet."""
    files: list[SourceFile] = []
    for source in sources:
        try:
            files.append(SourceFile(as_text(source.name), file_digest(source), source.stat().st_size))
        except OSError as error:
            return Failure(NoPackage(str(source), error.strerror or "it cannot be read"))
    return Success(
        CaseOpened(
            name=name_of(package),
            sources=tuple(files),
            taxonomy=taxonomy_digest(run.artifacts.compiled.taxonomy),
            thresholds=thresholds_digest(run.artifacts.thresholds),
            file_type=run.file_type,
            semantics=SEMANTICS,
            fields=None if run.artifacts.fields is None else fields_codec.specs_digest(run.artifacts.fields.specs),
            rules=None if run.artifacts.rules is None else rules_codec.rules_digest(run.artifacts.rules.rules),
            recognition=run.recognising.plan,
            model=run.artifacts.compiled.model.digest if run.artifacts.compiled.model is not None else None,
            vision=None if run.artifacts.vision is None else tier_digest(run.artifacts.vision),
            tenant=run.tenant,
        )
    )


async def _begin(
    run: Run, opening: CaseOpened, sources: Sequence[Path], folder: CaseFolder, log: FileLog
) -> Result[Case, StorageFailed]:
    """Copy a package's files and the artifacts into the case's folder, then record that the case is opened."""
    blobs = FileBlobs(folder.blobs)
    for source in sources:
        stored = await blobs.put_file(source)
        if isinstance(stored, Failure):
            return stored
    values = [taxonomy_value(run.artifacts.compiled.taxonomy), plain(CONVERTER, run.artifacts.thresholds)]
    if run.artifacts.fields is not None:
        values.append(fields_codec.specs_value(run.artifacts.fields.specs))
    if run.artifacts.rules is not None:
        values.append(rules_codec.rules_value(run.artifacts.rules.rules))
    if run.artifacts.vision is not None:
        values.append(tier_value(run.artifacts.vision))
    contents = [canonical(value) for value in values]
    if run.artifacts.compiled.model is not None:
        contents.append(write_model(run.artifacts.compiled.model))
    for content in contents:
        kept = await blobs.put(content)
        if isinstance(kept, Failure):
            return kept
    appended = await log.append(SystemClock().now(), [opening])
    return appended.map(lambda _: fold([opening]))


async def _worth_another_try(run: Run, folder: CaseFolder) -> bool:
    """Whether nothing of a package could be read, and now some can: with a password, a limit, a calmer machine."""
    loaded = await load_case(folder)
    if isinstance(loaded, Failure):
        return False
    _, case = loaded.unwrap()
    if case.pages or case.opened is None or len(case.sources) < len(case.opened.sources):
        return False
    blobs, pdf = FileBlobs(folder.blobs), PdfReader(run.limits)
    for source in case.opened.sources:
        if not isinstance(await pdf.inspect(blobs.path(source.digest), run.password), Failure):
            return True
    return False


def _differences(before: CaseOpened, wanted: CaseOpened) -> tuple[str, ...]:
    pairs = (
        ("the files", [s.digest for s in before.sources], [s.digest for s in wanted.sources]),
        ("the taxonomy", before.taxonomy, wanted.taxonomy),
        ("the thresholds", before.thresholds, wanted.thresholds),
        ("the field specifications", before.fields, wanted.fields),
        ("the rules across documents", before.rules, wanted.rules),
        ("the local model", before.model, wanted.model),
        ("the file type", before.file_type, wanted.file_type),
        ("the version of the rules", before.semantics, wanted.semantics),
        ("how pages are recognised", before.recognition, wanted.recognition),
        ("the tenant", before.tenant, wanted.tenant),
        ("what a language model may be asked", before.vision, wanted.vision),
        (
            "the name",
            [before.name, *(s.name for s in before.sources)],
            [wanted.name, *(s.name for s in wanted.sources)],
        ),
    )
    return tuple(name for name, old, new in pairs if old != new)


def labelled_otherwise(run: Run, case: Case) -> tuple[str, ...]:
    """Name what the labels of a case depend on that is not as *run* has it; thresholds only say what is accepted."""
    before, artifacts = case.opened, run.artifacts
    assert before is not None, "a loaded case was opened"
    model, vision = artifacts.compiled.model, artifacts.vision
    pairs = (
        ("the taxonomy", before.taxonomy, taxonomy_digest(artifacts.compiled.taxonomy)),
        ("the local model", before.model, None if model is None else model.digest),
        ("the version of the rules", before.semantics, SEMANTICS),
        ("how pages are recognised", before.recognition, run.recognising.plan),
        ("the tenant", before.tenant, run.tenant),
        ("what a language model may be asked", before.vision, None if vision is None else tier_digest(vision)),
    )
    return tuple(name for name, old, new in pairs if old != new)


async def _set_aside(log: Path) -> LogBusy | None:
    """Keep the log of a case that begins anew, under the next free number, unless another process is writing to it."""
    held = await FileLog.open(log, lambda _: None)
    if isinstance(held, Failure) and isinstance(busy := held.failure(), LogBusy):
        return busy
    _rename(log)
    held.map(FileLog.close)
    return None


def _rename(log: Path) -> None:
    if not log.exists() or not log.stat().st_size:
        return
    number = 1
    while (kept := log.with_name(f"events-{number}.jsonl")).exists():
        number += 1
    log.rename(kept)


@contextlib.asynccontextmanager
async def opened(folder: CaseFolder) -> AsyncGenerator[Result[tuple[FileLog, Case], LogError]]:
    """Hold a case's log, so that nobody else writes to it, with the case as it is folded from it."""
    state = [Case()]

    def take(recorded: Recorded) -> None:
        state[0] = fold([recorded.event], state[0])

    opened = await FileLog.open(folder.log, take)
    try:
        yield opened.map(lambda log: (log, state[0]))
    finally:
        opened.map(FileLog.close)


def _without_lost(folder: CaseFolder, case: Case) -> Case:
    """Forget the outputs that are no longer there as they were written, so that they are due again."""
    written = {
        name: result
        for name, result in case.written.items()
        if isinstance(result, DocumentNotWritten) or _stands(folder.path / result.file, result.digest)
    }
    reported = case.reported
    if reported is not None and not all(_stands(folder.path / file.name, file.digest) for file in reported.files):
        reported = None
    return evolve(case, written=written, reported=reported if len(written) == len(case.written) else None)


def _stands(path: Path, digest: str) -> bool:
    return path.is_file() and file_digest(path) == digest


async def finish(
    run: Run, folder: CaseFolder, log: FileLog, case: Case, progress: Progress
) -> Result[Finished, RunError]:
    """Take a case to its end."""
    async with _recalling(run.memory, case) as memory:
        if isinstance(memory, Failure):
            return memory
        return await _finish_with(memory.unwrap(), run, folder, log, case, progress)


async def _finish_with(
    memory: Memory | None, run: Run, folder: CaseFolder, log: FileLog, case: Case, progress: Progress
) -> Result[Finished, RunError]:
    assert case.opened is not None, "a case is driven after it is opened"
    unknown = None if case.given is None or case.scores is not None else lacking(run.servers, case.given.scores)
    if unknown is not None and AskModels not in run.stop_before:
        return Failure(unknown)
    blobs = FileBlobs(folder.blobs)
    sources = [blobs.path(source.digest) for source in case.opened.sources]
    gone = run.recognising.lacks(case.opened.recognition)
    recogniser = run.recognising.recogniser(run.limits, case.opened.recognition)
    pdf, stop = PdfReader(run.limits), run.stop_before if gone is None else (*run.stop_before, Recognise)
    world = FolderWorld(
        run.artifacts,
        folder,
        sources,
        pdf,
        run.password,
        progress,
        lambda: log.head,
        run.servers,
        recogniser,
        run.vision,
        memory,
    )
    case = _without_lost(folder, case)
    worked = case.reported is None
    try:
        run = evolve(run, stop_before=stop)
        known = await _given_up(run, log, case)
        driven = known if isinstance(known, Failure) else await _driven(run, known.unwrap(), world, log, progress)
    finally:
        await world.close()
    left = driven.map(next_steps).value_or(())
    if gone is not None and left and isinstance(left[0], Recognise):
        return Failure(EngineGone(gone))
    return driven.map(lambda finished: Finished(folder, run.artifacts, finished, worked))


@contextlib.asynccontextmanager
async def _recalling(place: str | None, case: Case) -> AsyncGenerator[Result[Memory | None, StorageFailed]]:
    """Give the reviewed pages that a case may recall, if it has not done so yet."""
    opened = case.opened
    if place is None or opened is None or opened.tenant is None or case.recalled is not None:
        yield Success(None)
        return
    async with memory_at(place, opened.tenant, opened.taxonomy) as found:
        yield found.map(_or_none)


def _or_none(memory: Memory) -> Memory | None:
    return memory


async def remember(folder: CaseFolder, memory: str, tenant: str | None) -> Result[int, RunError]:
    """Remember the pages of a case that people labelled, and say how many; those of few words cannot be."""
    loaded = await load_case(folder, policy=False)
    if isinstance(loaded, Failure):
        return loaded
    _, case = loaded.unwrap()
    assert case.opened is not None, "a loaded case was opened"
    owner = tenant if tenant is not None else case.opened.tenant
    if owner is None:
        return Failure(NoTenant(str(folder.path)))
    sketches: dict[int, int | None] = {}
    async for text in read_texts(FileBlobs(folder.blobs), case, case.corrections.keys()):
        if isinstance(text, Failure):
            return Failure(as_storage(text.failure()))
        page, line = text.unwrap()
        sketches[page.page] = sketch(read_text_line(line, page.page).words)
    async with memory_at(memory, owner, case.opened.taxonomy) as found:
        if isinstance(found, Failure):
            return found
        return await found.unwrap().remember(reviewed(case, sketches))


async def _given_up(run: Run, log: FileLog, case: Case) -> Result[Case, RunError]:
    """Say of calls that a run was stopped over that nobody knows what became of them: they may have been charged."""
    waiting = under_way(ledger_of(case.vision)) if case.vision is not None and not case.vision.plan.batch else ()
    for call in waiting:
        taken = await accept(run.artifacts, case, lost(call), log, SystemClock())
        if isinstance(taken, Failure):
            return taken
        case = taken.unwrap()
    return Success(case)


async def _driven(
    run: Run, case: Case, world: FolderWorld, log: FileLog, progress: Progress
) -> Result[Case, DriveError]:
    """Take a case to its end, or to where it waits for a batch, or for somebody who may ask a language model."""
    waits: tuple[type[Step], ...] = (SubmitBatch, CollectBatch)
    lacking_one: tuple[type[Step], ...] = (AskVision,) if run.vision is None else ()
    lacking_one += (RecallPages,) if run.memory is None else ()
    stop_before = (*run.stop_before, *waits, *lacking_one)
    fetching = False
    while True:
        stops = tuple(step for step in stop_before if not (fetching and step is CollectBatch))
        driven = await drive(run.artifacts, case, world, log, SystemClock(), progress.case, stops)
        if isinstance(driven, Failure):
            return driven
        case = driven.unwrap()
        step = next(iter(next_steps(case)), None)
        if run.vision is None or not isinstance(step, SubmitBatch | CollectBatch) or isinstance(step, run.stop_before):
            return Success(case)
        if isinstance(step, SubmitBatch):
            handed = await world.submit(case, step)
            if isinstance(handed, Failure):
                return handed
            found = handed.unwrap()
            if found is None:
                return Success(case)
            taken = await accept(run.artifacts, case, found, log, SystemClock())
            if isinstance(taken, Failure):
                error = taken.failure()
                return Failure(error if isinstance(error, StorageFailed) else Refused(step, error))
            case = taken.unwrap()
        elif not await world.ready(step.id):
            return Success(case)
        else:
            fetching = True
