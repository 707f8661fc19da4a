"""Draw other."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, colour, foot, logo
from casefold_adapters.synth.sheets import BLACK, GREY, PALE, WHITE, Face, Flow, Sheet
from casefold_adapters.synth.values import Paper

_SENTENCES = (
    "Thank you for speaking with us last week about the schedule for the coming season.",
    "As we discussed, the work will begin in the second half of the month and should take no more than ten days.",
    "Our office has moved to the second floor, and visitors should use the entrance on the north side of the building.",
    "Please bring this letter with you, together with any questions that you would like to raise.",
    "The committee reviewed your comments with interest and has asked me to pass on its thanks.",
    "A copy of the current calendar is enclosed for your convenience.",
    "We regret the delay in answering, which was caused by a change in our filing system.",
    "If the date does not suit you, let us know and we will find another.",
    "Volunteers are always welcome, and no experience is needed.",
    "The parking area behind the hall will be closed while the surface is renewed.",
    "Members who have not renewed will receive a reminder before the end of the quarter.",
    "The new equipment has been tested and is now in daily use.",
    "Several neighbors asked whether the path could be lit in the evening, and a quotation has been requested.",
    "It was a pleasure to meet your family, and we hope to see you again soon.",
)


def _talk(c: Chance, count: int) -> str:
    return " ".join(c.some(_SENTENCES, min(count, len(_SENTENCES))))


def _correspondence(p: Paper, c: Chance) -> Sheet:
    s = Sheet(Face.SERIF, 11, colour(c))
    s.page()
    s.text(306, 60, p.f("firm_name"), 16, bold=True, align="c", color=s.accent)
    s.text(306, 76, f"{p.t('firm_street')}  {p.t('firm_city_line')}  {p.t('firm_phone')}", 9, align="c")
    s.text(72, 120, p.f("day", "long"), 11)
    s.text(72, 150, p.f("customer_name"), 11)
    s.text(72, 164, p.t("customer_street"), 11)
    s.text(72, 178, p.t("customer_city_line"), 11)
    s.text(72, 210, f"Dear {p.t('customer_name')}:", 11)
    y = 232.0
    for part in range(3):
        y = s.para(72, y, 468, _talk(c.child(part), c.between(3, 5)), 11) + 10
    s.text(72, y + 10, "Yours sincerely,", 11)
    s.sign(72, y + 44, c.child("sign"))
    s.text(72, y + 60, p.t("other_name"), 11)
    return s


def _email(p: Paper, c: Chance) -> Sheet:
    s = Sheet(size=10)
    s.page()
    s.pairs(
        50,
        60,
        (
            ("From:", p.f("other_name")),
            ("Sent:", p.f("day", "long")),
            ("To:", p.f("customer_name")),
            (
                "Subject:",
                c.pick(("Re: weekend plans", "Fwd: schedule", "Re: meeting notes", "Question about the fence")),
            ),
        ),
        gap=60,
        size=10,
    )
    s.line(50, 128, 562, 128)
    y = 150.0
    for part in range(c.between(2, 4)):
        y = s.para(50, y, 510, _talk(c.child(part), c.between(2, 4)), 10) + 12
    y = s.para(
        50,
        y + 10,
        510,
        f"-----Original Message-----\nFrom: {p.t('customer_name')}\nTo: {p.t('other_name')}\n\n{_talk(c.child('old'), 3)}",
        10,
        color=GREY,
    )
    return s


def _medical(p: Paper, c: Chance) -> Sheet:
    s = Sheet(accent=colour(c))
    s.page()
    logo(s, 40, 54, p.f("firm_name"), c)
    s.text(40, 72, f"{p.t('firm_street')}, {p.t('firm_city_line')}   {p.t('firm_phone')}", 8.5)
    s.band(90, 18, c.pick(("PROGRESS NOTE", "DISCHARGE SUMMARY", "PRIOR AUTHORIZATION REQUEST")))
    s.pairs(
        40,
        130,
        (
            ("Patient Name:", p.f("customer_name")),
            ("Medical Record Number:", p.f("number")),
            ("Date of Service:", p.f("day")),
            ("Attending Physician:", p.f("other_name")),
        ),
        gap=140,
    )
    y = 210.0
    told = (
        ("Chief Complaint", c.pick(("Follow-up visit for seasonal allergies.", "Pain in the left knee for two weeks.", "Annual physical examination."))),
        ("History of Present Illness", "The patient reports gradual improvement since the last visit. No fever, chills or shortness of breath. Sleep and appetite are normal. Symptoms are worse after long periods of standing."),
        ("Past Medical History", c.pick(("Hypertension, well controlled. No known drug allergies.", "Appendectomy in childhood. Allergic to penicillin.", "None reported."))),
        ("Physical Examination", f"Blood pressure {c.between(108, 138)}/{c.between(66, 88)}, pulse {c.between(58, 84)}, temperature 98.{c.between(1, 8)} F. Alert and oriented. Lungs clear. Heart sounds regular. Extremities without swelling."),
        ("Assessment and Plan", "Continue current medication. Physical therapy twice weekly for six weeks. Return to clinic in three months or sooner if symptoms worsen. The patient understands and agrees with the plan."),
    )  # fmt: skip
    for title, words in told:
        s.text(40, y, title, 10, bold=True, color=s.accent)
        y = s.para(40, y + 14, 530, words, 9.5) + 12
    s.sign(50, y + 30, c.child("sign"))
    s.text(40, y + 44, f"Electronically signed by {p.t('other_name')}, MD", 8.5)
    return s


def _court(p: Paper, c: Chance) -> Sheet:
    s = Sheet(Face.SERIF, 11.5)
    s.page()
    for line in range(1, 27):
        s.text(44, 60 + line * 25, str(line), 9, color=GREY)
    s.line(60, 40, 60, 760, 0.6)
    s.text(
        306,
        84,
        f"SUPERIOR COURT OF THE COUNTY OF {c.pick(('ORANGE', 'JEFFERSON', 'LAKE', 'MARION'))}",
        12,
        bold=True,
        align="c",
    )
    s.text(80, 135, f"{p.t('other_name').upper()},", 11.5)
    s.text(160, 160, "Plaintiff,", 11.5)
    s.text(120, 185, "v.", 11.5)
    s.text(80, 210, f"{p.t('firm_name').upper()},", 11.5)
    s.text(160, 235, "Defendant.", 11.5)
    s.line(300, 120, 300, 245)
    s.text(320, 150, f"Case No. {p.t('number')}-CV", 11.5)
    s.text(
        320,
        175,
        c.pick(("NOTICE OF HEARING", "MOTION TO COMPEL", "DECLARATION IN SUPPORT", "PROOF OF SERVICE")),
        12,
        bold=True,
    )
    y = s.para(
        80,
        285,
        480,
        "TO ALL PARTIES AND THEIR ATTORNEYS OF RECORD: PLEASE TAKE NOTICE that on the date and at the time stated by the clerk of the court, or as soon thereafter as the matter may be heard, the undersigned will and hereby does move the court for the relief described below.",
        11.5,
        leading=25,
    )
    s.para(
        80,
        y,
        480,
        "The motion is made on the grounds that the responses served were incomplete, that the parties met and conferred in good faith, and that no prejudice will result. It is based on this notice, the attached memorandum of points and authorities, and such evidence as may be presented at the hearing.",
        11.5,
        leading=25,
    )
    s.text(80, 710, f"Dated: {p.t('day', 'long')}", 11.5)
    s.sign(330, 706, c.child("sign"))
    s.text(330, 722, "Attorney for Plaintiff", 10)
    return s


def _manual(p: Paper, c: Chance) -> Sheet:
    s = Sheet(accent=colour(c))
    what = c.pick(("Dishwasher", "Room Heater", "Garage Door Opener", "Ceiling Fan", "Water Softener"))

    def head(sheet: Sheet) -> float:
        sheet.text(40, 40, f"{what} Owner's Manual", 8, color=GREY)
        sheet.line(40, 46, 572, 46, 0.5, GREY)
        return 76.0

    flow = Flow(
        s,
        head,
        lambda sheet: foot(sheet, f"Model {c.child('m').letters(2)}-{c.child('m').digits(4)}     {sheet.number}"),
        x=40,
        width=532,
    )
    flow.title(f"Installing your {what.lower()}", 16)
    steps = (
        "Turn off the power at the breaker panel before you begin. Never work on live wires.",
        "Unpack all parts and check them against the list on the inside of the box. Do not discard packing material yet.",
        "Choose a level place with at least four inches of space on each side and easy access to an outlet.",
        "Attach the bracket with the four screws supplied. Tighten by hand first, then with a screwdriver.",
        "Connect the cable to the terminals marked L and N. The green wire goes to the ground screw.",
        "Restore power and press the button for three seconds. The light flashes twice when the unit is ready.",
        "Clean the filter once a month with warm water. Let it dry completely before you put it back.",
        "If the unit does not start, see the table of problems and remedies at the end of this manual.",
    )
    for number, step in enumerate(c.mixed(steps), 1):
        flow.para(f"{number}.  {step}", 10.5)
    flow.title("Safety precautions", 13)
    flow.para(
        "WARNING: To reduce the risk of fire, electric shock or injury, read all instructions before use. Keep children away while the unit is running. Use only parts recommended by the manufacturer.",
        10.5,
    )
    flow.title("Problems and remedies", 13)
    flow.y = s.table(
        40,
        flow.y,
        (("Problem", 170, "l"), ("Likely cause", 180, "l"), ("What to do", 180, "l")),
        [
            ["Does not start", "No power", "Check the breaker"],
            ["Runs loudly", "Unit is not level", "Adjust the feet"],
            ["Stops early", "Filter is blocked", "Clean the filter"],
            ["Light flashes red", "Overheated", "Let it cool for an hour"],
        ],
        size=9,
        leading=18,
    )
    return s


def _flyer(p: Paper, c: Chance) -> Sheet:
    s = Sheet(accent=colour(c))
    s.page()
    s.rect(0, 0, 612, 180, s.accent, None)
    s.text(
        306,
        90,
        c.pick(("GRAND OPENING", "SPRING SALE", "FARMERS MARKET", "OPEN HOUSE", "COMMUNITY FAIR")),
        44,
        bold=True,
        align="c",
        color=WHITE,
    )
    s.text(306, 140, p.t("firm_name"), 20, align="c", color=WHITE)
    for place, words in enumerate(
        c.some(
            (
                "Live music all day",
                "Up to 40% off selected items",
                "Free coffee and cake",
                "Games for children",
                "Local honey and cheese",
                "Meet the makers",
                "Prizes every hour",
                "Bring a friend",
            ),
            4,
        )
    ):
        s.text(306, 250 + place * 60, words, 26, align="c", bold=place % 2 == 0, color=s.accent if place % 2 else BLACK)
    s.text(306, 560, f"Saturday, {p.t('day', 'long')}   10 am to 4 pm", 18, align="c")
    s.text(306, 590, f"{p.t('firm_street')}, {p.t('firm_city_line')}", 14, align="c")
    s.rect(60, 640, 492, 60, PALE, s.accent, 2)
    s.text(306, 676, f"Bring this flyer and save ${c.between(5, 25)}!", 20, bold=True, align="c")
    return s


def _agreement(p: Paper, c: Chance) -> Sheet:
    s = Sheet(Face.SERIF, 10.5)
    title = c.pick(("CONSULTING AGREEMENT", "SERVICES AGREEMENT", "NON-DISCLOSURE AGREEMENT", "SUPPLY AGREEMENT"))

    def head(sheet: Sheet) -> float:
        return 72.0

    flow = Flow(s, head, lambda sheet: foot(sheet, f"{sheet.number}", 766, 9))
    flow.title(title, 15)
    flow.para(
        f'This agreement is made as of {p.t("day", "long")} between {p.t("firm_name")} (the "Company") and {p.t("other_name")} (the "Provider").'
    )
    parts = (
        ("Services", "The Provider shall perform the services described in the statement of work attached as Exhibit A, in a professional manner and in accordance with the standards generally accepted in the industry."),
        ("Fees", f"The Company shall pay the fees set out in Exhibit A, not to exceed {p.t('total', '$')} in any calendar month, within thirty days after receipt of a correct invoice."),
        ("Term", "This agreement begins on the date first written above and continues until terminated by either party on thirty days' written notice."),
        ("Confidentiality", "Each party shall hold in confidence all information marked confidential that it receives from the other, and shall use it only for the purposes of this agreement."),
        ("Intellectual property", "All work product prepared by the Provider in performing the services is the property of the Company upon payment of the fees that relate to it."),
        ("Warranties", "The Provider warrants that the services will not infringe the rights of any third party. EXCEPT AS STATED, NEITHER PARTY MAKES ANY WARRANTY, EXPRESS OR IMPLIED."),
        ("Indemnification", "Each party shall indemnify the other against claims of third parties that arise from its negligence or willful misconduct."),
        ("Limitation of liability", "Neither party is liable for indirect, incidental or consequential damages, and the total liability of either party is limited to the fees paid in the preceding twelve months."),
        ("General", "This agreement is the entire agreement of the parties on its subject, may be amended only in writing, and is governed by the laws of the state in which the Company has its principal office."),
    )  # fmt: skip
    for number, (name, words) in enumerate((parts[0], *c.mixed(parts[1:-1]), parts[-1]), 1):
        flow.title(f"{number}. {name}", 11)
        flow.para(words)
        flow.para(
            c.pick(
                (
                    "No waiver of any provision is effective unless it is in writing and signed by the party against whom it is asserted.",
                    "Notices under this section are deemed given three business days after deposit in the mail.",
                    "The obligations of this section survive the termination of this agreement for two years.",
                )
            )
        )
    flow.room(90)
    s.sign(70, flow.y + 40, c.child("a"))
    s.text(60, flow.y + 54, f"{p.t('firm_name')}   By: ____________   Title: ____________", 9)
    s.sign(340, flow.y + 40, c.child("b"))
    return s


def _minutes(p: Paper, c: Chance) -> Sheet:
    s = Sheet(Face.SERIF, 11)
    s.page()
    s.text(306, 64, "MINUTES OF THE REGULAR MEETING", 14, bold=True, align="c")
    s.text(
        306,
        82,
        f"{c.pick(('Library Board', 'Parks Committee', 'Town Council', 'Garden Club'))}, {p.t('day', 'long')}",
        11,
        align="c",
    )
    y = s.para(
        64,
        120,
        484,
        f"The meeting was called to order at {c.between(6, 8)}:0{c.between(0, 9)} p.m. by {p.t('other_name')}. A quorum was present. The minutes of the previous meeting were approved as read.",
        11,
    )
    for number in range(c.between(4, 6)):
        s.text(
            64,
            y + 12,
            f"{number + 1}. {c.child(number).pick(('Reports', 'Old business', 'New business', 'Budget', 'Public comment', 'Calendar', 'Facilities'))}",
            11,
            bold=True,
        )
        y = s.para(
            64, y + 28, 484, _talk(c.child(number), 3) + " Moved and seconded; the motion carried unanimously.", 11
        )
    s.para(
        64,
        y + 20,
        484,
        f"There being no further business, the meeting was adjourned at {c.between(8, 9)}:{c.between(10, 55)} p.m. Respectfully submitted, {p.t('customer_name')}, Secretary.",
        11,
    )
    return s


LAYOUTS = (
    Layout("other.letter", "other-letter", _correspondence),
    Layout("other.medical", "other-medical", _medical),
    Layout("other.court_form", "other-court", _court),
    Layout("other.manual", "other-manual", _manual),
    Layout("other.flyer", "other-flyer", _flyer),
    Layout("other.email", "other-email", _email),
    Layout("other.agreement", "other-agreement", _agreement),
    Layout("other.minutes", "other-minutes", _minutes),
)
