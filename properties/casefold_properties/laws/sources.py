"""Laws of sources: what is written is read back, what is exported decides alike, and any file gets an answer."""

from collections.abc import Callable, Mapping

from casefold.feel.values import Value
from casefold.kernel.results import Failure, Result, Success
from casefold.policy.artifact import Policy
from casefold.policy.graph import compile_model, decide
from casefold.policy.model import Decision, InputData, Model, Reference, Scorecard, Table, Variable
from casefold.policy.sources.cells import Sheet, SheetInvalid
from casefold.policy.sources.faults import SourceInvalid
from casefold.policy.sources.losses import as_tree
from casefold.policy.sources.policyreading import read_policy, references
from casefold.policy.sources.sheets import read_table, write_table
from casefold.policy.sources.tablesets import read_tables
from casefold.policy.sources.trees import Tree


def table_round_trips(table: Table | Scorecard) -> None:
    """A table is read back as it was written."""
    assert read_table(write_table("Rate", table)) == Success(table)


def policy_round_trips(policy: Policy, through: Callable[[Tree], Tree] = lambda tree: tree) -> None:
    """A policy is read back as it was written, also *through* a file; and nothing is told to be lost."""
    tree, lost = as_tree(policy)
    assert lost == ()
    assert read_policy(through(tree)) == Success(policy)


def model_of_card(card: Scorecard) -> Model:
    """Give a model whose decision ``Score`` is a scorecard over ``amount`` and ``state``."""
    inputs = (
        InputData("amount", Variable("amount", "number")),
        InputData("state", Variable("state", "string")),
    )
    requires = Reference("ns", "amount"), Reference("ns", "state")
    return Model("m", "ns", elements=(*inputs, Decision("Score", Variable("Score", "number"), requires, logic=card)))


def decides_alike(one: Model, other: Model, facts: Mapping[str, Value]) -> None:
    """Whatever one model decides without a problem, the other decides as well."""
    first, second = compile_model(one), compile_model(other)
    assert second.faults == ()
    for element in one.elements:
        if isinstance(element, Decision):
            found = decide(first, element.variable.name, facts).unwrap()
            if not found.problems:
                assert decide(second, element.variable.name, facts).unwrap() == found


def any_sheet_is_read_or_refused(
    sheet: Sheet, read: Callable[[Sheet], Result[Table | Scorecard, SheetInvalid]] = read_table
) -> None:
    """Whatever a sheet holds, it is a table or it is refused, each fault with its cell."""
    found = read(sheet)
    if isinstance(found, Failure):
        assert found.failure().faults
        assert all(fault.cell and fault.fault for fault in found.failure().faults)
        return
    table = found.unwrap()
    table_round_trips(table)
    policy = read_tables("m", (sheet,))
    if isinstance(policy, Success):
        compile_model(policy.unwrap().model)


def any_tree_is_read_or_refused(
    tree: Tree, read: Callable[[Tree], Result[Policy, SourceInvalid]] = read_policy
) -> None:
    """Whatever a tree holds, it is a policy or it is refused with what is wrong; a policy compiles."""
    references(tree)
    found = read(tree)
    if isinstance(found, Failure):
        assert found.failure().faults
        assert all(fault.fault for fault in found.failure().faults)
        return
    compile_model(found.unwrap().model)
