"""`cchc score` and `cchc score explain`: the table of scores, and how one number came about."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from pipeline import wording
from pipeline.cli.session import Session
from pipeline.cli.vietnamese import Group
from pipeline.workspace.tree import did_you_mean

if TYPE_CHECKING:
    from pipeline.dossier import Progress
    from pipeline.model.assessment import Citation
    from pipeline.model.criteria_set import Criterion
    from pipeline.scoring import Appraised, LeafScore, Row, Scores, Tally

_WIDTH = 62
_GROUPS = {"thuong": "điểm thưởng", "tru": "điểm trừ"}


@click.group(cls=Group, invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="In dạng JSON, kèm cách ra từng điểm.")
@click.option("--all", "every", is_flag=True, help="In cả tiêu chí và tiêu chí thành phần.")
@click.pass_context
def score(context: click.Context, as_json: bool, every: bool) -> int:
    """In bảng điểm của năm. `cchc score explain MÃ` cho biết một điểm từ đâu ra."""
    if context.invoked_subcommand is not None:
        return 0
    session: Session = context.obj
    progress = session.examine()
    scores = _scores(progress)
    appraised = _appraised(progress)
    if as_json:
        click.echo(json.dumps(_data(scores, session.year, appraised), ensure_ascii=False, indent=2))
    elif appraised is not None:
        from pipeline.cli.score_columns import print_columns

        print_columns(appraised, every=every)
    else:
        print_table(scores, every=every)
    return _warned(progress)


def _appraised(progress: Progress) -> Appraised | None:
    from pipeline.dossier import appraised_of

    return appraised_of(progress.workspace)


def _scores(progress: Progress) -> Scores:
    """The scores, even of a dossier with errors; without a criteria set there are none."""
    from pipeline.cli.findings import print_text

    if progress.scores is None:
        print_text(progress.findings, err=True)
        raise click.ClickException("chưa đọc được bộ tiêu chí nên không tính được điểm")
    return progress.scores


def _warned(progress: Progress) -> int:
    from pipeline.model.finding import Severity

    errors = sum(finding.severity is Severity.ERROR for finding in progress.findings)
    if errors:
        click.echo(f"Còn {errors} lỗi nên bảng điểm chưa dùng được; xem bằng `cchc check`.", err=True)
    return int(errors > 0)


def print_table(scores: Scores, *, every: bool = False) -> None:
    """The table on the terminal: areas, or everything."""
    click.echo(click.style(f"{'Mã':<8}{'Nội dung':<{_WIDTH}}{'Tối đa':>8}{'Điểm':>8}{'Tỷ lệ':>10}", bold=True))
    for area in scores.areas:
        for row in area.rows if every else area.rows[:1]:
            click.echo(click.style(_line(row), bold=every and row.depth == 0))
    click.echo(click.style(_columns("", "Tổng điểm", scores.total), bold=True))
    if ";" in scores.total.derivation:
        click.echo(f"Cách tính tổng: {scores.total.derivation}")
    state = f"tạm tính, còn {scores.total.missing} tiêu chí chưa có điểm" if scores.provisional else ""
    click.echo(f"Xếp loại: {scores.band.title}" + (f" ({state})" if state else ""))


def _line(row: Row) -> str:
    title = "  " * row.depth + row.criterion.title
    if row.group:
        return f"{row.code:<8}{_cut(title):<{_WIDTH}}{row.bounds:>8}{wording.points(row.tally.points):>8}"
    if row.leaf is None or row.leaf.points is not None:
        return _columns(row.code, title, row.tally)
    return f"{row.code:<8}{_cut(title):<{_WIDTH}}{wording.number(row.leaf.maximum):>8}  {row.leaf.state.value}"


def _columns(code: str, title: str, tally: Tally) -> str:
    numbers = f"{wording.number(tally.maximum):>8}{wording.points(tally.points):>8}{wording.index(tally.ratio):>10}"
    return f"{code:<8}{_cut(title):<{_WIDTH}}{numbers}" + (f"  thiếu {tally.missing}" if tally.missing else "")


def _cut(text: str) -> str:
    return text if len(text) < _WIDTH else text[: _WIDTH - 2] + "…"


@score.command()
@click.argument("code", metavar="MÃ")
@click.pass_obj
def explain(session: Session, code: str) -> int:
    """Cho biết điểm của tiêu chí MÃ từ đâu ra: số liệu, cách chấm, kiểm chứng, giải trình."""
    from pipeline.rules.rule import lowest

    progress = session.examine()
    scores = _scores(progress)
    row = scores.find(code)
    if row is None:
        known = [row.code for area in scores.areas for row in area.rows]
        raise click.UsageError(f"không có tiêu chí “{code}”; {did_you_mean(code, known) or 'xem `cchc score --all`'}")
    click.echo(click.style(f"{row.code}. {row.criterion.title}", bold=True))
    click.echo(f"Điểm tối đa: {wording.number(row.criterion.maximum)}")
    if row.criterion.minimum:
        click.echo(f"Điểm tối thiểu: {lowest(row.criterion.minimum)}")
    if row.group:
        click.echo(f"Nhóm: {_GROUPS[row.group.value]}, ngoài điểm tối đa")
    declared = _declared(row, progress)
    if declared:
        click.echo(f"Khai trong bộ tiêu chí: {declared}")
    if row.leaf is None:
        _explain_sum(row, scores)
    else:
        _explain_leaf(row.leaf, progress)
    if (appraised := _appraised(progress)) is not None:
        from pipeline.cli.score_columns import print_dialogue

        settings = progress.workspace.settings
        print_dialogue(appraised, row, settings.value.body.title if settings else "đơn vị")
    return _warned(progress)


def _explain_sum(row: Row, scores: Scores) -> None:
    below = [scores.find(child.code) for child in row.criterion.children]
    for child in below:
        if child is not None:
            click.echo(f"  {child.code:<8}{wording.points(child.tally.points):>8}  {child.criterion.title}")
    tally = row.tally
    share = f" trên {wording.number(tally.maximum)} ({wording.index(tally.ratio)})" if row.group is None else ""
    click.echo(f"Cách cộng: {tally.derivation}")
    click.echo(f"Cộng: {wording.points(tally.points)} điểm{share}")
    if row.tally.missing:
        click.echo(f"Còn {row.tally.missing} tiêu chí chưa có điểm; chưa có điểm không phải là 0.")


def _explain_leaf(leaf: LeafScore, progress: Progress) -> None:
    rule = leaf.criterion.rule
    if rule is not None:
        click.echo(f"Cách chấm: {leaf.criterion.rule_text}")
    place = _place_of(leaf, progress)
    if place:
        click.echo(f"Nhập tại: {place}")
    for figure in leaf.figures:
        click.echo(f"Số liệu: {figure.label}: {figure.text}")
    for fault in leaf.faults:
        click.echo(f"Vướng: {fault.message} → {fault.mend}")
    click.echo(click.style(f"Kết quả: {leaf.derivation}", bold=True))
    _explain_survey(leaf.criterion, progress)
    if leaf.explanation:
        click.echo(f"Giải trình: {leaf.explanation}")
    _explain_proof(leaf, progress)


def _explain_survey(criterion: Criterion, progress: Progress) -> None:
    """The formula, and what the answers gave as far as it may be told."""
    from pipeline.model.survey import group_words, share_words

    survey, mapping = progress.workspace.survey, progress.workspace.survey_mapping
    mapped = mapping.value.criteria.get(criterion.code) if mapping else None
    detail = survey.value.details.get(criterion.code) if survey else None
    if mapped:
        click.echo(f"Công thức: {mapped.formula.describe(criterion.maximum)}")
    if detail:
        click.echo(f"Số phiếu: {wording.number(detail.answers)}")
        click.echo(f"{detail.measure.words}: {detail.percent_words}")
        click.echo(f"Khoảng tin cậy 95 %: {detail.interval.words} ({detail.interval.method.words})")
        click.echo(f"Phân bố: {'; '.join(map(share_words, detail.shares))}")
        for group in detail.groups:
            click.echo(f"Nhóm {group_words(group)}")


def _explain_proof(leaf: LeafScore, progress: Progress) -> None:
    for wanted in leaf.criterion.proof:
        click.echo(f"Yêu cầu kiểm chứng: {wanted}")
    register = progress.workspace.register
    for citation in _citations(leaf, progress):
        document = register.value.documents.get(citation.document) if register else None
        where = "".join(
            f", {word} {value}" for word, value in (("mục", citation.section), ("trang", citation.page)) if value
        )
        about = (
            f"{document.number} ngày {wording.day(document.issued)}: {document.abstract}"
            if document and document.issued
            else "không có trong sổ"
        )
        click.echo(f"Kiểm chứng {citation.document}{where}: {about}")


def _citations(leaf: LeafScore, progress: Progress) -> Iterator[Citation]:
    """What the officer cited, or the document that the survey's or another authority's result stands in."""
    from pipeline.model.assessment import Citation
    from pipeline.rules.rule import Source

    yield from leaf.entry.evidence if leaf.entry else ()
    source = leaf.criterion.source
    survey, supplied = progress.workspace.survey, progress.workspace.supplied
    if source is Source.SURVEY and survey and survey.value.source:
        yield Citation.model_validate({"ma": survey.value.source})
    if source is Source.SUPPLIED and supplied and leaf.criterion.code in supplied.value.items:
        yield Citation.model_validate({"ma": supplied.value.items[leaf.criterion.code].source})


def _place_of(leaf: LeafScore, progress: Progress) -> str:
    code = leaf.criterion.code
    for area in progress.workspace.areas:
        if code in area.file.head.value.entries:
            place = area.file.head.place("tieu_chi", code)
            return f"{place.path}:{place.line}"
    supplied = progress.workspace.supplied
    if supplied and code in supplied.value.items:
        place = supplied.place("ket_qua", code)
        return f"{place.path}:{place.line}"
    return ""


def _declared(row: Row, progress: Progress) -> str:
    """File and line on which the set declares the criterion, and what the set stands for."""
    located = progress.workspace.criteria_set
    if located is None:
        return ""
    path = next(node.path for node in located.value.walk() if node.criterion is row.criterion)
    place = located.place(*path, "cach_cham" if row.leaf else "ma")
    return f"{place.path}:{place.line} ({located.value.issued})"


def _data(scores: Scores, year: int, appraised: Appraised | None) -> dict[str, Any]:
    from pipeline.cli.score_columns import columns_data, differences_data

    told = {"columns": columns_data(appraised), "differences": differences_data(appraised)} if appraised else {}
    return {
        **told,
        "year": year,
        "total": _tally_data(scores.total),
        "band": scores.band.title,
        "provisional": scores.provisional,
        "areas": [
            {
                "code": area.criterion.code,
                "title": area.criterion.title,
                **_tally_data(area.tally),
                "leaves": [_leaf_data(leaf) for leaf in area.leaves],
            }
            for area in scores.areas
        ],
    }


def _tally_data(tally: Tally) -> dict[str, Any]:
    return {
        "points": str(tally.points),
        "maximum": str(tally.maximum),
        "percent": str(tally.percent),
        "missing": tally.missing,
        "derivation": tally.derivation,
    }


def _leaf_data(leaf: LeafScore) -> dict[str, Any]:
    return {
        "code": leaf.criterion.code,
        "title": leaf.criterion.title,
        "state": leaf.state.name.lower(),
        "maximum": str(leaf.maximum),
        "points": None if leaf.points is None else str(leaf.points),
        "rule_points": None if leaf.rule_points is None else str(leaf.rule_points),
        "group": leaf.group.value if leaf.group else None,
        "derivation": leaf.derivation,
        "explanation": leaf.explanation or None,
        "evidence": [citation.document for citation in leaf.entry.evidence] if leaf.entry else [],
    }
