"""Policies as plain JSON, and the digest that names what a policy decides and why."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import cast

from attrs import evolve, frozen

from casefold.codecs import NotStructured, Packed, converter, plain, structure
from casefold.feel import numbers
from casefold.feel.codec import HALF
from casefold.feel.tokens import tokens
from casefold.kernel.canonical import Json, canonical, digest, is_whole
from casefold.kernel.results import Failure, Result
from casefold.policy import model
from casefold.policy.artifact import Policy
from casefold.policy.boxed import ANYTHING
from casefold.policy.model import MISSING, REASON, Boxed, Element, Model, Reference
from casefold.policy.scorecalls import ScoreCall

CONVERTER = converter(Boxed, Element, packs=(Packed(Decimal, str, str, numbers.number),), tag="is")

DEPTH_MAX = 150
"""How many levels of JSON a policy may have: fifty boxes, one within the other."""


def policy_value(policy: Policy) -> dict[str, Json]:
    """Write a policy as plain JSON, as it was written; `parse_policy` reads it back."""
    return plain(CONVERTER, policy)


def parse_policy(raw: Mapping[str, object]) -> Result[Policy, NotStructured]:
    """Read a policy from what `policy_value` wrote; JSON that is too deep, or that UTF-8 cannot write, is refused."""
    wrong = _beyond_bounds(raw)
    return structure(CONVERTER, dict(raw), Policy) if wrong is None else Failure(NotStructured((wrong,)))


def _beyond_bounds(raw: Mapping[str, object]) -> str | None:
    layer: Sequence[object] = [raw]
    for _ in range(DEPTH_MAX):
        if not all(is_whole(each) for each in layer if isinstance(each, str)):
            return HALF
        layer = [inner for each in layer for inner in _within(each)]
        if not layer:
            return None
    return f"expected at most {DEPTH_MAX} levels"


def _within(raw: object) -> Iterable[object]:
    if isinstance(raw, Mapping):
        members = cast("Mapping[object, object]", raw)
        return chain(members, members.values())
    return cast("Sequence[object]", raw) if isinstance(raw, (list, tuple)) else ()


def policy_digest(policy: Policy) -> str:
    """Name what a policy decides and why.

    Its name, version, author and days, labels, notes that are no reasons, the ids of elements, their order and how
    FEEL is laid out make no difference; everything else does.
    """
    models = (policy.model, *policy.imported)
    names = {Reference(each.namespace, one.id): one.variable.name for each in models for one in each.elements}
    bare = _Bare(names, policy.model.namespace)
    stripped = Policy(
        _model(policy.model, bare),
        tuple(sorted((_model(each, bare) for each in policy.imported), key=_place)),
        outcomes=policy.outcomes,
        ranking=policy.ranking,
        reasons=policy.reasons,
        scores=tuple(sorted(map(_score, policy.scores), key=lambda each: each.input)),
    )
    return digest(plain(CONVERTER, stripped))


def _score(call: ScoreCall) -> ScoreCall:
    return evolve(call, arms=tuple(sorted(call.arms, key=lambda each: each.name)))


def _place(each: Model) -> str:
    return each.namespace


def _text(text: str) -> str:
    """Lay a text out in one way: its tokens, each with its kind; a text that is no FEEL is left as it stands."""
    read = tokens(text)
    if isinstance(read, Failure):
        return text
    return canonical([[token.kind.value, token.text] for token in read.unwrap()]).decode()


def _maybe(text: str | None) -> str | None:
    return None if text is None else _text(text)


def _model(whole: Model, bare: "_Bare") -> Model:
    namespace = "" if whole.namespace == bare.home else whole.namespace
    elements = sorted((bare.element(each) for each in whole.elements), key=lambda each: (each.id, type(each).__name__))
    items = sorted(map(_item, whole.items), key=lambda each: each.name)
    return Model("", namespace, whole.imports, tuple(items), tuple(elements))


def _item(item: model.ItemDefinition) -> model.ItemDefinition:
    return evolve(
        item,
        components=tuple(map(_item, item.components)),
        allowed=_maybe(item.allowed),
        constraint=_maybe(item.constraint),
    )


@frozen(eq=False)
class _Bare:
    """Elements being stripped: their names by reference, and the namespace that goes without saying."""

    names: Mapping[Reference, str]
    home: str

    def references(self, those: tuple[Reference, ...], *, sort: bool = True) -> tuple[Reference, ...]:
        """Give references by name."""
        found = [
            Reference("" if each.namespace == self.home else each.namespace, self.names.get(each, each.id))
            for each in those
        ]
        return tuple(sorted(found, key=lambda each: (each.namespace, each.id)) if sort else found)

    def element(self, element: Element) -> Element:
        """Strip an element; its name stands for its id."""
        named = element.variable.name
        match element:
            case model.InputData():
                return evolve(element, id=named)
            case model.Decision():
                logic = None if element.logic is None else _boxed(element.logic)
                requires, knowledge = self.references(element.requires), self.references(element.knowledge)
                return evolve(element, id=named, requires=requires, knowledge=knowledge, logic=logic)
            case model.Knowledge():
                logic = None if element.logic is None else _definition(element.logic)
                return evolve(element, id=named, requires=self.references(element.requires), logic=logic)
            case model.Service():
                return evolve(
                    element,
                    id=named,
                    outputs=self.references(element.outputs, sort=False),
                    encapsulated=self.references(element.encapsulated),
                    input_decisions=self.references(element.input_decisions, sort=False),
                    input_data=self.references(element.input_data, sort=False),
                )


def _definition(box: model.Definition) -> model.Definition:
    return evolve(box, body=None if box.body is None else _boxed(box.body))


def _boxed(box: Boxed) -> Boxed:
    match box:
        case model.Literal():
            return evolve(box, text=_text(box.text))
        case model.Context():
            return evolve(box, entries=tuple(evolve(each, value=_boxed(each.value)) for each in box.entries))
        case model.Invocation():
            bindings = tuple(evolve(each, value=_boxed(each.value)) for each in box.bindings)
            return evolve(box, function=_boxed(box.function), bindings=bindings)
        case model.Definition():
            return _definition(box)
        case model.Relation():
            return evolve(box, rows=tuple(tuple(map(_boxed, row)) for row in box.rows))
        case model.Items():
            return evolve(box, items=tuple(map(_boxed, box.items)))
        case model.Conditional():
            return evolve(box, condition=_boxed(box.condition), yes=_boxed(box.yes), no=_boxed(box.no))
        case model.Filter():
            return evolve(box, source=_boxed(box.source), match=_boxed(box.match))
        case model.Iteration():
            return evolve(box, source=_boxed(box.source), body=_boxed(box.body))
        case model.Table():
            return _table(box)
        case model.Scorecard():
            return _scorecard(box)


def _table(table: model.Table) -> model.Table:
    kept = [at for at, name in enumerate(table.notes) if model.is_reason(name)]
    return evolve(
        table,
        inputs=tuple(
            model.InputClause(evolve(each.expression, text=_text(each.expression.text)), _maybe(each.allowed))
            for each in table.inputs
        ),
        outputs=tuple(
            model.OutputClause(each.name, each.type, _maybe(each.allowed), _maybe(each.default))
            for each in table.outputs
        ),
        rules=tuple(
            model.Rule(
                tuple("" if text.strip() in ANYTHING else _text(text) for text in rule.inputs),
                tuple(map(_text, rule.outputs)),
                tuple(", ".join(model.codes_of(rule.notes[at])) for at in kept if at < len(rule.notes)),
            )
            for rule in table.rules
        ),
        notes=tuple(REASON for _ in kept),
    )


def _scorecard(card: model.Scorecard) -> model.Scorecard:
    return evolve(
        card,
        characteristics=tuple(
            evolve(
                each,
                expression=evolve(each.expression, text=_text(each.expression.text)),
                bins=tuple(
                    model.Bin(
                        bin_.tests.strip() if bin_.tests.strip() == MISSING else _text(bin_.tests),
                        _text(bin_.points),
                        ", ".join(model.codes_of(bin_.reason)),
                        bin_.special,
                    )
                    for bin_ in each.bins
                ),
            )
            for each in card.characteristics
        ),
        base=_text(card.base),
    )
