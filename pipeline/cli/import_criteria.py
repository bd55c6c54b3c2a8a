"""`cchc import criteria`: the annex of a decision becomes a criteria set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.plain_file import PlainFile
from pipeline.cli.session import Session
from pipeline.cli.vietnamese import Command

if TYPE_CHECKING:
    from pipeline.annex import Imported
    from pipeline.model.criteria_set import CriteriaSet
    from pipeline.model.finding import Finding
    from pipeline.workspace.reader import Located

FILE_MEND = "kiểm tra đường dẫn; cần tệp .docx hoặc .xlsx có bảng của phụ lục"


@click.command("criteria", cls=Command)
@click.argument("file", type=PlainFile(folder=True), metavar="TỆP")
@click.option("--code", default="", metavar="MÃ", help="Mã của bộ tiêu chí, cũng là tên tệp; mặc định theo tên TỆP.")
@click.option("--title", default="", metavar="TÊN", help="Tên bộ tiêu chí, nếu trong TỆP không có hoặc không đúng.")
@click.option("--issued", default="", metavar="VĂN_BẢN", help="Văn bản ban hành, nếu trong TỆP không có.")
@click.option("--force", is_flag=True, help="Ghi đè bộ tiêu chí đã có.")
@click.option("--dry-run", is_flag=True, help="Chỉ in bộ tiêu chí ra màn hình, không ghi.")
@click.pass_obj
def criteria(session: Session, file: Path, *, code: str, title: str, issued: str, force: bool, dry_run: bool) -> int:
    """Đọc bảng trong phụ lục của quyết định (DOCX, XLSX) thành một bộ tiêu chí.

    Cột được nhận ra theo tiêu đề, thứ tự nào cũng được. Chỗ nào máy chưa chắc thì báo kèm số bảng, số dòng; lời văn
    gốc được giữ ở “nguyen_van” bên cạnh cách chấm; dạng chấm điểm không nhận ra được ghi là chấm tay.
    """
    from pipeline.cli.findings import print_text
    from pipeline.model.finding import has_errors

    imported = _read(file, code, title, issued)
    located, found = _validated(imported) if imported.text else (None, ())
    findings = [*imported.findings, *found]
    path = session.root / "scores" / "sets" / f"{imported.code}.yml"
    if located is not None and path.exists() and not (force or dry_run):
        findings.append(_taken(imported))
        located = None
    if imported.text and dry_run:
        click.echo(imported.text, nl=False)
    print_text(sorted(findings), err=dry_run)
    if located is None:
        click.echo("Chưa ghi bộ tiêu chí nào: hãy sửa các lỗi trên rồi nhập lại.", err=True)
        return 1
    if not dry_run:
        _write(path, imported.text, located)
    return int(has_errors(tuple(findings)))


def _read(file: Path, code: str, title: str, issued: str) -> Imported:
    """What the file holds; one that cannot be opened is a finding like any other."""
    from pipeline.annex import LARGEST, Imported, Told, read_annex
    from pipeline.model.finding import Finding, Place

    if code and not _is_name(code):
        raise click.UsageError(f"mã “{code}” phải viết liền không dấu, ví dụ cap-xa-tinh-mau")
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except (OSError, ValueError):
        return Imported("", "", (Finding(Place(file.name), "N801", "không mở được tệp", FILE_MEND),))
    return read_annex(file.name, content, Told(code, title, issued))


def _is_name(code: str) -> bool:
    from pydantic import TypeAdapter, ValidationError

    from pipeline.fields import Name

    try:
        TypeAdapter(Name).validate_python(code)
    except ValidationError:
        return False
    return True


def _validated(imported: Imported) -> tuple[Located[CriteriaSet] | None, tuple[Finding, ...]]:
    """The set as `cchc check` would read it, in a workspace of its own, and what is found in it."""
    import tempfile
    from dataclasses import replace
    from datetime import date

    from pipeline.checks import check
    from pipeline.model.criteria_set import CriteriaSet
    from pipeline.workspace.load import load, set_path
    from pipeline.workspace.reader import Reader

    with tempfile.TemporaryDirectory() as folder:
        reader = Reader(Path(folder))
        path = set_path(imported.code)
        (reader.root / path).parent.mkdir(parents=True)
        (reader.root / path).write_text(imported.text, "utf-8", newline="\n")
        located = reader.yaml(path, CriteriaSet)
        if located is None:
            return None, tuple(reader.findings)
        alone = replace(load(reader.root, 2000), criteria_set=located)
        about_the_set = (each for each in check(alone, None, date(2000, 1, 1)) if each.place.path == path)
        return located, (*reader.findings, *about_the_set)


def _taken(imported: Imported) -> Finding:
    from pipeline.model.finding import Finding, Place
    from pipeline.workspace.load import set_path

    mend = "đặt mã khác bằng --code MÃ, hoặc ghi đè bằng --force nếu chưa năm nào dùng bộ này"
    return Finding(Place(set_path(imported.code)), "N814", f"đã có bộ tiêu chí “{imported.code}”", mend)


def _write(path: Path, text: str, located: Located[CriteriaSet]) -> None:
    from pipeline.cli.session import shown
    from pipeline.output import write_file

    write_file(path, text.encode("utf-8"))
    leaves = sum(node.criterion.rule is not None for node in located.value.walk())
    click.echo(f"Đã ghi {shown(path)}: {len(located.value.areas)} lĩnh vực, {leaves} tiêu chí chấm điểm.")
