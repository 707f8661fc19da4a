"""What tokens cost and pictures are: a table with its date and sources, read from TOML."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import cast

from attrs import frozen

from casefold.codecs import converter, structure
from casefold.kernel.results import Failure
from casefold.vision.tokens import MILLION, ImageTokens, Prices

_CONVERTER = converter(ImageTokens)
_PRICES = ("input", "cached", "output")


@frozen
class Entry:
    """A model of the table; ``image`` is ``None`` where it takes no pictures."""

    prices: Prices
    image: ImageTokens | None


def shipped_entries() -> Mapping[str, Entry]:
    """Give the entries of the table that ships with casefold, by the model's name."""
    table = tomllib.loads((Path(__file__).parent / "models.toml").read_text("utf-8"), parse_float=Decimal)
    version = str(table.pop("version"))
    found = {name: read_entry(f"{name} of {version}", cast("object", raw)) for name, raw in table.items()}
    return {name: entry for name, entry in found.items() if isinstance(entry, Entry)}


def read_entry(name: str, raw: object) -> Entry | list[str]:
    """Read an entry, or say what is wrong with it; *name* is what a case will call it."""
    if not isinstance(raw, dict):
        return ["it is no table; write input, cached, output (dollars for a million tokens) and image"]
    told = cast("dict[str, object]", raw)
    wrong = [f"there is no key {key!r}; it takes input, cached, output, batch and image" for key in told if key not in
             {*_PRICES, "batch", "image"}]  # fmt: skip
    amounts = {key: micro_usd(told.get(key, told.get("input") if key == "cached" else None)) for key in _PRICES}
    wrong += [f"{key} is an amount of dollars from 0 on" for key, amount in amounts.items() if amount is None]
    batch = micro_usd(told.get("batch", 1))
    if batch is None or batch > MILLION:
        wrong.append("batch is a share from 0 to 1")
    image: ImageTokens | None = None
    if "image" in told and told["image"] is not False:
        made = structure(_CONVERTER, told["image"], cast("type[ImageTokens]", ImageTokens))
        if isinstance(made, Failure):
            wrong += [f"image: {problem}" for problem in made.failure().problems]
        else:
            image = made.unwrap()
    if wrong:
        return wrong
    numbers = [amount or 0 for amount in amounts.values()]
    return Entry(Prices(name, numbers[0], numbers[1], numbers[2], (batch or 0) // 1_000), image)


def micro_usd(raw: object) -> int | None:
    """Read dollars as millionths of one, rounded up; nothing where they are none.

    >>> micro_usd(Decimal("0.075")), micro_usd(2), micro_usd(-1), micro_usd(True)
    (75000, 2000000, None, None)
    """
    if isinstance(raw, bool) or not isinstance(raw, (int, Decimal)):
        return None
    amount = Decimal(raw)
    if not amount.is_finite() or not 0 <= amount <= MILLION:
        return None
    return int(-(-amount * MILLION // 1))
