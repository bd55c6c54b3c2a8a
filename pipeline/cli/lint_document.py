"""`cchc lint-document`: whether a finished Word file or PDF keeps the decree."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.findings import FORMATS
from pipeline.cli.plain_file import PlainFile
from pipeline.cli.vietnamese import Command
from pipeline.model.finding import Finding, Place, has_errors


@click.command("lint-document", cls=Command)
@click.argument("files", type=PlainFile(folder=True), metavar="TỆP…", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    metavar="DẠNG",
    help="Dạng in ra: text (mặc định), json, sarif hoặc github.",
)
def lint_document(files: tuple[Path, ...], form: str) -> int:
    """Soát thể thức văn bản theo Nghị định 30/2020/NĐ-CP, tệp Word (.docx) hoặc PDF nào cũng được.

    Tệp được đọc lại đúng như người nhận thấy, kể cả tệp đã sửa bằng Word hoặc do người khác soạn. Mỗi chỗ sai được in
    kèm số đoạn (Word) hoặc số trang (PDF), chữ đầu dòng và cách sửa. Căn cứ của từng mã: cchc check --explain MÃ.
    """
    findings = tuple(finding for file in files for finding in _linted(file))
    FORMATS[form](findings)
    if form == "text" and findings:
        _tell_bases(findings)
    return int(has_errors(findings))


def _tell_bases(findings: tuple[Finding, ...]) -> None:
    """Which point of the decree each code rests on, once for all its findings."""
    click.echo("\nCăn cứ:")
    for code, basis in sorted({finding.code: finding.basis for finding in findings}.items()):
        click.echo(f"  {code}: {basis}")


def _linted(file: Path) -> tuple[Finding, ...]:
    from pipeline.conformance import LARGEST, lint

    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except (OSError, ValueError):
        return (Finding(Place(str(file)), "W101", "không mở được tệp", "kiểm tra đường dẫn và quyền đọc của tệp"),)
    return lint(str(file), content)
