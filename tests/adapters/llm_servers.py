"""Servers that speak the protocol of language models: one that answers from the truth, and one that fails as told."""

import base64
import hashlib
import json
import random
import threading
from collections.abc import Callable
from contextlib import contextmanager
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler
from typing import Any

from attrs import field, frozen
from tests.adapters.model_servers import serving


@frozen
class Fault:
    """An answer as it is to be.

    Attributes:
        status: Its status.
        body: Its bytes; a chat completion is made of *content* where there are none.
        holds: ``before``: nothing comes until the test is over; ``within``: half of it does; ``cuts``: half of it, and
            then the end.
    """

    status: int = 200
    body: bytes | None = None
    content: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    holds: str = ""
    finish: str = "stop"
    refusal: str | None = None
    usage: dict[str, Any] | None = None


@frozen
class Spoken:
    """A server, and what it was asked."""

    url: str
    asked: list[dict[str, Any]] = field(factory=list)
    headers: list[dict[str, str]] = field(factory=list)
    batches: dict[str, dict[str, Any]] = field(factory=dict)
    charged: list[dict[str, int]] = field(factory=list)


def numbers_of(request):
    """The pages that a request asks about."""
    last = request["messages"][1]["content"][-1]["text"]
    return [int(each) for each in last.removeprefix("Label these pages: ").rstrip(".").split(", ")]


def pictures_of(request):
    """The pictures that a request sends."""
    parts = [part for part in request["messages"][1]["content"] if part["type"] == "image_url"]
    return [base64.b64decode(part["image_url"]["url"].partition(",")[2]) for part in parts]


def rows(*answers):
    """An answer of rows (page, label, alternatives, whether a document starts)."""
    return json.dumps({
        "pages": [
            {"page": page, "label": label, "alternatives": list(others), "starts_document": starts}
            for page, label, others, starts in answers
        ]
    })  # fmt: skip


def usage_of(request, content):
    """About what an endpoint would count: four letters to the token, 700 for a picture."""
    text = json.dumps([part for part in request["messages"][1]["content"] if part["type"] == "text"])
    sent = (len(request["messages"][0]["content"]) + len(text)) // 4 + 700 * len(pictures_of(request))
    return {
        "prompt_tokens": sent,
        "completion_tokens": len(content) // 4,
        "prompt_tokens_details": {"cached_tokens": len(request["messages"][0]["content"]) // 4},
    }


def completion(request, fault):
    """A chat completion."""
    content = fault.content or ""
    return json.dumps({
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": request.get("model", "") + "-2026",
        "choices": [
            {
                "index": 0,
                "finish_reason": fault.finish,
                "message": {
                    "role": "assistant",
                    "content": None if fault.refusal else content,
                    "refusal": fault.refusal,
                },
            }
        ],
        "usage": usage_of(request, content) if fault.usage is None else fault.usage,
    }).encode()  # fmt: skip


def oracle(truth, vocabulary, wrong=0.0, seed=1):
    """Answers from the truth: page to (label, whether a document starts), wrong in a share of the pages.

    Which pages it is wrong about depends on the page alone, so that asking again helps nobody.
    """

    def answer(request):
        found: list[tuple[int, str, list[str], bool]] = []
        for page in numbers_of(request):
            label, starts = truth[page]
            chance = random.Random(f"{seed}-{page}")
            if chance.random() < wrong:
                label = chance.choice([each for each in vocabulary if each != label])
            if chance.random() < wrong:
                starts = not starts
            found.append((page, label, [], starts))
        return Fault(content=rows(*found))

    return answer


def picture_key(picture):
    """Name a page without text by what it looks like."""
    return hashlib.sha256(picture).hexdigest()


def oracle_by_text(truth, wrong=0.0, seed=1):
    """Answers from the truth, given by how a page's text begins: (label, whether a document starts).

    It knows pages of any package so, one without text by the digest of its picture, and is wrong in a share of them,
    which depends on the page alone.
    """

    def answer(request):
        vocabulary = request["response_format"]["json_schema"]["schema"]["$defs"]["id"]["enum"]
        parts = request["messages"][1]["content"][:-1]
        texts = [part["text"] for part in parts if part["type"] == "text"]
        pictures = pictures_of(request)
        found: list[tuple[int, str, list[str], bool]] = []
        for at, (page, text) in enumerate(zip(numbers_of(request), texts, strict=True)):
            shown = text.partition("Its text begins:\n")[2]
            if not shown and len(pictures) == len(texts):
                shown = picture_key(pictures[at])
            label, starts = truth.get(shown, ("unknown", False))
            if label not in vocabulary:
                label = "unknown"
            chance = random.Random(f"{seed}-{shown}")
            if chance.random() < wrong:
                label = chance.choice([each for each in vocabulary if each != label])
            if chance.random() < wrong:
                starts = not starts
            found.append((page, label, [], starts))
        return Fault(content=rows(*found))

    return answer


@contextmanager
def llm_server(*faults: Fault, answer: Callable[[dict[str, Any]], Fault] | None = None):
    """Serve *faults* one after the other, then what *answer* says, or the last fault for good."""
    left, over, lock = list(faults), threading.Event(), threading.Lock()
    files: dict[str, bytes] = {}

    def chosen(request):
        with lock:
            if left and (answer is not None or len(left) > 1):
                return left.pop(0)
        if left:
            return left[0]
        assert answer is not None, "somebody answers"
        return answer(request)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            found.headers.append({name.lower(): value for name, value in self.headers.items()})
            if self.path.endswith("/files"):
                self._say(json.dumps(self._file(body)).encode())
            elif self.path.endswith("/batches"):
                self._say(json.dumps(self._batch(json.loads(body))).encode())
            else:
                request = json.loads(body)
                found.asked.append(request)
                self._chat(request, chosen(request))

        def do_GET(self):
            path = self.path.partition("?")[0]
            if path.endswith("/content"):
                self._say(files[path.split("/")[-2]])
            elif path.endswith("/batches"):
                self._say(json.dumps({"object": "list", "data": list(found.batches.values())}).encode())
            else:
                self._say(json.dumps(found.batches[path.rpartition("/")[2]]).encode())

        def _chat(self, request, fault):
            if fault.holds == "before":
                over.wait()
            body = completion(request, fault) if fault.body is None else fault.body
            if fault.status == 200 and fault.body is None:
                found.charged.append(json.loads(body)["usage"])
            self._say(body, fault)

        def _file(self, body):
            head = f"content-type: {self.headers['content-type']}\r\n\r\n".encode()
            parts = BytesParser(policy=HTTP).parsebytes(head + body)
            content = next(part.get_content() for part in parts.iter_parts() if part.get_filename())
            name = f"file-{len(files)}"
            files[name] = content if isinstance(content, bytes) else content.encode()
            told = {"object": "file", "created_at": 1, "filename": "x", "purpose": "batch", "status": "processed"}
            return {"id": name, "bytes": len(body), **told}

        def _batch(self, asked):
            name = f"batch-{len(found.batches)}"
            lines = []
            for line in files[asked["input_file_id"]].splitlines():
                row = json.loads(line)
                found.asked.append(row["body"])
                fault = chosen(row["body"])
                if fault.status == 200:
                    body = json.loads(completion(row["body"], fault))
                    lines.append({"custom_id": row["custom_id"], "response": {"status_code": 200, "body": body}})
            files[f"out-{name}"] = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
            found.batches[name] = {
                "id": name, "object": "batch", "endpoint": asked["endpoint"], "input_file_id": asked["input_file_id"],
                "completion_window": "24h", "status": "in_progress", "created_at": 1,
                "output_file_id": f"out-{name}", "metadata": asked.get("metadata"),
            }  # fmt: skip
            return found.batches[name]

        def _say(self, body, fault=Fault()):
            try:
                self.send_response_only(fault.status)
                for header in fault.headers:
                    self.send_header(*header)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.send_header("connection", "close")
                self.end_headers()
                self.wfile.write(body[: len(body) // 2] if fault.holds in {"within", "cuts"} else body)
                if fault.holds == "within":
                    self.wfile.flush()
                    over.wait()
            except OSError:
                pass  # who asked has left
            self.close_connection = True

        def log_message(self, *_):
            pass

    with serving(Handler, over) as url:
        found = Spoken(f"{url}/v1")
        yield found
