"""Label recorded cases anew, by rules alone and by models that have not seen what they are measured on.

A file of folds says which model may speak of which family: ``{"families": {FAMILY: MODEL}}``, paths
beside the file, as ``casefold train --folds`` writes it. A page of a family that it does not name was seen by no model,
so the model under test speaks of it; of a page whose family nobody knows, none does.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import cast

from attrs import evolve, frozen

from casefold.case.record import Artifacts, decide
from casefold.case.replay import reread
from casefold.case.state import Case
from casefold.kernel.results import Failure, Result, Success
from casefold.pages.labels import Tier
from casefold.pages.local.asking import said_of
from casefold.pages.local.model import LocalModel
from casefold.pages.stream import StreamPage
from casefold.pages.text import read_text_line
from casefold_adapters import local_models
from casefold_adapters.files.atomic import StorageFailed
from casefold_adapters.files.blobs import FileBlobs
from casefold_shells.casefiles import CaseFolder
from casefold_shells.texts import as_storage, read_texts

FOLDS_FILE = "folds.json"


@frozen
class Folds:
    """Which model may speak of which family.

    Attributes:
        models: By family.
        otherwise: The model that speaks of all other families; ``None`` for none.
    """

    models: Mapping[str, LocalModel]
    otherwise: LocalModel | None = None

    def of(self, family: str | None) -> LocalModel | None:
        """Give the model that may speak of a page of *family*."""
        return self.models.get(family, self.otherwise) if family else None


@frozen
class BadFolds:
    """A file of folds cannot be used; *detail* says why."""

    path: str
    detail: str


def read_folds(path: Path) -> Result[Folds, BadFolds]:
    """Read a file of folds and the models that it names; of a folder, its ``folds.json``."""
    path = path / FOLDS_FILE if path.is_dir() else path
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


@frozen
class Relabelled:
    """A recorded case, labelled anew.

    Attributes:
        plain: As its artifacts have it.
        unseen: With models that saw none of a page's family, instead of theirs; ``None`` without any.
    """

    plain: Case
    unseen: Case | None = None


async def relabelled(
    artifacts: Artifacts,
    folder: CaseFolder,
    case: Case,
    folds: Folds | None = None,
    families: Mapping[int, str] = MappingProxyType({}),
) -> Result[Relabelled, StorageFailed]:
    """Read every page of a case again from its stored text, and label and assemble it, once or twice.

    Which words were recognised, and what a language model or reviewed pages said, stays as it was recorded.
    *families* gives the family of each page.
    """
    plain, unseen = ({page.page: page for page in case.pages} for _ in range(2))
    async for text in read_texts(FileBlobs(folder.blobs), case):
        if isinstance(text, Failure):
            return Failure(as_storage(text.failure()))
        page, line = text.unwrap()
        again = reread(artifacts, case, page, line)
        plain[page.page] = again
        if folds is not None:
            model = folds.of(families.get(page.page))
            others = tuple(each for each in again.opinions if each.tier is not Tier.LOCAL)
            assert again.signals is not None, "a page with a text was read"
            said = said_of(artifacts.compiled, model, read_text_line(line, page.page), again.signals)
            unseen[page.page] = evolve(again, opinions=(*said, *others))
    other = None if folds is None else _decided(artifacts, case, unseen)
    return Success(Relabelled(_decided(artifacts, case, plain), other))


def _decided(artifacts: Artifacts, case: Case, pages: Mapping[int, StreamPage]) -> Case:
    """Put a case together anew of other *pages*."""
    stream = tuple(pages[page.page] for page in case.pages)
    return evolve(case, pages=stream, outcome=decide(artifacts, case, stream))
