"""Recognised words, plans, and layers that nobody would write."""

from collections.abc import Sequence

from attrs import evolve
from hypothesis import strategies as st

from casefold.pages.recognition import Attempt, Effort, Engine, RecognisedWords, RecognitionPlan
from casefold.pages.text import BOX_SCALE, PageText
from casefold_properties.strategies.cases import Setting, known_artifacts, opening_of
from casefold_properties.strategies.pages import page_of, page_texts
from casefold_properties.worlds import Package, World

ENGINE, OTHER = Engine("eye", "1"), Engine("other-eye", "2")

PLANS = (
    RecognitionPlan(),
    RecognitionPlan((Attempt(Effort.FULL, ENGINE),)),
    RecognitionPlan((Attempt(Effort.TOP, ENGINE), Attempt(Effort.FULL, ENGINE))),
    RecognitionPlan((Attempt(Effort.TOP, ENGINE), Attempt(Effort.FULL, ENGINE), Attempt(Effort.SECOND, OTHER))),
    RecognitionPlan((Attempt(Effort.FULL, ENGINE), Attempt(Effort.CLOSE, ENGINE))),
    RecognitionPlan((Attempt(Effort.FULL, ENGINE), Attempt(Effort.CLOSE, ENGINE), Attempt(Effort.SECOND, OTHER))),
)

TURNS = (0, 90, 180, 270)

GARBAGE = ("\ue001\ue002\ue003", "\ufffd\ufffd\ufffd\ufffd", "aBcDeFgHiJ", "bcdfghjklmn", "oooooooo", "a#b#c#d#e")
"""Words that nobody would write."""


def boxes() -> st.SearchStrategy[tuple[int, int, int, int]]:
    """Boxes inside the page."""
    side = st.integers(0, BOX_SCALE)
    return st.tuples(side, side, side, side).map(
        lambda box: (min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3]))
    )


def recognised_words(texts: Sequence[str] = ()) -> st.SearchStrategy[RecognisedWords]:
    """What an engine may make of a page, now and then out of *texts*."""
    word = st.sampled_from(("deposit", "owner", "2024", *(part for text in texts for part in text.split())))
    row = st.tuples(word, boxes(), st.integers(0, 100))

    def made(rows: list[tuple[str, tuple[int, int, int, int], int]], turned: int, blank: bool) -> RecognisedWords:
        return RecognisedWords(
            tuple(row[0] for row in rows),
            tuple(side for row in rows for side in row[1]),
            tuple(row[2] for row in rows),
            turned,
            blank and not rows,
        )

    return st.builds(made, st.lists(row, max_size=4), st.sampled_from(TURNS), st.booleans())


def garbage() -> st.SearchStrategy[tuple[str, ...]]:
    """A few words that nobody would write."""
    return st.lists(st.sampled_from(GARBAGE), min_size=1, max_size=30).map(tuple)


def with_words(page: PageText, words: Sequence[str]) -> PageText:
    """Give *page* with more words in its layer."""
    return evolve(page, words=(*words, *page.words), boxes=(0, 0, 1, 1) * len(words) + page.boxes)


def layers() -> st.SearchStrategy[PageText]:
    """Pages as they may be read: text, scans, stamps on scans, drawings, garbage."""

    def made(page: PageText, more: tuple[str, ...], image_ppm: int, objects: int) -> PageText:
        return evolve(with_words(page, more), image_ppm=image_ppm, objects=max(page.objects, objects))

    return st.builds(
        made,
        page_texts(),
        st.just(()) | st.lists(st.sampled_from(("Certificate", "of", "deposit")), max_size=40).map(tuple) | garbage(),
        st.sampled_from((0, 60_000, 700_000, 1_000_000)),
        st.sampled_from((0, 1, 200)),
    )


def _scan(number: int, image_ppm: int = 1_000_000) -> PageText:
    return evolve(page_of([], page=number, objects=1), image_ppm=image_ppm)


@st.composite
def recognised_cases(draw: st.DrawFn, max_pages: int = 4) -> tuple[Setting, World]:
    """Cases about to begin, mostly of scans, and their world; some pages crash whoever looks at them."""
    artifacts = draw(known_artifacts())
    taxonomy = artifacts.compiled.taxonomy
    kind = st.sampled_from(("scan", "scan", "text", "garbage"))
    sources = draw(st.lists(st.lists(kind, min_size=1, max_size=max_pages), min_size=1, max_size=2))
    text = draw(page_texts(taxonomy=taxonomy))
    made = {
        "scan": _scan(1),
        "text": text,
        "garbage": with_words(_scan(1), GARBAGE),
    }
    package = Package(
        tuple(tuple(evolve(made[kind], page=at) for at, kind in enumerate(kinds, 1)) for kinds in sources)
    )
    phrases = tuple(signal.phrase for each in taxonomy.classes for signal in each.signals if signal.phrase)
    plain = st.just(RecognisedWords((), (), (), 0, blank=True)) | recognised_words(phrases)
    seen = st.sampled_from(phrases).map(_printed) | plain if phrases else plain
    pictures: dict[tuple[int, Effort], RecognisedWords] = {}
    for number in range(1, max(map(len, sources)) + 1):
        for effort in Effort:
            if draw(st.integers(0, 4)):
                pictures[number, effort] = draw(seen)
    opened = evolve(opening_of(artifacts, package), recognition=draw(st.sampled_from(PLANS)))
    return Setting(artifacts, package, opened), World(package, pictures=pictures)


def _printed(phrase: str) -> RecognisedWords:
    words = tuple(phrase.split())
    boxes = tuple(side for at in range(len(words)) for side in (100 * at, 100, 100 * at + 90, 200))
    return RecognisedWords(words, boxes, (90,) * len(words))
