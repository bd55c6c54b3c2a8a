"""A year's settings: the unit, its superior, the conference, the report, who does what and by when."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from pipeline.fields import Code, Count, Date, Declared, Name, Prose, Text, YesNo
from pipeline.model.evidence import Document, EvidenceClass


class Body(Declared):
    """The body that assesses itself."""

    title: Text = Field(alias="ten", description="Tên viết tắt")
    full_title: Text = Field(alias="ten_day_du", description="Tên đầy đủ")
    place: Text = Field(alias="dia_danh", description="Địa danh trước ngày ký")
    """The place in "Liên Hồng, ngày …"."""
    superior: Text = Field(alias="cap_tren", description="Cơ quan cấp trên trực tiếp")


class Conference(Declared):
    """The meeting that makes the rules known."""

    title: Text = Field(alias="ten", description="Tên hội nghị")
    day: Date = Field(alias="ngay", description="Ngày họp")
    length: Text | None = Field(None, alias="thoi_luong", description="Thời lượng")
    place: Text = Field(alias="dia_diem", description="Địa điểm")
    chair: Text | None = Field(None, alias="chu_tri", description="Người chủ trì")
    participants: tuple[Text, ...] = Field((), alias="thanh_phan", description="Thành phần dự")
    agenda: tuple[Text, ...] = Field((), alias="noi_dung", description="Nội dung")


class Signatory(Declared):
    """Who signs, and by what authority (TM., KT., TL., TUQ., Q.)."""

    authority: Text = Field(alias="quyen_han", description="Quyền hạn ký: TM., KT., TL., TUQ., Q.")
    position: Text = Field(alias="chuc_vu", description="Chức vụ")
    name: Text = Field(alias="ho_ten", description="Họ và tên")


class ReportSettings(Declared):
    """What the report needs beyond the scores."""

    serial: Text | None = Field(None, alias="so", description="Số báo cáo; để trống khi chưa ban hành")
    symbol: Text = Field("BC-UBND", alias="ky_hieu", description="Ký hiệu")
    issued: Date | None = Field(None, alias="ngay", description="Ngày ban hành; để trống khi chưa ban hành")
    subject: Text = Field(alias="trich_yeu", description="Trích yếu")
    addressees: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(alias="kinh_gui", description="Nơi kính gửi")
    bases: tuple[Text, ...] = Field((), alias="can_cu", description="Các căn cứ, không ghi dấu cuối dòng")
    organisation: Prose = Field(alias="to_chuc_cham_diem", description="Việc tổ chức chấm điểm (Markdown)")
    """How the scoring was organised, Markdown."""
    proposals: Prose = Field(alias="kien_nghi", description="Khó khăn và kiến nghị (Markdown)")
    """Difficulties and proposals, Markdown."""
    signatory: Signatory = Field(alias="nguoi_ky", description="Người ký")
    recipients: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(
        alias="noi_nhan", description="Nơi nhận, không ghi dấu cuối dòng"
    )


class Unit(Declared):
    """One unit of the commune: its tasks, what it leads, supports and compiles."""

    title: Text = Field(alias="ten", description="Tên bộ phận")
    tasks: tuple[Text, ...] = Field((), alias="nhiem_vu", description="Nhiệm vụ theo kế hoạch")
    leads: tuple[Code, ...] = Field((), alias="chu_tri", description="Mã lĩnh vực, tiêu chí chủ trì")
    supports: tuple[Code, ...] = Field((), alias="phoi_hop", description="Mã lĩnh vực, tiêu chí phối hợp")
    compiles: tuple[Code, ...] = Field((), alias="tong_hop", description="Mã lĩnh vực, tiêu chí tổng hợp")


class Deadline(Declared):
    """What a unit owes by when."""

    title: Text = Field(alias="ten", description="Việc phải làm")
    due: Date = Field(alias="han", description="Hạn")
    unit: Name | None = Field(None, alias="bo_phan", description="Bộ phận phải làm")
    done: Date | None = Field(None, alias="xong", description="Ngày làm xong; để trống khi chưa xong")
    illustrative: YesNo = Field(False, alias="minh_hoa", description="Có: mốc chỉ để minh họa")


class BinderScope(StrEnum):
    """Which classes of scans leave the commune in the binder and the package."""

    PUBLIC = "cong_khai"
    """Only public scans."""
    REFERENCE = "chi_dan"
    """Public scans and those of documents that others only see the reference of."""
    INTERNAL = "noi_bo"
    """All; secret documents have no place in the register at all."""


_CLASSES = (EvidenceClass.PUBLIC, EvidenceClass.REFERENCE, EvidenceClass.INTERNAL)
"""From what everybody may see to what hardly anybody may see."""


class BinderSettings(Declared):
    """What the evidence binder holds, and the package with it."""

    scope: BinderScope = Field(
        BinderScope.PUBLIC,
        alias="pham_vi",
        description="Bản chụp đến mức nào được gửi đi trong quyển và trong bộ hồ sơ",
    )

    def holds(self, document: Document) -> bool:
        """Whether a document has a scan that goes in."""
        reach = tuple(BinderScope).index(self.scope)
        return document.scan is not None and document.evidence_class in _CLASSES[: reach + 1]


class Settings(Declared):
    """Everything about one year of one unit that is not a score."""

    year: Count = Field(alias="nam", description="Năm đánh giá")
    illustrative: YesNo = Field(False, alias="minh_hoa", description="Có: số liệu của năm chỉ để minh họa")
    criteria_set: Name = Field(alias="bo_tieu_chi", description="Mã của bộ tiêu chí áp dụng")
    body: Body = Field(alias="don_vi", description="Đơn vị tự chấm")
    conference: Conference | None = Field(None, alias="hoi_nghi", description="Hội nghị triển khai")
    report: ReportSettings = Field(alias="bao_cao", description="Thông tin của báo cáo")
    units: Annotated[dict[Name, Unit], Field(min_length=1)] = Field(
        alias="bo_phan", description="Các bộ phận và việc được giao"
    )
    deadlines: tuple[Deadline, ...] = Field((), alias="moc_thoi_gian", description="Các mốc thời gian")
    binder: BinderSettings = Field(
        default_factory=lambda: BinderSettings.model_validate({}),
        alias="quyen_kiem_chung",
        description="Quyển tài liệu kiểm chứng",
    )

    def leads(self, code: str) -> tuple[str, ...]:
        """The units that lead a criterion: those named for the code itself, else for the nearest level above it."""
        for level in _levels(code):
            found = tuple(name for name, unit in self.units.items() if level in (*unit.leads, *unit.compiles))
            if found:
                return found
        return ()

    def supports(self, code: str) -> tuple[str, ...]:
        """The units that support a criterion at any level and do not lead it."""
        levels = set(_levels(code))
        leads = self.leads(code)
        return tuple(
            name for name, unit in self.units.items() if levels.intersection(unit.supports) and name not in leads
        )


def _levels(code: str) -> Iterator[str]:
    """A code and the codes above it, nearest first: 1.2.3, 1.2, 1."""
    while code:
        yield code
        code = code.rpartition(".")[0]
