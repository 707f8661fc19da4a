"""Make a drawn page look as scanners, fax machines and telephones leave it. Coordinates move with the picture."""

import io
from enum import Enum
from typing import Any, TypeAlias, cast

import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from casefold_adapters.synth.chance import Chance

Pixels: TypeAlias = NDArray[np.float32]
Grid: TypeAlias = NDArray[np.float64]


class Quality(Enum):
    """How a page comes to be in the file."""

    CLEAN = "clean"
    """With the text of the program that made it."""
    SCAN = "scan"
    FAX = "fax"
    PHOTO = "photo"


@frozen
class Scan:
    """One page as a picture.

    Attributes:
        content: JPEG, or for a fax a 1-bit PNG.
        width: Pixels across.
        height: Pixels down.
        dpi: Pixels an inch of the page that holds it.
        turned: Degrees clockwise that the picture is turned.
        grid: Takes a point of the drawn page, in shares of its width and height, to one of the picture.
    """

    content: bytes
    width: int
    height: int
    dpi: int
    turned: int
    grid: Grid

    def box(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """Give where a box of the drawn page, in shares, stands in the picture, in shares."""
        left, top, right, bottom = box
        corners = np.array([[left, right, left, right], [top, top, bottom, bottom], [1, 1, 1, 1]])
        moved = self.grid @ corners
        xs, ys = moved[0] / moved[2], moved[1] / moved[2]
        return (
            float(np.clip(xs.min(), 0, 1)),
            float(np.clip(ys.min(), 0, 1)),
            float(np.clip(xs.max(), 0, 1)),
            float(np.clip(ys.max(), 0, 1)),
        )


def degrade(image: Image.Image, quality: Quality, chance: Chance, dpi: int) -> Scan:
    """Take a clean picture of a page, of *dpi* pixels an inch, and give it as *quality* leaves it."""
    noise = np.random.Generator(np.random.PCG64(chance.between(0, 2**48)))
    match quality:
        case Quality.FAX:
            return _fax(image.convert("L"), chance, noise, dpi)
        case Quality.PHOTO:
            return _photo(image.convert("RGB"), chance, noise, dpi)
        case Quality.SCAN | Quality.CLEAN:
            return _scan(image, chance, noise, dpi)


def _scan(image: Image.Image, chance: Chance, noise: np.random.Generator, dpi: int) -> Scan:
    coloured = chance.chance(25)
    image = image.convert("RGB" if coloured else "L")
    width, height = image.size
    forward = _about(
        width, height, chance.spread(-1.4, 1.4), chance.spread(0.985, 1.0), chance.spread(-6, 6), chance.spread(-6, 6)
    )
    paper = chance.between(238, 255)
    image = _warp(image, forward, (width, height), (paper,) * 3 if coloured else paper)
    image = image.filter(ImageFilter.GaussianBlur(chance.spread(0.2, 0.75)))
    pixels = np.asarray(image, dtype=np.float32)
    shade = _shade(width, height, chance, 14)
    grain = _grain(noise, chance.spread(1.5, 5.5), (height, width))
    if coloured:
        shade, grain = shade[:, :, None], grain[:, :, None]
    pixels = pixels * shade + grain
    if chance.chance(20):
        at = chance.between(0, width - 3)
        pixels[:, at : at + chance.between(1, 2)] -= chance.spread(15, 60)
    pixels = (pixels - 128) * chance.spread(0.85, 1.1) + 128 + chance.spread(-6, 8)
    turned = 0 if chance.chance(90) else chance.pick((90, 180, 270))
    return _jpeg(
        _image(pixels, "RGB" if coloured else "L"),
        _shares(forward, (width, height), (width, height)),
        turned,
        dpi,
        chance.between(38, 78),
    )


def _fax(image: Image.Image, chance: Chance, noise: np.random.Generator, dpi: int) -> Scan:
    width, height = image.size
    forward = _about(width, height, chance.spread(-0.9, 0.9), 0.97, 0, chance.spread(4, 12))
    image = _warp(image, forward, (width, height), 255).filter(ImageFilter.GaussianBlur(0.55))
    pixels = np.asarray(image, dtype=np.float32)
    pixels = pixels + _grain(noise, chance.spread(8, 20), (height, width))
    black = pixels < chance.between(135, 175)
    specks = noise.random(pixels.shape, dtype=np.float32) < chance.spread(0.00005, 0.0006)
    for _ in range(chance.between(0, 3)):
        at = chance.between(0, height - 2)
        black[at, chance.between(0, width // 2) :] ^= True
    bits = Image.fromarray(np.where(black ^ specks, 0, 255).astype(np.uint8)).convert("1", dither=Image.Dither.NONE)
    stream = io.BytesIO()
    bits.save(stream, "PNG", optimize=False)
    return Scan(stream.getvalue(), width, height, dpi, 0, _shares(forward, (width, height), (width, height)))


def _photo(image: Image.Image, chance: Chance, noise: np.random.Generator, dpi: int) -> Scan:
    width, height = image.size
    margin = max(30, int(max(width, height) * chance.spread(0.05, 0.14)))
    full = (width + 2 * margin, height + 2 * margin)
    jitter = margin * 0.6
    corners = [(margin + chance.spread(-jitter, jitter), margin + chance.spread(-jitter, jitter)) for _ in range(4)]
    target = [
        corners[0],
        (corners[1][0] + width, corners[1][1]),
        (corners[2][0] + width, corners[2][1] + height),
        (corners[3][0], corners[3][1] + height),
    ]
    forward = _through([(0, 0), (width, 0), (width, height), (0, height)], target)
    desk = chance.pick(((96, 70, 48), (60, 62, 68), (180, 172, 160), (40, 44, 40), (150, 120, 90)))
    table: Pixels = np.empty((full[1], full[0], 3), dtype=np.float32)
    table[:] = desk
    table += _grain(noise, 7, (full[1], 1, 1)) + _grain(noise, 4, (full[1], full[0], 1))
    placed = np.asarray(_warp(image, forward, full, (0, 0, 0)), dtype=np.float32)
    mask = np.asarray(_warp(Image.new("L", image.size, 255), forward, full, 0), dtype=np.float32)[:, :, None] / 255
    pixels: Pixels = (placed * mask + table * (1 - mask)).astype(np.float32)
    pixels *= _shade(full[0], full[1], chance, 45)[:, :, None]
    tint: Pixels = np.array([chance.spread(0.94, 1.04), 1.0, chance.spread(0.86, 1.02)], dtype=np.float32)
    pixels *= tint
    pixels += _grain(noise, chance.spread(2, 7), (full[1], full[0], 1))
    if chance.chance(45):
        y = np.arange(full[1], dtype=np.float32)[:, None]
        x = np.arange(full[0], dtype=np.float32)[None, :]
        cx, cy, r = (
            chance.spread(0.2, 0.8) * full[0],
            chance.spread(0.2, 0.8) * full[1],
            chance.spread(0.08, 0.2) * full[0],
        )
        across = np.exp(-((x - np.float32(cx)) ** 2) / np.float32(r * r))
        down = np.exp(-((y - np.float32(cy)) ** 2) / np.float32(r * r))
        pixels += (across * down * np.float32(chance.spread(30, 110)))[:, :, None]
    picture = _image(pixels, "RGB").filter(ImageFilter.GaussianBlur(chance.spread(0.3, 1.0)))
    turned = 0 if chance.chance(85) else chance.pick((90, 270, 180))
    return _jpeg(picture, _shares(forward, (width, height), full), turned, dpi, chance.between(50, 85))


def _jpeg(image: Image.Image, grid: Grid, turned: int, dpi: int, quality: int) -> Scan:
    """Turn a picture and pack it."""
    if turned:
        how = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
        image = image.transpose(how[turned])
        grid = _TURNS[turned] @ grid
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=quality, subsampling=2, optimize=False)
    return Scan(stream.getvalue(), image.width, image.height, dpi, turned, grid)


_TURNS: dict[int, Grid] = {
    90: np.array([[0.0, -1, 1], [1, 0, 0], [0, 0, 1]]),
    180: np.array([[-1.0, 0, 1], [0, -1, 1], [0, 0, 1]]),
    270: np.array([[0.0, 1, 0], [-1, 0, 1], [0, 0, 1]]),
}


def _image(pixels: Pixels, mode: str) -> Image.Image:
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8), mode=None).convert(mode)


def _grain(noise: np.random.Generator, strength: float, shape: tuple[int, ...]) -> Pixels:
    """Give noise of a strength."""
    return noise.standard_normal(shape, dtype=np.float32) * np.float32(strength)


def _shade(width: int, height: int, chance: Chance, depth: float) -> Pixels:
    """Light that falls off to one side."""
    angle = chance.spread(0, 6.283)
    fall = chance.spread(0, depth) / 255
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :] * float(np.cos(angle))
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None] * float(np.sin(angle))
    return cast("Pixels", 1 - fall * (1 + x + y) / 2)


def _about(width: int, height: int, degrees: float, scale: float, dx: float, dy: float) -> Grid:
    """Turn and shrink about the middle, and shift."""
    turn = np.deg2rad(degrees)
    cos, sin = float(np.cos(turn)) * scale, float(np.sin(turn)) * scale
    cx, cy = width / 2, height / 2
    return np.array([[cos, -sin, cx - cos * cx + sin * cy + dx], [sin, cos, cy - sin * cx - cos * cy + dy], [0, 0, 1]])


def _through(source: list[tuple[float, float]], target: list[tuple[float, float]]) -> Grid:
    """Give the projection that takes four points to four others."""
    rows: list[list[float]] = []
    right: list[float] = []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    found = np.linalg.solve(np.array(rows), np.array(right))
    return cast("Grid", np.append(found, 1.0).reshape(3, 3))


def _warp(image: Image.Image, forward: Grid, size: tuple[int, int], fill: int | tuple[int, ...]) -> Image.Image:
    back = np.linalg.inv(forward)
    back = back / back[2, 2]
    data: Any = tuple(float(each) for each in back.flatten()[:8])
    return image.transform(size, Image.Transform.PERSPECTIVE, data, Image.Resampling.BILINEAR, fillcolor=fill)


def _shares(forward: Grid, source: tuple[int, int], target: tuple[int, int]) -> Grid:
    """Give a projection of pixels as one of shares."""
    into = np.diag([source[0], source[1], 1.0])
    out = np.diag([1 / target[0], 1 / target[1], 1.0])
    return out @ forward @ into
