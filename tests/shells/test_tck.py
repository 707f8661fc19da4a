"""A kit of a few tests, with an engine of a few lines: what counts as right, and what is written down."""

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from tests.shells.conftest import cli, complaints

from casefold.feel.program import Outcome, OutOfFuel
from casefold.feel.temporal import parse_any
from casefold.feel.values import Fault, Problem, Reason, Span, UtcAlone, Value, World
from casefold.kernel.results import Failure, Result, Success
from casefold.policy.nodes import Node
from casefold_adapters import xml
from casefold_adapters.zones import IanaZones
from casefold_shells.cli.commands.policy import tck
from casefold_shells.tck.cases import BadCase, value_of
from casefold_shells.tck.comparing import Closeness, same
from casefold_shells.tck.engine import OWN, Engine
from casefold_shells.tck.results import results_csv, results_properties
from casefold_shells.tck.running import Row, run

PROBLEM = Problem(Fault(Reason.DIVISION_BY_ZERO, "/"), Span(0, 1))


@frozen
class Import:
    name: str
    namespace: str


@frozen
class Model:
    """A model is its decisions, each with the answer that it gives."""

    namespace: str
    imports: tuple[Import, ...]
    answers: dict[str, str]


def read_model(root: Node) -> Result[Model, str]:
    if "namespace" not in root.attributes:
        return Failure("it has no namespace")
    imports = (Import(each.attributes["name"], each.attributes["namespace"]) for each in root.all("import"))
    answers = {each.attributes["name"]: each.text for each in root.all("decision")}
    return Success(Model(root.attributes["namespace"], tuple(imports), answers))


def compile_model(model: Model, imported: Any) -> Model:
    assert all(each.namespace in imported for each in model.imports)
    return model


def decide(model: Model, name: str, facts: Any, world: World) -> Result[Outcome, object]:
    """Answer with a fact (``=name``), a fault (``!``), or a value."""
    text = model.answers.get(name)
    if text is None:
        return Failure(f"no such decision: {name}")
    if text == "endless":
        return Failure(OutOfFuel(1000))
    if text.startswith("="):
        return Success(Outcome(facts.get(text[1:]), ()))
    value = value_of(xml.parse(text.removeprefix("!").encode()).unwrap(), world.zones).unwrap()
    return Success(Outcome(value, (PROBLEM,) if text.startswith("!") else ()))


def invoke(model: Model, name: str, facts: Any, world: World) -> Result[Outcome, object]:
    """A service gives the values of its decisions by name, or that of its only one."""
    names = model.answers[name].split()
    values: dict[str, Value] = {each: decide(model, each, facts, world).unwrap().value for each in names}
    return Success(Outcome(values if len(names) > 1 else values[names[0]], ()))


ENGINE = Engine(read_model, compile_model, decide, invoke)

XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"'
NULL = '<value xsi:nil="true"/>'


def number(text: str) -> str:
    return f'<value xsi:type="xsd:decimal">{text}</value>'


def node(content: str) -> str:
    return f"<x {XSI}>{content}</x>".replace("<", "&lt;")


def case(name: str, decision: str, expected: str, extra: str = "", inputs: str = "") -> str:
    return (
        f'<testCase id="{name}">{inputs}<resultNode name="{decision}" {extra}>'
        f"<expected>{expected}</expected></resultNode></testCase>"
    )


def suite(folder: Path, *cases: str, model: str = "m.dmn", name: str = "m-test-01.xml") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    head = f'<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase" {XSI}><modelName>{model}</modelName>'
    (folder / name).write_text(f"{head}{''.join(cases)}</testCases>")


def model(folder: Path, imports: str = "", name: str = "m.dmn", namespace: str = "urn:m", **answers: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    told = "".join(f'<decision name="{key}">{answer}</decision>' for key, answer in answers.items())
    (folder / name).write_text(f'<definitions namespace="{namespace}">{imports}{told}</definitions>')


def rows_of(root: Path) -> tuple[Row, ...]:
    rows, broken = run(root, ENGINE)
    assert not broken
    return rows


@pytest.mark.parametrize(
    ("answer", "expected", "extra", "exact", "written", "loose"),
    [
        (number("1.50"), number("1.5"), "", True, True, True),
        (number("0.3333333333"), number("0.3333333334"), "", False, False, True),
        (number("0.33333333333"), number("0.3333333333"), "", False, True, True),
        (number("0.33333"), number("0.33334"), "", False, False, False),
        (number("1"), '<value xsi:type="xsd:string">1</value>', "", False, False, False),
        (NULL, NULL, "", True, True, True),
        ("", NULL, "", True, True, True),
        ("!" + NULL, NULL, "", True, True, True),
        (NULL, number("1"), "", False, False, False),
        ("!" + NULL, NULL, 'errorResult="true"', True, True, True),
        (NULL, NULL, 'errorResult="true"', False, False, False),
        ("!" + number("1"), NULL, 'errorResult="true"', False, False, False),
        (
            f"<list><item>{number('1')}</item></list>",
            f"<list><item>{number('1.0')}</item></list>",
            "",
            True,
            True,
            True,
        ),
        (f"<list><item>{number('1')}</item></list>", number("1"), "", False, False, False),
        ("<list/>", "<list/>", "", True, True, True),
        ("<list/>", NULL, "", False, False, False),
        (
            f'<component name="a">{number("1")}</component><component name="b">{NULL}</component>',
            f'<component name="b">{NULL}</component><component name="a">{number("1")}</component>',
            "",
            True,
            True,
            True,
        ),
        (
            f'<component name="a">{number("1")}</component><component name="b">{NULL}</component>',
            f'<component name="a">{number("1")}</component>',
            "",
            False,
            False,
            False,
        ),
    ],
)
def test_a_test_holds_if_the_value_is_the_same(tmp_path, answer, expected, extra, exact, written, loose):
    """Numbers to the last digit; an error is null with a problem; lists by items, contexts by members."""
    told = ("!" if answer.startswith("!") else "") + node(answer.removeprefix("!"))
    model(tmp_path / "level/a", d=told)
    suite(tmp_path / "level/a", case("001", "d", expected, extra))
    (row,) = rows_of(tmp_path)

    assert (exact, written, loose) == (row.exact, row.written, row.loose), row.comment
    assert exact == (not row.comment)
    assert ("level", "level/a", "m-test-01", "001") == (row.level, row.folder, row.file, row.case)


@pytest.mark.parametrize(
    ("one", "two", "fits"),
    [
        ("2024-02-29", "2024-02-29", True),
        ("2024-02-29", "2024-02-29T00:00:00", False),
        ("10:00:00Z", "11:00:00+01:00", True),
        ("10:00:00", "10:00:00Z", False),
        ("10:00:00.5", "10:00:00.50", True),
        ("10:00:00.5", "10:00:00.6", False),
        ("2024-02-29T10:00:00@Europe/Paris", "2024-02-29T09:00:00Z", True),
        ("2024-02-29T10:00:00.1", "2024-02-29T10:00:00", False),
        ("P1Y", "P12M", True),
        ("P1D", "PT24H", True),
        ("P0M", "P0D", False),
    ],
)
def test_times_are_compared_as_values(one: str, two: str, fits: bool):
    """The same instant may be told in two ways; a fraction of a second counts."""
    zones = IanaZones()

    assert fits == same(parse_any(one, zones), parse_any(two, zones), World(zones=zones), Closeness.LOOSE)


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ('<value xsi:type="xs:integer"> 7 </value>', Decimal(7)),
        ('<value xsi:type="xsd:double">1e3</value>', Decimal(1000)),
        ('<value xsi:type="xsd:boolean">1</value>', True),
        ('<value xsi:type="xsd:boolean">false</value>', False),
        ('<value xsi:type="xsd:string"/>', ""),
        ('<value xsi:type="xsd:string"> a </value>', " a "),
        ('<value xsi:type="xsd:duration">P1Y</value>', parse_any("P1Y", UtcAlone())),
        ('<value xsi:type="xsd:duration">PT1H</value>', parse_any("PT1H", UtcAlone())),
        ('<value xsi:type="xsd:time">10:00:00Z</value>', parse_any("10:00:00Z", UtcAlone())),
        ('<value xsi:type="xsd:date">2024-02-29</value>', parse_any("2024-02-29", UtcAlone())),
        ('<value xsi:type="xsd:dateTime">2024-02-29T00:00:00</value>', parse_any("2024-02-29T00:00:00", UtcAlone())),
        ("<value>true</value>", True),
        ("<value>2</value>", Decimal(2)),
        ("<value>2024-02-29</value>", parse_any("2024-02-29", UtcAlone())),
        ("<value>gold</value>", "gold"),
        ('<list xsi:nil="true"/>', None),
        (f'<list><item><component name="a">{number("1")}</component></item></list>', ({"a": Decimal(1)},)),
    ],
)
def test_values_are_read_as_their_type_says(content: str, value: Value):
    """Without a type, as what they look like."""
    assert Success(value) == value_of(xml.parse(f"<x {XSI}>{content}</x>".encode()).unwrap(), UtcAlone())


@pytest.mark.parametrize(("kind", "text"), [("decimal", "INF"), ("date", "2024-02-30"), ("colour", "red")])
def test_a_value_that_is_none_is_refused(kind: str, text: str):
    """With its line, its text and its type."""
    tree = xml.parse(f'<x {XSI}>\n<value xsi:type="xsd:{kind}">{text}</value></x>'.encode()).unwrap()

    assert Failure(BadCase(2, f"'{text}' is no {kind}")) == value_of(tree, UtcAlone())


def test_inputs_are_facts_and_services_are_invoked(tmp_path: Path):
    """A service's decision is told by its name if there are several."""
    given = f'<inputNode name="x">{number("3")}</inputNode>'
    model(tmp_path, d="=x", e="=x", both="d e", one="d")
    tests = [case("1", "d", number("3"), inputs=given)]
    for name, service in (("2", "both"), ("3", "one")):
        invoked = case(name, "d", number("3"), inputs=given)
        tests.append(invoked.replace(">", f' type="decisionService" invocableName="{service}">', 1))
    suite(tmp_path, *tests)

    assert [("1", True), ("2", True), ("3", True)] == [(row.case, row.exact) for row in rows_of(tmp_path)]


def test_inputs_of_imported_models_go_by_their_namespace(tmp_path: Path):
    """However many ways lead to a model, its input is one; a circle of imports ends."""
    base = '<import name="base" namespace="urn:base"/>'
    model(tmp_path, base, "left.dmn", "urn:left")
    model(tmp_path, base, "right.dmn", "urn:right")
    model(tmp_path, '<import name="back" namespace="urn:m"/>', "base.dmn", "urn:base")
    sides = '<import name="l" namespace="urn:left"/><import name="r" namespace="urn:right"/>'
    model(tmp_path, sides, one="={urn:base}x", two="=x")
    given = f'<inputNode name="x" namespace="urn:base">{number("3")}</inputNode>'
    wanted = (("one", number("3")), ("two", NULL))
    suite(tmp_path, *(case(name, name, value, inputs=given) for name, value in wanted))

    assert [True] * 2 == [row.exact for row in rows_of(tmp_path)]


def test_a_failing_test_says_what_it_got(tmp_path: Path):
    """In one line, with the problem if there is one."""
    model(tmp_path, a=node(number("2")), b="!" + node(NULL), c=node(NULL), d="endless")
    wanted = [case(name, name, '<value xsi:type="xsd:string">x</value>') for name in "abcde"]
    suite(tmp_path, *wanted, case("f", "c", NULL, 'errorResult="true"'), '<testCase id="g"/>')

    assert [
        'a: expected "x", got 2',
        'b: expected "x", got null (/ divides by zero.)',
        'c: expected "x", got null without a problem',
        "d: It was stopped after 1,000 steps: a loop or a list in it is too long.",
        "e: no such decision: e",
        "c: expected an error, got null without a problem",
        "line 1: it expects nothing: a resultNode is missing",
    ] == [row.comment for row in rows_of(tmp_path)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "there is no model m.dmn in its folder"),
        ("<definitions/>", "it is no model: it has no namespace"),
        ("<html/>", "m.dmn: its root is <html>, not <definitions>"),
        ("<definitions", "m.dmn: line 1, column"),
    ],
)
def test_a_model_that_cannot_be_used_fails_its_tests(tmp_path: Path, content: str | None, said: str):
    """Each with the reason; the folders after it are run."""
    suite(tmp_path / "a", case("1", "d", NULL), case("2", "d", NULL))
    if content is not None:
        (tmp_path / "a/m.dmn").write_text(content)
    model(tmp_path / "b", d=node(NULL))
    suite(tmp_path / "b", case("3", "d", NULL))
    rows = rows_of(tmp_path)

    assert [False, False, True] == [row.exact for row in rows]
    assert all(said in row.comment for row in rows[:2])


@pytest.mark.parametrize(
    ("content", "said"),
    [("<testCases", "line 1"), ("<a/>", "its root is <a>"), ("<testCases/>", "names no model"), ("", "not XML")],
)
def test_a_file_of_tests_that_cannot_be_read_is_named(tmp_path: Path, content: str, said: str):
    """Nobody knows how many tests were in it; the others are run."""
    model(tmp_path, d=node(NULL))
    suite(tmp_path, case("1", "d", NULL))
    (tmp_path / "m-test-02.xml").write_text(content)
    rows, (broken,) = run(tmp_path, ENGINE)

    assert said in broken.detail
    assert str(tmp_path / "m-test-02.xml") == broken.path
    assert ["1"] == [row.case for row in rows]


def kit(root: Path) -> Path:
    """Two levels that count, one test of each failing, and a folder that does not count."""
    for level in ("level-2", "level-3", "non-compliant"):
        model(root / level / "a", good=node(number("1")), bad=node(number("2")), near=node(number("1.000000001")))
        suite(root / level / "a", *(case(name, name, number("1")) for name in ("good", "bad", "near")))
    return root


@pytest.fixture
def _stub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tck, "OWN", ENGINE)


@pytest.mark.usefixtures("_stub")
def test_the_command_writes_the_files_of_the_kit(tmp_path: Path):
    """Every field in quotes, a row for each test that counts; the total, exact and loose, at the end."""
    said = cli("policy", "tck", kit(tmp_path / "kit"), "--out", tmp_path / "out/deep")
    written = (tmp_path / "out/deep/tck_results.csv").read_text()

    assert 1 == said.code and not complaints(said)
    assert "2 of 6 exact, 4 to the digits that the kit writes, 4 within 1e-8" in said.out
    assert ["level-2", "3", "1", "2", "2"] == said.out.splitlines()[1].split()
    assert written.startswith(
        '"level-2/a","m-test-01","good","SUCCESS",""\n"level-2/a","m-test-01","bad","ERROR","bad: '
    )
    assert 6 == len(list(csv.reader(written.splitlines())))
    assert "product.name=casefold\n" in (tmp_path / "out/deep/tck_results.properties").read_text()


@pytest.mark.usefixtures("_stub")
def test_the_command_answers_in_json(tmp_path: Path):
    """By level and by folder; a kit where all holds ends in exit code 0."""
    folder = kit(tmp_path / "kit")
    told = json.loads(cli("policy", "tck", folder, "--out", tmp_path / "out", "--json").out)
    for level in ("level-2", "level-3"):
        suite(folder / level / "a", case("good", "good", number("1")))

    assert {"cases": 6, "exact": 2, "written": 4, "loose": 4} == told["counted"]
    assert (
        {"cases": 3, "exact": 1, "written": 2, "loose": 2}
        == told["levels"]["non-compliant"]
        == told["folders"]["level-2/a"]
    )
    assert 0 == cli("policy", "tck", folder, "--out", tmp_path / "out").code


@pytest.mark.usefixtures("_stub")
def test_the_command_says_what_is_missing(tmp_path: Path):
    """One line: no such folder, nothing in it, a file of tests that is none, nowhere to write."""
    (tmp_path / "empty").mkdir()
    kit(tmp_path / "kit")
    (tmp_path / "kit/level-2/a/m-test-02.xml").write_text("<a")
    (tmp_path / "file").touch()
    for folder, out, code, told in (
        ("missing", "out", 3, "there is no such folder"),
        ("empty", "out", 3, "NAME-test-NN.xml"),
        ("kit", "out", 1, "m-test-02.xml: line 1"),
        ("kit", "file", 9, "cannot be written"),
    ):
        said = cli("policy", "tck", tmp_path / folder, "--out", tmp_path / out)

        assert (code, 1) == (said.code, len(complaints(said))), said.err
        assert told in said.err


def test_results_are_written_as_the_kit_reads_them():
    """Quotes are doubled, a comment is one line, and what is not counted is left out."""
    rows = (
        Row("l", "l/a", "f", "1", False, True, True, 'x: "a"\n b'),
        Row("non-compliant", "n/a", "f", "1", True, True, True, ""),
    )

    assert '"l/a","f","1","ERROR","x: ""a"" b"\n' == results_csv(rows)
    assert "product.version=1.2\n" in results_properties("1.2", "2026-01-31")
    assert "last.update=2026-01-31\n" in results_properties("1.2", "2026-01-31")


def test_the_engine_of_casefold_answers_a_kit(tmp_path: Path):
    """From files to the verdict with nothing standing in: a table, an import, and an error that is wanted."""
    dmn = "https://www.omg.org/spec/DMN/20230324/MODEL/"
    (tmp_path / "lib.dmn").write_text(
        f'<definitions xmlns="{dmn}" name="lib" namespace="urn:lib">'
        '<inputData name="score" id="_s"><variable name="score" typeRef="number"/></inputData></definitions>'
    )
    (tmp_path / "m.dmn").write_text(f"""
        <definitions xmlns="{dmn}" name="m" namespace="urn:m">
          <import name="lib" namespace="urn:lib" importType="{dmn}"/>
          <decision name="rate" id="_r">
            <informationRequirement><requiredInput href="urn:lib#_s"/></informationRequirement>
            <decisionTable hitPolicy="FIRST">
              <input><inputExpression typeRef="number"><text>lib.score</text></inputExpression></input>
              <output/>
              <rule><inputEntry><text>&gt;= 700</text></inputEntry><outputEntry><text>3</text></outputEntry></rule>
              <rule><inputEntry><text>-</text></inputEntry><outputEntry><text>1 / 0</text></outputEntry></rule>
            </decisionTable>
          </decision>
        </definitions>""")

    def given(score: str) -> str:
        return f'<inputNode name="score" namespace="urn:lib">{number(score)}</inputNode>'

    good = case("1", "rate", number("3"), inputs=given("710"))
    suite(tmp_path, good, case("2", "rate", NULL, 'errorResult="true"', given("10")))
    rows, broken = run(tmp_path, OWN)

    assert ([True, True], ()) == ([row.exact for row in rows], broken), rows
