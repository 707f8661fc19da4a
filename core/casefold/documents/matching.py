"""Match true documents with found ones, so that as many pages as can be already lie where they belong."""

from collections.abc import Mapping, Sequence


def most_kept(overlaps: Mapping[tuple[str, str], int]) -> int:
    """Give the most pages that a one-to-one matching keeps, of pages that a true and a found document share.

    Exact (Kuhn, "The Hungarian method for the assignment problem", 1955), part by part: documents that share no page,
    not even by way of others, do not compete.

    >>> most_kept({("a", "1"): 3, ("a", "2"): 2, ("b", "1"): 2})
    4
    """
    return sum(_assigned(part) for part in _parts(overlaps))


def _parts(overlaps: Mapping[tuple[str, str], int]) -> list[dict[tuple[str, str], int]]:
    roots: dict[tuple[str, str], tuple[str, str]] = {}
    for true, found in overlaps:
        one, other = _root(roots, ("true", true)), _root(roots, ("found", found))
        roots[one] = other
    parts: dict[tuple[str, str], dict[tuple[str, str], int]] = {}
    for pair, count in overlaps.items():
        parts.setdefault(_root(roots, ("true", pair[0])), {})[pair] = count
    return list(parts.values())


def _root(roots: dict[tuple[str, str], tuple[str, str]], node: tuple[str, str]) -> tuple[str, str]:
    while roots.setdefault(node, node) != node:
        roots[node] = roots[roots[node]]
        node = roots[node]
    return node


def _assigned(overlaps: Mapping[tuple[str, str], int]) -> int:
    rows, columns = sorted({true for true, _ in overlaps}), sorted({found for _, found in overlaps})
    if len(rows) == 1 or len(columns) == 1:
        return max(overlaps.values())
    if len(rows) > len(columns):
        overlaps = {(found, true): count for (true, found), count in overlaps.items()}
        rows, columns = columns, rows
    worths = [[overlaps.get((row, column), 0) for column in columns] for row in rows]
    return sum(worths[row][column] for column, row in _hungarian(worths).items())


def _hungarian(worths: Sequence[Sequence[int]]) -> dict[int, int]:
    """Assign each row a column of its own, worth the most together; give the row of each column that has one.

    Shortest augmenting paths with potentials, O(rows * rows * columns); there are at least as many columns as rows.
    """
    count, width = len(worths), len(worths[0])
    row_prices, column_prices = [0] * (count + 1), [0] * (width + 1)
    owner = [0] * (width + 1)
    for row in range(1, count + 1):
        owner[0] = row
        least: list[int | None] = [None] * (width + 1)
        came = [0] * (width + 1)
        used = [False] * (width + 1)
        column = 0
        while owner[column]:
            used[column] = True
            here, step, following = owner[column], None, 0
            for other in range(1, width + 1):
                if used[other]:
                    continue
                cost = -worths[here - 1][other - 1] - row_prices[here] - column_prices[other]
                known = least[other]
                if known is None or cost < known:
                    least[other] = known = cost
                    came[other] = column
                if step is None or known < step:
                    step, following = known, other
            assert step is not None, "there are columns enough"
            for other in range(width + 1):
                known = least[other]
                if used[other]:
                    row_prices[owner[other]] += step
                    column_prices[other] -= step
                elif known is not None:
                    least[other] = known - step
            column = following
        while column:
            owner[column] = owner[came[column]]
            column = came[column]
    return {column - 1: owner[column] - 1 for column in range(1, width + 1) if owner[column]}
