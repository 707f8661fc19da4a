"""How hard to look: three Hypothesis profiles, for a glance, a look and a stare.

No deadlines: they make a slow machine look like a broken law.
"""

from hypothesis import HealthCheck, settings

__all__ = ["GLANCE", "LOOK", "STARE", "register"]

GLANCE = settings(max_examples=20, stateful_step_count=15, deadline=None)
"""While writing: twenty examples a law."""

LOOK = settings(
    max_examples=200,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
"""In CI: the same examples on every machine, and the blob that repeats a failure."""

STARE = settings(
    max_examples=5_000,
    stateful_step_count=50,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
"""At night: many random examples."""


def register() -> None:
    """Make the profiles known to Hypothesis as ``glance``, ``look`` and ``stare``."""
    settings.register_profile("glance", GLANCE)
    settings.register_profile("look", LOOK)
    settings.register_profile("stare", STARE)
