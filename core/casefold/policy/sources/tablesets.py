"""A policy of tables alone: each sheet is a decision of that name, and what the columns look at is asked for."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from casefold.feel.reader import KEYWORDS
from casefold.feel.tokens import Kind, tokens
from casefold.kernel.results import Failure, Result, Success
from casefold.policy.artifact import Policy
from casefold.policy.model import (
    Aggregation,
    Decision,
    Element,
    HitPolicy,
    InputData,
    Literal,
    Model,
    Scorecard,
    Table,
    Variable,
)
from casefold.policy.sources.cells import Sheet
from casefold.policy.sources.faults import SourceFault, SourceInvalid, sheet_faults
from casefold.policy.sources.policyreading import namespace_of
from casefold.policy.sources.requirements import infer
from casefold.policy.sources.sheets import read_table
from casefold.policy.sources.tables import NUMBER


@frozen
class _Asked:
    """An input that a column looks at, by the sheet that says its type first."""

    type: str | None
    sheet: str


def read_tables(name: str, sheets: Iterable[Sheet]) -> Result[Policy, SourceInvalid]:
    """Read each sheet as a decision; an empty one is passed over.

    An input expression that is a plain name, and no decision, is an input of the type that the sheet says.
    """
    faults: list[SourceFault] = []
    found: dict[str, Table | Scorecard] = {}
    for sheet in sheets:
        if sheet.empty():
            continue
        table, decision = read_table(sheet), " ".join(sheet.name.split())
        if decision in found:
            faults.append(SourceFault((), f"another sheet has the name {decision!r}", source=sheet.name))
        if isinstance(table, Failure):
            faults += sheet_faults(table.failure(), sheet.name)
        else:
            found[decision] = table.unwrap()
    if not found and not faults:
        faults.append(SourceFault((), "there is no table in it: A1 of a sheet says UNIQUE, FIRST or SCORECARD"))
    inputs = _inputs(found, faults)
    if faults:
        return Failure(SourceInvalid(tuple(faults)))
    elements: tuple[Element, ...] = (
        *(InputData(each, Variable(each, asked.type)) for each, asked in inputs.items()),
        *(Decision(each, Variable(each, _type(table)), logic=table) for each, table in found.items()),
    )
    return Success(Policy(infer(Model(name, namespace_of(name), elements=elements)), name=name))


def _inputs(tables: Mapping[str, Table | Scorecard], faults: list[SourceFault]) -> dict[str, _Asked]:
    """Give what the columns ask for; a name that has two types is a fault."""
    inputs: dict[str, _Asked] = {}
    for sheet, table in tables.items():
        for expression in _looked_at(table):
            name = " ".join(expression.text.split())
            if name in tables or not plain_name(name):
                continue
            there = inputs.get(name, _Asked(None, sheet))
            if None not in {there.type, expression.type} and there.type != expression.type:
                said = (
                    f"{name!r} is a {expression.type} here and a {there.type} in sheet {there.sheet}; it has one type"
                )
                faults.append(SourceFault((f"input {name}",), said, source=sheet))
            inputs[name] = _Asked(expression.type, sheet) if there.type is None else there
    return inputs


def _looked_at(table: Table | Scorecard) -> Iterator[Literal]:
    if isinstance(table, Table):
        return (each.expression for each in table.inputs)
    return (each.expression for each in table.characteristics)


def _type(table: Table | Scorecard) -> str | None:
    """Give the type of a decision: that of its only output, unless the hit policy makes a list of it."""
    if isinstance(table, Scorecard) or table.aggregation is Aggregation.COUNT:
        return NUMBER
    one = table.hit in _ONE or table.aggregation is not None
    return table.outputs[0].type if len(table.outputs) == 1 and one else None


def plain_name(text: str) -> bool:
    """Whether an expression is a name and nothing to work out.

    >>> [plain_name(text) for text in ("loan to value", "score 2", "debt / income", "not a", "if", "5", "")]
    [True, True, False, True, False, False, False]
    """
    cut = tokens(text)
    if isinstance(cut, Failure):
        return False
    words = cut.unwrap()[:-1]
    fitting = (word.kind is Kind.NUMBER or (word.kind is Kind.NAME and word.text not in KEYWORDS) for word in words)
    return bool(words) and words[0].kind is Kind.NAME and all(fitting)


_ONE = frozenset({HitPolicy.UNIQUE, HitPolicy.FIRST, HitPolicy.ANY, HitPolicy.PRIORITY})
"""The hit policies whose answer is one output."""
