"""Annexes of decisions in their many shapes: the set that they give, and the doubts that they leave."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.annex import Imported, Told, read_annex
from pipeline.model.criteria_set import CriteriaSet
from pipeline.model.finding import CATALOGUE, Severity
from pipeline.workspace.reader import Reader

Rows = list[list[str]]
Read = Callable[..., Imported]


@pytest.fixture
def loaded(tmp_path: Path) -> Callable[[Imported], CriteriaSet]:
    """Load what an import gave, as the program would."""

    def load(imported: Imported) -> CriteriaSet:
        (tmp_path / "bo.yml").write_text(imported.text, "utf-8")
        reader = Reader(tmp_path)
        located = reader.yaml("bo.yml", CriteriaSet)

        assert reader.findings == []
        assert located is not None
        return located.value

    return load


def codes(criteria: CriteriaSet) -> list[str]:
    """The codes of all criteria, in order."""
    return [node.criterion.code for node in criteria.walk()]


def kinds(criteria: CriteriaSet) -> dict[str, str]:
    """The shape of each leaf's rule."""
    leaves = (node.criterion for node in criteria.walk())
    return {leaf.code: leaf.rule.kind for leaf in leaves if leaf.rule is not None}


def found(imported: Imported, code: str) -> list[tuple[int, str]]:
    """Row and message of the findings with a code."""
    return [(finding.place.line, finding.message) for finding in imported.findings if finding.code == code]


EXPECTED = {
    "1.1.1": "co_khong",
    "1.1.2": "bac_ty_le",
    "1.2.a": "moi_don_vi",
    "1.2.b": "co_khong",
    "2.1": "dieu_tra",
}


def test_an_annex_that_is_all_understood(read_docx: Read, printed: Rows, loaded: Any) -> None:
    """Roman areas, letters below a criterion, steps a row: the same set that an officer would type."""
    preface = (
        "BỘ TIÊU CHÍ XÁC ĐỊNH CHỈ SỐ CẢI CÁCH HÀNH CHÍNH CẤP XÃ",
        "(Ban hành kèm theo Quyết định số 01/QĐ-UBND ngày 05/01/2023 của UBND tỉnh Mẫu)",
    )
    imported = read_docx(printed, preface=preface)
    criteria = loaded(imported)

    assert codes(criteria) == ["1", "1.1", "1.1.1", "1.1.2", "1.2", "1.2.a", "1.2.b", "2", "2.1"]
    assert kinds(criteria) == EXPECTED
    assert (criteria.total, criteria.survey_total) == (6, 2)
    assert criteria.title.startswith("BỘ TIÊU CHÍ XÁC ĐỊNH")
    assert criteria.issued == "Quyết định số 01/QĐ-UBND ngày 05/01/2023 của UBND tỉnh Mẫu"
    assert {finding.code for finding in imported.findings} == {"N812", "N815"}


def test_original_words_and_proof_stay_beside_the_rule(read_docx: Read, printed: Rows, loaded: Any) -> None:
    """Steps that stand in rows of their own are kept together; documents are told one by one."""
    leaves = {node.criterion.code: node.criterion for node in loaded(read_docx(printed)).walk()}

    assert leaves["1.1.2"].original == "Hoàn thành 100% kế hoạch: 1,5\nTừ 80% đến dưới 100%: 1\nDưới 80%: 0"
    assert leaves["1.1.1"].proof == ("Kế hoạch năm", "Báo cáo")


def test_excel_gives_the_same_set_as_word(read_docx: Read, read_xlsx: Read, printed: Rows) -> None:
    """The set depends on the table, not on the program that it was typed in; numbers may be stored as numbers."""
    stored = [[_stored(value, column) for column, value in enumerate(row)] for row in printed]

    assert read_xlsx(stored).text == read_xlsx(printed).text == read_docx(printed).text


def _stored(value: str, column: int) -> float | str:
    return float(value.replace(",", ".")) if column == 2 and value.replace(",", "").isdecimal() else value


def test_columns_may_stand_in_any_order(read_docx: Read, printed: Rows) -> None:
    """Columns are known by their headings; those of no interest and empty ones change nothing."""
    mixed = [[row[4], row[2], row[0], "" if at else "Điểm tự chấm", row[1], row[3]] for at, row in enumerate(printed)]
    mixed[1] = ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"]

    assert read_docx(mixed).text == read_docx(printed).text


def test_headings_over_two_rows(read_docx: Read, read_xlsx: Read, printed: Rows) -> None:
    """`Điểm` over `Tối đa` and `Tự chấm`: the lower heading names the column, merged or only left blank."""
    body = [[row[0], row[1], row[2], "", row[3], row[4]] for row in printed[2:]]
    upper = ["STT", "Tiêu chí", "Điểm", "", "Cách chấm", "Tài liệu kiểm chứng"]
    lower = ["", "", "Tối đa", "Tự chấm", "", ""]
    down = [(0, column, 1, column) for column in (0, 1, 4, 5)]
    merges = [(0, 2, 0, 3), *down]
    expected = read_docx(printed).text

    assert read_docx([upper, lower, *body], merges=merges).text == expected
    assert read_docx([upper, lower, *body]).text == expected
    assert read_xlsx([upper, lower, *body], merges=merges).text == expected


def test_a_table_split_over_pages_with_its_heading_repeated(read_docx: Read, printed: Rows) -> None:
    """Several tables, with and without headings, and a heading in the middle of one, are one table."""
    expected = read_docx(printed).text
    again = [printed[0], printed[1]]

    assert read_docx(printed[:8], [*again, *printed[8:]]).text == expected
    assert read_docx(printed[:8], printed[8:]).text == expected
    assert read_docx([*printed[:10], *again, *printed[10:]]).text == expected


def test_merged_cells(read_docx: Read, read_xlsx: Read, headings: tuple[str, ...], loaded: Any) -> None:
    """Code and title over all steps of a leaf; proof over two leaves; an area's name over the whole row."""
    rows = [
        [*headings],
        ["1. Chỉ đạo, điều hành", "", "2", "", ""],
        ["1.1", "Hoàn thành kế hoạch", "1", "100%: 1", "Báo cáo năm"],
        ["", "", "", "Dưới 100%: 0", ""],
        ["1.2", "Có sáng kiến", "1", "Có: 1; không: 0", ""],
    ]
    merges = [(1, 0, 1, 1), (2, 0, 3, 0), (2, 1, 3, 1), (2, 2, 3, 2), (2, 4, 4, 4)]
    for imported in (read_docx(rows, merges=merges), read_xlsx(rows, merges=merges)):
        leaves = {node.criterion.code: node.criterion for node in loaded(imported).walk()}

        assert leaves["1"].title == "Chỉ đạo, điều hành"
        assert leaves["1.1"].original == "100%: 1\nDưới 100%: 0"
        assert leaves["1.1"].proof == leaves["1.2"].proof == ("Báo cáo năm",)


def test_codes_inside_the_titles(read_docx: Read, loaded: Any) -> None:
    """A table without a column of codes is read by the numbers before its titles."""
    rows = [
        ["Tiêu chí", "Điểm chuẩn", "Hướng dẫn chấm"],
        ["I. Chỉ đạo, điều hành", "2", ""],
        ["1.1. Kế hoạch", "2", ""],
        ["a) Ban hành", "1", "Có: 1; không: 0"],
        ["b) Đúng hạn", "1", "Có: 1; không: 0"],
    ]

    assert codes(loaded(read_docx(rows))) == ["1", "1.1", "1.1.a", "1.1.b"]


def test_numbers_that_begin_anew_in_each_area(read_docx: Read, headings: tuple[str, ...], loaded: Any) -> None:
    """Below Roman areas, bare numbers count within their area."""
    rows = [
        [*headings],
        ["I", "Chỉ đạo", "1", "", ""],
        ["1", "Kế hoạch", "1", "", ""],
        ["1.1", "Ban hành", "1", "Có: 1; không: 0", ""],
        ["II", "Thủ tục", "1", "", ""],
        ["1", "Niêm yết", "1", "Có: 1; không: 0", ""],
    ]

    assert codes(loaded(read_docx(rows))) == ["1", "1.1", "1.1.1", "2", "2.1"]


def test_one_point_ten_is_not_one_point_one(read_xlsx: Read, headings: tuple[str, ...], loaded: Any) -> None:
    """A spreadsheet that stored 1.10 as a number lost its zero; the row before it tells, and a finding asks."""
    leaves = [[float(f"1.{n}"), f"Tiêu chí {n}", 1, "Có: 1; không: 0", ""] for n in range(1, 11)]
    imported = read_xlsx([[*headings], [1, "Chỉ đạo", 10, "", ""], *leaves])

    assert codes(loaded(imported))[-1] == "1.10"
    assert [line for line, _ in found(imported, "N807")] == [12]
    assert "đọc là “1.10”" in found(imported, "N807")[0][1]


def test_text_codes_are_never_asked_about(read_xlsx: Read, headings: tuple[str, ...]) -> None:
    """Codes stored as text are what they are."""
    leaves = [[f"1.{n}", f"Tiêu chí {n}", 1, "Có: 1; không: 0", ""] for n in range(1, 12)]

    assert found(read_xlsx([[*headings], ["1", "Chỉ đạo", 11, "", ""], *leaves]), "N807") == []


def test_totals_that_do_not_add_up_are_kept_and_told(read_docx: Read, printed: Rows, loaded: Any) -> None:
    """Printed totals stand at every level; each that does not add up is told with its table and row."""
    printed = [row[:] for row in printed]
    printed[2][2], printed[3][2], printed[-1][2] = "5", "3", "100"
    imported = read_docx(printed)
    criteria = loaded(imported)

    assert [line for line, _ in found(imported, "N809")] == [3, 4, 15]
    assert all(message.startswith("bảng 1, dòng ") for _, message in found(imported, "N809"))
    assert (criteria.areas[0].maximum, criteria.areas[0].children[0].maximum, criteria.total) == (5, 3, 100)


def test_words_that_only_begin_like_a_total(read_docx: Read, headings: tuple[str, ...], loaded: Any) -> None:
    """`Công khai` and `Tổng số hồ sơ` are steps and titles; `CỘNG` and `Tổng điểm lĩnh vực 1` are totals."""
    rows = [
        [*headings],
        ["1", "Thủ tục", "2", "", ""],
        ["1.1", "Tổng số thủ tục được niêm yết", "2", "", ""],
        ["", "Công khai đủ: 2", "", "", ""],
        ["", "Công khai thiếu: 1", "", "", ""],
        ["", "Không công khai: 0", "", "", ""],
        ["", "Tổng điểm lĩnh vực 1", "3", "", ""],
        ["CỘNG", "", "2", "", ""],
    ]
    imported = read_docx(rows)
    leaf = loaded(imported).areas[0].children[0]

    assert [level.points for level in leaf.rule.levels.values()] == [2, 1, 0]
    assert [line for line, _ in found(imported, "N809")] == [7]


def test_steps_inside_the_cell_of_the_title(read_docx: Read, loaded: Any) -> None:
    """Without a column for the scoring, the lines below a title that give points are its steps."""
    rows = [
        ["STT", "Nội dung tiêu chí", "Điểm"],
        ["1", "Chỉ đạo", "1"],
        ["1.1", "Kế hoạch\nhằng năm\nĐúng hạn: 1 điểm\nKhông đúng hạn: 0 điểm", "1"],
    ]
    leaf = loaded(read_docx(rows)).areas[0].children[0]

    assert (leaf.title, leaf.rule.kind) == ("Kế hoạch hằng năm", "co_khong")
    assert leaf.original == "Đúng hạn: 1 điểm\nKhông đúng hạn: 0 điểm"


def test_an_area_that_names_the_survey(read_docx: Read, headings: tuple[str, ...], loaded: Any) -> None:
    """Leaves without a word about scoring are the survey's if their area's name says so; that is told."""
    rows = [[*headings], ["1", "Tác động (điều tra xã hội học)", "2", "", ""], ["1.1", "Hài lòng", "2", "", ""]]
    imported = read_docx(rows)

    assert kinds(loaded(imported)) == {"1.1": "dieu_tra"}
    assert [line for line, _ in found(imported, "N811")] == [2]


def test_hidden_sheets_are_told(excel: Any, headings: tuple[str, ...]) -> None:
    """What nobody sees is not read, and not passed over in silence."""
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(excel([[*headings], ["1", "Chỉ đạo", "1", "Có: 1; không: 0", ""]])))
    book.create_sheet("Cũ").sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)

    assert "trang tính ẩn “Cũ”" in found(read_annex("a.xlsx", stream.getvalue()), "N805")[0][1]


def test_unknown_scoring_is_judged_by_hand_and_told(read_docx: Read, printed: Rows, loaded: Any) -> None:
    """The words stay; nothing is guessed."""
    printed = [row[:] for row in printed]
    printed[4][3] = "Hội đồng xem xét, cho điểm theo thực tế"
    imported = read_docx(printed)
    leaf = loaded(imported).areas[0].children[0].children[0]

    assert (leaf.rule.kind, leaf.original) == ("cham_tay", "Hội đồng xem xét, cho điểm theo thực tế")
    assert [line for line, _ in found(imported, "N810")] == [5]


def test_notes_marks_and_exemptions(read_docx: Read, loaded: Any) -> None:
    """A survey column, notes, and what a note says of criteria that do not apply."""
    rows = [
        ["STT", "Tiêu chí", "Điểm tối đa", "ĐTXHH", "Cách chấm", "Ghi chú"],
        ["1", "Thủ tục", "1", "", "", ""],
        ["1.1", "Xin lỗi", "1", "", "100%: 1; dưới 100%: 0", "Không phát sinh hồ sơ thì được điểm tối đa"],
        ["2", "Tác động", "2", "x", "", ""],
        ["2.1", "Hài lòng", "2", "", "", ""],
    ]
    leaf, surveyed = (area.children[0] for area in loaded(read_docx(rows)).areas)

    assert (leaf.not_applicable, leaf.guidance) == ("du_diem", "Không phát sinh hồ sơ thì được điểm tối đa")
    assert surveyed.rule.kind == "dieu_tra"


def test_what_the_person_says_goes_before_the_file(word: Any, printed: Rows, loaded: Any) -> None:
    """Id, title and decision may be given; then nothing is asked about them."""
    imported = read_annex("PL 01.docx", word(printed), Told("bo-moi", "Bộ mới", "Quyết định số 02/QĐ-UBND"))
    criteria = loaded(imported)

    assert (imported.code, criteria.title, criteria.issued) == ("bo-moi", "Bộ mới", "Quyết định số 02/QĐ-UBND")
    assert [message for _, message in found(imported, "N812") if "xếp loại" not in message] == []


def test_text_of_the_file_is_only_text(read_docx: Read, printed: Rows, loaded: Any) -> None:
    """Whatever a cell holds comes back as that text: YAML's own signs, formulas, several lines, control characters."""
    printed = [row[:] for row in printed]
    nasty = "- {a: [b, *c, &d]} # không: !!python/object 'x' \"y\" | > % @ ` =1+1 \u2028 null"
    printed[4][1], printed[4][4] = nasty, "~;null;- a: b"
    leaf = loaded(read_docx(printed)).areas[0].children[0].children[0]

    assert leaf.title == "- {a: [b, *c, &d]} # không: !!python/object 'x' \"y\" | > % @ ` =1+1 null"
    assert leaf.proof == ("~", "null", "a: b")


def test_the_text_is_for_a_careful_officer(read_docx: Read, printed: Rows) -> None:
    """Numbers bare with a comma, in braces quoted; steps one a line; nothing escaped."""
    text = read_docx(printed).text

    assert "            diem_toi_da: 1,5\n" in text
    assert "                - {tu: 100, diem: '1,5'}\n" in text
    assert "\\u" not in text
    assert yaml.safe_load(text)["linh_vuc"][0]["ten"] == "CHỈ ĐẠO, ĐIỀU HÀNH"


Change = Callable[[Rows], Rows]


def _row(index: int, column: int, text: Any) -> Change:
    def change(rows: Rows) -> Rows:
        rows[index][column] = text
        return rows

    return change


DOUBTS: list[tuple[str, int, Change]] = [
    ("N805", 3, lambda rows: [*rows[:2], ["A", "PHẦN TỰ CHẤM", "", "", ""], *rows[2:]]),
    ("N806", 3, lambda rows: [*rows[:2], ["", "Dòng lạc", "", "", ""], *rows[2:]]),
    ("N806", 5, _row(4, 0, "Mã ?")),
    ("N806", 5, _row(4, 1, "")),
    ("N806", 5, _row(4, 0, "1.7.1")),
    ("N806", 3, lambda rows: [*rows[:2], rows[3], rows[4]]),
    ("N807", 5, _row(4, 0, "2.7")),
    ("N808", 5, _row(4, 2, "1 hoặc 2")),
    ("N808", 3, _row(2, 2, "")),
    ("N808", 5, _row(4, 2, "-1")),
    ("N809", 15, _row(14, 2, "7")),
    ("N810", 5, _row(4, 3, "")),
    ("N810", 5, _row(4, 3, "Xem xét theo thực tế từng đơn vị")),
    ("N811", 5, _row(4, 3, "Ban hành: 1")),
    ("N812", 0, lambda rows: rows),
    ("N815", 0, lambda rows: rows),
]


@pytest.mark.parametrize(("code", "line", "change"), DOUBTS, ids=[f"{code}-{line}" for code, line, _ in DOUBTS])
def test_doubts_stand_at_their_row(
    code: str, line: int, change: Change, *, read_docx: Read, read_xlsx: Read, printed: Rows, loaded: Any
) -> None:
    """Each doubt names the row, leaves a set that loads, and is not there without its cause."""
    rows = change([row[:] for row in printed])
    for imported in (read_docx(rows), read_xlsx(rows)):
        loaded(imported)

        assert line in [at for at, _ in found(imported, code)]
        assert all(finding.severity is not Severity.ERROR for finding in imported.findings)
    if code not in ("N812", "N815"):
        assert found(read_docx(printed), code) == []


def test_dates_in_place_of_codes_are_asked_about(read_xlsx: Read, headings: tuple[str, ...], loaded: Any) -> None:
    """A spreadsheet that took 1.2 for the first of February is read back, and asked about."""
    rows = [[*headings], [1, "Chỉ đạo", 1, "", ""], [date(2024, 2, 1), "Kế hoạch", 1, "Có: 1; không: 0", ""]]
    imported = read_xlsx(rows)

    assert [line for line, _ in found(imported, "N807")] == [3]
    assert codes(loaded(imported)) == ["1", "1.2"]


def test_numbers_that_word_counts_itself_are_told(headings: tuple[str, ...]) -> None:
    """Automatic numbers are not in the text; the row says so in place of vanishing."""
    import io

    import docx

    document = docx.Document()
    table = document.add_table(3, 3)
    texts = [["STT", "Tiêu chí", "Điểm tối đa"], ["1", "Chỉ đạo", "1"], ["", "Kế hoạch", "1"]]
    for row, values in zip(table.rows, texts, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    table.cell(2, 0).paragraphs[0].style = "List Number"
    properties = table.cell(2, 0).paragraphs[0]._p.get_or_add_pPr()
    properties.get_or_add_numPr()
    stream = io.BytesIO()
    document.save(stream)

    assert [line for line, _ in found(read_annex("a.docx", stream.getvalue()), "N807")] == [3]


def test_every_finding_says_how_to_mend_it(read_docx: Read, printed: Rows) -> None:
    """No doubt is without a way out, and every row finding names table and row."""
    for _, _, change in DOUBTS:
        for finding in read_docx(change([row[:] for row in printed])).findings:
            assert finding.mend
            assert finding.place.line == 0 or f"bảng 1, dòng {finding.place.line}: " in finding.message


def test_every_code_of_the_family_is_exercised_here() -> None:
    """A code without an annex that gives it would pass all other tests."""
    told = {code for code, *_ in DOUBTS} | {"N801", "N802", "N803", "N804", "N807", "N813", "N814", "N816"}

    assert told == {code for code in CATALOGUE if code.startswith("N")}
