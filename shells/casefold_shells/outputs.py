"""Write a decided case down: ``case.json`` for programs, ``report.html`` for people; both whole or not at all."""

import hashlib
import json
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import BinaryIO

from casefold.case.events import DocumentWritten, OutputFile
from casefold.case.record import Artifacts
from casefold.case.state import Case, first_page
from casefold.case.view import all_findings, document_rows, finding_row, head_rows, page_row
from casefold.kernel.canonical import DIGEST_PREFIX, Json
from casefold.kernel.chain import Head
from casefold.kernel.results import Failure, Result, Success
from casefold.pages.text import PageText
from casefold_adapters.files.atomic import StorageFailed, failed, replacing
from casefold_adapters.files.blobs import FileBlobs
from casefold_adapters.pdf.reader import PdfReader
from casefold_adapters.pdf.values import PageImage
from casefold_shells.casefiles import CaseFolder
from casefold_shells.report import image_side, write_report
from casefold_shells.texts import page_texts


async def write_outputs(
    artifacts: Artifacts,
    case: Case,
    head: Head,
    folder: CaseFolder,
    sources: Sequence[Path],
    pdf: PdfReader,
    password: str | None,
) -> Result[tuple[OutputFile, ...], StorageFailed]:
    """Write the outputs of *case* into *folder*, and remove documents that an earlier outcome left there.

    *head* is the end of the log that the outcome follows from.
    """
    blobs = FileBlobs(folder.blobs)
    try:
        with replacing(folder.case_json) as stream:
            async with aclosing(page_texts(blobs, case)) as texts:
                await _write_case_json(artifacts, case, head, texts, stream)
        with replacing(folder.report) as stream:
            async with (
                aclosing(page_texts(blobs, case)) as texts,
                aclosing(_images(case, sources, pdf, password)) as images,
            ):
                await write_report(stream, artifacts, case, texts, images)
        _remove_stale(case, folder)
        files = tuple(OutputFile(path.name, file_digest(path)) for path in (folder.case_json, folder.report))
    except OSError as error:
        return Failure(failed(folder.path, error))
    return Success(files)


def file_digest(path: Path) -> str:
    """Name a file by the SHA-256 of its bytes."""
    with path.open("rb") as stream:
        return DIGEST_PREFIX + hashlib.file_digest(stream, "sha256").hexdigest()


async def _write_case_json(
    artifacts: Artifacts, case: Case, head: Head, texts: AsyncIterator[PageText | None], stream: BinaryIO
) -> None:
    """Write the contract row by row, a line each, so that neither writer nor ``grep`` needs the whole."""
    stream.write(b"{\n")
    log: dict[str, Json] = {"events": head.count, "head": head.hash}
    rows: dict[str, Json] = {**head_rows(artifacts, case), "log": log}
    stream.writelines(b"%s: %s,\n" % (_json(name), _json(value)) for name, value in rows.items())
    pages = (page_row(artifacts, case, page, await anext(texts)) for page in case.pages)
    await _list(stream, "pages", pages, b",")
    await _list(stream, "documents", _each(document_rows(artifacts, case)), b",")
    await _list(stream, "findings", _each(map(finding_row, all_findings(case))), b"")
    stream.write(b"}\n")


async def _each(rows: Iterable[Json]) -> AsyncGenerator[Json]:
    for row in rows:
        yield row


async def _list(stream: BinaryIO, name: str, rows: AsyncIterator[Json], end: bytes) -> None:
    stream.write(b"%s: [" % _json(name))
    before = b"\n"
    async for row in rows:
        stream.write(before + _json(row))
        before = b",\n"
    stream.write(b"\n]%s\n" % end)


def _json(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace")


async def _images(
    case: Case, sources: Sequence[Path], pdf: PdfReader, password: str | None
) -> AsyncGenerator[tuple[int, PageImage | None]]:
    side = image_side(len(case.pages))
    for number, source in enumerate(sources):
        pages = [page.page for page in case.pages if page.source == number]
        offset = first_page(case, number) - 1
        if not pages:
            continue
        wanted = [page - offset for page in pages]
        async with aclosing(pdf.render(source, wanted, side, password)) as rendered:
            async for image in rendered:
                yield image.page + offset, image if isinstance(image, PageImage) else None


def _remove_stale(case: Case, folder: CaseFolder) -> None:
    kept = {folder.path / written.file for written in case.written.values() if isinstance(written, DocumentWritten)}
    for path in folder.documents.iterdir() if folder.documents.is_dir() else ():
        if path not in kept:
            path.unlink()
