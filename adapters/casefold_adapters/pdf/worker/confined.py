"""A child's pipes and bounds: what every kind of child does before it looks at anything hostile."""

import ctypes
import json
import os
import sys
import threading
from typing import Any

from casefold_adapters.pdf import frames

_PR_SET_PDEATHSIG = 1
_SIGKILL = 9


def take_streams() -> tuple[int, int]:
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


def request_of(requests: int) -> dict[str, Any]:
    """Read the request, which comes first."""
    kind, length = frames.HEADER.unpack(exactly(requests, frames.HEADER.size))
    assert kind == frames.REQUEST, kind
    request: dict[str, Any] = json.loads(exactly(requests, length))
    return request


def exactly(descriptor: int, size: int) -> bytes:
    """Read just so many bytes; where the pipe ends, so does the process."""
    content = bytearray()
    while len(content) < size:
        more = os.read(descriptor, size - len(content))
        if not more:
            os._exit(0)
        content += more
    return bytes(content)


def write(descriptor: int, content: bytes) -> None:
    """Write all of *content*; where nobody listens any more, the process ends."""
    rest = memoryview(content)
    try:
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    except BrokenPipeError:
        os._exit(0)


def die_with_parent(requests: int | None) -> None:
    """End when the parent does: by the kernel's word where it gives one, else when the pipe of *requests* closes.

    A child that reads on from its pipe gives none here: it sees for itself when that closes.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, _SIGKILL)
    if requests is None:
        return

    def watch() -> None:
        os.read(requests, 1)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


def confine(request: dict[str, Any]) -> None:
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
