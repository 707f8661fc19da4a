"""What is written to a model server and read back: the Open Inference Protocol 2 as JSON, and plain JSON.

Whatever bytes come back are an answer or a `Nonsense`. Numbers are kept as the text that the server wrote.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from attrs import frozen

from casefold.policy.scorefacts import Answered, Fault, Nonsense
from casefold.policy.scores import ScoreModel, ScoreRequested
from casefold.policy.tensors import Datatype, Tensor, elements_in, is_shape, is_text

RESPONSE_BYTES_MAX = 2**16
"""The longest answer that is read: a score takes some hundreds of bytes."""


@frozen
class Said:
    """What an answer says: a tensor or nonsense, and which version it is from if it tells."""

    outcome: Answered | Nonsense
    version: str | None = None


@frozen
class Reply:
    """An answer by the Open Inference Protocol, however it came.

    Attributes:
        model: The model that answered; empty where it is not told.
        version: Its version; empty where it is not told.
        id: The request that it answers; empty where it is not told.
        outputs: The outputs of the name that was asked for: one, where all is well.
    """

    model: str
    version: str
    id: str
    outputs: tuple[Tensor, ...]


@frozen
class _Number:
    """A number as it was written."""

    text: str


def infer_body(requested: ScoreRequested) -> bytes:
    """Write a request as the protocol's JSON, its digest as its id.

    >>> row = Tensor("x", Datatype.FP64, (1, 2), ("0.1", "12"))
    >>> infer_body(ScoreRequested("pd", None, "p", (row,), "sha256:…")).decode()
    '{"id":"sha256:…","inputs":[{"name":"x","shape":[1,2],"datatype":"FP64","data":[0.1,12]}],"outputs":[{"name":"p"}]}'
    """
    inputs = ",".join(
        f'{{"name":{_text(each.name)},"shape":[{",".join(map(str, each.shape))}],'
        f'"datatype":"{each.datatype.value}","data":{_array(each)}}}'
        for each in requested.inputs
    )
    outputs = f'[{{"name":{_text(requested.output)}}}]'
    return f'{{"id":{_text(requested.digest)},"inputs":[{inputs}],"outputs":{outputs}}}'.encode()


def plain_body(requested: ScoreRequested) -> bytes:
    """Write a request as one JSON object: inputs by name, a row of several columns as an array.

    >>> row = Tensor("x", Datatype.FP64, (1, 2), ("0.1", "12"))
    >>> plain_body(ScoreRequested("pd", None, "/score", (row, Tensor("y", Datatype.BYTES, (1, 1), ("A11",))), ""))
    b'{"x":[0.1,12],"y":"A11"}'
    """
    members = (
        f"{_text(each.name)}:{''.join(_elements(each)) if len(each.elements) == 1 else _array(each)}"
        for each in requested.inputs
    )
    return f"{{{','.join(members)}}}".encode()


def _array(tensor: Tensor) -> str:
    return f"[{','.join(_elements(tensor))}]"


def _elements(tensor: Tensor) -> Iterable[str]:
    return map(_text, tensor.elements) if tensor.datatype is Datatype.BYTES else tensor.elements


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def read_infer(requested: ScoreRequested, body: bytes) -> Said:
    """Read an answer of the protocol's JSON.

    >>> asked = ScoreRequested("pd", None, "p", (), "sha256:…")
    >>> body = b'{"outputs": [{"name": "p", "shape": [1, 2], "datatype": "FP64", "data": [[0.75, 0.25]]}]}'
    >>> read_infer(asked, body).outcome.tensor.elements
    ('0.75', '0.25')
    >>> read_infer(asked, b"<html>").outcome.fault
    <Fault.NOT_JSON: 'not_json'>
    """
    read = _members_or_failure(body)
    if isinstance(read, Nonsense):
        return Said(read)
    outputs = _list_or_none(read.get("outputs"))
    told = [read.get(name) for name in ("model_name", "model_version", "id")]
    model, version, request = ("" if each is None else each for each in told)
    if outputs is None or not (isinstance(model, str) and isinstance(version, str) and isinstance(request, str)):
        return Said(Nonsense(Fault.NOT_A_MESSAGE))
    if not is_text(version):
        return Said(Nonsense(Fault.NOT_A_MESSAGE))
    tensors: list[Tensor] = []
    for output in outputs:
        members = cast("dict[str, object]", output) if isinstance(output, dict) else None
        if members is not None and members.get("name") == requested.output:
            tensor = _tensor(requested.output, members)
            if isinstance(tensor, Nonsense):
                return Said(tensor, version or None)
            tensors.append(tensor)
    return said(requested, Reply(model, version, request, tuple(tensors)))


def said(requested: ScoreRequested, reply: Reply) -> Said:
    """Check that a reply is to the request, and take the output that was asked for."""
    version = reply.version or None
    if reply.model not in {"", requested.model}:
        return Said(Nonsense(Fault.OTHER_MODEL), version)
    if requested.version is not None and reply.version not in {"", requested.version}:
        return Said(Nonsense(Fault.OTHER_VERSION), version)
    if reply.id not in {"", requested.digest}:
        return Said(Nonsense(Fault.OTHER_REQUEST), version)
    match reply.outputs:
        case (tensor,):
            return Said(Answered(tensor), version)
        case ():
            return Said(Nonsense(Fault.NO_OUTPUT), version)
        case _:
            return Said(Nonsense(Fault.NOT_A_MESSAGE), version)


def _tensor(name: str, output: Mapping[str, object]) -> Tensor | Nonsense:
    kind = datatype_or_none(output.get("datatype"))
    if kind is None:
        return Nonsense(Fault.WRONG_DATATYPE)
    sizes, data = _list_or_none(output.get("shape")), _list_or_none(output.get("data"))
    if sizes is None or data is None:
        return Nonsense(Fault.NOT_A_MESSAGE)
    shape: list[int] = []
    for size in sizes:
        if not isinstance(size, _Number) or _SIZE.fullmatch(size.text) is None:
            return Nonsense(Fault.WRONG_SHAPE)
        shape.append(int(size.text))
    flat = _flat(data, tuple(shape)) if is_shape(shape) else None
    if flat is None:
        return Nonsense(Fault.WRONG_SHAPE)
    elements = [_written(kind, each) for each in flat]
    texts = [each for each in elements if each is not None]
    if len(texts) != len(elements):
        return Nonsense(Fault.WRONG_DATATYPE, kind.value)
    return Tensor(name, kind, tuple(shape), tuple(texts))


_SIZE = re.compile(r"0|[1-9][0-9]{0,8}")


def _list_or_none(value: object) -> list[object] | None:
    return cast("list[object]", value) if isinstance(value, list) else None


def datatype_or_none(name: object) -> Datatype | None:
    """Give the datatype of a name."""
    return next((each for each in Datatype if each.value == name), None)


def _flat(data: Sequence[object], shape: tuple[int, ...]) -> Sequence[object] | None:
    """Lay out the data of a tensor in a row: it may be so already, or nested as its shape is."""
    if any(isinstance(each, list) for each in data):
        for size in shape[1:]:
            if not all(isinstance(each, list) and len(cast("list[object]", each)) == size for each in data):
                return None
            data = [each for row in data for each in cast("list[object]", row)]
    return data if len(data) == elements_in(shape) else None


def _written(kind: Datatype, element: object) -> str | None:
    """Give an element as text if JSON holds it as its type wants."""
    match element:
        case _Number(text) if kind not in {Datatype.BOOL, Datatype.BYTES}:
            return text
        case None if kind not in {Datatype.BOOL, Datatype.BYTES}:
            return "null"  # how some servers write NaN
        case bool() if kind is Datatype.BOOL:
            return str(element).lower()
        case str() if kind is Datatype.BYTES and is_text(element):
            return element
        case _:
            return None


def read_plain(model: ScoreModel, body: bytes, version_at: str | None = None) -> Said:
    """Read an answer of plain JSON: the score is where the output's name points, the version where *version_at* does.

    >>> from decimal import Decimal
    >>> from casefold.policy.scores import ScoreInput, ScoreOutput
    >>> output = ScoreOutput("/scores/0/value", Datatype.BYTES)
    >>> model = ScoreModel("pd", None, (ScoreInput("x", "x", Datatype.FP64),), output, 4, Decimal(0), Decimal(1))
    >>> read_plain(model, b'{"scores": [{"value": "0.1225"}]}').outcome.tensor.elements
    ('0.1225',)
    """
    read = _members_or_failure(body)
    if isinstance(read, Nonsense):
        return Said(read)
    version = None if version_at is None else pointed(read, version_at)
    version = version.text if isinstance(version, _Number) else version
    version = version if isinstance(version, str) and version and is_text(version) else None
    found = pointed(read, model.output.name)
    if found is None:
        return Said(Nonsense(Fault.NO_OUTPUT), version)
    element = _written(model.output.datatype, found)
    if element is None:
        return Said(Nonsense(Fault.WRONG_DATATYPE, model.output.datatype.value), version)
    return Said(Answered(Tensor(model.output.name, model.output.datatype, (), (element,))), version)


def pointed(document: object, pointer: str) -> object:
    """Give what a JSON Pointer (RFC 6901) leads to; ``None`` where it leads nowhere.

    >>> pointed({"a/b": [{"~": "found"}]}, "/a~1b/0/~0")
    'found'
    """
    if pointer and not pointer.startswith("/"):
        return None
    for token in pointer.split("/")[1:]:
        match document:
            case dict():
                name = token.replace("~1", "/").replace("~0", "~")
                document = cast("dict[str, object]", document).get(name)
            case list() if _SIZE.fullmatch(token) and int(token) < len(cast("list[object]", document)):
                document = cast("list[object]", document)[int(token)]
            case _:
                return None
    return document


def _members_or_failure(body: bytes) -> dict[str, object] | Nonsense:
    """Read a JSON object in UTF-8, its numbers as text; a member that is given twice makes its object worth nothing."""
    if len(body) > RESPONSE_BYTES_MAX:
        return Nonsense(Fault.TOO_LARGE)
    try:
        read: object = _DECODER.decode(body.decode())
    except (ValueError, RecursionError):
        return Nonsense(Fault.NOT_JSON)
    return cast("dict[str, object]", read) if isinstance(read, dict) else Nonsense(Fault.NOT_A_MESSAGE)


def _once(members: list[tuple[str, object]]) -> dict[str, object] | None:
    found = dict(members)
    return found if len(found) == len(members) else None


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_float=_Number, parse_int=_Number, parse_constant=_Number)
