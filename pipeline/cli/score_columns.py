"""The table of a year that was appraised, on the terminal: every column, and the dialogue about one criterion."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from pipeline import wording

if TYPE_CHECKING:
    from pipeline.model.appraisal import Turn
    from pipeline.scoring import Appraised, Row, ScoreColumn

_WIDTH = 46
_HEADINGS = {"tu_cham": "Tự chấm", "tham_dinh": "T.định", "giai_trinh": "G.trình", "ket_qua": "Kết quả"}
_LEGEND = "Điểm trong ngoặc: cột đó không cho điểm, giữ điểm thẩm định gần nhất; chưa thẩm định thì giữ điểm tự chấm."


def print_columns(appraised: Appraised, *, every: bool = False) -> None:
    """Areas, or everything, with self-score, appraisals, explanations, final points and the difference."""
    headings = [f"{_HEADINGS[each.kind.value]} {each.round or ''}".strip() for each in appraised.columns]
    click.echo(click.style(_line("Mã", "Nội dung", "Tối đa", headings, "Chênh lệch"), bold=True))
    for area in appraised.final.scores.areas:
        for row in area.rows if every else area.rows[:1]:
            click.echo(click.style(_row(row, appraised), bold=every and row.depth == 0))
    totals = [wording.points(each.scores.total.points) for each in appraised.columns]
    most = wording.number(appraised.final.scores.total.maximum)
    click.echo(click.style(_line("", "Tổng điểm", most, totals, wording.change(appraised.total_change)), bold=True))
    for column in appraised.columns:
        click.echo(f"{column.title}{_dated(column)}: {_standing(column)}")
    if every:
        click.echo(_LEGEND)


def _row(row: Row, appraised: Appraised) -> str:
    cells = [_cell(column, row) for column in appraised.columns]
    change = appraised.change(row.code)
    return _line(
        row.code, "  " * row.depth + row.criterion.title, row.bounds, cells, wording.change(change) if change else ""
    )


def _cell(column: ScoreColumn, row: Row) -> str:
    points = column.points(row.code)
    if points is None:
        return "–"
    return f"({wording.points(points)})" if column.kept(row) else wording.points(points)


def _line(code: str, title: str, most: str, cells: list[str], change: str) -> str:
    short = title if len(title) < _WIDTH else title[: _WIDTH - 2] + "…"
    return f"{code:<8}{short:<{_WIDTH}}{most:>8}{''.join(f'{cell:>11}' for cell in cells)}{change:>12}".rstrip()


def _dated(column: ScoreColumn) -> str:
    return f" ({wording.day(column.day)})" if column.day else ""


def _standing(column: ScoreColumn) -> str:
    total = column.scores.total
    missing = f", tạm tính, còn {total.missing} tiêu chí chưa có điểm" if total.missing else ""
    return f"{wording.points(total.points)} điểm, {wording.index(total.ratio)}, {column.scores.band.title}{missing}"


def print_dialogue(appraised: Appraised, row: Row, body: str) -> None:
    """Every column's points of one criterion, the difference with its reason, and who said what and when."""
    for column in appraised.columns:
        click.echo(f"{column.title}{_dated(column)}: {_cell(column, row)} điểm")
    change = appraised.change(row.code)
    if change:
        reason = appraised.reason(row.code) or ("cộng từ các tiêu chí con" if row.leaf is None else "không nêu lý do")
        click.echo(click.style(f"Chênh lệch so với tự chấm: {wording.change(change)} điểm; lý do: {reason}", bold=True))
    for turn in appraised.appraisal.dialogue(row.code):
        click.echo(f"{wording.day(turn.day)}, {turn.office or body}: {'; '.join(_said(turn))}")


def _said(turn: Turn) -> Iterator[str]:
    if turn.points is not None:
        yield f"{'cho' if turn.office else 'đề nghị'} {wording.points(turn.points)} điểm"
    if turn.text:
        yield " ".join(turn.text.split())
    if turn.wanted:
        yield "đề nghị giải trình"
    if turn.evidence:
        yield f"kiểm chứng {', '.join(citation.document for citation in turn.evidence)}"


def columns_data(appraised: Appraised) -> list[dict[str, Any]]:
    """The columns for programs: totals, band, and the points of every row by code."""
    return [
        {
            "name": column.name,
            "kind": column.kind.value,
            "round": column.round or None,
            "title": column.title,
            "day": column.day.isoformat() if column.day else None,
            "points": str(column.scores.total.points),
            "maximum": str(column.scores.total.maximum),
            "band": column.scores.band.title,
            "rows": {row.code: _text(column.points(row.code)) for area in column.scores.areas for row in area.rows},
            "given": sorted(column.given) if column.round else None,
        }
        for column in appraised.columns
    ]


def differences_data(appraised: Appraised) -> list[dict[str, Any]]:
    """What the appraisal changed, with the office's reason."""
    return [
        {
            "code": code,
            "self": _text(appraised.own.points(code)),
            "final": _text(appraised.final.points(code)),
            "reason": appraised.reason(code) or None,
        }
        for code in appraised.changed
    ]


def _text(points: Decimal | None) -> str | None:
    return None if points is None else str(points)
