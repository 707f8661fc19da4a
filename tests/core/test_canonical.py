"""RFC 8785 by its own examples."""

import pytest

from casefold.kernel.canonical import canonical


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
