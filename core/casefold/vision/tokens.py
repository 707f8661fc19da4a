"""What pictures and texts are in tokens, and what tokens cost: data of a price table, worked out in whole numbers."""

from typing import TypeAlias

from attrs import frozen

MILLION = 1_000_000


@frozen
class FixedTokens:
    """Every picture is so many tokens."""

    tokens: int


@frozen
class TileTokens:
    """A picture is fitted into a square, then its short side shrunk, then cut into tiles.

    Attributes:
        fit_pixels: The side of the square.
        short_pixels: What the short side is shrunk to.
        tile_pixels: The side of a tile.
        base: Tokens of any picture.
        tile: Tokens of a tile.
    """

    fit_pixels: int
    short_pixels: int
    tile_pixels: int
    base: int
    tile: int


@frozen
class PatchTokens:
    """A picture is cut into patches, at most so many; each is a number of tokens.

    Attributes:
        patch_pixels: The side of a patch.
        long_pixels_max: What the long side is shrunk to; 0 for no bound.
        patches_max: A picture of more is shrunk to as many.
        per_thousand: Tokens of a thousand patches.
    """

    patch_pixels: int
    long_pixels_max: int
    patches_max: int
    per_thousand: int


ImageTokens: TypeAlias = FixedTokens | TileTokens | PatchTokens


def image_tokens(formula: ImageTokens, width: int, height: int) -> int:
    """Say how many tokens a picture is at most.

    A letter page of 1,650 pixels:

    >>> image_tokens(TileTokens(2048, 768, 512, 85, 170), 1275, 1650)
    765
    >>> image_tokens(PatchTokens(32, 0, 1536, 1620), 1275, 1650)
    2489
    >>> image_tokens(PatchTokens(28, 1568, 1568, 1000), 850, 1100)
    1240
    """
    match formula:
        case FixedTokens(tokens):
            return tokens
        case TileTokens():
            width, height = _fitted(width, height, formula.fit_pixels, formula.short_pixels)
            return formula.base + formula.tile * _cells(width, height, formula.tile_pixels)
        case PatchTokens():
            if formula.long_pixels_max and max(width, height) > formula.long_pixels_max:
                long = max(width, height)
                width = _shrunk(width, formula.long_pixels_max, long)
                height = _shrunk(height, formula.long_pixels_max, long)
            cells = min(_cells(width, height, formula.patch_pixels), formula.patches_max)
            return _up(cells * formula.per_thousand, 1_000)


def _fitted(width: int, height: int, fit: int, short: int) -> tuple[int, int]:
    long = max(width, height)
    if long > fit:
        width, height = _shrunk(width, fit, long), _shrunk(height, fit, long)
    least = min(width, height)
    return (_shrunk(width, short, least), _shrunk(height, short, least)) if least > short else (width, height)


def _shrunk(side: int, wanted: int, of: int) -> int:
    return max(1, _up(side * wanted, of))


def _cells(width: int, height: int, side: int) -> int:
    return _up(width, side) * _up(height, side)


def _up(number: int, by: int) -> int:
    return -(-number // by)


def picture_size(size: tuple[int, int], long_side_pixels: int) -> tuple[int, int]:
    """Give the width and height in pixels of a picture of a page; *size* is the page's, in any unit.

    >>> picture_size((612_000, 792_000), 1100)
    (850, 1100)
    """
    long = max(*size, 1)
    return max(1, _up(size[0] * long_side_pixels, long)), max(1, _up(size[1] * long_side_pixels, long))


@frozen
class Prices:
    """What tokens cost, in millionths of a dollar for a million of them.

    Attributes:
        name: Which entry of which price table says so.
        input: Tokens that are sent.
        cached: Tokens that are sent and that the other side still had.
        output: Tokens that come back.
        batch_per_thousand: What a call of a batch costs, in thousandths of another.
    """

    name: str
    input: int
    cached: int
    output: int
    batch_per_thousand: int = 1_000


@frozen
class Usage:
    """The tokens of a call, as the other side counted them; *cached* ones are among the *input*."""

    input: int
    cached: int
    output: int


def cost_micro_usd(prices: Prices, usage: Usage, *, batch: bool = False) -> int:
    """Say what a call costs, in millionths of a dollar, rounded up.

    >>> cost_micro_usd(Prices("x", 150_000, 75_000, 600_000), Usage(10_000, 2_000, 100))
    1410
    """
    cached = min(usage.cached, usage.input)
    total = (usage.input - cached) * prices.input + cached * prices.cached + usage.output * prices.output
    return _up(total * prices.batch_per_thousand, MILLION * 1_000) if batch else _up(total, MILLION)


def text_tokens(text_bytes: int) -> int:
    """Say how many tokens a text is, about: English has four letters to the token, and a tenth is added.

    >>> text_tokens(4_000)
    1100
    """
    return _up(text_bytes * 11, 40)


def text_tokens_max(text_bytes: int) -> int:
    """Say how many tokens a text is at most: a tokenizer that can write every byte needs no more tokens than bytes."""
    return text_bytes
