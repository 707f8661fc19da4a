"""Documents that are there twice: word for word, or the same paper copied or scanned again."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from attrs import frozen

from casefold.pages.scores import STRONG
from casefold.pages.stream import Document, StreamPage
from casefold.taxonomy.model import DocumentClass, IdentityKey

WORDS_MIN = 10
"""A page of fewer words can be the same as another by chance."""

SHARED_MIN = 90
"""Of a hundred signals that either of two documents shows, so many both show if they are copies of one paper."""

WORDS_APART_MAX = 5
"""Two readings of one paper differ by at most so many words in a hundred."""

COMPARED_MAX = 64
"""How many earlier documents of its class a document is compared with."""


@frozen
class Duplicate:
    """A document that repeats an earlier one; *exact* if it does so word for word."""

    document: Document
    original: Document
    exact: bool


@frozen
class _Seen:
    """What a document shows, for comparing."""

    texts: tuple[str | None, ...]
    words: int
    signals: frozenset[tuple[str, int, str | None]]
    identity: Mapping[IdentityKey, frozenset[str]]


def duplicates(
    classes: Sequence[DocumentClass], pages: Mapping[int, StreamPage], documents: Sequence[Document]
) -> Iterator[Duplicate]:
    """Find documents that repeat an earlier one of their class.

    Without the same words, it takes a key that many documents cannot share by chance, no key that differs, as many
    pages and words, and the same evidence.
    """
    telling = {document_class.id: frozenset(document_class.identity) for document_class in classes}
    earlier: dict[str, list[tuple[Document, _Seen]]] = {}
    for document in documents:
        seen = _seen([pages[page] for page in document.pages])
        if seen.words < WORDS_MIN:
            continue
        same = earlier.setdefault(document.looks_like or document.label, [])
        for original, other in same[-COMPARED_MAX:]:
            exact = seen.texts == other.texts
            if exact or _is_copy(seen, other, telling.get(document.label, frozenset())):
                yield Duplicate(document, original, exact)
                break
        else:
            same.append((document, seen))


def _seen(pages: Sequence[StreamPage]) -> _Seen:
    read = [page.signals for page in pages if page.signals is not None and page.signals.words]
    identity: dict[IdentityKey, set[str]] = {}
    for each in chain.from_iterable(signals.facts.identity for signals in read):
        identity.setdefault(each.key, set()).add(each.value)
    return _Seen(
        tuple(page.text for page in pages if page.signals is None or page.signals.words),
        sum(signals.words for signals in read),
        frozenset(chain.from_iterable(signals.evidence.signals() for signals in read)),
        {key: frozenset(values) for key, values in identity.items()},
    )


def _is_copy(one: _Seen, two: _Seen, telling: frozenset[IdentityKey]) -> bool:
    if len(one.texts) != len(two.texts) or abs(one.words - two.words) * 100 > WORDS_APART_MAX * max(
        one.words, two.words
    ):
        return False
    keys = [key for key in telling if key in one.identity or key in two.identity]
    if any(one.identity.get(key) != two.identity.get(key) for key in keys) or STRONG.isdisjoint(keys):
        return False
    shared, either = len(one.signals & two.signals), len(one.signals | two.signals)
    return bool(either) and shared * 100 >= SHARED_MIN * either
