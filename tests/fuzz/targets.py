"""What bytes from anywhere are fed to. A target must return, whatever it is given; anything that it raises is a bug."""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType

from tests.core.lending_policy import GOOD, POLICY, prepared

from casefold.feel.grammar import parse, parse_tests
from casefold.feel.printing import print_expression, print_tests
from casefold.feel.program import build, build_tests, evaluate
from casefold.feel.values import UtcAlone, Value, World
from casefold.kernel.canonical import canonical
from casefold.kernel.results import Failure, Success
from casefold.policy.artifact import Policy
from casefold.policy.codec import parse_policy, policy_digest, policy_value
from casefold.policy.deciding import decide_by, ready
from casefold.policy.lacking import lacking
from casefold.policy.reading import read_model
from casefold.policy.record import record_of, replay
from casefold.policy.sources.cells import Sheet
from casefold.policy.sources.policyreading import read_policy, references
from casefold.policy.sources.policywriting import write_policy
from casefold.policy.sources.tablesets import read_tables
from casefold.policy.trace import traced
from casefold.policy.writing import write_model
from casefold_adapters.sheets import parse_book, parse_csv, write_book
from casefold_adapters.xml import parse as parse_xml
from casefold_adapters.yaml import parse as parse_yaml
from casefold_shells.policies import read_facts

Target = Callable[[bytes], None]

WORLD = World(fuel=20_000)
READY = prepared()


def text_of(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def feel(data: bytes) -> None:
    """An expression: read, printed, evaluated."""
    read = parse(text_of(data))
    if isinstance(read, Success):
        assert isinstance(print_expression(read.unwrap()), str)
        evaluate(build(read.unwrap()), MappingProxyType({}), WORLD)


def tests(data: bytes) -> None:
    """The tests of a cell: read, printed, asked."""
    read = parse_tests(text_of(data))
    if isinstance(read, Success):
        assert isinstance(print_tests(read.unwrap()), str)
        evaluate(build_tests(read.unwrap()), {"?": "CA"}, WORLD)


def used(policy: Policy) -> None:
    """A policy of any origin: named, made ready, decided by without facts."""
    assert policy_digest(policy)
    found = ready(policy)
    if isinstance(found, Failure):
        return
    made = found.unwrap()
    lacking(made)
    facts: Mapping[str, Value] = dict.fromkeys(made.compiled.inputs)
    decided = decide_by(made, facts, WORLD)
    if isinstance(decided, Success):
        traced(decided.unwrap().made, WORLD)


def dmn(data: bytes) -> None:
    """A DMN file."""
    tree = parse_xml(data, "fuzz.dmn", "definitions")
    if isinstance(tree, Failure):
        return
    read = read_model(tree.unwrap())
    if isinstance(read, Success):
        write_model(read.unwrap())
        used(Policy(read.unwrap()))


def policy(data: bytes) -> None:
    """A policy as JSON, as a case's folder holds it."""
    raw = loaded(data)
    read = parse_policy(raw) if isinstance(raw, dict) else None
    if isinstance(read, Success):
        used(read.unwrap())


SHEET = Sheet("Rate", (("UNIQUE", "input", "output"), ("", "score", "Rate"), ("1", "-", "7")))


def yaml(data: bytes) -> None:
    """A policy in YAML, each file that it names holding one table."""
    tree = parse_yaml(data)
    if isinstance(tree, Failure):
        return
    found = read_policy(tree.unwrap(), {wanted.name: SHEET for wanted in references(tree.unwrap())})
    if isinstance(found, Success):
        write_policy(found.unwrap())
        used(found.unwrap())


def csv(data: bytes) -> None:
    """A table in CSV as a policy by itself."""
    found = parse_csv(data, "Rate")
    if isinstance(found, Success):
        tables((found.unwrap(),))


def xlsx(data: bytes) -> None:
    """A workbook as a policy by itself."""
    found = parse_book(data)
    if isinstance(found, Success):
        tables(found.unwrap())


def tables(sheets: tuple[Sheet, ...]) -> None:
    """Sheets as a policy."""
    read = read_tables("fuzz", sheets)
    if isinstance(read, Success):
        used(read.unwrap())


def facts(data: bytes) -> None:
    """Facts as JSON, decided over, recorded and replayed."""
    read = read_facts(text_of(data))
    for row in read.value_or(()):
        given = {**GOOD, **row}
        written = record_of(READY, given, WORLD, decide_by(READY, given, WORLD))
        if isinstance(written, Success):
            replay(READY, json.loads(canonical(written.unwrap())), UtcAlone())


def record(data: bytes) -> None:
    """A record of a decision as JSON, replayed."""
    raw = loaded(data)
    if isinstance(raw, dict):
        replay(READY, {**raw, "policy": READY.digest}, UtcAlone())


def loaded(data: bytes) -> object:
    """Read JSON as records and policies are read: without floats; nothing where it is none."""
    try:
        return json.loads(data, parse_float=str)
    except (ValueError, RecursionError):
        return None


TARGETS: Mapping[str, Target] = MappingProxyType({
    "feel": feel, "tests": tests, "dmn": dmn, "policy": policy, "yaml": yaml, "csv": csv, "xlsx": xlsx,
    "facts": facts, "record": record,
})  # fmt: skip


def seeds() -> dict[str, list[bytes]]:
    """Seeds that the project makes by itself, for targets whose inputs have a long shape."""
    given = dict(GOOD)
    written = record_of(READY, given, World(), decide_by(READY, given)).unwrap()
    book = write_book((SHEET,)).unwrap()
    return {"policy": [canonical(policy_value(POLICY))], "record": [canonical(written)], "xlsx": [book]}
