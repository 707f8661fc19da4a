"""What other commands measured, to be published on the same page: a title, words, the command, and rows."""

from typing import cast

CONTRACT = "casefold/measured/1"


def is_measured(value: object) -> bool:
    """Whether *value* is what a command measured.

    >>> is_measured({"contract": CONTRACT, "title": "Speed", "words": "", "command": "casefold bench", "rows": []})
    True
    >>> is_measured({"contract": CONTRACT, "title": "Speed"})
    False
    """
    if not isinstance(value, dict):
        return False
    members = cast("dict[str, object]", value)
    texts = (members.get(name) for name in ("title", "words", "command"))
    rows = members.get("rows")
    return (
        members.get("contract") == CONTRACT
        and all(isinstance(text, str) for text in texts)
        and isinstance(rows, list)
        and all(_is_row(row) for row in cast("list[object]", rows))
    )


def _is_row(row: object) -> bool:
    if not isinstance(row, dict):
        return False
    members = cast("dict[str, object]", row)
    texts = (members.get(name) for name in ("what", "asked", "found"))
    return all(isinstance(text, str) for text in texts) and members.get("met") in {None, True, False}
