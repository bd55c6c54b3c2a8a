"""Every edge of every shape: the value just below it, on it and just above it, each with the points worked out by hand.

A row is a declaration, how a value becomes figures, and for each edge three values with their points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter

from pipeline.rules import SHAPES, AnyRule
from pipeline.rules.rule import Figures, LastYear, Remembered, Scope, Source, Standing

RULE: TypeAdapter[Any] = TypeAdapter(AnyRule)
YEAR = 2023

Told = tuple[dict[str, str], dict[str, Any]]
"""Figures as typed, and what else the rule is told."""

Edge = tuple[tuple[str, str], tuple[str, str], tuple[str, str]]
"""Just below, on it, just above: value and points."""


def number(value: str) -> Told:
    """The value is the figure."""
    return {"a": value}, {}


def per_mille(value: str) -> Told:
    """The value is a percentage, given as a part of a hundred thousand."""
    return {"a": str(int(Decimal(value.replace(",", ".")) * 1000)), "b": "100000"}, {}


def days_after(day: int, month: int, year: int = YEAR) -> Callable[[str], Told]:
    """The value is so many days after a deadline."""

    def typed(value: str) -> Told:
        found = date(year, month, day) + timedelta(int(value))
        return {"a": f"{found:%d/%m/%Y}"}, {}

    return typed


def ticks(value: str) -> Told:
    """The value is how many of three are answered with yes."""
    return {name: "có" if index < int(value) else "không" for index, name in enumerate("abc")}, {}


def level(value: str) -> Told:
    """The value is the level."""
    return {"a": value}, {}


def beside(value: str) -> Told:
    """The value is how many points the other criterion has."""
    others = {"1.1": Standing(Decimal(value.replace(",", ".")), scored=True, settled=True)}
    return {"a": "có"}, {"others": others}


def after(before: str) -> Callable[[str], Told]:
    """The value is this year's, against `before`."""
    return lambda value: ({"a": value}, {"last_year": LastYear(YEAR - 1, {"1.2": Remembered(None, {"a": before})})})


YES_NO = {"loai": "co_khong", "so_lieu": "a"}
HALF_OPEN = [{"tu": "100", "diem": "2"}, {"tu": "90", "duoi": "100", "diem": "1,5"}, {"duoi": "90", "diem": "0"}]
OPEN_BELOW = [{"tren": "75", "diem": "2"}, {"tren": "50", "den": "75", "diem": "1"}, {"den": "50", "diem": "0"}]
COUNTS = [
    {"tu": "100", "diem": "2"},
    {"tu": "50", "duoi": "100", "diem": "1,5"},
    {"tu": "1", "duoi": "50", "diem": "1"},
    {"den": "0", "diem": "0"},
]
LATE = [{"den": "0", "diem": "2"}, {"tu": "1", "den": "30", "diem": "1"}, {"tu": "31", "diem": "0"}]
LEVELS = {name: {"ten": name, "diem": points} for name, points in (("tot", "2"), ("kha", "0,75"), ("kem", "-0,5"))}

TABLE: list[tuple[dict[str, Any], Callable[[str], Told], list[Edge]]] = [
    (YES_NO, level, [(("không", "0"), ("có", "2"), ("có", "2"))]),
    ({"loai": "du_dieu_kien", "dieu_kien": ["a", "b", "c"]}, ticks, [(("1", "0"), ("2", "0"), ("3", "2"))]),
    (
        {"loai": "bac_ty_le", "tu_so": "a", "mau_so": "b", "bac": HALF_OPEN},
        per_mille,
        [(("89,999", "0"), ("90", "1.5"), ("90,001", "1.5")), (("99,999", "1.5"), ("100", "2"), ("100", "2"))],
    ),
    (
        {"loai": "bac_ty_le", "tu_so": "a", "mau_so": "b", "bac": OPEN_BELOW},
        per_mille,
        [(("49,999", "0"), ("50", "0"), ("50,001", "1")), (("74,999", "1"), ("75", "1"), ("75,001", "2"))],
    ),
    (
        {"loai": "bac_so_luong", "so_lieu": "a", "bac": COUNTS},
        number,
        [
            (("0", "0"), ("1", "1"), ("2", "1")),
            (("49", "1"), ("50", "1.5"), ("51", "1.5")),
            (("99", "1.5"), ("100", "2"), ("101", "2")),
        ],
    ),
    (
        {"loai": "bac_ngay_tre", "ngay": "a", "han": "31/01", "bac": LATE},
        days_after(31, 1),
        [(("-1", "2"), ("0", "2"), ("1", "1")), (("29", "1"), ("30", "1"), ("31", "0"))],
    ),
    (
        {"loai": "bac_ngay_tre", "ngay": "a", "han": "29/02", "bac": LATE},
        days_after(1, 3),
        [(("-1", "2"), ("0", "2"), ("1", "1"))],
    ),
    (
        {"loai": "bac_ngay_tre", "ngay": "a", "han": "05/01", "nam_sau": "có", "bac": LATE},
        days_after(5, 1, YEAR + 1),
        [(("-1", "2"), ("0", "2"), ("1", "1"))],
    ),
    ({"loai": "muc_do", "so_lieu": "a", "muc": LEVELS}, level, [(("kem", "-0.5"), ("kha", "0.75"), ("tot", "2"))]),
    (
        {"loai": "ty_le", "tu_so": "a", "mau_so": "b", "muc_tieu": "85", "san": "60"},
        per_mille,
        [
            (("59,999", "0"), ("60", "120/85"), ("60,001", "120.002/85")),
            (("84,999", "169.998/85"), ("85", "2"), ("85,001", "2")),
        ],
    ),
    (
        {"loai": "ty_le", "tu_so": "a", "mau_so": "b", "san": "90"},
        per_mille,
        [(("89,999", "0"), ("90", "1.8"), ("90,001", "1.80002")), (("99,999", "1.99998"), ("100", "2"), ("100", "2"))],
    ),
    (
        {"loai": "cong_diem", "y": {"a": "0,25", "b": "0,75", "c": "-0,5"}},
        ticks,
        [(("1", "0.25"), ("2", "1"), ("3", "0.5"))],
    ),
    (
        {"loai": "moi_don_vi", "so_lieu": "a", "diem": "0,5"},
        number,
        [(("0", "0"), ("1", "0.5"), ("2", "1")), (("3", "1.5"), ("4", "2"), ("5", "2"))],
    ),
    (
        {"loai": "cong_thuc", "bien": {"a": "so"}, "cong_thuc": "neu(a >= 1,5; toi_da; a)"},
        number,
        [(("1,49", "1.49"), ("1,5", "2"), ("1,51", "2"))],
    ),
    (
        {
            "loai": "phu_thuoc",
            "khi": {"tieu_chi": "1.1", "diem_tu": "0,5"},
            "thi": YES_NO,
            "neu_khong": YES_NO | {"co": "1"},
        },
        beside,
        [(("0,49", "1"), ("0,5", "2"), ("0,51", "2"))],
    ),
    (
        {"loai": "so_nam_truoc", "so_lieu": "a", "tang": "2", "bang": "1", "giam": "0,5", "nam_dau": "0"},
        after("10"),
        [(("9,99", "0.5"), ("10", "1"), ("10,01", "2"))],
    ),
    (
        {"loai": "tru_diem", "so_lieu": "a", "tru": "0,75", "tu": "3"},
        number,
        [(("1", "2"), ("2", "2"), ("3", "1.25")), (("4", "0.5"), ("5", "-0.25"), ("6", "-0.5"))],
    ),
    (
        {"loai": "tru_ngay_tre", "ngay": "a", "han": "31/01", "tru": "1", "tu_ngay": "3"},
        days_after(31, 1),
        [(("1", "2"), ("2", "2"), ("3", "1")), (("4", "0"), ("5", "-0.5"), ("6", "-0.5"))],
    ),
]
"""For a leaf of two points that may fall to −0,5."""


def cases() -> Iterator[Any]:
    """Each value of each edge."""
    for declaration, typed, edges in TABLE:
        for edge in edges:
            for value, points in edge:
                above, _, below = points.partition("/")
                expected = Fraction(above) / Fraction(below or 1)
                yield pytest.param(declaration, typed, value, expected, id=f"{declaration['loai']}-{value}")


def given(declaration: dict[str, Any], told: Told) -> Fraction:
    """The points that a rule gives, exactly."""
    figures, more = told
    rule = RULE.validate_python(declaration)
    scope = Scope(Decimal(2), YEAR, Decimal("-0.5"), "1.2", **more)
    read = {name: figure.read(figures[name]) for name, figure in rule.figures().items() if name in figures}
    points: Fraction = rule.evaluate(Figures({name: read[name] for name in rule.needed(read, scope)}), scope).points
    return points


@pytest.mark.parametrize(("declaration", "typed", "value", "points"), list(cases()))
def test_points_at_just_below_and_just_above_each_edge(
    declaration: dict[str, Any], typed: Callable[[str], Told], value: str, points: Fraction
) -> None:
    """To the last fraction: nothing is rounded before the set says so."""
    assert given(declaration, typed(value)) == points


def test_the_table_has_every_shape_with_figures() -> None:
    """A new shape cannot come without its edges."""
    shapes = {get_args(shape.model_fields["kind"].annotation)[0] for shape in SHAPES if shape.source is Source.FIGURES}

    assert {declaration["loai"] for declaration, *_ in TABLE} == shapes
