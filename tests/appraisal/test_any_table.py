"""Any table at all: findings or verdicts, never a traceback, and nothing that the file does not say."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipeline.annex.cells import Cell, Row, Stored
from pipeline.appraisal.read import read_submission
from pipeline.appraisal.sheet import Opened, Sheet
from pipeline.model.finding import has_errors
from pipeline.workspace.load import load

SOUND = Path(__file__).parents[1] / "workspaces" / "sound"
LOCATED = load(SOUND, 2024).criteria_set
assert LOCATED is not None
CRITERIA = LOCATED.value
LEAVES = {leaf.code: leaf for area in CRITERIA.areas for leaf in area.leaves()}

HEADINGS = st.sampled_from(
    ["Mã", "STT", "Tiêu chí", "Điểm thẩm định", "Điểm", "Ý kiến", "Đề nghị giải trình", "Điểm tối đa", "", "Ghi chú"]
)
TEXTS = st.sampled_from([*LEAVES, "1.1", "1", "I", "tổng", "0,5", "-1", "1.125", "có", "không", "x", "Thiếu", "", "%"])
CELLS = st.builds(Cell, TEXTS | st.text(max_size=8), above=st.booleans(), stored=st.sampled_from(list(Stored)))


@st.composite
def tables(draw: st.DrawFn) -> Sheet:
    """A heading row somewhere above rows of anything."""
    width = draw(st.integers(1, 6))
    head = tuple(Cell(text) for text in draw(st.lists(HEADINGS, min_size=width, max_size=width)))
    body = draw(st.lists(st.lists(CELLS, max_size=width).map(tuple), max_size=6))
    rows = [*draw(st.lists(st.just(()), max_size=2)), head, *body]
    formulas = frozenset(draw(st.lists(st.tuples(st.integers(1, 8), st.integers(1, 6)), max_size=3)))
    return Sheet("x.xlsx", "Trang", tuple(Row(number, cells) for number, cells in enumerate(rows, start=1)), formulas)


@given(tables(), st.integers(1, 3))
def test_any_table_gives_verdicts_within_bounds_or_an_error(sheet: Sheet, number: int) -> None:
    """What is taken is a leaf of the set with points that it can have, and each word of it stands in the file."""
    submission = read_submission(Opened((sheet,)), CRITERIA, number, "x.xlsx")
    texts = {cell.text for row in sheet.rows for cell in row.cells}

    for code, told in submission.verdicts.items():
        assert code in LEAVES
        assert not told.remark or told.remark in texts
        if told.points is not None and not has_errors(tuple(submission.findings)):
            assert Decimal(0) <= told.points <= LEAVES[code].maximum
