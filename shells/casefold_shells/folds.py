"""Measure a recorded case by models that have not seen what they are measured on.

A file of folds says which model may speak of which family: ``{"families": {FAMILY: MODEL}}``, paths
beside the file, as ``casefold train --folds`` writes it. A page of a family that it does not name was seen by no model,
so the model under test speaks of it.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from attrs import evolve, frozen

from casefold.case.events import Assembled
from casefold.case.record import Artifacts, decide
from casefold.case.state import Case
from casefold.kernel.results import Failure, Result, Success
from casefold.pages.labels import Tier
from casefold.pages.local.asking import said_of
from casefold.pages.local.model import LocalModel
from casefold.pages.text import read_text_line
from casefold_adapters import local_models
from casefold_adapters.files.atomic import StorageFailed
from casefold_adapters.files.blobs import FileBlobs
from casefold_shells.casefiles import CaseFolder
from casefold_shells.texts import as_storage, read_texts


@frozen
class Folds:
    """Which model may speak of which family."""

    models: Mapping[str, LocalModel]


@frozen
class BadFolds:
    """A file of folds cannot be used; *detail* says why."""

    path: str
    detail: str


def read_folds(path: Path) -> Result[Folds, BadFolds]:
    """Read a file of folds and the models that it names."""
    try:
        raw: object = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        return Failure(BadFolds(str(path), f"it cannot be read: {error}"))
    families = cast("dict[str, object]", raw).get("families") if isinstance(raw, dict) else None
    if not isinstance(families, dict):
        return Failure(BadFolds(str(path), "it has no member families"))
    loaded: dict[str, LocalModel] = {}
    models: dict[str, LocalModel] = {}
    for family, file in cast("dict[str, object]", families).items():
        name = str(file)
        if name not in loaded:
            found = local_models.load(str(path.parent / name))
            if isinstance(found, Failure):
                return Failure(BadFolds(str(path), f"{name} is no local model, or not there"))
            loaded[name] = found.unwrap()
        models[family] = loaded[name]
    return Success(Folds(models))


async def unseen_outcome(
    artifacts: Artifacts, folder: CaseFolder, case: Case, folds: Folds, families: Mapping[int, str]
) -> Result[Assembled, StorageFailed]:
    """Label and assemble a recorded case anew, each page spoken of by a model that saw none of its family.

    *families* gives the family of each page; a page without one is spoken of by the model of *artifacts*.
    """
    pages = {page.page: page for page in case.pages}
    async for text in read_texts(FileBlobs(folder.blobs), case):
        if isinstance(text, Failure):
            return Failure(as_storage(text.failure()))
        page, line = text.unwrap()
        family = families.get(page.page)
        model = folds.models.get(family, artifacts.compiled.model) if family is not None else artifacts.compiled.model
        others = tuple(each for each in page.opinions if each.tier is not Tier.LOCAL)
        assert page.signals is not None, "a page with a text was read"
        said = said_of(artifacts.compiled, model, read_text_line(line, page.page), page.signals)
        pages[page.page] = evolve(page, opinions=(*said, *others))
    return Success(decide(artifacts, case, [pages[page.page] for page in case.pages]))
