"""Sets of characters: ranges, Unicode categories and blocks, and what is made of them."""

import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from types import MappingProxyType
from typing import TypeAlias

CharSet: TypeAlias = Callable[[str], bool]
"""Says whether a character is in the set."""

CATEGORIES = frozenset({
    "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps", "Pe", "Pi",
    "Pf", "Po", "Z", "Zs", "Zl", "Zp", "S", "Sm", "Sc", "Sk", "So", "C", "Cc", "Cf", "Co", "Cn",
})  # fmt: skip

_BLOCKS = MappingProxyType(
    {
        "BasicLatin": (0x0000, 0x007F),
        "Latin-1Supplement": (0x0080, 0x00FF),
        "LatinExtended-A": (0x0100, 0x017F),
        "LatinExtended-B": (0x0180, 0x024F),
        "IPAExtensions": (0x0250, 0x02AF),
        "SpacingModifierLetters": (0x02B0, 0x02FF),
        "CombiningDiacriticalMarks": (0x0300, 0x036F),
        "Greek": (0x0370, 0x03FF),
        "GreekandCoptic": (0x0370, 0x03FF),
        "Cyrillic": (0x0400, 0x04FF),
        "CyrillicSupplement": (0x0500, 0x052F),
        "Armenian": (0x0530, 0x058F),
        "Hebrew": (0x0590, 0x05FF),
        "Arabic": (0x0600, 0x06FF),
        "Devanagari": (0x0900, 0x097F),
        "Bengali": (0x0980, 0x09FF),
        "Gurmukhi": (0x0A00, 0x0A7F),
        "Gujarati": (0x0A80, 0x0AFF),
        "Tamil": (0x0B80, 0x0BFF),
        "Telugu": (0x0C00, 0x0C7F),
        "Kannada": (0x0C80, 0x0CFF),
        "Malayalam": (0x0D00, 0x0D7F),
        "Thai": (0x0E00, 0x0E7F),
        "Georgian": (0x10A0, 0x10FF),
        "HangulJamo": (0x1100, 0x11FF),
        "LatinExtendedAdditional": (0x1E00, 0x1EFF),
        "GreekExtended": (0x1F00, 0x1FFF),
        "GeneralPunctuation": (0x2000, 0x206F),
        "SuperscriptsandSubscripts": (0x2070, 0x209F),
        "CurrencySymbols": (0x20A0, 0x20CF),
        "LetterlikeSymbols": (0x2100, 0x214F),
        "NumberForms": (0x2150, 0x218F),
        "Arrows": (0x2190, 0x21FF),
        "MathematicalOperators": (0x2200, 0x22FF),
        "MiscellaneousTechnical": (0x2300, 0x23FF),
        "BoxDrawing": (0x2500, 0x257F),
        "BlockElements": (0x2580, 0x259F),
        "GeometricShapes": (0x25A0, 0x25FF),
        "MiscellaneousSymbols": (0x2600, 0x26FF),
        "Dingbats": (0x2700, 0x27BF),
        "CJKSymbolsandPunctuation": (0x3000, 0x303F),
        "Hiragana": (0x3040, 0x309F),
        "Katakana": (0x30A0, 0x30FF),
        "Bopomofo": (0x3100, 0x312F),
        "CJKUnifiedIdeographs": (0x4E00, 0x9FFF),
        "HangulSyllables": (0xAC00, 0xD7A3),
        "PrivateUse": (0xE000, 0xF8FF),
        "CJKCompatibilityIdeographs": (0xF900, 0xFAFF),
        "AlphabeticPresentationForms": (0xFB00, 0xFB4F),
        "HalfwidthandFullwidthForms": (0xFF00, 0xFFEF),
    }
)
"""The blocks that rules on names, addresses and amounts may ask for (XML Schema Part 2, appendix F.1.1)."""

_NAME_STARTS = (
    (0x3A, 0x3A), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x2FF), (0x370, 0x37D),
    (0x37F, 0x1FFF), (0x200C, 0x200D), (0x2070, 0x218F), (0x2C00, 0x2FEF), (0x3001, 0xD7FF), (0xF900, 0xFDCF),
    (0xFDF0, 0xFFFD), (0x10000, 0xEFFFF),
)  # fmt: skip
_NAME_MORE = ((0x2D, 0x2E), (0x30, 0x39), (0xB7, 0xB7), (0x300, 0x36F), (0x203F, 0x2040))


def within(pairs: tuple[tuple[int, int], ...], *, fold: bool = False) -> CharSet:
    """Make the set of some ranges of code points; with *fold*, in either case."""
    ordered = sorted(pairs)
    starts = [start for start, _ in ordered]
    reach = [max(end for _, end in ordered[: number + 1]) for number in range(len(ordered))]

    def holds(mark: str) -> bool:
        code = ord(mark)
        index = bisect_right(starts, code) - 1
        return index >= 0 and code <= reach[index]

    if not fold:
        return holds
    return lambda mark: any(holds(variant) for variant in variants(mark))


def variants(mark: str) -> set[str]:
    """Give a character in all its cases.

    >>> sorted(variants("k"))
    ['K', 'k']
    """
    return {variant for variant in (mark, mark.lower(), mark.upper(), mark.casefold()) if len(variant) == 1}


def negated(chars: CharSet) -> CharSet:
    """Give all characters that are not in a set."""
    return lambda mark: not chars(mark)


def union(sets: tuple[CharSet, ...]) -> CharSet:
    """Give the characters in any of some sets."""
    if len(sets) == 1:
        return sets[0]
    return lambda mark: any(chars(mark) for chars in sets)


def minus(chars: CharSet, taken: CharSet) -> CharSet:
    """Give the characters of one set that are not in another."""
    return lambda mark: chars(mark) and not taken(mark)


def category(name: str) -> CharSet | None:
    """Give the characters of a Unicode category, or of a block by ``Is`` and its name, if there is one."""
    if name in CATEGORIES:
        return lambda mark: unicodedata.category(mark).startswith(name)
    block = _BLOCKS.get(name.removeprefix("Is")) if name.startswith("Is") else None
    return None if block is None else within((block,))


def _not_dot(mark: str) -> bool:
    return mark not in "\n\r"


def _is_space(mark: str) -> bool:
    return mark in " \t\n\r"


def _is_word(mark: str) -> bool:
    return unicodedata.category(mark)[0] not in "PZC"


def _is_digit(mark: str) -> bool:
    return unicodedata.category(mark) == "Nd"


def anything(mark: str) -> bool:  # noqa: ARG001
    """Every character there is."""
    return True


DOT: CharSet = _not_dot

ESCAPES = MappingProxyType({
    "s": _is_space,
    "d": _is_digit,
    "w": _is_word,
    "i": within(_NAME_STARTS),
    "c": within(_NAME_STARTS + _NAME_MORE),
})  # fmt: skip
"""Escapes for sets; a capital stands for all other characters."""
