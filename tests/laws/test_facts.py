"""What a page says of its place is read wherever it is printed, and nothing private is kept."""

import pytest
from attrs import evolve
from hypothesis import assume, example, given
from hypothesis import strategies as st

from casefold.pages.facts import FOOTER_BAND, HEADER_BAND, PageNumber
from casefold.pages.mrz import check_digit
from casefold.pages.signals import read
from casefold.taxonomy.model import Detector, IdentityKey
from casefold_properties import laws, strategies
from casefold_properties.laws.pages import facts_of
from casefold_properties.strategies import BODY, FOOTER, HEADER, Line, lines_of, page_of

ANYWHERE = (
    "Page {} of {}",
    "PAGE {} OF {}",
    "page {}/{}",
    "Page{}of{}",
    "Pg. {} of {}",
    "pg {} of {}",
    "(Page {} of {})",
)
IN_A_BAND = ("{} of {}", "{}/{}", "{} / {}", "Form W-2 {} of {}")
BARE = ("{}", "- {} -", "-{}-", "Page {}", "PAGE {}", "Pg. {}", "– {} –")
PAIRS = st.integers(1, 999).flatmap(lambda total: st.tuples(st.integers(1, total), st.just(total)))
FILLER = st.lists(st.sampled_from(("rent", "of", "owner", "$12.50", "the")), max_size=4).map(tuple)


@given(st.sampled_from(ANYWHERE), PAIRS, FILLER, FILLER, st.sampled_from((HEADER, BODY, FOOTER)))
@example("Page {} of {}", (1, 1), (), (), BODY).via("the only page")
@example("Page {} of {}", (999, 999), (), (), BODY).via("the largest number that is believed")
def test_page_k_of_n_is_found_wherever_it_is_printed(form, pair, before, after, top):
    """Page 3 of 12, in the header, the text or the footer."""
    page = page_of([Line((*before, *form.format(*pair).split(), *after), top)])

    laws.page_number_is_found(page, PageNumber(*pair))


@given(st.sampled_from(IN_A_BAND), PAIRS, st.sampled_from((HEADER, FOOTER)))
@example("{} of {}", (1, 1), FOOTER).via("the only page")
def test_k_of_n_is_found_in_headers_and_footers(form, pair, top):
    """3 of 12, where nothing but a page number would stand; 8/24 may be the month of an edition, and is not read."""
    assume("/" not in form or pair[0] > 12 or not 18 <= pair[1] <= 40)

    laws.page_number_is_found(
        page_of([lines_of("some rent", top=BODY), lines_of(form.format(*pair), top=top)]), PageNumber(*pair)
    )


@pytest.mark.parametrize(("footer", "numbers"), [
    ("8/24", ()),
    ("13/24", (PageNumber(13, 24),)),
    ("8/41", (PageNumber(8, 41),)),
    ("8 of 24", (PageNumber(8, 24),)),
])  # fmt: skip
def test_the_edition_of_a_form_is_no_page_number(footer, numbers):
    """Forms print the month and year of their edition in the footer, as a fraction."""
    assert facts_of(page_of([lines_of("some rent", top=BODY), lines_of(footer, top=FOOTER)])).numbers == numbers


@given(st.sampled_from(BARE), st.integers(1, 999), st.sampled_from((HEADER, FOOTER)))
@example("{}", 1, FOOTER).via("the first page")
@example("{}", 999, FOOTER).via("the largest number that is believed")
def test_a_bare_number_is_found_in_headers_and_footers(form, number, top):
    """Page 3, - 3 - and 3, of no one knows how many."""
    page = page_of([lines_of("some rent", top=BODY), lines_of(form.format(number), top=top)])

    assert laws.facts_of(page).numbers == (PageNumber(number, None),)


@pytest.mark.parametrize(
    "text", ["Page 5 of 0", "Page 0 of 0", "Page 0 of 5", "Page 6 of 5", "Page 1 of 1000", "Page 12 34"]
)
@pytest.mark.parametrize("top", [HEADER, BODY, FOOTER])
def test_an_impossible_page_number_is_none(text, top):
    """No page is page 0, nor beyond the last, and no document of none."""
    numbers = laws.facts_of(page_of([lines_of(text, top=top)])).numbers

    assert all(number.total is None for number in numbers), numbers


@given(strategies.any_pages() | strategies.page_texts())
@example(page_of([lines_of("Page 5 of 0")])).via("of nought")
@example(page_of([lines_of("1 of 2 2 of 3 3 of 4 4 of 5 5 of 6", top=FOOTER)])).via("more numbers than are kept")
@example(page_of([lines_of("٣", top=FOOTER)])).via("digits that are not ASCII")
@example(page_of([], objects=0)).via("a blank sheet")
def test_page_numbers_are_sane(page):
    """Whatever stands on a page, its numbers are few, different, and at most their total."""
    laws.page_numbers_are_sane(page)


def identities(text: str, key: IdentityKey) -> set[str]:
    return {identity.value for identity in laws.facts_of(page_of([lines_of(text)])).identity if identity.key is key}


SSNS = st.from_regex(r"[0-8]\d{2}-\d{2}-\d{4}", fullmatch=True)


@given(
    SSNS,
    strategies.artifact_sets(),
    st.sampled_from(("SSN {}", "{}", "Account number {}", "Loan number: {}", "EIN {}")),
)
@example("666-45-6789", strategies.some_artifacts(), "Account number {}").via("where an account stands")
def test_nothing_private_is_kept(ssn, artifacts, form):
    """Numbers that identify people are compared, never kept."""
    page = page_of([lines_of(form.format(ssn)), lines_of(form.format(ssn.replace("-", "")), top=BODY + 300)])

    laws.nothing_private_is_kept(artifacts.compiled, page, ssn)


@given(SSNS)
@example("666-45-6789").via("no hyphen elsewhere on the page")
def test_a_number_with_blanks_is_the_number_with_hyphens(ssn):
    """A social security number is the same however it is set off, whatever else stands on the page."""
    hyphens, blanks = (
        identities(f"SSN {ssn}", IdentityKey.SSN),
        identities(f"SSN {ssn.replace('-', ' ')}", IdentityKey.SSN),
    )

    assert hyphens == identities(f"SSN {ssn.replace('-', ' ')} first-time", IdentityKey.SSN)
    assert hyphens == blanks


@given(SSNS, SSNS)
def test_masked_numbers_meet_whole_ones(one, two):
    """XXX-XX-6789 is taken for 666-45-6789, and not for another."""
    masked = identities(f"SSN XXX-XX-{one[-4:]}", IdentityKey.SSN)

    assert masked == identities(one, IdentityKey.SSN)
    assert (masked == identities(two, IdentityKey.SSN)) == (one[-4:] == two[-4:])


@given(
    st.lists(st.sampled_from(("Loan", "No.", "Statement", "of", "Account")), min_size=2, max_size=5),
    st.integers(),
    st.booleans(),
)
def test_a_running_header_is_named_without_its_digits(words, number, footer):
    """The same header on the next page is the same, whatever number it counts to; another is another."""
    top = FOOTER if footer else HEADER

    def band(text: str) -> str | None:
        facts = laws.facts_of(page_of([lines_of(text, top=top)]))
        return facts.footer if footer else facts.header

    line = " ".join(words)
    assert band(line) is not None
    assert band(line) == band(f"{line.upper()} {abs(number)}")
    assert band(line) != band(f"{line} another")


def test_bands_end_where_they_say():
    """A word that reaches below the header's band is text, and so is one that begins above the footer's."""

    def facts(top: int, bottom: int):
        page = page_of([lines_of("heading")])
        return laws.facts_of(evolve(page, boxes=(0, top, 9, bottom)))

    assert facts(0, HEADER_BAND).header and not facts(0, HEADER_BAND + 1).header
    assert facts(FOOTER_BAND, 10_000).footer and not facts(FOOTER_BAND - 1, 10_000).footer


TD3 = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
TD1 = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6")
UPPER = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
CHECKED = (*range(10), *range(13, 20), *range(21, 28))
"""Places of the lower line that a check digit covers, and of the digits themselves (Doc 9303-4, 4.2.2)."""


@pytest.mark.parametrize(("field", "digit"), [
    ("520727", 3), ("AB2134<<<", 5), ("L898902C3", 6), ("740812", 2), ("120415", 9), ("ZE184226B<<<<<", 1),
    ("D23145890", 7), ("L898902C3674081221204159ZE184226B<<<<<1", 0), ("", 0), ("<<<<<<", 0),
])  # fmt: skip
def test_check_digits_are_those_of_the_standard(field, digit):
    """ICAO Doc 9303, part 3 section 4.9 and the specimens of parts 4 and 5."""
    assert check_digit(field) == digit


def detected(*lines: str) -> tuple[Detector, ...]:
    return laws.facts_of(page_of([lines_of(line, top=6_000 + 300 * at) for at, line in enumerate(lines)])).detected


def test_the_standards_own_specimens_are_detected():
    """The specimen passport and the specimen card of ICAO Doc 9303."""
    assert detected(UPPER, TD3) == (Detector.PASSPORT_MRZ,)
    assert detected(*TD1, "ERIKSSON<<ANNA<MARIA<<<<<<<<<<") == (Detector.CARD_MRZ,)
    assert detected("Passport", "of", UPPER, TD3, "Page 3 of 5") == (Detector.PASSPORT_MRZ,)


@pytest.mark.parametrize(("line", "shown"), [
    ("⑈001379⑈ ⑆122000496⑆ 4040110157⑈", True),
    ("#001379 :1220004961: 4040110157", True),
    ("01379 :122000496: 40401", True),
    (":122000497:", False),
    ("12:122000496", False),
    ("at 10:30:15", False),
])  # fmt: skip
def test_a_check_is_detected_by_its_magnetic_line(line, shown):
    """A routing number with a right check digit between transit symbols, as scanners read those."""
    assert ((Detector.MICR_LINE,) if shown else ()) == detected("Pay to", line)


@given(st.sampled_from(CHECKED), st.integers(0, 9))
@example(9, 0).via("the check digit itself")
def test_a_passport_with_a_wrong_digit_is_none(at, digit):
    """One wrong digit in the number or a date is always noticed."""
    assume(TD3[at].isdigit() and TD3[at] != str(digit))

    assert detected(UPPER, TD3[:at] + str(digit) + TD3[at + 1 :]) == ()


def test_a_blank_sheet_draws_nothing():
    """A page without words is blank only if it draws nothing at all."""
    assert laws.facts_of(page_of([], objects=0)).detected == (Detector.BLANK,)
    assert laws.facts_of(page_of([], objects=1)).detected == ()
    assert laws.facts_of(page_of([lines_of("rent")], objects=0)).detected == ()


HOSTILE = {
    "a loan number that never comes": "loanno" * 10_000 + "1",
    "an account number that never comes": "accountno" + "12x" * 20_000,
    "account after account": "accountno" * 7_000,
    "a period that never ends": "period ending " + "pay period " * 6_000,
    "a number that goes on": "123-" * 15_000,
    "page after page": "page 1 " * 9_000,
    "revision after revision": "rev 10-" * 9_000,
    "form after form": "form ( " * 9_000,
    "one letter": "a" * 60_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_any_page_comes_to_its_end(name):
    """Whoever writes the page cannot keep the reading of it from ending: what grows faster than the page hangs here."""
    page = page_of([lines_of(HOSTILE[name])])

    assert read(strategies.some_artifacts().compiled, page).words == len(page.words)
