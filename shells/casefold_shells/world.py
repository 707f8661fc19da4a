"""The world of a case in a folder: source PDFs on disk, a sandboxed PDF reader, blobs and outputs beside the log."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import Protocol

from casefold.case.events import (
    BatchSubmitted,
    DocumentNotWritten,
    DocumentWritten,
    OutputFile,
    SourceOpened,
    SourceRefused,
)
from casefold.case.record import (
    TEXTS_JOINED,
    Artifacts,
    AssemblyDue,
    DecisionDue,
    DocumentsObserved,
    Observation,
    PagesObserved,
    PlanningDue,
    Recalled,
    RecognitionObserved,
    ReportWritten,
    ReservationDue,
    RulesDue,
    TextsObserved,
)
from casefold.case.state import Case, document_file, first_page
from casefold.case.steps import (
    AskModels,
    AskRules,
    AskVision,
    Assemble,
    CollectBatch,
    Decide,
    Extract,
    OpenSource,
    PlanCalls,
    ReadPages,
    RecallPages,
    Recognise,
    Report,
    ReserveCalls,
    Step,
    SubmitBatch,
    WriteDocuments,
)
from casefold.case.view import document_title
from casefold.kernel.canonical import DIGEST_PREFIX
from casefold.kernel.chain import Head
from casefold.kernel.results import Failure, Result, Success, sealed
from casefold.memory.recalling import PageMatches
from casefold.memory.sketches import sketch
from casefold.pages.recognition import recognised
from casefold.pages.stream import Document
from casefold.pages.text import PageText, PageUnreadable, read_text_line, text_line
from casefold_adapters.files.atomic import StorageFailed
from casefold_adapters.files.blobs import FileBlobs
from casefold_adapters.ocr.recogniser import Recogniser
from casefold_adapters.pdf.digests import digest_of_words
from casefold_adapters.pdf.reader import PdfReader
from casefold_adapters.pdf.values import SplitDone, SplitPart
from casefold_shells.asking import Asker
from casefold_shells.casefiles import CaseFolder
from casefold_shells.memories import Memory
from casefold_shells.models import NOWHERE, Servers, ask_models
from casefold_shells.outputs import write_outputs
from casefold_shells.refusals import refusal_words, split_words
from casefold_shells.texts import as_storage, document_texts, read_texts
from casefold_shells.vision import VisionServer


class Progress(Protocol):
    """Sees a case go by."""

    def case(self, case: Case) -> None:
        """The case went one step on."""

    def reading(self, page: int) -> None:
        """Page number *page* of the package was read."""

    def recognising(self, page: int, known: bool) -> None:
        """Page number *page* of the package was recognised, or was *known* from before."""

    def writing(self, documents: int) -> None:
        """So many more documents were written."""

    def reporting(self) -> None:
        """The report is being written."""


class FolderWorld:
    """Performs the steps of one case; see `casefold_shells.drive.World`."""

    def __init__(
        self,
        artifacts: Artifacts,
        folder: CaseFolder,
        sources: Sequence[Path],
        pdf: PdfReader,
        password: str | None,
        progress: Progress,
        head: Callable[[], Head],
        servers: Servers = NOWHERE,
        recogniser: Recogniser | None = None,
        vision: VisionServer | None = None,
        memory: Memory | None = None,
    ) -> None:
        """Work in *folder* on *sources*, the files of the package in order; *head* gives the end of the log.

        Models are asked at *servers*, a language model at *vision*; pages that need it are recognised by
        *recogniser*, and reviewed pages recalled from *memory*.
        """
        self._recogniser = recogniser
        self._artifacts = artifacts
        self._folder = folder
        self._sources = sources
        self._pdf = pdf
        self._password = password
        self._progress = progress
        self._head = head
        self._servers = servers
        self._memory = memory
        self._blobs = FileBlobs(folder.blobs)
        self._asker = None if vision is None else Asker(artifacts, vision, self._blobs, sources, pdf, password)
        self._reading: tuple[int, int, AsyncIterator[PageText | PageUnreadable]] | None = None
        self._words: dict[int, bytes] = {}

    async def perform(self, case: Case, step: Step) -> Result[Observation, StorageFailed]:
        """Do one step."""
        match step:
            case OpenSource():
                return Success(await self._open(step))
            case ReadPages():
                return await self._read(case, step)
            case Recognise():
                return await self._recognise(case, step)
            case Assemble():
                return Success(AssemblyDue())
            case Extract():
                return await self._texts(case, step)
            case AskRules():
                return Success(RulesDue())
            case RecallPages():
                return await self._recall(case)
            case PlanCalls():
                return Success(PlanningDue())
            case ReserveCalls():
                return Success(ReservationDue())
            case AskVision() | CollectBatch():
                return await self._ask_vision(case, step)
            case SubmitBatch():
                raise AssertionError("a batch is handed in between two drives: nobody may take it")
            case AskModels():
                return await self._ask(case, step)
            case Decide():
                return Success(DecisionDue())
            case WriteDocuments():
                return await self._write(case, step)
            case Report():
                return (await self._report(case)).map(ReportWritten)

    async def close(self) -> None:
        """Stop what is still running."""
        if self._reading is not None:
            await self._reading[2].aclose()  # type: ignore[attr-defined]
            self._reading = None
        if self._recogniser is not None:
            await self._recogniser.close()
        if self._asker is not None:
            await self._asker.close()

    async def ready(self, batch: str) -> bool:
        """Whether nothing more will come of what was handed in as *batch*."""
        return self._asker is not None and await self._asker.ready(batch)

    async def _recall(self, case: Case) -> Result[Observation, StorageFailed]:
        assert self._memory is not None, "a run without a memory stops before"
        found: list[PageMatches] = []
        async for text in read_texts(self._blobs, case):
            if isinstance(text, Failure):
                return Failure(as_storage(text.failure()))
            page, line = text.unwrap()
            bits = sketch(read_text_line(line, page.page).words)
            if bits is None:
                continue
            matches = await self._memory.nearest(bits)
            if isinstance(matches, Failure):
                return matches
            found.append(PageMatches(page.page, matches.unwrap()))
        return Success(Recalled(tuple(found)))

    async def submit(self, case: Case, step: SubmitBatch) -> Result[BatchSubmitted | None, StorageFailed]:
        """Hand calls in to be answered later; nothing where the endpoint would not take them now."""
        assert self._asker is not None, "a run that may not ask stops before"
        return await self._asker.submit(case, step.calls)

    async def _ask_vision(self, case: Case, step: AskVision | CollectBatch) -> Result[Observation, StorageFailed]:
        assert self._asker is not None, "a run that may not ask stops before"
        if isinstance(step, AskVision):
            heard = await self._asker.heard(case, step.calls)
            if isinstance(heard, Failure):
                return heard
            found = heard.unwrap()
        else:
            found = await self._asker.collected(step.id, step.calls)
        if found.body is not None:
            stored = await self._blobs.put(found.body)
            if isinstance(stored, Failure):
                return stored
        return Success(found)

    async def _report(self, case: Case) -> Result[tuple[OutputFile, ...], StorageFailed]:
        self._progress.reporting()
        return await write_outputs(
            self._artifacts, case, self._head(), self._folder, self._sources, self._pdf, self._password
        )

    async def _ask(self, case: Case, step: AskModels) -> Result[Observation, StorageFailed]:
        assert case.given is not None, "models are asked for a policy"
        heard = await ask_models(case.given.scores, step.plans, self._servers)
        for body in heard.bodies:
            stored = await self._blobs.put(body)
            if isinstance(stored, Failure):
                return stored
        return Success(heard.received)

    async def _open(self, step: OpenSource) -> SourceOpened | SourceRefused:
        facts = await self._pdf.inspect(self._sources[step.source], self._password)
        if isinstance(facts, Failure):
            refused = facts.failure()
            return SourceRefused(step.source, type(refused).__name__, refusal_words(refused))
        found = facts.unwrap()
        return SourceOpened(step.source, found.pages, found.repaired)

    async def _read(self, case: Case, step: ReadPages) -> Result[Observation, StorageFailed]:
        """Read on from where the last step of the source ended, so that one child reads the whole of it."""
        pages = self._pages_from(case, step)
        offset = first_page(case, step.source) - 1
        found: list[PageText | PageUnreadable] = []
        while len(found) <= step.last - step.first:
            page = await anext(pages)
            found.append(page)
            if isinstance(page, PageText):
                self._words[offset + page.page] = bytes.fromhex(words_digest(page))
            self._progress.reading(offset + page.page)
        self._reading = (step.source, step.last + 1, pages)
        lines = tuple(text_line(page) for page in found if isinstance(page, PageText))
        if lines:
            stored = await self._blobs.put(TEXTS_JOINED.join(lines))
            if isinstance(stored, Failure):
                return stored
        return Success(PagesObserved(step.source, tuple(found), lines))

    async def _recognise(self, case: Case, step: Recognise) -> Result[Observation, StorageFailed]:
        assert case.opened is not None and self._recogniser is not None, (
            "a case is recognised by what it was begun with"
        )
        offset = first_page(case, step.source) - 1
        layers: dict[int, PageText] = {}
        async for text in read_texts(self._blobs, case, {page + offset for page in step.pages}, layer=True):
            if isinstance(text, Failure):
                return Failure(as_storage(text.failure()))
            page, line = text.unwrap()
            layers[page.page - offset] = read_text_line(line, page.page - offset)
        attempt = next(one for one in case.opened.recognition.attempts if one.effort is step.effort)
        source, digest = self._sources[step.source], case.opened.sources[step.source].digest
        found: list[PageText | PageUnreadable] = []
        async with aclosing(
            self._recogniser.recognise(source, digest, step.pages, attempt, self._password)
        ) as recognising:
            async for one in recognising:
                words = one.words
                found.append(words if isinstance(words, PageUnreadable) else recognised(layers[one.page], words))
                self._progress.recognising(offset + one.page, one.known)
        lines = tuple(text_line(page) for page in found if isinstance(page, PageText))
        if lines:
            stored = await self._blobs.put(TEXTS_JOINED.join(lines))
            if isinstance(stored, Failure):
                return stored
        return Success(RecognitionObserved(step.source, step.effort, tuple(found), lines))

    def _pages_from(self, case: Case, step: ReadPages) -> AsyncIterator[PageText | PageUnreadable]:
        if self._reading is not None and self._reading[:2] == (step.source, step.first):
            return self._reading[2]
        seen = case.sources[step.source]
        assert isinstance(seen, SourceOpened), "only an opened source is read"
        return self._pdf.read(self._sources[step.source], step.first, seen.pages, self._password)

    async def _texts(self, case: Case, step: Extract) -> Result[Observation, StorageFailed]:
        return (await document_texts(self._blobs, case, step.documents)).map(TextsObserved)

    async def _write(self, case: Case, step: WriteDocuments) -> Result[Observation, StorageFailed]:
        digests = await self._expected(case, step)
        if isinstance(digests, Failure):
            return digests
        parts = {self._file(document): document for document in step.documents}
        titles = {document.id: document_title(self._artifacts, document) for document in step.documents}
        wanted = [
            self._part(document, step.offset, titles[document.id], digests.unwrap()) for document in step.documents
        ]
        results: list[DocumentWritten | DocumentNotWritten] = []
        source = self._sources[step.source]
        self._folder.documents.mkdir(parents=True, exist_ok=True)
        async with aclosing(self._pdf.split(source, wanted, self._folder.documents, self._password)) as written:
            async for result in written:
                match sealed(result):
                    case Success(done):
                        results.append(_written(parts[done.file], done))
                    case Failure(lost):
                        results.append(DocumentNotWritten(parts[lost.file].id, split_words(lost.fault)))
        self._progress.writing(len(results))
        return Success(DocumentsObserved(tuple(results)))

    @staticmethod
    def _file(document: Document) -> str:
        return document_file(document.id, document.label).rpartition("/")[2]

    def _part(self, document: Document, offset: int, title: str, digests: Mapping[int, str | None]) -> SplitPart:
        return SplitPart(
            pages=tuple(page - offset for page in document.pages),
            expected=tuple(digests.get(page) for page in document.pages),
            file=self._file(document),
            title=title,
            bookmarks=tuple((f"{title}, page {number}", number) for number in range(1, len(document.pages) + 1)),
        )

    async def _expected(self, case: Case, step: WriteDocuments) -> Result[Mapping[int, str | None], StorageFailed]:
        """Give the words' digests of the pages to be written; what an earlier run read is read back from its blobs."""
        wanted = {page for document in step.documents for page in document.pages}
        if wanted - self._words.keys():
            async for text in read_texts(self._blobs, case, wanted - self._words.keys(), layer=True):
                if isinstance(text, Failure):
                    return Failure(as_storage(text.failure()))
                page, line = text.unwrap()
                self._words[page.page] = bytes.fromhex(words_digest(read_text_line(line, page.page)))
        return Success({page: self._words[page].hex() if page in self._words else None for page in wanted})


def _written(document: Document, done: SplitDone) -> DocumentWritten:
    file = document_file(document.id, document.label)
    return DocumentWritten(document.id, file, document.pages, DIGEST_PREFIX + done.sha256, done.size_bytes)


def words_digest(page: PageText) -> str:
    """Name the words of a page's own text, without its form fields."""
    return digest_of_words(page.words[: len(page.words) - page.form_words])
