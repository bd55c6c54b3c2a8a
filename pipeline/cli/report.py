"""`cchc report`: the report as DOCX and PDF."""

from __future__ import annotations

import click

from pipeline.cli.session import Session, shown, step
from pipeline.cli.vietnamese import Command


@click.command(cls=Command)
@click.pass_obj
def report(session: Session) -> int:
    """Lập báo cáo tự chấm điểm theo thể thức Nghị định 30: tệp Word và tệp PDF trong build/report/."""
    dossier = session.dossier()

    from pipeline.decree import RenderError
    from pipeline.package.attached import report_attachment
    from pipeline.report import write_report

    try:
        with step("Báo cáo DOCX và PDF"):
            docx, pdf = write_report(dossier, session.build / "report", (report_attachment(dossier),))
    except RenderError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Báo cáo Word: {shown(docx)}\nBáo cáo PDF:  {shown(pdf)}")
    return 0
