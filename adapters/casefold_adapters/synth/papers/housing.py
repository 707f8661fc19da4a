"""What the papers about the house say: contract, appraisal, title, insurance, flood, lease, utility bill."""

from datetime import date, timedelta

from casefold_adapters.synth.papers.income import lived
from casefold_adapters.synth.people import Address
from casefold_adapters.synth.stories import Story, month_end, months_back
from casefold_adapters.synth.values import Paper, Row, Value, money


def site(story: Story) -> dict[str, Value]:
    """Give the property's address as values."""
    return {
        "property_address": story.house.one_line,
        "property_street": story.house.street,
        "property_city": story.house.city,
        "property_state": story.house.state,
        "property_zip": story.house.zip,
        "property_county": story.house.county,
        "legal_description": story.legal,
        "parcel_number": story.parcel,
    }


def names(story: Story) -> str:
    """Name everybody who borrows."""
    return " and ".join(person.name for person in story.borrowers)


def purchase_agreement(story: Story) -> Paper:
    """Give the contract."""
    signed = story.applied - timedelta(days=4)
    return Paper(
        "purchase_agreement",
        "purchase_agreement",
        "contract",
        {
            **site(story),
            "buyer_name": names(story),
            "seller_name": story.seller.name,
            "purchase_price": money(story.price),
            "earnest_money": money(story.deposit),
            "loan_amount": money(story.loan.amount),
            "balance_at_closing": money(story.price - story.deposit - story.loan.amount),
            "contract_date": signed,
            "acceptance_date": signed + timedelta(days=1),
            "closing_date": story.closing,
            "escrow_agent": story.title_firm.name,
            "listing_broker": story.listing.name,
            "agent_name": story.agent.name,
            "inspection_days": story.chance("contract").pick((7, 10, 14)),
            "loan_days": story.chance("contract").pick((21, 25, 30)),
            "buyer_signature_date": signed,
            "seller_signature_date": signed + timedelta(days=1),
        },
    )


def appraisal(story: Story) -> Paper:
    """Give the appraisal, with three sales nearby that bracket the value."""
    chance = story.chance("appraisal")
    day = story.applied + timedelta(days=chance.between(8, 15))
    sales: list[Row] = []
    for number in range(3):
        sold = story.value + chance.between(-60, 60) * 50_000
        area = story.area + chance.between(-260, 260)
        gap = (story.area - area) * chance.between(30, 60) * 100 // 10_000 * 10_000
        near = Address(
            f"{chance.between(100, 9899)} {story.house.street.split(' ', 1)[1]}",
            story.house.city,
            story.house.state,
            story.house.zip,
            "",
        )
        sales.append((near.street, f"0.{chance.between(12, 89)} miles {chance.pick(('N', 'SE', 'W', 'NE'))}", money(sold), area, money(gap),
                      money(sold + gap), months_back(day, number + 2)))  # fmt: skip
    land = story.value * chance.between(18, 35) // 100 // 10_000 * 10_000
    return Paper(
        "appraisal_1004",
        "appraisal_1004",
        "appraisal",
        {
            **site(story),
            "borrower_name": names(story),
            "owner_of_record": story.seller.name,
            "lender_name": story.lender.name,
            "lender_address": story.lender.address.one_line,
            "contract_price": money(story.price),
            "contract_date": story.applied - timedelta(days=3),
            "appraised_value": money(story.value),
            "effective_date": day,
            "signature_date": day + timedelta(days=2),
            "year_built": story.built,
            "living_area": story.area,
            "bedrooms": chance.between(2, 5),
            "bathrooms": f"{chance.between(1, 3)}.{chance.pick('01')}",
            "site_area": f"{chance.between(4500, 14500):,} sf",
            "property_tax": money(story.property_tax),
            "tax_year": story.applied.year - 1,
            "appraiser_name": story.appraiser.name,
            "appraiser_company": story.appraisal_firm.name,
            "appraiser_address": story.appraisal_firm.address.one_line,
            "appraiser_license": f"{story.state.code}-CR-{chance.digits(6)}",
            "file_number": f"{day.year % 100}{day.month:02}-{chance.digits(4)}",
            "neighborhood": story.legal.split(", ")[2].split(" Unit")[0],
            "census_tract": f"{chance.between(1, 9899):04}.{chance.between(1, 40):02}",
            "land_value": money(land),
            "cost_value": money(story.value + chance.between(-20, 45) * 10_000),
        },
        {"sales": tuple(sales)},
    )


def title_commitment(story: Story) -> Paper:
    """Give the title insurer's commitment: who owns now, who will."""
    chance = story.chance("title")
    return Paper(
        "title_commitment",
        "title_commitment",
        "title",
        {
            **site(story),
            "commitment_number": f"{chance.letters(2)}{story.applied.year}-{chance.digits(5)}",
            "effective_date": story.applied + timedelta(days=7),
            "issue_date": story.applied + timedelta(days=9),
            "title_company": story.title_firm.name,
            "title_company_address": story.title_firm.address.one_line,
            "proposed_insured": names(story),
            "lender_name": story.lender.name,
            "vesting": story.seller.name,
            "owner_policy_amount": money(story.price),
            "loan_policy_amount": money(story.loan.amount),
            "loan_number": story.loan.number,
            "property_tax": money(story.property_tax),
            "book_page": f"Book {chance.between(100, 999)}, Page {chance.between(1, 990)}",
        },
    )


def insurance(story: Story) -> Paper:
    """Give the homeowner's policy, which begins on the day of closing."""
    chance = story.chance("hoi")
    dwelling = story.value * chance.between(70, 92) // 100 // 100_000 * 100_000
    limits = (
        ("Coverage A - Dwelling", money(dwelling)),
        ("Coverage B - Other Structures", money(dwelling // 10)),
        ("Coverage C - Personal Property", money(dwelling // 2)),
        ("Coverage D - Loss of Use", money(dwelling // 5)),
        ("Coverage E - Personal Liability (each occurrence)", money(30_000_000)),
        ("Coverage F - Medical Payments to Others (each person)", money(500_000)),
    )
    return Paper(
        "hoi_declaration",
        "hoi_declaration",
        "hoi",
        {
            **site(story),
            "insurer_name": story.insurer.name,
            "insurer_address": story.insurer.address.one_line,
            "insurer_phone": story.insurer.phone,
            "policy_number": f"{chance.letters(2)}-{chance.digits(8)}",
            "insured_name": names(story),
            "period_start": story.closing,
            "period_end": story.closing.replace(year=story.closing.year + 1, day=min(story.closing.day, 28)),
            "premium": money(story.premium),
            "dwelling_coverage": money(dwelling),
            "deductible": money(chance.pick((100_000, 150_000, 250_000))),
            "mortgagee_name": story.lender.name + " ISAOA/ATIMA",
            "mortgagee_address": story.lender.address.one_line,
            "loan_number": story.loan.number,
            "issue_date": story.closing - timedelta(days=12),
            "agent_name": story.agent.last + " Insurance Agency",
        },
        {"coverages": limits},
    )


def flood(story: Story) -> Paper:
    """Give the flood determination: outside the hazard area."""
    chance = story.chance("flood")
    community = chance.digits(6)
    return Paper(
        "flood_cert",
        "flood_cert",
        "flood",
        {
            **site(story),
            "lender_name": story.lender.name,
            "lender_address": story.lender.address.one_line,
            "loan_number": story.loan.number,
            "borrower_name": names(story),
            "community_name": f"{story.house.city}, City of",
            "community_number": community,
            "map_number": f"{chance.digits(5)}C{chance.digits(4)}{chance.pick('EFGH')}",
            "map_date": date(chance.between(2008, 2021), chance.between(1, 12), chance.between(1, 28)),
            "flood_zone": "X",
            "in_flood_area": "No",
            "determination_date": story.applied + timedelta(days=4),
            "determination_number": chance.digits(10),
            "preparer": story.flood_firm.name,
            "preparer_address": story.flood_firm.address.one_line,
            "preparer_phone": story.flood_firm.phone,
        },
    )


def utility_bill(story: Story, back: int = 1) -> Paper:
    """Give the bill of so many months before the application, at the present home."""
    chance, fixed_draws = story.chance(f"utility-{back}"), story.chance("utility")
    end = months_back(story.applied, back) + timedelta(days=chance.between(12, 24))
    before = chance.between(12_000, 78_000)
    used = chance.between(380, 1280)
    supply, delivery = used * chance.between(9, 14), used * chance.between(3, 6)
    fixed = chance.cents(8, 19)
    tax = (supply + delivery + fixed) * chance.between(3, 8) // 100
    return Paper(
        "utility_bill",
        "utility_bill",
        f"electric-{end.isoformat()[:7]}",
        {
            "utility_name": story.utility.name,
            "utility_address": story.utility.address.one_line,
            "utility_phone": story.utility.phone,
            **lived(story.borrower, story.home, "customer"),
            "service_address": story.home.one_line,
            "account_number": fixed_draws.digits(10),
            "meter_number": fixed_draws.digits(8),
            "bill_date": end + timedelta(days=2),
            "due_date": end + timedelta(days=23),
            "period_start": end - timedelta(days=30),
            "period_end": end,
            "previous_reading": before,
            "current_reading": before + used,
            "usage": used,
            "previous_balance": money(chance.cents(60, 190)),
            "amount_due": money(supply + delivery + fixed + tax),
        },
        {
            "charges": (
                ("Basic service charge", money(fixed)),
                (f"Energy charge {used} kWh", money(supply)),
                ("Delivery charge", money(delivery)),
                ("State and local taxes", money(tax)),
            )
        },
    )


def lease(story: Story) -> Paper:
    """Give the lease of the present home."""
    start = story.home_since.replace(year=story.applied.year - 1)
    return Paper(
        "lease_agreement",
        "lease_agreement",
        "lease",
        {
            "landlord_name": story.landlord.name,
            "tenant_name": names(story),
            "premises_address": story.home.one_line,
            "lease_start": start,
            "lease_end": month_end(months_back(start, -11)),
            "monthly_rent": money(story.rent),
            "security_deposit": money(story.rent),
            "signature_date": start - timedelta(days=11),
            "state_name": story.state.name,
            "landlord_phone": story.landlord.phone,
        },
    )
