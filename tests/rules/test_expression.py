"""The language of formulas: exact, small, and closed to everything else."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.rules.expression import DEEPEST, LONGEST, DividedByZeroError, Range, parse

VALUES = {"a": Fraction(3), "b": Fraction(-4), "toi_da": Fraction(2)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 × 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("10 − 4 - 3", "3"),
        ("12 / 3 ÷ 2", "2"),
        ("-a + 1", "-2"),
        ("2 × -a", "-6"),
        ("0,1 + 0.2", "3/10"),
        ("1 / 3 × 3", "1"),
        ("85% × toi_da", "17/10"),
        ("nho_nhat(a; b; 1)", "-4"),
        ("lon_nhat(a; b)", "3"),
        ("neu(a > 2; 1 / 3; 1 / (a − 3))", "1/3"),
        ("neu(a = 3; neu(b ≠ -4; 1; 2); 3)", "2"),
        ("(a >= 3) + (a <= 3) + (a < 3) + (a <> 3)", "2"),
    ],
)
def test_values_are_exact(text: str, value: str) -> None:
    """Precedence, signs, decimal commas and functions."""
    assert parse(text).value(VALUES) == Fraction(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a +",
        "a b",
        "(a",
        "a)",
        "2 ** 9",
        "2 ^ 9",
        "a.b",
        "a[0]",
        "neu(a; b)",
        "nho_nhat()",
        "__import__('os')",
        "lambda: 1",
        "a; b",
        "1 < 2 < 3",
        "1e9",
        "9999999999999",
        "(" * (DEEPEST + 2) + "1" + ")" * (DEEPEST + 2),
        "+".join(["a"] * LONGEST),
    ],
)
def test_everything_else_is_refused(text: str) -> None:
    """Nothing but arithmetic is understood, nothing deep, nothing long; the complaint is Vietnamese."""
    with pytest.raises(ValueError, match=r"công thức|neu"):
        parse(text)


def test_zero_divisors_are_named() -> None:
    """The officer learns which divisor is zero."""
    with pytest.raises(DividedByZeroError) as caught:
        parse("1 / (a − 3)").value(VALUES)

    assert (caught.value.divisor, caught.value.name) == ("( a − 3 )", "a")


def test_what_is_shown_reads_like_a_school_book() -> None:
    """Variables become their values, negative ones in brackets."""
    assert parse("a/(a+b)*toi_da").shown(VALUES) == "3 ÷ (3 + (−4)) × 2"
    assert parse("nho_nhat(a;2.5)").shown() == "nhỏ nhất(a; 2,5)"


EXPRESSIONS = st.recursive(
    st.sampled_from(["a", "b", "0,5", "3", "25%"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+−×÷<"), inner).map(lambda three: f"({' '.join(three)})"),
        st.tuples(st.sampled_from(["nho_nhat", "lon_nhat"]), inner, inner).map(lambda f: f"{f[0]}({f[1]}; {f[2]})"),
        st.tuples(inner, inner, inner).map(lambda f: f"neu({f[0]}; {f[1]}; {f[2]})"),
    ),
    max_leaves=8,
)


@given(EXPRESSIONS, st.fractions(-5, 5, max_denominator=8), st.integers(0, 9))
def test_bounds_hold_whatever_is_entered(text: str, a: Fraction, b: int) -> None:
    """A value never leaves the range that the check for unreachable maxima rests on."""
    expression = parse(text)
    low, high = expression.bounds({"a": Range(Fraction(-5), Fraction(5)), "b": Range(Fraction(0), math.inf)})
    try:
        value = expression.value({"a": a, "b": Fraction(b)})
    except DividedByZeroError:
        return

    assert low <= value <= high
