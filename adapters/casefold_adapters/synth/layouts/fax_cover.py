"""Draw fax cover."""

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.layouts.common import Layout, colour
from casefold_adapters.synth.sheets import Sheet
from casefold_adapters.synth.values import Paper


def _fax(p: Paper, c: Chance) -> Sheet:
    s = Sheet(accent=colour(c))
    s.page()
    s.text(60, 110, "FAX", 60, bold=True)
    s.text(60, 140, "Facsimile Cover Sheet", 16)
    s.pairs(
        60,
        200,
        (
            ("To:", p.f("to_name")),
            ("Company:", p.f("lender_name")),
            ("Fax:", p.t("lender_phone")),
            ("From:", p.f("from_name")),
            ("Date:", p.f("day")),
            ("Pages including cover:", p.f("pages")),
            ("Re:", f"Loan {p.t('loan_number')}"),
        ),
        gap=150,
        size=12,
        step=28,
    )
    s.tick(60, 430, "Urgent", on=c.chance(40), size=11)
    s.tick(150, 430, "For Review", on=c.chance(40), size=11)
    s.tick(260, 430, "Please Comment", size=11)
    s.tick(390, 430, "Please Reply", size=11)
    s.para(
        60,
        480,
        490,
        "Comments: "
        + c.pick(
            ("Documents as requested.", "Here are the missing pages.", "Please call me if anything is not readable.")
        ),
        12,
    )
    s.para(
        60,
        680,
        490,
        "CONFIDENTIALITY NOTICE: This facsimile transmission contains confidential information intended only for the person named above. If you are not the intended recipient, any disclosure, copying or distribution is prohibited. Please notify the sender by telephone.",
        8,
    )
    return s


LAYOUTS = (Layout("fax_cover", "fax-cover", _fax),)
