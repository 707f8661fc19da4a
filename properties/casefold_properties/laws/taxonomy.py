"""Laws of taxonomies: as data they say all of themselves, lint finds what is planted, diff says what changed."""

from collections.abc import Mapping
from enum import Enum
from typing import cast

from attrs import asdict

from casefold.kernel.canonical import Json, canonical
from casefold.kernel.results import Failure, Success
from casefold.taxonomy.codec import TaxonomyInvalid, parse, taxonomy_digest, taxonomy_value
from casefold.taxonomy.diff import Change, diff
from casefold.taxonomy.lint import Fault, lint
from casefold.taxonomy.model import Taxonomy
from casefold.taxonomy.patterns import pattern


def taxonomy_round_trips(taxonomy: Taxonomy) -> None:
    """A taxonomy is read back as it was written, and has the same digest."""
    read = parse(taxonomy_value(taxonomy))
    assert read == Success(taxonomy)
    assert taxonomy_digest(read.unwrap()) == taxonomy_digest(taxonomy)


def defaults_do_not_change_the_digest(taxonomy: Taxonomy, raw: Mapping[str, object]) -> None:
    """Writing out what is so anyway, as *raw* does, changes neither the taxonomy nor its digest."""
    read = parse(raw)
    assert read == Success(taxonomy)
    assert taxonomy_digest(read.unwrap()) == taxonomy_digest(taxonomy)


def reading_data_never_raises(raw: Mapping[str, Json]) -> None:
    """Any data is a taxonomy, which can be written and linted, or is refused with reasons."""
    match parse(raw):
        case Success(taxonomy):
            lint(taxonomy)
            assert canonical(taxonomy_value(taxonomy))
        case Failure(TaxonomyInvalid(problems)):
            assert problems and all(problems)
        case _:
            raise AssertionError


def lint_finds(taxonomy: Taxonomy, fault: Fault, place: str) -> None:
    """What is planted is found, where it is planted."""
    assert (fault, place) in {(problem.fault, problem.place) for problem in lint(taxonomy)}, lint(taxonomy)


def lint_finds_nothing(taxonomy: Taxonomy) -> None:
    """A taxonomy without a fault has none."""
    assert lint(taxonomy) == ()


def nothing_changed(before: Taxonomy, after: Taxonomy) -> None:
    """Both say the same."""
    assert diff(before, after) == ()


def the_change_is_named(before: Taxonomy, after: Taxonomy, place: str) -> None:
    """A change is named where it is, and nothing else is; backwards, it is undone."""
    changes = diff(before, after)
    assert changes, "a change is told"
    assert all(change.place.startswith(place) for change in changes), changes
    back = {Change(change.place, change.after, change.before) for change in diff(after, before)}
    assert back == set(changes)


def first_letters_hide_nothing(regex: str, text: str) -> None:
    """Every match of an expression begins with the letters that it is looked for by."""
    compiled = pattern(regex)
    assert not isinstance(compiled, Failure), compiled
    expression = compiled.unwrap()
    for match in expression.pattern.finditer(text):
        assert match[0].lower().startswith(expression.literal), (regex, match[0], expression.literal)


def members(taxonomy: Taxonomy) -> dict[str, object]:
    """Give every member of a taxonomy as plain data, those at their default too."""
    return cast("dict[str, object]", asdict(taxonomy, value_serializer=lambda _, __, value: _plain(value)))


def _plain(value: object) -> object:
    return value.value if isinstance(value, Enum) else value
