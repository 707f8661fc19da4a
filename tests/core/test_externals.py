"""External functions: what models call of Java's library, without Java."""

from decimal import Decimal

import pytest

from casefold.feel.grammar import parse
from casefold.feel.program import Outcome, build, evaluate
from casefold.feel.values import Reason


def called(place: str, signature: str, *arguments: str) -> Outcome:
    names = ", ".join("abcd"[: len(arguments)])
    function = f'function({names}) external {{java: {{class: "{place}", method signature: "{signature}"}}}}'
    return evaluate(build(parse(f"({function})({', '.join(arguments)})").unwrap())).unwrap()


@pytest.mark.parametrize(
    ("place", "signature", "arguments", "expected"),
    [
        ("java.lang.Math", "max(double, double)", ("1.5", "2"), Decimal(2)),
        ("java.lang.Math", "min(int,int)", ("1", "2"), Decimal(1)),
        ("java.lang.Math", "abs(long)", ("-3",), Decimal(3)),
        ("java.lang.Math", "cos(double)", ("0",), Decimal(1)),
        ("java.lang.Math", "sqrt(double)", ("2",), Decimal("1.414213562373095048801688724209698")),
        ("java.lang.Math", "pow(double,double)", ("2", "10"), Decimal(1024)),
        ("java.lang.Integer", "valueOf(java.lang.String)", ('"12"',), Decimal(12)),
        ("java.lang.Double", "valueOf(java.lang.String)", ('"12.5"',), Decimal("12.5")),
        ("java.lang.Byte", "valueOf(byte)", ("-128",), Decimal(-128)),
        ("java.lang.String", "valueOf(char)", ('"x"',), "x"),
        ("java.lang.String", "valueOf(double)", ("1.50",), "1.50"),
        ("java.lang.String", "format(java.lang.String, [Ljava.lang.Object;)", ('"%s is 5%%"', '"it"'), "it is 5%"),
    ],
)
def test_a_known_method_answers_as_java_says(place, signature, arguments, expected):
    """With exact decimals where Java has binary numbers."""
    assert Outcome(expected, ()) == called(place, signature, *arguments)


def test_angles_are_worked_out_to_34_digits():
    """The sine of a right angle is one, and the cosine of half a turn minus one, as far as the angle is written."""
    right = "1.570796326794896619231321691639751"

    assert Decimal("1.000000000000000000000000000000000") == called("java.lang.Math", "sin(double)", right).value
    assert Decimal("-0.88796890669185542898") == round(called("java.lang.Math", "cos(double)", "123").value, 20)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("place", "signature", "arguments", "reason"),
    [
        ("java.lang.Math", "cbrt(double)", ("8",), Reason.NO_FUNCTION),
        ("java.lang.Runtime", "exec(java.lang.String)", ('"rm"',), Reason.NO_FUNCTION),
        ("java.lang.Math", "max(int,int)", ("1.5", "2"), Reason.WRONG_ARGUMENTS),
        ("java.lang.Byte", "valueOf(byte)", ("128",), Reason.WRONG_ARGUMENTS),
        ("java.lang.String", "valueOf(char)", ('"xy"',), Reason.WRONG_ARGUMENTS),
        ("java.lang.Integer", "valueOf(java.lang.String)", ('"1.0"',), Reason.BAD_TEXT),
        ("java.lang.Math", "sqrt(double)", ("-1",), Reason.OUT_OF_BOUNDS),
        ("java.lang.Math", "cos(double)", ("1e30",), Reason.OUT_OF_BOUNDS),
        ("java.lang.String", "format(java.lang.String, [Ljava.lang.Object;)", ('"%x"', "1"), Reason.BAD_TEXT),
        ("java.lang.String", "format(java.lang.String, [Ljava.lang.Object;)", ("1",), Reason.WRONG_ARGUMENTS),
    ],
)
def test_anything_else_is_a_problem(place, signature, arguments, reason):
    """A method that is not known, or arguments that Java would refuse, give no value."""
    outcome = called(place, signature, *arguments)

    assert outcome.value is None
    assert reason is outcome.problems[0].fault.reason
