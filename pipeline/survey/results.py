"""From respondents to the results of every criterion: points, measure, interval, distribution, groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pipeline import wording
from pipeline.model.criteria_set import CriteriaSet, RoundingLevel
from pipeline.model.finding import Finding, Place
from pipeline.model.survey import FEWEST, SurveyDetail
from pipeline.model.survey_mapping import SurveyMapping
from pipeline.survey.answers import Respondent
from pipeline.survey.measures import Answers, Measured, measure, weighted
from pipeline.survey.suppression import Cell, Told, given_away, hidden, merged
from pipeline.workspace.exports import plain

FINEST = 6
"""Decimals of points where the set rounds only their sums."""

Where = Callable[[str], Place]
"""The place of a criterion in the mapping."""


@dataclass(frozen=True)
class Results:
    """What the answers give."""

    details: Mapping[str, SurveyDetail]
    """By the code of the criterion; criteria with too few answers are not there."""
    answers: int
    """People whose answers count for any criterion."""
    findings: tuple[Finding, ...]


def results_of(people: Sequence[Respondent], mapping: SurveyMapping, criteria: CriteriaSet, where: Where) -> Results:
    """Work out every criterion of the mapping that the set surveys."""
    maxima = {node.criterion.code: node.criterion.maximum for node in criteria.walk()}
    places = int(criteria.rounding.places) if criteria.rounding.level is RoundingLevel.LEAF else FINEST
    details: dict[str, SurveyDetail] = {}
    findings: list[Finding] = []
    counted: set[int] = set()
    samples = [_Sample(code, mapping, people) for code in mapping.criteria]
    for sample in samples:
        findings += sample.findings(where(sample.code))
    told = [sample for sample in samples if sample.enough]
    findings += _given_away(told, mapping, where)
    groups_told = _groups_may_be_told(told)
    for sample in told:
        levels_told = all(_levels_apart(sample, other) for other in told)
        details[sample.code] = sample.detail(
            maxima[sample.code], places, groups_told=groups_told, levels_told=levels_told
        )
        counted |= sample.indexes
    return Results(details, len(counted), tuple(findings))


def _given_away(told: Sequence[_Sample], mapping: SurveyMapping, where: Where) -> Iterator[Finding]:
    """That the points of two criteria, held against each other, would tell what under five people answered."""
    small = given_away([sample.whole for sample in told], _people(told))
    if small is not None:
        codes = [code for code in mapping.criteria if code in small.about]
        titles = sorted({mapping.groups[group].title for _, group in small.cells if group})
        of_whom = f" của nhóm {', '.join(titles)}" if titles else ""
        message = f"lấy {' trừ '.join(codes)} thì lộ câu trả lời{of_whom}, dưới {FEWEST} người"
        mend = "để các tiêu chí cùng câu hỏi tính cùng các nhóm, hoặc gộp nhóm ít phiếu vào nhóm khác"
        yield Finding(where(codes[0]), "K114", message, mend)


def _groups_may_be_told(told: Sequence[_Sample]) -> bool:
    """Whether the lines of single groups give nobody away, all criteria together."""
    published = [each for sample in told for each in (sample.whole, *sample.parts)]
    return given_away(published, _people(told)) is None


def _levels_apart(sample: _Sample, other: _Sample) -> bool:
    """Whether the spread of a part, taken from that of the whole, leaves no level that one to four answers fell on."""
    if not sample.whole.cells > other.whole.cells or sample.scale != other.scale:
        return True
    rest = (whole - part for (_, whole), (_, part) in zip(sample.levels(), other.levels(), strict=True))
    return not any(0 < count < FEWEST for count in rest)


def _people(told: Sequence[_Sample]) -> dict[Cell, frozenset[int]]:
    """Who answered what."""
    people: dict[Cell, frozenset[int]] = {}
    for sample in told:
        for cell, indexes in sample.cells().items():
            people[cell] = people.get(cell, frozenset()) | indexes
    return people


class _Sample:
    """The people whose answers count for one criterion."""

    def __init__(self, code: str, mapping: SurveyMapping, people: Sequence[Respondent]) -> None:
        self.code = code
        self.mapped = mapped = mapping.criteria[code]
        self.scale = mapping.scales[mapped.scale]
        self.groups = {
            name: group for name, group in mapping.groups.items() if not mapped.groups or name in mapped.groups
        }
        self.is_weighted = len(self.groups) > 1 and all(group.weight for group in self.groups.values())
        self.leaves_out = bool(mapping.respondents and mapping.respondents.leave_out)
        self.by_group: dict[str, dict[int, Answers]] = {name: {} for name in self.groups or ("",)}
        for index, person in enumerate(people):
            own = {asked[1]: level for asked, level in person.levels.items() if asked[0] == code}
            if own and person.group in self.by_group:
                self.by_group[person.group][index] = own

    @property
    def short(self) -> list[str]:
        """Groups with fewer answers than they need."""
        return [name for name in self.groups if len(self.by_group[name]) < self._needed(name)]

    def _needed(self, name: str) -> int:
        return self.groups[name].fewest or (FEWEST if self.is_weighted else 0)

    @property
    def told(self) -> dict[str, dict[int, Answers]]:
        """The groups that count."""
        short = self.short
        return {name: people for name, people in self.by_group.items() if name not in short and people}

    @property
    def indexes(self) -> set[int]:
        return {index for people in self.told.values() for index in people}

    @property
    def enough(self) -> bool:
        """Whether there are points at all."""
        return len(self.indexes) >= self.mapped.fewest and (self.leaves_out or not self.short)

    def cells(self, *only: str) -> dict[Cell, frozenset[int]]:
        """Who answered which question, group by group; of all groups that count, or of some."""
        return {
            (plain(question.headings[0]), name): frozenset(index for index, own in people.items() if at in own)
            for name, people in self.told.items()
            if not only or name in only
            for at, question in enumerate(self.mapped.questions)
        }

    @property
    def whole(self) -> Told:
        """What the criterion's points tell."""
        return Told(frozenset((self.code,)), frozenset(self.cells()))

    @property
    def parts(self) -> list[Told]:
        """What the lines of its groups tell."""
        told = set(self.told) - self.kept if len(self.groups) > 1 else set()
        return [Told(frozenset((self.code,)), frozenset(self.cells(name))) for name in sorted(told)]

    @property
    def kept(self) -> frozenset[str]:
        """The groups that have no line of their own."""
        return hidden({name: len(people) for name, people in self.told.items()})

    def findings(self, place: Place) -> list[Finding]:
        """Why there are no points, or which group they do without."""
        titles = ", ".join(self.groups[name].title for name in self.short)
        mend = "thu thêm phiếu; “toi_thieu” và “bo_nhom_thieu” trong survey-mapping.yml quy định mức cần có"
        if self.enough and titles:
            return [Finding(place, "K110", f"{self.code}: nhóm {titles} thiếu phiếu nên được bỏ ra", mend)]
        if self.enough:
            return []
        lack = f"cần ít nhất {self.mapped.fewest} phiếu"
        if titles and not self.leaves_out:
            lack = f"nhóm {titles} thiếu phiếu"
        return [Finding(place, "K110", f"{self.code} chưa có điểm: {lack}", mend)]

    def detail(self, maximum: Decimal, places: int, *, groups_told: bool, levels_told: bool) -> SurveyDetail:
        """The criterion's results as the workspace keeps them."""
        measured = self._measured()
        points, words = self.mapped.formula.points(measured.value, maximum)
        number = wording.number(len(self.indexes))
        told = self.mapped.formula.measure.words.lower()
        groups = " (cộng các nhóm theo trọng số)" if self.is_weighted else ""
        levels = merged(self.levels()) if levels_told else []
        return SurveyDetail.model_validate(
            {
                "so_phieu": str(len(self.indexes)),
                "diem": _text(_rounded(points, places)),
                "chi_so": self.mapped.formula.measure.value,
                "ty_le": _text(_rounded(measured.value * 100, 2)),
                "khoang_tin_cay": {
                    "tu": _text(_rounded(Fraction(measured.low) * 100, 2)),
                    "den": _text(_rounded(Fraction(measured.high) * 100, 2)),
                    "phuong_phap": measured.method.value,
                },
                "dien_giai": f"{number} phiếu, {told}{groups}: {words}",
                "phan_bo": tuple({"muc": title, "so": str(count)} for title, count in levels),
                "nhom": tuple(self._groups(told=groups_told)),
            }
        )

    def _measured(self) -> Measured:
        if not self.is_weighted:
            return measure(self.mapped, self.scale, [each for people in self.told.values() for each in people.values()])
        parts = []
        for name, people in self.told.items():
            weight = self.groups[name].weight
            assert weight is not None
            parts.append((weight, measure(self.mapped, self.scale, list(people.values()))))
        return weighted(parts)

    def levels(self) -> list[tuple[str, int]]:
        """How many answers each level has, all questions and groups together."""
        counts = Counter(
            level for people in self.told.values() for answers in people.values() for level in answers.values()
        )
        return [(level.title, counts[at]) for at, level in enumerate(self.scale.levels)]

    def _groups(self, *, told: bool) -> list[dict[str, Any]]:
        """The groups as far as they may be told; one alone is the whole, and needs no telling."""
        if len(self.groups) < 2:
            return []
        shown = set(self.told) - self.kept if told else set()
        return [
            {"ten": group.title} | (self._group(list(self.told[name].values())) if name in shown else {})
            for name, group in self.groups.items()
        ]

    def _group(self, people: list[Answers]) -> dict[str, str]:
        value = measure(self.mapped, self.scale, people).value
        return {"so_phieu": str(len(people)), "ty_le": _text(_rounded(value * 100, 2))}


def _rounded(value: Fraction, places: int) -> Decimal:
    return wording.round_half_up(value, places)


def _text(value: Decimal) -> str:
    return f"{value:f}"
