"""Laws of looking decision tables up: every way of deciding by one comes to what its cells mean."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from attrs import frozen

from casefold.feel.program import strict
from casefold.feel.values import Value, World
from casefold.kernel.results import Failure
from casefold.policy.decider import Decider
from casefold.policy.graph import Compiled, compile_model, decide
from casefold.policy.model import Aggregation, Decision, HitPolicy, InputData, Model, Reference, Table, Variable
from casefold_properties.strategies.lookups import TYPES, Known, Row


@frozen
class Said:
    """The value that a table answers with."""

    value: Value


Deciding: TypeAlias = Callable[[Compiled, Sequence[Row]], Sequence[Said | None]]
"""Decides rows by the decision ``answer`` of a model: nothing is said where there is a problem."""


def model_of(table: Table) -> Model:
    """Give a model whose decision ``answer`` is decided by a table over all inputs."""
    facts = tuple(InputData(f"_{name}", Variable(name, kind)) for name, kind in TYPES.items())
    requires = tuple(Reference("ns", fact.id) for fact in facts)
    return Model("m", "ns", elements=(*facts, Decision("_answer", Variable("answer"), requires, logic=table)))


def compiled_of(table: Table) -> Compiled:
    """Compile a table, of which nothing may be unreadable."""
    compiled = compile_model(model_of(table))
    assert compiled.faults == ()
    return compiled


def by_each(compiled: Compiled, rows: Sequence[Row]) -> Sequence[Said | None]:
    """Decide each row by itself."""
    found = [strict(decide(compiled, "answer", row).unwrap()) for row in rows]
    return [None if isinstance(each, Failure) else Said(each.unwrap()) for each in found]


def by_meaning(known: Known, row: Row) -> Said | None:
    """Decide as the cells are meant, by nothing but that."""
    if not known.admits(row):
        return None
    verdicts = known.verdicts(row)
    if known.table.hit is HitPolicy.FIRST and True in verdicts:
        verdicts = verdicts[: verdicts.index(True) + 1]
    if None in verdicts:
        return None
    outputs = [Decimal(rule.outputs[0]) for rule, verdict in zip(known.table.rules, verdicts, strict=False) if verdict]
    return _by_hit(known.table, outputs) if outputs else Said(_default(known.table))


def _default(table: Table) -> Value:
    text = table.outputs[0].default
    if text is None:
        return Decimal(0) if table.aggregation is Aggregation.COUNT else None
    many = table.hit in {HitPolicy.COLLECT, HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER} and table.aggregation is None
    return (Decimal(text),) if many else Decimal(text)


def _by_hit(table: Table, outputs: Sequence[Decimal]) -> Said | None:
    match table.hit, table.aggregation:
        case HitPolicy.UNIQUE, _:
            return Said(outputs[0]) if len(outputs) == 1 else None
        case HitPolicy.ANY, _:
            return Said(outputs[0]) if len(set(outputs)) == 1 else None
        case HitPolicy.FIRST, _:
            return Said(outputs[0])
        case HitPolicy.PRIORITY, _:
            return Said(max(outputs))
        case HitPolicy.OUTPUT_ORDER, _:
            return Said(tuple(sorted(outputs, reverse=True)))
        case HitPolicy.COLLECT, Aggregation.COUNT:
            return Said(Decimal(len(outputs)))
        case HitPolicy.COLLECT, Aggregation.SUM:
            return Said(sum(outputs, Decimal(0)))
        case HitPolicy.COLLECT, Aggregation.MIN:
            return Said(min(outputs))
        case HitPolicy.COLLECT, Aggregation.MAX:
            return Said(max(outputs))
        case _:
            return Said(tuple(outputs))


def deciding_is_what_cells_mean(known: Known, rows: Sequence[Row], deciding: Deciding) -> None:
    """A way of deciding says what the cells mean, and says nothing where they leave anything open."""
    found = list(deciding(compiled_of(known.table), rows))
    assert found == [by_meaning(known, row) for row in rows]


def a_prepared_decision_is_the_decision(
    prepare: Callable[[Compiled, str, World], Decider], table: Table, facts: Mapping[str, Value], world: World
) -> None:
    """What is prepared once comes to what is decided anew, values and problems, whatever the facts are."""
    compiled = compiled_of(table)
    assert str(prepare(compiled, "answer", world)(facts)) == str(decide(compiled, "answer", facts, world))
