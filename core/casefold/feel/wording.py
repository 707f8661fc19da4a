"""Flaws and problems in words that an analyst reads, with a caret under the place."""

from casefold.feel.program import OutOfFuel
from casefold.feel.tokens import Flaw, NotFeel
from casefold.feel.values import Fault, Problem, Reason, Span


def flaw_words(flaw: NotFeel) -> str:
    """Say why a text cannot be read.

    >>> from casefold.feel.grammar import parse
    >>> print(flaw_words(parse("scroe + 1").failure()))
    There is no “scroe” here.
      scroe + 1
      ^^^^^
    """
    said = _flaw_sentence(flaw)
    return f"{said}\n{caret(flaw.text, flaw.span)}" if flaw.text else said


def _flaw_sentence(flaw: NotFeel) -> str:
    given, wanted = flaw.given, flaw.wanted
    match flaw.flaw:
        case Flaw.BAD_CHARACTER:
            return f"“{given}” means nothing here."
        case Flaw.OPEN_COMMENT:
            return "This comment is not closed: */ is missing."
        case Flaw.OPEN_STRING:
            return 'This text is not closed: " is missing.'
        case Flaw.BAD_ESCAPE:
            return "An escape in this text stands for no character."
        case Flaw.BAD_NUMBER:
            return "This number is too large."
        case Flaw.UNEXPECTED:
            there = f"“{given}”" if given else "the end"
            return f"Expected {wanted}, found {there}."
        case Flaw.UNKNOWN_NAME:
            return f"There is no “{given}” here." + (f" Did you mean “{wanted}”?" if wanted else "")
        case Flaw.UNKNOWN_TYPE:
            return f"There is no type “{given}”."
        case Flaw.DOUBLE_NAME:
            return f"“{given}” is given twice."
        case Flaw.TOO_DEEP:
            return f"This is nested too deeply: {wanted} levels at most."
        case Flaw.TOO_LONG:
            return f"The text has {given} characters; {wanted} at most."


def problem_words(text: str, problem: Problem) -> str:
    """Say what went wrong in an evaluation of *text*, and where.

    >>> print(problem_words('1 + "a"', Problem(Fault(Reason.WRONG_TYPE, "+", "number, string"), Span(0, 7))))
    + does not take number, string.
      1 + "a"
      ^^^^^^^
    """
    return f"{fault_words(problem.fault)}\n{caret(text, problem.span)}"


def place_words(place: tuple[str, ...]) -> str:
    """Say where, from the outermost in.

    >>> place_words(("decision rate", "rule 2", "input score"))
    'decision rate, rule 2, input score'
    """
    return ", ".join(place)


def fault_words(fault: Fault) -> str:
    """Say why there is no value."""
    what, given, wanted = fault.what, fault.given, fault.wanted
    match fault.reason:
        case Reason.BAD_TEXT:
            return f"“{given}” is nothing that {what} can read" + (f": {wanted}." if wanted else ".")
        case Reason.DIVISION_BY_ZERO:
            return f"{what} divides by zero."
        case Reason.NO_FUNCTION:
            return f"{what} is no function that can be called."
        case Reason.NO_MEMBER:
            return f"{given or 'The context'} has no {what}."
        case Reason.NO_VALUE:
            return f"{what} has no value."
        case Reason.OUT_OF_BOUNDS:
            return f"{what} is not defined for {given}." if given else f"The result of {what} is out of bounds."
        case Reason.NOT_ALLOWED:
            return f"{what}: {given}; wanted {wanted}."
        case Reason.TOO_DEEP:
            return f"{what} is nested too deeply."
        case Reason.WRONG_ARGUMENTS:
            return f"{what} does not take ({given})" + (f"; it is {wanted}." if wanted else ".")
        case Reason.WRONG_TYPE:
            return f"{what or 'This'} does not take {given}" + (f" where it wants {wanted}." if wanted else ".")


def fuel_words(error: OutOfFuel) -> str:
    """Say that an evaluation was stopped."""
    return f"It was stopped after {error.fuel:,} steps: a loop or a list in it is too long."


def caret(text: str, span: Span) -> str:
    r"""Write the line of a text that a place is on, and carets below it.

    >>> print(caret("1 +\n  two", Span(6, 9)))
      line 2:   two
                ^^^
    """
    start = min(span.start, len(text))
    begin = text.rfind("\n", 0, start) + 1
    end = text.find("\n", start)
    line = text[begin : len(text) if end < 0 else end]
    number = text.count("\n", 0, start)
    head = f"  line {number + 1}: " if number else "  "
    width = max(1, min(span.end - start, len(line) - (start - begin)))
    shown = "".join("\t" if mark == "\t" else " " for mark in line[: start - begin])
    return f"{head}{line}\n{' ' * len(head)}{shown}{'^' * width}"
