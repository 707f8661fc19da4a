"""Watch the errors among what is accepted while it goes on: a test that may be looked at after every audited page.

A gambler bets that the share of errors is above the risk that was certified. Each audited unit multiplies the stake by
1 + b (error - risk), so while the share is at most the risk the stake does not grow on average, whatever was seen
before. By Ville's inequality it then ever reaches 1/doubt with a chance of at most the doubt, however often it is
looked at (Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting", JRSS B 86, 2024).
Several bets share the first stake, for how far above the risk the share may be is not known. Stakes are whole numbers,
rounded down: an alarm is never owed to rounding.
"""

from collections.abc import Iterable
from functools import reduce

from attrs import evolve, frozen

from casefold.calibration.bounds import Ask, is_askable
from casefold.kernel.odds import PPM

STAKE = 10**18
"""The first stake of each bet."""

STAKE_MAX = 10**60
"""Beyond this nothing more need be shown."""

BETS = (1, 2, 4, 8, 16, 32, 64)
"""How bold each bet is, in hundredths of the boldest that can never lose more than the stake: 1/risk."""

BOLDEST = 100


@frozen
class Audit:
    """A gambler's account.

    Attributes:
        ask: What was certified.
        stakes: What each bet is worth now.
        units: How many were audited.
        wrong: How many of these were wrong.
        alarmed_at: After how many units it was shown that more are wrong than was certified; ``None`` if it was not.
    """

    ask: Ask
    stakes: tuple[int, ...] = (STAKE,) * len(BETS)
    units: int = 0
    wrong: int = 0
    alarmed_at: int | None = None


def audited(audit: Audit, right: bool) -> Audit:
    """Take one more unit into account, drawn by chance from those accepted and looked at by a person.

    >>> audit = Audit(Ask(10_000, 50_000))
    >>> for right in (True, False, True, False, False):
    ...     audit = audited(audit, right)
    >>> audit.alarmed_at, audit.wrong
    (4, 3)
    """
    assert is_askable(audit.ask), "the share and the doubt lie between none and all"
    stakes = tuple(
        min(STAKE_MAX, stake * _factor(bet, audit.ask.risk_ppm, right) // (BOLDEST * audit.ask.risk_ppm))
        for stake, bet in zip(audit.stakes, BETS, strict=True)
    )
    after = evolve(audit, stakes=stakes, units=audit.units + 1, wrong=audit.wrong + (not right))
    return evolve(after, alarmed_at=after.units) if audit.alarmed_at is None and is_alarmed(after) else after


def _factor(bet: int, risk_ppm: int, right: bool) -> int:
    """Give 1 + b (error - risk) with b = bet / (BOLDEST * risk), times BOLDEST * risk."""
    return BOLDEST * risk_ppm + bet * ((0 if right else PPM) - risk_ppm)


def audited_all(audit: Audit, rights: Iterable[bool]) -> Audit:
    """Take units into account in order."""
    return reduce(audited, rights, audit)


def is_alarmed(audit: Audit) -> bool:
    """Whether it is shown, at this moment, that more are wrong than was certified."""
    return sum(audit.stakes) * audit.ask.doubt_ppm >= len(BETS) * STAKE * PPM


def evidence(audit: Audit) -> tuple[int, int]:
    """Give by what factor the stakes have grown together, as a fraction: against odds of one, at most that is shown."""
    return sum(audit.stakes), len(BETS) * STAKE
