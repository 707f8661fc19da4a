"""``casefold policy test``."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from casefold.feel.values import Value, World
from casefold.kernel.results import Failure
from casefold.policy.graph import Compiled
from casefold_adapters.zones import IanaZones
from casefold_shells.cli.app import ERR, OUT, fail
from casefold_shells.cli.codes import Exit
from casefold_shells.cli.commands.policy.common import ModelArgument, commands, fail_on, instant_of, loaded
from casefold_shells.findings import listed
from casefold_shells.policies import json_text
from casefold_shells.policy_tests import (
    Failed,
    PolicyTest,
    TableCoverage,
    coverage_json,
    coverage_words,
    covered,
    make_tests,
    misspelt,
    read_tests,
    run_test,
    tests_text,
)
from casefold_shells.report.words import counted


@commands.command("test")
def run_tests(
    model: ModelArgument,
    tests: Annotated[
        Path,
        typer.Argument(metavar="TESTS", help='JSON: a list of {"name": …, "facts": {…}, "expect": {decision: value}}.'),
    ],
    generate: Annotated[
        bool,
        typer.Option("--generate", help="Write TESTS: what the model decides now, for each condition of its tables."),
    ] = False,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="TIME", help="What now() and today() mean; by default, now.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")] = False,
) -> None:
    """Run tests against a model, and say what of its tables they reach.

    A test fails if a decision is another value than expected, or if anything goes wrong. For each table that is a
    decision's whole logic, two measures follow: how many rules decide about somebody, and how many cells are shown to
    matter by two tests that differ in that input alone (MC/DC). With --generate such tests are made and written to
    TESTS, which must not be there yet: they hold on to what the model decides now. Exit code 1 if a test fails.
    """
    compiled = loaded(model)
    if compiled.faults:
        fail_on(model, compiled)
    world = World(as_of=instant_of(as_of), zones=IanaZones())
    if generate:
        _generate(compiled, tests, world)
    found = _read(tests)
    odd = list(misspelt(compiled, found))
    if odd:
        fail("\n".join(odd[:9]), Exit.USAGE)
    failed = [each for one in found for each in run_test(compiled, one, world)]
    reached = covered(compiled, found, world)
    if as_json:
        _print_json(found, failed, reached)
    else:
        _print(found, failed, reached)
    if failed:
        raise typer.Exit(Exit.DIFFERS)


def _generate(compiled: Compiled, path: Path, world: World) -> None:
    if path.exists():
        fail(f"{path}: it is there already; name a new file for --generate", Exit.STORAGE)
    made = make_tests(compiled, world)
    for words in made.left:
        ERR.print(words, markup=False, soft_wrap=True)
    try:
        path.write_text(tests_text(made.tests), "utf-8")
    except OSError as error:
        fail(f"{path}: the tests cannot be written: {error.strerror}", Exit.STORAGE)


def _read(path: Path) -> tuple[PolicyTest, ...]:
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        fail(f"{path}: {error.strerror or 'it cannot be read'}; name a JSON file of tests", Exit.MISSING)
    except UnicodeDecodeError:
        fail(f"{path}: it is not UTF-8 text; write the tests as JSON", Exit.USAGE)
    read = read_tests(text)
    if isinstance(read, Failure):
        fail(f"{path}: {read.failure().reason}", Exit.USAGE)
    return read.unwrap()


def _print(found: Sequence[PolicyTest], failed: Sequence[Failed], reached: Sequence[TableCoverage]) -> None:
    for each in failed:
        OUT.print(
            f"failed: {each.test}: {each.decision}: expected {each.expected}, got {each.got}",
            style="red", markup=False, soft_wrap=True,
        )  # fmt: skip
    for table in reached:
        OUT.print(coverage_words(table), markup=False, soft_wrap=True)
    OUT.print(f"{counted(len(found), 'test')}, {len({each.test for each in failed})} failed", markup=False)


def _print_json(found: Sequence[PolicyTest], failed: Sequence[Failed], reached: Sequence[TableCoverage]) -> None:
    told: dict[str, Value] = {
        "tests": Decimal(len(found)),
        "failed": listed(
            {"test": each.test, "decision": each.decision, "expected": each.expected, "got": each.got}
            for each in failed
        ),
        "tables": listed(map(coverage_json, reached)),
    }
    OUT.print(json_text(told), markup=False, soft_wrap=True)
