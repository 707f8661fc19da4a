"""What the papers about money and debts say: statements, gifts, checks, the credit report, letters."""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.papers.income import lived
from casefold_adapters.synth.stories import Story, month_end, months_back
from casefold_adapters.synth.values import Paper, Row, Value, money

_SHOPS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "POS PURCHASE GREENLEAF MARKET": (18, 190),
        "POS PURCHASE CORNER FUEL 0441": (22, 68),
        "CHECKCARD ELM STREET PHARMACY": (6, 64),
        "POS PURCHASE BAKER & SONS GROCERY": (14, 155),
        "CHECKCARD NOODLE HOUSE": (12, 58),
        "RECURRING STREAMVIEW MEDIA": (9, 24),
        "CHECKCARD HOMESTEAD SUPPLY": (11, 240),
        "ATM WITHDRAWAL 2ND AVE BRANCH": (20, 200),
        "POS PURCHASE BRIGHT KIDS DAYCARE": (85, 260),
        "CHECKCARD RIVERBEND CAFE": (4, 22),
        "ACH DEBIT CLEARLINE WIRELESS": (55, 140),
        "ACH DEBIT METRO INTERNET": (49, 95),
        "POS PURCHASE WAREHOUSE CLUB #118": (60, 310),
        "CHECKCARD CITY PARKING": (5, 30),
    }
)


HISTORY_MONTHS = 12
"""How far back the bank's statements go."""


def statements(story: Story, months: int) -> tuple[Paper, ...]:
    """Give the checking account's statements of the last whole months; each begins where the one before ended."""
    chance = story.chance("checking")
    days = [months_back(story.applied, back) for back in range(HISTORY_MONTHS, 0, -1)]
    per_month = [_transactions(story, chance.child(first.isoformat()), first, first == days[-1]) for first in days]
    lowest, balance = 0, 0
    for rows in per_month:
        for _, _, amount in rows:
            balance += amount
            lowest = min(lowest, balance)
    balance = chance.cents(2_500, 14_000) - lowest
    found: list[Paper] = []
    for first, rows in zip(days, per_month, strict=True):
        opening = balance
        lines: list[Row] = []
        for day, words, amount in rows:
            balance += amount
            lines.append((day, words, money(amount), money(balance)))
        into = sum(amount for _, _, amount in rows if amount > 0)
        out = -sum(amount for _, _, amount in rows if amount < 0)
        found.append(
            Paper(
                "bank_statement",
                "bank_statement",
                f"checking-{first.isoformat()[:7]}",
                {
                    **_holder(story),
                    "bank_name": story.bank.name,
                    "bank_address": story.bank.address.one_line,
                    "bank_phone": story.bank.phone,
                    "account_number": story.checking,
                    "account_type": chance.child("type").pick(
                        ("Everyday Checking", "Premier Checking", "Free Checking")
                    ),
                    "period_start": first,
                    "period_end": month_end(first),
                    "beginning_balance": money(opening),
                    "total_deposits": money(into),
                    "total_withdrawals": money(out),
                    "ending_balance": money(balance),
                    "deposit_count": sum(1 for row in rows if row[2] > 0),
                    "withdrawal_count": sum(1 for row in rows if row[2] < 0),
                },
                {"transactions": tuple(lines)},
            )
        )
    return tuple(found[-months:])


def _holder(story: Story) -> dict[str, Value]:
    found = lived(story.borrower, story.home, "account_holder")
    if story.co_borrower is not None:
        found["second_holder_name"] = story.co_borrower.name
    return found


def gift_day(story: Story) -> date:
    """Give the day on which the gift reaches the account: in the last whole month before the application."""
    return months_back(story.applied, 1) + timedelta(days=story.chance("gift").between(9, 19))


def _transactions(story: Story, chance: Chance, first: date, last_month: bool) -> list[tuple[date, str, int]]:
    """Invent a month of one account, day by day."""
    last = month_end(first)
    found: list[tuple[date, str, int]] = []
    for job in story.jobs:
        for year in {first.year, first.year - 1} & set(job.salaries):
            for _, _, day in job.periods(year):
                if first <= day <= last:
                    found.append((day, f"DIRECT DEP {job.employer.name.upper()[:26]} PAYROLL", job.pay(year).net))
    found.append((first, f"CHECK {chance.between(1001, 1899)} RENT {story.landlord.last.upper()}", -story.rent))
    found.extend(
        (first + timedelta(days=chance.between(2, 24)), f"ACH DEBIT {debt.creditor.upper()[:28]}", -debt.payment)
        for debt in story.debts
    )
    found.append(
        (
            first + timedelta(days=chance.between(8, 20)),
            f"ACH DEBIT {story.utility.name.upper()}",
            -chance.cents(60, 210),
        )
    )
    if story.gift and last_month:
        found.append((gift_day(story), f"DEPOSIT GIFT {story.donor.name.upper()}", story.gift * 100))
    found.extend(
        (first + timedelta(days=chance.between(0, (last - first).days)), shop, -chance.cents(*_SHOPS[shop]))
        for shop in (chance.pick(tuple(_SHOPS)) for _ in range(chance.between(14, 52)))
    )
    if chance.chance(40):
        found.append((first + timedelta(days=chance.between(3, 25)), "MOBILE DEPOSIT", chance.cents(20, 240)))
    return sorted(found, key=lambda row: (row[0], -row[2], row[1]))


_FUNDS = (
    ("Total Market Index Fund", "TMIX"), ("International Growth Fund", "INGR"), ("Core Bond Fund", "CORB"),
    ("Target Retirement 2045", "TR45"), ("Large Cap Value ETF", "LCVE"), ("Money Market Reserve", "MMRX"),
)  # fmt: skip


def investments(story: Story) -> Paper:
    """Give the broker's statement of the last whole quarter; the holdings add up to its value."""
    chance = story.chance("investments")
    quarter = (story.applied.month - 1) // 3
    end = month_end(date(story.applied.year, quarter * 3, 1)) if quarter else date(story.applied.year - 1, 12, 31)
    start = months_back(end, 2)
    funds = chance.some(_FUNDS, chance.between(3, 5))
    left, rows = story.holdings, list[Row]()
    for number, (fund, symbol) in enumerate(funds):
        value = left if number == len(funds) - 1 else left * chance.between(20, 50) // 100
        left -= value
        price = chance.cents(9, 240)
        rows.append((fund, symbol, f"{value / price:,.3f}", money(price), money(value)))
    change = story.holdings * chance.between(-40, 60) // 1000
    added = chance.cents(0, 2_400)
    return Paper(
        "investment_statement",
        "investment_statement",
        end.isoformat(),
        {
            **lived(story.borrower, story.home, "account_holder"),
            "institution_name": story.broker.name,
            "institution_address": story.broker.address.one_line,
            "institution_phone": story.broker.phone,
            "account_number": chance.digits(8),
            "account_type": chance.pick(("Individual Brokerage", "Rollover IRA", "401(k) Savings Plan")),
            "period_start": start,
            "period_end": end,
            "beginning_balance": money(story.holdings - change - added),
            "contributions": money(added),
            "change_in_value": money(change),
            "ending_balance": money(story.holdings),
        },
        {"holdings": tuple(rows)},
    )


def gift_letter(story: Story) -> Paper:
    """Give the letter in which the donor says that nothing is owed."""
    return Paper(
        "gift_letter",
        "gift_letter",
        "gift",
        {
            "donor_name": story.donor.name,
            "donor_address": story.chance("donor").pick(
                (story.home.one_line, story.landlord.last + " Road 12, " + story.home.last_line)
            ),
            "donor_phone": story.donor.phone,
            "relationship": story.chance("relation").pick(("Parent", "Grandparent", "Uncle", "Aunt")),
            "recipient_name": story.borrower.name,
            "gift_amount": money(story.gift * 100),
            "gift_date": gift_day(story),
            "property_address": story.house.one_line,
            "lender_name": story.lender.name,
            "donor_bank": story.bank.name,
            "letter_date": gift_day(story),
        },
    )


def check(story: Story, what: str) -> Paper:
    """Give a check: the donor's for the gift, or the buyer's for the earnest money."""
    gift = what == "gift"
    chance = story.chance("check-" + what)
    amount = story.gift * 100 if gift else story.deposit
    return Paper(
        "check",
        "check",
        what,
        {
            "payer_name": story.donor.name if gift else story.borrower.name,
            "payer_street": story.home.street,
            "payer_city_line": story.home.last_line,
            "payee": story.borrower.name if gift else story.title_firm.name,
            "amount": money(amount),
            "amount_words": in_words(amount),
            "check_date": gift_day(story) if gift else story.applied - timedelta(days=6),
            "check_number": str(chance.between(1001, 4999)),
            "bank_name": story.bank.name,
            "routing_number": "0" + chance.digits(8),
            "account_number": chance.digits(10) if gift else story.checking,
            "memo": "Gift - home purchase" if gift else f"EMD {story.house.street}",
        },
    )


_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(amount: int) -> str:
    """Write an amount in cents as on a check.

    >>> in_words(1234507)
    'Twelve thousand three hundred forty-five and 07/100'
    """

    def below(number: int) -> str:
        if number < 20:
            return _ONES[number]
        if number < 100:
            return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")
        rest = number % 100
        return f"{_ONES[number // 100]} hundred" + (f" {below(rest)}" if rest else "")

    dollars, rest = divmod(amount, 100)
    millions, small = divmod(dollars, 1_000_000)
    thousands, small = divmod(small, 1000)
    parts = [f"{below(millions)} million"] if millions else []
    parts += [f"{below(thousands)} thousand"] if thousands else []
    parts += [below(small)] if small or not parts else []
    said = " ".join(parts)
    return f"{said[0].upper()}{said[1:]} and {rest:02}/100"


def credit_report(story: Story) -> Paper:
    """Give the merged report: the debts, the scores, the inquiries."""
    chance = story.chance("credit")
    values: dict[str, Value] = {
        "report_number": chance.digits(9),
        "report_date": story.applied + timedelta(days=1),
        "borrower_name": story.borrower.name,
        "borrower_ssn": story.borrower.ssn,
        "borrower_dob": story.borrower.born,
        "borrower_address": story.home.one_line,
        "co_borrower_name": story.co_borrower.name if story.co_borrower else "",
        "co_borrower_ssn": story.co_borrower.ssn if story.co_borrower else "",
        "lender_name": story.lender.name,
        "agency_name": story.credit_firm.name,
        "agency_address": story.credit_firm.address.one_line,
        "agency_phone": story.credit_firm.phone,
        "loan_number": story.loan.number,
        "equifax_score": story.scores[0],
        "experian_score": story.scores[1],
        "transunion_score": story.scores[2],
        "total_balance": money(sum(debt.balance for debt in story.debts)),
        "total_payment": money(sum(debt.payment for debt in story.debts)),
        "employer_name": story.jobs[0].employer.name,
    }
    debts = tuple(
        (
            debt.creditor,
            debt.account,
            debt.kind,
            debt.opened,
            money(debt.limit),
            money(debt.balance),
            money(debt.payment),
        )
        for debt in story.debts
    )
    closed: tuple[Row, ...] = tuple(
        (
            name,
            chance.digits(9),
            "Paid / Closed",
            date(story.applied.year - chance.between(5, 12), chance.between(1, 12), 1),
        )
        for name in chance.some(
            ("Oldfield Finance", "Merriwell Stores", "Bayview Bankcard", "Stonegate Auto Lease"), chance.between(1, 3)
        )
    )
    inquiries: tuple[Row, ...] = tuple(
        (story.applied - timedelta(days=chance.between(2, 90)), name, chance.pick(("TU", "EX", "EF")))
        for name in (
            story.lender.name,
            *chance.some(("Autoplex Motors", "Crestmark Card", "Homelend Direct"), chance.between(0, 2)),
        )
    )
    return Paper(
        "credit_report", "credit_report", "merged", values, {"debts": debts, "closed": closed, "inquiries": inquiries}
    )


_EXPLAINED = (
    ("the credit inquiries on my credit report", "I was comparing loan terms with several companies and no new debt was opened "
     "as a result of any of these inquiries."),
    ("the gap in my employment", "I took time away from work to care for a family member after surgery. I returned to full-time work "
     "as soon as the recovery was complete and have been employed without interruption since."),
    ("my previous addresses", "I lived at each of the addresses listed for work reasons. I have not owned any of these properties and I "
     "have no financial obligation to anyone for any of them."),
    ("the late payment on my account", "The payment was missed because I had moved and the bill went to my old address. I brought the "
     "account current as soon as I learned of it and have since set up automatic payments."),
)  # fmt: skip


def letter(story: Story, number: int) -> Paper:
    """Give a borrower's letter of explanation."""
    about, told = story.chance("loe").mixed(_EXPLAINED)[number % len(_EXPLAINED)]
    return Paper(
        "loe",
        "loe",
        str(number),
        {
            **lived(story.borrower, story.home, "borrower"),
            "letter_date": story.applied + timedelta(days=5 + number),
            "lender_name": story.lender.name,
            "loan_number": story.loan.number,
            "about": about,
            "told": told,
            "property_address": story.house.one_line,
            "co_borrower_name": story.co_borrower.name if story.co_borrower else "",
        },
    )
