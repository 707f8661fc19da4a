"""What one file may cost at most."""

from attrs import frozen

_MEBIBYTE = 1 << 20


@frozen
class PdfLimits:
    """Every bound on one file; none can be switched off.

    By default a small hostile file may take 8 s to inspect and 9 s to read; then it is over. Seconds for one step are
    seconds of work: on a machine so busy that a child does not get the processor, a step may take three times as long.
    Seconds for a source, and for its inspection, are by the clock on the wall.

    Attributes:
        open_seconds: To inspect a file, or to open it again: with the child's start, repair and bookmarks.
        page_seconds: For one page. An ordinary page takes 3 ms to read and 60 ms to render.
        structure_seconds: For bookmarks, or for the form fields of the next page, within the above: pypdf is slow and
            easily led astray.
        source_seconds_base: For all pages of a file, before the part that grows with the file.
        source_seconds_per_page: What each page adds, some eighty times what it needs.
        page_bytes_min: A page adds time only if the file has this many bytes for it: a tree of 629 bytes can
            claim 10 000 pages.
        memory_bytes: Address space of the child beyond four times the file's size. A gigabyte holds any honest
            page; pdfium aborts when it gets no more.
        source_bytes_max: The largest file that is opened at all.
        output_bytes_max: The largest file that a split may write.
        pages_max: Loan files end well below it.
        characters_max: Characters of one page; a full page of small print has 10 000.
        words_max: Words of one page.
        pixels_max: Pixels of one rendered page; 40 million are 16 by 22 inches at 340 dpi.
        bookmarks_max: Bookmarks that are listed; the rest are left out.
    """

    open_seconds: float = 8.0
    page_seconds: float = 5.0
    structure_seconds: float = 3.0
    source_seconds_base: float = 9.0
    source_seconds_per_page: float = 0.25
    page_bytes_min: int = 4096
    memory_bytes: int = 1024 * _MEBIBYTE
    source_bytes_max: int = 2048 * _MEBIBYTE
    output_bytes_max: int = 2048 * _MEBIBYTE
    pages_max: int = 10_000
    characters_max: int = 1_000_000
    words_max: int = 50_000
    pixels_max: int = 40_000_000
    bookmarks_max: int = 2_000

    def source_seconds(self, pages: int, source_bytes: int) -> float:
        """Give the wall time for *pages* pages of a file of *source_bytes* bytes.

        >>> PdfLimits().source_seconds(pages=1_000, source_bytes=17_000_000)
        259.0
        >>> PdfLimits().source_seconds(pages=10_000, source_bytes=629)
        9.0
        """
        paid = min(pages, source_bytes // self.page_bytes_min)
        return self.source_seconds_base + self.source_seconds_per_page * paid
