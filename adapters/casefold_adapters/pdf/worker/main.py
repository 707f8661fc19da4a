"""The child's whole life: read one request, confine itself, answer in frames, end.

The parent starts it with `-I -S` and an almost empty environment, and hands over its own import path as arguments.
"""

import ctypes
import json
import os
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

from casefold_adapters.pdf import frames
from casefold_adapters.pdf.worker.refusal import Refusal

_PR_SET_PDEATHSIG = 1
_SIGKILL = 9


def main() -> None:
    """Answer the one request that stands on the standard input."""
    requests, answers = _take_streams()
    request = _request(requests)
    _die_with_parent(requests)
    work = _work(request["work"])
    _confine(request)
    try:
        for frame in work(request):
            _write(answers, frame)
        _write(answers, frames.packed(frames.DONE))
    except Refusal as refusal:
        _write(answers, frames.packed_json(frames.REFUSED, refusal.answer))
    except MemoryError:
        _write(answers, frames.packed(frames.EXHAUSTED))
    # No destructors: what a hostile document left behind is for the operating system to tidy.
    os._exit(0)


def _take_streams() -> tuple[int, int]:
    """Keep both pipes for frames; libraries find nothing to read, and may print to the error stream only."""
    requests, answers = os.dup(0), os.dup(1)
    if sys.platform == "win32":
        import msvcrt

        for descriptor in (requests, answers):
            msvcrt.setmode(descriptor, os.O_BINARY)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return requests, answers


def _request(requests: int) -> dict[str, Any]:
    kind, length = frames.HEADER.unpack(_exactly(requests, frames.HEADER.size))
    assert kind == frames.REQUEST, kind
    request: dict[str, Any] = json.loads(_exactly(requests, length))
    return request


def _exactly(descriptor: int, size: int) -> bytes:
    content = bytearray()
    while len(content) < size:
        more = os.read(descriptor, size - len(content))
        if not more:
            os._exit(0)
        content += more
    return bytes(content)


def _write(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    try:
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    except BrokenPipeError:
        os._exit(0)


def _die_with_parent(requests: int) -> None:
    """End when the parent does: by the kernel's word where it gives one, else when the request pipe closes."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, _SIGKILL)

    def watch() -> None:
        os.read(requests, 1)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


def _work(name: str) -> Callable[[dict[str, Any]], Iterator[bytes]]:
    """Import what the work needs before the limits hold: imports may write their caches, hostile input may not."""
    if name == "inspect":
        from casefold_adapters.pdf.worker.reading import inspect as work
    elif name == "read":
        from casefold_adapters.pdf.worker.reading import read as work
    elif name == "render":
        from casefold_adapters.pdf.worker.rendering import render as work
    elif name == "split":
        from casefold_adapters.pdf.worker.splitting import split as work
    elif name == "bookmarks":
        from casefold_adapters.pdf.worker.structure import bookmarks as work
    else:
        assert name == "values", name
        from casefold_adapters.pdf.worker.structure import values as work
    return work


def _confine(request: dict[str, Any]) -> None:
    """Set the limits that the kernel keeps; where it keeps none, the parent's clock is the only one."""
    try:
        import resource
    except ImportError:
        return
    for name, soft, slack in (
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_AS, request["memory_bytes"], 0),
        (
            resource.RLIMIT_CPU,
            request["cpu_seconds"],
            1,
        ),  # The signal at the soft limit says why; that at the hard does not.
        (resource.RLIMIT_FSIZE, request["written_bytes"], 0),
    ):
        _, outer = resource.getrlimit(name)
        hard = soft + slack if outer == resource.RLIM_INFINITY else min(soft + slack, outer)
        try:
            resource.setrlimit(name, (min(soft, hard), hard))
        except (OSError, ValueError):
            if sys.platform == "linux":  # Other systems name limits that they do not keep.
                raise


if __name__ == "__main__":
    main()
