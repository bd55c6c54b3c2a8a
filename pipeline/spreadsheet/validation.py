"""What an input cell accepts, and the hint that it shows: whole numbers, answers, levels, days, points."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pipeline import wording
from pipeline.model.criteria_set import Criterion
from pipeline.rules.rule import Figure, Kind
from pipeline.spreadsheet.layout import EVIDENCE, EXPLANATION, NOT_APPLICABLE, OWN, Slot

ANSWERS = ["có", "không"]

_TITLE, _MESSAGE = 32, 255
"""Characters that the hint of a cell can hold."""

_STYLES = {Kind.COUNT: "input_count", Kind.NUMBER: "input_number", Kind.DATE: "input_date"}

_RULES: Mapping[Kind, dict[str, Any]] = {
    Kind.COUNT: {"validate": "integer", "criteria": ">=", "value": 0},
    Kind.NUMBER: {"validate": "decimal", "criteria": "between", "minimum": -1e12, "maximum": 1e12},
    Kind.YES_NO: {"validate": "list", "source": ANSWERS},
    Kind.DATE: {"validate": "date", "criteria": ">=", "value": datetime(1975, 1, 1)},  # noqa: DTZ001 -- a day has no zone
}

_HINTS = {
    EVIDENCE: "Mỗi dòng một tài liệu: mã, mục, trang. Ví dụ: TL02, mục II.3, trang 4 (xem trang “Tài liệu”).",
    EXPLANATION: "Bắt buộc khi không có tài liệu kiểm chứng, khi chấm tay, hoặc khi điểm tự chấm khác cách chấm.",
    NOT_APPLICABLE: "Ghi lý do nếu trong năm không phát sinh; khi đó xóa số liệu và điểm tự chấm.",
}


def figure_style(figure: Figure) -> str:
    """The style of a figure's input cell."""
    return _STYLES.get(figure.kind, "input_centre")


def figure_validation(figure: Figure, label: str, source: str) -> dict[str, Any]:
    """What the cell of a figure accepts; `source` is the range of titles to choose from."""
    hint = _hint("Số liệu", f"{label}: nhập {figure.kind.value}.")
    if figure.choices and source:
        return {"validate": "list", "source": source, **_complaint("chọn một mức trong danh sách"), **hint}
    if figure.kind not in _RULES:
        return {"validate": "any", **hint}
    return {**_RULES[figure.kind], **_complaint(f"nhập {figure.kind.value}"), **hint}


def slot_validation(slot: Slot, criterion: Criterion) -> dict[str, Any]:
    """What the other input cells of a leaf accept."""
    if slot == OWN:
        top = wording.maximum(criterion.maximum)
        hint = _hint("Điểm tự chấm", "Để trống thì lấy điểm theo cách chấm. Chấm khác thì phải giải trình.")
        accepted = {"validate": "decimal", "criteria": "<=", "value": float(criterion.maximum)}
        return {**accepted, **_complaint(f"nhập số điểm không quá {top}"), **hint}
    wanted = f" Bộ tiêu chí yêu cầu: {'; '.join(criterion.proof)}" if slot == EVIDENCE and criterion.proof else ""
    titles = {EVIDENCE: "Tài liệu kiểm chứng", EXPLANATION: "Giải trình", NOT_APPLICABLE: "Không áp dụng"}
    return {"validate": "any", **_hint(titles[slot], _HINTS[slot] + wanted)}


def _hint(title: str, message: str) -> dict[str, Any]:
    return {"input_title": title[:_TITLE], "input_message": _cut(message)}


def _complaint(message: str) -> dict[str, Any]:
    return {"error_title": "Giá trị không hợp lệ", "error_message": _cut(f"Hãy {message}.")}


def _cut(message: str) -> str:
    return message if len(message) <= _MESSAGE else message[: _MESSAGE - 1] + "…"
