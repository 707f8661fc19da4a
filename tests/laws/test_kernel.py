"""One value has one byte string, one instant one text, one margin one confidence."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from casefold.kernel.canonical import INTEGER_MAX, canonical, digest
from casefold.kernel.instants import Instant, parse_instant, rfc3339
from casefold.kernel.odds import DECIBANS_MAX
from casefold.kernel.results import Failure, Success
from casefold_properties import laws, strategies


@given(strategies.json_values())
@example(INTEGER_MAX).via("the largest integer")
@example(-INTEGER_MAX).via("the smallest integer")
@example({"\U0001f600": 1, "\ufb33": 2}).via("beyond the first plane")
def test_canonical_json_round_trips(value):
    """Canonical bytes say all of a value."""
    laws.canonical_round_trips(value)


@given(strategies.json_values())
@example({"a": {"b": 1, "c": 2}, "d": [{"e": 1, "f": 2}]}).via("objects in objects and lists")
def test_digests_do_not_depend_on_key_order(value):
    """The order of members is no part of a value."""
    laws.digest_ignores_key_order(value)


@given(strategies.json_values())
@example({"\ue000": 1, "\U00010000": 2}).via("code units and code points differ in order")
@example({"": 1, "a": 2, "aa": 3}).via("a name that another begins with")
def test_keys_are_sorted_by_code_units(value):
    """Names are sorted as RFC 8785, section 3.2.3, asks: by UTF-16."""
    laws.keys_rise_in_utf16(value)


@given(strategies.json_values(), strategies.json_values())
@example(1, True).via("one is not true")
@example(0, False).via("nought is not false")
@example("1", 1).via("a text is not a number")
def test_digests_tell_values_apart(one, two):
    """Values that differ have other digests."""
    same = json.dumps(one, sort_keys=True) == json.dumps(two, sort_keys=True)

    assert same == (digest(one) == digest(two))


@given(st.integers(INTEGER_MAX + 1) | st.integers(max_value=-INTEGER_MAX - 1) | st.floats() | st.binary())
@example(INTEGER_MAX + 1).via("the first integer too large")
@example(1.0).via("a float that is whole")
def test_what_readers_disagree_on_is_a_bug(value):
    """Floats and integers that some readers round are never written."""
    with pytest.raises(AssertionError):
        canonical([value])


@given(strategies.instants())
@example(strategies.INSTANT_MIN).via("the first of the year 1")
@example(strategies.INSTANT_MAX).via("the last of the year 9999")
@example(Instant(-1)).via("just before the epoch")
def test_instants_round_trip(instant):
    """An instant is read back as it was written."""
    laws.instant_round_trips(instant)


@given(strategies.instants(), strategies.instants())
@example(Instant(-1), Instant(0)).via("about the epoch")
@example(strategies.INSTANT_MIN, Instant(0)).via("a year of one digit")
def test_writing_keeps_the_order_of_instants(one, two):
    """Sorting the texts sorts the instants."""
    laws.writing_keeps_order(one, two)


@given(st.integers(0, 4 * 10**15).map(Instant), st.integers(-23 * 60 - 59, 23 * 60 + 59))
@example(Instant(0), 0).via("no offset")
@example(Instant(0), -(23 * 60 + 59)).via("the largest offset")
def test_offsets_are_taken_off(instant, minutes):
    """A local time less its offset is the time in UTC."""
    laws.offsets_are_taken_off(rfc3339(instant), minutes)


@given(
    st.from_regex(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{0,7})?([Zz]|[+-]\d\d:?\d\d)?\n?", fullmatch=True)
    | st.text()
)
@example("0001-01-01T00:00:00+00:01").via("before the year 1")
@example("9999-12-31T23:59:59-00:01").via("after the year 9999")
@example("2023-02-29T00:00:00Z").via("a day that is not")
@example("2016-12-31T23:59:60Z").via("a leap second")
@example("1970-01-01T00:00:00Z\n").via("a line end")
@example("١٩٧٠-01-01T00:00:00Z").via("digits that are not ASCII")
@example("0999-01-01T00:00:00Z").via("a year of three digits")
def test_any_text_is_an_instant_or_refused(text):
    """No text makes reading an instant fall over."""
    laws.parsing_never_raises(text)


@pytest.mark.parametrize("offset", ["+24:00", "-24:00", "+00:60", "+99:99", "-23:60"])
def test_an_offset_is_less_than_a_day(offset):
    """RFC 3339, section 5.6: an offset's hours end at 23, its minutes at 59."""
    assert isinstance(parse_instant(f"1970-01-02T00:00:00{offset}"), Failure)


MARGINS = st.integers(-DECIBANS_MAX - 5, DECIBANS_MAX + 5) | st.integers()


@given(MARGINS, MARGINS)
@example(DECIBANS_MAX, DECIBANS_MAX + 1).via("where it stops rising")
@example(-1, 1).via("about even")
def test_more_odds_are_no_less_sure(one, two):
    """Confidence rises with the margin."""
    laws.more_odds_are_no_less_sure(one, two)


@given(MARGINS)
@example(0).via("even")
@example(DECIBANS_MAX).via("the end of the table")
@example(10**30).via("beyond all evidence")
def test_for_and_against_make_one(margin):
    """Confidence is symmetric, and never certain."""
    laws.odds_for_and_against_make_one(margin)


@given(st.integers(-DECIBANS_MAX, DECIBANS_MAX))
@example(0).via("even")
def test_confidence_is_odds_over_one_more(margin):
    """The table is the formula."""
    laws.confidence_is_odds_over_one_more(margin)


@given(st.lists(st.integers(0, 3)))
@example([]).via("nothing to do")
@example([0]).via("nothing but a failure")
@example([1, 0, 0]).via("two failures")
def test_traverse_is_a_loop(items):
    """Every value in order, or the first failure, and nothing after it."""
    laws.traverse_is_a_loop(lambda item: Success(str(item)) if item else Failure(item), items)
