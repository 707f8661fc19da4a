"""Thresholds as a file that a person can read: ``thresholds.toml`` with its certificate."""

import json
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import cast

from attrs import frozen

from casefold.calibration.certifying import contradictions
from casefold.codecs import converter, plain, structure
from casefold.kernel.odds import PPM
from casefold.kernel.results import Failure, Result
from casefold.pages.certificates import NEVER, Certificate, Standing, Stratum
from casefold.pages.labels import Thresholds

CONTRACT = "casefold/thresholds/1"
REVIEW = "review"
"""What stands in place of a confidence that is never enough."""

BYTES_MAX = 4_000_000

_CONVERTER = converter()
_SHARES = ("risk", "doubt", "confidence_min", "bound")
_HEAD = """\
# How sure a label must be before nobody looks at it. Made by `casefold calibrate`; use it with
# `casefold run --thresholds FILE`. A share such as 0.01 is one in a hundred; "review" is never sure enough.
"""


@frozen
class BadThresholds:
    """A file holds no thresholds that can be used; each of *problems* says where and what."""

    path: str
    problems: tuple[str, ...]


def read_thresholds(path: Path) -> Result[Thresholds, BadThresholds]:
    """Read thresholds; a certificate that its own counts contradict is refused."""
    try:
        if path.stat().st_size > BYTES_MAX:
            return Failure(BadThresholds(str(path), ("it is too long for thresholds",)))
        raw: dict[str, object] = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    except OSError as error:
        return Failure(BadThresholds(str(path), (error.strerror or "it cannot be read",)))
    except (ValueError, RecursionError) as error:
        return Failure(BadThresholds(str(path), (f"it is no TOML: {error}",)))
    if raw.pop("contract", None) != CONTRACT:
        return Failure(BadThresholds(str(path), (f'it does not begin with contract = "{CONTRACT}"',)))
    found = structure(_CONVERTER, _as_core(raw), Thresholds)
    if isinstance(found, Failure):
        return Failure(BadThresholds(str(path), found.failure().problems))
    problems = tuple(contradictions(found.unwrap()))
    return Failure(BadThresholds(str(path), problems)) if problems else found.alt(lambda _: BadThresholds("", ()))


def _as_core(raw: dict[str, object]) -> dict[str, object]:
    made = _in_ppm({**raw, "confidence_min": raw.get("otherwise")})
    made.pop("otherwise", None)
    strata = made.pop("stratum", [])
    if isinstance(strata, list):
        strata = [
            _in_ppm(cast("dict[str, object]", row)) if isinstance(row, dict) else row
            for row in cast("list[object]", strata)
        ]
    made["strata"] = strata
    certificate = made.get("certificate")
    if isinstance(certificate, dict):
        members = _in_ppm(cast("dict[str, object]", certificate))
        stages = members.get("stages")
        if isinstance(stages, dict):
            named = cast("dict[str, object]", stages)
            members["stages"] = [{"name": name, "value": value} for name, value in named.items()]
        made["certificate"] = members
    return made


def _in_ppm(raw: dict[str, object]) -> dict[str, object]:
    """Write shares as parts per million; what is none stays as it is and is refused under its own name."""
    made = dict(raw)
    if "confidence" in made and isinstance(made["confidence"], (Decimal, int)):
        made["doubt"] = 1 - made.pop("confidence")  # type: ignore[operator]
    for name in _SHARES:
        if name not in made:
            continue
        value = made.pop(name)
        if value == REVIEW and name == "confidence_min":
            made[f"{name}_ppm"] = NEVER
        elif isinstance(value, (Decimal, int)) and not isinstance(value, bool) and (value * PPM) % 1 == 0:
            made[f"{name}_ppm"] = int(value * PPM)
        else:
            made[f"{name}_ppm"] = str(value)
    return made


def thresholds_toml(thresholds: Thresholds) -> str:
    """Write thresholds; the same ones give the same text, and `read_thresholds` gives them back."""
    assert not thresholds.labels and not thresholds.void, "what is written was just calibrated"
    lines = [
        _HEAD,
        _member("contract", CONTRACT),
        _member("name", thresholds.name),
        _member("version", thresholds.version),
        f"otherwise = {_least(thresholds.confidence_min_ppm)}    # what is asked of labels that are not named below",
    ]
    certificate = thresholds.certificate
    if certificate is not None:
        lines += _certificate(certificate)
    for row in thresholds.strata:
        lines += _stratum(row)
    return "\n".join(lines) + "\n"


def _certificate(certificate: Certificate) -> Iterator[str]:
    risk, sure = _percent(certificate.risk_ppm), _percent(PPM - certificate.doubt_ppm)
    yield ""
    yield f"# Certified: of the labels of one kind that are accepted, at most {risk} are wrong,"
    yield f"# with {sure} confidence for each kind. The unit is the package: one page and one document of each kind"
    yield "# was drawn from each. A change of any stage makes the certificate void, and the run says so."
    yield "[certificate]"
    yield f"risk = {_share(certificate.risk_ppm)}"
    yield f"confidence = {_share(PPM - certificate.doubt_ppm)}"
    yield f"packages = {certificate.packages}"
    yield _member("seed", certificate.seed)
    yield _member("date", certificate.date)
    yield ""
    yield "[certificate.stages]"
    for stage in certificate.stages:
        yield f"{json.dumps(stage.name)} = {json.dumps(stage.value)}"


def _stratum(row: Stratum) -> Iterator[str]:
    members = plain(_CONVERTER, row)
    yield ""
    yield f"# {stratum_words(row)}"
    yield "[[stratum]]"
    for name in ("level", "label", "origin", "standing"):
        yield _member(name, str(members[name]))
    yield f"confidence_min = {_least(row.confidence_min_ppm)}"
    yield f"accepted = {row.accepted}"
    yield f"wrong = {row.wrong}"
    yield f"bound = {_share(row.bound_ppm)}"
    if row.more is not None:
        yield f"more = {row.more}"
    if row.borrowed:
        yield "borrowed = true"


def stratum_words(row: Stratum) -> str:
    """Say of a stratum what was found and, if it is not certified, what it takes."""
    where = "recognised words" if row.origin.value == "ocr" else "the text layer"
    what = f"{row.level.value} of {row.label} on {where}: {row.wrong} wrong of {row.accepted}"
    bound = _percent(row.bound_ppm)
    if row.standing is Standing.CERTIFIED:
        return f"{what}, so at most {bound} of those accepted"
    if row.more is None:
        return f"{what}; too many are wrong"
    return f"{what}; {row.more} more right ones would do, if no more were wrong"


def _member(name: str, value: str) -> str:
    return f"{name} = {json.dumps(value)}"


def _share(ppm: int) -> str:
    return f"{Decimal(ppm).scaleb(-6).normalize():f}" if ppm % PPM else f"{ppm // PPM}.0"


def _least(ppm: int) -> str:
    return f'"{REVIEW}"' if ppm > PPM else _share(ppm)


def _percent(ppm: int) -> str:
    return f"{Decimal(ppm).scaleb(-4).normalize():f} %"
