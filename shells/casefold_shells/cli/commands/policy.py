"""``casefold policy tck``."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.table import Table

from casefold.feel.values import Problem, Value, World
from casefold.feel.wording import fault_words as fault_sentence
from casefold.feel.wording import fuel_words, place_words
from casefold.kernel.instants import Instant, parse_instant
from casefold.kernel.results import Failure, Success, sealed
from casefold.policy.graph import Compiled, NoSuchElement, decide
from casefold.policy.model import Decision, InputData, Knowledge, Service
from casefold_adapters.clock import SystemClock
from casefold_adapters.zones import IanaZones
from casefold_shells.cli.app import ERR, OUT, app, fail
from casefold_shells.cli.codes import Exit
from casefold_shells.cli.progress import FolderProgress
from casefold_shells.policies import Facts, fault_words, json_text, load_model, read_facts
from casefold_shells.report.words import counted
from casefold_shells.tck.engine import OWN
from casefold_shells.tck.results import CSV, PROPERTIES, results_csv, results_properties
from casefold_shells.tck.running import NOT_COUNTED, Row, run, test_files

commands = typer.Typer(no_args_is_help=True, help="Decision models in DMN: check, eval, tck.")
app.add_typer(commands, name="policy")


ModelArgument = Annotated[Path, typer.Argument(metavar="MODEL", help="A DMN file, version 1.2 to 1.5.")]


@commands.command()
def check(model: ModelArgument) -> None:
    """Say what a model cannot use, before it decides anything.

    Cells that are no FEEL, names and types that are not there, what requires itself: each with decision, rule and
    column. What it imports is looked for beside it. Exit code 1 if there is anything.
    """
    compiled = _loaded(model)
    for fault in compiled.faults:
        OUT.print(fault_words(fault), markup=False, soft_wrap=True)
    elements = [plan.element for plan in compiled.plans]
    counts = ((Decision, "decision"), (InputData, "input"), (Knowledge, "knowledge model"), (Service, "service"))
    told = (counted(sum(type(each) is kind for each in elements), name) for kind, name in counts)
    OUT.print(f"{', '.join(told)}; {counted(len(compiled.faults), 'fault')}", markup=False)
    if compiled.faults:
        raise typer.Exit(Exit.DIFFERS)


@commands.command("eval")
def evaluate(
    model: ModelArgument,
    facts: Annotated[
        str,
        typer.Argument(metavar="FACTS", help="JSON: an object of inputs by name, or a list of such; - is stdin."),
    ],
    decision: Annotated[
        list[str] | None, typer.Option("--decision", metavar="NAME", help="Decide this only; may be given again.")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="TIME", help="What now() and today() mean; by default, now."),
    ] = None,
    dmn: Annotated[
        bool, typer.Option("--dmn", help="Answer null where something goes wrong, as the standard has it, and go on.")
    ] = False,
) -> None:
    """Decide by a model: a line of JSON for each set of facts.

    For example `casefold policy eval rates.dmn applicant.json`, with {"score": 712, "state": "CA"} in the file. Numbers
    are exact decimals. Where something goes wrong the line holds no decisions but the problems, each with its place,
    and the exit code is 1; with --dmn it holds both.
    """
    compiled, rows = _loaded(model), _facts(facts)
    if compiled.faults and not dmn:
        _fail_on(model, compiled)
    wanted = decision or [
        name for name, number in compiled.names.items() if isinstance(compiled.plans[number].element, Decision)
    ]
    world = World(as_of=_instant(as_of), zones=IanaZones())
    clean = True
    for row in rows:
        answers, problems = _decided(compiled, wanted, row, world)
        clean = clean and not problems
        told = [f'"decisions": {json_text(answers)}'] if dmn or not problems else []
        told += [f'"problems": {json_text(tuple(problems))}'] if problems else []
        OUT.print(f"{{{', '.join(told)}}}", markup=False, soft_wrap=True)
    if not clean:
        raise typer.Exit(Exit.DIFFERS)


def _decided(
    compiled: Compiled, wanted: Sequence[str], facts: Facts, world: World
) -> tuple[dict[str, Value], list[str]]:
    """Decide by name; give the decisions, and the problems in words."""
    answers: dict[str, Value] = {}
    problems = [
        f"the model has no input {name!r}; it has {', '.join(sorted(_inputs(compiled))) or 'none'}"
        for name in facts
        if name not in compiled.inputs
    ]
    for name in wanted:
        done = decide(compiled, name, facts, world)
        match sealed(done):
            case Success(outcome):
                answers[name] = outcome.value
                problems += [_problem_words(problem) for problem in outcome.problems]
            case Failure(stopped):
                if isinstance(stopped, NoSuchElement):
                    there = ", ".join(stopped.near) or "none"
                    fail(f"there is no decision {name!r}; the model has {there}", Exit.USAGE)
                problems.append(f"decision {name}: {fuel_words(stopped)}")
    return answers, list(dict.fromkeys(problems))


def _inputs(compiled: Compiled) -> list[str]:
    return [name for name, number in compiled.names.items() if isinstance(compiled.plans[number].element, InputData)]


def _problem_words(problem: Problem) -> str:
    said = fault_sentence(problem.fault)
    return f"{place_words(problem.place)}: {said}" if problem.place else said


def _loaded(model: Path) -> Compiled:
    loaded = load_model(model)
    if isinstance(loaded, Failure):
        fail("\n".join(loaded.failure().reasons), Exit.MISSING if not model.is_file() else Exit.POLICY)
    return loaded.unwrap()


def _fail_on(model: Path, compiled: Compiled) -> NoReturn:
    said = "\n".join(fault_words(fault) for fault in compiled.faults[:9])
    fail(
        f"{model}: parts of it cannot be used; --dmn decides by the rest\n{said}",
        Exit.POLICY,
    )


def _facts(name: str) -> tuple[Facts, ...]:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8")
    except OSError as error:
        fail(f"{name}: {error.strerror or 'it cannot be read'}; name a JSON file, or - for stdin", Exit.MISSING)
    except UnicodeDecodeError:
        fail(f"{name}: it is not UTF-8 text; write the facts as JSON", Exit.USAGE)
    found = read_facts(text)
    if isinstance(found, Failure):
        fail(f"{name}: {found.failure().reason}", Exit.USAGE)
    return found.unwrap()


def _instant(text: str | None) -> Instant:
    if text is None:
        return SystemClock().now()
    found = parse_instant(text)
    if isinstance(found, Failure):
        fail(f"--as-of {text}: it is no time such as 2026-01-31T09:00:00Z", Exit.USAGE)
    return found.unwrap()


@commands.command()
def tck(
    testcases: Annotated[
        Path, typer.Argument(metavar="TESTCASES", help="The kit's folder TestCases, or any folder with tests below it.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=f"Where {CSV} and {PROPERTIES} go.")],
    as_json: Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")] = False,
) -> None:
    """Run the DMN Technology Compatibility Kit and write its result files.

    Get the kit with `git clone https://github.com/dmn-tck/tck`. Every NAME-test-NN.xml below TESTCASES is run against
    the model that it names in its own folder. Numbers must agree to the last digit; the count under the kit's looser
    comparison, 1e-8, stands beside it. Exit code 1 if a counted test fails or a file of tests cannot be read.
    """
    if not testcases.is_dir():
        fail(f"{testcases}: there is no such folder; name the kit's folder TestCases", Exit.MISSING)
    if not test_files(testcases):
        fail(f"{testcases}: there is no NAME-test-NN.xml below it; name the kit's folder TestCases", Exit.MISSING)
    with FolderProgress(ERR) as progress:
        rows, broken = run(testcases, OWN, World(zones=IanaZones()), progress)
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / CSV).write_text(results_csv(rows), "utf-8")
        day = datetime.now(UTC).date().isoformat()
        (out / PROPERTIES).write_text(results_properties(version("casefold"), day), "utf-8")
    except OSError as error:
        fail(f"{out}: the results cannot be written: {error.strerror}", Exit.STORAGE)
    if as_json:
        _print_json(rows)
    else:
        _print(rows)
    for each in broken:
        ERR.print(f"casefold: {each.path}: {each.detail}", style="red", markup=False, soft_wrap=True)
    if broken or not all(row.exact for row in _counted(rows)):
        raise typer.Exit(Exit.DIFFERS)


def _counted(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row.level != NOT_COUNTED]


def _counts(rows: Sequence[Row]) -> Mapping[str, int]:
    return {"cases": len(rows), "exact": sum(row.exact for row in rows), "loose": sum(row.loose for row in rows)}


def _by(rows: Sequence[Row], names: Iterable[str], *, level: bool) -> Mapping[str, Mapping[str, int]]:
    wanted = dict.fromkeys(names)
    return {name: _counts([row for row in rows if (row.level if level else row.folder) == name]) for name in wanted}


def _print_json(rows: Sequence[Row]) -> None:
    told = {
        "counted": _counts(_counted(rows)),
        "levels": _by(rows, (row.level for row in rows), level=True),
        "folders": _by(rows, (row.folder for row in rows), level=False),
    }
    OUT.print(json.dumps(told), markup=False, soft_wrap=True)


def _print(rows: Sequence[Row]) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("folder", overflow="fold")
    for column in ("tests", "exact", "within 1e-8"):
        table.add_column(column, justify="right")
    for level, counts in _by(rows, (row.level for row in rows), level=True).items():
        table.add_row(level, *(f"{count:,}" for count in counts.values()), style="bold")
        failing = (row.folder for row in rows if row.level == level and not row.exact)
        for folder, found in _by(rows, failing, level=False).items():
            table.add_row(f"  {folder}", *(f"{count:,}" for count in found.values()))
    OUT.print(table)
    whole = _counts(_counted(rows))
    OUT.print(
        f"{whole['exact']:,} of {whole['cases']:,} exact, {whole['loose']:,} within 1e-8; "
        f"{NOT_COUNTED} tests are not counted",
        markup=False,
    )
