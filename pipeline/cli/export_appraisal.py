"""`cchc export appraisal`: the form that the receiving office fills in."""

from __future__ import annotations

import click

from pipeline.cli.session import Session, shown
from pipeline.cli.vietnamese import Command


@click.command("appraisal", cls=Command)
@click.option(
    "--round",
    "number",
    type=click.IntRange(1, 99),
    metavar="VÒNG",
    help="Vòng thẩm định; mặc định là vòng tiếp theo.",
)
@click.pass_obj
def appraisal(session: Session, number: int | None) -> int:
    """Phiếu thẩm định (XLSX) cho cơ quan tiếp nhận: điểm tự chấm, kiểm chứng, giải trình và các ô để điền.

    Cơ quan tiếp nhận điền xong thì nhập lại bằng `cchc import appraisal TỆP`.
    """
    from pipeline.appraisal import write_form

    dossier = session.dossier()
    following = len(dossier.appraised.appraisal.rounds) + 1 if dossier.appraised else 1
    if number is not None and number > following:
        raise click.UsageError(f"chưa có vòng {following} nên chưa xuất được phiếu vòng {number}")
    path = write_form(dossier, number or following, session.build / "export")
    click.echo(f"Phiếu thẩm định: {shown(path)}")
    return 0
