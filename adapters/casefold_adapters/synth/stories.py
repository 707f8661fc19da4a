"""Invent one loan and everybody in it, with numbers that follow from each other. All money is in whole cents."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from attrs import frozen

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.people import Address, Firm, People, Person, State


@frozen
class Pay:
    """One pay period's gross, what is taken off, and the rest."""

    gross: int
    retirement: int
    health: int
    federal: int
    social: int
    medicare: int
    state: int

    @property
    def net(self) -> int:
        """What reaches the bank account."""
        return self.gross - self.retirement - self.health - self.federal - self.social - self.medicare - self.state

    @property
    def wages(self) -> int:
        """What is taxed: gross without retirement and health."""
        return self.gross - self.retirement - self.health

    @property
    def social_wages(self) -> int:
        """What social security is taken of."""
        return self.gross - self.health


PERIODS: Mapping[str, int] = MappingProxyType({"Weekly": 52, "Bi-Weekly": 26, "Semi-Monthly": 24, "Monthly": 12})


@frozen
class Job:
    """Somebody's employment; *salaries* are a year's pay by year."""

    holder: Person
    employer: Firm
    title: str
    since: date
    frequency: str
    salaries: Mapping[int, int]
    retirement: int
    health: int
    state_tax: int
    employee_id: str

    def pay(self, year: int) -> Pay:
        """Work out one period's pay in a year."""
        gross = self.salaries[year] // PERIODS[self.frequency]
        retirement = gross * self.retirement // 10_000
        wages = gross - retirement - self.health
        rate = 900 if self.salaries[year] < 7_000_000 else 1_300 if self.salaries[year] < 12_000_000 else 1_750
        return Pay(
            gross,
            retirement,
            self.health,
            wages * rate // 10_000,
            (gross - self.health) * 62 // 1000,
            (gross - self.health) * 145 // 10_000,
            wages * self.state_tax // 10_000,
        )

    def periods(self, year: int) -> tuple[tuple[date, date, date], ...]:
        """Give begin, end and pay day of every period of a year; pay comes some days after the end."""
        if self.frequency in {"Weekly", "Bi-Weekly"}:
            length = 7 if self.frequency == "Weekly" else 14
            first = date(year, 1, 1)
            begins = [first + timedelta(days=length * number) for number in range(PERIODS[self.frequency])]
            spans = [(begin, begin + timedelta(days=length - 1)) for begin in begins]
        else:
            months = [date(year, month, 1) for month in range(1, 13)]
            if self.frequency == "Monthly":
                spans = [(begin, month_end(begin)) for begin in months]
            else:
                spans = [
                    span
                    for begin in months
                    for span in ((begin, begin.replace(day=15)), (begin.replace(day=16), month_end(begin)))
                ]
        return tuple((begin, end, end + timedelta(days=3)) for begin, end in spans)


def month_end(day: date) -> date:
    """Give the last day of a month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def months_back(day: date, count: int) -> date:
    """Give the first day of the month so many months before."""
    month = day.year * 12 + day.month - 1 - count
    return date(month // 12, month % 12 + 1, 1)


@frozen
class Debt:
    """A debt that the credit report, the application and the bank statements agree on."""

    creditor: str
    kind: str
    account: str
    balance: int
    payment: int
    limit: int
    opened: date


@frozen
class Loan:
    """The loan applied for."""

    number: str
    amount: int
    rate: int
    """Thousandths of a percent."""
    months: int
    payment: int
    purpose: str
    product: str


@frozen
class Fees:
    """What closing costs, by the letters of the Loan Estimate; each row is what for and how much."""

    origination: tuple[tuple[str, int], ...]
    fixed: tuple[tuple[str, int], ...]
    shopped: tuple[tuple[str, int], ...]
    government: tuple[tuple[str, int], ...]
    prepaid: tuple[tuple[str, int], ...]
    escrow: tuple[tuple[str, int], ...]
    other: tuple[tuple[str, int], ...]

    @property
    def loan_costs(self) -> int:
        """Letter D."""
        return total(self.origination) + total(self.fixed) + total(self.shopped)

    @property
    def other_costs(self) -> int:
        """Letter I."""
        return total(self.government) + total(self.prepaid) + total(self.escrow) + total(self.other)


def total(rows: tuple[tuple[str, int], ...]) -> int:
    """Add amounts up."""
    return sum(amount for _, amount in rows)


@frozen
class Story:
    """One loan file's whole truth."""

    seed: str
    state: State
    applied: date
    closing: date
    borrower: Person
    co_borrower: Person | None
    jobs: tuple[Job, ...]
    home: Address
    home_since: date
    rent: int
    landlord: Person
    bank: Firm
    checking: str
    savings: str
    broker: Firm
    holdings: int
    gift: int
    donor: Person
    lender: Firm
    officer: Person
    loan: Loan
    house: Address
    parcel: str
    legal: str
    built: int
    area: int
    price: int
    value: int
    deposit: int
    seller: Person
    title_firm: Firm
    insurer: Firm
    premium: int
    property_tax: int
    debts: tuple[Debt, ...]
    scores: tuple[int, int, int]
    fees: Fees
    apr: int
    utility: Firm
    appraiser: Person
    appraisal_firm: Firm
    flood_firm: Firm
    credit_firm: Firm
    listing: Firm
    agent: Person

    @property
    def borrowers(self) -> tuple[Person, ...]:
        """Everybody who borrows."""
        return (self.borrower,) if self.co_borrower is None else (self.borrower, self.co_borrower)

    def chance(self, name: object) -> Chance:
        """Give the stream of draws called *name* in this file."""
        return Chance(f"{self.seed}/{name}")

    @property
    def income(self) -> int:
        """All stated income of a month."""
        return sum(job.salaries[self.applied.year] // 12 for job in self.jobs)


def payment(amount: int, rate: int, months: int) -> int:
    """Give the monthly payment of a loan, to the cent.

    >>> payment(30_000_000, 6500, 360)
    189620
    """
    monthly = Decimal(rate) / Decimal(1_200_000)
    growth = (1 + monthly) ** months
    return int((Decimal(amount) * monthly * growth / (growth - 1)).to_integral_value(ROUND_HALF_UP))


def annual_rate(amount: int, charges: int, monthly: int, months: int) -> int:
    """Give the rate, in thousandths of a percent, that a loan has with its finance charges."""
    low, high = 0, 30_000
    while high - low > 1:
        middle = (low + high) // 2
        if payment(amount - charges, middle, months) > monthly:
            high = middle
        else:
            low = middle
    return low


_CREDITORS = MappingProxyType(
    {
        "Installment": ("Harborline Auto Finance", "Crestview Auto Credit", "Tri-County Motor Credit"),
        "Education": ("Fedgrant Student Loan Servicing", "Aldermoor Education Lending"),
        "Revolving": (
            "Northway Card Services",
            "First Sable Bankcard",
            "Brookmere Retail Card",
            "Opaline Visa Services",
        ),
    }
)


def tell(seed: str, co_borrower: bool | None = None) -> Story:
    """Invent the loan file of a seed."""
    chance = Chance(f"{seed}/story")
    people = People(Chance(f"{seed}/people"))
    applied = chance.day(date(2023, 4, 10), date(2026, 10, 20)).replace(day=chance.between(8, 26))
    applied = applied if applied.month >= 4 else applied.replace(month=chance.between(4, 11))
    closing = applied + timedelta(days=chance.between(33, 48))
    while closing.weekday() >= 5:
        closing += timedelta(days=1)
    borrower = people.person(applied.year)
    two = chance.chance(45) if co_borrower is None else co_borrower
    partner = people.person(applied.year, borrower.last if chance.chance(75) else "") if two else None
    jobs = [_job(borrower, people, chance.child("job-0"), applied)]
    if partner is not None:
        jobs.append(_job(partner, people, chance.child("job-1"), applied))
    income = sum(job.salaries[applied.year] // 12 for job in jobs)
    price = income * chance.between(38, 50) // 500_000 * 500_000 or 20_000_000
    down = chance.pick((5, 10, 15, 20, 20, 25))
    amount = price * (100 - down) // 100 // 10_000 * 10_000
    rate = chance.between(44, 62) * 125
    rate = rate if chance.chance(85) else rate - rate % 1000
    months = chance.pick((360, 360, 360, 240, 180))
    loan = Loan(
        f"{chance.between(10, 99)}{chance.digits(8)}", amount, rate, months, payment(amount, rate, months),
        "Purchase", "Fixed Rate",
    )  # fmt: skip
    premium = price * chance.between(28, 55) // 10_000 // 100 * 100
    tax = price * chance.between(70, 190) // 10_000 // 100 * 100
    fees = _fees(chance.child("fees"), loan, premium, tax, closing)
    charges = (
        total(fees.origination) + 42_000 + amount * rate * (month_end(closing).day - closing.day + 1) // 36_500_000
    )
    score = chance.between(668, 802)
    return Story(
        seed=seed,
        state=people.state,
        applied=applied,
        closing=closing,
        borrower=borrower,
        co_borrower=partner,
        jobs=tuple(jobs),
        home=people.address(),
        home_since=date(applied.year - chance.between(2, 7), chance.between(1, 12), 1),
        rent=income * chance.between(20, 28) // 100 // 2_500 * 2_500,
        landlord=people.person(applied.year),
        bank=people.firm("bank"),
        checking=chance.digits(10),
        savings=chance.digits(10),
        broker=people.firm("broker"),
        holdings=chance.cents(18_000, 160_000),
        gift=chance.between(5, 25) * 100_000 if chance.chance(55) else 0,
        donor=people.person(applied.year - 25, borrower.last),
        lender=people.firm("lender"),
        officer=people.person(applied.year),
        loan=loan,
        house=people.house(),
        parcel=f"{chance.digits(3)}-{chance.digits(2)}-{chance.digits(4)}",
        legal=(
            f"Lot {chance.between(1, 98)}, Block {chance.between(1, 24)}, {people.firm('realty').name.split()[0]} "
            f"{chance.pick(('Estates', 'Heights', 'Meadows', 'Park Addition'))} Unit {chance.between(1, 9)}, according to "
            f"the plat thereof recorded in Plat Book {chance.between(10, 199)}, Page {chance.between(1, 99)}"
        ),
        built=applied.year - chance.between(3, 78),
        area=chance.between(1050, 3600),
        price=price,
        value=price + chance.between(0, 30) * 100_000,
        deposit=price * chance.pick((1, 2, 3)) // 100,
        seller=people.person(applied.year),
        title_firm=people.firm("title"),
        insurer=people.firm("insurer"),
        premium=premium,
        property_tax=tax,
        debts=_debts(chance.child("debts"), applied),
        scores=(score, score + chance.between(-18, 18), score + chance.between(-22, 22)),
        fees=fees,
        apr=annual_rate(amount, charges, loan.payment, months),
        utility=people.firm("utility"),
        appraiser=people.person(applied.year),
        appraisal_firm=people.firm("appraiser"),
        flood_firm=people.firm("flood"),
        credit_firm=people.firm("credit"),
        listing=people.firm("realty"),
        agent=people.person(applied.year),
    )


def _job(holder: Person, people: People, chance: Chance, applied: date) -> Job:
    salary = chance.between(520, 1480) * 10_000
    raised = {0: 1000, 1: 1000 - chance.between(15, 55), 2: 1000 - chance.between(60, 110)}
    return Job(
        holder,
        people.firm("employer"),
        people.job(),
        date(applied.year - chance.between(3, 14), chance.between(1, 12), chance.between(1, 28)),
        chance.pick(("Bi-Weekly", "Bi-Weekly", "Semi-Monthly", "Weekly", "Monthly")),
        MappingProxyType({applied.year - back: salary * part // 100_000 * 100 for back, part in raised.items()}),
        chance.pick((0, 300, 400, 500, 600, 800)),
        chance.cents(28, 110),
        people.state.tax,
        chance.digits(chance.between(5, 8)),
    )


def _debts(chance: Chance, applied: date) -> tuple[Debt, ...]:
    found: list[Debt] = []
    for kind, count in (
        ("Installment", chance.between(0, 1)),
        ("Education", chance.between(0, 1)),
        ("Revolving", chance.between(1, 3)),
    ):
        for creditor in chance.some(_CREDITORS[kind], count):
            limit = chance.between(20, 150) * 10_000 if kind == "Revolving" else chance.between(90, 420) * 10_000
            balance = limit * chance.between(4, 60) // 100
            monthly = (
                max(2_500, balance // 40 // 100 * 100) if kind == "Revolving" else max(9_000, limit // 62 // 100 * 100)
            )
            opened = date(applied.year - chance.between(1, 6), chance.between(1, 12), chance.between(1, 28))
            found.append(Debt(creditor, kind, chance.digits(10), balance, monthly, limit, opened))
    return tuple(found)


def _fees(chance: Chance, loan: Loan, premium: int, tax: int, closing: date) -> Fees:
    points = loan.amount * chance.pick((0, 0, 25, 50)) // 10_000
    interest = loan.amount * loan.rate // 36_500_000
    days = month_end(closing).day - closing.day + 1
    months = chance.between(2, 4)
    origination = [
        ("Application Fee", chance.between(2, 5) * 10_000),
        ("Underwriting Fee", chance.between(6, 12) * 10_000),
    ]
    if points:
        origination.insert(
            0,
            (
                "0.50% of Loan Amount (Points)"
                if points * 200 >= loan.amount - 200
                else "0.25% of Loan Amount (Points)",
                points,
            ),
        )
    return Fees(
        tuple(origination),
        (
            ("Appraisal Fee", chance.between(40, 70) * 1_000),
            ("Credit Report Fee", chance.between(25, 60) * 100),
            ("Flood Determination Fee", chance.between(10, 25) * 100),
            ("Tax Monitoring Fee", chance.between(40, 90) * 100),
        ),
        (
            ("Pest Inspection Fee", chance.between(90, 180) * 100),
            ("Title - Insurance Binder", chance.between(50, 90) * 1_000),
            ("Title - Lender's Title Insurance", loan.amount * 32 // 10_000 // 100 * 100),
            ("Title - Settlement Agent Fee", chance.between(45, 75) * 1_000),
        ),
        (("Recording Fees and Other Taxes", chance.between(60, 190) * 100), ("Transfer Taxes", chance.between(0, 9) * 10_000)),
        (
            ("Homeowner's Insurance Premium (12 mo.)", premium),
            (f"Prepaid Interest (${interest / 100:,.2f} per day, {days} days)", interest * days),
        ),
        ((f"Homeowner's Insurance {months} mo.", premium * months // 12), (f"Property Taxes {months} mo.", tax * months // 12)),
        (("Title - Owner's Title Policy (optional)", chance.between(55, 140) * 1_000),),
    )  # fmt: skip
