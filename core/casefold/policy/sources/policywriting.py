"""A policy as a tree: what `casefold.policy.sources.policyreading` reads, the other way.

Elements go by their names, and requirements are found again from the texts, so ids and declared requirements are not
written. What a tree cannot hold is told by `casefold.policy.sources.losses`.
"""

from collections.abc import Iterable, Iterator, Mapping

from attrs import fields

from casefold.policy import model
from casefold.policy.artifact import Method, Monotone, Outcomes, Policy, Ranking
from casefold.policy.model import Boxed, FunctionKind, HitPolicy, IterationKind, Scorecard, Table, Variable
from casefold.policy.scorecalls import ScoreArm, ScoreCall
from casefold.policy.scores import ScoreInput, ScoreModel
from casefold.policy.sources.boxes import FEEL, VALUE
from casefold.policy.sources.boxes import SCORECARD as SCORECARD_KEY
from casefold.policy.sources.boxes import TABLE as TABLE_KEY
from casefold.policy.sources.declarations import LOWEST, MOST
from casefold.policy.sources.policyreading import namespace_of, own_type
from casefold.policy.sources.scorecalls import SCORES, SHARE
from casefold.policy.sources.tables import NUMBER
from casefold.policy.sources.tablesheets import hit_text
from casefold.policy.sources.trees import Entries, Listing, Scalar, Tree


def write_policy(policy: Policy) -> Entries:
    """Write a policy as a tree; all tables and scorecards stand in it."""
    whole = policy.model
    name = policy.name or whole.name
    named = {element.id: element.variable.name for element in whole.elements}
    items = {item.name: item for item in whole.items}
    inputs = [each for each in whole.elements if isinstance(each, model.InputData)]
    owned = {each.id: item for each in inputs if (item := _owned(each, items)) is not None}
    inside = {item.name for item in owned.values()}
    days = _entries(("from", policy.effective_from), ("until", policy.effective_until))
    return _entries(
        ("policy", name),
        ("version", policy.version or None),
        ("author", policy.author or None),
        ("namespace", None if whole.namespace == namespace_of(name) else whole.namespace),
        ("effective", days if days.pairs else None),
        ("types", _list(_type(item) for item in whole.items if item.name not in inside)),
        ("inputs", _list(_input(each, owned.get(each.id)) for each in inputs)),
        ("functions", _list(_function(each) for each in whole.elements if isinstance(each, model.Knowledge))),
        ("decisions", _list(_decision(each) for each in whole.elements if isinstance(each, model.Decision))),
        ("services", _list(_service(each, named) for each in whole.elements if isinstance(each, model.Service))),
        ("outcome", None if policy.outcomes is None else _outcome(policy.outcomes)),
        ("reasons", _reasons(policy)),
        ("monotone", _list(map(_monotone, policy.monotone))),
        (SCORES, _list(map(_score, policy.scores))),
    )


def _entries(*pairs: tuple[str, Tree | str | None]) -> Entries:
    """Make a mapping; what is not there is left out."""
    return Entries(
        tuple(
            (Scalar(key), Scalar(value) if isinstance(value, str) else value)
            for key, value in pairs
            if value is not None
        )
    )


def _list(items: Iterable[Tree]) -> Listing | None:
    """Make a list, or nothing of no items."""
    found = tuple(items)
    return Listing(found) if found else None


def _texts(texts: Iterable[str]) -> Listing | None:
    return _list(map(Scalar, texts))


def _all(texts: Iterable[str]) -> Listing:
    return Listing(tuple(map(Scalar, texts)))


def _type(item: model.ItemDefinition) -> Entries:
    function = item.function
    return _entries(
        ("name", item.name),
        ("type", item.type),
        ("allowed", item.allowed),
        ("constraint", item.constraint),
        ("components", _list(map(_type, item.components))),
        ("collection", "true" if item.collection else None),
        (
            "function",
            None
            if function is None
            else _entries(("parameters", Listing(tuple(_variables(function.parameters)))), ("type", function.result)),
        ),
    )


def _variables(variables: Iterable[Variable]) -> Iterator[Entries]:
    return (_entries(("name", each.name), ("type", each.type)) for each in variables)


def _owned(each: model.InputData, items: Mapping[str, model.ItemDefinition]) -> model.ItemDefinition | None:
    """Give the type of an input that is written beside it."""
    name = own_type(each.variable.name)
    item = items.get(name) if each.variable.type == name else None
    if item is None or item != model.ItemDefinition(name, item.type, allowed=item.allowed):
        return None
    return None if item.allowed is None else item


def _input(each: model.InputData, owned: model.ItemDefinition | None) -> Entries:
    if owned is not None:
        return _entries(("name", each.variable.name), ("type", owned.type), ("allowed", owned.allowed))
    return _entries(("name", each.variable.name), ("type", each.variable.type))


def _function(each: model.Knowledge) -> Entries:
    logic = each.logic or model.Definition((), None)
    return _entries(
        ("name", each.variable.name),
        ("parameters", _list(_variables(logic.parameters))),
        ("type", each.variable.type),
        ("returns", logic.type),
        ("kind", None if logic.kind is FunctionKind.FEEL else logic.kind.value),
        *(() if logic.body is None else (_logic(logic.body),)),
    )


def _decision(each: model.Decision) -> Entries:
    told = () if each.logic is None else (_logic(each.logic),)
    return _entries(("name", each.variable.name), ("type", each.variable.type), *told)


def _logic(box: Boxed) -> tuple[str, Tree | str]:
    """Give the key that says how something is decided, and what stands there."""
    match box:
        case model.Literal(text, None):
            return FEEL, text
        case Table():
            return TABLE_KEY, _table(box)
        case Scorecard():
            return SCORECARD_KEY, _card(box)
        case _:
            return VALUE, _box(box)


def _service(each: model.Service, named: Mapping[str, str]) -> Entries:
    parts = (
        ("outputs", each.outputs),
        ("encapsulated", each.encapsulated),
        ("decisions", each.input_decisions),
        ("inputs", each.input_data),
    )
    lists = ((key, _texts(named.get(one.id, one.id) for one in those)) for key, those in parts)
    return _entries(("name", each.variable.name), ("type", each.variable.type), *lists)


def _box(box: Boxed) -> Tree:
    match box:
        case model.Literal(text, None):
            return Scalar(text)
        case model.Literal(text, kind):
            return _entries((FEEL, text), ("type", kind))
        case Table():
            return _entries((TABLE_KEY, _table(box)))
        case Scorecard():
            return _entries((SCORECARD_KEY, _card(box)))
        case model.Context(entries, kind):
            inner = (_entries(("name", each.name), ("type", each.type), (VALUE, _box(each.value))) for each in entries)
            return _entries(("context", Listing(tuple(inner))), ("type", kind))
        case model.Invocation(function, bindings, kind):
            given = (_entries(("parameter", each.parameter), (VALUE, _box(each.value))) for each in bindings)
            return _entries(("call", _box(function)), ("with", _list(given)), ("type", kind))
        case model.Definition(parameters, body, language, kind):
            return _entries(
                ("parameters", Listing(tuple(_variables(parameters)))),
                (VALUE, None if body is None else _box(body)),
                ("kind", None if language is FunctionKind.FEEL else language.value),
                ("type", kind),
            )
        case model.Relation(columns, rows, kind):
            cells = Listing(tuple(Listing(tuple(map(_box, row))) for row in rows))
            return _entries(("columns", _all(columns)), ("rows", cells), ("type", kind))
        case model.Items(items, kind):
            return _entries(("list", Listing(tuple(map(_box, items)))), ("type", kind))
        case model.Conditional(condition, yes, no, kind):
            return _entries(("if", _box(condition)), ("then", _box(yes)), ("else", _box(no)), ("type", kind))
        case model.Filter(source, match, kind):
            return _entries(("filter", _box(source)), ("match", _box(match)), ("type", kind))
        case model.Iteration(what, variable, source, body, kind):
            key = "return" if what is IterationKind.FOR else "satisfies"
            return _entries((what.value, variable), ("in", _box(source)), (key, _box(body)), ("type", kind))


def _table(table: Table) -> Entries:
    hit = None if table.hit is HitPolicy.UNIQUE else hit_text(table.hit, table.aggregation)
    return _entries(
        ("hit", hit),
        ("inputs", _list(map(_clause, table.inputs))),
        ("outputs", Listing(tuple(map(_output, table.outputs)))),
        ("notes", _texts(table.notes)),
        ("rules", Listing(tuple(map(_rule, table.rules)))),
        ("type", table.type),
    )


def _clause(clause: model.InputClause) -> Tree:
    text, kind = clause.expression.text, clause.expression.type
    if clause == model.InputClause(model.Literal(text)):
        return Scalar(text)
    told = ("allowed", clause.allowed), ("label", clause.label)
    return _entries(("expression", text), ("type", kind), *told)


def _output(clause: model.OutputClause) -> Tree:
    if clause.type is not None and clause == model.OutputClause(type=clause.type):
        return Scalar(clause.type)
    told = ("allowed", clause.allowed), ("default", clause.default), ("label", clause.label)
    return _entries(("name", clause.name), ("type", clause.type), *told)


def _rule(rule: model.Rule) -> Listing:
    return _all((*rule.inputs, *(text if text.strip() else "null" for text in rule.outputs), *rule.notes))


def _card(card: Scorecard) -> Entries:
    return _entries(
        ("base", card.base),
        ("characteristics", Listing(tuple(map(_characteristic, card.characteristics)))),
        ("type", None if card.type == NUMBER else card.type),
    )


def _characteristic(each: model.Characteristic) -> Entries:
    return _entries(
        ("name", each.name),
        ("expression", None if each.expression.text == each.name else each.expression.text),
        ("type", each.expression.type),
        ("average", each.average),
        ("average at cutoff", each.average_at_cutoff),
        ("bins", Listing(tuple(map(_bin, each.bins)))),
    )


def _bin(bin_: model.Bin) -> Tree:
    if not bin_.special:
        return _all((bin_.tests, bin_.points, *((bin_.reason,) if bin_.reason else ())))
    told = ("reason", bin_.reason or None), ("special", "true")
    return _entries(("tests", bin_.tests), ("points", bin_.points), *told)


def _outcome(told: Outcomes) -> Entries:
    return _entries(
        ("decision", told.decision),
        ("member", told.member),
        ("order", _all(told.order)),
        ("adverse", _all(told.adverse)),
    )


def _reasons(policy: Policy) -> Entries | None:
    ranking, usual = policy.ranking, Ranking()
    if ranking == usual and not policy.reasons:
        return None
    return _entries(
        ("method", None if ranking.method is Method.BELOW_MAXIMUM else ranking.method.value),
        (MOST, None if ranking.most == usual.most else str(ranking.most)),
        ("priority", _texts(ranking.priority)),
        (
            "catalogue",
            _list(
                _entries(("code", each.code), ("text", each.text), ("source", each.source or None))
                for each in policy.reasons
            ),
        ),
    )


def _monotone(each: Monotone) -> Entries:
    return _entries(
        ("decision", each.decision),
        ("input", each.input),
        ("better", each.better.value),
        ("order", _texts(each.order)),
        (LOWEST, "true" if each.lowest_best else None),
    )


def _score(call: ScoreCall) -> Entries:
    experiment = call.experiment
    return _entries(
        ("input", call.input),
        ("subject", call.subject),
        ("experiment", experiment.id),
        ("champion", experiment.champion),
        (
            "challengers",
            _list(
                _entries(("model", each.model), (SHARE, str(each.share_basis_points)))
                for each in experiment.challengers
            ),
        ),
        ("shadows", _texts(experiment.shadows)),
        ("models", _list(map(_arm, call.arms))),
    )


def _arm(arm: ScoreArm) -> Entries:
    model, output = arm.model, arm.model.output
    usual = {each.name: each.default for each in fields(ScoreModel)}
    limits = (("timeout seconds", model.timeout_seconds), ("deadline seconds", model.deadline_seconds))
    return _entries(
        ("name", arm.name),
        ("called", None if model.name == arm.name else model.name),
        ("version", model.version),
        ("inputs", _list(map(_taken, model.inputs))),
        (
            "output",
            _entries(
                ("name", output.name),
                ("type", output.datatype.value),
                ("shape", _texts(map(str, output.shape))),
                ("element", str(output.element) if output.element else None),
            ),
        ),
        ("digits", str(model.digits)),
        ("low", str(model.low)),
        ("high", str(model.high)),
        *((key, None if value == usual[key.replace(" ", "_")] else str(value)) for key, value in limits),
        ("retries", None if model.retries == usual["retries"] else str(model.retries)),
        ("fallback", None if model.fallback is None else str(model.fallback)),
    )


def _taken(each: ScoreInput) -> Entries:
    tensor = None if each.tensor == each.fact else each.tensor
    return _entries(("fact", each.fact), ("type", each.datatype.value), ("tensor", tensor))
