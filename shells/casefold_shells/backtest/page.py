"""``backtest.html``: a backtest for a credit officer, in one file that asks nothing of any network.

The same result gives the same bytes; there is no script.
"""

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from importlib.resources import files
from typing import Any, cast

from attrs import frozen
from markupsafe import Markup

from casefold_shells.backtest import words
from casefold_shells.report.words import counted, shown


def page_of(value: Mapping[str, Any]) -> str:
    """Write the page of what `casefold_shells.backtest.telling.told` tells."""
    # As long to import as many rows to decide, and needed by those who write a page only.
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("casefold_shells.backtest"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    cast("dict[str, object]", environment.filters).update(
        percent=_percent,
        ended=words.ended_words,
        by_outcome=_judged_words,
        count_of=_count_of,
        fact=words.fact_text,
        brief=words.brief,
        shown=shown,
        counted=counted,
    )
    style = _asset("report", "report.css") + _asset("backtest", "backtest.css")
    return environment.get_template("backtest.html").render(
        value=value,
        names=words.policy_words(value["policies"]),
        verdict=_unbroken(words.verdict(value)),
        points=_points,
        matrix=matrix_of(value),
        style=style,
        style_digest="sha256-" + b64encode(sha256(style.encode()).digest()).decode("ascii"),
    )


def _unbroken(text: str) -> str:
    """Keep a number and its unit on one line."""
    return text.replace(" %", "\u00a0%").replace(" points", "\u00a0points").replace("< 0.1", "<\u00a00.1")


def _percent(share: object) -> str:
    return _unbroken(words.percent(share))


def _points(one: object, other: object) -> str:
    return _unbroken(words.points(one, other))


def _judged_words(judged: Mapping[str, Any]) -> str:
    kind = "outcome" if "outcome" in judged else "undecided"
    return words.ended_words({kind: judged[kind]})


def _count_of(matrix: list[Mapping[str, Any]], ended: list[Mapping[str, str]]) -> int:
    return cast("int", next(each["count"] for each in matrix if each["ended"] == ended))


@frozen
class Cell:
    """A cell of the matrix.

    Attributes:
        heat: How strongly it is coloured, in percent: by the root of its share, for most are small.
        kind: ``same``, ``better`` or ``worse`` for the applicant, or ``open`` where one of them did not decide.
    """

    count: int
    share: str
    heat: int
    kind: str


@frozen
class Matrix:
    """How applications ended by one policy, a row each, and by the other, a column each.

    Attributes:
        undecided: Why nothing was decided, how often by the one, and how often by the other.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    undecided: tuple[tuple[str, int, int], ...]


UNDECIDED = "not decided"


def matrix_of(value: Mapping[str, Any]) -> Matrix:
    """Lay the matrix out; whatever was not decided has one row and one column."""
    counts, whys = dict[tuple[str, str], int](), dict[str, list[int]]()
    for each in value["matrix"]:
        ended: list[Mapping[str, str]] = each["ended"]
        key = ended[0].get("outcome", UNDECIDED), ended[1].get("outcome", UNDECIDED)
        counts[key] = counts.get(key, 0) + each["count"]
        for side, one in enumerate(ended):
            if "undecided" in one:
                whys.setdefault(one["undecided"], [0, 0])[side] += each["count"]
    orders: list[list[str]] = [each["outcomes"] for each in value["policies"]]
    sides = [[*order, *([UNDECIDED] if whys else [])] for order in orders]
    rows = tuple(
        (one, tuple(_cell(counts.get((one, other), 0), value["rows"], _kind(orders, one, other)) for other in sides[1]))
        for one in sides[0]
    )
    undecided = tuple(
        (words.WHY.get(why, why.replace("_", " ")), one, other) for why, (one, other) in sorted(whys.items())
    )
    return Matrix(tuple(sides[1]), rows, undecided)


def _cell(count: int, rows: int, kind: str) -> Cell:
    share = count / rows if count else 0
    return Cell(count, str(share), 12 + round(share**0.5 * 60), kind)


def _kind(orders: list[list[str]], one: str, other: str) -> str:
    if UNDECIDED in {one, other}:
        return "open"
    if one == other:
        return "same"
    if other not in orders[0]:
        return "open"
    return "better" if orders[0].index(other) < orders[0].index(one) else "worse"


def _asset(room: str, name: str) -> Markup:
    """Give a file of ours, which is written as it stands."""
    return Markup((files(f"casefold_shells.{room}") / "templates" / name).read_text(encoding="utf-8"))  # noqa: S704
