"""`cchc import scores`: an edited spreadsheet back into the area files."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.plain_file import PlainFile
from pipeline.cli.session import Session
from pipeline.cli.taking_over import taken_over
from pipeline.cli.vietnamese import Command

if TYPE_CHECKING:
    from pipeline.workspace.source import SourceFile


@click.command(cls=Command)
@click.argument("file", metavar="TỆP", type=PlainFile(folder=True))
@click.option("--yes", is_flag=True, help="Ghi ngay, không hỏi lại.")
@click.option("--dry-run", is_flag=True, help="Chỉ cho xem chỗ khác nhau, không ghi.")
@click.option("--force", is_flag=True, help="Nhận cả bảng tính xuất từ trạng thái cũ của hồ sơ.")
@click.pass_obj
def scores(session: Session, file: Path, yes: bool, dry_run: bool, force: bool) -> int:
    """Đưa số liệu đã sửa trong bảng tính (cchc export xlsx) trở lại các tệp lĩnh vực.

    Cho xem từng chỗ khác nhau rồi mới hỏi và ghi; ghi chú và thứ tự trong tệp được giữ nguyên. Ô sai được báo kèm
    trang và ô, khi đó không tệp nào bị ghi.
    """
    from pipeline.cli.findings import print_text
    from pipeline.spreadsheet.proposal import propose

    if not dry_run:
        session.must_be_open()
    proposal = propose(session.examine(), file, force=force)
    if proposal.findings:
        print_text(proposal.findings, err=True)
        click.echo("Chưa ghi gì: hãy sửa các ô trên rồi nhập lại.", err=True)
        return 1
    if not proposal.changes:
        click.echo("Bảng tính giống hồ sơ hiện tại; không có gì để nhập.")
        return 0
    for change in proposal.changes:
        _print_difference(change)
    taken_over(session, proposal.changes, "Ghi các thay đổi trên", yes=yes, dry_run=dry_run)
    return 0


def _print_difference(change: SourceFile) -> None:
    colours = {"+": "green", "-": "red", "@": "cyan"}
    lines = difflib.unified_diff(
        change.before.splitlines(), change.after.splitlines(), change.path, change.path, lineterm="", n=1
    )
    for line in lines:
        click.echo(click.style(line, fg=colours.get(line[0])))
