"""Scoring texts that are ladders: of percentages, of counts, of days late."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from pipeline import wording
from pipeline.annex.clauses import Clause, clauses
from pipeline.annex.ranges import Range, read_range
from pipeline.annex.reading import Asked, Labels, Reading

_REST = re.compile(
    r"^(?:(?:các )?trường hợp (?:khác|còn lại)|còn lại|dưới (?:các )?mức (?:trên|này)|khác|không đạt"
    r"|(?:không|chưa) (?:có|đạt|hoàn thành|thực hiện|phát sinh).{0,40}|không|chưa)$",
    re.IGNORECASE,
)
_LATE = re.compile(r"chậm|muộn|trễ|quá hạn|sau (?:thời )?hạn", re.IGNORECASE)
_IN_TIME = re.compile(
    r"(?<!không )(?<!chưa )(?:đúng (?:thời )?hạn|kịp thời|đúng thời gian|trước (?:thời )?hạn|trước ngày"
    r"|không (?:bị )?(?:chậm|muộn|trễ)|chậm nhất|không muộn hơn|trong (?:thời )?hạn)",
    re.IGNORECASE,
)
_NOT_IN_TIME = re.compile(r"(?:không|chưa) (?:đảm bảo )?(?:đúng (?:thời )?hạn|kịp thời|đúng thời gian)", re.IGNORECASE)
_COUNTED = re.compile(r"ngày\s*$|\d\s*ngày|^\W*(?:từ|đến|trên|dưới|\d)", re.IGNORECASE)
_DUE = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})(/\d{4})?(?!\d)")
_NEXT_YEAR = re.compile(r"năm (?:sau|kế tiếp|liền kề sau|tiếp theo)", re.IGNORECASE)
_LAST_YEAR = re.compile(r"năm (?:trước|liền trước)", re.IGNORECASE)
_IDLE = frozenset(
    (
        *("co", "dat", "ty", "ti", "le", "so", "tong", "duoc", "la", "hoan", "thanh", "thuc", "hien"),
        *("tu", "den", "duoi", "tren", "muc", "cua", "trong", "voi"),
    )
)
"""Words that all steps of a ladder may add without speaking of another thing."""


class Rung(NamedTuple):
    """One step: its range and its points."""

    range: Range
    points: Decimal


def percent_steps(asked: Asked) -> Reading | None:
    """Shape 3, and nothing else when every condition is a percentage."""
    found = clauses(asked.text)
    if not found or not any("%" in each.words for each in found):
        return None
    ladder, rest = _rungs(found)
    if not ladder or any("%" not in each.words for each in found if each not in rest):
        return None
    doubts: list[str] = []
    rungs = [_whole(rung) for rung in ladder]
    if None in rungs or not _same_subject([rung.range.words for rung in ladder]):
        return None
    steps = [rung for rung in rungs if rung]
    if any((bound or 0) > 100 for rung in steps for bound in (rung.range.low, rung.range.high)):
        return None
    steps += _lowest(steps, rest, doubts, unit="%")
    labels = Labels()
    part, whole = ratio_labels(asked.title)
    rule = {"loai": "bac_ty_le", "tu_so": labels.name(part), "mau_so": labels.name(whole), "bac": _declared(steps)}
    return Reading(rule, labels.labels, tuple(doubts))


def _whole(rung: Rung) -> Rung | None:
    """A rung of percentages; the bare number 100 means all of it, any other bare number nothing certain."""
    if not rung.range.exact:
        return rung
    value = rung.range.at_least
    if value == 100:
        return Rung(replace(rung.range, at_most=None), rung.points)
    return Rung(replace(rung.range, at_least=None), rung.points) if value == 0 else None


def ratio_labels(title: str) -> tuple[str, str]:
    """Labels of part and whole of a percentage, from the title of its criterion."""
    bare = re.sub(r"^(?:tỷ|tỉ) lệ\s+(?:phần trăm\s+)?(?:\(%\)\s*)?", "", title, flags=re.IGNORECASE)
    if bare != title:
        return f"Số {wording.lower_first(bare)}", f"Tổng số để tính tỷ lệ {wording.lower_first(bare)}"
    return f"Số đã thực hiện: {wording.lower_first(title)}", f"Tổng số phải thực hiện: {wording.lower_first(title)}"


def count_steps(asked: Asked) -> Reading | None:
    """Shape 4, when every condition is a whole number of the same things."""
    found = clauses(asked.text)
    if not found or "%" in asked.text or _LATE.search(asked.text):
        return None
    ladder, rest = _rungs(found)
    if not ladder or len(ladder) + len(rest) < 2 or (len(ladder) == 1 and ladder[0].range.exact):
        return None
    if not _same_subject([rung.range.words for rung in ladder]):
        return None
    if any(bound % 1 for rung in ladder for bound in (rung.range.low, rung.range.high) if bound is not None):
        return None
    doubts: list[str] = []
    ladder = _open_top(ladder, asked.maximum, doubts)
    ladder += _lowest(ladder, rest, doubts, unit="")
    labels = Labels()
    rule = {"loai": "bac_so_luong", "so_lieu": labels.name(_count_label(asked.title)), "bac": _declared(ladder)}
    return Reading(rule, labels.labels, tuple(doubts))


def _count_label(title: str) -> str:
    return title if wording.fold(title).startswith("so ") else f"Số lượng: {wording.lower_first(title)}"


def _open_top(ladder: list[Rung], maximum: Decimal, doubts: list[str]) -> list[Rung]:
    """The best step has no end, also when it is printed as one number."""
    best = max(ladder, key=lambda rung: rung.range.low if rung.range.low is not None else Decimal(-1))
    if not best.range.exact or best.points != maximum or best.range.at_least is None:
        return ladder
    value = wording.typed(best.range.at_least)
    doubts.append(f"mức cao nhất ghi đúng {value}; đọc là từ {value} trở lên")
    opened = Rung(replace(best.range, at_most=None), best.points)
    return [opened if rung is best else rung for rung in ladder]


def _rungs(found: Sequence[Clause]) -> tuple[list[Rung], list[Clause]]:
    """Clauses with a range, and those that stand for the rest; no rungs when a clause is neither."""
    rungs: list[Rung] = []
    rest: list[Clause] = []
    for each in found:
        if (span := read_range(each.words)) is not None:
            rungs.append(Rung(span, each.points))
        elif _REST.match(each.words):
            rest.append(each)
        else:
            return [], []
    return (rungs, rest) if len(rest) <= 1 else ([], [])


def _lowest(ladder: Sequence[Rung], rest: Sequence[Clause], doubts: list[str], *, unit: str) -> Iterator[Rung]:
    """The step below all others, as the words for the rest say, or nothing with a doubt when there are none."""
    bottom = min(ladder, key=lambda rung: Decimal(-1) if rung.range.low is None else rung.range.low)
    low = bottom.range.low
    if low is None or low == 0:
        return
    below = Range(at_most=low) if bottom.range.above is not None else Range(below=low)
    if not rest:
        doubts.append(f"văn bản không nêu mức dưới {wording.typed(low)}{unit}; đã ghi 0 điểm")
    yield Rung(below, rest[0].points if rest else Decimal(0))


def _same_subject(words: Sequence[str]) -> bool:
    """Whether all steps speak of the same thing: what else they say is the same, or left out."""
    spoken = [set(wording.fold(each).split()) - _IDLE for each in words]
    told = [each for each in spoken if each]
    widest = max(told, key=len, default=set())
    return all(len(each & widest) * 2 >= len(each) for each in told)


def _declared(ladder: Sequence[Rung]) -> list[dict[str, str]]:
    return [_step(rung) for rung in ladder]


def _step(rung: Rung) -> dict[str, str]:
    span = rung.range
    bounds = {"tu": span.at_least, "tren": span.above, "den": span.at_most, "duoi": span.below}
    step = {key: wording.typed(bound) for key, bound in bounds.items() if bound is not None}
    return {**step, "diem": wording.typed(rung.points)}


def days_late(asked: Asked) -> Reading | None:
    """Shape 5, when the deadline is told by day and month."""
    found = clauses(re.sub(r"(?i)^hạn [^;]*;\s*", "", asked.text))
    due = _DUE.search(asked.text) or _DUE.search(asked.title)
    words = f"{asked.text} {asked.title}"
    if not found or not due or not _LATE.search(asked.text) or _LAST_YEAR.search(words):
        return None
    if len({(day, month) for day, month, _ in _DUE.findall(words)}) > 1:
        return None
    doubts: list[str] = []
    ladder = _late_rungs(found, doubts)
    if ladder is None:
        return None
    doubts += _about_the_day(words, due)
    labels = Labels()
    rule: dict[str, object] = {
        "loai": "bac_ngay_tre",
        "ngay": labels.name(f"Ngày hoàn thành: {wording.lower_first(asked.title)}"),
    }
    rule["han"] = f"{int(due[1]):02d}/{int(due[2]):02d}"
    if _NEXT_YEAR.search(words):
        rule["nam_sau"] = "có"
    return Reading({**rule, "bac": _declared(ladder)}, labels.labels, tuple(doubts))


def _about_the_day(words: str, due: re.Match[str]) -> Iterator[str]:
    if due[3]:
        yield f"hạn ghi cả năm ({due[0]}); đọc là ngày {due[1]}/{due[2]} của năm đánh giá"
    if re.search(rf"trước (?:ngày )?{re.escape(due[0])}", words, re.IGNORECASE):
        yield f"“trước ngày {due[0]}” được đọc là không muộn hơn ngày {due[1]}/{due[2]}"


def _late_rungs(found: Sequence[Clause], doubts: list[str]) -> list[Rung] | None:
    """Steps in days: in time, late by so many, and everything later."""
    rungs: list[Rung] = []
    later: list[Clause] = []
    for each in found:
        words, dated = _DUE.sub("", each.words), bool(_DUE.search(each.words))
        span = read_range(words) if _COUNTED.search(words) else None
        if _NOT_IN_TIME.search(words) or (span is None and _is_late(words, dated=dated)):
            later.append(each)
        elif span is not None:
            rungs.append(Rung(_from_one(span, words, doubts), each.points))
        elif dated or _IN_TIME.search(words):
            rungs.append(Rung(Range(at_most=Decimal(0)), each.points))
        elif each.negative and each.points == 0:
            doubts.append(f"“{each.words}: 0” không phải số ngày chậm nên không ghi thành bậc")
        else:
            return None
    return _and_later(rungs, later)


def _is_late(words: str, *, dated: bool) -> bool:
    late = _LATE.search(words) and not _IN_TIME.search(words)
    return bool(late) or (dated and bool(re.search(r"\bsau\b", words, re.IGNORECASE)))


def _from_one(span: Range, words: str, doubts: list[str]) -> Range:
    """Days late count from one: `chậm dưới 15 ngày` begins with the first; `đến 0 ngày` is in time."""
    if span.exact and span.at_most:
        doubts.append(f"“{words}” được đọc là chậm từ 1 đến {wording.typed(span.at_most)} ngày")
        return Range(at_least=Decimal(1), at_most=span.at_most)
    return replace(span, at_least=Decimal(1)) if span.low is None and (span.high or 0) > 0 else span


def _and_later(rungs: list[Rung], later: list[Clause]) -> list[Rung] | None:
    """Being late without a number of days is being later than all steps."""
    if len(later) > 1 or not rungs:
        return None
    if later:
        latest = max(rungs, key=lambda rung: rung.range.high if rung.range.high is not None else Decimal(-1)).range
        beyond = Range(above=latest.at_most) if latest.at_most is not None else Range(at_least=latest.below)
        if latest.at_most == 0:
            beyond = Range(at_least=Decimal(1))
        return [*rungs, Rung(beyond, later[0].points)] if latest.high is not None else None
    return rungs
