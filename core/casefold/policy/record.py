"""The record of a decision: what was asked and what came of it, as canonical JSON that is the same wherever it is made.

Explanations, clocks and latencies are no part of it: they are derived again, or kept elsewhere. A record replays: the
same policy over the same facts gives the same bytes, or the replay says where they part.
"""

import json
import re
from collections.abc import Mapping
from typing import cast

from attrs import evolve, frozen

from casefold.codecs import converter, plain_union
from casefold.feel.codec import HALF, NotAValue, from_json, to_json
from casefold.feel.numbers import CONTEXT
from casefold.feel.values import FUEL, Value, World, Zones
from casefold.kernel.canonical import Json, digest, is_whole
from casefold.kernel.instants import Instant
from casefold.kernel.results import Failure, Result, Success, sealed, traverse
from casefold.policy.deciding import Decided, Problems, Ready, Undecided, decide_by
from casefold.policy.graph import WHOLE
from casefold.policy.reasons import ByPoints, Cause, Told

SEMANTICS = "1"
"""The version of the rules by which policies are read and decided; another may decide otherwise by the same policy."""

_CONVERTER = converter(Undecided)
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}")


@frozen
class Divergence:
    """A replay gave something else than the record holds.

    Attributes:
        path: The first place that differs: members and positions from the outside in.
        recorded: What the record has there, as JSON; empty if it has nothing.
        replayed: What the replay has.
    """

    path: str
    recorded: str
    replayed: str


@frozen
class NotReplayable:
    """A record was not made by this policy under these rules, or is none; *why* says which."""

    why: str


def record_of(
    prepared: Ready, facts: Mapping[str, Value], world: World, found: Result[Decided, Undecided], scores: Json = None
) -> Result[dict[str, Json], NotAValue]:
    """Write a decision down, with the *scores* that models gave; facts that JSON cannot hold are refused."""
    names = tuple(sorted(facts))
    if not all(map(is_whole, names)):
        return Failure(NotAValue("", HALF))
    return traverse(lambda name: to_json(facts[name], name), names).map(
        lambda written: {
            "semantics": SEMANTICS,
            "policy": prepared.digest,
            "as_of": str(world.as_of),
            "zone": world.zone,
            **({} if world.fuel == FUEL else {"fuel": str(world.fuel)}),
            "facts": dict(zip(names, written, strict=True)),
            **({} if scores is None else {"scores": scores}),
            **_found(found),
        }
    )


def _found(found: Result[Decided, Undecided]) -> dict[str, Json]:
    match sealed(found):
        case Success(decided):
            return {
                "outcome": decided.outcome,
                "decisions": _values(decided.made.values),
                "reasons": [_told(told) for told in decided.reasons],
            }
        case Failure(undecided):
            return {"undecided": plain_union(_CONVERTER, _laid_out(undecided), Undecided)}


def _laid_out(undecided: Undecided) -> Undecided:
    """Leave out where in a text a problem was met: the same policy may be laid out otherwise."""
    if not isinstance(undecided, Problems):
        return undecided
    return Problems(tuple(evolve(problem, span=WHOLE) for problem in undecided.problems))


def _values(values: Mapping[str, Value]) -> dict[str, Json]:
    """Write the values of decisions; one that is a function has no JSON, and is left out."""
    written = {name: to_json(values[name]) for name in sorted(values)}
    return {name: found.unwrap() for name, found in written.items() if isinstance(found, Success)}


def _told(told: Told) -> Json:
    return {"code": told.code, "causes": [_cause(cause) for cause in told.causes]}


def _cause(cause: Cause) -> Json:
    if isinstance(cause, ByPoints):
        short = CONTEXT.to_sci_string(cause.short)
        characteristic = {"characteristic": cause.characteristic, "short": short, "tested": [cause.tested]}
        return {"decision": cause.decision, **characteristic}
    return {"decision": cause.decision, "rule": cause.rule, "tested": list(cause.tested)}


def record_digest(record: Mapping[str, Json]) -> str:
    """Name a record by its content."""
    return digest(record)


def replay(
    prepared: Ready, record: Mapping[str, Json], zones: Zones
) -> Result[Mapping[str, Json], NotReplayable | Divergence]:
    """Decide again what a record says was decided, and compare all of it."""
    if record.get("semantics") != SEMANTICS or record.get("policy") != prepared.digest:
        return Failure(NotReplayable(f"it was made by policy {record.get('policy')}, rules {record.get('semantics')}"))
    facts, as_of, zone = record.get("facts"), record.get("as_of"), record.get("zone")
    fuel = record.get("fuel", str(FUEL))
    if not isinstance(fuel, str) or not _INTEGER.fullmatch(fuel):
        return Failure(NotReplayable("its fuel is no number"))
    if not isinstance(facts, Mapping) or not isinstance(as_of, str) or not isinstance(zone, (str, type(None))):
        return Failure(NotReplayable("it has no facts, or no time"))
    if not _INTEGER.fullmatch(as_of):
        return Failure(NotReplayable("it has no time that can be told"))
    told = cast("Mapping[str, Json]", facts)
    read = traverse(lambda name: from_json(told[name], zones, name), tuple(told))
    if isinstance(read, Failure):
        return Failure(NotReplayable(f"{read.failure().path} is no fact"))
    values = dict(zip(told, read.unwrap(), strict=True))
    world = World(as_of=Instant(int(as_of)), zone=zone, zones=zones, fuel=int(fuel))
    again = record_of(prepared, values, world, decide_by(prepared, values, world), record.get("scores"))
    if isinstance(again, Failure):
        return Failure(NotReplayable(f"{again.failure().path} is no fact"))
    found = parted("", dict(record), again.unwrap())
    return Success(record) if found is None else Failure(found)


def parted(path: str, one: Json, two: Json) -> Divergence | None:
    """Find the first place where two JSON values differ."""
    if isinstance(one, Mapping) and isinstance(two, Mapping):
        for name in sorted({*one, *two}):
            if name not in one or name not in two:
                sides = (_written(side[name]) if name in side else "" for side in (one, two))
                return Divergence(f"{path}.{name}".lstrip("."), *sides)
            found = parted(f"{path}.{name}".lstrip("."), one[name], two[name])
            if found is not None:
                return found
        return None
    if isinstance(one, (list, tuple)) and isinstance(two, (list, tuple)) and len(one) == len(two):
        for at, (left, right) in enumerate(zip(one, two, strict=True)):
            found = parted(f"{path}[{at}]", left, right)
            if found is not None:
                return found
        return None
    if type(one) is type(two) and one == two:
        return None
    return Divergence(path, _written(one), _written(two))


def _written(value: Json) -> str:
    """Write what differs; a record from elsewhere may hold numbers that the canonical form does not carry."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
