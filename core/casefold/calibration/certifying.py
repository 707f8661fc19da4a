"""Make thresholds with a certificate from labelled packages, and see through ones that contradict themselves."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from casefold.calibration.bounds import Ask, holds, is_askable
from casefold.calibration.sampling import units
from casefold.calibration.strata import Plan, calibrate
from casefold.documents.evaluation import Package
from casefold.kernel.odds import PPM
from casefold.pages.certificates import Certificate, Stage, Standing
from casefold.pages.labels import Thresholds


def certified(
    packages: Mapping[str, Package], plan: Plan, stages: tuple[Stage, ...], date: str, name: str = "calibrated"
) -> Thresholds:
    """Calibrate on *packages*, by names that tell them apart; the order in which they come does not matter."""
    known = [unit for package in sorted(packages) for unit in units(package, packages[package])]
    certificate = Certificate(
        plan.ask.risk_ppm, plan.ask.doubt_ppm, len(packages), plan.seed, date, tuple(sorted(stages, key=_by_name))
    )
    return Thresholds(name, date, plan.otherwise_ppm, strata=calibrate(known, plan), certificate=certificate)


def _by_name(stage: Stage) -> str:
    return stage.name


def contradictions(thresholds: Thresholds) -> Iterator[str]:
    """Name what a certificate claims and its own counts do not show."""
    certificate = thresholds.certificate
    if certificate is None:
        yield from (f"{row.label} has no certificate" for row in thresholds.strata)
        return
    ask = Ask(certificate.risk_ppm, certificate.doubt_ppm)
    if not is_askable(ask):
        yield "risk and confidence lie between none and all"
        return
    keys = [(row.level.value, row.label, row.origin.value) for row in thresholds.strata]
    for key in _twice(keys):
        yield f"{' '.join(key)} is there twice"
    for row, key in zip(thresholds.strata, keys, strict=True):
        if row.standing is not Standing.CERTIFIED:
            continue
        sane = 0 <= row.wrong <= row.accepted <= certificate.packages and 0 <= row.confidence_min_ppm <= PPM
        if not sane or not holds(row.accepted, row.wrong, ask):
            yield f"{' '.join(key)} is called certified, but {row.wrong} wrong of {row.accepted} do not show it"


def _twice(keys: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    ordered = sorted(keys)
    return sorted({one for one, other in pairwise(ordered) if one == other})
