"""Draw notes."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout
from casefold_adapters.synth.layouts.covenants import NOTE_SECTIONS
from casefold_adapters.synth.layouts.parts import signers
from casefold_adapters.synth.sheets import Face, Flow, Sheet
from casefold_adapters.synth.values import Paper


def _note(p: Paper, c: Chance) -> Sheet:
    return _note_in(
        p,
        c,
        Sheet(Face.SERIF, 11),
        "NOTE",
        "MULTISTATE FIXED RATE NOTE--Single Family--Fannie Mae/Freddie Mac UNIFORM INSTRUMENT     Form 3200  07/2021",
    )


def _wide_note(p: Paper, c: Chance) -> Sheet:
    return _note_in(
        p,
        c,
        Sheet(size=10),
        "FIXED RATE NOTE",
        f"{p.t('state_name').upper()} FIXED RATE NOTE--Single Family--UNIFORM INSTRUMENT     Form 3200",
    )


def _note_in(p: Paper, c: Chance, s: Sheet, title: str, form: str) -> Sheet:
    def once(sheet: Sheet, total: int) -> Sheet:
        def head(each: Sheet) -> float:
            if each.number == 1:
                each.text(306, 66, title, 16, bold=True, align="c")
                return 140.0
            return 66.0

        def low(each: Sheet) -> None:
            each.text(60, 760, form, 7, bold=True, fit=400)
            each.text(552, 760, f"Page {each.number} of {total}", 8, align="r")

        flow = Flow(sheet, head, low, bottom=725)
        sheet.text(60, 92, p.f("note_date", "long"), 10.5)
        end = sheet.text(300, 92, p.f("note_city"), 10.5)
        sheet.text(end + 6, 92, p.f("note_state"), 10.5)
        sheet.text(552, 92, f"Loan No. {p.t('loan_number')}", 9, align="r")
        sheet.text(60, 104, "[Note Date]", 8)
        sheet.text(300, 104, "[City]  [State]", 8)
        sheet.text(60, 122, p.f("property_address"), 10.5)
        sheet.text(60, 133, "[Property Address]", 8)
        flow.y = 158
        for number, (name, words) in enumerate(NOTE_SECTIONS, 1):
            flow.title(f"{number}. {name}")
            for part in words:
                if "{" in part:
                    flow.prose(part, p)
                else:
                    flow.para(part)
        flow.room(40)
        flow.para("WITNESS THE HAND(S) AND SEAL(S) OF THE UNDERSIGNED.")
        signers(sheet, flow, p, c)
        flow.para("[Sign Original Only]", indent=300)
        return sheet

    total = len(once(Sheet(s.face, s.size), 0).pages())
    return once(s, total)


LAYOUTS = (
    Layout("mortgage_note", "note-agency", _note),
    Layout("mortgage_note", "note-state", _wide_note),
)
