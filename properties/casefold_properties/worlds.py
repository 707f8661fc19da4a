"""A world for cases to happen in, without files: it answers every step, as differently as the chances say.

It stands where adapters would: `World.answer` does a step and says what came of it, `drive` is the loop of every shell.
"""

from collections.abc import Callable, Mapping, Sequence

from attrs import field, frozen

from casefold.case.asking import CallHeard
from casefold.case.codec import event_value, read_event
from casefold.case.events import (
    BatchSubmitted,
    DocumentNotWritten,
    DocumentWritten,
    Event,
    OutputFile,
    ScoreAnswer,
    ScoresReceived,
    ShadowAnswer,
    SourceOpened,
    SourceRefused,
)
from casefold.case.record import (
    Artifacts,
    AssemblyDue,
    DecisionDue,
    DocumentsObserved,
    DocumentTexts,
    Observation,
    PagesObserved,
    PlanningDue,
    Recalled,
    RecognitionObserved,
    ReportWritten,
    ReservationDue,
    RulesDue,
    TextsObserved,
    record,
)
from casefold.case.scoring import PlannedScore
from casefold.case.state import Case, document_file, first_page, fold
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
    next_steps,
)
from casefold.kernel.canonical import digest
from casefold.kernel.results import Failure
from casefold.memory.recalling import PageMatches, Remembered, nearest
from casefold.memory.sketches import sketch
from casefold.pages.recognition import Effort, RecognisedWords, recognised
from casefold.pages.text import PageText, PageUnreadable, UnreadableKind, text_line
from casefold.policy.experiments import Planned
from casefold.policy.scorefacts import Answered, Outcome, ScoreReceived, Unreachable
from casefold.vision.answers import Problem
from casefold.vision.calls import Call

Choose = Callable[[int], int]
"""Takes a chance: gives a number from 0 up to, not including, its argument."""


def first(_: int) -> int:
    """Leave nothing to chance: always 0."""
    return 0


Speaker = Callable[[Call], CallHeard]
"""A language model: gives what comes of a call."""


def silent(call: Call) -> CallHeard:
    """Say that nobody is there."""
    return CallHeard(call.digest, problem=Problem.UNREACHABLE, detail="nobody is there")


@frozen
class Package:
    """The files of a package: the pages of each, or why it cannot be opened."""

    sources: tuple[tuple[PageText | PageUnreadable, ...] | str, ...]


@frozen
class World:
    """Does what a case asks for.

    Attributes:
        package: The papers.
        choose: With chances other than `first`, fewer pages than asked are read at a time, documents are written one
            by one, and some cannot be written.
        unwritable: Whether documents may fail to be written.
        pictures: What is recognised on pages of a number, with each effort; others crash.
        answers: What models answer, by the names that policies have for them; others are unreachable.
        speaker: The language model.
        remembered: Pages that people reviewed, in cases before.
    """

    package: Package
    choose: Choose = field(default=first)
    unwritable: bool = False
    answers: Mapping[str, Outcome] = field(factory=dict[str, Outcome])
    pictures: Mapping[tuple[int, Effort], RecognisedWords] = field(factory=dict[tuple[int, Effort], RecognisedWords])
    speaker: Speaker = silent
    remembered: tuple[Remembered, ...] = ()

    def answer(self, case: Case, step: Step) -> Observation:
        """Do one step, and say what came of it."""
        match step:
            case OpenSource(source):
                return self._opened(source)
            case ReadPages(source, start, last):
                pages = self._pages(source)[start - 1 : last - self.choose(last - start + 1)]
                lines = tuple(text_line(page) for page in pages if isinstance(page, PageText))
                return PagesObserved(source, pages, lines)
            case Recognise(source, pages, effort):
                return self._recognised(source, pages, effort)
            case RecallPages():
                return self._recalled(case)
            case Assemble():
                return AssemblyDue()
            case Extract():
                return self._texts(case, step)
            case AskRules():
                return RulesDue()
            case PlanCalls():
                return PlanningDue()
            case ReserveCalls():
                return ReservationDue()
            case AskVision(calls):
                return self.speaker(calls[self.choose(len(calls))])
            case SubmitBatch(calls):
                names = tuple(call.digest for call in calls)
                return BatchSubmitted(digest(names), names)
            case CollectBatch(_, calls):
                return self.speaker(calls[0])
            case AskModels(plans):
                return self._scored(plans)
            case Decide():
                return DecisionDue()
            case WriteDocuments():
                return self._written(step)
            case Report():
                return ReportWritten((OutputFile("case.json", digest(case.opened.name if case.opened else "")),))

    def _texts(self, case: Case, step: Extract) -> TextsObserved:
        count = len(step.documents) - self.choose(len(step.documents))
        found: list[DocumentTexts] = []
        for document in step.documents[:count]:
            pages = self._pages(document.source)
            offset = first_page(case, document.source)
            shown = [self._as_it_is(case, page, pages[page - offset]) for page in document.pages]
            found.append(DocumentTexts(document.id, tuple(text_line(p) for p in shown if isinstance(p, PageText))))
        return TextsObserved(tuple(found))

    def _as_it_is(self, case: Case, number: int, page: PageText | PageUnreadable) -> PageText | PageUnreadable:
        """Give a page as the case knows it now: as it was read, as it was recognised, or lost to that."""
        known = case.pages[number - 1]
        if known.unreadable is not None:
            return known.unreadable
        return page if known.recognition is None else self._picture(page, known.recognition.effort)

    def _recalled(self, case: Case) -> Recalled:
        numbers = iter(range(1, len(case.pages) + 1))
        read = [page for source in self.package.sources if not isinstance(source, str) for page in source]
        found: list[PageMatches] = []
        for number, page in zip(numbers, read, strict=True):
            bits = sketch(page.words) if isinstance(page, PageText) else None
            if bits is not None:
                found.append(PageMatches(number, nearest(self.remembered, bits)))
        return Recalled(tuple(found))

    def _scored(self, plans: Sequence[PlannedScore]) -> ScoresReceived:
        return ScoresReceived(
            tuple(
                ScoreAnswer(
                    each.input,
                    each.plan.assignment,
                    self._heard(each.plan.served),
                    tuple(ShadowAnswer(one.arm, self._heard(one)) for one in each.plan.shadows),
                )
                for each in plans
            )
        )

    def _heard(self, planned: Planned) -> ScoreReceived:
        outcome = self.answers.get(planned.arm, Unreachable("nobody is there"))
        response = digest(planned.arm) if isinstance(outcome, Answered) else None
        return ScoreReceived(planned.request.model, None, planned.request.digest, response, 1, 1_800, outcome)

    def _recognised(self, source: int, pages: Sequence[int], effort: Effort) -> RecognitionObserved:
        """Recognise pages as their text depends on them and the effort alone; some of them cannot be."""
        found = tuple(self._picture(self._pages(source)[page - 1], effort) for page in pages)
        lines = tuple(text_line(page) for page in found if isinstance(page, PageText))
        return RecognitionObserved(source, effort, found, lines)

    def _picture(self, page: PageText | PageUnreadable, effort: Effort) -> PageText | PageUnreadable:
        assert isinstance(page, PageText), "nobody recognises a page that could not be read"
        words = self.pictures.get((page.page, effort))
        if words is None:
            return PageUnreadable(page.page, UnreadableKind.CRASHED, "the worker died")
        return recognised(page, words)

    def _opened(self, source: int) -> SourceOpened | SourceRefused:
        found = self.package.sources[source]
        if isinstance(found, str):
            return SourceRefused(source, found, "it is not for us")
        return SourceOpened(source, len(found), self.choose(2) == 1)

    def _pages(self, source: int) -> tuple[PageText | PageUnreadable, ...]:
        found = self.package.sources[source]
        assert not isinstance(found, str), "nobody reads a file that was refused"
        return found

    def _written(self, step: WriteDocuments) -> DocumentsObserved:
        count = len(step.documents) - self.choose(len(step.documents))
        return DocumentsObserved(
            tuple(
                DocumentNotWritten(document.id, "the disk is full")
                if self.unwritable and self.choose(4) == 1
                else DocumentWritten(
                    document.id,
                    document_file(document.id, document.label),
                    document.pages,
                    digest([document.label, document.pages]),
                    len(document.pages),
                )
                for document in step.documents[:count]
            )
        )


def recorded(artifacts: Artifacts, case: Case, observation: Observation) -> tuple[Event, ...]:
    """Record what the case asked for; that it refuses would be a bug."""
    events = record(artifacts, case, observation)
    assert not isinstance(events, Failure), (observation, events)
    return events.unwrap()


def reloaded(events: Sequence[Event]) -> Case:
    """Know of a case only what its log says: as after a crash."""
    loaded: list[Event] = []
    for event in events:
        read = read_event(event_value(event))
        assert not isinstance(read, Failure), read
        loaded.append(read.unwrap())
    return fold(loaded)


def answers_max(package: Package, documents: int) -> int:
    """Bound the steps that a package may take, however little each does."""
    pages = sum(len(source) for source in package.sources if not isinstance(source, str))
    # Each page may be recognised with every effort, and all be assembled anew after each.
    recognising = 2 * len(Effort) * (pages + documents)
    return len(package.sources) + pages + 2 * documents + 4 * pages + 8 + recognising


def drive(
    artifacts: Artifacts, events: Sequence[Event], world: World, choose: Choose = first, *, crashes: bool = False
) -> tuple[Event, ...]:
    """Take a case as far as it goes, from the log of what happened so far; give the whole log.

    Files are opened in the order that *choose* gives; all else is done in the order that the case asks for. With
    *crashes*, *choose* also says when all is forgotten save the log, before a step is recorded or after.
    """
    log = list(events)
    case = fold(log)
    done = 0
    while steps := next_steps(case):
        assert done <= answers_max(world.package, len(case.pages)), (steps, "a case comes to its end")
        step = steps[choose(len(steps))] if isinstance(steps[0], OpenSource) else steps[0]
        observation = world.answer(case, step)
        if crashes and choose(4) == 1:
            case = reloaded(log)
            observation = world.answer(case, step)
        new = recorded(artifacts, case, observation)
        log += new
        case = reloaded(log) if crashes and choose(4) == 1 else fold(new, case)
        done += 1
    return tuple(log)
