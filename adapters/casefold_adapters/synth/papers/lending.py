"""What the lender's own papers say: application, disclosures, findings, closing papers."""

from datetime import timedelta

from casefold_adapters.synth.papers.housing import names, site
from casefold_adapters.synth.papers.income import owner
from casefold_adapters.synth.people import Person
from casefold_adapters.synth.stories import Story, month_end, months_back, payment, total
from casefold_adapters.synth.values import Paper, Row, Value, money


def loaned(story: Story) -> dict[str, Value]:
    """Give the loan's numbers as values."""
    loan = story.loan
    return {
        "lender_name": story.lender.name,
        "lender_address": story.lender.address.one_line,
        "lender_street": story.lender.address.street,
        "lender_city_line": story.lender.address.last_line,
        "lender_phone": story.lender.phone,
        "loan_number": loan.number,
        "loan_amount": money(loan.amount),
        "interest_rate": _rate(loan.rate),
        "loan_term_months": loan.months,
        "loan_term_years": loan.months // 12,
        "monthly_payment": money(loan.payment),
        "loan_purpose": loan.purpose,
        "loan_product": loan.product,
        "officer_name": story.officer.name,
        "officer_phone": story.officer.phone,
        "officer_email": story.officer.email,
        "nmls_company": story.chance("nmls").digits(6),
        "nmls_officer": story.chance("nmls").digits(7),
    }


def _rate(thousandths: int) -> str:
    return f"{thousandths / 1000:.3f}"


def monthly_costs(story: Story) -> tuple[tuple[str, int], ...]:
    """Give what the house costs in a month."""
    return (
        ("First Mortgage (P&I)", story.loan.payment),
        ("Homeowner's Insurance", story.premium // 12),
        ("Property Taxes", story.property_tax // 12),
        ("Mortgage Insurance", mortgage_insurance(story)),
    )


def mortgage_insurance(story: Story) -> int:
    """Give a month's mortgage insurance: none up to four fifths of the price."""
    return story.loan.amount * 6 // 12_000 // 100 * 100 if story.loan.amount * 100 > story.price * 80 else 0


def application(story: Story, person: Person) -> Paper:
    """Give one borrower's application; the first names the other and lists all accounts and debts."""
    job = next(job for job in story.jobs if job.holder is person)
    first = person is story.borrower
    other = next((each for each in story.borrowers if each is not person), None)
    return Paper(
        "urla_1003",
        "urla_1003",
        owner(story, person),
        {
            **site(story),
            **loaned(story),
            "borrower_name": person.full,
            "borrower_ssn": person.ssn,
            "borrower_dob": person.born,
            "borrower_phone": person.phone,
            "borrower_email": person.email,
            "co_borrower_name": other.full if other else "",
            "marital_status": "Married" if other else "Unmarried",
            "current_street": story.home.street,
            "current_city": story.home.city,
            "current_state": story.home.state,
            "current_zip": story.home.zip,
            "current_years": story.applied.year - story.home_since.year,
            "monthly_rent": money(story.rent),
            "employer_name": job.employer.name,
            "employer_street": job.employer.address.street,
            "employer_city_line": job.employer.address.last_line,
            "employer_phone": job.employer.phone,
            "job_title": job.title,
            "employment_start_date": job.since,
            "base_income": money(job.salaries[story.applied.year] // 12),
            "total_income": money(job.salaries[story.applied.year] // 12),
            "property_value": money(story.price),
            "occupancy": "Primary Residence",
            "gift_amount": money(story.gift * 100 if first else 0),
            "donor": "Relative" if story.gift else "",
            "sale_price": money(story.price),
            "closing_costs": money(story.fees.loan_costs + story.fees.other_costs),
            "cash_deposit": money(story.deposit),
            "signature_date": story.applied,
            "application_date": story.applied,
            "full": 1 if first else 0,
        },
        {
            "assets": _assets(story) if first else (),
            "liabilities": tuple(
                (debt.kind, debt.creditor, debt.account, money(debt.balance), money(debt.payment))
                for debt in story.debts
            )
            if first
            else (),
            "housing": tuple((name, money(amount)) for name, amount in monthly_costs(story)),
        },
    )


def _assets(story: Story) -> tuple[Row, ...]:
    rows: list[Row] = [("Checking", story.bank.name, story.checking, money(0))]
    rows.append(("Stock / Retirement", story.broker.name, "on statement", money(story.holdings)))
    return tuple(rows)


def transmittal(story: Story) -> Paper:
    """Give the underwriter's summary, with ratios worked out from the file's own numbers."""
    house = total(monthly_costs(story))
    debts = sum(debt.payment for debt in story.debts)
    return Paper(
        "form_1008",
        "form_1008",
        "summary",
        {
            **site(story),
            **loaned(story),
            "borrower_name": story.borrower.name,
            "borrower_ssn": story.borrower.ssn,
            "co_borrower_name": story.co_borrower.name if story.co_borrower else "",
            "sale_price": money(story.price),
            "appraised_value": money(story.value),
            "total_income": money(story.income),
            "housing_payment": money(house),
            "other_obligations": money(debts),
            "total_obligations": money(house + debts),
            "housing_ratio": f"{house * 100 / story.income:.2f}",
            "debt_ratio": f"{(house + debts) * 100 / story.income:.2f}",
            "ltv": f"{story.loan.amount * 100 / min(story.price, story.value):.2f}",
            "credit_score": sorted(story.scores)[1],
            "underwriter": story.appraiser.last + " " + story.officer.first[0] + ".",
            "signature_date": story.closing - timedelta(days=11),
        },
        {"housing": tuple((name, money(amount)) for name, amount in monthly_costs(story))},
    )


def findings(story: Story) -> Paper:
    """Give the automated underwriting findings."""
    summary = transmittal(story)
    return Paper(
        "aus_findings",
        "aus_findings",
        "findings",
        {
            **summary.values,
            "casefile_id": story.chance("aus").digits(10),
            "recommendation": "Approve/Eligible",
            "submission_date": story.applied + timedelta(days=3),
            "submission_number": story.chance("aus").between(1, 6),
            "employer_name": story.jobs[0].employer.name,
            "liquid_assets": money(story.holdings * 6 // 10),
        },
    )


def estimate(story: Story) -> Paper:
    """Give the Loan Estimate, three days after the application at most."""
    return Paper("loan_estimate", "loan_estimate", "first", *_disclosed(story, final=False))


def disclosure(story: Story) -> Paper:
    """Give the Closing Disclosure, three days before the closing at least; it charges what the estimate said."""
    return Paper("closing_disclosure", "closing_disclosure", "final", *_disclosed(story, final=True))


def _disclosed(story: Story, final: bool) -> tuple[dict[str, Value], dict[str, tuple[Row, ...]]]:
    fees, loan = story.fees, story.loan
    costs = fees.loan_costs + fees.other_costs
    escrow = story.premium // 12 + story.property_tax // 12
    insured = mortgage_insurance(story)
    five = _after(loan.amount, loan.rate, loan.months, loan.payment)
    values: dict[str, Value] = {
        **site(story),
        **loaned(story),
        "borrower_name": names(story),
        "borrower_street": story.home.street,
        "borrower_city_line": story.home.last_line,
        "seller_name": story.seller.name,
        "sale_price": money(story.price),
        "origination_charges": money(total(fees.origination)),
        "services_cannot_shop": money(total(fees.fixed)),
        "services_can_shop": money(total(fees.shopped)),
        "total_loan_costs": money(fees.loan_costs),
        "taxes_and_government_fees": money(total(fees.government)),
        "prepaids": money(total(fees.prepaid)),
        "initial_escrow": money(total(fees.escrow)),
        "other_costs": money(total(fees.other)),
        "total_other_costs": money(fees.other_costs),
        "total_closing_costs": money(costs),
        "down_payment": money(story.price - loan.amount),
        "deposit": money(story.deposit),
        "cash_to_close": money(story.price - loan.amount + costs - story.deposit),
        "mortgage_insurance": money(insured),
        "estimated_escrow": money(escrow),
        "estimated_payment": money(loan.payment + insured + escrow),
        "apr": _rate(story.apr),
        "total_of_payments": money(loan.payment * loan.months + fees.loan_costs),
        "finance_charge": money(loan.payment * loan.months - loan.amount + total(fees.origination)),
        "amount_financed": money(loan.amount - total(fees.origination)),
        "interest_percentage": f"{(loan.payment * loan.months - loan.amount) * 100 / loan.amount:.3f}",
        "paid_in_5_years": money(loan.payment * 60 + fees.loan_costs + insured * 60),
        "principal_in_5_years": money(loan.amount - five),
        "file_number": story.chance("title").digits(6),
        "settlement_agent": story.title_firm.name,
        "settlement_address": story.title_firm.address.one_line,
        "issue_date": story.closing - timedelta(days=5) if final else story.applied + timedelta(days=2),
        "closing_date": story.closing,
        "disbursement_date": story.closing,
        "rate_lock_until": story.applied + timedelta(days=60),
        "costs_expire": story.applied + timedelta(days=14),
    }
    tables = {
        "origination": fees.origination, "fixed": fees.fixed, "shopped": fees.shopped, "government": fees.government,
        "prepaid": fees.prepaid, "escrow": fees.escrow, "other": fees.other,
    }  # fmt: skip
    return values, {name: tuple((what, money(amount)) for what, amount in rows) for name, rows in tables.items()}


def _after(amount: int, rate: int, months: int, monthly: int) -> int:
    """Give the balance after five years."""
    left = months - 60
    if left <= 0:
        return 0
    low, high = 0, amount
    while high - low > 100:
        middle = (low + high) // 2
        if payment(middle, rate, left) > monthly:
            high = middle
        else:
            low = middle
    return low


def note(story: Story) -> Paper:
    """Give the promise to pay."""
    first = months_back(month_end(story.closing) + timedelta(days=1), -1)
    return Paper(
        "mortgage_note",
        "mortgage_note",
        "note",
        {
            **site(story),
            **loaned(story),
            "borrower_name": names(story),
            "note_date": story.closing,
            "note_city": story.title_firm.address.city,
            "note_state": story.state.name,
            "first_payment_date": first,
            "maturity_date": months_back(first, 1 - story.loan.months),
            "state_name": story.state.name,
            "signature_date": story.closing,
            "min": "1000" + story.chance("min").digits(14),
        },
        {"signers": tuple((person.name,) for person in story.borrowers)},
    )


def instrument(story: Story) -> Paper:
    """Give the deed of trust or mortgage that secures the note."""
    paper = note(story)
    return Paper(
        "security_instrument",
        "security_instrument",
        "instrument",
        {
            **paper.values,
            "trustee": story.title_firm.name,
            "kind": "Deed of Trust" if story.state.deed_of_trust else "Mortgage",
            "recording_number": story.chance("record").digits(10),
            "settlement_address": story.title_firm.address.one_line,
        },
        paper.rows,
    )


def authorization(story: Story) -> Paper:
    """Give the borrowers' leave to verify what they said."""
    return Paper(
        "borrower_authorization",
        "borrower_authorization",
        "all",
        {
            **loaned(story),
            "borrower_name": story.borrower.name,
            "co_borrower_name": story.co_borrower.name if story.co_borrower else "",
            "borrower_ssn": story.borrower.ssn,
            "property_address": story.house.one_line,
            "signature_date": story.applied,
        },
    )
