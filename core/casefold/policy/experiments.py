"""Champion and challengers: which model serves a subject, and which are asked beside it without a say.

A subject's place is the hash of the experiment and the subject, so it is the same on every machine and every day, and
in whatever order subjects come.
"""

from collections.abc import Mapping

from attrs import frozen

from casefold.feel.values import Value
from casefold.kernel.canonical import DIGEST_PREFIX, digest
from casefold.kernel.results import Failure, Result, Success, sealed
from casefold.policy.scores import InputUnusable, ScoreModel, ScoreRequested, request_of

BASIS_POINTS = 10_000
"""Shares are told in parts of this."""


@frozen
class Challenger:
    """A model that serves a share of the subjects, in basis points."""

    model: str
    share_basis_points: int


@frozen
class Experiment:
    """Models of which one serves each subject, by names that may differ from what servers call them.

    Attributes:
        id: What subjects are hashed with: another experiment puts them in other places.
        champion: The model that serves whoever no challenger serves.
        challengers: The models that serve a share, in order.
        shadows: The models that are asked for every subject and serve none.
    """

    id: str
    champion: str
    challengers: tuple[Challenger, ...] = ()
    shadows: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse shares that are none, and a model that is named twice."""
        names = (self.champion, *(each.model for each in self.challengers), *self.shadows)
        shares = [each.share_basis_points for each in self.challengers]
        if len(set(names)) != len(names):
            raise ValueError("expected each model once")
        if min(shares, default=0) < 0 or sum(shares) > BASIS_POINTS:
            raise ValueError(f"expected shares from 0 to {BASIS_POINTS} together")


@frozen
class Assignment:
    """Which model serves a subject; it is recorded with the decision.

    Attributes:
        place: Where the subject lies, from 0 up to `BASIS_POINTS`.
        arm: The model that serves it.
    """

    experiment: str
    subject: str
    place: int
    arm: str


@frozen
class Planned:
    """A request, and the name that the experiment has for its model."""

    arm: str
    request: ScoreRequested


@frozen
class Unasked:
    """A shadow that cannot be asked, and why."""

    arm: str
    why: InputUnusable


@frozen
class Plan:
    """What is to be asked for a subject.

    Attributes:
        assignment: Which model serves it.
        served: The request whose answer serves.
        shadows: The requests whose answers are kept to compare, and nothing else.
        unasked: The shadows that cannot be asked.
    """

    assignment: Assignment
    served: Planned
    shadows: tuple[Planned, ...] = ()
    unasked: tuple[Unasked, ...] = ()


def place_of(experiment: str, subject: str) -> int:
    """Give a subject its place: the SHA-256 of the two names as canonical JSON, modulo `BASIS_POINTS`.

    >>> place_of("pd-2026", "loan 4711"), place_of("pd-2026", "loan 4712")
    (7839, 3652)
    """
    return int(digest([experiment, subject]).removeprefix(DIGEST_PREFIX), 16) % BASIS_POINTS


def assign(experiment: Experiment, subject: str) -> Assignment:
    """Say which model serves a subject: challengers take the first places in order, and the champion the rest."""
    place = place_of(experiment.id, subject)
    end = 0
    for challenger in experiment.challengers:
        end += challenger.share_basis_points
        if place < end:
            return Assignment(experiment.id, subject, place, challenger.model)
    return Assignment(experiment.id, subject, place, experiment.champion)


@frozen
class NoSuchModel:
    """An experiment names a model that is not there."""

    experiment: str
    model: str


def plan_of(
    experiment: Experiment, models: Mapping[str, ScoreModel], subject: str, facts: Mapping[str, Value]
) -> Result[Plan, NoSuchModel | InputUnusable]:
    """Say what is to be asked for a subject; a shadow that cannot be asked hinders nothing.

    *models* are known by the names that the experiment has for them.
    """
    for name in (experiment.champion, *(each.model for each in experiment.challengers), *experiment.shadows):
        if name not in models:
            return Failure(NoSuchModel(experiment.id, name))
    assignment = assign(experiment, subject)
    shadows: list[Planned] = []
    unasked: list[Unasked] = []
    for name in experiment.shadows:
        match sealed(request_of(models[name], facts)):
            case Success(request):
                shadows.append(Planned(name, request))
            case Failure(unusable):
                unasked.append(Unasked(name, unusable))
    match sealed(request_of(models[assignment.arm], facts)):
        case Success(served):
            return Success(Plan(assignment, Planned(assignment.arm, served), tuple(shadows), tuple(unasked)))
        case Failure(error):
            return Failure(error)
