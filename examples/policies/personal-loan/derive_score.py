"""Derive the example scorecard from the German credit data: weight of evidence, logistic regression, points.

    python examples/policies/personal-loan/derive_score.py german.data

prints `score.csv`. The data are 1,000 loans of a German bank, 1973 to 1975 (H. Hofmann, Statlog German Credit Data,
UCI Machine Learning Repository, https://doi.org/10.24432/C5NC77, CC BY 4.0); a lender uses its own. Sex, marital
status, age and nationality are in them and not in the card. The method is that of N. Siddiqi, Credit Risk Scorecards
(Wiley 2006), chapters 6 and 7: points = weight of evidence x coefficient x PDO / ln 2.
"""

import sys
from collections.abc import Mapping, Sequence
from math import exp, log
from pathlib import Path

POINTS_TO_DOUBLE = 20
"""Points that double the odds of a good loan."""

ANCHOR = 600, 10
"""The score at which ten loans are good for each that is bad."""

CUTOFF = 560, 580
"""Applicants at the cutoff or slightly above it, for the averages by which reasons may be ranked."""

Groups = Sequence[tuple[str, str, Sequence[str]]]

CARD: Mapping[str, tuple[str, str, int, str, Groups]] = {
    "Checking account": ("checking account", "string", 0, "L01", (
        ('"overdrawn"', "", ["A11"]), ('"low"', "", ["A12"]), ('"high"', "", ["A13"]), ('"none"', "", ["A14"]),
    )),
    "Savings": ("savings", "string", 5, "L02", (
        ('"low"', "", ["A61"]), ('"medium"', "", ["A62"]), ('"high"', "", ["A63", "A64"]), ('"none"', "", ["A65"]),
    )),
    "Years employed": ("years employed", "number", 6, "C07", (
        ("< 1", "", ["A71", "A72"]), ("[1..4)", "", ["A73"]), (">= 4", "", ["A74", "A75"]),
    )),
    "Other plans": ("other instalment plans", "boolean", 13, "L03", (
        ("true", "", ["A141", "A142"]), ("false", "", ["A143"]),
    )),
    "Housing": ("housing", "string", 14, "L04", (
        ('"rent", "free"', "", ["A151", "A153"]), ('"own"', "", ["A152"]),
    )),
    "Term": ("term in months", "number", 1, "L05", (
        ("< 12", "< 12", []), ("[12..36)", "[12..36)", []), (">= 36", ">= 36", []),
    )),
    "Amount": ("amount", "number", 4, "L06", (
        ("< 4000", "< 4000", []), ("[4000..8000)", "[4000..8000)", []), (">= 8000", ">= 8000", []),
    )),
}  # fmt: skip
"""Each characteristic: what it is called here, its column in the data, its reason, and its bins with their codes."""

MISSING = {"Years employed": "C06", "Savings": "L02"}
"""Characteristics that may be missing: the worst bin's points, and this reason."""


def within(tests: str, text: str) -> bool:
    """Whether a number meets one of the tests that are used above."""
    value = float(text)
    if tests.startswith("["):
        low, high = tests[1:-1].split("..")
        return float(low) <= value < float(high)
    sign, bound = tests.split()
    return value < float(bound) if sign == "<" else value >= float(bound)


def bin_of(groups: Groups, text: str) -> int:
    """Give the number of the bin that a value of the data falls into."""
    return next(at for at, (_, tests, codes) in enumerate(groups) if text in codes or (tests and within(tests, text)))


def solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solve linear equations by elimination."""
    size = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for at in range(size):
        pivot = max(range(at, size), key=lambda row: abs(rows[row][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        for row in range(size):
            if row != at:
                factor = rows[row][at] / rows[at][at]
                rows[row] = [one - factor * other for one, other in zip(rows[row], rows[at], strict=True)]
    return [rows[at][size] / rows[at][at] for at in range(size)]


def regressed(inputs: list[list[float]], good: list[bool]) -> list[float]:
    """Fit a logistic regression by Newton's method."""
    size = len(inputs[0])
    weights = [0.0] * size
    for _ in range(25):
        gradient, hessian = [0.0] * size, [[0.0] * size for _ in range(size)]
        for row, is_good in zip(inputs, good, strict=True):
            chance = 1 / (1 + exp(-sum(weight * value for weight, value in zip(weights, row, strict=True))))
            for one in range(size):
                gradient[one] += row[one] * (is_good - chance)
                for two in range(size):
                    hessian[one][two] += row[one] * row[two] * chance * (1 - chance)
        weights = [weight + step for weight, step in zip(weights, solved(hessian, gradient), strict=True)]
    return weights


def evidence(bins: list[int], good: list[bool]) -> list[float]:
    """Give the weight of evidence of each bin: the log of its share of good loans over its share of bad ones."""
    goods, bads = sum(good), len(good) - sum(good)
    shares = [
        (
            sum(is_good for each, is_good in zip(bins, good, strict=True) if each == at) / goods,
            sum(not is_good for each, is_good in zip(bins, good, strict=True) if each == at) / bads,
        )
        for at in range(max(bins) + 1)
    ]
    return [log(share_good / share_bad) for share_good, share_bad in shares]


def card_rows(data: str) -> list[list[str]]:
    """Give the rows of the scorecard's sheet."""
    loans = [line.split() for line in data.splitlines() if line.strip()]
    good = [loan[20] == "1" for loan in loans]
    bins = {name: [bin_of(groups, loan[column]) for loan in loans] for name, (_, _, column, _, groups) in CARD.items()}
    weights = {name: evidence(found, good) for name, found in bins.items()}
    inputs = [[1.0, *(weights[name][bins[name][at]] for name in CARD)] for at in range(len(loans))]
    intercept, *coefficients = regressed(inputs, good)
    factor = POINTS_TO_DOUBLE / log(2)
    raw = {
        name: [factor * coefficient * weight for weight in weights[name]]
        for name, coefficient in zip(CARD, coefficients, strict=True)
    }
    points = {name: [round(each - min(found)) for each in found] for name, found in raw.items()}
    base = round(ANCHOR[0] - factor * log(ANCHOR[1]) + factor * intercept + sum(min(found) for found in raw.values()))
    scores = [base + sum(points[name][bins[name][at]] for name in CARD) for at in range(len(loans))]
    near = [at for at, score in enumerate(scores) if CUTOFF[0] <= score <= CUTOFF[1]]
    rows = [
        ["SCORECARD"],
        ["characteristic", "expression", "type", "bin", "points", "reason", "average", "average at cutoff"],
        ["base", "", "", "", str(base)],
    ]
    for name, (expression, kind, _, reason, groups) in CARD.items():
        average = sum(points[name][each] for each in bins[name]) / len(loans)
        at_cutoff = sum(points[name][bins[name][at]] for at in near) / len(near)
        head = [name, expression, kind]
        tail = [f"{average:.1f}", f"{at_cutoff:.1f}"]
        if name in MISSING:
            rows.append([*head, "null", str(min(points[name])), MISSING[name], *tail])
            head, tail = ["", "", ""], ["", ""]
        for (tests, _, _), value in zip(groups, points[name], strict=True):
            rows.append([*head, tests, str(value), reason if value < max(points[name]) else "", *tail])
            head, tail = ["", "", ""], ["", ""]
    return rows


def main() -> None:
    """Print the sheet."""
    if len(sys.argv) != 2:
        sys.exit("usage: derive_score.py german.data; the data: https://doi.org/10.24432/C5NC77")
    import csv

    csv.writer(sys.stdout, lineterminator="\n").writerows(card_rows(Path(sys.argv[1]).read_text("utf-8")))


if __name__ == "__main__":
    main()
