"""Make the model of a policy ready to decide, and take facts from JSON."""

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias, cast

from attrs import frozen

from casefold.feel.codec import NotAValue, from_plain
from casefold.feel.numbers import DIGITS
from casefold.feel.program import begin
from casefold.feel.temporal import parse_any
from casefold.feel.tokens import NotFeel
from casefold.feel.types import Simple
from casefold.feel.values import Value, Zones
from casefold.feel.wording import flaw_words, place_words
from casefold.feel.writing import text_of
from casefold.kernel.results import Failure, Result, Success
from casefold.policy.artifact import Policy
from casefold.policy.boxed import Unreadable
from casefold.policy.graph import Compiled, compile_model
from casefold_shells.sources import PolicyUnusable, load_policy

__all__ = [
    "Facts",
    "FactsUnusable",
    "PolicyUnusable",
    "compiled_of",
    "fault_words",
    "json_text",
    "load_model",
    "load_policy",
    "read_facts",
    "typed",
]


@frozen
class FactsUnusable:
    """A file holds no facts; *reason* says why."""

    reason: str


Facts: TypeAlias = Mapping[str, Value]


def load_model(path: Path) -> Result[Compiled, PolicyUnusable]:
    """Load a policy, from whatever it is written in, and compile its model."""
    return load_policy(path).map(compiled_of)


def compiled_of(policy: Policy) -> Compiled:
    """Compile a policy's model, with those that it imports."""
    return compile_model(policy.model, {each.namespace: each for each in policy.imported})


def fault_words(fault: Unreadable) -> str:
    """Say what a model cannot use, and where: with a caret under the place in the text."""
    said = flaw_words(fault.fault) if isinstance(fault.fault, NotFeel) else f"{fault.fault}."
    return f"{place_words(fault.place)}: {said}"


def read_facts(text: str) -> Result[tuple[Facts, ...], FactsUnusable]:
    """Read facts: an object of names and values, or a list of such objects; numbers are taken to the last digit."""
    try:
        raw: object = json.loads(text, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_once)
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


TEMPORAL = frozenset({Simple.DATE, Simple.TIME, Simple.DATE_TIME, Simple.DAYS, Simple.MONTHS})


def typed(compiled: Compiled, facts: Facts, zones: Zones) -> Facts:
    """Take texts for dates, times and durations where the model wants these: JSON has no other way to write them."""
    found: dict[str, Value] = {}
    for name, value in facts.items():
        number = compiled.inputs.get(name)
        wanted = number is not None and compiled.plans[number].kind.type in TEMPORAL
        read = parse_any(value, zones) if wanted and isinstance(value, str) else None
        found[name] = value if read is None else read
    return found


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Take an object of JSON; of two members of one name Python would drop the first."""
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"{name!r} stands there twice")
        found[name] = value
    return found


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
