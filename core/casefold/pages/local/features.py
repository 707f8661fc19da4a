"""What the local model sees of a page: hashed pieces of its wording.

Words are lower-cased, accents go, every digit is a nought and every other mark goes. Then a page shows

- each run of four letters within a word. A word stands between two runs of three blanks, so its beginnings and endings
  of one to three letters are runs as well, and a slip of the scanner spoils four runs of a word and no more;
- the runs of the words in its top once more, as others, for titles stand there.

Each counts once, however often it stands. The hash is Knuth's multiplicative one ("The Art of Computer Programming" 3,
6.4) over the four bytes of a run, so that a page has the same features on every machine.
"""

import struct
import unicodedata
from collections.abc import Collection, Sequence
from types import MappingProxyType

from attrs import frozen

from casefold.pages.text import BOX_SCALE, PageText

RUN = 4
"""Letters in a run; four bytes are one machine word, which is what makes this quick."""

TITLE_BAND = BOX_SCALE // 5
"""Words that begin above it are the page's top."""

WORD_LETTERS_MAX = 24
"""Of a longer word, the beginning counts: words run together by a bad scan say little."""

WORDS_MAX = 4_000
"""Different words beyond these are not looked at: no sheet of paper holds more."""

_MULTIPLIER = 2_654_435_769
"""The golden ratio of 2**32, which spreads neighbours furthest."""

_TITLE = 0x5A5A_5A5A
"""What tells a run of the top from the same run elsewhere."""

_PARTING = " /-"
_TABLE = MappingProxyType({
    code: (mark.lower() if mark.isalpha() else "0" if mark.isdigit() else " " if mark in _PARTING else None)
    for code, mark in enumerate(map(chr, range(128)))
})  # fmt: skip


@frozen
class Hashing:
    """How pieces of wording become numbers below 2 to the power *bits*; another *seed* gives others."""

    bits: int
    seed: int


def features(page: PageText, hashing: Hashing) -> frozenset[int]:
    """Give the hashes of a page's pieces of wording.

    >>> from casefold.pages.text import TextOrigin
    >>> page = PageText(1, ("Gross", "pay"), (0, 9, 9, 9, 0, 9, 9, 9), 612_000, 792_000, 0, TextOrigin.LAYER, 2, 0)
    >>> len(features(page, Hashing(14, 0)))
    28
    """
    words = spelled(page.words)
    title = [word for word, top in zip(page.words, page.boxes[1::4], strict=True) if top < TITLE_BAND]
    codes = _runs(words)
    codes.update([code ^ _TITLE for code in _runs(spelled(title))])
    return frozenset(_hashes(codes, hashing))


def _hashes(codes: Collection[int], hashing: Hashing) -> tuple[int, ...]:
    """Hash all *codes* at once, in lanes of 64 bits of one large whole number: a product of two of 32 bits fits."""
    lanes = struct.Struct(f"<{len(codes)}Q")
    ones = int.from_bytes(b"\1\0\0\0\0\0\0\0" * len(codes), "little")
    products = (int.from_bytes(lanes.pack(*codes), "little") ^ hashing.seed * ones) * _MULTIPLIER
    wanted = products >> 32 - hashing.bits & ((1 << hashing.bits) - 1) * ones
    return lanes.unpack(wanted.to_bytes(lanes.size, "little"))


def spelled(words: Sequence[str]) -> list[str]:
    """Spell words as the model reads them.

    >>> spelled(["Café", "W-2", "$1,508.00"])
    ['cafe', 'w', '0', '000000']
    """
    joined = " ".join(words)
    if not joined.isascii():
        joined = unicodedata.normalize("NFKD", joined).encode("ascii", "ignore").decode("ascii")
    return joined.translate(_TABLE).split()


def _runs(words: Sequence[str]) -> set[int]:
    """Give the runs of words as whole numbers, each once."""
    different: Collection[str] = set(words)
    if len(different) > WORDS_MAX:
        different = sorted(different)[:WORDS_MAX]
    text = "   ".join(["", *[word[:WORD_LETTERS_MAX] for word in different], ""]).encode("ascii")
    found: set[int] = set()
    for start in range(RUN):
        found.update(struct.unpack_from(f"<{(len(text) - start) // RUN}I", text, start))
    return found
