"""Read a page for everything the taxonomy knows: page text in, evidence and facts out.

A taxonomy is compiled once; then each page costs one pass for all phrases, and one search for each regular expression
whose first letters the page holds.
"""

import re
from collections.abc import Iterator, Sequence

from attrs import field, frozen

from casefold.kernel.results import Failure, Result, Success
from casefold.kernel.spelling import squeeze
from casefold.pages.evidence import Found, pack_rows
from casefold.pages.facts import Facts, facts
from casefold.pages.local.model import LocalModel
from casefold.pages.phrases import Index, find, index
from casefold.pages.search import MakeSearch, Search, dictionary
from casefold.pages.text import BOX_SCALE, PageText, upright
from casefold.taxonomy.model import DocumentClass, Signal, Taxonomy, Where
from casefold.taxonomy.patterns import SHORTEST, Expression, pattern, phrases, spelled

TOLERANT_MIN = 10
"""Phrases worth less, in decibans, must match to the letter: they are many, and a few may be lost to a bad scan."""

TOP_BAND = BOX_SCALE // 3
BOTTOM_BAND = BOX_SCALE * 5 // 6


@frozen
class Signals:
    """All that later stages need to know of a page.

    Attributes:
        evidence: Signals in the order in which they stand on the page.
        facts: What the page says about its place in a document.
        words: How many words the page has.
    """

    evidence: Found
    facts: Facts
    words: int


@frozen
class _Owner:
    """A signal: its class and its number within it, where it must stand, and the variant that it shows."""

    place: tuple[int, int]
    where: Where
    variant: str | None


@frozen
class Compiled:
    """A taxonomy made ready for reading pages.

    Attributes:
        classes: Its classes and, after them, the kinds known to be outside.
        phrases: The index over the phrases of all classes.
        owners: For each phrase the signals that ask for it.
        expressions: The regular expressions, each with its (class, signal).
        beginnings: Finds the letters that expressions begin with, of which there is each once in *begun*.
        model: The local model that speaks of pages beside the taxonomy; ``None`` for none.
    """

    taxonomy: Taxonomy
    classes: tuple[DocumentClass, ...]
    phrases: Index
    owners: tuple[tuple[_Owner, ...], ...]
    expressions: tuple[tuple[Expression, tuple[int, int]], ...]
    begun: tuple[str, ...]
    beginnings: Search = field(eq=False, repr=False)
    model: LocalModel | None = field(default=None, repr=False)


@frozen
class BadSignal:
    """A signal that cannot be searched for.

    Attributes:
        label: The class that it belongs to.
        signal: Its number within the class, from 0.
        fault: What is wrong with it.
    """

    label: str
    signal: int
    fault: str


def compile_taxonomy(taxonomy: Taxonomy, make_search: MakeSearch = dictionary) -> Result[Compiled, BadSignal]:
    """Make *taxonomy* ready for reading pages; the first signal that cannot be searched for ends it.

    Whatever *make_search* is, the same is found; a native one finds it sooner.
    """
    classes = taxonomy.classes + taxonomy.outside
    texts: dict[str, tuple[str, list[tuple[int, int]]]] = {}
    expressions: list[tuple[Expression, tuple[int, int]]] = []
    for place, signal in _signals(classes):
        label = classes[place[0]].id
        if signal.regex is not None:
            expression = pattern(signal.regex)
            if isinstance(expression, Failure):
                return Failure(BadSignal(label, place[1], expression.failure()))
            expressions.append((expression.unwrap(), place))
        for text, letters in zip(phrases(signal), spelled(signal), strict=True):
            if len(letters) < SHORTEST:
                return Failure(BadSignal(label, place[1], f"{text!r} has fewer than {SHORTEST} letters"))
            texts.setdefault(letters, (text, []))[1].append(place)
    worth = {text: max(classes[row].signals[at].weight for row, at in places) for text, places in texts.values()}
    searched = index(
        worth, exact={text for text, weight in worth.items() if weight < TOLERANT_MIN}, make_search=make_search
    )
    owners = tuple(tuple(_owner(classes, place) for place in places) for _, places in texts.values())
    begun = tuple(dict.fromkeys(expression.literal for expression, _ in expressions if expression.literal))
    return Success(Compiled(taxonomy, classes, searched, owners, tuple(expressions), begun, make_search(begun)))


def _owner(classes: Sequence[DocumentClass], place: tuple[int, int]) -> _Owner:
    signal = classes[place[0]].signals[place[1]]
    return _Owner(place, signal.where, signal.variant)


def _signals(classes: Sequence[DocumentClass]) -> Iterator[tuple[tuple[int, int], Signal]]:
    for row, document_class in enumerate(classes):
        for column, signal in enumerate(document_class.signals):
            yield (row, column), signal


def read(compiled: Compiled, page: PageText) -> Signals:
    """Find everything *page* shows."""
    page = upright(page)
    text = " ".join(page.words)
    known = facts(page, text)
    found = dict(_detected(compiled, known))
    found.update(_expressions(compiled, page, text))
    found.update(_phrases(compiled, page))
    rows = sorted((first, place, last, variant) for place, (first, last, variant) in found.items())
    names = compiled.classes
    evidence = pack_rows((names[row].id, number, first, last, variant) for first, (row, number), last, variant in rows)
    return Signals(evidence, known, len(page.words))


_Pieces = Iterator[tuple[tuple[int, int], tuple[int, int, str | None]]]
"""The class and number of each signal found, and the first and last word and the variant that it shows."""


def _detected(compiled: Compiled, known: Facts) -> _Pieces:
    if known.detected:
        for place, signal in _signals(compiled.classes):
            if signal.detector in known.detected:
                yield place, (0, -1, signal.variant)


def _expressions(compiled: Compiled, page: PageText, text: str) -> _Pieces:
    lowered = text.lower()
    begun: dict[str, list[int]] = {"": []}
    for number, at in compiled.beginnings(lowered):
        begun.setdefault(compiled.begun[number], []).append(at)
    for expression, (row, column) in compiled.expressions:
        places = begun.get(expression.literal)
        if places is None:
            continue
        signal = compiled.classes[row].signals[column]
        for match in filter(_shows, _matches(expression, text, places if len(lowered) == len(text) else ())):
            shown = match[0].strip()
            first = text.count(" ", 0, match.start() + match[0].find(shown))
            last = first + shown.count(" ")
            if _in_place(page, signal.where, first):
                captured = match.groupdict().get("variant")
                variant = captured.upper() if captured else signal.variant
                yield (row, column), (first, last, variant)
                break


def _shows(match: re.Match[str]) -> bool:
    """Whether a match holds any word: an expression may match nothing at all."""
    return bool(match[0].strip())


def _matches(expression: Expression, text: str, places: Sequence[int]) -> Iterator[re.Match[str]]:
    """Try an expression at the *places* where its first letters stand; without any, everywhere."""
    if not places:
        yield from expression.pattern.finditer(text)
    for at in sorted(places):
        match = expression.pattern.match(text, at)
        if match is not None:
            yield match


def _phrases(compiled: Compiled, page: PageText) -> _Pieces:
    squeezed = squeeze(page.words)
    seen: set[tuple[int, int]] = set()
    for match in find(compiled.phrases, squeezed):
        first, last = squeezed.words_between(match.start, match.end)
        for owner in compiled.owners[match.phrase]:
            if owner.place not in seen and _in_place(page, owner.where, first):
                seen.add(owner.place)
                yield owner.place, (first, last, owner.variant)


def _in_place(page: PageText, where: Where, word: int) -> bool:
    if where is Where.ANYWHERE:
        return True
    return page.boxes[4 * word + 1] <= TOP_BAND if where is Where.TOP else page.boxes[4 * word + 3] >= BOTTOM_BAND
