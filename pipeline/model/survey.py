"""What a survey gave, criterion by criterion, as far as it may be shown: no respondent, no group under five answers."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import Annotated, NamedTuple

from pydantic import Field

from pipeline import wording
from pipeline.fields import Count, Declared, Number, Points, Sha256, Text

FEWEST = 5
"""Answers below which a group is never told apart: its members could be recognised."""

Percent = Annotated[Number, Field(ge=0, le=100)]


class Measure(StrEnum):
    """What is measured on the answers, 0–100 %."""

    MEAN = "trung_binh"
    """The mean value by the highest value of the scale."""
    SATISFIED = "ty_le_hai_long"
    """The share of answers on a level that counts as satisfied."""

    @property
    def words(self) -> str:
        """What a reader calls it."""
        return _MEASURES[self]


_MEASURES = {
    Measure.MEAN: "Điểm trung bình so với mức cao nhất",
    Measure.SATISFIED: "Tỷ lệ trả lời hài lòng",
}


class IntervalMethod(StrEnum):
    """How an interval is worked out."""

    STUDENT = "student"
    WILSON = "wilson"
    COMBINED = "ghep_nhom"
    """Intervals of groups, added up by the groups' weights."""

    @property
    def words(self) -> str:
        """For a reader who wants to know."""
        return _METHODS[self]


_METHODS = {
    IntervalMethod.STUDENT: "theo phân phối Student, độ tin cậy 95 %, mỗi phiếu là một quan sát",
    IntervalMethod.COMBINED: "bằng cách ghép khoảng của từng nhóm theo trọng số, độ tin cậy 95 %",
    IntervalMethod.WILSON: "theo phương pháp Wilson, độ tin cậy 95 %, mỗi phiếu là một quan sát",
}


class Interval(Declared):
    """Where the measure of all who could have been asked lies, with 95 % confidence."""

    low: Percent = Field(alias="tu", description="Cận dưới, phần trăm")
    high: Percent = Field(alias="den", description="Cận trên, phần trăm")
    method: IntervalMethod = Field(alias="phuong_phap", description="Cách tính khoảng tin cậy")

    @property
    def words(self) -> str:
        """`80,12–87,50 %`, as a reader sees it."""
        return f"{wording.points(self.low)}–{wording.index(Fraction(self.high) / 100)}"


class LevelAnswers(Declared):
    """How many answers fell on a level, or on neighbouring levels that few chose."""

    title: Text = Field(alias="muc", description="Tên mức; các mức ít người chọn được gộp lại")
    answers: Count = Field(alias="so", description="Số câu trả lời")


class GroupAnswers(Declared):
    """One group of respondents; a group that must not be told apart has neither number nor measure."""

    title: Text = Field(alias="ten", description="Tên nhóm người trả lời")
    answers: Count | None = Field(None, alias="so_phieu", description="Số phiếu; để trống khi không nêu riêng")
    percent: Percent | None = Field(None, alias="ty_le", description="Chỉ số của nhóm; để trống khi không nêu riêng")


class Share(NamedTuple):
    """One bar of a distribution."""

    title: str
    answers: int
    ratio: Fraction
    """0–1."""


class SurveyDetail(Declared):
    """How one criterion's points came out of the answers."""

    answers: Annotated[Count, Field(ge=FEWEST)] = Field(alias="so_phieu", description="Số phiếu được tính")
    points: Points = Field(alias="diem", description="Điểm tính ra từ phiếu")
    measure: Measure = Field(alias="chi_so", description="Chỉ số được tính từ câu trả lời")
    percent: Percent = Field(alias="ty_le", description="Giá trị của chỉ số, phần trăm")
    interval: Interval = Field(alias="khoang_tin_cay", description="Khoảng tin cậy 95 % của chỉ số")
    derivation: Text = Field(alias="dien_giai", description="Cách tính ra điểm, bằng lời")
    levels: tuple[LevelAnswers, ...] = Field((), alias="phan_bo", description="Phân bố câu trả lời theo mức")
    groups: tuple[GroupAnswers, ...] = Field((), alias="nhom", description="Số phiếu và chỉ số của từng nhóm")

    @property
    def percent_words(self) -> str:
        """The measure as a reader sees it."""
        return wording.index(Fraction(self.percent) / 100)

    @property
    def shares(self) -> tuple[Share, ...]:
        """The distribution, with the share of each level in all answers."""
        total = sum(level.answers for level in self.levels) or 1
        return tuple(Share(level.title, level.answers, Fraction(level.answers, total)) for level in self.levels)


class SurveyOrigin(Declared):
    """What the results were worked out from; the answers themselves stay in the private folder."""

    files: tuple[Sha256, ...] = Field(alias="tep", description="Mã băm sha256 của từng tệp phiếu")
    mapping: Sha256 = Field(alias="anh_xa", description="Mã băm của survey-mapping.yml lúc tính")


def group_words(group: GroupAnswers) -> str:
    """One group in a line: `Người dân: 80 phiếu, 84,20 %`."""
    if group.answers is None or group.percent is None:
        return f"{group.title}: không nêu riêng"
    return f"{group.title}: {wording.number(group.answers)} phiếu, {wording.index(Fraction(group.percent) / 100)}"


def share_words(share: Share) -> str:
    """One level in a line: `Hài lòng: 52 (43,33 %)`."""
    return f"{share.title}: {wording.number(share.answers)} ({wording.percent(share.ratio)})"
