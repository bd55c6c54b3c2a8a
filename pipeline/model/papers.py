"""What official papers need beyond the scores: number and date, to whom, who signs."""

from __future__ import annotations

from pydantic import Field

from pipeline.fields import Date, Declared, FileName, Text

BASES, PURPOSE, REQUIREMENTS, CONTENT = "Căn cứ", "Mục đích", "Yêu cầu", "Nội dung"
"""The headings below which a page of the workspace holds the plan's text."""


class Signatory(Declared):
    """Who signs, and by what authority (TM., KT., TL., TUQ., Q.)."""

    authority: Text | None = Field(
        None, alias="quyen_han", description="Quyền hạn ký: TM. tập thể; hoặc KT., TL., TUQ. người đứng đầu"
    )
    acting: Text | None = Field(
        None, alias="ky_thay", description="Dòng thứ hai khi ký thay: “KT. CHỦ TỊCH”; người đứng đầu ký thì bỏ"
    )
    position: Text = Field(alias="chuc_vu", description="Chức vụ; được giao quyền cấp trưởng thì thêm Q. ở trước")
    name: Text = Field(alias="ho_ten", description="Họ và tên, không ghi học hàm, học vị")

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands above the signature, line by line."""
        return tuple(line for line in (self.authority, self.acting, self.position) if line)


class Numbered(Declared):
    """Number, symbol and date of a paper; number and date stay blank until it is issued."""

    serial: Text | None = Field(None, alias="so", description="Số; để trống khi chưa ban hành")
    symbol: Text = Field(alias="ky_hieu", description="Ký hiệu")
    issued: Date | None = Field(None, alias="ngay", description="Ngày ban hành; để trống khi chưa ban hành")


class PaperSettings(Declared):
    """A paper beside the report; what is left out is taken from the report or from the program's wording."""

    symbol: Text = Field(alias="ky_hieu", description="Ký hiệu")
    subject: Text | None = Field(None, alias="trich_yeu", description="Trích yếu")
    addressees: tuple[Text, ...] = Field((), alias="kinh_gui", description="Nơi kính gửi")
    bases: tuple[Text, ...] = Field((), alias="can_cu", description="Các căn cứ, không ghi dấu cuối dòng")
    signatory: Signatory | None = Field(None, alias="nguoi_ky", description="Người ký; bỏ thì như báo cáo")
    recipients: tuple[Text, ...] = Field((), alias="noi_nhan", description="Nơi nhận, không ghi dấu cuối dòng")


class PlanSettings(PaperSettings, Numbered):
    """The plan of the year."""

    symbol: Text = Field("KH-UBND", alias="ky_hieu", description="Ký hiệu")
    page: FileName | None = Field(
        None, alias="trang", description=f"Trang trong docs/ có đề mục {BASES}, {PURPOSE}, {REQUIREMENTS}, {CONTENT}"
    )


class InvitationSettings(PaperSettings, Numbered):
    """The invitation to the conference."""

    symbol: Text = Field("GM-UBND", alias="ky_hieu", description="Ký hiệu")


class ReminderSettings(PaperSettings):
    """Reminders, one letter a unit: each has its own number and date, filled in when it is issued."""

    symbol: Text = Field("UBND-VP", alias="ky_hieu", description="Ký hiệu")
    reply_by: Date | None = Field(None, alias="han", description="Hạn hoàn thành ghi trong công văn")


class AppraisalSettings(PaperSettings, Numbered):
    """The request for appraisal."""

    symbol: Text = Field("UBND-VP", alias="ky_hieu", description="Ký hiệu")


class Letters(Declared):
    """The papers of the year beside the report."""

    plan: PlanSettings = Field(default_factory=PlanSettings, alias="ke_hoach", description="Kế hoạch")
    invitation: InvitationSettings = Field(
        default_factory=InvitationSettings, alias="giay_moi", description="Giấy mời hội nghị"
    )
    reminder: ReminderSettings = Field(
        default_factory=ReminderSettings, alias="don_doc", description="Công văn đôn đốc các bộ phận"
    )
    appraisal: AppraisalSettings = Field(
        default_factory=AppraisalSettings, alias="tham_dinh", description="Công văn đề nghị thẩm định"
    )
