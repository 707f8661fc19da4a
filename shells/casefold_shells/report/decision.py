"""What a report says of a decision: what stands, what the applicant is told, and how it came about."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from attrs import frozen

from casefold.case.decision import Explained
from casefold.case.scores import ScoreTold
from casefold.feel.numbers import text
from casefold.feel.values import Value
from casefold.kernel.instants import rfc3339
from casefold.policy.rows import CardRows, PointsRow, RuleRow, TableRows, value_text
from casefold_shells.decisions import outcome_words, policy_words, reason_rows, standing_words
from casefold_shells.report.words import counted, sentence, shown


@frozen
class ReasonRow:
    """A reason as an applicant is told it, and what it was told for."""

    code: str
    text: str
    causes: tuple[str, ...]


@frozen
class ScoreRow:
    """A score, or what a shadow gave in its place; *note* says what is the matter with it."""

    input: str
    value: str
    model: str
    use: str
    note: str


@frozen
class SaidRow:
    """What a person said of the decision."""

    what: str
    why: str


@frozen
class Cell:
    """A cell of a rule: empty where any input passes."""

    text: str
    failed: bool


@frozen
class RuleCells:
    """A rule.

    Attributes:
        mark: What became of it, in a word.
    """

    number: int
    mark: str
    decisive: bool
    matched: bool
    cells: tuple[Cell, ...]
    outputs: tuple[str, ...]
    reasons: str


@frozen
class TableView:
    """A decision table; *note* says which of its rules are shown where that is not all."""

    name: str
    heads: tuple[tuple[str, str], ...]
    outputs: tuple[str, ...]
    rules: tuple[RuleCells, ...]
    reasons: bool
    note: str | None


@frozen
class BarRow:
    """A characteristic of a scorecard; *part* is how much of its best the applicant got, in percent."""

    name: str
    value: str
    bin: str
    points: str
    best: str
    part: str
    full: bool


@frozen
class CardView:
    """A scorecard."""

    name: str
    base: str
    score: str
    bars: tuple[BarRow, ...]


@frozen
class DecisionView:
    """A decision.

    Attributes:
        tone: How it is coloured: ``good`` for the best outcome, ``bad`` for an adverse one, ``look`` for any other.
        status: Whose it is and who approved it.
        open: Whether a person must still decide.
        unapproved: Whether it is an override that nobody else approved.
        how: What the trace is about.
        outcomes: What a person may decide for.
        trace: The tables and scorecards, the one that decided first.
    """

    headline: str
    tone: str
    status: str
    open: bool
    unapproved: bool
    how: str
    policy: str
    policy_digest: str
    as_of: str
    said: tuple[SaidRow, ...]
    told: tuple[ReasonRow, ...]
    adverse: bool
    undecided: tuple[str, ...]
    outcomes: str
    trace: tuple[TableView | CardView, ...]
    facts: tuple[tuple[str, str], ...]
    digest: str
    scores: tuple[ScoreRow, ...] = ()


def decision_view(found: Explained) -> DecisionView:
    """Give what is said of a decision."""
    outcomes = found.policy.outcomes
    return DecisionView(
        headline=shown(_capital(outcome_words(found))),
        tone=_tone(found),
        status=shown(sentence(standing_words(found))),
        open=found.by is None,
        unapproved=found.overridden is not None and found.approved is None,
        how="How it came about"
        if found.overridden is None or found.decided is None
        else shown(f"How the policy came to “{found.decided}”"),
        policy=shown(policy_words(found)),
        policy_digest=found.policy_digest,
        as_of=_moment(rfc3339(found.as_of)) + (f", days as in {shown(found.zone)}" if found.zone else ""),
        said=tuple(_said(found)),
        told=tuple(
            ReasonRow(code, shown(text), tuple(shown(_capital(cause)) for cause in causes))
            for code, text, causes in reason_rows(found)
        ),
        adverse=found.adverse,
        undecided=tuple(map(shown, found.undecided)),
        outcomes=shown(", ".join(outcomes.order)) if outcomes is not None else "",
        trace=tuple(
            _table(each, decided=not found.undecided) if isinstance(each, TableRows) else _card(each)
            for each in reversed(found.trace)
        ),
        facts=tuple((shown(name), shown(value)) for name, value in _facts(found.facts)),
        digest=found.digest,
        scores=tuple(row for told in found.scores for row in _scores(told)),
    )


def _scores(told: ScoreTold) -> Iterator[ScoreRow]:
    """Give a row for each model that was to be asked, the one that serves first."""
    if told.served is None:
        yield ScoreRow(shown(told.input), "none", "", "not asked", shown(_capital(told.why)))
    for each, use in (
        *((one, "serves") for one in (told.served,) if one is not None),
        *((one, "shadow") for one in told.shadows),
    ):
        value = "none" if each.value is None else text(each.value)
        model = f"{each.model} {each.version}" if each.version else each.model
        note = f"Fallback: {each.why}" if each.fallback else _capital(each.why)
        yield ScoreRow(shown(told.input), value, shown(f"{each.arm} ({model})"), use, shown(note))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _moment(text: str) -> str:
    """Write an instant for a reader.

    >>> _moment("2026-01-31T09:00:00.000000Z")
    '2026-01-31 09:00 UTC'
    """
    return f"{text[:10]} {text[11:16]} UTC"


def _tone(found: Explained) -> str:
    outcomes = found.policy.outcomes
    if found.outcome is None or outcomes is None:
        return "look" if found.by is None else "plain"
    if found.adverse:
        return "bad"
    return "good" if found.outcome == outcomes.order[0] else "look"


def _said(found: Explained) -> Iterator[SaidRow]:
    overridden, approved = found.overridden, found.approved
    if overridden is not None:
        before = (
            f"the policy’s “{found.decided}”" if found.decided is not None else "the policy, which could not decide"
        )
        what = f"{overridden.by} decided “{overridden.outcome}” in place of {before}"
        yield SaidRow(shown(what), shown(overridden.why))
    if approved is not None:
        yield SaidRow(shown(f"{approved.by} approved “{approved.outcome}”"), shown(approved.why))


def _table(rows: TableRows, *, decided: bool) -> TableView:
    """Give a table; where nothing was decided, none of its rules decided."""
    note = None
    if len(rows.rules) < rows.count:
        note = (
            f"{len(rows.rules)} of {counted(rows.count, 'rule')} are shown; {rows.matched:,} matched. "
            "Of those that did not, these failed in the fewest cells."
        )
    return TableView(
        shown(rows.name.removeprefix("decision ")),
        tuple((shown(each.label), shown(each.value)) for each in rows.asked),
        tuple(shown(name) or "Answer" for name in rows.outputs),
        tuple(_rule(rule, decisive=decided and rule.decisive) for rule in rows.rules),
        any(rule.reasons for rule in rows.rules),
        note,
    )


def _rule(rule: RuleRow, *, decisive: bool) -> RuleCells:
    mark = "decides" if decisive else "matches" if rule.matched else ""
    cells = tuple(Cell(shown(text), at in rule.failed) for at, text in enumerate(rule.cells))
    outputs = tuple(map(shown, rule.outputs))
    return RuleCells(rule.number, mark, decisive, rule.matched, cells, outputs, shown(", ".join(rule.reasons)))


def _card(rows: CardRows) -> CardView:
    bars = tuple(map(_bar, rows.points))
    return CardView(shown(rows.name.removeprefix("decision ")), f"{rows.base:f}", f"{rows.score:f}", bars)


def _bar(row: PointsRow) -> BarRow:
    span = row.highest - row.lowest
    part = Decimal(1) if not span else (row.points - row.lowest) / span
    return BarRow(
        shown(row.asked.label),
        shown(row.asked.value),
        shown(row.bin),
        f"{row.points:f}",
        f"{row.highest:f}",
        f"{part * 100:.1f}",
        row.points == row.highest,
    )


def _facts(facts: Mapping[str, Value]) -> Iterable[tuple[str, str]]:
    """Give facts by name, the members of a context each by themselves."""
    for name in sorted(facts):
        value = facts[name]
        if isinstance(value, dict) and value:
            yield from ((f"{name}.{member}", value_text(value[member])) for member in value)
        else:
            yield name, value_text(value)
