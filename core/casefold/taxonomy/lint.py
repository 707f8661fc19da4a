"""Find what is wrong with a taxonomy before anything is decided under it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum

from attrs import frozen

from casefold.kernel.results import Failure
from casefold.taxonomy.model import UNKNOWN, DocumentClass, IdentityKey, Requirement, Signal, Taxonomy
from casefold.taxonomy.patterns import SHORTEST, describe, pattern, shape, signal_key, spelled


class Severity(Enum):
    """Whether a taxonomy may be used all the same."""

    ERROR = "error"
    WARNING = "warning"


class Fault(Enum):
    """What can be wrong."""

    DUPLICATE_CLASS = "duplicate_class"
    RESERVED_ID = "reserved_id"
    BAD_ID = "bad_id"
    UNREACHABLE = "unreachable"
    """No page can show enough of the class to be labelled with it."""
    HARDLY_REACHABLE = "hardly_reachable"
    """No page can show enough of the class for its label to be accepted without review."""
    INDISTINGUISHABLE = "indistinguishable"
    """All that speaks for the class speaks at least as much for another."""
    IMPOSSIBLE_LIMITS = "impossible_limits"
    NOT_ONE_MATCHER = "not_one_matcher"
    """A signal gives none, or more than one, of phrase, form, regex and detector."""
    DUPLICATE_SIGNAL = "duplicate_signal"
    TOO_SHORT = "too_short"
    """A phrase has too few letters to be found reliably."""
    BAD_REGEX = "bad_regex"
    SLOW_REGEX = "slow_regex"
    """A regular expression may take time that grows faster than the page."""
    UNANCHORED_REGEX = "unanchored_regex"
    """A regular expression does not begin with plain letters, so it runs on every page."""
    BAD_WEIGHT = "bad_weight"
    NO_SOURCE = "no_source"
    """A signal, validity or requirement cites a source that is not listed."""
    DUPLICATE_SOURCE = "duplicate_source"
    UNUSED_SOURCE = "unused_source"
    BAD_VARIANTS = "bad_variants"
    """Signals name variants that the class does not tell documents apart by."""
    BAD_REVISION = "bad_revision"
    BAD_VALIDITY = "bad_validity"
    NO_CLASS = "no_class"
    """A requirement names a class that is not there."""
    BAD_REQUIREMENT = "bad_requirement"
    DUPLICATE_FILE_TYPE = "duplicate_file_type"


WARNINGS = frozenset({
    Fault.HARDLY_REACHABLE,
    Fault.UNANCHORED_REGEX,
    Fault.UNUSED_SOURCE,
    Fault.BAD_VARIANTS,
})  # fmt: skip


@frozen
class Problem:
    """One thing that is wrong.

    Attributes:
        fault: What it is.
        place: The class, source or file type that it is about.
        detail: The fact behind it.
    """

    fault: Fault
    place: str
    detail: str

    @property
    def severity(self) -> Severity:
        """Whether the taxonomy may be used all the same."""
        return Severity.WARNING if self.fault in WARNINGS else Severity.ERROR


WEIGHT_MAX = 60
"""Nothing on a page is worth more than a million to one."""

REACH_MIN = 4
"""Decibans that choosing a class costs beyond calling the page unknown; see `casefold.pages.scores`."""

ACCEPT_MIN = 24
"""Decibans for a class to be chosen at a hundred to one."""

MOMENTS = ("application", "note", "closing")

_ID = re.compile(r"[a-z][a-z0-9_.]*")


def lint(taxonomy: Taxonomy) -> tuple[Problem, ...]:
    """Find everything that is wrong with *taxonomy*, in the order in which it is written."""
    return (
        *_sources(taxonomy),
        *_ids(taxonomy),
        *(problem for document_class in _classes(taxonomy) for problem in _class(taxonomy, document_class)),
        *_indistinguishable(taxonomy),
        *_file_types(taxonomy),
    )


def _classes(taxonomy: Taxonomy) -> tuple[DocumentClass, ...]:
    return taxonomy.classes + taxonomy.outside


def _sources(taxonomy: Taxonomy) -> Iterator[Problem]:
    counts = Counter(source.id for source in taxonomy.sources)
    yield from (Problem(Fault.DUPLICATE_SOURCE, name, f"{n} times") for name, n in counts.items() if n > 1)
    used = {signal.source for document_class in _classes(taxonomy) for signal in document_class.signals}
    used |= {each.validity.source for each in _classes(taxonomy) if each.validity is not None}
    used |= {requirement.source for kind in taxonomy.file_types for requirement in kind.required}
    yield from (Problem(Fault.UNUSED_SOURCE, name, "nothing cites it") for name in counts if name not in used)


def _ids(taxonomy: Taxonomy) -> Iterator[Problem]:
    counts = Counter(document_class.id for document_class in _classes(taxonomy))
    for name, n in counts.items():
        if n > 1:
            yield Problem(Fault.DUPLICATE_CLASS, name, f"{n} classes have this id")
        if name == UNKNOWN:
            yield Problem(Fault.RESERVED_ID, name, "it is the label of pages that fit no class")
        elif not _ID.fullmatch(name):
            yield Problem(Fault.BAD_ID, name, "an id is lower-case letters, digits, _ and .")


def _class(taxonomy: Taxonomy, document_class: DocumentClass) -> Iterator[Problem]:
    name, limits, validity = document_class.id, document_class.pages, document_class.validity
    sources = {source.id for source in taxonomy.sources}
    if limits.min < 1 or (limits.max is not None and limits.max < limits.min):
        yield Problem(Fault.IMPOSSIBLE_LIMITS, name, f"from {limits.min} to {limits.max} pages")
    if limits.costs and (min(limits.costs) != 0 or max(limits.costs) > WEIGHT_MAX):
        yield Problem(
            Fault.IMPOSSIBLE_LIMITS, name, f"usual lengths cost {', '.join(map(str, limits.costs))} dB, not 0"
        )
    if validity is not None and (validity.days_max < 1 or validity.until not in MOMENTS):
        yield Problem(Fault.BAD_VALIDITY, name, f"{validity.days_max} days until {validity.until}")
    if validity is not None and validity.source not in sources:
        yield Problem(Fault.NO_SOURCE, name, f"its validity cites {validity.source!r}")
    known = {each.id for each in taxonomy.classes if each.revision_of is None} - {name}
    if document_class.revision_of is not None and document_class.revision_of not in known:
        yield Problem(
            Fault.BAD_REVISION, name, f"it revises {document_class.revision_of!r}, which is no class of its own"
        )
    worth = sum(signal.weight for signal in document_class.signals if signal.weight > 0)
    if worth <= REACH_MIN:
        yield Problem(Fault.UNREACHABLE, name, f"its signals are worth {worth} dB together")
    elif worth < ACCEPT_MIN:
        yield Problem(Fault.HARDLY_REACHABLE, name, f"its signals are worth {worth} dB together")
    named = {signal.variant for signal in document_class.signals if signal.variant is not None}
    if len(named) > 1 and IdentityKey.VARIANT not in document_class.identity:
        yield Problem(Fault.BAD_VARIANTS, name, f"variants {', '.join(sorted(named)[:4])} without identity 'variant'")
    seen: set[object] = set()
    for signal in document_class.signals:
        yield from _signal(name, signal, sources)
        if signal_key(signal) in seen:
            yield Problem(Fault.DUPLICATE_SIGNAL, name, f"{describe(signal)} stands there twice")
        seen.add(signal_key(signal))


def _signal(name: str, signal: Signal, sources: set[str]) -> Iterator[Problem]:
    given = [signal.phrase, signal.form, signal.regex, signal.detector]
    if sum(matcher is not None for matcher in given) != 1:
        yield Problem(Fault.NOT_ONE_MATCHER, name, describe(signal))
    if signal.source not in sources:
        yield Problem(Fault.NO_SOURCE, name, f"{describe(signal)} cites {signal.source!r}")
    if abs(signal.weight) > WEIGHT_MAX or (not signal.weight and signal.cue is None):
        yield Problem(Fault.BAD_WEIGHT, name, f"{describe(signal)} weighs {signal.weight} dB")
    yield from (
        Problem(Fault.TOO_SHORT, name, f"{text!r} has fewer than {SHORTEST} letters")
        for text in spelled(signal)
        if len(text) < SHORTEST
    )
    if signal.regex is not None:
        yield from _regex(name, signal.regex)


def _regex(name: str, regex: str) -> Iterator[Problem]:
    compiled = pattern(regex)
    if isinstance(compiled, Failure):
        yield Problem(Fault.BAD_REGEX, name, f"{regex}: {compiled.failure()}")
        return
    if shape(regex).nested:
        yield Problem(Fault.SLOW_REGEX, name, f"{regex}: one repetition stands in another")
    if not compiled.unwrap().literal:
        yield Problem(Fault.UNANCHORED_REGEX, name, regex)


def _indistinguishable(taxonomy: Taxonomy) -> Iterator[Problem]:
    worth = [{signal_key(s): s.weight for s in each.signals if s.weight > 0} for each in taxonomy.classes]
    for one, mine in zip(taxonomy.classes, worth, strict=True):
        for two, theirs in zip(taxonomy.classes, worth, strict=True):
            if one.id != two.id and mine and all(theirs.get(key, 0) >= weight for key, weight in mine.items()):
                yield Problem(Fault.INDISTINGUISHABLE, one.id, f"all that speaks for it speaks for {two.id} as well")


def _file_types(taxonomy: Taxonomy) -> Iterator[Problem]:
    counts = Counter(kind.id for kind in taxonomy.file_types)
    yield from (Problem(Fault.DUPLICATE_FILE_TYPE, name, f"{n} times") for name, n in counts.items() if n > 1)
    classes = {each.id for each in taxonomy.classes if each.revision_of is None}
    sources = {source.id for source in taxonomy.sources}
    for kind in taxonomy.file_types:
        asked = Counter(requirement.id for requirement in kind.required)
        for name, n in asked.items():
            if n > 1:
                yield Problem(Fault.BAD_REQUIREMENT, f"{kind.id}.{name}", f"{n} requirements have this id")
        for requirement in kind.required:
            place = f"{kind.id}.{requirement.id}"
            yield from _requirement(place, requirement, classes)
            if requirement.source not in sources:
                yield Problem(Fault.NO_SOURCE, place, f"it cites {requirement.source!r}")


def _requirement(place: str, requirement: Requirement, classes: set[str]) -> Iterator[Problem]:
    ways: Sequence[tuple[str, ...]] = (requirement.all_of, requirement.any_of, requirement.n_of)
    if sum(bool(way) for way in ways) != 1:
        yield Problem(Fault.BAD_REQUIREMENT, place, "exactly one of all_of, any_of and n_of names classes")
    if requirement.count < 1:
        yield Problem(Fault.BAD_REQUIREMENT, place, f"it asks for {requirement.count} documents")
    named = {*requirement.all_of, *requirement.any_of, *requirement.n_of}
    named |= {*requirement.when.present, *requirement.when.absent}
    yield from (Problem(Fault.NO_CLASS, place, name) for name in sorted(named - classes))
