"""`cchc build`: check, then every output below `build/`."""

from __future__ import annotations

import click

from pipeline.cli.score import print_table
from pipeline.cli.session import Session, shown, step
from pipeline.cli.site import SEARCH
from pipeline.cli.vietnamese import Command


@click.command(cls=Command)
@click.pass_obj
def build(session: Session) -> int:
    """Kiểm tra, rồi làm tất cả: bảng điểm, trang web, báo cáo Word và PDF.

    Có lỗi thì dừng trước khi ghi bất cứ thứ gì.
    """
    dossier = session.dossier()

    from pipeline.decree import RenderError
    from pipeline.package.attached import report_attachment
    from pipeline.report import render_report
    from pipeline.site import SiteError, write_site

    print_table(dossier.scores)
    try:
        with step("Báo cáo DOCX và PDF"):
            report = render_report(dossier, (report_attachment(dossier),))
        with step("Trang web"):
            folder = write_site(dossier, session.build)
        docx, pdf = report.write(session.build / "report")
    except (SiteError, RenderError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Trang web:    {shown(folder / 'index.html')}")
    click.echo(f"Báo cáo Word: {shown(docx)}")
    click.echo(f"Báo cáo PDF:  {shown(pdf)}")
    click.echo(SEARCH, err=True)
    return 0
