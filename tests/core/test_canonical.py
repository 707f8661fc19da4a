"""RFC 8785 by its own examples."""

import pytest

from casefold.kernel.canonical import DEPTH_MAX, Json, canonical, is_json, written


def test_names_are_sorted_by_utf16():
    """The names of RFC 8785, section 3.2.3, in the order that it gives."""
    values = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }

    assert canonical(values).decode() == (
        '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis",'
        '"€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}'
    )


@pytest.mark.parametrize(("value", "written"), [
    ("\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"\u002f", b'"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'),
    ("\b\t\n\f\r\x00\x1f", b'"\\b\\t\\n\\f\\r\\u0000\\u001f"'),
    ("\x7f\u2028\u2029", '"\x7f\u2028\u2029"'.encode()),
    ({"b": [], "a": {}},  b'{"a":{},"b":[]}'),
    ([True, False, None], b"[true,false,null]"),
    (-0,                  b"0"),
    (2**53 - 1,           b"9007199254740991"),
])  # fmt: skip
def test_values_are_written_as_the_rfc_says(value, written):
    """Strings are escaped where they must be and nowhere else (section 3.2.2.2); there is no white space."""
    assert canonical(value) == written


def test_what_has_no_canonical_bytes_is_known_beforehand():
    """Floats, integers that some readers would round, keys that are no text, halves of characters, and other types."""
    for raw in (1.5, 2**53, {1: 2}, "\ud800", {"\udfff": 1}, [[{"a": b""}]], {"a": {1}}):
        assert not is_json(raw)
    assert all(map(is_json, (None, True, 2**53 - 1, {"a": [1, ("x", {})]}, "\U0001f600")))


def test_json_that_is_nested_too_deeply_is_none():
    """It is told, and nothing falls over."""
    deep: Json = None
    for _ in range(DEPTH_MAX - 1):
        deep = [deep]

    assert is_json(deep) and not is_json([[deep]])
    for _ in range(100_000):
        deep = [deep]
    assert not is_json(deep)


def test_json_that_is_kept_is_equal_where_the_values_are():
    """Lists and tuples are one to JSON, and so is any order of names."""
    assert written({"b": (1, 2), "a": None}) == written({"a": None, "b": [1, 2]})
    assert written([1]) != written([True])
    assert {} == written([1]).members
