"""The assembly is the best there is, and its margins are true."""

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st

from casefold.pages.assembly import assemble
from casefold.pages.facts import Facts, PageNumber
from casefold.pages.otherwise import Alternative, Choice, ties
from casefold.pages.scores import UNKNOWN_MODEL, ClassModel, Page, PageScore, class_model
from casefold.taxonomy.model import UNKNOWN, Cue, DocumentClass, PageLimits
from casefold_properties import laws, strategies

NOTHING = Facts((), (), None, None, ())
SHEET = (612, 792)


def model(label: str, *, marked: bool = False, pages: PageLimits = PageLimits()) -> ClassModel:
    return class_model(DocumentClass(label, "f", "T", (), pages, marked))


def page(worth: dict[str, int], *, pinned: str | None = None, facts: Facts = NOTHING, wordless: bool = False) -> Page:
    return Page({label: PageScore(at, frozenset(), None) for label, at in worth.items()}, facts, wordless, SHEET,
                pinned=pinned)  # fmt: skip


A = {"a": model("a")}
AB = {"a": model("a"), "b": model("b")}


@given(strategies.streams(max_size=12))
@example((A, ())).via("no pages")
def test_documents_are_a_partition_in_order(stream):
    """Every page is in one document, documents are runs of pages, and they come in order."""
    assembly = assemble(*stream)

    laws.partition_in_order(len(stream[1]), laws.cuts_of(assembly))
    laws.choices_follow_the_segments(assembly)


@given(strategies.streams(max_size=12), st.integers(1, 13))
@example((A, ()), 1).via("no pages")
@example((A, (page({"a": 20}), page({}), page({"a": 9}))), 1).via("a document over three stretches")
def test_a_stream_may_be_laid_out_in_any_stretches(stream, stretch):
    """However many pages are laid out at a time, the answer is the same."""
    models, pages = stream

    assert assemble(models, pages, stretch) == assemble(models, pages)


@given(strategies.streams(max_size=12))
@example((A, ())).via("no pages")
def test_the_stated_worth_is_the_worth(stream):
    """The worth that is stated is that of the documents that are given."""
    laws.worth_is_that_of_its_segments(*stream)


@given(strategies.streams(min_size=1, max_size=4))
@example((A, (page({"a": 4}),))).via("a class that is worth just as much as unknown")
@example((A, (page({}),))).via("nothing to show")
@example((A, (page({}, pinned=UNKNOWN),))).via("a person said unknown, where no class shows")
@example((AB, (page({"a": 20}), page({}, wordless=True), page({"a": 20}))))
def test_no_other_segmentation_is_better(stream):
    """Worth and margins are those that trying everything finds."""
    laws.best_of_all(*stream)


@given(strategies.sparse_streams(max_size=50))
@example((A, tuple(page({"a": 60} if at in {0, 88} else {}) for at in range(90)))).via("far apart")
def test_no_class_is_needed_far_from_what_shows_it(stream):
    """Nothing is lost by looking at classes only near the pages that show them."""
    laws.best_however_far(*stream)


@given(strategies.streams(max_size=8), strategies.class_models(label="z"))
@example((A, (page({}, pinned=UNKNOWN),)), model("z")).via("a person said unknown")
def test_an_impossible_class_changes_nothing(stream, impossible):
    """A class that shows nowhere is not there."""
    models, pages = stream

    laws.unmoved_by_an_impossible_class(models, pages, impossible)


@given(strategies.streams(max_size=8))
@example((AB, (page({"b": 60}), page({"b": 60}, pinned="a"), page({"b": 60})))).via("against all evidence")
@example((A, (page({"a": 60}, pinned=UNKNOWN),))).via("a person said that it is nothing")
def test_pinned_labels_hold(stream):
    """What a person said holds against any evidence."""
    laws.pinned_labels_hold(*stream)


@given(strategies.streams(max_size=4, max_classes=2))
@example((A, (page({"a": 4}),))).via("unknown comes before all")
@example((AB, (page({"a": 20, "b": 20}),))).via("the first class comes before the second")
def test_ties_go_to_the_first(stream):
    """Of equals, the one whose label comes first is given, then the one that goes on longest."""
    laws.ties_go_to_the_first(*stream)


@given(strategies.streams(max_size=8))
def test_assembly_is_deterministic(stream):
    """The same pages are assembled the same way, whatever the order of anything unordered."""
    models, pages = stream
    shuffled = tuple(
        Page(dict(reversed(one.scores.items())), one.facts, one.wordless, one.size, one.after_blank, one.pinned)
        for one in pages
    )

    assert assemble(models, pages) == assemble(models, shuffled)


@given(strategies.streams(min_size=1, max_size=6, pinned=False))
@example((A, (page({"a": 20}, facts=Facts((PageNumber(1, 2),), (), None, None, ())),)))
def test_a_first_page_cue_opens_no_fewer_documents(stream):
    """Believing a cue that a page opens its document never merges it with the page before."""
    models, pages = stream
    label = next(iter(models))
    at = len(pages) // 2
    opened = {segment.first for segment in assemble(models, pages).segments if segment.label == label}
    score = pages[at].scores.get(label)
    if score is None or score.cues or at not in opened:
        return
    told = {**pages[at].scores, label: PageScore(score.worth, frozenset({Cue.FIRST}), score.variant)}
    cued = [*pages[:at], Page(told, *_rest(pages[at])), *pages[at + 1 :]]

    assert at in {segment.first for segment in assemble(models, cued).segments}


def _rest(one: Page) -> tuple[Facts, bool, tuple[int, int], bool]:
    return one.facts, one.wordless, one.size, one.after_blank


@given(strategies.streams(min_size=2, max_size=2, max_classes=1))
def test_ties_make_up_what_joining_is_worth(stream):
    """What decides between one document and two is told whole: nothing is left out, nothing counted twice."""
    models, (before, here) = stream
    for each in (UNKNOWN_MODEL, *models.values()):
        laws.ties_make_up_what_joining_is_worth(each, before, here, ties(each, before, here))


def test_the_law_of_ties_finds_one_left_out():
    """Without the tie that a printed number makes, the sum is another."""
    before, here = (evolve(page({"a": 20}), facts=Facts((PageNumber(n, 2),), (), None, None, ())) for n in (1, 2))
    told = ties(A["a"], before, here)

    laws.ties_make_up_what_joining_is_worth(A["a"], before, here, told)
    with pytest.raises(AssertionError):
        laws.ties_make_up_what_joining_is_worth(A["a"], before, here, told[1:])


@given(strategies.streams(min_size=1, max_size=4, max_classes=2, pinned=False))
@example((A, (page({"a": 40}), page({"a": 40})))).via("two documents, or one")
def test_what_would_be_otherwise_is_worth_the_margin_less(stream):
    """What a document is said to be otherwise is the best that decides otherwise there."""
    laws.what_would_be_otherwise_is_worth_the_margin_less(*stream)


def test_the_law_of_what_would_be_otherwise_finds_another_place(monkeypatch):
    """An alternative that lies elsewhere is not the best."""
    pages = (page({"a": 40}), page({}), page({"a": 40}))
    found = assemble(A, pages)
    moved = evolve(found, segments=tuple(
        evolve(segment, otherwise=Alternative(Choice.OTHER_CLASS, segment.first, segment.first, "a"))
        for segment in found.segments
    ))  # fmt: skip
    monkeypatch.setattr("casefold_properties.laws.assembly.assemble", lambda _models, _pages: moved)

    with pytest.raises((AssertionError, ValueError)):
        laws.what_would_be_otherwise_is_worth_the_margin_less(A, pages)


@given(strategies.streams(max_size=12))
def test_counting_all_alternatives_is_no_surer(stream):
    """A document with many alternatives is less sure than one with the best of them alone."""
    laws.counting_all_alternatives_is_no_surer(assemble(*stream))


def test_the_law_of_counting_finds_one_that_is_too_sure():
    """What is surer than its margin is found."""
    found = assemble(A, (page({"a": 40}),))
    choices = tuple(evolve(choice, sure=choice.margin + 1) for choice in found.choices)

    with pytest.raises(AssertionError):
        laws.counting_all_alternatives_is_no_surer(evolve(found, choices=choices))


@given(strategies.streams(min_size=1, max_size=8), st.integers(0, 7), st.integers(1, 60))
@example((AB, (page({"a": 20, "b": 20}),)), 0, 1).via("a tie that more evidence breaks")
def test_more_evidence_never_lowers(stream, place, more):
    """More evidence for a class never takes its label from a page, nor makes it less sure."""
    models, pages = stream
    for label in models:
        laws.more_evidence_never_lowers(models, pages, place % len(pages), label, more)


def test_the_law_of_more_evidence_finds_what_falls(monkeypatch):
    """An assembly that holds evidence against the class it speaks for is found."""

    def perverse(models, pages):
        turned = [
            evolve(each, scores={label: evolve(score, worth=-score.worth) for label, score in each.scores.items()})
            for each in pages
        ]
        return assemble(models, turned)

    monkeypatch.setattr("casefold_properties.laws.assembly.assemble", perverse)
    with pytest.raises(AssertionError):
        laws.more_evidence_never_lowers(A, [page({"a": -20})], 0, "a", 10)
