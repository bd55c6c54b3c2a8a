"""`cchc trend`: the years beside each other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.session import Session
from pipeline.cli.vietnamese import Command

if TYPE_CHECKING:
    from pipeline.years.trend import Amount, Trend, TrendRow

_WIDTH, _COLUMN = 52, 14


@click.command(cls=Command)
@click.option("--json", "as_json", is_flag=True, help="In dạng JSON.")
@click.pass_obj
def trend(session: Session, as_json: bool) -> int:
    """So kết quả các năm: tỷ lệ đạt của từng lĩnh vực và tổng điểm, của các năm đã khóa và năm đang xem."""
    found = session.dossier().trend
    if as_json:
        click.echo(json.dumps(_data(found), ensure_ascii=False, indent=2))
    else:
        _print(found)
    return 0


def _print(found: Trend) -> None:
    heads = "".join(f"{_headed(year.year, locked=year.locked):>{_COLUMN}}" for year in found.years)
    click.echo(click.style(f"{'Lĩnh vực':<{_WIDTH}}{heads}{'Thay đổi':>{_COLUMN}}", bold=True))
    for row in found.rows:
        click.echo(_line(f"{row.code}. {row.title}", row))
    click.echo(click.style(_line(found.total.title, found.total), bold=True))
    points = "".join(f"{year.total.of_maximum:>{_COLUMN}}" for year in found.years)
    click.echo(f"{'Điểm/điểm tối đa':<{_WIDTH}}{points}")
    click.echo(f"{'Xếp loại':<{_WIDTH}}" + "".join(f"{year.band:>{_COLUMN}}" for year in found.years))
    for remark in found.remarks:
        click.echo(remark)
    click.echo("Các tỷ lệ là của điểm tự chấm; * là năm chưa khóa.")
    click.echo("“Thay đổi” tính bằng điểm phần trăm so với năm liền trước trong bảng.")


def _headed(year: int, *, locked: bool) -> str:
    return str(year) if locked else f"{year}*"


def _line(title: str, row: TrendRow) -> str:
    title = title if len(title) < _WIDTH else f"{title[: _WIDTH - 2]}…"
    amounts = "".join(f"{'—' if amount is None else amount.shown:>{_COLUMN}}" for amount in row.amounts)
    return f"{title:<{_WIDTH}}{amounts}{row.change_shown:>{_COLUMN}}"


def _data(found: Trend) -> dict[str, Any]:
    return {
        "years": [
            {
                "year": year.year,
                "criteria_set": year.criteria_set,
                "band": year.band,
                "locked": year.locked,
                "provisional": year.provisional,
                "illustrative": year.illustrative,
                "total": _amount(year.total),
            }
            for year in found.years
        ],
        "areas": [
            {
                "code": row.code,
                "title": row.title,
                "amounts": [amount and _amount(amount) for amount in row.amounts],
                "change": None if row.change is None else str(row.change),
            }
            for row in found.rows
        ],
        "same_set": found.same_set,
        "remarks": list(found.remarks),
    }


def _amount(amount: Amount) -> dict[str, Any]:
    return {
        "code": amount.code or None,
        "points": None if amount.points is None else str(amount.points),
        "maximum": str(amount.maximum),
        "percent": None if amount.percent is None else str(amount.percent),
        "missing": amount.missing,
    }
