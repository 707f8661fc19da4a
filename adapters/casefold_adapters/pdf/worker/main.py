"""The child's whole life: read one request, confine itself, answer in frames, end.

The parent starts it with `-I -S` and an almost empty environment, and hands over its own import path as arguments.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any

from casefold_adapters.pdf import frames
from casefold_adapters.pdf.worker.confined import confine, die_with_parent, request_of, take_streams, write
from casefold_adapters.pdf.worker.refusal import Refusal
from casefold_adapters.pdf.worker.signatures import looks_like_image


def main() -> None:
    """Answer the one request that stands on the standard input."""
    requests, answers = take_streams()
    request = request_of(requests)
    die_with_parent(requests)
    work = _work(request["work"], request["path"])
    confine(request)
    try:
        for frame in work(request):
            write(answers, frame)
        write(answers, frames.packed(frames.DONE))
    except Refusal as refusal:
        write(answers, frames.packed_json(frames.REFUSED, refusal.answer))
    except MemoryError:
        write(answers, frames.packed(frames.EXHAUSTED))
    # No destructors: what a hostile document left behind is for the operating system to tidy.
    os._exit(0)


def _work(name: str, path: str) -> Callable[[dict[str, Any]], Iterator[bytes]]:
    """Import what the work needs before the limits hold: imports may write their caches, hostile input may not."""
    if name == "split":
        from casefold_adapters.pdf.worker.splitting import split as work
    elif name not in {"bookmarks", "values"} and looks_like_image(path):
        return _picture_work(name)
    elif name == "inspect":
        from casefold_adapters.pdf.worker.reading import inspect as work
    elif name == "read":
        from casefold_adapters.pdf.worker.reading import read as work
    elif name == "render":
        from casefold_adapters.pdf.worker.rendering import render as work
    elif name == "bookmarks":
        from casefold_adapters.pdf.worker.structure import bookmarks as work
    else:
        assert name == "values", name
        from casefold_adapters.pdf.worker.structure import values as work
    return work


def _picture_work(name: str) -> Callable[[dict[str, Any]], Iterator[bytes]]:
    from casefold_adapters.pdf.worker import images

    return {"inspect": images.inspect, "read": images.read, "render": images.render}[name]


if __name__ == "__main__":
    main()
