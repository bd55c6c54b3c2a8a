"""`cchc whatif`: what a change would give, without touching a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pipeline import wording
from pipeline.cli.session import Session, program
from pipeline.cli.vietnamese import Command

if TYPE_CHECKING:
    from decimal import Decimal

    from pipeline.model.criteria_set import CriteriaSet
    from pipeline.scoring import Row, Scores
    from pipeline.scoring.whatif import Entries, Rescore


@click.command(cls=Command)
@click.argument("changes", nargs=-1, metavar="[MÃ.SỐ_LIỆU=GIÁ_TRỊ]…")
@click.option("--cheapest", "goal", metavar="MỨC", help="Tìm ít việc nhất để đạt một mức: số (90) hoặc tên xếp loại.")
@click.pass_obj
def whatif(session: Session, changes: tuple[str, ...], goal: str | None) -> int:
    """Thử thay đổi số liệu mà không sửa tệp nào: được thêm bao nhiêu điểm, xếp loại có đổi không.

    Ví dụ: cchc whatif 3.2.5.ho_so_dung_han=3438 4.2.1=1; hoặc cchc whatif --cheapest 90.
    """
    from pipeline.dossier import entries_of, scores_of
    from pipeline.scoring.whatif import ChangeError, changed

    if not changes and goal is None:
        raise click.UsageError("chưa nêu thay đổi nào; ví dụ: 3.2.5.ho_so_dung_han=3438, hoặc --cheapest 90")
    workspace = session.examine().workspace
    before = scores_of(workspace)
    if before is None or workspace.criteria_set is None:
        raise click.ClickException(f"chưa đọc được bộ tiêu chí; xem bằng `{program()} check`")
    criteria = workspace.criteria_set.value

    def rescore(entries: Entries) -> Scores:
        """The year anew; a set that could be scored once can be scored again."""
        scores = scores_of(workspace, entries)
        return before if scores is None else scores

    try:
        entries = changed(criteria, entries_of(workspace), changes)
    except ChangeError as error:
        raise click.UsageError(str(error)) from error
    after = rescore(entries)
    if changes:
        _print_change(before, after)
    return 0 if goal is None else _print_plan(criteria, entries, after, _goal(criteria, goal), rescore)


def _print_change(before: Scores, after: Scores) -> None:
    """Every row that changes, then the total and the band."""
    old_rows = (row for area in before.areas for row in area.rows)
    new_rows = (row for area in after.areas for row in area.rows)
    for old, new in zip(old_rows, new_rows, strict=True):
        if (old.tally.points, old.tally.missing) != (new.tally.points, new.tally.missing):
            click.echo(_line(old, new))
            if new.leaf is not None:
                click.echo(f"{'':<10}{new.leaf.derivation}")
    gain = _gain(before.total.points, after.total.points)
    points, ratio = wording.points(after.total.points), wording.index(after.total.ratio)
    click.echo(click.style(f"Tổng điểm: {wording.points(before.total.points)} → {points} ({gain}), {ratio}", bold=True))
    if before.band == after.band:
        click.echo(f"Xếp loại: vẫn là {after.band.title}")
    else:
        click.echo(f"Xếp loại: {before.band.title} → {after.band.title}")


def _line(old: Row, new: Row) -> str:
    points = f"{wording.points(old.tally.points)} → {wording.points(new.tally.points)}"
    return f"{new.code:<10}{points} ({_gain(old.tally.points, new.tally.points)})  {new.criterion.title}"


def _gain(before: Decimal, after: Decimal) -> str:
    difference = after - before
    return f"+{wording.points(difference)}" if difference >= 0 else wording.points(difference)


def _print_plan(criteria: CriteriaSet, entries: Entries, scores: Scores, goal: Decimal, rescore: Rescore) -> int:
    """The cheapest way to a goal; 1 when there is none."""
    from pipeline.scoring.whatif import cheapest

    plan = cheapest(criteria, entries, scores, goal, rescore)
    wanted = wording.number(goal)
    if plan.reached and not plan.improvements:
        click.echo(f"Đã đạt mức {wanted}: {wording.index(scores.total.ratio)}, xếp loại {scores.band.title}.")
        return 0
    if plan.reached:
        click.echo(f"Ít việc nhất để đạt mức {wanted}, việc lợi nhất trước:")
    else:
        click.echo(f"Không thể đạt mức {wanted}, kể cả khi mọi tiêu chí dưới đây đạt điểm tối đa:")
    for improvement in plan.improvements:
        criterion = improvement.leaf.criterion
        effort = f"  (công sức {wording.number(criterion.effort)})" if criterion.effort else ""
        click.echo(f"  {criterion.code:<8}+{wording.points(improvement.gain):<7}{criterion.title}{effort}")
    points, ratio = wording.points(plan.scores.total.points), wording.index(plan.scores.total.ratio)
    click.echo(click.style(f"Kết quả: {points} điểm, {ratio}, xếp loại {plan.scores.band.title}", bold=True))
    return int(not plan.reached)


def _goal(criteria: CriteriaSet, text: str) -> Decimal:
    """A number, or the name of a band."""
    for band in criteria.bands.bands:
        if band.title.casefold() == text.strip().casefold():
            return band.at_least
    try:
        return wording.read_decimal(text)
    except ValueError as error:
        names = ", ".join(band.title for band in criteria.bands.bands)
        raise click.UsageError(f"mức “{text}” không phải là số, cũng không phải là xếp loại ({names})") from error
