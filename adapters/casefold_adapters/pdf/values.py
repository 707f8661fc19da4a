"""What the reader hands back."""

from typing import TypeAlias

from attrs import field, frozen

from casefold.pages.text import PageText, PageUnreadable
from casefold_adapters.pdf.digests import digest_of_words
from casefold_adapters.pdf.refusals import PdfRefused


@frozen
class Bookmark:
    """One line of the file's own table of contents, in reading order, nesting left out."""

    title: str
    page: int


@frozen
class PdfFacts:
    """What a file says about itself.

    Attributes:
        pages: How many pages it has.
        repaired: Whether it had to be rewritten before it could be opened.
        encrypted: Whether it is encrypted, even if it opens without a password.
        form: Whether it has form fields.
        title: The title in its metadata.
        bookmarks: Its table of contents.
        bookmarks_lost: Whether there is a table of contents that could not be read.
    """

    pages: int
    repaired: bool
    encrypted: bool
    form: bool
    title: str | None
    bookmarks: tuple[Bookmark, ...]
    bookmarks_lost: bool


@frozen
class PageImage:
    """A picture of one page as displayed, form fields filled in; *encoded* as WebP, or as JPEG where that was asked."""

    page: int
    width: int
    height: int
    encoded: bytes


@frozen
class PageRaster:
    """A page as displayed, in gray: a byte a pixel, row by row, 255 for white."""

    page: int
    width: int
    height: int
    gray: bytes = field(repr=False)


def _some(_part: "SplitPart", _attribute: object, pages: tuple[int, ...]) -> None:
    assert pages, "a document has pages"


def _one_per_page(part: "SplitPart", _attribute: object, expected: tuple[str | None, ...]) -> None:
    assert len(expected) == len(part.pages), "one digest a page"


def _in_the_part(part: "SplitPart", _attribute: object, bookmarks: tuple[tuple[str, int], ...]) -> None:
    assert all(1 <= page <= len(part.pages) for _, page in bookmarks), "a page of the new file"


def _a_bare_name(_part: "SplitPart", _attribute: object, name: str) -> None:
    assert name not in {"", ".", ".."} and not {"/", "\\", "\0"} & set(name), "a name without a folder"


def layer_digest(page: PageText | PageUnreadable) -> str | None:
    """Name the words that a page has in the file itself; nothing if it could not be read.

    Take it of the page as `read` gave it: words that were recognised in its picture are not in the file, and the values
    of form fields, which are, are left out.
    """
    match page:
        case PageText(words=words, form_words=form_words):
            return digest_of_words(words[: len(words) - form_words])
        case PageUnreadable():
            return None


@frozen
class SplitPart:
    """One document to be cut from a source.

    Attributes:
        pages: The source's pages from 1, in the order they are to have.
        expected: The `layer_digest` of each; where there is none, the page's words are not compared.
        file: The name of the file to be written.
        title: The title for its metadata.
        bookmarks: Title and page, from 1 in the new file.
    """

    pages: tuple[int, ...] = field(validator=_some)
    expected: tuple[str | None, ...] = field(validator=_one_per_page)
    file: str = field(validator=_a_bare_name)
    title: str
    bookmarks: tuple[tuple[str, int], ...] = field(default=(), validator=_in_the_part)


@frozen
class SplitDone:
    """A part that stands in its folder, was opened again, and holds the right pages.

    Attributes:
        file: Its name in the folder.
        sha256: The SHA-256 of its bytes, in hexadecimal digits.
        size_bytes: Its size.
        pages: How many pages it has.
    """

    file: str
    sha256: str
    size_bytes: int
    pages: int


@frozen
class NoSuchPage:
    """The part asks for a page that the source does not have."""

    page: int
    pages: int


@frozen
class OtherPageCount:
    """The part came out with another number of pages than were put in."""

    pages: int
    pages_expected: int


@frozen
class OtherWords:
    """A page of the part does not hold the words of its source page.

    Attributes:
        page: The page's number in the source.
    """

    page: int


@frozen
class NotWritten:
    """The part could not be written: the disk is full, the folder is gone, or the file grew too large."""

    detail: str


SplitFault: TypeAlias = NoSuchPage | OtherPageCount | OtherWords | NotWritten | PdfRefused


@frozen
class SplitFailed:
    """A part of which nothing stands in the folder."""

    file: str
    fault: SplitFault
