"""Machine-readable zones as scanners leave them: cut up, with fillers miscounted, and letters for digits."""

import pytest
from attrs import evolve

from casefold.case.wording import signal_words
from casefold.fields.compiled import compile_fields
from casefold.fields.extract import extract
from casefold.pages.facts import facts
from casefold.pages.mrz import zones
from casefold.pages.text import TextOrigin
from casefold.taxonomy.model import Detector, Signal
from casefold_adapters.taxonomies import load_fields
from casefold_properties.strategies import lines_of, page_of

# The specimens of ICAO Doc 9303, parts 4 to 7.
NAMES = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
PASSPORT = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
SPECIMENS = {
    "TD3": (NAMES, PASSPORT),
    "TD2": ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"),
    "TD1": ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"),
    "MRV-A": (f"V{NAMES[1:]}", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<"),
    "MRV-B": (f"V{NAMES[1:36]}", "L8988901C4XXX4009078F9612109<<<<<<<<"),
}


def page(*lines, origin=TextOrigin.OCR):
    made = page_of([lines_of("Passport"), *(lines_of(line, top=6_000 + 300 * at) for at, line in enumerate(lines))])
    return evolve(made, origin=origin)


@pytest.mark.parametrize("name", SPECIMENS)
@pytest.mark.parametrize("origin", [TextOrigin.OCR, TextOrigin.LAYER])
def test_each_format_is_known_by_its_specimen(name, origin):
    """Passports, cards of two and of three lines, and visas of both sizes; nothing in them is mended."""
    (found,) = zones(page(*SPECIMENS[name], origin=origin))

    assert (name, SPECIMENS[name], True, frozenset()) == (found.format, found.lines, found.sure, found.mended)


@pytest.mark.parametrize("lines", [
    ("P<UTOERIKSSON< <ANNA< MARIA<<<<<<<<< <<<<<<<<<<", "L898902C3 6UTO7408122 F1204159 ZE184226B<<<<<10"),
    (NAMES + "<<<", PASSPORT),
    (NAMES[:-4], "L898902C36UTO7408122F1204159ZE184226B<<<10"),
    ("P<UTOERIKSSON«ANNA<MARIA" + "<" * 19, PASSPORT),
    (NAMES, "L898902C36UT074O8l22F12O4l59ZE184226B<<<<<10"),
])  # fmt: skip
def test_what_scanners_do_to_a_passport_is_put_right(lines):
    """Blanks within lines, fillers too many or too few, and look-alikes: the same zone comes of it."""
    made = page(*lines)
    (found,) = zones(made)

    assert ((NAMES, PASSPORT), True) == (found.lines, found.sure)
    assert (Detector.PASSPORT_MRZ,) == facts(made, " ".join(made.words)).detected


def test_what_was_mended_is_believed_less():
    """A number that its check digit put right is less sure than one that was read right, and other parts are not."""
    ready = compile_fields(load_fields("lending-us-fields").unwrap()).unwrap()

    def sure(line):
        return {
            field.name: (field.value, field.confidence_ppm) for field in extract(ready, "passport", [page(NAMES, line)])
        }

    right, mended = sure(PASSPORT), sure(PASSPORT.replace("L898902", "L8989O2"))

    assert right["passport_number"][0] == mended["passport_number"][0]
    assert right["passport_number"][1] > mended["passport_number"][1]
    assert right["date_of_birth"] == mended["date_of_birth"]
    (zone,) = zones(page(NAMES, PASSPORT.replace("L898902", "L8989O2")))
    assert (PASSPORT, frozenset({"number"}), False) == (zone.lines[1], zone.mended, zone.sure)


@pytest.mark.parametrize("lower", [
    "L898902C36UTO7408123F1204159ZE184226B<<<<<10",
    "L898902C46UTO7408122F1204159ZE184226B<<<<<10",
    "L898902C36UTO7408122F1204159ZE1842",
])  # fmt: skip
def test_what_is_not_a_look_alike_is_not_put_right(lower):
    """A wrong digit, or characters that are gone: the zone is not proved, and tells nothing."""
    made = page(NAMES, lower)

    assert not any(found.sure for found in zones(made))
    assert () == facts(made, " ".join(made.words)).detected


def test_each_fact_that_a_signal_may_name_has_words():
    """Whatever tells a class can be told to a reader."""
    said = [signal_words(Signal("doc", 10, detector=detector)) for detector in Detector]

    assert len(set(said)) == len(Detector)


def test_what_the_file_itself_says_is_never_mended():
    """Only recognition misreads: a text layer with a letter for a digit says just that."""
    assert not any(
        found.sure for found in zones(page(NAMES, PASSPORT.replace("7408", "74O8"), origin=TextOrigin.LAYER))
    )
