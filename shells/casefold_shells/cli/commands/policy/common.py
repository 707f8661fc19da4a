"""What the commands of ``casefold policy`` share: taking a model, facts and a time from the command line."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from casefold.kernel.instants import Instant, parse_instant
from casefold.kernel.results import Failure
from casefold.policy.artifact import Policy
from casefold.policy.deciding import Ready, ready
from casefold.policy.graph import Compiled
from casefold_adapters.clock import SystemClock
from casefold_adapters.facts import FORMS, Columns, FactsBroken, FactsRow, Form, chunks, look
from casefold_adapters.facts import rows_of as read_rows
from casefold_adapters.zones import IanaZones
from casefold_shells.cli.app import app, fail
from casefold_shells.cli.codes import Exit
from casefold_shells.policies import Facts, compiled_of, fault_words, load_policy, read_facts, typed

commands = typer.Typer(no_args_is_help=True, help="Decision policies: check them, decide by them, compare them.")
app.add_typer(commands, name="policy")

ROWS = 1_000
"""Rows that are read at a time."""

ModelArgument = Annotated[
    Path, typer.Argument(metavar="POLICY", help="DMN 1.2 to 1.5, YAML, CSV, or an Excel workbook.")
]


def policy_of(path: Path) -> Policy:
    """Load a policy, or end the program."""
    found = load_policy(path)
    if isinstance(found, Failure):
        fail("\n".join(found.failure().reasons), Exit.MISSING if not path.is_file() else Exit.POLICY)
    return found.unwrap()


def loaded(path: Path) -> Compiled:
    """Load a policy and compile its model, or end the program."""
    return compiled_of(policy_of(path))


def ready_of(path: Path, policy: Policy) -> Ready:
    """Make a policy ready to decide by, or end the program."""
    found = ready(policy)
    if isinstance(found, Failure):
        said = "\n".join(fault_words(fault) for fault in found.failure().faults[:9])
        fail(f"{path}: parts of it cannot be used; `casefold policy check` tells all of them\n{said}", Exit.POLICY)
    return found.unwrap()


def fail_on(model: Path, compiled: Compiled) -> NoReturn:
    """End the program, since parts of a model cannot be used."""
    said = "\n".join(fault_words(fault) for fault in compiled.faults[:9])
    fail(
        f"{model}: parts of it cannot be used; --dmn decides by the rest\n{said}",
        Exit.POLICY,
    )


def rows_of(name: str, compiled: Compiled) -> Iterator[Facts | str]:
    """Read facts row by row, each a line of the answer; what is wrong with a row stands in its place."""
    source = look(Path(name)) if FORMS.get(Path(name).suffix.lower(), Form.JSON) is not Form.JSON else None
    if source is None:
        yield from (typed(compiled, facts, IanaZones()) for facts in facts_of(name))
        return
    if isinstance(source, Failure):
        broken = source.failure()
        fail(f"{broken.path}: {broken.detail}", Exit.USAGE if Path(name).is_file() else Exit.MISSING)
    kinds = {fact: compiled.plans[number].kind.type for fact, number in compiled.inputs.items()}
    unknown = [column for column in source.unwrap().names if column not in kinds]
    if unknown:
        fail(f"{name}: the model has no input {unknown[0]!r}; it has {', '.join(sorted(kinds))}", Exit.USAGE)
    columns = Columns(kinds, zones=IanaZones())
    for chunk in chunks(source.unwrap(), columns, ROWS):
        if isinstance(chunk, FactsBroken):
            fail(f"{chunk.path}: {chunk.detail}", Exit.USAGE)
        for row in read_rows(source.unwrap(), columns, chunk):
            yield row.facts if isinstance(row, FactsRow) else f"{row.where}: {row.why}"


def facts_of(name: str) -> tuple[Facts, ...]:
    """Read facts from a file or stdin, or end the program."""
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8-sig")
    except OSError as error:
        fail(f"{name}: {error.strerror or 'it cannot be read'}; name a JSON file, or - for stdin", Exit.MISSING)
    except UnicodeDecodeError:
        fail(f"{name}: it is not UTF-8 text; write the facts as JSON", Exit.USAGE)
    found = read_facts(text)
    if isinstance(found, Failure):
        fail(f"{name}: {found.failure().reason}", Exit.USAGE)
    return found.unwrap()


def instant_of(text: str | None) -> Instant:
    """Read a time, or end the program."""
    if text is None:
        return SystemClock().now()
    found = parse_instant(text)
    if isinstance(found, Failure):
        fail(f"--as-of {text}: it is no time such as 2026-01-31T09:00:00Z", Exit.USAGE)
    return found.unwrap()
