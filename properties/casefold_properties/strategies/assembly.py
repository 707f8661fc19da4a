"""Streams as assembly sees them: models of classes, and pages with their worth to each."""

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from casefold.pages.facts import Facts, Identity, PageNumber
from casefold.pages.scores import PAGE_MAX, PAGE_MIN, ClassModel, Page, PageScore, class_model
from casefold.taxonomy.model import UNKNOWN, Cue, DocumentClass, IdentityKey, PageLimits

LABELS = ("a", "b", "c", "d")
KEYS = (IdentityKey.VARIANT, IdentityKey.SSN, IdentityKey.ACCOUNT)


IDENTITIES = ((), (), KEYS, KEYS[:1], KEYS[1:2])


def page_limits(*, largest: int = 4) -> st.SearchStrategy[PageLimits]:
    """Limits that a document can keep: at least one page, and not more at least than at most."""
    return st.sampled_from([
        PageLimits(low, high) for low in range(1, largest + 1) for high in (None, *range(low, largest + 1))
    ])  # fmt: skip


def class_models(*, label: str = "a") -> st.SearchStrategy[ClassModel]:
    """What assembly knows of a class, as `class_model` makes it."""

    def made(limits: PageLimits, marked: bool, identity: tuple[IdentityKey, ...]) -> ClassModel:
        return class_model(DocumentClass(label, "f", "T", (), limits, marked, identity))

    return st.builds(made, page_limits(), st.booleans(), st.sampled_from(IDENTITIES))


def model_sets(*, min_size: int = 1, max_size: int = 3) -> st.SearchStrategy[dict[str, ClassModel]]:
    """Models of a few classes, by label."""
    counts = st.integers(min_size, max_size)
    return counts.flatmap(
        lambda count: st.fixed_dictionaries({label: class_models(label=label) for label in LABELS[:count]})
    )


def page_score_values() -> st.SearchStrategy[PageScore]:
    """What a page is worth to a class; scores around what opening a document costs come up often."""
    return st.builds(
        PageScore,
        st.sampled_from((0, 8, 12, 16, 20, 24)) | st.integers(PAGE_MIN, PAGE_MAX),
        st.sampled_from((*[frozenset[Cue]()] * 3, *(frozenset({cue}) for cue in Cue))),
        st.sampled_from((None, None, "x", "y")),
    )


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
    return st.builds(
        Facts,
        st.sampled_from(NUMBERS),
        st.sampled_from(VALUES),
        st.sampled_from((None, "h", "i")),
        st.sampled_from((None, None, "f")),
        st.just(()),
    )


def weighed_pages(*, labels: Sequence[str], pinned: bool = True) -> st.SearchStrategy[Page]:
    """Pages with their worth to some of *labels*; a person may have given them one."""
    return st.builds(
        Page,
        st.fixed_dictionaries({}, optional={label: page_score_values() for label in labels}),
        page_facts(),
        st.sampled_from((False, False, False, True)),
        st.sampled_from(((612, 792), (612, 792), (612, 795), (612, 1008))),
        st.sampled_from((False, False, True)),
        st.sampled_from((*[None] * 8, UNKNOWN, *labels)) if pinned else st.none(),
    )


@st.composite
def streams(
    draw: st.DrawFn, *, min_size: int = 1, max_size: int = 5, max_classes: int = 3, pinned: bool = True
) -> tuple[Mapping[str, ClassModel], tuple[Page, ...]]:
    """Models and a stream of pages for them."""
    models = draw(model_sets(max_size=max_classes))
    page = weighed_pages(labels=tuple(models), pinned=pinned)
    return models, tuple(draw(st.lists(page, min_size=min_size, max_size=max_size)))


@st.composite
def sparse_streams(
    draw: st.DrawFn, *, max_size: int = 90, max_classes: int = 2
) -> tuple[Mapping[str, ClassModel], tuple[Page, ...]]:
    """Long streams in which few pages show anything: where a class must be followed far, or left alone."""
    models = draw(model_sets(max_size=max_classes))
    count = draw(st.integers(1, max_size))
    quiet = Page({}, Facts((), (), draw(st.sampled_from((None, "h"))), None, ()), draw(st.booleans()), (612, 792))
    numbered = draw(st.booleans())
    telling = draw(
        st.dictionaries(st.integers(0, count - 1), weighed_pages(labels=tuple(models), pinned=False), max_size=4)
    )
    return models, tuple(telling.get(at, _numbered(quiet, at + 1, count) if numbered else quiet) for at in range(count))


def _numbered(page: Page, number: int, total: int) -> Page:
    facts = Facts((PageNumber(number, total),), (), page.facts.header, None, ())
    return Page(page.scores, facts, page.wordless, page.size)
