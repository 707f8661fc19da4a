"""Draw licences, passports and Social Security cards, each on a sheet as a copier leaves it or alone as a photograph."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, person_photo
from casefold_adapters.synth.sheets import GREY, WHITE, Color, Face, Sheet
from casefold_adapters.synth.values import Paper

_TINTS: tuple[Color, ...] = ((0.88, 0.93, 0.97), (0.97, 0.93, 0.86), (0.89, 0.95, 0.89), (0.95, 0.9, 0.95))
CARD = (380.0, 240.0)


def _background(s: Sheet, x: float, y: float, w: float, h: float, c: Chance) -> None:
    tint = c.child("tint").pick(_TINTS)
    s.rect(x, y, w, h, tint, (0.4, 0.4, 0.4), 1)
    darker = (tint[0] - 0.07, tint[1] - 0.07, tint[2] - 0.05)
    for wave in range(9):
        at = y + 14 + wave * (h - 20) / 9
        s.curve(
            ((x + 2, at), (x + w * 0.2, at - 16), (x + w * 0.3, at + 16), (x + w / 2, at), (x + w * 0.7, at - 16), (x + w * 0.8, at + 16), (x + w - 2, at)),
            darker, 0.6,
        )  # fmt: skip


def _licence_front(s: Sheet, x: float, y: float, p: Paper, c: Chance) -> None:
    w, h = CARD
    accent = c.child("state").pick(((0.1, 0.2, 0.5), (0.5, 0.1, 0.1), (0.1, 0.35, 0.2), (0.3, 0.15, 0.4)))
    _background(s, x, y, w, h, c)
    s.rect(x, y, w, 32, accent, None)
    s.text(x + 10, y + 22, p.f("state_name").text.upper(), 18, bold=True, color=WHITE, fit=190)
    s.text(x + w - 10, y + 21, "DRIVER LICENSE", 14, bold=True, align="r", color=WHITE)
    person_photo(s, x + 10, y + 44, 104, 134, c.child("photo"))
    left = x + 126
    s.text(left, y + 52, "4d DLN", 6.5, color=accent)
    s.text(left + 28, y + 52, p.f("license_number"), 12, bold=True)
    s.text(left + 140, y + 52, "9 CLASS", 6.5, color=accent)
    s.text(left + 172, y + 52, p.f("license_class"), 10, bold=True)
    s.text(left, y + 68, "4b EXP", 6.5, color=accent)
    s.text(left + 28, y + 68, p.f("expiration_date"), 11, bold=True, color=(0.7, 0.05, 0.05))
    s.text(left + 120, y + 68, "12 RSTR", 6.5, color=accent)
    s.text(left + 152, y + 68, "NONE", 8)
    s.text(left, y + 88, "1 LN", 6.5, color=accent)
    s.text(left + 28, y + 88, p.f("last_name"), 11, bold=True)
    s.text(left, y + 102, "2 FN", 6.5, color=accent)
    s.text(left + 28, y + 102, p.f("first_name"), 11, bold=True)
    s.text(left, y + 117, "8", 6.5, color=accent)
    s.text(left + 28, y + 117, p.f("street"), 9)
    s.text(left + 28, y + 128, p.f("city_line"), 9)
    s.text(left, y + 145, "3 DOB", 6.5, color=accent)
    s.text(left + 28, y + 145, p.f("date_of_birth"), 11, bold=True, color=(0.7, 0.05, 0.05))
    for place, (words, name) in enumerate(
        (("15 SEX", "sex"), ("16 HGT", "height"), ("17 WGT", "weight"), ("18 EYES", "eyes"))
    ):
        at = left + place * 62
        s.text(at, y + 163, words, 6.5, color=accent)
        s.text(at + 26, y + 163, p.f(name), 9, bold=True)
    s.text(left, y + 180, "4a ISS", 6.5, color=accent)
    s.text(left + 28, y + 180, p.f("issue_date"), 9, bold=True)
    s.text(left + 110, y + 180, "5 DD", 6.5, color=accent)
    s.text(left + 130, y + 180, p.f("document_discriminator"), 7.5)
    s.sign(x + 16, y + 214, c.child("sign"), 90, (0.05, 0.05, 0.05))
    person_photo(s, x + w - 56, y + h - 62, 42, 52, c.child("photo"))
    s.text(
        left,
        y + h - 12,
        f"{p.t('state')} USA   ORGAN DONOR" if c.chance(50) else f"{p.t('state')} USA",
        7,
        color=accent,
    )


def _licence_back(s: Sheet, x: float, y: float, p: Paper, c: Chance) -> None:
    w, h = CARD
    _background(s, x, y, w, h, c)
    s.rect(x, y + 14, w, 30, (0.1, 0.1, 0.1), None)
    s.bars(x + 16, y + 60, w - 32, 70, c.child("bars"), rows=14)
    s.para(
        x + 16,
        y + 150,
        w - 32,
        f"{p.t('state_name')}. Class {p.t('license_class')}: any single vehicle with a GVWR of not more than 26,000 lbs. Restrictions: none. Endorsements: none. Notify the department of a change of address within ten days. Rev 07/15/2019",
        6.5,
    )
    s.bars(x + 90, y + 196, 200, 26, c.child("inventory"))
    s.text(x + w / 2, y + 232, f"DD {p.t('document_discriminator')}", 7, align="c", face=Face.MONO)


def _licence_card(p: Paper, c: Chance) -> Sheet:
    """The card alone, as a photograph shows it."""
    s = Sheet()
    s.page(*CARD)
    _licence_front(s, 0, 0, p, c)
    return s


def _licence_sheet(p: Paper, c: Chance) -> Sheet:
    """Both sides on one sheet."""
    s = Sheet()
    s.page()
    _licence_front(s, 60, 70, p, c)
    _licence_back(s, 60, 360, p, c)
    return s


def _licence_sides(p: Paper, c: Chance) -> Sheet:
    """Each side on a page of its own."""
    s = Sheet()
    s.page()
    _licence_front(s, 116, 180, p, c)
    s.page()
    _licence_back(s, 116, 180, p, c)
    return s


def _licence_upright(p: Paper, c: Chance) -> Sheet:
    """Another state's design: captions before values, the photograph on the right."""
    s = Sheet()
    s.page(420, 265)
    _background(s, 0, 0, 420, 265, c)
    s.text(210, 26, p.f("state_name").text, 20, bold=True, align="c", face=Face.SERIF, color=(0.2, 0.15, 0.4))
    s.text(210, 41, "Driver's License", 11, bold=True, align="c", color=(0.2, 0.15, 0.4))
    person_photo(s, 300, 52, 106, 136, c.child("photo"))
    y = 62.0
    for words, names in (
        ("4d. LIC NO.", ("license_number",)),
        ("1. NAME", ("last_name",)),
        ("2.", ("first_name",)),
        ("8. ADDRESS", ("street",)),
        ("", ("city_line",)),
        ("3. DOB", ("date_of_birth",)),
        ("4a. ISS", ("issue_date",)),
        ("4b. EXP", ("expiration_date",)),
    ):
        s.text(14, y, words, 7, color=GREY)
        s.text(80, y, p.f(names[0]), 10.5, bold=True, fit=210)
        y += 17
    s.text(14, y + 4, "15. SEX", 7, color=GREY)
    s.text(48, y + 4, p.f("sex"), 9, bold=True)
    s.text(76, y + 4, "16. HGT", 7, color=GREY)
    s.text(110, y + 4, p.f("height"), 9, bold=True)
    s.text(156, y + 4, "18. EYES", 7, color=GREY)
    s.text(192, y + 4, p.f("eyes"), 9, bold=True)
    s.text(226, y + 4, "9. CLASS", 7, color=GREY)
    s.text(262, y + 4, p.f("license_class"), 9, bold=True)
    s.sign(300, 218, c.child("sign"), 90, (0.05, 0.05, 0.05))
    s.text(14, 250, f"5. DD {p.t('document_discriminator')}   12. RSTR NONE   9a. END NONE", 7)
    return s


def _passport_page(s: Sheet, x: float, y: float, p: Paper, c: Chance) -> None:
    w, h = 450.0, 310.0
    _background(s, x, y, w, h, c)
    s.text(
        x + w / 2, y + 24, "UNITED STATES OF AMERICA", 15, bold=True, align="c", face=Face.SERIF, color=(0.1, 0.15, 0.4)
    )
    s.text(x + 14, y + 42, "PASSPORT   PASSEPORT   PASAPORTE", 7.5, bold=True, color=(0.1, 0.15, 0.4))
    person_photo(s, x + 14, y + 52, 118, 152, c.child("photo"))
    left = x + 146
    s.text(
        left,
        y + 56,
        "Type / Type / Tipo      Code / Code / Codigo      Passport No. / No. du Passeport / No. de Pasaporte",
        5.2,
    )
    s.text(left, y + 68, "P", 10)
    s.text(left + 62, y + 68, "USA", 10)
    s.text(left + 132, y + 68, p.f("passport_number"), 12, bold=True)
    rows = (
        ("Surname / Nom / Apellidos", "last_name"),
        ("Given Names / Prenoms / Nombres", "first_name"),
        ("Nationality / Nationalite / Nacionalidad", "nationality"),
        ("Date of birth / Date de naissance / Fecha de nacimiento", "date_of_birth"),
        ("Place of birth / Lieu de naissance / Lugar de nacimiento", "place_of_birth"),
        ("Date of issue / Date de delivrance / Fecha de expedicion", "issue_date"),
        ("Date of expiration / Date d'expiration / Fecha de caducidad", "expiration_date"),
    )
    at = y + 82
    for words, name in rows:
        s.text(left, at, words, 5.2)
        s.text(left, at + 11, p.f(name, "dmy"), 10, bold=True)
        at += 23
    s.text(left + 170, y + 151, "Sex / Sexe / Sexo", 5.2)
    s.text(left + 170, y + 162, p.f("sex"), 10, bold=True)
    s.text(left + 170, y + 197, "Authority / Autorite / Autoridad", 5.2)
    s.text(left + 170, y + 208, "United States", 9)
    s.text(left + 170, y + 218, "Department of State", 9)
    s.text(x + 14, y + 220, "Endorsements / Mentions Speciales / Anotaciones", 5.2)
    s.text(x + 14, y + 231, "SEE PAGE 27", 8)
    s.rect(x + 1, y + 250, w - 2, h - 251, (0.97, 0.97, 0.97), None)
    size = 15.6
    s.text(x + 12, y + 274, p.f("mrz_line_1"), size, face=Face.MONO, fit=w - 24)
    s.text(x + 12, y + 296, p.f("mrz_line_2"), size, face=Face.MONO, fit=w - 24)


def _passport_card(p: Paper, c: Chance) -> Sheet:
    """The data page alone, as a photograph shows it."""
    s = Sheet()
    s.page(450, 310)
    _passport_page(s, 0, 0, p, c)
    return s


def _passport_sheet(p: Paper, c: Chance) -> Sheet:
    """The open booklet on a copier: the signature page above, the data page below."""
    s = Sheet()
    s.page()
    s.rect(81, 60, 450, 310, (0.95, 0.94, 0.98), (0.4, 0.4, 0.4))
    s.para(
        110,
        110,
        390,
        "The Secretary of State of the United States of America hereby requests all whom it may concern to permit the citizen/national of the United States named herein to pass without delay or hindrance and in case of need to give all lawful aid and protection.",
        11,
        face=Face.SERIF,
        italic=True,
    )
    s.line(150, 320, 460, 320)
    s.sign(180, 316, c.child("sign"), 160)
    s.text(305, 332, "SIGNATURE OF BEARER / SIGNATURE DU TITULAIRE / FIRMA DEL TITULAR", 6, align="c")
    _passport_page(s, 81, 380, p, c)
    return s


def _ssn_face(s: Sheet, x: float, y: float, p: Paper, c: Chance) -> None:
    s.rect(x, y, 340, 214, (0.9, 0.94, 0.98), (0.2, 0.3, 0.6), 1.5)
    s.rect(x + 8, y + 8, 324, 198, None, (0.4, 0.5, 0.75), 0.7)
    s.text(x + 170, y + 38, "SOCIAL SECURITY", 22, bold=True, align="c", face=Face.SERIF, color=(0.15, 0.25, 0.55))
    s.text(x + 170, y + 82, p.f("ssn"), 20, bold=True, align="c", face=Face.MONO)
    s.text(x + 170, y + 104, "THIS NUMBER HAS BEEN ESTABLISHED FOR", 7.5, align="c", color=(0.15, 0.25, 0.55))
    s.text(x + 170, y + 130, p.f("name"), 13, bold=True, align="c", face=Face.MONO, fit=300)
    s.line(x + 60, y + 178, x + 280, y + 178)
    s.sign(x + 90, y + 174, c.child("sign"), 130)
    s.text(x + 170, y + 190, "SIGNATURE", 7, align="c", color=(0.15, 0.25, 0.55))


def _ssn_card(p: Paper, c: Chance) -> Sheet:
    """The card alone, as a photograph shows it."""
    s = Sheet()
    s.page(340, 214)
    _ssn_face(s, 0, 0, p, c)
    return s


def _ssn_sheet(p: Paper, c: Chance) -> Sheet:
    """Both sides on one sheet."""
    s = Sheet()
    s.page()
    _ssn_face(s, 136, 90, p, c)
    s.rect(136, 350, 340, 214, (0.97, 0.97, 0.95), (0.4, 0.4, 0.4))
    y = s.para(
        150,
        372,
        312,
        "This card belongs to the Social Security Administration and you must return it if we ask for it.",
        8,
    )
    y = s.para(
        150,
        y + 6,
        312,
        "If you find a card that isn't yours, please return it to: Social Security Administration, P.O. Box 33008, Baltimore, MD 21290-3008.",
        8,
    )
    y = s.para(
        150,
        y + 6,
        312,
        "For any other Social Security business/information, contact your local Social Security office. If you write to the above address for any business other than returning a found card, you will not receive a response.",
        8,
    )
    s.text(150, y + 12, "Social Security Administration   Form SSA-3000 (07-2011)", 8)
    s.text(462, y + 30, c.letters(1) + c.digits(8), 9, align="r", face=Face.MONO, color=(0.7, 0.1, 0.1))
    return s


LAYOUTS = (
    Layout("driver_license", "licence-card", _licence_card),
    Layout("driver_license", "licence-sheet", _licence_sheet),
    Layout("driver_license", "licence-sides", _licence_sides),
    Layout("driver_license", "licence-captions", _licence_upright),
    Layout("passport", "passport-card", _passport_card),
    Layout("passport", "passport-sheet", _passport_sheet),
    Layout("ssn_card", "ssn-card", _ssn_card),
    Layout("ssn_card", "ssn-sheet", _ssn_sheet),
)
