"""What two policies declare differently of the same decisions: the outcome, whom to tell which reasons, and scores."""

from collections.abc import Iterator, Mapping

from attrs import evolve, frozen

from casefold.kernel.canonical import Json, canonical
from casefold.policy.artifact import Policy
from casefold.policy.scorecodec import score_value

Said = tuple[str, ...]


@frozen
class DeclaredChange:
    """Something that one policy declares and the other does not, or otherwise; nothing stands for what is not there.

    Attributes:
        name: What is declared, such as ``outcome, adverse`` or ``reason C08``.
    """

    name: str
    before: Said
    after: Said


def diff_declared(before: Policy, after: Policy) -> tuple[DeclaredChange, ...]:
    """Compare what two policies declare, as far as it bears on outcomes, reasons and scores.

    >>> from casefold.policy.artifact import Ranking
    >>> from casefold.policy.model import Model
    >>> diff_declared(Policy(Model("m", "ns")), Policy(Model("m", "ns"), ranking=Ranking(most=1)))
    (DeclaredChange(name='reasons, at most', before=('4',), after=('1',)),)
    """
    one, other = dict(_declared(before)), dict(_declared(after))
    names = dict.fromkeys((*one, *other))
    changes = (DeclaredChange(name, one.get(name, ()), other.get(name, ())) for name in names)
    return tuple(each for each in changes if each.before != each.after)


def _declared(policy: Policy) -> Iterator[tuple[str, Said]]:
    outcomes, ranking = policy.outcomes, policy.ranking
    if outcomes is not None:
        yield "outcome", (outcomes.decision,) if outcomes.member is None else (outcomes.decision, outcomes.member)
        yield "outcome, order", outcomes.order
        yield "outcome, adverse", outcomes.adverse
    yield "reasons, method", (ranking.method.value,)
    yield "reasons, at most", (str(ranking.most),)
    yield "reasons, priority", ranking.priority
    for each in policy.reasons:
        yield f"reason {each.code}", (each.text, each.source) if each.source else (each.text,)
    for call in policy.scores:
        yield f"score {call.input}", _members(score_value(evolve(call, arms=())))
        for arm in call.arms:
            yield f"score {call.input}, model {arm.name}", _members(score_value(arm.model))


def _members(value: Mapping[str, Json]) -> Said:
    """Write the members of a value, a text for each."""
    return tuple(f"{name} {canonical(value[name]).decode()}" for name in sorted(value))
