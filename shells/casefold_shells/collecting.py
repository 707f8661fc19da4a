"""How often a program of ours looks for garbage that counting references does not find."""

import gc

OBJECTS_BETWEEN = 50_000
"""Python looks after 700 by default."""


def collect_rarely() -> None:
    """Look for cycles less often: values of the core hold none, and looking through them is a twentieth of a run."""
    gc.set_threshold(OBJECTS_BETWEEN, *gc.get_threshold()[1:])
