"""Adverse impact ratios: how often a group is selected, next to the group that is selected most often.

"A selection rate for any race, sex, or ethnic group which is less than four-fifths (4/5) (or eighty percent) of the
rate for the group with the highest rate will generally be regarded by the Federal enforcement agencies as evidence of
adverse impact" (29 CFR 1607.4(D)). It was written for hiring; lenders use it as a first look. It is a screen and no
finding: small groups vary by chance, and nothing here says why rates differ.
"""

from collections.abc import Mapping
from fractions import Fraction

from attrs import frozen

FOUR_FIFTHS = Fraction(4, 5)

GROUP_MIN = 30
"""Groups of fewer are told as too small, unless somebody says otherwise: one applicant would move them by 3 points."""


@frozen
class Impact:
    """How a group fares.

    Attributes:
        group: Its value; ``None`` where none is known.
        selected: How many of it were selected.
        ratio: Its rate by that of the group with the highest; ``None`` for a group that is too small, or where nobody
            was selected.
        adverse: Whether the ratio is below four fifths.
    """

    group: str | None
    count: int
    selected: int
    ratio: Fraction | None
    adverse: bool

    @property
    def rate(self) -> Fraction:
        """The part of the group that was selected."""
        return Fraction(self.selected, self.count)


def impacts(groups: Mapping[str | None, tuple[int, int]], count_min: int = GROUP_MIN) -> tuple[Impact, ...]:
    """Compare groups; *groups* holds how many each has, and how many of those were selected.

    A group of fewer than *count_min*, and one whose value is not known, is told but not compared.

    >>> [(each.group, str(each.ratio), each.adverse) for each in impacts({"F": (50, 20), "M": (50, 30)})]
    [('F', '2/3', True), ('M', '1', False)]
    """
    rates = {
        group: Fraction(selected, count)
        for group, (count, selected) in groups.items()
        if group is not None and count >= max(1, count_min)
    }
    highest = max(rates.values(), default=Fraction(0))
    ratios: dict[str | None, Fraction] = {group: rate / highest for group, rate in rates.items()} if highest else {}
    return tuple(
        Impact(group, count, selected, ratios.get(group), ratios.get(group, FOUR_FIFTHS) < FOUR_FIFTHS)
        for group, (count, selected) in sorted(groups.items(), key=lambda each: (each[0] is None, each[0] or ""))
        if count
    )
