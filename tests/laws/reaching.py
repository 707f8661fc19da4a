"""Whether strategies reach what the laws are about."""

from hypothesis import Phase, given, settings


def unreached(strategy, conditions, *, examples: int) -> set[str]:
    """The names of the conditions that none of so many drawn values meets."""
    left = dict(conditions)

    @settings(max_examples=examples, phases=[Phase.generate], derandomize=True, database=None, deadline=None)
    @given(strategy)
    def look(value):
        for name in [name for name in left if left[name](value)]:
            del left[name]

    look()
    return set(left)
