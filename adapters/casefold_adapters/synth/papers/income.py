"""What the papers about income say: stubs, W-2s, returns, information returns, verifications."""

from datetime import date, timedelta
from decimal import Decimal

from casefold_adapters.synth.people import Address, Person
from casefold_adapters.synth.stories import PERIODS, Job, Story
from casefold_adapters.synth.values import Paper, Row, Value, money

_STANDARD = {2021: 12_550, 2022: 12_950, 2023: 13_850, 2024: 14_600, 2025: 15_750, 2026: 16_100}
_BRACKETS = ((11_600, 10), (47_150, 12), (100_525, 22), (191_950, 24), (10**9, 32))


def owner(story: Story, person: Person) -> str:
    """Name a borrower's part in the file."""
    return "borrower" if person is story.borrower else "co-borrower"


def lived(person: Person, address: Address, prefix: str) -> dict[str, Value]:
    """Give a person's name and address as values."""
    return {f"{prefix}_name": person.name, f"{prefix}_street": address.street, f"{prefix}_city_line": address.last_line}


def employed(job: Job) -> dict[str, Value]:
    """Give the employer's name and address as values."""
    return {
        "employer_name": job.employer.name,
        "employer_ein": job.employer.ein,
        "employer_street": job.employer.address.street,
        "employer_city_line": job.employer.address.last_line,
        "employer_phone": job.employer.phone,
    }


def w2(story: Story, job: Job, year: int) -> Paper:
    """Give the W-2 of one year: every box is so many times one period's pay."""
    pay, periods = job.pay(year), PERIODS[job.frequency]
    return Paper(
        "w2",
        "w2",
        f"{owner(story, job.holder)}-{year}",
        {
            **lived(job.holder, story.home, "employee"),
            **employed(job),
            "employee_ssn": job.holder.ssn,
            "control_number": f"{job.employee_id}-{year % 100}",
            "tax_year": year,
            "wages": money(pay.wages * periods),
            "federal_tax_withheld": money(pay.federal * periods),
            "social_security_wages": money(pay.social_wages * periods),
            "social_security_tax": money(pay.social * periods),
            "medicare_wages": money(pay.social_wages * periods),
            "medicare_tax": money(pay.medicare * periods),
            "retirement_deferral": money(pay.retirement * periods),
            "health_cost": money(pay.health * periods * 3),
            "state": story.state.code,
            "employer_state_id": f"{story.state.code}-{job.employer.ein[3:]}",
            "state_wages": money(pay.wages * periods if story.state.tax else 0),
            "state_tax": money(pay.state * periods),
        },
    )


def paid(story: Story, job: Job) -> int:
    """Count the periods that were paid in the year before the application."""
    return sum(span[2] <= story.applied for span in job.periods(story.applied.year))


def paystub(story: Story, job: Job, back: int) -> Paper:
    """Give the stub of a pay period: the last one paid before the application, or so many before it."""
    year = story.applied.year
    index = max(0, paid(story, job) - 1 - back)
    begin, end, day = job.periods(year)[index]
    count, pay = index + 1, job.pay(year)
    hours = Decimal(2080) / PERIODS[job.frequency]
    rate = (Decimal(pay.gross) / hours / 100).quantize(Decimal("0.0001"))
    taken = (
        ("Federal Income Tax", pay.federal),
        ("Social Security", pay.social),
        ("Medicare", pay.medicare),
        (f"{story.state.code} State Income Tax", pay.state),
        ("Medical / Dental", pay.health),
        ("401(k)", pay.retirement),
    )
    deductions: tuple[Row, ...] = tuple((name, money(each), money(each * count)) for name, each in taken if each)
    return Paper(
        "paystub",
        "paystub",
        f"{owner(story, job.holder)}-{back}",
        {
            **lived(job.holder, story.home, "employee"),
            **employed(job),
            "employee_id": job.employee_id,
            "employee_ssn_last4": job.holder.ssn[-4:],
            "pay_date": day,
            "period_start": begin,
            "period_end": end,
            "pay_frequency": job.frequency,
            "check_number": str(int(job.employee_id) % 9000 * 10 + 10_000 + count),
            "gross_pay": money(pay.gross),
            "gross_ytd": money(pay.gross * count),
            "total_deductions": money(pay.gross - pay.net),
            "total_deductions_ytd": money((pay.gross - pay.net) * count),
            "net_pay": money(pay.net),
            "net_ytd": money(pay.net * count),
            "hire_date": job.since,
            "bank_last4": story.checking[-4:],
            "job_title": job.title,
        },
        {
            "earnings": (("Regular", f"{hours:.2f}", f"{rate}", money(pay.gross), money(pay.gross * count)),),
            "deductions": deductions,
        },
    )


def interest(story: Story, year: int) -> int:
    """Give what the bank paid in interest in a year."""
    return story.chance(f"interest-{year}").cents(25, 480) // 100 * 100


def dividends(story: Story, year: int) -> int:
    """Give what the broker paid in dividends in a year."""
    return story.holdings * story.chance(f"dividends-{year}").between(9, 24) // 1000 // 100 * 100


def form_1040(story: Story, year: int) -> Paper:
    """Give the return of one year, in whole dollars; two borrowers file it together."""
    wages = sum(job.pay(year).wages * PERIODS[job.frequency] for job in story.jobs)
    withheld = sum(job.pay(year).federal * PERIODS[job.frequency] for job in story.jobs)
    joint = story.co_borrower is not None
    w, i, d, taken = ((each + 50) // 100 for each in (wages, interest(story, year), dividends(story, year), withheld))
    income = w + i + d
    standard = _STANDARD[year] * (2 if joint else 1)
    taxable = max(0, income - standard)
    tax = _tax(taxable // 2) * 2 if joint else _tax(taxable)
    values: dict[str, Value] = {
        "tax_year": year,
        "taxpayer_name": story.borrower.name,
        "taxpayer_ssn": story.borrower.ssn,
        "spouse_name": story.co_borrower.name if story.co_borrower else "",
        "spouse_ssn": story.co_borrower.ssn if story.co_borrower else "",
        "filing_status": "Married filing jointly" if joint else "Single",
        "taxpayer_street": story.home.street,
        "taxpayer_city": story.home.city,
        "taxpayer_state": story.home.state,
        "taxpayer_zip": story.home.zip,
        "signature_date": date(year + 1, 3, 1 + year % 27),
    }
    amounts = {
        "wages": w,
        "taxable_interest": i,
        "ordinary_dividends": d,
        "total_income": income,
        "adjusted_gross_income": income,
        "standard_deduction": standard,
        "taxable_income": taxable,
        "tax": tax,
        "total_tax": tax,
        "federal_tax_withheld": taken,
        "total_payments": taken,
        "refund": max(0, taken - tax),
        "amount_owed": max(0, tax - taken),
    }
    values |= {name: money(amount * 100) for name, amount in amounts.items()}
    values |= {
        "occupation": story.jobs[0].title,
        "spouse_occupation": story.jobs[1].title if joint and len(story.jobs) > 1 else "",
    }
    return Paper("form_1040", "form_1040", str(year), values)


def _tax(income: int) -> int:
    tax, low = 0, 0
    for high, percent in _BRACKETS:
        tax += max(0, min(income, high) - low) * percent
        low = high
    return (tax + 50) // 100


def schedule(story: Story, year: int, letter: str) -> Paper:
    """Give a schedule to the return of one year."""
    values: dict[str, Value] = {
        "tax_year": year,
        "taxpayer_name": story.borrower.name
        if story.co_borrower is None
        else f"{story.borrower.name} & {story.co_borrower.name}",
        "taxpayer_ssn": story.borrower.ssn,
        "schedule": letter,
    }
    rows: dict[str, tuple[Row, ...]] = {}
    chance = story.chance(f"schedule-{letter}-{year}")
    match letter:
        case "B":
            values["total_interest"] = money(interest(story, year))
            values["total_dividends"] = money(dividends(story, year))
            rows["interest"] = ((story.bank.name, values["total_interest"]),)
            rows["dividends"] = ((story.broker.name, values["total_dividends"]),)
        case "C":
            gross = chance.cents(4_000, 48_000) // 100 * 100
            costs = gross * chance.between(20, 60) // 10_000 * 100
            values |= {
                "business_name": story.borrower.last + " Consulting",
                "gross_receipts": money(gross),
                "total_expenses": money(costs),
                "net_profit": money(gross - costs),
            }
        case _:
            first, second = chance.cents(200, 9_000) // 100 * 100, chance.cents(100, 4_000) // 100 * 100
            values |= {"first": money(first), "second": money(second), "total": money(first + second)}
    return Paper("form_1040_schedule", f"form_1040_schedule.{letter}", f"{letter}-{year}", values, rows)


def form_1099(story: Story, year: int, kind: str) -> Paper:
    """Give an information return of a kind."""
    chance = story.chance(f"1099-{kind}-{year}")
    payer = {"INT": story.bank, "DIV": story.broker, "B": story.broker, "R": story.broker}.get(
        kind, story.jobs[0].employer
    )
    amount = {"INT": interest(story, year), "DIV": dividends(story, year)}.get(
        kind, chance.cents(900, 24_000) // 100 * 100
    )
    name = "Social Security Administration" if kind == "SSA" else payer.name
    values: dict[str, Value] = {
        "tax_year": year,
        "payer_name": name,
        "payer_tin": payer.ein,
        "payer_street": payer.address.street,
        "payer_city_line": payer.address.last_line,
        "payer_phone": payer.phone,
        **lived(story.borrower, story.home, "recipient"),
        "recipient_tin": story.borrower.ssn,
        "account_number": story.savings if kind == "INT" else chance.digits(9),
        "amount": money(amount),
        "second_amount": money(amount * chance.between(30, 95) // 100),
        "federal_tax_withheld": money(0 if kind in {"INT", "DIV"} else amount // 1000 * 100),
        "state": story.state.code,
    }
    return Paper("form_1099", f"form_1099.{kind}", f"{kind}-{year}", values)


def transcript(story: Story, year: int, kind: str) -> Paper:
    """Give what the IRS has on file for one year: the return, or the wages that employers reported."""
    tax = form_1040(story, year)
    requested = story.applied + timedelta(days=6)
    return Paper(
        "irs_transcript",
        "irs_transcript",
        f"{kind}-{year}",
        {
            **tax.values,
            "request_date": requested,
            "response_date": requested + timedelta(days=1),
            "tracking_number": story.chance(f"transcript-{year}-{kind}").digits(12),
            "period_end": date(year, 12, 31),
            "taxpayer_ssn_masked": "XXX-XX-" + story.borrower.ssn[-4:],
            "kind": kind,
        },
        {
            "wages": tuple(
                (
                    job.employer.name,
                    "XX-XXX" + job.employer.ein[-4:],
                    money(job.pay(year).wages * PERIODS[job.frequency]),
                    money(job.pay(year).federal * PERIODS[job.frequency]),
                    money(job.pay(year).social_wages * PERIODS[job.frequency]),
                    job.holder.name[:4].upper(),
                )
                for job in story.jobs
                if job.holder is story.borrower
            )
        },
    )


def form_4506c(story: Story, person: Person) -> Paper:
    """Give the request for transcripts of the last two years."""
    year = story.applied.year
    return Paper(
        "form_4506c",
        "form_4506c",
        owner(story, person),
        {
            "taxpayer_first": f"{person.first} {person.middle[0]}",
            "taxpayer_last": person.last,
            "taxpayer_name": person.name,
            "taxpayer_ssn": person.ssn,
            "taxpayer_street": story.home.street,
            "taxpayer_city_line": story.home.last_line,
            "lender_name": story.lender.name,
            "lender_address": story.lender.address.one_line,
            "lender_phone": story.lender.phone,
            "customer_file_number": story.loan.number,
            "form_number": "1040",
            "year_1": date(year - 1, 12, 31),
            "year_2": date(year - 2, 12, 31),
            "signature_date": story.applied,
            "taxpayer_phone": person.phone,
        },
    )


def w9(story: Story, person: Person) -> Paper:
    """Give the borrower's taxpayer number and certification."""
    return Paper(
        "w9",
        "w9",
        owner(story, person),
        {
            "name": person.name,
            "street": story.home.street,
            "city_line": story.home.last_line,
            "ssn": person.ssn,
            "requester": story.lender.name,
            "signature_date": story.applied,
        },
    )


def voe(story: Story, job: Job) -> Paper:
    """Give the employer's verification, as of the application."""
    year = story.applied.year
    stub = paystub(story, job, 0)
    return Paper(
        "voe_1005",
        "voe_1005",
        owner(story, job.holder),
        {
            **employed(job),
            "lender_name": story.lender.name,
            "lender_address": story.lender.address.one_line,
            "lender_city_line": story.lender.address.last_line,
            "lender_street": story.lender.address.street,
            "employee_name": job.holder.name,
            "employee_address": story.home.one_line,
            "employee_ssn_last4": job.holder.ssn[-4:],
            "hire_date": job.since,
            "job_title": job.title,
            "annual_salary": money(job.salaries[year]),
            "pay_frequency": job.frequency,
            "ytd_through": stub.values["period_end"],
            "gross_ytd": stub.values["gross_ytd"],
            "gross_year_1": money(job.pay(year - 1).gross * PERIODS[job.frequency]),
            "gross_year_2": money(job.pay(year - 2).gross * PERIODS[job.frequency]),
            "year": year,
            "request_date": story.applied + timedelta(days=2),
            "verification_date": story.applied + timedelta(days=9),
            "loan_number": story.loan.number,
            "officer": story.officer.name,
            "verifier": story.chance("verifier" + job.employee_id).pick(
                ("A. Porter", "D. Nguyen", "R. Castillo", "M. Shah")
            ),
        },
    )
