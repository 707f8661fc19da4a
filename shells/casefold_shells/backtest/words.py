"""How a backtest says things."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from types import MappingProxyType
from typing import cast

from casefold.kernel.canonical import Json
from casefold_shells.report.words import counted

WHY = MappingProxyType({
    "bad_text": "a text says no such value",
    "division_by_zero": "a division by zero",
    "no_function": "what is called is no function",
    "no_member": "a member is not there",
    "no_value": "a value is missing",
    "not_allowed": "a value is not allowed",
    "out_of_bounds": "a value is out of bounds",
    "too_deep": "nested too deeply",
    "wrong_arguments": "wrong arguments",
    "wrong_type": "a value is missing or of the wrong type",
    "unknown_facts": "a fact that nobody asked for",
    "unscored": "a score is missing",
    "outcome_unknown": "an outcome that nobody declared",
    "no_reason": "adverse, and no reason to tell",
    "out_of_fuel": "no end was reached",
})  # fmt: skip
"""Why nothing was decided, by the kind of it."""

_TENTH = Decimal("0.1")


def percent(share: object) -> str:
    """Write a share in percent, and never nought for what is there.

    >>> percent("0.4567"), percent("0.0001"), percent(None), percent("0")
    ('45.7 %', '< 0.1 %', '–', '0.0 %')
    """
    if share is None:
        return "–"
    value = Decimal(str(share)) * 100
    shown = value.quantize(_TENTH, ROUND_HALF_EVEN)
    if value and not shown:
        return "< 0.1 %"
    return "> 99.9 %" if value < 100 and shown == 100 else f"{shown} %"


def points(one: object, other: object) -> str:
    """Write the change from one share to another.

    >>> points("0.50", "0.472"), points("0.5", "0.5")
    ('−2.8 points', 'no change')
    """
    if one is None or other is None:
        return "–"
    change = (Decimal(str(other)) - Decimal(str(one))) * 100
    shown = abs(change).quantize(_TENTH, ROUND_HALF_EVEN)
    if not change:
        return "no change"
    return f"{'+' if change > 0 else '−'}{shown or '< 0.1'} points"


def brief(number: object) -> str:
    """Write a number with the digits that a reader wants; all of them are in the JSON.

    >>> brief("1234567.891"), brief("0.0903906328"), brief(None)
    ('1,234,568', '0.090391', '–')
    """
    if number is None:
        return "–"
    value = Decimal(str(number))
    places = max(0, 4 - max(value.adjusted(), -2)) if value else 0
    if value == value.to_integral_value() or value.adjusted() >= 5:
        return f"{value.to_integral_value():,f}"
    return f"{round(value, places):,f}".rstrip("0").rstrip(".")


def ended_words(ended: Mapping[str, str]) -> str:
    """Say how an application ended.

    >>> ended_words({"outcome": "approve"}), ended_words({"undecided": "no_value"})
    ('approve', 'not decided: a value is missing')
    """
    if "outcome" in ended:
        return ended["outcome"]
    return f"not decided: {WHY.get(ended['undecided'], ended['undecided'].replace('_', ' '))}"


def fact_text(fact: Json) -> str:
    """Write a fact of a sample for people.

    >>> fact_text({"number": "0.30"}), fact_text(None), fact_text(["a", True])
    ('0.30', '–', 'a, true')
    """
    if fact is None:
        return "–"
    if isinstance(fact, bool):
        return str(fact).lower()
    if isinstance(fact, Mapping):
        inner = cast("Mapping[str, Json]", fact)
        ((kind, value),) = inner.items()
        if kind == "context" and isinstance(value, Mapping):
            return ", ".join(f"{name} {fact_text(each)}" for name, each in cast("Mapping[str, Json]", value).items())
        return str(value)
    if isinstance(fact, Sequence) and not isinstance(fact, str):
        return ", ".join(map(fact_text, fact))
    return str(fact)


def policy_words(policies: Sequence[Mapping[str, Json]]) -> list[str]:
    """Name two policies so that they are told apart.

    >>> policy_words([{"name": "loan", "version": "1"}, {"name": "loan", "version": "2"}])
    ['loan 1', 'loan 2']
    >>> policy_words([{"name": "loan", "version": ""}, {"name": "loan", "version": ""}])
    ['loan (A)', 'loan (B)']
    """
    found = [f"{each['name']} {each['version']}".strip() for each in policies]
    if all(found) and found[0] != found[1]:
        return found
    return [f"{name or 'policy'} ({mark})" for name, mark in zip(found, "AB", strict=True)]


def headline(value: Mapping[str, Json]) -> tuple[str, list[tuple[str, str, str]]]:
    """Say a backtest in a line, and in a few rows of a label and two columns."""
    rows = cast("int", value["rows"])
    approved, rates = cast("list[int]", value["approved"]), cast("list[str | None]", value["approval_rate"])
    undecided, swaps = cast("list[int]", value["undecided"]), cast("Mapping[str, Mapping[str, Json]]", value["swaps"])
    changed = cast("int", value["changed"])
    line = verdict(value)
    told = [
        ("approved", f"{approved[0]:,} → {approved[1]:,}", f"{percent(rates[0])} → {percent(rates[1])}"),
        ("not decided", f"{undecided[0]:,} → {undecided[1]:,}", ""),
        ("end otherwise", f"{changed:,}", percent(value["changed_share"])),
        *(
            (name.replace("_to_", " → "), f"{cast('int', swap['count']):,}", percent(swap["share"]))
            for name, swap in swaps.items()
        ),
    ]
    if value["unread"]:
        told.append(
            ("rows that could not be read", f"{cast('int', value['unread']):,}", f"beside {counted(rows, 'row')}")
        )
    return line, told


def verdict(value: Mapping[str, Json]) -> str:
    """Say a backtest in a sentence."""
    rows = cast("int", value["rows"])
    if not rows:
        return "There were no applications to decide."
    rates, changed = cast("list[str]", value["approval_rate"]), cast("int", value["changed"])
    many = counted(rows, "application")
    if not changed:
        return (
            f"All {many} end as before: {percent(rates[0])} are approved."
            if rows > 1
            else f"{many}, which ends as before."
        )
    if rates[0] == rates[1]:
        share = f"stays at {percent(rates[0])}"
    else:
        way = "rises" if Decimal(rates[1]) > Decimal(rates[0]) else "falls"
        share = f"{way} from {percent(rates[0])} to {percent(rates[1])} ({points(*rates)})"
    verb = "ends" if changed == 1 else "end"
    return f"Approval {share} over {many}; {changed:,} ({percent(value['changed_share'])}) {verb} otherwise."
