"""Which pages are worth asking a language model about, and how they are grouped into calls.

A page is asked about where the drop in cost that is to be expected is above what asking costs: a person's look, which
the answer may spare, against tokens. Where most is to be gained comes first, so that a budget that does not suffice for
all is spent where it helps most.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from attrs import evolve, frozen

from casefold.kernel.odds import PPM
from casefold.pages.labels import PageLabel, Reason, Status
from casefold.pages.scores import page_scores
from casefold.pages.signals import Compiled
from casefold.pages.stream import Document, StreamPage
from casefold.vision.calls import AskedPage, Call
from casefold.vision.prompts import EVIDENCE_BYTES_MAX, NEIGHBOUR_BYTES_MAX, excerpt, page_bytes_max, prefix_bytes
from casefold.vision.tier import VisionTier
from casefold.vision.tokens import Usage, cost_micro_usd, image_tokens, picture_size, text_tokens, text_tokens_max

EVIDENCE_MAX = 4
"""How many labels a page is said to show something of."""

ATTEMPTS_MAX = 2
"""A page whose answer could not be used is asked about once more, and then is a person's."""

BOUNDARY_SURE_PPM = 750_000
"""A document that is less sure than three to one is asked about: whether it begins where it is thought to."""

UNANSWERABLE = frozenset({Reason.UNREADABLE, Reason.CORRECTED, Reason.BLANK, Reason.COPY})
"""A page that cannot be read cannot be pictured either; what a person said needs no answer, and a copy has one."""

_HELPED_PPM = ((Reason.UNSURE, 1_000_000), (Reason.NO_TEXT, 1_000_000), (Reason.NO_CLASS, 600_000))
"""How often an answer settles a page, against one that is only unsure: what fits no class may be of none."""


@frozen
class Planner:
    """What all calls of a case have in common."""

    compiled: Compiled
    tier: VisionTier
    prefix_bytes: int


def planner(compiled: Compiled, tier: VisionTier) -> Planner:
    """Work out what calls have in common."""
    return Planner(compiled, tier, prefix_bytes(compiled))


def plan_calls(
    compiled: Compiled,
    tier: VisionTier,
    pages: Sequence[StreamPage],
    labels: Sequence[PageLabel],
    documents: Sequence[Document],
) -> tuple[Call, ...]:
    """Choose the pages that are worth asking about, and group them; where most is to be gained comes first."""
    plan = planner(compiled, tier)
    known = {page.page: page for page in pages}
    helped = dict(_HELPED_PPM)
    gains = {
        label.page: tier.review_micro_usd * helped.get(label.reason, 0) // PPM
        for label in labels
        if label.status is Status.REVIEW and label.reason not in UNANSWERABLE
    }
    # A boundary matters less than a label: whoever corrects one has the page at hand already.
    gains |= dict.fromkeys(_open_boundaries(labels, documents, gains), tier.review_micro_usd // 4)
    worth = {page: gain * tier.accuracy.settled_ppm // PPM - _share(plan, known[page]) for page, gain in gains.items()}
    chosen = sorted((page for page, drop in worth.items() if drop > 0), key=lambda page: (-worth[page], page))
    calls = group_calls(plan, pages, labels, sorted(chosen[: tier.pages_max]))
    return tuple(
        sorted(calls, key=lambda call: (-sum(worth[page] for page in call.numbers) // len(call.pages), call.numbers))
    )


def _open_boundaries(labels: Sequence[PageLabel], documents: Sequence[Document], asked: Collection[int]) -> list[int]:
    """Give the accepted first pages of documents of which nobody can be sure where they begin.

    Where the page after a document is *asked* about, it is that which makes the document unsure.
    """
    firsts = {
        document.pages[0]
        for document in documents
        if document.confidence_ppm < BOUNDARY_SURE_PPM and not {document.pages[0], document.pages[-1] + 1} & set(asked)
    }
    return [
        label.page
        for label in labels
        if label.page in firsts and label.status is Status.ACCEPTED and label.reason is Reason.SURE and label.page > 1
    ]


def _share(plan: Planner, page: StreamPage) -> int:
    """Say what asking about a page costs, about: its share of a full call."""
    tier = plan.tier
    call = _call(plan, page.source, (_asked(tier, page, "", "", ""),) * tier.pages_a_call)
    expected = Usage(call.input_tokens, 0, tier.output_tokens_a_page * tier.pages_a_call)
    return cost_micro_usd(tier.prices, expected, batch=tier.batch) // tier.pages_a_call


def group_calls(
    plan: Planner, pages: Sequence[StreamPage], labels: Sequence[PageLabel], wanted: Iterable[int]
) -> tuple[Call, ...]:
    """Group the *wanted* pages, in order, into calls: those of one file, as many as a call takes."""
    known = {page.page: page for page in pages}
    told = {label.page: label for label in labels}
    calls: list[Call] = []
    group: list[AskedPage] = []
    source = 0
    for number in wanted:
        page = known[number]
        if group and (page.source != source or len(group) == plan.tier.pages_a_call):
            calls.append(_call(plan, source, tuple(group)))
            group = []
        source = page.source
        before, after = (_neighbour(known, told, page, step) for step in (-1, 1))
        group.append(_asked(plan.tier, page, _evidence(plan.compiled, page), before, after))
    return (*calls, _call(plan, source, tuple(group))) if group else tuple(calls)


def _asked(tier: VisionTier, page: StreamPage, evidence: str, before: str, after: str) -> AskedPage:
    width, height = picture_size(page.size, tier.long_side_pixels)
    return AskedPage(page.page, page.text, width, height, evidence, before, after)


def _evidence(compiled: Compiled, page: StreamPage) -> str:
    """Say what a page shows, best first."""
    scores = page_scores(compiled, page.signals, page.opinions)
    best = sorted(scores.items(), key=lambda pair: (-pair[1].worth, pair[0]))[:EVIDENCE_MAX]
    told = ", ".join(f"{label} {score.worth:+d}" for label, score in best) or "nothing"
    return excerpt(told, EVIDENCE_BYTES_MAX)


def _neighbour(pages: Mapping[int, StreamPage], labels: Mapping[int, PageLabel], page: StreamPage, step: int) -> str:
    there = pages.get(page.page + step)
    if there is None or there.source != page.source:
        return ""
    label = labels[there.page]
    sure = "sure" if label.status is Status.ACCEPTED else "unsure"
    return excerpt(f"{sure}: {label.looks_like or label.label}", NEIGHBOUR_BYTES_MAX)


def _call(plan: Planner, source: int, pages: tuple[AskedPage, ...]) -> Call:
    tier = plan.tier
    text = plan.prefix_bytes + page_bytes_max(tier) * len(pages)
    pictures = 0
    if tier.image is not None:
        pictures = sum(image_tokens(tier.image, page.width, page.height) for page in pages)
    answer = tier.output_tokens_a_page * len(pages) + tier.output_tokens_more
    most = text_tokens_max(text) + pictures
    reserve = cost_micro_usd(tier.prices, Usage(most, 0, answer), batch=tier.batch)
    return Call(source, pages, text_tokens(text) + pictures, most, answer, reserve)


def again(plan: Planner, call: Call, answered: Iterable[int]) -> Call | None:
    """Give the call that asks once more about the pages that were not *answered*; ``None`` where that was done."""
    done = set(answered)
    left = tuple(page for page in call.pages if page.page not in done)
    if not left or call.attempt == ATTEMPTS_MAX:
        return None
    return evolve(_call(plan, call.source, left), attempt=call.attempt + 1)


@frozen
class Forecast:
    """What calls are likely to cost, and what they cost at most.

    Attributes:
        pages: The pages that are asked about.
        calls: In how many calls.
        input_tokens: The tokens that are sent, about.
        output_tokens: The tokens that come back, about.
        micro_usd: What that costs, in millionths of a dollar.
        micro_usd_max: What it costs at most.
    """

    pages: int
    calls: int
    input_tokens: int
    output_tokens: int
    micro_usd: int
    micro_usd_max: int


def forecast(tier: VisionTier, calls: Sequence[Call]) -> Forecast:
    """Say beforehand what calls cost."""
    pages = sum(len(call.pages) for call in calls)
    sent = sum(call.input_tokens for call in calls)
    usual = [Usage(call.input_tokens, 0, tier.output_tokens_a_page * len(call.pages)) for call in calls]
    return Forecast(
        pages,
        len(calls),
        sent,
        sum(usage.output for usage in usual),
        sum(cost_micro_usd(tier.prices, usage, batch=tier.batch) for usage in usual),
        sum(call.reserve_micro_usd for call in calls),
    )
