"""Read labels that people gave, run what was not run, and measure."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

from attrs import frozen

from casefold.documents.evaluation import FoundDocument, FoundPage, Package, TruePage
from casefold.kernel.results import Failure, Result, Success

TRUTH = ".truth.json"


@frozen
class BadTruth:
    """A file of labels cannot be used; *detail* says why."""

    path: str
    detail: str


@frozen
class Labelled:
    """A package and its true labels."""

    package: Path
    truth: tuple[TruePage, ...]


def read_truth(path: Path) -> Result[tuple[Labelled, ...], BadTruth]:
    """Read labels: a list of page rows as ``NAME.truth.json`` beside ``NAME.pdf``, or an object of lists by path."""
    try:
        raw: object = json.loads(path.read_text("utf-8"))
    except OSError as error:
        return Failure(BadTruth(str(path), error.strerror or "it cannot be read"))
    except ValueError as error:
        return Failure(BadTruth(str(path), f"it is not JSON: {error}"))
    if isinstance(raw, dict):
        named = [(path.parent / str(name), rows) for name, rows in cast("dict[str, object]", raw).items()]
    else:
        named = [(path.with_name(path.name.removesuffix(TRUTH) + ".pdf"), raw)]
    found: list[Labelled] = []
    for package, rows in named:
        pages = _pages(rows)
        if pages is None:
            return Failure(BadTruth(str(path), f"{package.name}: each row gives page, label and doc"))
        if not package.is_file():
            return Failure(BadTruth(str(path), f"there is no {package} for these labels"))
        found.append(Labelled(package, pages))
    return Success(tuple(found))


def suite(root: Path) -> Iterator[Path]:
    """Find the files of labels below *root*."""
    yield from sorted(root.rglob("*" + TRUTH))


def _pages(rows: object) -> tuple[TruePage, ...] | None:
    if not isinstance(rows, list):
        return None
    pages: list[TruePage] = []
    for row in cast("list[object]", rows):
        if not isinstance(row, dict):
            return None
        members = cast("dict[str, object]", row)
        page, label, document = members.get("page"), members.get("label"), members.get("doc")
        if not isinstance(page, int) or not isinstance(label, str):
            return None
        pages.append(TruePage(page, label, None if document is None else str(document)))
    return tuple(pages)


def read_case(path: Path, truth: Sequence[TruePage]) -> Result[Package, BadTruth]:
    """Read what was found in a package from its ``case.json``."""
    try:
        case = json.loads(path.read_text("utf-8"))
        return Success(
            Package(
                truth,
                [FoundPage(row["page"], row["label"], row["status"] == "accepted") for row in case["pages"]],
                [FoundDocument(row["id"], row["class"], frozenset(row["pages"])) for row in case["documents"]],
                frozenset(case["classes"]),
            )
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        return Failure(BadTruth(str(path), f"it is no case.json: {error}"))
