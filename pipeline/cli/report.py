"""`cchc report`: the report as DOCX and PDF, and what was changed in it by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.plain_file import PlainFile
from pipeline.cli.session import Session, shown, step
from pipeline.cli.vietnamese import Command

if TYPE_CHECKING:
    from pipeline.dossier import Dossier
    from pipeline.report.edits import HandEdit


@click.command(cls=Command)
@click.option(
    "--diff",
    "edited",
    type=PlainFile(folder=True),
    metavar="TỆP",
    help="Không lập báo cáo; cho biết tệp Word TỆP đã bị sửa tay khác với dữ liệu ở đâu.",
)
@click.option("--json", "as_json", is_flag=True, help="Cùng --diff: in JSON cho chương trình khác đọc.")
@click.pass_obj
def report(session: Session, edited: Path | None, *, as_json: bool) -> int:
    """Lập báo cáo tự chấm điểm theo thể thức Nghị định 30: tệp Word và tệp PDF trong build/report/.

    Với --diff TỆP: so tệp Word đã sửa tay với dữ liệu, chỉ ra từng chỗ khác và nơi cần sửa trong dữ liệu. Kết thúc
    bằng mã 1 nếu có chỗ khác, 0 nếu giống hệt.
    """
    if as_json and edited is None:
        raise click.UsageError("--json chỉ dùng cùng --diff TỆP")
    dossier = session.dossier()

    from pipeline.decree import RenderError

    try:
        if edited is not None:
            return _diff(dossier, edited, as_json=as_json)
        _write(session, dossier)
    except RenderError as error:
        raise click.ClickException(str(error)) from error
    return 0


def _write(session: Session, dossier: Dossier) -> None:
    from pipeline.package.attached import report_attachment
    from pipeline.report import write_report

    with step("Báo cáo DOCX và PDF"):
        docx, pdf = write_report(dossier, session.build / "report", (report_attachment(dossier),))
    click.echo(f"Báo cáo Word: {shown(docx)}\nBáo cáo PDF:  {shown(pdf)}")


def _diff(dossier: Dossier, file: Path, *, as_json: bool) -> int:
    from pipeline.cli.findings import print_text
    from pipeline.conformance import LARGEST
    from pipeline.report.edits import hand_edits

    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise click.UsageError(f"không mở được tệp “{file}”") from error
    with step("So với dữ liệu"):
        edits, refused = hand_edits(dossier, str(file), content)
    if refused:
        print_text(refused, err=True)
        return 1
    if as_json:
        click.echo(json.dumps([asdict(edit) for edit in edits], ensure_ascii=False, indent=2))
    else:
        _tell(edits, file)
    return int(bool(edits))


def _tell(edits: Sequence[HandEdit], file: Path) -> None:
    for number, edit in enumerate(edits, start=1):
        click.echo(f"{number}. {click.style(edit.kind, bold=True)}: {edit.part}")
        for label, text in (("dữ liệu", edit.data), ("trong tệp", edit.file)):
            if text:
                click.echo(f"   {label}: “{text}”")
        if edit.mend:
            click.echo(f"   → {edit.mend}")
    if edits:
        click.echo(f"{len(edits)} chỗ trong {shown(file)} khác với dữ liệu. Sửa dữ liệu rồi lập lại báo cáo.")
    else:
        click.echo(f"{shown(file)} giống hệt dữ liệu (không xét định dạng).")
