"""Every form of scoring text that is known, one function each, and the one list of all.

A form gives a reading only for text that it understands to the last word; where it takes something to be meant
without being said, the reading carries a doubt. Text that no form understands is judged by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from pipeline import wording
from pipeline.annex.cells import one_line, slug
from pipeline.annex.clauses import NUMBER, Clause, clauses, pieces
from pipeline.annex.exemption import without_exemption
from pipeline.annex.ladders import count_steps, days_late, percent_steps, ratio_labels
from pipeline.annex.reading import Asked, Labels, Reading, retyped

_SURVEY = re.compile(
    r"^(?:theo )?(?:kết quả )?(?:điều tra|khảo sát) (?:xã hội học|xhh)|^đtxhh\b|^txhh\b", re.IGNORECASE
)
_BY_HAND = re.compile(r"^(?:đánh giá theo thực tế|chấm (?:tay|theo thực tế))\b", re.IGNORECASE)
_EACH = r"(?:cứ\s+)?(?:mỗi|một|01|1)"
_PER_ITEM = (
    re.compile(
        rf"^(?:cứ\s+)?mỗi\s+(?P<what>[^.;:\d]+?)[\s:,]*(?:thì\s+)?(?:được\s+)?(?:tính|cộng|chấm|cho)?\s*\+?(?P<each>{NUMBER})\s*(?:điểm|đ)\b"
        rf"(?P<more>.*)$",
        re.IGNORECASE | re.DOTALL,
    ),
)
_CAP = re.compile(rf"(?:tối đa|không quá|nhưng không vượt quá|cao nhất)\D{{0,30}}?(?P<cap>{NUMBER})", re.IGNORECASE)
_DEDUCTED = (
    re.compile(
        rf"trừ\s+(?P<each>{NUMBER})\s*(?:điểm|đ)?\s*(?:cho\s+|đối với\s+|/)?\s*{_EACH}\s+(?P<what>[^.;\d]+)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_EACH}\s+(?P<what>[^.;:\d]+?)[\s:,]*(?:thì\s+)?(?:bị\s+)?trừ\s+(?P<each>{NUMBER})(?:\s*(?:điểm|đ)\b|$)",
        re.IGNORECASE,
    ),
)
_NOT_BELOW = re.compile(
    r"[\s,;(]*(?:nhưng\s+)?(?:không (?:dưới 0|âm|trừ quá)|tối đa không quá|cho đến (?:khi )?hết)[^;.]*[.)]*$",
    re.IGNORECASE,
)
_RATIO = re.compile(r"t[ỷỉ] lệ", re.IGNORECASE)
_FACTOR = re.compile(rf"(?:[x×*]|nhân(?: với)?)\s*(?:\(?\s*)(?P<factor>điểm (?:tối đa|chuẩn)|{NUMBER})", re.IGNORECASE)
_FACTOR_FIRST = re.compile(
    rf"(?P<factor>điểm (?:tối đa|chuẩn)|{NUMBER})\s*(?:điểm)?\s*(?:[x×*]|nhân(?: với)?)\s*\(?\s*t[ỷỉ] lệ", re.IGNORECASE
)
_DIVISOR = re.compile(rf"(?:/|:|÷|chia(?: cho)?)\s*(?P<divisor>{NUMBER})\s*%?", re.IGNORECASE)
_FRACTION = re.compile(
    r"^(?:(?:số )?điểm(?: đạt được)?\s*[=:]\s*)?[(\[]?\s*(?P<part>số [^/÷×*()\d:]+?)\s*[/÷:]"
    r"\s*(?P<whole>(?:tổng )?số [^/÷×*()\d:]+?)"
    rf"\s*[)\]]?\s*[x×*]\s*(?P<factor>điểm (?:tối đa|chuẩn)|{NUMBER})(?:\s*điểm)?\.?$",
    re.IGNORECASE,
)
_IN_PROPORTION = re.compile(r"(?:tính|chấm)?\s*(?:điểm\s*)?theo t[ỷỉ] lệ(?: phần trăm| %)?", re.IGNORECASE)

LONGEST = 3_000
"""Letters of a scoring text; what is longer is no form that anybody knows."""


def read_scoring(asked: Asked) -> Reading | None:
    """The rule that a scoring text tells; None when no known form understands all of it."""
    if len(asked.text) > LONGEST:
        return None
    text, not_applicable = without_exemption(asked.text)
    rest = Asked(text, asked.maximum, asked.title)
    reading = next((reading for form in FORMS if (reading := form(rest)) is not None), None)
    if reading is None:
        return None
    return Reading(reading.rule, reading.labels, reading.doubts, not_applicable)


def surveyed(asked: Asked) -> Reading | None:
    """Shape 19."""
    return Reading({"loai": "dieu_tra"}) if _SURVEY.match(asked.text.strip("() ")) else None


def by_hand(asked: Asked) -> Reading | None:
    """Shape 23, where the text itself says so."""
    return Reading({"loai": "cham_tay"}) if _BY_HAND.match(asked.text) else None


def per_item(asked: Asked) -> Reading | None:
    """Shape 10."""
    found = next((found for form in _PER_ITEM if (found := form.match(one_line(asked.text)))), None)
    if not found or re.search(r"\btrừ\b", asked.text, re.IGNORECASE):
        return None
    cap = _CAP.search(found["more"])
    rest = found["more"][: cap.start()] + found["more"][cap.end() :] if cap else found["more"]
    if not _idle(rest):
        return None
    labels = Labels()
    rule = {
        "loai": "moi_don_vi",
        "so_lieu": labels.name(f"Số {wording.lower_first(found['what'].strip())}"),
        "diem": retyped(found["each"]),
    }
    doubts = []
    if cap and wording.read_decimal(cap["cap"]) != asked.maximum:
        most = wording.typed(asked.maximum)
        doubts.append(f"văn bản ghi tối đa {cap['cap']}, khác điểm tối đa {most}; lấy điểm tối đa")
    return Reading(rule, labels.labels, tuple(doubts))


def deducted(asked: Asked) -> Reading | None:
    """Shape 15 inside a criterion."""
    text = _NOT_BELOW.sub("", one_line(asked.text))
    found = next((found for form in _DEDUCTED if (found := form.search(text))), None)
    if not found or len(re.findall(r"\btrừ\b", text, re.IGNORECASE)) != 1:
        return None
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    full = clauses(rest.strip(" ;,.")) if not _idle(rest) else []
    if full is None or any(each.points != asked.maximum for each in full) or len(full) > 1:
        return None
    labels = Labels()
    rule = {
        "loai": "tru_diem",
        "so_lieu": labels.name(f"Số {wording.lower_first(found['what'].strip(' ,'))}"),
        "tru": retyped(found["each"]),
    }
    return Reading(rule, labels.labels)


def proportional(asked: Asked) -> Reading | None:
    """Shapes 7 and 8: one part of the text is a formula, the others are its floor and its target."""
    formulas = [part for part in pieces(asked.text) if _RATIO.search(part) and _is_formula(part)]
    if len(formulas) != 1:
        return None
    others = [part for part in pieces(asked.text) if part not in formulas]
    ladder = percent_steps(Asked(";".join(others), asked.maximum, asked.title)) if others else None
    if others and ladder is None:
        return None
    steps = [step for step in ladder.rule["bac"] if ladder] if ladder else []
    target = next((step["tu"] for step in steps if "tu" in step and _is(step["diem"], asked.maximum)), "100")
    floor = next(
        (step["duoi"] for step in steps if "duoi" in step and "tu" not in step and _is(step["diem"], Decimal(0))), "0"
    )
    known = [step for step in steps if step.get("tu") == target or step.get("duoi") == floor]
    if len(known) != len(steps) or not _fits(formulas[0], target, asked.maximum):
        return None
    return _in_proportion(asked, target, "0" if floor == target else floor, formulas[0])


def fraction(asked: Asked) -> Reading | None:
    """Shape 7 as a formula that names its own figures: `(số hồ sơ đúng hạn / tổng số hồ sơ) × điểm tối đa`."""
    found = _FRACTION.match(one_line(asked.text))
    if not found or not (found["factor"].casefold().startswith("điểm") or _is(found["factor"], asked.maximum)):
        return None
    labels = Labels()
    return Reading(
        {"loai": "ty_le", "tu_so": labels.name(found["part"]), "mau_so": labels.name(found["whole"])}, labels.labels
    )


def _in_proportion(asked: Asked, target: str, floor: str, formula: str) -> Reading:
    labels = Labels()
    part, whole = ratio_labels(asked.title)
    rule = {"loai": "ty_le", "tu_so": labels.name(part), "mau_so": labels.name(whole)}
    if target != "100":
        rule["muc_tieu"] = target
    if floor != "0":
        rule["san"] = floor
    exact = _FACTOR.search(formula) or _FACTOR_FIRST.search(formula)
    doubts = () if exact else ("“theo tỷ lệ” được đọc là tỷ lệ × điểm tối đa",)
    return Reading(rule, labels.labels, doubts)


def _is_formula(part: str) -> bool:
    return bool(_FACTOR.search(part) or _FACTOR_FIRST.search(part) or _IN_PROPORTION.search(part))


def _fits(formula: str, target: str, maximum: Decimal) -> bool:
    """Whether factor and divisor of the printed formula are the maximum and the target."""
    factor = _FACTOR.search(formula) or _FACTOR_FIRST.search(formula)
    if factor and not factor["factor"].casefold().startswith("điểm") and not _is(factor["factor"], maximum):
        return False
    divisor = _DIVISOR.search(formula[factor.start() :] if factor else "") or _DIVISOR.search(formula)
    return _is(divisor["divisor"], Decimal(target.replace(",", "."))) if divisor else target == "100"


def yes_or_no(asked: Asked) -> Reading | None:
    """Shape 1: a condition, and the same with a no before it."""
    found = clauses(asked.text) or []
    alone = found[0] if len(found) == 1 else None
    if alone and not alone.negative and alone.points == asked.maximum and not re.search(r"\d", alone.words):
        doubt = "văn bản chỉ nêu trường hợp đạt; trường hợp không đạt được ghi 0 điểm"
        return _answer(asked, alone, Decimal(0)).doubting(doubt)
    if (
        len(found) != 2
        or found[0].negative == found[1].negative
        or re.search(r"\d", "".join(each.words for each in found))
    ):
        return None
    yes, no = sorted(found, key=lambda each: each.negative)
    return _answer(asked, yes, no.points) if _denies(yes.words, no.words) else None


def _denies(yes: str, no: str) -> bool:
    """Whether the second is the first with a no before it, or nothing but a no."""
    said = set(wording.fold(yes).split())
    left = set(wording.fold(no).split()) - {"khong", "chua", "co", "dat", "duoc", "thuc", "hien", "dam", "bao"}
    return left <= said


def _answer(asked: Asked, yes: Clause, no: Decimal) -> Reading:
    labels = Labels()
    label = asked.title if wording.fold(yes.words) in ("co", "dat", "duoc", "dung", "co thuc hien") else yes.words
    rule: dict[str, Any] = {"loai": "co_khong", "so_lieu": labels.name(label)}
    if yes.points != asked.maximum or no:
        rule |= {"co": wording.typed(yes.points), "khong": wording.typed(no)}
    return Reading(rule, labels.labels)


_ALL_KEPT = re.compile(
    r"^(?:đủ|đảm bảo|bảo đảm|đáp ứng|thực hiện|đạt)\s+(?:đầy đủ\s+|đủ\s+)?(?:các\s+|cả\s+)?(?:\d+\s+)?"
    r"(?:điều kiện|yêu cầu|tiêu chí|nội dung)?(?:\s+về|\s+sau)?\s*[:(]?\s*(?P<list>.*?)\)?$",
    re.IGNORECASE,
)
_ONE_MISSING = re.compile(
    r"(?:thiếu|không (?:đảm bảo|đạt|đáp ứng|có|đủ)|vi phạm)\s.*(?:một|1|01|bất kỳ)\b|^thiếu\b", re.IGNORECASE
)


def all_conditions(asked: Asked) -> Reading | None:
    """Shape 2: a list of conditions that must all be kept, and nothing when one is missing."""
    found = clauses(asked.text) or []
    if (
        len(found) != 2
        or found[0].points != asked.maximum
        or found[1].points
        or not _ONE_MISSING.search(found[1].words)
    ):
        return None
    kept = _ALL_KEPT.match(found[0].words)
    conditions = [part.strip(" .:") for part in re.split(r",|;|\s+và\s+|\s\+\s", kept["list"])] if kept else []
    conditions = [part for part in conditions if part]
    if len(conditions) < 2:
        return None
    labels = Labels()
    rule = {"loai": "du_dieu_kien", "dieu_kien": [labels.name(condition) for condition in conditions]}
    return Reading(rule, labels.labels, (f"tách thành {len(conditions)} điều kiện: {'; '.join(conditions)}",))


def additive(asked: Asked) -> Reading | None:
    """Shape 9: points that only together make the maximum."""
    found = clauses(asked.text) or []
    if not 2 <= len(found) <= 12 or any(not each.points or each.negative for each in found):
        return None
    if sum((each.points for each in found), Decimal(0)) != asked.maximum:
        return None
    labels = Labels()
    return Reading(
        {"loai": "cong_diem", "y": {labels.name(each.words): wording.typed(each.points) for each in found}},
        labels.labels,
    )


def judged_levels(asked: Asked) -> Reading | None:
    """Shape 6: levels in words, the best of which gives the maximum."""
    found = clauses(asked.text) or []
    points = [each.points for each in found]
    if len(found) < 2 or max(points) != asked.maximum or len({wording.fold(each.words) for each in found}) < len(found):
        return None
    labels = Labels()
    title = asked.title
    named = title if wording.fold(title).startswith("muc ") else f"Mức độ: {wording.lower_first(title)}"
    choice = labels.name(named)
    return Reading(
        {"loai": "muc_do", "so_lieu": choice, "muc": _levels(found)}, labels.labels, tuple(_about_levels(found))
    )


def _levels(found: Sequence[Clause]) -> dict[str, dict[str, str]]:
    levels: dict[str, dict[str, str]] = {}
    for each in found:
        name = first = slug(each.words, words=5) or "muc"
        while name in levels:
            name = f"{first}_{len(levels) + 1}"
        levels[name] = {"ten": each.words[:1].upper() + each.words[1:], "diem": wording.typed(each.points)}
    return levels


def _about_levels(found: Sequence[Clause]) -> list[str]:
    doubts = []
    if all(each.points for each in found):
        doubts.append("không mức nào cho 0 điểm; thêm một mức nếu có trường hợp không đạt")
    if any(re.search(r"\d", each.words) for each in found):
        doubts.append("điều kiện có con số nhưng không rõ là bậc số liệu; ghi thành mức để cán bộ chọn")
    return doubts


Form = Callable[[Asked], Reading | None]

FORMS: tuple[Form, ...] = (
    surveyed,
    by_hand,
    proportional,
    fraction,
    percent_steps,
    days_late,
    count_steps,
    per_item,
    deducted,
    all_conditions,
    yes_or_no,
    additive,
    judged_levels,
)
"""Every form; the first that understands a text has it. A new one is a new function and a new line here."""


def _idle(text: str) -> bool:
    """Whether nothing is left that means anything."""
    return wording.fold(text) in ("", "diem", "nhung", "khong duoi", "va", "khong am", "khong duoi 0", "cho den het")


def _is(text: str, value: Decimal) -> bool:
    try:
        return wording.read_decimal(text) == value
    except ValueError:
        return False
