"""Take a policy from a file: DMN, YAML, CSV or an Excel workbook, with the tables and models that lie beside it."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from attrs import frozen

from casefold.kernel.results import Failure, Result, Success
from casefold.policy.artifact import Policy
from casefold.policy.model import Model
from casefold.policy.reading import ModelInvalid, read_model
from casefold.policy.sources.cells import Sheet
from casefold.policy.sources.faults import SourceFault, SourceInvalid, near_words
from casefold.policy.sources.policyreading import TableReference, read_policy, references
from casefold.policy.sources.tablesets import read_tables
from casefold_adapters import sheets, xml, yaml

DMN, YAML, CSV, BOOK = (".dmn", ".xml"), (".yaml", ".yml"), (".csv",), (".xlsx", ".xlsm")
KINDS = "DMN (.dmn), YAML (.yaml), CSV (.csv) or an Excel workbook (.xlsx)"
"""What a policy may be, in words."""

_ARCHIVE = b"PK\3\4"
_SHOWN_MAX = 50
"""Faults that are told of one file; who mends them sees the others."""


@frozen
class PolicyUnusable:
    """A file holds no policy; each of *reasons* says what and where, a line each."""

    reasons: tuple[str, ...]


def load_policy(path: Path) -> Result[Policy, PolicyUnusable]:
    """Load a policy by its file's ending, or by what it begins with."""
    match _suffix(path):
        case suffix if suffix in DMN:
            return _dmn(path)
        case suffix if suffix in YAML:
            return _yaml(path)
        case suffix if suffix in CSV or suffix in BOOK:
            found = _sheets(path)
            if isinstance(found, Failure):
                return Failure(PolicyUnusable((found.failure(),)))
            return read_tables(path.stem, found.unwrap()).alt(lambda invalid: _unusable(path, invalid))
        case _:
            return Failure(PolicyUnusable((f"{path}: a policy is {KINDS}; its name should end so",)))


def _suffix(path: Path) -> str:
    """Give the ending that fits a file: what it begins with says more than its name."""
    suffix = path.suffix.lower()
    try:
        with path.open("rb") as file:
            start = file.read(64)
    except OSError:
        return suffix or DMN[0]  # the reader says what is the matter with it
    if start.startswith((_ARCHIVE, sheets.OLE)):
        return BOOK[0]
    if suffix not in (*DMN, *YAML, *CSV, *BOOK) and start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return DMN[0]
    return suffix


def _dmn(path: Path) -> Result[Policy, PolicyUnusable]:
    """Load a DMN model; those it imports are looked for in its folder, by namespace."""
    found = _model(path)
    if isinstance(found, Failure):
        return found
    model = found.unwrap()
    return Success(Policy(model, _imported(model, path) if model.imports else (), model.name))


def _imported(model: Model, path: Path) -> tuple[Model, ...]:
    """Give the models that a model and those it imports name; others of its folder are no part of the policy."""
    beside = {each.namespace: each for each in _beside(path)}
    wanted, waiting = dict[str, Model](), [model]
    while waiting:
        links = (link.namespace for link in waiting.pop().imports)
        new = {name: beside[name] for name in links if name in beside and name not in wanted}
        wanted |= new
        waiting += new.values()
    return tuple(wanted.values())


def _model(path: Path) -> Result[Model, PolicyUnusable]:
    tree = xml.load(path, "definitions")
    if isinstance(tree, Failure):
        return Failure(PolicyUnusable((xml.words(tree.failure()),)))
    return read_model(tree.unwrap()).alt(lambda invalid: PolicyUnusable(tuple(_invalid_words(path, invalid))))


def _invalid_words(path: Path, invalid: ModelInvalid) -> Iterator[str]:
    for fault in invalid.faults:
        where = ", ".join((*((f"line {fault.line}",) if fault.line else ()), *fault.place))
        yield f"{path}: {where}: {fault.fault}" if where else f"{path}: {fault.fault}"


def _beside(path: Path) -> Iterable[Model]:
    """Give the models of a folder; a file that holds none is no hindrance unless it is imported."""
    others = (_model(other) for other in sorted(path.parent.glob("*.dmn")) if other != path)
    found = {model.unwrap().namespace: model.unwrap() for model in others if isinstance(model, Success)}
    return found.values()


def _yaml(path: Path) -> Result[Policy, PolicyUnusable]:
    """Load a policy in YAML with the tables that it names."""
    tree = yaml.load(path)
    if isinstance(tree, Failure):
        return Failure(PolicyUnusable((yaml.words(tree.failure()),)))
    tables = _tables(path, references(tree.unwrap()))
    if isinstance(tables, Failure):
        return tables
    return read_policy(tree.unwrap(), tables.unwrap()).alt(lambda invalid: _unusable(path, invalid))


def _tables(path: Path, wanted: Iterable[TableReference]) -> Result[Mapping[str, Sheet], PolicyUnusable]:
    """Load the tables that a policy names; all of them lie beneath its own folder."""
    found: dict[str, Sheet] = {}
    books: dict[Path, Result[tuple[Sheet, ...], str]] = {}
    wrong: list[str] = []
    home = path.parent.resolve()
    for each in wanted:
        name, sheet = _cut(each.name)
        there = path.parent / name
        where = f"{path}: line {each.line}: table {each.name}"
        if not there.resolve().is_relative_to(home):
            wrong.append(f"{where}: it lies outside the policy's folder; put it beneath {path.parent}")
            continue
        if there.suffix.lower() not in (*CSV, *BOOK):
            wrong.append(f"{where}: a table is a CSV file or a sheet, such as rates.csv or book.xlsx#Rates")
            continue
        if there not in books:
            books[there] = _sheets(there)
        loaded = books[there]
        if isinstance(loaded, Failure):
            wrong.append(f"{where}: {loaded.failure()}")
            continue
        one = _one(loaded.unwrap(), sheet)
        if isinstance(one, Failure):
            wrong.append(f"{where}: {there}: {one.failure()}")
        else:
            found[each.name] = one.unwrap()
    return Failure(PolicyUnusable(tuple(wrong))) if wrong else Success(found)


def _cut(name: str) -> tuple[str, str | None]:
    """Cut the name of a sheet from that of its workbook.

    >>> _cut("book.xlsx#Rates"), _cut("rates#2.csv")
    (('book.xlsx', 'Rates'), ('rates#2.csv', None))
    """
    book, mark, sheet = name.rpartition("#")
    return (book, sheet) if mark and Path(book).suffix.lower() in BOOK else (name, None)


def _one(all_sheets: tuple[Sheet, ...], name: str | None) -> Result[Sheet, str]:
    """Give the sheet of a name, or the only one."""
    if name is None:
        filled = [each for each in all_sheets if not each.empty()]
        names = ", ".join(each.name for each in filled)
        return Success(filled[0]) if len(filled) == 1 else Failure(f"say which sheet, such as #NAME; it has {names}")
    found = next((each for each in all_sheets if each.name == name), None)
    if found is not None:
        return Success(found)
    return Failure(f"there is no sheet {name!r}; {near_words(name, (each.name for each in all_sheets))}")


def _sheets(path: Path) -> Result[tuple[Sheet, ...], str]:
    """Load the sheets of a file, or say why there are none."""
    if _suffix(path) in BOOK:
        return sheets.load_book(path).alt(sheets.words)
    return sheets.load_csv(path).map(lambda sheet: (sheet,)).alt(sheets.words)


def _unusable(path: Path, invalid: SourceInvalid) -> PolicyUnusable:
    told = [_fault_words(path, fault) for fault in invalid.faults[:_SHOWN_MAX]]
    more = len(invalid.faults) - len(told)
    return PolicyUnusable((*told, *((f"{path}: and {more} more",) if more else ())))


def _fault_words(path: Path, fault: SourceFault) -> str:
    """Say what is wrong, and where: file, sheet, line or cell, and what it is part of."""
    file, sheet = _place(path, fault.source)
    line = (f"line {fault.line}, column {fault.column}",) if fault.line else ()
    where = ", ".join((*((f"sheet {sheet}",) if sheet else ()), *line, *fault.place))
    return f"{file}: {where}: {fault.fault}" if where else f"{file}: {fault.fault}"


def _place(path: Path, source: str) -> tuple[Path, str | None]:
    """Give the file and the sheet that a fault is in; the only sheet of a CSV file goes without saying."""
    if path.suffix.lower() not in YAML:
        return path, source if _suffix(path) in BOOK else None
    if not source:
        return path, None
    file, sheet = _cut(source)
    return path.parent / file, sheet
