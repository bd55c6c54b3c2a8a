"""From the tree of rows to a criteria set: rules, sums, and what the annex does not say."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import Any

from pydantic import ValidationError

from pipeline import wording
from pipeline.annex.bands import read_bands
from pipeline.annex.cells import Doubts, one_line, plain, slug
from pipeline.annex.deductions import group_of, read_deduction
from pipeline.annex.exemption import exemption
from pipeline.annex.forms import read_scoring
from pipeline.annex.lines import words
from pipeline.annex.outline import Draft, Outline
from pipeline.annex.reading import Asked, Reading
from pipeline.model.criteria_set import Criterion, Group

BANDS = {"theo": "ty_le", "bac": [{"ten": "Chưa xếp loại", "tu": "0"}]}
"""One band for everything, until an officer copies the decision's own."""

DEEPEST = 24
"""No declaration of ours nests deeper."""

_NAME = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
_ISSUED = re.compile(
    r"\(?\s*(?:ban hành\s+)?kèm theo\s+"
    r"(?P<issued>(?:quyết định|thông tư|kế hoạch|công văn|nghị quyết|hướng dẫn)\b[^)]*)",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"^(?:bộ\s+tiêu chí|tiêu chí|bảng\s+(?:tiêu chí|điểm)|bộ chỉ số|chỉ số|quy định)\b.{8,}", re.IGNORECASE
)


@dataclass(frozen=True)
class Told:
    """What the person who imports says about the set as a whole; it goes before what the file says."""

    code: str = ""
    title: str = ""
    issued: str = ""


def compose(outline: Outline, told: Told, doubts: Doubts) -> dict[str, Any]:
    """The set as the plain values of its YAML file."""
    leaves = _Leaves(doubts)
    areas = [leaves.criterion(area, survey=area.survey) for area in outline.areas]
    total = _total(outline, doubts)
    survey = sum((leaf for leaf in leaves.surveyed), Decimal(0))
    if leaves.unnamed:
        message = f"tên gọi và tên số liệu của {leaves.unnamed} tiêu chí do máy đặt theo lời văn"
        mend = "đọc lại so_lieu của từng tiêu chí; tên gọi là câu hỏi mà cán bộ sẽ thấy khi nhập số liệu"
        doubts.of_file("N815", message, mend)
    head = _head(outline, told, doubts)
    sums = {"tong_diem": wording.typed(total)} | ({"diem_dieu_tra": wording.typed(survey)} if survey else {})
    known = {key: value for key, value in head.items() if value not in ("", None)}
    return {**_ordered(known, sums), "linh_vuc": areas}


def _ordered(head: Mapping[str, Any], sums: Mapping[str, Any]) -> dict[str, Any]:
    """Names first, then sums and how they are rounded and banded; sums that the file tells itself stand."""
    first = {key: head[key] for key in ("ma", "ten", "minh_hoa", "ban_hanh", "ghi_chu") if key in head}
    rest = {key: value for key, value in head.items() if key not in first and key != "linh_vuc"}
    return {**first, **({} if "tong_diem" in rest else sums), **rest}


def _head(outline: Outline, told: Told, doubts: Doubts) -> dict[str, Any]:
    """Everything above the areas."""
    head: dict[str, Any] = {key: _machine_value(value) for key, value in outline.details.items()}
    given = {"ma": told.code, "ten": told.title, "ban_hanh": told.issued}
    head |= {key: value for key, value in given.items() if value}
    named = str(head.get("ma", doubts.name.rpartition(".")[0]))
    head["ma"] = named if _NAME.fullmatch(named) else slug(named[:80], words=12, joint="-") or "bo-tieu-chi"
    if "ten" not in head:
        head["ten"] = _found_title(outline) or _guessed(
            doubts, f"Bộ tiêu chí {head['ma']}", "tên bộ tiêu chí", "sửa “ten”, hoặc nhập lại với --title"
        )
    if "ban_hanh" not in head:
        head["ban_hanh"] = _found_issued(outline) or _guessed(
            doubts, "Chưa rõ văn bản ban hành", "văn bản ban hành", "sửa “ban_hanh”, hoặc nhập lại với --issued"
        )
    if "xep_loai" not in head:
        head["xep_loai"] = _bands(outline, doubts)
    return head


def _bands(outline: Outline, doubts: Doubts) -> dict[str, Any]:
    """The bands that the file tells in words, else one for everything."""
    found = read_bands(outline.remarks)
    if found is None:
        message = "phụ lục không có bảng xếp loại đọc được; tạm ghi một bậc “Chưa xếp loại”"
        doubts.of_file("N812", message, "chép các bậc xếp loại của quyết định vào “xep_loai”, và xem lại “lam_tron”")
        return BANDS
    scale = "tỷ lệ phần trăm" if found.declared["theo"] == "ty_le" else "điểm"
    unsaid = "" if found.sure_of_scale else " (văn bản không nói rõ theo điểm hay theo tỷ lệ)"
    message = f"bảng xếp loại đọc từ lời văn, theo {scale}{unsaid}: {_short(' | '.join(found.words))}"
    doubts.of_file("N816", message, "đối chiếu “xep_loai” với quyết định: tên bậc, mức bắt đầu, theo điểm hay tỷ lệ")
    return found.declared


def _guessed(doubts: Doubts, value: str, what: str, mend: str) -> str:
    doubts.of_file("N812", f"không tìm thấy {what}; tạm ghi “{value}”", mend)
    return value


def _found_title(outline: Outline) -> str:
    lines = [one_line(line) for line in outline.preface]
    return next((line[:400] for line in lines if _TITLE.match(line)), "")


def _found_issued(outline: Outline) -> str:
    found = next((found for line in outline.preface if (found := _ISSUED.search(one_line(line)))), None)
    text = found["issued"].strip(" .;") if found else ""
    return text[:1].upper() + text[1:400]


def _total(outline: Outline, doubts: Doubts) -> Decimal:
    counted = [area for area in outline.areas if area.machine or not (area.children and group_of(area.title))]
    added = sum((area.maximum or Decimal(0) for area in counted), Decimal(0))
    if outline.total is None or outline.total_at is None:
        return added
    if added != outline.total:
        printed, summed = wording.typed(outline.total), wording.typed(added)
        message = f"tổng điểm in là {printed}, các lĩnh vực cộng lại {summed}; giữ số đã in"
        doubts.at(*outline.total_at, "N809", message, "đối chiếu với bản gốc, hỏi cơ quan ban hành nếu bản gốc sai")
    return outline.total


class _Leaves:
    """Turns drafts into criteria and counts what the set as a whole must be told."""

    def __init__(self, doubts: Doubts) -> None:
        self.doubts = doubts
        self.surveyed: list[Decimal] = []
        self.unnamed = 0

    def criterion(self, draft: Draft, *, survey: bool) -> dict[str, Any]:
        """One criterion with all below it; a survey mark on it holds for all of them."""
        group = group_of(draft.title) if draft.children and not draft.machine else None
        if group:
            return self._beside(draft, group)
        survey = survey or draft.survey or (bool(draft.children) and _is_survey(draft)) or self._named_survey(draft)
        if not draft.children:
            return self._leaf(draft, survey=survey)
        children = [self.criterion(child, survey=survey) for child in draft.children]
        machine = self._machine(draft)
        if machine is None or draft.maximum is None:
            self._sum(draft)
        if machine is None:
            machine = _guidance([] if survey else draft.scoring, draft.notes)
        plain_values = {"ma": draft.code, "ten": draft.title, "diem_toi_da": wording.typed(draft.maximum or Decimal(0))}
        return {**plain_values, **machine, "tieu_chi": children}

    def _beside(self, draft: Draft, group: Group) -> dict[str, Any]:
        """A group of bonus or deduction: its points stand beside the maximum, its name says which it is."""
        kind = "thưởng" if group is Group.BONUS else "trừ"
        message = f"{draft.code}: tên là “{_short(draft.title)}” nên ghi là nhóm điểm {kind}, ngoài tổng điểm tối đa"
        self._doubt(draft, "N811", message, "nếu điểm này nằm trong tổng điểm tối đa, bỏ dòng “nhom”")
        if group is Group.BONUS:
            rows = [self.criterion(child, survey=False) for child in draft.children]
        else:
            rows = [self._deduction(child) for child in draft.children]
        return {"ma": draft.code, "ten": draft.title, "nhom": group.value, **_bounds_of(draft, group), "tieu_chi": rows}

    def _deduction(self, draft: Draft) -> dict[str, Any]:
        """A row that takes points off: fixed, or per occurrence; what is not understood is judged by hand."""
        bounds = _bounds_of(draft, Group.DEDUCTION)
        if draft.children:
            rows = [self._deduction(child) for child in draft.children]
            return {"ma": draft.code, "ten": draft.title, **bounds, "tieu_chi": rows}
        read = read_deduction(Asked(plain(draft.text or draft.title), Decimal(0), draft.title))
        if read is None:
            message = f"{draft.code}: không nhận ra cách trừ điểm “{_short(draft.text)}”; ghi chấm tay, giữ nguyên văn"
            self._doubt(
                draft, "N810", message, "khai báo lại “cach_cham” theo nguyên văn; các dạng có trong trang quy ước"
            )
            reading = Reading({"loai": "cham_tay"})
        else:
            reading, least = read
            bounds["diem_toi_thieu"] = bounds["diem_toi_thieu"] if least is None else wording.typed(least)
        self.unnamed += bool(reading.labels)
        return {"ma": draft.code, "ten": draft.title, **bounds, **_declared(draft, reading)}

    def _named_survey(self, draft: Draft) -> bool:
        """An area or criterion whose name says that it is surveyed, while nothing in its rows says otherwise."""
        silent = not any(leaf.text or leaf.machine for leaf in draft.walk())
        if not silent or not re.search(r"điều tra xã hội học|đtxhh", draft.title, re.IGNORECASE):
            return False
        message = f"{draft.code}: không có cách chấm; tên có “điều tra xã hội học” nên ghi là điểm điều tra"
        self._doubt(draft, "N811", message, "nếu phải tự chấm, khai báo lại “cach_cham”")
        return True

    def _sum(self, draft: Draft) -> None:
        """Compare with the children; what is printed stays, what is not printed is their sum.

        Our own export tells bonus groups and the like, so its sums are left to the checks of the set.
        """
        counted = [child for child in draft.children if not (child.children and group_of(child.title))]
        added = sum((child.maximum or Decimal(0) for child in counted), Decimal(0))
        if draft.maximum is None:
            message = f"{draft.code}: không có điểm tối đa; lấy tổng của các tiêu chí con là {wording.typed(added)}"
            self._doubt(draft, "N808", message, "đối chiếu với bản gốc")
            draft.maximum = added
        elif added != draft.maximum:
            printed, summed = wording.typed(draft.maximum), wording.typed(added)
            message = f"{draft.code}: in {printed} điểm, tiêu chí con cộng lại {summed}; giữ số đã in"
            self._doubt(draft, "N809", message, "đối chiếu với bản gốc, hỏi cơ quan ban hành nếu bản gốc sai")

    def _leaf(self, draft: Draft, *, survey: bool) -> dict[str, Any]:
        if draft.maximum is None:
            draft.maximum = self._highest(draft)
        values = {"ma": draft.code, "ten": draft.title, "diem_toi_da": wording.typed(draft.maximum)}
        machine = self._machine(draft)
        if machine is not None:
            if isinstance(rule := machine.get("cach_cham"), dict) and rule.get("loai") == "dieu_tra":
                self.surveyed.append(draft.maximum)
            return {**values, **machine}
        reading = self._reading(draft, survey=survey)
        if reading.rule["loai"] == "dieu_tra":
            self.surveyed.append(draft.maximum)
        self.unnamed += bool(reading.labels)
        return {**values, **_declared(draft, reading)}

    def _highest(self, draft: Draft) -> Decimal:
        """The best step's points stand in for a maximum that is not printed."""
        points = [
            Decimal(each.replace(",", "."))
            for each in re.findall(r"[:=]\s*(\d{1,4}(?:[.,]\d{1,2})?)(?!\d*%)", draft.text)
        ]
        highest = max(points, default=Decimal(0))
        message = f"{draft.code}: không có điểm tối đa; tạm ghi {wording.typed(highest)}"
        self._doubt(draft, "N808", message, "ghi điểm tối đa theo bản gốc vào “diem_toi_da”")
        return highest

    def _machine(self, draft: Draft) -> dict[str, Any] | None:
        """The declaration that our own export wrote beside the words, while it still means these words."""
        if not draft.machine:
            return None
        told = _machine_value(draft.machine)
        if isinstance(told, dict) and _means(told, draft):
            return told
        message = f"{draft.code}: lời văn đã khác với cột “Khai báo (máy đọc)”; đọc theo lời văn"
        self._doubt(draft, "N813", message, "so lại tiêu chí này với bản đã xuất")
        return None

    def _reading(self, draft: Draft, *, survey: bool) -> Reading:
        assert draft.maximum is not None
        if survey and (not draft.text or _is_survey(draft)):
            return Reading({"loai": "dieu_tra"})
        if not draft.text:
            message = f"{draft.code}: không có cách chấm; ghi chấm tay"
            self._doubt(draft, "N810", message, "chép cách chấm của quyết định vào “cach_cham”")
            return Reading({"loai": "cham_tay"})
        reading = read_scoring(Asked(plain(draft.text), draft.maximum, draft.title))
        if reading is None:
            message = f"{draft.code}: không nhận ra cách chấm “{_short(draft.text)}”; ghi chấm tay, giữ nguyên văn"
            self._doubt(
                draft, "N810", message, "khai báo lại “cach_cham” theo nguyên văn; các dạng có trong trang quy ước"
            )
            return Reading({"loai": "cham_tay"})
        for doubt in reading.doubts:
            self._doubt(
                draft, "N811", f"{draft.code}: {doubt}", "đối chiếu với nguyên văn; sửa “cach_cham” nếu hiểu sai"
            )
        return reading

    def _doubt(self, draft: Draft, code: str, message: str, mend: str) -> None:
        self.doubts.at(draft.table, draft.row, code, message, mend)


def _bounds_of(draft: Draft, group: Group) -> dict[str, str]:
    """How far a row beside the maximum goes; a deduction's printed points are its least, with or without a minus."""
    if group is Group.BONUS:
        added = sum((child.maximum or Decimal(0) for child in draft.children), Decimal(0))
        return {"diem_toi_da": wording.typed(draft.maximum or added)}
    least = draft.least if draft.least is not None else -draft.maximum if draft.maximum else None
    return {"diem_toi_da": "0", "diem_toi_thieu": "khong_gioi_han" if least is None else wording.typed(least)}


def _is_survey(draft: Draft) -> bool:
    reading = read_scoring(Asked(plain(draft.text), draft.maximum or Decimal(0), draft.title)) if draft.text else None
    return reading is not None and reading.rule["loai"] == "dieu_tra"


def _declared(draft: Draft, reading: Reading) -> dict[str, Any]:
    declared: dict[str, Any] = {"cach_cham": dict(reading.rule)}
    if reading.labels:
        declared["so_lieu"] = dict(reading.labels)
    if draft.text:
        declared["nguyen_van"] = plain(draft.text)
    if proof := split_proof(draft.proof):
        declared["tai_lieu_kiem_chung"] = proof
    if not_applicable := reading.not_applicable or exemption("\n".join(draft.notes)):
        declared["khong_ap_dung"] = not_applicable
    return declared | _guidance([], draft.notes)


def _guidance(scoring: Sequence[str], notes: Sequence[str]) -> dict[str, str]:
    text = plain("\n".join(dict.fromkeys([*scoring, *notes])))
    return {"huong_dan": text} if text else {}


def split_proof(texts: Sequence[str]) -> list[str]:
    """The documents asked for, one each."""
    parts = [part for text in texts for part in re.split(r"[;\n]", plain(text))]
    bare = [re.sub(r"^\s*(?:[-–+•*]|\d{1,2}[.)](?=\s))\s*", "", part).strip(" .") for part in parts]
    return list(dict.fromkeys(part for part in bare if part))


def _means(told: Mapping[str, Any], draft: Draft) -> bool:
    """Whether a declaration would print the very words of its row, and tells nothing that other columns tell."""
    title = told.get("ten", draft.title)
    if one_line(str(title)) != draft.title or {"ma", "diem_toi_da", "tieu_chi"} & set(told):
        return False
    values = {**told, "ma": draft.code, "ten": title, "diem_toi_da": wording.typed(draft.maximum or Decimal(0))}
    if draft.children:
        values |= {"tieu_chi": [{"ma": "1", "ten": "1", "diem_toi_da": "0", "cach_cham": {"loai": "cham_tay"}}]}
    try:
        criterion = Criterion.model_validate(values)
    except ValidationError:
        return False
    return words(criterion) == (plain(draft.text), plain("\n".join(draft.proof)), plain("\n".join(draft.notes)))


def _machine_value(text: str) -> Any:
    """A value of our own export: JSON for groups and lists, else the text itself."""
    if text[:1] not in ("{", "[", '"') or _depth(text) > DEEPEST:
        return text
    try:
        value = json.loads(text, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return text
    return value


def _depth(text: str) -> int:
    """How deep brackets nest, those inside texts counted as well."""
    return max(accumulate((letter in "{[") - (letter in "}]") for letter in text), default=0)


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= 80 else f"{line[:79]}…"
