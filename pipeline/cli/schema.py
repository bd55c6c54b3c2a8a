"""`cchc schema`: JSON Schemas for editors, and the reference page of the format for people."""

from __future__ import annotations

import click

from pipeline.cli.session import Session, shown
from pipeline.cli.vietnamese import Command
from pipeline.workspace.tree import did_you_mean

REFERENCE = "tham-chieu.md"


@click.command(cls=Command)
@click.argument("name", metavar="[TÊN]", required=False)
@click.option("--reference", is_flag=True, help="Ghi thêm trang tham chiếu: mọi khóa, mọi cách chấm kèm ví dụ.")
@click.pass_obj
def schema(session: Session, name: str | None, reference: bool) -> int:
    """Xuất lược đồ JSON để trình soạn thảo tự gợi ý khóa và gạch chân chỗ sai.

    Không nêu TÊN: ghi tất cả vào build/schema/. Nêu TÊN (ví dụ register): in ra màn hình.
    """
    from pipeline.output import whole_folder
    from pipeline.workspace.reference import reference_page
    from pipeline.workspace.schema import SCHEMAS
    from pipeline.workspace.schema import schema as schema_text

    if name is not None:
        if reference:
            raise click.UsageError("--reference không đi cùng TÊN")
        if name not in SCHEMAS:
            mend = did_you_mean(name, list(SCHEMAS)) or f"các lược đồ: {', '.join(SCHEMAS)}"
            raise click.UsageError(f"không có lược đồ “{name}”; {mend}")
        click.echo(schema_text(name), nl=False)
        return 0
    folder = session.build / "schema"
    with whole_folder(folder) as fresh:
        for each in SCHEMAS:
            (fresh / f"{each}.schema.json").write_text(schema_text(each), "utf-8", newline="\n")
        if reference:
            (fresh / REFERENCE).write_text(reference_page(), "utf-8", newline="\n")
    click.echo(f"Lược đồ: {shown(folder)}")
    for each, (_, title) in SCHEMAS.items():
        click.echo(f"  {each}.schema.json  {title}")
    if reference:
        click.echo(f"  {REFERENCE}  Trang tham chiếu của định dạng tệp")
    return 0
