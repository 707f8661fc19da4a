"""How the pages of a run are recognised: by which engines, by how many workers, and where what was found is kept."""

import os
from enum import Enum
from pathlib import Path

from attrs import field, frozen

from casefold.kernel.results import Failure, Result, Success
from casefold.pages.recognition import NO_RECOGNITION, Attempt, Effort, Engine, RecognitionPlan
from casefold_adapters.ocr.cache import Cache
from casefold_adapters.ocr.engines import (
    RAPID,
    TESSERACT,
    EngineMissing,
    Installed,
    LanguageMissing,
    PackageMissing,
    barcodes,
    rapid,
    tesseract,
)
from casefold_adapters.ocr.recogniser import Recogniser
from casefold_adapters.pdf.limits import PdfLimits


class Ocr(Enum):
    """Which engine recognises pages."""

    AUTO = "auto"
    """Tesseract where its data are installed, else rapidocr, else none."""
    TESSERACT = TESSERACT
    RAPIDOCR = RAPID
    NONE = "none"


@frozen
class EngineGone:
    """A case that is under way was begun with an engine that is not here, or not in that version."""

    engine: Engine


@frozen
class Recognising:
    """How pages are recognised.

    Attributes:
        plan: What goes into the log of a case.
        engines: The engines of the plan.
        workers: How many pages are worked on at once.
        cache: Where what was found is kept; ``None`` to keep nothing.
        chosen: Whether somebody asked for just this; else a case that was begun otherwise goes on as it was begun.
    """

    plan: RecognitionPlan = NO_RECOGNITION
    engines: tuple[Installed, ...] = ()
    workers: int = 1
    cache: Path | None = None
    chosen: bool = field(default=False)

    def lacks(self, plan: RecognitionPlan) -> Engine | None:
        """Give the first engine of *plan* that is not at hand."""
        known = {installed.engine for installed in self.engines} | {self.plan.barcodes}
        wanted = [attempt.engine for attempt in plan.attempts] + ([plan.barcodes] if plan.barcodes else [])
        return next((engine for engine in wanted if engine not in known), None)

    def recogniser(self, limits: PdfLimits, plan: RecognitionPlan) -> Recogniser:
        """Make ready to recognise as a case's *plan* says; nothing starts before the first page."""
        cache = Cache(self.cache) if self.cache is not None else None
        return Recogniser(self.engines, self.workers, cache, limits, plan.barcodes)


NOTHING = Recognising()


def recognising(
    ocr: Ocr, language: str, workers: int | None, cache: Path | None, *, quick: bool = False, second: bool | None = None
) -> Result[Recognising, EngineMissing]:
    """Find the engines that are asked for; with `Ocr.AUTO` none may be there.

    *quick* recognises the tops of pages first and all of a page only where its label stays unsure; *second* asks
    rapidocr about what stays unsure after that; where nobody says, `Ocr.AUTO` does so if rapidocr is there.
    """
    found = _first(ocr, language)
    if found is None:
        return Success(Recognising(chosen=ocr is Ocr.NONE))
    if not isinstance(found, Installed):
        return Success(NOTHING) if ocr is Ocr.AUTO else Failure(found)
    efforts = ((Effort.TOP,) if quick else ()) + (Effort.FULL,)
    if found.engine.name == TESSERACT:
        # The other engine enlarges by itself.
        efforts += (Effort.CLOSE,)
    attempts = tuple(Attempt(effort, found.engine) for effort in efforts)
    engines: tuple[Installed, ...] = (found,)
    if second or (second is None and ocr is Ocr.AUTO and found.engine.name != RAPID):
        other = rapid()
        if isinstance(other, Installed):
            attempts += (Attempt(Effort.SECOND, other.engine),)
            engines = (found, other) if other != found else engines
        elif second:
            return Failure(other)
    chosen = ocr is not Ocr.AUTO or quick or second is not None
    codes = barcodes()
    plan = RecognitionPlan(attempts, codes if isinstance(codes, Engine) else None)
    return Success(Recognising(plan, engines, workers or cores(), cache, chosen))


def _first(ocr: Ocr, language: str) -> Installed | EngineMissing | None:
    match ocr:
        case Ocr.TESSERACT:
            return tesseract(language)
        case Ocr.RAPIDOCR:
            return rapid()
        case Ocr.AUTO:
            found = tesseract(language)
            other = found if isinstance(found, Installed) else rapid()
            return other if isinstance(other, Installed) else found
        case Ocr.NONE:
            return None


def cores() -> int:
    """Count the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def missing_words(missing: EngineMissing) -> str:
    """Say which engine is missing, and how to install one."""
    match missing:
        case PackageMissing(package, extra):
            return f"the Python package {package} is not installed; pip install 'casefold[{extra}]'"
        case LanguageMissing(language, _):
            return (
                f"Tesseract has no data for the language {language!r} here; apt-get install tesseract-ocr (English) or "
                "tesseract-ocr-<language>, or name a folder of *.traineddata files in TESSDATA_PREFIX; "
                "or pip install 'casefold[rapidocr]', which needs no data"
            )
