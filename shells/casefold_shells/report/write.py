"""Stream ``report.html``, one document and one page at a time, so that a case of any size is written in little memory.

The same case, artifacts and pictures give the same bytes: the report holds no clock and no chance.
"""

from base64 import b64encode
from collections.abc import AsyncIterator
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Protocol

from markupsafe import Markup

from casefold.case.record import Artifacts
from casefold.case.state import Case
from casefold.pages.text import PageText
from casefold_shells.report.rows import WIDTH, Rows
from casefold_shells.report.words import SURENESS

if TYPE_CHECKING:
    from jinja2 import Template

CASE = "case.json"
"""The file beside the report that holds everything the report leaves out."""


class PageImage(Protocol):
    """A picture of a page as displayed."""

    @property
    def width(self) -> int:
        """In pixels."""
        ...

    @property
    def height(self) -> int:
        """In pixels."""
        ...

    @property
    def encoded(self) -> bytes:
        """The picture as a WebP file."""
        ...


class Writer(Protocol):
    """Takes bytes, as a binary file does."""

    def write(self, data: bytes, /) -> object:
        """Take *data*."""
        ...


async def write_report(
    target: Writer,
    artifacts: Artifacts,
    case: Case,
    texts: AsyncIterator[PageText | None],
    images: AsyncIterator[tuple[int, PageImage | None]],
) -> None:
    """Write the report of an assembled *case* to *target*.

    *texts* gives each page's text, in order; ``None`` where it could not be read.
    *images* gives each page's picture by its number in the package, in order; ``None``, or no mention, where there is
    none. It is asked for a page's picture only after everything before that page was written.
    """
    rows, parts = Rows.of(artifacts, case), _Parts(target)
    review = (rows.page(page) for page in rows.to_review())
    parts.write(
        "head",
        head=rows.head(),
        decision=rows.decision,
        groups=rows.groups(),
        review=review,
        documents=map(rows.document, rows.documents),
    )
    pictures = _Pictures(images)
    opened: set[str] = set()
    current: str | None = None
    for page in case.pages:
        document = rows.owners[page.page]
        if document.id != current:
            if current is not None:
                parts.write("document_end")
            parts.write(
                "document",
                document=rows.document(document),
                continued=document.id in opened,
                at=page.page,
                large=rows.large,
            )
            opened.add(document.id)
            current = document.id
        parts.write("page", row=rows.page(page, await anext(texts)), picture=await pictures.of(page.page))
    if current is not None:
        parts.write("document_end")
    parts.write("foot", thresholds=artifacts.thresholds, classes=rows.classes, sureness=SURENESS, head=rows.head())


class _Pictures:
    """Looks pictures up in a stream of them, holding one at a time."""

    def __init__(self, images: AsyncIterator[tuple[int, PageImage | None]]) -> None:
        self._images = images
        self._next: tuple[int, PageImage | None] | None = (0, None)

    async def of(self, page: int) -> Markup | None:
        """Give the picture of *page* in base64; pages are asked for in order."""
        while self._next is not None and self._next[0] < page:
            self._next = await anext(self._images, None)
        if self._next is None or self._next[0] != page or self._next[1] is None:
            return None
        # Base64 has no letter that HTML gives a meaning to.
        return Markup(b64encode(self._next[1].encoded).decode("ascii"))  # noqa: S704


class _Parts:
    """Fills templates and writes them."""

    def __init__(self, target: Writer) -> None:
        # As long to import as thirty pages to read, and needed by those who write a report only.
        from jinja2 import Environment, PackageLoader, StrictUndefined

        self._target = target
        self._environment = Environment(
            loader=PackageLoader("casefold_shells.report"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        style, script = _asset("report.css"), _asset("report.js")
        self._globals: dict[str, object] = {
            "case_json": CASE,
            "script": script,
            "script_digest": _csp_digest(script),
            "style": style,
            "style_digest": _csp_digest(style),
            "width": WIDTH,
        }
        self._templates: dict[str, Template] = {}

    def write(self, name: str, **values: object) -> None:
        """Fill the template *name* and write it, piece by piece."""
        if name not in self._templates:
            self._templates[name] = self._environment.get_template(f"{name}.html", globals=self._globals)
        for piece in self._templates[name].generate(**values):
            self._target.write(piece.encode("utf-8", "replace"))


def _asset(name: str) -> Markup:
    """Give a file of ours, which is written as it stands."""
    return Markup((files("casefold_shells.report") / "templates" / name).read_text(encoding="utf-8"))  # noqa: S704


def _csp_digest(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode("ascii")
