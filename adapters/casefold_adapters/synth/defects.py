"""Break a coherent file in chosen ways; each kind breaks one rule across documents and no other."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import TypeAlias

from attrs import frozen

from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.stories import Story
from casefold_adapters.synth.truths import Defect
from casefold_adapters.synth.values import Paper, Row, cents, money, shown


@frozen
class Change:
    """What a defect does to a file: papers in the place of others, papers taken out, pages that are lost."""

    changed: tuple[tuple[str, Paper], ...] = ()
    removed: tuple[str, ...] = ()
    added: tuple[Paper, ...] = ()
    lost: tuple[tuple[str, int], ...] = ()
    touched: tuple[str, ...] = ()
    detail: str = ""


Papers: TypeAlias = Mapping[str, Paper]
Break: TypeAlias = Callable[[Story, Papers, Chance], Change | None]


def key_of(paper: Paper) -> str:
    """Name a paper in its file."""
    return f"{paper.label}/{paper.key}"


def _other_name(name: str, chance: Chance) -> str:
    last = chance.pick(("Haldane", "Okonkwo", "Vasquez-Lind", "Petrov", "Marchetti"))
    return f"{name.rsplit(' ', 1)[0]} {last}"


def _first(papers: Papers, label: str) -> str | None:
    return next((key for key in papers if key.startswith(label + "/")), None)


def _set(label: str, words: str, **how: Callable[[Story, Paper, Chance], object]) -> Break:
    """Give a break that puts other values on the first paper of a class."""

    def broken(story: Story, papers: Papers, chance: Chance) -> Change | None:
        key = _first(papers, label)
        if key is None:
            return None
        paper = papers[key]
        new = {name: make(story, paper, chance.child(name)) for name, make in how.items()}
        old = ", ".join(f"{name} was {paper.t(name)}" for name in new)
        return Change(((key, paper.having(**new)),), touched=(key,), detail=f"{words}: {old}")  # type: ignore[arg-type]

    return broken


def _plus(name: str, percent: int, extra: int = 0) -> Callable[[Story, Paper, Chance], object]:
    return lambda _, paper, __: money(paper.cents(name) * (100 + percent) // 100 + extra)


def _refinance(_: Story, __: Paper, ___: Chance) -> str:
    return "Refinance"


def _nothing(_: Story, __: Paper, ___: Chance) -> str:
    return ""


def _ssn(_: Story, paper: Paper, __: Chance) -> str:
    number = str(paper.values["employee_ssn"])
    return number[:-4] + f"{(int(number[-4:]) + 4321) % 9000 + 1000:04}"


def _statements(papers: Papers) -> list[str]:
    return [key for key in papers if key.startswith("bank_statement/")]


def _chain(_: Story, papers: Papers, chance: Chance) -> Change | None:
    """Begin the second statement with another balance than the first one ended with; inside, it still adds up."""
    keys = _statements(papers)
    if len(keys) < 2:
        return None
    more = chance.cents(350, 2_400)
    paper = papers[keys[1]]
    rows = [(row[0], row[1], row[2], money(cents(row[3]) + more)) for row in paper.table("transactions")]
    new = paper.with_rows("transactions", rows).having(
        beginning_balance=money(paper.cents("beginning_balance") + more),
        ending_balance=money(paper.cents("ending_balance") + more),
    )
    detail = f"begins with {shown(new.values['beginning_balance'])}, the one before ended with {papers[keys[0]].t('ending_balance')}"
    return Change(((keys[1], new),), touched=(keys[0], keys[1]), detail=detail)


def _deposit(story: Story, papers: Papers, chance: Chance) -> Change | None:
    """Put money from nowhere into the last statement."""
    keys = _statements(papers)
    if not keys:
        return None
    paper = papers[keys[-1]]
    amount = story.income * chance.between(70, 130) // 100 // 10_000 * 10_000
    rows = list(paper.table("transactions"))
    at = len(rows) * 2 // 3
    day = rows[at][0]
    words = chance.pick(("COUNTER DEPOSIT", "CASH DEPOSIT BRANCH 0042", "DEPOSIT"))
    rows[at:at] = [(day, words, money(amount), money(cents(rows[at - 1][3]) + amount))]
    rows[at + 1 :] = [(row[0], row[1], row[2], money(cents(row[3]) + amount)) for row in rows[at + 1 :]]
    new = paper.with_rows("transactions", rows).having(
        total_deposits=money(paper.cents("total_deposits") + amount),
        ending_balance=money(paper.cents("ending_balance") + amount),
        deposit_count=int(str(paper.values["deposit_count"])) + 1,
    )
    return Change(((keys[-1], new),), touched=(keys[-1],), detail=f"{words} of {shown(money(amount))} on {shown(day)}")


def _pay_deposit(_: Story, papers: Papers, __: Chance) -> Change | None:
    """Let the bank receive less pay than the stubs say, in every statement."""
    if _first(papers, "paystub") is None:
        return None
    changed: list[tuple[str, Paper]] = []
    shift = 0
    for key in _statements(papers):
        paper = papers[key]
        begin, into = shift, 0
        rows: list[Row] = []
        for row in paper.table("transactions"):
            amount = cents(row[2])
            if "PAYROLL" in str(row[1]):
                less = amount * 12 // 100
                amount, shift, into = amount - less, shift - less, into - less
            rows.append((row[0], row[1], money(amount), money(cents(row[3]) + shift)))
        new = paper.with_rows("transactions", rows).having(
            beginning_balance=money(paper.cents("beginning_balance") + begin),
            ending_balance=money(paper.cents("ending_balance") + shift),
            total_deposits=money(paper.cents("total_deposits") + into),
        )
        changed.append((key, new))
    keys = tuple(key for key, _ in changed)
    return Change(tuple(changed), touched=keys, detail="payroll deposits are 12 % less than net pay") if keys else None


def _stale(story: Story, papers: Papers, __: Chance) -> Change | None:
    """Take statements of half a year before."""
    changed: list[tuple[str, Paper]] = []
    for key in _statements(papers):
        paper = papers[key]
        days = [_earlier(paper.day(name)) for name in ("period_start", "period_end")]
        rows = [
            (_earlier(row[0]) if isinstance(row[0], date) else row[0], *row[1:]) for row in paper.table("transactions")
        ]
        changed.append((key, paper.having(period_start=days[0], period_end=days[1]).with_rows("transactions", rows)))
    keys = tuple(key for key, _ in changed)
    return (
        Change(
            tuple(changed), touched=keys, detail=f"all statements end more than 120 days before {shown(story.closing)}"
        )
        if keys
        else None
    )


def _earlier(day: date) -> date:
    month = day.year * 12 + day.month - 1 - 6
    end = (date(month // 12, month % 12 + 1, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    last = (day + timedelta(days=1)).day == 1
    return end if last else end.replace(day=min(day.day, end.day))


def _wages(_: Story, papers: Papers, chance: Chance) -> Change | None:
    key = _first(papers, "form_1040")
    if key is None:
        return None
    more, paper = chance.between(2_500, 9_500) * 100, papers[key]
    names = ("wages", "total_income", "adjusted_gross_income", "taxable_income")
    new = paper.having(**{name: money(paper.cents(name) + more) for name in names})
    return Change(((key, new),), touched=(key,), detail=f"the wages line was {paper.t('wages')}")


def _hidden_debt(_: Story, papers: Papers, chance: Chance) -> Change | None:
    key = _first(papers, "credit_report")
    if key is None:
        return None
    paper = papers[key]
    balance, payment = chance.between(80, 310) * 10_000, chance.between(210, 640) * 100
    day = paper.day("report_date") - timedelta(days=chance.between(120, 900))
    row: Row = (
        "Meadowlark Recreation Finance",
        chance.digits(10),
        "Installment",
        day,
        money(balance * 2),
        money(balance),
        money(payment),
    )
    new = paper.with_rows("debts", (*paper.table("debts"), row)).having(
        total_balance=money(paper.cents("total_balance") + balance),
        total_payment=money(paper.cents("total_payment") + payment),
    )
    return Change(((key, new),), touched=(key,), detail=f"{row[0]}, {shown(money(balance))}, is not in the application")


def _fee(_: Story, papers: Papers, chance: Chance) -> Change | None:
    key = _first(papers, "closing_disclosure")
    if key is None:
        return None
    paper, more = papers[key], chance.between(25, 90) * 1_000
    rows = list(paper.table("origination"))
    rows[-1] = (rows[-1][0], money(cents(rows[-1][1]) + more))
    names = ("origination_charges", "total_loan_costs", "total_closing_costs", "cash_to_close")
    new = paper.with_rows("origination", rows).having(**{name: money(paper.cents(name) + more) for name in names})
    return Change(
        ((key, new),),
        touched=tuple(each for each in ("loan_estimate/first", key) if each in papers),
        detail=f"{rows[-1][0]} grew by {shown(money(more))}",
    )


def _page(_: Story, papers: Papers, chance: Chance) -> Change | None:
    keys = [
        key
        for key in ("loan_estimate/first", "closing_disclosure/final", "appraisal_1004/appraisal", "mortgage_note/note")
        if key in papers
    ]
    if not keys:
        keys = _statements(papers)
    if not keys:
        return None
    key = chance.pick(keys)
    return Change(lost=((key, 2),), touched=(key,), detail="page 2 is missing")


def _document(_: Story, papers: Papers, chance: Chance) -> Change | None:
    keys = [
        key
        for key in (
            "flood_cert/flood",
            "hoi_declaration/hoi",
            "title_commitment/title",
            "borrower_authorization/all",
            "utility_bill/electric",
        )
        if key in papers
    ]
    if not keys:
        return None
    key = chance.pick(keys)
    return Change(removed=(key,), detail=f"there is no {key.partition('/')[0]}")


def _twice(_: Story, papers: Papers, __: Chance) -> Change | None:
    key = _first(papers, "w2") or _first(papers, "bank_statement")
    if key is None:
        return None
    paper = papers[key]
    again = Paper(paper.label, paper.sub, paper.key + "-again", paper.values, paper.rows)
    return Change(added=(again,), touched=(key, key_of(again)), detail="the same document is in the file twice")


def _owner(_: Story, papers: Papers, chance: Chance) -> Change | None:
    """Give the account to somebody else."""
    keys = _statements(papers)
    names = {key: _other_name(papers[key].t("account_holder_name"), chance.child("name")) for key in keys}
    changed = tuple((key, papers[key].having(account_holder_name=names[key], second_holder_name="")) for key in keys)
    return Change(changed, touched=tuple(keys), detail="somebody else owns the account") if keys else None


def _id(papers: Papers) -> str | None:
    return _first(papers, "driver_license") or _first(papers, "passport")


def _expired(story: Story, papers: Papers, chance: Chance) -> Change | None:
    key = _id(papers)
    if key is None:
        return None
    day = story.applied - timedelta(days=chance.between(20, 400))
    new = papers[key].having(expiration_date=day, issue_date=day - timedelta(days=2922))
    return Change(((key, new),), touched=(key,), detail=f"it expired on {shown(day)}")


def _born(_: Story, papers: Papers, chance: Chance) -> Change | None:
    key = _first(papers, "driver_license")
    if key is None:
        return None
    day = papers[key].day("date_of_birth")
    other = day.replace(year=day.year - chance.between(1, 4))
    return Change(
        ((key, papers[key].having(date_of_birth=other)),), touched=(key,), detail=f"date of birth was {shown(day)}"
    )


@frozen
class Kind:
    """A kind of defect: the rule it breaks and how."""

    rule: str
    apply: Break


DEFECTS: Mapping[str, Kind] = MappingProxyType(
    {
        "name_mismatch": Kind("names_agree", _set("w2", "another name", employee_name=lambda _, p, c: _other_name(p.t("employee_name"), c))),
        "ssn_mismatch": Kind("ssn_agrees", _set("w2", "another number", employee_ssn=_ssn)),
        "dob_mismatch": Kind("birth_date_agrees", _born),
        "start_date_mismatch": Kind("employment_start_agrees", _set("voe_1005", "another start", hire_date=lambda _, p, c: p.day("hire_date") + timedelta(days=c.between(400, 900)))),
        "ytd_below_income": Kind("income_supported", _set("urla_1003", "more income is stated", base_income=_plus("base_income", 24), total_income=_plus("total_income", 24))),
        "wages_mismatch": Kind("wages_on_return", _wages),
        "pay_deposit_mismatch": Kind("pay_is_deposited", _pay_deposit),
        "altered_pay_total": Kind("pay_adds_up", _set("paystub", "gross pay was altered", gross_pay=_plus("gross_pay", 0, 64_000))),
        "large_deposit": Kind("large_deposit_sourced", _deposit),
        "broken_balance_chain": Kind("balance_chain", _chain),
        "owner_mismatch": Kind("account_owner", _owner),
        "undisclosed_debt": Kind("liabilities_disclosed", _hidden_debt),
        "price_mismatch": Kind("price_agrees", _set("closing_disclosure", "another price", sale_price=_plus("sale_price", 0, 750_000))),
        "low_appraisal": Kind("loan_to_value", _set("appraisal_1004", "a lower value", appraised_value=lambda s, _, c: money(s.loan.amount * c.between(90, 97) // 100))),
        "rate_change": Kind("note_agrees", _set("closing_disclosure", "another rate", interest_rate=lambda _, p, __: f"{float(p.t('interest_rate')) + 0.375:.3f}")),
        "fee_tolerance": Kind("fee_tolerance", _fee),
        "vesting_mismatch": Kind("vesting_agrees", _set("title_commitment", "other buyers", proposed_insured=lambda _, p, c: _other_name(p.t("proposed_insured"), c))),
        "address_mismatch": Kind("property_agrees", _set("hoi_declaration", "another house", property_address=lambda _, p, c: f"{c.between(10, 9900)} {p.t('property_address').partition(' ')[2]}")),
        "stale_statement": Kind("statement_age", _stale),
        "stale_credit_report": Kind("credit_report_age", _set("credit_report", "too old", report_date=lambda s, _, c: s.closing - timedelta(days=c.between(130, 190)))),
        "purpose_mismatch": Kind("purpose_agrees", _set("closing_disclosure", "another purpose", loan_purpose=_refinance)),
        "missing_signature": Kind("signed_by_closing", _set("urla_1003", "not signed", signature_date=_nothing)),
        "expired_id": Kind("identity_unexpired", _expired),
        "missing_page": Kind("pages_complete", _page),
        "missing_document": Kind("documents_complete", _document),
        "duplicate_document": Kind("no_duplicates", _twice),
    }
)  # fmt: skip
"""What can be wrong on purpose, and the rule that finds it."""


def plant(
    story: Story, papers: Sequence[Paper], kinds: Sequence[str]
) -> tuple[tuple[Paper, ...], tuple[Defect, ...], dict[str, int]]:
    """Give the papers with defects of the *kinds*, what was planted, and the pages that are lost by paper.

    A kind that the file has no place for, or that would touch a paper broken already, is left out.
    """
    file = {key_of(paper): paper for paper in papers}
    found: list[Defect] = []
    lost: dict[str, int] = {}
    taken: set[str] = set()
    for kind in kinds:
        free = {key: paper for key, paper in file.items() if key not in taken}
        change = DEFECTS[kind].apply(story, free, story.chance(f"defect-{kind}"))
        if change is None:
            continue
        file |= dict(change.changed)
        for key in change.removed:
            del file[key]
        file |= {key_of(paper): paper for paper in change.added}
        lost |= dict(change.lost)
        taken |= {key for key, _ in change.changed} | set(change.touched)
        found.append(Defect(kind, DEFECTS[kind].rule, change.touched, change.detail))
    return tuple(file.values()), tuple(found), lost


def drawn_kinds(chance: Chance, count: int) -> tuple[str, ...]:
    """Draw so many kinds of defect."""
    return chance.some(tuple(DEFECTS), count)
