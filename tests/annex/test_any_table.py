"""Whatever stands in a table: an import ends, and what it gives can be loaded."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.annex.cells import Cell, Doubts, Row, Source, Stored, Table, plain
from pipeline.annex.compose import Told, compose
from pipeline.annex.forms import read_scoring
from pipeline.annex.headings import find_columns
from pipeline.annex.outline import read_outline
from pipeline.annex.reading import Asked
from pipeline.annex.yaml_text import to_yaml
from pipeline.model.criteria_set import CriteriaSet
from pipeline.workspace.reader import Reader

HEADINGS = ("STT", "Tiêu chí", "Điểm tối đa", "Cách chấm", "Tài liệu kiểm chứng", "ĐTXHH", "Khai báo (máy đọc)")

WORDS = st.sampled_from(
    [
        *("có", "không", "chưa", "đủ", "thiếu", "một", "mỗi", "trừ", "được", "tối", "đa", "điểm", "tỷ", "lệ", "%"),
        *("100%", "80%", "từ", "đến", "dưới", "trên", "trở", "lên", "chậm", "ngày", "đúng", "hạn", "31/01", "trước"),
        *("sau", ":", ":", ":", ";", ";", "\n", ",", ".", "-", "–", "(", ")", "/", "x", "×", "=", "≥", "<", "0", "1"),
        *("0,5", "1.200", "2", "15", "a)", "kế", "hoạch", "theo", "còn", "lại", "phát", "sinh", "thì", "Tổng", "cộng"),
        *("số", "hồ", "sơ", "Điều", "tra", "xã", "hội", "học"),
    ]
)
TEXTS = st.lists(WORDS, max_size=14).map(" ".join)
CODES = st.sampled_from(
    ["", "", "I", "II", "1", "2", "1.1", "1.1.1", "1.2", "1.10", "2.1", "a)", "b)", "A", "-", "x?", "9.9.9"]
)
POINTS = st.sampled_from(["", "1", "0,5", "2", "-1", "10%", "1-2", "0,125", "abc", "1000"])
MACHINE = st.sampled_from(["", "", "", "{}", '{"cach_cham": {"loai": "cham_tay"}}', "{", '{"ten": null}', '{"ten": 5}'])
CELLS = st.tuples(CODES, TEXTS, POINTS, TEXTS, TEXTS, st.sampled_from(["", "", "x"]), MACHINE)
COVERS = st.sampled_from([(False, False)] * 8 + [(True, False), (False, True)])


@st.composite
def rows(draw: st.DrawFn) -> Row:
    """A row with any words, some cells covered or stored as something else."""
    cells = []
    for text in draw(CELLS):
        above, left = draw(COVERS)
        cells.append(Cell(plain(text), above, left, draw(st.sampled_from([Stored.TEXT] * 5 + list(Stored)))))
    return Row(0, tuple(cells))


@given(st.lists(rows(), max_size=12))
@settings(max_examples=300, deadline=None)
def test_any_table_gives_a_set_that_loads(body: list[Row]) -> None:
    """No words, merges or codes raise; what is understood is a set in the sense of the model."""
    heading = Row(1, tuple(Cell(text) for text in HEADINGS))
    numbered = [Row(number, row.cells) for number, row in enumerate(body, start=2)]
    doubts = Doubts("a.docx")
    outline = read_outline(Source("a.docx", (), (Table("bảng 1", (heading, *numbered)),)), doubts)
    if not outline.areas:
        return
    text = to_yaml(compose(outline, Told(), doubts))
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "bo.yml").write_text(text, "utf-8")
        reader = Reader(Path(folder))
        located = reader.yaml("bo.yml", CriteriaSet)

    assert reader.findings == []
    assert located is not None


@given(TEXTS, st.sampled_from(["0", "1", "0,5", "10"]))
@settings(max_examples=1_500, deadline=None)
def test_any_text_is_read_or_left(text: str, maximum: str) -> None:
    """A scoring text is a reading or none; it never raises."""
    from decimal import Decimal

    reading = read_scoring(Asked(plain(text), Decimal(maximum.replace(",", ".")), "Kế hoạch"))

    assert reading is None or reading.rule["loai"]


@given(
    st.lists(
        st.lists(st.sampled_from(["", "STT", "Tiêu chí", "Điểm", "Tối đa", "(1)", "1", "x"]), max_size=6), max_size=6
    )
)
@settings(max_examples=300, deadline=None)
def test_any_headings_are_found_or_not(grid: list[list[str]]) -> None:
    """Ragged and empty rows are no obstacle to looking for headings."""
    table = Table("bảng 1", tuple(Row(at, tuple(map(Cell, texts))) for at, texts in enumerate(grid, start=1)))
    columns = find_columns(table)

    assert columns is None or columns.body <= len(table.rows)
