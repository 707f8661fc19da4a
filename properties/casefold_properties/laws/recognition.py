"""Laws of recognition: no page is lost to it, garbage never gains trust, and words stay on their page."""

from collections.abc import Sequence

from casefold.case.state import Case
from casefold.pages.labels import DEFAULT_THRESHOLDS, Reason
from casefold.pages.quality import Layer, judge
from casefold.pages.recognition import RecognisedWords, recognised
from casefold.pages.standing import WEIGHED
from casefold.pages.text import BOX_SCALE, PageText, PageUnreadable, read_text_line, text_line, upright
from casefold_properties.strategies.recognition import with_words
from casefold_properties.worlds import Package

WORDLESS = (Layer.ABSENT, Layer.UNTRUSTED)


def garbage_gains_no_trust(page: PageText, garbage: Sequence[str]) -> None:
    """A layer that is not trusted is not trusted for words that nobody would write."""
    if judge(page) is not Layer.TRUSTED:
        assert judge(with_words(page, garbage)) is not Layer.TRUSTED


def recognition_conserves_pages(package: Package, case: Case) -> None:
    """Recognised or not, every page is there once, in order, as large as it was, and in one document."""
    expected = [page for source in package.sources if not isinstance(source, str) for page in source]
    numbers = list(range(1, len(expected) + 1))
    assert [page.page for page in case.pages] == numbers
    assert case.outcome is not None
    assert [label.page for label in case.outcome.labels] == numbers
    assert sorted(page for document in case.outcome.documents for page in document.pages) == numbers
    for page, seen in zip(expected, case.pages, strict=True):
        if isinstance(page, PageText):
            assert seen.size == (page.width_millipoints, page.height_millipoints)
            assert seen.layer is judge(page)


def only_what_needs_it_is_recognised(case: Case) -> None:
    """Pages with a layer to trust keep it; of the others each is tried with every effort until its label is sure."""
    assert case.opened is not None and case.outcome is not None
    attempts = len(case.opened.recognition.attempts)
    labels = {label.page: label for label in case.outcome.labels}
    for page in case.pages:
        tried = case.tried.get(page.page, 0)
        needs = page.layer in WORDLESS
        assert (tried > 0) == (needs and attempts > 0)
        assert needs or page.recognition is None
        label = labels[page.page]
        sure = label.reason in WEIGHED and label.confidence_ppm >= DEFAULT_THRESHOLDS.confidence_min(label.label)
        assert tried in {0, attempts} or sure or label.reason is Reason.BLANK


def thresholds_decide_nothing_of_what_is_read(one: Case, two: Case) -> None:
    """Cases of one package under two thresholds tried the same pages with the same efforts, and read the same."""
    assert one.tried == two.tried
    assert [page.text for page in one.pages] == [page.text for page in two.pages]


def recognised_words_replace_the_layer(page: PageText, found: RecognisedWords) -> None:
    """A recognised page has the words that were recognised and the values of its fields, and survives being written."""
    whole = recognised(page, found)
    body = len(page.words) - page.form_words
    assert whole.words == found.words + page.words[body:]
    assert (whole.page, whole.rotation, whole.image_ppm) == (page.page, page.rotation, page.image_ppm)
    assert read_text_line(text_line(whole), whole.page) == whole


def words_stay_on_their_page(page: PageText) -> None:
    """Turned upright, words keep their order and stand on the page, none inside out."""
    stood = upright(page)
    assert stood.words == page.words and stood.turned == 0
    lefts, tops, rights, bottoms = (stood.boxes[side::4] for side in range(4))
    assert all(0 <= side <= BOX_SCALE for side in stood.boxes)
    assert all(left <= right for left, right in zip(lefts, rights, strict=True))
    assert all(top <= bottom for top, bottom in zip(tops, bottoms, strict=True))


def a_page_lost_to_recognition_is_reviewed(case: Case) -> None:
    """A page that crashed whoever looked at it, and has no words, waits for a person with the reason."""
    assert case.outcome is not None
    for label in case.outcome.labels:
        lost = case.pages[label.page - 1].unreadable
        if isinstance(lost, PageUnreadable):
            assert label.reason is Reason.UNREADABLE
