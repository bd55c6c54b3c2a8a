"""`cchc build`: check, then every output below `build/`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.binder import explain
from pipeline.cli.score import print_table
from pipeline.cli.score_columns import print_columns
from pipeline.cli.session import Session, counted_step, shown, step
from pipeline.cli.site import SEARCH
from pipeline.cli.vietnamese import Command

if TYPE_CHECKING:
    from pipeline.dossier import Dossier

_NOT_FETCHED = "chưa đóng, vì bản chụp mới chỉ là con trỏ git LFS; chạy `git lfs pull`, rồi chạy lại"


@click.command(cls=Command)
@click.pass_obj
def build(session: Session) -> int:
    """Kiểm tra, rồi làm tất cả: bảng điểm, trang web, báo cáo Word và PDF, quyển kiểm chứng.

    Có lỗi thì dừng trước khi ghi bất cứ thứ gì.
    """
    dossier = session.dossier()

    from pipeline.decree import RenderError
    from pipeline.package.attached import report_attachment
    from pipeline.report import render_report
    from pipeline.site import SiteError, write_site

    if dossier.appraised is not None:
        print_columns(dossier.appraised)
    else:
        print_table(dossier.scores)
    try:
        with step("Báo cáo DOCX và PDF"):
            report = render_report(dossier, (report_attachment(dossier),))
        with _bound(session, dossier) as binder:
            with step("Trang web"):
                folder = write_site(dossier, session.build)
            docx, pdf = report.write(session.build / "report")
    except (SiteError, RenderError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Trang web:        {shown(folder / 'index.html')}")
    click.echo(f"Báo cáo Word:     {shown(docx)}")
    click.echo(f"Báo cáo PDF:      {shown(pdf)}")
    click.echo(f"Quyển kiểm chứng: {shown(binder) if binder else _NOT_FETCHED}")
    click.echo(SEARCH, err=True)
    return 0


@contextmanager
def _bound(session: Session, dossier: Dossier) -> Iterator[Path | None]:
    """The binder, in its place when the block ends well; None while git LFS has not fetched its scans.

    Raises:
        click.exceptions.Exit: scans cannot be read; the findings are on the terminal.
        RenderError: Typst failed.
    """
    from pipeline.binder import BinderError, bound

    with ExitStack() as until_all_is_made:
        path = None
        try:
            with counted_step("Quyển kiểm chứng", "trang") as progress:
                path = until_all_is_made.enter_context(bound(dossier, session.build / "binder", progress))
        except BinderError as error:
            if not error.not_fetched:
                explain(error)
                raise click.exceptions.Exit(1) from error
        yield path
