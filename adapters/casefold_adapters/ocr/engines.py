"""Which engines for recognition are installed here, and everything that their words depend on."""

import hashlib
import os
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias

from attrs import frozen

from casefold.pages.recognition import Engine

RECIPE = "2"
"""The version of what our own workers do before and after the engine."""

CODES_RECIPE = "1"
"""The same for barcodes."""

TESSERACT, RAPID, ZXING = "tesseract", "rapidocr", "zxing-cpp"

_MEBIBYTE = 1 << 20
_FOLDERS = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)


@frozen
class Installed:
    """An engine that can be started.

    Attributes:
        engine: Its name and version, which go into the log of a case.
        language: What it reads, in Tesseract's codes joined by ``+``.
        data: The folder of its models, if they do not come with its package.
        memory_bytes: Address space of a worker.
        page_seconds: Processor time for one page.
    """

    engine: Engine
    language: str
    data: str
    memory_bytes: int
    page_seconds: int


@frozen
class PackageMissing:
    """The Python package *package* is not installed; the extra *extra* of casefold brings it."""

    package: str
    extra: str


@frozen
class LanguageMissing:
    """No folder holds Tesseract's data for *language*; *looked* are those that were looked at."""

    language: str
    looked: tuple[str, ...]


EngineMissing: TypeAlias = PackageMissing | LanguageMissing


def tesseract(language: str = "eng") -> Installed | EngineMissing:
    """Find Tesseract and its data for *language*."""
    released = _released("tesserocr")
    if released is None:
        return PackageMissing("tesserocr", "ocr")
    looked = tuple(_folders())
    names = [f"{part}.traineddata" for part in language.split("+")]
    folder = next((one for one in looked if all(one.joinpath(name).is_file() for name in names)), None)
    if folder is None:
        return LanguageMissing(language, tuple(map(str, looked)))
    more = [name for name in ("osd.traineddata",) if folder.joinpath(name).is_file()]
    data = "+".join(_named(folder / name) for name in [*names, *more])
    engine = Engine(TESSERACT, f"{released}/{data}/{RECIPE}")
    return Installed(engine, language, str(folder), 1024 * _MEBIBYTE, 60)


def rapid() -> Installed | EngineMissing:
    """Find rapidocr, whose models come with its package."""
    for package in ("rapidocr", "onnxruntime"):
        if _released(package) is None or find_spec(package) is None:
            return PackageMissing(package, "rapidocr")
    engine = Engine(RAPID, f"{_released('rapidocr')}/{_released('onnxruntime')}/{RECIPE}")
    return Installed(engine, "latin", "", 8 * 1024 * _MEBIBYTE, 180)


def barcodes() -> Engine | EngineMissing:
    """Find zxing-cpp, which reads barcodes."""
    released = _released("zxing-cpp")
    return Engine(ZXING, f"{released}/{CODES_RECIPE}") if released else PackageMissing("zxing-cpp", "barcodes")


def _released(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _folders() -> Iterator[Path]:
    """Give the folders that may hold Tesseract's data: the one that is named in the environment first."""
    prefix = os.environ.get("TESSDATA_PREFIX")
    if prefix:
        yield from (Path(prefix), Path(prefix, "tessdata"))
    for pattern in _FOLDERS:
        yield from sorted(Path("/").glob(pattern.removeprefix("/")), reverse=True)


def _named(path: Path) -> str:
    """Name a model by its language and its content."""
    return f"{path.stem}-{hashlib.sha256(path.read_bytes()).hexdigest()[:8]}"
