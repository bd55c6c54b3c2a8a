"""`cchc import`: the group of everything that is read back from other programs, one module a kind of file."""

from __future__ import annotations

import click

from pipeline.cli.import_appraisal import appraisal
from pipeline.cli.import_criteria import criteria
from pipeline.cli.import_scores import scores
from pipeline.cli.import_survey import survey
from pipeline.cli.vietnamese import Group

IMPORTS: tuple[click.Command, ...] = (scores, criteria, survey, appraisal)


@click.group("import", cls=Group)
def import_() -> None:
    """Nhập dữ liệu từ tệp của chương trình khác; luôn cho xem trước rồi mới ghi."""


for command in IMPORTS:
    import_.add_command(command)
