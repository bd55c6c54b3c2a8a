"""Shape 11: a formula with named variables, or several of them to choose from."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from pipeline import wording
from pipeline.fields import Declared, Name, Text
from pipeline.rules.expression import DividedByZeroError, Expression, Range, parse, understood
from pipeline.rules.rule import (
    ZERO,
    Figure,
    FigureError,
    Figures,
    Kind,
    Outcome,
    Reach,
    Rule,
    Scope,
    Span,
    Value,
    span_between,
)

MAXIMUM = "toi_da"
"""The name by which a formula calls the leaf's maximum."""


class VariableKind(StrEnum):
    """What a variable stands for."""

    COUNT = "so_nguyen"
    NUMBER = "so"
    ANSWER = "co_khong"
    """1 for yes, 0 for no."""


_KINDS = {VariableKind.COUNT: Kind.COUNT, VariableKind.NUMBER: Kind.NUMBER, VariableKind.ANSWER: Kind.YES_NO}
_RANGES = {
    VariableKind.COUNT: Range(Fraction(0), math.inf),
    VariableKind.NUMBER: Range(-math.inf, math.inf),
    VariableKind.ANSWER: Range(Fraction(0), Fraction(1)),
}


def _understandable(text: str) -> str:
    try:
        parse(text)
    except ValueError as error:
        message = "{problem}; viết như dung_han / tong × toi_da"
        raise PydanticCustomError("formula", message, {"problem": str(error)}) from error
    return text


Formula = Annotated[str, AfterValidator(_understandable)]
"""Text that `expression` understands."""


class Alternative(Declared):
    """One of several formulas."""

    title: Text = Field(alias="ten", description="Tên phương án")
    formula: Formula = Field(alias="cong_thuc", description="Công thức của phương án")


class Computed(Rule):
    """What the formula gives; where there are alternatives, the one that the officer chose."""

    kind: Literal["cong_thuc"] = Field(alias="loai", description="Tên cách chấm")
    variables: dict[Name, VariableKind] = Field(
        default_factory=dict, alias="bien", description="Các biến và kiểu của chúng"
    )
    formula: Formula | None = Field(None, alias="cong_thuc", description="Công thức tính điểm")
    choice: Name | None = Field(None, alias="chon", description="Tên số liệu mà cán bộ dùng để chọn phương án")
    alternatives: dict[Name, Alternative] = Field(
        default_factory=dict, alias="phuong_an", description="Các phương án để chọn"
    )

    @model_validator(mode="after")
    def _one_or_several(self) -> Self:
        if (self.formula is None) == (not self.alternatives) or (self.choice is None) == bool(self.alternatives):
            message = "cần một “cong_thuc”, hoặc “chon” và “phuong_an” với các công thức để chọn"
            raise PydanticCustomError("formula", message, {})
        return self

    def figures(self) -> Mapping[str, Figure]:
        asked = {self.choice: self._choices} if self.choice else {}
        return asked | {name: Figure(_KINDS[kind]) for name, kind in self.variables.items()}

    @property
    def _choices(self) -> Figure:
        return Figure(Kind.CHOICE, {name: each.title for name, each in self.alternatives.items()})

    def needed(self, values: Mapping[str, Value], scope: Scope) -> Mapping[str, Figure]:
        if self.choice is None:
            return self.figures()
        chosen = self.alternatives.get(str(values.get(self.choice)))
        used = understood(chosen.formula).names if chosen else ()
        return {name: figure for name, figure in self.figures().items() if name == self.choice or name in used}

    def evaluate(self, figures: Figures, scope: Scope) -> Outcome:
        expression, title = self._chosen(figures)
        values = {name: self._of(name, figures, scope) for name in expression.names}
        try:
            points = expression.value(values)
        except DividedByZeroError as error:
            raise FigureError(
                figure=error.name if error.name in self.variables else "",
                message=f"mẫu số “{error.divisor}” bằng 0 nên không tính được",
                mend="kiểm tra lại số liệu; nếu trong năm không phát sinh, bỏ so_lieu và ghi khong_ap_dung kèm lý do",
            ) from error
        return Outcome(points, f"{title}{expression.shown(values)} = {wording.number(points, 4)}")

    def _chosen(self, figures: Figures) -> tuple[Expression, str]:
        if self.formula is not None:
            return understood(self.formula), ""
        assert self.choice is not None
        chosen = self.alternatives[figures.choice(self.choice)]
        return understood(chosen.formula), f"“{chosen.title}”: "

    def _of(self, name: str, figures: Figures, scope: Scope) -> Fraction:
        if name == MAXIMUM:
            return Fraction(scope.maximum)
        if name not in self.variables:
            mend = "khai báo biến trong “bien” của cách chấm"
            raise FigureError(figure="", message=f"công thức dùng biến “{name}” chưa khai báo", mend=mend)
        return figures.number(name)

    def _formulas(self) -> list[Formula]:
        return [self.formula] if self.formula is not None else [each.formula for each in self.alternatives.values()]

    @property
    def _ranges(self) -> dict[str, Range]:
        return {name: _RANGES[kind] for name, kind in self.variables.items()}

    def reach(self, maximum: Decimal, minimum: Decimal = ZERO) -> Reach:
        most = span_between(minimum, maximum)
        return Reach(tuple(self._span(formula, most) for formula in self._formulas()))

    def _span(self, formula: Formula, most: Span) -> Span:
        """Where the formula's own bounds, which may be wide, meet those of the leaf."""
        ranges = self._ranges | {MAXIMUM: Range(most.high, most.high)}
        low, high = understood(formula).bounds(ranges)
        return Span(Fraction(min(max(low, most.low), most.high)), Fraction(max(min(high, most.high), most.low)))

    def describe(self, maximum: Decimal, minimum: Decimal = ZERO) -> str:
        known = {MAXIMUM: Fraction(maximum)}
        if self.formula is not None:
            return f"Theo công thức: {understood(self.formula).shown(known)}"
        several = (f"{each.title}: {understood(each.formula).shown(known)}" for each in self.alternatives.values())
        return f"Theo công thức được chọn: {'; '.join(several)}"

    def faults(self) -> Iterator[tuple[str, str]]:
        for formula in self._formulas():
            for divisor in understood(formula).always_zero(self._ranges):
                yield "S209", f"công thức chia cho “{divisor}”, luôn bằng 0"
        used = {name for formula in self._formulas() for name in understood(formula).names}
        for name in sorted(used - set(self.variables) - {MAXIMUM}):
            yield "S218", f"công thức dùng biến “{name}” chưa khai báo trong “bien”"
        for name in self.variables:
            if name in (MAXIMUM, self.choice):
                yield "S218", f"biến “{name}” trùng tên đã có nghĩa khác"
            elif name not in used:
                yield "S218", f"biến “{name}” không có trong công thức nào"
