"""`cchc verify`: what a package or a report is worth; needs no workspace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline import wording
from pipeline.cli.findings import as_data, json_text, print_each, summary
from pipeline.cli.plain_file import PlainFile
from pipeline.cli.session import step
from pipeline.cli.vietnamese import Command
from pipeline.model.finding import Severity

if TYPE_CHECKING:
    from pipeline.package.asides import Asides
    from pipeline.package.verdict import Signed, Verdict

_MEANS = {
    "VALID": "Tệp nguyên vẹn, có chữ ký số tin cậy, điểm tính lại từ số liệu khớp.",
    "REMARKS": "Không thấy chỗ nào sai, nhưng còn điều phải biết trước khi tin; xem phần Cần lưu ý.",
    "INVALID": "Không dùng tệp này làm căn cứ; xem phần Chỗ sai.",
}
_MARKS = {"VALID": "✓", "REMARKS": "!", "INVALID": "✗"}
_COLOURS = {"VALID": "green", "REMARKS": "yellow", "INVALID": "red"}


@click.command(cls=Command)
@click.argument("file", metavar="TỆP", type=PlainFile(exists=True))
@click.option(
    "--trust",
    "trusted",
    multiple=True,
    type=PlainFile(folder=True, exists=True),
    metavar="TỆP_HOẶC_THƯ_MỤC",
    help="Chứng thư gốc của cơ quan cấp chứng thư mà bạn tin (.cer, .crt, .pem); ghi được nhiều lần.",
)
@click.option("--online", is_flag=True, help="Hỏi qua mạng xem chứng thư có bị thu hồi không.")
@click.option(
    "--redraw/--no-redraw",
    default=True,
    help="Dựng lại báo cáo, bảng tính từ số liệu trong gói rồi so từng byte, để thấy cả hình, chữ che lên trang "
    "(mặc định); --no-redraw: chỉ đọc các bảng điểm.",
)
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON cho chương trình khác.")
def verify(file: Path, trusted: tuple[Path, ...], online: bool, redraw: bool, as_json: bool) -> int:
    """Kiểm tra một báo cáo PDF hoặc một gói ho-so-NĂM.zip: chữ ký, từng tệp, và tính lại mọi điểm.

    Không cần thư mục làm việc. Kết luận in ở dòng đầu; mã thoát là 1 khi tệp không hợp lệ.
    """
    from pipeline.signing import SignatureError, read_trust

    try:
        trust = read_trust(trusted, online=online)
    except SignatureError as error:
        raise click.ClickException(f"{error.finding.message}; {error.finding.mend}") from error
    with step(f"Kiểm tra {wording.visible(file.name)}"), _asides(file, draw=redraw) as asides:
        from pipeline.package.verdict import Level
        from pipeline.package.verify import verify as verified

        verdict = verified(file, trust, asides)
    if as_json:
        click.echo(json_text(_data(verdict)))
    else:
        _print(verdict, named=bool(trust.roots), online=online)
    return 1 if verdict.level is Level.INVALID else 0


def _asides(file: Path, *, draw: bool) -> AbstractContextManager[Asides]:
    """Who helps; they make themselves ready while the rest is being imported."""
    from pipeline.package.archive import is_archive
    from pipeline.package.asides import woken

    return woken(draw=draw and is_archive(file))


def _print(verdict: Verdict, *, named: bool, online: bool) -> None:
    """The verdict first, what stands against it last; `named`: the reader said whom he trusts."""
    level = verdict.level
    click.echo(f"{click.style(level.value, fg=_COLOURS[level.name], bold=True)}: {wording.visible(verdict.file)}")
    click.echo(_MEANS[level.name])
    for line in (*_about(verdict), *_checks(verdict), *_signatures(verdict, named=named, online=online)):
        click.echo(line)
    wrong = [finding for finding in verdict.findings if finding.severity is Severity.ERROR]
    remarks = [finding for finding in verdict.findings if finding.severity is not Severity.ERROR]
    for title, findings in (("Chỗ sai", wrong), ("Cần lưu ý", remarks)):
        if findings:
            click.echo(click.style(f"\n{title}", bold=True))
            print_each(findings)
    if verdict.findings:
        click.echo(summary(verdict.findings))


def _about(verdict: Verdict) -> Iterator[str]:
    """What the file says of itself."""
    manifest = verdict.manifest
    if manifest is not None:
        total = manifest.total
        points = f"{wording.points(total.points)}/{wording.maximum(total.maximum)} điểm"
        body, band = wording.visible(manifest.body), wording.visible(total.band)
        yield f"\n{body}, năm {manifest.year}: {points}, xếp loại {band} (theo bảng kê trong tệp)."


def _checks(verdict: Verdict) -> Iterator[str]:
    yield click.style("\nĐã kiểm tra", bold=True)
    for check in verdict.checks:
        mark = click.style(_MARKS[check.level.name], fg=_COLOURS[check.level.name], bold=True)
        yield f"  {mark} {check.title}: {wording.visible(check.detail)}"


def _signatures(verdict: Verdict, *, named: bool, online: bool) -> Iterator[str]:
    """What the circular on signing software demands to be shown of each signature."""
    from pipeline.signing.verdict import Revocation

    if verdict.signatures:
        yield click.style("\nChữ ký số", bold=True)
    if any(signed.verdict.revocation is Revocation.UNKNOWN for signed in verdict.signatures):
        asked = "Đã hỏi qua mạng mà chưa biết hết: chứng thư không ghi nơi hỏi, hoặc nơi đó không trả lời."
        unasked = "Muốn hỏi qua mạng xem chứng thư có bị thu hồi không: thêm --online."
        yield f"  {asked if online else unasked}"
    for signed in verdict.signatures:
        yield f"  {wording.visible(signed.path)}"
        for title, text in _shown(signed, named=named).items():
            yield f"    {title + ':':<22}{wording.visible(text)}"


def _shown(signed: Signed, *, named: bool) -> dict[str, str]:
    from pipeline.signing.document import ANNEX_FIELD, ORGANISATION_FIELD, PERSON_FIELD
    from pipeline.signing.verdict import Kind, Revocation

    verdict = signed.verdict
    places = {PERSON_FIELD: "người có thẩm quyền", ORGANISATION_FIELD: "cơ quan", ANNEX_FIELD: "cơ quan, trên phụ lục"}
    trusted = "có" if verdict.trusted else "KHÔNG" if named and verdict.intact else "chưa xác định được"
    if verdict.revocation is Revocation.REVOKED:
        trusted = "không xét nữa, vì chứng thư đã bị thu hồi"
    stamped = f"{wording.moment(verdict.timestamp)} (dấu thời gian)" if verdict.timestamp else ""
    claimed = f"{wording.moment(verdict.signed_at)} (theo máy của người ký)" if verdict.signed_at else ""
    period = " đến ".join(wording.moment(end) for end in verdict.period) if verdict.period else ""
    shown = {
        "Loại": f"{verdict.kind.value}, {verdict.level}, {verdict.algorithm}",
        "Nơi cấp dấu" if verdict.kind is Kind.TIMESTAMP else "Người ký": verdict.signer,
        "Ô ký": places.get(verdict.field, ""),
        "Cơ quan cấp": verdict.authority,
        "Cơ quan cấp đáng tin": trusted,
        "Thời điểm ký": stamped or claimed or "không ghi",
        "Toàn vẹn": f"có; {verdict.changes.value}" if verdict.intact else "KHÔNG",
        "Hiệu lực khi ký": f"{'có' if verdict.valid_at_signing else 'KHÔNG'}; {verdict.revocation.value}",
        "Thời hạn chứng thư": period or "không đọc được",
    }
    notes = [*verdict.problems, *(each for each in verdict.remarks if each != Revocation.UNKNOWN.value)]
    told = {title: text for title, text in shown.items() if text}
    return {**told, **({"Ghi chú": "; ".join(notes)} if notes else {})}


def _data(verdict: Verdict) -> dict[str, Any]:
    manifest = verdict.manifest
    return {
        "format": "cchc-verdict/1",
        "file": verdict.file,
        "level": verdict.level.name.lower(),
        "verdict": verdict.level.value,
        "checks": [
            {"title": each.title, "detail": each.detail, "level": each.level.name.lower()} for each in verdict.checks
        ],
        "signatures": [_signature(signed) for signed in verdict.signatures],
        "findings": [as_data(finding) for finding in verdict.findings],
        "manifest": manifest.model_dump(mode="json") if manifest else None,
    }


def _signature(signed: Signed) -> dict[str, Any]:
    verdict = signed.verdict
    return {
        "path": signed.path,
        "kind": verdict.kind.name.lower(),
        "field": verdict.field,
        "level": verdict.level,
        "algorithm": verdict.algorithm,
        "signer": verdict.signer,
        "authority": verdict.authority,
        "good": verdict.good,
        "trusted": verdict.trusted,
        "intact": verdict.intact,
        "changes": verdict.changes.name.lower(),
        "signed_at": verdict.signed_at.isoformat() if verdict.signed_at else None,
        "timestamp": verdict.timestamp.isoformat() if verdict.timestamp else None,
        "valid_at_signing": verdict.valid_at_signing,
        "revocation": verdict.revocation.name.lower(),
        "not_before": verdict.period[0].isoformat() if verdict.period else None,
        "not_after": verdict.period[1].isoformat() if verdict.period else None,
        "problems": list(verdict.problems),
        "remarks": list(verdict.remarks),
    }
