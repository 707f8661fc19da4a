"""Certify the whole cascade on generated files, and hold it against fresh ones.

python -m tests.cascade DIR [--packages N] [--held-out N] [--pages N] [--quality NAME] [--risk SHARE] [--wrong SHARE]
python -m tests.cascade DIR --suite FOLDER [--cases CASES] [--wrong SHARE]

A simulated language model answers over HTTP, from the truth, but wrong in a share of the pages. `casefold calibrate`
makes thresholds of what rules, local model and answers come to together; `casefold eval` runs packages that were not
calibrated on under these thresholds. What came of it is written to DIR/cascade.json, which `casefold eval --more`
publishes. What was generated, and run without a model, is not done again by the same command.

With --suite, labelled packages that are there are asked about at the convention of 99 %: too few to certify anything.
CASES are those of an earlier `casefold eval --suite FOLDER --cases CASES --out ... --model none`.
"""

import argparse
import asyncio
import json
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.adapters.llm_servers import llm_server, oracle_by_text, picture_key

from casefold.vision.prompts import excerpt
from casefold_adapters.files.blobs import FileBlobs
from casefold_adapters.pdf.reader import PdfReader
from casefold_adapters.pdf.values import PageImage
from casefold_shells.casefiles import CaseFolder
from casefold_shells.packages import load_case
from casefold_shells.texts import page_texts

TEXT_BYTES = 1_600
LONG_SIDE = 1_100
SEEDS = (20_000, 30_000)
"""Where the seeds of the packages begin that are calibrated on, and of those that are held out."""

CONTRACT = "casefold/measured/1"


def main() -> None:
    """Generate, calibrate, measure, tell."""
    asked = _arguments()
    root: Path = asked.folder
    root.mkdir(parents=True, exist_ok=True)
    if asked.suite is not None:
        _suite(root, asked)
        return
    sets = (("labelled", SEEDS[0], asked.packages), ("held", SEEDS[1], asked.held_out))
    for name, seed, count in sets:
        _generate(root / name, seed, count, asked)
        # Once without a model: what its questions will show is known then, and what it adds can be told.
        _casefold("eval", "--suite", root / name, "--cases", root / f"{name}-alone", "--out", root / f"{name}-alone")
    truth: dict[str, tuple[str, bool]] = {}
    for name, _, _ in sets:
        truth |= _truth_by_text(root / name, root / f"{name}-alone")
    with llm_server(answer=oracle_by_text(truth, asked.wrong)) as server:
        told = root / "vision.toml"
        told.write_text(_vision(server.url, asked.wrong), "utf-8")
        thresholds = root / "thresholds.toml"
        calibrated = json.loads(
            _casefold(
                "calibrate", root / "labelled", "--vision", told, "--risk", asked.risk, "--out", thresholds, "--json",
            )
        )  # fmt: skip
        measured = json.loads(
            _casefold(
                "eval", "--suite", root / "held", "--vision", told, "--thresholds", thresholds, "--fields", "none",
                "--json",
            )
        )  # fmt: skip
    alone = json.loads((root / "held-alone/quality.json").read_text("utf-8"))["all"]
    told_of = json.dumps(_told(asked, calibrated, measured, alone), indent=1, ensure_ascii=False)
    (root / "cascade.json").write_text(told_of + "\n", "utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.cascade")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--packages", type=int, default=400)
    parser.add_argument("--held-out", type=int, default=120)
    parser.add_argument("--pages", type=int, default=30)
    parser.add_argument("--quality", default="clean")
    parser.add_argument("--risk", default="0.01")
    parser.add_argument("--wrong", type=float, default=0.05)
    parser.add_argument("--suite", type=Path)
    parser.add_argument("--cases", type=Path)
    return parser.parse_args()


def _generate(folder: Path, seed: int, count: int, asked: argparse.Namespace) -> None:
    for number in range(seed, seed + count):
        if not (folder / f"us-purchase-{number}.truth.json").is_file():
            _casefold(
                "synth", "--out", folder, "--seed", number, "--packages", seed + count - number, "--pages", asked.pages,
                "--quality", asked.quality, "--blanks", 3, "--separators", 10, "--duplicates", 3, "--missing", 15,
            )  # fmt: skip
            break


def _casefold(*arguments: object) -> str:
    command = [sys.executable, "-c", "from casefold_shells.cli import main; main()", *map(str, arguments)]
    print("casefold", shlex.join(command[3:]), file=sys.stderr, flush=True)
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def _suite(root: Path, asked: argparse.Namespace) -> None:
    """Ask about packages that are there, kind by kind."""
    cases = asked.cases or root / "suite-alone"
    common = ("--suite", asked.suite, "--model", "none")
    _casefold("eval", *common, "--cases", cases, "--out", root / "suite-alone")
    truth = _truth_by_text(asked.suite, cases)
    with llm_server(answer=oracle_by_text(truth, asked.wrong)) as server:
        told = root / "vision.toml"
        told.write_text(_vision(server.url, asked.wrong), "utf-8")
        _casefold("eval", *common, "--vision", told, "--out", root / "suite-asked")
    alone, cascade = (json.loads((root / f"suite-{way}/quality.json").read_text("utf-8")) for way in ("alone", "asked"))
    spent = cascade["asked"]
    of_all = float(spent["forecast_usd"]) / float(spent["forecast_every_page_usd"])
    told_of = {
        "contract": CONTRACT,
        "title": "With a simulated language model, on these packages",
        "command": "python -m tests.cascade DIR --suite FOLDER --cases CASES",
        "words": (
            f"The same simulator, on the packages of this page, without the local model and at the convention of 99 %: "
            f"too few to certify anything, so no bound is promised. It was asked about {spent['asked']:,} of "
            f"{spent['pages']:,} pages. Each row: pages accepted, and errors among them, before and after."
        ),
        "rows": [
            *(
                _row(name, "", f"{_both(before)} → {_both(cascade['groups'][name])}", None)
                for name, before in alone["groups"].items()
            ),
            _row("all", "", f"{_both(alone['all'])} → {_both(cascade['all'])}", None),
            _row("cost, of asking about every page", "≤ 0.25", f"{of_all:.4f}", of_all <= 0.25),
        ],
    }
    (root / "suite.json").write_text(json.dumps(told_of, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _both(figures: dict[str, float]) -> str:
    return f"{figures['coverage']:.3f}, {1 - figures['accepted_right']:.4f}"


def _truth_by_text(labelled: Path, cases: Path) -> dict[str, tuple[str, bool]]:
    """Give what the truth says of each page by how its text begins; where pages begin alike, what most of them are."""
    seen: dict[str, Counter[tuple[str, bool]]] = {}
    for path in sorted(labelled.glob("*.truth.json")):
        rows = json.loads(path.read_text("utf-8"))
        texts = asyncio.run(_shown(cases / path.name.removesuffix(".truth.json"), path))
        for row, words, starts in zip(rows, texts, _starts(rows), strict=True):
            seen.setdefault(words, Counter())[row["label"], starts] += 1
    return {words: counted.most_common(1)[0][0] for words, counted in seen.items()}


def _starts(rows: list[dict[str, object]]) -> Iterator[bool]:
    before: object = None
    for row in rows:
        yield row["doc"] != before
        before = row["doc"]


async def _shown(folder: Path, truth: Path) -> list[str]:
    """Give how each page's text begins; of one without any, the name of its picture."""
    _, case = (await load_case(CaseFolder(folder))).unwrap()
    read = page_texts(FileBlobs(CaseFolder(folder).blobs), case)
    found = [excerpt(" ".join(page.words) if page is not None else "", TEXT_BYTES) async for page in read]
    wordless = [number for number, words in enumerate(found, 1) if not words]
    if wordless:
        package = truth.with_name(truth.name.removesuffix(".truth.json") + ".pdf")
        async for image in PdfReader().render(package, wordless, LONG_SIDE, jpeg=True):
            if isinstance(image, PageImage):
                found[image.page - 1] = picture_key(image.encoded)
    return found


def _vision(url: str, wrong: float) -> str:
    return (
        f'base_url = "{url}"\nmodel = "gpt-5-mini"\nbudget_usd = 5\nreview_usd = 0.25\ntext_bytes_max = {TEXT_BYTES}\n'
        f"long_side_pixels = {LONG_SIDE}\n"
        f"[accuracy]\nlabel = {1 - wrong}\nboundary = {1 - wrong}\nsettled = 0.7\n"
        'measured_on = "a simulator that answers from the truth"\n'
    )


def _told(asked, calibrated, measured, alone):
    """Write what came of it as `casefold eval --more` takes it; *alone* is the same without a model or certificate."""
    everything, spent = measured["all"], measured["asked"]
    wrong = 1 - everything["accepted_right"]
    low, high = (1 - bound for bound in everything["intervals"]["accepted_right"][::-1])
    accepted = round(everything["coverage"] * everything["pages"])
    of_all = float(spent["forecast_usd"]) / float(spent["forecast_every_page_usd"])
    standing = [row for row in calibrated["strata"] if row["standing"] == "certified"]
    bound = max((row["bound_ppm"] for row in standing), default=None)
    return {
        "contract": CONTRACT,
        "title": f"With a simulated language model, certified ({asked.quality})",
        "command": shlex.join(["python", "-m", "tests.cascade", "DIR", *sys.argv[2:]]),
        "words": (
            f"A simulator answers over HTTP, from the truth, but wrong on {asked.wrong:.0%} of the pages. Thresholds "
            f"were calibrated on {asked.packages} generated packages, its answers among the evidence: "
            f"{calibrated['certified']} kinds of label and document are certified at {float(asked.risk):.0%} and 95 %, "
            f"{calibrated['uncertified']} are not and go to a person. Then {asked.held_out} others, "
            f"{everything['pages']:,} pages, were run under them. The local model was trained on pages of the same "
            "generator, so this says nothing of real papers: it says that what is certified of a cascade holds."
        ),
        "rows": [
            _row("kinds certified", "", calibrated["certified"], None),
            _row("share of errors that is certified, at most", f"≤ {asked.risk}", _share(bound), None),
            _row("pages accepted", "", _share(everything["coverage"]), None),
            _row("without the model, at the convention of 99 %: pages accepted", "", _share(alone["coverage"]), None),
            _row("and errors among them", "", _share(1 - alone["accepted_right"]), None),
            _row(
                "errors among accepted pages of fresh packages [95 %]",
                f"< {asked.risk}",
                f"{round(wrong * accepted)} of {accepted:,}: {wrong:.4f} [{low:.4f}, {high:.4f}]",
                wrong < float(asked.risk),
            ),
            _row(
                "errors among documents that were accepted whole",
                "",
                _share(1 - (everything["documents_accepted_right"] or 0)),
                None,
            ),
            _row("pages asked about", "", _share(spent["asked"] / spent["pages"]), None),
            _row("cost, of asking about every page", "≤ 0.25", f"{of_all:.4f}", of_all <= 0.25),
            _row("what was charged, in dollars", "", spent["cost_usd"], None),
        ],
        "strata": standing,
    }


def _row(what: str, asked: str, found: object, met: bool | None) -> dict[str, object]:
    return {"what": what, "asked": asked, "found": str(found), "met": met}


def _share(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value / 1_000_000:.4f}" if isinstance(value, int) else f"{value:.4f}"


if __name__ == "__main__":
    main()
