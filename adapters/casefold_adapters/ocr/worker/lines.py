"""Put words in the order in which a reader takes them: line by line from the top, each from the left."""

from typing import TypeVar

Word = TypeVar("Word")

OVERLAP_MIN = 0.5
"""Words that share this much of the smaller one's height stand in one line."""


def in_lines(words: list[tuple[tuple[float, float, float, float], Word]]) -> list[Word]:
    """Order *words*, each after its box (left, top, right, bottom), by lines.

    >>> in_lines([((50, 1, 90, 11), "world"), ((0, 0, 40, 10), "hello"), ((0, 20, 40, 30), "below")])
    ['hello', 'world', 'below']
    """
    rows: list[list[tuple[tuple[float, float, float, float], int]]] = []
    order = sorted(range(len(words)), key=lambda at: (words[at][0][1] + words[at][0][3], words[at][0][0], at))
    for at in order:
        box = words[at][0]
        row = next((row for row in reversed(rows[-8:]) if _beside(row[-1][0], box)), None)
        if row is None:
            rows.append([(box, at)])
        else:
            row.append((box, at))
    return [words[at][1] for row in rows for _, at in sorted(row, key=lambda pair: (pair[0][0], pair[1]))]


def _beside(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return shared > 0 and shared >= OVERLAP_MIN * min(one[3] - one[1], other[3] - other[1])
