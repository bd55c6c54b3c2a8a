"""The sound workspace with a year before it: invented from its own files, a little worse, and locked."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pipeline.cli import run
from pipeline.dossier import Dossier, Progress, dossier_of, examine

YEAR, BEFORE = 2024, 2023
TODAY = date(2025, 1, 15)
AREA = f"docs/{YEAR}/1-chi-dao-dieu-hanh.md"
AREA_BEFORE = f"docs/{BEFORE}/1-chi-dao-dieu-hanh.md"
SET = "scores/sets/xa-mau.yml"
LOCKED = f"scores/{BEFORE}/locked.yml"

WORSE = {
    "hoan_thanh: 19": "hoan_thanh: 15",
    "so_bao_cao_muon: 1": "so_bao_cao_muon: 2",
    "dung_han: 180": "dung_han: 150",
}
"""What the year before had fewer of, or more faults."""

FOLLOWED = """\
ton_tai_nam_truoc:
  - noi_dung: Kế hoạch ban hành chậm năm ngày do chờ hướng dẫn.
    ket_qua: dang_khac_phuc
    giai_trinh: Tỉnh vẫn gửi hướng dẫn muộn; xã sẽ dự thảo trước.
    tieu_chi: [1.1.1]
  - noi_dung: Một báo cáo gửi muộn.
    ket_qua: da_khac_phuc
    tieu_chi: [1.2.2, 1.1.3]
tieu_chi:
  1.1.1:
"""
"""What area 1 says of the weaknesses of the year before."""

TOLD = {
    "2-thu-tuc-hanh-chinh.md": "Bộ phận Một cửa còn chật, thiếu ghế chờ.",
    "3-tac-dong.md": "Một số người thấy thời gian chờ còn dài.",
}
"""The weaknesses of the other areas."""


def edit(path: Path, *edits: tuple[str, str]) -> None:
    """Replace texts of a file; each must be there."""
    text = path.read_text("utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def earlier(text: str) -> str:
    """A file of the year as it stood in the year before."""
    for now, then in WORSE.items():
        text = text.replace(now, then)
    return re.sub(rf"\b{YEAR}\b", str(BEFORE), text)


def with_year_before(root: Path) -> None:
    """Put the year before beside the sound year, and let the sound year answer for its weaknesses."""
    for folder in ("docs", "scores", "evidence"):
        shutil.copytree(root / folder / str(YEAR), root / folder / str(BEFORE))
        for path in (root / folder / str(BEFORE)).rglob("*"):
            if path.suffix in (".md", ".yml"):
                path.write_text(earlier(path.read_text("utf-8")), "utf-8")
    edit(root / AREA, ("tieu_chi:\n  1.1.1:\n", FOLLOWED))
    for name, weakness in TOLD.items():
        told = f"ton_tai_nam_truoc:\n  - noi_dung: {weakness}\n    ket_qua: da_khac_phuc\n"
        edit(root / "docs" / str(YEAR) / name, (f"nam: {YEAR}\n", f"nam: {YEAR}\n{told}"))


def cchc(root: Path, *arguments: str) -> int:
    """Run one command on a workspace."""
    return run(["-C", str(root), *arguments])


def codes(progress: Progress) -> list[tuple[str, str]]:
    """What was found, and in which file."""
    return [(finding.code, finding.place.path) for finding in progress.findings]


def examined(root: Path, year: int = YEAR) -> Progress:
    """A year read, scored and checked."""
    return examine(root, year, TODAY)


def dossier_at(root: Path, year: int = YEAR) -> Dossier:
    """A year without errors."""
    dossier = dossier_of(examined(root, year))
    assert dossier is not None
    return dossier


@pytest.fixture
def open_years(lay: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two years, none of them locked."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1736900000")
    root = lay()
    with_year_before(root)
    return root


@pytest.fixture
def two_years(open_years: Path) -> Path:
    """Two years, the first of them locked."""
    assert cchc(open_years, "--year", str(BEFORE), "lock", "--yes") == 0
    return open_years
