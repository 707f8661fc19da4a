"""Decide a recorded case again: under the artifacts that it was decided under, or under others."""

from collections.abc import Sequence

from attrs import evolve as changed
from attrs import frozen

from casefold.case.asked import keeping_opinions
from casefold.case.deciding import decide_case
from casefold.case.events import Assembled
from casefold.case.record import Artifacts, stream_page
from casefold.case.state import Case, first_page
from casefold.case.validating import ask_rules
from casefold.kernel.results import Failure
from casefold.pages.labels import PageLabel
from casefold.pages.stream import Document, StreamPage
from casefold.pages.text import read_text_line
from casefold.policy.record import Divergence, NotReplayable, parted, replay


@frozen
class PageChange:
    """A page whose label or status differs."""

    before: PageLabel
    after: PageLabel


@frozen
class Changes:
    """What differs between two outcomes of one case.

    Attributes:
        signals: Pages that show other signals than were recorded; only to be expected under another taxonomy.
        pages: Pages whose label or status differs.
        gone: Documents that are no longer there as they were.
        new: Documents that were not there as they are.
        same: Whether the outcomes are the same in everything, confidences, findings and the decision too.
        fields: Documents that were there and from which other fields are read.
        rules: Rules across documents that are ruled otherwise, by id.
        decision: Where the decision differs, or why it cannot be made again; ``None`` where it does not, or there is
            none.
    """

    signals: tuple[int, ...]
    pages: tuple[PageChange, ...]
    gone: tuple[Document, ...]
    new: tuple[Document, ...]
    same: bool
    decision: Divergence | NotReplayable | None = None
    fields: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


def reread(artifacts: Artifacts, case: Case, page: StreamPage, line: bytes) -> StreamPage:
    """Find again what a recorded page shows; *line* is what was stored of its text."""
    offset = first_page(case, page.source) - 1
    found = stream_page(artifacts.compiled, read_text_line(line, page.page - offset), page.source, offset, line)
    return changed(keeping_opinions(found, page), layer=page.layer, recognition=page.recognition)


def decide_again(artifacts: Artifacts, case: Case, outcome: Assembled) -> Divergence | NotReplayable | None:
    """Decide a recorded case again, on what it holds now and on *outcome*, and say where the decision differs."""
    if case.given is None or case.decided is None:
        return None
    prepared, record = artifacts.policy, case.decided.record.members
    if prepared is None:
        return NotReplayable("its policy is not at hand")
    found: Divergence | NotReplayable | None = replay(prepared, record, artifacts.zones).swap().value_or(None)
    if found is not None:
        return found
    again = decide_case(prepared, artifacts.zones, changed(case, outcome=outcome), artifacts.fields)
    if isinstance(again, Failure):
        return NotReplayable(f"its facts cannot be read again: {again.failure()}")
    return parted("", record, again.unwrap().record.value)


def ask_again(artifacts: Artifacts, case: Case) -> tuple[str, ...]:
    """Ask a recorded case its rules again, and give those that are ruled otherwise."""
    if case.asked is None:
        return ()
    again = ask_rules(artifacts.rules, artifacts.zones, case).rulings
    return tuple(sorted({each.rule for each in {*again} ^ {*case.asked.rulings}}))


def changes(
    case: Case,
    pages: Sequence[StreamPage],
    outcome: Assembled,
    decision: Divergence | NotReplayable | None = None,
    fields: tuple[str, ...] = (),
    rules: tuple[str, ...] = (),
) -> Changes:
    """Compare what was recorded of *case* with another outcome of it, and what `decide_again` found."""
    assert case.outcome is not None, "only a decided case is replayed"
    before, after = case.outcome, outcome
    kept = {_shape(document) for document in before.documents} & {_shape(document) for document in after.documents}
    return Changes(
        signals=tuple(one.page for one, two in zip(case.pages, pages, strict=True) if one != two),
        pages=tuple(
            PageChange(one, two)
            for one, two in zip(before.labels, after.labels, strict=True)
            if (one.label, one.status) != (two.label, two.status)
        ),
        gone=tuple(document for document in before.documents if _shape(document) not in kept),
        new=tuple(document for document in after.documents if _shape(document) not in kept),
        same=before == after and decision is None and not fields and not rules,
        decision=decision,
        fields=fields,
        rules=rules,
    )


def _shape(document: Document) -> tuple[str, tuple[int, ...]]:
    return document.label, document.pages
