"""Ids that XML allows: other tools read them, and a name with a space is none."""

import re
from collections.abc import Mapping

from attrs import evolve, frozen

from casefold.policy.model import Decision, Element, InputData, Knowledge, Model, Reference, Service

_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


def with_ids(model: Model) -> Model:
    """Give a model whose elements have ids that XML allows; one that has them is left as it is."""
    if all(_ID.fullmatch(each.id) for each in model.elements):
        return model
    fresh = {each.id: f"_{number}" for number, each in enumerate(model.elements, 1)}
    naming = _Naming(model.namespace, fresh)
    return evolve(model, elements=tuple(map(naming.element, model.elements)))


@frozen
class _Naming:
    """Ids that are given anew, within one namespace."""

    home: str
    fresh: Mapping[str, str]

    def those(self, references: tuple[Reference, ...]) -> tuple[Reference, ...]:
        """Give references by their new ids; those to other models stay."""
        return tuple(
            Reference(self.home, self.fresh.get(each.id, each.id)) if each.namespace == self.home else each
            for each in references
        )

    def element(self, element: Element) -> Element:
        """Give an element under its new id."""
        own = self.fresh[element.id]
        match element:
            case InputData():
                return evolve(element, id=own)
            case Decision():
                requires, knowledge = self.those(element.requires), self.those(element.knowledge)
                return evolve(element, id=own, requires=requires, knowledge=knowledge)
            case Knowledge():
                return evolve(element, id=own, requires=self.those(element.requires))
            case Service():
                return evolve(
                    element,
                    id=own,
                    outputs=self.those(element.outputs),
                    encapsulated=self.those(element.encapsulated),
                    input_decisions=self.those(element.input_decisions),
                    input_data=self.those(element.input_data),
                )
