"""Pages that may state fields: labels and values of a class, well set or anyhow."""

from hypothesis import strategies as st

from casefold.fields.model import ClassFields
from casefold.pages.text import BOX_SCALE, PageText, TextOrigin
from casefold_properties.strategies.pages import Line, page_of

VALUES = (
    "$1,234.50", "62.00", "(85)", "077-49-4905", "12-3456789", "01/02/2024", "March 3, 2024", "6.25%", "Ann Lee",
    "12 Oak St, Reno, NV 89501", "ACME Corp", "2024", "x", "****3421", "yes", "P<UTOERIKSSON<<ANNA<MARIA" + "<" * 19,
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)  # fmt: skip
"""Things that are printed beside labels."""


def labels_of(spec: ClassFields) -> tuple[str, ...]:
    """Give all labels and heads of a class."""
    ruled = [text for field in spec.fields for rule in field.rules for text in (*rule.labels, *rule.after, *rule.parts)]
    headed = [text for table in spec.tables for column in table.columns for text in column.heads]
    return (*ruled, *headed, *spec.headings, *spec.noise)


def stated_pages(spec: ClassFields, *, max_lines: int = 8) -> st.SearchStrategy[PageText]:
    """Pages of lines that hold labels of a class and values, one beside the other."""
    part = st.sampled_from(labels_of(spec)) | st.sampled_from(VALUES)
    line = st.lists(part, min_size=1, max_size=4).map(" ".join)
    tops = st.lists(st.integers(0, 45), unique=True, max_size=max_lines).map(sorted)
    return tops.flatmap(
        lambda found: st.lists(line, min_size=len(found), max_size=len(found)).map(
            lambda texts: page_of(
                [Line(tuple(text.split()), top * 200) for top, text in zip(found, texts, strict=True)], page=1
            )
        )
    )


def scattered_pages(spec: ClassFields, *, max_words: int = 40) -> st.SearchStrategy[PageText]:
    """Pages whose words stand anyhow: boxes overlap, are empty, or fill the page."""
    sampled = st.sampled_from([word for text in (*labels_of(spec), *VALUES) for word in text.split()])
    word = sampled | st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1, max_size=6)
    side = st.integers(0, BOX_SCALE)
    boxed = st.tuples(word, st.tuples(side, side), st.tuples(side, side))
    return st.lists(boxed, max_size=max_words).flatmap(
        lambda placed: st.integers(0, len(placed)).map(
            lambda form: PageText(
                1,
                tuple(text for text, _, _ in placed),
                tuple(edge for _, across, down in placed for edge in (min(across), min(down), max(across), max(down))),
                612_000,
                792_000,
                0,
                TextOrigin.OCR if form % 2 else TextOrigin.LAYER,
                len(placed),
                0,
                form,
            )
        )
    )
