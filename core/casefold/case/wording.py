"""Findings, reasons and evidence in words that a loan officer reads."""

from collections.abc import Sequence
from types import MappingProxyType

from casefold.case.consequences import Consequences, DocumentChange, SeenDocument
from casefold.case.events import BoundaryCorrected
from casefold.documents.findings import EXACT, Finding, FindingKind
from casefold.kernel.odds import PPM
from casefold.pages.certificates import Standing
from casefold.pages.evidence import Evidence
from casefold.pages.labels import PageLabel, Reason, Status, Thresholds
from casefold.pages.otherwise import Because, Choice, Otherwise, Tie
from casefold.pages.recognition import Effort, Recognition
from casefold.pages.signals import Compiled
from casefold.pages.text import TextOrigin
from casefold.taxonomy.model import Cue, Detector, DocumentClass, IdentityKey, Signal, Where

_DETECTED = MappingProxyType({
    Detector.BLANK: "the page draws nothing",
    Detector.PASSPORT_MRZ: "a passport's machine-readable zone with right check digits",
    Detector.CARD_MRZ: "a card's machine-readable zone with right check digits",
    Detector.LICENCE_BARCODE: "the barcode of a driver licence or identification card",
    Detector.MICR_LINE: "a routing number with a right check digit between the signs of a check",
    Detector.CONTINUED: "the page says that it is continued",
})  # fmt: skip
_WHERE = MappingProxyType({Where.ANYWHERE: "", Where.TOP: " at the top", Where.BOTTOM: " at the bottom"})
_CUE = MappingProxyType({
    None: "",
    Cue.FIRST: ", a first page",
    Cue.CONTINUATION: ", a continuation",
    Cue.LAST: ", a last page",
})  # fmt: skip


def signal_words(signal: Signal) -> str:
    """Say what a signal looks for.

    >>> signal_words(Signal("irs-w2", 20, form="W-2", cue=Cue.FIRST))
    'form number “W-2”, a first page'
    """
    if signal.detector is not None:
        what = _DETECTED[signal.detector]
    elif signal.form is not None:
        what = f"form number “{signal.form}”"
    elif signal.phrase is not None:
        what = f"“{signal.phrase}”"
    else:
        what = f"text like {signal.regex}"
    return what + _WHERE[signal.where] + _CUE[signal.cue]


def evidence_words(compiled: Compiled, evidence: Evidence) -> str:
    """Say what a piece of evidence shows, for which class, and what it is worth."""
    signal = signal_of(compiled, evidence)
    return f"{signal_words(signal)} ({signal.weight:+d} dB for {evidence.label})"


def signal_of(compiled: Compiled, evidence: Evidence) -> Signal:
    """Give the signal that a piece of evidence shows."""
    return class_of(compiled, evidence.label).signals[evidence.signal]


def class_of(compiled: Compiled, label: str) -> DocumentClass:
    """Give the class, or kind outside, of that id."""
    return next(document_class for document_class in compiled.classes if document_class.id == label)


def reason_words(
    label: PageLabel, thresholds: Thresholds, unreadable: str | None, origin: TextOrigin = TextOrigin.LAYER
) -> str:
    """Say why a page's label was accepted, or why a person must look.

    *unreadable* is what the reader said of a page that it could not read; *origin* is where its words were read.
    """
    least = thresholds.confidence_min(label.label, origin)
    sure, wanted = percent(label.confidence_ppm), percent(min(PPM, least))
    match label.reason:
        case Reason.SURE:
            outside = f"; it looks like {label.looks_like}, which is outside the taxonomy" if label.looks_like else ""
            shown = ", certified" if thresholds.standing(label.label, origin) is Standing.CERTIFIED else ""
            return f"{sure} sure, {wanted} asked for{shown}{outside}"
        case Reason.UNSURE:
            other = f"; it could be {label.runner_up}" if label.runner_up else ""
            if least > PPM:
                return f"{sure} sure, but no certificate says how sure is enough{other}"
            return f"only {sure} sure, {wanted} asked for{other}"
        case Reason.NO_CLASS:
            return "it fits no class of the taxonomy"
        case Reason.NO_TEXT:
            return "it has no words to judge by"
        case Reason.LAYER_UNTRUSTED:
            return "its text layer is not what people see on it, and its picture was not recognised"
        case Reason.UNREADABLE:
            return f"it could not be read: {unreadable}"
        case Reason.CORRECTED:
            return "a person gave the label"
        case Reason.BLANK:
            return "the page draws nothing"
        case Reason.BUDGET_EXHAUSTED:
            return f"only {sure} sure, {wanted} asked for; the budget was spent before a language model was asked"
        case Reason.UNANSWERED:
            return f"only {sure} sure, {wanted} asked for; a language model gave no answer that could be used"
        case Reason.COPY:
            return "it is the same, word for word, as the page before it"
        case Reason.ORDER_UNCERTAIN:
            return "the file is out of order, and the rest of its document was not found"


_EFFORT = MappingProxyType({
    Effort.TOP: "in its upper third",
    Effort.FULL: "in its picture",
    Effort.CLOSE: "in its picture, looked at closer",
    Effort.SECOND: "in its picture as a second opinion",
})  # fmt: skip


def recognition_words(how: Recognition) -> str:
    """Say where the words of a page are from that were recognised.

    >>> recognition_words(Recognition(Effort.FULL, "tesseract", 913_000))
    'its words were recognised in its picture by tesseract, 91.3 % sure on the whole'
    """
    sure = percent(how.confidence_ppm)
    return f"its words were recognised {_EFFORT[how.effort]} by {how.engine}, {sure} sure on the whole"


def percent(ppm: int) -> str:
    """Write a confidence with the digits that matter, never rounding up to certainty.

    >>> percent(990_099), percent(999_999), percent(1_000_000), percent(0)
    ('99.0 %', '99.99 %', '100 %', '0.0 %')
    """
    if ppm == PPM:
        return "100 %"
    return f"{ppm // 100 / 100:.2f} %" if ppm >= 999_000 else f"{ppm // 1_000 / 10:.1f} %"


def finding_words(finding: Finding) -> str:
    """Say what is wrong, and what would mend it."""
    pages, missing = _list(finding.pages), ", ".join(finding.missing)
    match finding.kind:
        case FindingKind.MISSING_PAGES | FindingKind.EXCERPT:
            total, verb = (
                f" of {finding.detail}" if finding.detail else "",
                "is" if len(finding.missing) == 1 else "are",
            )
            return f"Printed page {missing}{total} {verb} not here. Ask for the missing pages."
        case FindingKind.OUT_OF_ORDER:
            return f"Printed page numbers fall at page {pages}. Check the order of the pages."
        case FindingKind.DUPLICATE_PAGES:
            return f"Page {pages} repeats page {finding.detail} word for word."
        case FindingKind.DUPLICATE_DOCUMENT:
            how = "word for word" if finding.detail == EXACT else "in its identity keys and in what it shows"
            return f"It is document {missing} over again, {how}."
        case FindingKind.TOO_FEW_PAGES:
            return f"It has fewer pages than such a document has: {finding.detail}."
        case FindingKind.TOO_MANY_PAGES:
            return f"It has more pages than such a document has: {finding.detail}. It may be two documents."
        case FindingKind.UNREADABLE_PAGE:
            return f"Page {pages} could not be read ({finding.detail}). Look at it, or ask for a better copy."
        case FindingKind.SOURCE_REFUSED:
            return f"A file could not be opened ({finding.detail})."
        case FindingKind.MISSING_DOCUMENT:
            return f"{finding.detail}: not in the file. It would be met by {missing}."
        case FindingKind.NOT_WRITTEN:
            return f"Its PDF could not be written ({finding.detail}). The pages are in the source file."
        case FindingKind.FORM_DIFFERS:
            return f"The form's field holds something else than is drawn there: {finding.detail} (pages {pages})."
        case FindingKind.RULE_FAILED:
            return f"{finding.detail[:1].upper()}{finding.detail[1:]} (pages {pages}). Clear it up with the borrower."
        case FindingKind.UNDECIDED:
            return f"The policy could not decide, so a person must. {finding.detail}"


_TIES = MappingProxyType({
    Tie.NUMBERS_GO_ON: "printed page numbers go on",
    Tie.NUMBERS_BREAK: "printed page numbers do not go on",
    Tie.KEYS_AGREE: "the same {keys}",
    Tie.KEYS_DIFFER: "another {keys}",
    Tie.VARIANTS_DIFFER: "another variant",
    Tie.SAME_BAND: "the same running header or footer",
    Tie.OTHER_BAND: "another running header or footer",
    Tie.NOTHING_SHARED: "nothing in common but the class",
    Tie.SAME_WORDS: "much the same words on both",
    Tie.OTHER_SIZE: "another size of sheet",
    Tie.BLANK_BETWEEN: "a blank sheet between",
    Tie.CONTINUED: "the page before says that it is continued",
    Tie.SAID: "a language model was asked whether a document begins",
    Tie.PERSON: "a person said whether a document begins there",
    Tie.FIRST_PAGE: "it looks like a first page",
    Tie.LATER_PAGE: "it does not look like a first page",
    Tie.LAST_PAGE: "the page before looks like a last one",
    Tie.NOT_LAST_PAGE: "the page before is not the last by its number",
})  # fmt: skip
_KEYS = MappingProxyType({
    IdentityKey.VARIANT: "variant",
    IdentityKey.TAX_YEAR: "tax year",
    IdentityKey.REVISION: "form revision",
    IdentityKey.SSN: "social security number",
    IdentityKey.EIN: "employer number",
    IdentityKey.ACCOUNT: "account",
    IdentityKey.LOAN: "loan number",
    IdentityKey.PERIOD: "period",
})  # fmt: skip


_CHOICES = MappingProxyType({
    Choice.OTHER_CLASS: "page {page} would be {label}",
    Choice.SPLIT: "another document would begin with page {page}",
    Choice.WITH_BEFORE: "page {page} would go on from the document before it",
    Choice.WITH_AFTER: "page {page} would belong to it",
    Choice.APART: "the pages from page {page} on would be a document of their own",
})  # fmt: skip


def otherwise_words(otherwise: Otherwise) -> str:
    """Say what a document would be otherwise, and what decides against it.

    >>> otherwise_words(Otherwise(Choice.SPLIT, 14, 22, None, (Because(Tie.KEYS_AGREE, 12, (IdentityKey.EIN,)),)))
    'Otherwise another document would begin with page 14 (22 dB less). Against that: the same employer number (12 dB).'
    """
    what = _CHOICES[otherwise.choice].format(page=otherwise.page, label=otherwise.label)
    reasons = ", ".join(f"{_tie_words(because)} ({abs(because.worth)} dB)" for because in otherwise.because)
    return f"Otherwise {what} ({otherwise.margin} dB less)." + (f" Against that: {reasons}." if reasons else "")


def _tie_words(because: Because) -> str:
    return _TIES[because.tie].format(keys=" and ".join(_KEYS[key] for key in because.keys) or "identity")


def _list(numbers: tuple[int, ...]) -> str:
    return ", ".join(str(number) for number in numbers)


def change_words(change: DocumentChange) -> str:
    """Say how a document is not as it was.

    >>> from attrs import evolve
    >>> from casefold.case.consequences import SeenPage
    >>> page = SeenPage(7, "w2", None, None, Status.ACCEPTED)
    >>> was = SeenDocument("04", "w2", None, None, Status.ACCEPTED, (page, evolve(page, page=8)))
    >>> change_words(DocumentChange(was, evolve(was, id="05", pages=(page,)), own=False))
    'document 04 (w2): it is number 05 now; page 8 left it'
    """
    before, after = change.before, change.after
    if before is None or after is None:
        shown, fate = (after, "is new") if after is not None else (before, "is no more")
        assert shown is not None, "a change is of a document"
        waits = ", and needs review" if after is not None and after.status is Status.REVIEW else ""
        return f"document {shown.id} ({_called(shown)}, {_pages(shown.numbers)}) {fate}{waits}"
    parts = [f"it is number {after.id} now"] if before.id != after.id else []
    if _called(before) != _called(after):
        parts.append(f"it is {_called(after)} now")
    elif before.variant != after.variant:
        parts.append(f"its variant is {after.variant} now" if after.variant else "it has no variant now")
    left = [page for page in before.numbers if page not in after.numbers]
    joined = [page for page in after.numbers if page not in before.numbers]
    parts += [f"{_pages(left)} left it"] if left else []
    parts += [f"{_pages(joined)} joined it"] if joined else []
    if not left and not joined and before.numbers != after.numbers:
        parts.append(f"its pages are in another order: {_list(after.numbers)}")
    parts += _status_words(before, after)
    return f"document {before.id} ({_called(before)}): {'; '.join(parts)}"


def boundary_words(said: BoundaryCorrected) -> str:
    """Say what a person said of where a document begins.

    >>> boundary_words(BoundaryCorrected(4, True, "Ann", "a second stub"))
    'Ann said that a document begins here: a second stub'
    """
    return f"{said.by} said that {'a document begins' if said.begins else 'the one before goes on'} here: {said.why}"


def _status_words(before: SeenDocument, after: SeenDocument) -> list[str]:
    """Say which pages of a document, and whether the document itself, are accepted or wait otherwise than before."""
    words = {Status.ACCEPTED: "accepted now", Status.REVIEW: "to be reviewed now"}
    parts = [f"it is {words[after.status]}"] if before.status is not after.status else []
    if parts and len(after.pages) == 1:
        return parts
    there = {page.page: page for page in before.pages}
    known = [(there[page.page], page) for page in after.pages if page.page in there]
    for status in Status:
        turned = [two.page for one, two in known if two.status is status is not one.status]
        parts += [f"{_pages(turned)} {'is' if len(turned) == 1 else 'are'} {words[status]}"] if turned else []
    other = [
        two.page
        for one, two in known
        if (one.label, one.looks_like, one.variant) != (two.label, two.looks_like, two.variant)
        and (_called(before), before.variant) == (_called(after), after.variant)
    ]
    return parts + ([f"{_pages(other)} {'has' if len(other) == 1 else 'have'} another label"] if other else [])


def _called(document: SeenDocument) -> str:
    return document.looks_like or document.label


def _pages(numbers: Sequence[int]) -> str:
    """Name pages, those in a row by the first and the last.

    >>> _pages((4,)), _pages((4, 5, 6, 9))
    ('page 4', 'pages 4–6, 9')
    """
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    named = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
    return f"page {named}" if len(numbers) == 1 else f"pages {named}"


def consequence_words(found: Consequences) -> tuple[str, ...]:
    """Say what else changed because a person spoke of a page, a line each; nothing where nothing did."""
    lines = [change_words(change) for change in found.elsewhere]
    if found.renumbered:
        one, count = found.renumbered[0], len(found.renumbered)
        more = f", and {count - 1} more" if count > 1 else ""
        lines.append(f"document {one[0]} is number {one[1]} now{more}: other numbers, the same pages")
    return tuple(lines)
