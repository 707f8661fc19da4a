"""What is asked at a time: some pages of a file, with what is known of them and their neighbours."""

from attrs import frozen

from casefold.kernel.canonical import digest


@frozen
class AskedPage:
    """A page that is asked about.

    Attributes:
        page: Its number in the package, from 1.
        text: The digest of its text.
        width: The width of its picture in pixels.
        height: The height.
        evidence: What the tiers before say of it: labels with decibans, best first.
        before: What they say of the page before; empty where there is none.
        after: What they say of the page after.
    """

    page: int
    text: str | None
    width: int
    height: int
    evidence: str
    before: str
    after: str


@frozen
class Call:
    """One question to a language model, about several pages.

    Attributes:
        source: The file that the pages are in, from 0.
        pages: The pages, in order.
        input_tokens: How many tokens are sent, about.
        input_tokens_max: How many are sent at most.
        output_tokens_max: How many may come back.
        reserve_micro_usd: What it costs at most.
        attempt: 1, or 2 where the first answer could not be used.
    """

    source: int
    pages: tuple[AskedPage, ...]
    input_tokens: int
    input_tokens_max: int
    output_tokens_max: int
    reserve_micro_usd: int
    attempt: int = 1

    @property
    def digest(self) -> str:
        """What names the call within its case."""
        pages = [[page.page, page.text, page.evidence, page.before, page.after] for page in self.pages]
        return digest([self.source, self.attempt, pages])

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of its pages."""
        return tuple(page.page for page in self.pages)
