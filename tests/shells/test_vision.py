"""Cases that ask a language model, from the command line: what is asked, what it costs, and what goes wrong."""

import json
from io import BytesIO

import pytest
from PIL import Image
from tests.adapters.llm_servers import Fault, llm_server, numbers_of, oracle, pictures_of, rows
from tests.shells.conftest import case_of, cli, package

from casefold.case.codec import read_event
from casefold.case.events import CallsReserved, OpinionsReceived
from casefold.vision.answers import Problem

PAGES = ("w2", "nothing", "bank_statement", "nothing", "paystub")
"""Pages 2 and 4 fit no class."""

TRUTH = {1: ("w2", True), 2: ("w2", False), 3: ("bank_statement", True), 4: ("paystub", True), 5: ("paystub", True)}
RIGHT = oracle(TRUTH, ("w2", "bank_statement", "paystub", "unknown"))


def config(folder, url, *, prices="gpt-5-mini", label="0.999", **more):
    told = {"retries": 1, "wait_seconds_max": 1, **more}
    path = folder / "vision.toml"
    path.write_text(
        f'base_url = "{url}"\nmodel = "law-1"\nprices = "{prices}"\n'
        + "".join(f"{name} = {json.dumps(value)}\n" for name, value in told.items())
        + f'[accuracy]\nlabel = {label}\nboundary = 0.9\nsettled = 0.9\nmeasured_on = "this test"\n'
    )
    return path


@pytest.fixture
def run(tmp_path, taxonomy):
    """Run the package of this test, and give what was said and the case."""
    package(tmp_path, *PAGES)

    def go(*more, pages=None):
        if pages is not None:
            package(tmp_path, *pages)
        said = cli("run", tmp_path / "loan.pdf", "--out", tmp_path / "cases", "--taxonomy", taxonomy, *more)
        found = tmp_path / "cases/loan"
        return said, case_of(found) if (found / "case.json").is_file() else None

    return go


def events_of(folder):
    lines = (folder / "cases/loan/events.jsonl").read_text().splitlines()
    return [read_event(json.loads(line)["event"]).unwrap() for line in lines]


def asked_pages(server):
    return sorted(page for request in server.asked for page in numbers_of(request))


def test_only_unsure_pages_are_asked_about(run, tmp_path):
    """Two pages fit no class: a model is shown them, with their neighbours, and what it says is weighed."""
    with llm_server(answer=RIGHT) as server:
        said, case = run("--vision", config(tmp_path, server.url))
    (request,) = server.asked

    assert 0 == said.code
    assert [2, 4] == asked_pages(server)
    assert ["JPEG", "JPEG"] == [Image.open(BytesIO(each)).format for each in pictures_of(request)]
    told = json.dumps(request["messages"][1]["content"])
    assert "The page before is sure: w2." in told and "The quick brown fox" in told
    assert ("w2", "accepted", "vision") == tuple(case["pages"][1][name] for name in ("label", "status", "tier"))
    assert "a language model: law-1 labelled it (+29 dB for w2)" in [row["text"] for row in case["pages"][1]["why"]]
    assert [2, 1] == [len(case["documents"][0]["pages"]), len(case["documents"][1]["pages"])]


def test_what_a_call_cost_is_told(run, tmp_path):
    """Tokens, those that were cached, and money stand in case.json, in the report, and in what the run says."""
    with llm_server(answer=RIGHT) as server:
        said, case = run("--vision", config(tmp_path, server.url, budget_usd=1))
    (usage,), meter = server.charged, case["vision"]
    cached = usage["prompt_tokens_details"]["cached_tokens"]

    assert (usage["prompt_tokens"], cached) == (meter["input_tokens"], meter["cached_tokens"])
    whole = (usage["prompt_tokens"] - cached) * 250_000 + cached * 25_000 + usage["completion_tokens"] * 2_000_000
    assert -(-whole // 10**6) == round(float(meter["cost_usd"]) * 10**6)
    assert "this test" == meter["accuracy_measured_on"]
    assert ([2, 4], None, "law-1-2026") == tuple(meter["calls"][0][name] for name in ("answered", "problem", "model"))
    assert f"${meter['cost_usd']} of $1" in said.out
    assert f"${meter['cost_usd']} of $1" in (tmp_path / "cases/loan/report.html").read_text()


def test_a_case_that_asked_verifies_and_replays_without_a_model(run, tmp_path):
    """Answers are recorded: replay needs nobody, and what was changed of them is noticed."""
    with llm_server(answer=RIGHT) as server:
        _, case = run("--vision", config(tmp_path, server.url))
    folder = tmp_path / "cases/loan"
    answer = case["vision"]["calls"][0]["response"].removeprefix("sha256:")

    assert 0 == cli("verify", folder).code
    assert "the same outcome, to the byte" in cli("replay", folder).out
    (folder / "blobs" / answer[:2] / answer[2:]).write_bytes(b"{}")
    assert 1 == cli("verify", folder).code


def test_a_second_run_asks_nothing_more(run, tmp_path):
    """What was asked and answered is not asked, or paid, again; under other terms it is another case."""
    with llm_server(answer=RIGHT) as server:
        run("--vision", config(tmp_path, server.url))
        run("--vision", config(tmp_path, server.url))
        said, _ = run("--vision", config(tmp_path, server.url), "--budget", "7")

    assert 1 == len(server.asked)
    assert 8 == said.code and "what a language model may be asked" in said.err


def test_a_plan_asks_nobody(run, tmp_path):
    """What would be asked is told beforehand, with its cost; the run itself then costs no more."""
    with llm_server(answer=RIGHT) as server:
        told, none = run("--vision", config(tmp_path, server.url), "--plan")
        planned = told.out.splitlines()[1].split()
        assert not server.asked and none is None
        _, case = run("--vision", config(tmp_path, server.url))

    assert ["5", "3", "2", "1"] == planned[1:5]
    assert float(case["vision"]["cost_usd"]) <= float(planned[8])


@pytest.mark.parametrize(("share", "asked"), [(0, 0), (1, 1), (2, 2)])
def test_the_budget_is_never_exceeded(run, tmp_path, share, asked):
    """Money for so many calls at their dearest; pages for which none is left go to a person, and say so."""
    with llm_server(answer=RIGHT) as server:
        path = config(tmp_path, server.url, pages_a_call=1)
        told, _ = run("--vision", path, "--plan")
        budget = float(told.out.splitlines()[1].split()[8]) / 2 * share
        said, case = run("--vision", path, "--budget", f"{budget:.6f}", "--fresh")
    reasons = [case["pages"][at]["reason"] for at in (1, 3)]

    assert 0 == said.code
    assert asked == len(server.asked) == 2 - reasons.count("budget_exhausted")
    assert float(case["vision"]["cost_usd"]) <= budget
    assert (asked < 2) == ("the budget was spent" in said.out)


FAULTS = {
    Problem.OVER_QUOTA: Fault(429, b"{}"),
    Problem.FAILING: Fault(500, b"{}"),
    Problem.REJECTED: Fault(401, b"{}"),
    Problem.UNREACHABLE: Fault(content="x", holds="cuts"),
    Problem.NOT_A_REPLY: Fault(body=b"<html>"),
    Problem.REFUSED: Fault(refusal="I would rather not"),
    Problem.CUT_SHORT: Fault(content='{"pages": [{"page": 2', finish="length"),
    Problem.NOT_JSON: Fault(content="They look like letters to me."),
    Problem.OUT_OF_VOCABULARY: Fault(content=rows((2, "letter", [], True), (4, "letter", [], True))),
    Problem.WRONG_PAGES: Fault(content=rows((7, "w2", [], True))),
}


@pytest.mark.parametrize("problem", FAULTS)
def test_whatever_goes_wrong_the_case_goes_on(run, tmp_path, problem):
    """Down, over quota, refusing or lying: the pages go to a person with the reason, and the summary counts them."""
    with llm_server(FAULTS[problem]) as server:
        said, case = run("--vision", config(tmp_path, server.url))

    assert 0 == said.code
    assert {"unanswered"} == {case["pages"][at]["reason"] for at in (1, 3)}
    assert (2, 0) == (case["vision"]["pages_unanswered"], case["vision"]["pages_answered"])
    assert {problem.value} == {call["problem"] for call in case["vision"]["calls"]}
    assert "about 2 pages, 0 answered" in said.out
    assert 0 == cli("verify", tmp_path / "cases/loan").code


def test_a_late_answer_is_paid_for_and_not_waited_for(run, tmp_path):
    """Nobody knows whether a call that was not answered in time is charged: so it counts."""
    with llm_server(Fault(holds="before")) as server:
        _, case = run("--vision", config(tmp_path, server.url, timeout_seconds=0.3))
    (call,) = case["vision"]["calls"]

    assert ("timed_out", call["reserved_usd"]) == (call["problem"], call["cost_usd"])


def test_an_endpoint_that_is_down_is_not_asked_for_ever(run, tmp_path):
    """After three calls that nobody took, the rest are not made."""
    with llm_server(Fault(401, b"{}")) as server:
        said, case = run(
            "--vision",
            config(tmp_path, server.url, pages_a_call=1, calls_at_once=1),
            pages=("nothing",) * 6,
        )

    assert 3 == len(server.asked)
    assert {"unanswered"} == {page["reason"] for page in case["pages"] if page["reason"] != "copy"}
    assert "nobody took the last calls" in said.out


def test_an_endpoint_that_overcharges_is_asked_nothing_more(run, tmp_path):
    """A count that the request cannot have had is not believed, and ends the asking."""
    greedy = Fault(content=rows((2, "w2", [], False)), usage={"prompt_tokens": 10**9, "completion_tokens": 1})
    with llm_server(greedy) as server:
        said, case = run("--vision", config(tmp_path, server.url, pages_a_call=1, calls_at_once=1))

    assert 1 == len(server.asked)
    assert case["vision"]["calls"][0]["reserved_usd"] == case["vision"]["cost_usd"]
    assert "the endpoint counted more tokens than it was sent" in said.out


def test_a_page_whose_answer_is_useless_is_asked_about_once_more(run, tmp_path):
    """Only the page that lacks an answer is in the second question."""
    half = Fault(content=rows((2, "w2", [], False), (4, "letter", [], True)))
    with llm_server(half, answer=RIGHT) as server:
        _, case = run("--vision", config(tmp_path, server.url))

    assert [[2, 4], [4]] == [numbers_of(request) for request in server.asked]
    assert [1, 2] == [call["attempt"] for call in case["vision"]["calls"]]
    assert 0 == case["vision"]["pages_unanswered"]


def test_answers_are_kept_by_content(run, tmp_path):
    """The same question costs nothing the second time, though the case begins anew."""
    with llm_server(answer=RIGHT) as server:
        _, first = run("--vision", config(tmp_path, server.url, cache="answers"))
        _, second = run("--vision", config(tmp_path, server.url, cache="answers"), "--fresh")

    assert 1 == len(server.asked)
    assert "0" == second["vision"]["cost_usd"] != first["vision"]["cost_usd"]
    assert first["pages"][1]["label"] == second["pages"][1]["label"] == "w2"
    assert first["digest"] == second["digest"]


def test_a_run_that_is_stopped_pays_for_no_answer_twice(run, tmp_path):
    """What was answered stays; the call that was under way counts as paid, and is asked once more."""
    with llm_server(answer=RIGHT) as server:
        _, whole = run("--vision", config(tmp_path, server.url, pages_a_call=1, calls_at_once=1))
        log = tmp_path / "cases/loan/events.jsonl"
        events, lines = events_of(tmp_path), log.read_text().splitlines(keepends=True)
        seconds = [at for at, event in enumerate(events) if isinstance(event, CallsReserved)]
        log.write_text("".join(lines[: seconds[1] + 1]))
        del server.asked[:]
        _, case = run("--vision", config(tmp_path, server.url, pages_a_call=1, calls_at_once=1))

    assert 1 == len(server.asked)
    assert [None, "lost", None] == [call["problem"] for call in case["vision"]["calls"]]
    assert whole["pages"][3]["label"] == case["pages"][3]["label"]
    answers = [event for event in events_of(tmp_path) if isinstance(event, OpinionsReceived)]
    assert answers[1].cost_micro_usd > answers[0].cost_micro_usd
    assert 0 == cli("verify", tmp_path / "cases/loan").code


def test_a_batch_is_handed_in_and_fetched_by_the_next_run(run, tmp_path):
    """The case waits with the batch's id; run again once it is done, it comes to its end at the batch's price."""
    with llm_server(answer=RIGHT) as server:
        asked = ("--vision", config(tmp_path, server.url), "--vision-batch")
        first, none = run(*asked)
        again, still = run(*asked)
        (batch,) = server.batches.values()
        batch["status"] = "completed"
        last, case = run(*asked)

    assert none is None and still is None
    assert "a batch was handed in" in first.out and "a batch was handed in" in again.out
    assert "a batch" not in last.out
    assert ("w2", "accepted") == (case["pages"][1]["label"], case["pages"][1]["status"])
    assert 1 == len(server.batches)
    assert 0 == cli("verify", tmp_path / "cases/loan").code


def test_a_correction_needs_no_model(run, tmp_path):
    """What a person says holds, and nobody is asked again."""
    with llm_server(answer=RIGHT) as server:
        run("--vision", config(tmp_path, server.url))
    said = cli(
        *("review", tmp_path / "cases/loan", "--page", 2, "--label", "paystub", "--by", "Ada", "--why", "it is one")
    )

    assert 0 == said.code
    page = case_of(tmp_path / "cases/loan")["pages"][1]
    assert ("paystub", "person") == (page["label"], page["tier"])


@pytest.mark.parametrize(("text", "complaint"), [
    ("", "base_url is an address"),
    ('base_url = "http://user:secret@x/v1"\nmodel = "gpt-5-mini"', "without a password"),
    ('base_url = "http://x/v1"\nmodel = "law-1"', "nobody knows the prices of 'law-1'"),
    ('base_url = "http://x/v1"\nmodel = "gpt-5-mini"\nkey = "NO_SUCH_KEY"', "NO_SUCH_KEY holds none"),
    ('base_url = "http://x/v1"\nmodel = "gpt-5-mini"\ncolour = 1', "there is no key 'colour'"),
    ('base_url = "http://x/v1"\nmodel = "gpt-5-mini"\npages_a_call = 0', "pages_a_call is a whole number from 1"),
    ('base_url = "http://x/v1"\nmodel = "gpt-5-mini"\nbudget_usd = -1', "budget_usd is an amount"),
    ('base_url = "http://x/v1"\nmodel = "gpt-5-mini"\n[accuracy]\nlabel = 1.5', "accuracy.label is a share"),
    ('base_url = "http://x/v1"\nmodel = "x"\n[own_prices]\ninput = 1', "own_prices: output is an amount"),
    ("base_url", "it is not TOML"),
])  # fmt: skip
def test_a_configuration_that_cannot_be_used_is_told(run, tmp_path, text, complaint):
    """Each mistake is named, and nothing is run."""
    path = tmp_path / "vision.toml"
    path.write_text(text)
    said, case = run("--vision", path)

    assert (2, None) == (said.code, case)
    assert complaint in said.err
    assert "secret" not in said.err


def test_what_goes_with_vision_is_refused_without(run):
    """A budget for nothing is a mistake."""
    assert 2 == run("--budget", "1")[0].code == run("--plan")[0].code
