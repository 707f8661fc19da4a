"""Whatever is done to a log, verifying it finds it, and never falls over."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from casefold.kernel.chain import GENESIS, START, Entry, Head, line_of, verify
from casefold.kernel.results import Failure, Success
from casefold_properties import laws, strategies

ONE, HEAD = line_of(Entry(1, 0, GENESIS, {"kind": "opened"}))
TWO, _ = line_of(Entry(2, 0, HEAD.hash, {"kind": "closed"}))


@given(strategies.chains(min_size=0))
@example(()).via("an empty log")
def test_what_was_written_verifies(lines):
    """A log passes as it was written, and any end of it from its own head."""
    laws.verify_accepts_what_was_written(lines)


@given(strategies.entries())
@example(Entry(1, strategies.INSTANT_MIN, GENESIS, {})).via("before the epoch")
def test_an_entry_is_read_back(entry):
    """What is written is what is read."""
    laws.round_trips_as_a_line(entry, START)


@given(strategies.chains(), st.data())
def test_any_changed_byte_is_found(lines, data):
    """A single byte that differs is found, and in its own line."""
    line = data.draw(st.integers(0, len(lines) - 1))
    at = data.draw(st.integers(0, len(lines[line]) - 1))
    byte = data.draw(st.integers(0, 255))
    assume(lines[line][at] != byte)

    laws.chain_finds_any_changed_byte(lines, line, at, byte)


@pytest.mark.parametrize("flipped", [1, 2, 4, 8, 16, 32, 64, 128])
def test_any_flipped_bit_is_found(flipped):
    """Every bit of every byte of a small log counts."""
    for line, content in enumerate((ONE, TWO)):
        for at, byte in enumerate(content):
            laws.chain_finds_any_changed_byte((ONE, TWO), line, at, byte ^ flipped)


@given(strategies.chains(), st.data())
@example((ONE,), None).via("a new line at the end of the line")
def test_any_added_byte_is_found(lines, data):
    """One byte too many is found, white space too."""
    if data is None:
        laws.chain_finds_any_added_byte(lines, 0, len(lines[0]), ord("\n"))
        return
    line = data.draw(st.integers(0, len(lines) - 1))
    at = data.draw(st.integers(0, len(lines[line])))

    laws.chain_finds_any_added_byte(lines, line, at, data.draw(st.sampled_from(b" \n\t0,}") | st.integers(0, 255)))


@given(strategies.chains(), st.data())
def test_any_missing_byte_is_found(lines, data):
    """One byte too few is found."""
    line = data.draw(st.integers(0, len(lines) - 1))

    laws.chain_finds_any_missing_byte(lines, line, data.draw(st.integers(0, len(lines[line]) - 1)))


@given(strategies.chains(min_size=2), st.data())
def test_any_moved_line_is_found(lines, data):
    """Two lines that changed places are found."""
    one, two = data.draw(st.permutations(range(len(lines))))[:2]

    laws.chain_finds_any_moved_line(lines, one, two)


@given(strategies.chains(), st.data())
def test_any_doubled_line_is_found(lines, data):
    """A line that stands twice is found."""
    laws.chain_finds_any_doubled_line(lines, data.draw(st.integers(0, len(lines) - 1)))


@given(strategies.chains(), st.data())
@example((ONE, TWO), None).via("the last line")
def test_any_dropped_line_is_found(lines, data):
    """A line that is gone is found: by the next one, or, if it was the last, by whoever kept the head."""
    line = len(lines) - 1 if data is None else data.draw(st.integers(0, len(lines) - 1))

    laws.chain_finds_any_dropped_line(lines, line)


@given(strategies.chains(), strategies.chains())
def test_a_line_of_another_log_is_found(lines, others):
    """A line that is right in its own log is wrong in another, unless both say the same."""
    assume(lines[0] != others[0])

    if len(lines) > 1:
        laws.found_broken([others[0], *lines[1:]], at=1)


@given(st.binary(max_size=40))
@example(b"").via("an empty line")
@example(b"\xff\xfe{\x00}\x00").via("another encoding")
@example(b"[" * 100_000).via("too deep to parse")
@example(b'{"a":' * 100_000).via("too deep to parse, as objects")
@example(b'{"at":"0","event":{"a":"\\ud800"},"hash":"","previous":"","sequence":1}').via("half a character")
@example(b'{"at":"0","event":{},"hash":"","previous":"","sequence":1e999}').via("a number that is no integer")
@example(b"9" * 5_000).via("a number too long to convert")
def test_any_bytes_are_an_entry_or_a_fault(line):
    """Bytes from anywhere are refused, never a traceback."""
    laws.reading_never_raises(line, START)


@given(strategies.near_entries())
@example({"at": "--1", "event": {}, "hash": "", "previous": GENESIS, "sequence": 1}).via("two signs")
@example({"at": "9" * 5_000, "event": {}, "hash": "", "previous": GENESIS, "sequence": 1}).via("a long time")
@example({"at": "0", "event": {}, "hash": "", "previous": GENESIS, "sequence": True}).via("true for one")
def test_any_forged_entry_is_an_entry_or_a_fault(value):
    """Whoever can write JSON can still not make verifying fall over."""
    laws.reading_never_raises(laws.canonical_line(value), START)


@given(strategies.chains(min_size=2))
def test_only_the_head_knows_that_the_end_is_gone(lines):
    """A log without its last lines verifies; its head is another."""
    whole = verify(lines)

    for at in range(len(lines)):
        shorter = verify(lines[:at])
        assert isinstance(shorter, Success) and shorter != whole


def test_a_log_cannot_go_on_from_another_head():
    """The hash of the head counts, and its number does."""
    assert isinstance(verify([TWO], Head(1, GENESIS)), Failure)
    assert isinstance(verify([TWO], Head(2, HEAD.hash)), Failure)
    assert isinstance(verify([TWO], HEAD), Success)
