"""``summary.json``: what a batch came to, the same whoever did the work, in which order, where and when.

It follows from the packages and from what they were decided under. How often something was tried, and how long it took,
is not in it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from casefold.batch.events import BatchOpened
from casefold.batch.state import DEAD, Batch, Package, State
from casefold.case.askedview import dollars
from casefold.kernel.canonical import Json, digest

CONTRACT = "casefold/batch/1"
"""The contract's name and version; members may be added under it, never removed or given another meaning."""

COUNTS = ("pages", "accepted", "review", "documents", "findings")
"""The counts of a case, in the order of the tables."""


@frozen
class Terms:
    """What every package of a batch is decided under.

    Attributes:
        semantics: The version of the rules.
        taxonomy, thresholds, policy: Name, version and digest of each.
        fields, rules, model: The digests of the field specifications, the rules across documents and the local model.
        vision: The digest of what a language model may be asked.
        recognition: How pages without words to trust are recognised, in order.
    """

    semantics: str
    taxonomy: Mapping[str, Json]
    thresholds: Mapping[str, Json]
    file_type: str | None = None
    policy: Mapping[str, Json] | None = None
    fields: str | None = None
    rules: str | None = None
    model: str | None = None
    recognition: tuple[Mapping[str, Json], ...] = ()
    vision: str | None = None


def terms_value(terms: Terms) -> dict[str, Json]:
    """Write down what packages are decided under."""
    return {
        "semantics": terms.semantics,
        "file_type": terms.file_type,
        "taxonomy": terms.taxonomy,
        "thresholds": terms.thresholds,
        "policy": terms.policy,
        "fields": terms.fields,
        "rules": terms.rules,
        "model": terms.model,
        "recognition": terms.recognition,
        "vision": terms.vision,
    }


def summary_value(terms: Terms, batch: Batch) -> dict[str, Json]:
    """Give the whole of ``summary.json``."""
    opened = batch.opened
    assert opened is not None, "a batch is summed up after it was opened"
    packages = in_order(batch)
    rows = [package_row(each) for each in packages]
    return {
        "contract": CONTRACT,
        "digest": digest([_named(terms, opened), *rows]),
        **_named(terms, opened),
        "totals": totals(packages),
        "packages": rows,
    }


def _named(terms: Terms, opened: BatchOpened) -> dict[str, Json]:
    return {**terms_value(terms), "as_of": opened.as_of}


def in_order(batch: Batch) -> tuple[Package, ...]:
    """Give the packages by the names that they have in the input."""
    return tuple(package for _, package in sorted(batch.packages.items()))


def package_row(package: Package) -> dict[str, Json]:
    """Give the row of a package; its counts are null where there is no case."""
    row, fault = package.row, package.fault
    refused: list[Json] = [{"source": each.source, "reason": each.reason} for each in row.refused] if row else []
    return {
        "package": package.package,
        "name": package.name,
        "state": package.state.value,
        "reason": fault.reason if package.state is State.FAILED and fault is not None else None,
        "content": row.content if row else None,
        "case": row.case if row else None,
        **{name: counts_of(package)[name] if row else None for name in COUNTS},
        "decision": row.decision if row else None,
        "asked": row.asked if row else 0,
        "cost_usd": dollars(row.cost_micro_usd) if row else "0",
        "refused": refused,
    }


def counts_of(package: Package) -> Mapping[str, int]:
    """Count what is in the case of a package; nothing where it has none."""
    row = package.row
    if row is None:
        return dict.fromkeys(COUNTS, 0)
    counts = (row.pages, row.accepted, row.pages - row.accepted, row.documents, row.findings)
    return dict(zip(COUNTS, counts, strict=True))


def totals(packages: Sequence[Package]) -> dict[str, Json]:
    """Add a batch up."""
    states = Counter(package.state for package in packages)
    counts = [counts_of(package) for package in packages]
    rows = [each.row for each in packages if each.row is not None]
    decisions = Counter(row.decision for row in rows if row.decision)
    return {
        "packages": len(packages),
        **{state.value: states[state] for state in State},
        **{name: sum(each[name] for each in counts) for name in COUNTS},
        "decisions": dict(sorted(decisions.items())),
        "asked": sum(row.asked for row in rows),
        "cost_usd": dollars(sum(row.cost_micro_usd for row in rows)),
    }


def dead_letters(batch: Batch) -> Iterator[dict[str, Json]]:
    """Give a row for each package that did not go as it should, with the reason and the mend."""
    for package in in_order(batch):
        if package.state in DEAD:
            yield {
                "package": package.package,
                "name": package.name,
                "state": package.state.value,
                "attempts": package.failures + (package.row is not None),
                "reasons": [{"reason": reason, "detail": detail} for reason, detail in _reasons(package)],
            }


def _reasons(package: Package) -> Iterator[tuple[str, str]]:
    if package.row is not None:
        for each in package.row.refused:
            yield each.reason, f"{each.source}: {each.detail}"
    elif package.fault is not None:
        yield package.fault.reason, package.fault.detail
