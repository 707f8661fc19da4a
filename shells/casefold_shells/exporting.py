"""Write a policy as DMN, YAML, CSV or an Excel workbook, and say what the format cannot hold of it."""

from collections.abc import Callable
from pathlib import Path

from attrs import frozen

from casefold.kernel.results import Failure, Result, Success
from casefold.policy.artifact import Policy
from casefold.policy.sources.losses import Carried, as_dmn, as_sheets, as_tree
from casefold_adapters import sheets, xml, yaml
from casefold_adapters.files.atomic import failed, replacing
from casefold_shells.sources import BOOK, CSV, DMN, KINDS, YAML


@frozen
class Exported:
    """What is to be written: each file with its bytes, and what is not carried over."""

    files: tuple[tuple[Path, bytes], ...]
    lost: Carried


@frozen
class NotExported:
    """A policy cannot be written so.

    Attributes:
        reason: Why, and how to mend it.
        stored: Whether it is the system that would not store it.
    """

    reason: str
    stored: bool = False


def export(policy: Policy, out: Path) -> Result[Exported, NotExported]:
    """Make the files of a policy, as the ending of *out* says."""
    suffix = out.suffix.lower()
    makers: tuple[tuple[tuple[str, ...], Callable[[Policy, Path], Result[Exported, NotExported]]], ...] = (
        (DMN, _dmn),
        (YAML, _yaml),
        (CSV, _csv),
        (BOOK[:1], _book),
    )
    for suffixes, make in makers:
        if suffix in suffixes:
            return make(policy, out)
    return Failure(NotExported(f"{out}: a policy is written as {KINDS}; end the name so"))


def _dmn(policy: Policy, out: Path) -> Result[Exported, NotExported]:
    node, lost = as_dmn(policy)
    return (
        xml.write(node)
        .map(lambda data: Exported(((out, data),), lost))
        .alt(lambda error: NotExported(f"{out}: {error.element}: XML cannot hold {error.detail}"))
    )


def _yaml(policy: Policy, out: Path) -> Result[Exported, NotExported]:
    tree, lost = as_tree(policy)
    return (
        yaml.write(tree)
        .map(lambda data: Exported(((out, data),), lost))
        .alt(lambda error: NotExported(f"{out}: {error.detail}"))
    )


def _csv(policy: Policy, out: Path) -> Result[Exported, NotExported]:
    """Write the only table, or a folder of them, each under its decision's name."""
    tables, lost = as_sheets(policy)
    if not tables:
        return Failure(NotExported(f"{out}: {_NO_TABLES}"))
    if len(tables) == 1:
        return Success(Exported(((out, sheets.write_csv(tables[0])),), lost))
    wrong = next((each.name for each in tables if not _file_name(each.name)), None)
    if wrong is not None:
        return Failure(NotExported(f"{out}: no file can be called {wrong!r}; rename the decision"))
    folder = out.with_suffix("")
    return Success(Exported(tuple((folder / f"{each.name}.csv", sheets.write_csv(each)) for each in tables), lost))


def _file_name(name: str) -> bool:
    return bool(name.strip(". ")) and not set(name) & set('/\\:*?"<>|\0') and len(name.encode()) < 200


def _book(policy: Policy, out: Path) -> Result[Exported, NotExported]:
    tables, lost = as_sheets(policy)
    if not tables:
        return Failure(NotExported(f"{out}: {_NO_TABLES}"))
    return (
        sheets.write_book(tables)
        .map(lambda data: Exported(((out, data),), lost))
        .alt(lambda error: NotExported(f"{out}: sheet {error.sheet}: {error.detail}"))
    )


_NO_TABLES = "the policy has no tables or scorecards; write it as DMN or YAML"


def store(exported: Exported, *, force: bool) -> Result[None, NotExported]:
    """Write the files; none of them takes the place of another file unless that is asked for."""
    there = [path for path, _ in exported.files if path.exists()]
    if there and not force:
        return Failure(NotExported(f"{there[0]}: it is there already; take another name, or --force to replace it"))
    for path, data in exported.files:
        try:
            with replacing(path) as file:
                file.write(data)
        except OSError as error:
            return Failure(NotExported(f"{path}: {failed(path, error).detail}", stored=True))
    return Success(None)
