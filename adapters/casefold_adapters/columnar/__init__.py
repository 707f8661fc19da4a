"""Decision tables over columns of many rows, by numpy: the twin of `casefold.policy.tables`, exact where that is."""

from casefold_adapters.columnar.columns import Column, Dates, Durations, Flags, Floats, Numbers, Strings
from casefold_adapters.columnar.twin import (
    NONE,
    PROBLEM,
    ManyRules,
    Matched,
    NotColumnar,
    NotFixed,
    Twin,
    WrongColumns,
    twin_of,
)

__all__ = [
    "NONE",
    "PROBLEM",
    "Column",
    "Dates",
    "Durations",
    "Flags",
    "Floats",
    "ManyRules",
    "Matched",
    "NotColumnar",
    "NotFixed",
    "Numbers",
    "Strings",
    "Twin",
    "WrongColumns",
    "twin_of",
]
