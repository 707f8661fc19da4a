"""The core inside FastAPI: words of a page in; label, confidence and evidence out. Serve: uvicorn fastapi_core:app.

The service owns all that acts: it reads the taxonomy, listens, and words refusals. The core is called like arithmetic.
"""

import tomllib
from pathlib import Path
from typing import Annotated

from annotated_types import Ge, Le, Len
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

from casefold.case.wording import evidence_words, reason_words
from casefold.pages.labels import DEFAULT_THRESHOLDS
from casefold.pages.signals import compile_taxonomy, read
from casefold.pages.stream import StreamPage, label_pages
from casefold.pages.text import BOX_SCALE, PageText, TextOrigin, text_digest
from casefold.taxonomy.codec import parse

TAXONOMY = tomllib.loads(Path(__file__).with_name("own_taxonomy.toml").read_text("utf-8"))
COMPILED = compile_taxonomy(parse(TAXONOMY).unwrap()).unwrap()
Edge = Annotated[int, Ge(0), Le(BOX_SCALE)]
app = FastAPI(title="What is this page?")


class Sheet(BaseModel):
    """A page as plain text, or as words, each with left, top, right and bottom in ten-thousandths of the page."""

    text: str = ""
    words: list[str] = []
    boxes: list[Annotated[list[Edge], Len(4, 4)]] = []


@app.post("/label")
def label(sheet: Sheet) -> dict[str, object]:
    words = tuple(sheet.words or sheet.text.split())
    boxes = sheet.boxes or [[0, 0, BOX_SCALE, BOX_SCALE]] * len(words)
    if len(boxes) != len(words) or any(word.split() != [word] for word in words):
        raise HTTPException(422, "give one box a word, and words without white space")
    edges = tuple(edge for box in boxes for edge in box)
    page = PageText(1, words, edges, 612_000, 792_000, 0, TextOrigin.LAYER, len(words), 0)
    signals = read(COMPILED, page)
    [found] = label_pages(
        COMPILED, DEFAULT_THRESHOLDS, [StreamPage(1, 0, text_digest(page), (612_000, 792_000), signals)], {}
    ).pages
    why = [reason_words(found, DEFAULT_THRESHOLDS, None), *(evidence_words(COMPILED, e) for e in signals.evidence)]
    return {"label": found.label, "confidence": found.confidence_ppm, "status": found.status.value, "why": why}


if __name__ == "__main__":
    from fastapi.testclient import TestClient

    answer = TestClient(app).post("/label", json={"text": "Form W-2 Wage and Tax Statement 2024"})
    print(answer.json())
    assert answer.status_code == 200 and answer.json()["label"] == "w2"
