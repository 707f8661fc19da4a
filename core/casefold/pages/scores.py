"""What each page and each pair of neighbours is worth to each class, in decibans.

This is the whole model of the rules tier; `casefold.pages.assembly` only adds up. A segment of pages *a* to *b* that is
labelled with class *c* is worth

    opening(a, c) + sum of page(t, c) + sum of link(t, c) for t after a + closing(b, c) - length(b - a + 1, c)

`UNKNOWN` is a class like the others with no evidence of its own: it is worth nothing on every page, so a class is
chosen only where its evidence pays for choosing it.
"""

from collections.abc import Mapping, Sequence

from attrs import frozen

from casefold.pages.facts import Facts, Identity, PageNumber
from casefold.pages.likeness import likeness
from casefold.pages.opinions import Opinion, opinion_worth
from casefold.pages.signals import Compiled, Signals
from casefold.taxonomy.model import UNKNOWN, Cue, Detector, DocumentClass, IdentityKey, PageLimits

OPEN_CLASS = 12
"""Cost of one more document of a given class: about one class in fifteen is what a loan file holds at any place."""

OPEN_UNKNOWN = 8
"""Cost of one more unknown document; less than `OPEN_CLASS`, so that a class without evidence never wins."""

SILENT_PLAIN = 6
"""Cost of a page that shows nothing of a class whose pages need not."""

SILENT_MARKED = 20
"""Cost of a page that shows nothing of a class whose every page bears its mark."""

SILENT_WORDLESS = 10
"""Cost of a page without words to any class: it says nothing, but pictures mostly stand alone."""

PAGE_MAX = 60
"""One page speaks for a class with at most a million to one, since signals of one page are not independent."""

PAGE_MIN = -30

CUE = 12
"""Worth of a first-page, continuation or last-page cue; its cost where the cue is contradicted."""

NUMBER_FIRST = 8
"""A page numbered 1 opens a document."""

NUMBER_LATER = -10
"""A page numbered 2 or more opens one only if the pages before it are lost."""

NUMBER_NEXT_OF = 15
"""Page 3 of 5 after page 2 of 5."""

NUMBER_NEXT = 8
"""Page 3 after page 2."""

NUMBER_SKIPS = 3
"""Page 4 of 5 after page 2 of 5: a page is missing or out of order, and still it is one document."""

NUMBER_BREAKS = -20
"""Page 1 after page 2, or page 3 of 9 after page 2 of 5."""

NUMBER_BEYOND = -10
"""An unnumbered page after page 5 of 5."""

NUMBER_UNLED = -8
"""Page 3 of 5 or a later one after a page without a number."""

NUMBER_LAST = 6
"""Page 5 of 5 closes a document."""

NUMBER_NOT_LAST = -8
"""Page 4 of 5 closes one only if the last page is lost."""

BAND_CLASS = 4
"""The same running header or footer, within a class; forms of one family share theirs, so it is worth little."""

BAND_UNKNOWN = 10
"""The same running header or footer, where nothing else is known."""

IDENTITY_AGREES = 3
"""The same borrower, account or year: a file is full of them."""

IDENTITY_AGREES_IN_CLASS = 12
"""The same on two pages that both show the class, where the key tells documents of the class apart: copies, mostly."""

IDENTITY_CONFLICTS = -40
"""Two values of a key that tells documents of the class apart."""

BAND_DIFFERS = -3
"""Other running headers and footers than the page before, to a class: documents mostly keep theirs."""

TIELESS = -5
"""Two pages that both show the class and have no number, key or running header in common: two of a kind, rather."""

ALIKE_MIN = 35
"""Of a hundred pairs of words that two pages show, so many both show where they are the same page of two documents."""

ALIKE = -20
"""The same page again, to a class: a copy or one more of its kind, and hardly ever the next page of a document."""

SIZE_CHANGES = -6
"""The sheet has another size."""

CONTINUED = 10
"""The page before says that it is continued on the next."""

BLANK_BETWEEN = -3
"""A blank sheet lies between the two pages."""

SHORT = 5
"""Cost of each page below the class's minimum, up to `SHORT_MAX`, where the class says nothing of usual lengths."""

SHORT_MAX = 15

LONG = 15
"""Cost of each page above the class's maximum."""


@frozen
class PageScore:
    """What one page is worth to one class.

    Attributes:
        worth: Decibans for the class.
        cues: What its evidence says of its place in the document.
        variant: The variant that the strongest evidence names.
    """

    worth: int
    cues: frozenset[Cue]
    variant: str | None


@frozen
class Page:
    """A page ready for assembly.

    Attributes:
        scores: Its worth to each class of which it shows anything.
        facts: What it says of its place.
        wordless: Whether it has no words to judge by.
        size: Its displayed width and height in millipoints.
        after_blank: Whether a blank sheet was left out just before it.
        pinned: The label that a person gave it.
        joins: Decibans that tiers beyond the rules give for it to continue the document of the page before.
    """

    scores: Mapping[str, PageScore]
    facts: Facts
    wordless: bool
    size: tuple[int, int]
    after_blank: bool = False
    pinned: str | None = None
    joins: int = 0


LENGTH_MAX = 60
"""A longer page limit is no limit to assembly: counting that far would cost more than it tells."""

PINNED = 10_000
"""What a person's label is worth: more than any evidence."""

_SILENT = PageScore(0, frozenset(), None)


def page_scores(compiled: Compiled, signals: Signals | None, opinions: Sequence[Opinion] = ()) -> dict[str, PageScore]:
    """Add up a page's evidence and *opinions*, class by class; each signal counts once.

    *signals* is ``None`` for a page that could not be read.
    """
    by_class = {document_class.id: document_class for document_class in compiled.classes}
    worth = opinion_worth(opinion for opinion in opinions if opinion.label in by_class or opinion.label == UNKNOWN)
    cues: dict[str, set[Cue]] = {}
    variants: dict[str, tuple[int, str]] = {}
    for label, number, variant in signals.evidence.signals() if signals is not None else ():
        signal = by_class[label].signals[number]
        worth[label] = worth.get(label, 0) + signal.weight
        if signal.cue is not None:
            cues.setdefault(label, set()).add(signal.cue)
        if variant is not None and signal.weight > variants.get(label, (0, ""))[0]:
            variants[label] = (signal.weight, variant)
    return {
        label: PageScore(
            max(PAGE_MIN, min(PAGE_MAX, worth[label])),
            frozenset(cues.get(label, ())),
            variants[label][1] if label in variants else None,
        )
        for label in sorted(worth)
    }


@frozen
class ClassModel:
    """What assembly needs to know of a class."""

    id: str
    opening: int
    silent: int
    band: int
    pages: PageLimits
    identity: frozenset[IdentityKey]


UNKNOWN_MODEL = ClassModel(UNKNOWN, -OPEN_UNKNOWN, 0, BAND_UNKNOWN, PageLimits(), frozenset())


def class_model(document_class: DocumentClass) -> ClassModel:
    """Take from a class what assembly needs."""
    return ClassModel(
        document_class.id,
        -OPEN_CLASS,
        -(SILENT_MARKED if document_class.marked else SILENT_PLAIN),
        BAND_CLASS,
        _countable(document_class.pages),
        frozenset(document_class.identity),
    )


def _countable(limits: PageLimits) -> PageLimits:
    most = None if limits.max is None or limits.max >= LENGTH_MAX else limits.max
    return PageLimits(min(limits.min, LENGTH_MAX), most, limits.costs[:LENGTH_MAX])


def page_worth(model: ClassModel, page: Page) -> int:
    """Decibans that a page is worth to a class."""
    if page.pinned is not None:
        return PINNED if page.pinned == model.id else -PINNED
    if model.id in page.scores:
        return page.scores[model.id].worth
    return 0 if model.id == UNKNOWN else -SILENT_WORDLESS if page.wordless else model.silent


@frozen
class Printed:
    """What a page's printed numbers say, whatever the class.

    Attributes:
        opens: Decibans for a document to begin with the page.
        closes: Decibans for one to end with it.
        later: Whether the page is numbered, and not 1: it is no first page then, whatever title it repeats.
    """

    opens: int
    closes: int
    later: bool


_UNNUMBERED = Printed(0, 0, later=False)


def printed(page: Page) -> Printed:
    """Read a page's printed numbers."""
    numbers = page.facts.numbers
    if not numbers:
        return _UNNUMBERED
    first = any(number.number == 1 for number in numbers)
    totals = [number for number in numbers if number.total is not None]
    last = any(number.number == number.total for number in totals)
    closes = (NUMBER_LAST if last else NUMBER_NOT_LAST) if totals else 0
    return Printed(NUMBER_FIRST if first else NUMBER_LATER, closes, later=not first)


def opening(model: ClassModel, page: Page, numbers: Printed) -> int:
    """Decibans for a document of a class to begin at *page*, whose *numbers* are those."""
    return model.opening + leading(model, page, numbers) + opens(model, page, numbers)


def opens(model: ClassModel, page: Page, numbers: Printed) -> int:
    """Decibans of a page's printed number for beginning a document with it.

    Instructions and appendices, which continue a document of the class, are numbered anew: their page 1 opens nothing.
    """
    return min(0, numbers.opens) if _continues(page.scores.get(model.id, _SILENT)) else numbers.opens


def _continues(score: PageScore) -> bool:
    return bool(score.cues) and Cue.CONTINUATION in score.cues


def leading(model: ClassModel, page: Page, numbers: Printed) -> int:
    """Decibans of a page's cues for beginning a document of a class with it, and against going on to it."""
    return _leading(page.scores.get(model.id, _SILENT), numbers)


def _leading(score: PageScore, numbers: Printed) -> int:
    """Decibans of a page's cues for beginning a document with it, and against going on to it."""
    if not score.cues:
        return 0
    first = Cue.FIRST in score.cues and not numbers.later
    return CUE * (first - (Cue.CONTINUATION in score.cues))


def closing(model: ClassModel, page: Page, numbers: Printed) -> int:
    """Decibans for a document of a class to end with *page*, whose *numbers* are those."""
    return numbers.closes + _trailing(page.scores.get(model.id, _SILENT))


def trailing(model: ClassModel, page: Page) -> int:
    """Decibans of a page's cues for ending a document of a class with it, and against going on from it."""
    return _trailing(page.scores.get(model.id, _SILENT))


def _trailing(score: PageScore) -> int:
    return CUE if score.cues and Cue.LAST in score.cues else 0


@frozen
class Joint:
    """What two neighbouring pages say of each other, whatever the class.

    Attributes:
        worth: Decibans for one to continue the other.
        banded: Whether a running header or footer is the same.
        agreeing: The keys of which they share a value.
        conflicting: The keys of which both have values, and none in common.
        alike: Whether they show much the same words.
        renumbered: Whether numbers begin anew with the second page.
    """

    worth: int
    banded: bool
    agreeing: frozenset[IdentityKey]
    conflicting: frozenset[IdentityKey]
    alike: bool
    renumbered: bool


_NO_KEYS = frozenset[IdentityKey]()


def joint(before: Page, page: Page) -> Joint:
    """Compare two neighbouring pages."""
    numbers = _number_link(before.facts.numbers, page.facts.numbers)
    worth = page.joins + numbers
    if page.after_blank:
        worth += BLANK_BETWEEN
    if before.size != page.size and _differs(before.size, page.size):
        worth += SIZE_CHANGES
    if Detector.CONTINUED in before.facts.detected:
        worth += CONTINUED
    agreeing, conflicting = _compared(before.facts.identity, page.facts.identity)
    alike = likeness(before.facts.sketch, page.facts.sketch) >= ALIKE_MIN
    renumbered = numbers == NUMBER_BREAKS and any(number.number == 1 for number in page.facts.numbers)
    return Joint(worth, _same_band(before.facts, page.facts), agreeing, conflicting, alike, renumbered)


@frozen
class JointParts:
    """What `joint` adds up to its worth, part by part."""

    numbers: int
    blank: int
    size: int
    continued: int


def joint_parts(before: Page, page: Page) -> JointParts:
    """Take apart what two neighbouring pages say of each other, whatever the class."""
    return JointParts(
        _number_link(before.facts.numbers, page.facts.numbers),
        BLANK_BETWEEN if page.after_blank else 0,
        SIZE_CHANGES if _differs(before.size, page.size) else 0,
        CONTINUED if Detector.CONTINUED in before.facts.detected else 0,
    )


def _compared(
    before: Sequence[Identity], here: Sequence[Identity]
) -> tuple[frozenset[IdentityKey], frozenset[IdentityKey]]:
    """Give the keys of which a value is the same, and those of which none is."""
    shared = (
        {identity.key for identity in here} & {identity.key for identity in before} if before and here else _NO_KEYS
    )
    if not shared:
        return _NO_KEYS, _NO_KEYS
    theirs = {(identity.key, identity.value) for identity in before}
    agreeing = {identity.key for identity in here if (identity.key, identity.value) in theirs}
    return frozenset(agreeing), frozenset(shared - agreeing)


def link(model: ClassModel, before: Page, page: Page, numbers: Printed, both: Joint) -> int:
    """Decibans for *page* to continue the document of a class that *before* belongs to.

    *numbers* is what `printed` says of *page*, *both* what `joint` says of the two.
    """
    here = page.scores.get(model.id, _SILENT)
    there = before.scores.get(model.id, _SILENT)
    worth = both.worth - _leading(here, numbers) - _trailing(there)
    if both.banded:
        worth += model.band
    elif model.id != UNKNOWN:
        worth += BAND_DIFFERS
    if here.variant != there.variant and here.variant and there.variant and IdentityKey.VARIANT in model.identity:
        worth += IDENTITY_CONFLICTS
    worth += repeated(model, both, numbers) + resumed(model, page, both)
    in_class = here is not _SILENT and there is not _SILENT
    if in_class and not both.banded:
        worth += tieless(model, before, page, both)
    return worth + _identity(model, both, in_class=in_class)


def tieless(model: ClassModel, before: Page, page: Page, both: Joint) -> int:
    """Decibans against going on from one page to the next that both show the class and have nothing in common.

    Only of a class that has a usual length, or keys: other documents are long, and their pages share little.
    """
    if (model.pages.max is None and not model.identity) or not (model.id in before.scores and model.id in page.scores):
        return 0
    continued = Detector.CONTINUED in before.facts.detected or Cue.CONTINUATION in page.scores[model.id].cues
    tied = both.banded or page.facts.numbers or continued
    return 0 if tied or (both.agreeing and not DECISIVE.isdisjoint(both.agreeing & model.identity)) else TIELESS


def repeated(model: ClassModel, both: Joint, numbers: Printed) -> int:
    """Decibans against going on from one page to another that shows the same; *numbers* are those of the other.

    A later page may be in a document twice, and what is unknown may repeat itself.
    """
    return ALIKE if both.alike and model.id != UNKNOWN and not numbers.later else 0


def resumed(model: ClassModel, page: Page, both: Joint) -> int:
    """Decibans to give back where numbers break because what continues a document of the class is numbered anew."""
    return resuming(model, page) if both.renumbered else 0


def resuming(model: ClassModel, page: Page) -> int:
    """The most that `resumed` gives back, whatever comes before *page*."""
    return -NUMBER_BREAKS if _continues(page.scores.get(model.id, _SILENT)) else 0


def variant_worth(model: ClassModel, before: Page, page: Page) -> int:
    """Decibans of two variants that are not the same, where the class tells documents apart by them."""
    there, here = before.scores.get(model.id, _SILENT).variant, page.scores.get(model.id, _SILENT).variant
    differs = here != there and here and there and IdentityKey.VARIANT in model.identity
    return IDENTITY_CONFLICTS if differs else 0


def identity_worth(model: ClassModel, before: Page, page: Page, both: Joint) -> tuple[int, tuple[IdentityKey, ...]]:
    """Decibans of identity keys for *page* to continue *before*, and the keys that say so."""
    worth = _identity(model, both, in_class=model.id in before.scores and model.id in page.scores)
    keys = both.agreeing if worth > 0 else both.conflicting
    telling = keys if model.id == UNKNOWN else keys & model.identity
    return worth, tuple(sorted(telling, key=lambda key: key.value))


def _identity(model: ClassModel, both: Joint, *, in_class: bool) -> int:
    """Agreement counts for `UNKNOWN` too, whatever the key; conflict only where the class says the key tells."""
    if model.id == UNKNOWN:
        return IDENTITY_AGREES if both.agreeing else 0
    if both.conflicting and both.conflicting & model.identity:
        return IDENTITY_CONFLICTS
    agreeing = both.agreeing & model.identity if both.agreeing else _NO_KEYS
    if in_class and not both.alike and not DECISIVE.isdisjoint(agreeing):
        return IDENTITY_AGREES_IN_CLASS
    return IDENTITY_AGREES if agreeing else 0


def _differs(size: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two sheets differ by more than 2 % in width or height."""
    return any(abs(one - two) * 50 > max(one, two) for one, two in zip(size, other, strict=True))


def _number_link(before: Sequence[PageNumber], here: Sequence[PageNumber]) -> int:
    if not before:
        return NUMBER_UNLED if min((number.number for number in here if number.total is not None), default=0) > 2 else 0
    if not here:
        return NUMBER_BEYOND if any(number.number == number.total for number in before) else 0
    pairs = [(one, two) for one in before for two in here if one.total == two.total]
    steps = {two.number - one.number: one.total for one, two in pairs}
    if any(two.number == one.number + 1 and one.total is not None for one, two in pairs):
        return NUMBER_NEXT_OF
    if 1 in steps:
        return NUMBER_NEXT
    if any(two.number > 1 and one.total is not None for one, two in pairs):
        return NUMBER_SKIPS
    return NUMBER_BREAKS


def _same_band(before: Facts, here: Facts) -> bool:
    return (before.header is not None and before.header == here.header) or (
        before.footer is not None and before.footer == here.footer
    )


DECISIVE = frozenset({IdentityKey.SSN, IdentityKey.EIN, IdentityKey.ACCOUNT, IdentityKey.LOAN})
"""Keys that two documents of one class hardly share; of a period they do, for two employers pay on one day."""

STRONG = frozenset({*DECISIVE, IdentityKey.PERIOD})
"""Keys whose values are too many to agree by chance."""


def unusual(limits: PageLimits, length: int) -> int:
    """Cost of a document that ends with so many pages: what its class says of the length, or for each page too few.

    >>> [unusual(PageLimits(3, 3, (9, 6, 0)), length) for length in (1, 2, 3, 4)]
    [9, 6, 0, 0]
    """
    if limits.costs:
        return limits.costs[min(length, len(limits.costs)) - 1]
    return min(SHORT_MAX, SHORT * max(0, limits.min - length))


def too_long(limits: PageLimits, length: int) -> int:
    """Cost of going on to page *length* of a document."""
    return LONG if limits.max is not None and length > limits.max else 0
