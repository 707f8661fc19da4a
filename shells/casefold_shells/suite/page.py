"""``quality.md``: what a suite comes to, as a page of the reference; the same result gives the same bytes."""

from collections.abc import Iterator, Mapping, Sequence
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
    folds = " --folds FOLDS" if value["unseen"] else ""
    more = " --more FILE..." if value["more"] else ""
    yield f"casefold eval --suite FOLDER --cases CASES --out docs/reference --sources manifest.csv{folds} \\"
    yield f"    --notes notes.txt{more}"
    yield "```"
    yield ""
    if notes.strip():
        yield notes.strip()
        yield ""
    ways = _ways(value)
    yield "## What is asked, and whether it is met"
    yield ""
    if len(ways) > 1:
        yield from _two_ways(value)
        yield ""
    yield from _bars(ways)
    yield ""
    yield "## Labels and documents"
    yield ""
    yield from _tables(ways, _MEASURES)
    yield "## What slips through, and what a person must do"
    yield ""
    yield from _tables(ways, _SENT)
    yield "`missing found` counts documents of which what is left shows that pages are lost; the others leave no trace."
    yield ""
    if value["asked"] is not None:
        yield from _asked(value["asked"])
    for each in value["more"]:
        yield from _more(each)
    yield "## Against rules of thumb"
    yield ""
    yield "Every page a document; a file one document; a document wherever the class changes; the same with first-page"
    yield "cues, printed numbers and one prior for all classes. Each labels every page by what it shows alone."
    yield ""
    yield from _baselines(value)
    yield ""
    yield "## How well confidence ranks"
    yield ""
    for title, way in ways:
        if len(ways) > 1:
            yield f"### {title}"
            yield ""
        yield from _ranking(way)
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


_Way = tuple[str, Mapping[str, Any]]


def _ways(value: Mapping[str, Any]) -> list[_Way]:
    """Give the ways in which pages were labelled, with what each came to."""
    unseen = value["unseen"]
    return [("Rules and recognition alone", value)] + ([("With the local model, unseen", unseen)] if unseen else [])


def _two_ways(value: Mapping[str, Any]) -> Iterator[str]:
    models, pages = value["unseen"]["models"], sum(value["unseen"]["models"].values())
    yield (
        f"Everything is told twice: by rules and recognition alone, and with a local model that saw **none of a page's "
        f"family** in training ({len(models)} models, each for the families that it did not see; {pages:,} pages)."
    )


def _bars(ways: Sequence[_Way]) -> Iterator[str]:
    """Give a row for each bar, with what every way came to."""
    columns = ("found",) if len(ways) == 1 else ("rules alone", "with the model, unseen")
    yield "| what | of | asked | " + " | met | ".join(columns) + " | met |"
    yield "| --- | --- | ---: |" + " ---: | --- |" * len(columns)
    for bars in zip(*(way["bars"] for _, way in ways), strict=True):
        bar = bars[0]
        asked = f"≥ {bar['least']:g}" if bar["least"] is not None else f"≤ {bar['most']:g}"
        cells = " | ".join(f"{_figure(each['found'])} | {_met(each['met'])}" for each in bars)
        yield f"| {bar['words']} | {', '.join(bar['groups'])} | {asked} | {cells} |"


def _figure(found: float | None) -> str:
    return "–" if found is None else f"{found:.3f}"


def _met(met: bool | None) -> str:
    return "nothing to measure" if met is None else "yes" if met else "**no**"


def _asked(asked: Mapping[str, Any]) -> Iterator[str]:
    share = float(asked["forecast_usd"]) / max(1e-9, float(asked["forecast_every_page_usd"]))
    yield "## What a language model was asked"
    yield ""
    yield (
        f"{asked['asked']:,} of {asked['pages']:,} pages in {asked['calls']:,} calls, for ${asked['cost_usd']}; "
        f"forecast ${asked['forecast_usd']}, {share:.1%} of the ${asked['forecast_every_page_usd']} for every page."
    )
    yield ""


def _more(each: Mapping[str, Any]) -> Iterator[str]:
    """Tell what another command measured."""
    yield f"## {each['title']}"
    yield ""
    yield str(each["words"])
    yield ""
    yield "```sh"
    yield str(each["command"])
    yield "```"
    yield ""
    yield "| what | asked | found | met |"
    yield "| --- | ---: | ---: | --- |"
    for row in each["rows"]:
        met = "" if row["met"] is None else _met(row["met"])
        yield f"| {row['what']} | {row['asked']} | {row['found']} | {met} |"
    yield ""


def _rows(value: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    return [*value["groups"].items(), ("**all**", value["all"])]


def _tables(ways: Sequence[_Way], measures: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """Give a table for each way."""
    for title, way in ways:
        if len(ways) > 1:
            yield f"### {title}"
            yield ""
        yield from _table(way, measures)
        yield ""


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
