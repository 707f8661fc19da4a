"""Laws of the kernel: canonical bytes, instants, odds and traversal."""

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar, cast

from casefold.kernel.canonical import Json, canonical, digest, is_json, written
from casefold.kernel.instants import Instant, NotAnInstant, parse_instant, rfc3339
from casefold.kernel.odds import PPM, confidence_ppm
from casefold.kernel.results import Failure, Result, Success, traverse

Value = TypeVar("Value")
Error = TypeVar("Error")
Item = TypeVar("Item")


def canonical_round_trips(value: Json) -> None:
    """Canonical bytes say all of a value, and saying it again changes nothing."""
    read = json.loads(canonical(value))
    assert read == value
    assert canonical(read) == canonical(value)
    assert digest(read) == digest(value)
    assert is_json(value) and written(value) == written(read)
    assert written(value).value == read and written(value).digest == digest(value)


def digest_ignores_key_order(value: Json) -> None:
    """The order in which members were written is no part of a value."""
    assert digest(turned(value)) == digest(value)


def turned(value: Json) -> Json:
    """Give the same value with the members of every object in the opposite order."""
    if isinstance(value, Mapping):
        members = cast("Mapping[str, Json]", value)
        return {key: turned(members[key]) for key in reversed(list(members))}
    if isinstance(value, str) or not isinstance(value, Sequence):
        return value
    return [turned(item) for item in cast("Sequence[Json]", value)]


def keys_rise_in_utf16(value: Json) -> None:
    """The members of every object come in the order of their names' UTF-16 code units."""

    def check(members: list[tuple[str, object]]) -> dict[str, object]:
        names = [name.encode("utf-16-be") for name, _ in members]
        assert all(before < after for before, after in pairwise(names))
        return dict(members)

    json.loads(canonical(value), object_pairs_hook=check)


def instant_round_trips(instant: Instant) -> None:
    """An instant is read back as it was written."""
    assert parse_instant(rfc3339(instant)) == Success(instant)


def writing_keeps_order(one: Instant, two: Instant) -> None:
    """Instants that are written come in the order of their text."""
    assert (one < two) == (rfc3339(one) < rfc3339(two))


def offsets_are_taken_off(text: str, minutes: int) -> None:
    """A time with an offset is that time in UTC, less the offset; *text* is in UTC and ends with ``Z``."""
    hours, rest = divmod(abs(minutes), 60)
    local = parse_instant(f"{text[:-1]}{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}")
    whole = parse_instant(text)
    assert not isinstance(whole, Failure)
    assert local == Success(Instant(whole.unwrap() - minutes * 60_000_000))


def parsing_never_raises(text: str) -> None:
    """A text is an instant, which can be written, or it is refused with the text that was given."""
    result = parse_instant(text)
    if isinstance(result, Failure):
        assert result == Failure(NotAnInstant(text))
    else:
        assert parse_instant(rfc3339(result.unwrap())) == result


def more_odds_are_no_less_sure(one: int, two: int) -> None:
    """More in favour never lowers a confidence."""
    assert (confidence_ppm(min(one, two))) <= confidence_ppm(max(one, two))


def odds_for_and_against_make_one(margin: int) -> None:
    """What is sure for is unsure against, to the last part per million; nothing is ever certain."""
    assert confidence_ppm(margin) + confidence_ppm(-margin) == PPM
    assert 0 < confidence_ppm(margin) < PPM


def confidence_is_odds_over_one_more(margin: int) -> None:
    """A confidence is odds / (1 + odds), to the nearest part per million."""
    odds = 10 ** (margin / 10)
    assert abs(confidence_ppm(margin) - PPM * odds / (1 + odds)) <= 0.501


def traverse_is_a_loop(step: Callable[[Item], Result[Value, Error]], items: Sequence[Item]) -> None:
    """Every value in order, or the first failure, and nothing is tried after it."""
    seen: list[Item] = []

    def watched(item: Item) -> Result[Value, Error]:
        seen.append(item)
        return step(item)

    result = traverse(watched, items)
    results = [step(item) for item in items]
    failed = [at for at, each in enumerate(results) if isinstance(each, Failure)]
    if failed:
        assert result == results[failed[0]]
        assert seen == list(items[: failed[0] + 1])
    else:
        assert result == Success(tuple(each.unwrap() for each in results))
