"""A case is the fold of its events, and whatever the world does, it comes to the same end."""

from attrs import evolve as changed
from hypothesis import example, given
from hypothesis import strategies as st

from casefold.case.events import (
    Assembled,
    CaseOpened,
    DocumentNotWritten,
    DocumentWritten,
    PageCorrected,
    PagesRead,
    Reported,
    SourceFile,
    SourceOpened,
    SourceRefused,
)
from casefold.case.outcome import outcome_digest
from casefold.case.record import (
    AssemblyDue,
    DocumentsObserved,
    NobodyNamed,
    NoSuchLabel,
    NoSuchPage,
    PagesObserved,
    ReportWritten,
    record,
)
from casefold.case.state import Case, document_file, evolve, fold
from casefold.case.steps import WriteDocuments, next_steps
from casefold.kernel.results import Failure
from casefold.pages.labels import Tier
from casefold.taxonomy.model import UNKNOWN
from casefold_properties import laws, strategies
from casefold_properties.strategies import lines_of, page_of
from casefold_properties.worlds import Package, World, drive, recorded, reloaded

CHANCE = st.randoms(use_true_random=False)
BLANK = page_of([], objects=0)
PICTURE = page_of([], objects=1)


def lines_page(at: int):
    return page_of([lines_of(("alpha certificate", "bravo certificate")[at % 2])])


ALPHAS = strategies.setting_of([page_of([lines_of("alpha certificate")])])


@given(strategies.event_logs())
@example(()).via("nothing happened")
def test_folding_in_two_parts_is_folding_once(events):
    """Fold the first events, and later the rest: the case is the same, wherever the log is cut."""
    laws.fold_is_associative_over_logs(events)


@given(strategies.events())
@example(Reported("", ())).via("only defaults")
def test_events_round_trip(event):
    """What a log keeps of an event is the whole of it."""
    laws.event_round_trips(event)


@given(strategies.settings_of_cases(artifacts=strategies.artifact_sets(max_classes=2)), CHANCE)
def test_any_package_comes_to_its_end(setting, chance):
    """Every package is finished in bounded steps, with every page read, labelled, and in one document."""
    log = drive(
        setting.artifacts, [setting.opened], World(setting.package, chance.randrange, unwritable=True), chance.randrange
    )
    case = fold(log)

    laws.is_finished(case)
    laws.pages_are_accounted_for(setting.package, case)


@given(st.sampled_from((BLANK, PICTURE)), st.integers(1, 3), strategies.known_artifacts())
@example(BLANK, 1, strategies.some_artifacts()).via("one blank sheet")
def test_a_file_of_nothing_comes_to_its_end(page, count, artifacts):
    """A file of blank sheets, or of pictures, is a file."""
    pages = tuple(changed(page, page=number) for number in range(1, count + 1))
    package = Package((pages,))

    laws.is_finished(fold(drive(artifacts, [strategies.opening_of(artifacts, package)], World(package))))


@given(strategies.settings_of_cases(max_pages=5), CHANCE)
def test_any_way_there_ends_in_the_same_outcome(setting, chance):
    """Whatever the order, however little at a time, and whenever all is forgotten save the log: one outcome."""
    straight = fold(drive(setting.artifacts, [setting.opened], setting.world()))
    world = World(setting.package, chance.randrange, unwritable=True)
    crooked = reloaded(drive(setting.artifacts, [setting.opened], world, chance.randrange, crashes=True))

    laws.is_finished(crooked)
    laws.outcome_is_content(straight, crooked)


@given(strategies.settings_of_cases(max_pages=4), CHANCE)
@example(strategies.setting_of([lines_page(at) for at in range(103)], [lines_page(0)]), None).via("many steps")
def test_what_is_due_is_what_is_left(setting, chance):
    """At any moment, the steps that are due ask for all that is left to do, once."""
    world = setting.world() if chance is None else World(setting.package, chance.randrange, unwritable=True)
    log = drive(setting.artifacts, [setting.opened], world)

    case = Case()
    for event in log:
        case = evolve(case, event)
        laws.steps_ask_for_what_is_left(case)


@given(strategies.settings_of_cases(max_pages=4), CHANCE)
def test_what_is_not_due_is_refused(setting, chance):
    """At any moment, what the case did not ask for is refused, and nothing falls over."""
    log = drive(setting.artifacts, [setting.opened], setting.world(), chance.randrange)
    case = fold(log[: 1 + chance.randrange(len(log))])
    due = {type(step).__name__ for step in next_steps(case)}

    beyond = len(setting.package.sources)
    laws.refuses_what_is_not_due(setting.artifacts, case, SourceOpened(beyond, 1, False))
    laws.refuses_what_is_not_due(setting.artifacts, case, SourceRefused(beyond, "NotAPdf", ""))
    laws.refuses_what_is_not_due(setting.artifacts, case, PagesObserved(0, (), ()))
    laws.refuses_what_is_not_due(setting.artifacts, case, PagesObserved(beyond, (BLANK,), (b"",)))
    if "Assemble" not in due:
        laws.refuses_what_is_not_due(setting.artifacts, case, AssemblyDue())
    if "Report" not in due:
        laws.refuses_what_is_not_due(setting.artifacts, case, ReportWritten(()))
    if case.outcome is None:
        laws.refuses_what_is_not_due(setting.artifacts, case, PageCorrected(1, UNKNOWN, "me", "why"))


@given(strategies.settings_of_cases(max_pages=4), CHANCE)
@example(ALPHAS, None).via("before anything is known")
def test_documents_that_nobody_asked_for_are_refused(setting, chance):
    """A document's PDF is taken only where it is due: not before assembly, not for another document, not twice."""
    log = drive(setting.artifacts, [setting.opened], setting.world())
    case = fold(log[: 1 + chance.randrange(len(log)) if chance else 1])
    due = {document.id for step in next_steps(case) if isinstance(step, WriteDocuments) for document in step.documents}

    laws.refuses_what_is_not_due(setting.artifacts, case, DocumentsObserved(()))
    for name in {"00", "01", "02"} - due:
        written = DocumentWritten(name, f"documents/{name}-alpha.pdf", (1,), "sha256:", 1)
        laws.refuses_what_is_not_due(setting.artifacts, case, DocumentsObserved((written,)))
        laws.refuses_what_is_not_due(setting.artifacts, case, DocumentsObserved((DocumentNotWritten(name, "why"),)))


@given(strategies.settings_of_cases(max_pages=4))
@example(ALPHAS).via("a single document")
def test_another_documents_pages_are_refused(setting):
    """A PDF that was cut before a correction is not taken for the document that now has its number."""
    log = drive(setting.artifacts, [setting.opened], setting.world())
    case = fold(event for event in log if not isinstance(event, DocumentWritten | Reported))

    for step in next_steps(case):
        for one in step.documents if isinstance(step, WriteDocuments) else ():
            right = DocumentWritten(one.id, document_file(one.id, one.label), one.pages, "sha256:", 1)
            for stale in (changed(right, pages=(*one.pages, 99)), changed(right, file="documents/x.pdf")):
                laws.refuses_what_is_not_due(setting.artifacts, case, DocumentsObserved((stale,)))
            laws.refuses_what_is_not_due(setting.artifacts, case, DocumentsObserved((right, right)))


@given(strategies.settings_of_cases(refused=False), CHANCE)
def test_a_correction_holds_and_the_case_goes_on(setting, chance):
    """A person's label stands on its page; the case is decided anew, and comes to its end again."""
    log = drive(setting.artifacts, [setting.opened], setting.world())
    case = fold(log)
    if not case.pages:
        return
    page = 1 + chance.randrange(len(case.pages))
    known = [each.id for each in setting.artifacts.compiled.taxonomy.classes if each.revision_of is None]
    label = chance.choice((UNKNOWN, *known))
    corrected = recorded(setting.artifacts, case, PageCorrected(page, label, " me ", "I looked"))
    after = fold(drive(setting.artifacts, (*log, *corrected), setting.world(), chance.randrange, crashes=True))

    laws.is_finished(after)
    laws.pages_are_accounted_for(setting.package, after)
    assert after.outcome is not None
    row = after.outcome.labels[page - 1]
    assert (row.label, row.tier, row.status.value) == (label, Tier.PERSON, "accepted")
    holder = next(document for document in after.outcome.documents if page in document.pages)
    assert holder.label == label


@given(strategies.settings_of_cases(max_sources=1, max_pages=3, refused=False))
def test_a_correction_names_a_page_a_class_and_a_person(setting):
    """A correction of no page, to no class, or by nobody is refused, and says why."""
    case = fold(drive(setting.artifacts, [setting.opened], setting.world()))
    count = len(case.pages)

    def refusal(correction: PageCorrected) -> object:
        result = record(setting.artifacts, case, correction)
        assert isinstance(result, Failure)
        return result.failure()

    for page in (-1, 0, count + 1):
        assert refusal(PageCorrected(page, UNKNOWN, "me", "why")) == NoSuchPage(page, count)
    if count:
        for label in ("", "alpah", "-", "é", "menu"):
            wrong = refusal(PageCorrected(1, label, "me", "why"))
            assert isinstance(wrong, NoSuchLabel) and wrong.label == label
        for by, why in (("", "why"), ("me", ""), (" ", "why"), ("me", "\n")):
            assert refusal(PageCorrected(1, UNKNOWN, by, why)) == NobodyNamed()


@given(strategies.settings_of_cases(), st.text(max_size=4))
def test_names_are_no_content(setting, name):
    """What a case and its files are called does not change the outcome's digest."""
    renamed = changed(
        setting.opened,
        name=name,
        sources=tuple(
            SourceFile(name + source.name, source.digest, source.bytes + 1) for source in setting.opened.sources
        ),
    )
    case = fold(drive(setting.artifacts, [setting.opened], setting.world()))
    other = fold(drive(setting.artifacts, [renamed], setting.world()))

    laws.outcome_is_content(case, other)
    if setting.opened.sources:
        source, *rest = setting.opened.sources
        another = changed(setting.opened, sources=(changed(source, digest="sha256:other"), *rest))
        changed_case = fold(drive(setting.artifacts, [another], setting.world()))
        assert outcome_digest(changed_case) != outcome_digest(case)


@given(strategies.settings_of_cases(max_pages=4), CHANCE)
@example(ALPHAS, None).via("the least")
def test_a_log_makes_sense(setting, chance):
    """Every event that a world brings about fits what happened before, and without those it builds on it does not."""
    if not setting.package.sources:
        return
    world = setting.world() if chance is None else World(setting.package, chance.randrange, unwritable=True)
    log = drive(setting.artifacts, [setting.opened], world)
    if fold(log).pages:
        log = (*log, *recorded(setting.artifacts, fold(log), PageCorrected(1, UNKNOWN, "me", "why")))
        log = drive(setting.artifacts, log, world)

    laws.history_makes_sense(log)
    for at, event in enumerate(log):
        if isinstance(event, CaseOpened | SourceOpened | SourceRefused | PagesRead):
            laws.a_gap_makes_no_sense(log, at)
            assert laws.first_misfit([*log[: at + 1], event]) == at + 1


@given(strategies.event_logs())
def test_any_log_makes_sense_or_not(events):
    """No event makes asking whether it can have happened fall over."""
    laws.first_misfit(events)


TWO_FILES = strategies.setting_of([lines_page(0), lines_page(1)], [lines_page(0)])


def test_a_page_of_another_file_makes_no_sense():
    """A page belongs to the file that its number falls in, and to no other."""
    log = list(drive(TWO_FILES.artifacts, [TWO_FILES.opened], TWO_FILES.world()))
    at, event = next((at, event) for at, event in enumerate(log) if isinstance(event, PagesRead))
    log[at] = changed(event, pages=tuple(changed(page, source=1) for page in event.pages))

    assert laws.first_misfit(log) == at


def test_a_document_across_files_makes_no_sense():
    """A document's pages are all in the file that it names."""
    log = list(drive(TWO_FILES.artifacts, [TWO_FILES.opened], TWO_FILES.world()))
    at, event = next((at, event) for at, event in enumerate(log) if isinstance(event, Assembled))
    one, *rest = event.documents
    log[at] = changed(event, documents=(changed(one, source=1), *rest))

    assert laws.first_misfit(log) == at


@given(strategies.settings_of_cases(), CHANCE)
def test_replay_of_what_was_recorded_is_identical(setting, chance):
    """The same texts under the same artifacts show the same and are decided the same."""
    log = drive(setting.artifacts, [setting.opened], setting.world(), chance.randrange)

    laws.replay_is_identical(setting.artifacts, setting.package, fold(log))


@given(strategies.settings_of_cases(max_pages=4), CHANCE)
def test_every_page_is_traced_back_and_forward_once(setting, chance):
    """From any page of any output to its place in a source, and from any source page to its output."""
    log = drive(setting.artifacts, [setting.opened], World(setting.package, chance.randrange, unwritable=True))
    case = fold(log)
    if case.pages:
        log = (*log, *recorded(setting.artifacts, case, PageCorrected(1, UNKNOWN, "me", "why")))

    for at in range(1, len(log) + 1):
        laws.lineage_traces_every_page(log[:at])


@given(strategies.settings_of_cases(), CHANCE)
def test_what_is_told_is_canonical(setting, chance):
    """The rows of `case.json` are canonical JSON, and every page has one."""
    world = World(setting.package, chance.randrange, unwritable=True)
    log = drive(setting.artifacts, [setting.opened], world)
    laws.rows_are_canonical(setting.artifacts, fold(log))
    if fold(log).pages:
        log = (*log, *recorded(setting.artifacts, fold(log), PageCorrected(1, UNKNOWN, "Ann “A”", "why\n\u20ac")))
    case = fold(drive(setting.artifacts, log, world))
    rows = laws.rows_are_canonical(setting.artifacts, case)

    for row in rows:
        assert row["why"]


def test_a_case_without_files_is_a_case():
    """Nothing to read is decided, written and reported at once."""
    artifacts = strategies.some_artifacts()
    opened = CaseOpened("empty", (), "sha256:t", "sha256:h", None, "1")
    log = drive(artifacts, [opened], World(Package(())))

    assert [type(event).__name__ for event in log] == ["CaseOpened", "Assembled", "Reported"]


def test_before_it_is_opened_nothing_is_due():
    """A case begins by being opened."""
    assert next_steps(Case()) == ()
