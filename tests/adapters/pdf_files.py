"""Small PDF files with known contents, written byte by byte so that nothing but the test decides what is in them."""

import asyncio
import zlib
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

LETTER = (0, 0, 612, 792)


def text(words: str, x: float, y: float, size: float = 12, matrix: str = "1 0 0 1") -> bytes:
    """Draw *words* in Helvetica with its baseline starting at x, y."""
    return f"BT /F {size} Tf {matrix} {x} {y} Tm ({words}) Tj ET\n".encode("latin-1")


def page(contents: bytes = b"", box: Sequence[float] = LETTER, more: str = "") -> tuple[str, bytes]:
    """Describe one page: its dictionary's entries, and what it draws."""
    return f"/MediaBox [{' '.join(map(str, box))}] {more}", contents


def pdf(*pages: tuple[str, bytes], objects: Sequence[bytes] = (), catalog: str = "", resources: str = "") -> bytes:
    """Write a file of *pages*; *objects* are numbered from 4 and may be named by everything else."""
    first = 4 + len(objects)
    kids = " ".join(f"{first + 2 * index} 0 R" for index in range(len(pages)))
    fonts = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    bodies = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        f"<< {fonts} {resources} >>".encode(),
        *objects,
    ]
    for index, (entries, contents) in enumerate(pages):
        place = f"/Parent 2 0 R /Resources 3 0 R /Contents {first + 2 * index + 1} 0 R"
        bodies += [f"<< /Type /Page {place} {entries} >>".encode(), stream(contents)]
    return written(bodies)


def stream(contents: bytes, entries: str = "") -> bytes:
    """Write a stream object."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries.encode(), len(contents), contents)


def written(bodies: Sequence[bytes]) -> bytes:
    """Write objects numbered from 1 as a file; the first is the catalog."""
    content, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, len(content))
    return content + b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1) + table + trailer


def flate_of_spaces(megabytes: int) -> bytes:
    """Give many spaces, deflated twice: a megabyte takes about two bytes.

    A block that ends in a full flush stands for itself, so one megabyte is deflated once and repeated.
    """
    chunk = b" " * 1_000_000
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    block = packer.compress(chunk) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = 1
    for _ in range(megabytes):
        checksum = zlib.adler32(chunk, checksum)
    return zlib.compress(b"\x78\x9c" + block * megabytes + packer.flush() + checksum.to_bytes(4, "big"), 9)


def bomb(megabytes: int) -> bytes:
    """A page whose contents take *megabytes* when they are unpacked, between two that read ``before`` and ``after``."""
    packed = stream(flate_of_spaces(megabytes), "/Filter [/FlateDecode /FlateDecode]")
    whole = pdf(page(text("before", 72, 700)), page(), page(text("after", 72, 700)), objects=[packed])
    # The middle page draws object 4 instead of its own empty contents.
    return whole.replace(b"/Contents 8 0 R", b"/Contents 4 0 R")


def endless(pages: int, bad: int) -> bytes:
    """Pages that read ``page``, and one that draws forms within forms: 2 to the power of 25 of them."""
    depth = 25
    forms = [_form(f"/X {5 + level} 0 R") for level in range(depth - 1)] + [_form("", text("x", 0, 0))]
    sheets = [page(b"/X Do" if number == bad else text("page", 72, 700)) for number in range(1, pages + 1)]
    return pdf(*sheets, objects=forms, resources="/XObject << /X 4 0 R >>")


def _form(objects: str, contents: bytes = b"/X Do /X Do") -> bytes:
    fonts = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    entries = f"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << {fonts} /XObject << {objects} >> >>"
    return stream(contents, entries)


def saved(folder: Path, content: bytes, name: str = "source.pdf") -> Path:
    """Put *content* into a file."""
    path = folder / name
    path.write_bytes(content)
    return path


def collected(values: AsyncIterator[Any]) -> list[Any]:
    """Run an asynchronous iterator to its end."""

    async def collect() -> list[Any]:
        return [value async for value in values]

    return asyncio.run(collect())


def children(parent: int | str = "self") -> list[int]:
    """Name the processes that *parent* has started and that still run, the interpreter's own tracker left out."""
    found: list[int] = []
    for task in Path(f"/proc/{parent}/task").iterdir():
        with suppress(OSError):  # A thread may end while we look.
            found += map(int, (task / "children").read_text().split())
    return [child for child in found if not _is_tracker(child)]


def _is_tracker(process: int) -> bool:
    """Whether a process is that which `multiprocessing` keeps to the end, once anything asked for it."""
    with suppress(OSError):
        return b"resource_tracker" in Path(f"/proc/{process}/cmdline").read_bytes()
    return False


def boot(harm: str, work: str = "read") -> str:
    """Give the child's first lines such that *harm* happens in a generator instead of *work*, which is ``work``."""
    return (
        "import os, sys, time, signal; sys.path[:] = sys.argv[2:]\n"
        "from casefold_adapters.pdf.worker import main\n"
        "choose = main._work\n"
        "def harmed(request):\n"
        "    work = choose(request['work'], request['path'])\n"
        f"    {harm}\n"
        "    yield from work(request)\n"
        f"main._work = lambda name, path: harmed if name == {work!r} else choose(name, path)\n"
        "main.main()"
    )
