"""A decision model as values: what DMN writes in XML, and tables and scorecards say in other ways (DMN 1.5, chapter 6).

Texts are kept as they were written; `casefold.policy.graph` reads them. References are resolved there too.
"""

from enum import Enum
from typing import TypeAlias

from attrs import frozen

REASON = "reason"
"""The name of a table's notes that say why a rule decides as it does: codes, or decisions whose reasons they are."""


def is_reason(note: str) -> bool:
    """Whether notes of that name are reasons: ``reason`` or ``reasons``."""
    return note.strip().lower() in {REASON, f"{REASON}s"}


def codes_of(text: str) -> tuple[str, ...]:
    """Take apart what is written where reasons stand; one that is written twice is one.

    >>> codes_of("C09; Knock-outs, C09")
    ('C09', 'Knock-outs')
    """
    parts = (part.strip() for part in text.replace(";", ",").split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


MISSING = "null"
"""The tests of a scorecard's bin for a value that is missing."""


@frozen
class Reference:
    """What an ``href`` points to: the element *id* of the model of that *namespace*."""

    namespace: str
    id: str


@frozen
class Variable:
    """A name with a type reference, such as a parameter; ``None`` where the type is not said."""

    name: str
    type: str | None = None


class FunctionKind(Enum):
    """In what a function is written; only FEEL is run."""

    FEEL = "FEEL"
    JAVA = "Java"
    PMML = "PMML"


class HitPolicy(Enum):
    """What a table answers when several rules match (section 8.2.8)."""

    UNIQUE = "UNIQUE"
    FIRST = "FIRST"
    PRIORITY = "PRIORITY"
    ANY = "ANY"
    COLLECT = "COLLECT"
    RULE_ORDER = "RULE ORDER"
    OUTPUT_ORDER = "OUTPUT ORDER"


class Aggregation(Enum):
    """What COLLECT makes of all outputs."""

    SUM = "SUM"
    COUNT = "COUNT"
    MIN = "MIN"
    MAX = "MAX"


class IterationKind(Enum):
    """What a boxed iterator asks (section 10.2.2.9 and .10)."""

    FOR = "for"
    SOME = "some"
    EVERY = "every"


@frozen
class Literal:
    """A boxed FEEL text."""

    text: str
    type: str | None = None


@frozen
class Entry:
    """An entry of a boxed context; the one without a *name* is the context's result."""

    name: str | None
    value: "Boxed"
    type: str | None = None


@frozen
class Context:
    """A boxed context."""

    entries: tuple[Entry, ...]
    type: str | None = None


@frozen
class Binding:
    """An argument of a boxed invocation."""

    parameter: str
    value: "Boxed"


@frozen
class Invocation:
    """A boxed invocation of the function that *function* gives."""

    function: "Boxed"
    bindings: tuple[Binding, ...]
    type: str | None = None


@frozen
class Definition:
    """A boxed function; one of another kind than FEEL has a body that only says what it would run."""

    parameters: tuple[Variable, ...]
    body: "Boxed | None"
    kind: FunctionKind = FunctionKind.FEEL
    type: str | None = None


@frozen
class Relation:
    """A boxed relation: a list of contexts of the same members."""

    columns: tuple[str, ...]
    rows: "tuple[tuple[Boxed, ...], ...]"
    type: str | None = None


@frozen
class Items:
    """A boxed list."""

    items: "tuple[Boxed, ...]"
    type: str | None = None


@frozen
class Conditional:
    """A boxed conditional."""

    condition: "Boxed"
    yes: "Boxed"
    no: "Boxed"
    type: str | None = None


@frozen
class Filter:
    """A boxed filter."""

    source: "Boxed"
    match: "Boxed"
    type: str | None = None


@frozen
class Iteration:
    """A boxed iterator: *body* for each item of *source*, under the name *variable*."""

    kind: IterationKind
    variable: str
    source: "Boxed"
    body: "Boxed"
    type: str | None = None


@frozen
class InputClause:
    """A column of conditions.

    Attributes:
        expression: What is tested.
        allowed: Unary tests that every input meets, or ``None``.
        label: What people call it.
    """

    expression: Literal
    allowed: str | None = None
    label: str | None = None


@frozen
class OutputClause:
    """A column of conclusions.

    Attributes:
        name: Its name, where there are several.
        type: Its type reference.
        allowed: Its values, the preferred first, as unary tests, or ``None``.
        default: What it is where no rule matches, or ``None``.
        label: What people call it.
    """

    name: str | None = None
    type: str | None = None
    allowed: str | None = None
    default: str | None = None
    label: str | None = None


@frozen
class Rule:
    """A row: a cell of unary tests for each input, one of FEEL for each output, and notes that decide nothing."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    notes: tuple[str, ...] = ()


@frozen
class Table:
    """A decision table."""

    inputs: tuple[InputClause, ...]
    outputs: tuple[OutputClause, ...]
    rules: tuple[Rule, ...]
    hit: HitPolicy = HitPolicy.UNIQUE
    aggregation: Aggregation | None = None
    type: str | None = None
    notes: tuple[str, ...] = ()


@frozen
class Bin:
    """Values of a characteristic that get the same points.

    Attributes:
        tests: What meets it, as unary tests; ``null`` for a value that is missing.
        points: What it adds to the score, as a FEEL number.
        reason: Why it takes points, for the applicant: codes of the reason catalogue.
        special: Whether its values are codes with a meaning of their own, such as -9 for "no record": they belong to
            this bin alone, even where another one has room for them.
    """

    tests: str
    points: str
    reason: str = ""
    special: bool = False


@frozen
class Characteristic:
    """A property of an applicant that a scorecard gives points for.

    Attributes:
        expression: What is looked at.
        bins: What it is worth. Every value falls into exactly one.
        average: The points that applicants get on average, as the development sample has it; ``None`` if unknown.
        average_at_cutoff: The same of applicants whose score is at or slightly above the cutoff.
    """

    name: str
    expression: Literal
    bins: tuple[Bin, ...]
    average: str | None = None
    average_at_cutoff: str | None = None


@frozen
class Scorecard:
    """A scorecard: its value is the number of points, *base* and one bin of each characteristic."""

    characteristics: tuple[Characteristic, ...]
    base: str = "0"
    type: str | None = "number"


Boxed: TypeAlias = (
    Literal
    | Context
    | Invocation
    | Definition
    | Relation
    | Items
    | Conditional
    | Filter
    | Iteration
    | Table
    | Scorecard
)


@frozen
class FunctionItem:
    """The type of functions from *parameters* to *result*."""

    parameters: tuple[Variable, ...]
    result: str | None


@frozen
class ItemDefinition:
    """A named type, or a component of one.

    Attributes:
        type: The type that it is, unless it has *components* or is a *function*.
        collection: Whether it is a list of these.
        allowed: Unary tests that every value meets (of a list, every item), or ``None``.
        constraint: Unary tests that the whole value meets, list or not, or ``None``.
    """

    name: str
    type: str | None = None
    components: "tuple[ItemDefinition, ...]" = ()
    function: FunctionItem | None = None
    collection: bool = False
    allowed: str | None = None
    constraint: str | None = None


@frozen
class InputData:
    """A fact that a model asks for."""

    id: str
    variable: Variable


@frozen
class Decision:
    """A decision.

    Attributes:
        requires: The decisions and inputs whose values its logic may use.
        knowledge: The business knowledge models and decision services that it may call.
        logic: How it is decided; ``None`` where that is not said.
    """

    id: str
    variable: Variable
    requires: tuple[Reference, ...] = ()
    knowledge: tuple[Reference, ...] = ()
    logic: Boxed | None = None


@frozen
class Knowledge:
    """A business knowledge model: a function with a name."""

    id: str
    variable: Variable
    requires: tuple[Reference, ...] = ()
    logic: Definition | None = None


@frozen
class Service:
    """A decision service: *outputs* as a function of *input_decisions* and *input_data*, in that order."""

    id: str
    variable: Variable
    outputs: tuple[Reference, ...]
    encapsulated: tuple[Reference, ...] = ()
    input_decisions: tuple[Reference, ...] = ()
    input_data: tuple[Reference, ...] = ()


Element: TypeAlias = InputData | Decision | Knowledge | Service


@frozen
class Import:
    """Another model, whose elements go by ``name.element`` here."""

    name: str
    namespace: str


@frozen
class Model:
    """A decision model."""

    name: str
    namespace: str
    imports: tuple[Import, ...] = ()
    items: tuple[ItemDefinition, ...] = ()
    elements: tuple[Element, ...] = ()
