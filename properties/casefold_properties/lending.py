"""Lending policies whose meaning is known: what each part says is told here again, naively and without FEEL."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TypeAlias

from attrs import frozen

from casefold.feel.values import Value
from casefold.policy.artifact import Method, Outcomes, Policy, Ranking, ReasonText
from casefold.policy.catalogue import REGULATION_B
from casefold.policy.model import (
    Aggregation,
    Bin,
    Boxed,
    Characteristic,
    Decision,
    Element,
    HitPolicy,
    InputClause,
    InputData,
    Literal,
    Model,
    OutputClause,
    Reference,
    Rule,
    Scorecard,
    Table,
    Variable,
)

KNOCK_OUTS, SCORE, DECISION = "Knock-outs", "Score", "Decision"
APPROVE, REFER, DECLINE = "approve", "refer", "decline"
ORDER = (APPROVE, REFER, DECLINE)
PREFERRED = (DECLINE, REFER, APPROVE)
"""Under PRIORITY the worst outcome wins."""

BARRED = ("income", "debts")
"""The facts that knock-outs look at."""

RATE = "Score * 0.01 + 1.50"


@frozen
class Between:
    """The numbers between two; an end that is ``None`` is open."""

    low: Decimal | None
    low_included: bool
    high: Decimal | None
    high_included: bool

    @property
    def text(self) -> str:
        """Say it as FEEL does."""
        match self.low, self.high:
            case None, None:
                return "-"
            case None, high:
                return f"{'<=' if self.high_included else '<'} {high}"
            case low, None:
                return f"{'>=' if self.low_included else '>'} {low}"
            case low, high:
                return f"{'[' if self.low_included else '('}{low}..{high}{']' if self.high_included else ')'}"

    def holds(self, value: Decimal) -> bool:
        """Whether a number is one of them."""
        after = self.low is None or value > self.low or (self.low_included and value == self.low)
        return after and (self.high is None or value < self.high or (self.high_included and value == self.high))


Cell: TypeAlias = Between | None
"""What a rule asks of a number; ``None`` is nothing."""


def meets(cell: Cell, value: Decimal | None) -> bool | None:
    """Whether a number is as a cell asks; of one that is missing nothing can be said."""
    if cell is None:
        return True
    return None if value is None else cell.holds(value)


@frozen
class Bar:
    """A knock-out: what it asks of each of `BARRED`, and its reasons."""

    cells: tuple[Cell, ...]
    codes: tuple[str, ...]


@frozen
class Slot:
    """A bin: numbers, the code of a special value, or ``None`` for a missing one; its points and its reasons."""

    values: Between | Decimal | str | None
    points: Decimal
    codes: tuple[str, ...]

    @property
    def special(self) -> bool:
        """Whether its value has a meaning of its own."""
        return isinstance(self.values, (Decimal, str))


@frozen
class Factor:
    """A characteristic that goes by the name of its fact; one that is not *typed* lets any value reach its bins."""

    name: str
    typed: bool
    slots: tuple[Slot, ...]
    averages: tuple[Decimal | None, Decimal | None] = (None, None)

    def fallen(self, value: Value) -> int | None:
        """Give the number of the bin of a value; nothing if there is not exactly one."""
        value = alone(value)
        specials = [at for at, slot in enumerate(self.slots) if slot.special and slot.values == value]
        if specials:
            return specials[0] if len(specials) == 1 else None
        if value is None:
            return next((at for at, slot in enumerate(self.slots) if slot.values is None), None)
        if not isinstance(value, Decimal):
            return None
        plain = [
            at for at, slot in enumerate(self.slots) if isinstance(slot.values, Between) and slot.values.holds(value)
        ]
        return plain[0] if len(plain) == 1 else None

    def short(self, number: int, method: Method) -> Decimal:
        """Give the points that a bin falls short of what it is measured against, nought at least."""
        best = max(slot.points for slot in self.slots)
        against = {
            Method.BELOW_MAXIMUM: best,
            Method.BELOW_AVERAGE: self.averages[0],
            Method.BELOW_AVERAGE_AT_CUTOFF: self.averages[1],
        }[method]
        return Decimal(0) if against is None else max(Decimal(0), against - self.slots[number].points)


@frozen
class Way:
    """A rule for the outcome: what it asks of the number of knock-outs and of the score, and what its reasons are."""

    knocked: Cell
    score: Cell
    outcome: str
    reasons: tuple[str, ...]


@frozen
class Expected:
    """What must come of an application."""

    outcome: str
    score: Decimal
    codes: tuple[str, ...]


@frozen
class Lending:
    """A lending policy: knock-outs, a scorecard, the outcome by both, and perhaps a rate beside it."""

    bars: tuple[Bar, ...]
    base: Decimal
    factors: tuple[Factor, ...]
    ways: tuple[Way, ...]
    hit: HitPolicy
    ranking: Ranking
    own: tuple[ReasonText, ...] = ()
    priced: bool = False

    @property
    def facts(self) -> tuple[str, ...]:
        """The names of all facts."""
        return (*BARRED, *(factor.name for factor in self.factors))

    @property
    def policy(self) -> Policy:
        """Write it as a policy."""
        facts: tuple[Element, ...] = (
            *(InputData(f"_{name}", Variable(name, "number")) for name in BARRED),
            *(
                InputData(f"_{each.name}", Variable(each.name, "number" if each.typed else None))
                for each in self.factors
            ),
        )
        looked_at = tuple(factor.name for factor in self.factors)
        elements = (
            *facts,
            _decision(KNOCK_OUTS, "number", BARRED, self.knock_outs),
            _decision(SCORE, "number", looked_at, self.card),
            _decision(DECISION, None, (KNOCK_OUTS, SCORE), self.table),
        )
        outcomes = Outcomes(DECISION, ORDER, (DECLINE,), "outcome" if self.priced else None)
        return Policy(
            Model("lending", "urn:l", elements=elements), outcomes=outcomes, ranking=self.ranking, reasons=self.own
        )

    @property
    def knock_outs(self) -> Table:
        """The knock-outs as a table that counts them."""
        rules = (Rule(tuple(map(_text, bar.cells)), ('"x"',), ("; ".join(bar.codes),)) for bar in self.bars)
        inputs = tuple(InputClause(Literal(name, "number")) for name in BARRED)
        count = HitPolicy.COLLECT, Aggregation.COUNT
        return Table(inputs, (OutputClause(),), tuple(rules), *count, notes=("reason",))

    @property
    def card(self) -> Scorecard:
        """The scorecard."""
        return Scorecard(tuple(map(_characteristic, self.factors)), str(self.base))

    @property
    def table(self) -> Table:
        """The table of the outcome."""
        allowed = ", ".join(f'"{each}"' for each in PREFERRED)
        outputs = (OutputClause("outcome", "string", allowed), *((OutputClause("rate", "number"),) * self.priced))
        rules = tuple(
            Rule(
                (_text(way.knocked), _text(way.score)),
                (f'"{way.outcome}"', *((RATE,) * self.priced)),
                (", ".join(way.reasons),),
            )
            for way in self.ways
        )
        inputs = tuple(InputClause(Literal(name, "number")) for name in (KNOCK_OUTS, SCORE))
        return Table(inputs, outputs, rules, self.hit, notes=("Reasons",))

    def expected(self, facts: Mapping[str, Value]) -> Expected | None:
        """Say what must come of facts; nothing where nothing may be decided."""
        if any(name not in self.facts for name in facts):
            return None
        typed = (*BARRED, *(factor.name for factor in self.factors if factor.typed))
        told = self.told(facts)
        if not all(told[name] is None or isinstance(told[name], Decimal) for name in typed):
            return None
        barred = self.barred(told)
        fallen = [factor.fallen(told[factor.name]) for factor in self.factors]
        bins = [number for number in fallen if number is not None]
        if barred is None or len(bins) < len(fallen):
            return None
        score = self.base
        for factor, number in zip(self.factors, bins, strict=True):
            score += factor.slots[number].points
        decisive = self.decisive(Decimal(len(barred)), score)
        if not decisive:
            return None
        outcome = decisive[0].outcome
        codes: dict[str, None] = {}
        if outcome == DECLINE:
            codes = dict.fromkeys(
                code for way in decisive for name in way.reasons for code in self._told(name, barred, bins)
            )
        known = outcome in ORDER and (outcome != DECLINE or codes)
        return Expected(outcome, score, tuple(codes)[: self.ranking.most]) if known else None

    def told(self, facts: Mapping[str, Value]) -> dict[str, Value]:
        """Give the facts as they are looked at: one that is not there is null."""
        return {name: alone(facts.get(name)) for name in self.facts}

    def barred(self, facts: Mapping[str, Value]) -> list[Bar] | None:
        """Give the knock-outs that apply; nothing if that cannot be said of one."""
        found: list[Bar] = []
        for bar in self.bars:
            verdicts = [meets(cell, number(facts.get(name))) for cell, name in zip(bar.cells, BARRED, strict=True)]
            if False not in verdicts:
                if None in verdicts:
                    return None
                found.append(bar)
        return found

    def decisive(self, knocked: Decimal, score: Decimal) -> list[Way]:
        """Give the rules that the outcome comes from; none where there is no outcome."""
        met = [way for way in self.ways if meets(way.knocked, knocked) and meets(way.score, score)]
        if not met or (self.hit is HitPolicy.UNIQUE and len(met) > 1):
            return []
        if self.hit is HitPolicy.ANY:
            return met if len({way.outcome for way in met}) == 1 else []
        if self.hit is HitPolicy.PRIORITY:
            best = min(
                met, key=lambda way: PREFERRED.index(way.outcome) if way.outcome in PREFERRED else len(PREFERRED)
            )
            return [way for way in met if way.outcome == best.outcome]
        return met[:1]

    def _told(self, name: str, barred: list[Bar], bins: list[int]) -> Iterator[str]:
        """Give the codes that a name among the reasons of a rule stands for."""
        if name == KNOCK_OUTS:
            for bar in barred:
                yield from bar.codes
        elif name == SCORE:
            yield from self.ranked(bins)
        else:
            yield name

    def losses(self, bins: list[int]) -> dict[str, Decimal]:
        """Give the points lost for each code, where there are any."""
        lost: dict[str, Decimal] = {}
        for factor, at in zip(self.factors, bins, strict=True):
            short = factor.short(at, self.ranking.method)
            for code in factor.slots[at].codes if short > 0 else ():
                lost[code] = lost.get(code, Decimal(0)) + short
        return lost

    def ranked(self, bins: list[int]) -> list[str]:
        """Put the codes of bins in order: points lost, then the policy's priority, its own reasons, and the form's."""
        lost = self.losses(bins)
        order = [*self.ranking.priority, *(each.code for each in self.own), *(each.code for each in REGULATION_B)]
        return sorted(lost, key=lambda code: (-lost[code], order.index(code)))


def number(value: Value) -> Decimal | None:
    """Give a fact that is a number."""
    return value if isinstance(value, Decimal) else None


def alone(value: Value) -> Value:
    """Give the only item of a list of one, which counts as that item where a number is wanted."""
    return value[0] if isinstance(value, tuple) and len(value) == 1 else value


def _decision(name: str, kind: str | None, needs: tuple[str, ...], logic: Boxed) -> Decision:
    ids = (each if each in {KNOCK_OUTS, SCORE} else f"_{each}" for each in needs)
    return Decision(name, Variable(name, kind), tuple(Reference("urn:l", each) for each in ids), (), logic)


def _text(cell: Cell) -> str:
    return "-" if cell is None else cell.text


def _characteristic(factor: Factor) -> Characteristic:
    bins = tuple(Bin(_tests(slot), str(slot.points), ", ".join(slot.codes), slot.special) for slot in factor.slots)
    average, at_cutoff = (None if each is None else str(each) for each in factor.averages)
    return Characteristic(factor.name, Literal(factor.name, "number"), bins, average, at_cutoff)


def _tests(slot: Slot) -> str:
    match slot.values:
        case None:
            return "null"
        case Between() as values:
            return values.text
        case str() as code:
            return f'"{code}"'
        case code:
            return str(code)
