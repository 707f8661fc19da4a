"""What a reader should remember of model scores: who is asked, with what, and what an answer means."""

from decimal import Decimal

import pytest
from attrs import evolve

from casefold.feel.values import Date, Value
from casefold.kernel.results import Failure
from casefold.policy.answers import pointed
from casefold.policy.experiments import Challenger, Experiment, NoSuchModel, Unasked, assign, plan_of
from casefold.policy.scorecodec import read_score, score_value
from casefold.policy.scorefacts import Answered, Fault, Nonsense, ScoreReceived, Source, TimedOut, fact_of
from casefold.policy.scores import InputUnusable, ScoreInput, ScoreModel, ScoreOutput, request_of
from casefold.policy.tensors import Datatype, Tensor, element_of, number_of

INPUTS = (
    ScoreInput("row", "loan to value", Datatype.FP32),
    ScoreInput("row", "rate", Datatype.FP32),
    ScoreInput("purpose", "purpose", Datatype.BYTES),
)
MODEL = ScoreModel("pd", "7", INPUTS, ScoreOutput("p", Datatype.FP64, (1, 2), 1), 4, Decimal(0), Decimal(1))
FACTS: dict[str, Value] = {"loan to value": Decimal("80.0"), "rate": Decimal("0.035"), "purpose": "A43", "name": "Ann"}


def received(element: str, version: str | None = "7") -> ScoreReceived:
    answered = Answered(Tensor("p", Datatype.FP64, (1, 2), ("0", element)))
    return ScoreReceived("pd", version, "sha256:…", "sha256:…", 1, 2_000, answered)


def test_inputs_of_one_tensor_are_the_columns_of_a_row():
    """A model takes a tensor for each input, or one for many; facts that it does not take are not sent."""
    asked = request_of(MODEL, FACTS).unwrap()

    assert (
        Tensor("row", Datatype.FP32, (1, 2), ("80", "0.035")),
        Tensor("purpose", Datatype.BYTES, (1, 1), ("A43",)),
    ) == asked.inputs


@pytest.mark.parametrize(("change", "fact", "given"), [
    ({"rate": None},                       "rate",     "null"),
    ({"rate": "0.035"},                    "rate",     "string"),
    ({"rate": Decimal("1e39")},            "rate",     "number"),   # more than 32 bits hold
    ({"purpose": Decimal(43)},             "purpose",  "number"),
    ({"purpose": Date(2026, 1, 31)},       "purpose",  "date"),
    ({"purpose": "\ud800"},                "purpose",  "string"),   # half a letter
])  # fmt: skip
def test_an_input_is_never_guessed(change, fact, given):
    """What a model cannot take is not sent; the failure names the fact and its type, and not its value."""
    found = request_of(MODEL, {**FACTS, **change})

    assert Failure(InputUnusable("pd", fact, {each.fact: each.datatype for each in INPUTS}[fact], given)) == found


def test_a_missing_input_is_told_from_null():
    """Nothing is there, not even null."""
    assert "nothing" == request_of(MODEL, {}).failure().given


@pytest.mark.parametrize(("element", "value"), [
    ("0.12345",               "0.1234"),   # halves to even
    ("0.12355",               "0.1236"),
    ("0.1234500000000001",    "0.1235"),
    ("1",                     "1.0000"),
    ("-0.0",                  "0.0000"),
    ("1e-300",                "0.0000"),
])  # fmt: skip
def test_an_answer_is_rounded_to_the_digits_that_are_kept(element, value):
    """A fact has the digits that the policy asks for: no more, for floats differ there, and no fewer."""
    assert value == str(fact_of(MODEL, received(element)).unwrap().value)


@pytest.mark.parametrize(("datatype", "element", "number"), [
    (Datatype.FP64,  "0.1",                     "0.1"),
    (Datatype.FP32,  "0.10000000149011612",     "0.1"),
    (Datatype.FP32,  "16777217",                "16777216"),
    (Datatype.FP32,  "3.40282347e+38",          "3.4028235E+38"),
    (Datatype.FP32,  "3.5e38",                  None),
    (Datatype.FP16,  "0.0999755859375",         "0.1"),
    (Datatype.FP16,  "65520",                   None),
    (Datatype.INT8,  "-128",                    "-128"),
    (Datatype.INT8,  "128",                     None),
    (Datatype.INT64, "1.5",                     None),
    (Datatype.BYTES, "1234.50",                 "1234.50"),
    (Datatype.BYTES, "12,5",                    None),
    (Datatype.BOOL,  "true",                    None),
    (Datatype.FP64,  "Infinity",                None),
])  # fmt: skip
def test_a_number_is_what_its_type_holds(datatype, element, number):
    """However it is written, a number of a type is one decimal."""
    found = number_of(datatype, element)

    assert number == (None if found is None else str(found))


def test_a_boolean_is_no_number():
    """Truth goes as truth alone."""
    assert ("true", None, None) == (
        element_of(Datatype.BOOL, True),
        element_of(Datatype.INT8, True),
        element_of(Datatype.BOOL, Decimal(1)),
    )


def test_a_fallback_says_that_it_is_one():
    """A decision can tell a score from its stand-in, and why it stands there; the rest goes on without a score."""
    late = ScoreReceived("pd", None, "sha256:…", None, 3, 3_000_000, TimedOut())
    cautious = evolve(MODEL, fallback=Decimal("0.9"))

    fact = fact_of(cautious, late).unwrap()
    assert (Decimal("0.9"), Source.FALLBACK, TimedOut(), "7") == (fact.value, fact.source, fact.why, fact.version)
    assert Nonsense(Fault.OUT_OF_RANGE) == fact_of(cautious, received("1.5")).unwrap().why
    assert Failure(TimedOut()) == fact_of(MODEL, late)


@pytest.mark.parametrize(("version", "fault"), [("7", None), (None, None), ("8", Fault.OTHER_VERSION)])
def test_another_version_is_another_model(version, fault):
    """A server may keep silent about its version, but not tell another."""
    found = fact_of(MODEL, received("0.5", version))

    assert fault == (found.failure().fault if isinstance(found, Failure) else None)


@pytest.mark.parametrize("change", [
    {"inputs": ()},
    {"inputs": (INPUTS[0], evolve(INPUTS[1], datatype=Datatype.FP64))},
    {"inputs": (INPUTS[0], INPUTS[0])},
    {"name": ""},
    {"version": ""},
    {"output": ScoreOutput("p", Datatype.FP64, (1, 2), 2)},
    {"output": ScoreOutput("p", Datatype.FP64, (0,), 0)},
    {"output": ScoreOutput("p", Datatype.BOOL)},
    {"digits": 19},
    {"low": Decimal(2)},
    {"high": Decimal("0.99999")},
    {"fallback": Decimal(2)},
    {"fallback": Decimal("0.12345")},
    {"retries": -1},
    {"timeout_seconds": Decimal(0)},
    {"timeout_seconds": Decimal(4)},
])  # fmt: skip
def test_a_model_that_no_answer_could_satisfy_is_refused(change):
    """Such a model is a mistake of whoever wrote it, and is told before anybody is asked."""
    with pytest.raises(ValueError, match="expected"):
        evolve(MODEL, **change)


def test_a_bad_model_in_a_file_is_a_failure():
    """What is read from outside is not raised."""
    written = {**score_value(MODEL), "low": "2"}

    assert MODEL == read_score(score_value(MODEL), ScoreModel).unwrap()
    assert "above the greatest" in str(read_score(written, ScoreModel).failure())


EXPERIMENT = Experiment("pd-2026", "champion", (Challenger("a", 1_000), Challenger("b", 9_000)), ("shadow",))


def test_challengers_take_the_first_places():
    """The champion has what is left: here nothing."""
    found = [assign(EXPERIMENT, f"loan {number}") for number in range(50)]

    assert [each.arm for each in found] == ["a" if each.place < 1_000 else "b" for each in found]
    assert {"a", "b"} == {each.arm for each in found}


@pytest.mark.parametrize(("challengers", "shadows"), [
    ([("m", 1)],                     ()),
    ([],                             ("m",)),
    ([("a", 6_000), ("b", 4_001)],   ()),
    ([("a", -1)],                    ()),
])  # fmt: skip
def test_shares_are_parts_of_one_whole(challengers, shadows):
    """A model is named once, and shares come to no more than everybody."""
    with pytest.raises(ValueError, match="expected"):
        Experiment("e", "m", tuple(Challenger(*each) for each in challengers), shadows)


def test_a_shadow_that_cannot_be_asked_is_told():
    """It hinders nothing, and its absence is on record."""
    needy = evolve(MODEL, inputs=(ScoreInput("x", "unknown", Datatype.FP64),))
    models = {**dict.fromkeys(("champion", "a", "b"), MODEL), "shadow": needy}
    plan = plan_of(EXPERIMENT, models, "loan 4711", FACTS).unwrap()

    assert request_of(MODEL, FACTS).unwrap() == plan.served.request
    assert ((), (Unasked("shadow", InputUnusable("pd", "unknown", Datatype.FP64, "nothing")),)) == (
        plan.shadows,
        plan.unasked,
    )
    assert Failure(NoSuchModel("pd-2026", "shadow")) == plan_of(
        EXPERIMENT, dict.fromkeys(("champion", "a", "b"), MODEL), "loan 4711", FACTS
    )


@pytest.mark.parametrize(("pointer", "found"), [
    ("",            {"a": [1, {"": 2}]}),
    ("/a/1/",       2),
    ("/a/0",        1),
    ("/a/01",       None),
    ("/a/-",        None),
    ("/a/2",        None),
    ("/b",          None),
    ("a",           None),
])  # fmt: skip
def test_a_pointer_leads_to_one_place_or_nowhere(pointer, found):
    """RFC 6901, and nothing like it."""
    assert found == pointed({"a": [1, {"": 2}]}, pointer)
