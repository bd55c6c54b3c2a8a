"""A year's settings: the unit, its superior, the conference, the report, who does what and by when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from pipeline.fields import Code, Count, Date, Declared, Name, Prose, Text, YesNo


class Body(Declared):
    """The body that assesses itself."""

    title: Text = Field(alias="ten")
    full_title: Text = Field(alias="ten_day_du")
    place: Text = Field(alias="dia_danh")
    """The place in "Liên Hồng, ngày …"."""
    superior: Text = Field(alias="cap_tren")


class Conference(Declared):
    """The meeting that makes the rules known."""

    title: Text = Field(alias="ten")
    day: Date = Field(alias="ngay")
    length: Text | None = Field(None, alias="thoi_luong")
    place: Text = Field(alias="dia_diem")
    chair: Text | None = Field(None, alias="chu_tri")
    participants: tuple[Text, ...] = Field((), alias="thanh_phan")
    agenda: tuple[Text, ...] = Field((), alias="noi_dung")


class Signatory(Declared):
    """Who signs, and by what authority (TM., KT., TL., TUQ., Q.)."""

    authority: Text = Field(alias="quyen_han")
    position: Text = Field(alias="chuc_vu")
    name: Text = Field(alias="ho_ten")


class ReportSettings(Declared):
    """What the report needs beyond the scores."""

    serial: Text | None = Field(None, alias="so")
    symbol: Text = Field("BC-UBND", alias="ky_hieu")
    issued: Date | None = Field(None, alias="ngay")
    subject: Text = Field(alias="trich_yeu")
    addressees: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(alias="kinh_gui")
    bases: tuple[Text, ...] = Field((), alias="can_cu")
    organisation: Prose = Field(alias="to_chuc_cham_diem")
    """How the scoring was organised, Markdown."""
    proposals: Prose = Field(alias="kien_nghi")
    """Difficulties and proposals, Markdown."""
    signatory: Signatory = Field(alias="nguoi_ky")
    recipients: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(alias="noi_nhan")


class Unit(Declared):
    """One unit of the commune: its tasks, what it leads, supports and compiles."""

    title: Text = Field(alias="ten")
    tasks: tuple[Text, ...] = Field((), alias="nhiem_vu")
    leads: tuple[Code, ...] = Field((), alias="chu_tri")
    supports: tuple[Code, ...] = Field((), alias="phoi_hop")
    compiles: tuple[Code, ...] = Field((), alias="tong_hop")


class Deadline(Declared):
    """What a unit owes by when."""

    title: Text = Field(alias="ten")
    due: Date = Field(alias="han")
    unit: Name | None = Field(None, alias="bo_phan")
    done: Date | None = Field(None, alias="xong")
    illustrative: YesNo = Field(False, alias="minh_hoa")


class Settings(Declared):
    """Everything about one year of one unit that is not a score."""

    year: Count = Field(alias="nam")
    illustrative: YesNo = Field(False, alias="minh_hoa")
    criteria_set: Name = Field(alias="bo_tieu_chi")
    body: Body = Field(alias="don_vi")
    conference: Conference | None = Field(None, alias="hoi_nghi")
    report: ReportSettings = Field(alias="bao_cao")
    units: Annotated[dict[Name, Unit], Field(min_length=1)] = Field(alias="bo_phan")
    deadlines: tuple[Deadline, ...] = Field((), alias="moc_thoi_gian")

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
