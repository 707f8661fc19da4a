"""Ask a language model what a case wants to know: page pictures and texts out, an answer or its problem back."""

import asyncio
from base64 import b64encode
from collections.abc import Sequence
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING

from casefold.case.asking import CallHeard
from casefold.case.events import BatchSubmitted
from casefold.case.record import Artifacts
from casefold.case.state import Case, first_page
from casefold.kernel.canonical import Json, digest
from casefold.kernel.results import Failure, Result, Success
from casefold.pages.text import read_text_line
from casefold.vision.answers import Problem, read_reply
from casefold.vision.calls import Call
from casefold.vision.prompts import PageShown, request, vocabulary
from casefold_adapters.files.atomic import StorageFailed
from casefold_adapters.files.blobs import FileBlobs
from casefold_adapters.pdf.reader import PdfReader
from casefold_adapters.pdf.values import PageImage
from casefold_shells.texts import as_storage, read_texts
from casefold_shells.vision import VisionServer

if TYPE_CHECKING:
    from casefold_adapters.llm import AnswerCache, BatchState, Endpoint


class Asker:
    """Asks for one case; calls go on while the case records what came of others."""

    def __init__(
        self,
        artifacts: Artifacts,
        server: VisionServer,
        blobs: FileBlobs,
        sources: Sequence[Path],
        pdf: PdfReader,
        password: str | None,
    ) -> None:
        """Ask at *server* about pages of *sources*."""
        self._artifacts = artifacts
        self._server = server
        self._blobs = blobs
        self._sources = sources
        self._pdf = pdf
        self._password = password
        self._tasks: dict[str, asyncio.Task[Result[CallHeard, StorageFailed]]] = {}
        self._made: Endpoint | None = None
        self._fetched: tuple[str, BatchState] | None = None

    async def heard(self, case: Case, calls: Sequence[Call]) -> Result[CallHeard, StorageFailed]:
        """Have *calls* under way, and say of the first that ends what came of it."""
        for call in calls:
            if call.digest not in self._tasks:
                self._tasks[call.digest] = asyncio.create_task(self._ask(case, call))
        done, _ = await asyncio.wait(self._tasks.values(), return_when=asyncio.FIRST_COMPLETED)
        # Of several that have ended, the first in the case's order: a run that nothing disturbs has one log.
        name = next(name for name, task in self._tasks.items() if task in done)
        return self._tasks.pop(name).result()

    async def submit(self, case: Case, calls: Sequence[Call]) -> Result[BatchSubmitted | None, StorageFailed]:
        """Hand *calls* in; nothing where the endpoint would not take them now."""
        from casefold_adapters.llm import submit

        requests: list[tuple[str, dict[str, Json]]] = []
        for call in calls:
            body = await self._request(case, call)
            if isinstance(body, Failure):
                return body
            requests.append((call.digest, body.unwrap()))
        assert case.opened is not None and case.vision is not None, "a case asks after it was opened"
        name = digest(
            [case.opened.name, [source.digest for source in case.opened.sources], [call.digest for call in calls]]
        )
        found = await submit(self._endpoint(), name, requests)
        if not isinstance(found, str):
            return Success(None)
        return Success(BatchSubmitted(found, tuple(call.digest for call in calls)))

    async def ready(self, batch: str) -> bool:
        """Whether nothing more will come of a batch; what came is kept for `collected`."""
        from casefold_adapters.llm import BatchState, collect

        found = await collect(self._endpoint(), batch)
        if isinstance(found, BatchState) and found.over:
            self._fetched = (batch, found)
            return True
        return False

    async def collected(self, batch: str, calls: Sequence[Call]) -> CallHeard:
        """Say what came of the first of *calls*, which were handed in as *batch*."""
        if self._fetched is None or self._fetched[0] != batch:
            await self.ready(batch)
        fetched = self._fetched
        body = fetched[1].bodies.get(calls[0].digest) if fetched is not None and fetched[0] == batch else None
        problem = Problem.EXPIRED if body is None else None
        return CallHeard(calls[0].digest, body=body, problem=problem, billed=body is not None)

    async def close(self) -> None:
        """Stop what is under way."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        self._tasks.clear()
        if self._made is not None:
            await self._made.close()
            self._made = None

    async def _ask(self, case: Case, call: Call) -> Result[CallHeard, StorageFailed]:
        from casefold_adapters.llm import Answered

        made = await self._request(case, call)
        if isinstance(made, Failure):
            return made
        body = made.unwrap()
        name, cache = digest(body), self._cache()
        kept = cache.get(name) if cache is not None and call.attempt == 1 else None
        if kept is not None:
            return Success(CallHeard(call.digest, name, kept, kept=True, attempts=0))
        found = await self._endpoint().ask(body)
        if not isinstance(found, Answered):
            why = CallHeard(
                call.digest, name, None, found.problem, found.detail, found.billed, found.attempts, found.microseconds
            )
            return Success(why)
        if cache is not None and self._is_whole(call, found.body):
            cache.put(name, found.body)
        return Success(
            CallHeard(
                call.digest,
                name,
                found.body,
                billed=True,
                attempts=found.attempts,
                latency_microseconds=found.microseconds,
            )
        )

    def _is_whole(self, call: Call, body: bytes) -> bool:
        words = frozenset(vocabulary(self._artifacts.compiled))
        return read_reply(body, call.numbers, words).problem is None

    async def _request(self, case: Case, call: Call) -> Result[dict[str, Json], StorageFailed]:
        """Write a call with what its pages show."""
        tier = self._artifacts.vision
        assert tier is not None, "a case that asks was opened under what it may ask"
        words: dict[int, str] = {}
        async for found in read_texts(self._blobs, case, set(call.numbers)):
            if isinstance(found, Failure):
                return Failure(as_storage(found.failure()))
            page, line = found.unwrap()
            words[page.page] = " ".join(read_text_line(line, page.page).words)
        pictures: dict[int, str] = {}
        offset = first_page(case, call.source) - 1
        if tier.image is not None:
            numbers = [page - offset for page in call.numbers]
            rendered = self._pdf.render(
                self._sources[call.source], numbers, tier.long_side_pixels, self._password, jpeg=True
            )
            async with aclosing(rendered) as images:
                async for image in images:
                    if isinstance(image, PageImage):
                        pictures[image.page + offset] = f"data:image/jpeg;base64,{b64encode(image.encoded).decode()}"
        shown = {page: PageShown(words.get(page, ""), pictures.get(page)) for page in call.numbers}
        return Success(request(self._artifacts.compiled, tier, call, shown))

    def _endpoint(self) -> "Endpoint":
        from casefold_adapters.llm import Endpoint, Patience

        if self._made is None:
            server = self._server
            patience = Patience(
                float(server.timeout_seconds), server.retries, wait_seconds_max=float(server.wait_seconds_max)
            )
            self._made = Endpoint(
                server.base_url,
                server.key,
                patience,
                tokens_name=server.tokens_parameter,
                trust_env=server.use_proxy_settings,
            )
        return self._made

    def _cache(self) -> "AnswerCache | None":
        from casefold_adapters.llm import AnswerCache

        return None if self._server.cache is None else AnswerCache(self._server.cache)
