"""Laws of decision tables and models: what rules match, what hit policies are to each other, and that it ends."""

from collections.abc import Mapping, Sequence

from attrs import evolve

from casefold.feel.program import Outcome, OutOfFuel
from casefold.feel.values import Value, World
from casefold.kernel.results import Failure, Success
from casefold.policy.graph import Compiled, compile_model, decide, invoke
from casefold.policy.model import Aggregation, Decision, HitPolicy, InputData, Model, Reference, Rule, Table, Variable
from casefold.policy.nodes import Node
from casefold.policy.reading import read_model
from casefold.policy.writing import write_model

FUEL = 20_000


def model_of(table: Table) -> Model:
    """Give a model whose decision ``answer`` is decided by a table over ``amount`` and ``state``."""
    facts = (
        InputData("_amount", Variable("amount", "number")),
        InputData("_state", Variable("state", "string")),
    )
    requires = (Reference("ns", "_amount"), Reference("ns", "_state"))
    return Model("m", "ns", elements=(*facts, Decision("_answer", Variable("answer"), requires, logic=table)))


def answer(table: Table, amount: Value, state: Value) -> Outcome:
    """Decide by a table."""
    compiled = compile_model(model_of(table))
    assert compiled.faults == ()
    return decide(compiled, "answer", {"amount": amount, "state": state}).unwrap()


def collected(table: Table, amount: Value, state: Value) -> tuple[Value, ...]:
    """Give the outputs of all rules that match, in order."""
    found = answer(evolve(table, hit=HitPolicy.RULE_ORDER), amount, state).value
    assert found is None or isinstance(found, tuple)
    return found or ()


def rules_match_where_their_cells_are_met(table: Table, matching: Sequence[int], amount: Value, state: Value) -> None:
    """A rule matches if all its cells are met, and no other does."""
    assert [str(value) for value in collected(table, amount, state)] == [
        table.rules[number].outputs[0] for number in matching
    ]


def hit_policies_agree(table: Table, amount: Value, state: Value) -> None:
    """Hit policies are views of the same matches."""
    outputs = collected(table, amount, state)

    def by(hit: HitPolicy, aggregation: Aggregation | None = None) -> Outcome:
        return answer(evolve(table, hit=hit, aggregation=aggregation), amount, state)

    assert by(HitPolicy.FIRST).value == (outputs[0] if outputs else None)
    assert by(HitPolicy.COLLECT).value == (outputs or None)
    assert by(HitPolicy.COLLECT, Aggregation.COUNT).value == len(outputs)
    if not outputs:
        return
    numbers = [int(str(value)) for value in outputs]
    assert by(HitPolicy.COLLECT, Aggregation.SUM).value == sum(numbers)
    assert by(HitPolicy.COLLECT, Aggregation.MIN).value == min(numbers)
    assert by(HitPolicy.COLLECT, Aggregation.MAX).value == max(numbers)
    assert by(HitPolicy.PRIORITY).value == max(numbers), "the highest comes first among the output values"
    assert by(HitPolicy.OUTPUT_ORDER).value == tuple(sorted(outputs, key=str, reverse=True))
    for hit, agreed in ((HitPolicy.ANY, len(set(numbers)) == 1), (HitPolicy.UNIQUE, len(outputs) == 1)):
        found = by(hit)
        assert found.value == (outputs[0] if agreed else None)
        assert agreed or found.problems, "a conflict is told"


def looking_up_is_asking(
    table: Table, asked: Mapping[str, str], indexes: Sequence[int], amount: Value, state: Value
) -> None:
    """What an index finds is what asking each cell finds; *indexes* are the columns that are asked."""
    rules = tuple(
        evolve(rule, inputs=tuple(asked[cell] if at in indexes else cell for at, cell in enumerate(rule.inputs)))
        for rule in table.rules
    )
    assert collected(table, amount, state) == collected(evolve(table, rules=rules), amount, state)


def order_of_rules_is_nothing_to(
    hit: HitPolicy, table: Table, rules: Sequence[Rule], amount: Value, state: Value
) -> None:
    """UNIQUE, ANY and PRIORITY, and what COLLECT adds up, do not depend on the order of rules."""
    one, other = evolve(table, hit=hit), evolve(table, hit=hit, rules=tuple(rules))
    assert answer(one, amount, state).value == answer(other, amount, state).value


def a_split_rule_is_the_same_rule(table: Table, number: int, parts: Sequence[str], amount: Value, state: Value) -> None:
    """A rule cut into several whose cells are met by as many values together changes no single-hit decision."""
    rule = table.rules[number]
    split = [evolve(rule, inputs=(part, rule.inputs[1])) for part in parts]
    other = evolve(table, rules=(*table.rules[:number], *split, *table.rules[number + 1 :]))
    for hit in (HitPolicy.FIRST, HitPolicy.PRIORITY):
        one = answer(evolve(table, hit=hit), amount, state)
        assert one.value == answer(evolve(other, hit=hit), amount, state).value


def model_round_trips(model: Model) -> None:
    """A model is read back as it was written."""
    assert read_model(write_model(model)) == Success(model)


def any_tree_is_read_or_refused(root: Node) -> None:
    """Whatever a parsed file holds, it is a model or it is refused with what is wrong; and a model is decided by."""
    found = read_model(root)
    if isinstance(found, Failure):
        assert found.failure().faults
        return
    any_model_decides(found.unwrap(), {})


def any_model_decides(model: Model, facts: Mapping[str, Value]) -> None:
    """Whatever a model says, each of its decisions ends in a value or in want of fuel; faults are told beforehand."""
    compiled = compile_model(model)
    world = World(fuel=FUEL)
    for name, key in compiled.names.items():
        kind = type(compiled.plans[key].element)
        done = decide(compiled, name, facts, world) if kind is Decision else invoke(compiled, name, facts, world)
        if isinstance(done, Failure):
            assert kind is InputData or isinstance(done.failure(), OutOfFuel)


def decision_is_repeatable(compiled: Compiled, name: str, facts: Mapping[str, Value]) -> None:
    """Deciding twice is deciding once."""
    assert str(decide(compiled, name, facts)) == str(decide(compiled, name, facts))
