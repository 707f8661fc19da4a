"""Pages made up from the taxonomy's own wording, so that classes are known of which no paper is at hand.

Such a page holds some of its class's phrases among words that any paper may hold, and weak phrases of other classes.
"""

from collections.abc import Sequence
from random import Random

from casefold.pages.text import PageText, TextOrigin
from casefold.taxonomy.model import UNKNOWN, DocumentClass, Taxonomy, Where
from casefold.taxonomy.patterns import phrases
from casefold_adapters.training.samples import Sample

FAMILY = "wording"
ORIGIN = "wording of the taxonomy"

LINE_WORDS = 9
WEAK = 6
"""A phrase worth less, in decibans, may stand on papers of other classes."""

_NAMES = (
    "john mary smith garcia johnson lee maria robert anna williams brown street avenue road suite city state county "
    "springfield austin denver box zip apt north main oak park lake hill valley"
)
_COMMON = (
    "the of and to in for is on that by this with you it not or be are from at as your all have new more an was we "
    "will can us about if page has other no may any there been their which when one two each per only than such under "
    "must shall should would date name address number amount total line see note please information form section "
    "required complete following include use used day days year month time first last made more part end day "
    "signature print type code telephone phone email fax copy original received attached check box yes no"
)


def worded(taxonomy: Taxonomy, pages_each: int, seed: int) -> list[Sample]:
    """Make *pages_each* pages for every class and kind outside, and as many of no class at all for each five."""
    chance = Random(seed)  # noqa: S311 - it is to repeat
    classes = taxonomy.classes + taxonomy.outside
    asked = [signal for each in classes for signal in each.signals]
    weak = [text for signal in asked if 0 < signal.weight < WEAK for text in phrases(signal)]
    strange = sorted({word.lower() for signal in asked for text in phrases(signal) for word in text.split()})
    made: list[Sample] = []
    for each in classes:
        if any(phrases(signal) for signal in each.signals if signal.weight > 0):
            made += [_sample(each.id, _page(each, weak, strange, chance)) for _ in range(pages_each)]
    for _ in range(pages_each * len(classes) // 5):
        words = _filler(chance.choice((30, 80, 200, 400)), weak, strange, chance)
        made.append(_sample(UNKNOWN, _laid([], words)))
    return made


def _sample(label: str, page: PageText) -> Sample:
    return Sample(page, label, FAMILY, ORIGIN, placed=False)


def _page(each: DocumentClass, weak: Sequence[str], strange: Sequence[str], chance: Random) -> PageText:
    share = chance.choice((0.15, 0.3, 0.5, 0.8))
    shown = [
        (signal.where is Where.TOP or (signal.weight >= 15 and chance.random() < 0.5), chance.choice(phrases(signal)))
        for signal in each.signals
        if signal.weight > 0 and phrases(signal)
    ]
    picked = [pair for pair in shown if chance.random() < share] or [chance.choice(shown)]
    chance.shuffle(picked)
    top = [text.split() for first, text in picked if first]
    body = [text.split() for first, text in picked if not first]
    body += _filler(chance.choice((10, 40, 100, 250)), weak, strange, chance)
    chance.shuffle(body)
    return _laid(top, body)


def _filler(words: int, weak: Sequence[str], strange: Sequence[str], chance: Random) -> list[list[str]]:
    names, common = _NAMES.split(), _COMMON.split()
    found: list[list[str]] = []
    for _ in range(words):
        kind = chance.random()
        if kind < 0.15:
            found.append([str(chance.randrange(10 ** chance.choice((1, 2, 4, 6))))])
        elif kind < 0.25:
            found.append([chance.choice(names)])
        elif kind < 0.45:
            found.append([chance.choice(strange)])
        elif kind < 0.5 and weak:
            found.append(chance.choice(weak).split())
        else:
            found.append([chance.choice(common)])
    return found


def _laid(top: Sequence[Sequence[str]], body: Sequence[Sequence[str]]) -> PageText:
    words = [word for text in top for word in text] + [word for text in body for word in text]
    start = 400
    step = max(60, min(300, (9_000 - start) // (len(words) // LINE_WORDS + 1)))
    boxes: list[int] = []
    for at, _ in enumerate(words):
        line, column = divmod(at, LINE_WORDS)
        y = min(9_800, start + line * step)
        boxes += [700 + column * 950, y, 700 + column * 950 + 800, y + 100]
    return PageText(1, tuple(words), tuple(boxes), 612_000, 792_000, 0, TextOrigin.NONE, 1, 0)
