"""Built-in functions on contexts (DMN 1.5, section 10.3.4.10)."""

from casefold.feel.arguments import form
from casefold.feel.values import Fault, Reason, Run, Value, kind_of

Context = dict[str, Value]
List = tuple[Value, ...]


def _get_value(context: Context, key: str) -> Value | Fault:
    return context[key] if key in context else Fault(Reason.NO_MEMBER, key)


def _get_entries(run: Run, context: Context) -> Value | Fault:
    if not run.spend(len(context)):
        return None
    return tuple({"key": key, "value": value} for key, value in context.items())


def _context(run: Run, entries: List) -> Value | Fault:
    made: Context = {}
    for entry in entries:
        if not run.spend(1):
            return None
        if not isinstance(entry, dict) or "value" not in entry:
            return Fault(Reason.WRONG_TYPE, "context", kind_of(entry), "context<key: string, value: Any>")
        key = entry.get("key")
        if not isinstance(key, str) or key in made:
            return Fault(Reason.WRONG_ARGUMENTS, "context", key if isinstance(key, str) else kind_of(key))
        made[key] = entry["value"]
    return made


def _context_put(run: Run, context: Context, key: str, value: Value) -> Value | Fault:
    return {**context, key: value} if run.spend(len(context)) else None


def _context_put_keys(run: Run, context: Context, keys: List, value: Value) -> Value | Fault:
    """Put a value at the end of a path of keys; what is missing on the way is made."""
    if not keys or not all(isinstance(key, str) for key in keys):
        return Fault(Reason.WRONG_ARGUMENTS, "context put", ", ".join(map(kind_of, keys)), "string")
    passed: list[tuple[Context, str]] = []
    at = context
    for key in keys:
        if not isinstance(key, str) or not run.spend(1 + len(at)):
            return None
        passed.append((at, key))
        inner = at.get(key)
        if inner is not None and not isinstance(inner, dict) and len(passed) < len(keys):
            return Fault(Reason.WRONG_TYPE, "context put", kind_of(inner), "context")
        at = inner if isinstance(inner, dict) else {}
    made: Value = value
    for outer, key in reversed(passed):
        made = {**outer, key: made}
    return made


def _context_merge(run: Run, contexts: List) -> Value | Fault:
    made: Context = {}
    for context in contexts:
        if not isinstance(context, dict):
            return Fault(Reason.WRONG_TYPE, "context merge", kind_of(context), "context")
        if not run.spend(1 + len(context)):
            return None
        made.update(context)
    return made


FORMS = (
    form("get value(m: context, key: string)", _get_value),
    form("get entries(m: context)", _get_entries, running=True),
    form("context(entries: list)", _context, running=True),
    form("context put(context: context, key: string, value: Any)", _context_put, running=True),
    form("context put(context: context, keys: list, value: Any)", _context_put_keys, running=True),
    form("context merge(contexts: list)", _context_merge, running=True),
)
