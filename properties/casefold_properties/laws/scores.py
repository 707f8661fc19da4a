"""Laws of scores: who serves does not depend on when, what an answer means is never guessed, shadows have no say."""

import json
import struct
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from attrs import evolve

from casefold.feel.values import Value
from casefold.kernel.canonical import Json, canonical
from casefold.kernel.results import Failure, Result, Success
from casefold.policy.answers import Said, read_infer, read_plain
from casefold.policy.experiments import (
    BASIS_POINTS,
    Assignment,
    Challenger,
    Experiment,
    NoSuchModel,
    Plan,
    assign,
    plan_of,
)
from casefold.policy.scorecodec import read_score, score_value
from casefold.policy.scorefacts import Answered, ScoreFact, ScoreReceived, ScoreUnusable, Source, fact_of
from casefold.policy.scores import InputUnusable, ScoreModel, ScoreRequested, request_of
from casefold.policy.tensors import Datatype, Tensor, number_of

Assign = Callable[[Experiment, str], Assignment]
Means = Callable[[ScoreModel, ScoreReceived], Result[ScoreFact, ScoreUnusable]]
Facts = Mapping[str, Value]
Plans = Callable[[Experiment, Mapping[str, ScoreModel], str, Facts], Result[Plan, NoSuchModel | InputUnusable]]
Asks = Callable[[ScoreModel, Facts], Result[ScoreRequested, InputUnusable]]
Reads = Callable[[ScoreRequested, bytes], Said]

SIGMAS = 6
"""How far from its share a count may be: beyond this, chance has been here twice in a thousand million tries."""


def assignment_does_not_depend_on_order(
    experiment: Experiment, subjects: Sequence[str], order: Sequence[str], assigned: Assign = assign
) -> None:
    """Whoever comes first, and however often, each subject is served by the same model."""
    found = {subject: assigned(experiment, subject) for subject in subjects}
    assert found == {subject: assigned(experiment, subject) for subject in reversed(order)} | found
    for subject in order:
        again = assigned(experiment, subject)
        assert again == found[subject]
        assert 0 <= again.place < BASIS_POINTS


def shares_are_kept(experiment: Experiment, subjects: Sequence[str], assigned: Assign = assign) -> None:
    """Each model serves its share of many subjects, as near as chance brings it."""
    arms = [assigned(experiment, subject).arm for subject in subjects]
    challengers = [(each.model, each.share_basis_points) for each in experiment.challengers]
    rest = BASIS_POINTS - sum(share for _, share in challengers)
    shares = (*challengers, (experiment.champion, rest))
    assert set(arms) <= {arm for arm, _ in shares}, "no shadow serves"
    for arm, share in shares:
        off = arms.count(arm) * BASIS_POINTS - len(subjects) * share
        assert off**2 <= SIGMAS**2 * len(subjects) * share * (BASIS_POINTS - share), (arm, share, arms.count(arm))


def a_larger_share_moves_only_the_champions(
    experiment: Experiment, more: int, subjects: Sequence[str], assigned: Assign = assign
) -> None:
    """Where the last challenger's share grows, some of the champion's subjects go over to it, and nobody else moves."""
    *others, last = experiment.challengers
    grown = evolve(experiment, challengers=(*others, Challenger(last.model, last.share_basis_points + more)))
    for subject in subjects:
        before, after = assigned(experiment, subject).arm, assigned(grown, subject).arm
        assert after in {before, last.model}
        assert before in {after, experiment.champion}


def shadows_have_no_say(
    experiment: Experiment, models: Mapping[str, ScoreModel], subject: str, facts: Facts, planned: Plans = plan_of
) -> None:
    """With shadows or without, a subject is served by the same request of the same model."""
    with_them = planned(experiment, models, subject, facts)
    without = planned(evolve(experiment, shadows=()), models, subject, facts)
    if isinstance(with_them, Failure):
        assert with_them == without
        return
    one, other = with_them.unwrap(), without.unwrap()
    assert (one.assignment, one.served) == (other.assignment, other.served)
    asked = [each.arm for each in one.shadows] + [each.arm for each in one.unasked]
    assert sorted(asked) == sorted(experiment.shadows)
    assert one.served.arm not in asked


def only_inputs_count(model: ScoreModel, facts: Facts, asks: Asks = request_of) -> None:
    """A request is made of the facts that the model takes, and of no others; it is named by what it holds."""
    taken = {each.fact for each in model.inputs}
    one = asks(model, facts)
    assert one == asks(model, {name: value for name, value in facts.items() if name in taken})
    assert isinstance(one, Failure) == bool(taken - set(facts)), "nothing is guessed"
    if not isinstance(one, Failure):
        asked = one.unwrap()
        assert asked == read_score(score_value(asked), ScoreRequested).unwrap()
        renamed = asks(evolve(model, name=f"{model.name}2"), facts).unwrap()
        assert renamed.digest != asked.digest


def a_fact_is_never_guessed(model: ScoreModel, received: ScoreReceived, means: Means = fact_of) -> None:
    """Whatever comes, it is a score within bounds to the digit, the fallback that the model declares, or none."""
    found = means(model, received)
    if isinstance(found, Failure):
        assert model.fallback is None
        return
    fact = found.unwrap()
    assert fact.value.is_finite()
    assert model.low <= fact.value <= model.high
    assert (fact.request, fact.response) == (received.request, received.response)
    if fact.source is Source.FALLBACK:
        assert fact.value == model.fallback
        assert fact.why is not None
        assert isinstance(means(evolve(model, fallback=None), received), Failure)
        return
    assert fact.why is None
    assert isinstance(received.outcome, Answered)
    tensor = received.outcome.tensor
    assert (tensor.name, tensor.datatype, tensor.shape) == (
        model.output.name,
        model.output.datatype,
        model.output.shape,
    )
    said = number_of(tensor.datatype, tensor.elements[model.output.element])
    assert said is not None
    assert 2 * abs(fact.value - said) <= Decimal(1).scaleb(-model.digits), "rounded to the nearest"
    assert fact.value.as_tuple().exponent == -model.digits


def a_higher_score_is_no_lower_fact(model: ScoreModel, one: Decimal, other: Decimal, means: Means = fact_of) -> None:
    """Rounding keeps the order of scores."""
    low, high = sorted((one, other))

    def fact(score: Decimal) -> Decimal:
        output = model.output
        tensor = Tensor(output.name, Datatype.BYTES, (), (str(score),))
        asked = evolve(model, version=None, output=evolve(output, datatype=Datatype.BYTES, shape=(), element=0))
        return means(asked, ScoreReceived(model.name, None, "", None, 1, 0, Answered(tensor))).unwrap().value

    assert fact(low) <= fact(high)


def any_bytes_are_read(model: ScoreModel, requested: ScoreRequested, body: bytes, read: Reads = read_infer) -> None:
    """Whatever a server sends is an answer or nonsense, which can be recorded, and means a score or none."""
    for said in (read(requested, body), read_plain(model, body, "/p")):
        assert isinstance(said, Said)
        received = ScoreReceived(requested.model, said.version, requested.digest, None, 1, 0, said.outcome)
        assert canonical(score_value(received))
        assert read_score(score_value(received), ScoreReceived).unwrap() == received
        a_fact_is_never_guessed(model, received)


def a_number_is_read_as_it_was_written(requested: ScoreRequested, number: float, read: Reads = read_infer) -> None:
    """The number of 64 bits that a server writes as JSON is the number that is read."""
    output = {"name": requested.output, "datatype": "FP64", "shape": [1], "data": [number]}
    said = read(requested, json.dumps({"outputs": [output]}).encode())
    assert isinstance(said.outcome, Answered)
    found = number_of(Datatype.FP64, said.outcome.tensor.elements[0])
    assert found is not None
    assert float(found) == number


def a_single_float_is_one_number(number: float, written: Callable[[Datatype, str], Decimal | None] = number_of) -> None:
    """However a server writes a number of 32 bits, it is the shortest decimal that is nearest to no other."""
    texts = (repr(number), f"{number:.9g}", f"{number:.60f}")
    found = {str(written(Datatype.FP32, text)) for text in texts}
    assert len(found) == 1, found
    (shortest,) = found
    assert struct.pack("<f", float(shortest)) == struct.pack("<f", number)
    assert len(Decimal(shortest).as_tuple().digits) <= 9


def score_round_trips(value: object, written: Callable[[object], Mapping[str, Json]] = score_value) -> None:
    """What is written can be named by a digest, and is read back."""
    assert canonical(written(value))
    assert read_score(written(value), type(value)) == Success(value)
