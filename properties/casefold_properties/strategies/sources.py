"""Tables, scorecards and policies as sources keep them, and sheets and trees that might be some."""

from decimal import Decimal
from itertools import pairwise

from attrs import evolve
from hypothesis import strategies as st

from casefold.feel.values import Value
from casefold.policy import model
from casefold.policy.artifact import Direction, Method, Monotone, Outcomes, Policy, Ranking, ReasonText
from casefold.policy.experiments import Experiment
from casefold.policy.model import (
    Aggregation,
    Bin,
    Boxed,
    Characteristic,
    FunctionKind,
    HitPolicy,
    IterationKind,
    Model,
)
from casefold.policy.scorecalls import ScoreArm, ScoreCall
from casefold.policy.scores import ScoreModel
from casefold.policy.sources.boxes import KEYS
from casefold.policy.sources.cardsheets import BASE, HEADINGS, SCORECARD
from casefold.policy.sources.cells import Sheet
from casefold.policy.sources.policyreading import (
    DECISION_KEYS,
    FUNCTION_KEYS,
    INPUT_KEYS,
    POLICY_KEYS,
    SERVICE_KEYS,
    TYPE_KEYS,
    own_type,
)
from casefold.policy.sources.requirements import infer
from casefold.policy.sources.scorecalls import MODEL_KEYS, SCORE_KEYS
from casefold.policy.sources.sheets import write_table
from casefold.policy.sources.tables import CARD_KEYS, CHARACTERISTIC_KEYS, TABLE_KEYS
from casefold.policy.sources.tables import INPUT_KEYS as CLAUSE_KEYS
from casefold.policy.sources.tablesheets import HEADS, HITS, KINDS, SHORT
from casefold.policy.sources.trees import Entries, Listing, Scalar, Tree
from casefold_properties.strategies.scores import experiments, score_models

NAMES = ("amount", "state", "Loan to value", "Rate", "payment", "NO")
CELLS = ("-", "< 3", '"CA", "NY"', "5.250", "amount", "payment(amount)", "=1+1", "a;b", "null", "it's\n2 lines", "Ω\t!")
TYPES = ("number", "string", "Money", "list<number>")


def cells(*, min_size: int = 0) -> st.SearchStrategy[str]:
    """Texts of a cell, without space around them: FEEL, what looks like something else, and any letters."""
    letters = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=min_size, max_size=8)
    return st.sampled_from(CELLS) | letters.map(str.strip).filter(lambda text: len(text) >= min_size)


def _maybe(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.none() | texts


def tables() -> st.SearchStrategy[model.Table]:
    """Decision tables of any size and hit policy, with heads and notes."""
    filled, kinds = cells(min_size=1), _maybe(st.sampled_from(TYPES))
    said = _maybe(filled)

    def of(inputs: int, outputs: int, notes: int) -> st.SearchStrategy[model.Table]:
        clause = st.builds(model.InputClause, st.builds(model.Literal, filled, kinds), said, said)
        names = _maybe(st.sampled_from(NAMES))
        rule = st.builds(
            model.Rule,
            st.tuples(*[cells()] * inputs),
            st.tuples(*[filled] * outputs),
            st.tuples(*[cells()] * notes),
        )
        hits = st.sampled_from(tuple(HITS.values()))
        made = st.builds(
            model.Table,
            st.tuples(*[clause] * inputs),
            st.tuples(*[st.builds(model.OutputClause, names, kinds, said, said, said)] * outputs),
            st.lists(rule, max_size=2).map(tuple),
            notes=st.tuples(*[cells()] * notes),
        )
        return st.builds(_with_hit, made, hits)

    return st.tuples(st.integers(0, 2), st.integers(1, 2), st.integers(0, 1)).flatmap(lambda sizes: of(*sizes))


def _with_hit(table: model.Table, hit: tuple[HitPolicy, Aggregation | None]) -> model.Table:
    return evolve(table, hit=hit[0], aggregation=hit[1])


def cards() -> st.SearchStrategy[model.Scorecard]:
    """Scorecards of any characteristics and bins, sound or not."""
    filled = cells(min_size=1)
    bins = st.lists(st.builds(Bin, filled, filled, cells(), st.booleans()), min_size=1, max_size=2).map(tuple)
    expressions = st.builds(model.Literal, filled, _maybe(st.sampled_from(TYPES)))
    one = st.builds(Characteristic, st.sampled_from((*NAMES, BASE)), expressions, bins, _maybe(filled), _maybe(filled))
    some = st.lists(one, min_size=1, max_size=2, unique_by=lambda each: each.name).map(tuple)
    return st.builds(model.Scorecard, some, filled)


def scores() -> st.SearchStrategy[model.Scorecard]:
    """Sound scorecards over ``amount`` and ``state``: a value falls into one bin, a missing one perhaps into none."""
    points = st.integers(-50, 50).map(str)

    def amounts(cuts: list[int], worth: list[str], missing: str | None, special: str | None) -> Characteristic:
        tests = [f"< {cuts[0]}", *(f"[{a}..{b})" for a, b in pairwise(cuts)), f">= {cuts[-1]}"]
        bins = [Bin(test, each, "C09") for test, each in zip(tests, worth, strict=False)]
        bins += [] if missing is None else [Bin("null", missing)]
        bins += [] if special is None else [Bin("4", special, special=True)]
        return Characteristic("Amount", model.Literal("amount", "number"), tuple(bins))

    def states(near: str, far: str) -> Characteristic:
        bins = Bin('"CA", "NY"', near), Bin('not("CA", "NY", null)', far), Bin("null", "0")
        return Characteristic("State", model.Literal("state", "string"), bins)

    cuts = st.lists(st.integers(0, 7), min_size=1, max_size=3, unique=True).map(sorted)
    worth = st.lists(points, min_size=4, max_size=4)
    amount = st.builds(amounts, cuts, worth, _maybe(points), _maybe(points))
    return st.builds(
        lambda *parts: model.Scorecard(parts[:2], parts[2]), amount, st.builds(states, points, points), points
    )


def facts() -> st.SearchStrategy[dict[str, Value]]:
    """Facts at and beside the bounds of bins, codes, and none."""
    amount: st.SearchStrategy[Value] = st.none() | st.integers(0, 16).map(lambda half: Decimal(half) / 2)
    return st.fixed_dictionaries({"amount": amount, "state": st.sampled_from((None, "CA", "NY", "TX"))})


def boxed() -> st.SearchStrategy[Boxed]:
    """Boxed expressions of all kinds, sound or not."""
    name, kind = st.sampled_from(NAMES), _maybe(st.sampled_from(TYPES))
    leaf: st.SearchStrategy[Boxed] = st.builds(model.Literal, cells(min_size=1), kind) | tables() | cards()

    def more(inner: st.SearchStrategy[Boxed]) -> st.SearchStrategy[Boxed]:
        few = st.lists(inner, max_size=2).map(tuple)
        entries = st.lists(st.builds(model.Entry, _maybe(name), inner, kind), max_size=2).map(tuple)
        variables = st.lists(st.builds(model.Variable, name, kind), max_size=2).map(tuple)
        bindings = st.lists(st.builds(model.Binding, name, inner), max_size=2).map(tuple)
        return st.one_of(
            st.builds(model.Context, entries, kind),
            st.builds(model.Invocation, inner, bindings, kind),
            st.builds(model.Definition, variables, _maybe_box(inner), st.sampled_from(FunctionKind), kind),
            st.builds(_relation, few, kind),
            st.builds(model.Items, few, kind),
            st.builds(model.Conditional, inner, inner, inner, kind),
            st.builds(model.Filter, inner, inner, kind),
            st.builds(model.Iteration, st.sampled_from(IterationKind), name, inner, inner, kind),
        )

    return st.recursive(leaf, more, max_leaves=3)


def _relation(row: tuple[Boxed, ...], kind: str | None) -> Boxed:
    return model.Relation(NAMES[: len(row)], (row, row), kind)


def _maybe_box(inner: st.SearchStrategy[Boxed]) -> st.SearchStrategy[Boxed | None]:
    return st.none() | inner


def policies() -> st.SearchStrategy[Policy]:
    """Policies that a tree holds whole: elements go by their names and require what their texts ask for."""
    return st.builds(_policy, _models(), _declarations())


def _policy(whole: Model, declared: Policy) -> Policy:
    decisions = {each.variable.name for each in whole.elements if isinstance(each, model.Decision)}
    outcomes = declared.outcomes
    return evolve(
        declared,
        model=infer(whole),
        name=whole.name,
        outcomes=outcomes if outcomes is not None and outcomes.decision in decisions else None,
        monotone=tuple(each for each in declared.monotone if each.decision in decisions),
    )


def _models() -> st.SearchStrategy[Model]:
    kind = _maybe(st.sampled_from(TYPES))
    money = model.ItemDefinition("Money", "number", allowed=">= 0")
    pair = model.ItemDefinition(
        "Pair", components=(money, model.ItemDefinition("why", "string", collection=True)), constraint="-"
    )
    call = model.ItemDefinition("Call", function=model.FunctionItem((model.Variable("n", "number"),), "number"))

    def made(order: list[str], kinds: list[str | None], allowed: str | None, logics: list[Boxed], home: str) -> Model:
        first, second, called, *decided = order
        own = () if allowed is None else (model.ItemDefinition(own_type(first), kinds[0], allowed=allowed),)
        body = model.Definition((model.Variable("n", kinds[1]),), logics[0], type=kinds[2])
        elements: tuple[model.Element, ...] = (
            model.InputData(first, model.Variable(first, own[0].name if own else kinds[0])),
            model.InputData(second, model.Variable(second, kinds[1])),
            model.Knowledge(called, model.Variable(called, kinds[2]), (), body),
            *(
                model.Decision(name, model.Variable(name, each), logic=logic)
                for name, each, logic in zip(decided, kinds, logics[1:], strict=False)
            ),
        )
        outputs = tuple(model.Reference(home, name) for name in decided[: len(logics) - 1])
        service = model.Service(
            "All of it", model.Variable("All of it"), outputs, (), (), (model.Reference(home, first),)
        )
        return Model("loans", home, (), (money, pair, call, *own), (*elements, service))

    return st.builds(
        made,
        st.permutations(NAMES),
        st.lists(kind, min_size=3, max_size=3),
        _maybe(cells(min_size=1)),
        st.lists(boxed(), min_size=2, max_size=3),
        st.sampled_from(("urn:casefold:loans", "http://example.org/loans")),
    )


def _declarations() -> st.SearchStrategy[Policy]:
    texts = st.lists(cells(), max_size=2).map(tuple)
    names, days = st.sampled_from(NAMES), st.sampled_from((None, "2026-01-01", "2026-12-31"))

    def outcome(name: str, order: tuple[str, ...], member: str | None) -> Outcomes:
        return Outcomes(name, order, order[:1], member)

    orders = st.lists(cells(), max_size=2, unique=True).map(tuple)
    outcomes = st.builds(outcome, names, orders, st.none() | names)
    rankings = st.builds(Ranking, st.sampled_from(Method), st.integers(1, 9), texts)
    reasons = st.builds(ReasonText, cells(min_size=1), cells(min_size=1), cells())
    promises = st.builds(Monotone, names, names, st.sampled_from(Direction), texts, st.booleans())
    made = st.builds(
        Policy,
        st.just(Model("", "")),
        version=cells(),
        author=cells(),
        outcomes=st.none() | outcomes,
        ranking=rankings,
        reasons=st.lists(reasons, max_size=2, unique_by=lambda reason: reason.code).map(tuple),
        monotone=st.lists(promises, max_size=2).map(tuple),
    )

    def within(policy: Policy, first: str | None, last: str | None) -> Policy:
        return evolve(policy, effective_from=first, effective_until=last and max(last, first or last))

    return st.builds(within, made, days, days)


def scored_policies() -> st.SearchStrategy[Policy]:
    """Small policies with scores, whether they can be asked for or not."""
    name = "urn:casefold:scored"
    decided = model.Decision("Rate", model.Variable("Rate"), logic=model.Literal("1"))
    bare = Policy(Model("scored", name, elements=(decided,)), name="scored")
    return st.lists(_scores(), max_size=2).map(lambda scores: evolve(bare, scores=tuple(scores)))


def _scores() -> st.SearchStrategy[ScoreCall]:
    """Scores as a tree keeps them, whether a policy can ask for them or not."""

    def made(filled: str, experiment: Experiment, id_: str, models: list[ScoreModel], subject: str | None) -> ScoreCall:
        asked = (experiment.champion, *(each.model for each in experiment.challengers), *experiment.shadows)
        arms = tuple(ScoreArm(name, models[at % len(models)]) for at, name in enumerate(asked))
        return ScoreCall(filled, evolve(experiment, id=id_), arms, subject)

    models = st.lists(score_models(), min_size=1, max_size=2)
    return st.builds(made, st.sampled_from(NAMES), experiments(), cells(min_size=1), models, _maybe(st.just("state")))


def sheets() -> st.SearchStrategy[Sheet]:
    """Sheets of tables and scorecards with cells that were written over, and of their words in any places."""
    written = st.builds(write_table, st.just("Rate"), tables() | cards())
    word = cells() | st.sampled_from((*KINDS, *HEADS, *HEADINGS, SCORECARD, BASE, "U", ""))
    over = st.dictionaries(st.tuples(st.integers(0, 5), st.integers(0, 5)), word, max_size=2)
    return st.builds(_written_over, written, over) | _any_sheets()


def _written_over(sheet: Sheet, over: dict[tuple[int, int], str]) -> Sheet:
    rows = tuple(
        tuple(over.get((row, column), cell) for column, cell in enumerate(there))
        for row, there in enumerate(sheet.rows)
    )
    return Sheet(sheet.name, rows)


def _any_sheets() -> st.SearchStrategy[Sheet]:
    first = st.sampled_from((*HITS, *SHORT, SCORECARD, "", "UNIQ"))
    cell = cells() | st.sampled_from(("", "", *KINDS, *HEADS, *HEADINGS, "yes", BASE))
    heads = st.lists(st.sampled_from((*KINDS, "", "inptu")), max_size=5)
    rows = st.lists(st.lists(cell, max_size=6).map(tuple), max_size=6)
    headings = st.permutations(HEADINGS) | st.lists(cell, max_size=6)

    def made(one: str, kinds: list[str], second: list[str], rest: list[tuple[str, ...]]) -> Sheet:
        return Sheet("Rate", ((one, *(() if one == SCORECARD else kinds)), tuple(second), *rest))

    return st.builds(made, first, heads, headings, rows)


KEY_NAMES = tuple(dict.fromkeys((
    *POLICY_KEYS, *TYPE_KEYS, *INPUT_KEYS, *FUNCTION_KEYS, *DECISION_KEYS, *SERVICE_KEYS, *TABLE_KEYS, *CLAUSE_KEYS,
    *CARD_KEYS, *CHARACTERISTIC_KEYS, *(key for known, _ in KEYS.values() for key in known), "code", "better", "plicy",
    *SCORE_KEYS, *MODEL_KEYS,
)))  # fmt: skip


def trees() -> st.SearchStrategy[Tree]:
    """Trees of the keys that policies are made of, in any order and depth."""
    leaf: st.SearchStrategy[Tree] = st.builds(Scalar, cells() | st.sampled_from((*NAMES, *TYPES, "true", "UNIQUE")))
    keys = st.builds(Scalar, st.sampled_from(KEY_NAMES))

    def more(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
        pairs = st.lists(st.tuples(keys, inner), max_size=4).map(tuple)
        return st.builds(Listing, st.lists(inner, max_size=4).map(tuple)) | st.builds(Entries, pairs)

    return st.recursive(leaf, more, max_leaves=25)
