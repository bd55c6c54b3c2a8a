"""A mapping as officers mistype it: every slip is told in Vietnamese, with its line and how to mend it."""

from __future__ import annotations

import re
from typing import Any

import pytest

_ENGLISH = re.compile(r"\b(?:input|should|value|expected|string|valid|than|must)\b", re.IGNORECASE)

SOUND = """\
nam: 2024
nhom_tra_loi:
  cot: Nhóm
  cac_nhom:
    dan: {ten: Người dân, trong_so: 60, toi_thieu: 30}
    can-bo: {ten: Cán bộ, trong_so: 40}
thang:
  hai-long:
    muc:
      - {ten: Tốt, gia_tri: 2, hai_long: có, ghi: A1}
      - {ten: Kém, gia_tri: 1}
  diem:
    so: {tu: 1, den: 5, hai_long_tu: 4}
tieu_chi:
  3.1:
    thang: hai-long
    cau_hoi:
      - {cot: Thái độ, trong_so: 2}
    cach_tinh: {theo: trung_binh, muc_tieu: 90, san: 50}
  3.2:
    thang: diem
    cau_hoi: [Kết quả]
    cach_tinh: {theo: ty_le_hai_long}
"""

SLIPS = [
    ("trong_so: 60", "trong_so: 0", "M104", 5),
    ("trong_so: 2}", "trong_so: -1}", "M104", 18),
    ("toi_thieu: 30", "toi_thieu: 4", "M104", 5),
    ("muc_tieu: 90", "muc_tieu: 101", "M104", 19),
    ("muc_tieu: 90", "muc_tieu: 0", "D335", 19),
    ("san: 50", "san: 95", "D335", 19),
    ("san: 50", "bac: [{tu: 50, diem: 2}, {duoi: 50, diem: 0}]", "D335", 19),
    ("theo: trung_binh", "theo: trung_vi", "M105", 19),
    ("gia_tri: 2", "gia_tri: cao", "M104", 10),
    ("gia_tri: 2", "gia_tri: -2", "M104", 10),
    ("tu: 1, den: 5", "tu: 5, den: 5", "M104", 13),
    ("tu: 1, den: 5", "tu: 1, den: 500", "M104", 13),
    ("    so: {tu: 1, den: 5, hai_long_tu: 4}", "    bo_qua: [x]", "M104", 12),
    (", hai_long_tu: 4", "", "D333", 12),
    ("    cau_hoi: [Kết quả]\n", "", "M102", 20),
    ("cau_hoi: [Kết quả]", "cau_hoi: []", "M102", 22),
    ("cau_hoi: [Kết quả]", "cau_hoi: [Kết quả, kết  quả]", "D332", 22),
    ("ten: Cán bộ", "ten: người DÂN", "D332", 4),
    ("thang: diem", "thang: dien", "D331", 21),
    ("thang: diem", "nhom: [dam]\n    thang: diem", "D331", 21),
    ("thang: diem", "nhom: [dan, dan]\n    thang: diem", "D332", 20),
    ("cot: Nhóm", "cott: Nhóm", "M101", 3),
]


def found(poll: Any, text: str) -> list[Any]:
    """What is found in a mapping."""
    poll.mapping.write_text(text, "utf-8")
    return [each for each in poll.progress().findings if each.place.path.endswith("survey-mapping.yml")]


def test_the_sound_mapping_has_no_finding(poll: Any) -> None:
    """The twin of every slip below."""
    assert found(poll, SOUND) == []


@pytest.mark.parametrize(("right", "wrong", "code", "line"), SLIPS)
def test_a_slip_is_told_where_it_stands(poll: Any, right: str, wrong: str, code: str, line: int) -> None:
    """Code and line, and not a word of English."""
    assert right in SOUND
    findings = found(poll, SOUND.replace(right, wrong, 1))

    assert (code, line) in [(each.code, each.place.line) for each in findings]
    assert not [each for each in findings if _ENGLISH.search(f"{each.message} {each.mend}")]
