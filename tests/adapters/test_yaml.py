"""YAML becomes a tree of texts or a value that says why not; it never grows, reaches outside, or raises."""

import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from casefold.kernel.results import Failure, Success
from casefold.policy.sources.trees import Entries, Listing, Scalar, Tree
from casefold_adapters import yaml
from casefold_adapters.yaml import reading


def read(text: str) -> Tree:
    found = yaml.parse(text.encode())
    assert isinstance(found, Success), found
    tree: Tree = found.unwrap()
    return tree


def refused(data: bytes | str) -> str:
    found = yaml.parse(data if isinstance(data, bytes) else data.encode(), "p.yaml")
    assert isinstance(found, Failure), found
    said: str = yaml.words(found.failure())
    assert said.startswith("p.yaml: ")
    return said


@pytest.mark.parametrize("text", ["5.250", "NO", "null", "~", "2026-01-01", "0x10", "1_000", "1e3", "true", "-", "012"])
def test_every_scalar_stays_the_text_that_stands_there(text: str):
    """5.250 keeps its digits, and Norway is no boolean."""
    assert Listing((Scalar(text),)) == read(f"[{text}]")


def test_a_tree_knows_its_lines_and_columns():
    """Every message can name a place."""
    tree = read("a: 1\nb:\n  - {c: d}\n")

    assert isinstance(tree, Entries)
    (_, _), (key, value) = tree.pairs
    assert (2, 1) == (key.line, key.column)
    assert isinstance(value, Listing)
    assert (3, 3) == (value.line, value.column)
    assert (3, 5) == (value.items[0].line, value.items[0].column)


def test_keys_that_are_given_twice_are_kept():
    """The core refuses them, with both lines."""
    assert Entries(((Scalar("a"), Scalar("1")), (Scalar("a"), Scalar("2")))) == read("a: 1\na: 2\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x 1\n", "line 1, column 4: here is an anchor (&)"),
        ("a: *x\n", "line 1, column 4: here is an alias (*)"),
        ("a: !!python/object:os.system 1\n", "line 1, column 4: here is a tag (!)"),
        ("!x {a: 1}\n", "here is a tag (!)"),
        ("? [a]\n: 1\n", "line 1, column 3: here is a key that is no text"),
        ("a: 1\n---\nb: 2\n", "line 2, column 1: here is a second document (---)"),
        ("a: [1\n", "it is not YAML: "),
        ("a: b: c\n", "line 1, column 5: it is not YAML: mapping values are not allowed"),
        ("", "there is nothing in it"),
        ("# nothing\n", "there is nothing in it"),
        ("a: \x01\n", "it is not YAML: "),
        (b"a: \xff\n", "line 1: it is not UTF-8 text"),
        ("a: 1".encode("utf-16"), "it is not UTF-8 text"),
    ],
)
def test_what_is_not_taken_is_refused_with_its_place(text: bytes | str, said: str):
    """Line, column, what, and how to mend it."""
    assert said in refused(text)


def test_deep_nesting_ends_in_a_refusal():
    """Neither the parser nor the reader recurses."""
    assert "101 levels" in refused("[" * 200_000)
    assert "101 levels" in refused("".join(f"{' ' * depth}a:\n" for depth in range(150)))


def test_many_parts_and_bytes_are_bounded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """A file that is too large is not taken in."""
    monkeypatch.setattr(reading, "PARTS_MAX", 3)
    assert "line 2: it has 4 parts and more" in refused("- a\n- [b, c]")
    monkeypatch.setattr(reading, "BYTES_MAX", 4)
    assert "it has 7 bytes; at most 4" in refused("abcdefg")
    path = tmp_path / "p.yaml"
    path.write_text("abcdefg")
    assert "it has 7 bytes" in yaml.words(yaml.load(path).failure())


def test_a_file_that_is_not_there_is_a_value(tmp_path: Path):
    """So is a folder, and what may not be read."""
    assert "No such file" in yaml.words(yaml.load(tmp_path / "p.yaml").failure())
    assert "it is no file" in yaml.words(yaml.load(tmp_path).failure())
    if os.geteuid() != 0:
        (closed := tmp_path / "q.yaml").touch(0)
        assert "Permission denied" in yaml.words(yaml.load(closed).failure())


@given(st.binary() | st.text().map(str.encode) | st.text("[]{}:,-&*!|>'\"#%@ \n\tab?").map(str.encode))
@example(b"\xef\xbb\xbfa: 1")
@example(b"%YAML 9.9\n---\na")
@example(b"%TAG ! x\n")
@example("a: \ud83d\udc0e".encode("utf-8", "surrogatepass"))
def test_any_bytes_are_read_or_refused(data: bytes):
    """Nothing is raised, whatever a file holds."""
    found = yaml.parse(data, "p.yaml")

    assert isinstance(found, Success) or yaml.words(found.failure()).startswith("p.yaml: ")


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TREES = st.recursive(
    st.builds(Scalar, TEXTS),
    lambda inner: st.one_of(
        st.builds(Listing, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Entries, st.lists(st.tuples(st.builds(Scalar, TEXTS), inner), max_size=3).map(tuple)),
    ),
    max_leaves=8,
)


@given(TREES)
@example(Scalar(" two\n  lines \n\n"))
@example(Scalar("\x85 \u2028 \r\n"))
@example(Scalar("\x85"))
@example(Listing((Scalar("a\tb"), Scalar("\ufeff"), Scalar("a\n\x85"))))
@example(Listing((Scalar("a" * 200 + " b" * 100),)))
@example(Entries(((Scalar("k" * 200), Scalar("")), (Scalar(""), Scalar("#")))))
@example(Entries(((Scalar("two\nlines"), Scalar("- a: b")),)))
def test_what_is_written_is_read_back(tree: Tree):
    """Whatever a text holds."""
    assert Success(tree) == yaml.parse(yaml.write(tree).unwrap())


def test_half_a_character_is_not_written():
    """YAML could not read it back."""
    assert "half a character" in yaml.write(Listing((Scalar("\ud83d"),))).failure().detail


def test_a_name_that_no_file_can_have_is_refused():
    """A null character in a path is told, and not raised."""
    assert isinstance(yaml.load(Path("a\0b.yaml")).failure(), yaml.YamlUnreadable)
