"""What models take and give: elements of tensors, as exact text, in the types of the Open Inference Protocol.

A binary float is written as the shortest decimal that it alone is nearest to, so that an answer means the same whether
it came as JSON, as ``fp32_contents`` or as raw bytes. Nothing here computes with floats.
"""

import re
import struct
from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from math import inf, prod
from types import MappingProxyType

from attrs import frozen

from casefold.feel import numbers
from casefold.feel.values import Value


class Datatype(Enum):
    """The types of tensor elements (Open Inference Protocol 2, "Tensor Data Types")."""

    BOOL = "BOOL"
    UINT8 = "UINT8"
    UINT16 = "UINT16"
    UINT32 = "UINT32"
    UINT64 = "UINT64"
    INT8 = "INT8"
    INT16 = "INT16"
    INT32 = "INT32"
    INT64 = "INT64"
    FP16 = "FP16"
    FP32 = "FP32"
    FP64 = "FP64"
    BYTES = "BYTES"
    """Text. A number given as text keeps all its digits."""


@frozen
class Tensor:
    """A tensor as it was sent or came back.

    Attributes:
        elements: In row-major order; numbers as text, truth as ``true`` and ``false``.
    """

    name: str
    datatype: Datatype
    shape: tuple[int, ...]
    elements: tuple[str, ...]


FORMATS = MappingProxyType({
    Datatype.BOOL: "?", Datatype.UINT8: "B", Datatype.UINT16: "H", Datatype.UINT32: "I", Datatype.UINT64: "Q",
    Datatype.INT8: "b", Datatype.INT16: "h", Datatype.INT32: "i", Datatype.INT64: "q",
    Datatype.FP16: "e", Datatype.FP32: "f", Datatype.FP64: "d",
})  # fmt: skip
"""How `struct` calls the types of one size."""

_FLOATS = MappingProxyType({
    Datatype.FP16: (65520.0, range(1, 6)),
    Datatype.FP32: (3.4028235677973366e38, range(1, 10)),
    Datatype.FP64: (inf, range(0)),
})  # fmt: skip
"""From where on each type is infinite, and how many digits tell its numbers apart (IEEE 754-2008, 4.3.1 and 5.12.2)."""


_SURROGATE = re.compile("[\ud800-\udfff]")


def is_text(text: str) -> bool:
    """Say whether a string can be written: JSON escapes may leave halves of letters in one."""
    return _SURROGATE.search(text) is None


def is_shape(shape: Sequence[int]) -> bool:
    """Say whether an answer may have a shape: more dimensions, or larger ones, are nonsense that costs time."""
    return len(shape) <= _DIMENSIONS_MAX and all(0 <= size <= _SIZE_MAX for size in shape)


_DIMENSIONS_MAX = 16
_SIZE_MAX = 10**9


def elements_in(shape: tuple[int, ...]) -> int:
    """Count the elements of a tensor."""
    return prod(shape)


def number_of(datatype: Datatype, element: str) -> Decimal | None:
    """Give the number that an element is, exactly as its type holds it; what is none has none.

    >>> number_of(Datatype.FP32, "0.7312345504760742"), number_of(Datatype.FP64, "0.7312345504760742")
    (Decimal('0.73123455'), Decimal('0.7312345504760742'))
    >>> number_of(Datatype.FP32, "NaN"), number_of(Datatype.UINT8, "256"), number_of(Datatype.BOOL, "true")
    (None, None, None)
    """
    found = numbers.number(element)
    if found is None or datatype is Datatype.BOOL:
        return None
    if datatype is Datatype.BYTES:
        return found
    if datatype in _FLOATS:
        return _float(datatype, float(found))
    whole = numbers.whole(found)
    return None if whole is None or not _fits(datatype, whole) else Decimal(whole)


def _float(datatype: Datatype, value: float) -> Decimal | None:
    infinite, digits = _FLOATS[datatype]
    if not abs(value) < infinite:
        return None
    layout = "<" + FORMATS[datatype]
    packed: bytes = struct.pack(layout, value)
    held: float = struct.unpack(layout, packed)[0]
    for count in digits:
        text = f"{held:.{count}g}"
        near = float(text)
        if abs(near) < infinite and struct.pack(layout, near) == packed:
            return Decimal(text)
    return Decimal(repr(held).removesuffix(".0"))


def _fits(datatype: Datatype, value: int) -> bool:
    bits = 8 * struct.calcsize("<" + FORMATS[datatype])
    least = -(1 << bits - 1) if datatype.value.startswith("INT") else 0
    return least <= value < least + (1 << bits)


def element_of(datatype: Datatype, value: Value) -> str | None:
    """Write a fact as an element; one that the type cannot hold has none.

    >>> element_of(Datatype.FP32, Decimal("0.10")), element_of(Datatype.INT64, Decimal("12.00"))
    ('0.1', '12')
    >>> element_of(Datatype.INT64, Decimal("12.5")), element_of(Datatype.FP64, "12"), element_of(Datatype.BYTES, "12")
    (None, None, '12')
    """
    match value:
        case bool():
            return str(value).lower() if datatype is Datatype.BOOL else None
        case str():
            return value if datatype is Datatype.BYTES and is_text(value) else None
        case Decimal() if datatype is not Datatype.BYTES:
            number = number_of(datatype, str(value))
            return None if number is None else numbers.text(number)
        case _:
            return None
