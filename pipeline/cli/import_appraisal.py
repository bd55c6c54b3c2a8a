"""`cchc import appraisal`: the receiving office's points and remarks, as one round of the year's appraisal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline import wording
from pipeline.cli.plain_file import PlainFile
from pipeline.cli.session import Session
from pipeline.cli.taking_over import taken_over
from pipeline.cli.vietnamese import Command

if TYPE_CHECKING:
    from pipeline.appraisal.proposal import Proposal
    from pipeline.scoring import ScoreColumn


def _day(context: click.Context, parameter: click.Parameter, text: str | None) -> date | None:
    try:
        return wording.read_date(text) if text else None
    except ValueError as error:
        raise click.BadParameter(f"{error}; viết như 20/01/2025") from error


@click.command("appraisal", cls=Command)
@click.argument("file", metavar="TỆP", type=PlainFile(folder=True))
@click.option("--round", "number", type=click.IntRange(1, 99), metavar="VÒNG", help="Vòng thẩm định: 1, 2…")
@click.option("--date", "day", callback=_day, metavar="NGÀY", help="Ngày thẩm định, nếu trong TỆP không có.")
@click.option("--by", "office", default="", metavar="CƠ_QUAN", help="Cơ quan thẩm định; mặc định là nơi nhận báo cáo.")
@click.option("--document", default="", metavar="MÃ", help="Mã văn bản thẩm định trong sổ kiểm chứng, nếu có.")
@click.option("--replace", is_flag=True, help="Thay kết quả của vòng đã nhập; giải trình được giữ.")
@click.option("--yes", is_flag=True, help="Ghi ngay, không hỏi lại.")
@click.option("--dry-run", is_flag=True, help="Chỉ cho xem chỗ khác nhau, không ghi.")
@click.pass_obj
def appraisal(
    session: Session,
    file: Path,
    *,
    number: int | None,
    day: date | None,
    office: str,
    document: str,
    replace: bool,
    yes: bool,
    dry_run: bool,
) -> int:
    """Nhập điểm và ý kiến của cơ quan thẩm định (XLSX, CSV, JSON) thành một vòng.

    Cột được nhận ra theo tiêu đề (mã, điểm thẩm định, ý kiến, đề nghị giải trình), thứ tự nào cũng được. Cho xem
    chênh lệch so với điểm tự chấm rồi mới hỏi và ghi; ghi chú, thứ tự và giải trình trong tệp được giữ nguyên.
    """
    from pipeline.appraisal.proposal import Wish, propose
    from pipeline.cli.findings import print_text

    if not dry_run:
        session.must_be_open()
    wish = Wish(number, day, office.strip(), document.strip(), replace)
    proposal = propose(session.examine(), file, wish)
    if proposal.findings:
        print_text(proposal.findings, err=True)
    if proposal.refused:
        click.echo("Chưa ghi gì: hãy sửa các chỗ trên rồi nhập lại.", err=True)
        return 1
    _print_difference(proposal)
    assert proposal.source is not None
    if proposal.source.same:
        click.echo(f"Vòng {proposal.number} trong {proposal.path} đã giống tệp này; không có gì để nhập.")
        return 0
    written = taken_over(session, [proposal.source], f"Ghi vòng {proposal.number}", yes=yes, dry_run=dry_run)
    if written and proposal.waiting:
        click.echo(f"Cần giải trình {len(proposal.waiting)} tiêu chí: {', '.join(proposal.waiting)}.")
        click.echo(f"Ghi giải trình vào mục “giai_trinh” của vòng {proposal.number} trong tệp trên.")
    return 0


def _print_difference(proposal: Proposal) -> None:
    """Every criterion whose points or remarks say something, then the totals."""
    column = proposal.column
    assert proposal.appraised is not None
    told = proposal.appraised.appraisal.rounds[proposal.number]
    own = proposal.appraised.own
    click.echo(click.style(f"{column.title}, {told.office}, {wording.day(told.day)}", bold=True))
    click.echo(click.style(_line("Mã", "Tự chấm", "Thẩm định", "Chênh lệch", "Ý kiến"), bold=True))
    for code, verdict in told.verdicts.items():
        before, after = own.points(code), column.points(code)
        if before != after or verdict.remark or verdict.explanation_wanted:
            mark = " [cần giải trình]" if verdict.explanation_wanted else ""
            click.echo(_compared(code, before, after, (verdict.remark or "").replace("\n", " ") + mark))
    click.echo(click.style(_compared("Tổng", own.scores.total.points, column.scores.total.points, ""), bold=True))
    click.echo(f"Xếp loại: tự chấm {_band(own)}; {column.title[:1].lower()}{column.title[1:]} {_band(column)}")


def _compared(name: str, before: Decimal | None, after: Decimal | None, remark: str) -> str:
    change = "" if before is None or after is None else wording.change(after - before)
    own, given = ("–" if each is None else wording.points(each) for each in (before, after))
    return _line(name, own, given, change, remark)


def _line(name: str, before: str, after: str, change: str, remark: str) -> str:
    return f"{name:<10}{before:>9}{after:>11}{change:>12}  {remark}".rstrip()


def _band(column: ScoreColumn) -> str:
    return f"{column.scores.band.title} ({wording.index(column.scores.total.ratio)})"
