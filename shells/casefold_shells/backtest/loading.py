"""A policy from a file: whatever a policy may be written in, or a policy as plain JSON."""

import json
from pathlib import Path
from typing import cast

from attrs import evolve

from casefold.kernel.results import Failure, Result
from casefold.policy.artifact import Outcomes, Policy
from casefold.policy.codec import parse_policy
from casefold_shells.sources import PolicyUnusable, load_policy


def policy_of(path: Path) -> Result[Policy, PolicyUnusable]:
    """Load a policy."""
    return _from_json(path) if path.suffix.lower() == ".json" else load_policy(path)


def _from_json(path: Path) -> Result[Policy, PolicyUnusable]:
    try:
        raw: object = json.loads(path.read_text("utf-8"))
    except OSError as error:
        return Failure(PolicyUnusable((f"{path}: {error.strerror or 'it cannot be read'}",)))
    except (ValueError, RecursionError) as error:
        return Failure(PolicyUnusable((f"{path}: it is no JSON: {error}",)))
    if not isinstance(raw, dict):
        return Failure(PolicyUnusable((f"{path}: it is no policy; it is no object",)))
    return parse_policy(cast("dict[str, object]", raw)).alt(
        lambda bad: PolicyUnusable(tuple(f"{path}: {each}" for each in bad.problems))
    )


def with_outcome(policy: Policy, decision: str, order: tuple[str, ...], adverse: tuple[str, ...]) -> Policy:
    """Declare which decision is the outcome, where the file does not."""
    return evolve(policy, outcomes=Outcomes(decision, order, adverse))
