"""Put one file together: its documents, the order of its pages, what is lost or doubled, and what is true of it."""

from collections.abc import Callable, Sequence

from attrs import evolve, frozen

from casefold_adapters.synth.catalogue import Drawn, draw
from casefold_adapters.synth.chance import Chance
from casefold_adapters.synth.defects import DEFECTS, key_of, plant
from casefold_adapters.synth.papers.outside import structure
from casefold_adapters.synth.plans import more, required
from casefold_adapters.synth.scans import Quality
from casefold_adapters.synth.sheets import SheetPage
from casefold_adapters.synth.stories import Story, tell
from casefold_adapters.synth.truths import Defect

ORDERS = ("stacked", "mixed", "shuffled", "interleaved")
QUALITIES = ("clean", "scan", "fax", "photo", "mixed")
CARDS = frozenset({"driver_license", "passport", "ssn_card"})


@frozen
class Request:
    """What is asked for.

    Attributes:
        seed: Tells one file from another; the same request gives the same bytes.
        pages: How many pages the file should have; a complete file is cut down to it, or filled up with more papers.
        file_type: What the file is for.
        quality: How its pages look.
        order: How its pages follow each other.
        layouts: Layouts to take where they can draw a class; none leaves the choice to chance.
        without: Layouts to leave out, as far as another is left.
        defects: What is wrong on purpose, by kind.
        separators: Documents in a hundred that a separator sheet comes before.
        blanks: Pages in a hundred that a blank one follows.
        duplicates: Pages in a hundred that come twice.
        missing: Documents of three pages or more, in a hundred, that lack some.
        fill: Whether papers that the file need not hold may fill it up.
    """

    seed: str
    pages: int = 250
    file_type: str = "us-purchase"
    quality: str = "clean"
    order: str = "mixed"
    layouts: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    defects: tuple[str, ...] = ()
    separators: int = 0
    blanks: int = 0
    duplicates: int = 0
    missing: int = 0
    fill: bool = True


@frozen
class StreamPage:
    """One page of the file, and where it comes from; *doc* is None for a page of no document."""

    page: SheetPage
    label: str
    sublabel: str
    doc: int | None
    page_in_doc: int | None
    doc_pages: int | None
    family: str
    tag: str
    quality: Quality


@frozen
class Package:
    """A whole file before it is written."""

    name: str
    request: Request
    documents: tuple[Drawn, ...]
    stream: tuple[StreamPage, ...]
    defects: tuple[Defect, ...]


BLANK = SheetPage(612.0, 792.0, (), ())


def compose(request: Request, drawing: Callable[[int], None] | None = None) -> Package:
    """Make up the file that is asked for; *drawing* is told the number of pages drawn so far."""
    story = tell(request.seed)
    chance = Chance(f"{request.seed}/package")
    papers, planted, lost = plant(story, required(story, request.file_type), request.defects)
    documents: list[Drawn] = []
    count = 0
    affected = {key for defect in planted for key in defect.papers}

    def add(drawn: Drawn) -> None:
        nonlocal count
        documents.append(drawn)
        count += len(drawn.pages)
        if drawing is not None:
            drawing(count)

    drawn = [draw(paper, request.seed, request.layouts, request.without) for paper in papers]
    first = sorted(
        drawn, key=lambda each: (f"{each.paper.label}/{each.paper.key}" not in affected, len(each.pages) > 6)
    )
    chosen: set[int] = set()
    room = request.pages
    for each in first:
        if len(each.pages) <= room:
            chosen.add(id(each.paper))
            room -= len(each.pages)
    for each in drawn:
        if id(each.paper) in chosen:
            add(each)
    there = {key_of(paper) for paper in papers}
    for paper in more(story, request.file_type) if request.fill else ():
        if count >= request.pages:
            break
        if key_of(paper) in there:
            continue
        each = draw(paper, request.seed, request.layouts, request.without)
        if count + len(each.pages) <= request.pages:
            add(each)
    stream = _ordered(request, documents, chance, lost, story)
    name = f"{request.file_type}-{request.seed}"
    return Package(name, request, tuple(documents), stream, planted)


def _ordered(
    request: Request, documents: list[Drawn], chance: Chance, lost: dict[str, int], story: Story
) -> tuple[StreamPage, ...]:
    if request.order != "stacked":
        documents[:] = chance.child("order").mixed(documents)
    stacks: list[list[StreamPage]] = []
    for number, drawn in enumerate(documents, 1):
        draws = chance.child(f"document-{drawn.paper.label}-{drawn.paper.key}")
        stacks.append(_stack(request, number, drawn, draws, lost.get(f"{drawn.paper.label}/{drawn.paper.key}", 0)))
    pages: list[StreamPage] = []
    match request.order:
        case "shuffled":
            pages = chance.child("shuffle").mixed([page for stack in stacks for page in stack])
        case "interleaved":
            draws = chance.child("interleave")
            queue: list[list[StreamPage]] = [stack for stack in stacks if stack]
            while queue:
                stack = draws.pick(queue[:3])
                pages.append(stack.pop(0))
                queue = [each for each in queue if each]
        case _:
            pages = [page for stack in stacks for page in stack]
    found: list[StreamPage] = []
    draws = chance.child("mess")
    for at, page in enumerate(pages):
        new = page.doc is not None and (at == 0 or pages[at - 1].doc != page.doc)
        if new and draws.chance(request.separators):
            sheet = draw(structure(story, "separator", at), request.seed)
            found.append(_loose(sheet.pages[0], "separator", sheet.family, page.quality))
        found.append(page)
        if draws.chance(request.duplicates):
            found.append(evolve(page, tag="duplicate_page"))
        if draws.chance(request.blanks):
            found.append(_loose(BLANK, "blank", "", page.quality))
    return tuple(found)


def _loose(page: SheetPage, label: str, family: str, quality: Quality) -> StreamPage:
    return StreamPage(
        page, label, label, None, None, None, family, f"separator_{label}" if label == "blank" else "separator", quality
    )


def _stack(request: Request, number: int, drawn: Drawn, chance: Chance, planted: int) -> list[StreamPage]:
    """Give a document's pages, without those that are lost."""
    total = len(drawn.pages)
    keep = list(range(total))
    if planted and total > 1:
        keep.remove(min(planted, total) - 1)
    elif total > 2 and chance.child("missing").chance(request.missing):
        gone = chance.child("missing").some(keep, max(1, total // 5))
        keep = [each for each in keep if each not in gone]
    gone_pages = [each + 1 for each in range(total) if each not in keep]
    tag = f"missing_pages={gone_pages} of {total}" if gone_pages else ""
    quality = _quality(request.quality, drawn.paper.label, chance.child("quality"))
    return [
        StreamPage(
            drawn.pages[at], drawn.paper.label, drawn.paper.sub, number, at + 1, total, drawn.family, tag, quality
        )
        for at in keep
    ]


def _quality(asked: str, label: str, chance: Chance) -> Quality:
    if asked != "mixed":
        return Quality(asked)
    if label in CARDS:
        return chance.pick((Quality.PHOTO, Quality.PHOTO, Quality.SCAN))
    if label == "receipt":
        return chance.pick((Quality.PHOTO, Quality.SCAN))
    return chance.pick((Quality.CLEAN, Quality.CLEAN, Quality.CLEAN, Quality.SCAN, Quality.SCAN, Quality.FAX))


def truth_rows(package: Package, turned: Sequence[int]) -> list[dict[str, object]]:
    """Give one row a page, in the shape that evaluation reads; *turned* is each page's rotation."""
    return [
        {
            "page": number,
            "label": page.label,
            "sublabel": page.sublabel,
            "doc": page.doc,
            "page_in_doc": page.page_in_doc,
            "doc_pages": page.doc_pages,
            "source": page.family,
            "source_page": page.page_in_doc,
            "rotation": rotation,
            "tag": page.tag,
            "quality": page.quality.value,
        }
        for number, (page, rotation) in enumerate(zip(package.stream, turned, strict=True), 1)
    ]


__all__ = ["DEFECTS", "ORDERS", "QUALITIES", "Package", "Request", "StreamPage", "compose", "truth_rows"]
