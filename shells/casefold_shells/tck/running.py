"""Run every test of a kit, folder by folder."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from attrs import frozen

from casefold.feel.program import Outcome, OutOfFuel, begin
from casefold.feel.values import Value, World
from casefold.feel.wording import fault_words, fuel_words
from casefold.feel.writing import text_or_quote
from casefold.kernel.results import Failure, Result, Success
from casefold_adapters.xml import load, words
from casefold_shells.tck.cases import Case, Named, Suite, Wanted, read_suite
from casefold_shells.tck.comparing import Closeness, same
from casefold_shells.tck.engine import Engine

NOT_COUNTED = "non-compliant"
"""The folder whose tests the kit itself does not count."""


@frozen
class Row:
    """One test and what came of it.

    Attributes:
        level: The folder right below the kit's own.
        folder: Where the test is, from the kit's folder.
        exact: Whether everything was as it should be.
        written: Whether it would be if numbers were compared to the digits that the test writes.
        loose: Whether it would be if numbers were compared loosely.
        comment: What was not as it should be.
    """

    level: str
    folder: str
    file: str
    case: str
    exact: bool
    written: bool
    loose: bool
    comment: str


@frozen
class Broken:
    """A file of tests that cannot be read, so that nobody knows how many tests are in it."""

    path: str
    detail: str


class Progress(Protocol):
    """Who wants to know how far it is."""

    def folder(self, name: str, done: int, total: int) -> None:
        """So many files of *total* are done, and the tests in folder *name* come next."""


@frozen(eq=False)
class _Folder:
    """The models of a folder: by the name of the file, or why there is none; and by namespace."""

    files: Mapping[str, Result[Any, str]]
    models: Mapping[str, Any]


@frozen
class _Verdict:
    """What is wrong with a test if numbers are compared exactly, and how closely it is right."""

    said: str
    close: frozenset[Closeness]


_FINE = _Verdict("", frozenset(Closeness))


def _wrong(said: str) -> _Verdict:
    return _Verdict(said, frozenset())


@frozen(eq=False)
class _Asked:
    """A test and whom to ask."""

    case: Case
    compiled: Any
    home: str
    engine: Engine
    world: World


def test_files(root: Path) -> tuple[Path, ...]:
    """Find the files of tests below a folder, in order."""
    return tuple(sorted(path for path in root.rglob("*-test-*.xml") if path.is_file()))


def run(
    root: Path, engine: Engine, world: World = World(), progress: Progress | None = None
) -> tuple[tuple[Row, ...], tuple[Broken, ...]]:
    """Run every test below a folder: a row for each, and the files that cannot be read."""
    rows: list[Row] = []
    broken: list[Broken] = []
    files = test_files(root)
    for done, path in enumerate(files):
        place = path.parent.relative_to(root)
        if progress is not None:
            progress.folder(place.as_posix(), done, len(files))
        suite = _suite(path, world)
        if isinstance(suite, Failure):
            broken.append(suite.failure())
            continue
        level = place.parts[0] if len(place.parts) > 1 else root.resolve().name
        for name, verdict in _judged(path.parent, suite.unwrap(), engine, world):
            exact, written, loose = (each in verdict.close for each in Closeness)
            rows.append(Row(level, place.as_posix(), path.stem, name, exact, written, loose, verdict.said))
    return tuple(rows), tuple(broken)


def _suite(path: Path, world: World) -> Result[Suite, Broken]:
    tree = load(path, "testCases")
    if isinstance(tree, Failure):
        return Failure(Broken(str(path), words(tree.failure()).removeprefix(f"{path}: ")))
    return read_suite(tree.unwrap(), world.zones).alt(lambda bad: Broken(str(path), f"line {bad.line}: {bad.detail}"))


def _models(folder: Path, engine: Engine) -> _Folder:
    files: dict[str, Result[Any, str]] = {}
    for path in sorted(folder.glob("*.dmn")):
        tree = load(path, "definitions")
        if isinstance(tree, Failure):
            files[path.name] = Failure(words(tree.failure()).replace(str(path), path.name))
        else:
            files[path.name] = engine.read_model(tree.unwrap()).alt(lambda error: f"it is no model: {error}")
    models = {found.unwrap().namespace: found.unwrap() for found in files.values() if isinstance(found, Success)}
    return _Folder(files, models)


def _judged(folder: Path, suite: Suite, engine: Engine, world: World) -> Iterator[tuple[str, _Verdict]]:
    found = _models(folder, engine)
    model = found.files.get(suite.model, Failure(f"there is no model {suite.model} in its folder"))
    if isinstance(model, Failure):
        yield from ((name, _wrong(model.failure())) for name, _ in suite.cases)
        return
    compiled = engine.compile_model(model.unwrap(), found.models)
    for name, case in suite.cases:
        if isinstance(case, Failure):
            yield name, _wrong(f"line {case.failure().line}: {case.failure().detail}")
        else:
            asked = _Asked(case.unwrap(), compiled, model.unwrap().namespace, engine, world)
            verdicts = [_verdict(each, asked) for each in case.unwrap().results]
            close = frozenset(Closeness).intersection(*(each.close for each in verdicts))
            yield name, _Verdict("; ".join(each.said for each in verdicts if each.said), close)


def _known_as(name: str, namespace: str | None, home: str) -> str:
    """Give the name that an element goes by in the model of namespace *home*."""
    return name if namespace in {None, home} else f"{{{namespace}}}{name}"


def _facts(inputs: tuple[Named, ...], home: str) -> Mapping[str, Value]:
    return {_known_as(each.name, each.namespace, home): each.value for each in inputs}


def _verdict(wanted: Wanted, asked: _Asked) -> _Verdict:
    engine, world, invocable = asked.engine, asked.world, asked.case.invocable
    facts = _facts(asked.case.inputs, asked.home)
    if invocable is not None:
        answer = engine.invoke(asked.compiled, invocable, facts, world)
    else:
        answer = engine.decide(asked.compiled, _known_as(wanted.name, wanted.namespace, asked.home), facts, world)
    if isinstance(answer, Failure):
        error = answer.failure()
        return _wrong(f"{wanted.name}: {fuel_words(error) if isinstance(error, OutOfFuel) else error}")
    outcome = answer.unwrap()
    value = outcome.value
    if invocable is not None and isinstance(value, dict) and wanted.name in value:
        value = value[wanted.name]  # a service of several decisions gives a context of them
    if wanted.error:
        met = value is None and bool(outcome.problems)
        return _FINE if met else _wrong(f"{wanted.name}: expected an error, got {_told(value, outcome, world)}")
    close = frozenset(each for each in Closeness if same(value, wanted.value, world, each))
    if Closeness.EXACT in close:
        return _FINE
    said = f"{wanted.name}: expected {_text(wanted.value, world)}, got {_told(value, outcome, world)}"
    return _Verdict(said, close)


def _told(value: Value, outcome: Outcome, world: World) -> str:
    problem = next(iter(outcome.problems), None)
    told = _text(value, world)
    if problem is None:
        return f"{told} without a problem" if value is None else told
    return f"{told} ({fault_words(problem.fault)})"


def _text(value: Value, world: World) -> str:
    return text_or_quote(begin(world), value, 0) or "a value too long to write"
