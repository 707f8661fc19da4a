"""``casefold run``."""

from pathlib import Path
from typing import Annotated

import typer
from attrs import evolve
from rich.table import Table
from rich.text import Text

from casefold.case.asked import ledger_of
from casefold.case.askedview import meter_of, meter_words
from casefold.case.deciding import needs_a_person, standing_outcome
from casefold.case.events import SourceRefused
from casefold.case.state import Case
from casefold.case.steps import PlanCalls
from casefold.case.view import all_findings
from casefold.kernel.results import Failure, Result, Success, sealed
from casefold.pages.labels import Status
from casefold.pages.quality import Layer
from casefold.vision.budget import under_way
from casefold_adapters.pdf.limits import PdfLimits
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
    WorkersOption,
    app,
    artifacts_or_leave,
    fail,
    fields_or_leave,
    password_or_leave,
    recognising_or_leave,
    rules_or_leave,
    wait,
)
from casefold_shells.cli.codes import Exit, exit_of, exit_of_refusal, words
from casefold_shells.cli.commands.asking import (
    BatchOption,
    BudgetOption,
    PlanOption,
    VisionOption,
    print_plan,
    vision_or_leave,
)
from casefold_shells.cli.commands.decide import (
    AsOfOption,
    FactsOption,
    ModelsOption,
    PolicyOption,
    giving_or_leave,
    servers_or_leave,
)
from casefold_shells.cli.commands.remember import MemoryOption, TenantOption, tenant_or_leave
from casefold_shells.cli.progress import PageProgress
from casefold_shells.packages import Finished, NoPackage, Run, RunError, as_text, folders_for, run_package
from casefold_shells.recognising import Ocr

DEFAULT_LIMITS = PdfLimits()


@app.command()
def run(
    packages: Annotated[
        list[Path],
        typer.Argument(
            metavar="PACKAGE...",
            readable=False,
            help="PDF files, each a package; or folders, each a package of its PDFs.",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where each package gets its folder.")],
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
    facts: FactsOption = None,
    as_of: AsOfOption = None,
    models: ModelsOption = None,
    ocr: OcrOption = Ocr.AUTO,
    ocr_language: LanguageOption = "eng",
    ocr_quick: QuickOption = False,
    second_opinion: SecondOption = None,
    workers: WorkersOption = None,
    cache: CacheOption = None,
    memory: MemoryOption = None,
    tenant: TenantOption = None,
    vision: VisionOption = None,
    budget: BudgetOption = None,
    plan: PlanOption = False,
    vision_batch: BatchOption = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Begin anew where a case is already there; its log is kept.")
    ] = False,
) -> None:
    """Label the pages of loan packages, assemble them into documents, and write everything down.

    For each package, DIR/<name>/ holds report.html for people, case.json for programs, documents/NN-<class>.pdf,
    events.jsonl (the hash-chained log that all of it follows from) and blobs/ (sources, texts, taxonomy).

    Killed or stopped, the same command goes on where it was and ends in the same result. A package that cannot be
    read does not stop the others; the exit code is that of the first:

    With --policy each case is decided as well, on what its papers show and on --facts about the applicant; see
    `casefold decide`; models that the policy asks are where --models says.

    With --memory and --tenant, pages that are like one that a person reviewed take that into account; see
    `casefold remember`.

    With --vision a language model is asked about the pages that would go to a person, for at most --budget dollars a
    package; --plan says beforehand what that costs, and asks nobody.

    0 all read · 3 missing · 4 not a PDF or damaged · 5 encrypted · 6 beyond a limit · 7 taxonomy · 8 folder in the
    way · 9 storage · 10 policy · 130 stopped
    """
    servers = servers_or_leave(models)
    giving = giving_or_leave(policy, facts, as_of, servers)
    if facts is not None and len(packages) > 1:
        fail("--facts are about one applicant; run one package at a time with them", Exit.USAGE)
    asking = vision_or_leave(vision, budget, plan=plan, batch=vision_batch)
    specified = fields_or_leave(fields)
    asked = rules_or_leave(rules, specified)
    how = recognising_or_leave(ocr, ocr_language, workers, cache, quick=ocr_quick, second=second_opinion)
    tier = None if asking is None else asking.tier
    judged = artifacts_or_leave(taxonomy, file_type, thresholds, model, how, tier, recalls=memory is not None)
    artifacts = evolve(judged, fields=specified, rules=asked)
    limits = evolve(DEFAULT_LIMITS, pages_max=pages_max)
    order = Run(
        artifacts,
        file_type,
        password_or_leave(password_file),
        limits,
        fresh,
        stop_before=(PlanCalls,) if plan else (),
        giving=None if plan else giving,
        servers=servers,
        recognising=how,
        vision=None if asking is None else asking.server,
        tenant=tenant_or_leave(memory, tenant),
        memory=memory,
    )
    worst = wait(_all(order, packages, out))
    if worst is not Exit.OK:
        raise typer.Exit(worst)


async def _all(order: Run, packages: list[Path], out: Path) -> Exit:
    results: list[tuple[Path, Result[Finished, RunError]]] = []
    with PageProgress(ERR) as progress:
        for package, folder in zip(packages, folders_for(packages, out), strict=True):
            progress.package(as_text(package.name))
            results.append((package, await run_package(order, package, folder, progress)))
    if PlanCalls in order.stop_before:
        print_plan(results)
    else:
        OUT.print(_table(results))
        _advise(order, [done.unwrap().case for _, done in results if isinstance(done, Success)])
    codes = [_say(package, result) for package, result in results]
    return next((code for code in codes if code is not Exit.OK), Exit.OK)


def _advise(order: Run, cases: list[Case]) -> None:
    """Say once how to have pages recognised, where nothing could and some should have been."""
    if order.recognising.engines or order.recognising.chosen:
        return
    wanting = sum(
        page.layer in {Layer.ABSENT, Layer.UNTRUSTED} and page.recognition is None
        for case in cases
        for page in case.pages
    )
    if wanting:
        pages = "1 page has" if wanting == 1 else f"{wanting:,} pages have"
        ERR.print(
            f"casefold: {pages} no text that can be trusted, and nothing is installed to recognise scans: "
            "pip install 'casefold[ocr]' and apt-get install tesseract-ocr, or pip install 'casefold[rapidocr]'; "
            "then run again with --fresh",
            style="yellow", markup=False, soft_wrap=True,
        )  # fmt: skip


def _table(results: list[tuple[Path, Result[Finished, RunError]]]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("package", overflow="fold")
    for column in ("pages", "accepted", "review", "documents", "findings"):
        table.add_column(column, justify="right")
    decided = any(isinstance(done, Success) and done.unwrap().case.given is not None for _, done in results)
    if decided:
        table.add_column("decision", overflow="fold")
    table.add_column("report", overflow="fold")
    for package, result in results:
        match sealed(result):
            case Success(finished):
                report = Text(as_text(str(finished.folder.report)), overflow="fold")
                name = Text(as_text(package.name), overflow="fold")
                table.add_row(name, *_counts(finished.case), *_decision(finished.case, told=decided), report)
            case Failure(_):
                dashes = ["-"] * (6 if decided else 5)
                table.add_row(Text(as_text(package.name)), *dashes, Text("not run, see below", style="red"))
    return table


def _decision(case: Case, *, told: bool) -> tuple[Text, ...]:
    if not told:
        return ()
    outcome = "undecided" if needs_a_person(case) else standing_outcome(case) or "-"
    return (Text(as_text(outcome), overflow="fold"),)


def _counts(case: Case) -> tuple[str, ...]:
    assert case.outcome is not None, "a finished case has an outcome"
    accepted = sum(label.status is Status.ACCEPTED for label in case.outcome.labels)
    pages = len(case.outcome.labels)
    numbers = (pages, accepted, pages - accepted, len(case.outcome.documents), len(all_findings(case)))
    return tuple(f"{number:,}" for number in numbers)


def _say_asked(package: Path, case: Case) -> None:
    """Say what a language model was asked, and what a case waits for."""
    if case.vision is None:
        return
    OUT.print(as_text(f"{package.name}: {meter_words(meter_of(case.vision))}"), markup=False, soft_wrap=True)
    if under_way(ledger_of(case.vision)):
        handed = "was handed in" if case.vision.batches else "could not be handed in"
        OUT.print(
            as_text(f"{package.name}: a batch {handed}; run the same command again later"), markup=False, soft_wrap=True
        )


def _say(package: Path, result: Result[Finished, RunError]) -> Exit:
    """Say of a package what a table cannot, and give its exit code."""
    match sealed(result):
        case Failure(error):
            where = "" if isinstance(error, NoPackage) else f"{package}: "
            ERR.print(as_text(f"casefold: {where}{words(error)}"), style="red", markup=False, soft_wrap=True)
            return exit_of(error)
        case Success(finished):
            case = finished.case
            assert case.opened is not None, "a finished case was opened"
            _say_asked(package, case)
            refused = [seen for _, seen in sorted(case.sources.items()) if isinstance(seen, SourceRefused)]
            for seen in refused:
                name = package if len(case.opened.sources) == 1 else package / case.opened.sources[seen.source].name
                ERR.print(as_text(f"casefold: {name}: {seen.detail}"), style="red", markup=False, soft_wrap=True)
            return exit_of_refusal(refused[0].reason) if refused else Exit.OK
