"""Policies laid out otherwise, edited, and of all kinds; and JSON that might be one."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import cast

from attrs import evolve
from hypothesis import strategies as st

from casefold.policy.artifact import Direction, Method, Monotone, Outcomes, Policy, ReasonText
from casefold.policy.codec import policy_value
from casefold.policy.model import Boxed, Decision, Element, InputData, Model, Reference, Scorecard, Table, Variable
from casefold_properties.lending import Bar, Factor, Lending, Slot
from casefold_properties.strategies import policies
from casefold_properties.strategies.kernel import json_values
from casefold_properties.strategies.lending import CODES, SINGLE, STEP, lendings, rankings

MEMBERS: tuple[str, ...] = ("model", "imported", "outcomes", "ranking", "name", "x")

OTHERS: tuple[object, ...] = (1.5, float("nan"), "\ud800", [None], {"is": "Table"}, -1, 10**40)
"""What stands nowhere in a policy."""


def relaid(policy: Policy) -> Policy:
    """Lay a policy out otherwise: room and comments, ids, labels, the order of elements and of what they require."""
    renamed = {each.id: f"x{number}" for number, each in enumerate(policy.model.elements)}
    elements = tuple(_relaid(each, renamed) for each in reversed(policy.model.elements))
    model = evolve(policy.model, name="another", elements=elements)
    return evolve(policy, model=model, name="another", version="9", author="somebody", effective_from="2030-01-01")


def _relaid(element: Element, renamed: Mapping[str, str]) -> Element:
    own = renamed[element.id]
    if not isinstance(element, Decision):
        return evolve(element, id=own)
    requires = tuple(evolve(each, id=renamed[each.id]) for each in reversed(element.requires))
    return evolve(element, id=own, requires=requires, logic=_with_room(element.logic))


def _with_room(logic: Boxed | None) -> Boxed | None:
    match logic:
        case Table():
            rules = tuple(
                evolve(rule, inputs=tuple(map(_roomy, rule.inputs)), outputs=tuple(map(_roomy, rule.outputs)))
                for rule in logic.rules
            )
            inputs = tuple(evolve(clause, label=f"Column {at}") for at, clause in enumerate(logic.inputs))
            return evolve(logic, rules=rules, inputs=inputs)
        case Scorecard():
            characteristics = tuple(
                evolve(each, bins=tuple(evolve(slot, tests=_roomy(slot.tests)) for slot in each.bins))
                for each in logic.characteristics
            )
            return evolve(logic, characteristics=characteristics)
        case _:
            return logic


def _roomy(text: str) -> str:
    """Lay a FEEL text out with more room, and with a comment where one may stand."""
    return f"  {text.replace(' ', '   ')} // said" if text not in {"null", "-"} else f" {text} "


@st.composite
def edits(draw: st.DrawFn, lending: Lending) -> Lending:
    """Change one thing that counts."""
    at = draw(st.integers(0, len(lending.factors) - 1))
    factor = lending.factors[at]
    slot = draw(st.integers(0, len(factor.slots) - 1))
    there = factor.slots[slot]

    def with_factor(other: Factor) -> Lending:
        return evolve(lending, factors=(*lending.factors[:at], other, *lending.factors[at + 1 :]))

    def with_slot(other: Slot) -> Lending:
        return with_factor(evolve(factor, slots=(*factor.slots[:slot], other, *factor.slots[slot + 1 :])))

    way, ranking = lending.ways[0], lending.ranking
    return draw(
        st.sampled_from(
            (
                with_slot(evolve(there, points=there.points + 1)),
                with_slot(evolve(there, codes=(*there.codes, "C01"))),
                with_slot(evolve(there, values="another")),
                with_factor(evolve(factor, averages=(Decimal(3), factor.averages[1]))),
                with_factor(evolve(factor, averages=(factor.averages[0], Decimal(3)))),
                with_factor(evolve(factor, typed=not factor.typed)),
                evolve(lending, base=lending.base + STEP),
                evolve(lending, bars=(*lending.bars, Bar((None, None), ("C01",)))),
                evolve(lending, ways=(evolve(way, outcome="perhaps"), *lending.ways[1:])),
                evolve(lending, ways=(evolve(way, reasons=(*way.reasons, "C01")), *lending.ways[1:])),
                evolve(lending, hit=next(hit for hit in SINGLE if hit is not lending.hit)),
                evolve(lending, ranking=evolve(ranking, most=ranking.most + 1)),
                evolve(lending, ranking=evolve(ranking, priority=(*ranking.priority, "C01"))),
                evolve(
                    lending, ranking=evolve(ranking, method=next(each for each in Method if each != ranking.method))
                ),
                evolve(lending, own=(*lending.own, ReasonText("C22", "Asked too often"))),
                evolve(lending, priced=not lending.priced),
            )
        )
    )


def any_policies() -> st.SearchStrategy[Policy]:
    """Policies of models of all kinds, sound or not, whose outcome may be anything or nothing."""
    outcomes = st.builds(
        Outcomes,
        st.sampled_from(policies.NAMES),
        st.just(("a", "1", "CA")),
        st.sampled_from(((), ("1",), ("CA",))),
        st.none() | st.just("a"),
    )
    own = st.lists(st.builds(ReasonText, st.sampled_from(CODES), st.text(st.characters(codec="utf-8"), max_size=3)))
    promises = st.builds(
        Monotone,
        st.sampled_from(policies.NAMES),
        st.just("n"),
        st.sampled_from(Direction),
        st.just(("a",)),
        st.booleans(),
    )
    return st.builds(
        Policy,
        policies.models() | policies.boxed().map(_model_of),
        st.just(()),
        st.sampled_from(("", "loans")),
        effective_from=st.none() | st.just("2026-01-01"),
        outcomes=st.none() | outcomes,
        ranking=rankings(),
        reasons=own.map(tuple),
        monotone=st.lists(promises, max_size=1).map(tuple),
    )


def _model_of(logic: Boxed) -> Model:
    """Give a model of one decision over an amount."""
    amount = InputData("_a", Variable("amount", "number"))
    return Model("m", "ns", elements=(amount, Decision("_d", Variable("n"), (Reference("ns", "_a"),), (), logic)))


def near_policies() -> st.SearchStrategy[dict[str, object]]:
    """JSON of policies in which one thing is something else, and JSON of any kind."""
    sound = lendings().map(lambda lending: policy_value(lending.policy)) | any_policies().map(policy_value)
    other: st.SearchStrategy[object] = json_values() | st.sampled_from(OTHERS)
    spoilt = st.builds(_spoilt, sound, st.lists(st.integers(0, 99), min_size=1, max_size=12), other)
    return spoilt | st.dictionaries(st.sampled_from(MEMBERS), other, max_size=3)


def _spoilt(value: dict[str, object], way: list[int], other: object) -> dict[str, object]:
    """Put something else at the end of a way into JSON."""
    raw: dict[str, object] = json.loads(json.dumps(value))
    holder: object = raw
    for step in way:
        names = list(
            cast("dict[object, object]", holder) if isinstance(holder, dict) else range(len(cast("str", holder)))
        )
        name, keyed = names[step % len(names)], cast("dict[object, object]", holder)
        if not isinstance(keyed[name], (dict, list)) or not keyed[name] or step is way[-1]:
            keyed[name] = other
            break
        holder = keyed[name]
    return raw
