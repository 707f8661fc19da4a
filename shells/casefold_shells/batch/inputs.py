"""The packages of an input: the PDF files and the folders that are directly in it."""

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from attrs import frozen

from casefold.batch.events import Fault
from casefold.kernel.results import Failure, Result, Success
from casefold_adapters.objects.addresses import Address, BadAddress, address_of, is_address, store_of
from casefold_adapters.objects.port import ObjectFacts, StoreFault
from casefold_shells.packages import as_text, is_source


@frozen
class Entry:
    """A package of the input; for its members see `casefold_shells.batch.orders.Task`."""

    package: str
    stem: str
    version: str
    at: str
    keys: tuple[str, ...] | None
    size: int


@frozen
class Listing:
    """What is in an input: packages by name, and the names of files that are none."""

    entries: tuple[Entry, ...]
    passed_over: tuple[str, ...]


@frozen
class NoInput:
    """There is no such input, or nothing in it can be told apart; *detail* says why."""

    place: str
    detail: str


InputError: TypeAlias = NoInput | BadAddress | StoreFault


def place_of(text: str) -> Result[Path | Address, BadAddress]:
    """Read where something is: a path, made absolute, or an address."""
    return address_of(text) if is_address(text) else Success(Path(text).absolute())


async def listed(place: Path | Address, without: Path | None) -> Result[Listing, InputError]:
    """List the packages of an input, but for the folder *without*, which is our own output."""
    found = _in_folder(place, without) if isinstance(place, Path) else await _in_bucket(place)
    if isinstance(found, Failure):
        return found
    names = [entry.package for entry in found.unwrap().entries]
    twice = [name for name, after in pairwise(names) if name == after]
    if twice:
        return Failure(NoInput(str(place), f"{twice[0]!r} is there twice, spelt in bytes that are no text; rename one"))
    return found


def _in_folder(folder: Path, without: Path | None) -> Result[Listing, NoInput]:
    entries: list[Entry] = []
    passed_over: list[str] = []
    try:
        for path in sorted(folder.iterdir()):
            name = as_text(path.name)
            if path.name.startswith(".") or (without is not None and path.resolve() == without.resolve()):
                continue
            if path.is_dir():
                entries.append(_entry(name, name, path, _sources(path)))
            elif is_source(path):
                entries.append(_entry(name, as_text(path.stem), path, [path]))
            else:
                passed_over.append(name)
    except NotADirectoryError:
        return Failure(NoInput(str(folder), "it is no folder; use `casefold run` for a single file"))
    except FileNotFoundError:
        return Failure(NoInput(str(folder), "there is no such folder; check the path"))
    except OSError as error:
        return Failure(NoInput(str(folder), error.strerror or "it cannot be read"))
    return Success(Listing(tuple(sorted(entries, key=_by_name)), tuple(passed_over)))


def _sources(folder: Path) -> list[Path]:
    """Give the files of a package; one that cannot be read has none, and says why when it is run."""
    try:
        return [each for each in folder.iterdir() if is_source(each)]
    except OSError:
        return []


def _entry(name: str, stem: str, path: Path, sources: Iterable[Path]) -> Entry:
    stats = [(os.fsencode(source.name), source.stat()) for source in sorted(sources)]
    version = _named(b"%s/%d/%d" % (file, stat.st_size, stat.st_mtime_ns) for file, stat in stats)
    return Entry(name, stem, version, str(path), None, sum(stat.st_size for _, stat in stats))


async def _in_bucket(address: Address) -> Result[Listing, InputError]:
    store = store_of(address)
    if isinstance(store, Failure):
        return store
    found = await store.unwrap().list(address.prefix)
    if isinstance(found, Failure):
        return found
    if not found.unwrap():
        return Failure(NoInput(str(address), "there is nothing under this prefix; check its spelling"))
    groups: dict[str, list[ObjectFacts]] = {}
    passed_over: list[str] = []
    for each in found.unwrap():
        inside = each.key.removeprefix(address.prefix)
        name = inside.partition("/")[0]
        if inside.endswith("/") or name.startswith("."):
            continue  # a console makes such objects so that a folder is seen
        if not name or ("/" not in inside and not is_source(PurePosixPath(inside))):
            passed_over.append(inside)
        else:
            groups.setdefault(name, []).append(each)
    return Success(Listing(_groups(address, groups), tuple(passed_over)))


def _groups(address: Address, groups: Mapping[str, Sequence[ObjectFacts]]) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    for name, held in groups.items():
        single = held[0].key == address.prefix + name
        start = address.prefix if single else f"{address.prefix}{name}/"
        inside = [(each.key.removeprefix(start), each) for each in held if each.key.startswith(start)]
        mine = [each for file, each in inside if "/" not in file and is_source(PurePosixPath(file))]
        version = _named(f"{each.key}/{each.size}/{each.version}".encode("utf-8", "surrogatepass") for each in mine)
        stem = PurePosixPath(name).stem if single else name
        keys = tuple(each.key for each in mine)
        size = sum(each.size for each in mine)
        entries.append(Entry(name, stem, version, f"{address.scheme}://{address.bucket}", keys, size))
    return tuple(sorted(entries, key=_by_name))


def _by_name(entry: Entry) -> str:
    return entry.package


def _named(parts: Iterable[bytes]) -> str:
    named = hashlib.sha256()
    for part in parts:
        named.update(b"%d/" % len(part) + part)
    return named.hexdigest()[:32]


NO_FACTS = "NoFacts"


def fault_of_problem(problem: str) -> Fault:
    """Say that a package cannot be run at all."""
    return Fault(NO_FACTS, problem, passing=False)
