"""Scores in words: where they are from, and why there is none."""

from casefold.policy.experiments import NoSuchModel
from casefold.policy.scorecalls import NoScore, SubjectUnusable
from casefold.policy.scorefacts import Nonsense, Refused, TimedOut, Unreachable
from casefold.policy.scores import InputUnusable


def no_score_words(why: NoScore) -> str:
    """Say why a model gave no score.

    >>> no_score_words(Refused(503, "Service Unavailable"))
    'the server refused (503 Service Unavailable)'
    """
    match why:
        case InputUnusable(_, fact, datatype, given):
            return f"the model takes “{fact}” as {datatype.value}, and it is {given}"
        case SubjectUnusable(fact, given):
            return f"“{fact}”, by which a model is chosen, is {given} where text or a number should be"
        case NoSuchModel(experiment, model):
            return f"the experiment “{experiment}” has no model “{model}”"
        case TimedOut():
            return "no answer came in time"
        case Unreachable(detail):
            return f"the server could not be reached ({detail})"
        case Refused(status, detail):
            return f"the server refused ({status} {detail})".replace(" )", ")")
        case Nonsense(fault, found):
            said = fault.value.replace("_", " ")
            return f"the answer is no score ({said}: {found})" if found else f"the answer is no score ({said})"
