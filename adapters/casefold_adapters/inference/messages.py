"""The two messages of gRPC inference as bytes: `ModelInferRequest` out, `ModelInferResponse` in.

Written by hand after `open_inference_grpc.proto` of the Open Inference Protocol 2 (kserve/open-inference-protocol,
commit d49cc23, Apache-2.0) and the wire format of Protocol Buffers 3. Generated classes would clash in one process with
those of any other client of the protocol: all of them call their messages ``inference.*``, and a process knows a name
once.
"""

import struct
from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import cast

from casefold.policy.answers import RESPONSE_BYTES_MAX, Reply, Said, datatype_or_none, said
from casefold.policy.scorefacts import Fault, Nonsense
from casefold.policy.scores import ScoreRequested
from casefold.policy.tensors import FORMATS, Datatype, Tensor, elements_in, is_shape, is_text

METHOD = "/inference.GRPCInferenceService/ModelInfer"

_VARINT, _EIGHT, _BYTES, _FOUR = 0, 1, 2, 5
"""Wire types."""

_CONTENTS = MappingProxyType({
    Datatype.BOOL: (1, _VARINT),
    Datatype.INT8: (2, _VARINT), Datatype.INT16: (2, _VARINT), Datatype.INT32: (2, _VARINT),
    Datatype.INT64: (3, _VARINT),
    Datatype.UINT8: (4, _VARINT), Datatype.UINT16: (4, _VARINT), Datatype.UINT32: (4, _VARINT),
    Datatype.UINT64: (5, _VARINT),
    Datatype.FP32: (6, _FOUR),
    Datatype.FP64: (7, _EIGHT),
    Datatype.BYTES: (8, _BYTES),
})  # fmt: skip
"""Which field of `InferTensorContents` holds which elements; FP16 travels as raw bytes alone."""


class _MalformedError(ValueError):
    """Bytes are no message."""


def infer_message(requested: ScoreRequested) -> bytes:
    """Write a request, its digest as its id; all tensors as raw bytes if one can be nothing else."""
    raw = any(each.datatype not in _CONTENTS for each in requested.inputs)
    parts = [_text(1, requested.model), _text(2, requested.version or ""), _text(3, requested.digest)]
    for each in requested.inputs:
        shape = b"".join(map(_varint, each.shape))
        contents = b"" if raw else _field(5, _contents(each))
        parts.append(_field(5, _text(1, each.name) + _text(2, each.datatype.value) + _field(3, shape) + contents))
    parts.append(_field(6, _text(1, requested.output)))
    if raw:
        parts.extend(_field(7, _raw(each)) for each in requested.inputs)
    return b"".join(parts)


def _varint(value: int) -> bytes:
    rest = value % 2**64
    written = bytearray()
    while rest > 0x7F:
        written.append(rest & 0x7F | 0x80)
        rest >>= 7
    written.append(rest)
    return bytes(written)


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | _BYTES) + _varint(len(content)) + content


def _text(number: int, text: str) -> bytes:
    return _field(number, text.encode()) if text else b""


def _contents(tensor: Tensor) -> bytes:
    number, wire = _CONTENTS[tensor.datatype]
    if wire == _BYTES:
        return b"".join(_field(number, each.encode()) for each in tensor.elements)
    if wire == _VARINT:
        packed = b"".join(_varint(int(_number(tensor.datatype, each))) for each in tensor.elements)
    else:
        packed = _raw(tensor)
    return _field(number, packed)


def _raw(tensor: Tensor) -> bytes:
    if tensor.datatype is Datatype.BYTES:
        texts = [each.encode() for each in tensor.elements]
        return b"".join(struct.pack("<I", len(each)) + each for each in texts)
    layout = "<" + FORMATS[tensor.datatype]
    return b"".join(struct.pack(layout, _number(tensor.datatype, each)) for each in tensor.elements)


def _number(datatype: Datatype, element: str) -> bool | int | float:
    if datatype is Datatype.BOOL:
        return element == "true"
    return float(element) if datatype.value.startswith("FP") else int(element)


def read_message(requested: ScoreRequested, message: bytes) -> Said:
    """Read an answer, whatever bytes it is."""
    if len(message) > RESPONSE_BYTES_MAX:
        return Said(Nonsense(Fault.TOO_LARGE))
    try:
        reply = _reply(requested.output, message)
    except (_MalformedError, UnicodeDecodeError, struct.error):
        return Said(Nonsense(Fault.NOT_A_MESSAGE))
    return Said(reply) if isinstance(reply, Nonsense) else said(requested, reply)


def _reply(output: str, message: bytes) -> Reply | Nonsense:
    told = {1: "", 2: "", 3: ""}
    outputs: list[bytes] = []
    raw: list[bytes] = []
    for number, value in _fields(message):
        match number, value:
            case 1 | 2 | 3, bytes():
                told[number] = value.decode()
            case 5, bytes():
                outputs.append(value)
            case 6, bytes():
                raw.append(value)
            case _:
                pass  # parameters, and what later versions add
    if raw and len(raw) != len(outputs):
        return Nonsense(Fault.NOT_A_MESSAGE)
    tensors: list[Tensor] = []
    for at, each in enumerate(outputs):
        tensor = _tensor(output, each, raw[at] if raw else None)
        if isinstance(tensor, Nonsense):
            return tensor
        if tensor is not None:
            tensors.append(tensor)
    return Reply(told[1], told[2], told[3], tuple(tensors))


def _tensor(wanted: str, message: bytes, raw: bytes | None) -> Tensor | Nonsense | None:
    """Read an output tensor; one of another name than is wanted is nothing to us."""
    name = kind = ""
    shape: list[int] = []
    contents: list[bytes] = []
    for number, value in _fields(message):
        match number, value:
            case 1, bytes():
                name = value.decode()
            case 2, bytes():
                kind = value.decode()
            case 3, int():
                shape.append(value)
            case 3, bytes():
                shape.extend(_varints(value))
            case 5, bytes():
                contents.append(value)
            case _:
                pass
    if name != wanted:
        return None
    datatype = datatype_or_none(kind)
    if datatype is None:
        return Nonsense(Fault.WRONG_DATATYPE)
    if not is_shape(shape):
        return Nonsense(Fault.WRONG_SHAPE)
    # Parts of a message that come apart are one message.
    found = list(_read_contents(datatype, b"".join(contents)) if raw is None else _read_raw(datatype, raw))
    if len(found) != elements_in(tuple(shape)):
        return Nonsense(Fault.WRONG_SHAPE, f"{len(found)} in {shape}")
    if not all(map(is_text, found)):
        return Nonsense(Fault.NOT_A_MESSAGE)
    return Tensor(name, datatype, tuple(shape), tuple(found))


def _read_contents(datatype: Datatype, contents: bytes) -> Iterator[str]:
    wanted, wire = _CONTENTS.get(datatype, (0, _BYTES))
    for number, value in _fields(contents):
        if number != wanted:
            continue
        match value:
            case int() if wire == _VARINT:
                yield _integer(datatype, value)
            case bytes() if wire == _VARINT:
                yield from (_integer(datatype, each) for each in _varints(value))
            case bytes() if wire == _BYTES:
                yield value.decode()
            case bytes():  # one number or many: they look the same
                yield from _read_raw(datatype, value)
            case _:
                pass


def _integer(datatype: Datatype, value: int) -> str:
    if datatype is Datatype.BOOL:
        return "true" if value else "false"
    bits = 64 if datatype in {Datatype.INT64, Datatype.UINT64} else 32
    value %= 1 << bits
    return str(value - (1 << bits) if datatype.value.startswith("INT") and value >> bits - 1 else value)


def _read_raw(datatype: Datatype, raw: bytes) -> Iterable[str]:
    if datatype is Datatype.BYTES:
        return list(_texts(raw))
    layout = "<" + FORMATS[datatype]
    values = cast("Iterator[tuple[bool | int | float]]", struct.iter_unpack(layout, raw))
    return [str(value).lower() if datatype is Datatype.BOOL else repr(value) for (value,) in values]


def _texts(raw: bytes) -> Iterator[str]:
    at = 0
    while at < len(raw):
        (length,) = struct.unpack_from("<I", raw, at)
        at += 4 + length
        if at > len(raw):
            raise _MalformedError
        yield raw[at - length : at].decode()


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Give the fields of a message: an integer for a varint, bytes for all else."""
    at = 0
    while at < len(message):
        tag, at = _read_varint(message, at)
        value: int | bytes
        match tag & 7:
            case 0:
                value, at = _read_varint(message, at)
            case 1:
                value, at = message[at : at + 8], at + 8
            case 2:
                length, at = _read_varint(message, at)
                value, at = message[at : at + length], at + length
            case 5:
                value, at = message[at : at + 4], at + 4
            case _:
                raise _MalformedError
        if at > len(message) or not tag >> 3:
            raise _MalformedError
        yield tag >> 3, value


def _varints(packed: bytes) -> Iterator[int]:
    at = 0
    while at < len(packed):
        value, at = _read_varint(packed, at)
        yield value


def _read_varint(message: bytes, at: int) -> tuple[int, int]:
    value = 0
    for position, byte in enumerate(message[at : at + 10]):
        value |= (byte & 0x7F) << 7 * position
        if byte < 0x80:
            return value % 2**64, at + position + 1
    raise _MalformedError
