"""Laws of pages: what is planted is found where it stands, nothing private is kept, and nothing falls over."""

import json
from collections.abc import Sequence

from casefold.case.codec import CONVERTER
from casefold.codecs import plain
from casefold.kernel.canonical import Json, canonical
from casefold.kernel.spelling import fold
from casefold.pages.evidence import Evidence
from casefold.pages.facts import NUMBERS_MAX, PAGES_MAX, Facts, PageNumber, facts
from casefold.pages.scores import PAGE_MAX, PAGE_MIN, page_scores
from casefold.pages.signals import BOTTOM_BAND, TOP_BAND, Compiled, Signals, read
from casefold.pages.text import PageText, read_text_line, text_digest, text_line
from casefold.taxonomy.model import Where
from casefold.taxonomy.patterns import spelled


def text_of(page: PageText) -> str:
    """Give a page's words joined by single blanks."""
    return " ".join(page.words)


def facts_of(page: PageText) -> Facts:
    """Work out a page's facts."""
    return facts(page, text_of(page))


def page_text_round_trips(page: PageText) -> None:
    """A page is read back from its line, which is canonical JSON and knows no page number."""
    line = text_line(page)
    assert read_text_line(line, page.page) == page
    assert canonical(json.loads(line)) == line
    assert text_digest(read_text_line(line, page.page + 1)) == text_digest(page)


def page_number_is_found(page: PageText, number: PageNumber) -> None:
    """A page number that is printed is found."""
    assert number in facts_of(page).numbers, (text_of(page), facts_of(page).numbers)


def page_numbers_are_sane(page: PageText) -> None:
    """Page numbers are few, different, not beyond their total, and not beyond belief."""
    numbers = facts_of(page).numbers
    assert len(numbers) == len(set(numbers)) <= NUMBERS_MAX
    for number in numbers:
        assert 1 <= number.number <= PAGES_MAX
        assert number.total is None or number.number <= number.total <= PAGES_MAX


def nothing_private_is_kept(compiled: Compiled, page: PageText, secret: str) -> None:
    """What a case keeps of a page holds no digits of *secret*, printed with or without marks."""
    kept = canonical(signals_value(read(compiled, page))).decode()
    digits = "".join(mark for mark in secret if mark.isdigit())
    assert secret not in kept
    assert digits not in kept
    for identity in facts_of(page).identity:
        assert len(identity.value) == 16
        assert set(identity.value) <= set("0123456789abcdef")


def signals_value(signals: Signals) -> dict[str, Json]:
    """Write what was found on a page as plain JSON."""
    return plain(CONVERTER, signals)


def evidence_is_sound(compiled: Compiled, page: PageText) -> Signals:
    """Evidence names signals that are there, each once, in order, with the words that show it."""
    signals = read(compiled, page)
    by_id = {each.id: each for each in compiled.classes}
    assert signals.words == len(page.words)
    assert len({(piece.label, piece.signal) for piece in signals.evidence}) == len(signals.evidence)
    assert [piece.first for piece in signals.evidence] == sorted(piece.first for piece in signals.evidence)
    for piece in signals.evidence:
        signal = by_id[piece.label].signals[piece.signal]
        if signal.detector is not None:
            assert signal.detector in signals.facts.detected
            assert not piece.shown
            continue
        assert 0 <= piece.first <= piece.last < len(page.words)
        _stands_in_place(page, piece, signal.where)
    return signals


def _stands_in_place(page: PageText, piece: Evidence, where: Where) -> None:
    top, bottom = page.boxes[4 * piece.first + 1], page.boxes[4 * piece.first + 3]
    match where:
        case Where.TOP:
            assert top <= TOP_BAND
        case Where.BOTTOM:
            assert bottom >= BOTTOM_BAND
        case Where.ANYWHERE:
            pass


def planted_phrases_are_found(compiled: Compiled, page: PageText, first: int, last: int) -> None:
    """Every phrase or form number that words *first* to *last* spell, and no others, is found in just those."""
    found = {(piece.label, piece.signal): (piece.first, piece.last) for piece in read(compiled, page).evidence}
    letters = fold(" ".join(page.words[first : last + 1]))
    planted = [
        (each.id, number)
        for each in compiled.classes
        for number, signal in enumerate(each.signals)
        if letters in spelled(signal) and _allowed(page, first, signal.where)
    ]
    for place in planted:
        assert found.get(place) == (first, last), (place, found)


def _allowed(page: PageText, word: int, where: Where) -> bool:
    if where is Where.TOP:
        return page.boxes[4 * word + 1] <= TOP_BAND
    return where is Where.ANYWHERE or page.boxes[4 * word + 3] >= BOTTOM_BAND


def expression_words(compiled: Compiled, page: PageText, label: str) -> list[Sequence[str]]:
    """Give the words of each piece of evidence for *label*."""
    return [page.words[piece.first : piece.last + 1] for piece in read(compiled, page).evidence if piece.label == label]


def scores_add_up(compiled: Compiled, page: PageText) -> None:
    """A page is worth to a class what its evidence weighs together, within bounds."""
    signals = read(compiled, page)
    scores = page_scores(compiled, signals)
    by_id = {each.id: each for each in compiled.classes}
    assert set(scores) == {piece.label for piece in signals.evidence}
    for label, score in scores.items():
        pieces = [by_id[label].signals[piece.signal] for piece in signals.evidence if piece.label == label]
        total = sum(signal.weight for signal in pieces)
        assert score.worth == max(PAGE_MIN, min(PAGE_MAX, total))
        assert score.cues == {signal.cue for signal in pieces} - {None}
