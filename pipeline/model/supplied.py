"""What other authorities supply: points or figures of criteria that nobody in the commune scores."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from pipeline.fields import Code, Count, Declared, Name, Number, YesNo


class SuppliedItem(Declared):
    """One criterion's points, or the figures that its rule scores, and the document they come from."""

    source: Code = Field(alias="nguon", description="Mã văn bản của cơ quan cung cấp trong sổ kiểm chứng")
    """The authority's document in the register."""
    points: Number | None = Field(None, alias="diem", description="Điểm được cho")
    figures: dict[Name, str] = Field(default_factory=dict, alias="so_lieu", description="Số liệu để chương trình chấm")
    """Still text: the rule knows the kind."""

    @model_validator(mode="after")
    def _points_or_figures(self) -> Self:
        if (self.points is None) == (not self.figures):
            raise PydanticCustomError("supplied", "cần đúng một trong hai: “diem” hoặc “so_lieu”", {})
        return self


class SuppliedResults(Declared):
    """Everything that other authorities supplied for a year, by the code of the criterion."""

    year: Count = Field(alias="nam", description="Năm đánh giá")
    illustrative: YesNo = Field(False, alias="minh_hoa", description="Có: kết quả chỉ để minh họa")
    items: dict[Code, SuppliedItem] = Field(
        default_factory=dict, alias="ket_qua", description="Điểm hoặc số liệu theo mã tiêu chí"
    )
