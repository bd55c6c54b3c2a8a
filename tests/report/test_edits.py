"""`cchc report --diff`: what an officer changed in Word, told against the data, with the place to change it there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import run
from pipeline.decree import PaperFiles
from pipeline.dossier import Dossier
from pipeline.report import edits
from pipeline.report.edits import HandEdit, hand_edits

ROOT = Path(__file__).parents[2]
AREA = "docs/2022/1-chi-dao-dieu-hanh.md"

Edit = Callable[[Any], None]
Told = Callable[[Edit], list[HandEdit]]


@pytest.fixture(autouse=True)
def rendered_once(files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """The report that the data give is made once for all tests here; it is the same every time."""
    made = PaperFiles("bao-cao-2022", *(path.read_bytes() for path in files))
    monkeypatch.setattr(edits, "render_report", lambda _: made)


@pytest.fixture
def edited(files: tuple[Path, Path], tmp_path: Path) -> Callable[[Edit], Path]:
    """The report after somebody worked on it."""
    import docx

    def edit(work: Edit) -> Path:
        document = docx.Document(str(files[0]))
        work(document)
        path = tmp_path / "sua.docx"
        document.save(str(path))
        return path

    return edit


@pytest.fixture
def told(dossier: Dossier, edited: Callable[[Edit], Path]) -> Told:
    """What is told about an edit."""

    def tell(work: Edit) -> list[HandEdit]:
        found, refused = hand_edits(dossier, "sua.docx", edited(work).read_bytes())
        assert refused == ()
        return list(found)

    return tell


def write(paragraph: Any, text: str) -> None:
    """Another text in a paragraph."""
    first, *others = paragraph.runs
    first.text = text
    for run_ in others:
        run_.text = ""


def cell(columns: int, first: str, column: int, text: str, table: int = 0) -> Edit:
    """Another text in the cell of the row that begins with `first`; several tables may have as many columns."""

    def work(document: Any) -> None:
        found = [each for each in document.tables if len(each.columns) == columns][table]
        row = next(each for each in found.rows if each.cells[0].text == first)
        write(row.cells[column].paragraphs[0], text)

    return work


def sentence(beginning: str, old: str, new: str) -> Edit:
    """Other words in the paragraph with this beginning."""

    def work(document: Any) -> None:
        paragraph = next(each for each in document.paragraphs if each.text.startswith(beginning))
        assert old in paragraph.text
        write(paragraph, paragraph.text.replace(old, new))

    return work


def head(row: int, column: int, which: int, text: str) -> Edit:
    """Another text in the letterhead."""
    return lambda document: write(document.tables[0].rows[row].cells[column].paragraphs[which], text)


@pytest.mark.parametrize(
    ("work", "kind", "part", "mend"),
    [
        (cell(7, "1.1.3", 5, "1,50"), "sửa số", "dòng 1.1.3, cột “Điểm tự chấm”", f"{AREA}, 1.1.3: so_lieu"),
        (cell(7, "1.1.3", 3, "Ba mươi lăm"), "sửa", "dòng 1.1.3, cột “Số liệu”", f"{AREA}, 1.1.3: so_lieu"),
        (cell(7, "1.1.3", 6, "Không có"), "sửa", "cột “Tài liệu kiểm chứng, giải trình”", f"{AREA}, 1.1.3: minh_chung"),
        (cell(7, "1.1.3", 2, "3"), "sửa số", "cột “Điểm tối đa”", "tiêu chí 1.1.3: diem_toi_da"),
        (cell(7, "1.1", 5, "9,00"), "sửa số", "dòng 1.1, cột “Điểm tự chấm”", "tổng do chương trình cộng"),
        (cell(7, "8.1.1", 5, "9,00"), "sửa số", "dòng 8.1.1", "scores/2022/survey.yml, ket_qua: 8.1.1"),
        (cell(7, "3", 4, "Khác", table=-1), "sửa", "Phụ lục II", "evidence/2022/register.yml, TL03: trich_yeu"),
        (cell(5, "1", 3, "9,00"), "sửa số", "cột “Điểm tự chấm”", "tổng do chương trình cộng"),
        (
            sentence("Chế độ báo cáo", "muộn một ngày", "muộn hai ngày"),
            "sửa",
            "2.1. Lĩnh vực 1",
            f"{AREA}, mục “## Kết quả đạt được”",
        ),
        (
            sentence("Còn 2 nhiệm vụ", "máy lấy số", "máy tính"),
            "sửa",
            "a) Tồn tại, hạn chế",
            f"{AREA}, mục “## Tồn tại, hạn chế và nguyên nhân”",
        ),
        (sentence("Tổng điểm tự chấm", "83,94", "90,00"), "sửa số", "1. Kết quả chung", "câu do chương trình viết"),
        (sentence("Việc tự đánh giá", "Chủ tịch", "Phó"), "sửa", "I. TỔ CHỨC", "bao_cao: to_chuc_cham_diem"),
        (sentence("Đề nghị UBND thành phố mở", "mở", "tổ chức"), "sửa", "2. Đề xuất", "bao_cao: kien_nghi"),
        (head(1, 0, 0, "Số: 12/BC-UBND"), "sửa", "số, ký hiệu", "scores/2022/settings.yml, bao_cao: so, ky_hieu"),
        (head(0, 0, 1, "UBND XÃ KHÁC"), "sửa", "tên cơ quan ban hành", "scores/2022/settings.yml, don_vi: ten_day_du"),
        (sentence("Căn cứ Luật Tổ chức", "2015", "2016"), "sửa số", "căn cứ", "bao_cao: can_cu"),
    ],
)
def test_an_edit_is_told_with_its_place_in_the_data(work: Edit, kind: str, part: str, mend: str, told: Told) -> None:
    """One edit gives one line: what it was, where in the report, and where in the data."""
    (edit,) = told(work)

    assert edit.kind == kind
    assert part in edit.part
    assert mend in edit.mend
    assert edit.data != edit.file


def test_only_the_sentence_that_differs_is_shown(told: Told) -> None:
    """Of a long paragraph nobody wants to read what is the same."""
    (edit,) = told(sentence("Chế độ báo cáo", "muộn một ngày", "muộn hai ngày"))

    assert edit.data.startswith("Riêng báo cáo quý III")
    assert edit.data.endswith("ghi nhận muộn một ngày;")


def test_the_report_itself_is_no_edit(dossier: Dossier, files: tuple[Path, Path]) -> None:
    """Fresh from the program it says what the data say."""
    assert hand_edits(dossier, "a.docx", files[0].read_bytes()) == ((), ())


def test_the_command_says_it_all(edited: Callable[[Edit], Path], capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 1 with differences, in words and as JSON; 0 without."""
    path = edited(cell(7, "1.1.3", 5, "1,50"))

    assert run(["-C", str(ROOT), "report", "--diff", str(path)]) == 1
    shown = capsys.readouterr().out
    assert "dữ liệu: “1,00”\n   trong tệp: “1,50”\n   → docs/2022/1-" in shown
    assert run(["-C", str(ROOT), "report", "--diff", str(path), "--json"]) == 1
    (edit,) = json.loads(capsys.readouterr().out)
    assert (edit["data"], edit["file"]) == ("1,00", "1,50")
    assert run(["-C", str(ROOT), "report", "--diff", str(edited(lambda _: None))]) == 0
    assert "giống hệt" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"", b"PK", b"%PDF-1.7 nothing"])
def test_a_file_that_is_none_is_told(content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is no Word file gives a finding; what is not there, a word about the command line."""
    path = tmp_path / "x.docx"
    path.write_bytes(content)

    assert run(["-C", str(ROOT), "report", "--diff", str(path)]) == 1
    assert "W101" in capsys.readouterr().err
    assert run(["-C", str(ROOT), "report", "--diff", str(tmp_path / "none.docx")]) == 2
    assert run(["-C", str(ROOT), "report", "--json"]) == 2
