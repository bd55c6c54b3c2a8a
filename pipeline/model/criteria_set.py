"""The criteria set: what a decision of the province lays down, as data."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, NamedTuple, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from pipeline.fields import Code, Declared, Name, Number, Points, Text, YesNo
from pipeline.rules import AnyRule

DEPTH = 5
"""The deepest tree seen in use: area and four levels of criteria below it."""


class WhenNotApplicable(StrEnum):
    """What the set does with a criterion that does not apply."""

    LOWER = "giam_toi_da"
    """Its points leave the maximum."""
    FULL = "du_diem"
    """It gets its full points."""


class RoundingLevel(StrEnum):
    """Where points are rounded."""

    LEAF = "tieu_chi"
    AREA = "linh_vuc"
    TOTAL = "tong"


class Rounding(Declared):
    """Half up, to `places` decimals, at one level."""

    level: RoundingLevel = Field(RoundingLevel.LEAF, alias="cap")
    places: Annotated[Number, Field(ge=0, le=4)] = Field(Decimal(2), alias="chu_so")


class BandScale(StrEnum):
    """What bands are read off."""

    PERCENT = "ty_le"
    POINTS = "diem"


class Band(Declared):
    """One band and where it begins."""

    title: Text = Field(alias="ten")
    at_least: Number = Field(alias="tu")


class Bands(Declared):
    """The bands, highest first."""

    scale: BandScale = Field(alias="theo")
    bands: Annotated[tuple[Band, ...], Field(min_length=1)] = Field(alias="bac")

    def of(self, points: Decimal, percent: Decimal) -> Band:
        """The band of a total; `percent` is 0–100."""
        value = percent if self.scale is BandScale.PERCENT else points
        return next((band for band in self.bands if value >= band.at_least), self.bands[-1])


class Criterion(Declared):
    """An area, a criterion or a sub-criterion. Only those with a rule, the leaves, are scored."""

    code: Code = Field(alias="ma")
    title: Text = Field(alias="ten")
    maximum: Points = Field(alias="diem_toi_da")
    children: tuple[Criterion, ...] = Field((), alias="tieu_chi")
    rule: AnyRule | None = Field(None, alias="cach_cham")
    labels: dict[Name, Text] = Field(default_factory=dict, alias="so_lieu")
    """What each figure of the rule means."""
    proof: tuple[Text, ...] = Field((), alias="tai_lieu_kiem_chung")
    """The documents that the set asks for."""
    not_applicable: WhenNotApplicable | None = Field(None, alias="khong_ap_dung")
    """None: the criterion always applies."""
    guidance: Text | None = Field(None, alias="huong_dan")

    @model_validator(mode="after")
    def _leaf_or_branch(self) -> Self:
        if bool(self.children) == (self.rule is not None):
            message = "tiêu chí {code} cần đúng một trong hai: “tieu_chi” (có tiêu chí con) hoặc “cach_cham”"
            raise PydanticCustomError("leaf_or_branch", message, {"code": self.code})
        return self

    def walk(self, depth: int = 0, path: tuple[str | int, ...] = ()) -> Iterator[Node]:
        """This criterion and all below it, in order."""
        yield Node(self, depth, path)
        for index, child in enumerate(self.children):
            yield from child.walk(depth + 1, (*path, "tieu_chi", index))

    def leaves(self) -> Iterator[Criterion]:
        """The scored criteria at or below this one."""
        return (node.criterion for node in self.walk() if node.criterion.rule is not None)


class Node(NamedTuple):
    """A criterion, where it stands in the tree and where it stands in the file."""

    criterion: Criterion
    depth: int
    path: tuple[str | int, ...]


class CriteriaSet(Declared):
    """A whole set: areas, rounding, bands."""

    code: Name = Field(alias="ma")
    title: Text = Field(alias="ten")
    illustrative: YesNo = Field(False, alias="minh_hoa")
    issued: Text = Field(alias="ban_hanh")
    note: Text | None = Field(None, alias="ghi_chu")
    total: Points = Field(alias="tong_diem")
    survey_total: Points = Field(Decimal(0), alias="diem_dieu_tra")
    rounding: Rounding = Field(default_factory=lambda: Rounding.model_validate({}), alias="lam_tron")
    bands: Bands = Field(alias="xep_loai")
    areas: Annotated[tuple[Criterion, ...], Field(min_length=1)] = Field(alias="linh_vuc")

    def walk(self) -> Iterator[Node]:
        """All criteria in order, areas at depth 0."""
        for index, area in enumerate(self.areas):
            yield from area.walk(0, ("linh_vuc", index))
