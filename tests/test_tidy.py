"""Keep the core pure where neither ruff nor the import contracts can look.

One walk over the syntax tree of each core module. A rule is a sentence that says what to do instead, and every rule has
a planted offence below, so that a rule which stops working is noticed.
"""

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

ROOT = Path(__file__).parent.parent
CORE = ROOT / "core" / "casefold"
HOUSES = ("core", "adapters", "shells", "properties")
DEPENDENCIES = {"attrs", "cattrs", "returns", "toolz"}

ACTING = {"open", "print", "input", "breakpoint", "exec", "eval", "compile", "__import__"}
VARYING = {"hash", "id"}
REACHING = {"getattr", "setattr", "delattr", "globals", "locals", "vars"}
CLOCKS = {"now", "today", "utcnow"}
MUTABLE = {
    "bytearray",
    "count",
    "cycle",
    "defaultdict",
    "deque",
    "dict",
    "iter",
    "list",
    "set",
    "Counter",
    "OrderedDict",
}
DISPLAYS = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp)
ENUMS = {"Enum", "Flag", "IntEnum", "IntFlag", "StrEnum"}
TYPES = {"NewType", "ParamSpec", "TypeVar", "TypeVarTuple"}

MAY_RAISE = {
    ("codecs.py", "check"): "a cattrs hook refuses only by an exception",
    ("codecs.py", "_member"): "a cattrs hook refuses only by an exception",
    ("kernel/chain.py", "_refuse"): "a json hook refuses only by an exception",
    ("kernel/chain.py", "_small_integer"): "a json hook refuses only by an exception",
}
MAY_CATCH = {
    ("codecs.py", "structure"): "cattrs refuses by many exceptions, and this module is their only way out",
}

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
Offence: TypeAlias = tuple[int, str]


def name_of(node: ast.AST | None) -> str:
    """The last name of ``a.b.c(...)[...]``: what a reader calls it."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=inner) | ast.Subscript(value=inner):
            return name_of(inner)
        case _:
            return ""


def mutable(node: ast.expr) -> bool:
    """Whether the value of a module-level expression can be changed later."""
    match node:
        case ast.Call(func=ast.Name(id="MappingProxyType"), args=[ast.Dict(keys=keys, values=values)]):
            # What is spread into the table (its key is None) is copied, and gone.
            return any(mutable(value) for key, value in zip(keys, values, strict=True) if key is not None)
        case ast.Call(func=function, args=arguments) if name_of(function) in {"MappingProxyType", "frozenset", "tuple"}:
            return any(mutable(argument) for argument in arguments if not isinstance(argument, DISPLAYS))
        case ast.Call(func=function):
            return name_of(function) in MUTABLE
        case ast.Lambda() | ast.Subscript():
            return False
        case _:
            parts = (part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr))
            return isinstance(node, DISPLAYS) or any(map(mutable, parts))


def validates(function: Function) -> bool:
    """Whether *function* guards an invariant for attrs, where a raise says "bug"."""
    arguments = [*function.args.posonlyargs, *function.args.args]
    return (
        function.name == "__attrs_post_init__"
        or any(name_of(decorator) == "validator" for decorator in function.decorator_list)
        or any("Attribute" in ast.dump(argument.annotation) for argument in arguments if argument.annotation)
    )


def turns_exceptions(function: Function, attempt: ast.Try) -> bool:
    """Whether ``try`` stands alone in a small function that turns named exceptions into one value."""
    if not function.name.endswith(("_or_failure", "_or_none")):
        return False
    attempts = [node for node in ast.walk(function) if isinstance(node, ast.Try)]
    match attempt.handlers:
        case [ast.ExceptHandler(type=ast.expr() as caught, body=[ast.Return()])]:
            named = {name_of(part) for part in (caught.elts if isinstance(caught, ast.Tuple) else [caught])}
            return len(attempts) == 1 and not attempt.finalbody and not named & {"", "Exception", "BaseException"}
        case _:
            return False


def statements(node: ast.AST, where: str, function: Function | None, owner: ast.ClassDef | None) -> Iterator[Offence]:
    """Give the offences of one node, given the function and the class around it."""
    line = getattr(node, "lineno", 0)
    match node:
        case ast.Call(func=ast.Name(id=name)) if name in ACTING:
            yield line, f"{name}: the core takes values and returns values"
        case ast.Call(func=ast.Name(id=name)) if name in VARYING:
            yield line, f"{name} differs from run to run: use casefold.kernel.canonical.digest"
        case ast.Call(func=ast.Name(id=name)) if name in REACHING:
            yield line, f"{name} hides what is used: name the attribute"
        case ast.Call(func=ast.Attribute(attr=name)) if name in CLOCKS:
            yield line, f"{name}: take the instant as an argument"
        case ast.AsyncFunctionDef():
            bodies = (ast.Expr, ast.Pass)
            if owner is None or not is_protocol(owner) or not all(isinstance(part, bodies) for part in node.body):
                yield line, "async: return the next steps as values; a shell performs them"
        case ast.Await() | ast.AsyncFor() | ast.AsyncWith():
            yield line, "await: return the next steps as values; a shell performs them"
        case ast.With(items=items) if any(name_of(item.context_expr) != "localcontext" for item in items):
            yield line, "with: the core holds nothing open (localcontext is the exception: decimals need one)"
        case ast.TryStar():
            yield line, "try: let a bug out; a refusal is a Failure"
        case ast.Try() if not (function and (turns_exceptions(function, node) or (where, function.name) in MAY_CATCH)):
            yield (
                line,
                "try: only alone in a `..._or_failure` or `..._or_none`, for named exceptions, to return one value",
            )
        case ast.Raise() if not (function and (validates(function) or (where, function.name) in MAY_RAISE)):
            yield line, "raise: return a Failure; a broken invariant is an assert or an attrs validator"
        case ast.Global() | ast.Nonlocal():
            yield line, "global, nonlocal: pass the value and return the new one"
        case ast.ClassDef() if not is_value(node):
            yield line, f"class {node.name}: only attrs @frozen values, Enums and Protocols"
        case ast.AnnAssign(target=ast.Name(id=name), annotation=kind) if (
            owner and not function and name_of(kind) in MUTABLE
        ):
            yield line, f"{name} can be changed: a frozen value holds tuples, frozensets and Mappings"
        case ast.Match(subject=subject) if name_of(subject) != "sealed" and opens_result(node):
            yield line, "match on a bare Result is not exhaustive: match sealed(result)"
        case ast.Import(names=names):
            for alias in names:
                yield from imports(line, alias.name)
        case ast.ImportFrom(module=str(module), level=0):
            yield from imports(line, module)
        case _:
            pass


def imports(line: int, module: str) -> Iterator[Offence]:
    """A core module imports the standard library, the four dependencies, and the core."""
    top = module.partition(".")[0]
    if top not in {*sys.stdlib_module_names, *DEPENDENCIES, "casefold"}:
        yield line, f"import {top}: the core knows {', '.join(sorted(DEPENDENCIES))} alone; the rest is an adapter's"


def is_protocol(node: ast.ClassDef) -> bool:
    return any(name_of(base) == "Protocol" for base in node.bases)


def is_value(node: ast.ClassDef) -> bool:
    """Whether a class is one of the three kinds that cannot change."""
    decorated = any(name_of(decorator) == "frozen" for decorator in node.decorator_list)
    return decorated or is_protocol(node) or any(name_of(base) in ENUMS for base in node.bases)


def opens_result(node: ast.Match) -> bool:
    patterns = (pattern for case in node.cases for pattern in ast.walk(case.pattern))
    return any(isinstance(part, ast.MatchClass) and name_of(part.cls) in {"Success", "Failure"} for part in patterns)


def constants(tree: ast.Module) -> Iterator[Offence]:
    """Module level holds constants, types and ``__all__``."""
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id="__all__")]):
                continue
            case ast.Assign(targets=targets, value=value):
                names = [name_of(part) for part in targets]
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                names = [name_of(target)]
            case ast.AugAssign() | ast.For() | ast.While() | ast.Delete():
                yield node.lineno, "module level is written once: build the constant in one expression"
                continue
            case _:
                continue
        for name in names:
            bare = name.lstrip("_")
            alias = bare[:1].isupper() and isinstance(value, ast.Name | ast.Subscript | ast.BinOp | ast.Constant)
            if not bare.isupper() and not alias and name_of(value) not in TYPES:
                yield node.lineno, f"{name}: module level holds CONSTANTS and types"
            if mutable(value):
                yield node.lineno, f"{name} can be changed: tuple, frozenset or MappingProxyType"


def offences(source: str, where: str = "planted.py") -> list[str]:
    """Give every offence of one core module, as ``file:line: what to do``."""
    tree = ast.parse(source)
    found = list(constants(tree))

    def walk(node: ast.AST, function: Function | None, owner: ast.ClassDef | None) -> None:
        found.extend(statements(node, where, function, owner))
        inner_function = node if isinstance(node, Function) else function
        inner_owner = node if isinstance(node, ast.ClassDef) else owner
        for child in ast.iter_child_nodes(node):
            walk(child, inner_function, inner_owner)

    walk(tree, None, None)
    return [f"{where}:{line}: {message}" for line, message in sorted(found)]


MODULES = sorted(CORE.rglob("*.py"))


@pytest.mark.parametrize("module", MODULES, ids=[module.relative_to(CORE).as_posix() for module in MODULES])
def test_every_core_module_is_tidy(module: Path):
    """A core module takes values and returns values."""
    found = offences(module.read_text(encoding="utf-8"), module.relative_to(CORE).as_posix())

    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(("listed", "kind"), [(MAY_RAISE, ast.Raise), (MAY_CATCH, ast.Try)])
def test_every_exception_to_the_rules_is_used(listed: dict[tuple[str, str], str], kind: type[ast.stmt]):
    """A listed exception that nobody needs any more is taken off the list."""
    used = {
        (module.relative_to(CORE).as_posix(), function.name)
        for module in MODULES
        for function in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(function, Function) and any(isinstance(node, kind) for node in ast.walk(function))
    }

    assert set(listed) <= used


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ("def f(): return open('a')", "open: "),
        ("def f(): print(1)", "print: "),
        ("def f(): return __import__('os')", "__import__: "),
        ("def f(): return hash('a')", "hash differs"),
        ("def f(a): return id(a)", "id differs"),
        ("def f(): return getattr(datetime, 'now')()", "getattr hides"),
        ("def f(clock): return clock.now()", "now: take the instant"),
        ("async def f(): pass", "async: "),
        ("class P:\n  async def f(self): ...", "async: "),
        ("class P(Protocol):\n  async def f(self): return 1", "async: "),
        ("async def f(): await g()", "await: "),
        ("async def f():\n  async for a in g(): pass", "await: "),
        ("async def f():\n  async with g(): pass", "await: "),
        ("def f():\n  with g() as a: pass", "with: "),
        ("def f():\n  try: return g()\n  except ValueError: return None", "try: "),
        ("def a_or_none():\n  try: return g()\n  except Exception: return None", "try: "),
        ("def a_or_none():\n  try: return g()\n  except: return None", "try: "),
        ("def a_or_none():\n  try: return g()\n  except E: h(); return None", "try: "),
        ("def a_or_none():\n  try: return g()\n  except E: return None\n  finally: h()", "try: "),
        ("def f():\n  try: return g()\n  except* ValueError: h()", "try: "),
        ("def f(): raise ValueError", "raise: "),
        ("def f():\n  global a\n  a = 1", "global, nonlocal: "),
        ("def f():\n  a = 1\n  def g():\n    nonlocal a\n    a = 2", "global, nonlocal: "),
        ("class A: pass", "class A: "),
        ("@define\nclass A: pass", "class A: "),
        ("class A(Exception): pass", "class A: "),
        ("@frozen\nclass A:\n  b: list[int]", "b can be changed"),
        ("def f(r):\n  match r:\n    case Success(a): return a\n    case _: return 0", "match on a bare Result"),
        ("import numpy", "import numpy: "),
        ("from pypdf.generic import NameObject", "import pypdf: "),
        ("def f():\n  import casefold_adapters", "import casefold_adapters: "),
        ("A = []", "A can be changed"),
        ("A = {1: 2}", "A can be changed"),
        ("A = {a for a in 'ab'}", "A can be changed"),
        ("A = ((1, []),)", "A can be changed"),
        ("A = defaultdict(int)", "A can be changed"),
        ("A = 1 if B else [2]", "A can be changed"),
        ("A = MappingProxyType({1: []})", "A can be changed"),
        ("A: dict[str, int] = dict(a=1)", "A can be changed"),
        ("table = (1, 2)", "table: module level"),
        ("A = ()\nA += (1,)", "module level is written once"),
        ("for a in 'ab': f(a)", "module level is written once"),
    ],
)
def test_a_planted_offence_is_found(planted: str, said: str):
    """Each rule finds what it is there for."""
    assert any(said in offence for offence in offences(planted)), offences(planted)


@pytest.mark.parametrize(
    "honest",
    [
        "__all__ = ['a']",
        "C = MappingProxyType({1: 2, **{a: a for a in (3,)}})",
        "A = (1, frozenset({2}), MappingProxyType({3: (4,)}))\n_B = frozenset(a for a in A)",
        "T = TypeVar('T')\nPpm = NewType('Ppm', int)\nError: TypeAlias = A | B\n_Found = Iterator[int]",
        "@frozen\nclass A:\n  b: int\n  @b.validator\n  def check(self, attribute, value): raise ValueError",
        "def positive(value, attribute: Attribute[int], number: int): raise ValueError(number)",
        "class A(Enum):\n  B = 1",
        "class P(Protocol):\n  async def f(self) -> int:\n    'Ask.'",
        "def f(r):\n  match sealed(r):\n    case Success(a): return a\n    case Failure(_): return 0",
        "def a_or_failure(b):\n  try: return Success(g(b))\n  except (re.error, ValueError): return Failure(A())",
        "def a_or_none(b):\n  try:\n    return g(b)\n  except ValueError:\n    return None",
        "def f():\n  with localcontext(prec=28): return 1",
        "def f(a):\n  assert a\n  found = []\n  found.append(a)\n  return tuple(found)",
        "import hashlib\nfrom attrs import frozen\nfrom casefold.kernel import canonical",
    ],
)
def test_honest_code_is_left_alone(honest: str):
    """A rule does not find what it is not there for."""
    assert not offences(honest)


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ("from datetime import UTC, datetime\n\nNOW = datetime.now(UTC)\n", "Take the instant as an argument."),
        ("from uuid import uuid4 as fresh\n\nID = fresh()\n", "Take the id as an argument."),
        ("from functools import lru_cache\n\nF = lru_cache(len)\n", "a cache is hidden state"),
        ("import os\n\nA = os.environ\n", "Take the value as an argument"),
        ("from typing import Any\n\nA: Any = 1\n", "Name the type"),
    ],
)
def test_ruff_bans_in_the_core_what_varies(planted: str, said: str):
    """The ban list of `core/ruff.toml` applies to a core module, and says what to do."""
    command = [sys.executable, "-m", "ruff", "check", "--stdin-filename", str(CORE / "planted.py"), "-"]
    result = subprocess.run(command, input=planted, capture_output=True, text=True, cwd=ROOT, check=False)

    assert "TID251" in result.stdout
    assert said in result.stdout


def test_every_import_contract_breaks_when_provoked(tmp_path: Path):
    """One planted import for each contract breaks all six, through the real configuration."""
    for house in HOUSES:
        shutil.copytree(ROOT / house, tmp_path / house, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "core/casefold/kernel/planted.py").write_text(
        "import sqlite3\nimport returns.result\nimport casefold_adapters\nfrom casefold import case\n"
    )
    (tmp_path / "core/casefold/policy/planted.py").write_text("from casefold import pages\n")
    (tmp_path / "properties/casefold_properties/planted.py").write_text("import casefold_shells\n")
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]
    paths = os.pathsep.join(str(tmp_path / house) for house in HOUSES)
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8"}
    result = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=tmp_path, env=environment, check=False)

    assert "0 kept, 6 broken" in result.stdout, result.stdout + result.stderr


def test_the_lock_and_the_settings_name_no_host():
    """Where packages come from is the reader's choice, so no committed file says it."""
    locks = [f"tests/servers/{name}.txt" for name in ("requirements", "objects", "ray")]
    for name in ("requirements.lock", *locks, "pyproject.toml", "Makefile"):
        text = (ROOT / name).read_text(encoding="utf-8")

        assert "://" not in text, name
        assert "index-url" not in text, name
