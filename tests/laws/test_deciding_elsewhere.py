"""Decisions are the same in another process, whatever its hash seed, locale, time zone and decimals are."""

import json
import locale
import os
import subprocess
import sys
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from tests.core.lending_policy import GOOD, POLICY

from casefold.feel.values import Value
from casefold.kernel.canonical import canonical
from casefold.policy.codec import policy_value
from casefold_properties.laws import lending as laws
from casefold_properties.strategies import lending as strategies

ELSEWHERE = Path(__file__).with_name("deciding_elsewhere.py")
POLICIES, EXAMPLE = 60, 0
LOCALES = ("C", "C.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8")
"""Two that every machine has, and two with a comma in numbers where they are installed."""

SEEDS, ZONES = ("0", "4711"), ("UTC", "Pacific/Chatham")


def there_are(name):
    """Whether this machine has a locale."""
    usual = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, name)
    except locale.Error:
        return False
    finally:
        locale.setlocale(locale.LC_ALL, usual)
    return True


@pytest.fixture(scope="module")
def decided():
    """Policies, and records by the numbers of their policies: those of an example, and drawn ones, always the same."""
    policies, records = [policy_value(POLICY)], []
    prepared = laws.prepared(POLICY)
    changes: tuple[dict[str, Value], ...] = (
        {},
        {"bankruptcies": Decimal(1)},
        {"utilisation": None},
        {"inquiries": Decimal(-9)},
        {"x": None, "a": None},
    )
    records += [(EXAMPLE, laws.recorded(prepared, {**GOOD, **changed})) for changed in changes]

    @settings(
        max_examples=POLICIES, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(strategies.several_asked())
    def draw(asked):
        lending, applications = asked
        policies.append(policy_value(lending.policy))
        made = laws.prepared(lending.policy)
        records.extend((len(policies) - 1, laws.recorded(made, facts)) for facts in applications)

    draw()
    return policies, records


COMBINATIONS = [
    (seed, name, zone)
    for (seed, zone), name in zip(product(SEEDS, ZONES), (*filter(there_are, LOCALES), "C", "C.UTF-8"), strict=False)
]


@pytest.mark.parametrize(("seed", "name", "zone"), COMBINATIONS)
def test_a_decision_is_the_same_in_any_process(decided, seed, name, zone):
    """Law 1: what was recorded here is decided there to the same bytes."""
    policies, records = decided
    asked = canonical({"policies": policies, "records": [[number, json.loads(line)] for number, line in records]})
    world = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": name, "TZ": zone}

    done = subprocess.run([sys.executable, ELSEWHERE], input=asked, env=world, capture_output=True, check=False)

    assert (0, b"") == (done.returncode, done.stderr)
    assert [line for _, line in records] == done.stdout.splitlines()


def test_a_change_is_seen_from_another_process(decided):
    """A record that says something else is told by the process that decides it again."""
    policies, records = decided
    changed = {**json.loads(records[0][1]), "outcome": "decline"}
    asked = canonical({"policies": policies, "records": [[EXAMPLE, changed]]})

    done = subprocess.run([sys.executable, ELSEWHERE], input=asked, capture_output=True, check=True)

    assert done.stdout.startswith(b"Divergence(path='outcome'")


def test_records_are_many_and_of_every_kind(decided):
    """Hundreds of records: of decisions for and against, and of none."""
    _, records = decided
    read = [json.loads(line) for _, line in records]

    assert 200 < len(read)
    assert {"approve", "decline"} < {record.get("outcome", "undecided") for record in read}
    assert any("undecided" in record for record in read)
