"""Pair rows with columns so that the pairs are worth the most together, leaving out what is worth nothing.

The Hungarian method (Kuhn, "The Hungarian method for the assignment problem", Naval Research Logistics Quarterly 2,
1955; with potentials, as Jonker and Volgenant, 1987): O(rows squared times columns), in whole numbers.
"""

from collections.abc import Mapping, MutableSequence

from attrs import frozen

_FAR = 1 << 60


def assign(worths: Mapping[tuple[int, int], int]) -> dict[int, int]:
    """Give the column of each row that is paired; *worths* names the pairs that may be, by (row, column).

    Pairs worth nothing or less are never made. Of pairings worth the same, which is given depends on *worths* alone,
    not on the order of its items.

    >>> assign({(0, 0): 9, (0, 1): 8, (1, 0): 7})
    {0: 1, 1: 0}
    """
    useful = {pair: worth for pair, worth in sorted(worths.items()) if worth > 0}
    rows, columns = sorted({row for row, _ in useful}), sorted({column for _, column in useful})
    # Every row may stay alone: it has a column of its own, worth nothing.
    costs = [
        [-useful.get((row, column), 0) for column in columns] + [0 if mine == row else _FAR for mine in rows]
        for row in rows
    ]
    search = _Search([0] * (len(rows) + 1), [0] * (len(columns) + len(rows) + 1), [0] * (len(columns) + len(rows) + 1))
    for number in range(1, len(rows) + 1):
        search.place(number, costs)
    found = {rows[row - 1]: columns[at - 1] for at, row in enumerate(search.owner) if row and 0 < at <= len(columns)}
    return {row: column for row, column in sorted(found.items()) if (row, column) in useful}


@frozen
class _Search:
    """Potentials of rows and columns, and the row that owns each column (from 1; 0 is none)."""

    of_rows: MutableSequence[int]
    of_columns: MutableSequence[int]
    owner: MutableSequence[int]

    def place(self, row: int, costs: list[list[int]]) -> None:
        """Find row number *row* (from 1) a column, moving others where that costs least."""
        self.owner[0] = row
        at, size = 0, len(self.owner)
        least, came_from, done = [_FAR * 2] * size, [0] * size, [False] * size
        while self.owner[at]:
            done[at] = True
            mine, nearest, following = self.owner[at], _FAR * 2, 0
            for column in range(1, size):
                if done[column]:
                    continue
                over = costs[mine - 1][column - 1] - self.of_rows[mine] - self.of_columns[column]
                if over < least[column]:
                    least[column], came_from[column] = over, at
                if least[column] < nearest:
                    nearest, following = least[column], column
            for column in range(size):
                if done[column]:
                    self.of_rows[self.owner[column]] += nearest
                    self.of_columns[column] -= nearest
                else:
                    least[column] -= nearest
            at = following
        while at:
            self.owner[at], at = self.owner[came_from[at]], came_from[at]
