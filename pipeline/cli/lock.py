"""`cchc lock`: freezing a year, and taking that back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from pipeline import wording
from pipeline.cli.session import Session, agreed, program, shown
from pipeline.cli.vietnamese import Command

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.dossier import Dossier, Progress
    from pipeline.model.locked import LockedYear
    from pipeline.scoring import Scores


@click.command(cls=Command)
@click.option("--yes", is_flag=True, help="Làm ngay, không hỏi lại.")
@click.option("--provisional", is_flag=True, help="Khóa cả khi còn tiêu chí chưa chấm; kết quả ghi rõ là tạm tính.")
@click.option("--undo", is_flag=True, help="Mở khóa năm đã khóa, để sửa số liệu rồi khóa lại.")
@click.pass_obj
def lock(session: Session, yes: bool, provisional: bool, undo: bool) -> int:
    """Khóa kết quả của năm: ghi điểm, số liệu và mã băm của mọi tệp vào scores/NĂM/locked.yml.

    Sau khi khóa, tệp nào của năm bị sửa, mất hoặc thêm vào đều bị `cchc check` báo; bộ tiêu chí đã dùng cũng không
    được sửa. Các năm sau lấy kết quả này để so sánh.
    """
    from pipeline.workspace.load import locked_path

    path = session.root / locked_path(session.year)
    if undo:
        return _unlock(session, path, yes=yes)
    if path.exists():
        raise click.ClickException(
            f"năm {session.year} đã khóa ({shown(path)}); muốn khóa lại thì mở khóa trước: `{program()} lock --undo`"
        )
    return _lock(session, path, yes=yes, provisional=provisional)


def _lock(session: Session, path: Path, *, yes: bool, provisional: bool) -> int:
    from pipeline.output import write_file
    from pipeline.years.lock import locked_year
    from pipeline.years.text import text_of

    progress = session.examine()
    dossier = _dossier(progress)
    if dossier is None:
        return 1
    scores = dossier.scores
    if scores.provisional and not provisional:
        missing = [leaf.criterion.code for leaf in scores.leaves if not leaf.settled]
        raise click.ClickException(
            f"còn {len(missing)} tiêu chí chưa có điểm: {', '.join(missing)}; chấm xong rồi khóa, "
            "hoặc thêm --provisional để khóa kết quả tạm tính"
        )
    year = locked_year(progress.workspace, scores, session.today, illustrative=dossier.itself_illustrative)
    _show(year, scores)
    if not yes and not agreed(f"Khóa kết quả năm {year.year}? (có/không)"):
        click.echo("Chưa khóa.")
        return 0
    write_file(path, text_of(year).encode("utf-8"))
    click.echo(f"Đã khóa năm {year.year}: {shown(path)}")
    return 0


def _dossier(progress: Progress) -> Dossier | None:
    """The year, when no error stands against it; pages that belong to no year may speak of another one."""
    from pipeline.cli.findings import print_text
    from pipeline.dossier import dossier_of
    from pipeline.workspace.load import CONFIGURATION

    of_no_year = {CONFIGURATION, *(page.file.path for page in progress.workspace.pages)}
    found = tuple(each for each in progress.findings if each.place.path not in of_no_year)
    dossier = dossier_of(replace(progress, findings=found))
    if dossier is None:
        print_text(found, err=True)
        click.echo("Chưa khóa: hãy sửa các lỗi trên rồi chạy lại.", err=True)
    elif found:
        click.echo(f"Có {len(found)} cảnh báo; xem bằng `{program()} check`.", err=True)
    return dossier


def _show(year: LockedYear, scores: Scores) -> None:
    """What will be frozen."""
    from pipeline.cli.score import print_table

    print_table(scores)
    leaves = sum(leaf.points is not None for leaf in scores.leaves)
    weaknesses = sum(len(area.weaknesses) for area in year.areas.values())
    click.echo(
        f"Sẽ khóa: điểm và số liệu của {leaves} tiêu chí, {weaknesses} tồn tại, mã băm của {len(year.files)} tệp."
    )
    click.echo(f"Bộ tiêu chí: {year.criteria_set} (từ nay không được sửa; bộ sửa đổi phải mang mã mới)")
    click.echo(f"Ngày khóa: {wording.day(year.locked) if year.locked else ''}")
    if year.illustrative:
        click.echo(click.style("Số liệu của năm là minh họa: kết quả khóa mang dấu minh họa.", bold=True))
    if year.provisional:
        click.echo(click.style("Kết quả này là tạm tính.", bold=True))


def _unlock(session: Session, path: Path, *, yes: bool) -> int:
    from pipeline.workspace.load import locked_path, years

    if not path.exists():
        raise click.ClickException(f"năm {session.year} chưa khóa; không có {shown(path)}")
    later = [year for year in years(session.root) if year > session.year]
    frozen = [year for year in later if (session.root / locked_path(year)).exists()]
    click.echo(f"Mở khóa năm {session.year} sẽ xóa {shown(path)}: kết quả đã công bố không còn được giữ nguyên.")
    if later:
        click.echo(f"Các năm sau không còn kết quả này để so sánh: {', '.join(map(str, later))}.")
    if frozen:
        names = ", ".join(map(str, frozen))
        click.echo(f"Năm đã khóa dựa trên kết quả này sẽ bị `{program()} check` báo cho đến khi khóa lại: {names}.")
    click.echo("Bản đã khóa vẫn lấy lại được từ git, nếu đã lưu vào git.")
    if not yes and not agreed(f"Mở khóa năm {session.year}? (có/không)"):
        click.echo("Vẫn khóa.")
        return 0
    path.unlink()
    click.echo(f"Đã mở khóa năm {session.year}. Sửa xong thì khóa lại: {program()} --year {session.year} lock")
    return 0
