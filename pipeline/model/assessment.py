"""The assessment of one area in one year: what an officer enters in its Markdown file."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, field_validator

from pipeline.fields import Code, Count, Date, Declared, Name, Number, Points, Text, YesNo
from pipeline.model.survey import SurveyDetail, SurveyOrigin

RESULTS = "Kết quả đạt được"
WEAKNESSES = "Tồn tại, hạn chế và nguyên nhân"
REMEDIES = "Giải pháp khắc phục"
SECTIONS = (RESULTS, WEAKNESSES, REMEDIES)
"""The headings that every area file has, in this order."""


class Citation(Declared):
    """A document of the register, with the section and page that prove the point."""

    document: Code = Field(alias="ma", description="Mã văn bản trong sổ")
    section: Text | None = Field(None, alias="muc", description="Mục chứng minh")
    page: Text | None = Field(None, alias="trang", description="Trang chứng minh")


def _citation(value: Any) -> Any:
    return {"ma": value} if isinstance(value, str) else value


def _citations(value: Any) -> Any:
    """Documents may stand without the brackets of a list: `TL01` or `TL01, TL02`."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(","))
    return (value,) if isinstance(value, dict) else value


AnyCitation = Annotated[Citation, BeforeValidator(_citation, json_schema_input_type=str | Citation)]
Citations = Annotated[
    tuple[AnyCitation, ...],
    BeforeValidator(_citations, json_schema_input_type=str | Citation | tuple[str | Citation, ...]),
]


def _codes(value: Any) -> Any:
    """Codes may stand without the brackets of a list: `1.1.3` or `1.1.3, 1.2`."""
    return tuple(part.strip() for part in value.split(",")) if isinstance(value, str) else value


Codes = Annotated[tuple[Code, ...], BeforeValidator(_codes, json_schema_input_type=str | tuple[str, ...])]


class Entry(Declared):
    """One scored criterion, as its officer entered it."""

    figures: dict[Name, str] = Field(default_factory=dict, alias="so_lieu", description="Số liệu mà cách chấm cần")
    """Still text: the rule knows the kind."""
    self_points: Number | None = Field(
        None, alias="diem_tu_cham", description="Điểm tự chấm, khi chấm tay hoặc khác cách chấm"
    )
    """The officer's own points; None leaves the score to the rule."""
    evidence: Citations = Field((), alias="minh_chung", description="Mã văn bản kiểm chứng")
    explanation: Text | None = Field(None, alias="giai_trinh", description="Giải trình")
    entered: Date | None = Field(None, alias="ngay_nhap", description="Ngày nhập, khi bộ tiêu chí có hạn nhận")
    """The day of entry, where the set closes on some day."""
    not_applicable: str | None = Field(None, alias="khong_ap_dung", description="Lý do không áp dụng")
    """The reason why the criterion does not apply; None when it does."""

    @field_validator("not_applicable", mode="before")
    @classmethod
    def _claimed(cls, value: object) -> object:
        """A key without a value claims that the criterion does not apply and leaves the reason open."""
        return "" if value is None else value


class FollowedOutcome(StrEnum):
    """What has become of a weakness of last year."""

    MENDED = "da_khac_phuc"
    UNDER_WAY = "dang_khac_phuc"
    OPEN = "chua_khac_phuc"

    @property
    def words(self) -> str:
        """How a reader sees it."""
        return {"da": "đã khắc phục", "dang": "đang khắc phục", "chua": "chưa khắc phục"}[self.partition("_")[0]]


class Followed(Declared):
    """A weakness of last year, and whether it was mended."""

    content: Text = Field(alias="noi_dung", description="Tồn tại, hạn chế đã nêu năm trước")
    outcome: FollowedOutcome = Field(alias="ket_qua", description="Đã, đang hay chưa khắc phục")
    explanation: Text | None = Field(None, alias="giai_trinh", description="Đã làm gì, hoặc vì sao chưa xong")
    criteria: Codes = Field((), alias="tieu_chi", description="Mã các tiêu chí cho thấy kết quả khắc phục")
    """Their points of both years are shown beside it."""


class AreaFile(Declared):
    """The front matter of an area file."""

    area: Code = Field(alias="linh_vuc", description="Mã lĩnh vực")
    year: Count = Field(alias="nam", description="Năm đánh giá")
    illustrative: YesNo = Field(False, alias="minh_hoa", description="Có: số liệu chỉ để minh họa")
    unit: Name = Field(alias="bo_phan", description="Bộ phận nhập tệp này")
    """The unit that filled it in."""
    updated: Date | None = Field(None, alias="ngay_cap_nhat", description="Ngày cập nhật")
    entries: dict[Code, Entry] = Field(
        default_factory=dict, alias="tieu_chi", description="Các mục đã nhập, theo mã tiêu chí"
    )
    last_weaknesses: tuple[Followed, ...] = Field(
        (), alias="ton_tai_nam_truoc", description="Từng tồn tại của năm trước đã được khắc phục đến đâu"
    )


class SurveyResults(Declared):
    """The points of the social survey, as the unit that compiled it published them."""

    year: Count = Field(alias="nam", description="Năm đánh giá")
    illustrative: YesNo = Field(False, alias="minh_hoa", description="Có: kết quả chỉ để minh họa")
    source: Code | None = Field(None, alias="nguon", description="Mã báo cáo điều tra trong sổ kiểm chứng")
    """The survey's report in the register."""
    answers: Count | None = Field(None, alias="so_phieu", description="Số phiếu được tính")
    """Answers counted."""
    points: dict[Code, Points] = Field(default_factory=dict, alias="ket_qua", description="Điểm theo mã tiêu chí")
    details: dict[Code, SurveyDetail] = Field(
        default_factory=dict,
        alias="chi_tiet",
        description="Số phiếu, phân bố, khoảng tin cậy; `cchc import survey` ghi",
    )
    """How the points came out of the answers; only where they were imported."""
    origin: SurveyOrigin | None = Field(None, alias="nguon_phieu", description="Mã băm của phiếu và của bảng ánh xạ")
    """What the details were worked out from."""
