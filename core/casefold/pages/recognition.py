"""Words recognised in the picture of a page: by what, with how much effort, and what becomes of the page by them."""

from enum import Enum

from attrs import evolve, field, frozen

from casefold.pages.text import BOX_SCALE, Barcode, PageText, TextOrigin


class Effort(Enum):
    """How much is done to recognise a page."""

    TOP = "top"
    """Its upper third, which names most pages."""
    FULL = "full"
    """All of it, set straight and upright."""
    CLOSE = "close"
    """What it shows, cut out, enlarged and its ground made even: cards and photographs of papers."""
    SECOND = "second"
    """All of it, by another engine."""


@frozen
class Engine:
    """What recognises: its *name*, and the *version* of everything that its words depend on."""

    name: str
    version: str


@frozen
class Recognition:
    """How the words of a page were recognised.

    Attributes:
        effort: With how much effort.
        engine: By what.
        confidence_ppm: How sure its words are on the whole, in parts per million; long words count more.
    """

    effort: Effort
    engine: str
    confidence_ppm: int


@frozen
class Attempt:
    """A way to recognise pages."""

    effort: Effort
    engine: Engine


def _each_once(_plan: "RecognitionPlan", _: object, attempts: tuple[Attempt, ...]) -> None:
    assert len({attempt.effort for attempt in attempts}) == len(attempts), "an effort is made once"


@frozen
class RecognitionPlan:
    """The ways to recognise the pages of a case, in the order in which they are tried; none where nothing can.

    Attributes:
        attempts: The ways, each with its engine.
        barcodes: What reads barcodes on recognised pages; ``None`` for nothing.
    """

    attempts: tuple[Attempt, ...] = field(default=(), validator=_each_once)
    barcodes: Engine | None = None

    def place(self, effort: Effort) -> int | None:
        """Give the place of *effort* among the attempts, from 0."""
        return next((at for at, attempt in enumerate(self.attempts) if attempt.effort is effort), None)


NO_RECOGNITION = RecognitionPlan()


def _sound(words: "RecognisedWords", _: object, boxes: tuple[int, ...]) -> None:
    assert len(boxes) == 4 * len(words.words), "four coordinates a word"
    assert len(words.confidences) == len(words.words), "one confidence a word"
    assert all(0 <= side <= BOX_SCALE for side in boxes), "a word stands on its page"


@frozen
class RecognisedWords:
    """What an engine made of the picture of a page.

    Attributes:
        words: The words in reading order; none is empty or holds white space.
        boxes: Four integers a word, as in `PageText`.
        confidences: How sure each word is, in percent.
        turned: By how many degrees clockwise the page as displayed had to be turned to stand upright.
        blank: Whether the picture shows nothing at all.
        barcodes: The barcodes on it.
    """

    words: tuple[str, ...]
    boxes: tuple[int, ...] = field(validator=_sound)
    confidences: tuple[int, ...]
    turned: int = 0
    blank: bool = False
    barcodes: tuple[Barcode, ...] = ()


def sureness_ppm(page: PageText) -> int:
    """Give how sure recognised words are on the whole, in parts per million, long words counting more."""
    marks = sum(map(len, page.words))
    return (
        sum(sure * len(word) for word, sure in zip(page.words, page.confidences, strict=True)) * 10_000 // marks
        if marks
        else 0
    )


def recognised(page: PageText, found: RecognisedWords) -> PageText:
    """Give *page* with recognised words in place of those of its text layer; values of form fields stay.

    Form fields know their values better than any picture, so their words are kept, last as before. A picture of a blank
    sheet is a blank sheet.
    """
    body = len(page.words) - page.form_words
    fields, boxes = page.words[body:], page.boxes[4 * body :]
    return evolve(
        page,
        words=found.words + fields,
        boxes=found.boxes + boxes,
        origin=TextOrigin.OCR,
        confidences=found.confidences + (100,) * len(fields),
        turned=found.turned,
        barcodes=found.barcodes,
        objects=0 if found.blank and not fields else page.objects,
    )
