"""``quality.json``: everything that a suite comes to."""

import csv
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import asdict, frozen

from casefold.case.askedview import added, asked_value
from casefold.case.events import SEMANTICS
from casefold.documents.evaluation import measure
from casefold.documents.quality import Counts, count, figures, qualities, ranking
from casefold.documents.resampling import intervals
from casefold.kernel.canonical import Json
from casefold.pages.labels import thresholds_digest
from casefold.taxonomy.codec import taxonomy_digest
from casefold_shells.evaluating import Labelled
from casefold_shells.measuring import Seen, Unseen
from casefold_shells.packages import Run
from casefold_shells.stages import stages_of
from casefold_shells.suite.bars import judged

CONTRACT = "casefold/quality/1"
SEED = "1"

_NAMED = re.compile(r"(?P<kind>.+?)-(?P<seed>[0-9]+)(?P<text>-text)?")


@frozen
class Source:
    """Where pages of a suite come from: a file, its licence and the family of layouts that it belongs to."""

    licence: str
    family: str


def group_of(item: Labelled) -> str:
    """Name the group of a package: KIND of ``KIND-SEED.pdf``, else the folder that it lies in."""
    found = _NAMED.fullmatch(item.package.stem)
    if found is None:
        return item.package.absolute().parent.name
    return found["kind"] + (found["text"] or "")


def read_sources(path: Path) -> dict[str, Source]:
    """Read a manifest: a CSV with the columns file, licence and family."""
    with path.open(encoding="utf-8", newline="") as stream:
        return {
            row["file"]: Source(row.get("licence") or "not stated", row.get("family") or "")
            for row in csv.DictReader(stream)
            if row.get("file")
        }


def told(
    order: Run,
    labelled: Sequence[Labelled],
    found: Sequence[Seen],
    sources: Mapping[str, Source],
    unseen: Unseen | None = None,
    more: Sequence[Mapping[str, object]] = (),
) -> dict[str, object]:
    """Tell what a suite comes to, group by group; and what other commands measured."""
    groups: dict[str, list[tuple[Labelled, Seen]]] = {}
    for item, seen in zip(labelled, found, strict=True):
        groups.setdefault(group_of(item), []).append((item, seen))
    counts = {name: [count(seen.package) for _, seen in rows] for name, rows in sorted(groups.items())}
    blind = {
        name: [count(seen.unseen) for _, seen in rows if seen.unseen is not None]
        for name, rows in sorted(groups.items())
    }
    rows = {name: _group(counts[name], [seen for _, seen in groups[name]]) for name in counts}
    return {
        "contract": CONTRACT,
        "semantics": SEMANTICS,
        "taxonomy": taxonomy_digest(order.artifacts.compiled.taxonomy),
        "thresholds": {
            "name": order.artifacts.thresholds.name,
            "digest": thresholds_digest(order.artifacts.thresholds),
        },
        "stages": {stage.name: stage.value for stage in stages_of(order.artifacts, order.recognising.plan)},
        "groups": rows,
        "all": _figures([each for rows in counts.values() for each in rows]),
        "bars": _bars(counts),
        "unseen": None if unseen is None else _unseen(unseen, labelled, blind),
        "asked": _asked(found),
        "more": list(more),
        "licences": _licences(labelled, sources),
        "pages_by_origin": dict(sorted(Counter(p.origin.value for s in found for p in s.package.pages).items())),
    }


def _bars(counts: Mapping[str, Sequence[Counts]]) -> list[dict[str, object]]:
    return [
        {
            "words": each.bar.words,
            "groups": list(each.bar.groups),
            "least": each.bar.least,
            "most": each.bar.most,
            "found": each.found,
            "met": each.met,
        }
        for each in judged(counts)
    ]


def _unseen(unseen: Unseen, labelled: Sequence[Labelled], counts: Mapping[str, Sequence[Counts]]) -> dict[str, object]:
    """Tell the same with models that saw none of a page's family, and which these are."""
    spoken = [unseen.folds.of(family) for item in labelled for family in unseen.of_pages(item).values()]
    models = Counter(model.digest for model in spoken if model is not None)
    return {
        "models": dict(sorted(models.items())),
        "groups": {name: _figures(rows) for name, rows in counts.items()},
        "all": _figures([each for rows in counts.values() for each in rows]),
        "bars": _bars(counts),
    }


def _asked(found: Sequence[Seen]) -> Mapping[str, Json] | None:
    asked = [seen.asked for seen in found if seen.asked is not None]
    return asked_value(added(asked)) if asked else None


def _figures(counts: Sequence[Counts]) -> dict[str, object]:
    ranges = intervals(list(counts), figures, SEED)
    return {
        "packages": len(counts),
        "pages": sum(each.tally.pages for each in counts),
        "documents": sum(each.tally.documents for each in counts),
        **figures(counts),
        **{
            name: value
            for name, value in asdict(qualities(counts)).items()
            if name in {"outside", "incomplete", "worst_class", "worst_class_right"}
        },
        "incomplete_hidden": sum(each.incomplete_hidden for each in counts),
        "ranking": asdict(ranking(counts)),
        "intervals": {name: [each.low, each.high] for name, each in sorted(ranges.items())},
    }


def _group(counts: Sequence[Counts], found: Sequence[Seen]) -> dict[str, object]:
    baselines = {
        name: asdict(measure(seen.baselines[name] for seen in found)) for name in (found[0].baselines if found else ())
    }
    kept = ("pq", "pq_class", "boundary_f1", "exact", "stp")
    return {
        **_figures(counts),
        "baselines": {name: {each: measures[each] for each in kept} for name, measures in baselines.items()},
    }


def _licences(labelled: Sequence[Labelled], sources: Mapping[str, Source]) -> dict[str, int]:
    """Count pages by the licence of the file that they come from."""
    pages = Counter(
        sources[name].licence if name in sources else "not stated"
        for item in labelled
        for name in item.sources.values()
    )
    return dict(sorted(pages.items()))
