"""How pages become documents: what joins them, and what cuts them apart."""

import pytest

from casefold.pages.assembly import assemble
from casefold.pages.facts import Facts, Identity, PageNumber
from casefold.pages.scores import Page, PageScore, class_model
from casefold.taxonomy.model import Cue, DocumentClass, IdentityKey, PageLimits

STATEMENT = DocumentClass("statement", "assets", "Statement", (), PageLimits(1, 4), identity=(IdentityKey.ACCOUNT,))
W2 = DocumentClass("w2", "income", "W-2", (), PageLimits(1, 1), marked=True)
MODELS = {each.id: class_model(each) for each in (STATEMENT, W2)}


def page(label: str = "", *, number=None, total=None, account=None, cue: Cue | None = None) -> Page:
    facts = Facts(
        (PageNumber(number, total),) if number else (),
        (Identity(IdentityKey.ACCOUNT, account),) if account else (),
        None,
        None,
        (),
    )
    scores = {label: PageScore(30, frozenset({cue} if cue else ()), None)} if label else {}
    return Page(scores, facts, wordless=False, size=(612, 792))


S, W, NONE = page("statement"), page("w2"), page()
STORIES = {
    "pages of one class are one document":    ((S, S, S), "SSS"),
    "but a form of one page is one page":     ((W, W), "W|W"),
    "classes are cut apart":                  ((S, W, S), "S|W|S"),
    "a page that shows nothing may go along": ((S, NONE, S), "SSS"),
    "but not with a form that marks each":    ((W, NONE), "W|?"),
    "alone, it is unknown":                   ((NONE,), "?"),
    "page 1 begins another":                  ((page("statement", number=2), page("statement", number=1)), "S|S"),
    "page 2 of 2 goes with page 1 of 2":      ((page("statement", number=1, total=2), page(number=2, total=2)), "SS"),
    "another account, another statement":     ((page("statement", account="a"), page("statement", account="b")), "S|S"),
    "a first page begins another":            ((S, page("statement", cue=Cue.FIRST)), "S|S"),
    "four pages are as many as it has":       ((S,) * 4, "SSSS"),
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES)
def test_pages_become_documents(story):
    """What the pages show, and how they are cut."""
    pages, expected = STORIES[story]
    mark = {"statement": "S", "w2": "W", "unknown": "?"}
    found = "|".join(mark[one.label] * (one.last - one.first + 1) for one in assemble(MODELS, pages).segments)

    assert found == expected
