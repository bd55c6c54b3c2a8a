"""Points and remarks from XLSX, CSV and JSON: found by their headings, told with their cells, never guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.model.finding import Severity


def codes(proposal: Any) -> list[str]:
    """The codes of a proposal's findings, without notes about what the file leaves out."""
    return [finding.code for finding in proposal.findings if finding.code != "A110"]


def verdicts(proposal: Any, number: int = 1) -> dict[str, tuple[Decimal | None, str | None, bool]]:
    """What the proposal would write."""
    told = proposal.appraised.appraisal.rounds[number].verdicts
    return {code: (each.points, each.remark, each.explanation_wanted) for code, each in told.items()}


EXPECTED = {"1.1.3": (Decimal("0.5"), "Thiếu báo cáo", True), "1.5": (Decimal(0), None, False)}


def test_columns_are_found_in_any_order_below_a_title(desk: Any) -> None:
    """Title rows, two rows of merged headings, a row that counts the columns, and columns that swapped places."""
    rows = [
        ["KẾT QUẢ THẨM ĐỊNH NĂM 2024", None, None, None, None, None],
        [None] * 6,
        ["Kết quả thẩm định", None, "Đề nghị giải trình", "Điểm tự chấm", "Nội dung tiêu chí", "Mã tiêu chí"],
        ["Ý kiến", "Điểm", None, None, None, None],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        ["Thiếu báo cáo", "0,5", "x", 1, "Mức độ hoàn thành", "1.1.3"],
        [None, 0, None, 1, "Sáng kiến", "1.5"],
    ]
    merge = ("A1:F1", "A3:B3", "C3:C4", "D3:D4", "E3:E4", "F3:F4")

    proposal = desk.propose(desk.excel(rows, merge=merge))

    assert codes(proposal) == []
    assert verdicts(proposal) == EXPECTED


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_with_any_usual_delimiter_and_encoding(desk: Any, delimiter: str, encoding: str) -> None:
    """What Excel and other programs save as CSV or Unicode text."""
    lines = [
        ["STT", "Mã", "Điểm thẩm định", "Ý kiến", "Đề nghị giải trình"],
        ["1", "1.1.3", '"0,5"', '"Thiếu báo cáo"', "có"],
        ["2", "1.5", "0", "", ""],
    ]
    text = "\r\n".join(delimiter.join(line) for line in lines)

    proposal = desk.propose(desk.write("tham-dinh.csv", text.encode(encoding)))

    assert codes(proposal) == []
    assert verdicts(proposal) == EXPECTED


def test_json_of_objects_with_vietnamese_or_english_keys(desk: Any) -> None:
    """Numbers, texts and truth values alike; the file may say which round it is and of what day."""
    items = [
        {"ma": "1.1.3", "diem": 0.5, "y_kien": "Thiếu báo cáo", "can_giai_trinh": True},
        {"ma": "1.5", "diem": "0", "can_giai_trinh": False},
    ]
    whole = {"nam": 2024, "vong": 1, "ngay": "20/01/2025", "co_quan": "Sở Nội vụ", "ket_qua": items}
    english = [
        {"code": "1.1.3", "points": "0.5", "remark": "Thiếu báo cáo", "explanation_wanted": "có"},
        {"code": "1.5", "points": 0},
    ]

    assert verdicts(desk.propose(desk.json(items))) == EXPECTED
    assert verdicts(desk.propose(desk.json(english))) == EXPECTED
    told = desk.propose(desk.json(whole), number=None, day=None).appraised.appraisal.rounds[1]
    assert (told.day, told.office) == (date(2025, 1, 20), "Sở Nội vụ")


def test_codes_may_begin_the_title(desk: Any) -> None:
    """Tables without a column of codes carry them in the names of the criteria."""
    rows = [
        ["Lĩnh vực, tiêu chí", "Điểm thẩm định", "Nhận xét"],
        ["1. Chỉ đạo, điều hành", None, None],
        ["1.1.3. Mức độ hoàn thành kế hoạch", 0.5, "Thiếu báo cáo"],
        ["Tổng cộng", 12, None],
    ]

    proposal = desk.propose(desk.excel(rows))

    assert codes(proposal) == []
    assert verdicts(proposal) == {"1.1.3": (Decimal("0.5"), "Thiếu báo cáo", False)}


def test_running_numbers_are_not_taken_for_codes(desk: Any) -> None:
    """Where the first column only counts the rows, the titles tell, and nothing is read as an area's sum."""
    rows = [["STT", "Tiêu chí", "Điểm thẩm định"], [1, "1.1.2. Chất lượng kế hoạch", 1], [2, "1.1.3. Mức độ", 1]]

    assert codes(desk.propose(desk.excel(rows))) == ["A104", "A104"]


def test_a_merged_remark_is_about_each_of_its_rows_but_merged_points_are_not(desk: Any, headings: Any) -> None:
    """One remark may cover several criteria; one number for two of them says nothing about either."""
    rows = [headings, ["1.1.2", "", 1, "Như nhau", None], ["1.1.3", "", 1, None, None], ["1.6", "", None, None, None]]

    remarks = desk.propose(desk.excel(rows, merge=["D2:D3"]))
    points = desk.propose(desk.excel(rows, merge=["C2:C3"]))

    assert {code: told[1] for code, told in verdicts(remarks).items()} == {"1.1.2": "Như nhau", "1.1.3": "Như nhau"}
    assert codes(points) == ["A106"]
    assert "Kết quả!C3" in points.findings[0].message


def test_the_rounds_own_columns_are_taken(desk: Any) -> None:
    """A table that goes on over the rounds has columns for each; the round that is imported names its own."""
    rows = [
        ["Mã", "Điểm thẩm định lần 1", "Ý kiến lần 1", "Điểm thẩm định lần 2", "Ý kiến lần 2"],
        ["1.1.3", 0.5, "Thiếu báo cáo", 1, "Chấp nhận"],
    ]
    file = desk.excel(rows)
    desk.take(file)

    second = desk.propose(file, number=2, day=date(2025, 2, 10))

    assert verdicts(second, 2) == {"1.1.3": (Decimal(1), "Chấp nhận", False)}
    assert codes(desk.propose(desk.excel([["Mã", "Điểm thẩm định lần 1"], ["1.5", 1]], name="x.xlsx"), number=2)) == [
        "A103"
    ]


def test_two_columns_of_one_meaning_are_not_chosen_between(desk: Any) -> None:
    """Which of them holds the points only the office knows."""
    rows = [["Mã", "Điểm Sở Nội vụ thẩm định", "Điểm hội đồng thẩm định"], ["1.1.3", 0.5, 1]]

    proposal = desk.propose(desk.excel(rows))

    assert codes(proposal) == ["A103"]
    assert "B, C" in proposal.findings[0].message


BAD = [
    (["1.1.9", "", 1, "", ""], "A104", "A2"),
    (["", "không mã", 1, "", ""], "A104", "B2"),
    ([date(2024, 2, 1), "", 1, "", ""], "A105", "A2"),
    (["01/02", "", 1, "", ""], "A105", "A2"),
    (["1.1.3", "", "nửa điểm", "", ""], "A106", "C2"),
    (["1.1.3", "", date(2025, 5, 1), "", ""], "A106", "C2"),
    (["1.1.3", "", "1.125", "", ""], "A106", "C2"),
    (["1.1.3", "", 1, "", "chưa biết"], "A106", "E2"),
    (["1.1.3", "", 1, "dài " * 1500, ""], "A106", "D2"),
    (["1.1.3", "", "=1/2", "", ""], "A106", "C2"),
    (["1.1.3", "", 2.5, "", ""], "A107", "C2"),
    (["1.1.3", "", -1, "", ""], "A107", "C2"),
]


@pytest.mark.parametrize(("row", "code", "cell"), BAD)
def test_what_cannot_be_read_is_told_with_its_cell(desk: Any, headings: Any, row: Any, code: str, cell: str) -> None:
    """An error each, in Vietnamese, with sheet and cell; nothing is proposed."""
    proposal = desk.propose(desk.excel([headings, row]))

    assert codes(proposal) == [code]
    assert proposal.findings[-1].message.startswith(f"Kết quả!{cell}: ")
    assert proposal.refused


def test_all_findings_come_at_once(desk: Any, headings: Any) -> None:
    """A file with many mistakes is told of all of them in one go."""
    rows = [headings, *[row for row, _, _ in BAD]]

    found = codes(desk.propose(desk.excel(rows)))

    assert sorted(found) == sorted(code for _, code, _ in BAD)


def test_a_line_of_a_csv_is_named_even_after_a_remark_of_two_lines(desk: Any) -> None:
    """Lines are counted as an editor counts them."""
    text = 'Mã;Điểm thẩm định;Ý kiến\n1.1.2;1;"hai\ndòng"\n1.1.3;hai;\n'

    proposal = desk.propose(desk.write("x.csv", text))

    assert [(each.code, each.place.line) for each in proposal.findings] == [("A106", 4)]
    assert "dòng 4, cột 2" in proposal.findings[0].message


def test_an_item_of_a_json_file_is_named_by_its_line(desk: Any) -> None:
    """The line on which the item begins."""
    proposal = desk.propose(desk.write("x.json", '[\n {"ma": "1.1.2", "diem": 1},\n {"ma": "1.1.3", "diem": 9}\n]'))

    assert [(each.code, each.place.line) for each in proposal.findings] == [("A107", 3)]


def test_a_criterion_told_twice_must_say_the_same(desk: Any, headings: Any) -> None:
    """Equal rows are one, a row without anything adds nothing, differing ones are an error."""
    same = [headings, ["1.1.3", "", 1, "", ""], ["1.1.3", "", 1, "", ""], ["1.1.3", "", None, "", ""]]
    differing = [*same, ["1.1.3", "", 0.5, "", ""]]

    assert codes(desk.propose(desk.excel(same))) == []
    assert codes(desk.propose(desk.excel(differing))) == ["A108"]


def test_a_formula_gives_its_stored_value_and_a_warning(desk: Any) -> None:
    """What another program has computed is taken, and told."""
    path = _computed(desk.root / "computed.xlsx")

    proposal = desk.propose(path)

    assert codes(proposal) == ["A109"]
    assert proposal.findings[-1].severity is Severity.WARNING
    assert verdicts(proposal)["1.1.3"][0] == Decimal("0.5")


def _computed(path: Path) -> Path:
    """A workbook in which a formula has its result beside it."""
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Kết quả")
        sheet.write_row(0, 0, ["Mã", "Điểm thẩm định"])
        sheet.write_string(1, 0, "1.1.3")
        sheet.write_formula(1, 1, "=1/2", None, 0.5)
    return path


def test_what_the_file_leaves_out_is_a_note(desk: Any, headings: Any) -> None:
    """Criteria without a row and rows without points keep what they had, and the officer is told which."""
    proposal = desk.propose(desk.excel([headings, ["1.1.3", "", 1, "", ""], ["1.5", "", None, "Xem lại", ""]]))
    notes = [finding for finding in proposal.findings if finding.code == "A110"]

    assert [note.message.split(":")[0] for note in notes] == [
        "1 tiêu chí để trống điểm",
        "14 tiêu chí không có dòng trong tệp",
    ]
    assert not proposal.refused


def test_sums_that_do_not_add_up_are_told(desk: Any, headings: Any) -> None:
    """The office's own sums are not imported; where they differ from the set's, somebody should ask."""
    rows = [headings, ["1", "", 6.75, "", ""], ["1.1", "", 2, "", ""], ["1.1.3", "", 1, "", ""]]

    proposal = desk.propose(desk.excel(rows))

    assert codes(proposal) == ["A111"]
    assert "1.1: tệp cộng được 2,00 điểm, theo bộ tiêu chí là 2,50" in proposal.findings[-1].message


def test_a_remark_about_a_branch_is_told(desk: Any, headings: Any) -> None:
    """It has no place among the criteria that are scored, and must not vanish."""
    proposal = desk.propose(desk.excel([headings, ["1.1", "", None, "Cần bổ sung", "x"], ["1.1.3", "", 1, "", ""]]))

    assert codes(proposal) == ["A114", "A114"]
    assert not proposal.refused


def test_a_number_is_only_a_code_when_no_other_code_looks_like_it(desk: Any, headings: Any) -> None:
    """With 1.1 and 1.10 in the set, the number 1.1 may be either; the number 1.5 can only be 1.5."""
    for name in ("scores/sets/xa-mau.yml", "docs/2024/1-chi-dao-dieu-hanh.md"):
        path = desk.root / name
        path.write_text(path.read_text("utf-8").replace("1.6", "1.10"), "utf-8")
    settings = desk.root / "scores/2024/settings.yml"
    settings.write_text(settings.read_text("utf-8").replace("1.6", "1.10"), "utf-8")

    proposal = desk.propose(desk.excel([headings, [1.5, "", 1, "", ""], [1.1, "", 1, "", ""]]))
    text = desk.propose(desk.excel([headings, ["1.10", "", 1, "", ""]]))

    assert codes(proposal) == ["A105"]
    assert "1.1 hoặc 1.10" in proposal.findings[-1].message
    assert verdicts(text) == {"1.10": (Decimal(1), None, False)}


ROUNDS = [
    ({"number": None}, "chưa rõ tệp là của vòng thẩm định nào"),
    ({"day": None}, "chưa rõ ngày thẩm định"),
    ({"number": 2}, "chưa có vòng 1"),
]


@pytest.mark.parametrize(("wish", "words"), ROUNDS)
def test_rounds_come_one_after_the_other_with_their_days(desk: Any, headings: Any, wish: Any, words: str) -> None:
    """Which round it is and of what day is never assumed."""
    proposal = desk.propose(desk.excel([headings, ["1.1.3", "", 1, "", ""]]), **wish)

    assert codes(proposal) == ["A112"]
    assert words in next(each.message for each in proposal.findings if each.code == "A112")


def test_a_round_is_replaced_only_when_asked_and_never_when_closed(desk: Any, headings: Any) -> None:
    """What stands there stays, unless the officer says otherwise and the round is still open."""
    first = desk.excel([headings, ["1.1.3", "", 1, "", ""]])
    desk.take(first)
    before = desk.text

    assert codes(desk.propose(first)) == ["A112"]
    assert desk.propose(first, replace=True).source.after == before

    desk.write("scores/2024/appraisal.yml", before.rstrip("\n") + "\n    chot: 30/01/2025\n")
    assert codes(desk.propose(first, replace=True)) == ["A112"]


def test_a_file_of_another_year_or_set_is_refused(desk: Any) -> None:
    """A file that says what it is about is held to its word."""
    items = [{"ma": "1.1.3", "diem": 1}]

    assert codes(desk.propose(desk.json({"nam": 2023, "ket_qua": items}))) == ["A113"]
    assert codes(desk.propose(desk.json({"bo_tieu_chi": "khac", "ket_qua": items}))) == ["A113"]


def test_three_decimals_are_not_taken_for_thousands(desk: Any, headings: Any) -> None:
    """A number that a program computed is written so that the file reads it back as it was."""
    desk.take(desk.excel([headings, ["1.1.3", "", 0.125, "", ""]]))

    assert "diem: 0,1250" in desk.text
    assert desk.dossier().appraised.appraisal.rounds[1].verdicts["1.1.3"].points == Decimal("0.125")


def test_replacing_keeps_comments_order_and_explanations(desk: Any, headings: Any) -> None:
    """Only what the office says anew is touched."""
    desk.write(
        "scores/2024/appraisal.yml",
        "# Ghi chú đầu tệp\nnam: 2024\nvong:\n  1:  # vòng đầu\n    ngay: 20/01/2025\n    co_quan: Sở Nội vụ\n"
        "    ket_qua:\n      1.5:\n        diem: 0  # chưa có quyết định\n        y_kien: Chưa có quyết định.\n"
        "      # tiêu chí này xem lại\n      1.1.3: {diem: '0,5', can_giai_trinh: có}\n"
        "    giai_trinh:\n      1.5: {ngay: 25/01/2025, noi_dung: Đang chờ ký.}\n",
    )
    rows = [
        headings,
        ["1.1.3", "", 1, "Đã đủ", ""],
        ["1.5", "", 0, "Chưa có quyết định.", ""],
        ["2.2", "", 0.5, "", ""],
    ]

    after = desk.propose(desk.excel(rows), replace=True, day=None).source.after

    assert after == (
        "# Ghi chú đầu tệp\nnam: 2024\nvong:\n  1:  # vòng đầu\n    ngay: 20/01/2025\n    co_quan: Sở Nội vụ\n"
        "    ket_qua:\n      1.5:\n        diem: 0  # chưa có quyết định\n        y_kien: Chưa có quyết định.\n"
        "      # tiêu chí này xem lại\n      1.1.3: {diem: 1, y_kien: Đã đủ}\n      2.2:\n        diem: 0,5\n"
        "    giai_trinh:\n      1.5: {ngay: 25/01/2025, noi_dung: Đang chờ ký.}\n"
    )


def test_what_an_office_types_is_text_in_the_file(desk: Any, headings: Any) -> None:
    """Colons, quotes, signs of YAML and formulas come back as they were typed."""
    remarks = [
        "Thiếu: báo cáo # quý",
        '"nháy" và {ngoặc}',
        "- gạch đầu dòng",
        "có",
        "1,5",
        "=SUM(A1)",
        "hai\ndòng",
        "'",
    ]
    leaves = ["1.1.1", "1.1.2", "1.1.3", "1.2.1", "1.2.2", "1.4", "1.5", "1.6"]
    rows = [[code, None, remark] for code, remark in zip(leaves, remarks, strict=True)]
    told = {"ket_qua": [{"ma": code, "diem": 0, "y_kien": remark} for code, _, remark in rows]}

    proposal = desk.take(desk.json(told))
    read = desk.dossier().appraised.appraisal.rounds[1].verdicts

    assert [verdict.remark for verdict in read.values()] == remarks
    assert proposal.source.after == desk.text
