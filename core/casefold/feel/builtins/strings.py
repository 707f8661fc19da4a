"""Built-in functions on strings (DMN 1.5, section 10.3.4.3)."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial

from casefold.feel import numbers
from casefold.feel.arguments import form
from casefold.feel.equality import LONG
from casefold.feel.patterns import Pattern, expand, pattern, search
from casefold.feel.values import Fault, Reason, Run, Value, kind_of


def _substring(run: Run, string: str, start: Decimal, length: Decimal | None = None) -> Value | Fault:
    first = numbers.truncated(start)
    count = len(string) if length is None else numbers.truncated(length)
    if first is None or count is None or first == 0 or abs(first) > len(string) or count < 1:
        return Fault(Reason.OUT_OF_BOUNDS, "substring", numbers.text(start))
    begin = first - 1 if first > 0 else len(string) + first
    return string[begin : begin + count] if run.spend(len(string) // LONG) else None


def _string_length(string: str) -> Value | Fault:
    return Decimal(len(string))


def _upper_case(run: Run, string: str) -> Value | Fault:
    return string.upper() if run.spend(len(string) >> 4) else None


def _lower_case(run: Run, string: str) -> Value | Fault:
    return string.lower() if run.spend(len(string) >> 4) else None


def _substring_before(run: Run, string: str, match: str) -> Value | Fault:
    if not run.spend(len(string) // LONG):
        return None
    before, found, _ = string.partition(match) if match else ("", "", "")
    return before if found else ""


def _substring_after(run: Run, string: str, match: str) -> Value | Fault:
    if not run.spend(len(string) // LONG):
        return None
    return string.partition(match)[2] if match else string


def _contains(run: Run, string: str, match: str) -> Value | Fault:
    if not run.spend(len(string) // LONG):
        return None
    return match in string


def _starts_with(run: Run, string: str, match: str) -> Value | Fault:
    if not run.spend(len(string) // LONG):
        return None
    return string.startswith(match)


def _ends_with(run: Run, string: str, match: str) -> Value | Fault:
    if not run.spend(len(string) // LONG):
        return None
    return string.endswith(match)


def _known_pattern(name: str, written: str, flags: str | None) -> Pattern | Fault:
    made = pattern(written, flags or "")
    return Fault(Reason.BAD_TEXT, name, written, made) if isinstance(made, str) else made


def _matches(run: Run, string: str, written: str, flags: str | None = None) -> Value | Fault:
    made = _known_pattern("matches", written, flags)
    return made if isinstance(made, Fault) else _found(run, string, made)


def _found(run: Run, string: str, made: Pattern) -> Value | Fault:
    return search(run, made, string, 0) is not None


def _replace(run: Run, string: str, written: str, replacement: str, flags: str | None = None) -> Value | Fault:
    made = _known_pattern("replace", written, flags)
    return made if isinstance(made, Fault) else _replaced(run, string, made, replacement)


def _replaced(run: Run, string: str, made: Pattern, replacement: str) -> Value | Fault:
    parts: list[str] = []
    at = done = 0
    while at <= len(string):
        groups = search(run, made, string, at)
        if groups is None:
            break
        said = expand(made, replacement, string, groups)
        if said is None:
            return Fault(Reason.BAD_TEXT, "replace", replacement)
        if not run.spend(1 + (len(said) >> 4)):
            return None
        start, end = groups[0], groups[1]
        parts += [string[done:start], said]
        done = end
        at = end if end > start else end + 1
    return "".join((*parts, string[done:]))


def _split(run: Run, string: str, delimiter: str) -> Value | Fault:
    made = _known_pattern("split", delimiter, None)
    return made if isinstance(made, Fault) else _parted(run, string, made)


def _parted(run: Run, string: str, made: Pattern) -> Value | Fault:
    parts: list[Value] = []
    at = done = 0
    while at <= len(string):
        groups = search(run, made, string, at)
        if groups is None or not run.spend(1):
            break
        start, end = groups[0], groups[1]
        if end == start:
            at = end + 1
            continue
        parts.append(string[done:start])
        done = at = end
    return (*parts, string[done:])


def prepared(name: str, others: tuple[Value, ...]) -> Callable[[Run, str], Value | Fault] | None:
    """Read a pattern once, if a function takes one and all arguments but the first are known and fit.

    >>> prepared("matches", ("a",)) is None, prepared("matches", ("(",)) is None
    (False, True)
    """
    match name, others:
        case "matches", (str(written),) | (str(written), None):
            made, work = pattern(written, ""), _found
        case "matches", (str(written), str(flags)):
            made, work = pattern(written, flags), _found
        case "split", (str(written),):
            made, work = pattern(written, ""), _parted
        case "replace", (str(written), str(replacement)):
            made, work = pattern(written, ""), partial(_replaced, replacement=replacement)
        case "replace", (str(written), str(replacement), str(flags)):
            made, work = pattern(written, flags), partial(_replaced, replacement=replacement)
        case _:
            return None
    return None if isinstance(made, str) else partial(work, made=made)


def _string_join(run: Run, parts: Sequence[Value], delimiter: str | None = None) -> Value | Fault:
    texts: list[str] = []
    for part in parts:
        if part is None:
            continue
        if not isinstance(part, str):
            return Fault(Reason.WRONG_TYPE, "string join", kind_of(part), "string")
        texts.append(part)
    size = sum(map(len, texts)) + len(delimiter or "") * len(texts)
    return (delimiter or "").join(texts) if run.spend(len(texts) + size >> 4) else None


FORMS = (
    form("substring(string: string, start position: number, length?: number)", _substring, running=True),
    form("string length(string: string)", _string_length),
    form("upper case(string: string)", _upper_case, running=True),
    form("lower case(string: string)", _lower_case, running=True),
    form("substring before(string: string, match: string)", _substring_before, running=True),
    form("substring after(string: string, match: string)", _substring_after, running=True),
    form("replace(input: string, pattern: string, replacement: string, flags?: string | null)", _replace, running=True),
    form("contains(string: string, match: string)", _contains, running=True),
    form("starts with(string: string, match: string)", _starts_with, running=True),
    form("ends with(string: string, match: string)", _ends_with, running=True),
    form("matches(input: string, pattern: string, flags?: string | null)", _matches, running=True),
    form("split(string: string, delimiter: string)", _split, running=True),
    form("string join(list: list, delimiter?: string | null)", _string_join, running=True),
)
