"""Streams as assembly sees them: models of classes, and pages with their worth to each."""

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from casefold.pages.facts import Facts, Identity, PageNumber
from casefold.pages.likeness import sketch
from casefold.pages.scores import PAGE_MAX, PAGE_MIN, ClassModel, Page, PageScore, class_model
from casefold.taxonomy.model import UNKNOWN, Cue, DocumentClass, IdentityKey, PageLimits
from casefold_properties.strategies.kernel import picks

LABELS = ("a", "b", "c", "d")
KEYS = (IdentityKey.VARIANT, IdentityKey.SSN, IdentityKey.ACCOUNT)


IDENTITIES = ((), (), KEYS, KEYS[:1], KEYS[1:2])


LIMITS = (
    *(PageLimits(low, high) for low in range(1, 5) for high in (None, *range(low, 5))),
    *(PageLimits(1, high, costs) for high in (None, 2, 4) for costs in ((9, 0), (12, 6, 0), (0, 8, 0, 3))),
)


def page_limits() -> st.SearchStrategy[PageLimits]:
    """Limits that a document can keep: at least one page, and not more at least than at most."""
    return st.sampled_from(LIMITS)


def class_models(*, label: str = "a") -> st.SearchStrategy[ClassModel]:
    """What assembly knows of a class, as `class_model` makes it."""
    return picks([
        class_model(DocumentClass(label, "f", "T", (), limits, marked, identity))
        for identity in IDENTITIES
        for marked in (False, True)
        for limits in LIMITS
    ])  # fmt: skip


def model_sets(*, min_size: int = 1, max_size: int = 3) -> st.SearchStrategy[dict[str, ClassModel]]:
    """Models of a few classes, by label."""
    return st.one_of(
        *(
            st.fixed_dictionaries({label: class_models(label=label) for label in LABELS[:count]})
            for count in range(min_size, max_size + 1)
        )
    )


def page_score_values() -> st.SearchStrategy[PageScore]:
    """What a page is worth to a class; scores around what opening a document costs come up often."""
    return _SCORES


_CUES = (*[frozenset[Cue]()] * 3, *(frozenset({cue}) for cue in Cue), frozenset({Cue.FIRST, Cue.LAST}))
_SCORES = picks([
    PageScore(worth, cues, variant)
    for worth in (0, 20, 24, 16, 12, 8, 4, 40, PAGE_MAX, -10, PAGE_MIN)
    for variant in (None, None, "x", "y")
    for cues in _CUES
]) | st.builds(PageScore, st.integers(PAGE_MIN, PAGE_MAX), st.just(_CUES[0]), st.none())  # fmt: skip


NUMBERS = (
    *[()] * 4,
    *((PageNumber(number, total),) for total in (None, 2, 3) for number in range(1, (total or 3) + 1)),
    (PageNumber(1, 2), PageNumber(3, 3)),
    (PageNumber(2, None), PageNumber(3, None)),
)
"""Printed page numbers, few enough to follow each other by chance."""

VALUES = (
    *[()] * 3,
    *((Identity(key, value),) for key in KEYS[1:] for value in "pq"),
    (Identity(KEYS[1], "p"), Identity(KEYS[2], "q")),
    (Identity(KEYS[1], "p"), Identity(KEYS[1], "q")),
)


def page_facts() -> st.SearchStrategy[Facts]:
    """What a page says of its place, out of so few values that neighbours meet."""
    return _FACTS


SKETCHES = (*[""] * 3, *(sketch(" ".join(f"{word}{number}" for number in range(20))) for word in "pq"))
"""What pages say in so many words, twice the same by chance."""

_FACTS = picks([
    Facts(numbers, identity, header, footer, (), SKETCHES[at % len(SKETCHES)])
    for header in (None, "h", "i")
    for footer in (None, None, "f")
    for numbers in NUMBERS
    for at, identity in enumerate(VALUES * 5)
])  # fmt: skip
_SHEETS = picks([
    (wordless, size, blank)
    for wordless in (False, False, False, True)
    for blank in (False, False, True)
    for size in ((612, 792), (612, 792), (612, 795), (612, 1008))
])  # fmt: skip


def weighed_pages(*, labels: Sequence[str], pinned: bool = True) -> st.SearchStrategy[Page]:
    """Pages with their worth to some of *labels*; a person may have given them one."""

    def made(
        scores: tuple[PageScore | None, ...], facts: Facts, sheet: tuple[bool, tuple[int, int], bool], pin: str | None
    ) -> Page:
        shown = {label: score for label, score in zip(labels, scores, strict=True) if score is not None}
        wordless, size, blank = sheet
        return Page(shown, facts, wordless, size, blank, pin)

    scores = st.tuples(*(st.none() | _SCORES for _ in labels))
    pins = st.sampled_from((*[None] * 8, UNKNOWN, *labels)) if pinned else st.none()
    return st.builds(made, scores, _FACTS, _SHEETS, pins)


def streams(
    *, min_size: int = 0, max_size: int = 5, max_classes: int = 3, pinned: bool = True
) -> st.SearchStrategy[tuple[Mapping[str, ClassModel], tuple[Page, ...]]]:
    """Models and a stream of pages for them."""

    def of_size(count: int) -> st.SearchStrategy[tuple[Mapping[str, ClassModel], tuple[Page, ...]]]:
        page = weighed_pages(labels=LABELS[:count], pinned=pinned)
        models = st.fixed_dictionaries({label: class_models(label=label) for label in LABELS[:count]})
        return st.tuples(models, st.lists(page, min_size=min_size, max_size=max_size).map(tuple))

    return st.one_of(*(of_size(count) for count in range(1, max_classes + 1)))


def sparse_streams(
    *, max_size: int = 90, classes: int = 2
) -> st.SearchStrategy[tuple[Mapping[str, ClassModel], tuple[Page, ...]]]:
    """Long streams in which few pages show anything: where a class must be followed far, or left alone."""
    labels = LABELS[:classes]

    def made(
        models: Mapping[str, ClassModel], count: int, header: str | None, wordless: bool, numbered: bool,
        telling: Mapping[int, Page],
    ) -> tuple[Mapping[str, ClassModel], tuple[Page, ...]]:  # fmt: skip
        def quiet(at: int) -> Page:
            numbers = (PageNumber(at + 1, count),) if numbered else ()
            return Page({}, Facts(numbers, (), header, None, ()), wordless, (612, 792))

        places = {place % count: page for place, page in telling.items()}
        return models, tuple(places.get(at) or quiet(at) for at in range(count))

    page = weighed_pages(labels=labels, pinned=False)
    return st.builds(
        made,
        st.fixed_dictionaries({label: class_models(label=label) for label in labels}),
        st.integers(1, max_size),
        st.sampled_from((None, "h")),
        st.booleans(),
        st.booleans(),
        st.dictionaries(st.integers(0, max_size - 1), page, max_size=4),
    )


def torn_streams(*, max_documents: int = 4) -> st.SearchStrategy[tuple[Mapping[str, ClassModel], tuple[Page, ...]]]:
    """Streams of a few whole documents whose pages lie in any order, and some that show nothing of their class."""

    def pages_of(label: str, count: int, numbered: int, value: str | None, quiet: bool) -> list[Page]:
        total = (None, count)[numbered == 1]
        identity = (Identity(IdentityKey.SSN, value),) if value is not None else ()
        shown = {label: PageScore(40, frozenset[Cue](), None)}
        return [
            Page(
                {} if quiet and at else shown,
                Facts((PageNumber(at + 1, total),) if numbered else (), identity, None, None, ()),
                False,
                (612, 792),
            )
            for at in range(count)
        ]

    document = st.builds(
        pages_of,
        st.sampled_from(LABELS[:2]),
        st.integers(1, 4),
        st.sampled_from((0, 1, 1, 2)),
        st.sampled_from((None, "p", "q", "r")),
        st.booleans(),
    )
    models = st.fixed_dictionaries({label: class_models(label=label) for label in LABELS[:2]})
    stream = st.lists(document, max_size=max_documents).map(
        lambda documents: [page for each in documents for page in each]
    )
    return st.tuples(models, stream.flatmap(st.permutations).map(tuple))
