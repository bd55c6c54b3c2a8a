"""What the commands share: where the workspace is, which year, what day it is, and the way to a dossier."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from pipeline import wording
from pipeline.output import source_date_epoch

if TYPE_CHECKING:
    from pipeline.dossier import Dossier, Progress

_TOLD = 20
"""Of how many things that are done the terminal hears once."""
_AGAIN = "\r\x1b[K"
"""Back to the start of the line, which is wiped."""

NOTHING_WRITTEN = "Chưa có kết quả nào: hãy sửa các lỗi trên rồi chạy lại. Kết quả cũ (nếu có) vẫn còn nguyên."
"""How a command ends that errors keep from making anything."""


class Session:
    """One run of the command line."""

    def __init__(self, folder: Path | None, year: int | None) -> None:
        self._folder = folder
        self._year = year

    @property
    def root(self) -> Path:
        """The workspace: the folder named, or the nearest one upwards that has `scores/`."""
        if self._folder is not None:
            if not self._folder.is_dir():
                raise click.UsageError(f"không có thư mục “{self._folder}”")
            return self._folder
        here = Path.cwd()
        return next((folder for folder in (here, *here.parents) if (folder / "scores").is_dir()), here)

    @property
    def year(self) -> int:
        """The year named, or the latest one in the workspace."""
        from pipeline.workspace.load import years

        found = years(self.root)
        if self._year is not None:
            if self._year not in found:
                raise click.UsageError(
                    f"không có năm {self._year}; các năm hiện có: {', '.join(map(str, found)) or 'chưa có'}"
                )
            return self._year
        if not found:
            raise click.UsageError(
                f"“{self.root}” không phải thư mục làm việc: không có scores/NĂM/; "
                "chuyển vào đúng thư mục hoặc dùng -C THƯ_MỤC"
            )
        return found[-1]

    @property
    def today(self) -> date:
        """The day that deadlines are held against; SOURCE_DATE_EPOCH stands in for the clock."""
        epoch = source_date_epoch()
        return (datetime.now().astimezone() if epoch is None else datetime.fromtimestamp(epoch, UTC)).date()

    @property
    def build(self) -> Path:
        """Where outputs go."""
        return self.root / "build"

    def must_be_open(self) -> None:
        """Refuse to write into a year that is locked.

        Raises:
            ClickException: in Vietnamese, with the way out.
        """
        from pipeline.workspace.load import locked_path

        if (self.root / locked_path(self.year)).exists():
            raise click.ClickException(
                f"năm {self.year} đã khóa nên không ghi gì; mở khóa trước: `{program()} --year {self.year} lock --undo`"
            )

    def examine(self) -> Progress:
        """Read, score and check."""
        from pipeline.dossier import examine

        return examine(self.root, self.year, self.today)

    def dossier(self) -> Dossier:
        """The dossier; where errors stand against it, they are printed and the command ends.

        Raises:
            SystemExit: with 1, after the findings are on the terminal.
        """
        from pipeline.cli.findings import print_text
        from pipeline.dossier import dossier_of
        from pipeline.model.finding import Severity

        progress = self.examine()
        dossier = dossier_of(progress)
        if dossier is None:
            print_text(progress.findings, err=True)
            click.echo(NOTHING_WRITTEN, err=True)
            raise click.exceptions.Exit(1)
        warnings = sum(finding.severity is Severity.WARNING for finding in progress.findings)
        if warnings:
            click.echo(f"Có {warnings} cảnh báo; xem bằng `{program()} check`.", err=True)
        return dossier


@contextmanager
def counted_step(title: str, what: str) -> Iterator[Callable[[int, int], None]]:
    """A step that can say how far it is: lends a function to call with how many are done, and of how many."""
    live = sys.stderr is not None and sys.stderr.isatty()

    def tell(done: int, of: int) -> None:
        if live and done % _TOLD == 0:
            click.echo(f"\r… {title}: {done}/{of} {what}", err=True, nl=False)

    with step(title):
        yield tell


@contextmanager
def step(title: str) -> Iterator[None]:
    """Tell on the terminal what is being done, and how long it took when it is over."""
    live = sys.stderr is not None and sys.stderr.isatty()
    if live:
        click.echo(f"… {title}", err=True, nl=False)
    started = perf_counter()
    try:
        yield
    except BaseException:
        if live:
            click.echo("", err=True)
        raise
    seconds = f"{perf_counter() - started:.1f}".replace(".", ",")
    click.echo(f"{_AGAIN if live else ''}✓ {title} ({seconds} giây)", err=True)


def agreed(question: str) -> bool:
    """Ask until the answer is a yes or a no."""
    while True:
        try:
            return wording.read_yes_no(click.prompt(question, default="không"))
        except ValueError as error:
            click.echo(f"{error}", err=True)


def program() -> str:
    """What to type to run this very program from here."""
    if shutil.which("cchc"):
        return "cchc"
    own = Path(sys.argv[0])
    return "python -m pipeline" if own.name == "__main__.py" else shown(own)


def shown(path: Path) -> str:
    """A path as short as it can be said from here."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
