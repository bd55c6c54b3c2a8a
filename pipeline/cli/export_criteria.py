"""`cchc export criteria`: the year's criteria set as a table that can be read back."""

from __future__ import annotations

import click

from pipeline.cli.session import Session, shown
from pipeline.cli.vietnamese import Command


@click.command("criteria", cls=Command)
@click.option(
    "--format",
    "form",
    type=click.Choice(["xlsx", "docx"]),
    default="xlsx",
    metavar="DẠNG",
    help="xlsx (mặc định) hoặc docx.",
)
@click.pass_obj
def criteria(session: Session, form: str) -> int:
    """Bộ tiêu chí của năm thành bảng như phụ lục quyết định, nhập lại được bằng `cchc import criteria`.

    Cột cuối “Khai báo (máy đọc)” giữ cách chấm đúng từng chữ; nếu sửa cột “Cách chấm” thì lời văn mới được đọc.
    """
    from pipeline.annex import print_document, print_workbook
    from pipeline.cli.findings import print_text
    from pipeline.output import write_file
    from pipeline.workspace.load import load

    workspace = load(session.root, session.year)
    if workspace.criteria_set is None:
        print_text(workspace.findings, err=True)
        return 1
    located = workspace.criteria_set
    printed = (print_workbook if form == "xlsx" else print_document)(located.value, located.tree.data)
    path = session.build / "export" / f"{located.value.code}.{form}"
    write_file(path, printed)
    click.echo(f"Bộ tiêu chí: {shown(path)}")
    return 0
