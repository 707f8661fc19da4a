"""Say what is true of a made-up file: its pages, the values on them, and what is wrong on purpose."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from attrs import frozen

from casefold_adapters.synth.sheets import Placed, SheetPage
from casefold_adapters.synth.values import plain

SCALE = 10_000
Box = tuple[float, float, float, float]


@frozen
class Defect:
    """Something wrong on purpose.

    Attributes:
        kind: What was done.
        rule: The rule across documents that it breaks.
        papers: The keys of the papers it is in, as ``class/key``.
        detail: What was changed, in words.
    """

    kind: str
    rule: str
    papers: tuple[str, ...]
    detail: str


_RENAMED: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "": MappingProxyType({"borrower_dob": "borrower_date_of_birth"}),
        "ssn_card": MappingProxyType({"name": "full_name"}),
        "paystub": MappingProxyType(
            {
                "gross_ytd": "gross_pay_ytd",
                "net_ytd": "net_pay_ytd",
                "total_deductions": "deductions",
                "total_deductions_ytd": "deductions_ytd",
                "hire_date": "employment_start_date",
            }
        ),
        "form_1040": MappingProxyType({"ordinary_dividends": "dividends"}),
        "urla_1003": MappingProxyType(
            {
                "job_title": "position",
                "base_income": "base_monthly_income",
                "total_income": "total_monthly_income",
                "marital_status": "borrower_marital_status",
                "sale_price": "purchase_price",
                "property_value": "estimated_value",
            }
        ),
        "bank_statement": MappingProxyType({"account_holder_name": "account_holder"}),
        "gift_letter": MappingProxyType({"letter_date": "signature_date", "gift_date": "date"}),
        "voe_1005": MappingProxyType(
            {
                "job_title": "position",
                "hire_date": "employment_start_date",
                "annual_salary": "base_pay",
                "gross_ytd": "gross_pay_ytd",
                "ytd_through": "ytd_through_date",
                "verifier": "signer_name",
                "verification_date": "signature_date",
            }
        ),
        "loan_estimate": MappingProxyType(
            {
                "issue_date": "date_issued",
                "monthly_payment": "monthly_principal_interest",
                "estimated_payment": "total_monthly_payment",
                "total_closing_costs": "closing_costs",
            }
        ),
        "closing_disclosure": MappingProxyType(
            {
                "issue_date": "date_issued",
                "monthly_payment": "monthly_principal_interest",
                "estimated_payment": "total_monthly_payment",
                "total_closing_costs": "closing_costs",
            }
        ),
    }
)
"""What the fields of `lending-us-fields` are called, where a paper calls them something else."""

_JOINED = (
    ("employee_address", ("employee_street", "employee_city_line")),
    ("employer_address", ("employer_street", "employer_city_line")),
    ("account_holder_address", ("account_holder_street", "account_holder_city_line")),
    ("recipient_address", ("recipient_street", "recipient_city_line")),
    ("customer_address", ("customer_street", "customer_city_line")),
    ("borrower_address", ("current_street", "current_city", "current_state", "current_zip")),
    ("address", ("taxpayer_street", "taxpayer_city", "taxpayer_state", "taxpayer_zip")),
    ("address", ("taxpayer_street", "taxpayer_city_line")),
    ("address", ("street", "city_line")),
    ("full_name", ("first_name", "last_name")),
)


def fields(label: str, pages: Sequence[tuple[int, SheetPage, Mapping[int, Box]]]) -> list[dict[str, object]]:
    """Give every value on a document's pages, with its page in the file and its box; a joined one has the box of all.

    A page comes with its number in the file and, where it is a picture, the places of its values in that.
    """
    names = {**_RENAMED[""], **_RENAMED.get(label, {})}
    rows: list[dict[str, object]] = []
    for number, page, moved in pages:
        boxes = {at: moved.get(at) or shares(page, placed) for at, placed in enumerate(page.fields)}
        by_name = {placed.name: at for at, placed in enumerate(page.fields)}
        for at, placed in enumerate(page.fields):
            name = names.get(placed.name, placed.name)
            rows.append(_row(name, plain(placed.value), placed.text, number, [boxes[at]]))
        for name, parts in _JOINED:
            if all(part in by_name for part in parts):
                found = [page.fields[by_name[part]] for part in parts]
                joined = _address(found)
                rows.append(_row(name, joined, joined, number, [boxes[by_name[part]] for part in parts]))
    return rows


def _address(parts: Iterable[Placed]) -> str:
    texts = [part.text for part in parts]
    if len(texts) == 4:
        return f"{texts[0]}, {texts[1]}, {texts[2]} {texts[3]}"
    separator = " " if not any(sign.isdigit() for sign in texts[0]) else ", "
    return separator.join(texts)


def shares(page: SheetPage, placed: Placed) -> Box:
    """Give a value's box in shares of the page."""
    left, top, right, bottom = placed.box
    return left / page.width, top / page.height, right / page.width, bottom / page.height


def _row(name: str, value: str, text: str, page: int, boxes: Sequence[Box]) -> dict[str, object]:
    box = (
        min(each[0] for each in boxes), min(each[1] for each in boxes),
        max(each[2] for each in boxes), max(each[3] for each in boxes),
    )  # fmt: skip
    whole = [min(SCALE, max(0, round(side * SCALE))) for side in box]
    return {"name": name, "value": value, "text": text, "page": page, "box": whole}
