"""`cchc letter`: the papers of the year beside the report, as DOCX and PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

import click

from pipeline.cli.session import Session, shown, step
from pipeline.cli.vietnamese import Group

if TYPE_CHECKING:
    from pipeline.decree.paper import Paper
    from pipeline.dossier import Progress


@click.group(cls=Group)
def letter() -> None:
    """Lập các văn bản khác của năm theo thể thức Nghị định 30: tệp Word và tệp PDF trong build/letters/.

    Kế hoạch, giấy mời, tài liệu hội nghị và công văn đôn đốc lập được cả khi hồ sơ của năm còn lỗi.
    """


@letter.command()
@click.pass_obj
def plan(session: Session) -> int:
    """Kế hoạch (KH) của năm.

    Mục đích, yêu cầu, nội dung lấy từ trang nêu ở van_ban.ke_hoach.trang; nhiệm vụ từng bộ phận, tiến độ và phụ lục
    phân công theo tiêu chí lấy từ phần thiết lập.
    """
    from pipeline import letters

    progress = _progress(session)
    return _write(session, {f"ke-hoach-{session.year}": lambda: letters.plan(progress)})


@letter.command()
@click.pass_obj
def invitation(session: Session) -> int:
    """Giấy mời (GM) hội nghị, kèm chương trình."""
    from pipeline import letters

    progress = _progress(session)
    return _write(session, {f"giay-moi-{session.year}": lambda: letters.invitation(progress)})


@letter.command()
@click.pass_obj
def handout(session: Session) -> int:
    """Tài liệu phát và chiếu tại hội nghị.

    Chấm những gì, điểm tối đa, xếp loại, ai làm gì, thời hạn, cách làm; phụ lục là cách chấm từng tiêu chí.
    """
    from pipeline import letters

    progress = _progress(session)
    return _write(session, {f"tai-lieu-hoi-nghi-{session.year}": lambda: letters.handout(progress)})


@letter.command()
@click.argument("unit", required=False, metavar="[BỘ_PHẬN]")
@click.option("--all", "everyone", is_flag=True, help="Mỗi bộ phận còn việc một công văn.")
@click.pass_obj
def reminder(session: Session, unit: str | None, everyone: bool) -> int:
    """Công văn đôn đốc từng bộ phận.

    Nêu tiêu chí chưa chấm, chỗ sai hoặc thiếu, mốc đã quá hoặc sắp tới hạn.

    BỘ_PHẬN là mã trong nhóm bo_phan của phần thiết lập, ví dụ van-phong. Bộ phận không còn việc thì không có công văn.
    """
    from pipeline import letters

    progress = _progress(session)
    assert progress.workspace.settings is not None
    units = progress.workspace.settings.value.units
    if everyone == bool(unit):
        raise click.UsageError(f"nêu một bộ phận ({', '.join(units)}), hoặc --all")
    if unit and unit not in units:
        from pipeline.workspace.tree import did_you_mean

        known = did_you_mean(unit, list(units)) or f"các bộ phận: {', '.join(units)}"
        raise click.UsageError(f"không có bộ phận “{unit}”; {known}")
    found = {name: letters.owed(progress, name) for name in ([unit] if unit else units)}
    for due in found.values():
        if not due.anything:
            click.echo(f"{due.unit.title}: không còn việc phải đôn đốc.")
    return _write(
        session,
        {
            f"don-doc-{session.year}-{name}": partial(letters.reminder, progress, due)
            for name, due in found.items()
            if due.anything
        },
    )


@letter.command()
@click.pass_obj
def appraisal(session: Session) -> int:
    """Công văn đề nghị thẩm định kết quả.

    Gửi cơ quan tiếp nhận, nêu kết quả tự chấm, báo cáo và hồ sơ gửi kèm; hồ sơ của năm phải hết lỗi.
    """
    from pipeline import letters

    dossier = session.dossier()
    return _write(session, {f"de-nghi-tham-dinh-{session.year}": lambda: letters.appraisal(dossier)})


def _progress(session: Session) -> Progress:
    """The year as it stands; only where its settings cannot be read is there nothing to write from."""
    from pipeline.cli.findings import print_text

    progress = session.examine()
    if progress.workspace.settings is None:
        print_text(progress.findings, err=True)
        click.echo("Chưa ghi văn bản nào: hãy sửa phần thiết lập của năm rồi chạy lại.", err=True)
        raise click.exceptions.Exit(1)
    return progress


def _write(session: Session, papers: Mapping[str, Callable[[], Paper]]) -> int:
    """Make all papers, then write them; none appears unless all could be made."""
    from pipeline.decree import RenderError, render
    from pipeline.letters import LetterError

    made = []
    try:
        for name, compose in papers.items():
            paper = compose()
            with step(f"{name}.docx, .pdf"):
                made.append(render(paper, name))
    except (LetterError, RenderError) as error:
        raise click.ClickException(str(error)) from error
    for files in made:
        docx, pdf = files.write(session.build / "letters")
        click.echo(f"Word: {shown(docx)}\nPDF:  {shown(pdf)}")
    return 0
