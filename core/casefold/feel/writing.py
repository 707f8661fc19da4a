"""Values as text, the way ``string()`` writes them: FEEL that could be read again, except for a string by itself."""

from decimal import Decimal
from types import MappingProxyType

from casefold.feel import numbers
from casefold.feel.temporal import date_text, date_time_text, days_text, months_text, time_text
from casefold.feel.types import DEPTH_MAX
from casefold.feel.values import Date, DateTime, DaysDuration, MonthsDuration, Range, Run, Time, Value

_ESCAPES = (
    ("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"), ("\v", "\\u000B"), ("\f", "\\u000C"),
)  # fmt: skip
_QUOTED = MappingProxyType({ord(mark): written for mark, written in _ESCAPES})


def text_of(run: Run, value: Value, depth: int = 0) -> str | None:
    """Write a value; ``None`` if the fuel does not suffice, or it is nested too deeply.

    >>> from casefold.feel.values import World
    >>> run = Run(World(), [100, 0], [])
    >>> text_of(run, (Decimal("1.50"), "a", {"b": None})), text_of(run, "a")
    ('[1.50, "a", {b: null}]', 'a')
    """
    if depth > DEPTH_MAX or not run.spend(1):
        return None
    if isinstance(value, tuple):
        return _joined(run, [text_or_quote(run, item, depth + 1) for item in value], "[", "]")
    if isinstance(value, dict):
        members = ((key, text_or_quote(run, member, depth + 1)) for key, member in value.items())
        return _joined(run, [None if text is None else f"{key_text(key)}: {text}" for key, text in members], "{", "}")
    if isinstance(value, Range):
        return _range_text(run, value, depth)
    said = atom_text(value)
    return said if run.spend(len(said) >> 4) else None


def _joined(run: Run, parts: list[str | None], opening: str, closing: str) -> str | None:
    whole = [part for part in parts if part is not None]
    if len(whole) < len(parts) or not run.spend(sum(map(len, whole)) >> 4):
        return None
    return opening + ", ".join(whole) + closing


def _range_text(run: Run, value: Range, depth: int) -> str | None:
    start, end = (text_or_quote(run, part, depth + 1) for part in (value.start, value.end))
    if start is None or end is None:
        return None
    if value.operator is not None:
        return f"({value.operator} {start if value.operator[0] == '>' else end})"
    return f"{'[' if value.start_included else '('}{start}..{end}{']' if value.end_included else ')'}"


def text_or_quote(run: Run, value: Value, depth: int) -> str | None:
    """Write a value as part of another: strings in quotes, and temporal values marked."""
    if isinstance(value, str):
        return quote(value) if run.spend(len(value) >> 4) else None
    said = text_of(run, value, depth)
    return f'@"{said}"' if said is not None and isinstance(value, TEMPORAL) else said


TEMPORAL = (Date, Time, DateTime, DaysDuration, MonthsDuration)


def atom_text(value: Value) -> str:
    """Write a value that has no parts."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return numbers.text(value)
        case str():
            return value
        case Date():
            return date_text(value)
        case Time():
            return time_text(value)
        case DateTime():
            return date_time_text(value)
        case DaysDuration():
            return days_text(value)
        case MonthsDuration():
            return months_text(value)
        case _:
            return "function"


def quote(text: str) -> str:
    r"""Write a string literal.

    >>> print(quote('a "b"'))
    "a \"b\""
    """
    return f'"{text.translate(_QUOTED)}"'


def key_text(key: str) -> str:
    """Write the key of a context entry: as a name where it is a plain one."""
    return key if key.isidentifier() and key.isascii() else quote(key)
