"""What a worker is told: once, how every package is run; then each package. All of it is plain JSON.

A worker may be another process or another machine, so nothing here is a path that only this one knows, but for those of
folders that all of them share.
"""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar, cast

from attrs import evolve, field, frozen

from casefold.batch.summary import Terms
from casefold.case.codec import CONVERTER as CASES
from casefold.case.events import SEMANTICS
from casefold.case.record import Artifacts
from casefold.codecs import Packed, converter, plain, structure
from casefold.feel import numbers
from casefold.kernel.canonical import Written, digest, written
from casefold.kernel.instants import Instant
from casefold.kernel.results import Result
from casefold.pages.labels import Thresholds, thresholds_digest
from casefold.pages.signals import compile_taxonomy
from casefold.policy.codec import parse_policy, policy_value
from casefold.policy.deciding import Ready, ready
from casefold.taxonomy.codec import parse, taxonomy_digest, taxonomy_value
from casefold_adapters.pdf.limits import PdfLimits
from casefold_adapters.search import aho_corasick
from casefold_shells.giving import Giving
from casefold_shells.models import Server
from casefold_shells.packages import Run

Value = TypeVar("Value")


@frozen
class Order:
    """How every package of a batch is run.

    Attributes:
        out: Where cases go: a folder that every worker reaches, or an address.
        policy, as_of: What each case is decided by, and for which instant, in microseconds.
        servers: Where the models are that the policy asks, by name.
        scratch: The folder in which a worker may keep what it downloads, if not the system's own.
    """

    out: str
    taxonomy: Written
    thresholds: Written
    file_type: str | None = None
    password: str | None = field(default=None, repr=False)
    pages_max: int = PdfLimits().pages_max
    policy: Written | None = None
    as_of: int | None = None
    servers: tuple[tuple[str, Server], ...] = field(default=(), repr=False)
    scratch: str | None = None


@frozen
class Task:
    """One attempt of one package.

    Attributes:
        package: The name of its file or folder in the input.
        name: What its case's folder is called.
        version: What changes when its files do.
        at: Where it is: a path, or an address without the keys.
        keys: Its files in the store, if it is in one.
        size: How many bytes they have.
        facts: What is known of the applicant beside the papers.
        problem: Why it cannot be run at all.
    """

    package: str
    name: str
    version: str
    attempt: int
    at: str
    keys: tuple[str, ...] | None = None
    size: int = 0
    facts: Written = written({})
    problem: str | None = None


_PACKS = (Packed(Decimal, str, str, numbers.number),)
_CONVERTER = converter(packs=cast("Sequence[Packed[object, object]]", _PACKS))


def order_of(run: Run, out: str, scratch: str | None = None) -> Order:
    """Write down how packages are run."""
    giving = run.giving
    return Order(
        out=out,
        taxonomy=written(taxonomy_value(run.artifacts.compiled.taxonomy)),
        thresholds=written(plain(CASES, run.artifacts.thresholds)),
        file_type=run.file_type,
        password=run.password,
        pages_max=run.limits.pages_max,
        policy=written(policy_value(giving.policy.policy)) if giving is not None else None,
        as_of=giving.as_of if giving is not None else None,
        servers=tuple(sorted(run.servers.items())),
        scratch=scratch,
    )


def terms_of(run: Run) -> Terms:
    """Say what packages are decided under."""
    taxonomy, thresholds = run.artifacts.compiled.taxonomy, run.artifacts.thresholds
    policy = run.giving.policy if run.giving is not None else None
    return Terms(
        semantics=SEMANTICS,
        taxonomy={"name": taxonomy.name, "version": taxonomy.version, "digest": taxonomy_digest(taxonomy)},
        thresholds={"name": thresholds.name, "version": thresholds.version, "digest": thresholds_digest(thresholds)},
        file_type=run.file_type,
        policy={"digest": policy.digest} if policy is not None else None,
    )


def order_digest(order: Order) -> str:
    """Name what packages are decided under."""
    parts = (order.taxonomy, order.thresholds, order.policy)
    return digest([SEMANTICS, order.file_type, *(None if part is None else part.digest for part in parts)])


def order_text(order: Order) -> str:
    """Write an order as one line."""
    return json.dumps(plain(_CONVERTER, order))


def task_text(task: Task) -> str:
    """Write a task as one line."""
    return json.dumps(plain(_CONVERTER, task))


def read_order(text: str) -> Order:
    """Read what `order_text` wrote; anything else is a bug."""
    return _certain(structure(_CONVERTER, json.loads(text), Order))


def read_task(text: str) -> Task:
    """Read what `task_text` wrote; anything else is a bug."""
    return _certain(structure(_CONVERTER, json.loads(text), Task))


def _certain(found: Result[Value, object]) -> Value:
    value = found.value_or(None)
    assert value is not None, f"orders are written by ourselves: {found}"
    return value


@frozen
class Prepared:
    """An order ready to be carried out again and again."""

    order: Order
    run: Run
    policy: Ready | None


def prepared(order: Order) -> Prepared:
    """Compile what an order holds; it was compiled before it was written, so it can be."""
    taxonomy = _certain(parse(cast("dict[str, object]", order.taxonomy.value)))
    compiled = _certain(compile_taxonomy(taxonomy, aho_corasick))
    thresholds = _certain(structure(CASES, order.thresholds.value, Thresholds))
    policy = None
    if order.policy is not None:
        policy = _certain(ready(_certain(parse_policy(cast("dict[str, object]", order.policy.value)))))
    run = Run(
        Artifacts(compiled, thresholds),
        order.file_type,
        order.password,
        evolve(PdfLimits(), pages_max=order.pages_max),
        servers=dict(order.servers),
    )
    return Prepared(order, run, policy)


def run_of(known: Prepared, facts: Written) -> Run:
    """Say how one package is run, given what is known of its applicant."""
    if known.policy is None:
        return known.run
    as_of = Instant(known.order.as_of) if known.order.as_of is not None else None
    return evolve(known.run, giving=Giving(known.policy, facts, as_of, known.run.servers))
