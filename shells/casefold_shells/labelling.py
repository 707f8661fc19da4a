"""Write down what people said of the pages of cases, as a table that training takes."""

import csv
import io
import os
from collections.abc import Sequence
from pathlib import Path

from attrs import frozen

from casefold.kernel.results import Failure, Result, Success
from casefold.pages.labels import Status
from casefold_shells.casefiles import CaseFolder
from casefold_shells.packages import NoCase, RunError, load_case

COLUMNS = ("file", "page", "label", "family", "origin", "by", "why")
"""The first three are what training needs; `file` is the case's folder, whose recorded words are taken."""


@frozen
class LabelRow:
    """A page of a case and its label.

    Attributes:
        folder: The case's folder.
        page: Its number in the package.
        label: What it is.
        by: Who said so; empty where the label was accepted by itself.
        why: Why.
    """

    folder: Path
    page: int
    label: str
    by: str = ""
    why: str = ""


async def labels_of(folders: Sequence[Path], *, accepted: bool) -> Result[tuple[LabelRow, ...], RunError]:
    """Give the labels that people gave, case by case and page by page; with *accepted* those that stood by themselves.

    What was taken back is no label, nor is what was corrected since.
    """
    rows: list[LabelRow] = []
    for folder in folders:
        loaded = await load_case(CaseFolder(folder), policy=False)
        if isinstance(loaded, Failure):
            return loaded
        _, case = loaded.unwrap()
        if case.outcome is None:
            return Failure(NoCase(f"{folder} (the case is not decided yet: run it to its end first)"))
        for label in case.outcome.labels:
            said = case.corrections.get(label.page)
            if said is not None:
                rows.append(LabelRow(folder, label.page, said.label, said.by, said.why))
            elif accepted and label.status is Status.ACCEPTED:
                rows.append(LabelRow(folder, label.page, label.looks_like or label.label))
    return Success(tuple(rows))


def labels_table(rows: Sequence[LabelRow], out: Path) -> bytes:
    """Write the table that is to stand in *out*; folders are named from there, so that both may move together."""
    buffer = io.StringIO(newline="")
    table = csv.writer(buffer, lineterminator="\n")
    table.writerow(COLUMNS)
    for row in rows:
        file = os.path.relpath(row.folder.resolve(), out.resolve().parent)
        origin = "reviewed by a person" if row.by else "accepted by itself"
        table.writerow((file, row.page, row.label, row.folder.resolve().name, origin, row.by, row.why))
    return buffer.getvalue().encode("utf-8", "replace")
