"""Checks of the appraisal: codes, points, the order of its days, and whether every question has its answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline import wording
from pipeline.checks.check import Examined
from pipeline.model.criteria_set import Criterion
from pipeline.model.finding import Finding, Place
from pipeline.model.year import Settings
from pipeline.scoring import LeafScore, State
from pipeline.workspace.reader import Located
from pipeline.workspace.tree import did_you_mean

if TYPE_CHECKING:
    from pipeline.model.appraisal import Appraisal, Round


@dataclass(frozen=True)
class _Told:
    """One round and where its parts stand."""

    located: Located[Appraisal]
    number: int
    round: Round
    leaves: dict[str, LeafScore]

    @property
    def title(self) -> str:
        return self.located.value.title(self.number)

    def place(self, *path: str | int) -> Place:
        """The place of a part of the round."""
        return self.located.place(*self.located.tree.resolve(("vong", str(self.number), *path)))


def appraisal(examined: Examined) -> Iterator[Finding]:
    """Every round by itself, then how the rounds follow each other, then what they come to."""
    located, criteria = examined.workspace.appraisal, examined.workspace.criteria_set
    if located is None or criteria is None or examined.scores is None:
        return
    branches = {node.criterion.code: node.criterion for node in criteria.value.walk() if node.criterion.rule is None}
    leaves = {leaf.criterion.code: leaf for leaf in examined.scores.leaves}
    rounds = [_Told(located, number, told, leaves) for number, told in located.value.rounds.items()]
    for told in rounds:
        yield from _codes(told, branches)
        yield from _points(told)
        yield from _days(told)
        yield from _closed(told)
        yield from _unasked(told)
    yield from _sequence(rounds)
    yield from _unanswered(located, examined.workspace.settings)
    yield from _outcome(located, leaves)


def _codes(told: _Told, branches: dict[str, Criterion]) -> Iterator[Finding]:
    for part, codes in (("ket_qua", told.round.verdicts), ("giai_trinh", told.round.explanations)):
        for code in codes:
            if code in branches:
                message = f"{code} có tiêu chí con nên không thẩm định hoặc giải trình trực tiếp"
                mend = f"ghi cho từng tiêu chí con: {', '.join(child.code for child in branches[code].children)}"
                yield Finding(told.place(part, code), "D340", message, mend)
            elif code not in told.leaves:
                mend = did_you_mean(code, list(told.leaves)) or "tra lại mã trong bộ tiêu chí"
                yield Finding(told.place(part, code), "D340", f"bộ tiêu chí không có tiêu chí {code}", mend)


def _points(told: _Told) -> Iterator[Finding]:
    for code, verdict in told.round.verdicts.items():
        yield from _bounded(told, code, verdict.points, "thẩm định", ("ket_qua", code, "diem"))
    for code, answers in told.round.explanations.items():
        for index, answer in enumerate(answers):
            path = ("giai_trinh", code, index, "diem_de_nghi")
            yield from _bounded(told, code, answer.points, "đơn vị đề nghị", path)


def _bounded(
    told: _Told, code: str, points: Decimal | None, whose: str, path: tuple[str | int, ...]
) -> Iterator[Finding]:
    leaf = told.leaves.get(code)
    if leaf is not None and points is not None and (fault := out_of_bounds(leaf.criterion, points)):
        yield Finding(told.place(*path), "D341", f"{code}: {whose} {wording.points(points)} điểm, {fault}", _LOOK)


_LOOK = "tra lại văn bản thẩm định và bộ tiêu chí"


def out_of_bounds(criterion: Criterion, points: Decimal) -> str:
    """In words which bound of the criterion these points break; empty when they keep both."""
    if points > criterion.maximum:
        return f"vượt tối đa {wording.number(criterion.maximum)}"
    return f"dưới mức tối thiểu {wording.number(criterion.minimum)}" if points < criterion.minimum else ""


def _days(told: _Told) -> Iterator[Finding]:
    """Nothing in a round comes before its appraisal."""
    start = told.round.day
    for path, day, what in _dated(told):
        if day < start:
            message = f"{what} ngày {wording.day(day)}, trước ngày thẩm định {wording.day(start)}"
            yield Finding(told.place(*path), "D344", message, "sửa ngày ghi nhầm, hoặc chuyển sang vòng trước")
    if told.round.closed and told.round.closed < start:
        message = f"{told.title} chốt ngày {wording.day(told.round.closed)}, trước ngày thẩm định {wording.day(start)}"
        yield Finding(told.place("chot"), "D344", message, "sửa ngày ghi nhầm")


def _closed(told: _Told) -> Iterator[Finding]:
    last = told.round.closed
    for path, day, what in _dated(told):
        if last and day > last:
            message = f"{what} ngày {wording.day(day)}, sau khi vòng chốt ngày {wording.day(last)}"
            mend = "nếu cơ quan thẩm định mở lại vòng thì sửa “chot”; nếu không, chuyển sang vòng sau"
            yield Finding(told.place(*path), "D346", message, mend)


def _dated(told: _Told) -> Iterator[tuple[tuple[str | int, ...], date, str]]:
    """Everything in a round that has a day of its own."""
    for code, verdict in told.round.verdicts.items():
        if verdict.day:
            yield ("ket_qua", code, "ngay"), verdict.day, f"{code}: ý kiến"
    for code, answers in told.round.explanations.items():
        for index, answer in enumerate(answers):
            yield ("giai_trinh", code, index, "ngay"), answer.day, f"{code}: giải trình"


def _unasked(told: _Told) -> Iterator[Finding]:
    for code in told.round.explanations:
        if code not in told.round.verdicts and code in told.leaves:
            message = f"{code}: {told.title[:1].lower()}{told.title[1:]} không có ý kiến nào về tiêu chí này"
            yield Finding(told.place("giai_trinh", code), "D343", message, "chuyển giải trình sang đúng vòng, đúng mã")


def _sequence(rounds: list[_Told]) -> Iterator[Finding]:
    for before, after in pairwise(rounds):
        last = max(before.round.day, before.round.closed or before.round.day)
        if after.round.day < last:
            day, done = wording.day(after.round.day), wording.day(last)
            message = f"{after.title} ngày {day}, trước khi vòng trước xong ngày {done}"
            yield Finding(after.place("ngay"), "D344", message, "sửa ngày ghi nhầm, hoặc đổi thứ tự các vòng")


def _unanswered(located: Located[Appraisal], settings: Located[Settings] | None) -> Iterator[Finding]:
    """What the latest round still waits for; an earlier one has been overtaken."""
    latest = len(located.value.rounds)
    for number, code in located.value.unanswered():
        if number != latest:
            continue
        leads = settings.value.leads(code) if settings else ()
        units = ", ".join(settings.value.units[name].title for name in leads) if settings else ""
        message = f"{code}: cơ quan thẩm định đề nghị giải trình, chưa có giải trình; chủ trì: {units or 'chưa giao'}"
        mend = f"thêm “giai_trinh: {{{code}: {{ngay: …, noi_dung: …}}}}” vào vòng {number}"
        yield Finding(located.place("vong", str(number), "ket_qua", code), "D342", message, mend)


def _outcome(located: Located[Appraisal], leaves: dict[str, LeafScore]) -> Iterator[Finding]:
    missing = []
    for code, leaf in leaves.items():
        ruling = located.value.ruling(code)
        if ruling is None:
            missing += [code] if leaf.maximum or leaf.group else []
            continue
        place = located.place("vong", str(ruling.round), "ket_qua", code, "diem")
        if leaf.state is State.NOT_APPLICABLE and ruling.points != leaf.points:
            message = f"{code}: đơn vị ghi không áp dụng, thẩm định cho {wording.points(ruling.points)} điểm"
            mend = "nếu đồng ý là không áp dụng thì bỏ “diem”; nếu không, tiêu chí được tính lại vào điểm tối đa"
            yield Finding(place, "D347", message, mend)
        elif leaf.points is not None and ruling.points != leaf.points and not ruling.reason:
            message = f"{code}: tự chấm {wording.points(leaf.points)} điểm, thẩm định {wording.points(ruling.points)}"
            mend = "hỏi lại cơ quan thẩm định rồi thêm “y_kien: …”"
            yield Finding(place, "D345", message, mend)
    if missing and located.value.rounds:
        message = f"{len(missing)} tiêu chí chưa có điểm thẩm định, giữ điểm tự chấm: {wording.some_of(missing)}"
        yield Finding(
            located.place("vong"), "D348", message, "không cần làm gì nếu cơ quan thẩm định đồng ý với điểm đó"
        )
