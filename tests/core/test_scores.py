"""What is worth something between two pages, and what is not; the constants say why."""

import pytest

from casefold.pages import scores
from casefold.pages.facts import Facts, Identity, PageNumber
from casefold.pages.likeness import sketch
from casefold.pages.scores import Page, PageScore, class_model, closing, joint, link, opening, printed
from casefold.taxonomy.model import Cue, DocumentClass, IdentityKey, PageLimits

KEYS = (IdentityKey.SSN, IdentityKey.PERIOD, IdentityKey.VARIANT)
ALPHA = class_model(DocumentClass("alpha", "f", "T", (), identity=KEYS))


PERIOD = IdentityKey.PERIOD
WORDS = sketch(" ".join(f"word{number}" for number in range(20)))


def page(
    numbers=(), *, identity=(), header=None, footer=None, cue=None, variant=None, size=(612, 792), blank=False, words=""
):
    facts = Facts(
        tuple(PageNumber(*number) for number in numbers),
        tuple(Identity(*pair) for pair in identity),
        header,
        footer,
        (),
        words,
    )
    return Page({"alpha": PageScore(20, frozenset({cue} if cue else ()), variant)}, facts, False, size, blank)


@pytest.mark.parametrize(("before", "here", "worth"), [
    ([],               [],               0),
    ([(2, 5)],         [(3, 5)],         scores.NUMBER_NEXT_OF),
    ([(2, None)],      [(3, None)],      scores.NUMBER_NEXT),
    ([(2, 5)],         [(4, 5)],         scores.NUMBER_SKIPS),
    ([(4, 5)],         [(2, 5)],         scores.NUMBER_SKIPS),
    ([(2, None)],      [(4, None)],      scores.NUMBER_BREAKS),
    ([(2, 5)],         [(1, 5)],         scores.NUMBER_BREAKS),
    ([(2, 5)],         [(3, 9)],         scores.NUMBER_BREAKS),
    ([(2, 5)],         [(3, None)],      scores.NUMBER_BREAKS),
    ([(2, 5), (7, 9)], [(1, 5), (8, 9)], scores.NUMBER_NEXT_OF),
    ([(5, 5)],         [],               scores.NUMBER_BEYOND),
    ([(4, 5)],         [],               0),
    ([],               [(2, 5)],         0),
    ([],               [(3, 5)],         scores.NUMBER_UNLED),
    ([],               [(3, None)],      0),
])  # fmt: skip
def test_printed_numbers_join_and_cut(before, here, worth):
    """Page 3 of 5 follows page 2 of 5, and nothing follows page 5 of 5."""
    assert joint(page(before), page(here)).worth == worth


@pytest.mark.parametrize(("size", "blank", "worth"), [
    ((612, 792),  False, 0),
    ((612, 792),  True,  scores.BLANK_BETWEEN),
    ((612, 1008), False, scores.SIZE_CHANGES),
    ((612, 808),  False, 0),                    # 2 % and no more
    ((600, 809),  False, scores.SIZE_CHANGES),
    ((792, 612),  True,  scores.BLANK_BETWEEN + scores.SIZE_CHANGES),
])  # fmt: skip
def test_sheets_join_and_cut(size, blank, worth):
    """Another sheet, or a blank one between, speaks against going on."""
    assert joint(page(), page(size=size, blank=blank)).worth == worth


SSN, EIN = IdentityKey.SSN, IdentityKey.EIN
DIFFERS, CONFLICTS, AGREES = scores.BAND_DIFFERS, scores.IDENTITY_CONFLICTS, scores.IDENTITY_AGREES_IN_CLASS
ALONE = scores.BAND_DIFFERS + scores.TIELESS


@pytest.mark.parametrize(("before", "here", "worth"), [
    (page(header="h"),                 page(header="h"),                 scores.BAND_CLASS),
    (page(footer="f"),                 page(footer="f"),                 scores.BAND_CLASS),
    (page(header="h", footer="f"),     page(header="i", footer="f"),     scores.BAND_CLASS),
    (page(header="h"),                 page(header="i"),                 ALONE),
    (page(identity=[(SSN, "p")]),      page(identity=[(SSN, "p")]),      AGREES + DIFFERS),
    (page(identity=[(SSN, "p")]),      page(identity=[(SSN, "q")]),      CONFLICTS + ALONE),
    (page(identity=[(EIN, "p")]),      page(identity=[(EIN, "q")]),      ALONE),  # its documents share no EIN
    (page(identity=[(SSN, "p")]),      page(),                           ALONE),
    (page(variant="x"),                page(variant="y"),                CONFLICTS + ALONE),
    (page(variant="x"),                page(variant="x"),                ALONE),
    (page(cue=Cue.LAST),               page(),                           ALONE - scores.CUE),
    (page(),                           page(cue=Cue.FIRST),              ALONE - scores.CUE),
    (page(),                           page(cue=Cue.CONTINUATION),       DIFFERS + scores.CUE),
    (page(),                           page([(2, 3)], cue=Cue.FIRST),    DIFFERS),  # no first page
    (page(identity=[(PERIOD, "p")]),   page(identity=[(PERIOD, "p")]),   scores.IDENTITY_AGREES + ALONE),
    (page(words=WORDS),                page(words=WORDS),                scores.ALIKE + ALONE),
    (page([(2, 3)], words=WORDS),      page([(2, 3)], words=WORDS),      DIFFERS),  # a later page, twice
    (page(identity=[(SSN, "p")], words=WORDS), page(identity=[(SSN, "p")], words=WORDS),
     scores.ALIKE + scores.IDENTITY_AGREES + DIFFERS),
    (page([(2, 2)]), page([(1, 2)], cue=Cue.CONTINUATION), DIFFERS + scores.CUE - scores.NUMBER_BREAKS),
])  # fmt: skip
def test_what_pages_show_joins_and_cuts(before, here, worth):
    """The same header joins, another borrower cuts, and so do cues, and that there is nothing in common."""
    both = joint(before, here)

    assert link(ALPHA, before, here, printed(here), both) == worth + both.worth


@pytest.mark.parametrize(("one", "opens", "closes"), [
    (page(),                        0,                                        0),
    (page([(1, 3)]),                scores.NUMBER_FIRST,                      scores.NUMBER_NOT_LAST),
    (page([(2, 3)]),                scores.NUMBER_LATER,                      scores.NUMBER_NOT_LAST),
    (page([(3, 3)]),                scores.NUMBER_LATER,                      scores.NUMBER_LAST),
    (page([(1, 1)]),                scores.NUMBER_FIRST,                      scores.NUMBER_LAST),
    (page([(1, None)]),             scores.NUMBER_FIRST,                      0),
    (page(cue=Cue.FIRST),           scores.CUE,                               0),
    (page(cue=Cue.CONTINUATION),    -scores.CUE,                              0),
    (page(cue=Cue.LAST),            0,                                        scores.CUE),
    (page([(2, 3)], cue=Cue.FIRST), scores.NUMBER_LATER,                      scores.NUMBER_NOT_LAST),
    (page([(1, 2)], cue=Cue.CONTINUATION), -scores.CUE,                       scores.NUMBER_NOT_LAST),  # instructions
])  # fmt: skip
def test_pages_open_and_close(one, opens, closes):
    """Page 1 opens a document, the last one closes it, and so say cues."""
    assert opening(ALPHA, one, printed(one)) == opens - scores.OPEN_CLASS
    assert closing(ALPHA, one, printed(one)) == closes


@pytest.mark.parametrize(("length", "short", "long"), [
    (1, 2 * scores.SHORT, 0), (2, scores.SHORT, 0), (3, 0, 0), (4, 0, 0), (5, 0, scores.LONG), (9, 0, scores.LONG),
])  # fmt: skip
def test_lengths_cost(length, short, long):
    """A document of three or four pages costs nothing by its length."""
    assert scores.unusual(PageLimits(3, 4), length) == short
    assert scores.too_long(PageLimits(3, 4), length) == long
