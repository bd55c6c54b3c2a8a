"""Whatever a file of answers holds, the import says where it is wrong; it never stumbles."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.model.finding import Finding
from pipeline.survey import Given, propose

MANNER, RESULT = "Thái độ phục vụ của công chức", "Kết quả giải quyết"
HEAD = ["Dấu thời gian", MANNER, RESULT]


def found(poll: Any, content: bytes) -> list[tuple[str, int, int]]:
    """Code, row and column of everything that is found."""
    return [(each.code, each.place.line, each.place.column) for each in poll.propose(content).findings]


def first(poll: Any, content: bytes) -> Finding:
    """The first finding."""
    finding: Finding = poll.propose(content).findings[0]
    return finding


def test_no_file_at_all(poll: Any) -> None:
    """A path that leads nowhere, or to a folder."""
    for path in (poll.root / "khong-co.csv", poll.root):
        assert [finding.code for finding in propose(poll.progress(), [Given(path)]).findings] == ["K101"]


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        ("Tên,Thái độ\nÁ,ừ\n".encode("cp1258", "ignore"), "K101", 1),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old workbook", "K101", 1),
        (b'a,b\nx,y\n"x,y\n', "K101", 3),
        (b'a,b\nx,"y" z\n', "K101", 2),
        (b"", "K103", 0),
        (b"\n\n \n", "K103", 0),
        ("a,b\n".encode("utf-16")[:-1], "K101", 1),
        (b"PK\x03\x04 no archive", "K101", 0),
    ],
)
def test_what_is_no_table(poll: Any, content: bytes, code: str, line: int) -> None:
    """The line is told where there is one."""
    finding = first(poll, content)

    assert (finding.code, finding.place.line) == (code, line)


@pytest.mark.parametrize(
    "content",
    [
        b"a,b\n" + b"x,y\n" * 50_001,
        (",".join(["a"] * 1_001) + "\n").encode(),
        b"a,b\n" + b"x" * 20_001 + b",y\n",
        b"a" * 20_000_001,
    ],
    ids=["rows", "columns", "cell", "bytes"],
)
def test_what_is_too_large(poll: Any, content: bytes) -> None:
    """Limits far above any survey of a commune."""
    assert first(poll, content).code == "K102"


def test_a_zip_bomb(poll: Any) -> None:
    """What would unpack to more than people type is not unpacked."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 9_000_000)

    assert first(poll, stream.getvalue()).code == "K102"


def test_a_workbook_with_entities(poll: Any) -> None:
    """A document type in a part is a reason not to read it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>')

    assert first(poll, stream.getvalue()).code == "K102"


@pytest.mark.parametrize(("row", "column"), [(1_048_576, 1), (3, 16_384)])
def test_a_stray_cell_far_away(poll: Any, row: int, column: int) -> None:
    """A cell in the last row or column costs nothing, and is told."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(poll.xlsx([HEAD, ["x", "Hài lòng", "Hài lòng"]])))
    book.active.cell(row, column).value = "x"
    stream = io.BytesIO()
    book.save(stream)

    assert first(poll, stream.getvalue()).code == "K102"


def test_formulas_are_told_by_their_cell(poll: Any) -> None:
    """A computed answer is none; a formula in a column that nobody asks for does not matter."""
    rows = [["=1+1", "Hài lòng", "Hài lòng"], ["x", "Hài lòng", '=CONCATENATE("Hài lòng")']]

    assert found(poll, poll.xlsx([HEAD, *rows])) == [("K106", 3, 3)]


def test_a_question_that_no_file_has(poll: Any) -> None:
    """It is told where the mapping declares it, with the heading as the officer wrote it."""
    finding = first(poll, poll.csv([["Dấu thời gian", MANNER], *[["x", "Hài lòng"]] * 6]))

    assert finding.code == "K104"
    assert finding.place.path == "scores/2024/survey-mapping.yml"
    assert RESULT in finding.message


def test_a_question_that_one_file_lacks(poll: Any) -> None:
    """A warning: another questionnaire may not ask it."""
    files = poll.csv([HEAD, *[["x", "Hài lòng", "Hài lòng"]] * 6]), poll.csv([HEAD[:2], *[["y", "Hài lòng"]] * 6])
    proposal = poll.propose(*files)

    assert [(finding.code, finding.place.path) for finding in proposal.findings] == [("K113", "tệp phiếu 2")]
    assert [detail.answers for detail in proposal.details.values()] == [12, 6]


@pytest.mark.parametrize("heading", [MANNER, f"  {MANNER.upper()} :", MANNER.replace(" ", "\N{NO-BREAK SPACE}")])
def test_a_question_with_two_columns(poll: Any, heading: str) -> None:
    """Which one counts is not for the machine to guess."""
    assert found(poll, poll.csv([[*HEAD, heading], *[["x", "Hài lòng", "Hài lòng", "Hài lòng"]] * 6])) == [
        ("K105", 1, 4)
    ]


def test_the_whole_heading_counts_before_a_part(poll: Any) -> None:
    """`a/b` is not `c/b` where the mapping says `a/b`; where it says `b`, both are."""
    head = ["_id", "_uuid", "_submission_time", "a/b", "c/b"]
    rows = [[str(at), str(at), "t", "Rất hài lòng", "Bình thường"] for at in range(6)]
    poll.declare({"3.1": poll.criterion("a/b")})
    assert poll.details(poll.csv([head, *rows]))["3.1"].percent == 100

    poll.declare({"3.1": poll.criterion("b")})
    assert found(poll, poll.csv([head, *rows])) == [("K105", 1, 5)]


def test_unknown_labels_are_told_a_few_times_and_counted(poll: Any) -> None:
    """Five cells of a column are told, the others are a number."""
    rows = [["x", "Hơi hài lòng", "Hài lòng"]] * 9
    findings = poll.propose(poll.csv([HEAD, *rows])).findings

    assert [finding.code for finding in findings] == ["K107"] * 6
    assert [finding.place.line for finding in findings] == [2, 3, 4, 5, 6, 1]
    assert "dài 12 ký tự" in findings[0].message
    assert "còn 4 ô" in findings[-1].message


def test_unknown_labels_may_be_declared_not_to_count(poll: Any) -> None:
    """“Khác: …” of a form is free text; the scale may say that such answers do not count."""
    scale = {"muc": [{"ten": "Tốt", "gia_tri": "1"}, {"ten": "Kém", "gia_tri": "0"}], "bo_qua_khac": "có"}
    poll.declare({"3.1": poll.criterion(MANNER) | {"thang": "tot"}}, thang={"tot": scale})
    rows = [["x", "Tốt", ""]] * 6 + [["x", "tùy lúc", ""]] * 2

    assert poll.details(poll.csv([HEAD, *rows]))["3.1"].answers == 6


def test_a_row_that_has_slipped(poll: Any) -> None:
    """More cells than headings: a delimiter in an answer has moved the rest."""
    assert ("K103", 3, 4) in found(
        poll, poll.csv([HEAD, ["x", "Hài lòng", "Hài lòng"], ["x", "y", "Hài lòng", "Hài lòng"]])
    )


def test_rows_may_be_short(poll: Any) -> None:
    """Trailing cells that a spreadsheet left away are blank."""
    rows = [["x", "Hài lòng"]] * 6

    assert list(poll.details(poll.csv([HEAD, *rows]))) == ["3.1"]


GROUPS = {"cot": "Ông/Bà là", "bo_qua": ["Khác"], "cac_nhom": {"dan": {"ten": "Người dân"}}}


def test_groups_that_nobody_knows(poll: Any) -> None:
    """An unknown or blank group is told by its cell; who belongs to none is left out and counted."""
    poll.declare({"3.1": poll.criterion(MANNER)}, nhom_tra_loi=GROUPS)
    head = ["Dấu thời gian", "Ông/Bà là", MANNER]
    rows = [["x", "Người dân", "Hài lòng"]] * 6 + [["x", "Khác", "Hài lòng"]]

    assert poll.codes(poll.csv([head, *rows])) == ["K109"]
    assert found(poll, poll.csv([head, *rows, ["x", "Người Dao", "Hài lòng"]]))[0] == ("K108", 9, 2)
    assert "để trống" in first(poll, poll.csv([head, *rows, ["x", "", "Hài lòng"]])).message


def test_a_group_that_is_not_declared(poll: Any) -> None:
    """--group with a name that the mapping does not have."""
    content = poll.csv([HEAD, *[["x", "Hài lòng", "Hài lòng"]] * 6])

    assert poll.codes(content, groups=["dan"]) == ["K108"]


def test_the_same_file_twice(poll: Any) -> None:
    """Every answer would count twice."""
    content = poll.csv([HEAD, *[["x", "Hài lòng", "Hài lòng"]] * 6])

    assert poll.codes(content, content) == ["K112"]


def test_no_mapping(poll: Any) -> None:
    """Without a mapping nothing is read."""
    poll.mapping.unlink()

    assert poll.codes(b"") == ["K111"]


def test_a_mapping_with_errors(poll: Any) -> None:
    """What is wrong with the mapping is told first, where it stands."""
    poll.declare({"3.1": poll.criterion(MANNER) | {"thang": "khac"}})
    findings = poll.propose(b"").findings

    assert [(finding.code, finding.place.path) for finding in findings] == [("D331", "scores/2024/survey-mapping.yml")]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_any_bytes(poll: Any, content: bytes) -> None:
    """Never a traceback."""
    poll.propose(content)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 3_000), st.binary(min_size=1, max_size=30))
def test_any_spoilt_workbook(poll: Any, at: int, content: bytes) -> None:
    """A workbook with bytes changed anywhere is read, or refused with a finding."""
    sound = poll.xlsx([HEAD, *[["x", "Hài lòng", "Hài lòng"]] * 6])
    at %= len(sound)
    proposal = poll.propose(sound[:at] + content + sound[at + len(content) :])

    assert proposal.refused or len(proposal.details) == 2


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.text(max_size=6), max_size=4), max_size=8))
def test_any_table(poll: Any, rows: list[list[str]]) -> None:
    """Any texts in any cells: findings or results, and never what a cell says in a message."""
    proposal = poll.propose(poll.csv(rows, encoding="utf-8").replace(b"\r", b""))

    assert proposal.findings
