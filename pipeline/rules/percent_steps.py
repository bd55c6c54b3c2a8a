"""Shape 3: steps on a percentage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import Field

from pipeline import wording
from pipeline.fields import Name
from pipeline.rules.rule import ZERO, Figure, FigureError, Figures, Kind, Outcome, Reach, Rule, Scope
from pipeline.rules.steps import Ladder, describe_ladder, ladder_faults, step_of

WHOLE = Decimal(100)
PERCENT = f"{wording.NARROW}%"


def ratio_of(part_name: str, whole_name: str, figures: Figures) -> tuple[Fraction, str]:
    """Part by whole, and how it was worked out: `118/120 = 98,33 %`.

    Raises:
        FigureError: the whole is zero, or smaller than its part.
    """
    part, whole = figures.count(part_name), figures.count(whole_name)
    if whole == 0:
        raise FigureError(
            figure=whole_name,
            message=f"“{whole_name}” bằng 0 nên không tính được tỷ lệ",
            mend="kiểm tra lại; nếu không phát sinh và bộ tiêu chí cho phép, thay so_lieu bằng khong_ap_dung kèm lý do",
        )
    if part > whole:
        raise FigureError(
            figure=part_name,
            message=f"“{part_name}” ({part}) lớn hơn “{whole_name}” ({whole})",
            mend="kiểm tra lại hai số liệu; phần không thể lớn hơn tổng",
        )
    ratio = Fraction(part, whole)
    return ratio, f"{wording.number(part)}/{wording.number(whole)} = {wording.percent(ratio)}"


class PercentSteps(Rule):
    """Points by the step on which a percentage falls."""

    kind: Literal["bac_ty_le"] = Field(alias="loai", description="Tên cách chấm")
    part: Name = Field(alias="tu_so", description="Số đạt")
    whole: Name = Field(alias="mau_so", description="Tổng số")
    ladder: Ladder = Field(alias="bac", description="Các bậc theo phần trăm, phủ hết từ 0 đến 100")

    def figures(self) -> Mapping[str, Figure]:
        return {self.part: Figure(Kind.COUNT), self.whole: Figure(Kind.COUNT)}

    def evaluate(self, figures: Figures, scope: Scope) -> Outcome:
        ratio, working = ratio_of(self.part, self.whole, figures)
        step = step_of(self.ladder, ratio * 100)
        if step is None:
            return Outcome(Fraction(0), f"{working} → không thuộc bậc nào")
        return Outcome(Fraction(step.points), f"{working} → bậc {step.describe(PERCENT, top=WHOLE)}")

    def reach(self, maximum: Decimal, minimum: Decimal = ZERO) -> Reach:
        return Reach.of(*(step.points for step in self.ladder))

    def describe(self, maximum: Decimal, minimum: Decimal = ZERO) -> str:
        return describe_ladder(self.ladder, PERCENT, top=WHOLE)

    def faults(self) -> Iterator[tuple[str, str]]:
        return ladder_faults(self.ladder, low=Decimal(0), high=WHOLE, whole=False)
