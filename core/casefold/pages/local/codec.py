"""A local model as a file: one line of canonical JSON that says what it is, then one signed byte for each weight.

The JSON names the SHA-256 of the weights, and the digest of the whole file names the model; so a byte that is not as it
was published is noticed before the model says anything.
"""

import json

from attrs import frozen

from casefold.codecs import converter, plain, structure
from casefold.kernel.canonical import Json, Written, canonical, digest_of_bytes
from casefold.kernel.results import Failure, Result, Success
from casefold.pages.local.features import Hashing
from casefold.pages.local.model import WEIGHT_MAX, Calibration, LocalModel

CONTRACT = "casefold.local-model/1"

HEADER_BYTES_MAX = 256 * 1024
"""What a model says of itself is no longer."""

BITS_MIN = 4
BITS_MAX = 18
"""A model of more features would not be small."""

LABELS_MAX = 4_096

WORTH_MAX = 60
"""No opinion may be worth more than a million to one, decibans."""

LEAD_MAX = 1_000
"""No page leads by more."""

BIAS_MAX = 100_000
GAIN_MAX = 2**40
"""Beyond these, in hundredths of a deciban, a calibration is a slip."""


@frozen
class ModelInvalid:
    """Bytes that are no local model; each of *problems* says where and what."""

    problems: tuple[str, ...]


@frozen
class _Header:
    """What a model says of itself; see `LocalModel`."""

    contract: str
    name: str
    version: str
    taxonomy: str
    labels: tuple[str, ...]
    hashing: Hashing
    calibration: Calibration
    biases: tuple[int, ...]
    card: Written
    weights: str


_CONVERTER = converter()


def write_model(model: LocalModel) -> bytes:
    """Write a model; `parse_model` reads it back."""
    header = _Header(
        CONTRACT, model.name, model.version, model.taxonomy, model.labels, model.hashing, model.calibration,
        model.biases, model.card, digest_of_bytes(model.weights),
    )  # fmt: skip
    return canonical(plain(_CONVERTER, header)) + b"\n" + model.weights


def parse_model(content: bytes) -> Result[LocalModel, ModelInvalid]:
    """Read what `write_model` wrote; whatever else it is, say what is wrong with it."""
    line, _, weights = content.partition(b"\n")
    if len(line) > HEADER_BYTES_MAX:
        return Failure(ModelInvalid((f"its first line is longer than {HEADER_BYTES_MAX:,} bytes",)))
    raw = _json_or_none(line)
    if not isinstance(raw, dict) or raw.get("contract") != CONTRACT:
        return Failure(ModelInvalid((f"its first line is no JSON object of the contract {CONTRACT}",)))
    read = structure(_CONVERTER, raw, _Header)
    if isinstance(read, Failure):
        return Failure(ModelInvalid(read.failure().problems))
    header = read.unwrap()
    problems = _problems(header, weights)
    if problems:
        return Failure(ModelInvalid(problems))
    return Success(
        LocalModel(
            header.name, header.version, header.taxonomy, header.labels, header.hashing, header.calibration,
            header.biases, weights, header.card, digest_of_bytes(content),
        )
    )  # fmt: skip


def made(
    name: str,
    version: str,
    taxonomy: str,
    labels: tuple[str, ...],
    hashing: Hashing,
    calibration: Calibration,
    biases: tuple[int, ...],
    weights: bytes,
    card: Written,
) -> Result[LocalModel, ModelInvalid]:
    """Make a model of its parts, named by its content."""
    return parse_model(
        write_model(LocalModel(name, version, taxonomy, labels, hashing, calibration, biases, weights, card, ""))
    )


def _json_or_none(line: bytes) -> Json:
    try:
        return json.loads(line)  # type: ignore[no-any-return]
    except (ValueError, RecursionError):
        return None


def _problems(header: _Header, weights: bytes) -> tuple[str, ...]:
    labels, bits = len(header.labels), header.hashing.bits
    found: list[str] = []
    if not 1 <= labels <= LABELS_MAX or len(set(header.labels)) != labels or "" in header.labels:
        found.append(f"labels: from 1 to {LABELS_MAX:,}, each once")
    if not BITS_MIN <= bits <= BITS_MAX:
        found.append(f"hashing.bits: {bits} is not between {BITS_MIN} and {BITS_MAX}")
    if not 0 <= header.hashing.seed < 2**32:
        found.append("hashing.seed: it does not fit 32 bits")
    if len(header.biases) != labels or any(abs(bias) > BIAS_MAX for bias in header.biases):
        found.append(f"biases: one for each label, at most {BIAS_MAX:,} hundredths of a deciban")
    if not 0 <= header.calibration.gain <= GAIN_MAX:
        found.append(f"calibration.gain: it is not between 0 and {GAIN_MAX}")
    if not 0 <= (header.calibration.lead_max or 0) <= LEAD_MAX:
        found.append(f"calibration.lead_max: it is not between 0 and {LEAD_MAX}")
    if not 0 <= header.calibration.worth_max <= WORTH_MAX:
        found.append(f"calibration.worth_max: it is not between 0 and {WORTH_MAX}")
    if found:
        return tuple(found)
    wanted = labels << bits
    if len(weights) != wanted:
        return (f"weights: {wanted:,} bytes are asked for and {len(weights):,} are there; was the file cut off?",)
    if digest_of_bytes(weights) != header.weights:
        return ("weights: they are not those that the first line names; the file was changed",)
    if WEIGHT_MAX + 1 in weights:
        return (f"weights: each is between -{WEIGHT_MAX} and {WEIGHT_MAX}",)
    return ()
