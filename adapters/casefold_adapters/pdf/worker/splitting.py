"""Cut documents from a source, look at each again, and only then give it its name."""

import hashlib
import os
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Pdf

from casefold_adapters.pdf import frames
from casefold_adapters.pdf.digests import digest_of_words
from casefold_adapters.pdf.worker import native
from casefold_adapters.pdf.worker.opening import Source, detail_of
from casefold_adapters.pdf.worker.reading import opened
from casefold_adapters.pdf.worker.refusal import Refusal
from casefold_adapters.pdf.worker.signatures import looks_like_image
from casefold_adapters.pdf.worker.words import layer_words

OWN_IMAGES_MAX = 24
"""A page that lists more images than it can well show lists those of other pages too."""

PARENTS_MAX = 32


def split(request: dict[str, Any]) -> Iterator[bytes]:
    """Give the facts, then one frame for each of *items*, the parts."""
    warnings.simplefilter("ignore")
    if looks_like_image(request["path"]):
        from casefold_adapters.pdf.worker import images

        cutter = Cutter(images.bound(request["path"], {page for part in request["items"] for page in part["pages"]}))
        yield images.opened(len(cutter.pages))
    else:
        source = Source(request["path"], request["password"])
        yield opened(source)
        cutter = _cutter(source, request["path"], request["password"])
    for part in request["items"]:
        try:
            done = _cut(cutter, part, Path(request["folder"], part["file"]), request["partial"])
        except Refusal as refusal:
            yield frames.packed_json(frames.PART_FAILED, refusal.answer)
        else:
            yield frames.packed_json(frames.PART, {"file": part["file"], **done})


def _cutter(source: Source, path: str, password: str | None) -> "Cutter":
    """Open the source with pikepdf, or what pdfium makes of its pages if pikepdf does not see the same number."""
    try:
        if source.repaired is not None:
            cutter = Cutter(pikepdf.open(BytesIO(source.repaired), suppress_warnings=True))
        else:
            cutter = Cutter(pikepdf.open(path, password=password or "", suppress_warnings=True))
        reason = f"{len(cutter.pages)} pages for pikepdf, {source.pages} for pdfium"
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - hostile files raise nearly anything in pikepdf
        cutter, reason = None, detail_of(error, path)
    if cutter is None or len(cutter.pages) != source.pages:
        copy = native.copied(source.document)
        if copy is None:
            raise Refusal("damaged", detail=reason)
        cutter = Cutter(pikepdf.open(BytesIO(copy)))
    native.close(source.document)
    return cutter


class Cutter:
    """A source that is opened once for all its parts.

    pikepdf's own `add_pages_from` looks at every form field of the source for every part, which takes minutes for a
    package of forms; this makes the same copy with the source's form opened once.
    """

    def __init__(self, source: Pdf) -> None:
        self._source = source
        self._form = source.acroform
        self.pages = list(source.pages)
        self._users = Counter(thing for page in self.pages for thing in _resources(page.obj))

    def cut(self, pages: Sequence[int], title: str, bookmarks: Sequence[tuple[str, int]]) -> Pdf:
        """Give a new document of *pages*, with the fields that stand on them and nothing of other pages."""
        if absent := [page for page in pages if not 1 <= page <= len(self.pages)]:
            raise Refusal("no_such_page", page=absent[0], pages=len(self.pages))
        part = Pdf.new()
        chosen = [self.pages[page - 1] for page in pages]
        for page in chosen:
            part.pages.append(page)
        if any(_has_fields(page.obj) for page in chosen):
            form = part.acroform
            for copy, page in zip(part.pages, chosen, strict=True):
                form.fix_copied_annotations(copy, page, self._form)
            _forget_other_fonts(part)
        if self._shares(chosen):
            part.remove_unreferenced_resources()
        part.docinfo["/Title"] = title
        with part.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(name, page - 1) for name, page in bookmarks)
        return part

    def _shares(self, chosen: Sequence[pikepdf.Page]) -> bool:
        """Say whether resources of these pages may be those of others: parsing every page to find out is slow."""
        distinct = {page.obj.objgen: page.obj for page in chosen}.values()
        used = Counter(thing for page in distinct for thing in _resources(page))
        if any(self._users[thing] > count for thing, count in used.items()):
            return True
        return any(_listed_images(page) > OWN_IMAGES_MAX for page in distinct)


def _cut(cutter: Cutter, part: dict[str, Any], path: Path, partial: str) -> dict[str, Any]:
    """Write one part under a passing name, verify it, and give it its own.

    What is left of a part that fails the parent removes, as it must for a child that dies.
    """
    content = _written(cutter, part)
    unfinished = path.with_name(path.name + partial)
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _verify(str(unfinished), part)
        unfinished.replace(path)
        _sync(path.parent)
    except OSError as error:
        raise Refusal("not_written", detail=error.strerror or type(error).__name__) from None
    return {"sha256": hashlib.sha256(content).hexdigest(), "size_bytes": len(content), "pages": len(part["pages"])}


def _written(cutter: Cutter, part: dict[str, Any]) -> memoryview:
    """Give the part's bytes; written to a full disk by pikepdf itself they would take the whole child down."""
    content = BytesIO()
    try:
        with cutter.cut(part["pages"], part["title"], part["bookmarks"]) as pdf:
            pdf.save(content, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    except (MemoryError, Refusal):
        raise
    except Exception as error:  # hostile pages raise nearly anything in pikepdf
        raise Refusal("damaged", detail=detail_of(error, part["file"])) from error
    return content.getbuffer()


def _verify(path: str, part: dict[str, Any]) -> None:
    """Open a part with the other parser and compare its words, page for page, with those that were read."""
    document = native.open_path(path, None)
    if not document:
        raise Refusal("damaged", detail=f"the part does not open: pdfium error {native.last_error()}")
    try:
        count = native.page_count(document)
        if count != len(part["pages"]):
            raise Refusal("other_page_count", pages=count, pages_expected=len(part["pages"]))
        for index, expected in enumerate(part["expected"]):
            if expected is not None and _words_digest(document, index) != expected:
                raise Refusal("other_words", page=part["pages"][index])
    finally:
        native.close(document)


def _words_digest(document: native.Handle, index: int) -> str | None:
    with native.page_of(document, index) as page:
        if not page:
            return None
        with native.text_of(page) as text:
            return digest_of_words(layer_words(text)) if text else None


def _resources(page: pikepdf.Object) -> set[tuple[int, int]]:
    """Name the resource dictionaries of a page that other pages could share."""
    held = page.get("/Resources")
    if not isinstance(held, Dictionary):
        return set()
    return {thing.objgen for thing in (held, held.get("/XObject"), held.get("/Font")) if thing is not None} - {(0, 0)}


def _listed_images(page: pikepdf.Object) -> int:
    held = page.get("/Resources")
    images = held.get("/XObject") if isinstance(held, Dictionary) else None
    return len(images) if isinstance(images, Dictionary) else 0


def _has_fields(page: pikepdf.Object) -> bool:
    annotations = page.get("/Annots")
    if not isinstance(annotations, pikepdf.Array):
        return False
    return any(isinstance(one, Dictionary) and one.get("/Subtype") == Name.Widget for one in annotations)


def _forget_other_fonts(part: Pdf) -> None:
    """Leave out of the form's resources the fonts that no field of the part names; they can be megabytes."""
    form = part.Root.get("/AcroForm")
    held = form.get("/DR") if isinstance(form, Dictionary) else None
    fonts = held.get("/Font") if isinstance(held, Dictionary) else None
    if not isinstance(fonts, Dictionary):
        return
    appearances = _appearances(form)
    for page in part.pages:
        for widget in page.obj.get("/Annots", ()):
            appearances |= _appearances(widget)
    named = " ".join(appearances)
    for font in sorted(fonts.keys()):
        if font not in named:
            del fonts[font]


def _appearances(widget: Any) -> set[str]:
    """Give the default appearances that a widget has or inherits, each of which names a font."""
    found: set[str] = set()
    for _ in range(PARENTS_MAX):
        if not isinstance(widget, Dictionary):
            break
        found.add(str(widget.get("/DA", "")))
        widget = widget.get("/Parent")
    return found


def _sync(folder: Path) -> None:
    """Have the new name on the disk, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
