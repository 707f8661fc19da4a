"""``casefold decide``, ``casefold override`` and ``casefold approve``."""

import os
from pathlib import Path
from typing import Annotated

import typer

from casefold.case.deciding import Approving, Overriding
from casefold.case.decision import explained
from casefold.case.scores import score_words
from casefold.kernel.canonical import written
from casefold.kernel.results import Failure, Result
from casefold_adapters.pdf.limits import PdfLimits
from casefold_adapters.zones import IanaZones
from casefold_shells.casefiles import CaseFolder
from casefold_shells.cli.app import ERR, OUT, CaseArgument, PasswordOption, app, fail, fail_on, password_or_leave, wait
from casefold_shells.cli.codes import Exit
from casefold_shells.cli.commands.policy.common import facts_of, instant_of
from casefold_shells.cli.progress import PageProgress
from casefold_shells.decisions import outcome_words, reason_rows, standing_words
from casefold_shells.giving import Giving, facts_written, policy_at
from casefold_shells.models import NOWHERE, Servers, lacking, servers_at
from casefold_shells.packages import Finished, RunError, as_text, proceed
from casefold_shells.policies import typed

PolicyOption = Annotated[
    Path | None,
    typer.Option("--policy", metavar="POLICY", help="Decide by this policy: DMN, YAML, CSV, or an Excel workbook."),
]
FactsOption = Annotated[
    str | None,
    typer.Option("--facts", metavar="FACTS", help="JSON: an object of facts about the applicant by name; - is stdin."),
]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", metavar="TIME", help="What now() and today() mean; by default, now.")
]
ModelsOption = Annotated[
    Path | None,
    typer.Option("--models", metavar="FILE", help="TOML: where the servers are of the models that the policy asks."),
]
ByOption = Annotated[str, typer.Option("--by", metavar="WHO", help="Who says so.")]
WhyOption = Annotated[str, typer.Option("--why", metavar="TEXT", help="Why; for the audit trail.")]


def giving_or_leave(
    policy: Path | None, facts: str | None, as_of: str | None, servers: Servers = NOWHERE
) -> Giving | None:
    """Take a policy and facts from the command line, or end the program."""
    if policy is None:
        if facts is not None or as_of is not None:
            fail("--facts and --as-of go with --policy", Exit.USAGE)
        return None
    found = policy_at(policy)
    if isinstance(found, Failure):
        fail("\n".join(found.failure().reasons), Exit.POLICY if policy.is_file() else Exit.MISSING)
    unknown = lacking(servers, found.unwrap().policy.scores)
    if unknown is not None:
        fail_on(unknown)
    told = written({})
    if facts is not None:
        rows = facts_of(facts)
        if len(rows) != 1:
            fail(f"{facts}: a case is about one applicant; give one object of facts, not {len(rows)}", Exit.USAGE)
        made = facts_written(typed(found.unwrap().compiled, rows[0], IanaZones()))
        if isinstance(made, Failure):
            fail(f"{facts}: {made.failure().reason}", Exit.USAGE)
        told = made.unwrap()
    return Giving(found.unwrap(), told, None if as_of is None else instant_of(as_of), servers)


def servers_or_leave(path: Path | None) -> Servers:
    """Read where models are, or end the program."""
    if path is None:
        return NOWHERE
    found = servers_at(path, os.environ)
    if isinstance(found, Failure):
        fail("\n".join(found.failure().reasons), Exit.USAGE if path.is_file() else Exit.MISSING)
    return found.unwrap()


@app.command()
def decide(
    folder: CaseArgument,
    policy: Annotated[Path, typer.Option("--policy", metavar="POLICY", help="DMN, YAML, CSV, or an Excel workbook.")],
    facts: FactsOption = None,
    as_of: AsOfOption = None,
    models: ModelsOption = None,
    password_file: PasswordOption = None,
) -> None:
    """Decide a finished case by a policy: an outcome with its reasons, or why a person must decide.

    For example `casefold decide cases/loan --policy loan.yaml --facts applicant.json`. An input that is called `case`
    is given by the case itself: its documents, what is missing, what needs review. The policy and the facts are kept
    with the case, and case.json and report.html say how the decision came about.

    A policy that asks models for scores takes --models, which says where they are.

    Deciding again, by another policy or on other facts, makes a new decision; overrides of the one before are void.
    """
    giving = giving_or_leave(policy, facts, as_of, servers_or_leave(models))
    assert giving is not None, "the policy is required"
    _told(CaseFolder(folder), wait(_proceed(CaseFolder(folder), giving, password_or_leave(password_file))))


@app.command("override")
def override_(
    folder: CaseArgument,
    outcome: Annotated[str, typer.Option("--outcome", metavar="OUTCOME", help="One that the policy declares.")],
    by: ByOption,
    why: WhyOption,
    reason: Annotated[
        list[str] | None,
        typer.Option("--reason", metavar="CODE", help="A reason for the applicant, such as C08; may be given again."),
    ] = None,
    password_file: PasswordOption = None,
) -> None:
    """Put a person's outcome in place of the policy's, or decide what the policy could not.

    An outcome that an applicant is owed reasons for takes at least one --reason of the catalogue. The override holds
    for this decision alone: when the case is decided anew, it is void. Somebody else approves it with
    `casefold approve`.
    """
    said = Overriding(as_text(outcome), as_text(by), as_text(why), tuple(map(as_text, reason or ())))
    _told(CaseFolder(folder), wait(_proceed(CaseFolder(folder), said, password_or_leave(password_file))))


@app.command()
def approve(folder: CaseArgument, by: ByOption, why: WhyOption, password_file: PasswordOption = None) -> None:
    """Approve the outcome that stands; of an override, by somebody other than who made it."""
    said = Approving(as_text(by), as_text(why))
    _told(CaseFolder(folder), wait(_proceed(CaseFolder(folder), said, password_or_leave(password_file))))


async def _proceed(
    folder: CaseFolder, said: Overriding | Approving | Giving, password: str | None
) -> Result[Finished, RunError]:
    with PageProgress(ERR) as progress:
        progress.package(folder.path.name)
        return await proceed(PdfLimits(), folder, said, password, progress)


def _told(folder: CaseFolder, finished: Result[Finished, RunError]) -> None:
    """Say how a case is decided now."""
    if isinstance(finished, Failure):
        fail_on(finished.failure())
    found = explained(finished.unwrap().artifacts, finished.unwrap().case)
    assert found is not None, "a case that went to its end with a policy is decided"
    OUT.print(f"{folder.path}: {outcome_words(found)}, {standing_words(found)}", markup=False, soft_wrap=True)
    for code, text, causes in reason_rows(found):
        OUT.print(f"  {code} {text}", markup=False, soft_wrap=True)
        for cause in causes:
            OUT.print(f"      {cause}", markup=False, soft_wrap=True)
    for score in found.scores:
        OUT.print(f"  {score_words(score)}", markup=False, soft_wrap=True)
    for said in found.undecided:
        OUT.print(f"  {said}", markup=False, soft_wrap=True)
    OUT.print(f"  report {folder.report}", markup=False, soft_wrap=True)
