"""`cchc fmt`: the workspace's files in the house's own form."""

from __future__ import annotations

import difflib

import click

from pipeline.cli.findings import print_text
from pipeline.cli.session import Session
from pipeline.cli.vietnamese import Command


@click.command(cls=Command)
@click.option("--check", "only_check", is_flag=True, help="Không ghi; kết thúc bằng mã 1 nếu có tệp cần sửa.")
@click.option("--diff", "show", is_flag=True, help="In chỗ khác nhau thay vì ghi.")
@click.pass_obj
def fmt(session: Session, only_check: bool, show: bool) -> int:
    """Viết lại tệp theo một kiểu thống nhất, giữ nguyên ghi chú và thứ tự.

    Số thập phân dùng dấu phẩy, ngày viết 29/10/2022, trả lời viết có/không; bản chụp chưa có mã băm sha256 thì
    được ghi vào sổ. Nghĩa của tệp không đổi. Lỡ tay: lấy lại bản cũ bằng `git checkout`.
    """
    from pipeline.output import write_file
    from pipeline.workspace.load import load
    from pipeline.workspace.tidy import tidy

    changed, findings = tidy(load(session.root, session.year))
    for file in changed:
        if show:
            lines = difflib.unified_diff(
                file.before.splitlines(), file.after.splitlines(), file.path, file.path, lineterm="", n=1
            )
            click.echo("\n".join(lines))
        else:
            click.echo(f"{'cần sửa' if only_check else 'đã sửa'}: {file.path}")
        if not (show or only_check):
            write_file(session.root / file.path, file.after.encode("utf-8"))
    if findings:
        print_text(findings, err=True)
        click.echo("Các tệp có lỗi chỉ được sửa ký tự và dấu cách.", err=True)
    if not changed:
        click.echo("Mọi tệp đã đúng kiểu.")
    return int(bool(findings) or (only_check and bool(changed)))
