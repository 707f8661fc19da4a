"""Pages of text: words, where they stand, and what is planted in them."""

from collections.abc import Sequence

from attrs import frozen
from hypothesis import strategies as st

from casefold.pages.text import BOX_SCALE, PageText, PageUnreadable, TextOrigin, UnreadableKind
from casefold.taxonomy.model import Taxonomy
from casefold.taxonomy.patterns import phrases
from casefold_properties.strategies.kernel import picks

HEADER, BODY, FOOTER = 300, 3_000, 9_500
"""Tops of lines, in `BOX_SCALE` ths of the page's height."""


@frozen
class Line:
    """A printed line: its words and the top of it."""

    words: tuple[str, ...]
    top: int = BODY


def page_of(
    lines: Sequence[Line], *, page: int = 1, size: tuple[int, int] = (612_000, 792_000), objects: int | None = None
) -> PageText:
    """Set *lines* on a page, each word beside the one before."""
    words, boxes = list[str](), list[int]()
    for line in lines:
        step = BOX_SCALE // (len(line.words) + 1)
        for at, word in enumerate(line.words):
            words.append(word)
            boxes += [at * step, line.top, (at + 1) * step - 1, min(line.top + 200, BOX_SCALE)]
    return PageText(
        page,
        tuple(words),
        tuple(boxes),
        *size,
        0,
        TextOrigin.LAYER if words else TextOrigin.NONE,
        len(words) if objects is None else objects,
        0,
    )


def lines_of(text: str, *, top: int = BODY) -> Line:
    """Set a text as one line."""
    return Line(tuple(text.split()), top)


SENTENCES = (
    "the deposit of the owner",
    "$12.50 and 2019",
    "rental",
    "the lender shall hold the deposit of the owner for the quarterly payment of the mortgage",
    "a notary shall sign the title and the voucher of the servicer for each rental of the year",
)


PRINTED = ("Page 1 of 3", "Page 2 of 3", "Page 3 of 3", "1", "2")
"""Page numbers, few enough to follow each other by chance."""

PEOPLE = (
    "SSN 666-45-6789", "SSN XXX-XX-1111", "Account number 000123456", "Account number 000999999", "EIN 00-3456789",
    "Loan number 77-1234", "Tax year 2023", "Form 1040 (2022)", "Rev. 10-2023", "Statement period 01/31/2024",
)  # fmt: skip
"""What tells one document from the next. No SSN begins with 666 and no EIN with 00, so these are nobody's."""


def plain_lines() -> st.SearchStrategy[Line]:
    """Lines that say nothing."""
    return picks([lines_of(text, top=top) for text in SENTENCES for top in (BODY, 6_000)])


def number_lines() -> st.SearchStrategy[Line]:
    """Lines with a printed page number."""
    return picks([lines_of(text, top=top) for text in PRINTED for top in (FOOTER, HEADER)])


def identity_lines() -> st.SearchStrategy[Line]:
    """Lines that tell one document from the next."""
    return picks([lines_of(text) for text in PEOPLE])


@frozen
class Shown:
    """A line that shows phrase or form number *number*, counted around, of whatever taxonomy there is."""

    number: int
    top: int


def shown_lines() -> st.SearchStrategy[Shown]:
    """Lines that show something of a taxonomy."""
    return picks([Shown(number, top) for number in range(16) for top in (BODY, HEADER, FOOTER)])


@frozen
class Sheet:
    """A page that is still to be set: the same for whatever taxonomy there is."""

    lines: tuple[Line | Shown, ...]
    size: tuple[int, int]
    drawn: bool

    def page(self, number: int, texts: Sequence[str]) -> PageText:
        """Set the page; *texts* are what the taxonomy's signals look for."""
        lines = [line if isinstance(line, Line) else _shown(line, texts) for line in self.lines]
        objects = None if lines or not self.drawn else 1
        return page_of(sorted(lines, key=lambda line: line.top), page=number, size=self.size, objects=objects)


def _shown(line: Shown, texts: Sequence[str]) -> Line:
    return lines_of(texts[line.number % len(texts)] if texts else "nothing", top=line.top)


LETTER, A4 = (612_000, 792_000), (595_000, 842_000)


def sheets() -> st.SearchStrategy[Sheet]:
    """Pages to be set: blank sheets, pictures, and text."""
    return _SHEETS


_LINES = st.one_of(shown_lines(), shown_lines(), plain_lines(), number_lines(), number_lines(), identity_lines())
_SHEETS = st.one_of(
    st.builds(
        Sheet, st.lists(_LINES, min_size=1, max_size=4).map(tuple), st.sampled_from((LETTER, LETTER, A4)), st.just(True)
    ),
    st.builds(Sheet, st.lists(_LINES, min_size=1, max_size=3).map(tuple), st.just(LETTER), st.just(True)),
    st.sampled_from((Sheet((), LETTER, False), Sheet((), LETTER, True))),
)


def signal_texts(taxonomy: Taxonomy) -> tuple[str, ...]:
    """Give what the phrases and form numbers of *taxonomy* look for."""
    classes = (*taxonomy.classes, *taxonomy.outside)
    return tuple(text for each in classes for signal in each.signals for text in phrases(signal))


def page_texts(*, page: int = 1, taxonomy: Taxonomy | None = None) -> st.SearchStrategy[PageText]:
    """Pages: blank sheets, pictures, and text of which some is planted out of *taxonomy*."""
    texts = signal_texts(taxonomy) if taxonomy is not None else ()
    return sheets().map(lambda sheet: sheet.page(page, texts))


def pages_unreadable(*, page: int = 1) -> st.SearchStrategy[PageUnreadable]:
    """Pages that could not be read."""
    return st.builds(PageUnreadable, st.just(page), st.sampled_from(UnreadableKind), st.sampled_from(("", "why", "é")))


@st.composite
def any_words(draw: st.DrawFn, *, max_size: int = 8) -> tuple[str, ...]:
    """Words of any characters: none empty, none with white space in it."""
    texts = draw(st.lists(st.text(min_size=1, max_size=6), max_size=max_size))
    return tuple(word for text in texts for word in text.split())


@st.composite
def any_pages(draw: st.DrawFn, *, page: int = 1) -> PageText:
    """Pages of any words anywhere."""
    words = draw(any_words())
    place = st.integers(0, BOX_SCALE)
    boxes = draw(st.lists(place, min_size=4 * len(words), max_size=4 * len(words)))
    width = st.integers(1, 20_000_000)
    return PageText(
        page,
        words,
        tuple(boxes),
        draw(width),
        draw(width),
        draw(st.sampled_from((0, 90, 180, 270))),
        draw(st.sampled_from(TextOrigin)),
        draw(st.integers(0, 9)),
        draw(st.integers(0, 1_000_000)),
        draw(st.integers(0, len(words))),
    )
