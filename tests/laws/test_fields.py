"""A field stands where it says, and nothing but its document's words decides it."""

from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st
from tests.laws.reaching import unreached

from casefold.feel.calendar import date_of
from casefold.fields import zones
from casefold.fields.compiled import compile_fields
from casefold.fields.extract import extract
from casefold.fields.model import FieldType
from casefold.fields.values import readings
from casefold.pages.mrz import check_digit
from casefold_adapters.taxonomies import load_fields
from casefold_properties.laws import fields as laws
from casefold_properties.strategies import fields as strategies
from casefold_properties.strategies import page_of
from casefold_properties.strategies.pages import Line

SPECS = load_fields("lending-us-fields").unwrap()
READY = compile_fields(SPECS).unwrap()
CLASSES = {each.id: each for each in SPECS.classes}
LABELS = st.sampled_from(("w2", "paystub", "bank_statement", "passport", "urla_1003", "closing_disclosure"))
SCATTERED = LABELS.flatmap(lambda label: st.tuples(st.just(label), strategies.scattered_pages(CLASSES[label])))
STATED = LABELS.flatmap(lambda label: st.tuples(st.just(label), strategies.stated_pages(CLASSES[label])))
PAY = page_of([Line(("Net", "pay:", "$2,366.91"), 500), Line(("SSN:", "077-49-4905"), 900)])
CARD = page_of([Line(("Social", "security", "number", "077-49-4905"), 500)])


def reading(label):
    return lambda pages: extract(READY, label, pages)


@given(SCATTERED | STATED)
@example(("paystub", PAY)).via("a page that states something")
def test_values_stand_where_they_say(stated):
    """Whatever words stand wherever: a value is on its page, in its box, sound for its type, and never certain."""
    label, page = stated
    found = extract(READY, label, [page])

    laws.fields_stand_on_their_pages([page], found)
    laws.fields_are_sound(SPECS, label, found)


@given(STATED, st.integers(1, 5_000))
@example(("paystub", PAY), 7).via("a page that states something")
def test_numbers_of_pages_are_nothing(stated, shift):
    """The same pages elsewhere in a package state the same."""
    label, page = stated

    laws.numbers_of_pages_are_nothing(reading(label), [page, evolve(page, page=2)], shift)


@given(STATED, st.integers(0, 2))
@example(("paystub", PAY), 0).via("a page that states something")
def test_empty_pages_are_nothing(stated, at):
    """A blank sheet in a document changes no field, wherever it lies."""
    label, page = stated

    laws.empty_pages_are_nothing(reading(label), [page, evolve(page, page=2)], at)


@given(st.integers(-(10**9), 10**9), st.sampled_from(("${:,}", "{:,}", "$ {:,}", "{}")))
@example(0, "{:,}").via("nothing")
@example(-123456, "${:,}").via("a debt")
def test_amounts_are_read_as_they_were_printed(cents, form):
    """An amount printed with sign, commas or neither is read to the cent."""
    amount = Decimal(cents).scaleb(-2)
    printed = form.format(abs(amount))

    laws.prints_and_reads(FieldType.MONEY, f"{amount:.2f}", f"-{printed}" if cents < 0 else printed)


MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@given(st.integers(-25_000, 80_000), st.sampled_from(("iso", "us", "long", "short", "day first")))
def test_days_are_read_as_they_were_printed(days, form):
    """A day is read from each form that it is printed in."""
    date = date_of(days)
    assert date is not None
    year, month, day, name = date.year, date.month, date.day, MONTHS[date.month - 1]
    printed = {
        "iso": f"{year}-{month:02}-{day:02}",
        "us": f"{month}/{day:02}/{year}",
        "long": f"{name} {day}, {year}",
        "short": f"{name[:3]}. {day}, {year}",
        "day first": f"{day} {name[:3].upper()} {year}",
    }[form]

    laws.prints_and_reads(FieldType.DATE, f"{year}-{month:02}-{day:02}", printed)


@given(st.from_regex(r"[0-9]{6}", fullmatch=True), st.integers(0, 6), st.sampled_from("0123456789"))
def test_a_wrong_digit_of_a_zone_is_noticed(digits, at, other):
    """A passport's day of birth with any one digit misread does not agree with its check digit."""
    laws.a_wrong_digit_is_noticed(_checked, digits + str(check_digit(digits)), at, other)


def _checked(digits):
    return zones.Part(digits[:6], check_digit(digits[:6]) == int(digits[6]))


def test_the_laws_are_reached():
    """Among the pages are some that state several fields, and some with other values beside them."""
    found = STATED.map(lambda stated: extract(READY, stated[0], [stated[1]]))

    assert set() == unreached(
        found,
        {
            "several": lambda fields: len(fields) > 2,
            "others beside": lambda fields: any(each.alternatives for each in fields),
            "none": lambda fields: not fields,
        },
        examples=300,
    )


def test_a_value_elsewhere_is_found_out():
    """The law of places notices a box that is not its words'."""
    moved = [evolve(each, box=(0, 0, 1, 1)) for each in extract(READY, "paystub", [PAY])]

    with pytest.raises(AssertionError):
        laws.fields_stand_on_their_pages([PAY], moved)


def test_a_certain_or_doubled_value_is_found_out():
    """The law of soundness notices certainty, a field stated twice, and a value that is none."""
    (first, *_) = found = extract(READY, "paystub", [PAY])

    for wrong in (
        [evolve(first, confidence_ppm=1_000_000)],
        [*found, first],
        [evolve(each, value="much") for each in found],
    ):
        with pytest.raises(AssertionError):
            laws.fields_are_sound(SPECS, "paystub", wrong)


def test_reading_by_number_is_found_out():
    """The law of page numbers notices a reader that only looks at page 1, that of empty pages one that counts."""
    with pytest.raises(AssertionError):
        laws.numbers_of_pages_are_nothing(
            lambda pages: reading("paystub")([page for page in pages if page.page == 1]), [PAY], 3
        )
    with pytest.raises(AssertionError):
        laws.empty_pages_are_nothing(lambda pages: reading("paystub")(pages[:1]), [PAY], 0)


def test_wrong_readings_and_checks_are_found_out():
    """The laws of printing and of check digits notice what is read otherwise, and a check that always agrees."""
    with pytest.raises(AssertionError):
        laws.prints_and_reads(FieldType.MONEY, "1.00", "$2.00")
    with pytest.raises(AssertionError):
        laws.a_wrong_digit_is_noticed(lambda digits: zones.Part(digits, agrees=True), "5207273", 0, "9")


def test_no_more_of_a_secret_number_is_kept():
    """Of a social security number the last four are kept, in the value, the words and the alternatives."""
    found = extract(READY, "ssn_card", [CARD])

    assert [("ssn", "4905", "xxx-xx-4905")] == [(each.name, each.value, each.raw) for each in found]
    assert [] == list(readings(FieldType.SSN, "none here"))
