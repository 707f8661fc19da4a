"""The form in which sources keep a policy: what is left out of it decides nothing.

Space around a cell, an aggregation that the hit policy has no use for, a cell of output that is empty instead of null,
ids, and requirements that no text asks for.
"""

from attrs import evolve

from casefold.policy.model import (
    Boxed,
    Characteristic,
    HitPolicy,
    InputClause,
    OutputClause,
    Rule,
    Scorecard,
    Table,
)


def normal_logic(logic: Boxed | None) -> Boxed | None:
    """Give how something is decided as sources keep it."""
    match logic:
        case Table():
            return normal_table(logic)
        case Scorecard():
            return normal_card(logic)
        case _:
            return logic


def normal_table(table: Table) -> Table:
    """Give a table as sources keep it."""
    noted = max((len(table.notes), *(len(rule.notes) for rule in table.rules)))
    return evolve(
        table,
        inputs=tuple(map(_input, table.inputs)),
        outputs=tuple(map(_output, table.outputs)),
        rules=tuple(_rule(rule, noted) for rule in table.rules),
        aggregation=table.aggregation if table.hit is HitPolicy.COLLECT else None,
        notes=_padded(_stripped(table.notes), noted),
    )


def _input(clause: InputClause) -> InputClause:
    text, kind = clause.expression.text.strip(), _told(clause.expression.type)
    return InputClause(evolve(clause.expression, text=text, type=kind), _told(clause.allowed), _told(clause.label))


def _output(clause: OutputClause) -> OutputClause:
    return OutputClause(*map(_told, (clause.name, clause.type, clause.allowed, clause.default, clause.label)))


def _rule(rule: Rule, noted: int) -> Rule:
    outputs = tuple(text or "null" for text in _stripped(rule.outputs))
    return Rule(_stripped(rule.inputs), outputs, _padded(_stripped(rule.notes), noted))


def normal_card(card: Scorecard) -> Scorecard:
    """Give a scorecard as sources keep it."""
    return evolve(card, characteristics=tuple(map(_characteristic, card.characteristics)), base=card.base.strip())


def _characteristic(each: Characteristic) -> Characteristic:
    expression = evolve(each.expression, text=each.expression.text.strip(), type=_told(each.expression.type))
    bins = (
        evolve(bin_, tests=bin_.tests.strip(), points=bin_.points.strip(), reason=bin_.reason.strip())
        for bin_ in each.bins
    )
    averages = _told(each.average), _told(each.average_at_cutoff)
    return Characteristic(each.name.strip(), expression, tuple(bins), *averages)


def _told(text: str | None) -> str | None:
    return (text or "").strip() or None


def _stripped(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text.strip() for text in texts)


def _padded(texts: tuple[str, ...], count: int) -> tuple[str, ...]:
    return texts + ("",) * (count - len(texts))
