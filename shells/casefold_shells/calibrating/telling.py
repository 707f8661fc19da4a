"""``calibration.json``: everything that a calibration found."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from attrs import asdict, frozen

from casefold.calibration.bounds import upper_ppm
from casefold.calibration.costs import Prices
from casefold.calibration.load import cost, load
from casefold.calibration.sampling import units
from casefold.codecs import converter, plain
from casefold.documents.evaluation import Package
from casefold.documents.ranking import Ranked, bins, rank, risk_curve
from casefold.kernel.canonical import Json
from casefold.pages.certificates import Level, Standing
from casefold.pages.labels import DEFAULT_THRESHOLDS, Thresholds
from casefold_shells.thresholds import stratum_words

CONTRACT = "casefold/calibration/1"
MICRO = 1_000_000
CURVE_MAX = 200

_CONVERTER = converter()


@frozen
class Money:
    """What reading a page costs, a person's look at one, and an error that is accepted."""

    page: Decimal
    review: Decimal
    error: Decimal


def told(packages: Mapping[str, Package], thresholds: Thresholds, money: Money) -> dict[str, object]:
    """Tell of a calibration on *packages*."""
    certificate = thresholds.certificate
    assert certificate is not None, "what was calibrated has a certificate"
    known = [unit for name in sorted(packages) for unit in units(name, packages[name])]
    levels = {
        level.value: _level(
            [Ranked(u.judged.confidence_ppm, u.judged.right) for u in known if u.key.level is level],
            certificate.doubt_ppm,
        )
        for level in Level
    }
    return {
        "contract": CONTRACT,
        "certificate": plain(_CONVERTER, certificate),
        "certified": sum(row.standing is Standing.CERTIFIED for row in thresholds.strata),
        "uncertified": sum(row.standing is not Standing.CERTIFIED for row in thresholds.strata),
        "strata": [
            {**asdict(row, value_serializer=_plainly), "words": stratum_words(row)} for row in thresholds.strata
        ],
        "levels": levels,
        "load": {
            "these": _load(packages.values(), thresholds, money),
            "convention": _load(packages.values(), DEFAULT_THRESHOLDS, money),
        },
        "money": {name: str(value) for name, value in asdict(money).items()},
    }


def _plainly(_: object, __: object, value: object) -> object:
    return getattr(value, "value", value)


def _level(ranked: list[Ranked], doubt_ppm: int) -> dict[str, object]:
    curve = risk_curve(ranked)
    step = -(-len(curve) // CURVE_MAX) or 1
    return {
        "ranking": asdict(rank(ranked)),
        "bins": [{**asdict(each), "bound_ppm": upper_ppm(each.count, each.wrong, doubt_ppm)} for each in bins(ranked)],
        "curve": [
            {**asdict(point), "bound_ppm": upper_ppm(point.accepted, point.wrong, doubt_ppm)}
            for number, point in enumerate(curve)
            if number % step == 0 or number == len(curve) - 1
        ],
    }


def _load(packages: Iterable[Package], thresholds: Thresholds, money: Money) -> dict[str, Json]:
    found = load(packages, thresholds)
    prices = Prices(_micro(money.review), _micro(money.error))
    per_100 = Decimal(cost(found, prices, _micro(money.page))) / MICRO
    return {**asdict(found), "cost_per_100_pages": f"{per_100:.2f}"}


def _micro(amount: Decimal) -> int:
    return int((amount * MICRO).to_integral_value())
