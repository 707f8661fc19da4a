"""Streams as assembly sees them: models of classes, and pages with their worth to each."""

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from casefold.pages.facts import Facts, Identity, PageNumber
from casefold.pages.scores import PAGE_MAX, PAGE_MIN, ClassModel, Page, PageScore, class_model
from casefold.taxonomy.model import UNKNOWN, Cue, DocumentClass, IdentityKey, PageLimits

LABELS = ("a", "b", "c", "d")
KEYS = (IdentityKey.VARIANT, IdentityKey.SSN, IdentityKey.ACCOUNT)


@st.composite
def page_limits(draw: st.DrawFn, *, largest: int = 4) -> PageLimits:
    """Limits that a document can keep: at least one page, and not more at least than at most."""
    low = draw(st.integers(1, largest))
    return PageLimits(low, draw(st.none() | st.integers(low, largest)))


@st.composite
def class_models(draw: st.DrawFn, *, label: str = "a") -> ClassModel:
    """What assembly knows of a class, as `class_model` makes it."""
    identity = tuple(key for key in KEYS if draw(st.booleans()))
    return class_model(DocumentClass(label, "f", "T", (), draw(page_limits()), draw(st.booleans()), identity))


@st.composite
def model_sets(draw: st.DrawFn, *, min_size: int = 1, max_size: int = 3) -> dict[str, ClassModel]:
    """Models of a few classes, by label."""
    count = draw(st.integers(min_size, max_size))
    return {label: draw(class_models(label=label)) for label in LABELS[:count]}


def page_score_values() -> st.SearchStrategy[PageScore]:
    """What a page is worth to a class; scores around what opening a document costs come up often."""
    return st.builds(
        PageScore,
        st.sampled_from((0, 8, 12, 16, 20, 24)) | st.integers(PAGE_MIN, PAGE_MAX),
        st.sets(st.sampled_from(Cue), max_size=1).map(frozenset),
        st.sampled_from((None, None, "x", "y")),
    )


@st.composite
def page_numbers(draw: st.DrawFn, *, largest: int = 4) -> PageNumber:
    """Printed page numbers: of a total, or bare."""
    total = draw(st.none() | st.integers(1, largest))
    return PageNumber(draw(st.integers(1, total or largest)), total)


def page_facts() -> st.SearchStrategy[Facts]:
    """What a page says of its place, out of so few values that neighbours meet."""
    identities = st.builds(Identity, st.sampled_from(KEYS[1:]), st.sampled_from(("p", "q")))
    return st.builds(
        Facts,
        st.lists(page_numbers(), max_size=2, unique=True).map(tuple),
        st.lists(identities, max_size=2, unique=True).map(tuple),
        st.sampled_from((None, "h", "i")),
        st.sampled_from((None, None, "f")),
        st.just(()),
    )


@st.composite
def weighed_pages(draw: st.DrawFn, *, labels: Sequence[str], pinned: bool = True) -> Page:
    """A page with its worth to some of *labels*; a person may have given it one of them."""
    return Page(
        {label: draw(page_score_values()) for label in labels if draw(st.booleans())},
        draw(page_facts()),
        draw(st.sampled_from((False, False, False, True))),
        (612, draw(st.sampled_from((792, 792, 795, 1008)))),
        draw(st.sampled_from((False, False, True))),
        draw(st.sampled_from((*[None] * 8, UNKNOWN, *labels))) if pinned else None,
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
    return models, tuple(
        telling.get(at, _numbered(quiet, at + 1, count) if numbered else quiet) for at in range(count)
    )


def _numbered(page: Page, number: int, total: int) -> Page:
    facts = Facts((PageNumber(number, total),), (), page.facts.header, None, ())
    return Page(page.scores, facts, page.wordless, page.size)
