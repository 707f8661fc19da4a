"""Label one page with the core alone, as in a notebook: no files are written, nothing is installed beyond the core."""

import tomllib
from pathlib import Path

from casefold.case.wording import evidence_words, percent
from casefold.pages.labels import DEFAULT_THRESHOLDS
from casefold.pages.signals import compile_taxonomy, read
from casefold.pages.stream import StreamPage, label_pages
from casefold.pages.text import PageText, TextOrigin, text_digest
from casefold.taxonomy.codec import parse

raw = tomllib.loads(Path(__file__).with_name("own_taxonomy.toml").read_text("utf-8"))
compiled = compile_taxonomy(parse(raw).unwrap()).unwrap()
text = "Form W-2 Wage and Tax Statement 2024 Wages, tips, other compensation 51,200.00"
words = tuple(text.split())
boxes = tuple(edge for at in range(len(words)) for edge in (700 * at, 500, 700 * at + 600, 700))
page = PageText(1, words, boxes, 612_000, 792_000, 0, TextOrigin.LAYER, len(words), 0)
signals = read(compiled, page)
stream = [StreamPage(1, 0, text_digest(page), (612_000, 792_000), signals)]
[label] = label_pages(compiled, DEFAULT_THRESHOLDS, stream, {}).pages
print(f"{label.label}, {percent(label.confidence_ppm)} sure, {label.status.value}")
print(*(f"  {evidence_words(compiled, piece)}" for piece in signals.evidence), sep="\n")
assert label.label == "w2"
