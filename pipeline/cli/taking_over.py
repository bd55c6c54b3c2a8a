"""How every import ends: shown only, or asked for and written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from pipeline.cli.session import Session, agreed

if TYPE_CHECKING:
    from pipeline.workspace.source import SourceFile


def taken_over(session: Session, sources: Sequence[SourceFile], question: str, *, yes: bool, dry_run: bool) -> bool:
    """Write the files if that is wished, and say so; whether they were written.

    Raises:
        click.ClickException: one of them has been changed since it was read; none is written.
    """
    from pipeline.workspace.source import ChangedMeanwhileError, write_sources

    told = sources[0].path if len(sources) == 1 else f"{len(sources)} tệp"
    if dry_run:
        click.echo(f"Xem thử: {told} sẽ thay đổi, chưa ghi gì.")
        return False
    if not yes and not agreed(f"{question} vào {told}? (có/không)"):
        click.echo("Chưa ghi gì.")
        return False
    try:
        write_sources(session.root, sources)
    except ChangedMeanwhileError as error:
        raise click.ClickException(str(error)) from error
    for source in sources:
        click.echo(f"Đã ghi: {source.path}")
    return True
