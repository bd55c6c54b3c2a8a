"""`cchc import survey`: raw answers of the social survey become points, and stay where they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline import wording
from pipeline.cli.plain_file import PlainFile
from pipeline.cli.session import Session, step
from pipeline.cli.taking_over import taken_over
from pipeline.cli.vietnamese import Command

if TYPE_CHECKING:
    from pipeline.model.survey import SurveyDetail
    from pipeline.survey import FileTold, Given, Proposal

_BAR = 24
"""Signs of a full bar."""


@click.command("survey", cls=Command)
@click.argument("files", metavar="TỆP…", type=PlainFile(folder=True, private=True), nargs=-1, required=True)
@click.option(
    "--group",
    "groups",
    metavar="NHÓM",
    multiple=True,
    help="Nhóm người trả lời của tệp, khi tệp không có cột nêu nhóm; nêu một lần cho mọi tệp, hoặc lần lượt từng tệp.",
)
@click.option("--yes", is_flag=True, help="Ghi ngay, không hỏi lại.")
@click.option("--dry-run", is_flag=True, help="Chỉ cho xem kết quả, không ghi.")
@click.pass_obj
def survey(session: Session, files: tuple[Path, ...], groups: tuple[str, ...], yes: bool, dry_run: bool) -> int:
    """Tính điểm điều tra xã hội học từ tệp phiếu (CSV, XLSX) của Google Forms, LimeSurvey, KoboToolbox.

    Bảng ánh xạ scores/NĂM/survey-mapping.yml cho biết câu hỏi nào tính cho tiêu chí nào. Chỉ kết quả tổng hợp được ghi
    vào scores/NĂM/survey.yml; không câu trả lời nào được in ra hay chép đi. Để tệp phiếu trong thư mục private/.
    """
    from pipeline.cli.findings import print_text
    from pipeline.survey import propose

    if not dry_run:
        session.must_be_open()
    given = _given(files, groups)
    with step("Đọc phiếu và tính điểm"):
        proposal = propose(session.examine(), given)
    if proposal.findings:
        print_text(proposal.findings, err=True)
    if proposal.refused:
        click.echo("Chưa ghi gì: hãy sửa các lỗi trên rồi nhập lại.", err=True)
        return 1
    _show(proposal)
    assert proposal.source is not None
    if proposal.source.same:
        click.echo(f"{proposal.source.path} đã có đúng các kết quả này; không có gì để ghi.")
        return 0
    taken_over(session, [proposal.source], "Ghi các kết quả trên", yes=yes, dry_run=dry_run)
    return 0


def _given(files: Sequence[Path], groups: Sequence[str]) -> list[Given]:
    from pipeline.survey import Given

    if len(groups) not in (0, 1, len(files)):
        told = f"có {len(files)} tệp nhưng {len(groups)} lần --group"
        raise click.UsageError(f"{told}; nêu một lần cho mọi tệp, hoặc mỗi tệp một lần")
    named = groups if len(groups) == len(files) else [*(groups or ("",))] * len(files)
    return [Given(file, group) for file, group in zip(files, named, strict=True)]


def _show(proposal: Proposal) -> None:
    for file in proposal.files:
        click.echo(_told(file))
    before = proposal.points_before or {}
    for code, detail in proposal.details.items():
        old = wording.points(before[code]) if code in before else "chưa có"
        changed = "" if before.get(code) == detail.points else f" (đang ghi: {old})"
        click.echo(click.style(f"{code}: {wording.points(detail.points)} điểm{changed}", bold=True))
        for line in _lines(detail):
            click.echo(f"  {line}")
    for code in proposal.gone:
        click.echo(click.style(f"{code}: bỏ {wording.points(before[code])} điểm, vì chưa đủ phiếu", bold=True))


def _told(file: FileTold) -> str:
    parts = [f"{file.rows} dòng", f"{file.counted} phiếu được đọc", f"{file.unused} cột không dùng đến"]
    return f"{file.name} ({file.exporter}): {', '.join(parts)}"


def _lines(detail: SurveyDetail) -> Iterator[str]:
    from pipeline.model.survey import group_words, share_words

    yield detail.derivation
    yield f"Khoảng tin cậy 95 %: {detail.interval.words} ({detail.interval.method.words})"
    for share in detail.shares:
        yield f"{'█' * round(share.ratio * _BAR):<{_BAR}} {share_words(share)}"
    if detail.groups:
        yield f"Theo nhóm: {'; '.join(map(group_words, detail.groups))}"
