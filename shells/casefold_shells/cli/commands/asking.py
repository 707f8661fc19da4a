"""What `casefold run` takes to ask a language model, and what it says beforehand."""

import os
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer
from attrs import evolve
from rich.table import Table

from casefold.case.askedview import dollars
from casefold.case.asking import plan
from casefold.kernel.results import Failure, Result, Success
from casefold.vision.planning import Forecast, forecast, group_calls, planner
from casefold.vision.tokens import MILLION
from casefold_shells.cli.app import OUT, fail
from casefold_shells.cli.codes import Exit
from casefold_shells.packages import Finished, RunError, as_text
from casefold_shells.vision import Vision, vision_at

VisionOption = Annotated[
    Path | None,
    typer.Option("--vision", metavar="FILE", help="TOML: the language model that is asked about unsure pages."),
]
BudgetOption = Annotated[
    str | None,
    typer.Option("--budget", metavar="USD", help="What a package may cost at most; else what FILE says."),
]
PlanOption = Annotated[bool, typer.Option("--plan", help="Say what --vision would ask and cost; ask nobody.")]
BatchOption = Annotated[
    bool, typer.Option("--vision-batch", help="Hand questions in as a batch, at its price; run again to fetch.")
]


def vision_or_leave(path: Path | None, budget: str | None, *, plan: bool = False, batch: bool = False) -> Vision | None:
    """Read what a language model may be asked, or end the program."""
    if path is None:
        if budget is not None or plan or batch:
            fail("--budget, --plan and --vision-batch go with --vision", Exit.USAGE)
        return None
    found = vision_at(path, os.environ)
    if isinstance(found, Failure):
        fail("\n".join(found.failure().reasons), Exit.USAGE if path.is_file() else Exit.MISSING)
    vision = found.unwrap()
    tier = evolve(vision.tier, batch=batch)
    return evolve(vision, tier=tier if budget is None else evolve(tier, budget_micro_usd=_micro_usd(budget)))


def _micro_usd(text: str) -> int:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or not 0 <= amount <= MILLION:
        fail(f"--budget {text}: it is an amount of dollars, for example 0.50", Exit.USAGE)
    return int(amount * MILLION)


_COLUMNS = ("pages", "not asked", "to ask", "calls", "tokens in", "tokens out", "about $", "at most $", "of all")


def print_plan(results: Sequence[tuple[Path, Result[Finished, RunError]]]) -> None:
    """Say what a language model would be asked about packages, and what that costs."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("package", overflow="fold")
    for column in _COLUMNS:
        table.add_column(column, justify="right")
    for package, result in results:
        if isinstance(result, Success):
            table.add_row(as_text(package.name), *_planned(result.unwrap()))
    OUT.print(table)


def _planned(finished: Finished) -> tuple[str, ...]:
    case, artifacts = finished.case, finished.artifacts
    assert case.outcome is not None and artifacts.vision is not None, "a plan follows assembling"
    tier, outcome = artifacts.vision, case.outcome
    asked = plan(artifacts.compiled, tier, artifacts.thresholds, case) if case.vision is None else case.vision.plan
    calls = asked.calls
    planned = forecast(tier, calls)
    common = planner(artifacts.compiled, tier)
    every = forecast(tier, group_calls(common, case.pages, outcome.labels, [page.page for page in case.pages]))
    most = min(planned.micro_usd_max, tier.budget_micro_usd)
    return (
        f"{len(case.pages):,}",
        f"{len(case.pages) - planned.pages:,}",
        f"{planned.pages:,}",
        f"{planned.calls:,}",
        f"{planned.input_tokens:,}",
        f"{planned.output_tokens:,}",
        dollars(planned.micro_usd),
        dollars(most),
        _share(planned, every),
    )


def _share(planned: Forecast, every: Forecast) -> str:
    """Say what share of asking about every page that is."""
    return f"{100 * planned.micro_usd // every.micro_usd} %" if every.micro_usd else "-"
