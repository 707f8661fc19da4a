"""How a report says things."""

import re
from collections.abc import Iterable
from urllib.parse import quote

from casefold.kernel.odds import PPM

TEXT_MAX = 400
"""File names and fault reports come from anywhere; beyond this they say nothing more."""

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
"""Controls, marks that turn the direction of the text after them, and halves of characters."""

SURENESS = (
    (PPM, "certain", "a person said so"),
    (999_000, "very sure", "1,000 to 1 or better"),
    (990_000, "sure", "100 to 1 or better"),
    (909_000, "fairly sure", "10 to 1 or better"),
    (0, "unsure", "less than 10 to 1"),
)
"""The least confidence of each word, and the odds it stands for."""


def shown(text: str) -> str:
    r"""Make *text* that nobody vouches for fit to be shown; escaping is the template's part.

    >>> shown("invoice\u202efdp.exe\n")
    'invoice\ufffdfdp.exe\ufffd'
    """
    clean = _UNSAFE.sub("\ufffd", text[: TEXT_MAX + 1])
    return clean if len(clean) <= TEXT_MAX else clean[:TEXT_MAX] + "…"


def sentence(text: str) -> str:
    """Begin *text* with a capital and end it with a full stop.

    >>> sentence("it has no words to judge by")
    'It has no words to judge by.'
    """
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "…")) else ".")


def counted(number: int, noun: str, nouns: str | None = None) -> str:
    """Say how many.

    >>> counted(1, "page"), counted(1_200, "page"), counted(0, "copy", "copies")
    ('1 page', '1,200 pages', '0 copies')
    """
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def runs(pages: Iterable[int]) -> list[tuple[int, int]]:
    """Give the first and last of each run of *pages* that follow one another.

    >>> runs([1, 2, 3, 7, 9, 10])
    [(1, 3), (7, 7), (9, 10)]
    """
    found: list[tuple[int, int]] = []
    for page in pages:
        if found and found[-1][1] == page - 1:
            found[-1] = (found[-1][0], page)
        else:
            found.append((page, page))
    return found


def run_words(first: int, last: int) -> str:
    """Write a run of pages.

    >>> run_words(3, 3), run_words(12, 15)
    ('3', '12–15')
    """
    return str(first) if first == last else f"{first}–{last}"


def page_words(first: int, last: int) -> str:
    """Name a run of pages.

    >>> page_words(3, 3), page_words(12, 15)
    ('Page 3', 'Pages 12–15')
    """
    return f"{'Page' if first == last else 'Pages'} {run_words(first, last)}"


def pages_words(pages: Iterable[int]) -> str:
    """Write page numbers in runs.

    >>> pages_words([1, 2, 3, 7])
    '1–3, 7'
    """
    return ", ".join(run_words(*run) for run in runs(pages))


def sure_words(ppm: int) -> str:
    """Say a confidence in words; `SURENESS` is the legend.

    >>> sure_words(999_999), sure_words(990_099), sure_words(500_000)
    ('very sure', 'sure', 'unsure')
    """
    return next(word for least, word, _ in SURENESS if ppm >= least)


def hundredths(part: int) -> str:
    """Write ten-thousandths of a page as a percentage for a style sheet.

    >>> hundredths(1_234), hundredths(500), hundredths(10_000), hundredths(-1)
    ('12.34', '5', '100', '-0.01')
    """
    return f"{part / 100:.2f}".rstrip("0").rstrip(".")


def relative(file: str) -> str:
    """Write a path inside the case's folder as an address relative to the report; it can lead nowhere else.

    >>> relative("documents/01-w2.pdf"), relative("//host/javascript:x")
    ('documents/01-w2.pdf', 'host/javascript%3Ax')
    """
    return quote(file.lstrip("/"), errors="replace")
