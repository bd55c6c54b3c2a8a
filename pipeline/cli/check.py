"""`cchc check`: every finding."""

from __future__ import annotations

import click

from pipeline.cli.findings import FORMATS, page
from pipeline.cli.session import Session
from pipeline.cli.vietnamese import Command
from pipeline.model.finding import CATALOGUE, has_errors
from pipeline.workspace.tree import did_you_mean


@click.command(cls=Command)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    metavar="DẠNG",
    help="Dạng in ra: text (mặc định), json, sarif hoặc github.",
)
@click.option("--explain", metavar="MÃ", help="Giải thích một mã kiểm tra, ví dụ D303.")
@click.pass_obj
def check(session: Session, form: str, explain: str | None) -> int:
    """Kiểm tra mọi số liệu, điểm, kiểm chứng, phân công và bài viết của năm.

    Mỗi vấn đề được in kèm tệp, dòng, điều sai và cách sửa. Kết thúc bằng mã 1 nếu có lỗi, 0 nếu chỉ có cảnh báo.
    """
    if explain is not None:
        return _explain(explain.upper())
    findings = session.examine().findings
    FORMATS[form](findings)
    return int(has_errors(findings))


def _explain(code: str) -> int:
    if code not in CATALOGUE:
        raise click.UsageError(
            f"không có mã “{code}”; {did_you_mean(code, list(CATALOGUE)) or 'xem mã trong kết quả của cchc check'}"
        )
    kind = CATALOGUE[code]
    click.echo(page(code).rstrip())
    click.echo(f"\nMức: {kind.severity.value}. Căn cứ: {kind.basis}.")
    return 0
