"""What a format cannot hold of a policy: written, read back and compared, so that nothing is dropped silently."""

from collections.abc import Iterator
from typing import TypeAlias

from attrs import evolve, frozen

from casefold.kernel.results import Failure, Result
from casefold.policy.artifact import Policy
from casefold.policy.model import Decision, Element, InputData, Knowledge, Model, Reference, Scorecard, Table
from casefold.policy.nodes import Node
from casefold.policy.reading import ModelInvalid, read_model
from casefold.policy.sources.cells import Sheet
from casefold.policy.sources.faults import SourceInvalid
from casefold.policy.sources.ids import with_ids
from casefold.policy.sources.normal import normal_logic
from casefold.policy.sources.policyreading import read_policy
from casefold.policy.sources.policywriting import write_policy
from casefold.policy.sources.sheets import write_table
from casefold.policy.sources.tablesets import read_tables
from casefold.policy.sources.trees import Entries
from casefold.policy.writing import write_model


@frozen
class Loss:
    """A part of a policy that is not carried over, and why not."""

    part: str
    reason: str


Carried: TypeAlias = tuple[Loss, ...]

NO_PLACE = "there is no place for it"
NO_TABLE = "only tables and scorecards are sheets"
OTHERWISE = "it is not read back as it is"


def as_tree(policy: Policy) -> tuple[Entries, Carried]:
    """Write a policy as a tree for YAML."""
    tree = write_policy(policy)
    return tree, tuple(_lost(policy, read_policy(tree)))


def as_sheets(policy: Policy) -> tuple[tuple[Sheet, ...], Carried]:
    """Write the tables and scorecards of a policy as sheets, each of the name of its decision."""
    sheets = tuple(
        write_table(each.variable.name, each.logic)
        for each in policy.model.elements
        if isinstance(each, Decision) and isinstance(each.logic, (Table, Scorecard))
    )
    return sheets, tuple(_lost(policy, read_tables(policy.name, sheets))) if sheets else _nothing(policy)


def as_dmn(policy: Policy) -> tuple[Node, Carried]:
    """Write the model of a policy as DMN; a scorecard becomes a sum of tables that decides alike."""
    cards = tuple(
        Loss(_called(each), "DMN has no scorecards: it is written as a sum of tables, which decides alike")
        for each in policy.model.elements
        if isinstance(each, Decision) and isinstance(each.logic, Scorecard)
    )
    plain = evolve(policy.model, elements=tuple(map(_without_card, policy.model.elements)))
    back = read_model(write_model(plain)).map(lambda model: Policy(model, policy.imported, policy.name))
    return write_model(with_ids(policy.model)), (*cards, *_lost(evolve(policy, model=plain), back))


def _without_card(each: Element) -> Element:
    return evolve(each, logic=None) if isinstance(each, Decision) and isinstance(each.logic, Scorecard) else each


def _nothing(policy: Policy) -> Carried:
    return tuple(_elements(policy.model, Model("", ""), NO_TABLE))


def _lost(policy: Policy, read: Result[Policy, SourceInvalid] | Result[Policy, ModelInvalid]) -> Iterator[Loss]:
    """Say what of a policy is not there any more after reading it back."""
    if isinstance(read, Failure):
        yield from (Loss(", ".join(each.place), each.fault) for each in read.failure().faults)
        return
    back = read.unwrap()
    for what, one, other in (
        ("the version", policy.version, back.version),
        ("the author", policy.author, back.author),
        ("the first day on which it is effective", policy.effective_from, back.effective_from),
        ("the last day on which it is effective", policy.effective_until, back.effective_until),
        ("the outcome", policy.outcomes, back.outcomes),
        ("how reasons are ranked", policy.ranking, back.ranking),
        ("the catalogue of reasons", policy.reasons, back.reasons),
        ("the promises of monotone inputs", policy.monotone, back.monotone),
        ("the scores that models are asked for", policy.scores, back.scores),
    ):
        if one != other:
            yield Loss(what, NO_PLACE)
    model, imported, name = back.model, back.imported, back.name
    if evolve(_declared(policy, back), model=model, imported=imported, name=name) != back:
        yield Loss("what else is declared", NO_PLACE)
    for model in policy.imported:
        if model not in back.imported:
            yield Loss(f"the import {model.name}", NO_PLACE)
    items = {item.name: item for item in back.model.items}
    for item in policy.model.items:
        if items.get(item.name) != item:
            yield Loss(f"type {item.name}", NO_PLACE if item.name not in items else OTHERWISE)
    yield from _elements(policy.model, back.model, NO_PLACE)


def _declared(policy: Policy, back: Policy) -> Policy:
    """Give a policy with what is told part by part taken from another."""
    return evolve(
        policy,
        version=back.version,
        author=back.author,
        effective_from=back.effective_from,
        effective_until=back.effective_until,
        outcomes=back.outcomes,
        ranking=back.ranking,
        reasons=back.reasons,
        monotone=back.monotone,
        scores=back.scores,
    )


def _elements(model: Model, back: Model, missing: str) -> Iterator[Loss]:
    """Say which inputs, decisions and functions are not there any more, or not as they were."""
    there = {each.variable.name: each for each in back.elements}
    for each in model.elements:
        other = there.get(each.variable.name)
        if other is None or type(other) is not type(each):
            told = isinstance(each, Decision) and not isinstance(each.logic, (Table, Scorecard))
            yield Loss(_called(each), NO_TABLE if told else missing)
        elif each.variable.type not in {None, other.variable.type}:
            yield Loss(f"the type of {_called(each)}", NO_PLACE)
        elif _logic_of(other) != _logic_of(each):
            yield Loss(_called(each), OTHERWISE)
        elif _required(back, other) - _required(model, each):
            names = ", ".join(sorted(_required(back, other) - _required(model, each)))
            yield Loss(_called(each), f"its texts would mean {names}, which it does not require")


def _required(model: Model, each: Element) -> set[str]:
    """Give the names of what an element of a model requires."""
    names = {Reference(model.namespace, one.id): one.variable.name for one in model.elements}
    told = each.requires if isinstance(each, (Decision, Knowledge)) else ()
    more = each.knowledge if isinstance(each, Decision) else ()
    return {names[one] for one in (*told, *more) if one in names}


def _logic_of(each: Element) -> object:
    return normal_logic(each.logic) if isinstance(each, (Decision, Knowledge)) else None


def _called(each: Element) -> str:
    kinds = ((InputData, "input"), (Decision, "decision"), (Knowledge, "function"))
    kind = next((name for kind, name in kinds if isinstance(each, kind)), "service")
    return f"{kind} {each.variable.name}"
