"""Small local models, and pages for them."""

from hypothesis import strategies as st

from casefold.kernel.canonical import written
from casefold.pages.labels import Tier
from casefold.pages.local.codec import made
from casefold.pages.local.features import Hashing
from casefold.pages.local.model import WEIGHT_MAX, Calibration, LocalModel
from casefold.pages.opinions import Opinion
from casefold.pages.text import PageText
from casefold_properties.strategies.pages import BODY, HEADER, Line, page_of

LABELS = ("paystub", "unknown", "w2", "w9")
"""Labels, few enough to meet."""

WORDS = ("wages", "tips", "gross", "pay", "W-2", "1,508.00", "café", "x", "identification")


@st.composite
def local_models(draw: st.DrawFn) -> LocalModel:
    """Draw a model of a few labels and features."""
    labels = tuple(sorted(draw(st.sets(st.sampled_from(LABELS), min_size=1))))
    bits = draw(st.integers(4, 6))
    low = WEIGHT_MAX + 1
    count = len(labels) << bits
    weights = draw(st.binary(min_size=count, max_size=count)).replace(bytes([low]), b"\0")
    lead_max = draw(st.none() | st.integers(0, 30))
    calibration = Calibration(draw(st.integers(0, 2**20)), draw(st.integers(0, 30)), lead_max)
    biases = tuple(draw(st.integers(-3_000, 3_000)) for _ in labels)
    hashing = Hashing(bits, draw(st.integers(0, 2**32 - 1)))
    card = written({"pages": draw(st.integers(0, 9))})
    return made("m", "1.0.0", "sha256:t", labels, hashing, calibration, biases, weights, card).unwrap()


def worded_pages(words_max: int = 12) -> st.SearchStrategy[PageText]:
    """Draw pages of a few words, in their top and below."""
    lines = st.lists(st.sampled_from(WORDS), max_size=words_max).map(tuple)
    return st.tuples(lines, lines).map(lambda pair: page_of([Line(pair[0], HEADER), Line(pair[1], BODY)]))


def opinions(labels: tuple[str, ...] = LABELS) -> st.SearchStrategy[Opinion]:
    """Draw what a tier says of a label."""
    return st.builds(
        Opinion, st.sampled_from((Tier.LOCAL, Tier.MEMORY, Tier.VISION)), st.sampled_from(labels), st.integers(-20, 30)
    )
