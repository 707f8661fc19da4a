"""The laws that a made-up file keeps until a defect breaks one: the rules across documents, over values as drawn."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType
from typing import TypeAlias

from attrs import frozen

from casefold_adapters.synth.stories import Story
from casefold_adapters.synth.values import Paper, cents

AGE_DAYS_MAX = 120
TOLERANCE_PERCENT = 5


@frozen
class File:
    """A file as the laws see it."""

    story: Story
    papers: tuple[Paper, ...]
    required: frozenset[str]
    lost: Collection[str]

    def of(self, *labels: str) -> Iterator[Paper]:
        """Give the papers of some classes."""
        return (paper for paper in self.papers if paper.label in labels)

    def said(self, *places: tuple[str, str]) -> list[object]:
        """Give what papers say at (class, field)."""
        return [paper.values[name] for label, name in places for paper in self.of(label) if paper.has(name)]


Law: TypeAlias = Callable[[File], bool]


def _same(*places: tuple[str, str]) -> Law:
    return lambda file: len(set(file.said(*places))) <= 1


def _names(file: File) -> bool:
    people = {form.lower() for person in file.story.borrowers for form in (person.name, person.full)}
    places = (("w2", "employee_name"), ("paystub", "employee_name"), ("voe_1005", "employee_name"), ("form_1040", "taxpayer_name"),
              ("credit_report", "borrower_name"), ("driver_license", "full_name"))  # fmt: skip
    return all(str(name).lower() in people for name in file.said(*places))


def _ssns(file: File) -> bool:
    known = {person.ssn for person in file.story.borrowers}
    places = (
        ("w2", "employee_ssn"),
        ("form_1040", "taxpayer_ssn"),
        ("credit_report", "borrower_ssn"),
        ("urla_1003", "borrower_ssn"),
    )
    return set(file.said(*places)) <= known


def _births(file: File) -> bool:
    days = {person.born for person in file.story.borrowers}
    places = (("driver_license", "date_of_birth"), ("passport", "date_of_birth"), ("urla_1003", "borrower_dob"))
    return set(file.said(*places)) <= days


def _starts(file: File) -> bool:
    days = {job.since for job in file.story.jobs}
    places = (("voe_1005", "hire_date"), ("paystub", "hire_date"), ("urla_1003", "employment_start_date"))
    return set(file.said(*places)) <= days


def _income(file: File) -> bool:
    for stub in file.of("paystub"):
        stated = [each for each in file.of("urla_1003") if each.values["employer_name"] == stub.values["employer_name"]]
        end = stub.day("period_end")
        elapsed = (end - date(end.year, 1, 1)).days + 1
        for each in stated:
            expected = each.cents("base_income") * 12 * elapsed / 365
            if abs(stub.cents("gross_ytd") - expected) > expected * TOLERANCE_PERCENT / 100:
                return False
    return True


def _wages(file: File) -> bool:
    for tax in file.of("form_1040"):
        unlike = {
            p.values["employer_ein"]: p.cents("wages")
            for p in file.of("w2")
            if p.values["tax_year"] == tax.values["tax_year"]
        }
        if len(unlike) == len(file.story.jobs) and (sum(unlike.values()) + 50) // 100 != tax.cents("wages") // 100:
            return False
    return True


def _deposited(file: File) -> bool:
    paid = [
        (row[0], cents(row[2]))
        for p in file.of("bank_statement")
        for row in p.table("transactions")
        if "PAYROLL" in str(row[1])
    ]
    amounts = {stub.cents("net_pay") for stub in file.of("paystub")}
    here = {job.pay(file.story.applied.year).net for job in file.story.jobs}
    this_year = [
        amount for day, amount in paid if isinstance(day, date) and day >= date(file.story.applied.year, 1, 15)
    ]
    return not amounts or all(amount in here for amount in this_year)


def _stub(file: File) -> bool:
    return all(p.cents("gross_pay") - p.cents("total_deductions") == p.cents("net_pay") for p in file.of("paystub"))


def _balances(file: File) -> bool:
    for paper in file.of("bank_statement"):
        balance = paper.cents("beginning_balance")
        for row in paper.table("transactions"):
            balance += cents(row[2])
            if balance != cents(row[3]):
                return False
        if balance != paper.cents("ending_balance"):
            return False
        if (
            paper.cents("beginning_balance") + paper.cents("total_deposits") - paper.cents("total_withdrawals")
            != balance
        ):
            return False
    return True


def _chain(file: File) -> bool:
    papers = sorted(file.of("bank_statement"), key=lambda each: each.day("period_start"))
    follow = [(a, b) for a, b in pairwise(papers) if b.day("period_start") - a.day("period_end") == timedelta(days=1)]
    return all(a.cents("ending_balance") == b.cents("beginning_balance") for a, b in follow)


def _sourced(file: File) -> bool:
    large = file.story.income // 2
    return not any(
        cents(row[2]) > large and not any(word in str(row[1]) for word in ("PAYROLL", "GIFT"))
        for paper in file.of("bank_statement")
        for row in paper.table("transactions")
    )


def _owners(file: File) -> bool:
    names = {person.name for person in file.story.borrowers}
    said = file.said(("bank_statement", "account_holder_name"), ("investment_statement", "account_holder_name"))
    return all(name in names for name in said)


def _debts(file: File) -> bool:
    told = {row[1] for paper in file.of("urla_1003") for row in paper.table("liabilities")}
    owed = {row[0] for paper in file.of("credit_report") for row in paper.table("debts")}
    return owed <= told or not any(True for _ in file.of("urla_1003"))


def _value(file: File) -> bool:
    return all(paper.cents("appraised_value") >= file.story.loan.amount for paper in file.of("appraisal_1004"))


def _fees(file: File) -> bool:
    def charges(label: str) -> list[Mapping[object, Decimal]]:
        return [
            {row[0]: row[1] for row in paper.table("origination") if isinstance(row[1], Decimal)}
            for paper in file.of(label)
        ]

    return all(
        now <= before.get(what, now)
        for before in charges("loan_estimate")
        for after in charges("closing_disclosure")
        for what, now in after.items()
    )


def _not_older(label: str, name: str) -> Law:
    return lambda file: all(file.story.closing - p.day(name) <= timedelta(days=AGE_DAYS_MAX) for p in file.of(label))


def _statements(file: File) -> bool:
    ends = [paper.day("period_end") for paper in file.of("bank_statement")]
    return not ends or file.story.closing - max(ends) <= timedelta(days=AGE_DAYS_MAX)


def _unexpired(file: File) -> bool:
    return all(paper.day("expiration_date") > file.story.closing for paper in file.of("driver_license", "passport"))


def _signed(file: File) -> bool:
    papers = [paper for paper in file.papers if "signature_date" in paper.values]
    return all(paper.has("signature_date") for paper in papers)


def _twice(file: File) -> bool:
    keys = [(paper.label, paper.sub, tuple(paper.values.items())) for paper in file.papers]
    return len(set(keys)) == len(keys)


LAWS: Mapping[str, Law] = MappingProxyType(
    {
        "names_agree": _names,
        "ssn_agrees": _ssns,
        "birth_date_agrees": _births,
        "employment_start_agrees": _starts,
        "income_supported": _income,
        "wages_on_return": _wages,
        "pay_is_deposited": _deposited,
        "pay_adds_up": _stub,
        "balance_adds_up": _balances,
        "balance_chain": _chain,
        "large_deposit_sourced": _sourced,
        "account_owner": _owners,
        "liabilities_disclosed": _debts,
        "price_agrees": _same(
            ("purchase_agreement", "purchase_price"), ("urla_1003", "sale_price"), ("loan_estimate", "sale_price"),
            ("closing_disclosure", "sale_price"), ("appraisal_1004", "contract_price"),
        ),
        "loan_to_value": _value,
        "note_agrees": _same(
            ("mortgage_note", "interest_rate"), ("loan_estimate", "interest_rate"), ("closing_disclosure", "interest_rate")
        ),
        "fee_tolerance": _fees,
        "vesting_agrees": _same(
            ("title_commitment", "proposed_insured"), ("mortgage_note", "borrower_name"), ("closing_disclosure", "borrower_name")
        ),
        "property_agrees": _same(
            *((label, "property_address") for label in (
                "purchase_agreement", "appraisal_1004", "title_commitment", "hoi_declaration", "flood_cert",
                "loan_estimate", "closing_disclosure", "mortgage_note",
            ))
        ),
        "statement_age": _statements,
        "credit_report_age": _not_older("credit_report", "report_date"),
        "purpose_agrees": _same(("urla_1003", "loan_purpose"), ("loan_estimate", "loan_purpose"), ("closing_disclosure", "loan_purpose")),
        "signed_by_closing": _signed,
        "identity_unexpired": _unexpired,
        "pages_complete": lambda file: not file.lost,
        "documents_complete": lambda file: file.required <= {paper.label for paper in file.papers},
        "no_duplicates": _twice,
    }
)  # fmt: skip
"""Every law by the rule across documents that it stands for."""


def broken(
    story: Story, papers: Sequence[Paper], required: Collection[str] = (), lost: Collection[str] = ()
) -> frozenset[str]:
    """Give the laws that papers break."""
    file = File(story, tuple(papers), frozenset(required), lost)
    return frozenset(rule for rule, law in LAWS.items() if not law(file))
