"""``calibration.html``: a calibration for a risk officer, in one file that asks nothing of any network."""

from base64 import b64encode
from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256
from importlib.resources import files
from typing import Any, cast

from markupsafe import Markup

from casefold_shells.report.words import shown


def page_of(value: Mapping[str, Any]) -> str:
    """Write the page of what `casefold_shells.calibrating.telling.told` tells."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("casefold_shells.calibrating"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    cast("dict[str, object]", environment.filters).update(percent=percent, shown=shown)
    style = (
        _asset("report", "report.css") + _asset("backtest", "backtest.css") + _asset("calibrating", "calibration.css")
    )
    return environment.get_template("calibration.html").render(
        value=value,
        style=style,
        style_digest="sha256-" + b64encode(sha256(style.encode()).digest()).decode("ascii"),
    )


def percent(ppm: object) -> str:
    """Write parts per million as a percentage, to the last digit."""
    return f"{Decimal(str(ppm)).scaleb(-4).normalize():f}\u00a0%"


def _asset(room: str, name: str) -> Markup:
    """Give a file of ours, which is written as it stands."""
    return Markup((files(f"casefold_shells.{room}") / "templates" / name).read_text(encoding="utf-8"))  # noqa: S704
