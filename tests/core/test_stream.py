"""From a stream to labels: what sends a page to a person although its label is sure."""

from attrs import evolve

from casefold.pages.labels import DEFAULT_THRESHOLDS, Reason, Status
from casefold.pages.quality import Layer
from casefold.pages.recognition import Effort, Recognition
from casefold.pages.stream import label_pages
from casefold.taxonomy.model import DocumentClass, IdentityKey, PageLimits, Signal, Source, Taxonomy
from casefold_properties import strategies
from casefold_properties.strategies import BODY, FOOTER, lines_of, page_of

LOAN = (IdentityKey.LOAN,)
PLAIN = Taxonomy("t", "1", "T", (Source("law", "L"),), tuple(
    DocumentClass(name, "f", name, (Signal("law", 40, phrase=f"{name} certificate"),), PageLimits(1, 4), identity=LOAN)
    for name in ("alpha", "bravo")
))  # fmt: skip
COMPILED = strategies.compiled(PLAIN)


def sheet(page: int, name: str, footer: str):
    text = f"the {name} certificate says what it has to say about loan number {name}-77 and no more than that"
    return strategies.as_read(COMPILED, page_of([lines_of(text, top=BODY), lines_of(footer, top=FOOTER)], page=page))


def told(*pages):
    labels = label_pages(COMPILED, DEFAULT_THRESHOLDS, pages, {}).pages
    return [(label.label, label.status, label.reason) for label in labels]


def test_words_of_a_layer_that_nobody_trusts_accept_nothing():
    """Garbage may spell a title by chance; once the page is recognised, its words are its own."""
    page = evolve(sheet(1, "alpha", "page 1 of 1"), layer=Layer.UNTRUSTED)

    assert told(page) == [("alpha", Status.REVIEW, Reason.LAYER_UNTRUSTED)]
    assert told(evolve(page, recognition=Recognition(Effort.FULL, "tesseract", 900_000))) == [
        ("alpha", Status.ACCEPTED, Reason.SURE)
    ]


def test_a_page_whose_fellows_are_not_found_in_a_shuffled_file_is_reviewed():
    """The rest of its document may lie anywhere, or under another name."""
    stack = [("alpha", 2), ("bravo", 2), ("alpha", 1), ("bravo", 1), ("alpha", 4), ("bravo", 3)]
    labels = told(*(sheet(at, name, f"page {number} of 4") for at, (name, number) in enumerate(stack, 1)))

    assert Reason.ORDER_UNCERTAIN in {reason for _, _, reason in labels}
    assert all(status is Status.REVIEW for _, status, reason in labels if reason is Reason.ORDER_UNCERTAIN)
