"""Find what each decision and function of a model requires: the names that its texts ask for.

Nobody writes requirements down twice: a text is read with all names of the model in scope, and requires those that it
asks for. One that cannot be read requires all inputs and functions: the message about it then knows what was meant.
"""

from collections.abc import Iterable, Mapping

from attrs import evolve

from casefold.feel import tree
from casefold.feel.reader import KEYWORDS
from casefold.feel.tokens import Kind, tokens
from casefold.feel.types import Simple, Type
from casefold.kernel.results import Failure
from casefold.policy.boxed import Boxing, Unreadable, program_of
from casefold.policy.model import Decision, Element, InputData, Knowledge, Model, Reference, Service, Table
from casefold.policy.types import ANY, Types, types_of


def infer(model: Model) -> Model:
    """Give a model whose decisions and functions require what they ask for, and nothing else."""
    types = types_of(model.items, {})
    named = {each.variable.name: each for each in model.elements}
    return evolve(model, elements=tuple(_with(model, each, types, named) for each in model.elements))


def _with(model: Model, element: Element, types: Types, named: Mapping[str, Element]) -> Element:
    """Give an element with its requirements.

    A function knows functions alone: a value that it needs is a parameter. A decision does not know itself, so that
    one may be called as the built-in function that it uses.
    """
    if isinstance(element, (InputData, Service)):
        return element
    alone = isinstance(element, Knowledge)
    known = {name: each for name, each in named.items() if _callable(each) or not (alone or each is element)}
    names = {name: _type(types, each) for name, each in known.items()}
    flaws: list[Unreadable] = []
    asked = _asked(Boxing(types, types.scope(names), (element.variable.name,), flaws, [], []), _asking(element))
    if flaws and not alone:
        asked |= dict.fromkeys(name for name, each in known.items() if not isinstance(each, Decision))
    there = [known[name] for name in asked if name in known]
    functions = _references(model, (each for each in there if _callable(each) and each is not element))
    if isinstance(element, Knowledge):
        return evolve(element, requires=functions)
    values = _references(model, (each for each in there if not _callable(each)))
    return evolve(element, requires=values, knowledge=functions)


def _callable(element: Element) -> bool:
    return isinstance(element, (Knowledge, Service))


def _type(types: Types, element: Element) -> Type:
    return Simple.FUNCTION if _callable(element) else (types.kind(element.variable.type) or ANY).type


def _references(model: Model, elements: Iterable[Element]) -> tuple[Reference, ...]:
    return tuple(Reference(model.namespace, each.id) for each in elements)


def _asking(element: Decision | Knowledge) -> Decision | Knowledge:
    """Give an element without the rules and bins that ask for nothing: nearly all of a large table."""
    match element:
        case Decision(logic=Table() as table):
            rules = tuple(rule for rule in table.rules if any(map(_may_ask, (*rule.inputs, *rule.outputs))))
            return evolve(element, logic=evolve(table, rules=rules))
        case _:
            return element


def _may_ask(text: str) -> bool:
    """Whether a text may ask for a name; literals, comparisons and ranges do not.

    >>> [_may_ask(text) for text in (">= 680", '"CA", "NY"', "null", "< limit", "a +", "(")]
    [False, False, False, True, True, False]
    """
    cut = tokens(text)
    return isinstance(cut, Failure) or any(
        token.kind is Kind.NAME and token.text not in KEYWORDS for token in cut.unwrap()
    )


def _asked(boxing: Boxing, element: Decision | Knowledge) -> dict[str, None]:
    """Give the names that an element's texts ask for, in the order in which they are met."""
    if element.logic is None:
        return {}
    if isinstance(element, Decision):
        made = boxing.tree(element.logic)
    else:
        name = element.variable.name
        made = tree.Path(tree.ContextLiteral(((name, boxing.function(element.logic)),)), name)
    return dict.fromkeys(name for name, _, _ in program_of(boxing, made).inputs)
