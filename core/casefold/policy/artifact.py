"""A policy: a decision model with what a lender declares about it, as one value that is published and approved.

Its digest names what it decides and why. Names, versions, labels and the way in which FEEL is laid out are no part of
that: two policies of one digest decide alike.
"""

from enum import Enum

from attrs import field, frozen

from casefold.policy.model import Model
from casefold.policy.scorecalls import ScoreCall

REASONS_MAX = 4
"""How many reasons are told unless a policy says otherwise: more are "not likely to be helpful" to an applicant
(12 CFR 1002, Supplement I, comment 9(b)(2)-1)."""


class Method(Enum):
    """How far a characteristic fell short, by which reasons from a scorecard are ranked.

    The second and third are the two methods of 12 CFR 1002, Supplement I, comment 9(b)(2)-5.
    """

    BELOW_MAXIMUM = "points-below-max"
    """Points below the best bin of the characteristic."""
    BELOW_AVERAGE_AT_CUTOFF = "furthest-below-cutoff-applicants"
    """Points below the average of applicants whose score is at or slightly above the cutoff."""
    BELOW_AVERAGE = "furthest-below-all-applicants"
    """Points below the average of all applicants."""


@frozen
class ReasonText:
    """A reason that an applicant may be told: its code, its wording, and where the wording comes from."""

    code: str
    text: str
    source: str = ""


@frozen
class Ranking:
    """Which reasons are told, and in what order.

    Attributes:
        method: How the characteristics of a scorecard are compared.
        most: How many reasons are told at most.
        priority: Codes by which reasons of equal weight are put in order; others follow, as the catalogue has them.
    """

    method: Method = Method.BELOW_MAXIMUM
    most: int = REASONS_MAX
    priority: tuple[str, ...] = ()


@frozen
class Outcomes:
    """Which decision is the outcome.

    Attributes:
        decision: Its name; its value is a string.
        order: All outcomes, the best for the applicant first.
        adverse: Those that an applicant is owed reasons for.
        member: Where the decision's value is a context, the member that is the outcome.
    """

    decision: str
    order: tuple[str, ...]
    adverse: tuple[str, ...]
    member: str | None = None


class Direction(Enum):
    """In which direction a fact becomes better for an applicant."""

    MORE = "more"
    LESS = "less"


@frozen
class Monotone:
    """A promise: the better *input* is, the better or equal is what the table of *decision* says, all else equal.

    Attributes:
        better: In which direction the input gets better.
        order: The table's outputs, the best first; if there are none, they are numbers.
        lowest_best: Of outputs that are numbers, whether the lowest is the best, as of a rate.
    """

    decision: str
    input: str
    better: Direction
    order: tuple[str, ...] = ()
    lowest_best: bool = False


@frozen
class Policy:
    """A policy.

    Attributes:
        model: The model that it decides by.
        imported: The models that it imports.
        name: What it is called.
        version: Which version of it this is, for people; the digest is what counts.
        author: Who wrote it; somebody else approves it.
        effective_from: The first day on which it may decide, as ``YYYY-MM-DD``, or ``None``.
        effective_until: The last day, or ``None``.
        outcomes: Which decision is the outcome; ``None`` if it has none, and so no reasons.
        ranking: Which reasons are told.
        reasons: Its own reasons, besides those that ship with casefold; one of the same code takes its place.
        monotone: What is promised of its tables.
        scores: The scores that it asks models for.
    """

    model: Model
    imported: tuple[Model, ...] = ()
    name: str = ""
    version: str = ""
    author: str = ""
    effective_from: str | None = None
    effective_until: str | None = None
    outcomes: Outcomes | None = None
    ranking: Ranking = field(factory=Ranking)
    reasons: tuple[ReasonText, ...] = ()
    monotone: tuple[Monotone, ...] = ()
    scores: tuple[ScoreCall, ...] = ()
