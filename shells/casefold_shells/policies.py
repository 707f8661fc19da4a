"""Take a decision model from a DMN file, with the models that it imports from beside it, and facts from JSON."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias, cast

from attrs import frozen

from casefold.feel.codec import NotAValue, from_plain
from casefold.feel.numbers import DIGITS
from casefold.feel.program import begin
from casefold.feel.tokens import NotFeel
from casefold.feel.values import Value
from casefold.feel.wording import flaw_words, place_words
from casefold.feel.writing import text_of
from casefold.kernel.results import Failure, Result, Success
from casefold.policy.boxed import Unreadable
from casefold.policy.graph import Compiled, compile_model
from casefold.policy.model import Model
from casefold.policy.reading import ModelInvalid, read_model
from casefold_adapters.xml import load
from casefold_adapters.xml import words as xml_words


@frozen
class ModelUnusable:
    """A file holds no decision model; each of *reasons* says what and where, a line each."""

    reasons: tuple[str, ...]


@frozen
class FactsUnusable:
    """A file holds no facts; *reason* says why."""

    reason: str


Facts: TypeAlias = Mapping[str, Value]


def load_model(path: Path) -> Result[Compiled, ModelUnusable]:
    """Load and compile a model; those it imports are looked for in its folder, by namespace."""
    model = _model(path)
    if isinstance(model, Failure):
        return model
    beside = _beside(path) if model.unwrap().imports else {}
    return Success(compile_model(model.unwrap(), beside))


def _model(path: Path) -> Result[Model, ModelUnusable]:
    tree = load(path, "definitions")
    if isinstance(tree, Failure):
        return Failure(ModelUnusable((xml_words(tree.failure()),)))
    return read_model(tree.unwrap()).alt(lambda invalid: ModelUnusable(tuple(_invalid_words(path, invalid))))


def _invalid_words(path: Path, invalid: ModelInvalid) -> Iterator[str]:
    for fault in invalid.faults:
        where = ", ".join((*((f"line {fault.line}",) if fault.line else ()), *fault.place))
        yield f"{path}: {where}: {fault.fault}" if where else f"{path}: {fault.fault}"


def _beside(path: Path) -> dict[str, Model]:
    """Give the models of a folder by namespace; a file that holds none is no hindrance unless it is imported."""
    others = (_model(other) for other in sorted(path.parent.glob("*.dmn")) if other != path)
    models = (other.unwrap() for other in others if isinstance(other, Success))
    return {model.namespace: model for model in models}


def fault_words(fault: Unreadable) -> str:
    """Say what a model cannot use, and where: with a caret under the place in the text."""
    said = flaw_words(fault.fault) if isinstance(fault.fault, NotFeel) else f"{fault.fault}."
    return f"{place_words(fault.place)}: {said}"


def read_facts(text: str) -> Result[tuple[Facts, ...], FactsUnusable]:
    """Read facts: an object of names and values, or a list of such objects; numbers are taken to the last digit."""
    try:
        raw: object = json.loads(text, parse_float=Decimal, parse_constant=_no_number)
    except RecursionError:
        return Failure(FactsUnusable("it is nested too deeply"))
    except ValueError as error:
        return Failure(FactsUnusable(f"it is not JSON: {error}"))
    rows = cast("list[object]", raw) if isinstance(raw, list) else [raw]
    found: list[Facts] = []
    for number, row in enumerate(rows, 1):
        where = f"item {number}" if isinstance(raw, list) else "it"
        value = from_plain(row)
        if isinstance(value, Failure):
            return Failure(FactsUnusable(f"{where}{_where(value.failure())}: {value.failure().given}"))
        facts = value.unwrap()
        if not isinstance(facts, dict):
            return Failure(FactsUnusable(f'{where} is no object of names and values, such as {{"score": 700}}'))
        found.append(facts)
    return Success(tuple(found))


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _where(bad: NotAValue) -> str:
    return f" at {bad.path.removeprefix('.')}" if bad.path else ""


def json_text(value: Value) -> str:
    """Write a value as JSON: a number with all its digits, a date or duration as its text.

    >>> json_text({"rate": Decimal("5.250"), "why": ("a", None)})
    '{"rate": 5.250, "why": ["a", null]}'
    """
    match value:
        case None | bool() | str():
            return json.dumps(value, ensure_ascii=False)
        case Decimal():
            return format(value, "f") if -DIGITS <= value.adjusted() <= DIGITS else str(value)
        case tuple():
            return f"[{', '.join(map(json_text, value))}]"
        case dict():
            return (
                f"{{{', '.join(f'{json.dumps(key, ensure_ascii=False)}: {json_text(value[key])}' for key in value)}}}"
            )
        case _:
            return json.dumps(text_of(begin(), value), ensure_ascii=False)
