"""Read a decision model from a parsed DMN file, versions 1.2 to 1.5."""

from collections.abc import Callable, Mapping, MutableSequence
from types import MappingProxyType

from attrs import frozen

from casefold.kernel.results import Failure, Result, Success
from casefold.policy import model
from casefold.policy.model import Aggregation, Boxed, Definition, Element, FunctionKind, HitPolicy, IterationKind
from casefold.policy.nodes import Node

NAMESPACES = MappingProxyType({
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
})  # fmt: skip
"""The versions that are read, by the namespace of their elements."""

NESTING_MAX = 40
"""How deeply boxed expressions may be nested in each other; nobody can read ten levels."""


@frozen
class ModelFault:
    """Something in a model that cannot be used.

    Attributes:
        place: Where: names from the outermost in, such as ``decision Rate``, ``rule 3``, ``input age``.
        fault: What is wrong.
        line: The line of the file, from 1; 0 where there is no file.
    """

    place: tuple[str, ...]
    fault: str
    line: int = 0


@frozen
class ModelInvalid:
    """A file is no decision model that can be used; everything that is wrong with it."""

    faults: tuple[ModelFault, ...]


def read_model(root: Node) -> Result[model.Model, ModelInvalid]:
    """Read the ``definitions`` of a DMN file; elements of other namespaces are passed over."""
    if root.name != "definitions" or root.namespace not in NAMESPACES:
        known = ", ".join(NAMESPACES.values())
        said = f"its root is {root.name!r} of {root.namespace!r}; a DMN {known} file has definitions of that version"
        return Failure(ModelInvalid((ModelFault((), said, root.line),)))
    reading = _Reading(root.namespace, root.attributes.get("namespace", ""), [])
    found = model.Model(
        root.attributes.get("name", ""),
        reading.home,
        tuple(_import(node) for node in root.all("import") if node.attributes.get("importType") in NAMESPACES),
        tuple(reading.item(node) for node in root.all("itemDefinition")),
        tuple(_elements(reading, root)),
    )
    return Failure(ModelInvalid(tuple(reading.faults))) if reading.faults else Success(found)


def _import(node: Node) -> model.Import:
    return model.Import(node.attributes.get("name", ""), node.attributes.get("namespace", ""))


def _elements(reading: "_Reading", root: Node) -> list[Element]:
    made: Mapping[str, Callable[[Node], Element]] = {
        "inputData": reading.input_data,
        "decision": reading.decision,
        "businessKnowledgeModel": reading.knowledge,
        "decisionService": reading.service,
    }
    return [made[node.name](node) for node in root.children if node.namespace == root.namespace and node.name in made]


@frozen(eq=False)
class _Reading:
    """A file under reading: the namespace of its elements and of its model, and what was found wrong."""

    namespace: str
    home: str
    faults: MutableSequence[ModelFault]

    def refuse(self, node: Node, place: tuple[str, ...], fault: str) -> None:
        """Note what is wrong with a node."""
        self.faults.append(ModelFault(place, fault, node.line))

    def item(self, node: Node) -> model.ItemDefinition:
        """Read an item definition or a component of one."""
        function = node.first("functionItem")
        return model.ItemDefinition(
            name=node.attributes.get("name", ""),
            type=_child_text(node, "typeRef"),
            components=tuple(self.item(child) for child in node.all("itemComponent")),
            function=None
            if function is None
            else model.FunctionItem(
                tuple(_variable(child) for child in function.all("parameters")),
                _type(function.attributes.get("outputTypeRef")),
            ),
            collection=node.attributes.get("isCollection") == "true",
            allowed=_tests(node, "allowedValues"),
            constraint=_tests(node, "typeConstraint"),
        )

    def input_data(self, node: Node) -> model.InputData:
        """Read an input."""
        return model.InputData(_id(node), _own_variable(node))

    def decision(self, node: Node) -> model.Decision:
        """Read a decision."""
        place = (f"decision {node.attributes.get('name', '')}",)
        logic = self.boxes(node, place, "variable")
        return model.Decision(
            _id(node),
            _own_variable(node),
            self._references(node, "informationRequirement", "requiredDecision", "requiredInput"),
            self._references(node, "knowledgeRequirement", "requiredKnowledge"),
            logic[0] if logic else None,
        )

    def knowledge(self, node: Node) -> model.Knowledge:
        """Read a business knowledge model."""
        place = (f"knowledge model {node.attributes.get('name', '')}",)
        logic = node.first("encapsulatedLogic")
        return model.Knowledge(
            _id(node),
            _own_variable(node),
            self._references(node, "knowledgeRequirement", "requiredKnowledge"),
            None if logic is None else self._definition(logic, place, 0),
        )

    def service(self, node: Node) -> model.Service:
        """Read a decision service."""
        return model.Service(
            _id(node),
            _own_variable(node),
            *(
                tuple(self._reference(child) for child in node.all(kind))
                for kind in ("outputDecision", "encapsulatedDecision", "inputDecision", "inputData")
            ),
        )

    def _references(self, node: Node, requirement: str, *kinds: str) -> tuple[model.Reference, ...]:
        return tuple(self._reference(child) for each in node.all(requirement) for child in each.all(*kinds))

    def _reference(self, node: Node) -> model.Reference:
        namespace, _, name = node.attributes.get("href", "").rpartition("#")
        return model.Reference(namespace or self.home, name)

    def boxes(self, node: Node, place: tuple[str, ...], *_others: str, depth: int = 0) -> list[Boxed]:
        """Read the boxed expressions in a node."""
        return [
            self._boxed(child, place, depth)
            for child in node.children
            if child.namespace == self.namespace and child.name in _BOXED
        ]

    def _boxed(self, node: Node, place: tuple[str, ...], depth: int) -> Boxed:
        if depth >= NESTING_MAX:
            self.refuse(node, place, f"expressions are nested more than {NESTING_MAX} deep")
            return model.Literal("null")
        kind, inner = _type(node.attributes.get("typeRef")), depth + 1
        match node.name:
            case "literalExpression":
                return _literal(node)
            case "context":
                entries = (self._entry(child, place, inner) for child in node.all("contextEntry"))
                return model.Context(tuple(entries), kind)
            case "invocation":
                return self._invocation(node, place, inner)
            case "functionDefinition":
                return self._definition(node, place, inner)
            case "relation":
                columns = tuple(child.attributes.get("name", "") for child in node.all("column"))
                rows = tuple(tuple(self.boxes(child, place, depth=inner)) for child in node.all("row"))
                if any(len(row) != len(columns) for row in rows):
                    self.refuse(node, place, "a row of a relation has not as many cells as there are columns")
                return model.Relation(columns, rows, kind)
            case "list":
                return model.Items(tuple(self.boxes(node, place, depth=inner)), kind)
            case "conditional":
                condition, yes, no = (self._part(node, name, place, inner) for name in ("if", "then", "else"))
                return model.Conditional(condition, yes, no, kind)
            case "filter":
                return model.Filter(self._part(node, "in", place, inner), self._part(node, "match", place, inner), kind)
            case "decisionTable":
                return self._table(node, place)
            case _:
                body = "return" if node.name == "for" else "satisfies"
                return model.Iteration(
                    IterationKind(node.name),
                    node.attributes.get("iteratorVariable", ""),
                    self._part(node, "in", place, inner),
                    self._part(node, body, place, inner),
                    kind,
                )

    def _only(self, node: Node, place: tuple[str, ...], depth: int) -> Boxed:
        """Read the one expression in a node."""
        found = self.boxes(node, place, depth=depth)
        if not found:
            self.refuse(node, place, f"{node.name} holds no expression")
            return model.Literal("null")
        return found[0]

    def _part(self, node: Node, name: str, place: tuple[str, ...], depth: int) -> Boxed:
        part = node.first(name)
        if part is None:
            self.refuse(node, place, f"{node.name} has no {name}")
            return model.Literal("null")
        return self._only(part, place, depth)

    def _entry(self, node: Node, place: tuple[str, ...], depth: int) -> model.Entry:
        variable = node.first("variable")
        name = None if variable is None else variable.attributes.get("name", "")
        kind = None if variable is None else _type(variable.attributes.get("typeRef"))
        return model.Entry(name, self._only(node, (*place, f"entry {name or 'result'}"), depth), kind)

    def _invocation(self, node: Node, place: tuple[str, ...], depth: int) -> model.Invocation:
        bindings: list[model.Binding] = []
        for child in node.all("binding"):
            parameter = child.first("parameter")
            name = "" if parameter is None else parameter.attributes.get("name", "")
            values = self.boxes(child, (*place, f"argument {name}"), depth=depth)
            bindings.append(model.Binding(name, values[0] if values else model.Literal("null")))
        kind = _type(node.attributes.get("typeRef"))
        return model.Invocation(self._only(node, place, depth), tuple(bindings), kind)

    def _definition(self, node: Node, place: tuple[str, ...], depth: int) -> Definition:
        kind = node.attributes.get("kind", FunctionKind.FEEL.value)
        if kind not in _FUNCTION_KINDS:
            self.refuse(node, place, f"functions of kind {kind!r} are not known")
            kind = FunctionKind.FEEL.value
        body = self.boxes(node, place, depth=depth + 1)
        return Definition(
            tuple(_variable(child) for child in node.all("formalParameter")),
            body[0] if body else None,
            FunctionKind(kind),
            _type(node.attributes.get("typeRef")),
        )

    def _table(self, node: Node, place: tuple[str, ...]) -> model.Table:
        hit, aggregation = node.attributes.get("hitPolicy", "UNIQUE"), node.attributes.get("aggregation")
        if hit not in _HIT_POLICIES or (aggregation is not None and aggregation not in _AGGREGATIONS):
            self.refuse(node, place, f"there is no hit policy {' '.join(filter(None, (hit, aggregation)))!r}")
            hit, aggregation = "UNIQUE", None
        inputs, outputs = [*node.all("input")], [*node.all("output")]
        if not outputs:
            self.refuse(node, place, "a table has at least one output")
        rules: list[model.Rule] = []
        for number, rule in enumerate(node.all("rule"), 1):
            given, concluded = [*rule.all("inputEntry")], [*rule.all("outputEntry")]
            if (len(given), len(concluded)) != (len(inputs), len(outputs)):
                said = f"it has {len(given)} input and {len(concluded)} output cells"
                wanted = f"the table has {len(inputs)} inputs and {len(outputs)} outputs"
                self.refuse(rule, (*place, f"rule {number}"), f"{said}; {wanted}")
            notes = tuple(_text(child) for child in rule.all("annotationEntry"))
            rules.append(model.Rule(tuple(map(_text, given)), tuple(map(_text, concluded)), notes))
        return model.Table(
            tuple(_input(child) for child in inputs),
            tuple(_output(child) for child in outputs),
            tuple(rules),
            HitPolicy(hit),
            None if aggregation is None else Aggregation(aggregation),
            _type(node.attributes.get("typeRef")),
            tuple(child.attributes.get("name", "") for child in node.all("annotation")),
        )


_BOXED = frozenset({
    "literalExpression", "context", "invocation", "functionDefinition", "relation", "list", "conditional", "filter",
    "for", "some", "every", "decisionTable",
})  # fmt: skip
_FUNCTION_KINDS = frozenset(kind.value for kind in FunctionKind)
_HIT_POLICIES = frozenset(policy.value for policy in HitPolicy)
_AGGREGATIONS = frozenset(aggregation.value for aggregation in Aggregation)


def _id(node: Node) -> str:
    return node.attributes.get("id", node.attributes.get("name", ""))


def _own_variable(node: Node) -> model.Variable:
    """Give an element's variable, which bears the element's name."""
    variable = node.first("variable")
    kind = None if variable is None else _type(variable.attributes.get("typeRef"))
    return model.Variable(_name(node.attributes.get("name", "")), kind)


def _variable(node: Node) -> model.Variable:
    return model.Variable(_name(node.attributes.get("name", "")), _type(node.attributes.get("typeRef")))


def _name(text: str) -> str:
    """Give a name with its spaces made one each, as FEEL compares names."""
    return " ".join(text.split())


def _type(text: str | None) -> str | None:
    return text.strip() if text is not None and text.strip() else None


def _text(node: Node) -> str:
    """Give the FEEL text in a node, which stands in its child ``text``."""
    inner = node.first("text")
    return "" if inner is None else inner.text


def _literal(node: Node) -> model.Literal:
    return model.Literal(_text(node), _type(node.attributes.get("typeRef")))


def _child_text(node: Node, name: str) -> str | None:
    child = node.first(name)
    return None if child is None else _type(child.text)


def _tests(node: Node, name: str) -> str | None:
    child = node.first(name)
    return None if child is None else _type(_text(child))


def _input(node: Node) -> model.InputClause:
    expression = node.first("inputExpression")
    literal = model.Literal("") if expression is None else _literal(expression)
    return model.InputClause(literal, _tests(node, "inputValues"), node.attributes.get("label"))


def _output(node: Node) -> model.OutputClause:
    default = node.first("defaultOutputEntry")
    return model.OutputClause(
        node.attributes.get("name"),
        _type(node.attributes.get("typeRef")),
        _tests(node, "outputValues"),
        None if default is None else _text(default),
        node.attributes.get("label"),
    )
