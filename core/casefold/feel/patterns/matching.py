"""Match a program against a text.

Alternatives are tried in order, as Perl does, on a stack of our own. A step that failed at a place fails there always,
so that each is tried once at each place: the time is at most text times program. A pattern that refers back to a group
is tried once for each thing that its groups may have taken, and what that costs is bounded by the fuel alone.
"""

from casefold.feel.patterns.charsets import variants
from casefold.feel.patterns.syntax import Again, Edge, Fork, One, Pattern, Save
from casefold.feel.values import Run

_UNSET = -1


def search(run: Run, pattern: Pattern, text: str, start: int) -> tuple[int, ...] | None:
    """Find the first match from *start* on: the places of the whole, then of each group (-1 where it took nothing).

    ``None`` if there is none, or the fuel does not suffice to know.

    >>> from casefold.feel.patterns import pattern
    >>> from casefold.feel.values import World
    >>> search(Run(World(), [1000, 0], []), pattern("(b+)|c", ""), "abbc", 0)
    (1, 3, 1, 3)
    """
    tried: set[object] = set()
    for at in range(start, len(text) + 1):
        found = _match(run, pattern, text, at, tried)
        if found is not None or run.meter[0] < 0:
            return found if run.meter[0] >= 0 else None
    return None


def _match(run: Run, pattern: Pattern, text: str, start: int, tried: set[object]) -> tuple[int, ...] | None:
    """Match at one place."""
    program, end = pattern.program, len(pattern.program)
    empty: tuple[int, ...] = (start, start, *(_UNSET,) * (2 * pattern.groups))
    stack: list[tuple[int, int, tuple[int, ...]]] = [(0, start, empty)]
    while stack:
        step, at, taken = stack.pop()
        while True:
            if step == end:
                return (start, at, *taken[2:])
            state = (step, at, taken[2:]) if pattern.remembers else (step, at)
            if state in tried or not run.spend(1):
                break
            tried.add(state)
            instruction = program[step]
            match instruction:
                case One(chars):
                    if at >= len(text) or not chars(text[at]):
                        break
                    at += 1
                    step += 1
                case Fork(first, second):
                    if first != second:
                        stack.append((step + second, at, taken))
                    step += first
                case Save(number):
                    taken = (*taken[:number], at, *taken[number + 1 :])
                    step += 1
                case Edge():
                    if not _at_edge(instruction, text, at):
                        break
                    step += 1
                case Again():
                    length = _again(instruction, text, at, taken)
                    if length is None:
                        break
                    at += length
                    step += 1
    return None


def _at_edge(edge: Edge, text: str, at: int) -> bool:
    if edge.end:
        return at == len(text) or (edge.lines and text[at] == "\n")
    return at == 0 or (edge.lines and text[at - 1] == "\n")


def _again(again: Again, text: str, at: int, taken: tuple[int, ...]) -> int | None:
    """Give the length of what a group took, if the same stands here; a group that took nothing is empty."""
    start, end = taken[2 * again.group], taken[2 * again.group + 1]
    if end == _UNSET:
        return 0
    sought, here = text[start:end], text[at : at + end - start]
    if sought == here:
        return len(sought)
    if not again.fold or len(sought) != len(here):
        return None
    same = all(variants(one) & variants(two) for one, two in zip(sought, here, strict=True))
    return len(sought) if same else None


def expand(pattern: Pattern, replacement: str, text: str, groups: tuple[int, ...]) -> str | None:
    r"""Fill a replacement: ``$1`` is what the first group took, ``$0`` the whole; ``None`` if it is not well formed.

    >>> from casefold.feel.patterns import pattern
    >>> expand(pattern("(a)b", ""), r"[$1\$]", "ab", (0, 2, 0, 1))
    '[a$]'
    """
    parts: list[str] = []
    at = 0
    while at < len(replacement):
        mark = replacement[at]
        after = replacement[at + 1 : at + 2]
        at += 1
        if mark == "\\":
            if after not in {"\\", "$"}:
                return None
            parts.append(after)
            at += 1
        elif mark == "$":
            if not (after.isdecimal() and after.isascii()):
                return None
            number = 0
            while at < len(replacement) and replacement[at] in "0123456789":
                longer = number * 10 + int(replacement[at])
                if number and longer > pattern.groups:
                    break
                number = longer
                at += 1
            if number <= pattern.groups and groups[2 * number] != _UNSET:
                parts.append(text[groups[2 * number] : groups[2 * number + 1]])
        else:
            parts.append(mark)
    return "".join(parts)
