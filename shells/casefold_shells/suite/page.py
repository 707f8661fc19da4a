"""``quality.md``: what a suite comes to, as a page of the reference; the same result gives the same bytes."""

from collections.abc import Iterator, Mapping
from typing import Any

_MEASURES = (
    ("coverage", "coverage"),
    ("accepted_right", "accepted right"),
    ("label_right", "label right"),
    ("pq", "pq"),
    ("pq_class", "pq class"),
    ("boundary_f1", "boundary f1"),
    ("exact", "exact"),
    ("document_stp", "document stp"),
    ("mndd", "mndd"),
)
_CUT = (("pq", "pq"), ("pq_class", "pq class"), ("boundary_f1", "boundary f1"), ("exact", "exact"), ("stp", "stp"))
_SENT = (
    ("outside_accepted", "outside accepted"),
    ("missing_found", "missing found"),
    ("missing_false_per_100", "false per 100"),
    ("review_load", "review load"),
    ("label_right_macro", "macro label right"),
)


def page_of(value: Mapping[str, Any], notes: str) -> str:
    """Write the page of what `casefold_shells.suite.telling.told` tells; *notes* say what the packages are."""
    return "\n".join(_lines(value, notes)) + "\n"


def _lines(value: Mapping[str, Any], notes: str) -> Iterator[str]:
    whole = value["all"]
    yield "# Quality"
    yield ""
    yield (
        f"What casefold makes of {whole['packages']} labelled packages: {whole['pages']:,} pages, "
        f"{whole['documents']:,} documents. Measures are those of [Measures](measures.md). "
        f"In brackets stands the middle 95 % over packages "
        f"drawn anew. All figures are in [quality.json](quality.json)."
    )
    yield ""
    yield "This page is written by"
    yield ""
    yield "```sh"
    yield "casefold eval --suite FOLDER --cases CASES --out docs/reference --sources manifest.csv --notes notes.txt"
    yield "```"
    yield ""
    if notes.strip():
        yield notes.strip()
        yield ""
    yield "## What is asked, and whether it is met"
    yield ""
    yield from _bars(value)
    yield ""
    yield "## Labels and documents"
    yield ""
    yield from _table(value, _MEASURES)
    yield ""
    yield "## What slips through, and what a person must do"
    yield ""
    yield from _table(value, _SENT)
    yield ""
    yield "`missing found` counts documents of which what is left shows that pages are lost; the others leave no trace."
    yield ""
    yield "## Against rules of thumb"
    yield ""
    yield "Every page a document; a file one document; a document wherever the class changes; the same with first-page"
    yield "cues, printed numbers and one prior for all classes. Each labels every page by what it shows alone."
    yield ""
    yield from _baselines(value)
    yield ""
    yield "## How well confidence ranks"
    yield ""
    yield from _ranking(value)
    yield ""
    yield "## Under what this holds"
    yield ""
    yield "| stage | value |"
    yield "| --- | --- |"
    for name, each in value["stages"].items():
        yield f"| {name} | `{each}` |"
    yield f"| thresholds | `{value['thresholds']['name']}` |"
    if value["licences"]:
        yield ""
        yield "Pages by the licence of the file that they come from:"
        yield ""
        yield "| licence | pages |"
        yield "| --- | ---: |"
        for name, pages in value["licences"].items():
            yield f"| {name} | {pages:,} |"
    origins = ", ".join(f"{pages:,} {name}" for name, pages in value["pages_by_origin"].items())
    yield ""
    yield f"Pages by where their words were read: {origins}."


def _bars(value: Mapping[str, Any]) -> Iterator[str]:
    yield "| what | of | asked | found | met |"
    yield "| --- | --- | ---: | ---: | --- |"
    for bar in value["bars"]:
        asked = f"≥ {bar['least']:g}" if bar["least"] is not None else f"≤ {bar['most']:g}"
        found = "–" if bar["found"] is None else f"{bar['found']:.3f}"
        met = "nothing to measure" if bar["met"] is None else "yes" if bar["met"] else "**no**"
        yield f"| {bar['words']} | {', '.join(bar['groups'])} | {asked} | {found} | {met} |"


def _rows(value: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    return [*value["groups"].items(), ("**all**", value["all"])]


def _table(value: Mapping[str, Any], measures: tuple[tuple[str, str], ...]) -> Iterator[str]:
    yield "| packages | n | " + " | ".join(title for _, title in measures) + " |"
    yield "| --- | ---: |" + " ---: |" * len(measures)
    for name, row in _rows(value):
        cells = [_with_interval(row, measure) for measure, _ in measures]
        yield f"| {name} | {row['packages']} | " + " | ".join(cells) + " |"


def _with_interval(row: Mapping[str, Any], measure: str) -> str:
    if measure not in row or row[measure] is None:
        return "–"
    low, high = row["intervals"][measure]
    digits = 1 if measure in {"mndd", "missing_false_per_100"} else 3
    span = f" [{low:.{digits}f}, {high:.{digits}f}]" if row["packages"] > 1 else ""
    return f"{row[measure]:.{digits}f}{span}"


def _baselines(value: Mapping[str, Any]) -> Iterator[str]:
    yield "| packages | cut by | " + " | ".join(title for _, title in _CUT) + " |"
    yield "| --- | --- |" + " ---: |" * len(_CUT)
    for name, row in value["groups"].items():
        ways: list[tuple[str, Mapping[str, Any]]] = [("**casefold**", row), *row["baselines"].items()]
        for way, figures in ways:
            yield f"| {name} | {way} | " + " | ".join(f"{figures[measure]:.3f}" for measure, _ in _CUT) + " |"


def _ranking(value: Mapping[str, Any]) -> Iterator[str]:
    yield "| packages | labels | errors | AUROC | separation | AURC | calibration error | worst class of 20 pages |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |"
    for name, row in _rows(value):
        ranked = row["ranking"]
        auroc = "–" if ranked["auroc"] is None else f"{ranked['auroc']:.3f}"
        separation = "–" if ranked["separation"] is None else f"{ranked['separation']:+.3f}"
        worst = "–" if row["worst_class"] is None else f"{row['worst_class']}, {row['worst_class_right']:.3f}"
        yield (
            f"| {name} | {ranked['count']:,} | {ranked['wrong']} | {auroc} | {separation} | {ranked['aurc']:.4f} "
            f"| {ranked['calibration_error']:.3f} | {worst} |"
        )
