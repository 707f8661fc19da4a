"""The decision of a case, and how it came about: what ``case.json`` and the report say of it."""

from collections.abc import Mapping
from enum import Enum

from attrs import frozen

from casefold.case.deciding import as_of, facts_of, standing_outcome, world_of
from casefold.case.events import DecisionApproved, DecisionOverridden
from casefold.case.record import Artifacts
from casefold.case.scores import ScoreTold, score_row, scores_told
from casefold.case.state import Case
from casefold.documents.findings import Finding, FindingKind
from casefold.feel.values import Value
from casefold.kernel.canonical import Json, written
from casefold.kernel.instants import Instant, rfc3339
from casefold.kernel.results import Failure
from casefold.policy.artifact import Policy, ReasonText
from casefold.policy.deciding import Ready, Undecided, Unscored
from casefold.policy.graph import decide_all
from casefold.policy.reasons import ByPoints, Cause, Told
from casefold.policy.recorded import outcome_in, reasons_in, undecided_in
from casefold.policy.rows import AskedRow, CardRows, TableRows, TraceRows, trace_rows
from casefold.policy.trace import traced
from casefold.policy.wording import cause_words, undecided_words


class By(Enum):
    """Whose the outcome of a case is."""

    POLICY = "policy"
    PERSON = "person"


@frozen(eq=False)
class Explained:
    """A decision, and how it came about.

    Attributes:
        outcome: What stands: the outcome of whoever overrode the policy, or else the policy's; ``None`` for neither.
        decided: What the policy came to.
        adverse: Whether the applicant is owed reasons for what stands.
        by: Whose it is; ``None`` where nobody decided.
        reasons: What the applicant is told for what stands, the weightiest first.
        undecided: Why the policy could not decide, in words; empty if it could.
        facts: All facts by name.
        values: What the decisions came to by name, as FEEL values in JSON.
        trace: The tables and scorecards that were decided by, in order.
        digest: What names the decision's record.
        scores: What models were asked for.
    """

    policy: Policy
    policy_digest: str
    as_of: Instant
    zone: str | None
    outcome: str | None
    decided: str | None
    adverse: bool
    by: By | None
    reasons: tuple[tuple[ReasonText, tuple[Cause, ...]], ...]
    undecided: tuple[str, ...]
    overridden: DecisionOverridden | None
    approved: DecisionApproved | None
    facts: Mapping[str, Value]
    values: Json
    trace: tuple[TraceRows, ...]
    digest: str
    scores: tuple[ScoreTold, ...] = ()


def explained(artifacts: Artifacts, case: Case) -> Explained | None:
    """Explain the decision of a case; ``None`` where none was asked for or it is still due."""
    given, decided, prepared = case.given, case.decided, artifacts.policy
    if given is None or decided is None:
        return None
    assert prepared is not None and prepared.digest == given.policy, "a case is told with the policy that it was given"
    record, found = decided.record.members, facts_of(prepared, artifacts.zones, case)
    facts: dict[str, Value] = {} if isinstance(found, Failure) else found.unwrap()
    undecided, outcomes, outcome = undecided_in(record), prepared.policy.outcomes, standing_outcome(case)
    person = Told("", ())
    told = reasons_in(record)
    if case.overridden is not None:
        causes = {each.code: each for each in told}
        told = tuple(Told(code, causes.get(code, person).causes) for code in case.overridden.reasons)
    return Explained(
        policy=prepared.policy,
        policy_digest=prepared.digest,
        as_of=as_of(given) or Instant(0),
        zone=given.zone,
        outcome=outcome,
        decided=outcome_in(record),
        adverse=outcomes is not None and outcome in outcomes.adverse,
        by=_by(case),
        reasons=tuple((_text(prepared, each.code), each.causes) for each in told),
        undecided=_words(case, undecided),
        overridden=case.overridden,
        approved=case.approved,
        facts=facts,
        values=record.get("decisions", {}),
        trace=_trace(artifacts, case, prepared, facts),
        digest=decided.digest,
        scores=scores_told(given, case.scores),
    )


def _words(case: Case, undecided: Undecided | None) -> tuple[str, ...]:
    """Say why there is no decision; of a score that is not there, why it is not."""
    if isinstance(undecided, Unscored) and case.given is not None:
        return tuple(
            f"There is no score “{each.input}”: {each.why}."
            for each in scores_told(case.given, case.scores)
            if each.value is None
        )
    return () if undecided is None else undecided_words(undecided)


def _by(case: Case) -> By | None:
    if case.overridden is not None:
        return By.PERSON
    return None if case.decided is None or "undecided" in case.decided.record.members else By.POLICY


def _text(prepared: Ready, code: str) -> ReasonText:
    return prepared.catalogue.get(code, ReasonText(code, code))


def _trace(artifacts: Artifacts, case: Case, prepared: Ready, facts: Mapping[str, Value]) -> tuple[TraceRows, ...]:
    """Derive the trace anew; a decision that went wrong has the part of it that went well."""
    assert case.given is not None, "explained where a policy was given"
    world = world_of(case.given, artifacts.zones)
    made = decide_all(prepared.compiled, prepared.asked, facts, world)
    return () if isinstance(made, Failure) else tuple(map(trace_rows, traced(made.unwrap(), world)))


def decision_findings(case: Case) -> tuple[Finding, ...]:
    """Give what is wrong with the decision of a case: the policy could not decide, and nobody did in its place."""
    if case.decided is None or case.overridden is not None:
        return ()
    undecided = undecided_in(case.decided.record.members)
    if undecided is None:
        return ()
    return (Finding(FindingKind.UNDECIDED, detail=" ".join(_words(case, undecided))),)


def decision_value(artifacts: Artifacts, case: Case) -> Json:
    """Write the decision of a case as plain JSON, ``None`` where there is none."""
    found = explained(artifacts, case)
    if found is None or case.decided is None:
        return None
    overridden, approved = found.overridden, found.approved
    catalogue = {text.code: text.text for text, _ in found.reasons}
    whole: dict[str, Json] = {
        "policy": {"name": found.policy.name, "version": found.policy.version, "digest": found.policy_digest},
        "as_of": rfc3339(found.as_of),
        "zone": found.zone,
        "outcome": found.outcome,
        "adverse": found.adverse,
        "by": None if found.by is None else found.by.value,
        "reasons": [
            {"code": text.code, "text": text.text, "source": text.source, "causes": list(map(_cause, causes))}
            for text, causes in found.reasons
        ],
        "undecided": list(found.undecided),
        "override": None
        if overridden is None
        else {
            "outcome": overridden.outcome,
            "instead_of": found.decided,
            "by": overridden.by,
            "why": overridden.why,
            "reasons": [{"code": code, "text": catalogue[code]} for code in overridden.reasons],
        },
        "approval": None if approved is None else {"outcome": approved.outcome, "by": approved.by, "why": approved.why},
        "digest": found.digest,
        "scores": list(map(score_row, found.scores)),
        "facts": case.decided.record.members.get("facts"),
        "decisions": found.values,
        "trace": list(map(_rows, found.trace)),
    }
    return written(whole).value


def _cause(cause: Cause) -> Json:
    words = cause_words(cause)
    if isinstance(cause, ByPoints):
        short = {"characteristic": cause.characteristic, "short": str(cause.short)}
        return {"text": words, "decision": cause.decision, **short, "tested": [cause.tested]}
    return {"text": words, "decision": cause.decision, "rule": cause.rule, "tested": list(cause.tested)}


def _rows(rows: TraceRows) -> Json:
    return _table(rows) if isinstance(rows, TableRows) else _card(rows)


def _asked(row: AskedRow) -> dict[str, Json]:
    return {"label": row.label, "expression": row.expression, "value": row.value}


def _table(table: TableRows) -> Json:
    return {
        "kind": "table",
        "place": table.name,
        "hit": table.hit,
        "inputs": list(map(_asked, table.asked)),
        "outputs": list(table.outputs),
        "rules": table.count,
        "matched": table.matched,
        "shown": [
            {
                "rule": rule.number,
                "matched": rule.matched,
                "decisive": rule.decisive,
                "failed": list(rule.failed),
                "cells": list(rule.cells),
                "outputs": list(rule.outputs),
                "reasons": list(rule.reasons),
            }
            for rule in table.rules
        ],
    }


def _card(card: CardRows) -> Json:
    return {
        "kind": "scorecard",
        "place": card.name,
        "base": str(card.base),
        "score": str(card.score),
        "characteristics": [
            {
                **_asked(row.asked),
                "bin": row.bin,
                "points": str(row.points),
                "lowest": str(row.lowest),
                "highest": str(row.highest),
                "reasons": list(row.reasons),
            }
            for row in card.points
        ],
    }
