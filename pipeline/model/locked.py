"""The locked result of a year: what it ended with, and the hashes of what it came from."""

from __future__ import annotations

from pydantic import Field

from pipeline.fields import Code, Count, Date, Declared, Name, Number, Points, Sha256, Text, YesNo
from pipeline.rules.rule import LastYear, Remembered


class LockedCriterion(Declared):
    """What one criterion, leaf or branch, ended with."""

    title: Text | None = Field(None, alias="ten", description="Tên tiêu chí")
    points: Number | None = Field(None, alias="diem", description="Điểm; để trống khi không áp dụng")
    """None where it did not apply."""
    maximum: Points | None = Field(None, alias="diem_toi_da", description="Điểm tối đa")
    percent: Number | None = Field(None, alias="ty_le", description="Tỷ lệ phần trăm so với điểm tối đa")
    """Points by maximum, in percent; None without a maximum."""
    beside: YesNo = Field(False, alias="ngoai_toi_da", description="Có: điểm thưởng, điểm trừ, ngoài điểm tối đa")
    """Bonus or deduction, which no percentage is made of."""
    missing: Count = Field(0, alias="chua_cham", description="Số tiêu chí thành phần chưa chấm khi khóa")
    figures: dict[Name, str] = Field(default_factory=dict, alias="so_lieu", description="Số liệu đã nhập")
    """As the officer typed them."""

    @property
    def settled_points(self) -> Number | None:
        """The points that another year may be held against: those of something that was scored to the end."""
        return None if self.missing else self.points


class LockedArea(Declared):
    """What an area file said of weaknesses."""

    weaknesses: tuple[Text, ...] = Field((), alias="ton_tai", description="Từng tồn tại, hạn chế đã nêu")
    text: Sha256 | None = Field(None, alias="loi_van", description="Mã băm sha256 của phần tồn tại và giải pháp")
    """sha256 of the sections on weaknesses and remedies."""


class LockedYear(Declared):
    """A frozen year: its points and figures by code, and the hashes of what they came from."""

    year: Count = Field(alias="nam", description="Năm đã khóa")
    locked: Date | None = Field(None, alias="ngay_khoa", description="Ngày khóa")
    criteria_set: Name | None = Field(None, alias="bo_tieu_chi", description="Mã bộ tiêu chí đã dùng")
    illustrative: YesNo = Field(False, alias="minh_hoa", description="Có: kết quả chỉ để minh họa")
    provisional: YesNo = Field(False, alias="tam_tinh", description="Có: khóa khi còn tiêu chí chưa chấm")
    source: Sha256 = Field(alias="nguon", description="Mã băm sha256 của các tệp đầu vào")
    """sha256 over all inputs."""
    seal: Sha256 | None = Field(None, alias="niem_phong", description="Mã băm sha256 của mọi mục khác trong tệp này")
    """sha256 over everything else in the file, so that an edit by hand shows."""
    total: LockedCriterion | None = Field(None, alias="tong", description="Tổng điểm")
    band: Text | None = Field(None, alias="xep_loai", description="Xếp loại")
    files: dict[Text, Sha256] = Field(
        default_factory=dict, alias="tep", description="Mã băm sha256 của từng tệp đầu vào"
    )
    """Inputs by their path in the workspace; empty where the year was entered by hand."""
    areas: dict[Code, LockedArea] = Field(
        default_factory=dict, alias="linh_vuc", description="Tồn tại, hạn chế đã nêu, theo mã lĩnh vực"
    )
    criteria: dict[Code, LockedCriterion] = Field(
        default_factory=dict, alias="tieu_chi", description="Kết quả theo mã tiêu chí"
    )

    def remembered(self) -> LastYear:
        """What rules that look back may see."""
        return LastYear(
            self.year, {code: Remembered(each.settled_points, each.figures) for code, each in self.criteria.items()}
        )
