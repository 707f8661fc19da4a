"""Write a decision model as a DMN 1.5 file: what `casefold.policy.reading` reads, the other way."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from casefold.policy import model
from casefold.policy.model import MISSING, REASON, Boxed, Element, FunctionKind, HitPolicy, IterationKind, Reference
from casefold.policy.nodes import Node

NAMESPACE = "https://www.omg.org/spec/DMN/20230324/MODEL/"
"""That of DMN 1.5."""


def write_model(whole: model.Model) -> Node:
    """Write a model as the ``definitions`` of a DMN file."""
    attributes = {"name": whole.name, "namespace": whole.namespace}
    children = (
        *(_node("import", name=each.name, namespace=each.namespace, importType=NAMESPACE) for each in whole.imports),
        *(_item("itemDefinition", each) for each in whole.items),
        *(_element(whole.namespace, each) for each in whole.elements),
    )
    return Node("definitions", NAMESPACE, _told(attributes), children, prefixes=MappingProxyType({"": NAMESPACE}))


def _node(tag: str, /, *children: Node, text: str = "", **attributes: str | None) -> Node:
    """Make an element; attributes that are ``None`` are left out."""
    return Node(tag, NAMESPACE, _told(attributes), children, text)


def _told(attributes: Mapping[str, str | None]) -> Mapping[str, str]:
    return MappingProxyType({name: value for name, value in attributes.items() if value is not None})


def _texts(name: str, text: str | None) -> Iterable[Node]:
    """Make an element that holds a FEEL text, or none."""
    return () if text is None else (_node(name, _node("text", text=text)),)


def _item(tag: str, item: model.ItemDefinition) -> Node:
    function = item.function
    return _node(
        tag,
        *(() if item.type is None else (_node("typeRef", text=item.type),)),
        *_texts("allowedValues", item.allowed),
        *_texts("typeConstraint", item.constraint),
        *(_item("itemComponent", each) for each in item.components),
        *(
            ()
            if function is None
            else (
                _node(
                    "functionItem",
                    *(_variable("parameters", each) for each in function.parameters),
                    outputTypeRef=function.result,
                ),
            )
        ),
        name=item.name,
        isCollection="true" if item.collection else None,
    )


def _variable(tag: str, variable: model.Variable) -> Node:
    return _node(tag, name=variable.name, typeRef=variable.type)


def _element(home: str, element: Element) -> Node:
    name, variable = element.variable.name, _variable("variable", element.variable)
    match element:
        case model.InputData(id=own):
            return _node("inputData", variable, id=own, name=name)
        case model.Decision(id=own, requires=requires, knowledge=knowledge, logic=logic):
            return _node(
                "decision",
                variable,
                *(_requirement(home, "informationRequirement", "requiredDecision", each) for each in requires),
                *(_requirement(home, "knowledgeRequirement", "requiredKnowledge", each) for each in knowledge),
                *(() if logic is None else (_boxed(logic),)),
                id=own,
                name=name,
            )
        case model.Knowledge(id=own, requires=requires, logic=logic):
            return _node(
                "businessKnowledgeModel",
                variable,
                *(() if logic is None else (_definition("encapsulatedLogic", logic),)),
                *(_requirement(home, "knowledgeRequirement", "requiredKnowledge", each) for each in requires),
                id=own,
                name=name,
            )
        case model.Service(id=own):
            parts = (
                ("outputDecision", element.outputs),
                ("encapsulatedDecision", element.encapsulated),
                ("inputDecision", element.input_decisions),
                ("inputData", element.input_data),
            )
            references = (_node(tag, href=_href(home, each)) for tag, those in parts for each in those)
            return _node("decisionService", variable, *references, id=own, name=name)


def _requirement(home: str, tag: str, kind: str, reference: Reference) -> Node:
    return _node(tag, _node(kind, href=_href(home, reference)))


def _href(home: str, reference: Reference) -> str:
    return f"{'' if reference.namespace == home else reference.namespace}#{reference.id}"


def _boxed(box: Boxed) -> Node:
    match box:
        case model.Literal(text, kind):
            return _node("literalExpression", _node("text", text=text), typeRef=kind)
        case model.Context(entries, kind):
            return _node("context", *map(_entry, entries), typeRef=kind)
        case model.Invocation(function, bindings, kind):
            given = (_node("binding", _node("parameter", name=each.parameter), _boxed(each.value)) for each in bindings)
            return _node("invocation", _boxed(function), *given, typeRef=kind)
        case model.Definition():
            return _definition("functionDefinition", box)
        case model.Relation(columns, rows, kind):
            cells = (_node("row", *map(_boxed, row)) for row in rows)
            return _node("relation", *(_node("column", name=name) for name in columns), *cells, typeRef=kind)
        case model.Items(items, kind):
            return _node("list", *map(_boxed, items), typeRef=kind)
        case model.Conditional(condition, yes, no, kind):
            parts = (("if", condition), ("then", yes), ("else", no))
            return _node("conditional", *(_node(tag, _boxed(part)) for tag, part in parts), typeRef=kind)
        case model.Filter(source, match, kind):
            return _node("filter", _node("in", _boxed(source)), _node("match", _boxed(match)), typeRef=kind)
        case model.Iteration(what, variable, source, body, kind):
            tag = "return" if what is IterationKind.FOR else "satisfies"
            inner = _node("in", _boxed(source)), _node(tag, _boxed(body))
            return _node(what.value, *inner, iteratorVariable=variable, typeRef=kind)
        case model.Table():
            return _table(box)
        case model.Scorecard():
            return _boxed(as_sum(box))


def as_sum(card: model.Scorecard) -> model.Invocation:
    """Say a scorecard in DMN, which has none: the sum of a table for each characteristic, their reasons as notes."""
    tables = (
        model.Table(
            (model.InputClause(each.expression, label=each.name),),
            (model.OutputClause(type="number"),),
            tuple(
                model.Rule((bin_.tests,), (bin_.points,), (bin_.reason,))
                for bin_ in sorted(each.bins, key=lambda bin_: (bin_.tests.strip() != MISSING, not bin_.special))
            ),
            HitPolicy.FIRST,
            notes=(REASON,),
        )
        for each in card.characteristics
    )
    addends = model.Items((model.Literal(card.base), *tables))
    return model.Invocation(model.Literal("sum"), (model.Binding("list", addends),), card.type)


def _entry(entry: model.Entry) -> Node:
    variable = () if entry.name is None else (_node("variable", name=entry.name, typeRef=entry.type),)
    return _node("contextEntry", *variable, _boxed(entry.value))


def _definition(tag: str, box: model.Definition) -> Node:
    return _node(
        tag,
        *(_variable("formalParameter", each) for each in box.parameters),
        *(() if box.body is None else (_boxed(box.body),)),
        kind=None if box.kind is FunctionKind.FEEL else box.kind.value,
        typeRef=box.type,
    )


def _table(table: model.Table) -> Node:
    return _node(
        "decisionTable",
        *map(_input, table.inputs),
        *map(_output, table.outputs),
        *(_node("annotation", name=name) for name in table.notes),
        *map(_rule, table.rules),
        hitPolicy=None if table.hit is HitPolicy.UNIQUE else table.hit.value,
        aggregation=None if table.aggregation is None else table.aggregation.value,
        typeRef=table.type,
    )


def _input(clause: model.InputClause) -> Node:
    expression = clause.expression
    read = _node("inputExpression", _node("text", text=expression.text), typeRef=expression.type)
    return _node("input", read, *_texts("inputValues", clause.allowed), label=clause.label)


def _output(clause: model.OutputClause) -> Node:
    inner = (*_texts("outputValues", clause.allowed), *_texts("defaultOutputEntry", clause.default))
    return _node("output", *inner, name=clause.name, typeRef=clause.type, label=clause.label)


def _rule(rule: model.Rule) -> Node:
    return _node(
        "rule",
        *(_node("inputEntry", _node("text", text=text)) for text in rule.inputs),
        *(_node("outputEntry", _node("text", text=text)) for text in rule.outputs),
        *(_node("annotationEntry", _node("text", text=text)) for text in rule.notes),
    )
