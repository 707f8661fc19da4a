"""Laws of calibration: bounds are exact and never too small, draws are blind, walks stop, and bets are fair."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import takewhile
from math import comb

from casefold.calibration.betting import Audit, audited
from casefold.calibration.bounds import Ask, holds, upper_ppm
from casefold.calibration.strata import Key, Unit, drawn
from casefold.calibration.walking import Judged, Tried, Walked, walk
from casefold.kernel.odds import PPM

Upper = Callable[[int, int, int], int]
Draw = Callable[[Iterable[Unit], str], Mapping[Key, Mapping[str, Judged]]]
Walk = Callable[[Iterable[Tried], Ask], Walked]
Step = Callable[[Audit, bool], Audit]


def chance_of_so_few(units: int, wrong: int, share: Fraction) -> Fraction:
    """The chance of *wrong* errors or fewer among *units*, where each is one with the chance *share*."""
    return sum(
        (comb(units, errors) * share**errors * (1 - share) ** (units - errors) for errors in range(wrong + 1)),
        Fraction(),
    )


def bounds_are_the_least_safe_ones(units: int, wrong: int, doubt: int, upper: Upper = upper_ppm) -> None:
    """At the bound so few errors are as rare as the doubt; one part per million below it they are not."""
    bound = upper(units, wrong, doubt)
    assert 0 < bound <= PPM
    assert bound == PPM or chance_of_so_few(units, wrong, Fraction(bound, PPM)) <= Fraction(doubt, PPM)
    assert chance_of_so_few(units, wrong, Fraction(bound - 1, PPM)) > Fraction(doubt, PPM)


def bounds_move_with_what_was_seen(units: int, wrong: int, doubt: int, upper: Upper = upper_ppm) -> None:
    """One more right one never raises the bound, one more error never lowers it."""
    bound = upper(units, wrong, doubt)
    assert upper(units + 1, wrong, doubt) <= bound
    assert upper(units + 1, wrong + 1, doubt) >= bound


def one_of_each_package(units: Sequence[Unit], seed: str, draw: Draw = drawn) -> None:
    """A stratum has one unit of each package that has any, which is one of that package's own."""
    sample = draw(units, seed)
    assert {(key, package) for key, packages in sample.items() for package in packages} == {
        (unit.key, unit.package) for unit in units
    }
    for unit_key, packages in sample.items():
        for package, judged in packages.items():
            assert judged in [unit.judged for unit in units if (unit.key, unit.package) == (unit_key, package)]


def draws_ignore_order(units: Sequence[Unit], seed: str, draw: Draw = drawn) -> None:
    """In whatever order units come, the same are drawn."""
    assert draw(units, seed) == draw(list(reversed(units)), seed)


def draws_are_blind(units: Sequence[Unit], seed: str, draw: Draw = drawn) -> None:
    """What is drawn does not depend on how sure or right anything is: its name alone tells."""
    names = [Unit(unit.package, unit.name, unit.key, Judged(number, right=False)) for number, unit in enumerate(units)]
    turned = [
        Unit(unit.package, unit.name, unit.key, Judged(PPM - number, right=True)) for number, unit in enumerate(units)
    ]
    told = {
        (key, package): judged.confidence_ppm
        for key, each in draw(names, seed).items()
        for package, judged in each.items()
    }
    other = {
        (key, package): PPM - judged.confidence_ppm
        for key, each in draw(turned, seed).items()
        for package, judged in each.items()
    }
    assert told == other


def walks_stop_at_the_first_failure(counts: Sequence[Tried], ask: Ask, walking: Walk = walk) -> None:
    """All before the first failure holds; the answer is the strictest of it that accepts as many as the loosest."""
    walked = walking(counts, ask)
    held = list(takewhile(lambda each: holds(each.accepted, each.wrong, ask), counts))
    assert walked.failed == (counts[len(held)] if len(held) < len(counts) else None)
    alike = [each for each in held if each.accepted == held[-1].accepted]
    assert walked.certified == (alike[0] if alike else None)


def bets_are_fair(audit: Audit, step: Step = audited) -> None:
    """Where errors are as frequent as was certified, no stake grows on average."""
    risk = audit.ask.risk_ppm
    pairs = zip(audit.stakes, step(audit, False).stakes, step(audit, True).stakes, strict=True)
    for stake, wrong, right in pairs:
        assert wrong >= 0 and right >= 0
        assert risk * wrong + (PPM - risk) * right <= PPM * stake


def errors_raise_the_stakes(audit: Audit, step: Step = audited) -> None:
    """An error never leaves less behind than a right one would."""
    wrong, right = step(audit, False), step(audit, True)
    assert all(one >= other for one, other in zip(wrong.stakes, right.stakes, strict=True))
