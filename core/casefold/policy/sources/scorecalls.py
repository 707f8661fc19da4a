"""The scores that a policy asks models for, from a tree."""

import re

from casefold.kernel.canonical import Json
from casefold.kernel.results import Failure, Success, sealed
from casefold.policy.experiments import Experiment
from casefold.policy.scorecalls import ScoreArm, ScoreCall
from casefold.policy.scorecodec import read_score
from casefold.policy.scores import ScoreModel
from casefold.policy.sources.fields import Fields

SCORES = "scores"
SHARE = "share"
SCORE_KEYS = ("input", "subject", "experiment", "champion", "challengers", "shadows", "models")
SCORE_NEEDED = ("input", "experiment", "champion", "models")
CHALLENGER_KEYS = ("model", SHARE)
MODEL_KEYS = (
    "name", "called", "version", "inputs", "output", "digits", "low", "high", "timeout seconds", "deadline seconds",
    "retries", "fallback",
)  # fmt: skip
MODEL_NEEDED = ("name", "inputs", "output", "digits", "low", "high")
TAKEN_KEYS = ("fact", "type", "tensor")
GIVEN_KEYS = ("name", "type", "shape", "element")

_WHOLE = re.compile("0|[1-9][0-9]{0,8}")


def read_scores(at: Fields) -> tuple[ScoreCall, ...]:
    """Read the scores of a policy; one that is wrong is told, and left out."""
    found = at.each(SCORES, "score", SCORE_KEYS, SCORE_NEEDED, _call)
    return tuple(each for each in found if each is not None)


def _call(at: Fields) -> ScoreCall | None:
    arms = at.each("models", "model", MODEL_KEYS, MODEL_NEEDED, _arm)
    raw: dict[str, Json] = {
        "id": at.text("experiment"),
        "champion": at.text("champion"),
        "challengers": at.each("challengers", "challenger", CHALLENGER_KEYS, CHALLENGER_KEYS, _challenger),
        "shadows": at.texts("shadows"),
    }
    match sealed(read_score(raw, Experiment)):
        case Success(experiment):
            known = tuple(each for each in arms if each is not None)
            return ScoreCall(at.name("input") or "", experiment, known, at.name("subject"))
        case Failure(bad):
            _refuse(at, bad.problems)
            return None


def _challenger(at: Fields) -> Json:
    return {"model": at.text("model"), "share_basis_points": _whole(at, SHARE)}


def _arm(at: Fields) -> ScoreArm | None:
    name = at.text("name")
    raw: dict[str, Json] = {
        "name": at.text("called") or name,
        "version": at.maybe("version"),
        "inputs": at.each("inputs", "input", TAKEN_KEYS, TAKEN_KEYS[:2], _taken),
        "output": _given(at),
        "digits": _whole(at, "digits"),
        **{key: at.text(key) for key in ("low", "high")},
        **{key.replace(" ", "_"): at.text(key) for key in ("timeout seconds", "deadline seconds") if at.has(key)},
        **({"retries": _whole(at, "retries")} if at.has("retries") else {}),
        **({"fallback": at.text("fallback")} if at.has("fallback") else {}),
    }
    match sealed(read_score(raw, ScoreModel)):
        case Success(model):
            return ScoreArm(name, model)
        case Failure(bad):
            _refuse(at, bad.problems)
            return None


def _taken(at: Fields) -> Json:
    fact = at.name("fact") or ""
    return {"tensor": at.text("tensor") or fact, "fact": fact, "datatype": at.text("type")}


def _given(at: Fields) -> Json:
    """Read where the score is; an output that is missing is told already."""
    if not at.has("output"):
        return None
    inner = at.inner(at.entries["output"], GIVEN_KEYS, GIVEN_KEYS[:2], "output")
    shape = [int(text) if _WHOLE.fullmatch(text) else 0 for text in inner.texts("shape")]
    element = _whole(inner, "element") if inner.has("element") else 0
    return {"name": inner.text("name"), "datatype": inner.text("type"), "shape": shape, "element": element}


def _whole(at: Fields, key: str) -> int:
    """Read a whole number; what is none is told."""
    text = at.text(key)
    if _WHOLE.fullmatch(text) is not None:
        return int(text)
    if at.has(key):
        at.refuse(f"{text!r} is no whole number", at.entries[key], key)
    return 0


def _refuse(at: Fields, problems: tuple[str, ...]) -> None:
    """Say what a model or an experiment cannot be."""
    for problem in problems:
        at.refuse(problem.removeprefix("expected otherwise: ").removesuffix(" @ "))
