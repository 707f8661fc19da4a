"""What a document would be otherwise: the best segmentation without it, and what decides against that."""

from enum import Enum

from attrs import frozen

from casefold.pages import scores
from casefold.pages.scores import ClassModel, Page
from casefold.taxonomy.model import UNKNOWN, IdentityKey


class Choice(Enum):
    """What the best segmentation without a document does with its pages."""

    OTHER_CLASS = "other_class"
    """It is of another class."""
    SPLIT = "split"
    """It is two documents."""
    WITH_BEFORE = "with_before"
    """It goes on from the document before it."""
    WITH_AFTER = "with_after"
    """The document behind it belongs to it."""
    APART = "apart"
    """Pages that lie apart are two documents."""


class Tie(Enum):
    """What says that two pages are of one document, or of two."""

    NUMBERS_GO_ON = "numbers_go_on"
    NUMBERS_BREAK = "numbers_break"
    KEYS_AGREE = "keys_agree"
    KEYS_DIFFER = "keys_differ"
    VARIANTS_DIFFER = "variants_differ"
    SAME_BAND = "same_band"
    """The running header or footer is the same."""
    OTHER_BAND = "other_band"
    NOTHING_SHARED = "nothing_shared"
    """Both show the class, and have no number, key or running header in common."""
    SAME_WORDS = "same_words"
    """Both show much the same words: copies, or two of a kind."""
    OTHER_SIZE = "other_size"
    BLANK_BETWEEN = "blank_between"
    CONTINUED = "continued"
    """The page before says that it is continued."""
    SAID = "said"
    """A tier that saw both pages says whether one continues the other."""
    PERSON = "person"
    """A person said whether a document begins there."""
    FIRST_PAGE = "first_page"
    """The page looks like a first one: by its number, or by what it shows."""
    LATER_PAGE = "later_page"
    LAST_PAGE = "last_page"
    """The page before looks like a last one."""
    NOT_LAST_PAGE = "not_last_page"


@frozen
class Because:
    """A tie and its decibans for one document; *keys* are those that agree or differ."""

    tie: Tie
    worth: int
    keys: tuple[IdentityKey, ...] = ()


@frozen
class Alternative:
    """The best segmentation without a document: it decides otherwise on the page at *at* and the one *before* it."""

    choice: Choice
    before: int
    at: int
    label: str | None = None


@frozen
class Otherwise:
    """What a document would be otherwise.

    Attributes:
        choice: What would be done with its pages.
        page: The page of the package where that begins.
        margin: How many decibans less it is worth.
        label: The other class, where it is one.
        because: What decides against it, the strongest first.
    """

    choice: Choice
    page: int
    margin: int
    label: str | None = None
    because: tuple[Because, ...] = ()


def decisive(model: ClassModel, before: Page, page: Page, choice: Choice) -> tuple[Because, ...]:
    """Give what decides against joining two pages of a class or, where they are joined, against parting them."""
    joined = choice in {Choice.SPLIT, Choice.APART}
    told = [tie for tie in ties(model, before, page) if (tie.worth > 0) == joined]
    return tuple(sorted(told, key=lambda tie: (-abs(tie.worth), tie.tie.value)))


def ties(model: ClassModel, before: Page, page: Page) -> tuple[Because, ...]:
    """Give everything that says that *page* continues the document of a class that *before* belongs to, or does not.

    What opening one more document of the class costs is not among them; together with that, they make up what one
    document is worth beyond two.
    """
    numbers, both = scores.printed(page), scores.joint(before, page)
    parts = scores.joint_parts(before, page)
    identity, keys = scores.identity_worth(model, before, page, both)
    leading, trailing = scores.leading(model, page, numbers), scores.trailing(model, before)
    closes, opens = scores.printed(before).closes, scores.opens(model, page, numbers)
    going_on = parts.numbers + scores.resumed(model, page, both)
    band = model.band if both.banded else scores.BAND_DIFFERS if model.id != UNKNOWN else 0
    listed = (
        Because(Tie.NUMBERS_GO_ON if going_on > 0 else Tie.NUMBERS_BREAK, going_on),
        Because(Tie.KEYS_AGREE if identity > 0 else Tie.KEYS_DIFFER, identity, keys),
        Because(Tie.VARIANTS_DIFFER, scores.variant_worth(model, before, page)),
        Because(Tie.SAME_BAND if both.banded else Tie.OTHER_BAND, band),
        Because(Tie.NOTHING_SHARED, scores.tieless(model, before, page, both)),
        Because(Tie.SAME_WORDS, scores.repeated(model, both, numbers)),
        Because(Tie.OTHER_SIZE, parts.size),
        Because(Tie.BLANK_BETWEEN, parts.blank),
        Because(Tie.CONTINUED, parts.continued),
        Because(Tie.PERSON if abs(page.joins) >= scores.PINNED else Tie.SAID, page.joins),
        Because(Tie.FIRST_PAGE if leading + opens > 0 else Tie.LATER_PAGE, -2 * leading - opens),
        Because(Tie.LAST_PAGE if trailing + closes > 0 else Tie.NOT_LAST_PAGE, -2 * trailing - closes),
    )
    return tuple(tie for tie in listed if tie.worth)
