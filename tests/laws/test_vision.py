"""Asking a language model: the budget holds whatever it counts, every answer is read, and every case ends."""

import pytest
from attrs import evolve as changed
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from tests.laws.reaching import unreached

from casefold.case.events import CallsReserved, OpinionsReceived
from casefold.case.record import AssemblyDue, PlanningDue, ReservationDue
from casefold.case.state import fold
from casefold.case.steps import AskVision, PlanCalls, ReserveCalls, next_steps
from casefold.pages.labels import Reason, Tier
from casefold.vision.answers import PageAnswer, Problem, Reply, read_reply
from casefold.vision.budget import unasked
from casefold.vision.planning import plan_calls
from casefold.vision.prompts import PageShown
from casefold.vision.tier import VisionTier, read_tier, tier_digest, tier_value
from casefold.vision.tokens import Prices, Usage, cost_micro_usd, image_tokens
from casefold_properties import laws, strategies
from casefold_properties.laws import vision
from casefold_properties.strategies.vision import (
    Manner,
    calls,
    image_formulas,
    manners,
    price_lists,
    reply_bodies,
    speaker_of,
    speakers,
    used,
    vision_tiers,
)
from casefold_properties.worlds import World, drive, reloaded

CHANCE = st.randoms(use_true_random=False)
SEARCHING = settings(max_examples=3_000, database=None, derandomize=True, phases=[Phase.generate])
USAGES = st.lists(st.none() | st.builds(Usage, st.integers(0, 10**9), st.just(0), st.integers(0, 10**9)), max_size=4)
PRICES = Prices("law", 10**6, 10**6, 10**6)
TIER = VisionTier(
    "law-1", Prices("law", 250_000, 25_000, 2_000_000), None, review_micro_usd=10**6, budget_micro_usd=10**9
)
VAGUE = strategies.lines_of("alpha deposit rider")


def asking(setting, tier):
    """The same case, which may ask."""
    return changed(
        setting,
        artifacts=changed(setting.artifacts, vision=tier),
        opened=changed(setting.opened, vision=tier_digest(tier)),
    )


def log_of(setting, speaker, choose=None, **more):
    world = World(setting.package, speaker=speaker, **({} if choose is None else {"choose": choose}))
    return drive(setting.artifacts, [setting.opened], world, **({} if choose is None else {"choose": choose}), **more)


def labels_of(case):
    assert case.outcome is not None
    return case.outcome.labels


@given(st.integers(0, 300), st.integers(1, 3), calls(), price_lists(), USAGES)
@example(10, 1, (), PRICES, [])
def test_the_budget_holds_whatever_is_counted(budget, at_once, some, prices, usages):
    """What is spent and held back together is never more than the budget, and asking comes to its end."""
    vision.budget_holds(budget, at_once, some, prices, usages)


@given(calls())
def test_a_budget_that_suffices_asks_all(some):
    """Nothing is held back from asking but money."""
    vision.a_budget_for_all_asks_all(some)


def careless(ledger):
    """Reserve for nothing: what a budget must not do."""
    return unasked(ledger)[: ledger.calls_at_once]


def trusting(prices, call, usage):
    """Take the endpoint's word for what a call cost."""
    return (0 if usage is None else cost_micro_usd(prices, usage)), False


def miserly(_):
    """Ask nothing at all."""
    return ()


@pytest.mark.parametrize("wrong", [{"reserve": careless}, {"settled": trusting}])
def test_a_budget_that_does_not_hold_is_found(wrong):
    """The law about the budget finds calls that nothing was held back for, and bills that are taken on trust."""
    some = calls(reserves=st.just(6)).filter(lambda found: len(found) >= 2)
    usages = st.lists(st.just(Usage(10**6, 0, 0)), min_size=1, max_size=1)

    @SEARCHING
    @given(some, usages)
    def holds(found, counted):
        vision.budget_holds(7, 2, found, PRICES, counted, **wrong)

    with pytest.raises(AssertionError):
        holds()


def test_a_budget_that_asks_nothing_is_found():
    """A budget is kept by asking nobody, too; the other law finds that."""
    made = given(calls().filter(bool))(lambda some: vision.a_budget_for_all_asks_all(some, miserly))

    with pytest.raises(AssertionError):
        made()


@given(reply_bodies(), st.lists(st.integers(1, 4), min_size=1, max_size=3, unique=True))
@example(b"", [1])
@example(b"[" * 100_000, [1]).via("too deep")
@example(
    b'{"choices": [{"message": {"content": "{\\"pages\\": [{\\"page\\": [], \\"label\\": {}}]}"}}]}',
    [1],
)
def test_every_answer_is_read(body, pages):
    """Refused, cut off, nonsense or in order: what can be used is, once a page, and a problem says what lacks."""
    vision.reply_is_read(body, pages, frozenset({"alpha", "bravo", "unknown"}))


def gullible(body, pages, _):
    """Take any label."""
    return read_reply(body, pages, frozenset({"w2", "alpha", "bravo", "unknown", "", "{"}))


def forgetful(body, pages, words):
    """Say of a short answer that it is whole."""
    return changed(read_reply(body, pages, words), problem=None)


def eager(_body, pages, _words):
    """Answer by itself."""
    return Reply(tuple(PageAnswer(page, "alpha", ("alpha",), True) for page in pages), None)


@pytest.mark.parametrize("wrong", [gullible, forgetful, eager])
def test_a_reader_that_is_taken_in_is_found(wrong):
    """The law about answers finds labels out of the vocabulary, and answers that are not whole."""

    @SEARCHING
    @given(reply_bodies())
    def holds(body):
        vision.reply_is_read(body, [1], frozenset({"alpha", "bravo", "unknown"}), wrong)

    with pytest.raises(AssertionError):
        holds()


def having(problem):
    return lambda reply: reply.problem is problem


def test_answers_reach_every_problem():
    """Bodies are read in full, in part, and for every reason not at all."""
    pages = [1, 2]
    found = reply_bodies().map(lambda body: read_reply(body, pages, frozenset({"alpha", "bravo", "unknown"})))
    read = (Problem.NOT_A_REPLY, Problem.NOT_JSON, Problem.OUT_OF_VOCABULARY, Problem.WRONG_PAGES, Problem.CUT_SHORT)
    ends = {
        "whole": lambda reply: reply.problem is None,
        "part": lambda reply: reply.problem is not None and bool(reply.answers),
        **{problem.value: having(problem) for problem in read},
    }

    assert not unreached(found, ends, examples=1_000)


@given(image_formulas(), st.integers(1, 5_000), st.integers(1, 5_000))
def test_a_picture_has_tokens(formula, width, height):
    """Every picture costs something, however it is counted, and no less if it is larger in both sides."""
    assert image_tokens(formula, width, height) > 0


@given(vision_tiers())
def test_a_tier_is_read_back(tier):
    """What a case may ask is kept with it, and named by its content."""
    assert read_tier(tier_value(tier)).unwrap() == tier


@given(strategies.settings_of_cases(max_pages=4, max_sources=2), vision_tiers(), speakers(), CHANCE)
def test_whatever_a_language_model_says_a_case_ends(setting, tier, speaker, chance):
    """Right, wrong, refused, late or gone: the case comes to its end within its budget, after any crash too."""
    setting = asking(setting, tier)
    log = log_of(setting, speaker)
    crooked = reloaded(log_of(setting, speaker, chance.randrange, crashes=True))

    for case in (fold(log), crooked):
        laws.is_finished(case)
        laws.pages_are_accounted_for(setting.package, case)
        vision.asking_is_accounted_for(case)
    laws.replay_is_identical(setting.artifacts, setting.package, fold(log))
    if setting.opened.sources:
        laws.history_makes_sense(log)
    laws.fold_is_associative_over_logs(log)
    for event in log:
        laws.event_round_trips(event)


@given(strategies.settings_of_cases(max_pages=6, max_sources=2), vision_tiers(), st.text(max_size=30))
def test_a_plan_is_sound_and_its_requests_are_bounded(setting, tier, words):
    """Pages are asked about once, in calls that cost no more than was held back, whatever stands on them."""
    case = fold(log_of(setting, lambda call: None))
    found = case.outcome
    assert found is not None
    made = plan_calls(setting.artifacts.compiled, tier, case.pages, found.labels, found.documents)
    shown = PageShown(words * 100, None if tier.image is None else "data:image/jpeg;base64,AAAA")

    vision.plan_is_sound(
        setting.artifacts.compiled, tier, found.labels, {page.page: page.source for page in case.pages}, made
    )
    for call in made:
        vision.request_is_bounded(setting.artifacts.compiled, tier, call, dict.fromkeys(call.numbers, shown))


SETTING = asking(strategies.setting_of([strategies.page_of([VAGUE]), strategies.page_of([VAGUE])]), TIER)


def log_with(*some):
    return log_of(SETTING, speaker_of(some))


RIGHT = Manner("right", "alpha", used(10, 5))


def test_an_answer_is_evidence():
    """What a model says is weighed with the rest, and told as its own."""
    case, before = fold(log_with(RIGHT)), fold(log_with(Manner("nobody", "alpha", None)))

    assert Tier.VISION is labels_of(case)[0].tier
    assert labels_of(case)[0].confidence_ppm > labels_of(before)[0].confidence_ppm
    assert {Reason.UNANSWERED} == {label.reason for label in labels_of(before)}


def test_a_question_is_asked_once_more_and_no_oftener():
    """Two answers that nobody can use are enough."""
    case = fold(log_with(Manner("nonsense", "alpha", None)))

    assert case.vision is not None
    assert [1, 2] == [call.attempt for call in case.vision.calls]


def test_an_answer_to_no_question_makes_no_sense():
    """Answers without a question, dearer than what was held back, or about other pages, are noticed."""
    log = log_with(RIGHT)
    at = next(at for at, event in enumerate(log) if isinstance(event, OpinionsReceived))
    told = log[at].opinions
    for members in (
        {"call": "sha256:" + "0" * 64},
        {"cost_micro_usd": 10**9},
        {"cost_micro_usd": -1},
        {"opinions": (changed(told[0], page=9),)},
        {"opinions": (*told, told[0])},
        {"answer": "none"},
    ):
        assert at == laws.first_misfit([*log[:at], changed(log[at], **members), *log[at + 1 :]])
    assert laws.first_misfit([event for event in log if not isinstance(event, CallsReserved)]) is not None


def test_nothing_is_asked_before_money_is_held_back():
    """Planning, holding back, asking: each alone is due, and the others are refused meanwhile."""
    log = log_with(RIGHT)
    seen = []
    for at in range(len(log)):
        case = fold(log[:at])
        steps = next_steps(case)
        kind = type(steps[0]) if steps else None
        if kind in {PlanCalls, ReserveCalls, AskVision}:
            seen.append(kind)
            for other, step in ((PlanningDue(), PlanCalls), (ReservationDue(), ReserveCalls)):
                if kind is not step:
                    laws.refuses_what_is_not_due(SETTING.artifacts, case, other)
            laws.refuses_what_is_not_due(SETTING.artifacts, case, AssemblyDue())

    assert [PlanCalls, ReserveCalls, AskVision] == seen


def test_cases_that_ask_reach_every_end():
    """Pages are settled by an answer, left for want of money, and left for want of an answer."""

    def reasons(wanted):
        return lambda case: any(label.reason is wanted for label in case.outcome.labels)

    def made(setting, tier, some):
        return fold(log_of(asking(setting, tier), speaker_of(some)))

    ends = {
        "nothing asked": lambda case: not case.vision.calls,
        "batch": lambda case: bool(case.vision.batches),
        "again": lambda case: any(call.attempt == 2 for call in case.vision.calls),
        "overclaimed": lambda case: any(each.overclaimed for each in case.vision.answers.values()),
        "settled": lambda case: any(
            label.tier is Tier.VISION and label.reason is Reason.SURE for label in case.outcome.labels
        ),
        **{reason.value: reasons(reason) for reason in (Reason.BUDGET_EXHAUSTED, Reason.UNANSWERED)},
    }
    pages = strategies.settings_of_cases(max_pages=4, max_sources=2, refused=False)
    some = st.lists(manners(), min_size=1, max_size=5)

    assert not unreached(st.builds(made, pages, vision_tiers(), some), ends, examples=500)
