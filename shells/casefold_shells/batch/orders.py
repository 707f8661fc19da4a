"""What a worker is told: once, how every package is run; then each package. All of it is plain JSON.

A worker may be another process or another machine, so nothing here is a path that only this one knows, but for those of
folders that all of them share.
"""

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TypeVar, cast

from attrs import evolve, field, frozen

from casefold.batch.summary import Terms
from casefold.case.codec import CONVERTER as CASES
from casefold.case.events import SEMANTICS
from casefold.case.record import Artifacts
from casefold.codecs import Packed, converter, plain, structure
from casefold.feel import numbers
from casefold.fields.codec import parse as parse_specs
from casefold.fields.codec import specs_digest, specs_value
from casefold.fields.compiled import compile_fields
from casefold.kernel.canonical import Written, digest, written
from casefold.kernel.instants import Instant
from casefold.kernel.results import Result
from casefold.pages.labels import Thresholds, thresholds_digest
from casefold.pages.local.model import LocalModel
from casefold.pages.recognition import NO_RECOGNITION, RecognitionPlan
from casefold.pages.signals import compile_taxonomy
from casefold.policy.codec import parse_policy, policy_value
from casefold.policy.deciding import Ready, ready
from casefold.taxonomy.codec import parse, taxonomy_digest, taxonomy_value
from casefold.validation.codec import parse as parse_rules
from casefold.validation.codec import rules_digest, rules_value
from casefold.validation.ready import ready_rules
from casefold.vision.tier import read_tier, tier_digest, tier_value
from casefold_adapters import local_models
from casefold_adapters.ocr.cache import default_folder
from casefold_adapters.pdf.limits import PdfLimits
from casefold_adapters.search import aho_corasick
from casefold_shells.giving import Giving
from casefold_shells.models import Server
from casefold_shells.packages import Run
from casefold_shells.recognising import NOTHING, Ocr, Recognising, recognising
from casefold_shells.vision import VisionServer

Value = TypeVar("Value")


@frozen
class Recognition:
    """How pages are recognised: the plan, and what finds its engines on another machine."""

    plan: RecognitionPlan = NO_RECOGNITION
    ocr: str = Ocr.NONE.value
    language: str = "eng"
    quick: bool = False
    second: bool | None = None
    cache: str | None = None


@frozen
class Order:
    """How every package of a batch is run.

    Attributes:
        out: Where cases go: a folder that every worker reaches, or an address.
        policy, as_of: What each case is decided by, and for which instant, in microseconds.
        servers: Where the models are that the policy asks, by name.
        scratch: The folder in which a worker may keep what it downloads, if not the system's own.
        fields, rules: The field specifications and the rules across documents, if any.
        model: The local model by name or path, and its digest; every worker must reach it.
        recognition: How pages without words to trust are recognised, with engines that every worker must have.
        asking, endpoint: What a language model may be asked about each package, and where it is.
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
    fields: Written | None = None
    rules: Written | None = None
    model: tuple[str, str] | None = None
    recognition: Recognition = Recognition()
    asking: Written | None = None
    endpoint: VisionServer | None = field(default=None, repr=False)


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


_PACKS = (Packed(Decimal, str, str, numbers.number), Packed(Path, str, str, Path))
_CONVERTER = converter(packs=cast("Sequence[Packed[object, object]]", _PACKS))


def order_of(
    run: Run, out: str, scratch: str | None = None, model: str = "", recognition: Recognition = Recognition()
) -> Order:
    """Write down how packages are run; *model* names the local model of the run, if it has one."""
    giving, artifacts = run.giving, run.artifacts
    spoken = artifacts.compiled.model
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
        fields=written(specs_value(artifacts.fields.specs)) if artifacts.fields is not None else None,
        rules=written(rules_value(artifacts.rules.rules)) if artifacts.rules is not None else None,
        model=(model, spoken.digest) if spoken is not None else None,
        recognition=recognition,
        asking=written(tier_value(artifacts.vision)) if artifacts.vision is not None else None,
        endpoint=run.vision,
    )


def terms_of(run: Run) -> Terms:
    """Say what packages are decided under."""
    taxonomy, thresholds = run.artifacts.compiled.taxonomy, run.artifacts.thresholds
    policy = run.giving.policy if run.giving is not None else None
    fields, rules, model = run.artifacts.fields, run.artifacts.rules, run.artifacts.compiled.model
    return Terms(
        semantics=SEMANTICS,
        taxonomy={"name": taxonomy.name, "version": taxonomy.version, "digest": taxonomy_digest(taxonomy)},
        thresholds={"name": thresholds.name, "version": thresholds.version, "digest": thresholds_digest(thresholds)},
        file_type=run.file_type,
        policy={"digest": policy.digest} if policy is not None else None,
        fields=specs_digest(fields.specs) if fields is not None else None,
        rules=rules_digest(rules.rules) if rules is not None else None,
        model=model.digest if model is not None else None,
        recognition=tuple(
            {"effort": each.effort.value, "engine": each.engine.name, "version": each.engine.version}
            for each in run.recognising.plan.attempts
        ),
        vision=None if run.artifacts.vision is None else tier_digest(run.artifacts.vision),
    )


def order_digest(order: Order) -> str:
    """Name what packages are decided under."""
    parts = (order.taxonomy, order.thresholds, order.policy, order.fields, order.rules)
    model = None if order.model is None else order.model[1]
    recognition = plain(CASES, order.recognition.plan)
    whole = [SEMANTICS, order.file_type, *(None if part is None else part.digest for part in parts), model, recognition]
    return digest(whole if order.asking is None else [*whole, order.asking.digest])


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
    fields = None
    if order.fields is not None:
        specs = _certain(parse_specs(cast("dict[str, object]", order.fields.value)))
        fields = _certain(compile_fields(specs, aho_corasick))
    rules = None
    if order.rules is not None and fields is not None:
        read = _certain(parse_rules(cast("dict[str, object]", order.rules.value)))
        rules = _certain(ready_rules(read, fields.specs))
    vision = _certain(read_tier(order.asking.value)) if order.asking is not None else None
    run = Run(
        Artifacts(evolve(compiled, model=_model(order)), thresholds, fields=fields, rules=rules, vision=vision),
        order.file_type,
        order.password,
        evolve(PdfLimits(), pages_max=order.pages_max),
        servers=dict(order.servers),
        recognising=_recognising(order.recognition),
        vision=order.endpoint,
    )
    return Prepared(order, run, policy)


def _model(order: Order) -> LocalModel | None:
    if order.model is None:
        return None
    name, digest = order.model
    model = _certain(local_models.load(name))
    assert model.digest == digest, f"{name} is another model here"
    return model


def _recognising(wanted: Recognition) -> Recognising:
    """Find the engines of a plan here; one that is not is told of each package that needs it."""
    cache = Path(wanted.cache) if wanted.cache is not None else default_folder()
    found = recognising(Ocr(wanted.ocr), wanted.language, 1, cache, quick=wanted.quick, second=wanted.second)
    return evolve(found.value_or(NOTHING), plan=wanted.plan, chosen=True)


def run_of(known: Prepared, facts: Written) -> Run:
    """Say how one package is run, given what is known of its applicant."""
    if known.policy is None:
        return known.run
    as_of = Instant(known.order.as_of) if known.order.as_of is not None else None
    return evolve(known.run, giving=Giving(known.policy, facts, as_of, known.run.servers))
