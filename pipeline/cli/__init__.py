"""The command line `cchc`: options that every command shares, and the list of commands."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from pathlib import Path

import click

from pipeline import __version__
from pipeline.cli.binder import binder
from pipeline.cli.build import build
from pipeline.cli.check import check
from pipeline.cli.export import export
from pipeline.cli.fmt import fmt
from pipeline.cli.import_ import import_
from pipeline.cli.letter import letter
from pipeline.cli.lint_document import lint_document
from pipeline.cli.lock import lock
from pipeline.cli.package import package
from pipeline.cli.report import report
from pipeline.cli.schema import schema
from pipeline.cli.score import score
from pipeline.cli.session import Session
from pipeline.cli.sign import sign
from pipeline.cli.site import serve, site
from pipeline.cli.trend import trend
from pipeline.cli.verify import verify
from pipeline.cli.vietnamese import Group, explain_usage
from pipeline.cli.whatif import whatif

COMMANDS = (
    check,
    score,
    whatif,
    build,
    site,
    serve,
    report,
    letter,
    binder,
    export,
    import_,
    lint_document,
    sign,
    package,
    verify,
    lock,
    trend,
    fmt,
    schema,
)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "folder",
    type=click.Path(path_type=Path),
    metavar="THƯ_MỤC",
    help="Thư mục làm việc; mặc định là thư mục hiện tại hoặc thư mục cha gần nhất có scores/.",
)
@click.option("--year", type=int, metavar="NĂM", help="Năm đánh giá; mặc định là năm mới nhất trong scores/.")
@click.version_option(__version__, message="cchc %(version)s", help="In phiên bản.")
@click.pass_context
def cchc(context: click.Context, folder: Path | None, year: int | None) -> None:
    """Tự chấm điểm chỉ số cải cách hành chính của xã: kiểm tra số liệu, tính điểm, dựng trang web và báo cáo.

    Lần đầu dùng: chạy `cchc check`, rồi `cchc build`.
    """
    context.obj = Session(folder, year)


_REASONS = {
    errno.EACCES: "không có quyền đọc hoặc ghi",
    errno.EPERM: "không có quyền đọc hoặc ghi",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.ENAMETOOLONG: "tên tệp quá dài",
    errno.ENOTDIR: "một tệp nằm ở chỗ của thư mục",
    errno.EEXIST: "một tệp nằm ở chỗ của thư mục",
    errno.ENOENT: "không tìm thấy",
}
"""What the machine refuses, in Vietnamese."""

for command in COMMANDS:
    cchc.add_command(command)


def run(arguments: Sequence[str]) -> int:
    """Run one command line; returns the exit code: 0 fine, 1 findings of severity error, 2 wrong usage."""
    try:
        result = cchc.main(list(arguments), prog_name="cchc", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.UsageError as error:
        click.echo(explain_usage(error), err=True)
        return 2
    except click.ClickException as error:
        click.echo(f"Lỗi: {error.format_message()}", err=True)
        return 1
    except (click.Abort, KeyboardInterrupt):
        click.echo("Đã dừng theo yêu cầu; không có gì bị ghi dở.", err=True)
        return 130
    except BrokenPipeError:
        return 0
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, error.strerror or str(error))
        click.echo(f"Lỗi: {reason}: {error.filename or ''}", err=True)
        return 1
    return result if isinstance(result, int) else 0
