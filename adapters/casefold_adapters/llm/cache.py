"""Answers by what was asked, in a folder: what was paid for once is not asked again.

The name of an answer is the digest of the whole request: the pictures, the texts, the labels, the words of the task and
the model. So another picture of a page, another taxonomy or another model is another question.
"""

from pathlib import Path

from casefold.kernel.canonical import DIGEST_PREFIX, digest_of_bytes
from casefold.vision.answers import REPLY_BYTES_MAX
from casefold_adapters.files.atomic import replacing

_HEAD_BYTES = 64


class AnswerCache:
    """Answers in a folder; one that cannot be read or written is none."""

    def __init__(self, folder: Path) -> None:
        """Keep answers in *folder*, which is made when it is first needed."""
        self._folder = folder

    def get(self, request: str) -> bytes | None:
        """Give the answer to the request of that digest, if there is one and it is what was written."""
        try:
            with self._path(request).open("rb") as stream:
                content = stream.read(_HEAD_BYTES + REPLY_BYTES_MAX + 1)
        except OSError:
            return None
        head, body = content[:_HEAD_BYTES], content[_HEAD_BYTES:]
        return body if head.decode("ascii", "replace") == _name(digest_of_bytes(body)) else None

    def put(self, request: str, body: bytes) -> None:
        """Keep an answer."""
        try:
            with replacing(self._path(request)) as stream:
                stream.write(_name(digest_of_bytes(body)).encode("ascii") + body)
        except OSError:
            return

    def _path(self, request: str) -> Path:
        name = _name(request)
        assert name.isalnum(), "a digest is hexadecimal"
        return self._folder / name[:2] / name[2:]


def _name(digest: str) -> str:
    return digest.removeprefix(DIGEST_PREFIX)
