"""Hold the alarms that were raised over a file against the defects that were planted in it."""

from collections.abc import Iterable

from attrs import frozen


@frozen
class Planted:
    """A defect: the rule that it breaks, and the pages that show it, where any do."""

    rule: str
    pages: frozenset[int] = frozenset()


@frozen
class Alarm:
    """A rule that was said to be broken, and the pages that were cited for it."""

    rule: str
    pages: frozenset[int] = frozenset()


@frozen
class Defects:
    """How many defects were planted, how many of them were found, and how many rules were alarmed about besides."""

    planted: int = 0
    found: int = 0
    false_alarms: int = 0


def compare(planted: Iterable[Planted], alarms: Iterable[Alarm]) -> Defects:
    """Count what was found: the same rule and, where both name pages, one in common.

    Several alarms over one rule are one false alarm: whoever reads them has to look once.

    >>> compare([Planted("price_agrees", frozenset({3, 9}))], [Alarm("price_agrees", frozenset({9})), Alarm("age")])
    Defects(planted=1, found=1, false_alarms=1)
    """
    wanted, raised = list(planted), list(alarms)
    found = sum(any(_same(one, other) for other in raised) for one in wanted)
    false = {alarm.rule for alarm in raised if not any(_same(one, alarm) for one in wanted)}
    known = {one.rule for one in wanted if any(_same(one, other) for other in raised)}
    return Defects(len(wanted), found, len(false - known))


def _same(planted: Planted, alarm: Alarm) -> bool:
    if planted.rule != alarm.rule:
        return False
    return not planted.pages or not alarm.pages or bool(planted.pages & alarm.pages)
