"""Read what came back of a call: whatever the bytes are, there are answers, or a problem that says why not.

An answer is what the schema asks for. Fences and prose around it are passed over, since what was paid for is taken
where it can be told; a label out of the vocabulary never is.
"""

import json
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import cast

from attrs import frozen

from casefold.kernel.canonical import INTEGER_MAX
from casefold.vision.prompts import ALTERNATIVES_MAX
from casefold.vision.tokens import Usage

REPLY_BYTES_MAX = 1 << 20
"""No answer about a few pages is longer."""


class Problem(Enum):
    """Why a call, or a page of it, has no answer."""

    UNREACHABLE = "unreachable"
    """No connection, or it broke."""
    TIMED_OUT = "timed_out"
    OVER_QUOTA = "over_quota"
    """The endpoint takes no more for now, or no more money is there."""
    REJECTED = "rejected"
    """The endpoint refused the request."""
    FAILING = "failing"
    """The endpoint says that it has failed."""
    TOO_LARGE = "too_large"
    NOT_A_REPLY = "not_a_reply"
    """What came is no chat completion."""
    REFUSED = "refused"
    """The model would not answer, or a filter would not let it."""
    CUT_SHORT = "cut_short"
    """The answer was longer than it might be."""
    NOT_JSON = "not_json"
    OUT_OF_VOCABULARY = "out_of_vocabulary"
    """A label that the taxonomy does not have."""
    WRONG_PAGES = "wrong_pages"
    """A page is not answered for, or twice."""
    LOST = "lost"
    """The run was stopped while it waited; what came, if anything, is not known."""
    EXPIRED = "expired"
    """The batch that it was in ended without it."""


ASKED_AGAIN = frozenset({
    Problem.REFUSED, Problem.CUT_SHORT, Problem.NOT_JSON, Problem.OUT_OF_VOCABULARY, Problem.WRONG_PAGES,
    Problem.NOT_A_REPLY, Problem.LOST, Problem.EXPIRED,
})  # fmt: skip
"""Problems after which the same question may have another answer."""


@frozen
class PageAnswer:
    """What a model says of a page.

    Attributes:
        page: Its number.
        label: Its label.
        alternatives: Labels that it might have as well.
        starts_document: Whether a document begins with it; ``None`` where that was not said.
    """

    page: int
    label: str
    alternatives: tuple[str, ...]
    starts_document: bool | None


@frozen
class Reply:
    """What came of a call.

    Attributes:
        answers: What can be used, by page, in order.
        problem: Why that is not all; ``None`` where it is.
        usage: The tokens that the endpoint counted; ``None`` where it did not say.
        model: The name that the endpoint gives the model that answered.
    """

    answers: tuple[PageAnswer, ...]
    problem: Problem | None
    usage: Usage | None = None
    model: str | None = None


def read_reply(body: bytes, pages: Sequence[int], vocabulary: frozenset[str]) -> Reply:
    """Read the body of a chat completion that was asked about *pages*."""
    raw = _json_or_none(body[: REPLY_BYTES_MAX + 1]) if len(body) <= REPLY_BYTES_MAX else None
    whole = _members(raw)
    usage, model = _usage(whole), whole.get("model")
    name = model[:100] if isinstance(model, str) else None
    choices = _items(whole.get("choices"))
    choice = _members(choices[0] if choices else None)
    message = _members(choice.get("message"))
    content, finish = message.get("content"), choice.get("finish_reason")
    if not choice:
        return Reply((), Problem.NOT_A_REPLY, usage, name)
    if message.get("refusal") or finish == "content_filter":
        return Reply((), Problem.REFUSED, usage, name)
    if not isinstance(content, str):
        return Reply((), Problem.NOT_A_REPLY if finish != "length" else Problem.CUT_SHORT, usage, name)
    answers, problem = read_content(content, pages, vocabulary)
    if problem is Problem.NOT_JSON and finish == "length":
        problem = Problem.CUT_SHORT
    return Reply(answers, problem, usage, name)


def read_content(
    content: str, pages: Sequence[int], vocabulary: frozenset[str]
) -> tuple[tuple[PageAnswer, ...], Problem | None]:
    """Read the text of an answer.

    >>> text = 'Here: {"pages": [{"page": 3, "label": "w2", "alternatives": [], "starts_document": true}]}'
    >>> read_content(text, [3], frozenset({"w2"}))
    ((PageAnswer(page=3, label='w2', alternatives=(), starts_document=True),), None)
    >>> read_content(text, [3], frozenset({"w9"}))
    ((), <Problem.OUT_OF_VOCABULARY: 'out_of_vocabulary'>)
    """
    raw = _json_or_none(content.encode("utf-8", "replace"))
    if raw is None:
        raw = _json_or_none(content[content.find("{") : content.rfind("}") + 1].encode("utf-8", "replace"))
    rows = _members(raw).get("pages")
    if not isinstance(rows, list):
        return (), Problem.NOT_JSON
    problem: Problem | None = None
    found: dict[int, PageAnswer] = {}
    twice: set[int] = set()
    for each in cast("list[object]", rows):
        row = _members(each)
        page, label = row.get("page"), row.get("label")
        if not isinstance(page, int) or isinstance(page, bool) or page not in pages:
            problem = problem or Problem.WRONG_PAGES
        elif not isinstance(label, str) or label not in vocabulary:
            problem = Problem.OUT_OF_VOCABULARY
        elif page in found:
            twice.add(page)
        else:
            found[page] = _answer(page, label, row, vocabulary)
    if twice or (problem is None and len(found) < len(set(pages))):
        problem = problem or Problem.WRONG_PAGES
    answers = tuple(found[page] for page in pages if page in found and page not in twice)
    return answers, problem if len(answers) < len(set(pages)) else None


def _answer(page: int, label: str, row: Mapping[str, object], vocabulary: frozenset[str]) -> PageAnswer:
    others = row.get("alternatives")
    named = [each for each in _items(others) if isinstance(each, str) and each in vocabulary and each != label]
    starts = row.get("starts_document")
    alternatives = tuple(dict.fromkeys(named))[:ALTERNATIVES_MAX]
    return PageAnswer(page, label, alternatives, starts if isinstance(starts, bool) else None)


def _usage(whole: Mapping[str, object]) -> Usage | None:
    told = _members(whole.get("usage"))
    sent, got = _count(told.get("prompt_tokens")), _count(told.get("completion_tokens"))
    if sent is None or got is None:
        return None
    cached = _count(_members(told.get("prompt_tokens_details")).get("cached_tokens")) or 0
    return Usage(sent, min(cached, sent), got)


def _count(raw: object) -> int | None:
    return raw if isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw <= INTEGER_MAX else None


def _items(raw: object) -> Sequence[object]:
    return cast("list[object]", raw) if isinstance(raw, list) else ()


def _members(raw: object) -> Mapping[str, object]:
    return cast("dict[str, object]", raw) if isinstance(raw, dict) else {}


def _json_or_none(content: bytes) -> object:
    try:
        return cast("object", json.loads(content))
    except (ValueError, RecursionError):
        return None
