"""Laws of the local model: plain sums, bounded words, one file for one model."""

from collections.abc import Callable, Collection, Sequence
from itertools import pairwise
from math import isqrt

from casefold.kernel.results import Result, Success
from casefold.pages.labels import Tier
from casefold.pages.local.asking import said_of
from casefold.pages.local.codec import ModelInvalid, parse_model, write_model
from casefold.pages.local.features import RUN, TITLE_BAND, WORD_LETTERS_MAX, Hashing, features, spelled
from casefold.pages.local.model import GAIN_SCALE, OPINIONS_MAX, WORTH_MIN, LocalModel, opinions, worths
from casefold.pages.opinions import Opinion, credited
from casefold.pages.scores import PAGE_MAX, page_scores
from casefold.pages.signals import Compiled, Signals, read
from casefold.pages.text import PageText

Weigh = Callable[[LocalModel, Collection[int]], list[int]]
Parse = Callable[[bytes], Result[LocalModel, ModelInvalid]]
See = Callable[[PageText, Hashing], frozenset[int]]
Speak = Callable[[LocalModel, PageText], tuple[Opinion, ...]]
Say = Callable[[Compiled, LocalModel, PageText, Signals], tuple[Opinion, ...]]
Credit = Callable[[Sequence[Opinion], str, str | None, int, int], Tier]


def model_reads_back(model: LocalModel, parse: Parse = parse_model) -> None:
    """A model is read back from its bytes, which are the same again."""
    content = write_model(model)
    assert parse(content) == Success(model)
    assert write_model(parse(content).unwrap()) == content


def model_damage_is_noticed(model: LocalModel, at: int, parse: Parse = parse_model) -> None:
    """A file with one byte changed is refused, or it is another model by name."""
    content = bytearray(write_model(model))
    content[at % len(content)] ^= 1
    found = parse(bytes(content)).value_or(None)
    assert found is None or found.digest != model.digest, at % len(content)


def worths_are_plain_sums(model: LocalModel, seen: Collection[int], weigh: Weigh = worths) -> None:
    """However sums are kept, they are those of the weights, one by one."""
    labels = len(model.labels)
    signed = [code - 256 if code > 127 else code for code in model.weights]
    length = isqrt(GAIN_SCALE**2 * max(1, len(seen)))
    wanted = [
        bias + model.calibration.gain * sum(signed[number * labels + at] for number in seen) // length
        for at, bias in enumerate(model.biases)
    ]
    assert weigh(model, seen) == wanted


def model_speaks_little(model: LocalModel, page: PageText, speak: Speak = opinions) -> None:
    """A page gets few opinions, the loudest first, each for another label, and none beyond what the model may say."""
    said = speak(model, page)
    assert len(said) <= OPINIONS_MAX
    assert len({each.label for each in said}) == len(said)
    assert all(each.tier is Tier.LOCAL and each.label in model.labels for each in said)
    assert all(
        min(WORTH_MIN, model.calibration.worth_max) <= each.worth <= model.calibration.worth_max for each in said
    )
    assert all(one.worth >= other.worth for one, other in pairwise(said))


def order_of_words_is_nothing(page: PageText, other: PageText, hashing: Hashing, see: See = features) -> None:
    """The same words at the same heights, in another order and as often as one likes, are the same to the model."""
    assert see(page, hashing) == see(other, hashing)


def slips_spoil_little(
    page: PageText, other: PageText, changed: Sequence[str], hashing: Hashing, see: See = features
) -> None:
    """Pages that differ in the *changed* words alone differ in no more features than those words have, twice."""
    runs = sum(min(len(word), WORD_LETTERS_MAX) + 3 for word in spelled(changed))
    assert len(see(page, hashing) ^ see(other, hashing)) <= 2 * runs


def runs_are_hashed_one_by_one(page: PageText, hashing: Hashing, see: See = features) -> None:
    """However many are hashed at once, a page shows the hash of each run of its words, and of its top once more."""
    found: set[int] = set()
    for word, top in zip(page.words, page.boxes[1::4], strict=True):
        for part in spelled([word]):
            padded = f"   {part[:WORD_LETTERS_MAX]}   ".encode()
            runs = [int.from_bytes(padded[at : at + RUN], "little") for at in range(len(padded) - RUN + 1)]
            found |= {*runs, *([run ^ 0x5A5A_5A5A for run in runs] if top < TITLE_BAND else [])}
    hashes = {((run ^ hashing.seed) * 2_654_435_769 % 2**32) >> (32 - hashing.bits) for run in found}
    assert see(page, hashing) == hashes


def open_pages_are_asked_about(compiled: Compiled, model: LocalModel, page: PageText, say: Say = said_of) -> None:
    """The model says all or nothing, and nothing only where rules put one label ahead of each other by its bound."""
    signals, most = read(compiled, page), model.calibration.lead_max
    worths = {"a label that is not shown": 0, "another": 0}
    worths |= {label: score.worth for label, score in page_scores(compiled, signals).items()}
    sure = most is not None and any(
        all(worth - less > most for other, less in worths.items() if other != label) for label, worth in worths.items()
    )
    assert say(compiled, model, page, signals) == (() if sure else opinions(model, page))


def opinions_add_up(
    compiled: Compiled, signals: Signals, said: Sequence[Opinion], more: Opinion, shuffled: Sequence[Opinion]
) -> None:
    """Whatever order opinions come in, a page is worth the same; one more for a label lowers neither it nor others."""
    before, after = page_scores(compiled, signals, said), page_scores(compiled, signals, [*said, more])
    assert page_scores(compiled, signals, shuffled) == before
    for label, score in before.items():
        assert label in after
        if label != more.label:
            assert after[label] == score
        elif more.worth >= 0:
            assert score.worth <= after[label].worth <= PAGE_MAX


def credit_is_due(
    said: Sequence[Opinion], label: str, other: str | None, margin: int, wanted: int, credit: Credit = credited
) -> None:
    """Whoever has the credit, other than rules, spoke for the label or against the next; a great lead needs nobody."""
    tier = credit(said, label, other, margin, wanted)
    speakers = {
        each.tier
        for each in said
        if (each.label == label and each.worth > 0) or (each.label == other and each.worth < 0)
    }
    assert tier is Tier.RULES or tier in speakers
    assert credit(said, label, other, 10_000, wanted) is Tier.RULES or wanted > 999_999
