"""A locked year: everything that it ended with is in one file, and whatever is changed afterwards is found."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.finding import Finding, has_errors
from pipeline.model.locked import LockedYear
from pipeline.workspace.load import load
from pipeline.workspace.reader import Reader
from pipeline.workspace.tree import parse
from pipeline.years.inputs import inputs_of, source_of
from pipeline.years.lock import seal_of
from pipeline.years.text import text_of

from .conftest import (
    AREA,
    AREA_BEFORE,
    BEFORE,
    LOCKED,
    SET,
    YEAR,
    cchc,
    codes,
    dossier_at,
    edit,
    examined,
    with_year_before,
)

OWN = f"scores/{YEAR}/locked.yml"


def locked(root: Path, path: str = LOCKED) -> LockedYear:
    """What a locked file says."""
    found = Reader(root).yaml(path, LockedYear)
    assert found is not None
    return found.value


def answer(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """What the officer types when asked."""
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: text)


def found(root: Path, code: str, year: int = YEAR) -> list[Finding]:
    """The findings of one code."""
    return [finding for finding in examined(root, year).findings if finding.code == code]


def test_the_file_holds_everything_that_the_year_ended_with(two_years: Path) -> None:
    """Points, maxima, percentages, figures, band, weaknesses, set, and a hash of every file."""
    year = locked(two_years)

    assert (year.year, year.criteria_set, year.band, year.provisional) == (2023, "xa-mau", "Khá", False)
    assert year.total is not None
    assert (year.total.points, year.total.maximum, year.total.percent) == (Decimal("13.93"), 19, Decimal("73.32"))
    assert year.criteria["1.1.3"].figures == {"hoan_thanh": "15", "nhiem_vu": "20"}
    assert (year.criteria["1.3"].points, year.criteria["1.3"].maximum) == (None, 0)
    assert year.areas["1"].weaknesses == (
        "Kế hoạch ban hành chậm năm ngày do chờ hướng dẫn.",
        "Một báo cáo gửi muộn.",
    )
    assert set(year.files) == {
        *(f"docs/2023/{name}.md" for name in ("1-chi-dao-dieu-hanh", "2-thu-tuc-hanh-chinh", "3-tac-dong")),
        *(f"evidence/2023/scans/{name}" for name in ("TL01.pdf", "TL02.pdf", "TL04.png")),
        "evidence/2023/register.yml",
        "scores/2023/settings.yml",
        "scores/2023/survey.yml",
        SET,
    }


def test_a_locked_year_and_the_one_after_it_have_no_finding(two_years: Path) -> None:
    """Freezing alone changes nothing."""
    assert cchc(two_years, "lock", "--yes") == 0

    assert examined(two_years).findings == ()
    assert [code for code, path in codes(examined(two_years, BEFORE)) if path.startswith(("docs/2023", "scores"))] == []


def test_the_same_files_give_the_same_bytes_elsewhere(two_years: Path, sound: Path, tmp_path: Path) -> None:
    """Neither the folder nor the order of its files shows."""
    other = shutil.copytree(sound, tmp_path / "elsewhere")
    with_year_before(other)

    assert cchc(other, "--year", str(BEFORE), "lock", "--yes") == 0
    assert (other / LOCKED).read_bytes() == (two_years / LOCKED).read_bytes()


def test_it_is_asked_for_and_shown_first(
    open_years: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Total, set, number of files and day stand before the question; only a yes freezes."""
    answer(monkeypatch, "không")
    assert cchc(open_years, "lock") == 0
    out = capsys.readouterr().out

    assert "15,49" in out
    assert "mã băm của 10 tệp" in out
    assert "Bộ tiêu chí: xa-mau" in out
    assert "Ngày khóa: 15/01/2025" in out
    assert not (open_years / OWN).exists()

    answer(monkeypatch, "có")
    assert cchc(open_years, "lock") == 0
    assert (open_years / OWN).is_file()


def test_a_year_with_errors_is_not_frozen(open_years: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong is told as `check` tells it."""
    edit(open_years / AREA, ("hoan_thanh: 19", "hoan_thanh: 29"))

    assert cchc(open_years, "lock", "--yes") == 1
    assert "D306" in capsys.readouterr().err
    assert not (open_years / OWN).exists()


def test_a_provisional_year_is_frozen_only_when_told(open_years: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The missing criteria are named, and the file says that the result is provisional."""
    (open_years / f"scores/{YEAR}/survey.yml").unlink()

    assert cchc(open_years, "lock", "--yes") == 1
    assert "3.1, 3.2" in capsys.readouterr().err
    assert cchc(open_years, "lock", "--yes", "--provisional") == 0
    assert locked(open_years, OWN).provisional


def test_sums_that_were_not_complete_are_nothing_to_compare_with(open_years: Path) -> None:
    """A later year must not gain by the holes of an earlier one."""
    (open_years / f"scores/{YEAR}/survey.yml").unlink()
    cchc(open_years, "lock", "--yes", "--provisional")
    remembered = locked(open_years, OWN).remembered()

    assert remembered.criteria["3"].points is None
    assert remembered.criteria["1"].points is not None


def test_a_frozen_year_is_not_frozen_twice(two_years: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The way to do so on purpose is named."""
    before = (two_years / LOCKED).read_bytes()

    assert cchc(two_years, "--year", str(BEFORE), "lock", "--yes") == 1
    assert "lock --undo" in capsys.readouterr().err
    assert (two_years / LOCKED).read_bytes() == before


def test_undo_tells_what_it_means_and_asks(
    two_years: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Later years that look back, and those that are frozen themselves, are named."""
    cchc(two_years, "lock", "--yes")
    answer(monkeypatch, "không")
    capsys.readouterr()

    assert cchc(two_years, "--year", str(BEFORE), "lock", "--undo") == 0
    assert "để so sánh: 2024" in (out := capsys.readouterr().out)
    assert "khóa lại: 2024" in out
    assert (two_years / LOCKED).exists()
    assert cchc(two_years, "--year", str(BEFORE), "lock", "--undo", "--yes") == 0
    assert not (two_years / LOCKED).exists()
    assert ("L102", LOCKED) in codes(examined(two_years))
    assert cchc(two_years, "--year", str(BEFORE), "lock", "--undo", "--yes") == 1


CHANGES: dict[str, tuple[str, str]] = {
    "docs/{}/1-chi-dao-dieu-hanh.md": ("bo_phan: van-phong", "bo_phan:  van-phong"),
    "scores/{}/settings.yml": ("thoi_luong: ½ ngày", "thoi_luong: 1 ngày"),
    "scores/{}/survey.yml": ("so_phieu: 60", "so_phieu: 61"),
    "evidence/{}/register.yml": ("so: 02", "so: 03"),
}


@pytest.mark.parametrize("path", CHANGES)
def test_every_changed_file_is_found(two_years: Path, path: str) -> None:
    """As an error in the year itself, as a warning in the year that looks back."""
    edit(two_years / path.format(BEFORE), CHANGES[path])

    assert ("L101", path.format(BEFORE)) in codes(examined(two_years, BEFORE))
    assert ("L104", path.format(BEFORE)) in codes(examined(two_years))
    assert not has_errors(examined(two_years).findings)


def test_a_changed_scan_is_found(two_years: Path) -> None:
    """Scans are frozen with the year."""
    scan = two_years / "evidence/2023/scans/TL01.pdf"
    scan.write_bytes(scan.read_bytes() + b"\n")

    assert ("L101", "evidence/2023/scans/TL01.pdf") in codes(examined(two_years, BEFORE))


@pytest.mark.parametrize("path", ["scores/{}/survey.yml", "docs/{}/3-tac-dong.md", "evidence/{}/scans/TL04.png"])
def test_every_missing_file_is_found(two_years: Path, path: str) -> None:
    """By its name."""
    (two_years / path.format(BEFORE)).unlink()

    assert ("L102", path.format(BEFORE)) in codes(examined(two_years, BEFORE))


@pytest.mark.parametrize(
    "path",
    [
        "scores/{}/appraisal.yml",
        "scores/{}/survey-mapping.yml",
        "scores/{}/vong-1/y-kien.yml",
        "docs/{}/4-moi.md",
        "evidence/{}/scans/TL09.pdf",
    ],
)
def test_whatever_comes_later_is_found(two_years: Path, path: str) -> None:
    """Also files that this part of the program has never heard of."""
    new = two_years / path.format(BEFORE)
    new.parent.mkdir(exist_ok=True)
    new.write_bytes(b"%PDF-" if new.suffix == ".pdf" else b"x: 1\n")

    assert ("L103", path.format(BEFORE)) in codes(examined(two_years, BEFORE))


@pytest.mark.parametrize("path", ["scores/{}/.survey.yml.swp", "scores/{}/private/phieu.csv", "docs/{}/~$ghi-chu.docx"])
def test_what_stays_on_one_machine_is_no_input(two_years: Path, path: str) -> None:
    """Editors' leavings and the private folder are not in every copy of the workspace."""
    new = two_years / path.format(BEFORE)
    new.parent.mkdir(exist_ok=True)
    new.write_text("x", "utf-8")

    assert [code for code, _ in codes(examined(two_years))] == []


def test_other_line_ends_are_no_change(two_years: Path) -> None:
    """A copy on Windows is the same workspace."""
    for path in sorted(two_years.rglob("*/2023/*")):
        if path.suffix in (".md", ".yml"):
            path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    assert codes(examined(two_years)) == []


def test_a_changed_weakness_is_said(two_years: Path) -> None:
    """A frozen shortcoming that is quietly reworded is worth a word of its own."""
    edit(two_years / AREA_BEFORE, ("- Một báo cáo gửi muộn.", "- Một báo cáo gửi chậm."))

    assert "kể cả phần tồn tại" in found(two_years, "L101", BEFORE)[0].message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('diem: "13,93"', 'diem: "14,93"'),
        ("Một báo cáo gửi muộn", "Hai báo cáo gửi muộn"),
        ("xep_loai: Khá", "xep_loai: Tốt"),
        ("nhiem_vu: 20", "nhiem_vu: 21"),
    ],
)
def test_an_edited_result_is_found(two_years: Path, old: str, new: str) -> None:
    """Whatever is typed into the locked file breaks its seal."""
    text = (two_years / LOCKED).read_text("utf-8").replace('"Khá"', "Khá")
    assert old in text
    (two_years / LOCKED).write_text(text.replace(old, new), "utf-8")

    assert [finding.place.path for finding in found(two_years, "L105")] == [LOCKED]
    assert found(two_years, "L105", BEFORE)


def test_an_edited_hash_is_found(two_years: Path) -> None:
    """A changed file cannot be made right by changing its line in the list."""
    edit(two_years / AREA_BEFORE, ("bo_phan: van-phong", "bo_phan:  van-phong"))
    digest = locked(two_years).files[AREA_BEFORE]
    now = inputs_of(load(two_years, BEFORE))[AREA_BEFORE]
    edit(two_years / LOCKED, (digest, now))

    assert found(two_years, "L105")


def test_a_result_sealed_anew_is_still_held_against_its_files(two_years: Path) -> None:
    """Whoever computes a new seal has still to make the figures give the points."""
    year = locked(two_years)
    better = year.criteria["1.1.3"].model_copy(update={"points": year.criteria["1.1.1"].maximum})
    forged = year.model_copy(update={"criteria": {**year.criteria, "1.1.3": better}})
    forged = forged.model_copy(update={"seal": seal_of(forged)})
    (two_years / LOCKED).write_text(text_of(forged), "utf-8")

    assert found(two_years, "L105") == []
    assert "1.1.3" in found(two_years, "L106", BEFORE)[0].message


def test_a_set_is_immutable_once_a_locked_year_uses_it(two_years: Path) -> None:
    """In every year: which locked year, its total before and after, the criteria, and the way out."""
    edit(two_years / SET, ("tru: 0,25", "tru: '0,1'"))

    for year in (BEFORE, YEAR):
        (finding,) = found(two_years, "L107", year)
        assert finding.place.path == SET
        assert "năm 2023: 13,93 → 14,23 điểm (1.2.2)" in finding.message
        assert "mã mới" in finding.mend
        assert ("L101", SET) not in codes(examined(two_years, year))
        assert ("L104", SET) not in codes(examined(two_years, year))


def test_a_set_that_only_reads_otherwise_is_said_to_change_nothing(two_years: Path) -> None:
    """A remark in a frozen set is still a change of a frozen file."""
    with (two_years / SET).open("a", encoding="utf-8") as stream:
        stream.write("# ghi chú\n")

    assert "điểm không đổi (13,93)" in found(two_years, "L107")[0].message


def test_a_set_under_a_new_code_changes_no_locked_year(two_years: Path) -> None:
    """The way out that the finding names is one."""
    new = two_years / "scores/sets/xa-mau-2.yml"
    shutil.copy(two_years / SET, new)
    edit(new, ("ma: xa-mau", "ma: xa-mau-2"), ("tru: 0,25", "tru: '0,1'"))
    edit(two_years / f"scores/{YEAR}/settings.yml", ("bo_tieu_chi: xa-mau", "bo_tieu_chi: xa-mau-2"))

    assert codes(examined(two_years)) == []


def test_a_set_that_cannot_be_read_any_more_is_no_traceback(two_years: Path) -> None:
    """The year cannot be scored by it, and that is said."""
    (two_years / SET).write_text("ma: [", "utf-8")

    assert "năm 2023: không tính lại được" in found(two_years, "L107")[0].message


def test_fmt_leaves_frozen_files_alone(two_years: Path) -> None:
    """A tidy file that no longer is what was frozen would be no service."""
    edit(two_years / AREA_BEFORE, ("ngay_cap_nhat: 10/12/2023", "ngay_cap_nhat: 2023-12-10"))
    (two_years / LOCKED).unlink()
    cchc(two_years, "--year", str(BEFORE), "lock", "--yes")
    before = {path: path.read_bytes() for path in two_years.rglob("*.*") if path.is_file()}

    assert cchc(two_years, "--year", str(BEFORE), "fmt") == 0
    assert {path: path.read_bytes() for path in two_years.rglob("*.*") if path.is_file()} == before


def test_rules_that_look_back_read_what_was_frozen(two_years: Path) -> None:
    """Shape 13 compares with the locked figures; without them it is the first year, and says so."""
    against = "loai: so_nam_truoc, so_lieu: so_sang_kien, tang: 1, bang: '0,5', nam_dau: 0"
    new = two_years / "scores/sets/xa-mau-2.yml"
    shutil.copy(two_years / SET, new)
    edit(new, ("ma: xa-mau", "ma: xa-mau-2"))
    counted = "\n          loai: moi_don_vi\n          so_lieu: so_sang_kien\n          diem: 0,5"
    edit(new, (counted, f" {{{against}}}"))
    edit(two_years / f"scores/{YEAR}/settings.yml", ("bo_tieu_chi: xa-mau", "bo_tieu_chi: xa-mau-2"))
    row = dossier_at(two_years).scores.find("1.5")
    assert row is not None
    assert row.leaf is not None

    assert "năm trước 3: bằng" in row.leaf.derivation
    (two_years / LOCKED).unlink()
    first = dossier_at(two_years).scores.find("1.5")
    assert first is not None
    assert first.leaf is not None
    assert "năm đầu" in first.leaf.derivation


def test_nothing_is_imported_into_a_locked_year(two_years: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A spreadsheet that comes late meets a closed door, and is told how to open it."""
    cchc(two_years, "export", "xlsx")
    cchc(two_years, "lock", "--yes")
    (file,) = (two_years / "build/export").glob("*.xlsx")

    assert cchc(two_years, "import", "scores", str(file), "--yes") == 1
    assert "--year 2024 lock --undo" in capsys.readouterr().err
    assert cchc(two_years, "import", "scores", str(file), "--dry-run") == 0


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\x85\u2028\u2029"), min_size=1
).filter(lambda text: text.strip() == text and text != "" and all(ord(letter) < 0xFFFE for letter in text))


@given(
    st.dictionaries(st.from_regex(r"[a-z]{1,6}", fullmatch=True), TEXTS, max_size=3),
    TEXTS,
    st.lists(TEXTS, max_size=3),
    st.decimals(-99, 99, places=2),
)
def test_whatever_is_written_is_read_back(
    figures: dict[str, str], title: str, items: list[str], points: Decimal
) -> None:
    """Signs that mean something to YAML, in figures, titles and weaknesses."""
    data: dict[str, Any] = {
        "nam": "2023",
        "ngay_khoa": "05/02/2024",
        "nguon": "0" * 64,
        "tam_tinh": "có",
        "tep": {f"docs/2023/{title}.md": "a" * 64},
        "linh_vuc": {"1": {"ton_tai": items}},
        "tieu_chi": {"1.10": {"ten": title, "diem": str(points).replace(".", ","), "so_lieu": figures}},
    }
    year = LockedYear.model_validate(data)
    tree, faults = parse(text_of(year), LOCKED)

    assert faults == []
    assert tree is not None
    assert LockedYear.model_validate(tree.data) == year


def test_one_hash_stands_for_all_files() -> None:
    """It is the sha256 of what `sha256sum` prints, so that anybody can compute it."""
    import hashlib

    lines = f"{'a' * 64}  docs/2023/1.md\n{'b' * 64}  scores/2023/x.yml\n"

    assert source_of({"scores/2023/x.yml": "b" * 64, "docs/2023/1.md": "a" * 64}) == (
        hashlib.sha256(lines.encode()).hexdigest()
    )


def test_a_locked_file_that_was_copied_with_its_folder_is_one_finding(two_years: Path) -> None:
    """Who begins a year with a copy of the one before reads that this file is to go, not that files are missing."""
    shutil.copy(two_years / LOCKED, two_years / OWN)
    told = [finding for finding in examined(two_years).findings if finding.code[0] == "L" or finding.code == "Y703"]

    assert [(finding.code, finding.place.path) for finding in told] == [("Y703", OWN)]
    assert "xóa tệp này" in told[0].mend


def test_a_file_added_to_a_locked_year_is_to_be_taken_out(two_years: Path) -> None:
    """Git has no older form of it."""
    (two_years / "docs" / str(BEFORE) / "4-them.md").write_text("x", "utf-8")

    assert all(finding.mend.startswith("bỏ tệp ra") for finding in found(two_years, "L104"))
    assert found(two_years, "L104")


def test_an_earlier_year_stands_although_the_site_is_the_next_ones(two_years: Path) -> None:
    """Its appraisal comes when the list of pages is already that of the next year."""
    pages = sorted((two_years / "docs").glob("*.md"))
    areas = sorted((two_years / "docs" / str(YEAR)).glob("*.md"))
    listed = [page.name for page in pages] + [f"{YEAR}/{area.name}" for area in areas]
    (two_years / "mkdocs.yml").write_text("nav:\n" + "".join(f"  - {page}\n" for page in listed), "utf-8")

    assert not found(two_years, "Y706")
    assert not found(two_years, "Y706", BEFORE)
    (two_years / "mkdocs.yml").write_text(f"nav:\n  - {BEFORE}/{areas[0].name}\n", "utf-8")
    assert found(two_years, "Y706")
