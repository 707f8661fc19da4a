"""A taxonomy is its data; lint and diff say what is wrong with it, and what is new."""

import json
from collections.abc import Mapping
from typing import Any, cast

import pytest
from attrs import evolve
from hypothesis import assume, example, given
from hypothesis import strategies as st

from casefold.kernel.canonical import canonical
from casefold.taxonomy.codec import taxonomy_value
from casefold.taxonomy.lint import REACH_MIN, Fault
from casefold.taxonomy.model import (
    UNKNOWN,
    Condition,
    Cue,
    DocumentClass,
    FileType,
    IdentityKey,
    PageLimits,
    Requirement,
    Sensitivity,
    Signal,
    Source,
    Taxonomy,
    Validity,
    Where,
)
from casefold_properties import laws, strategies

CHANCE = st.randoms(use_true_random=False)
ALPHA = DocumentClass("alpha", "income", "Alpha", (Signal("law", 40, phrase="alpha certificate"),))
BRAVO = DocumentClass("bravo", "income", "Bravo", (Signal("law", 40, phrase="bravo certificate"),))
KIND = FileType("purchase", "Purchase", (Requirement("r", "R", "law", all_of=("alpha", "bravo")),))
SMALL = Taxonomy("t", "1", "T", (Source("law", "Law"),), (ALPHA, BRAVO), (), (KIND,))


@given(strategies.taxonomies())
@example(SMALL).via("all members that may be left out are")
def test_a_taxonomy_round_trips(taxonomy):
    """A taxonomy is read back as it was written."""
    laws.taxonomy_round_trips(taxonomy)
    laws.taxonomy_round_trips(evolve(taxonomy, version="2"))
    assert json.loads(canonical(taxonomy_value(taxonomy)))


@given(strategies.known_taxonomies())
@example(SMALL).via("all members that may be left out are")
def test_defaults_written_out_do_not_change_the_digest(taxonomy):
    """Saying what is so anyway says nothing."""
    laws.defaults_do_not_change_the_digest(taxonomy, laws.members(taxonomy))


@st.composite
def mangled(draw, taxonomy=SMALL):
    """A taxonomy's data, as TOML gives it, with something else in one place, or one member more or fewer."""
    value = json.loads(canonical(taxonomy_value(taxonomy)))
    at, parent, key = value, cast("Any", None), cast("Any", None)
    while isinstance(at, dict | list) and at and (parent is None or draw(st.booleans())):
        parent, key = at, draw(st.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
        at = parent[key]
    other = strategies.json_values(max_leaves=3) | st.floats() | st.datetimes() | st.dates()
    match draw(st.sampled_from(("other", "gone", "more"))):
        case "gone":
            del parent[key]
        case "more" if isinstance(parent, dict):
            parent[draw(st.text(max_size=5))] = draw(other)
        case _:
            parent[key] = draw(other)
    return value


@given(mangled() | strategies.json_objects())
@example({}).via("nothing")
@example({"classes": [1], "outside": {"a": None}}).via("members that are no lists of objects")
@example({"classes": [{"source": 1, "signals": [None, {"source": 2}]}]}).via("a source for signals that are none")
def test_any_data_is_a_taxonomy_or_refused(raw):
    """No data makes reading a taxonomy fall over, nor linting what was read."""
    laws.reading_data_never_raises(raw)


def test_a_source_that_is_cited_by_nothing_is_not_dropped_unseen():
    """A class that names a source but has no signals for it is refused, or keeps it: nothing is dropped silently."""
    raw = {**taxonomy_value(SMALL), "classes": [{"id": "a", "family": "f", "title": "T", "source": ["no", "text"]}]}

    laws.reading_data_never_raises(raw)


@given(strategies.taxonomies())
@example(SMALL).via("the least")
def test_a_taxonomy_without_a_fault_has_none(taxonomy):
    """Lint is silent where nothing is wrong."""
    laws.lint_finds_nothing(taxonomy)


def changed_class(taxonomy: Taxonomy, **members: Any) -> Taxonomy:
    return evolve(taxonomy, classes=(evolve(taxonomy.classes[0], **members), *taxonomy.classes[1:]))


def with_signal(taxonomy: Taxonomy, signal: Signal) -> Taxonomy:
    return changed_class(taxonomy, signals=(*taxonomy.classes[0].signals, signal))


def with_requirement(taxonomy: Taxonomy, requirement: Requirement) -> Taxonomy:
    return evolve(taxonomy, file_types=(FileType("planted", "Planted", (requirement,)),))


OF_A_CLASS: Mapping[str, tuple[Fault, dict[str, Any], str | None]] = {
    "no class may be called unknown": (Fault.RESERVED_ID, {"id": UNKNOWN}, UNKNOWN),
    "an id in capitals": (Fault.BAD_ID, {"id": "Alpha"}, "Alpha"),
    "an id of nothing": (Fault.BAD_ID, {"id": ""}, ""),
    "an id with a line end": (Fault.BAD_ID, {"id": "alpha\n"}, "alpha\n"),
    "no signals": (Fault.UNREACHABLE, {"signals": ()}, None),
    "nothing but what speaks against": (Fault.UNREACHABLE, {"signals": (Signal("law", -9, phrase="abcd"),)}, None),
    "as much as choosing costs": (Fault.UNREACHABLE, {"signals": (Signal("law", REACH_MIN, phrase="abcd"),)}, None),
    "no pages": (Fault.IMPOSSIBLE_LIMITS, {"pages": PageLimits(0, 3)}, None),
    "fewer than fewest": (Fault.IMPOSSIBLE_LIMITS, {"pages": PageLimits(2, 1)}, None),
    "an edition of itself": (Fault.BAD_REVISION, {"revision_of": "alpha"}, None),
    "an edition of nothing": (Fault.BAD_REVISION, {"revision_of": "zulu"}, None),
    "valid for no day": (Fault.BAD_VALIDITY, {"validity": Validity(0, "note", "law")}, None),
    "valid until never": (Fault.BAD_VALIDITY, {"validity": Validity(9, "never", "law")}, None),
    "valid by hearsay": (Fault.NO_SOURCE, {"validity": Validity(9, "note", "hearsay")}, None),
}
OF_A_SIGNAL = {
    "no matcher": (Fault.NOT_ONE_MATCHER, Signal("law", 9)),
    "two matchers": (Fault.NOT_ONE_MATCHER, Signal("law", 9, phrase="abcd", form="W-2")),
    "hearsay": (Fault.NO_SOURCE, Signal("hearsay", 9, phrase="abcd")),
    "too short": (Fault.TOO_SHORT, Signal("law", 9, phrase="a-b c!"[:5])),
    "nothing but marks": (Fault.TOO_SHORT, Signal("law", 9, phrase="—-.,")),
    "not closed": (Fault.BAD_REGEX, Signal("law", 9, regex="ab(c")),
    "repeats nothing": (Fault.BAD_REGEX, Signal("law", 9, regex="*")),
    "an endless set": (Fault.BAD_REGEX, Signal("law", 9, regex="a{99999999999999999999}")),
    "a slow one": (Fault.SLOW_REGEX, Signal("law", 9, regex="abc(d+)+e")),
    "a slow one in two groups": (Fault.SLOW_REGEX, Signal("law", 9, regex="abc((d)+)+e")),
    "weighs nothing": (Fault.BAD_WEIGHT, Signal("law", 0, phrase="abcd")),
    "too heavy": (Fault.BAD_WEIGHT, Signal("law", 61, phrase="abcd")),
    "too heavy against": (Fault.BAD_WEIGHT, Signal("law", -61, phrase="abcd")),
    "twice, in capitals": (Fault.DUPLICATE_SIGNAL, Signal("law", 9, phrase="ALPHA-CERTIFICATE")),
}
OF_A_REQUIREMENT = {
    "asks for nothing": (Fault.BAD_REQUIREMENT, Requirement("r", "R", "law")),
    "asks in two ways": (Fault.BAD_REQUIREMENT, Requirement("r", "R", "law", all_of=("alpha",), any_of=("alpha",))),
    "asks for none": (Fault.BAD_REQUIREMENT, Requirement("r", "R", "law", n_of=("alpha",), count=0)),
    "no such class": (Fault.NO_CLASS, Requirement("r", "R", "law", any_of=("alpha", "zulu"))),
    "when no such class": (Fault.NO_CLASS, Requirement("r", "R", "law", any_of=("alpha",), when=Condition(("zulu",)))),
    "hearsay": (Fault.NO_SOURCE, Requirement("r", "R", "hearsay", all_of=("alpha",))),
}


@pytest.mark.parametrize("name", OF_A_CLASS)
def test_a_fault_of_a_class_is_found(name):
    """What is wrong with a class is found."""
    fault, members, place = OF_A_CLASS[name]

    laws.lint_finds(changed_class(SMALL, **members), fault, "alpha" if place is None else place)


@pytest.mark.parametrize("name", OF_A_SIGNAL)
def test_a_fault_of_a_signal_is_found(name):
    """What is wrong with a signal is found."""
    fault, signal = OF_A_SIGNAL[name]

    laws.lint_finds(with_signal(SMALL, signal), fault, "alpha")


@pytest.mark.parametrize("name", OF_A_REQUIREMENT)
def test_a_fault_of_a_requirement_is_found(name):
    """What is wrong with what a file must hold is found."""
    fault, requirement = OF_A_REQUIREMENT[name]

    laws.lint_finds(with_requirement(SMALL, requirement), fault, "planted.r")


@given(strategies.known_taxonomies(), CHANCE)
def test_doubles_are_found(taxonomy, chance):
    """Two classes, sources or file types of one id are found, a class outside among them."""
    one = chance.choice(taxonomy.classes)
    source = chance.choice(taxonomy.sources)

    laws.lint_finds(evolve(taxonomy, classes=(*taxonomy.classes, one)), Fault.DUPLICATE_CLASS, one.id)
    laws.lint_finds(evolve(taxonomy, outside=(one,)), Fault.DUPLICATE_CLASS, one.id)
    laws.lint_finds(evolve(taxonomy, sources=(*taxonomy.sources, source)), Fault.DUPLICATE_SOURCE, source.id)
    laws.lint_finds(evolve(taxonomy, file_types=(KIND, KIND)), Fault.DUPLICATE_FILE_TYPE, KIND.id)
    laws.lint_finds(evolve(taxonomy, sources=(*taxonomy.sources, Source("idle", "Idle"))), Fault.UNUSED_SOURCE, "idle")


def test_a_requirement_that_stands_twice_is_found():
    """Two requirements of one id cannot be told apart."""
    twice = FileType("planted", "Planted", (*KIND.required, *KIND.required))

    laws.lint_finds(evolve(SMALL, file_types=(twice,)), Fault.BAD_REQUIREMENT, "planted.r")


def test_an_edition_of_an_edition_is_found():
    """The label that an older edition's pages carry is a label, not another older edition."""
    older = evolve(ALPHA, id="older", revision_of="bravo")
    oldest = evolve(BRAVO, id="oldest", revision_of="older")

    laws.lint_finds(evolve(SMALL, classes=(*SMALL.classes, older, oldest)), Fault.BAD_REVISION, "oldest")


def test_a_requirement_for_an_edition_is_found():
    """No document ever carries an older edition's id as its label, so nothing can ask for one."""
    older = evolve(ALPHA, id="older", revision_of="bravo")
    asked = with_requirement(SMALL, Requirement("r", "R", "law", any_of=("older",)))

    laws.lint_finds(evolve(asked, classes=(*SMALL.classes, older)), Fault.NO_CLASS, "planted.r")


@given(strategies.known_taxonomies(), st.integers(0, 20))
@example(SMALL, 0).via("just as much for both")
def test_classes_that_nothing_tells_apart_are_found(taxonomy, more):
    """A class for which nothing speaks that does not speak as loudly for another cannot be told from it."""
    assume(max(signal.weight for signal in taxonomy.classes[0].signals) + more <= 60)
    louder = tuple(evolve(signal, weight=signal.weight + more) for signal in taxonomy.classes[0].signals)
    twin = evolve(taxonomy.classes[0], id="twin", signals=louder)

    laws.lint_finds(evolve(taxonomy, classes=(*taxonomy.classes, twin)), Fault.INDISTINGUISHABLE, "alpha")


@given(strategies.taxonomies(), CHANCE)
@example(SMALL, None).via("the classes of a requirement in another order")
def test_order_is_no_change(taxonomy, chance):
    """Neither the same nor the order in which things are written is a change."""
    laws.nothing_changed(taxonomy, taxonomy)
    laws.nothing_changed(taxonomy, shuffled(taxonomy, chance))


def shuffled(taxonomy: Taxonomy, chance) -> Taxonomy:
    def mixed(items):
        return tuple(reversed(items)) if chance is None else tuple(chance.sample(items, len(items)))

    def class_(each: DocumentClass) -> DocumentClass:
        return evolve(each, signals=mixed(each.signals), identity=mixed(each.identity))

    def requirement(each: Requirement) -> Requirement:
        return evolve(each, all_of=mixed(each.all_of), any_of=mixed(each.any_of), n_of=mixed(each.n_of))

    return evolve(
        taxonomy,
        sources=mixed(taxonomy.sources),
        classes=mixed([class_(each) for each in taxonomy.classes]),
        outside=mixed([class_(each) for each in taxonomy.outside]),
        file_types=mixed([
            evolve(kind, required=mixed([requirement(each) for each in kind.required]))
            for kind in taxonomy.file_types
        ]),
    )  # fmt: skip


MEMBERS: Mapping[str, Any] = {
    "family": "other",
    "title": "Other",
    "pages": PageLimits(3, 17),
    "identity": (IdentityKey.REVISION,),
    "sensitivity": Sensitivity.INTERNAL,
    "validity": Validity(7, "application", "law"),
    "revision_of": "zulu",
    "signals": (),
    "id": "zulu",
}


@pytest.mark.parametrize("member", MEMBERS)
def test_a_changed_member_of_a_class_is_named(member):
    """Whatever member of a class changes, the class is named, and nothing else."""
    place = "class" if member == "id" else "class alpha"

    laws.the_change_is_named(SMALL, changed_class(SMALL, **{member: MEMBERS[member]}), place)


OF_SIGNALS: Mapping[str, Any] = {
    "source": "practice",
    "weight": 41,
    "phrase": "alpha diploma",
    "where": Where.BOTTOM,
    "cue": Cue.LAST,
    "variant": "z",
}


@pytest.mark.parametrize("member", OF_SIGNALS)
def test_a_changed_member_of_a_signal_is_named(member):
    """Whatever member of a signal changes, its class is named."""
    signal = evolve(ALPHA.signals[0], **{member: OF_SIGNALS[member]})

    laws.the_change_is_named(SMALL, changed_class(SMALL, signals=(signal,)), "class alpha: ")


REQUIRED: Mapping[str, Any] = {
    "title": "Other",
    "source": "practice",
    "all_of": ("alpha",),
    "any_of": ("alpha",),
    "n_of": ("alpha",),
    "count": 2,
    "when": Condition(("alpha",)),
}


@pytest.mark.parametrize("member", REQUIRED)
def test_a_changed_member_of_a_requirement_is_named(member):
    """Whatever a file type asks for anew is named."""
    kind = evolve(KIND, required=(evolve(KIND.required[0], **{member: REQUIRED[member]}),))

    laws.the_change_is_named(SMALL, evolve(SMALL, file_types=(kind,)), "file type purchase: requirement r")


@given(strategies.known_taxonomies())
def test_what_is_new_or_gone_is_named(taxonomy):
    """A class, kind outside, source or file type that comes or goes is named, and nothing else."""
    extra = evolve(ALPHA, id="zulu")
    zulu = evolve(KIND, id="zulu")

    laws.the_change_is_named(taxonomy, evolve(taxonomy, classes=(*taxonomy.classes, extra)), "class zulu")
    laws.the_change_is_named(taxonomy, evolve(taxonomy, outside=(*taxonomy.outside, extra)), "outside zulu")
    laws.the_change_is_named(
        taxonomy, evolve(taxonomy, sources=(*taxonomy.sources, Source("zulu", "Z"))), "source zulu"
    )
    laws.the_change_is_named(taxonomy, evolve(taxonomy, file_types=(*taxonomy.file_types, zulu)), "file type zulu")
    laws.the_change_is_named(taxonomy, evolve(taxonomy, title="Zulu"), "taxonomy.title")


ATOMS = st.sampled_from(("a", "b", "ab", " ", "c?", "d*", "e{2}", "f{0,1}", r"\(", r"\)", "[(]", "[|]", r"\bab", "."))
EXPRESSIONS = st.recursive(
    st.lists(ATOMS, min_size=1, max_size=4).map("".join),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map("".join)
        | st.lists(inner, min_size=2, max_size=3).map("|".join)
        | inner.map("({})".format)
        | inner.map("(?:{})?".format)
    ),
    max_leaves=4,
)


@given(EXPRESSIONS, st.text("abcdef()| ", max_size=12))
@example(r"ab\(|cd\)", "cd)").via("alternatives between marks that look like a group")
@example("ab(c)|d(e)", "de").via("alternatives between groups")
@example("ab(((c)d)e)|f", "f").via("alternatives after groups in groups")
@example("abc?", "ab").via("a letter that may be missing")
@example("ab{0}c", "ac").via("a letter that must be missing")
def test_the_first_letters_of_an_expression_hide_nothing(regex, text):
    """A page is left unsearched only where an expression cannot match."""
    laws.first_letters_hide_nothing(regex, text)
