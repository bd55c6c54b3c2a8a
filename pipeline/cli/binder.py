"""`cchc binder`: the evidence binder, one PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pipeline.cli.findings import print_text
from pipeline.cli.session import NOTHING_WRITTEN, Session, counted_step, shown
from pipeline.cli.vietnamese import Command

if TYPE_CHECKING:
    from pipeline.binder import BinderError


@click.command(cls=Command)
@click.pass_obj
def binder(session: Session) -> int:
    """Đóng quyển tài liệu kiểm chứng vào build/binder/: một tệp PDF gồm tờ dẫn từng tiêu chí và bản chụp.

    Bản chụp nào được đưa vào do mục quyen_kiem_chung trong settings.yml quyết định; không ghi gì thì chỉ bản chụp
    công khai. Những gì ở ngoài được liệt kê ở cuối quyển.
    """
    dossier = session.dossier()

    from pipeline.binder import BinderError, write_binder
    from pipeline.decree import RenderError

    try:
        with counted_step("Quyển kiểm chứng", "trang") as progress:
            path = write_binder(dossier, session.build / "binder", progress)
    except RenderError as error:
        raise click.ClickException(str(error)) from error
    except BinderError as error:
        explain(error)
        return 1
    click.echo(f"Quyển kiểm chứng: {shown(path)}")
    return 0


def explain(error: BinderError) -> None:
    """Tell which scans keep the binder from being made."""
    print_text(error.findings, err=True)
    click.echo(NOTHING_WRITTEN, err=True)
