"""Gather labelled pages to train the local model from: files of labels, reviewed cases, tables of pages."""

import csv
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import cast

from attrs import frozen

from casefold.case.state import Case
from casefold.kernel.results import Failure, Result, Success
from casefold.pages.labels import Status
from casefold.pages.text import PageText, read_text_line
from casefold.taxonomy.model import Taxonomy
from casefold_adapters.files.blobs import FileBlobs
from casefold_adapters.pdf.limits import PdfLimits
from casefold_adapters.pdf.reader import PdfReader
from casefold_adapters.training.samples import Sample, label_of
from casefold_shells.casefiles import CaseFolder
from casefold_shells.evaluating import read_truth
from casefold_shells.packages import load_case
from casefold_shells.texts import read_texts

WORDS_MIN = 8
"""A page of fewer words teaches nothing about wording."""

COLUMNS = ("file", "page", "label")


@frozen
class BadLabels:
    """Labels cannot be used; *detail* says why."""

    path: str
    detail: str


@frozen
class Labelled:
    """A page that somebody labelled.

    Attributes:
        page: Its number in its file, from 1.
        label: What it is.
        family: Where such pages come from.
        origin: Its licence, or how it was made.
    """

    page: int
    label: str
    family: str
    origin: str


@frozen
class Gathered:
    """Samples, and how many labelled pages had too few words to be any."""

    samples: tuple[Sample, ...]
    wordless: int


_Pages = list[tuple[PageText, Labelled]]


async def gather(taxonomy: Taxonomy, sources: Sequence[Path]) -> Result[Gathered, BadLabels]:
    """Read every labelled page of *sources*, in order."""
    samples: list[Sample] = []
    wordless = 0
    for source in sources:
        found = await _of_case(source) if source.is_dir() else await _of_files(source)
        if isinstance(found, Failure):
            return found
        for page, labelled in found.unwrap():
            if len(page.words) < WORDS_MIN:
                wordless += 1
            else:
                label = label_of(taxonomy, labelled.label)
                samples.append(Sample(page, label, labelled.family, labelled.origin))
    return Success(Gathered(tuple(samples), wordless))


async def _of_case(folder: Path) -> Result[_Pages, BadLabels]:
    """Take from a reviewed case the pages that a person labelled, and those that were accepted."""
    loaded = await load_case(CaseFolder(folder), policy=False)
    if isinstance(loaded, Failure):
        return Failure(BadLabels(str(folder), "it is no folder of a case; see `casefold run`"))
    _, case = loaded.unwrap()
    if case.outcome is None:
        return Failure(BadLabels(str(folder), "its pages are not labelled yet; run it to its end first"))
    labels = {label.page: label for label in case.outcome.labels if label.status is Status.ACCEPTED}
    wanted = {
        page: Labelled(page, label.looks_like or label.label, folder.name, "reviewed case")
        for page, label in labels.items()
    }
    return await _recorded(folder, case, wanted)


async def _recorded(folder: Path, case: Case, wanted: Mapping[int, Labelled]) -> Result[_Pages, BadLabels]:
    """Read the words of a case's pages as it recorded them, recognised or not."""
    pages: _Pages = []
    async for text in read_texts(FileBlobs(CaseFolder(folder).blobs), case, wanted.keys()):
        if isinstance(text, Failure):
            return Failure(BadLabels(str(folder), "a text of its pages is missing or was changed; verify the case"))
        page, line = text.unwrap()
        pages.append((read_text_line(line, page.page), wanted[page.page]))
    return Success(pages)


async def _of_files(source: Path) -> Result[_Pages, BadLabels]:
    rows = _table(source) if source.suffix.lower() == ".csv" else _truth(source)
    if isinstance(rows, Failure):
        return rows
    pages: _Pages = []
    for file, labelled in rows.unwrap().items():
        if file.is_dir():
            found = await _of_labelled_case(source, file, {each.page: each for each in labelled})
            if isinstance(found, Failure):
                return found
            pages += found.unwrap()
            continue
        if not file.is_file():
            return Failure(BadLabels(str(source), f"there is no {file}"))
        wanted = {each.page: each for each in labelled}
        async for page in _texts(file, wanted):
            pages.append((page, wanted[page.page]))
    return Success(pages)


async def _of_labelled_case(source: Path, folder: Path, wanted: Mapping[int, Labelled]) -> Result[_Pages, BadLabels]:
    """Take the pages of a case that a table labels."""
    loaded = await load_case(CaseFolder(folder), policy=False)
    if isinstance(loaded, Failure):
        return Failure(BadLabels(str(source), f"{folder} is neither a file nor the folder of a case"))
    _, case = loaded.unwrap()
    beyond = max(wanted)
    if beyond > len(case.pages):
        return Failure(BadLabels(str(source), f"{folder} has {len(case.pages)} pages, and none numbered {beyond}"))
    return await _recorded(folder, case, wanted)


async def _texts(file: Path, wanted: Mapping[int, object]) -> AsyncIterator[PageText]:
    async for page in PdfReader(PdfLimits()).read(file, min(wanted), max(wanted)):
        if isinstance(page, PageText) and page.page in wanted:
            yield page


_Rows = dict[Path, list[Labelled]]


def _table(source: Path) -> Result[_Rows, BadLabels]:
    """Read a table of the columns file, page and label; family and origin are welcome."""
    rows: _Rows = {}
    try:
        with source.open(encoding="utf-8-sig", newline="") as lines:
            table = csv.DictReader(lines)
            missing = [name for name in COLUMNS if name not in (table.fieldnames or ())]
            if missing:
                return Failure(BadLabels(str(source), f"it has no column {', '.join(missing)}"))
            for number, row in enumerate(table, 2):
                if not (row["page"] or "").isdecimal() or not row["label"] or int(row["page"]) < 1:
                    return Failure(BadLabels(str(source), f"line {number}: a page is a number from 1 and has a label"))
                file = source.parent / row["file"]
                family, origin = row.get("family") or file.stem, row.get("origin") or "labelled pages"
                rows.setdefault(file, []).append(Labelled(int(row["page"]), row["label"], family, origin))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        return Failure(BadLabels(str(source), f"it cannot be read: {error}"))
    return Success(rows)


def _truth(source: Path) -> Result[_Rows, BadLabels]:
    read = read_truth(source)
    if isinstance(read, Failure):
        return Failure(BadLabels(read.failure().path, read.failure().detail))
    families = _families(source)
    rows: _Rows = {}
    for item in read.unwrap():
        name = item.package.stem
        rows[item.package] = [
            Labelled(each.page, each.label, families.get(each.page, name), "labelled package")
            for each in item.truth
            if each.label != "blank"
        ]
    return Success({file: pages for file, pages in rows.items() if pages})


def _families(source: Path) -> dict[int, str]:
    """Give the layout family of each page where the file of labels names it, or the file that the page comes from."""
    raw: object = json.loads(source.read_text("utf-8"))
    if not isinstance(raw, list):
        return {}
    rows = [cast("dict[str, object]", row) for row in cast("list[object]", raw) if isinstance(row, dict)]
    named = {row.get("page"): row.get("family") or row.get("source") for row in rows}
    return {page: str(family) for page, family in named.items() if isinstance(page, int) and family}
