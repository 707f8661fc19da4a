"""Read labels that people gave, run what was not run, and measure."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from attrs import frozen

from casefold.case.measured import COMPLETENESS, INCOMPLETE
from casefold.documents.defects import Alarm, Planted
from casefold.documents.evaluation import FoundDocument, FoundPage, Package, TruePage
from casefold.documents.findings import FindingKind
from casefold.kernel.results import Failure, Result, Success
from casefold.pages.labels import Reason
from casefold.pages.standing import WEIGHED
from casefold.pages.text import TextOrigin

TRUTH = ".truth.json"
FACTS = ".facts.json"


@frozen
class BadTruth:
    """A file of labels cannot be used; *detail* says why."""

    path: str
    detail: str


@frozen
class Labelled:
    """A package, its true labels, and the file that each page was taken from, where that is known."""

    package: Path
    truth: tuple[TruePage, ...]
    sources: Mapping[int, str] = MappingProxyType({})


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
        found.append(Labelled(package, pages, _sources(rows)))
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
        pages.append(
            TruePage(
                page,
                label,
                None if document is None else str(document),
                _number(members.get("page_in_doc")),
                _number(members.get("doc_pages")),
                revealed if isinstance(revealed := members.get("revealed"), bool) else None,
            )
        )
    return tuple(pages)


def _sources(rows: object) -> dict[int, str]:
    known = [(row.get("page"), row.get("source")) for row in cast("list[dict[str, object]]", rows)]
    return {page: name for page, name in known if isinstance(page, int) and isinstance(name, str) and name}


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def read_case(path: Path, truth: Sequence[TruePage], path_of_facts: Path | None = None) -> Result[Package, BadTruth]:
    """Read what was found in a package from its ``case.json``, and what was planted in it from its facts."""
    try:
        case = json.loads(path.read_text("utf-8"))
        return Success(
            Package(
                truth,
                [_page(row) for row in case["pages"]],
                _documents(case),
                frozenset(case["classes"]),
                read_planted(path_of_facts) if path_of_facts is not None else None,
                _alarms(case),
            )
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        return Failure(BadTruth(str(path), f"it is no case.json: {error}"))


def _page(row: dict[str, Any]) -> FoundPage:
    weighed = Reason(row["reason"]) in WEIGHED
    return FoundPage(
        row["page"],
        row["label"],
        row["status"] == "accepted",
        row["confidence"] if weighed else None,
        _origin(row),
        row.get("certificate") == "certified",
    )


def _origin(row: dict[str, Any]) -> TextOrigin:
    return TextOrigin.OCR if row.get("origin") == TextOrigin.OCR.value else TextOrigin.LAYER


def _documents(case: dict[str, Any]) -> list[FoundDocument]:
    reasons = {row["page"]: Reason(row["reason"]) for row in case["pages"]}
    documents: list[FoundDocument] = []
    for row in case["documents"]:
        mine = {reasons[page] for page in row["pages"]} - {Reason.BLANK}
        documents.append(
            FoundDocument(
                row["id"],
                row["class"],
                frozenset(row["pages"]),
                row["confidence"] if mine and mine <= WEIGHED else None,
                row.get("status") == "accepted",
                _origin(row),
                any(FindingKind(finding["kind"]) in INCOMPLETE for finding in row["findings"]),
            )
        )
    return documents


def _alarms(case: dict[str, Any]) -> tuple[Alarm, ...]:
    """Give the rules that a case says are broken: those across documents, and completeness."""
    broken = [
        Alarm(row["rule"], frozenset(cited["page"] for cited in row["cited"]))
        for row in case.get("rulings", ())
        if row["verdict"] == "failed"
    ]
    kinds = ((FindingKind(row["kind"]), row) for row in case["findings"])
    return (
        *broken,
        *(Alarm(COMPLETENESS[kind], frozenset(row["pages"])) for kind, row in kinds if kind in COMPLETENESS),
    )


def facts_beside(package: Path) -> Path | None:
    """Give the file that says what was planted in a package, if there is one: NAME.facts.json."""
    path = package.with_suffix(FACTS)
    return path if path.is_file() else None


def read_planted(path: Path) -> tuple[Planted, ...] | None:
    """Read what was planted; ``None`` where the file does not say."""
    rows = json.loads(path.read_text("utf-8")).get("defects")
    if rows is None:
        return None
    return tuple(Planted(row["rule"], frozenset(row.get("pages", ()))) for row in rows)
