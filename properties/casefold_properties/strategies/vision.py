"""Language models that answer, and that fail in every way; what may be asked of them, and what it may cost."""

import json
from collections.abc import Mapping, Sequence

from attrs import evolve, frozen
from hypothesis import strategies as st

from casefold.case.asking import CallHeard
from casefold.kernel.canonical import Json
from casefold.vision.answers import Problem
from casefold.vision.calls import AskedPage, Call
from casefold.vision.tier import Accuracy, VisionTier
from casefold.vision.tokens import FixedTokens, ImageTokens, PatchTokens, Prices, TileTokens
from casefold_properties.worlds import Speaker

LABELS = ("alpha", "bravo", "unknown")

FAULTS = tuple(Problem)


def image_formulas() -> st.SearchStrategy[ImageTokens]:
    """Ways to count a picture."""
    small = st.integers(1, 3_000)
    return st.one_of(
        st.builds(FixedTokens, small),
        st.builds(TileTokens, small, small, small, small, small),
        st.builds(PatchTokens, small, st.integers(0, 3_000), small, small),
    )


def price_lists() -> st.SearchStrategy[Prices]:
    """Prices, some of them nothing."""
    price = st.sampled_from((0, 1, 50_000, 250_000, 10_000_000))
    return st.builds(Prices, st.just("law"), price, price, price, st.sampled_from((0, 500, 1_000)))


def vision_tiers(*, batch: bool | None = None) -> st.SearchStrategy[VisionTier]:
    """What a case may ask: of few and many pages at a time, for much money and for hardly any."""
    share = st.sampled_from((1, 300_000, 500_000, 950_000, 999_999))
    accuracy = st.builds(Accuracy, st.just("law"), share, share, share)
    return st.builds(
        VisionTier,
        model=st.just("law-1"),
        prices=price_lists(),
        image=st.none() | image_formulas(),
        text_bytes_max=st.sampled_from((0, 7, 1_600)),
        pages_a_call=st.integers(1, 4),
        pages_max=st.integers(1, 6),
        calls_at_once=st.integers(1, 3),
        budget_micro_usd=st.sampled_from((0, 1, 3_000, 9_000, 10**9)),
        review_micro_usd=st.sampled_from((0, 10**6, 10**9)),
        accuracy=accuracy,
        batch=st.booleans() if batch is None else st.just(batch),
    )


def calls(*, reserves: st.SearchStrategy[int] | None = None) -> st.SearchStrategy[tuple[Call, ...]]:
    """Calls about some pages each, no two about the same."""

    def made(costs: Sequence[int]) -> tuple[Call, ...]:
        return tuple(
            Call(0, (AskedPage(at, None, 100, 100, "nothing", "", ""),), 10, 10, 10, cost)
            for at, cost in enumerate(costs, 1)
        )

    return st.lists(st.integers(0, 100) if reserves is None else reserves, max_size=6).map(made)


def completion(content: str | None, usage: Json = None, **more: Json) -> bytes:
    """Write a chat completion."""
    choice: dict[str, Json] = {"message": {"role": "assistant", "content": content}, "finish_reason": "stop", **more}
    return json.dumps({"model": "law-1-2026", "choices": [choice], "usage": usage}).encode()


def answer_rows(answers: Mapping[int, str], *, starts: bool = False) -> str:
    """Write an answer that gives each page a label."""
    rows: list[Json] = [
        {"page": page, "label": label, "alternatives": ["bravo"], "starts_document": starts}
        for page, label in answers.items()
    ]
    return json.dumps({"pages": rows})


def used(sent: int, got: int, cached: int = 0) -> Json:
    """Write what a call used."""
    return {
        "prompt_tokens": sent,
        "completion_tokens": got,
        "prompt_tokens_details": {"cached_tokens": cached},
    }


@frozen
class Manner:
    """How a language model takes a call."""

    kind: str
    label: str
    usage: Json


_KINDS = (
    "right", "right", "right", "partly", "strange", "prose", "cut", "refused", "nonsense", "nobody", "late", "lost",
    "kept",
)  # fmt: skip


def manners() -> st.SearchStrategy[Manner]:
    """Every way to take a call; usages are small, missing, or beyond all bounds."""
    usage = st.sampled_from((None, used(10, 5), used(3_000, 80, 2_000), used(10**12, 10**12), used(0, 0)))
    return st.builds(Manner, st.sampled_from(_KINDS), st.sampled_from(LABELS), usage)


def speakers() -> st.SearchStrategy[Speaker]:
    """Language models: how one takes a call depends on the call alone."""
    return st.lists(manners(), min_size=1, max_size=5).map(speaker_of)


def speaker_of(some: Sequence[Manner]) -> Speaker:
    """Take calls in these manners."""

    def speak(call: Call) -> CallHeard:
        manner = some[(call.numbers[0] + call.attempt) % len(some)]
        return heard_of(manner, call)

    return speak


def heard_of(manner: Manner, call: Call) -> CallHeard:
    """Say what comes of a call."""
    pages = dict.fromkeys(call.numbers, manner.label)
    whole = answer_rows(pages)
    base = CallHeard(call.digest, call.digest, billed=True)
    match manner.kind:
        case "right":
            return evolve(base, body=completion(whole, manner.usage))
        case "kept":
            return evolve(base, body=completion(whole, manner.usage), kept=True)
        case "partly":
            first = {call.numbers[0]: manner.label}
            return evolve(base, body=completion(answer_rows(first, starts=True), manner.usage))
        case "strange":
            return evolve(base, body=completion(answer_rows(dict.fromkeys(call.numbers, "zulu")), manner.usage))
        case "prose":
            return evolve(base, body=completion(f"Of course! ```json\n{whole}\n```", manner.usage))
        case "cut":
            return evolve(base, body=completion(whole[:-9], manner.usage, finish_reason="length"))
        case "refused":
            return evolve(base, body=completion(None, manner.usage, finish_reason="content_filter"))
        case "nonsense":
            return evolve(base, body=b"\xff{")
        case "late":
            return evolve(base, problem=Problem.TIMED_OUT)
        case "lost":
            return evolve(base, problem=Problem.LOST)
        case _:
            return evolve(base, problem=Problem.UNREACHABLE, billed=False)


def reply_bodies() -> st.SearchStrategy[bytes]:
    """Bodies of answers, right and wrong, and bytes that are none."""
    scalar = st.none() | st.booleans() | st.integers(-1, 9) | st.sampled_from(("w2", "alpha", "unknown", "{", ""))
    anything = st.recursive(
        scalar,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_MEMBERS), inner, max_size=4),
        max_leaves=12,
    )
    rows = st.lists(
        st.fixed_dictionaries({
            "page": st.integers(1, 4) | scalar,
            "label": st.sampled_from(LABELS) | scalar,
            "alternatives": st.lists(st.sampled_from(LABELS) | scalar, max_size=4) | scalar,
            "starts_document": st.booleans() | scalar,
        }),
        max_size=5,
    )  # fmt: skip
    labels = st.lists(st.sampled_from(LABELS), min_size=1, max_size=4)
    whole = labels.map(lambda found: answer_rows(dict(enumerate(found, 1))))
    content = (
        whole | rows.map(lambda found: json.dumps({"pages": found})) | anything.map(json.dumps) | st.text(max_size=9)
    )
    made = st.builds(completion, st.none() | content, anything, finish_reason=st.sampled_from(("stop", "length")))
    return st.one_of(made, anything.map(lambda raw: json.dumps(raw).encode()), st.binary(max_size=20))


_MEMBERS = ("choices", "message", "content", "usage", "pages", "page", "label", "prompt_tokens", "refusal")
