"""A worker's whole life: load one engine, confine itself, recognise the pages that come, end when no more do."""

import os
from collections.abc import Callable
from typing import Any

from casefold_adapters.ocr import frames
from casefold_adapters.pdf.frames import EXHAUSTED, HEADER, UNREADABLE, packed, packed_json
from casefold_adapters.pdf.worker.confined import confine, die_with_parent, exactly, request_of, take_streams, write

Recognise = Callable[[bytes, int, int, int], dict[str, Any]]
"""From a page in gray, its width and height and the effort's number, to words, boxes and confidences."""


def main() -> None:
    """Answer pages until the pipe closes."""
    # One thread: as many workers as there are cores do better than threads that wait for each other.
    os.environ["OMP_THREAD_LIMIT"] = "1"
    requests, answers = take_streams()
    request = request_of(requests)
    die_with_parent(None)
    recognise = _engine(request)
    confine(request)
    write(answers, packed(frames.READY))
    while True:
        kind, length = HEADER.unpack(exactly(requests, HEADER.size))
        assert kind == frames.JOB, kind
        job = exactly(requests, length)
        width, height, effort, seconds = frames.JOB_HEAD.unpack_from(job)
        _allow(seconds)
        try:
            found = (_codes if effort == frames.CODES else recognise)(
                job[frames.JOB_HEAD.size :], width, height, effort
            )
        except MemoryError:
            write(answers, packed(EXHAUSTED))
            os._exit(0)
        except Exception as error:  # noqa: BLE001 - the libraries raise nearly anything on odd pictures
            write(answers, packed_json(UNREADABLE, {"detail": f"{type(error).__name__}: {error}"[:200]}))
        else:
            write(answers, packed_json(frames.WORDS, found))


def _engine(request: dict[str, Any]) -> Recognise:
    """Load the engine before the limits hold: its data are ours, the pages are not."""
    if request["engine"] == "tesseract":
        from casefold_adapters.ocr.worker.tesseract import Tesseract

        return Tesseract(request["data"], request["language"]).recognise
    from casefold_adapters.ocr.worker.rapid import Rapid

    return Rapid().recognise


def _codes(gray: bytes, width: int, height: int, _effort: int) -> dict[str, Any]:
    from casefold_adapters.ocr.worker.codes import codes

    return codes(gray, width, height)


def _allow(seconds: int) -> None:
    """Let the kernel end this process when the next page takes more than *seconds* of processor time."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


if __name__ == "__main__":
    main()
