"""History of every kind, decided by two small policies: swaps both ways, reasons, prices, and what is not decided."""

from collections.abc import Mapping
from decimal import Decimal

from attrs import evolve, frozen
from hypothesis import strategies as st

from casefold.feel.values import Value
from casefold.policy.artifact import Outcomes, Policy
from casefold.policy.deciding import Ready, decide_by, ready
from casefold.policy.model import (
    Decision,
    HitPolicy,
    InputClause,
    InputData,
    Literal,
    Model,
    OutputClause,
    Reference,
    Rule,
    Table,
    Variable,
)
from casefold.policy.summary import Pair, Terms, Unread, side_of

ORDER = ("approve", "refer", "decline")
GROUPS = ("sex", "state")


def policy(low: int, high: int, rate: str, reason: str) -> Policy:
    """Give a policy: below *low* is declined, below *high* referred; Texas is declined without a reason."""
    outcome = Table(
        (InputClause(Literal("amount", "number")), InputClause(Literal("state", "string"))),
        (OutputClause(type="string"),),
        (
            Rule((f"< {low}", "-"), ('"decline"',), (reason,)),
            Rule(("-", '"TX"'), ('"decline"',), ("",)),
            Rule((f"< {high}", "-"), ('"refer"',), ("",)),
            Rule(("-", '"XX"'), ('"odd"',), ("",)),
            Rule(("-", "-"), ('"approve"',), ("",)),
        ),
        HitPolicy.FIRST,
        notes=("reason",),
    )
    facts = (InputData("_a", Variable("amount", "number")), InputData("_s", Variable("state", "string")))
    needs = tuple(Reference("ns", each) for each in ("_a", "_s"))
    price = Decision("_r", Variable("rate", "number"), needs[:1], logic=Literal(f"amount / 7 + {rate}"))
    decided = Decision("_o", Variable("outcome", "string"), (*needs, Reference("ns", "_r")), logic=outcome)
    model = Model("m", "ns", elements=(*facts, price, decided))
    return Policy(model, name="small", outcomes=Outcomes("outcome", ORDER, ("decline",)))


def policies() -> st.SearchStrategy[Policy]:
    """Policies that differ in who is declined, in what they are told, or in the rate."""
    return st.builds(
        policy,
        st.sampled_from((2, 5)),
        st.sampled_from((3, 3, 6)),
        st.sampled_from(("1", "2.50", "1e-30")),
        st.sampled_from(("C08", "C09", "C08, C09")),
    )


def facts() -> st.SearchStrategy[dict[str, Value]]:
    """Facts, some of them missing or of the wrong type."""
    amounts = st.integers(1, 6).map(Decimal) | st.just(Decimal("1e25"))
    return st.fixed_dictionaries(
        {
            "amount": st.one_of(amounts, amounts, amounts, st.none() | st.just("much")),
            "state": st.sampled_from(("CA", "CA", "CA", "CA", "TX", "XX")),
        }
    )


@frozen(eq=False)
class History:
    """History as it was decided by two policies, and what is to be counted of it."""

    both: tuple[Ready, Ready]
    terms: Terms
    rows: tuple[Pair | Unread, ...]


def rows() -> st.SearchStrategy[tuple[Mapping[str, Value], tuple[str | None, ...]] | None]:
    """Facts and groups of an application; nothing for a row that could not be read."""
    sexes, states = st.sampled_from(("F", "M", None)), st.sampled_from("abcdef")
    application = st.tuples(facts(), st.tuples(sexes, states))
    return st.one_of(application, application, application, application, st.none())


@st.composite
def histories(draw: st.DrawFn, *, max_size: int = 12, same: bool = False) -> History:
    """Histories, with terms so tight that samples and groups are too many."""
    one = ready(draw(policies())).unwrap()
    other = one if same else ready(draw(policies())).unwrap()
    sides = side_of(one.policy), side_of(other.policy)
    terms = Terms(sides, GROUPS, ("rate",), draw(st.sampled_from((0, 1, 2))), draw(st.sampled_from((3, 50))))
    found = draw(st.lists(rows(), max_size=max_size))
    return History(
        (one, other),
        terms,
        tuple(
            Unread(at, f"line {at}", "it is torn")
            if row is None
            else Pair(at, row[0], (decide_by(one, row[0]), decide_by(other, row[0])), row[1])
            for at, row in enumerate(found, 1)
        ),
    )


def without_groups(history: History) -> History:
    """Give the same history with groups that tell nothing."""
    bare = tuple(each if isinstance(each, Unread) else evolve(each, groups=(None, None)) for each in history.rows)
    return History(history.both, history.terms, bare)


def numbers() -> st.SearchStrategy[list[Decimal]]:
    """Numbers whose sum no float has, and more than a histogram tells apart."""
    exact = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-99, max_value=99)
    wild = st.sampled_from((Decimal("1e30"), Decimal("-1e-30"), Decimal(0), Decimal("1.0"), Decimal(1)))
    many = st.integers(0, 9_000).map(lambda start: [Decimal(start + step) / 10 for step in range(300)])
    return st.lists(exact | wild, max_size=8) | many
