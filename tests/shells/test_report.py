"""What a loan officer may rely on in ``report.html``."""

import asyncio
import io
import re
from base64 import b64encode
from collections.abc import AsyncIterator, Iterable, Sequence
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import unquote

import pytest
from attrs import define, evolve, field, frozen
from PIL import Image

from casefold.case.deciding import Approving, Overriding
from casefold.case.events import (
    SEMANTICS,
    Assembled,
    CaseOpened,
    DocumentNotWritten,
    DocumentWritten,
    Event,
    PageCorrected,
    PagesRead,
    SourceFile,
    SourceOpened,
    SourceRefused,
)
from casefold.case.record import Artifacts, DecisionDue, record
from casefold.case.state import Case, fold
from casefold.documents.findings import Finding, FindingKind
from casefold.kernel.canonical import Json
from casefold.pages.evidence import Evidence, pack
from casefold.pages.facts import Facts
from casefold.pages.labels import DEFAULT_THRESHOLDS, PageLabel, Reason, Status, Tier
from casefold.pages.signals import Signals, compile_taxonomy
from casefold.pages.stream import Document, StreamPage
from casefold.pages.text import PageText, PageUnreadable, TextOrigin, UnreadableKind
from casefold.taxonomy.codec import parse
from casefold_properties.strategies.decisions import given_of, policy_of_papers
from casefold_shells.report import image_side, write_report
from casefold_shells.report.words import relative

HOSTILE = "<script>alert(1)</script>.pdf"
VOID = {"meta", "link", "br", "input", "image", "use", "rect"}
DIGEST = "sha256:" + "0" * 64
LETTER = (612_000, 792_000)

TAXONOMY = {
    "name": "tiny",
    "version": "1.0.0",
    "title": "Two forms",
    "sources": [
        {"id": "irs", "title": "IRS <Form W-2>", "url": "https://www.irs.gov/"},
        {"id": "bank", "title": "Banks"},
    ],
    "classes": [
        {
            "id": "w2",
            "family": "income",
            "title": "Form W-2 & copies",
            "source": "irs",
            "signals": [{"form": "W-2", "weight": 20, "cue": "first"}, {"phrase": "wages & <b>tips</b>", "weight": 12}],
        },
        {
            "id": "bank_statement",
            "family": "assets",
            "title": "Bank statement",
            "source": "bank",
            "signals": [{"phrase": "opening balance", "weight": 14}, {"phrase": "closing balance", "weight": -9}],
        },
    ],
    "file_types": [
        {
            "id": "purchase",
            "title": "Purchase",
            "required": [{"id": "bank", "title": "Statements <i>", "all_of": ["bank_statement"], "source": "bank"}],
        }
    ],
}
ARTIFACTS = Artifacts(compile_taxonomy(parse(TAXONOMY).unwrap()).unwrap(), DEFAULT_THRESHOLDS)

W2 = Evidence("w2", 0, 3, 4)
WAGES = Evidence("w2", 1, 9, 11)
BANK = Evidence("bank_statement", 0, 20, 21)
PLACES = {
    **dict.fromkeys((3, 4), (1_000, 500, 3_550, 725)),
    **dict.fromkeys((9, 10, 11), (2_000, 4_000, 2_500, 4_100)),
    **dict.fromkeys((20, 21), (5_000, 5_000, 9_999, 10_000)),
}
BOXES = tuple(side for word in range(40) for side in PLACES.get(word, (word, word, word + 10, word + 10)))


@frozen
class Picture:
    width: int
    height: int
    encoded: bytes


def picture(shade: int = 128, side: int = 32) -> Picture:
    stream = io.BytesIO()
    Image.new("L", (side, side + 10), shade).save(stream, "WEBP")
    return Picture(side, side + 10, stream.getvalue())


def page(number: int, *evidence: Evidence, source: int = 0) -> StreamPage:
    signals = Signals(pack(evidence), Facts((), (), None, None, ()), 40)
    return StreamPage(number, source, DIGEST, LETTER, signals)


def sure(number: int, label: str = "w2") -> PageLabel:
    return PageLabel(number, label, None, None, 999_000, Status.ACCEPTED, Reason.SURE, Tier.RULES, "bank_statement")


def unsure(number: int, label: str = "w2") -> PageLabel:
    return evolve(sure(number, label), confidence_ppm=909_091, status=Status.REVIEW, reason=Reason.UNSURE)


def document(number: int, pages: Iterable[int], label: str = "w2") -> Document:
    return Document(f"{number:02}", label, None, None, 0, tuple(pages), 990_099)


def opened(*names: str, file_type: str | None = None) -> CaseOpened:
    sources = tuple(SourceFile(name, DIGEST, 1_234) for name in names)
    return CaseOpened("A <b>case</b>", sources, DIGEST, DIGEST, file_type, SEMANTICS)


def small_case() -> Case:
    """Five pages, three documents, one page to review, one nobody could read, everything hostile."""
    unread = StreamPage(5, 0, None, (0, 0), None, PageUnreadable(5, UnreadableKind.DAMAGED, "<img src=x onerror=y>"))
    labels = (
        sure(1),
        evolve(sure(2), tier=Tier.PERSON, reason=Reason.CORRECTED, confidence_ppm=1_000_000),
        unsure(3, "bank_statement"),
        sure(4),
        evolve(unsure(5, "unknown"), confidence_ppm=0, reason=Reason.UNREADABLE, runner_up=None),
    )
    found = (
        Finding(FindingKind.UNREADABLE_PAGE, None, (5,), (), "damaged: <img src=x onerror=y>"),
        Finding(FindingKind.MISSING_PAGES, "01", (1, 2), ("3",), "3"),
        Finding(FindingKind.DUPLICATE_PAGES, "03", (4,), (), "1"),
        Finding(FindingKind.MISSING_DOCUMENT, None, (), ("bank_statement",), "Statements <i>"),
    )
    documents = (document(1, [1, 2]), document(2, [3], "bank_statement"), document(3, [4, 5]))
    events: list[Event] = [
        opened(HOSTILE, "b\u202efdp.exe", file_type="purchase"),
        SourceOpened(0, 5, repaired=True),
        SourceRefused(1, "NotPdf", "it is <b>text</b>"),
        PagesRead(DIGEST, (page(1, W2, WAGES, BANK), page(2), page(3, BANK, W2), page(4, W2), unread)),
        PageCorrected(2, "w2", "<u>Ann</u>", "I saw </figure> it"),
        Assembled(labels, documents, found),
        DocumentWritten("01", "documents/01-w2.pdf", (1, 2), DIGEST, 99),
        DocumentWritten("02", "documents/02-bank statement.pdf", (3,), DIGEST, 99),
        DocumentNotWritten("03", "disk </article> full"),
    ]
    return fold(events)


async def texts(case: Case) -> AsyncIterator[PageText | None]:
    for each in case.pages:
        words = ("word",) * 40
        text = PageText(each.page, words, BOXES, *LETTER, 0, TextOrigin.LAYER, 1, 0)
        yield text if each.text is not None else None


async def pictures(pages: Iterable[int]) -> AsyncIterator[tuple[int, Picture | None]]:
    for number in pages:
        yield number, picture(number * 20 % 256)


def report(case: Case, pages: Iterable[int] | None = None, artifacts: Artifacts = ARTIFACTS) -> str:
    stream = io.BytesIO()
    numbers = [page.page for page in case.pages] if pages is None else pages
    asyncio.run(write_report(stream, artifacts, case, texts(case), pictures(numbers)))
    return stream.getvalue().decode()


@define(eq=False)
class Element:
    tag: str
    attributes: dict[str, str]
    within: "Element | None"
    children: list["Element"] = field(factory=list)
    texts: list[str] = field(factory=list)

    def all(self, tag: str, **wanted: str) -> list["Element"]:
        return [
            one
            for one in everything(self)
            if one.tag == tag and all(value in one.get(name).split() for name, value in wanted.items())
        ]

    def get(self, name: str) -> str:
        return self.attributes.get(name.rstrip("_").replace("_", "-"), "")

    @property
    def text(self) -> str:
        return " ".join(" ".join([*self.texts, *(child.text for child in self.children)]).split())


class Reader(HTMLParser):
    """Builds a tree and refuses what a browser would have to mend."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {}, None)
        self.here = self.root

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute of {tag} is given twice"
        child = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(child)
        if tag not in VOID:
            self.here = child

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        assert tag == self.here.tag, f"</{tag}> ends <{self.here.tag}>"
        assert self.here.within is not None
        self.here = self.here.within

    def handle_data(self, data):
        self.here.texts.append(data)


def read(text: str) -> Element:
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert reader.here is reader.root, f"<{reader.here.tag}> is never ended"
    return reader.root


@pytest.fixture(scope="module")
def written() -> Element:
    return read(report(small_case()))


def everything(root: Element) -> list[Element]:
    return [one for child in root.children for one in (child, *everything(child))]


def by_id(root: Element, name: str) -> Element:
    [found] = [one for one in everything(root) if one.get("id") == name]
    return found


def test_every_page_is_one_figure_in_order(written: Element):
    """Each page of the package stands in the report once, in its order, and nowhere else."""
    assert ["p1", "p2", "p3", "p4", "p5"] == [figure.get("id") for figure in written.all("figure")]


def test_a_page_stands_in_its_document(written: Element):
    """The card of a document holds its pages' figures."""
    cards = written.all("article")

    assert [["p1", "p2"], ["p3"], ["p4", "p5"]] == [[one.get("id") for one in card.all("figure")] for card in cards]
    assert ["d01", "d02", "d03"] == [card.get("id") for card in cards]
    assert "Form W-2 & copies" in cards[0].text
    assert "sure, 99.0 %" in cards[0].text


def test_ids_are_unique_and_links_lead_somewhere(written: Element):
    """Every inner link has its target, and none has two."""
    ids = [one.get("id") for one in everything(written) if one.get("id")]
    inner = [one.get("href")[1:] for one in everything(written) if one.get("href").startswith("#")]

    assert len(ids) == len(set(ids))
    assert set(inner) <= set(ids)
    assert {one.get("aria-describedby") for one in written.all("button")} <= set(ids)


def test_one_line_says_how_it_went(written: Element):
    """The verdict counts documents, pages and findings in words."""
    [verdict] = written.all("p", class_="verdict")

    assert verdict.text == "3 documents on 5 pages; 3 pages accepted, 2 need review; 6 findings."


def test_an_evidence_box_stands_over_its_words(written: Element):
    """Boxes are placed in percent of the page, in the colour of the label or of the others."""
    boxes = by_id(written, "p1").all("button", class_="box")

    assert [
        ("box mine", "left:10%;top:5%;width:25.5%;height:2.25%", "1"),
        ("box mine", "left:20%;top:40%;width:5%;height:1%", "2"),
        ("box", "left:50%;top:50%;width:49.99%;height:50%", "3"),
    ] == [(box.get("class"), box.get("style"), box.text) for box in boxes]


def test_a_box_is_tied_to_its_line(written: Element):
    """The line with a box's number says what the words are, their worth, and who says so."""
    line = by_id(written, by_id(written, "p1").all("button")[0].get("aria-describedby"))

    assert line.text == "1 form number “W-2”, a first page irs +20"
    assert "IRS <Form W-2>" in by_id(written, "p1").text


def test_evidence_is_sorted_by_what_it_speaks_for(written: Element):
    """What speaks for the page's label comes first, though it stand lower on the page."""
    lines = by_id(written, "p3").all("tr", data_n="1") + by_id(written, "p3").all("tr", data_n="2")

    assert ["bank", "irs"] == [line.all("cite")[0].text for line in lines]


def test_the_picture_is_there_once_and_shared(written: Element):
    """One picture serves the strip, the large view and the review list."""
    images = written.all("image")

    assert ["i1", "i2", "i3", "i4", "i5"] == [image.get("id") for image in images]
    assert all(image.get("href").startswith("data:image/webp;base64,UklGR") for image in images)
    assert ["#i3", "#i5"] == [use.get("href") for use in by_id(written, "review").all("use")]


def test_findings_come_first_and_lead_to_their_pages(written: Element):
    """Findings stand in groups before everything else, each with links to what it is about."""
    sections = [section.get("id") for section in written.all("section")]
    findings = by_id(written, "findings")

    assert ["findings", "review", "documents"] == sections
    assert ["Missing documents 1", "Pages missing, repeated or out of order 2", "Could not be read or written 3"] == [
        heading.text for heading in findings.all("h3")
    ]
    assert {"#d01", "#p1", "#d03", "#p4", "#p5"} == {link.get("href") for link in findings.all("a")}
    assert "Bank statement" in findings.all("li")[0].text


def test_a_page_to_review_comes_with_its_reason_and_command(written: Element):
    """A person is told why, what else it could be, and what to type."""
    items = by_id(written, "review").all("li")

    assert 2 == len(items)
    assert "Only 90.9 % sure, 99.0 % asked for; it could be bank_statement." in items[0].text
    assert "Runner-up Bank statement" in items[0].text
    assert 'casefold review DIR --page 3 --label CLASS --by "NAME" --why "TEXT"' in items[0].text
    assert {"w2", "bank_statement", "unknown"} == {code.text for code in by_id(written, "labels").all("code")}


def test_a_correction_is_told(written: Element):
    """Who labelled a page, and why, stands with the page."""
    assert "<u>Ann</u> labelled it w2: I saw </figure> it" in by_id(written, "p2").text
    assert "accepted, by a person" in by_id(written, "p2").text


def test_a_document_links_to_its_file(written: Element):
    """The link is relative to the report; a document without a file has none."""
    cards = written.all("article")
    headers = [[link.get("href") for link in card.all("header")[0].all("a")] for card in cards]
    pages = [link.get("href") for link in written.all("a", class_="pdf")]

    assert [["documents/01-w2.pdf"], ["documents/02-bank%20statement.pdf"], []] == headers
    assert ["#page=1", "#page=2", "#page=1"] == [href[href.index("#") :] for href in pages]


def with_decision(amount: Json, *said: Overriding | Approving) -> Case:
    """The small case, decided by a policy on its papers and an amount, and what people said of that."""
    given = given_of(POLICY, amount)
    case = fold([given.event], small_case())
    for observation in (DecisionDue(), *said):
        case = fold(record(DECIDING, case, observation).unwrap(), case)
    return case


POLICY = policy_of_papers()
DECIDING = evolve(ARTIFACTS, policy=POLICY)


def decision(amount: Json, *said: Overriding | Approving) -> Element:
    root = read(report(with_decision(amount, *said), artifacts=DECIDING))
    return by_id(root, "decision")


def test_a_case_without_a_policy_has_no_decision(written: Element):
    """Nothing is said of what nobody asked for."""
    assert not written.all("section", id="decision")
    assert not written.all("a", href="#decision")


def test_a_decision_stands_before_everything_else():
    """The outcome is the headline, and what comes first after it is why."""
    root = read(report(with_decision({"number": "9"}), artifacts=DECIDING))
    section, first = by_id(root, "decision"), root.all("section")[0]

    assert first is section
    assert "bad" in section.get("class_").split()
    assert "Decision Decline" == section.all("h2")[0].text
    assert "Income insufficient for amount of credit requested C08" in section.all("ol")[0].text
    assert "papers" in root.all("dl", class_="facts")[0].text


def test_the_trace_marks_what_decided_and_what_failed():
    """The rule that decided is told in words as well as in colour, and so is each cell that was not met."""
    (table,) = decision({"number": "10"}).all("table", class_="rules")
    rows = table.all("tbody")[0].all("tr")

    assert ["1", "2 decides", "3 matches", "4 matches"] == [row.all("th")[0].text for row in rows]
    assert [["< 10 not met"], [], [], []] == [[cell.text for cell in row.all("td", class_="failed")] for row in rows]
    assert ["amount 10", "case.pages_to_review 2", "count(case.missing) 1"] == [
        head.text for head in table.all("thead")[0].all("th")[1:4]
    ]


def test_what_could_not_be_decided_says_what_to_do():
    """Why the policy could not decide, and the command by which a person does; no rule decided."""
    section = decision(None)

    assert "look" in section.get("class_").split()
    assert "Decision Undecided" == section.all("h2")[0].text
    assert "< does not take null, number" in section.all("ul", class_="undecided")[0].text
    assert "casefold override DIR" in section.all("p", class_="command")[0].text
    assert not section.all("tr", class_="decisive")


def test_what_people_said_of_a_decision_is_told():
    """Who decided otherwise and why, and that somebody else is still to approve it."""
    override = Overriding("approve", "<b>Ann</b>", "</section> seen")
    alone = decision({"number": "9"}, override)
    approved = decision({"number": "9"}, override, Approving("Bo", "right"))

    assert "good" in alone.get("class_").split()
    assert "<b>Ann</b> decided “approve” in place of the policy’s “decline”: </section> seen" in alone.text
    assert "casefold approve DIR" in alone.text and "casefold approve DIR" not in approved.text
    assert "Bo approved “approve”: right" in approved.text
    assert "How the policy came to “decline”" in alone.text


def test_hostile_texts_are_only_texts(written: Element):
    """Names and details from files are shown as written, never obeyed."""
    scripts = written.all("script")

    assert HOSTILE in written.text
    assert 1 == len(scripts)
    assert "alert" not in scripts[0].text
    assert not written.all("img") + written.all("u") + written.all("i")
    assert not [name for one in everything(written) for name in one.attributes if name.startswith("on")]
    assert "\u202e" not in written.text
    assert "b\ufffdfdp.exe" in written.text
    assert "<img src=x onerror=y>" in by_id(written, "p5").text
    assert "disk </article> full" in by_id(written, "d03").text


def test_nothing_is_asked_of_any_network(written: Element):
    """Every address is a place in the report, a picture in it, or a file beside it."""
    places = [one.get(name) for one in everything(written) for name in ("src", "href", "srcset", "action", "data")]
    allowed = re.compile(r"#[\w-]+|data:(image/webp;base64,[\w+/=]+|,)|documents/[\w%.-]+(#page=\d+)?")
    [policy] = [one.get("content") for one in written.all("meta") if one.get("http-equiv")]

    assert not [place for place in places if place and not allowed.fullmatch(place)]
    assert policy.startswith("default-src 'none'; img-src data:;")
    assert "script-src 'sha256-" in policy
    assert not re.search(
        r"url\(|@import|fetch\(|XMLHttp|https?:", written.all("style")[0].text + written.all("script")[0].text
    )


def test_the_policy_names_this_script_and_style(written: Element):
    """A browser runs our script and style, and no other."""
    [policy] = [one.get("content") for one in written.all("meta") if one.get("http-equiv")]
    for tag, directive in (("script", "script-src"), ("style", "style-src-elem")):
        [block] = written.all(tag)
        digest = b64encode(sha256("".join(block.texts).encode()).digest()).decode()

        assert f"{directive} 'sha256-{digest}'" in policy


def test_the_report_says_when_it_is_not_certified(written: Element):
    """Nobody is led to read 99 % as a measured rate."""
    assert "not certified" in by_id(written, "words").text


def test_the_same_case_gives_the_same_bytes():
    """A report holds no clock and no chance."""
    assert report(small_case()) == report(small_case())


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ([], []),
        ([1, 3, 5], [1, 3, 5]),
        ([2], [2]),
        ([4, 5, 6, 7], [4, 5]),
    ],
)
def test_a_page_without_a_picture_still_stands(given: Sequence[int], shown: Sequence[int]):
    """Pages that nobody could draw are there with everything else said of them."""
    root = read(report(small_case(), given))

    assert 5 == len(root.all("figure"))
    assert [f"i{number}" for number in shown] == [image.get("id") for image in root.all("image")]
    assert 5 - len(shown) == len(root.all("rect"))
    assert 3 == len(by_id(root, "p1").all("button"))


def test_a_picture_that_could_not_be_drawn_is_skipped():
    """``None`` stands for a page that could not be rendered."""

    async def none() -> AsyncIterator[tuple[int, Picture | None]]:
        for number in range(1, 6):
            yield number, None

    stream = io.BytesIO()
    asyncio.run(write_report(stream, ARTIFACTS, small_case(), texts(small_case()), none()))

    assert 5 == len(read(stream.getvalue().decode()).all("rect"))


def test_a_case_without_pages_is_reported():
    """When no file opens, the report says so and stays whole."""
    case = fold([opened("a.pdf"), SourceRefused(0, "Encrypted", "it asks for a password"), Assembled((), (), ())])
    root = read(report(case))

    assert "0 documents on 0 pages; 0 pages accepted, 0 need review; 1 finding." in root.text
    assert "nobody checked whether documents are missing" in root.text
    assert not root.all("figure")


def test_a_document_in_two_places_is_continued():
    """Pages keep their order even where another document comes between."""
    documents = (document(1, [1, 3]), document(2, [2]))
    case = fold([
        opened("a.pdf"), SourceOpened(0, 3, repaired=False), PagesRead(None, tuple(map(page, (1, 2, 3)))),
        Assembled(tuple(map(sure, (1, 2, 3))), documents, ()),
    ])  # fmt: skip
    root = read(report(case))

    assert ["p1", "p2", "p3"] == [figure.get("id") for figure in root.all("figure")]
    assert ["d01", "d02", ""] == [card.get("id") for card in root.all("article")]
    assert "continued" in root.all("article")[2].text
    assert "Pages 1, 3" in root.all("article")[0].text


def many(pages: int) -> Case:
    numbers = range(1, pages + 1)
    documents = tuple(document(number, [number]) for number in numbers)
    return fold([
        opened("a.pdf"), SourceOpened(0, pages, repaired=False), PagesRead(None, tuple(page(n, W2) for n in numbers)),
        Assembled(tuple(map(sure, numbers)), documents, ()),
    ])  # fmt: skip


def test_a_large_case_begins_closed():
    """Beyond 300 pages documents are opened one by one; a link to a page inside still works in any browser."""
    small, large = read(report(many(300), [])), read(report(many(301), []))

    assert 300 == len([one for one in small.all("details", class_="pages") if "open" in one.attributes])
    assert 0 == len([one for one in large.all("details", class_="pages") if "open" in one.attributes])


def test_pages_are_written_before_the_next_picture_is_asked_for():
    """Memory stays flat: at any time the report holds one picture, and what came before it is in the file."""
    stream, sizes = io.BytesIO(), list[int]()
    shot = picture()

    async def watched() -> AsyncIterator[tuple[int, Picture | None]]:
        for number in range(1, 51):
            sizes.append(stream.tell())
            assert f'id="p{number - 1}"'.encode() in stream.getvalue() or number == 1
            yield number, shot

    asyncio.run(write_report(stream, ARTIFACTS, many(50), texts(many(50)), watched()))

    assert 50 == len(sizes)
    assert all(before < after for before, after in pairwise(sizes))
    assert sizes[-1] > len(shot.encoded) * 49


def test_a_page_shows_so_much_evidence_and_says_what_it_leaves_out():
    """The strongest evidence is shown; the rest is counted and lies in ``case.json``."""
    pieces = [evolve(W2, first=at, last=at) for at in (*range(3), *range(5, 9), *range(12, 20), *range(22, 37))]
    case = fold([
        opened("a.pdf"), SourceOpened(0, 1, repaired=False), PagesRead(None, (page(1, *pieces),)),
        Assembled((sure(1),), (document(1, [1]),), ()),
    ])  # fmt: skip
    root = read(report(case))

    assert 24 == len(root.all("button"))
    assert "6 weaker pieces of evidence are in case.json." in root.text


def test_words_that_speak_for_several_classes_share_a_box():
    """A place on the page is outlined once for the label and once for all others."""
    other = evolve(BANK, first=W2.first, last=W2.last)
    shown = page(1, W2, other, evolve(other, signal=1))
    case = fold([
        opened("a.pdf"), SourceOpened(0, 1, repaired=False), PagesRead(None, (shown,)),
        Assembled((sure(1),), (document(1, [1]),), ()),
    ])  # fmt: skip
    root = read(report(case))

    assert ["1", "2"] == [box.text for box in root.all("button")]
    assert ["+14", "−9"] == [line.all("td")[2].text for line in root.all("tr", data_n="2")]


def test_pictures_shrink_as_pages_grow():
    """The side never grows with pages, and stays within its bounds."""
    sides = [image_side(pages) for pages in range(6_000)]

    assert sides == sorted(sides, reverse=True)
    assert (1_000, 220) == (sides[0], sides[-1])


def test_names_survive_any_bytes():
    """A name that is no text at all cannot stop a report."""
    case = fold([opened("a\udcff\x00.pdf"), SourceRefused(0, "Lost", "\ud800"), Assembled((), (), ())])

    assert "a\ufffd\ufffd.pdf" in read(report(case)).text


def test_addresses_stay_beside_the_report():
    """A document's file can lead nowhere else."""
    assert unquote(relative("//evil.example/javascript:x")) == "evil.example/javascript:x"
    assert ":" not in relative("javascript:alert(1)")
