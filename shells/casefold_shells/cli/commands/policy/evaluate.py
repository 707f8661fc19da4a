"""``casefold policy eval``."""

from collections.abc import Iterable, Sequence
from typing import Annotated

import typer

from casefold.feel.values import Problem, Value, World
from casefold.feel.wording import fault_words as fault_sentence
from casefold.feel.wording import fuel_words, place_words
from casefold.kernel.results import Failure, Success, sealed
from casefold.policy.deciding import Ready, decide_by
from casefold.policy.graph import Compiled, NoSuchElement, decide
from casefold.policy.model import Decision, InputData
from casefold.policy.wording import undecided_words
from casefold_adapters.zones import IanaZones
from casefold_shells.cli.app import OUT, fail
from casefold_shells.cli.codes import Exit
from casefold_shells.cli.commands.policy.common import (
    ModelArgument,
    commands,
    fail_on,
    instant_of,
    policy_of,
    ready_of,
    rows_of,
)
from casefold_shells.policies import Facts, compiled_of, json_text


@commands.command("eval")
def evaluate(
    model: ModelArgument,
    facts: Annotated[
        str,
        typer.Argument(
            metavar="FACTS",
            help="JSON: an object of inputs by name, or a list of such; - is stdin. Or rows: CSV, JSON lines, Parquet.",
        ),
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
    """Decide by a policy: a line of JSON for each set of facts.

    The line holds the decisions, and the outcome with its reasons if the policy declares one. For example
    `casefold policy eval rates.dmn applicant.json`, with {"score": 712, "state": "CA"} in the file. Numbers are exact
    decimals; dates and durations are texts. Where something goes wrong the line holds no decisions but the problems,
    each with its place, and the exit code is 1; with --dmn it holds both.
    """
    policy = policy_of(model)
    compiled = compiled_of(policy)
    rows = rows_of(facts, compiled)
    if compiled.faults and not dmn:
        fail_on(model, compiled)
    world = World(as_of=instant_of(as_of), zones=IanaZones())
    if decision is None and not dmn:
        _by_policy(ready_of(model, policy), rows, world)
        return
    wanted = decision or [
        name for name, number in compiled.names.items() if isinstance(compiled.plans[number].element, Decision)
    ]
    clean = True
    for row in rows:
        answers, problems = ({}, [row]) if isinstance(row, str) else _decided(compiled, wanted, row, world)
        clean = clean and not problems
        told = [f'"decisions": {json_text(answers)}'] if dmn or not problems else []
        told += [f'"problems": {json_text(tuple(problems))}'] if problems else []
        OUT.print(f"{{{', '.join(told)}}}", markup=False, soft_wrap=True)
    if not clean:
        raise typer.Exit(Exit.DIFFERS)


def _by_policy(prepared: Ready, rows: Iterable[Facts | str], world: World) -> None:
    clean = True
    for row in rows:
        told, decided = _told(prepared, row, world)
        clean = clean and decided
        OUT.print(json_text(told), markup=False, soft_wrap=True)
    if not clean:
        raise typer.Exit(Exit.DIFFERS)


def _told(prepared: Ready, row: Facts | str, world: World) -> tuple[dict[str, Value], bool]:
    """Decide over a row: what is told of it, and whether there is a decision."""
    if isinstance(row, str):
        return {"problems": (row,)}, False
    match sealed(decide_by(prepared, row, world)):
        case Failure(undecided):
            return {"problems": undecided_words(undecided)}, False
        case Success(decided):
            values: dict[str, Value] = dict(decided.made.values)
            if decided.outcome is None:
                return {"decisions": values}, True
            reasons = tuple[Value, ...](
                {"code": each.code, "text": prepared.catalogue[each.code].text} for each in decided.reasons
            )
            return {"outcome": decided.outcome, "reasons": reasons, "decisions": values}, True


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
