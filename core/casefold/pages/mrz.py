"""Machine-readable zones on a page (ICAO Doc 9303): lines that recognition cut up, filled wrongly or misread put right.

Only what was recognised in a picture is mended, and only where there is one way to do so: a place that holds a digit
takes the digit that a letter is mistaken for, and a number takes the one exchange of look-alikes that its check digit
agrees with. What was mended is said, so that it may be believed less.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from types import MappingProxyType

from attrs import frozen

from casefold.pages.text import PageText, TextOrigin, upright

FILLED_MAX = 8
"""By so many fillers a line may be too long or too short: recognition miscounts them."""

CHARACTERS_MIN = 24
"""A shorter line is none of a zone."""

_WEIGHTS = (7, 3, 1)
_VALUES = MappingProxyType(
    {"<": 0, **{mark: value for value, mark in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}}
)
_FILLERS = MappingProxyType({ord("«"): "<<", ord("‹"): "<", ord("("): "<", ord("{"): "<", ord(" "): None})
_DIGITS = str.maketrans("OQDILZSGBT", "0001125687")
_LETTERS = str.maketrans("01258", "OIZSB")
_ALIKE = MappingProxyType({
    "0": "O", "1": "I", "2": "Z", "5": "S", "6": "G", "8": "B",
    "O": "0", "I": "1", "Z": "2", "S": "5", "G": "6", "B": "8",
})  # fmt: skip
_ALLOWED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<")


@frozen
class Format:
    """A kind of zone: how many lines of what length, and with which letters the first begins."""

    name: str
    lines: int
    length: int
    begins: str


FORMATS = (
    Format("TD3", 2, 44, "P"),
    Format("MRV-A", 2, 44, "V"),
    Format("TD2", 2, 36, "ACI"),
    Format("MRV-B", 2, 36, "V"),
    Format("TD1", 3, 30, "ACI"),
)

_CHECKED = MappingProxyType(
    {
        2: (("number", 1, 0, 9), ("birth", 1, 13, 19), ("expiry", 1, 21, 27)),
        3: (("number", 0, 5, 14), ("birth", 1, 0, 6), ("expiry", 1, 8, 14)),
    }
)
"""By the number of lines: what has a check digit, on which line, from where to where; the digit follows."""

_LETTERED = MappingProxyType({2: ((1, 10, 13), (1, 20, 21)), 3: ((1, 7, 8), (1, 15, 18))})
"""By the number of lines: nationality and sex, which are letters."""


@frozen
class Zone:
    """A zone.

    Attributes:
        format: Its kind.
        lines: Its lines, each of the length that it has in that format.
        words: The numbers of the words that show it.
        proved: Which of ``number``, ``birth`` and ``expiry`` agree with their check digits.
        mended: Which of them were put right.
    """

    format: str
    lines: tuple[str, ...]
    words: tuple[int, ...]
    proved: frozenset[str]
    mended: frozenset[str]

    @property
    def sure(self) -> bool:
        """Whether number, birth and expiry agree with their check digits, the number as it was read.

        A letter in a day must be a digit; that a look-alike in a number was one, its check digit alone says.
        """
        return len(self.proved) == 3 and "number" not in self.mended


def check_digit(field: str) -> int:
    """Work out the check digit of a machine-readable field (ICAO Doc 9303-3, section 4.9).

    >>> check_digit("520727")
    3
    """
    return sum(_VALUES.get(mark, 0) * _WEIGHTS[at % 3] for at, mark in enumerate(field)) % 10


def agrees(field: str, digit: str) -> bool:
    """Whether *digit* is the check digit of *field*."""
    return digit.isdecimal() and digit.isascii() and check_digit(field) == int(digit)


def zones(page: PageText) -> tuple[Zone, ...]:
    """Find the zones of a page: lines under one another of a format's number, lengths and beginning."""
    if sum(word.count("<") for word in page.words) < 3:
        return ()
    scanned = page.origin is TextOrigin.OCR
    lines = list(_lines(upright(page)))
    found: list[tuple[int, int, Zone]] = []
    for at in range(len(lines)):
        for form in FORMATS:
            texts = [_fitted(text, form.length, scanned=scanned) for text, _ in lines[at : at + form.lines]]
            whole = [text for text in texts if text is not None]
            if len(whole) == form.lines and whole[0][0] in form.begins and "<<" in whole[0] + whole[-1]:
                words = tuple(word for _, some in lines[at : at + form.lines] for word in some)
                changed = sum(abs(len(text) - form.length) for text, _ in lines[at : at + form.lines])
                zone = _read(form, whole, words, scanned=scanned)
                found.append((-len(zone.proved), changed, zone))
    kept: list[Zone] = []
    for _, _, zone in sorted(found, key=lambda each: each[:2]):
        if not any(set(zone.words) & set(other.words) for other in kept):
            kept.append(zone)
    return tuple(kept)


def _lines(page: PageText) -> Iterator[tuple[str, list[int]]]:
    """Give the lines that only hold what a zone may hold; blanks between their words are lost."""
    tops, bottoms = page.boxes[1::4], page.boxes[3::4]
    order = sorted(range(len(page.words)), key=lambda word: (tops[word] + bottoms[word], word))
    line: list[int] = []
    for word in [*order, None]:
        if word is not None and line and tops[line[0]] <= (tops[word] + bottoms[word]) // 2 <= bottoms[line[0]]:
            line.append(word)
            continue
        if line:
            placed = sorted(line, key=lambda each: page.boxes[4 * each])
            text = "".join(page.words[each] for each in placed).translate(_FILLERS).upper()
            if len(text) >= CHARACTERS_MIN and "<" in text and _ALLOWED.issuperset(text):
                yield text, placed
        line = [word] if word is not None else []


def _fitted(text: str, length: int, *, scanned: bool) -> str | None:
    """Give a line its length by the longest run of fillers in it; nothing if it lacks more than those."""
    if len(text) == length:
        return text
    runs = _runs(text)
    if not scanned or not runs or abs(len(text) - length) > FILLED_MAX:
        return None
    first, last = max(runs, key=lambda run: (run[1] - run[0], run[0]))
    kept = last - first + length - len(text)
    return text[:first] + "<" * kept + text[last:] if last - first > 1 and kept > 0 else None


def _runs(text: str) -> list[tuple[int, int]]:
    """Give where runs of fillers begin and end."""
    edges = [at for at, (one, two) in enumerate(pairwise(f" {text} ")) if (one == "<") != (two == "<")]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _read(form: Format, lines: Sequence[str], words: tuple[int, ...], *, scanned: bool) -> Zone:
    held = list(lines)
    proved: set[str] = set()
    mended: set[str] = set()
    if scanned:
        for row, first, last in _LETTERED[form.lines]:
            held[row] = held[row][:first] + held[row][first:last].translate(_LETTERS) + held[row][last:]
    for name, row, first, last in _CHECKED[form.lines]:
        text = held[row]
        field, digit = text[first:last], text[last]
        right = (field, digit) if agrees(field, digit) else _mended(name, field, digit) if scanned else None
        if right is not None:
            proved.add(name)
            if right != (field, digit):
                mended.add(name)
                held[row] = text[:first] + right[0] + right[1] + text[last + 1 :]
    return Zone(form.name, tuple(held), words, frozenset(proved), frozenset(mended))


def _mended(name: str, field: str, digit: str) -> tuple[str, str] | None:
    """Put a field and its check digit right if there is one way to do so."""
    digit = digit.translate(_DIGITS)
    if name != "number":
        plain = field.translate(_DIGITS)
        return (plain, digit) if agrees(plain, digit) else None
    if agrees(field, digit):
        return field, digit
    ways = [
        field[:at] + _ALIKE[mark] + field[at + 1 :]
        for at, mark in enumerate(field)
        if mark in _ALIKE and agrees(field[:at] + _ALIKE[mark] + field[at + 1 :], digit)
    ]
    return (ways[0], digit) if len(ways) == 1 else None
