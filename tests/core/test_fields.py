"""Fields of documents: what stands beside, below and under which label, and which of two values is believed."""

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from casefold.case.events import DocumentFields, FieldsExtracted
from casefold.case.facts import case_facts
from casefold.case.history import misfit
from casefold.case.outcome import outcome_digest
from casefold.case.record import DocumentTexts, NotDue, TextsObserved, record
from casefold.case.state import Case, fold
from casefold.case.steps import Extract, next_steps
from casefold.case.view import torn_forms
from casefold.fields.codec import parse, specs_digest, specs_value
from casefold.fields.compiled import BadRule, compile_fields
from casefold.fields.extract import extract
from casefold.fields.facts import records
from casefold.fields.model import ClassFields, FieldSpec, FieldSpecs, FieldType, Method, Rule
from casefold.fields.regions import WHOLE_PAGE, Region, regions
from casefold.kernel.results import Failure, Success
from casefold.pages.text import BOX_SCALE, FormField, PageText, TextOrigin
from casefold_adapters.taxonomies import load, load_fields
from casefold_properties import strategies
from casefold_properties.strategies import page_of
from casefold_properties.strategies.pages import Line
from casefold_properties.worlds import World, drive, reloaded

SPECS = load_fields("lending-us-fields").unwrap()
READY = compile_fields(SPECS).unwrap()
LETTER, HIGH = 80, 110


def sheet(*placed, page=1, form=0):
    """A page of texts, each at its left and top; every letter is as wide as the next, blanks half."""
    words, boxes = [], []
    for start, top, text in placed:
        left = start
        for word in text.split():
            words.append(word)
            boxes += [left, top, min(left + LETTER * len(word), BOX_SCALE), top + HIGH]
            left += LETTER * len(word) + LETTER // 2
    return PageText(page, tuple(words), tuple(boxes), 612_000, 792_000, 0, TextOrigin.LAYER, len(words), 0, form)


def values(label, *pages):
    return {(each.group, each.name): each.value for each in extract(READY, label, pages) if not each.row}


def one(label, *pages):
    return {name: value for (_, name), value in values(label, *pages).items()}


def w2(left=0, top=0, ssn="077-49-4905", wages="55,151.93", employer="Richardson-Brown PLC"):
    return (
        (left + 800, top + 300, "a Employee's social security number"),
        (left + 900, top + 450, ssn),
        (left + 800, top + 700, "c Employer's name, address, and ZIP code"),
        (left + 900, top + 850, employer),
        (left + 900, top + 1000, "2936 Howard Radial"),
        (left + 900, top + 1150, "West Raymond NV 44735-6958"),
        (left + 800, top + 1500, "1 Wages, tips, other compensation"),
        (left + 900, top + 1650, wages),
        (left + 800, top + 1900, "2 Federal income tax withheld"),
    )


def test_values_stand_under_the_labels_of_boxes():
    """A box's value is under its label; an empty box states nothing, and an address ends with its ZIP code."""
    assert {
        "employee_ssn": "4905",
        "employer_name": "Richardson-Brown PLC",
        "employer_address": "2936 Howard Radial West Raymond NV 44735-6958",
        "wages": "55151.93",
    } == one("w2", sheet(*w2()))


def test_a_sheet_of_several_is_several_instances():
    """Two W-2s on one sheet are two groups, copies that say the same are one."""
    other = w2(top=5000, ssn="123-45-6789", wages="1,000.00", employer="Carlson Group")
    found = values("w2", sheet(*w2(), *other))

    assert ("55151.93", "1000.00") == (found[1, "wages"], found[2, "wages"])
    assert {1} == {group for group, _ in values("w2", sheet(*w2(), *w2(top=5000)), sheet(*w2(), page=2))}


def test_each_instance_has_its_region():
    """Two W-2s on one sheet take its upper and its lower part; a page of one is all of it."""
    other = w2(top=5000, ssn="123-45-6789", wages="1,000.00", employer="Carlson Group")
    several = extract(READY, "w2", [sheet(*w2(), *other), sheet((500, 500, "Notice to Employee"), page=2)])
    upper, lower, notice = regions((1, 2), several)

    assert (upper.page, upper.group, lower.page, lower.group) == (1, 1, 1, 2)
    assert upper.box[3] < 5000 < lower.box[1]
    assert notice == Region(2, WHOLE_PAGE)
    assert regions((1,), extract(READY, "w2", [sheet(*w2())])) == (Region(1, WHOLE_PAGE),)


def test_employer_is_not_taken_for_employee():
    """Labels that differ in a letter are told apart, though a scan may cost either a letter."""
    page = sheet((500, 500, "Employee Address:"), (3000, 500, "78 Oakwood Drive, Reno, NV 89501"))

    assert {"employee_address": "78 Oakwood Drive, Reno, NV 89501"} == one("paystub", page)


def test_a_blank_form_states_nothing():
    """Labels among labels, choices that nobody ticked and numbers of lines are no values."""
    page = sheet(
        (500, 500, "Occupancy"), (2500, 500, "Primary Residence"), (6000, 500, "Second Home"),
        (500, 900, "Loan Amount $"), (4000, 900, "Loan Purpose"),
    )  # fmt: skip
    tax = sheet((500, 500, "Add lines 1z, 2b, and 8. This is your total income . . ."), (9000, 500, "9"))

    assert {} == one("urla_1003", page) == one("form_1040", tax)


def test_the_number_of_a_line_is_passed_over():
    """On a tax return the amount stands behind the number of its line."""
    page = sheet((500, 500, "This is your total income . . . 9"), (8000, 500, "64,210"))

    assert {"total_income": "64210.00"} == one("form_1040", page)


def test_a_heading_says_whose_a_value_is():
    """The same label under another heading is another field."""
    page = sheet(
        (500, 500, "Section 1b - Current Employment (Borrower)"), (500, 800, "Employer"), (4000, 800, "ABC Inc."),
        (500, 2500, "Section 1b - Current Employment (Co-Borrower)"), (500, 2800, "Employer"),
        (4000, 2800, "Riverside"),
    )  # fmt: skip
    found = one("urla_1003", page)

    assert ("ABC Inc.", "Riverside") == (found["employer_name"], found["co_borrower_employer_name"])


def test_rows_are_read_under_their_heads():
    """A row's words count for the column they stand in; a day without a year is the last such day of the period."""
    page = sheet(
        (500, 300, "Statement Period"), (4000, 300, "12/05/2023 - 01/04/2024"),
        (500, 900, "Date"), (1500, 900, "Description"), (5000, 900, "Deposits"), (6500, 900, "Withdrawals"),
        (500, 1100, "12/30"), (1500, 1100, "ACME PAYROLL"), (5000, 1100, "2,366.91"),
        (500, 1300, "01/02"), (1500, 1300, "RENT"), (6700, 1300, "950.00"),
    )  # fmt: skip
    cells = [(each.row, each.name, each.value) for each in extract(READY, "bank_statement", [page]) if each.row]

    assert [
        (1, "transactions.date", "2023-12-30"),
        (1, "transactions.description", "ACME PAYROLL"),
        (1, "transactions.deposit", "2366.91"),
        (2, "transactions.date", "2024-01-02"),
        (2, "transactions.description", "RENT"),
        (2, "transactions.withdrawal", "950.00"),
    ] == cells


def test_a_sum_tells_which_of_two_values_is_right():
    """Where balances do not add up and another value that was found mends it, that one is believed."""
    page = sheet(
        (500, 500, "Beginning balance"), (4000, 500, "$100.00"), (500, 800, "Total deposits"), (4000, 800, "$50.00"),
        (500, 1100, "Total withdrawals"), (4000, 1100, "$30.00"), (500, 1400, "Ending balance"),
        (4000, 1400, "$999.00"),
        (500, 1700, "Ending balance"), (4000, 1700, "$120.00"),
    )  # fmt: skip
    (ending,) = [each for each in extract(READY, "bank_statement", [page]) if each.name == "ending_balance"]

    assert ("120.00", ["999.00"]) == (ending.value, [other.value for other in ending.alternatives])


def test_a_zone_is_surer_than_what_is_printed():
    """A passport's machine-readable zone proves days and number; the number is kept by its end."""
    page = page_of([
        Line(("Date", "of", "birth", "12", "AUG", "1947"), 500),
        Line(("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",), 8_000),
        Line(("L898902C36UTO7408122F1204159ZE184226B<<<<<10",), 8_500),
    ])  # fmt: skip
    found = {each.name: each for each in extract(READY, "passport", [page])}

    assert ("1974-08-12", Method.MRZ) == (found["date_of_birth"].value, found["date_of_birth"].method)
    assert ("ANNA MARIA ERIKSSON", "02C3", "2012-04-15") == tuple(
        found[name].value for name in ("full_name", "passport_number", "expiration_date")
    )


def test_values_of_form_fields_are_told_by_their_labels():
    """A value that somebody typed into the PDF's form says so."""
    page = sheet((500, 500, "Net pay:"), (4000, 500, "$10.00"), form=1)

    assert [Method.FORM_FIELD] == [each.method for each in extract(READY, "paystub", [page])]


def test_specifications_round_trip():
    """What is written of specifications is the whole of them, and their digest names it."""
    assert Success(SPECS) == parse(specs_value(SPECS))
    assert specs_digest(SPECS) != specs_digest(evolve(SPECS, version="2"))


def test_every_class_with_fields_is_in_the_taxonomy():
    """Fields are specified for classes that pages can be labelled with."""
    known = {each.id for each in load("lending-us").unwrap().classes}

    assert set() == {each.id for each in SPECS.classes} - known


def test_a_rule_that_cannot_be_followed_is_refused():
    """Bad expressions, checks of fields that are not there and rules that say nothing are told by field."""

    def of(*rules):
        field = FieldSpec("owner", FieldType.NAME, "Owner", rules)
        return compile_fields(FieldSpecs("s", "1", "S", (ClassFields("deed", (field,)),)))

    for rules in ((Rule(regex="("),), (Rule(regex="owner (.*)"),), (Rule(),), (Rule(labels=("...",)),)):
        found = of(*rules)
        assert isinstance(found, Failure) and isinstance(found.failure(), BadRule)


OWNED = FieldSpecs(
    "own", "1", "Own",
    tuple(
        ClassFields(label, (FieldSpec("amount", FieldType.MONEY, "Amount", (Rule(labels=("deposit of",)),)),))
        for label in ("alpha", "bravo")
    ),
)  # fmt: skip
ALPHA = page_of([Line(("alpha", "certificate"), 900), Line(("Deposit", "of:", "$12.50"), 4_000)])
SETTING = strategies.setting_of([ALPHA, page_of([Line(("bravo", "certificate"), 900)])])
ARTIFACTS = evolve(SETTING.artifacts, fields=compile_fields(OWNED).unwrap())
OPENED = evolve(SETTING.opened, fields=specs_digest(OWNED))


@given(st.randoms(use_true_random=False))
def test_fields_are_read_whatever_happens(chance):
    """Killed anywhere, however few documents at a time: the same fields, in the outcome's digest and in the facts."""
    straight = fold(drive(ARTIFACTS, [OPENED], World(SETTING.package)))
    log = drive(ARTIFACTS, [OPENED], World(SETTING.package, chance.randrange), chance.randrange, crashes=True)
    case, state = reloaded(log), Case()

    assert outcome_digest(case) == outcome_digest(straight)
    assert case.fields == straight.fields and "12.50" == next(iter(case.fields.values())).fields[0].value
    for event in log:
        assert misfit(state, event) is None
        state = fold([event], state)
    listed = case_facts(case, ARTIFACTS.fields)["fields"]
    assert isinstance(listed, dict) and listed["alpha"] == records(OWNED.classes[0], "01", case.fields["01"].fields)


def test_other_texts_are_refused():
    """Fields are read from the texts that were recorded, no others, and only of documents that are asked for."""
    log = drive(ARTIFACTS, [OPENED], World(SETTING.package))
    until = next(at for at, event in enumerate(log) if isinstance(event, FieldsExtracted))
    case = fold(log[:until])

    assert isinstance(next_steps(case)[0], Extract)
    for wrong in (TextsObserved(()), TextsObserved((DocumentTexts("01", (b"{}",)),))):
        refused = record(ARTIFACTS, case, wrong)
        assert isinstance(refused, Failure) and isinstance(refused.failure(), NotDue)


def test_a_forged_field_does_not_fit():
    """A log whose fields are of another document, or on a page that it does not have, makes no sense."""
    log = drive(ARTIFACTS, [OPENED], World(SETTING.package))
    until = next(at for at, event in enumerate(log) if isinstance(event, FieldsExtracted))
    event, case = log[until], fold(log[:until])
    assert isinstance(event, FieldsExtracted)
    first = event.documents[0]

    assert misfit(case, event) is None
    for forged in (
        evolve(first, document="99"),
        evolve(first, fields=tuple(evolve(each, page=99) for each in first.fields)),
    ):
        assert misfit(case, FieldsExtracted((forged,))) is not None


def form(*fields, drawn=(), page=1):
    """A page with what is drawn on it and with fields of a form: name, label, value, left and top."""
    placed = [(left, top, value) for _, _, value, left, top in fields]
    held = [FormField(name, label, len(value.split())) for name, label, value, _, _ in fields]
    made = sheet(*drawn, *placed, page=page, form=sum(each.words for each in held))
    # Every word of a field has the field's box.
    boxes, at = list(made.boxes), 4 * (len(made.words) - made.form_words)
    for each, (_, _, _, left, top) in zip(held, fields, strict=True):
        boxes[at : at + 4 * each.words] = [left, top, left + 3_000, top + 2 * HIGH] * each.words
        at += 4 * each.words
    return evolve(made, boxes=tuple(boxes), form_fields=tuple(held))


RETURN = ((800, 300, "Form 1040 U.S. Individual Income Tax Return 2024 OMB No. 1545-0074"),)
F1040 = "topmostSubform[0].Page1[0]"


def test_a_form_field_is_known_by_its_name_in_its_edition():
    """The form says which of its fields is the name, the number and the state of a box, and nothing is surer."""
    filled = (
        (f"{F1040}.f1_04[0]", "", "Ann Marie", 800, 900),
        (f"{F1040}.f1_05[0]", "", "Example", 4_000, 900),
        (f"{F1040}.f1_06[0]", "", "666123456", 7_500, 900),
        (f"{F1040}.FilingStatus_ReadOrder[0].c1_3[1]", "", "3", 800, 1_800),
    )
    found = {each.name: each for each in extract(READY, "form_1040", [form(*filled, drawn=RETURN)])}

    assert "Ann Marie Example" == found["taxpayer_name"].value
    assert "3456" == found["taxpayer_ssn"].value
    assert "Married filing jointly" == found["filing_status"].value
    assert Method.FORM_FIELD is found["taxpayer_name"].method
    assert (800, 900, 7_000, 900 + 2 * HIGH) == found["taxpayer_name"].box
    assert found["taxpayer_name"].confidence_ppm > 999_000
    older = ((800, 300, "Form 1040 U.S. Individual Income Tax Return 2021 OMB No. 1545-0074"),)
    assert "taxpayer_ssn" not in one("form_1040", form(filled[2], drawn=older))


def test_a_form_field_is_known_by_what_viewers_call_it():
    """A field that is called what a label is called is that field."""
    filled = form(("topmost[0].x17[0]", "Your social security number", "666 12 3456", 800, 900), drawn=RETURN)

    assert "3456" == one("form_1040", filled)["taxpayer_ssn"]


def test_what_is_drawn_over_a_form_field_is_not_passed_over():
    """A page that shows one amount where its form holds another states the form's, and a finding tells of it."""
    wages = ("topmostSubform[0].CopyB[0].Col_Right[0].Box1_ReadOrder[0].f2_09[0]", "", "55000.00", 5_000, 900)
    page = form(wages, drawn=((5_100, 950, "85,000.00"),))
    (field,) = (each for each in extract(READY, "w2", [page], "d1") if each.name == "wages")
    case = Case(fields={"d1": DocumentFields("d1", "w2", (1,), (field,))})

    assert "55000.00" == field.value
    assert ["85000.00"] == [other.value for other in field.alternatives]
    assert ["form_differs"] == [finding.kind.value for finding in torn_forms(case)]
    same = extract(READY, "w2", [form(wages, drawn=((5_100, 950, "55,000.00"),))], "d1")
    assert () == torn_forms(Case(fields={"d1": DocumentFields("d1", "w2", (1,), same)}))
