"""`cchc export explanation`: the commune's answer to a round of the appraisal, as DOCX and PDF."""

from __future__ import annotations

import click

from pipeline.cli.session import Session, shown, step
from pipeline.cli.vietnamese import Command


@click.command("explanation", cls=Command)
@click.option("--round", "number", type=click.IntRange(1, 99), metavar="VÒNG", help="Vòng; mặc định là vòng gần nhất.")
@click.pass_obj
def explanation(session: Session, number: int | None) -> int:
    """Báo cáo giải trình ý kiến thẩm định của một vòng, thể thức Nghị định 30: tệp Word và PDF trong build/report/."""
    dossier = session.dossier()
    rounds = dossier.appraised.appraisal.rounds if dossier.appraised else {}
    if not rounds:
        raise click.ClickException("năm này chưa có vòng thẩm định nào; nhập bằng `cchc import appraisal TỆP`")
    if number is not None and number not in rounds:
        raise click.UsageError(f"không có vòng {number}; các vòng hiện có: {', '.join(map(str, rounds))}")

    from pipeline.decree import RenderError
    from pipeline.report import write_explanation

    try:
        with step("Báo cáo giải trình DOCX và PDF"):
            docx, pdf = write_explanation(dossier, number or max(rounds), session.build / "report")
    except RenderError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Báo cáo giải trình Word: {shown(docx)}\nBáo cáo giải trình PDF:  {shown(pdf)}")
    return 0
