"""Write a made-up file: the PDF, the truth of its pages, and the facts on them; each whole or not at all."""

import importlib
import io
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image

from casefold.kernel.results import Failure, Result, Success
from casefold_adapters.files.atomic import StorageFailed, failed, replacing
from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.packages import Package, truth_rows
from casefold_adapters.synth.printing import as_pdf
from casefold_adapters.synth.scans import Quality, Scan, degrade
from casefold_adapters.synth.truths import Box, fields, shares

_pdfium: Any = importlib.import_module("pypdfium2")

DPI = {Quality.SCAN: (110, 150, 150, 200), Quality.FAX: (200,), Quality.PHOTO: (120, 150)}
SIDE_PIXELS_MAX = 2_200


def write(
    package: Package, folder: Path, scanned: Callable[[int], None] | None = None
) -> Result[tuple[Path, ...], StorageFailed]:
    """Write NAME.pdf, NAME.truth.json and NAME.facts.json; *scanned* is told of each page that becomes a picture.

    The facts come last, so that where they are, all is.
    """
    pdf = folder / f"{package.name}.pdf"
    truth, facts = pdf.with_suffix(".truth.json"), pdf.with_suffix(".facts.json")
    content = as_pdf((page.page for page in package.stream), package.name)
    scans: Mapping[int, Scan] = {}
    if any(page.quality is not Quality.CLEAN for page in package.stream):
        content, scans = _rasterised(package, content, scanned)
    turned = [scans[at].turned if at in scans else 0 for at in range(len(package.stream))]
    try:
        for path, data in (
            (pdf, content),
            (truth, _lines(truth_rows(package, turned))),
            (facts, _json(facts_of(package, scans))),
        ):
            with replacing(path) as stream:
                stream.write(data)
    except OSError as error:
        return Failure(failed(pdf, error))
    return Success((pdf, truth, facts))


def facts_of(package: Package, scans: Mapping[int, Scan]) -> dict[str, object]:
    """Give every value of every document, and what is wrong on purpose."""
    documents: list[dict[str, object]] = []
    numbers: dict[str, int] = {}
    for number, drawn in enumerate(package.documents, 1):
        places = [at for at, page in enumerate(package.stream) if page.doc == number and page.tag != "duplicate_page"]
        places.sort(key=lambda at: package.stream[at].page_in_doc or 0)
        pages = [(at + 1, package.stream[at].page, _moved(package, at, scans)) for at in places]
        numbers[f"{drawn.paper.label}/{drawn.paper.key}"] = number
        documents.append(
            {
                "doc": number,
                "class": drawn.paper.label,
                "sublabel": drawn.paper.sub,
                "family": drawn.family,
                "key": drawn.paper.key,
                "pages": [page for page, _, _ in pages],
                "doc_pages": len(drawn.pages),
                "fields": fields(drawn.paper.label, pages),
            }
        )
    defects = [
        {
            "kind": defect.kind,
            "rule": defect.rule,
            "documents": [numbers[key] for key in defect.papers if key in numbers],
            "pages": [
                at
                for at, page in enumerate(package.stream, 1)
                if page.doc is not None and page.doc in {numbers.get(key) for key in defect.papers}
            ],
            "detail": defect.detail,
        }
        for defect in package.defects
    ]
    request = package.request
    return {
        "name": package.name,
        "seed": request.seed,
        "file_type": request.file_type,
        "quality": request.quality,
        "order": request.order,
        "documents": documents,
        "defects": defects,
    }


def _moved(package: Package, at: int, scans: Mapping[int, Scan]) -> dict[int, Box]:
    page = package.stream[at].page
    if at not in scans:
        return {}
    return {number: scans[at].box(shares(page, placed)) for number, placed in enumerate(page.fields)}


def _rasterised(
    package: Package, content: bytes, scanned: Callable[[int], None] | None
) -> tuple[bytes, dict[int, Scan]]:
    """Put pictures in the place of pages that were scanned, faxed or photographed."""
    scans: dict[int, Scan] = {}
    target = pikepdf.Pdf.open(io.BytesIO(content))
    for at, scan in _scans(package, content):
        scans[at] = scan
        picture = _page(target, scan)
        target.pages.append(picture)
        target.pages[at] = target.pages[-1]
        del target.pages[-1]
        if scanned is not None:
            scanned(at + 1)
    stream = io.BytesIO()
    target.remove_unreferenced_resources()
    target.save(stream, deterministic_id=True)
    target.close()
    return stream.getvalue(), scans


def _scans(package: Package, content: bytes) -> Iterator[tuple[int, Scan]]:
    source = _pdfium.PdfDocument(content)
    try:
        for at, page in enumerate(package.stream):
            if page.quality is Quality.CLEAN:
                continue
            chance = Chance(f"{package.request.seed}/scan/{at}")
            dpi = chance.pick(DPI[page.quality])
            dpi = min(dpi, int(SIDE_PIXELS_MAX * 72 / max(page.page.width, page.page.height)))
            drawn = source[at]
            image: Image.Image = drawn.render(scale=dpi / 72).to_pil()
            drawn.close()
            yield at, degrade(image, page.quality, chance.child("look"), dpi)
    finally:
        source.close()


def _page(target: pikepdf.Pdf, scan: Scan) -> pikepdf.Page:
    width, height = scan.width * 72 / scan.dpi, scan.height * 72 / scan.dpi
    if scan.content.startswith(b"\xff\xd8"):
        image = target.make_stream(scan.content)
        with Image.open(io.BytesIO(scan.content)) as opened:
            space = pikepdf.Name.DeviceGray if opened.mode == "L" else pikepdf.Name.DeviceRGB
        image.Filter, image.BitsPerComponent = pikepdf.Name.DCTDecode, 8
    else:
        with Image.open(io.BytesIO(scan.content)) as opened:
            image = target.make_stream(opened.convert("1").tobytes())
        space, image.BitsPerComponent = pikepdf.Name.DeviceGray, 1
    image.Type, image.Subtype, image.ColorSpace = pikepdf.Name.XObject, pikepdf.Name.Image, space
    image.Width, image.Height = scan.width, scan.height
    body = f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Im0 Do Q".encode()
    return pikepdf.Page(
        target.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Page,
                MediaBox=[0, 0, round(width, 3), round(height, 3)],
                Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image)),
                Contents=target.make_stream(body),
            )
        )
    )


def _lines(rows: list[dict[str, object]]) -> bytes:
    return ("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n").encode()


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=1) + "\n").encode()
