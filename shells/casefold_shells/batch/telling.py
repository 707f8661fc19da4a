"""What a batch came to, written down: ``summary.json`` for programs, tables for people, dead letters for who mends."""

import csv
import io
import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from typing import Any, cast

from markupsafe import Markup

from casefold.batch.state import Batch
from casefold.batch.summary import COUNTS, Terms, dead_letters, summary_value
from casefold.kernel.canonical import Json
from casefold_shells.report.words import counted, shown

SUMMARY = "summary.json"
DEAD_LETTERS = "dead-letters.jsonl"

COLUMNS = ("package", "name", "state", "reason", *COUNTS, "decision", "refused", "content", "case")

ROWS_SHOWN_MAX = 5_000
"""Rows of the page for people; ``summary.csv`` has all."""


def told(terms: Terms, batch: Batch) -> Mapping[str, bytes]:
    """Give the files that say what a batch came to, by name."""
    value = summary_value(terms, batch)
    letters = list(dead_letters(batch))
    return {
        SUMMARY: _summary_json(value),
        "summary.csv": _summary_csv(cast("Sequence[Mapping[str, Any]]", value["packages"])),
        "summary.html": _summary_html(value, letters),
        DEAD_LETTERS: b"".join(_json(letter) + b"\n" for letter in letters),
    }


def _summary_json(value: Mapping[str, Json]) -> bytes:
    """Write a row a line, so that ``grep`` does not need the whole."""
    head = [b"%s: %s" % (_json(name), _json(each)) for name, each in value.items() if name != "packages"]
    rows = [_json(row) for row in cast("Sequence[Json]", value["packages"])]
    return b"{\n" + b",\n".join([*head, b'"packages": [\n' + b",\n".join(rows) + b"\n]"]) + b"\n}\n"


def _json(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _summary_csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        refused = "; ".join(f"{each['source']}: {each['reason']}" for each in row["refused"])
        writer.writerow([_cell({**row, "refused": refused}[name]) for name in COLUMNS])
    return out.getvalue().encode("utf-8", "backslashreplace")


def _cell(value: object) -> object:
    """Keep a spreadsheet from taking a file's name for a formula."""
    if isinstance(value, str):
        clean = shown(value)
        return f"'{clean}" if clean.startswith(("=", "+", "-", "@", "\t")) else clean
    return value


def _number(count: int) -> str:
    return f"{count:,}"


def _summary_html(value: Mapping[str, Json], letters: Sequence[Mapping[str, Json]]) -> bytes:
    # Long to import, and needed here alone.
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("casefold_shells.batch"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    cast("dict[str, object]", environment.filters).update(shown=shown, counted=counted, number=_number)
    style = Markup((files("casefold_shells.report") / "templates" / "report.css").read_text(encoding="utf-8"))  # noqa: S704
    rows = cast("Sequence[Json]", value["packages"])
    page = environment.get_template("summary.html").render(
        value=value,
        rows=rows[:ROWS_SHOWN_MAX],
        more=max(0, len(rows) - ROWS_SHOWN_MAX),
        letters=letters[:ROWS_SHOWN_MAX],
        counts=COUNTS,
        style=style,
        style_digest="sha256-" + b64encode(sha256(style.encode()).digest()).decode("ascii"),
    )
    return page.encode("utf-8", "backslashreplace")
