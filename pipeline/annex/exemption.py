"""What an annex says of criteria that do not apply: full points, or a lower maximum."""

from __future__ import annotations

import re

_NOTHING = r"không (?:phát sinh|có (?:hồ sơ|vấn đề|nhiệm vụ|kiến nghị|văn bản|phản ánh|trường hợp))"
_FULL = (
    r"(?:được|đạt|tính|chấm|cho)\s+(?:tính\s+|chấm\s+|hưởng\s+)?(?:đủ|trọn|điểm tối đa|tối đa|100% số)[^.;\n]{0,120}"
)
_LOWER = r"(?:không (?:tính|đánh giá|chấm)|trừ|giảm|loại)[^.;\n]{0,80}(?:tổng|tối đa|chỉ số|điểm chuẩn)[^.;\n]{0,120}"
_FREE = re.compile(
    rf"[^.;\n]{{0,120}}{_NOTHING}[^.;\n:]{{0,120}}?[,:]?\s*(?:thì\s+)?(?:(?P<full>{_FULL})|(?P<lower>{_LOWER}))[.;]?",
    re.IGNORECASE,
)
LONGEST = 3_000


def exemption(text: str) -> str:
    """The treatment that a text prescribes, as a set declares it: `du_diem`, `giam_toi_da` or nothing."""
    found = _FREE.search(text[:LONGEST])
    return "" if not found else "du_diem" if found["full"] else "giam_toi_da"


def without_exemption(text: str) -> tuple[str, str]:
    """A scoring text without what it says of criteria that do not apply, and that treatment."""
    found = _FREE.search(text[:LONGEST])
    if not found:
        return text, ""
    rest = f"{text[: found.start()]}\n{text[found.end() :]}".strip()
    return (rest, "du_diem" if found["full"] else "giam_toi_da") if rest else (text, "")
