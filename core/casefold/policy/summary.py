"""What a backtest counts, and what its counts say."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeAlias

from attrs import field, frozen

from casefold.feel.values import Problem, Value
from casefold.kernel.canonical import Json
from casefold.kernel.results import Result
from casefold.policy.artifact import Policy
from casefold.policy.deciding import Decided, Undecided
from casefold.policy.spread import Spread

SAMPLES_MAX = 5
"""How many applications are shown of each change, unless somebody says otherwise."""

GROUPS_MAX = 50
"""The most values of a column that compares groups; a column of more is told, and not compared."""


@frozen
class Ended:
    """How an application ended: an outcome if it was *decided*, else the kind of why it was not."""

    decided: bool
    how: str


Cited: TypeAlias = tuple[str, int]
"""A rule that decided: the place of its table, and its number from 1."""

Change: TypeAlias = tuple[Ended, Ended]
"""How an application ended by one policy, and by the other."""


@frozen
class Side:
    """What is asked of the decisions of one policy.

    Attributes:
        decision: The decision that is the outcome; ``None`` if the policy declares none.
        approved: The outcomes that count as an approval.
        adverse: The outcomes that an applicant is owed reasons for.
    """

    decision: str | None
    approved: tuple[str, ...]
    adverse: tuple[str, ...]


def side_of(policy: Policy, approved: tuple[str, ...] = ()) -> Side:
    """Say what is asked of a policy's decisions; unless *approved* are named, its best outcome alone is an approval."""
    outcomes = policy.outcomes
    if outcomes is None:
        return Side(None, approved, ())
    return Side(outcomes.decision, approved or outcomes.order[:1], outcomes.adverse)


@frozen
class Terms:
    """What is counted.

    Attributes:
        sides: What is asked of one policy, and of the other.
        groups: The columns by which applicants are compared.
        numbers: The decisions whose values are numbers to be summed.
    """

    sides: tuple[Side, Side]
    groups: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    samples_max: int = SAMPLES_MAX
    groups_max: int = GROUPS_MAX


@frozen(eq=False)
class Pair:
    """An application, decided by both policies.

    Attributes:
        at: Its number in history, from 1.
        facts: What was decided by.
        groups: Its values of the columns of `Terms.groups`.
        kept: What is shown beside it in a sample, and decides nothing.
        found: What came of it.
    """

    at: int
    facts: Mapping[str, Value]
    found: tuple[Result[Decided, Undecided], Result[Decided, Undecided]]
    groups: tuple[str | None, ...] = ()
    kept: Mapping[str, str] = field(factory=dict[str, str])


@frozen
class Unread:
    """A row of history that could not be read: its number, where it is, and what is wrong."""

    at: int
    where: str
    why: str


@frozen
class Judged:
    """What a policy said of a sample.

    Attributes:
        reasons: The codes that the applicant would be told, the weightiest first.
        rule: The rule of the outcome's table that decided.
        problems: What went wrong, where nothing was decided.
        numbers: The values of the decisions of `Terms.numbers`.
    """

    ended: Ended
    reasons: tuple[str, ...]
    rule: Cited | None
    problems: tuple[Problem, ...]
    numbers: tuple[Decimal | None, ...]


@frozen
class Sample:
    """An application that ended otherwise by the other policy, or by one of them not at all.

    Attributes:
        digest: Names its facts.
        at: Its number in history, from 1.
    """

    digest: str
    at: int
    facts: Mapping[str, Json]
    kept: Mapping[str, str]
    judged: tuple[Judged, Judged]


@frozen
class Group:
    """How many applicants there are of a group, and how many each policy approves."""

    count: int
    approved: tuple[int, int]


@frozen
class Told:
    """How many applicants are told a reason by a policy: as the first, and at all."""

    first: int
    any: int


@frozen
class Moved:
    """How a number is spread under both policies, and how many of those that have both rose, fell or stayed."""

    spreads: tuple[Spread, Spread] = (Spread(), Spread())
    rose: int = 0
    fell: int = 0
    same: int = 0


Region: TypeAlias = tuple[Cited | None, Cited | None, Ended, Ended]
"""The rules that decided an application that ended otherwise, and how it ended."""


@frozen
class Summary:
    """What would change.

    Attributes:
        matrix: How many applications ended how.
        samples: Some of those that ended otherwise or were not decided: the ones whose facts have the least digests,
            which is as good as chance, and the same however history is cut.
        reasons: By code, how many are told it by each policy.
        reworded: How many are told reasons by both, and not the same.
        groups: By column number and value.
        crowded: The numbers of the columns that have more values than groups are told.
        numbers: In the order of `Terms.numbers`.
        regions: How many ended otherwise, by the rules that decided them.
        unread: How many rows could not be read, and so were not decided by either.
        unreadable: The first of them.
    """

    matrix: Mapping[Change, int]
    samples: Mapping[Change, tuple[Sample, ...]]
    reasons: Mapping[str, tuple[Told, Told]]
    reworded: int
    groups: Mapping[tuple[int, str | None], Group]
    crowded: frozenset[int]
    numbers: tuple[Moved, ...]
    regions: Mapping[Region, int]
    unread: int
    unreadable: tuple[Unread, ...]

    @property
    def rows(self) -> int:
        """How many applications were decided, or not, by both."""
        return sum(self.matrix.values())


def nothing(terms: Terms) -> Summary:
    """Give the summary of no history."""
    return Summary({}, {}, {}, 0, {}, frozenset(), tuple(Moved() for _ in terms.numbers), {}, 0, ())


def approvals(terms: Terms, summary: Summary, side: int) -> int:
    """Say how many applications a policy approves."""
    approved = terms.sides[side].approved
    return sum(
        count for change, count in summary.matrix.items() if change[side].decided and change[side].how in approved
    )


def changed(summary: Summary) -> int:
    """Say how many applications end otherwise."""
    return sum(count for (one, other), count in summary.matrix.items() if one != other)


def swapped(terms: Terms, summary: Summary, *, into: bool) -> dict[Change, int]:
    """Give the applications that are swapped *into* approval from an adverse outcome, or out of it, by change."""
    declined, approved = (0, 1) if into else (1, 0)
    return {
        change: count
        for change, count in summary.matrix.items()
        if change[declined].decided
        and change[declined].how in terms.sides[declined].adverse
        and change[approved].decided
        and change[approved].how in terms.sides[approved].approved
    }
