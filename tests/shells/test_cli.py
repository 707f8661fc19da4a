"""Bad input: one message that names the file and the mend, an exit code by kind, never a traceback."""

import fcntl
import os
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from tests.adapters.pdf_files import bomb, page, pdf, text, written
from tests.shells.conftest import MIXED, TAXONOMY, WORDS, Said, case_of, cli, complaints, composed, package, result_of

from casefold_shells.cli.codes import Exit

REFUSED = {
    "empty": (Exit.NOT_PDF, "no bytes", "again"),
    "gif": (Exit.NOT_PDF, "gif", "convert"),
    "zip": (Exit.NOT_PDF, "zip", "convert"),
    "text": (Exit.NOT_PDF, "not a PDF", "convert"),
    "truncated": (Exit.NOT_PDF, "breaks off", "copy it again"),
    "header_only": (Exit.NOT_PDF, "breaks off", "copy it again"),
    "zero_pages": (Exit.NOT_PDF, "no pages", "new copy"),
    "locked": (Exit.ENCRYPTED, "encrypted", "--password-file"),
    "too_many_pages": (Exit.LIMIT, "100,000 pages", "--pages-max"),
}
"""What a refused file is answered with: the exit code, the fact and the mend."""


def bad(folder: Path, kind: str) -> Path:
    """Write a file that cannot be worked with."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{kind}.pdf"
    match kind:
        case "empty":
            path.write_bytes(b"")
        case "gif":
            Image.new("RGB", (8, 8)).save(path, "GIF")
        case "zip":
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("notes.txt", "Dear Sir or Madam, " * 2_000)
                archive.writestr("loan.pdf", composed("w2"))
        case "text":
            path.write_text("Dear Sir or Madam, please find enclosed nothing.\n" * 9)
        case "truncated":
            path.write_bytes(composed("w2")[:60])
        case "header_only":
            path.write_bytes(b"%PDF-1.7\n")
        case "zero_pages":
            path.write_bytes(pdf())
        case "locked":
            lock(package(folder, "w2", "paystub", name="open.pdf"), path, "s3cret")
        case "too_many_pages":
            path.write_bytes(wide(100_000))
        case _:
            raise ValueError(kind)
    return path


def lock(source: Path, target: Path, password: str) -> None:
    with pikepdf.open(source) as document:
        document.save(target, encryption=pikepdf.Encryption(owner="owner" + password, user=password))
    source.unlink()


def wide(pages: int) -> bytes:
    """Claim *pages* pages by naming the same hundred children again and again."""
    leaf = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>"
    branch = b"<< /Type /Pages /Parent 2 0 R /Count 100 /Kids [%s] >>" % (b"4 0 R " * 100)
    root = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, b"3 0 R " * (pages // 100))
    return written([b"<< /Type /Catalog /Pages 2 0 R >>", root, branch, leaf])


def run(out: Path, taxonomy: Path, *packages: object) -> Said:
    return cli("run", *packages, "--out", out, "--taxonomy", taxonomy)


@pytest.mark.parametrize("kind", REFUSED)
def test_a_bad_file_is_refused_in_one_line_and_the_good_one_still_runs(tmp_path: Path, taxonomy: Path, kind: str):
    """The line names the file, the fact and the mend; the exit code says the kind; the other package is finished."""
    code, fact, mend = REFUSED[kind]
    path = bad(tmp_path / "in", kind)
    good = package(tmp_path / "in", "w2", "nothing", name="good.pdf")
    said = run(tmp_path / "out", taxonomy, path, good)

    assert code == said.code, said.err
    [complaint] = complaints(said)
    assert str(path) in complaint and fact in complaint and mend in complaint
    assert [complaint] == said.err.splitlines()
    assert 2 == len(case_of(tmp_path / "out/good")["pages"])
    assert f"{path.name} " in said.out and "good.pdf " in said.out
    assert 0 == cli("verify", tmp_path / "out/good").code


@pytest.mark.parametrize("kind", REFUSED)
def test_a_refused_file_leaves_a_case_that_says_so(tmp_path: Path, taxonomy: Path, kind: str):
    """A case without pages, with a finding, that verifies; asked again, it answers the same."""
    path = bad(tmp_path / "in", kind)
    first, again = run(tmp_path / "out", taxonomy, path), run(tmp_path / "out", taxonomy, path)
    case = case_of(tmp_path / "out" / kind)

    assert (first.code, first.err) == (again.code, again.err)
    assert ([], []) == (case["pages"], case["documents"])
    assert ["source_refused"] == [finding["kind"] for finding in case["findings"]]
    assert path.name in case["findings"][0]["message"]
    assert "refused" == case["sources"][0]["status"]
    assert 0 == cli("verify", tmp_path / "out" / kind).code
    assert 0 == cli("replay", tmp_path / "out" / kind).code
    assert 0 == cli("review", tmp_path / "out" / kind).code
    assert 2 == cli("explain", tmp_path / "out" / kind, "--page", 1).code


def test_a_missing_package_is_named_once(tmp_path: Path, taxonomy: Path):
    """Exit code 3; the other package runs."""
    path, good = tmp_path / "missing.pdf", package(tmp_path, "w2", name="good.pdf")
    said = run(tmp_path / "out", taxonomy, path, good)

    assert Exit.MISSING == said.code
    assert [f"casefold: {path}: there is no such file; check the path"] == said.err.splitlines()
    assert (tmp_path / "out/good/case.json").is_file()


def test_a_folder_without_pdfs_is_named_once(tmp_path: Path, taxonomy: Path):
    """A folder of other papers is no package."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "letter.docx").write_bytes(b"PK\3\4")
    said = run(tmp_path / "out", taxonomy, folder)

    assert Exit.MISSING == said.code
    assert [f"casefold: {folder}: the folder holds no file named *.pdf, *.png, *.jpg or *.tif"] == said.err.splitlines()


@pytest.mark.parametrize(
    "make",
    [os.mkfifo, lambda path: path.symlink_to("nowhere"), lambda path: path.symlink_to(path)],
    ids=["pipe", "to nothing", "to itself"],
)
def test_what_is_no_file_is_refused(tmp_path: Path, taxonomy: Path, make):
    """A pipe, a link to nothing and a link to itself neither hang nor crash."""
    path = tmp_path / "odd.pdf"
    make(path)
    said = run(tmp_path / "out", taxonomy, path)

    assert Exit.MISSING == said.code
    assert 1 == len(complaints(said)) and str(path) in said.err


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, taxonomy: Path, monkeypatch: pytest.MonkeyPatch):
    """Exit code 3 and the mend, whether or not the tests run as root."""
    path = package(tmp_path, "w2")
    path.chmod(0)
    if os.geteuid() == 0:
        monkeypatch.setattr(os, "access", lambda asked, *_, **__: Path(asked) != path)
    said = run(tmp_path / "out", taxonomy, path)

    assert Exit.MISSING == said.code
    assert 1 == len(complaints(said)) and str(path) in said.err and "permissions" in said.err


@pytest.mark.parametrize(("content", "code"), [("wrong\n", Exit.ENCRYPTED), ("", Exit.ENCRYPTED)])
def test_a_wrong_password_is_refused(tmp_path: Path, taxonomy: Path, content: str, code: Exit):
    """The message speaks of the password file."""
    path, password = bad(tmp_path, "locked"), tmp_path / "password.txt"
    password.write_text(content)
    said = run(tmp_path / "out", taxonomy, path, "--password-file", password)

    assert code == said.code
    assert 1 == len(complaints(said)) and str(path) in said.err and "--password-file" in said.err


def test_a_password_file_that_is_missing_or_binary_is_named(tmp_path: Path, taxonomy: Path):
    """Nothing runs before the password is known."""
    path, binary = bad(tmp_path, "locked"), tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe\x00")
    for password in (tmp_path / "missing.txt", binary, tmp_path):
        said = run(tmp_path / "out", taxonomy, path, "--password-file", password)

        assert Exit.MISSING == said.code
        assert 1 == len(complaints(said)) and str(password) in said.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("password", ["s3cret", "pässwörd ", "a" * 40])
def test_the_right_password_opens_the_file(tmp_path: Path, taxonomy: Path, password: str):
    """Documents are written, the case verifies, and the password is in none of its files."""
    path = tmp_path / "locked.pdf"
    lock(package(tmp_path, "w2", "paystub", name="open.pdf"), path, password)
    given = tmp_path / "password.txt"
    given.write_text(password + "\r\nsecond line\n")
    said = run(tmp_path / "out", taxonomy, path, "--password-file", given)
    folder = tmp_path / "out/locked"

    assert (0, []) == (said.code, complaints(said))
    assert ["w2", "paystub"] == [page["label"] for page in case_of(folder)["pages"]]
    assert 0 == cli("verify", folder).code
    assert 0 == cli("replay", folder).code
    for document in case_of(folder)["documents"]:
        with pikepdf.open(folder / document["file"]) as opened:
            assert len(opened.pages) == len(document["pages"])
    secret = password.strip().encode()
    assert not [file for file in folder.rglob("*") if file.is_file() and secret in file.read_bytes()]


def test_the_password_that_was_asked_for_mends_the_case(tmp_path: Path, taxonomy: Path):
    """The message says to give --password-file; doing so with the same folder must work."""
    path, password = bad(tmp_path, "locked"), tmp_path / "password.txt"
    password.write_text("s3cret\n")
    assert Exit.ENCRYPTED == run(tmp_path / "out", taxonomy, path).code
    said = run(tmp_path / "out", taxonomy, path, "--password-file", password)

    assert (0, []) == (said.code, complaints(said))
    assert 2 == len(case_of(tmp_path / "out/locked")["pages"])
    assert 0 == cli("verify", tmp_path / "out/locked").code


def test_the_pages_max_that_was_asked_for_mends_the_case(tmp_path: Path, taxonomy: Path):
    """The message says to raise --pages-max; doing so with the same folder must work."""
    path = package(tmp_path)
    refused = run(tmp_path / "out", taxonomy, path, "--pages-max", 2)
    assert Exit.LIMIT == refused.code and "--pages-max" in refused.err
    said = run(tmp_path / "out", taxonomy, path)

    assert (0, []) == (said.code, complaints(said))
    assert len(MIXED) == len(case_of(tmp_path / "out/loan")["pages"])


def test_a_correction_of_an_encrypted_package_asks_for_its_password(tmp_path: Path, taxonomy: Path):
    """Without the password no document may be lost: either it is asked for, or all are still there."""
    path, password = tmp_path / "locked.pdf", tmp_path / "password.txt"
    lock(package(tmp_path, *MIXED, name="open.pdf"), path, "s3cret")
    password.write_text("s3cret\n")
    assert 0 == run(tmp_path / "out", taxonomy, path, "--password-file", password).code
    folder = tmp_path / "out/locked"
    correction = ["--page", 5, "--label", "w2", "--by", "Ann", "--why", "seen"]
    before = result_of(folder)
    said = cli("review", folder, *correction)

    assert said.code != 0 and "--password-file" in said.err
    assert before == result_of(folder)
    assert 0 == cli("review", folder, *correction, "--password-file", password).code
    assert all(document["file"] is not None for document in case_of(folder)["documents"])
    assert 0 == cli("verify", folder).code


@pytest.mark.parametrize("points", [14_401, 200_000, 2_000_000_000])
def test_a_huge_page_is_read_or_reviewed(tmp_path: Path, taxonomy: Path, points: int):
    """Beyond 200 inches, where viewers give up; its neighbours do not suffer."""
    sheets = [page(text(WORDS["w2"], 72, 700)), page(text(WORDS["paystub"], 72, 700), (0, 0, points, points))]
    path = tmp_path / "huge.pdf"
    path.write_bytes(pdf(*sheets, page(text(WORDS["bank_statement"], 72, 700))))
    said = run(tmp_path / "out", taxonomy, path)
    pages = case_of(tmp_path / "out/huge")["pages"]

    assert 0 == said.code, said.err
    assert [1, 2, 3] == [one["page"] for one in pages]
    assert ["w2", "bank_statement"] == [pages[0]["label"], pages[2]["label"]]
    assert pages[1]["label"] == "paystub" or pages[1]["status"] == "review"
    assert 0 == cli("verify", tmp_path / "out/huge").code


def test_an_unreadable_page_is_reviewed_with_its_reason(tmp_path: Path, taxonomy: Path):
    """A zip bomb between two good pages: they are read, it is in case.json as review, and a finding speaks of it."""
    path = tmp_path / "bomb.pdf"
    path.write_bytes(bomb(1_500))
    said = run(tmp_path / "out", taxonomy, path)
    case = case_of(tmp_path / "out/bomb")

    assert 0 == said.code, said.err
    assert [1, 2, 3] == [one["page"] for one in case["pages"]]
    lost = case["pages"][1]
    assert ("review", "unknown", "unreadable", None) == (lost["status"], lost["label"], lost["reason"], lost["text"])
    assert "could not be read" in lost["why"][0]["text"]
    assert [2] in [one["pages"] for one in case["findings"] if one["kind"] == "unreadable_page"]
    assert [1, 2, 3] == sorted(number for document in case["documents"] for number in document["pages"])
    assert "could not be read" in cli("review", tmp_path / "out/bomb").out
    for command in ("verify", "replay"):
        assert 0 == cli(command, tmp_path / "out/bomb").code


TAXONOMIES = {
    "a typo in a member": (TAXONOMY.replace("phrase =", "phrse =", 1), "phrse"),
    "a typo at the top": (TAXONOMY.replace("[[classes]]", "[[clases]]"), "clases"),
    "a value that is none": (TAXONOMY.replace('cue = "first"', 'cue = "frist"', 1), "frist"),
    "a word for a number": (TAXONOMY.replace("weight = 30", 'weight = "heavy"', 1), "weight"),
    "a missing member": (TAXONOMY.replace('family = "income"\n', "", 1), "family"),
    "a class twice": (TAXONOMY.replace('id = "paystub"', 'id = "w2"', 1), "w2"),
    "a class named unknown": (TAXONOMY.replace('id = "paystub"', 'id = "unknown"', 1), "unknown"),
    "a class named like a path": (TAXONOMY.replace('id = "paystub"', 'id = "../../paystub"', 1), "paystub"),
    "a bad expression": (TAXONOMY.replace('phrase = "earnings year to date"', 'regex = "earn(ings"', 1), "paystub"),
    "two matchers": (TAXONOMY.replace('phrase = "opening', 'form = "W-2", phrase = "opening', 1), "bank_statement"),
    "no matcher": (TAXONOMY.replace('phrase = "earnings year to date", ', "", 1), "paystub"),
    "a phrase too short": (TAXONOMY.replace("earnings year to date", "ab", 1), "paystub"),
    "a file type of unknown classes": (
        TAXONOMY.replace('all_of = ["paystub"]', 'all_of = ["playstub"]', 1),
        "playstub",
    ),
    "not TOML": ('name = "own"\nclasses == 3\n', "line 2"),
    "nothing": ("", "name"),
    "a list": ("[[name]]\n", "name"),
}
"""A taxonomy that cannot be used, and what its message must name."""


@pytest.mark.parametrize("name", TAXONOMIES)
def test_a_taxonomy_with_a_mistake_is_refused(tmp_path: Path, name: str):
    """Exit code 7 before anything runs; the message names the file and the place."""
    content, place = TAXONOMIES[name]
    assert content != TAXONOMY
    path = tmp_path / "own.toml"
    path.write_text(content)
    said = run(tmp_path / "out", path, package(tmp_path))

    assert Exit.TAXONOMY == said.code, said.out + said.err
    assert 1 == len(complaints(said))
    assert str(path) in said.err and place in said.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"name = \x00"])
def test_a_taxonomy_that_cannot_be_read_is_named_with_those_that_ship(tmp_path: Path, content: bytes | None):
    """A wrong name, and files that are no text."""
    path = tmp_path / "lending-uk"
    if content is not None:
        path.write_bytes(content)
    said = run(tmp_path / "out", path, package(tmp_path))

    assert Exit.TAXONOMY == said.code
    assert 1 == len(complaints(said)) and str(path) in said.err and "lending-us" in said.err


def test_an_unknown_file_type_is_answered_with_those_there_are(tmp_path: Path, taxonomy: Path):
    """Exit code 2: how the command was called."""
    said = run(tmp_path / "out", taxonomy, package(tmp_path), "--file-type", "purchsae")

    assert Exit.USAGE == said.code
    assert 1 == len(complaints(said)) and "purchsae" in said.err and "purchase" in said.err


@pytest.mark.parametrize(
    "arguments", [[], ["x.pdf"], ["x.pdf", "--out"], ["x.pdf", "--out", "o", "--pages-max", "0"], ["--out", "o"]]
)
def test_a_call_that_makes_no_sense_has_exit_code_two(arguments: list[str]):
    """The usual code of usage, with a hint."""
    said = cli("run", *arguments)

    assert Exit.USAGE == said.code
    assert said.err


def test_an_out_that_is_a_file_is_named(tmp_path: Path, taxonomy: Path):
    """It is --out that is wrong, so the message names it; both packages get their message."""
    out = tmp_path / "taken"
    out.write_text("mine")
    said = run(out, taxonomy, package(tmp_path, name="a.pdf"), package(tmp_path, name="b.pdf"))

    assert Exit.STORAGE == said.code
    assert 2 == len(complaints(said))
    assert all(str(out) in complaint for complaint in complaints(said))
    assert "mine" == out.read_text()


def test_an_out_that_takes_no_files_is_named(tmp_path: Path, taxonomy: Path):
    """The system lets nobody, root included, write below /proc."""
    said = run(Path("/proc/casefold"), taxonomy, package(tmp_path))

    assert Exit.STORAGE == said.code
    assert 1 == len(complaints(said)) and "/proc/casefold" in said.err


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
from casefold_shells.cli import main
main()
"""


@pytest.mark.parametrize("most", [0, 500, 3_000, 12_000, 30_000])
def test_a_full_disk_stops_in_one_line_and_the_next_run_goes_on(tmp_path: Path, taxonomy: Path, most: int):
    """No file may grow beyond so many bytes; with room again, the same command ends in the same result."""
    source = package(tmp_path)
    command = ["run", str(source), "--out", str(tmp_path / "out"), "--taxonomy", str(taxonomy)]
    stopped = subprocess.run(
        [sys.executable, "-B", "-c", LIMITED, str(most), *command], capture_output=True, text=True, check=False
    )

    assert Exit.STORAGE == stopped.returncode, stopped.stderr
    assert 1 == len(stopped.stderr.splitlines()), stopped.stderr
    assert str(tmp_path / "out") in stopped.stderr
    assert 0 == cli(*command).code
    assert 0 == run(tmp_path / "calm", taxonomy, source).code
    assert result_of(tmp_path / "calm/loan") == result_of(tmp_path / "out/loan")
    assert 0 == cli("verify", tmp_path / "out/loan").code


@pytest.mark.parametrize("more", [[], ["--fresh"]])
def test_a_case_that_another_process_writes_to_is_left_alone(finished: Path, taxonomy: Path, more: list[str]):
    """Exit code 8, and not a byte is changed, with --fresh no less."""
    log = finished / "events.jsonl"
    before = {path: path.read_bytes() for path in finished.rglob("*") if path.is_file()}
    with log.open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        said = run(finished.parent, taxonomy, finished.parents[1] / "loan.pdf", *more)

    assert Exit.CASE == said.code
    assert 1 == len(complaints(said)) and str(log) in said.err and "another process" in said.err
    assert before == {path: path.read_bytes() for path in finished.rglob("*") if path.is_file()}


@pytest.mark.parametrize("differs", ["files", "taxonomy", "file type"])
def test_another_case_that_is_already_there_is_left_alone(finished: Path, taxonomy: Path, tmp_path: Path, differs: str):
    """Exit code 8, the difference and the mend; the case that is there stays as it was, and verifies."""
    source, used, more = finished.parents[1] / "loan.pdf", taxonomy, list[str]()
    if differs == "files":
        source = package(tmp_path / "other", "w2")
    elif differs == "taxonomy":
        used = tmp_path / "own.toml"
        used.write_text(TAXONOMY.replace('"1.0.0"', '"1.0.1"'))
    else:
        more = ["--file-type", "purchase"]
    before = {path: path.read_bytes() for path in finished.rglob("*") if path.is_file()}
    said = run(finished.parent, used, source, *more)

    assert Exit.CASE == said.code
    assert 1 == len(complaints(said)) and str(finished) in said.err and differs in said.err and "--fresh" in said.err
    assert before.keys() == {path for path in finished.rglob("*") if path.is_file()}
    assert before == {path: path.read_bytes() for path in before}
    assert 0 == cli("verify", finished).code


def test_fresh_keeps_the_old_log_and_begins_anew(finished: Path, taxonomy: Path, tmp_path: Path):
    """Twice, with other files: every old log is kept to the byte, and what is there now verifies."""
    logs = [(finished / "events.jsonl").read_bytes()]
    for kinds in (("w2",), ("paystub", "w2")):
        source = package(tmp_path / "other", *kinds)
        assert 0 == run(finished.parent, taxonomy, source, "--fresh").code
        assert len(kinds) == len(case_of(finished)["pages"])
        logs.append((finished / "events.jsonl").read_bytes())

    assert logs[:2] == [(finished / f"events-{number}.jsonl").read_bytes() for number in (1, 2)]
    said = cli("verify", finished)
    assert 0 == said.code, said.err


def test_packages_of_one_stem_get_folders_of_their_own(tmp_path: Path, taxonomy: Path):
    """Told apart by their parents; none is lost, none is mixed."""
    first = package(tmp_path / "jones", "w2")
    second = package(tmp_path / "smith", "paystub", "paystub")
    said = run(tmp_path / "out", taxonomy, first, second)

    assert 0 == said.code
    assert ["jones-loan", "smith-loan"] == sorted(path.name for path in (tmp_path / "out").iterdir())
    assert 1 == len(case_of(tmp_path / "out/jones-loan")["pages"])
    assert 2 == len(case_of(tmp_path / "out/smith-loan")["pages"])


def test_a_package_given_twice_is_run_twice_or_once_but_never_mixed(tmp_path: Path, taxonomy: Path):
    """Whatever folders there are, each verifies."""
    source = package(tmp_path, "w2")
    said = run(tmp_path / "out", taxonomy, source, source)

    assert 0 == said.code
    assert all(0 == cli("verify", folder).code for folder in (tmp_path / "out").iterdir())


@pytest.mark.parametrize("given", [".", "..", "./", "../in"])
def test_a_folder_named_by_dots_gets_a_folder_below_out(
    tmp_path: Path, taxonomy: Path, given: str, monkeypatch: pytest.MonkeyPatch
):
    """Nothing is written beside --out, or into it without a folder."""
    for name in ("one/in", "one"):
        package(tmp_path / name, "w2")
    monkeypatch.chdir(tmp_path / "one/in")
    said = run(tmp_path / "out/cases", taxonomy, Path(given) if given != "./" else given)

    assert 0 == said.code, said.err
    assert ["cases"] == [path.name for path in (tmp_path / "out").iterdir()]
    [folder] = (tmp_path / "out/cases").iterdir()
    assert (folder / "case.json").is_file()


def test_a_folder_is_one_package_of_its_files(tmp_path: Path, taxonomy: Path):
    """Pages are numbered over all files by name, documents stay within theirs, a refused file is a finding."""
    folder = tmp_path / "papers"
    package(folder, "w2", "paystub", "bank_statement", name="a.pdf")
    (folder / "b.pdf").write_bytes(b"not a PDF at all")
    package(folder, "bank_more", "bank_more", "w2", name="c.PDF", start=4)
    (folder / "notes.txt").write_text("not part of it")
    said = run(tmp_path / "out", taxonomy, folder)
    case = case_of(tmp_path / "out/papers")

    assert Exit.NOT_PDF == said.code
    [complaint] = complaints(said)
    assert str(folder / "b.pdf") in complaint
    assert [1, 2, 3, 4, 5, 6] == [page["page"] for page in case["pages"]]
    assert [("a.pdf", 1), ("a.pdf", 2), ("a.pdf", 3), ("c.PDF", 1), ("c.PDF", 2), ("c.PDF", 3)] == [
        (page["source"], page["source_page"]) for page in case["pages"]
    ]
    assert [1, 2, 3, 4, 5, 6] == sorted(number for document in case["documents"] for number in document["pages"])
    assert all(max(document["pages"]) <= 3 or min(document["pages"]) >= 4 for document in case["documents"])
    assert ["opened", "refused", "opened"] == [source["status"] for source in case["sources"]]
    [finding] = [finding for finding in case["findings"] if finding["kind"] == "source_refused"]
    assert "b.pdf" in finding["message"]
    for document in case["documents"]:
        with pikepdf.open(tmp_path / "out/papers" / document["file"]) as opened:
            assert len(opened.pages) == len(document["pages"])
    for command in ("verify", "replay"):
        assert 0 == cli(command, tmp_path / "out/papers").code


def test_every_refusal_of_a_folder_is_said_and_the_first_gives_the_code(tmp_path: Path, taxonomy: Path):
    """An encrypted file, an empty one and a good one."""
    folder = tmp_path / "papers"
    bad(folder, "locked").rename(folder / "a.pdf")
    bad(folder, "empty").rename(folder / "b.pdf")
    package(folder, "w2", name="c.pdf")
    said = run(tmp_path / "out", taxonomy, folder)

    assert Exit.ENCRYPTED == said.code
    assert ["a.pdf", "b.pdf"] == [complaint.split(": ")[1].rpartition("/")[2] for complaint in complaints(said)]
    assert 1 == len(case_of(tmp_path / "out/papers")["pages"])


NAMES = {
    "a stem in brackets": "loan [final].pdf",
    "only brackets": "[red].pdf",
    "an emoji's name": ":id:.pdf",
    "dashes": "-loan-.pdf",
    "a line end": "a\nb.pdf",
    "beyond the first plane": "\U0001d50foan é.pdf",
    "long": "x" * 240 + ".pdf",
    "no stem": ".pdf",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_file_may_have_any_name(tmp_path: Path, taxonomy: Path, name: str):
    """It is run, and the summary gives the name as it is."""
    source = package(tmp_path / "in", "w2", name=name)
    said = run(tmp_path / "out", taxonomy, source)

    assert 0 == said.code, said.err
    assert name.partition("\n")[0] in said.out
    [folder] = (tmp_path / "out").iterdir()
    assert name == case_of(folder)["sources"][0]["name"]
    verified = cli("verify", folder)
    assert 0 == verified.code
    assert str(folder).partition("\n")[0] in verified.out


def test_folders_with_brackets_are_named_as_they_are(tmp_path: Path, taxonomy: Path):
    """``[`` and ``]`` in a path are no markup."""
    out = tmp_path / "o[" / "a]b"
    said = run(out, taxonomy, package(tmp_path, "w2"))

    assert 0 == said.code
    assert str(out) in said.out
    assert str(out) in cli("verify", out / "loan").out
    assert str(out) in cli("replay", out / "loan").out


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names of any bytes are a Linux custom")
def test_a_name_that_is_no_text_is_no_traceback(tmp_path: Path, taxonomy: Path):
    """As a zip archive of an old Windows machine unpacks them."""
    source = package(tmp_path, "w2")
    odd = os.fsencode(tmp_path) + b"/Kreditvertr\xe4ge.pdf"
    shutil.move(source, os.fsdecode(odd))
    command = [os.fsencode(sys.executable), b"-c", b"from casefold_shells.cli import main; main()"]
    done = subprocess.run(
        [*command, b"run", odd, b"--out", os.fsencode(tmp_path / "out"), b"--taxonomy", os.fsencode(taxonomy)],
        capture_output=True,
        check=False,
    )

    assert b"Traceback" not in done.stderr, done.stderr[-300:]
    assert done.returncode in {0, 2, 3}


@pytest.mark.parametrize("command", ["replay", "review", "explain", "verify"])
def test_a_folder_without_a_case_is_answered(tmp_path: Path, command: str):
    """Named, with the mend."""
    said = cli(command, tmp_path / "nowhere", *(["--page", 1] if command == "explain" else []))

    assert said.code in {Exit.CASE, Exit.DIFFERS}
    assert 1 == len(complaints(said)) and str(tmp_path / "nowhere") in said.err


def test_the_program_says_its_version():
    """A report of a fault begins with the version that was run."""
    assert Said(Exit.OK, f"casefold {version('casefold')}\n", "") == cli("--version")


def test_a_bench_compares_every_stage_with_bare_extraction(tmp_path: Path):
    """Each stage has a line for each size, and the first is what the others are compared with."""
    said = cli("bench", package(tmp_path, "w2", "paystub"), "--pages", 3, "--runs", 1)

    assert Exit.OK == said.code
    lines = [line.split() for line in said.out.splitlines()[1:]]
    assert ["bare", "labels", "documents", "fields", "whole"] == [line[1] for line in lines]
    assert "1.00" == lines[0][4]
    assert all(float(line[4]) > 1 for line in lines[1:])


def test_a_bench_names_the_file_that_has_no_pages(tmp_path: Path):
    """A file that cannot be repeated is named before anything is measured."""
    said = cli("bench", package(tmp_path, "w2"), bad(tmp_path / "bad", "text"), "--pages", 3)

    assert Exit.NOT_PDF == said.code
    assert "text.pdf" in said.err
    assert "leave it out" in said.err


def test_the_program_itself_answers_as_the_tests_do(tmp_path: Path):
    """The installed command: exit code, one line, no traceback."""
    command: list[str | Path] = [Path(sys.executable).with_name("casefold"), "run", tmp_path / "x.pdf"]
    command += ["--out", tmp_path / "out"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert Exit.MISSING == done.returncode
    assert 1 == len(done.stderr.splitlines())
    assert str(tmp_path / "x.pdf") in done.stderr


def test_a_closed_pipe_is_no_error(tmp_path: Path):
    """``casefold taxonomy schema | head -1``."""
    command = f"{Path(sys.executable).with_name('casefold')} taxonomy schema | head -c 10"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)

    assert "" == done.stderr
    assert 10 == len(done.stdout)
