"""A set that is printed as an annex and read again is the same set; what people edit in between is read as edited."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from pipeline.annex import Imported, print_document, print_workbook, read_annex
from pipeline.annex.yaml_text import to_yaml
from pipeline.model.criteria_set import CriteriaSet
from pipeline.workspace.reader import Located, Reader

ROOT = Path(__file__).parents[2]
SOUND = ROOT / "tests" / "workspaces" / "sound"
SETS = [
    *((ROOT, path) for path in sorted((ROOT / "scores" / "sets").glob("*.yml"))),
    *((SOUND, path) for path in sorted((SOUND / "scores" / "sets").glob("*.yml"))),
]

ODD = """
ma: ky-la
ten: |
  Bộ tiêu chí
  hai dòng   có  nhiều dấu cách
ban_hanh: "{không phải JSON}"
ghi_chu: "=1+1"
tong_diem: 2.50
xep_loai: {theo: diem, bac: [{ten: Tốt, tu: 1}, {ten: Yếu, tu: 0}]}
linh_vuc:
  - ma: 01
    ten: "  Tên có  dấu cách"
    diem_toi_da: 2.50
    huong_dan: Ghi chú của lĩnh vực
    tieu_chi:
      - ma: 01.a
        ten: Mỗi thứ 0,5 điểm
        diem_toi_da: 1
        cach_cham: {loai: cham_tay}
        nguyen_van: "Điều tra xã hội học"
        tai_lieu_kiem_chung: ["a; b", "- c\\nd"]
        huong_dan: "x"
      - ma: 01.I
        ten: Tổng điểm
        diem_toi_da: 1
        cach_cham: {loai: cong_diem, y: {a: '0,5', b: 0.5}}
        so_lieu: {a: "=A1", b: "[1]"}
      - ma: 01.10
        ten: STT
        diem_toi_da: 0.5
        cach_cham: {loai: du_dieu_kien, dieu_kien: [mot, hai]}
        khong_ap_dung: giam_toi_da
"""

EXAMPLES = sorted((ROOT / "pipeline" / "rules" / "reference").glob("*.yml"))

HEAD = {
    "ma": "vi-du",
    "ten": "Ví dụ",
    "ban_hanh": "Quyết định số 01/QĐ-UBND",
    "tong_diem": "10",
    "xep_loai": {"theo": "diem", "bac": [{"ten": "Yếu", "tu": "0"}]},
}

PRINTERS = {"xlsx": print_workbook, "docx": print_document}


@pytest.fixture
def typed(tmp_path: Path) -> Callable[[str], Located[CriteriaSet]]:
    """Load a set's text."""

    def load(text: str) -> Located[CriteriaSet]:
        (tmp_path / "bo.yml").write_text(text, "utf-8")
        reader = Reader(tmp_path)
        located = reader.yaml("bo.yml", CriteriaSet)

        assert reader.findings == []
        assert located is not None
        return located

    return load


def again(located: Located[CriteriaSet], form: str) -> Imported:
    """Print a set and read it."""
    return read_annex(f"bo.{form}", PRINTERS[form](located.value, located.tree.data))


@pytest.mark.parametrize("form", PRINTERS)
@pytest.mark.parametrize(("root", "path"), SETS, ids=[path.stem for _, path in SETS])
def test_a_printed_set_is_the_same_when_read_again(
    root: Path, path: Path, form: str, typed: Callable[[str], Located[CriteriaSet]]
) -> None:
    """Every rule, name, label, document, band and note comes back, and nothing is asked."""
    located = Reader(root).yaml(str(path.relative_to(root)), CriteriaSet)
    assert located is not None
    imported = again(located, form)

    assert imported.findings == ()
    assert typed(imported.text).value == located.value


@pytest.mark.parametrize("form", PRINTERS)
@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_every_shape_survives(path: Path, form: str, typed: Callable[[str], Located[CriteriaSet]]) -> None:
    """The example of each shape on the format's reference page comes back as it was declared."""
    example = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
    one_area = [{"ma": "1", "ten": "Ví dụ", "diem_toi_da": "10", "tieu_chi": example.get("tieu_chi")}]
    areas = example.get("linh_vuc", one_area)
    located = typed(to_yaml({**HEAD, **example.get("bo", {}), "linh_vuc": areas}))
    imported = again(located, form)

    assert imported.findings == ()
    assert typed(imported.text).value == located.value


@pytest.mark.parametrize("form", PRINTERS)
def test_odd_texts_survive(form: str, typed: Callable[[str], Located[CriteriaSet]]) -> None:
    """Texts that look like formulas, codes, totals, headings or JSON are told apart by the last column."""
    located = typed(ODD)

    assert typed(again(located, form).text).value == located.value


@pytest.mark.parametrize("form", PRINTERS)
def test_the_same_set_gives_the_same_bytes(form: str, typed: Callable[[str], Located[CriteriaSet]]) -> None:
    """No clock and no order of a dictionary shows in the file."""
    located = typed(ODD)

    assert PRINTERS[form](located.value, located.tree.data) == PRINTERS[form](located.value, located.tree.data)


def test_text_that_looks_like_a_formula_is_none(typed: Callable[[str], Located[CriteriaSet]]) -> None:
    """What an author typed never runs in somebody's spreadsheet."""
    import openpyxl

    located = typed(ODD)
    book = openpyxl.load_workbook(io.BytesIO(print_workbook(located.value, located.tree.data)))
    kinds = {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}

    assert kinds <= {"s", "n"}


def test_edited_words_win_over_the_machine_column(typed: Callable[[str], Located[CriteriaSet]]) -> None:
    """A changed scoring text is read, and the row is told; untouched rows keep their declaration."""
    import openpyxl

    located = typed((SOUND / "scores" / "sets" / "xa-mau.yml").read_text("utf-8"))
    book = openpyxl.load_workbook(io.BytesIO(print_workbook(located.value, located.tree.data)))
    sheet = book.worksheets[0]
    row = next(row for row in sheet.iter_rows() if row[0].value == "1.3")
    row[3].value = "Xử lý 100%: 1; dưới 100%: 0"
    stream = io.BytesIO()
    book.save(stream)
    imported = read_annex("bo.xlsx", stream.getvalue())
    leaves = {node.criterion.code: node.criterion for node in typed(imported.text).value.walk()}
    before = {node.criterion.code: node.criterion for node in located.value.walk()}

    assert [(finding.code, finding.place.line) for finding in imported.findings if finding.place.line] == [
        ("N813", row[0].row)
    ]
    assert leaves["1.3"].rule.kind == "bac_ty_le"
    assert leaves["1.4"] == before["1.4"]


@pytest.mark.parametrize(
    "declared",
    [
        '{"cach_cham": {"loai": "cham_tay"}}',
        '{"cach_cham": {"loai": "co_khong", "so_lieu": "da_xu_ly", "khong": "1"}}',
        '{"diem_toi_da": "9", "cach_cham": {"loai": "co_khong", "so_lieu": "da_xu_ly"}}',
        '{"tieu_chi": [{"ma": "1.3.1"}]}',
        '{"cach_cham": 1}',
        '{"khong phai json',
        "{" * 5_000,
        '{"a":' * 900 + "1" + "}" * 900,
    ],
)
def test_a_machine_column_cannot_say_other_than_the_words(
    declared: str, typed: Callable[[str], Located[CriteriaSet]]
) -> None:
    """A declaration that means other words than those beside it, or is none, is told and set aside."""
    import openpyxl

    located = typed((SOUND / "scores" / "sets" / "xa-mau.yml").read_text("utf-8"))
    book = openpyxl.load_workbook(io.BytesIO(print_workbook(located.value, located.tree.data)))
    row = next(row for row in book.worksheets[0].iter_rows() if row[0].value == "1.3")
    row[6].value = declared
    stream = io.BytesIO()
    book.save(stream)
    imported = read_annex("bo.xlsx", stream.getvalue())
    leaf = next(node.criterion for node in typed(imported.text).value.walk() if node.criterion.code == "1.3")

    assert [finding.place.line for finding in imported.findings if finding.code == "N813"] == [row[0].row]
    assert (leaf.rule.kind, leaf.rule.no, leaf.maximum) == ("co_khong", 0, 1)


def test_without_the_machine_column_the_words_alone_give_the_shapes(
    typed: Callable[[str], Located[CriteriaSet]],
) -> None:
    """What the program writes about a ladder, a rate or a deduction, it also understands when it reads it."""
    from pipeline.annex.forms import read_scoring
    from pipeline.annex.lines import lines
    from pipeline.annex.reading import Asked

    located = typed((ROOT / "scores" / "sets" / "cap-xa-hai-duong-2019-minh-hoa.yml").read_text("utf-8"))
    texts = {line.code: line.scoring for line in lines(located.value, located.tree.data)}
    read = {}
    for node in located.value.walk():
        leaf = node.criterion
        if leaf.rule is not None and leaf.rule.kind != "du_dieu_kien":
            reading = read_scoring(Asked(texts[leaf.code], leaf.maximum, leaf.title))
            read[leaf.code] = (leaf.rule.kind, reading and reading.rule["loai"], reading and reading.doubts)

    assert {code: told for code, told in read.items() if told[:1] != told[1:2] or told[2]} == {}
