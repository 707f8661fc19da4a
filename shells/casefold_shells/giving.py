"""A policy that a case is given: taken from a file, kept with the case, and read back from there."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from attrs import field, frozen

from casefold.case.events import PolicyGiven
from casefold.case.state import Case
from casefold.feel.codec import to_json
from casefold.feel.values import Value
from casefold.kernel.canonical import Written, is_json, written
from casefold.kernel.instants import Instant
from casefold.kernel.results import Failure, Result, Success, traverse
from casefold.policy.artifact import Policy
from casefold.policy.codec import parse_policy
from casefold.policy.deciding import Ready, ready
from casefold_adapters.files.atomic import StorageFailed
from casefold_adapters.files.blobs import BlobChanged, BlobMissing, FileBlobs
from casefold_shells.models import NOWHERE, Servers
from casefold_shells.policies import FactsUnusable, PolicyUnusable, fault_words, load_policy


@frozen
class Giving:
    """A policy to decide by.

    Attributes:
        facts: What is known of the applicant, as FEEL values in JSON by name.
        as_of: The instant to decide for; ``None`` for the present one.
        servers: Where the models are that the policy asks.
    """

    policy: Ready = field(repr=False)
    facts: Written
    as_of: Instant | None = None
    servers: Servers = field(default=NOWHERE, repr=False)


def policy_at(path: Path) -> Result[Ready, PolicyUnusable]:
    """Take a policy from a file, or from the canonical JSON of one, and make it ready."""
    found = _policy_json(path) if path.suffix.lower() == ".json" else load_policy(path)
    if isinstance(found, Failure):
        return found
    prepared = ready(found.unwrap())
    return prepared.alt(lambda faults: PolicyUnusable(tuple(f"{path}: {fault_words(each)}" for each in faults.faults)))


def _policy_json(path: Path) -> Result[Policy, PolicyUnusable]:
    try:
        raw: object = json.loads(path.read_text("utf-8"))
    except OSError as error:
        return Failure(PolicyUnusable((f"{path}: {error.strerror or 'it cannot be read'}; check the path",)))
    except (ValueError, RecursionError) as error:
        return Failure(PolicyUnusable((f"{path}: it is no JSON: {error}",)))
    if not isinstance(raw, dict) or not is_json(cast("object", raw)):
        return Failure(PolicyUnusable((f"{path}: it is no policy; write one with the members model and outcomes",)))
    return parse_policy(cast("dict[str, object]", raw)).alt(
        lambda bad: PolicyUnusable(tuple(f"{path}: {each}" for each in bad.problems))
    )


def facts_written(facts: Mapping[str, Value]) -> Result[Written, FactsUnusable]:
    """Write facts as a case records them."""
    made = traverse(lambda name: to_json(facts[name], name), facts)
    if isinstance(made, Failure):
        return Failure(FactsUnusable(f"{made.failure().path} is {made.failure().given}"))
    whole = dict(zip(facts, made.unwrap(), strict=True))
    if not is_json(whole):
        return Failure(FactsUnusable("a text in it has half a character; save it as UTF-8"))
    return Success(written(whole))


def given_event(giving: Giving, content: str, now: Instant) -> PolicyGiven:
    """Say that a policy is given, whose blob is *content*."""
    as_of = now if giving.as_of is None else giving.as_of
    return PolicyGiven(giving.policy.digest, content, giving.facts, str(as_of), scores=giving.policy.policy.scores)


def asks_anew(giving: Giving, case: Case) -> bool:
    """Whether a case was not given just this already: a run that goes on does not decide again."""
    before = case.given
    return (
        before is None
        or (before.policy, before.facts) != (giving.policy.digest, giving.facts)
        or (giving.as_of is not None and before.as_of != str(giving.as_of))
    )


@frozen
class PolicyLost:
    """The policy of a case is not among its blobs, or is not what it was."""


async def stored_policy(blobs: FileBlobs, given: PolicyGiven) -> Result[Ready, PolicyLost | StorageFailed]:
    """Read back the policy that a case was given."""
    content = await blobs.get(given.content)
    if isinstance(content, Failure):
        lost = content.failure()
        return Failure(PolicyLost() if isinstance(lost, (BlobMissing, BlobChanged)) else lost)
    policy = parse_policy(json.loads(content.unwrap())).value_or(None)
    prepared = ready(policy).value_or(None) if policy is not None else None
    return Success(prepared) if prepared is not None and prepared.digest == given.policy else Failure(PolicyLost())
