"""Read back the page texts that a case keeps as blobs."""

import errno
from collections.abc import AsyncGenerator, AsyncIterator, Collection, Mapping, Sequence

from casefold.case.record import TEXTS_JOINED, DocumentTexts
from casefold.case.state import Case, text_places
from casefold.kernel.results import Failure, Result, Success
from casefold.pages.stream import Document, StreamPage
from casefold.pages.text import PageText, read_text_line
from casefold_adapters.files.atomic import StorageFailed
from casefold_adapters.files.blobs import BlobChanged, BlobMissing, FileBlobs

TextLost = BlobMissing | BlobChanged | StorageFailed


async def read_texts(
    blobs: FileBlobs, case: Case, wanted: Collection[int] | None = None, *, layer: bool = False
) -> AsyncIterator[Result[tuple[StreamPage, bytes], TextLost]]:
    """Give the text lines of the *wanted* pages, all by default, in order; the first that is lost ends it.

    With *layer* those that the files themselves hold, also of pages that were recognised since.
    """
    places = text_places(case, layer=layer)
    due = [(page, at) for page, at in sorted(places.items()) if wanted is None or page in wanted]
    last = {at: page for page, at in due}
    held: dict[int, Mapping[int, bytes]] = {}
    for page, at in due:
        if at not in held:
            content = await blobs.get(case.packs[at].texts)
            if isinstance(content, Failure):
                yield content
                return
            held[at] = dict(zip(case.packs[at].pages, content.unwrap().split(TEXTS_JOINED), strict=True))
        yield Success((case.pages[page - 1], held[at][page]))
        if last[at] == page:
            del held[at]


async def page_texts(blobs: FileBlobs, case: Case) -> AsyncGenerator[PageText | None]:
    """Give the text of each page in order, ``None`` where it could not be read; an `OSError` says that one is lost."""
    done = 0
    async for found in read_texts(blobs, case):
        if isinstance(found, Failure):
            lost = as_storage(found.failure())
            raise OSError(errno.EIO, lost.detail, lost.path)
        page, line = found.unwrap()
        for _ in range(done + 1, page.page):
            yield None
        yield read_text_line(line, page.page)
        done = page.page
    for _ in range(done, len(case.pages)):
        yield None


async def document_texts(
    blobs: FileBlobs, case: Case, documents: Sequence[Document]
) -> Result[tuple[DocumentTexts, ...], StorageFailed]:
    """Give the texts of whole documents."""
    lines: dict[int, bytes] = {}
    async for text in read_texts(blobs, case, {page for document in documents for page in document.pages}):
        if isinstance(text, Failure):
            return Failure(as_storage(text.failure()))
        page, line = text.unwrap()
        lines[page.page] = line
    return Success(
        tuple(
            DocumentTexts(document.id, tuple(lines[page] for page in document.pages if page in lines))
            for document in documents
        )
    )


def as_storage(lost: TextLost) -> StorageFailed:
    """Say of a lost text what a shell says of any failing store."""
    match lost:
        case BlobMissing(digest):
            return StorageFailed(f"blobs/{digest}", "it is missing; verify the case")
        case BlobChanged(digest, _):
            return StorageFailed(f"blobs/{digest}", "its content was changed; verify the case")
        case StorageFailed():
            return lost
