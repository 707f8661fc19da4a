"""Calibrate each kind of label by itself, on units that are exchangeable.

Pages of one package resemble each other, so they are no independent sample; packages are. From every package one unit
of each stratum is drawn, by a digest of the seed and the unit's name, before anything is known of its confidence.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence

from attrs import frozen

from casefold.calibration.bounds import Ask
from casefold.calibration.walking import Judged, Tried, bound_ppm, more_needed, tried, walk
from casefold.pages.certificates import NEVER, Level, Standing, Stratum
from casefold.pages.text import TextOrigin


@frozen
class Key:
    """A stratum: what is accepted, as what, and from which words. The taxonomy is one of the certificate's stages."""

    level: Level
    label: str
    origin: TextOrigin


@frozen
class Unit:
    """A label or document that the pipeline gave, and whether it is right.

    Attributes:
        package: The package that it comes from, by a name that no other has.
        name: Its name within the package.
    """

    package: str
    name: str
    key: Key
    judged: Judged


@frozen
class Plan:
    """How to calibrate; settled before the sample is looked at.

    Attributes:
        ask: What is to be shown of each stratum.
        thresholds: What to try at each level, from strict to loose.
        seed: What the draws depend on.
        borrow: Whether a stratum that cannot be certified by itself may try the threshold of its class on words of
            the other origin. Half of the doubt is then kept for that one test.
        otherwise_ppm: What is asked of those that are not certified; `NEVER` sends them all to a person.
    """

    ask: Ask
    thresholds: Mapping[Level, tuple[int, ...]]
    seed: str = "1"
    borrow: bool = False
    otherwise_ppm: int = NEVER


def _names(key: Key) -> tuple[str, str, str]:
    return key.level.value, key.label, key.origin.value


def drawn(units: Iterable[Unit], seed: str) -> dict[Key, dict[str, Judged]]:
    """Draw one unit of each stratum from each package: the one whose digest is least."""
    least: dict[tuple[Key, str], tuple[bytes, Judged]] = {}
    for unit in units:
        text = "\0".join([seed, *_names(unit.key), unit.package, unit.name])
        rank = hashlib.sha256(text.encode()).digest()
        place = (unit.key, unit.package)
        if place not in least or rank < least[place][0]:
            least[place] = (rank, unit.judged)
    sample: dict[Key, dict[str, Judged]] = {}
    for (key, package), (_, judged) in least.items():
        sample.setdefault(key, {})[package] = judged
    return sample


def calibrate(units: Iterable[Unit], plan: Plan) -> tuple[Stratum, ...]:
    """Say of each stratum what it asks for and whether that is certified, in the order of level, label and origin."""
    sample = drawn(units, plan.seed)
    keys = sorted(sample, key=_names)
    return tuple(_stratum(key, sample, plan) for key in keys)


def _stratum(key: Key, sample: Mapping[Key, Mapping[str, Judged]], plan: Plan) -> Stratum:
    ask = Ask(plan.ask.risk_ppm, plan.ask.doubt_ppm // 2) if plan.borrow else plan.ask
    counts = tried(sample[key].values(), plan.thresholds[key.level])
    walked = walk(counts, ask)
    if walked.certified is not None:
        return _certified(key, walked.certified, ask)
    assert walked.failed is not None, "a walk without an answer failed at its first step"
    if plan.borrow:
        lent = _lent(key, sample, plan.thresholds[key.level], ask)
        own = tried(sample[key].values(), [lent])[0] if lent is not None else None
        if own is not None and walk([own], ask).certified is not None:
            return _certified(key, own, ask, borrowed=True)
    strictest = walked.failed
    return Stratum(
        key.level,
        key.label,
        key.origin,
        plan.otherwise_ppm,
        Standing.UNCERTIFIED,
        strictest.accepted,
        strictest.wrong,
        bound_ppm(strictest, ask),
        more_needed(strictest, ask),
    )


def _certified(key: Key, found: Tried, ask: Ask, *, borrowed: bool = False) -> Stratum:
    return Stratum(
        key.level,
        key.label,
        key.origin,
        found.confidence_min_ppm,
        Standing.CERTIFIED,
        found.accepted,
        found.wrong,
        bound_ppm(found, ask),
        0,
        borrowed,
    )


def _lent(key: Key, sample: Mapping[Key, Mapping[str, Judged]], thresholds: Sequence[int], ask: Ask) -> int | None:
    """Give the threshold of the class on words of the other origin, from packages that have nothing of this stratum.

    Only then is it settled before the stratum's own sample is looked at.
    """
    mine: Collection[str] = sample[key]
    others = [
        judged
        for other, packages in sample.items()
        if (other.level, other.label) == (key.level, key.label) and other != key
        for package, judged in packages.items()
        if package not in mine
    ]
    found = walk(tried(others, thresholds), ask).certified
    return None if found is None else found.confidence_min_ppm
