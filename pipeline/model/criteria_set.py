"""The criteria set: what a decision of the province lays down, as data."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, NamedTuple, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from pipeline.fields import Code, DayMonth, Declared, Floor, Name, Number, Points, Text, YesNo
from pipeline.rules import AnyRule
from pipeline.rules.rule import Source


class WhenNotApplicable(StrEnum):
    """What the set does with a criterion that does not apply."""

    LOWER = "giam_toi_da"
    """Its points leave the maximum."""
    FULL = "du_diem"
    """It gets its full points."""


class Group(StrEnum):
    """Points beside the maximum: what stands in such a group adds nothing to the sums of maxima."""

    BONUS = "thuong"
    """Each criterion and the group as a whole give at most their `diem_toi_da`."""
    DEDUCTION = "tru"
    """Each criterion and the group as a whole take at most down to their `diem_toi_thieu`."""


class WithoutSurvey(StrEnum):
    """What happens to the total while there is no survey."""

    WAIT = "cho"
    """The survey's points are still to come."""
    RESCALE = "quy_doi"
    """There is none this year: the rest is rescaled to the set's total."""


class RoundingLevel(StrEnum):
    """Where points are rounded."""

    LEAF = "tieu_chi"
    AREA = "linh_vuc"
    TOTAL = "tong"


class Rounding(Declared):
    """Half up, to `places` decimals, at one level."""

    level: RoundingLevel = Field(
        RoundingLevel.LEAF, alias="cap", description="Làm tròn từng tiêu chí, từng lĩnh vực hay chỉ tổng"
    )
    places: Annotated[Number, Field(ge=0, le=4)] = Field(Decimal(2), alias="chu_so", description="Số chữ số thập phân")


class Limits(Declared):
    """Where points are kept between minimum and maximum."""

    leaf: YesNo = Field(True, alias="tieu_chi", description="Giữ điểm từng tiêu chí trong khoảng tối thiểu đến tối đa")
    area: YesNo = Field(False, alias="linh_vuc", description="Giữ điểm từng lĩnh vực trong khoảng tối thiểu đến tối đa")
    total: YesNo = Field(False, alias="tong", description="Giữ tổng điểm từ 0 đến tong_diem")


class Closing(Declared):
    """The day after which nothing that is entered counts."""

    day: DayMonth = Field(alias="ngay", description="Ngày và tháng cuối cùng còn nhận")
    next_year: YesNo = Field(False, alias="nam_sau", description="Có: ngày đó thuộc năm sau năm đánh giá")


class BandScale(StrEnum):
    """What bands are read off."""

    PERCENT = "ty_le"
    POINTS = "diem"


class Band(Declared):
    """One band and where it begins."""

    title: Text = Field(alias="ten", description="Tên bậc")
    at_least: Number = Field(alias="tu", description="Bậc bắt đầu từ mức này")


class Bands(Declared):
    """The bands, highest first."""

    scale: BandScale = Field(alias="theo", description="Xếp loại theo tỷ lệ phần trăm hay theo điểm")
    bands: Annotated[tuple[Band, ...], Field(min_length=1)] = Field(
        alias="bac", description="Các bậc, từ cao xuống thấp"
    )

    def of(self, points: Decimal, percent: Decimal) -> Band:
        """The band of a total; `percent` is 0–100."""
        value = percent if self.scale is BandScale.PERCENT else points
        return next((band for band in self.bands if value >= band.at_least), self.bands[-1])


class Criterion(Declared):
    """An area, a criterion or a sub-criterion. Only those with a rule, the leaves, are scored."""

    code: Code = Field(alias="ma", description="Mã tiêu chí: mã của cấp trên thêm một phần")
    title: Text = Field(alias="ten", description="Tên tiêu chí")
    maximum: Points = Field(
        alias="diem_toi_da", description="Điểm tối đa; trong nhóm thưởng là mức thưởng nhiều nhất, trong nhóm trừ là 0"
    )
    minimum: Floor = Field(
        Decimal(0),
        alias="diem_toi_thieu",
        description="Điểm thấp nhất, âm khi bị trừ; khong_gioi_han khi trừ bao nhiêu cũng được",
    )
    """The least points; below zero where the set takes points off, minus infinity where it knows no end."""
    group: Group | None = Field(
        None, alias="nhom", description="Nhóm điểm thưởng hoặc điểm trừ, không tính vào điểm tối đa"
    )
    """Bonus or deduction, for this criterion and all below it."""
    children: tuple[Criterion, ...] = Field(
        (), alias="tieu_chi", description="Các tiêu chí con; có tiêu chí con thì không có cach_cham"
    )
    rule: AnyRule | None = Field(None, alias="cach_cham", description="Cách chấm của tiêu chí không có tiêu chí con")
    labels: dict[Name, Text] = Field(
        default_factory=dict, alias="so_lieu", description="Tên gọi của từng số liệu mà cách chấm dùng"
    )
    """What each figure of the rule means."""
    proof: tuple[Text, ...] = Field(
        (), alias="tai_lieu_kiem_chung", description="Tài liệu kiểm chứng mà bộ tiêu chí yêu cầu"
    )
    """The documents that the set asks for."""
    not_applicable: WhenNotApplicable | None = Field(
        None, alias="khong_ap_dung", description="Cho phép không áp dụng: giảm điểm tối đa, hay tính đủ điểm"
    )
    """None: the criterion always applies."""
    guidance: Text | None = Field(None, alias="huong_dan", description="Hướng dẫn thêm cho người chấm")
    effort: Points | None = Field(None, alias="cong_suc", description="Công sức để cải thiện, cho `cchc whatif`")
    """What an improvement costs, in any unit that the set or the commune likes; None counts as 1."""
    original: Text | None = Field(None, alias="nguyen_van", description="Nguyên văn cách chấm trong quyết định")
    """How the decision itself words the scoring, kept beside the rule that was made of it."""

    @model_validator(mode="after")
    def _leaf_or_branch(self) -> Self:
        if bool(self.children) == (self.rule is not None):
            message = "tiêu chí {code} cần đúng một trong hai: “tieu_chi” (có tiêu chí con) hoặc “cach_cham”"
            raise PydanticCustomError("leaf_or_branch", message, {"code": self.code})
        return self

    @property
    def source(self) -> Source | None:
        """Where a leaf's points come from; None for a branch."""
        return self.rule.source if self.rule else None

    @property
    def rule_text(self) -> str:
        """How a leaf is scored, in words; nothing for a branch."""
        return self.rule.describe(self.maximum, self.minimum) if self.rule else ""

    def walk(self, depth: int = 0, path: tuple[str | int, ...] = (), group: Group | None = None) -> Iterator[Node]:
        """This criterion and all below it, in order."""
        inner = self.group or group
        yield Node(self, depth, path, inner)
        for index, child in enumerate(self.children):
            yield from child.walk(depth + 1, (*path, "tieu_chi", index), inner)

    def leaves(self) -> Iterator[Criterion]:
        """The scored criteria at or below this one."""
        return (node.criterion for node in self.walk() if node.criterion.rule is not None)


class Node(NamedTuple):
    """A criterion, where it stands in the tree and where it stands in the file."""

    criterion: Criterion
    depth: int
    path: tuple[str | int, ...]
    group: Group | None = None
    """Bonus or deduction, by its own word or that of the nearest level above."""


class CriteriaSet(Declared):
    """A whole set: areas, rounding, bands."""

    code: Name = Field(alias="ma", description="Mã của bộ, giống tên tệp")
    title: Text = Field(alias="ten", description="Tên đầy đủ của bộ tiêu chí")
    illustrative: YesNo = Field(
        False, alias="minh_hoa", description="Có: bộ chỉ để minh họa, không phải bản chính thức"
    )
    issued: Text = Field(alias="ban_hanh", description="Quyết định ban hành bộ")
    note: Text | None = Field(None, alias="ghi_chu", description="Ghi chú cho người đọc")
    total: Points = Field(alias="tong_diem", description="Tổng điểm tối đa, không kể thưởng và trừ")
    survey_total: Points = Field(Decimal(0), alias="diem_dieu_tra", description="Phần điểm của điều tra xã hội học")
    rounding: Rounding = Field(
        default_factory=lambda: Rounding.model_validate({}),
        alias="lam_tron",
        description="Làm tròn ở cấp nào, mấy chữ số",
    )
    limits: Limits = Field(
        default_factory=lambda: Limits.model_validate({}),
        alias="gioi_han",
        description="Giữ điểm trong khoảng tối thiểu đến tối đa ở cấp nào",
    )
    closing: Closing | None = Field(
        None, alias="han_nhan", description="Ngày chót nhận số liệu; sau ngày này không được điểm"
    )
    without_survey: WithoutSurvey = Field(
        WithoutSurvey.WAIT, alias="vang_dieu_tra", description="Khi không có điều tra: chờ, hay quy đổi phần còn lại"
    )
    bands: Bands = Field(alias="xep_loai", description="Bảng xếp loại")
    areas: Annotated[tuple[Criterion, ...], Field(min_length=1)] = Field(
        alias="linh_vuc", description="Các lĩnh vực, theo thứ tự"
    )

    def walk(self) -> Iterator[Node]:
        """All criteria in order, areas at depth 0."""
        for index, area in enumerate(self.areas):
            yield from area.walk(0, ("linh_vuc", index))
