"""The locked result of a year, as later years read it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from pipeline.fields import Code, Count, Declared, Name, Number, Points
from pipeline.rules.rule import LastYear, Remembered


class LockedCriterion(Declared):
    """What one criterion, leaf or branch, ended with."""

    points: Number | None = Field(None, alias="diem", description="Điểm; để trống khi không áp dụng")
    """None where it did not apply."""
    maximum: Points | None = Field(None, alias="diem_toi_da", description="Điểm tối đa")
    figures: dict[Name, str] = Field(default_factory=dict, alias="so_lieu", description="Số liệu đã nhập")
    """As the officer typed them."""


class LockedYear(Declared):
    """A frozen year: its points and figures by code, and the hash of what they came from."""

    year: Count = Field(alias="nam", description="Năm đã khóa")
    source: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] = Field(
        alias="nguon", description="Mã băm sha256 của các tệp đầu vào"
    )
    """sha256 of the inputs."""
    criteria_set: Name | None = Field(None, alias="bo_tieu_chi", description="Mã bộ tiêu chí đã dùng")
    criteria: dict[Code, LockedCriterion] = Field(
        default_factory=dict, alias="tieu_chi", description="Kết quả theo mã tiêu chí"
    )

    def remembered(self) -> LastYear:
        """What rules that look back may see."""
        return LastYear(
            self.year, {code: Remembered(each.points, each.figures) for code, each in self.criteria.items()}
        )
