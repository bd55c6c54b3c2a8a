"""Shape 20: points or figures that another authority supplies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from pipeline import wording
from pipeline.fields import Text
from pipeline.rules.rule import (
    ZERO,
    Figure,
    Figures,
    Outcome,
    Reach,
    Rule,
    Scope,
    Source,
    Value,
    lowest,
    span_between,
)

if TYPE_CHECKING:
    from pipeline.rules import AnyRule


class Supplied(Rule):
    """Nothing is entered by hand: the authority gives the points, or the figures that the inner rule scores."""

    source: ClassVar[Source] = Source.SUPPLIED
    kind: Literal["cung_cap"] = Field(alias="loai", description="Tên cách chấm")
    authority: Text = Field(alias="co_quan", description="Cơ quan cung cấp")
    rule: AnyRule | None = Field(
        None, alias="theo", description="Cách chấm số liệu được cung cấp; để trống khi cơ quan gửi điểm"
    )

    def figures(self) -> Mapping[str, Figure]:
        return self.rule.figures() if self.rule else {}

    def needed(self, values: Mapping[str, Value], scope: Scope) -> Mapping[str, Figure]:
        return self.rule.needed(values, scope) if self.rule else {}

    def depends(self) -> tuple[str, ...]:
        return self.rule.depends() if self.rule else ()

    def evaluate(self, figures: Figures, scope: Scope) -> Outcome | None:
        return self.rule.evaluate(figures, scope) if self.rule else None

    def reach(self, maximum: Decimal, minimum: Decimal = ZERO) -> Reach:
        return self.rule.reach(maximum, minimum) if self.rule else Reach((span_between(minimum, maximum),))

    def describe(self, maximum: Decimal, minimum: Decimal = ZERO) -> str:
        if self.rule:
            return f"{self.authority} cung cấp số liệu. {self.rule.describe(maximum, minimum)}"
        return f"{self.authority} chấm: từ {lowest(minimum)} đến {wording.number(maximum)} điểm"

    def faults(self) -> Iterator[tuple[str, str]]:
        if self.rule is None:
            return
        if self.rule.source is not Source.FIGURES:
            yield "S209", "“theo” phải là cách chấm theo số liệu"
        yield from self.rule.faults()
