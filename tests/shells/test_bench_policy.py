"""`casefold bench policy` measures ways of deciding that agree, and `casefold bench FILE` still measures packages."""

import json
from pathlib import Path

import pytest
from attrs import evolve
from tests.shells.conftest import cli

from casefold.policy.model import Table
from casefold_shells import racing
from casefold_shells.cli.codes import Exit

SMALL = ("--runs", 1, "--decisions", 40, "--batch", 80, "--rules", 8, "--rules", 70, "--gap-rules", 20)
LOAN = Path(__file__).parents[2] / "examples/policies/personal-loan"
WAYS = {racing.PREPARED, racing.FULL, racing.CENTS, racing.FLOATS, racing.ZEN, racing.ZEN_BATCH}


def test_every_way_of_deciding_has_a_figure_for_every_size():
    """Nothing is measured that does not agree: the figures say on how many decisions."""
    said = cli("bench", "policy", *SMALL, "--json")

    assert Exit.OK == said.code
    told = json.loads(said.out)
    assert 40 == told["compared"]
    assert {(way, size) for way in WAYS for size in (8, 70)} == {
        (figure["way"], figure["rules"]) for figure in told["figures"]
    }
    assert all(figure["microseconds"] > 0 for figure in told["figures"])
    assert any("ZEN" in name for name in told["ratios"])


def test_the_figures_are_told_as_a_table():
    """People read microseconds and decisions a second, and what is how many times as fast as what."""
    said = cli("bench", "policy", *SMALL)

    assert Exit.OK == said.code
    assert all(way in said.out for way in WAYS)
    assert "All ways agree on 40 applications" in said.out


def test_gaps_and_a_policy_of_ones_own_are_measured_too(tmp_path: Path):
    """A decision by a whole policy, its trace and its record; facts that are no decision are told instead."""
    said = cli("bench", "policy", *SMALL, "--json", "--policy", LOAN / "policy.yaml", LOAN / "applicant.json")
    told = json.loads(said.out)
    (tmp_path / "facts.json").write_text('{"amount": 1}')
    undecided = cli("bench", "policy", *SMALL, "--policy", LOAN / "policy.yaml", tmp_path / "facts.json")

    assert "decline" == told["policy"]["outcome"]
    assert all(told["policy"][part] > 0 for part in ("deciding", "tracing", "recording"))
    assert 20 == told["gaps"]["rules"] and told["gaps"]["gaps"] > 0
    assert Exit.DIFFERS == undecided.code and "amount" in undecided.err


def test_ways_that_disagree_are_not_measured(monkeypatch: pytest.MonkeyPatch):
    """A fast wrong answer has no speed: here one engine is given a table without its last rule."""
    whole = racing.jdm

    def without_last(source: Table):
        return whole(evolve(source, rules=source.rules[:-1]))

    monkeypatch.setattr(racing, "jdm", without_last)
    said = cli("bench", "policy", *SMALL)

    assert Exit.DIFFERS == said.code
    assert racing.ZEN in said.err
    assert "nothing is measured" in said.err


def test_a_word_that_is_no_command_is_a_file():
    """`casefold bench FILE` is `casefold bench package FILE`, with options before it or behind."""
    for words in (("nowhere.pdf",), ("--runs", 1, "nowhere.pdf"), ("package", "nowhere.pdf")):
        said = cli("bench", *words)

        assert Exit.MISSING == said.code
        assert "nowhere.pdf" in said.err
