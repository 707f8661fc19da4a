"""Tables of the reference that are worked out from the code itself, so that none of them can fall behind it."""

import ast
import inspect
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from pathlib import Path
from types import ModuleType

import typer

from casefold.documents.findings import FindingKind
from casefold.feel import calendar, numbers, reader, temporal, tokens, types, values
from casefold.feel.arguments import Form
from casefold.feel.builtins import contexts, conversion, intervals, lists, numeric, strings, temporals
from casefold.feel.closures import code
from casefold.feel.patterns import syntax
from casefold.fields import candidates
from casefold.fields import model as fields_model
from casefold.pages import labels, scores
from casefold.taxonomy import lint, model
from casefold_adapters.pdf.limits import PdfLimits
from casefold_adapters.synth.catalogue import LAYOUTS
from casefold_adapters.synth.defects import DEFECTS
from casefold_adapters.taxonomies import load, load_fields, load_rules
from casefold_shells.cli import codes, commands
from casefold_shells.cli.app import app

assert commands is not None, "importing the commands registers them"

TAXONOMY = load("lending-us").unwrap()
FIELDS = load_fields("lending-us-fields").unwrap()

PLAIN = {
    "account": "An account number, by its last four digits.",
    "bad_id": "An id has other marks than lower-case letters, digits, `_` and `.`, or does not begin with a letter.",
    "bad_regex": "A regular expression is not well formed.",
    "bad_requirement": "A requirement names classes in more than one way, or in none.",
    "bad_revision": "A class is an edition of one that is not there.",
    "bad_validity": "An age is below one day, or is taken at an unknown moment.",
    "bad_weight": "A weight is beyond 60 dB either way, or is 0 without a cue.",
    "duplicate_class": "Two classes have one id.",
    "duplicate_file_type": "Two file types have one id.",
    "duplicate_signal": "A class looks for the same thing in the same place twice.",
    "duplicate_source": "Two sources have one id.",
    "ein": "An employer identification number.",
    "impossible_limits": "A class has fewer than one page, or more at least than at most.",
    "loan": "A loan number.",
    "reserved_id": "A class is called `unknown`.",
    "ssn": "A social security number, by its last four digits.",
    "tax_year": "The year that a tax form is for.",
    "unused_source": "A source is cited by nothing.",
}
"""Words for members whose name says all that the code has to say."""


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def notes(module: ModuleType) -> Mapping[str, str]:
    """Read the sentence below each constant of a module."""
    return _notes(ast.parse(inspect.getsource(module)).body)


def member_notes(kind: type[Enum]) -> Mapping[str, str]:
    """Read the sentence below each member of an enumeration."""
    module = ast.parse(Path(inspect.getfile(kind)).read_text("utf-8"))
    found = next(node for node in module.body if isinstance(node, ast.ClassDef) and node.name == kind.__name__)
    return _notes(found.body)


def _notes(body: Sequence[ast.stmt]) -> Mapping[str, str]:
    told: dict[str, str] = {}
    for node, after in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            said = after.value if isinstance(after, ast.Expr) else None
            told[node.targets[0].id] = str(said.value) if isinstance(said, ast.Constant) else ""
    return told


def scoring() -> str:
    """Every number of the scoring model, with its meaning."""
    numbers = {name: getattr(scores, name) for name in notes(scores) if name.isupper()}
    rows = [
        (f"`{name}`", f"{numbers[name]}", text or "See the constant before it.")
        for name, text in notes(scores).items()
        if name.isupper() and isinstance(numbers[name], int)
    ]
    return table(("constant", "dB", "meaning"), rows)


def exits() -> str:
    """Every exit code, with its meaning."""
    said = dict(member_notes(codes.Exit))
    said["OK"] = said["OK"] or "All was done. Pages for review and findings are results, not errors."
    said["USAGE"] = said["USAGE"] or "The command does not fit together: an unknown option, class, page or file type."
    said["INTERRUPTED"] = said["INTERRUPTED"] or "Stopped by Ctrl-C. The same command goes on."
    return table(("code", "name", "meaning"), [(str(int(code)), code.name, said[code.name]) for code in codes.Exit])


def reasons() -> str:
    """Every reason of a label."""
    said = member_notes(labels.Reason)
    return table(("`reason`", "meaning"), [(f"`{each.value}`", said[each.name]) for each in labels.Reason])


def finding_kinds() -> str:
    """Every kind of finding."""
    said = dict(member_notes(FindingKind))
    said["TOO_FEW_PAGES"] = said["TOO_FEW_PAGES"] or "The document is shorter than its class allows."
    said["TOO_MANY_PAGES"] = said["TOO_MANY_PAGES"] or "The document is longer than its class allows; it may be two."
    said["UNREADABLE_PAGE"] = said["UNREADABLE_PAGE"] or "The page could not be read."
    return table(("`kind`", "meaning"), [(f"`{each.value}`", said[each.name]) for each in FindingKind])


def faults() -> str:
    """Everything that lint finds."""
    said = member_notes(lint.Fault)
    rows = [
        (
            f"`{each.value}`",
            "warning" if each in lint.WARNINGS else "error",
            said[each.name] or PLAIN.get(each.value, each.value),
        )
        for each in lint.Fault
    ]
    return table(("fault", "severity", "meaning"), rows)


def identity_keys() -> str:
    """What may tell one document of a class from the next."""
    said = member_notes(model.IdentityKey)
    rows = [
        (f"`{key.value}`", said[key.name].replace("``", "`") or PLAIN.get(key.value, key.value))
        for key in model.IdentityKey
    ]
    return table(("key", "meaning"), rows)


def limits() -> str:
    """Every bound on one file."""
    told = _attributes(PdfLimits.__doc__ or "")
    default = PdfLimits()
    return table(
        ("bound", "default", "meaning"), [(f"`{name}`", f"{getattr(default, name):,}", text) for name, text in told]
    )


def _attributes(docstring: str) -> list[tuple[str, str]]:
    _, _, listed = inspect.cleandoc(docstring).partition("Attributes:\n")
    found: list[tuple[str, str]] = []
    for line in listed.splitlines():
        name, colon, text = line.strip().partition(": ")
        if line.startswith("    ") and not line.startswith("     ") and colon:
            found.append((name, text))
        elif found and line.strip():
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}")
    return found


def classes() -> str:
    """Every class of the shipped taxonomy, by family."""
    families = dict.fromkeys(each.family for each in TAXONOMY.classes)
    return "\n\n".join(_family(family.replace("_", " ").capitalize(), family) for family in families)


def _family(title: str, family: str) -> str:
    rows = [
        (f"`{each.id}`", each.title, _pages(each), _identity(each), each.sensitivity.value, _age(each))
        for each in TAXONOMY.classes
        if each.family == family
    ]
    heads = ("class", "title", "pages", "told apart by", "sensitivity", "valid for")
    shown = [column for column in range(len(heads)) if any(row[column] for row in rows)]
    chosen = [[row[column] for column in shown] for row in rows]
    return f"### {title}\n\n{table([heads[column] for column in shown], chosen)}"


def outside() -> str:
    """Every kind of document that the shipped taxonomy knows to be outside."""
    return table(("kind", "title"), [(f"`{each.id}`", each.title) for each in TAXONOMY.outside])


def file_types() -> str:
    """What a complete file of each type holds."""
    parts: list[str] = []
    for kind in TAXONOMY.file_types:
        rows = [(each.title, _wanted(each), _when(each), f"`{each.source}`") for each in kind.required]
        parts.append(f"### {kind.title}: `{kind.id}`\n\n{table(('requirement', 'met by', 'when', 'source'), rows)}")
    return "\n\n".join(parts)


def sources() -> str:
    """Every source that the shipped taxonomy cites."""
    rows = [(f"`{each.id}`", f"[{each.title}]({each.url})" if each.url else each.title) for each in TAXONOMY.sources]
    return table(("source", "what it is"), rows)


def _pages(each: model.DocumentClass) -> str:
    return f"{each.pages.min} or more" if each.pages.max is None else f"{each.pages.min}–{each.pages.max}"


def _identity(each: model.DocumentClass) -> str:
    edition = f"edition of `{each.revision_of}`" if each.revision_of is not None else ""
    return "; ".join(filter(None, [", ".join(key.value for key in each.identity), edition]))


def _age(each: model.DocumentClass) -> str:
    return f"{each.validity.days_max} days before {each.validity.until}" if each.validity is not None else ""


def _wanted(each: model.Requirement) -> str:
    ids = ", ".join(f"`{name}`" for name in each.all_of + each.any_of + each.n_of)
    how = "all of" if each.all_of else "any of" if each.any_of else f"{each.count} of"
    return ids if len(each.all_of + each.any_of) == 1 else f"{how} {ids}"


def _when(each: model.Requirement) -> str:
    there = " and ".join(f"`{name}`" for name in each.when.present)
    gone = " or ".join(f"`{name}`" for name in each.when.absent)
    return "; ".join(filter(None, [f"with {there}" if there else "", f"without {gone}" if gone else ""]))


def field_types() -> str:
    """Tell the types of fields."""
    notes = member_notes(fields_model.FieldType)
    rows = [
        (f"`{each.value}`", notes[each.name], "yes" if each in fields_model.MASKED else "")
        for each in fields_model.FieldType
    ]
    return table(("type", "canonical text", "masked"), rows)


def methods() -> str:
    """Tell how values are read, and what that is worth."""
    notes, worths = member_notes(fields_model.Method), dict(candidates.WORTHS)
    rows = [(f"`{each.value}`", notes[each.name], str(worths[each])) for each in fields_model.Method]
    return table(("method", "meaning", "dB"), rows)


def fields() -> str:
    """Tell the fields of every class."""
    titles = {each.id: each.title for each in TAXONOMY.classes}
    return "\n\n".join(_class_fields(each, titles[each.id]) for each in FIELDS.classes)


def _class_fields(each: fields_model.ClassFields, title: str) -> str:
    rows = [
        (
            f"`{field.name}`",
            field.type.value,
            field.title + (", begins an instance" if field.name == each.repeats else ""),
        )
        for field in each.fields
    ]
    rows += [
        (f"`{listed.name}.{column.name}`", column.type.value, f"{listed.title}: {column.title}")
        for listed in each.tables
        for column in listed.columns
    ]
    return f"### {title} (`{each.id}`)\n\n" + table(("field", "type", "meaning"), rows)


def rules() -> str:
    """Every shipped rule across documents."""
    shipped = load_rules("lending-us-rules").unwrap()
    titles = {source.id: source.title for source in shipped.sources}
    rows = [(f"`{each.id}`", each.title, each.severity.value, titles[each.source]) for each in shipped.rules]
    return table(("rule", "claim", "severity", "source"), rows)


def command_tree() -> Mapping[str, object]:
    """Give every command of the program by its words, for example ``taxonomy lint``."""
    return dict(_commands(typer.main.get_command(app), ""))


def _commands(group: object, words: str) -> Iterable[tuple[str, object]]:
    for name, command in getattr(group, "commands", {}).items():
        full = f"{words} {name}".strip()
        if hasattr(command, "commands"):
            yield from _commands(command, full)
        else:
            yield full, command


def options(command: object) -> frozenset[str]:
    """Give every option that a command takes."""
    return frozenset(name for part in getattr(command, "params", ()) for name in part.opts if name.startswith("-"))


ORDER = ("run", "batch", "review", "explain", "verify", "replay", "eval", "calibrate", "taxonomy", "policy", "bench")
"""Commands in the order in which a reader needs them; others follow."""


def command_line() -> str:
    """Every command, argument and option, in the words of its own help."""
    tree = command_tree()
    first = {name: number for number, name in enumerate(ORDER)}
    return "\n\n".join(_command(name, tree[name]) for name in sorted(tree, key=lambda n: first.get(n.split()[0], 99)))


def _command(words: str, command: object) -> str:
    parts = list(getattr(command, "params", ()))
    names = [_told(part) for part in parts if not _is_option(part)]
    text = str(getattr(command, "help", "") or "").replace("DIR/<name>/", "`DIR/<name>/`")
    text = text.replace("documents/NN-<class>.pdf", "`documents/NN-<class>.pdf`")
    usage = " ".join(["casefold", words, *names, "[OPTIONS]" if any(map(_is_option, parts)) else ""]).strip()
    rows = [
        (f"`{_told(part)}`", " ".join(filter(None, [part.help or "", _default(part)])))
        for part in sorted(parts, key=_is_option)
    ]
    listed = "\n\n" + table(("argument or option", "meaning"), rows) if rows else ""
    return f"## casefold {words}\n\n```text\n{usage}\n```\n\n{text}{listed}"


def _is_option(part: object) -> bool:
    return bool(getattr(part, "opts", [""])[0].startswith("-"))


def _told(part: object) -> str:
    opts, metavar = getattr(part, "opts", [""]), getattr(part, "metavar", None)
    if not _is_option(part):
        return str(metavar or opts[0].upper())
    flag = bool(getattr(part, "is_flag", False))
    return opts[0] if flag else f"{opts[0]} {metavar or 'NUMBER'}"


def _default(part: object) -> str:
    if getattr(part, "required", False):
        return "*Required.*"
    default = getattr(part, "default", None)
    return f"*Default: {default}.*" if default not in {None, False} else ""


def feel_functions() -> str:
    """Every built-in function of FEEL, in each of its forms."""
    groups = (
        ("Conversion and booleans", conversion),
        ("Strings", strings),
        ("Lists", lists),
        ("Numbers", numeric),
        ("Dates and times", temporals),
        ("Ranges", intervals),
        ("Contexts", contexts),
    )
    return "\n\n".join(f"### {title}\n\n{_forms(module.FORMS)}" for title, module in groups)


def _forms(forms: Sequence[Form]) -> str:
    told: dict[str, list[str]] = {}
    for form in forms:
        name, _, taken = form.signature.partition("(")
        told.setdefault(name, []).append(f"`({taken.replace(intervals.POINT, 'point')}`")
    return table(("function", "arguments"), [(f"`{name}`", ", or ".join(ways)) for name, ways in told.items()])


def feel_reasons() -> str:
    """Every reason why a value is null."""
    said = member_notes(values.Reason)
    return table(("reason", "meaning"), [(f"`{each.value}`", said[each.name]) for each in values.Reason])


def feel_flaws() -> str:
    """Everything that may be wrong with a text."""
    said = member_notes(tokens.Flaw)
    return table(("flaw", "meaning"), [(f"`{each.value}`", said[each.name]) for each in tokens.Flaw])


def feel_limits() -> str:
    """Every bound of FEEL, with its reason."""
    rows = [
        (f"`{name}`", f"{getattr(module, name):,}", told[name])
        for module in (tokens, reader, code, types, syntax, values, numbers, calendar, temporal)
        for told in [notes(module)]
        for name in told
        if name.endswith(("_MAX", "FUEL", "DIGITS")) and not name.startswith("_") and told[name]
    ]
    return table(("bound", "value", "why"), rows)


def feel_types() -> str:
    """Every simple type of FEEL, with the other names that DMN has for it."""
    rows = [
        (
            f"`{each.value}`",
            ", ".join(f"`{name}`" for name, kind in types.NAMES.items() if kind is each and name != each.value),
        )
        for each in types.Simple
    ]
    return table(("type", "also written"), rows)


def synth_layouts() -> str:
    """The layouts in which each class can be made up."""
    by_class: dict[str, list[str]] = {}
    for layout in LAYOUTS:
        by_class.setdefault(layout.label, []).append(f"`{layout.family}`")
    return table(("class", "layouts"), [(f"`{label}`", ", ".join(names)) for label, names in by_class.items()])


def synth_defects() -> str:
    """What can be broken on purpose, and the rule that finds it."""
    return table(("defect", "rule"), [(f"`{kind}`", f"`{each.rule}`") for kind, each in DEFECTS.items()])


TABLES = {
    "classes": classes,
    "command line": command_line,
    "exit codes": exits,
    "faults": faults,
    "feel flaws": feel_flaws,
    "feel functions": feel_functions,
    "feel limits": feel_limits,
    "feel reasons": feel_reasons,
    "feel types": feel_types,
    "field types": field_types,
    "fields": fields,
    "file types": file_types,
    "finding kinds": finding_kinds,
    "identity keys": identity_keys,
    "limits": limits,
    "methods": methods,
    "outside": outside,
    "reasons": reasons,
    "rules": rules,
    "scoring": scoring,
    "sources": sources,
    "synth defects": synth_defects,
    "synth layouts": synth_layouts,
}
"""What a page may ask for, as a line ``% table of NAME``."""
