"""Read local models from files, and the ones that ship with casefold; see `load`."""

from pathlib import Path

from attrs import frozen

from casefold.kernel.results import Failure, Result
from casefold.pages.local.codec import BITS_MAX, HEADER_BYTES_MAX, ModelInvalid, parse_model
from casefold.pages.local.model import LocalModel

SHIPPED = ("lending-us",)
"""Names that `load` takes instead of a path: each is the model for the taxonomy of that name."""

ENDING = ".model"

BYTES_MAX = HEADER_BYTES_MAX + (256 << BITS_MAX)
"""A file of more bytes is no model of ours; it is not read."""


@frozen
class ModelUnreadable:
    """The file cannot be read; *detail* says why."""

    path: str
    detail: str


@frozen
class ModelMalformed:
    """The file is no local model; each of *problems* says where and what."""

    path: str
    problems: tuple[str, ...]


def load(name: str) -> Result[LocalModel, ModelUnreadable | ModelMalformed]:
    """Load a shipped model by name, or any by path."""
    path = Path(__file__).parent / f"{name}{ENDING}" if name in SHIPPED else Path(name)
    try:
        size = path.stat().st_size
        if size > BYTES_MAX:
            return Failure(ModelUnreadable(str(path), f"it has {size:,} bytes and {BYTES_MAX:,} are read at most"))
        content = path.read_bytes()
    except OSError as error:
        return Failure(ModelUnreadable(str(path), error.strerror or "it cannot be read"))
    return parse_model(content).alt(lambda fault: _malformed(path, fault))


def _malformed(path: Path, fault: ModelInvalid) -> ModelUnreadable | ModelMalformed:
    return ModelMalformed(str(path), fault.problems)
