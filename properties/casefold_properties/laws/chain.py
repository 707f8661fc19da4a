"""Laws of the hash chain: what was written passes, and no change of it does."""

from collections.abc import Sequence

from casefold.kernel.canonical import Json, canonical
from casefold.kernel.chain import START, ChainBroken, Entry, Head, line_of, read_line, verify
from casefold.kernel.results import Failure, Success


def verify_accepts_what_was_written(lines: Sequence[bytes]) -> Head:
    """A log verifies as it was written, whole or from any head on; gives the head."""
    heads = [START]
    for line in lines:
        entry = read_line(line, heads[-1])
        assert not isinstance(entry, Failure), entry
        again, head = line_of(entry.unwrap())
        assert again == line
        heads.append(head)
    for at, head in enumerate(heads):
        assert verify(lines[:at]) == Success(head)
        assert verify(lines[at:], head) == Success(heads[-1])
    return heads[-1]


def round_trips_as_a_line(entry: Entry, after: Head) -> None:
    """An entry is read back as it was written."""
    assert read_line(line_of(entry)[0], after) == Success(entry)


def found_broken(lines: Sequence[bytes], *, at: int) -> None:
    """The fault is found, and named by the number of the first entry that is wrong; *at* counts from 0."""
    match verify(lines):
        case Failure(ChainBroken(sequence, fault)):
            assert (sequence, bool(fault)) == (at + 1, True)
        case result:
            raise AssertionError(result)


def chain_finds_any_changed_byte(lines: Sequence[bytes], line: int, at: int, byte: int) -> None:
    """One byte that is another is found in the line that holds it."""
    assert lines[line][at] != byte, "a change changes"
    changed = lines[line][:at] + bytes([byte]) + lines[line][at + 1 :]
    found_broken([*lines[:line], changed, *lines[line + 1 :]], at=line)


def chain_finds_any_added_byte(lines: Sequence[bytes], line: int, at: int, byte: int) -> None:
    """One byte too many is found in the line that holds it."""
    changed = lines[line][:at] + bytes([byte]) + lines[line][at:]
    found_broken([*lines[:line], changed, *lines[line + 1 :]], at=line)


def chain_finds_any_missing_byte(lines: Sequence[bytes], line: int, at: int) -> None:
    """One byte too few is found in the line that lacks it."""
    changed = lines[line][:at] + lines[line][at + 1 :]
    found_broken([*lines[:line], changed, *lines[line + 1 :]], at=line)


def chain_finds_any_moved_line(lines: Sequence[bytes], one: int, two: int) -> None:
    """Two lines in each other's place are found at the first of them."""
    moved = list(lines)
    moved[one], moved[two] = moved[two], moved[one]
    found_broken(moved, at=min(one, two))


def chain_finds_any_doubled_line(lines: Sequence[bytes], line: int) -> None:
    """A line written twice is found where it stands again."""
    found_broken([*lines[: line + 1], *lines[line:]], at=line + 1)


def chain_finds_any_dropped_line(lines: Sequence[bytes], line: int) -> None:
    """A missing line is found at the one after it; a missing last line by the head alone."""
    rest = [*lines[:line], *lines[line + 1 :]]
    if line + 1 < len(lines):
        found_broken(rest, at=line)
    else:
        head = verify(rest)
        assert not isinstance(head, Failure) and head != verify(lines)
        assert head.unwrap().count == len(rest)


def reading_never_raises(line: bytes, after: Head) -> None:
    """Whatever stands in a line, it is an entry or a fault."""
    match read_line(line, after):
        case Success(entry):
            assert line_of(entry)[0] == line
        case Failure(fault):
            assert fault.sequence == after.count + 1
        case _:
            raise AssertionError


def canonical_line(value: Json) -> bytes:
    """Write any JSON as a line, as someone who forges entries would."""
    return canonical(value)
