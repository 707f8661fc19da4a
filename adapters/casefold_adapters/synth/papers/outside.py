"""What papers say that no loan file asks for: invoices, receipts, letters, court and medical papers, manuals, flyers."""

from datetime import timedelta

from casefold_adapters.synth.people import People
from casefold_adapters.synth.stories import Story
from casefold_adapters.synth.values import Paper, Row, Value, money

KINDS = (
    "invoice", "receipt", "other.letter", "other.medical", "other.court_form", "other.manual", "other.flyer", "other.email",
    "other.agreement", "other.minutes",
)  # fmt: skip

_ITEMS = (
    ("Replace kitchen faucet", 18500), ("Labor, per hour", 9500), ("Printer paper, case", 4899), ("Brake pads, front", 8950),
    ("Oil and filter change", 6495), ("Catering, per guest", 2850), ("Sprinkler repair", 14500), ("LED lamp, pack of 4", 2199),
    ("Extension cord 25 ft", 1849), ("Interior paint, gallon", 3998), ("Consulting, half day", 62000), ("Delivery", 2500),
    ("Air filter 20x25", 1499), ("Window cleaning", 17500), ("Toner cartridge", 8799), ("Mulch, cubic yard", 4200),
)  # fmt: skip


def outside(story: Story, kind: str, number: int) -> Paper:
    """Give a paper of one of `KINDS`."""
    chance = story.chance(f"outside-{kind}-{number}")
    people = People(chance.child("people"))
    firm = people.firm("clinic" if kind == "other.medical" else "shop")
    day = story.applied - timedelta(days=chance.between(3, 400))
    rows: list[Row] = []
    total = 0
    for name, usual in chance.some(_ITEMS, chance.between(2, 7)):
        count = chance.between(1, 6)
        each = usual * chance.between(80, 130) // 100
        rows.append((name, count, money(each), money(each * count)))
        total += each * count
    tax = total * chance.between(0, 9) // 100
    values: dict[str, Value] = {
        "firm_name": firm.name,
        "firm_street": firm.address.street,
        "firm_city_line": firm.address.last_line,
        "firm_phone": firm.phone,
        "customer_name": story.borrower.name if chance.chance(50) else people.person(story.applied.year).name,
        "customer_street": story.home.street,
        "customer_city_line": story.home.last_line,
        "other_name": people.person(story.applied.year).name,
        "number": chance.digits(6),
        "day": day,
        "due": day + timedelta(days=30),
        "subtotal": money(total),
        "tax": money(tax),
        "total": money(total + tax),
    }
    return Paper(
        kind.partition(".")[0] if not kind.startswith("other") else kind,
        kind,
        f"{kind}-{number}",
        values,
        {"items": tuple(rows)},
    )


def structure(story: Story, kind: str, number: int) -> Paper:
    """Give a page that only keeps a file in order: a separator sheet or a fax cover."""
    chance = story.chance(f"structure-{kind}-{number}")
    return Paper(
        kind,
        kind,
        f"{kind}-{number}",
        {
            "lender_name": story.lender.name,
            "lender_phone": story.lender.phone,
            "from_name": story.borrower.name,
            "to_name": story.officer.name,
            "day": story.applied + timedelta(days=number),
            "loan_number": story.loan.number,
            "batch": chance.digits(8),
            "pages": chance.between(2, 18),
        },
    )
