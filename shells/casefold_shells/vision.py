"""Where a language model is and what it may cost: a file in TOML says it.

The key stays in an environment variable that the file names; neither the case nor any message holds it.
"""

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

from attrs import evolve, field, frozen

from casefold.kernel.odds import PPM
from casefold.kernel.results import Failure, Result, Success
from casefold.vision.tier import Accuracy, VisionTier
from casefold.vision.tokens import ImageTokens, Prices

_URL = re.compile(r"https?://([A-Za-z0-9.-]+|\[[0-9a-fA-F:.]+\])(:[0-9]{1,5})?(/[!-~]*)?")

_WHOLE = (
    ("long_side_pixels", 256, 4_096),
    ("text_bytes_max", 0, 100_000),
    ("pages_a_call", 1, 20),
    ("pages_max", 1, 100_000),
    ("output_tokens_a_page", 40, 10_000),
    ("output_tokens_more", 0, 100_000),
    ("calls_at_once", 1, 64),
)
_OTHERS = (
    "base_url", "model", "key", "prices", "own_prices", "pictures", "budget_usd", "review_usd", "accuracy", "cache",
    "timeout_seconds", "retries", "wait_seconds_max", "tokens_parameter", "use_proxy_settings",
)  # fmt: skip


@frozen
class VisionServer:
    """Where a language model is, and how long to try.

    Attributes:
        base_url: The address below which the protocol is spoken.
        key: What opens it; a secret.
        cache: The folder in which answers are kept; ``None`` to keep none.
        timeout_seconds: How long an attempt may take.
        retries: How often a request that nobody took is sent again.
        wait_seconds_max: No wait is longer.
        tokens_parameter: What the server calls the bound of an answer.
        use_proxy_settings: Whether proxies and certificates of the environment count.
    """

    base_url: str
    key: str = field(default="", repr=False)
    cache: Path | None = None
    timeout_seconds: Decimal = Decimal(120)
    retries: int = 4
    wait_seconds_max: Decimal = Decimal(60)
    tokens_parameter: str = "max_completion_tokens"
    use_proxy_settings: bool = False


@frozen
class Vision:
    """What a case may ask, and where."""

    tier: VisionTier
    server: VisionServer


@frozen
class VisionUnusable:
    """A file does not say what may be asked where; each of *reasons* says what and where."""

    reasons: tuple[str, ...]


def vision_at(path: Path, environment: Mapping[str, str]) -> Result[Vision, VisionUnusable]:
    """Read what may be asked, and where; the key is taken from the variable of *environment* that the file names."""
    try:
        raw = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    except OSError as error:
        return Failure(VisionUnusable((f"{path}: {error.strerror or 'it cannot be read'}; check the path",)))
    except ValueError as error:
        return Failure(VisionUnusable((f"{path}: it is not TOML: {error}",)))
    if not find_spec("openai"):
        return Failure(VisionUnusable(("to ask a language model takes `pip install 'casefold[llm]'`",)))
    wrong: list[str] = []
    known = {name for name, _, _ in _WHOLE} | set(_OTHERS)
    wrong += [f"there is no key {key!r}; it takes {', '.join(sorted(known))}" for key in raw if key not in known]
    server = _server(path, raw, environment, wrong)
    tier = _tier(raw, wrong)
    return Failure(VisionUnusable(tuple(f"{path}: {each}" for each in wrong))) if wrong else Success(
        Vision(tier, server)
    )  # fmt: skip


def _server(path: Path, raw: Mapping[str, object], environment: Mapping[str, str], wrong: list[str]) -> VisionServer:
    url = raw.get("base_url")
    if not isinstance(url, str) or not _URL.fullmatch(url):
        wrong.append("base_url is an address such as https://llm.example/v1, without a password; use key")
    name = raw.get("key")
    key = environment.get(str(name), "") if name is not None else ""
    if name is not None and (not key or not key.isascii() or not key.isprintable()):
        wrong.append(f"key names an environment variable, and {name} holds none")
    cache = raw.get("cache")
    if not isinstance(cache, str | None):
        wrong.append("cache is a folder, beside this file if it is relative")
    timeout, wait = _seconds(raw.get("timeout_seconds", 120)), _seconds(raw.get("wait_seconds_max", 60))
    retries = raw.get("retries", 4)
    if timeout is None or wait is None:
        wrong.append("timeout_seconds and wait_seconds_max are numbers above 0")
    if not _is_whole(retries, 0, 100):
        wrong.append("retries is a whole number from 0 to 100")
    bound = raw.get("tokens_parameter", "max_completion_tokens")
    if bound not in {"max_completion_tokens", "max_tokens"}:
        wrong.append("tokens_parameter is max_completion_tokens or max_tokens")
    proxies = raw.get("use_proxy_settings", False)
    if not isinstance(proxies, bool):
        wrong.append("use_proxy_settings is true or false")
    return VisionServer(
        str(url),
        key,
        path.parent / cache if isinstance(cache, str) else None,
        timeout or Decimal(120),
        retries if isinstance(retries, int) else 0,
        wait or Decimal(60),
        str(bound),
        proxies is True,
    )


def _tier(raw: Mapping[str, object], wrong: list[str]) -> VisionTier:
    from casefold_adapters.llm.prices import micro_usd

    model = raw.get("model")
    if not isinstance(model, str) or not model:
        wrong.append("model is the model's name at its endpoint")
    prices, image = _prices(raw, wrong)
    if raw.get("pictures", True) is False:
        image = None
    elif raw.get("pictures", True) is not True:
        wrong.append("pictures is true or false")
    numbers: dict[str, int] = {}
    for name, least, most in _WHOLE:
        if _is_whole(value := raw.get(name, least), least, most):
            numbers |= {name: cast("int", value)} if name in raw else {}
        else:
            wrong.append(f"{name} is a whole number from {least:,} to {most:,}")
    for key, name in (("budget_usd", "budget_micro_usd"), ("review_usd", "review_micro_usd")):
        amount = micro_usd(raw.get(key, 0))
        if amount is None:
            wrong.append(f"{key} is an amount of dollars from 0 on")
        elif key in raw:
            numbers[name] = amount
    tier = VisionTier(str(model), prices, image, accuracy=_accuracy(raw.get("accuracy", {}), wrong))
    return evolve(tier, **cast("dict[str, Any]", numbers))


def _prices(raw: Mapping[str, object], wrong: list[str]) -> tuple[Prices, ImageTokens | None]:
    from casefold_adapters.llm.prices import Entry, read_entry, shipped_entries

    entries = shipped_entries()
    name = raw.get("prices", raw.get("model"))
    nothing = Prices("", 0, 0, 0), None
    if "own_prices" in raw:
        entry = read_entry(f"own prices of {raw.get('model')}", raw["own_prices"])
        if not isinstance(entry, Entry):
            wrong += [f"own_prices: {each}" for each in entry]
            return nothing
        return entry.prices, entry.image
    found = entries.get(str(name))
    if found is None:
        wrong.append(f"nobody knows the prices of {name!r}; write prices = one of {', '.join(entries)}, or own_prices")
        return nothing
    return found.prices, found.image


def _accuracy(raw: object, wrong: list[str]) -> Accuracy:
    if not isinstance(raw, dict):
        wrong.append("accuracy is a table of label, boundary and settled, shares from 0 to 1, and measured_on")
        return Accuracy()
    told = cast("dict[str, object]", raw)
    keys = {"label": "label_ppm", "boundary": "boundary_ppm", "settled": "settled_ppm"}
    wrong += [f"accuracy has no key {key!r}" for key in told if key not in {*keys, "measured_on"}]
    shares: dict[str, int] = {}
    for key, name in keys.items():
        value = told.get(key)
        if value is None:
            continue
        if isinstance(value, (Decimal, int)) and not isinstance(value, bool) and 0 < value < 1:
            shares[name] = int(value * PPM)
        else:
            wrong.append(f"accuracy.{key} is a share between 0 and 1")
    measured = told.get("measured_on", "")
    if not isinstance(measured, str):
        wrong.append("accuracy.measured_on is text: what the shares were measured on")
    return evolve(Accuracy(str(measured)), **cast("dict[str, Any]", shares))


def _is_whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _seconds(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)) or not Decimal(value).is_finite():
        return None
    return Decimal(value) if 0 < value <= 86_400 else None
