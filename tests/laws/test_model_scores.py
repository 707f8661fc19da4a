"""Scores of models mean what they say, and experiments are fair, whatever comes."""

import itertools
import json
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st
from tests.laws.reaching import unreached

from casefold.kernel.canonical import digest
from casefold.kernel.results import Failure, Success
from casefold.policy.answers import Said, read_infer
from casefold.policy.experiments import Assignment, Challenger, Experiment, assign, place_of, plan_of
from casefold.policy.scorecodec import score_value
from casefold.policy.scorefacts import Answered, Fault, Nonsense, ScoreFact, Source, fact_of
from casefold.policy.scores import ScoreInput, ScoreModel, ScoreOutput, request_of
from casefold.policy.tensors import Datatype, Tensor
from casefold_properties.laws import scores as laws
from casefold_properties.strategies import scores as strategies

HALVES = Experiment("halves", "champion", (Challenger("challenger", 5_000),))
MANY = [f"loan {number}" for number in range(2_000)]

MODEL = ScoreModel(
    "pd", None, (ScoreInput("x", "income", Datatype.FP64),), ScoreOutput("p", Datatype.FP64), 2, Decimal(0), Decimal(1)
)
MODELS = strategies.score_models()
OBSERVED = MODELS.flatmap(lambda model: st.tuples(st.just(model), strategies.observations(model)))
SENT = MODELS.flatmap(lambda model: st.tuples(st.just(model), strategies.bodies(model)))
FACTS = st.sets(st.sampled_from(sorted(strategies.FACTS))).map(
    lambda names: {name: strategies.FACTS[name] for name in names}
)


@given(
    strategies.experiments(),
    st.lists(strategies.subjects(), min_size=1, max_size=6, unique=True).flatmap(
        lambda subjects: st.tuples(st.just(subjects), st.permutations(subjects * 2))
    ),
)
def test_assignment_does_not_depend_on_order(experiment, ordered):
    """A subject has its place before anybody comes."""
    laws.assignment_does_not_depend_on_order(experiment, *ordered)


@given(strategies.experiments())
@example(HALVES)
@example(Experiment("none", "champion", (Challenger("challenger", 0),)))
@example(Experiment("all", "champion", (Challenger("challenger", 10_000),)))
def test_shares_are_kept(experiment):
    """Of many subjects each model serves its share, within what chance allows."""
    laws.shares_are_kept(experiment, MANY)


@given(
    strategies.experiments()
    .filter(lambda found: found.challengers)
    .flatmap(
        lambda found: st.tuples(
            st.just(found), st.integers(0, 10_000 - sum(each.share_basis_points for each in found.challengers))
        )
    )
)
def test_a_larger_share_moves_only_the_champions(grown):
    """A ramp from one percent to ten takes nobody back."""
    experiment, more = grown
    laws.a_larger_share_moves_only_the_champions(experiment, more, MANY[:100])


@given(strategies.experiments(), st.data(), strategies.subjects(), FACTS)
def test_shadows_have_no_say(experiment, data, subject, facts):
    """Whatever shadows there are, and whatever they lack, the same request serves."""
    names = (experiment.champion, *(each.model for each in experiment.challengers), *experiment.shadows)
    models = {name: data.draw(MODELS) for name in names}

    laws.shadows_have_no_say(experiment, models, subject, facts)


@given(MODELS, FACTS)
def test_only_inputs_count(model, facts):
    """What a model does not take is not sent, not even its name; what it takes is there or nothing is sent."""
    laws.only_inputs_count(model, facts)


@given(OBSERVED)
def test_a_fact_is_never_guessed(observed):
    """Every observation is a score that makes sense, a declared fallback, or none."""
    laws.a_fact_is_never_guessed(*observed)


SCORES = st.decimals(0, 1, places=8) | st.sampled_from(tuple(map(Decimal, ("0.5", "0.125", "0.4999995", "0.5000005"))))


@given(MODELS, SCORES, SCORES)
def test_a_higher_score_is_no_lower_fact(model, one, other):
    """Rounding never turns two applicants round."""
    laws.a_higher_score_is_no_lower_fact(model, one, other)


@given(SENT)
def test_any_bytes_are_read(sent):
    """A server may send anything."""
    model, body = sent
    requested = request_of(model, strategies.FACTS).unwrap()

    laws.any_bytes_are_read(model, requested, body)


@given(MODELS, st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_read_as_it_was_written(model, number):
    """Not a bit is lost between a server's number and ours."""
    laws.a_number_is_read_as_it_was_written(request_of(model, strategies.FACTS).unwrap(), number)


@given(strategies.single_floats())
@example(0.1)
@example(-0.0)
@example(1.401298464324817e-45)
@example(3.4028234663852886e38)
def test_a_single_float_is_one_number(number):
    """Servers write 32-bit numbers with 9, 17 or 60 digits; all mean one score."""
    laws.a_single_float_is_one_number(number)


@given(OBSERVED, strategies.experiments(), strategies.subjects(), FACTS)
def test_what_is_recorded_is_read_back(observed, experiment, subject, facts):
    """Models, experiments, assignments, observations and facts survive being stored."""
    model, received = observed
    values = [model, received, experiment, assign(experiment, subject)]
    values += [found.unwrap() for found in (fact_of(model, received),) if not isinstance(found, Failure)]
    for value in values:
        laws.score_round_trips(value)


def test_whoever_deals_in_turn_is_found_out():
    """The law of order can fail: here subjects are dealt to the arms as they come."""
    turns = itertools.count()

    def in_turn(experiment, subject):
        return Assignment(experiment.id, subject, 0, ("champion", "challenger")[next(turns) % 2])

    with pytest.raises(AssertionError):
        laws.assignment_does_not_depend_on_order(HALVES, ["a", "b"], ["b", "a", "a", "b"], in_turn)


@pytest.mark.parametrize("experiment", [
    HALVES,
    Experiment("tenth", "champion", (Challenger("challenger", 1_000),)),
])  # fmt: skip
def test_an_unfair_hash_is_found_out(experiment):
    """The law of shares can fail: here a place hangs on the first letter, or a share is a tenth too large."""

    def by_letter(experiment, subject):
        return assign(experiment, subject[0])

    def generous(experiment, subject):
        place = place_of(experiment.id, subject)
        share = experiment.challengers[0].share_basis_points
        arm = "challenger" if place < share + 1_000 else "champion"
        return Assignment(experiment.id, subject, place, arm)

    for wrong in (by_letter, generous):
        with pytest.raises(AssertionError):
            laws.shares_are_kept(experiment, MANY, wrong)


def test_a_place_that_hangs_on_the_share_is_found_out():
    """The law of growing shares can fail: here the share is hashed too, so everybody is dealt anew."""

    def anew(experiment, subject):
        place = int(digest([experiment.challengers[0].share_basis_points, subject])[-4:], 16) % 10_000
        arm = "challenger" if place < experiment.challengers[0].share_basis_points else "champion"
        return Assignment(experiment.id, subject, place, arm)

    with pytest.raises(AssertionError):
        laws.a_larger_share_moves_only_the_champions(HALVES, 100, MANY[:100], anew)


def lenient(model, received):
    """Clip what is out of range, and take nought for what is no number."""
    found = fact_of(model, received)
    if not isinstance(found, Failure) and found.unwrap().source is Source.ANSWERED:
        return found
    return Success(ScoreFact(model.name, None, received.request, received.response, Decimal(0), Source.ANSWERED))


def silent(model, received):
    """Use the fallback and say that the model answered."""
    return fact_of(model, received).map(lambda fact: evolve(fact, source=Source.ANSWERED, why=None))


@pytest.mark.parametrize("wrong", [lenient, silent])
def test_a_guess_is_found_out(wrong):
    """The law of facts can fail: here bad scores become nought, or a fallback passes for an answer."""
    reached = unreached(OBSERVED, {"found out": lambda observed: not holds(observed, wrong)}, examples=200)

    assert not reached


def holds(observed, means):
    try:
        laws.a_fact_is_never_guessed(observed[0], observed[1], means)
    except AssertionError:
        return False
    return True


def test_truncation_of_floats_is_found_out():
    """The law of 32-bit numbers can fail: here each is taken as it was written."""
    with pytest.raises(AssertionError):
        laws.a_single_float_is_one_number(0.10000000149011612, lambda _, text: Decimal(text))


def test_the_order_of_scores_can_be_broken():
    """The law of rounding can fail: here a score is turned round on its way."""

    def turned(model, received):
        return fact_of(model, received).map(lambda fact: evolve(fact, value=-fact.value))

    with pytest.raises(AssertionError):
        laws.a_higher_score_is_no_lower_fact(MODEL, Decimal(0), Decimal(1), turned)


def test_a_shadow_with_a_say_is_found_out():
    """The law of shadows can fail: here a plan is refused for want of a shadow's facts, or a shadow serves."""
    shadowed = evolve(HALVES, shadows=("shadow",))
    models = {"champion": MODEL, "challenger": MODEL, "shadow": evolve(MODEL, name="other")}

    def strict(experiment, models, subject, facts):
        found = plan_of(experiment, models, subject, facts).unwrap()
        return Failure(found.unasked[0].why) if experiment.shadows else Success(found)

    def usurped(experiment, models, subject, facts):
        found = plan_of(experiment, models, subject, facts).unwrap()
        return Success(evolve(found, served=found.shadows[0]) if found.shadows else found)

    needy = {**models, "shadow": evolve(MODEL, inputs=(ScoreInput("x", "unknown", Datatype.FP64),))}
    for wrong, known in ((strict, needy), (usurped, models)):
        laws.shadows_have_no_say(shadowed, known, "loan 4711", strategies.FACTS)
        with pytest.raises(AssertionError):
            laws.shadows_have_no_say(shadowed, known, "loan 4711", strategies.FACTS, wrong)


def test_a_guessed_input_is_found_out():
    """The law of inputs can fail: here what is missing is sent as nought, or all facts are sent."""

    def guessed(model, facts):
        return request_of(model, {"income": Decimal(0), **facts})

    def all_of_them(model, facts):
        return request_of(model, facts).map(lambda asked: evolve(asked, digest=digest(sorted(facts))))

    laws.only_inputs_count(MODEL, {})
    with pytest.raises(AssertionError):
        laws.only_inputs_count(MODEL, {}, guessed)
    with pytest.raises(AssertionError):
        laws.only_inputs_count(MODEL, strategies.FACTS, all_of_them)


def test_a_careless_reader_is_found_out():
    """The laws of reading can fail: here halves of letters are let in, and numbers lose digits."""
    requested = request_of(MODEL, strategies.FACTS).unwrap()

    def lax(requested, body):
        return Said(Answered(Tensor("p", Datatype.BYTES, (), (json.loads(body),))))

    def short(requested, body):
        number = json.loads(body)["outputs"][0]["data"][0]
        return Said(Answered(Tensor("p", Datatype.FP64, (1,), (f"{number:.10g}",))))

    with pytest.raises(UnicodeEncodeError):
        laws.any_bytes_are_read(MODEL, requested, b'"\\ud800"', lax)
    with pytest.raises(AssertionError):
        laws.a_number_is_read_as_it_was_written(requested, 0.1 + 0.2, short)


def test_a_lossy_record_is_found_out():
    """The law of records can fail: here decimals are written as floats, or not at all."""
    model = evolve(MODEL, fallback=Decimal("0.25"))

    def float_written(value):
        return {**score_value(value), "fallback": 0.25}

    def forgotten(value):
        return {name: each for name, each in score_value(value).items() if name != "fallback"}

    for lossy in (float_written, forgotten):
        with pytest.raises(AssertionError):
            laws.score_round_trips(model, lossy)


def test_observations_reach_every_side():
    """Strategies come by answers and fallbacks, and by every kind of nonsense that a fact can be refused for."""

    def fault(wanted):
        def met(observed):
            found = fact_of(evolve(observed[0], fallback=None), observed[1])
            why = found.failure() if isinstance(found, Failure) else None
            return isinstance(why, Nonsense) and why.fault is wanted and isinstance(observed[1].outcome, Answered)

        return met

    def source(wanted):
        return lambda observed: isinstance(found := fact_of(*observed), Success) and found.unwrap().source is wanted

    judged = (
        "OTHER_MODEL",
        "OTHER_VERSION",
        "NO_OUTPUT",
        "WRONG_DATATYPE",
        "WRONG_SHAPE",
        "NOT_A_NUMBER",
        "OUT_OF_RANGE",
    )
    sides = {name: fault(Fault[name]) for name in judged} | {each.value: source(each) for each in Source}

    assert set() == unreached(OBSERVED, sides, examples=600)


def test_bytes_reach_every_side():
    """Strategies come by whole answers, and by whatever can be wrong with bytes."""

    def fault(wanted):
        def met(sent):
            outcome = read_infer(request_of(sent[0], strategies.FACTS).unwrap(), sent[1]).outcome
            return isinstance(outcome, Nonsense) and outcome.fault is wanted

        return met

    def whole(sent):
        return isinstance(read_infer(request_of(sent[0], strategies.FACTS).unwrap(), sent[1]).outcome, Answered)

    names = (
        "NOT_JSON",
        "NOT_A_MESSAGE",
        "NO_OUTPUT",
        "WRONG_DATATYPE",
        "WRONG_SHAPE",
        "OTHER_VERSION",
        "OTHER_REQUEST",
    )
    sides = {name: fault(Fault[name]) for name in names} | {"an answer": whole}

    assert set() == unreached(SENT, sides, examples=800)
