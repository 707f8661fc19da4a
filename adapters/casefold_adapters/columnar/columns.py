"""Inputs of many decisions at once: an array for each, in the units in which they are exact."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

Mask: TypeAlias = NDArray[np.bool_]
"""Where there is a value; ``None`` instead of one means everywhere. What is not there is null."""


@frozen(eq=False)
class Numbers:
    """Exact numbers: whole *units* of which *scale* digits stand behind the point, such as cents with 2."""

    units: NDArray[np.int64]
    scale: int = 0
    valid: Mask | None = None


@frozen(eq=False)
class Floats:
    """Binary numbers, each taken for the number that it is exactly: 0.1 is a little more than a tenth.

    What is no finite number is no number of FEEL either: of its row nothing is said.
    """

    values: NDArray[np.float64]
    valid: Mask | None = None


@frozen(eq=False)
class Strings:
    """Strings by the number of their category, from 0; a negative number is null."""

    codes: NDArray[np.integer]
    categories: Sequence[str]
    valid: Mask | None = None


@frozen(eq=False)
class Dates:
    """Days; ``NaT`` is null."""

    days: NDArray[np.datetime64]
    valid: Mask | None = None


@frozen(eq=False)
class Flags:
    """Booleans."""

    values: NDArray[np.bool_]
    valid: Mask | None = None


@frozen(eq=False)
class Durations:
    """Durations: whole months where the table asks for years and months, else nanoseconds."""

    counts: NDArray[np.int64]
    valid: Mask | None = None


Column: TypeAlias = Numbers | Floats | Strings | Dates | Flags | Durations


def array_of(column: Column) -> NDArray[np.generic]:
    """Give what a column holds, as it holds it."""
    match column:
        case Numbers(units, _, _):
            return units
        case Floats(values, _):
            return values
        case Strings(codes, _, _):
            return codes
        case Dates(days, _):
            return days
        case Flags(values, _):
            return values
        case Durations(counts, _):
            return counts
