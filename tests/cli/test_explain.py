"""`score explain` and the reference page: the rule, where the set declares it, figures and evidence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli import run

Lay = Callable[..., Path]

SET = Path("scores") / "sets" / "xa-mau.yml"
SUPPLIED = """nam: 2024
ket_qua:
  3.2: {nguon: TL06, so_lieu: {dat: 45, tong: 60}}
"""
LOCKED = f"""nam: 2023
nguon: {"0" * 64}
tieu_chi:
  1.5: {{diem: 1, so_lieu: {{so_sang_kien: 2}}}}
"""
EDITS = [
    ("diem_dieu_tra: 4", "diem_dieu_tra: 2"),
    (
        "        ten: Hài lòng về kết quả giải quyết\n        diem_toi_da: 2\n        cach_cham: {loai: dieu_tra}\n",
        (
            "        ten: Tỷ lệ hồ sơ trực tuyến\n        diem_toi_da: 2\n        cach_cham:\n"
            "          loai: cung_cap\n          co_quan: Sở Nội vụ\n"
            "          theo: {loai: ty_le, tu_so: dat, mau_so: tong}\n"
            "        so_lieu: {dat: Số hồ sơ trực tuyến, tong: Tổng số hồ sơ}\n"
        ),
    ),
    (
        "          loai: moi_don_vi\n          so_lieu: so_sang_kien\n          diem: 0,5\n",
        "          loai: so_nam_truoc\n          so_lieu: so_sang_kien\n          tang: 1\n          nam_dau: 0,5\n",
    ),
]


@pytest.fixture
def supplied(lay: Lay) -> Path:
    """The sound workspace with a supplied criterion and one that is held against last year."""
    root = lay()
    text = (root / SET).read_text("utf-8")
    for old, new in EDITS:
        assert text.count(old) == 1
        text = text.replace(old, new)
    (root / SET).write_text(text, "utf-8")
    (root / "scores" / "2024" / "supplied.yml").write_text(SUPPLIED, "utf-8")
    (root / "scores" / "2024" / "survey.yml").write_text("nam: 2024\nnguon: TL06\nket_qua: {3.1: '1,75'}\n", "utf-8")
    return root


def explained(root: Path, code: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What `score explain` prints; the workspace has no error."""
    assert run(["-C", str(root), "score", "explain", code]) == 0
    return capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")


def test_the_rule_is_traced_to_its_line_in_the_set(sound: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """File, line and the decision it stands for."""
    lines = (sound / SET).read_text("utf-8").splitlines()
    line = next(at for at, text in enumerate(lines, 1) if "ma: 2.1.1" in text) + 3

    assert f"scores/sets/xa-mau.yml:{line} (Quyết định số 01/QĐ-UBND" in explained(sound, "2.1.1", capsys)
    assert lines[line - 1].strip() == "cach_cham:"


def test_supplied_figures_are_scored_and_traced(supplied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who supplied what, in which document, and what the rule made of it."""
    out = explained(supplied, "3.2", capsys)

    assert "Sở Nội vụ cung cấp số liệu" in out
    assert "Nhập tại: scores/2024/supplied.yml:3" in out
    assert "Số liệu: Số hồ sơ trực tuyến: 45" in out
    assert "45/60 = 75 % → 75 % × 2 → 1,50 điểm" in out
    assert "Kiểm chứng TL06: " in out


@pytest.mark.parametrize(
    ("locked", "said"),
    [(None, "kết quả khóa của năm 2023 không có (năm đầu) → 0,50 điểm"), (LOCKED, "3, năm trước 2: tăng → 1,00 điểm")],
)
def test_last_year_is_read_from_its_locked_result(
    locked: str | None, said: str, supplied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first year says that it is the first."""
    if locked:
        (supplied / "scores" / "2023").mkdir()
        (supplied / "scores" / "2023" / "locked.yml").write_text(locked, "utf-8")

    assert said in explained(supplied, "1.5", capsys)


def test_a_sum_tells_its_parts(sound: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A branch shows what it adds up."""
    assert "Cách cộng: 0,50 + 1,00 + 1,00 → 2,50 điểm" in explained(sound, "1.1", capsys)


def test_the_reference_page_is_written_beside_the_schemas(lay: Lay) -> None:
    """For people what the schemas are for editors."""
    root = lay()

    assert run(["-C", str(root), "schema", "--reference"]) == 0
    assert "### `loai: phu_thuoc`" in (root / "build" / "schema" / "tham-chieu.md").read_text("utf-8")
    assert run(["-C", str(root), "schema", "register", "--reference"]) == 2


def test_bonus_and_deduction_show_how_far_they_go(lay: Lay, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside the maximum, in the table and when asked."""
    root = lay()
    before = "  - ma: 2\n    ten: Cải cách thủ tục hành chính\n"
    group = (
        "      - ma: 1.7\n        ten: Bằng khen\n        nhom: thuong\n        diem_toi_da: 1\n"
        "        cach_cham: {loai: co_khong, so_lieu: a}\n        so_lieu: {a: Có bằng khen}\n"
        "      - ma: 1.8\n        ten: Vi phạm\n        nhom: tru\n        diem_toi_da: 0\n        diem_toi_thieu: -3\n"
        "        cach_cham: {loai: tru_diem, so_lieu: a, tru: 1}\n        so_lieu: {a: Số vụ vi phạm}\n"
    )
    (root / SET).write_text((root / SET).read_text("utf-8").replace(before, group + before), "utf-8")
    area = root / "docs" / "2024" / "1-chi-dao-dieu-hanh.md"
    area.write_text(area.read_text("utf-8").replace("  1.6:\n", "  1.8:\n    so_lieu: {a: 2}\n  1.6:\n"), "utf-8")

    assert run(["-C", str(root), "score", "--all"]) == 0
    table = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["1.7", "Bằng", "khen", "+1", "0,00"] in table
    assert ["1.8", "Vi", "phạm", "−3", "−2,00"] in table
    assert "Nhóm: điểm trừ, ngoài điểm tối đa" in explained(root, "1.8", capsys)
