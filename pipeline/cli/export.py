"""`cchc export`: the table of the year for other programs."""

from __future__ import annotations

import click

from pipeline.cli.export_appraisal import appraisal
from pipeline.cli.export_criteria import criteria
from pipeline.cli.export_explanation import explanation
from pipeline.cli.session import Session, shown
from pipeline.cli.vietnamese import Group


@click.group(cls=Group)
def export() -> None:
    """Xuất bảng điểm (xlsx để sửa rồi nhập lại; json, csv để tính toán), bộ tiêu chí, phiếu thẩm định, giải trình."""


@export.command()
@click.pass_obj
def xlsx(session: Session) -> int:
    """Bảng tính Excel: mỗi lĩnh vực một trang, trang tổng hợp tự tính, ô nhập màu vàng.

    Sửa xong thì đưa trở lại bằng `cchc import scores TỆP`.
    """
    from pipeline.spreadsheet import write_xlsx

    click.echo(f"Bảng tính: {shown(write_xlsx(session.dossier(), session.build / 'export'))}")
    return 0


@export.command("json")
@click.option("--schema", "only_schema", is_flag=True, help="In lược đồ JSON (JSON Schema) của tệp thay vì xuất.")
@click.pass_obj
def json_(session: Session, only_schema: bool) -> int:
    """Toàn bộ bảng điểm dạng JSON: số liệu, cách ra điểm, kiểm chứng, giải trình của từng tiêu chí."""
    if only_schema:
        from pipeline.spreadsheet.data import schema

        click.echo(schema(), nl=False)
        return 0
    from pipeline.spreadsheet import write_json

    click.echo(f"JSON: {shown(write_json(session.dossier(), session.build / 'export'))}")
    return 0


@export.command("csv")
@click.option("--schema", "only_schema", is_flag=True, help="In mô tả các cột (Table Schema) thay vì xuất.")
@click.pass_obj
def csv_(session: Session, only_schema: bool) -> int:
    """Bảng điểm dạng CSV, mở thẳng bằng Excel: UTF-8 có BOM, cột cách nhau bằng dấu chấm phẩy, số dùng dấu phẩy."""
    if only_schema:
        from pipeline.spreadsheet.csv_table import schema

        click.echo(schema(), nl=False)
        return 0
    from pipeline.spreadsheet import write_csv

    click.echo(f"CSV: {shown(write_csv(session.dossier(), session.build / 'export'))}")
    return 0


export.add_command(criteria)
export.add_command(appraisal)
export.add_command(explanation)
