"""What README and docs say is so: their code runs, their commands exist, their links lead somewhere."""

import json
import re
import runpy
import subprocess
import sys
import tomllib
from pathlib import Path

import attrs
import jsonschema
import pytest

from casefold.case import events
from casefold.case.codec import event_value, read_event
from casefold.kernel.results import Success
from casefold.taxonomy.codec import parse
from casefold.taxonomy.lint import lint
from casefold.taxonomy.schema import json_schema
from casefold_adapters import taxonomies

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PACKAGE = ROOT / "examples" / "packages" / "loan-package.pdf"
PAGES = sorted(path for path in DOCS.rglob("*.md") if "_build" not in path.parts)
TOLD = [ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "examples/packages/README.md")] + PAGES


DEFAULTS = {"bench": "bench package"}
"""The command of a group that is meant where what follows names none."""


@pytest.fixture(scope="module")
def tables():
    """The tables that the site makes from the code."""
    return runpy.run_path(str(DOCS / "tables.py"))


def name_of(path):
    return str(path.relative_to(ROOT))


def text_of(path):
    return path.read_text("utf-8")


def blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def prose_of(text):
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


RUN = [
    pytest.param(code, said, id=f"{name_of(path)}-{number}")
    for path in TOLD
    for number, (code, said) in enumerate(
        re.findall(r"^```python\n(.*?)^```$(?:\n\n```text\n(.*?)^```$)?", text_of(path), re.MULTILINE | re.DOTALL)
    )
    if "->" not in code  # signatures alone are no program
]


@pytest.mark.parametrize(("code", "said"), RUN)
def test_code_runs_and_says_what_is_below_it(code, said, capsys):
    """Every Python block is a whole program; the text under it is what it prints."""
    exec(compile(code, "a block", "exec"), {"__name__": "block"})

    assert said in {"", capsys.readouterr().out}


@pytest.mark.parametrize("path", TOLD, ids=name_of)
def test_every_command_that_is_told_exists(path, tables):
    """A command is told with its own name and options alone."""
    text = text_of(path)
    tree = tables["command_tree"]()
    lines = [
        line.partition("#")[0] for kind in ("sh", "console") for part in blocks(text, kind) for line in part.split("\n")
    ]
    for told in [*lines, *re.findall(r"`(casefold [^`]*)`", text)]:
        for words in re.findall(r"\bcasefold ((?:\\\||[^|])*)", told):
            first, _, rest = words.strip().partition(" ")
            groups = [name for name in tree if name.startswith(first + " ")]
            if first.isupper() or first.startswith("-") or (groups and not rest):
                continue
            wanted = [f"{first} {each}" for each in re.split(r"\\?\|", rest.split()[0])] if groups else [first]
            wanted = [DEFAULTS.get(first, name) if name not in tree else name for name in wanted]
            assert set(wanted) <= set(tree), f"{told!r} names no command"
            given = set(re.findall(r"(?<!\S)--[a-z-]+", rest))
            assert all(given <= tables["options"](tree[name]) | {"--help"} for name in wanted), told


def test_the_reference_tells_every_command_and_option(tables):
    """The site lists every command with each of its options."""
    assert "% table of command line" in text_of(DOCS / "reference" / "cli.md")
    sections = dict(
        re.findall(r"^## casefold ([a-z ]+)\n(.*?)(?=^## |\Z)", tables["command_line"](), re.MULTILINE | re.DOTALL)
    )

    assert set(tables["command_tree"]()) == set(sections)
    for name, command in tables["command_tree"]().items():
        missing = {option for option in tables["options"](command) if f"`{option}" not in sections[name]}
        assert missing <= {"--help"}, name


def test_every_table_that_is_asked_for_is_there(tables):
    """A page asks for tables by names that exist, and each table is told somewhere."""
    asked = {name for path in PAGES for name in re.findall(r"^% table of (.+)$", text_of(path), re.MULTILINE)}

    assert set(tables["TABLES"]) == asked
    assert all("| --- |" in tables["TABLES"][name]() for name in asked)


def test_every_class_is_in_the_reference(tables):
    """The shipped taxonomy is told whole: classes, kinds outside, file types, sources."""
    page = text_of(DOCS / "reference" / "lending-us.md")
    taxonomy = taxonomies.load("lending-us").unwrap()

    for name, members in (("classes", taxonomy.classes), ("outside", taxonomy.outside), ("sources", taxonomy.sources)):
        assert f"% table of {name}" in page
        told = re.findall(r"^\| (`\S+`) ", tables["TABLES"][name](), re.MULTILINE)
        assert sorted(f"`{each.id}`" for each in members) == sorted(told)
    assert all(f"`{kind.id}`" in tables["file_types"]() for kind in taxonomy.file_types)


def test_every_event_is_told_with_its_members():
    """The reference has a section for each event, names each member, and its example is such an event."""
    sections = dict(
        re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", text_of(DOCS / "reference" / "events.md"), re.MULTILINE | re.DOTALL)
    )
    for event in events.Event.__args__:
        told = sections[event.__name__]
        missing = [field.name for field in attrs.fields(event) if f"`{field.name}" not in told]
        assert [] == missing, event.__name__
        (example,) = blocks(told, "json")
        assert event.__name__ == json.loads(example)["kind"]
        if '"…"' not in example:
            read = read_event(json.loads(example))
            assert isinstance(read, Success), example
            assert event_value(read.unwrap()).items() <= json.loads(example).items()


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """The outcome of the demo package, run once with a file type, so that there are findings."""
    out = tmp_path_factory.mktemp("cases")
    program = "from casefold_shells.cli import main; main()"
    command = [
        sys.executable,
        "-c",
        program,
        "run",
        str(PACKAGE),
        "--out",
        str(out),
        "--file-type",
        "conventional_purchase",
    ]
    subprocess.run(command, check=True, capture_output=True)
    return json.loads(text_of(out / PACKAGE.stem / "case.json"))


def schema_of(name):
    schema = json.loads(text_of(DOCS / "reference" / name))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_a_real_case_meets_its_schema(case):
    """What `casefold run` writes is what the contract says."""
    schema_of("case.schema.json").validate(case)

    assert case["pages"] and case["documents"] and case["findings"]


def test_the_schema_tells_every_member_of_a_real_case(case):
    """No row has a member that the schema and its page are silent about."""
    schema, page = schema_of("case.schema.json").schema, text_of(DOCS / "reference" / "case-json.md")
    rows = {
        "page": case["pages"],
        "document": case["documents"],
        "finding": case["findings"],
        "source": case["sources"],
        "why": [row for each in case["pages"] for row in each["why"]],
    }
    assert set(case) == set(schema["properties"])
    for name, found in rows.items():
        seen = {member for row in found for member in row}
        assert seen <= set(schema["$defs"][name]["properties"]), name
        assert not [member for member in seen if f"`{member}" not in page], name


@pytest.mark.parametrize(
    "spoil",
    [
        lambda case: case.pop("digest"),
        lambda case: case.update(contract="casefold/case/2"),
        lambda case: case["pages"][0].update(confidence=0.99),
        lambda case: case["pages"][0].update(status="certain"),
        lambda case: case["documents"][0].update(pages=[]),
        lambda case: case["findings"][0].update(kind="odd"),
    ],
    ids=["no digest", "other contract", "float confidence", "other status", "empty document", "other finding"],
)
def test_the_schema_refuses_what_is_no_case(case, spoil):
    """A schema that takes everything says nothing."""
    spoiled = json.loads(json.dumps(case))
    spoil(spoiled)

    assert list(schema_of("case.schema.json").iter_errors(spoiled))


def test_the_taxonomy_schema_is_that_of_the_model():
    """Written anew with `casefold taxonomy schema > docs/reference/taxonomy.schema.json`."""
    assert json_schema() == json.loads(text_of(DOCS / "reference" / "taxonomy.schema.json"))


def test_the_shipped_taxonomy_meets_the_schema():
    """Editors that check against the schema find no fault with the file that ships."""
    raw = tomllib.loads(text_of(Path(taxonomies.__file__).parent / "lending-us.toml"))

    schema_of("taxonomy.schema.json").validate(raw)


def test_the_example_taxonomy_is_one():
    """The file in the how-to meets the schema and has no fault."""
    raw = tomllib.loads(blocks(text_of(DOCS / "how-to" / "taxonomy.md"), "toml")[0])

    schema_of("taxonomy.schema.json").validate(raw)
    assert () == lint(parse(raw).unwrap())


@pytest.mark.parametrize("path", TOLD, ids=name_of)
def test_every_link_leads_to_a_file(path):
    """Relative links point to files, and to headings that are there."""
    for link in re.findall(r"\]\(([^)\s]+)\)", prose_of(text_of(path))):
        if re.match(r"[a-z]+:", link):
            continue
        file, _, heading = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.is_file(), f"{link} leads nowhere"
        if heading:
            titles = re.findall(r"^#+ (.+)$", text_of(target), re.MULTILINE)
            assert heading in {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}, link


def test_pictures_are_small():
    """A clone stays quick: no picture above 250 kB."""
    assert [] == [path.name for path in (DOCS / "images").iterdir() if path.stat().st_size > 250_000]


def test_every_test_that_is_named_is_there():
    """README points to tests and laws by name."""
    known = "".join(text_of(path) for house in ("tests", "properties") for path in (ROOT / house).rglob("*.py"))
    told = text_of(ROOT / "README.md").partition("## What it guarantees")[2]
    for row in re.findall(r"^\| .*\| .*$", told, re.MULTILINE):
        missing = [name for name in re.findall(r"`([a-z]+_[a-z_]+)`", row) if f"def {name}(" not in known]
        assert [] == missing, row


def test_the_laws_name_tests_that_are_there():
    """Every law of decisions has its row, and every test that a row names is in the file that it names."""
    rows = re.findall(r"^\| (\d+) .*\| (.*) \|$", text_of(DOCS / "reference" / "laws.md"), re.MULTILINE)

    assert list(map(str, range(1, 26))) == [number for number, _ in rows]
    for _, told in rows:
        for part in told.split(";"):
            for file, names in re.findall(r"`(test_\w+\.py)`(?:: (.*))?", part):
                said = text_of(ROOT / "tests" / "laws" / file)
                assert all(f"def {name}(" in said for name in re.findall(r"`(test_\w+)`", names)), file
