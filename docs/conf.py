"""The documentation site: plain Markdown, no network, no remote fonts."""

import re
import sys
import tomllib
from enum import Enum
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.ext.napoleon import Config, GoogleDocstring

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "docs"))

from tables import TABLES  # noqa: E402 - found beside this file

project = "casefold"
release = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
copyright = "the casefold contributors, Apache-2.0"  # noqa: A001 - Sphinx names it

extensions = ["myst_parser", "sphinx.ext.autodoc"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "tables.py"]

default_role = "code"  # single backticks in docstrings are code
autodoc_member_order = "bysource"
autodoc_default_options = {"members": True, "undoc-members": True, "ignore-module-all": True}
nitpick_ignore_regex = [("py:.*", ".*")]  # other projects' names: no inventory is fetched
suppress_warnings = ["ref.python"]  # a field may bear the name of a built-in type

html_theme = "furo"
html_title = f"casefold {release}"
html_show_sphinx = False
html_copy_source = False

MODULES = "% modules of "
TABLE = re.compile(r"^% table of (.+)$", re.MULTILINE)


def list_modules(_app: Sphinx, _page: str, source: list[str]) -> None:
    """Put the modules of a room where its page asks for them, so that a new module is never forgotten."""
    text, marker, room = source[0].partition(MODULES)
    if not marker:
        return
    base = ROOT / "core" / room.strip().replace(".", "/")
    files = sorted(base.glob("[a-z]*.py")) or [base.with_suffix(".py")]
    names = [".".join(file.relative_to(ROOT / "core").with_suffix("").parts) for file in files]
    sections = (f"## {name}\n\n```{{eval-rst}}\n.. automodule:: {name}\n```\n" for name in names)
    source[0] = text + "\n".join(sections)


def fill_tables(_app: Sphinx, _page: str, source: list[str]) -> None:
    """Put the tables that follow from the code where a page asks for them."""
    source[0] = TABLE.sub(lambda match: TABLES[match[1]](), source[0])


def skip_fields(_app: Sphinx, what: str, _name: str, member: object, _skip: bool, _options: object) -> bool | None:
    """Leave out the fields of a frozen class: its signature and its docstring tell them."""
    told = what == "class" and not callable(member) and not isinstance(member, property | Enum)
    return True if told else None


def read_sections(app: Sphinx, what: str, name: str, member: object, options: object, lines: list[str]) -> None:
    """Read the sections of a docstring; those of constants have none, so a colon there is a colon."""
    if what in {"class", "function", "method"}:
        lines[:] = GoogleDocstring(
            list(lines), Config(napoleon_use_ivar=True), app, what, name, member, options
        ).lines()


def setup(app: Sphinx) -> None:
    app.connect("autodoc-process-docstring", read_sections)
    app.connect("autodoc-skip-member", skip_fields)
    app.connect("source-read", list_modules)
    app.connect("source-read", fill_tables)
