"""A person's label is an event like any other; explain and replay tell the truth about a case."""

import json
import re
from pathlib import Path

import pytest
from tests.shells.conftest import MIXED, TAXONOMY, case_of, cli, complaints, result_of

CORRECTION = ("--page", 5, "--label", "paystub", "--by", "Ann Lee", "--why", "it says [so] on the page")


def events_of(folder: Path) -> list[dict]:
    return [json.loads(line)["event"] for line in (folder / "events.jsonl").read_bytes().splitlines()]


def test_review_lists_the_pages_that_need_a_person(finished: Path):
    """Page 5 fits no class; the others are not listed, and listing records nothing."""
    log = (finished / "events.jsonl").read_bytes()
    said = cli("review", finished)
    waiting = [page["page"] for page in case_of(finished)["pages"] if page["status"] == "review"]

    assert 0 == said.code
    assert 5 in waiting
    assert waiting == [int(found) for found in re.findall(r"^ *(\d+)  ", said.out, re.MULTILINE)]
    assert "it fits no class" in said.out
    assert log == (finished / "events.jsonl").read_bytes()


def test_a_correction_holds(finished: Path):
    """One event more of its kind; label, documents, digest and report follow; verify and replay agree."""
    before, old = case_of(finished), events_of(finished)
    said = cli("review", finished, *CORRECTION)
    case, events = case_of(finished), events_of(finished)
    page = case["pages"][4]

    assert 0 == said.code, said.err
    assert old == events[: len(old)]
    assert {
        "kind": "PageCorrected",
        "page": 5,
        "label": "paystub",
        "by": "Ann Lee",
        "why": "it says [so] on the page",
    } in events
    assert ("paystub", "person", "accepted", "corrected", 1_000_000) == tuple(
        page[name] for name in ("label", "tier", "status", "reason", "confidence")
    )
    assert any("Ann Lee" in row["text"] and "it says [so] on the page" in row["text"] for row in page["why"])
    assert before["digest"] != case["digest"]
    assert ["paystub"] == [document["class"] for document in case["documents"] if 5 in document["pages"]]
    report = (finished / "report.html").read_text()
    assert "Ann Lee" in report and "it says [so] on the page" in report
    for command in ("verify", "replay"):
        assert 0 == cli(command, finished).code


def test_no_document_of_before_stays_behind(finished: Path):
    """Each PDF there is stands in case.json, and each document in case.json has its PDF."""
    old = set(result_of(finished)[1])
    assert 0 == cli("review", finished, *CORRECTION).code
    files = {document["file"] for document in case_of(finished)["documents"]}

    assert files == {f"documents/{name}" for name in result_of(finished)[1]}
    assert old - set(result_of(finished)[1]), "the unknown document of page 5 is gone"


def test_corrections_of_one_page_follow_each_other(finished: Path):
    """The last one counts, all are kept, and labelling a page as before brings the same documents."""
    for label in ("w2", "unknown", "paystub"):
        assert 0 == cli("review", finished, "--page", 5, "--label", label, "--by", "Ann", "--why", "seen").code
        assert label == case_of(finished)["pages"][4]["label"]
        assert 0 == cli("verify", finished).code
        assert 0 == cli("replay", finished).code

    assert 3 == sum(event["kind"] == "PageCorrected" for event in events_of(finished))


def test_every_page_may_be_corrected(finished: Path):
    """Even each of them to something else: pages stay accounted for exactly once."""
    for number in range(1, len(MIXED) + 1):
        assert 0 == cli("review", finished, "--page", number, "--label", "unknown", "--by", "Ann", "--why", "x").code
    case = case_of(finished)

    assert (
        {"unknown"}
        == {page["label"] for page in case["pages"]}
        == {document["class"] for document in case["documents"]}
    )
    assert list(range(1, len(MIXED) + 1)) == sorted(
        page for document in case["documents"] for page in document["pages"]
    )
    assert "no page needs review" in cli("review", finished).out
    assert 0 == cli("verify", finished).code


def test_the_same_run_after_a_correction_keeps_it(finished: Path, taxonomy: Path):
    """Running the package again is no way to lose what a person said."""
    assert 0 == cli("review", finished, *CORRECTION).code
    before = result_of(finished)
    said = cli("run", finished.parents[1] / "loan.pdf", "--out", finished.parent, "--taxonomy", taxonomy)

    assert 0 == said.code, said.err
    assert before == result_of(finished)


@pytest.mark.parametrize(
    ("changed", "hint"),
    [
        ({"--page": 99}, "6"),
        ({"--page": 0}, "--page"),
        ({"--page": -1}, "--page"),
        ({"--page": "five"}, "--page"),
        ({"--label": "statement"}, "bank_statement"),
        ({"--label": "W2"}, "w2"),
        ({"--label": ""}, "taxonomy show"),
        ({"--by": None}, "--by"),
        ({"--by": " "}, "--by"),
        ({"--why": None}, "--why"),
        ({"--why": ""}, "--why"),
        ({"--page": None}, "--page"),
        ({"--label": None}, "--label"),
    ],
)
def test_a_wrong_correction_is_refused_with_a_hint(finished: Path, changed: dict[str, object], hint: str):
    """Exit code 2, and nothing is recorded."""
    given = dict(zip(CORRECTION[::2], CORRECTION[1::2], strict=True)) | changed
    before = {path: path.read_bytes() for path in finished.rglob("*") if path.is_file()}
    said = cli(
        "review", finished, *(part for name, value in given.items() if value is not None for part in (name, value))
    )

    assert 2 == said.code
    assert hint in said.err
    assert before == {path: path.read_bytes() for path in finished.rglob("*") if path.is_file()}


@pytest.mark.parametrize("field", ["--by", "--why"])
def test_a_word_that_is_no_text_is_no_traceback(finished: Path, field: str):
    """As a terminal of another encoding sends it; whatever the answer, the case stays whole."""
    given = dict(zip(CORRECTION[::2], CORRECTION[1::2], strict=True)) | {field: "M\udcfcller"}
    said = cli("review", finished, *(part for pair in given.items() for part in pair))

    assert said.code in {0, 2}
    assert 0 == cli("verify", finished).code


def test_explain_gives_evidence_and_lineage(finished: Path):
    """Each reason with its worth and source, the page it was, the events that made it, the page it is now."""
    said = cli("explain", finished, "--page", 1)
    case = case_of(finished)
    [document] = [document for document in case["documents"] if 1 in document["pages"]]

    assert 0 == said.code
    assert "page 1: w2 · accepted" in said.out
    assert "“wage and tax statement”, a first page (+30 dB for w2)   [test]" in said.out
    assert "from loan.pdf, page 1" in said.out and case["sources"][0]["digest"] in said.out
    kinds = [event["kind"] for event in events_of(finished)]
    assert f"read in event {kinds.index('PagesRead') + 1}, labelled in event {kinds.index('Assembled') + 1}" in said.out
    assert f"page 1 of {document['file']}" in said.out


def test_explain_names_who_corrected_a_page(finished: Path):
    """And the events of it."""
    assert 0 == cli("review", finished, *CORRECTION).code
    said = cli("explain", finished, "--page", 5)
    kinds = [event["kind"] for event in events_of(finished)]

    assert "Ann Lee labelled it paystub: it says [so] on the page" in said.out
    assert f"corrected in {kinds.index('PageCorrected') + 1}" in said.out
    assert f"labelled in event {len(kinds) - kinds[::-1].index('Assembled')}" in said.out


@pytest.mark.parametrize("page", [0, 7, -3])
def test_explain_of_no_page_is_refused(finished: Path, page: int):
    """Exit code 2."""
    said = cli("explain", finished, "--page", page)

    assert 2 == said.code and said.err


def test_replay_under_the_recorded_taxonomy_is_the_same(finished: Path):
    """To the byte, recording nothing."""
    before = {path: path.read_bytes() for path in finished.rglob("*") if path.is_file()}
    said = cli("replay", finished)

    assert (0, []) == (said.code, complaints(said))
    assert "the same outcome" in said.out
    assert before == {path: path.read_bytes() for path in finished.rglob("*") if path.is_file()}


def test_replay_under_another_taxonomy_says_what_would_change(finished: Path, tmp_path: Path):
    """A class that is gone, and one that knows page 5: just those pages, and nothing is recorded."""
    changed = TAXONOMY.replace("earnings year to date", "the quick brown fox").replace('"1.0.0"', '"2.0.0"')
    other = tmp_path / "other.toml"
    other.write_text(changed)
    before = {path: path.read_bytes() for path in finished.rglob("*") if path.is_file()}
    said = cli("replay", finished, "--taxonomy", other)

    assert 0 == said.code, said.err
    rows = {int(row[0]): row for row in re.findall(r"^(\d+)\s+(\w+) \w+ .*?%\s+(\w+) ", said.out, re.MULTILINE)}
    assert {("4", "paystub", "unknown"), ("5", "unknown", "paystub")} <= {tuple(row) for row in rows.values()}
    assert rows.keys() <= {4, 5, 6}
    assert "- paystub pages 4" in said.out and "+ paystub pages 5" in said.out
    assert before == {path: path.read_bytes() for path in finished.rglob("*") if path.is_file()}
    assert 0 == cli("verify", finished).code


def test_replay_under_an_equal_taxonomy_is_the_same(finished: Path, tmp_path: Path):
    """Comments and order of members are no change."""
    other = tmp_path / "other.toml"
    other.write_text("# a comment\n" + TAXONOMY)
    said = cli("replay", finished, "--taxonomy", other)

    assert 0 == said.code and "the same outcome" in said.out


def test_replay_keeps_what_a_person_said(finished: Path, tmp_path: Path):
    """A correction holds under another taxonomy too."""
    assert 0 == cli("review", finished, *CORRECTION).code
    other = tmp_path / "other.toml"
    other.write_text(TAXONOMY.replace("earnings year to date", "nothing like it"))
    said = cli("replay", finished, "--taxonomy", other)

    assert 0 == said.code
    assert not re.search(r"^5 ", said.out, re.MULTILINE)


def test_a_correction_to_a_class_that_another_taxonomy_lacks_is_no_traceback(finished: Path, tmp_path: Path):
    """The class that a person chose is gone there."""
    assert 0 == cli("review", finished, *CORRECTION).code
    other = tmp_path / "other.toml"
    other.write_text(TAXONOMY.replace('"paystub"', '"payslip"'))
    said = cli("replay", finished, "--taxonomy", other)

    assert said.code in {0, 7}
    assert said.out or complaints(said)


def test_what_a_person_said_of_where_documents_begin_holds(finished: Path):
    """A document begins where a person says so, and no longer once that is taken back; all of it stays in the log."""
    before = result_of(finished)
    whole = [document["pages"] for document in case_of(finished)["documents"]]
    said = cli("review", finished, "--page", 3, "--begins", "--by", "Ann", "--why", "another statement")

    assert 0 == said.code, said.err
    assert "a document begins with page 3, says Ann" in said.out
    assert [3] in [document["pages"] for document in case_of(finished)["documents"]] and [2, 3] in whole
    assert "document 04 (paystub): it is number 05 now" in said.out or "document 03 is number 04 now" in said.out
    for command in ("verify", "replay"):
        assert 0 == cli(command, finished).code
    said = cli("review", finished, "--page", 3, "--take-back", "--by", "Bo", "--why", "one statement")
    assert (0, before) == (said.code, result_of(finished))
    assert "what was said last of page 3 is taken back, says Bo" in said.out
    assert ["BoundaryCorrected", "CorrectionWithdrawn"] == [
        event["kind"] for event in events_of(finished) if event["kind"] in {"BoundaryCorrected", "CorrectionWithdrawn"}
    ]
    for command in ("verify", "replay"):
        assert 0 == cli(command, finished).code


def test_a_correction_that_is_taken_back_leaves_the_same_documents(finished: Path):
    """To the byte, and the digest too."""
    before = result_of(finished)
    assert 0 == cli("review", finished, *CORRECTION).code
    assert before != result_of(finished)
    assert 0 == cli("review", finished, "--page", 5, "--take-back", "--by", "Ann", "--why", "a slip").code

    assert before == result_of(finished)


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        (("--page", 1, "--begins"), "begins with it anyway"),
        (("--page", 5, "--take-back"), "nobody said anything of page 5"),
        (("--page", 5, "--take-back", "--label", "w2"), "--label"),
        (("--page", 5, "--begins", "--label", "w2"), "--label"),
    ],
)
def test_what_cannot_be_said_is_refused(finished: Path, given: tuple[object, ...], hint: str):
    """Exit code 2, and nothing is recorded."""
    before = events_of(finished)
    said = cli("review", finished, *given, "--by", "Ann", "--why", "seen")

    assert 2 == said.code
    assert hint in said.err
    assert before == events_of(finished)


def test_other_documents_that_change_are_told(finished: Path):
    """At once, with the page's own and with numbers that moved; and by explain of their pages ever after."""
    said = cli("review", finished, "--page", 6, "--goes-on", "--by", "Ann", "--why", "one form")

    assert 0 == said.code
    assert "  elsewhere: document 03 (paystub): it is accepted now\n" in said.out
    assert "  here: document 04 (unknown): it is w2 now; page 6 joined it" in said.out
    assert [5, 6] in [document["pages"] for document in case_of(finished)["documents"]]
    explained = cli("explain", finished, "--page", 4).out
    assert "in which Ann spoke of page 6: document 03 (paystub): it is accepted now" in explained
    said = cli("review", finished, "--page", 3, "--begins", "--by", "Ann", "--why", "two")
    assert "elsewhere: document 03 is number 04 now, and 1 more: other numbers, the same pages" in said.out


def test_a_crash_behind_a_correction_is_no_end(finished: Path):
    """Where the log ends with what a person said, the next correction takes the case up."""
    assert 0 == cli("review", finished, *CORRECTION).code
    log = finished / "events.jsonl"
    lines = log.read_bytes().splitlines(keepends=True)
    at = next(at for at, line in enumerate(lines) if b"PageCorrected" in line)
    log.write_bytes(b"".join(lines[: at + 1]))
    said = cli("review", finished, "--page", 4, "--label", "w2", "--by", "Ann", "--why", "seen")

    assert 0 == said.code, said.err
    assert ["paystub", "w2"] == [case_of(finished)["pages"][at]["label"] for at in (4, 3)]
    assert 0 == cli("verify", finished).code


def test_a_pipe_gets_the_listing(finished: Path):
    """The screen opens in a terminal alone; without one, who and why need a page, as ever."""
    assert "pages need review" in cli("review", finished, "--list").out
    assert 2 == cli("review", finished, "--by", "Ann").code


def test_who_said_where_a_document_begins_is_told(finished: Path):
    """In the contract, in the report, and by explain."""
    assert 0 == cli("review", finished, "--page", 3, "--begins", "--by", "Ann", "--why", "another <b>").code
    words = "Ann said that a document begins here: another <b>"

    assert words in [row["text"] for row in case_of(finished)["pages"][2]["why"]]
    assert words.replace("<", "&lt;").replace(">", "&gt;") in (finished / "report.html").read_text()
    assert words in cli("explain", finished, "--page", 3).out
