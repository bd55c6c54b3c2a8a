"""`cchc site` and `cchc serve`: the public website, built and previewed."""

from __future__ import annotations

import gc

import click

from pipeline.cli.session import Session, shown, step
from pipeline.cli.vietnamese import Command

SEARCH = "Ô tìm kiếm hiện ra khi xem qua máy chủ hoặc bằng lệnh serve, không hiện khi mở thẳng tệp."


@click.command(cls=Command)
@click.pass_obj
def site(session: Session) -> int:
    """Dựng trang web công khai vào build/site/."""
    dossier = session.dossier()

    from pipeline.site import SiteError, write_site

    try:
        with step("Trang web"):
            folder = write_site(dossier, session.build)
    except SiteError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Trang web: {shown(folder / 'index.html')}")
    click.echo(SEARCH, err=True)
    return 0


@click.command(cls=Command)
@click.option("--host", default="127.0.0.1", metavar="MÁY", help="Địa chỉ lắng nghe; mặc định chỉ máy này xem được.")
@click.option("--port", default=8000, type=click.IntRange(1, 65535), metavar="CỔNG", help="Cổng; mặc định 8000.")
@click.pass_obj
def serve(session: Session, host: str, port: int) -> int:
    """Xem trước trang web; sửa tệp nào thì trang tự dựng lại. Dừng bằng Ctrl+C."""
    from pipeline.site import SiteError, write_site
    from pipeline.site.live import serve as preview

    def rebuild() -> None:
        """Errors are printed and the old pages stay, so that a preview survives a half-typed figure."""
        try:
            with step("Trang web"):
                write_site(session.dossier(), session.build)
        except SiteError as error:
            click.echo(f"Lỗi: {error}", err=True)
        except click.exceptions.Exit:
            pass

    gc.enable()
    rebuild()
    click.echo(f"Xem trước tại http://{host}:{port}/ — dừng bằng Ctrl+C.")
    try:
        preview(session.root, session.build / "site", rebuild, host=host, port=port)
    except OSError as error:
        raise click.ClickException(f"không mở được cổng {port} trên {host}; thử cổng khác: --port 8001") from error
    return 0
