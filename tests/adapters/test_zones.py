"""Time zones as FEEL asks for them."""

import pytest

from casefold.feel.grammar import parse
from casefold.feel.program import build, evaluate
from casefold.feel.values import World
from casefold.kernel.instants import parse_instant
from casefold_adapters.zones import IanaZones

ZONES = IanaZones()


@pytest.mark.parametrize(("zone", "local", "hours"), [
    ("Europe/Paris",     1_704_067_200,    1),     # winter
    ("Europe/Paris",     1_719_792_000,    2),     # summer
    ("Asia/Dhaka",       1_704_067_200,    6),
    ("America/New_York", 1_704_067_200,    -5),
    ("Etc/UTC",          0,                0),
    ("Europe/Paris",     10**15,           None),  # thirty million years on: one of the two
    ("Europe/Paris",     -(10**15),        None),
])  # fmt: skip
def test_a_zone_has_an_offset_at_any_time(zone, local, hours):
    """Summer time is known, and years beyond the calendar follow the same rules."""
    offset = ZONES.offset_seconds(zone, local, local=True)

    assert offset is not None
    assert offset in {3600, 7200} if hours is None else offset == hours * 3600


@pytest.mark.parametrize(
    "zone", ["", "xyz/abc", "Europe", "../zoneinfo/Europe/Paris", "/etc/passwd", "Europe/Paris/", "é"]
)
def test_what_is_no_zone_is_none(zone):
    """No name reaches beyond the database."""
    assert ZONES.offset_seconds(zone, 0, local=True) is None


@pytest.mark.parametrize(("text", "value"), [
    ('@"2018-10-08T00:00:00+02:00" = @"2018-10-08T00:00:00@Europe/Paris"',        True),
    ('string(@"2024-03-31T01:30:00@Europe/Paris" + @"PT1H")',  "2024-03-31T03:30:00@Europe/Paris"),  # the clock goes on
    ('string(@"2024-10-27T01:30:00@Europe/Paris" + @"P1D")',   "2024-10-28T00:30:00@Europe/Paris"),  # 24 hours
    ("string(now())",                                          "2024-07-01T02:00:00@Europe/Paris"),
    ("string(today())",                                        "2024-07-01"),
])  # fmt: skip
def test_feel_knows_the_zones(text, value):
    """Moments compare by UTC, and a duration is so much time, whatever the clock shows."""
    world = World(parse_instant("2024-07-01T00:00:00Z").unwrap(), "Europe/Paris", ZONES)

    assert value == evaluate(build(parse(text).unwrap()), {}, world).unwrap().value
