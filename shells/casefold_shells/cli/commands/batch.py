"""``casefold batch``."""

import asyncio
import os
import signal
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Annotated, cast

import typer
from attrs import evolve, frozen
from rich.table import Table

from casefold.batch.backoff import Backoff
from casefold.batch.events import BatchOpened
from casefold.batch.state import Batch, State
from casefold.batch.summary import COUNTS, dead_letters, in_order, totals
from casefold.case.askedview import dollars
from casefold.kernel.canonical import Written
from casefold.kernel.instants import Instant, parse_instant, rfc3339
from casefold.kernel.results import Failure, Result, Success
from casefold_adapters.clock import SystemClock
from casefold_adapters.files.atomic import StorageFailed
from casefold_adapters.files.lines import LinesBusy
from casefold_adapters.objects.addresses import Address, BadAddress
from casefold_adapters.objects.port import StoreFault
from casefold_adapters.pdf.limits import PdfLimits
from casefold_adapters.zones import IanaZones
from casefold_shells.batch.engines import Engine, LocalEngine
from casefold_shells.batch.inputs import Entry, Listing, NoInput, listed, place_of
from casefold_shells.batch.orders import Order, Recognition, order_digest, order_of, terms_of
from casefold_shells.batch.outputs import CASES, Lines, keep, open_manifest
from casefold_shells.batch.over_ray import ray_engine
from casefold_shells.batch.running import Ledger, Plan, Runner, Stop, read_manifest, take_on
from casefold_shells.batch.telling import DEAD_LETTERS, SUMMARY, told
from casefold_shells.batch.wording import BatchError, ManifestBroken, NoEngine, OtherBatch, batch_words
from casefold_shells.cli.app import (
    DEFAULT_MODEL,
    ERR,
    OUT,
    CacheOption,
    FieldsOption,
    FileTypeOption,
    LanguageOption,
    ModelOption,
    OcrOption,
    PasswordOption,
    QuickOption,
    RulesOption,
    SecondOption,
    TaxonomyOption,
    ThresholdsOption,
    app,
    artifacts_or_leave,
    fail,
    fields_or_leave,
    password_or_leave,
    recognising_or_leave,
    rules_or_leave,
    wait,
)
from casefold_shells.cli.codes import Exit
from casefold_shells.cli.commands.asking import BudgetOption, VisionOption, vision_or_leave
from casefold_shells.cli.commands.decide import (
    AsOfOption,
    ModelsOption,
    PolicyOption,
    giving_or_leave,
    servers_or_leave,
)
from casefold_shells.cli.commands.policy.common import facts_of
from casefold_shells.cli.progress import BatchProgress
from casefold_shells.giving import Giving, facts_written
from casefold_shells.packages import Run, as_text
from casefold_shells.policies import typed
from casefold_shells.recognising import Ocr
from casefold_shells.report.words import counted
from casefold_shells.vision import VisionServer

DEFAULT_LIMITS = PdfLimits()
DEAD_SHOWN_MAX = 20


class EngineName(Enum):
    """Who does the work."""

    LOCAL = "local"
    RAY = "ray"


@frozen
class Asked:
    """What the command line asks for."""

    run: Run
    model: str
    recognition: Recognition
    input: str
    out: str
    engine: EngineName
    workers: int | None
    plan: Plan
    limit: int | None
    facts: Path | None
    scratch: str | None


@app.command()
def batch(
    packages: Annotated[
        str,
        typer.Argument(metavar="FOLDER", help="The folder of packages, or s3://bucket/prefix or gs://bucket/prefix."),
    ],
    out: Annotated[str, typer.Option("--out", metavar="DIR", help="Where cases and summary go; or s3://… or gs://….")],
    engine: Annotated[
        EngineName, typer.Option("--engine", help="Processes of this machine, or the Ray cluster at RAY_ADDRESS.")
    ] = EngineName.LOCAL,
    workers: Annotated[
        int | None,
        typer.Option("--workers", metavar="N", min=1, help="How many packages at once; by default one a processor."),
    ] = None,
    retries: Annotated[
        int,
        typer.Option("--retries", metavar="N", min=0, help="How often a package is tried again after a passing fault."),
    ] = 2,
    again: Annotated[bool, typer.Option("--again", help="Try the dead letters of earlier runs again.")] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="Take the first N packages alone, by name.")
    ] = None,
    taxonomy: TaxonomyOption = "lending-us",
    fields: FieldsOption = "lending-us-fields",
    rules: RulesOption = "lending-us-rules",
    file_type: FileTypeOption = None,
    thresholds: ThresholdsOption = None,
    model: ModelOption = DEFAULT_MODEL,
    password_file: PasswordOption = None,
    pages_max: Annotated[
        int, typer.Option("--pages-max", min=1, help="Refuse files of more pages.")
    ] = DEFAULT_LIMITS.pages_max,
    policy: PolicyOption = None,
    facts: Annotated[
        Path | None,
        typer.Option(
            "--facts", metavar="DIR", help="A folder of JSON files: NAME.json is about the applicant of package NAME."
        ),
    ] = None,
    as_of: AsOfOption = None,
    models: ModelsOption = None,
    ocr: OcrOption = Ocr.AUTO,
    ocr_language: LanguageOption = "eng",
    ocr_quick: QuickOption = False,
    second_opinion: SecondOption = None,
    cache: CacheOption = None,
    vision: VisionOption = None,
    budget: BudgetOption = None,
    seed: Annotated[
        int, typer.Option("--seed", metavar="N", help="What the waits between attempts are drawn from.")
    ] = 0,
    scratch: Annotated[
        str | None, typer.Option("--scratch", metavar="DIR", help="Where downloads are kept while they are worked on.")
    ] = None,
) -> None:
    """Run every package of a folder or bucket: each PDF file and each subfolder is one.

    For example `casefold batch incoming --out results`. Each package gets the case that `casefold run` makes of it, in
    results/cases/NAME; results/summary.json says for programs what all of them came to, summary.html for people,
    summary.csv for spreadsheets.

    Run the same command again after a stop, a crash or with more packages in the folder: it goes on, and does nothing
    twice. What is done is in the manifest beside the cases. Ctrl-C lets running packages end; a second one does not.

    A fault that may pass (storage, a worker that died) is tried again after a while. What cannot be read, or fails to
    the last, is among results/dead-letters.jsonl with the reason and the mend; --again tries these once more.

    With --vision a language model is asked as `casefold run` does. --budget is what each package may cost at most, in
    whatever order and by how many workers they are run; so the whole costs at most that for each of them.

    0 all done · 11 dead letters · 2 usage · 3 no such input · 7 taxonomy · 8 another batch in the way · 9 storage ·
    10 policy · 130 stopped
    """
    servers = servers_or_leave(models)
    giving = giving_or_leave(policy, None, as_of, servers)
    if facts is not None and giving is None:
        fail("--facts go with --policy", Exit.USAGE)
    if facts is not None and not facts.is_dir():
        fail(f"{facts}: it is no folder; --facts names a folder that holds NAME.json for package NAME", Exit.MISSING)
    asking = vision_or_leave(vision, budget)
    if asking is not None and not isinstance(place_of(out).value_or(None), Path):
        fail("--vision needs an --out that is a folder: what a case spent must be known if its worker dies", Exit.USAGE)
    specified = fields_or_leave(fields)
    asked_rules = rules_or_leave(rules, specified)
    how = recognising_or_leave(ocr, ocr_language, 1, cache, quick=ocr_quick, second=second_opinion)
    tier, endpoint = (None, None) if asking is None else (asking.tier, asking.server)
    judged = artifacts_or_leave(taxonomy, file_type, thresholds, model, how, tier)
    artifacts = evolve(judged, fields=specified, rules=asked_rules)
    limits = evolve(DEFAULT_LIMITS, pages_max=pages_max)
    password = password_or_leave(password_file)
    kept = str(cache) if cache is not None else None
    asked = Asked(
        run=Run(
            artifacts,
            file_type,
            password,
            limits,
            giving=giving,
            servers=servers,
            recognising=how,
            vision=None if endpoint is None else _everywhere(endpoint),
        ),
        model=artifacts.compiled.taxonomy.name if model == DEFAULT_MODEL else str(Path(model).absolute()),
        recognition=Recognition(how.plan, ocr.value, ocr_language, ocr_quick, second_opinion, kept),
        input=packages,
        out=out,
        engine=engine,
        workers=workers,
        plan=Plan(retries + 1, Backoff(seed), again),
        limit=limit,
        facts=facts,
        scratch=scratch,
    )
    code = wait(_batch(asked))
    if code is not Exit.OK:
        raise typer.Exit(code)


def _everywhere(endpoint: VisionServer) -> VisionServer:
    """Name the folder of kept answers so that workers find it, wherever they were started."""
    return endpoint if endpoint.cache is None else evolve(endpoint, cache=endpoint.cache.absolute())


async def _batch(asked: Asked) -> Exit:
    place, out = place_of(asked.input), place_of(asked.out)
    for each in (place, out):
        if isinstance(each, Failure):
            return _failed(each.failure())
    into = out.unwrap()
    if _inside(place.unwrap(), into):
        fail(f"{asked.out}: the cases would be among the packages; choose an --out beside {asked.input}", Exit.USAGE)
    found = await listed(place.unwrap(), into if isinstance(into, Path) else None)
    if isinstance(found, Failure):
        return _failed(found.failure())
    _say_passed_over(found.unwrap())
    opened = await open_manifest(into)
    if isinstance(opened, Failure):
        return _failed(opened.failure())
    lines, held = opened.unwrap()
    try:
        return await _with_manifest(asked, place.unwrap(), into, found.unwrap(), lines, held)
    finally:
        lines.close()


def _inside(place: Path | Address, out: Path | Address) -> bool:
    """Whether cases would be found as packages, or packages among the cases."""
    if isinstance(place, Path) and isinstance(out, Path):
        where, cases = place.resolve(), out.resolve() / CASES
        return where in {out.resolve(), cases} or cases in where.parents
    if isinstance(place, Address) and isinstance(out, Address):
        same = (place.scheme, place.bucket) == (out.scheme, out.bucket)
        return same and (out.prefix.startswith(place.prefix) or place.prefix.startswith(f"{out.prefix}{CASES}/"))
    return False


async def _with_manifest(
    asked: Asked, place: Path | Address, out: Path | Address, listing: Listing, lines: Lines, held: Sequence[bytes]
) -> Exit:
    before = read_manifest(out, held)
    if isinstance(before, Failure):
        return _failed(before.failure())
    ledger = Ledger(lines, before.unwrap())
    entries, facts = _with_facts(asked, listing.entries)
    order = order_of(asked.run, str(out), asked.scratch, asked.model, asked.recognition)
    opening = BatchOpened(order_digest(order), str(place), _as_of(asked.run.giving, ledger.opened))
    taken = await take_on(ledger, out, opening, entries, asked.plan, asked.limit)
    if isinstance(taken, Failure):
        return _failed(taken.failure())
    assert ledger.opened is not None, "a batch is opened before it is taken on"
    order = evolve(order, as_of=_instant(ledger.opened.as_of))
    chosen = taken.unwrap()
    done = sum(ledger.packages[each.package].state is not State.OPEN for each in chosen)
    stop = Stop()
    with BatchProgress(ERR, len(chosen), done) as progress:
        made = _engine(asked, order, progress) if done < len(chosen) else None
        if isinstance(made, Failure):
            return _failed(made.failure())
        ran: Result[None, BatchError] = Success(None)
        if made is not None:
            engine = made.unwrap()
            with _heeding(stop):
                try:
                    ran = await Runner(ledger, engine, asked.plan, progress, stop).run(chosen, facts)
                finally:
                    await engine.close()
    kept = await keep(out, told(terms_of(asked.run), ledger.batch))
    for each in (ran, kept):
        if isinstance(each, Failure):
            return _failed(each.failure())
    return _tell(asked, ledger.batch, stopped=stop.wanted.is_set())


def _failed(error: BatchError) -> Exit:
    ERR.print(as_text(f"casefold: {batch_words(error)}"), style="red", markup=False, soft_wrap=True)
    return _exit_of(error)


def _exit_of(error: BatchError) -> Exit:
    """Give the exit code of a batch that cannot go on."""
    match error:
        case NoInput():
            return Exit.MISSING
        case BadAddress() | NoEngine():
            return Exit.USAGE
        case StorageFailed() | StoreFault():
            return Exit.STORAGE
        case LinesBusy() | OtherBatch() | ManifestBroken():
            return Exit.CASE


def _say_passed_over(listing: Listing) -> None:
    names = listing.passed_over
    if names:
        shown = ", ".join(names[:3]) + (", …" if len(names) > 3 else "")
        ERR.print(f"casefold: {counted(len(names), 'file')} passed over, being no PDF: {shown}", soft_wrap=True)


def _with_facts(asked: Asked, entries: Sequence[Entry]) -> tuple[tuple[Entry, ...], Mapping[str, Written | str]]:
    """Read what is known of each applicant; other facts make another version of a package."""
    giving, folder = asked.run.giving, asked.facts
    if giving is None or folder is None:
        return tuple(entries), {}
    found: dict[str, Written | str] = {}
    versions: list[Entry] = []
    for entry in entries:
        told_by = folder / f"{entry.stem}.json"
        facts = (
            _facts(giving, told_by) if told_by.is_file() else f"{told_by}: there is no such file; write the facts there"
        )
        found[entry.package] = facts
        named = facts.digest if isinstance(facts, Written) else "none"
        versions.append(evolve(entry, version=f"{entry.version}-{named}"))
    return tuple(versions), found


def _facts(giving: Giving, path: Path) -> Written:
    rows = facts_of(str(path))
    if len(rows) != 1:
        fail(f"{path}: a case is about one applicant; give one object of facts, not {len(rows)}", Exit.USAGE)
    made = facts_written(typed(giving.policy.compiled, rows[0], IanaZones()))
    if isinstance(made, Failure):
        fail(f"{path}: {made.failure().reason}", Exit.USAGE)
    return made.unwrap()


def _as_of(giving: Giving | None, opened: BatchOpened | None) -> str | None:
    """Give the instant to decide for: as asked, or as the batch began, so that no package sees another one."""
    if giving is None:
        return None
    if giving.as_of is not None:
        return rfc3339(giving.as_of)
    return opened.as_of if opened is not None else rfc3339(SystemClock().now())


def _instant(text: str | None) -> Instant | None:
    return None if text is None else parse_instant(text).value_or(None)


def _engine(asked: Asked, order: Order, progress: BatchProgress) -> Result[Engine, NoEngine]:
    match asked.engine:
        case EngineName.LOCAL:
            return Success(LocalEngine(order, asked.workers or os.cpu_count() or 1, progress.reading))
        case EngineName.RAY:
            return ray_engine(order, asked.workers).map(_as_engine)


def _as_engine(engine: Engine) -> Engine:
    return engine


@contextmanager
def _heeding(stop: Stop) -> Generator[None]:
    """Heed Ctrl-C: the first lets packages end that run, the second, like a request to end, does not."""
    loop = asyncio.get_running_loop()

    def interrupted() -> None:
        if stop.wanted.is_set():
            stop.at_once.set()
            return
        stop.wanted.set()
        ERR.print("casefold: stopping; packages that run go to their end. Ctrl-C again abandons them.", soft_wrap=True)

    def ended() -> None:
        stop.wanted.set()
        stop.at_once.set()

    loop.add_signal_handler(signal.SIGINT, interrupted)
    loop.add_signal_handler(signal.SIGTERM, ended)
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGINT)
        loop.remove_signal_handler(signal.SIGTERM)


def _tell(asked: Asked, batch: Batch, *, stopped: bool) -> Exit:
    """Print the table, the first dead letters, and how to go on."""
    packages = in_order(batch)
    total = totals(packages)
    table = Table(box=None, pad_edge=False, header_style="bold")
    heads = ("packages", *(state.value for state in State), *COUNTS)
    for head in heads:
        table.add_column(head, justify="right")
    table.add_row(*(f"{total[head]:,}" for head in heads))
    OUT.print(table)
    for name, count in cast("Mapping[str, int]", total["decisions"]).items():
        OUT.print(f"{count:,} {name}", soft_wrap=True)
    if asked.run.artifacts.vision is not None:
        most = dollars(asked.run.artifacts.vision.budget_micro_usd * len(packages))
        OUT.print(f"asked about {total['asked']:,} pages for ${total['cost_usd']}, of ${most} at most", soft_wrap=True)
    where = asked.out.rstrip("/")
    OUT.print(f"summary {where}/{SUMMARY}", soft_wrap=True)
    letters = list(dead_letters(batch))
    for letter in letters[:DEAD_SHOWN_MAX]:
        reasons = cast("Sequence[Mapping[str, str]]", letter["reasons"])
        told_of = "; ".join(each["detail"] for each in reasons)
        ERR.print(as_text(f"casefold: {letter['package']}: {told_of}"), style="red", markup=False, soft_wrap=True)
    if letters:
        ERR.print(
            f"casefold: {counted(len(letters), 'dead letter')} in {where}/{DEAD_LETTERS}; mend them, then run the same "
            "command with --again",
            soft_wrap=True,
        )
    if stopped:
        ERR.print("casefold: stopped; all that was recorded is kept. Run the same command to go on.", soft_wrap=True)
        return Exit.INTERRUPTED
    return Exit.DEAD_LETTERS if letters else Exit.OK
