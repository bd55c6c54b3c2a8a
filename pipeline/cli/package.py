"""`cchc package`: the dossier for the receiving office, one ZIP with a signed manifest."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline import wording
from pipeline.cli.credential import credential_from, require_address, require_key_file
from pipeline.cli.plain_file import PlainFile
from pipeline.cli.session import Session, counted_step, program, shown
from pipeline.cli.vietnamese import Command

if TYPE_CHECKING:
    from pipeline.dossier import Dossier
    from pipeline.package.build import Package
    from pipeline.signing import Proof
    from pipeline.signing.credential import Credential

_PATH = PlainFile()


@click.command(cls=Command)
@click.option("--pkcs12", metavar="TỆP", type=_PATH, help="Ký bảng kê bằng tệp khóa .p12, .pfx; mật khẩu được hỏi.")
@click.option("--pkcs11", metavar="MÔ_ĐUN", type=_PATH, help="Ký bảng kê bằng thiết bị (USB token) qua mô-đun PKCS#11.")
@click.option(
    "--id", "certificate", default="", metavar="MÃ", help="Mã chứng thư trên thiết bị; xem: cchc sign --list."
)
@click.option(
    "--timestamp", default="", metavar="ĐỊA_CHỈ", help="Xin dấu thời gian của máy chủ này cho chữ ký bảng kê."
)
@click.option("--illustrative", is_flag=True, help="Ký cả hồ sơ có số liệu minh họa.")
@click.option(
    "--schema", "only_schema", is_flag=True, help="In lược đồ JSON (JSON Schema) của bảng kê thay vì đóng gói."
)
@click.pass_obj
def package(
    session: Session,
    /,
    *,
    pkcs12: Path | None,
    pkcs11: Path | None,
    certificate: str,
    timestamp: str,
    illustrative: bool,
    only_schema: bool,
) -> int:
    """Đóng gói hồ sơ gửi cơ quan thẩm định: build/package/ho-so-NĂM.zip, kèm bảng kê mã băm của mọi tệp.

    Trình tự: cchc report, cchc sign, rồi cchc package. Báo cáo đã ký được đưa vào khi đúng là báo cáo của số liệu hiện
    tại. Bản chụp nào được gửi kèm do mục “quyen_kiem_chung: pham_vi” trong settings.yml quyết định; tài liệu còn lại
    được liệt kê kèm mã băm. Nơi nhận kiểm tra bằng cchc verify.
    """
    if only_schema:
        from pipeline.package.manifest import schema

        click.echo(schema(), nl=False)
        return 0
    if pkcs12 is not None and pkcs11 is not None:
        raise click.UsageError("chỉ nêu một khóa để ký: --pkcs12 TỆP hoặc --pkcs11 MÔ_ĐUN")
    require_key_file(pkcs12)
    require_address(timestamp)
    if timestamp and pkcs12 is None and pkcs11 is None:
        raise click.UsageError("--timestamp cần khóa để ký: --pkcs12 TỆP hoặc --pkcs11 MÔ_ĐUN")
    from pipeline.cli.findings import print_text
    from pipeline.signing import SignatureError
    from pipeline.workspace.load import settings_path

    dossier = session.dossier()
    try:
        with _signer(dossier, pkcs12, pkcs11, certificate, illustrative=illustrative) as credential:
            made = _made(session, dossier, credential, timestamp)
    except SignatureError as error:
        print_text([error.about(settings_path(session.year))], err=True)
        click.echo("Chưa ghi gói nào.", err=True)
        return 1
    _say(made)
    return 0


def _signer(
    dossier: Dossier, pkcs12: Path | None, pkcs11: Path | None, certificate: str, *, illustrative: bool
) -> AbstractContextManager[Credential | None]:
    """The key for the manifest, unless there is none or the figures are only examples."""
    from pipeline.signing import SignatureError

    if pkcs12 is None and pkcs11 is None:
        return nullcontext()
    if dossier.illustrative and not illustrative:
        mend = "thay bằng số liệu thật, hoặc thêm --illustrative nếu chỉ để thử"
        raise SignatureError("U118", "hồ sơ có số liệu minh họa, không phải số liệu thật", mend)
    return credential_from(pkcs12, pkcs11, certificate)


def _made(session: Session, dossier: Dossier, credential: Credential | None, timestamp: str) -> Package:
    from pipeline.binder import BinderError
    from pipeline.cli.findings import print_text
    from pipeline.decree import RenderError
    from pipeline.package.build import write_package
    from pipeline.package.write import PackingError

    report = _signed_report(session, dossier)
    sign = _sign(credential, timestamp) if credential else None
    try:
        with counted_step("Gói hồ sơ", "trang quyển kiểm chứng") as progress:
            folder = session.build / "package"
            return write_package(dossier, folder, signed_report=report, sign=sign, progress=progress)
    except BinderError as error:
        print_text(error.findings, err=True)
        raise click.ClickException(f"{error}. Chưa ghi gói nào.") from error
    except (PackingError, RenderError) as error:
        raise click.ClickException(f"{error}. Chưa ghi gói nào.") from error


def _sign(credential: Credential, timestamp: str) -> Callable[[bytes], bytes]:
    """Signs at the moment at which it is asked to."""
    from pipeline.signing import sign_detached

    return lambda content: sign_detached(content, credential, moment=datetime.now(UTC), proof=_proof(timestamp))


def _proof(timestamp: str) -> Proof:
    from pipeline.signing import Level, Proof

    return Proof(Level.B_T if timestamp else Level.B_B, timestamp)


def _signed_report(session: Session, dossier: Dossier) -> bytes | None:
    """The signed report, when there is one that speaks of these very figures; else it is said why there is none."""
    from pipeline.package.build import is_current
    from pipeline.signing.sign import signed_fields

    path = session.build / "report" / f"bao-cao-{dossier.year}.signed.pdf"
    if not path.is_file():
        click.echo("Chưa có báo cáo đã ký: gói mang báo cáo CHƯA KÝ. Ký bằng cchc sign rồi đóng gói lại.", err=True)
        return None
    report = path.read_bytes()
    if is_current(dossier, report):
        if len(signed_fields(report)) == 1:
            told = "Lưu ý: báo cáo mới có một chữ ký số; đủ thể thức phải có cả người có thẩm quyền và cơ quan ký."
            click.secho(told, fg="yellow", err=True)
        return report
    click.echo(
        f"{shown(path)} được ký khi số liệu còn khác: gói mang báo cáo CHƯA KÝ. "
        "Chuyển tệp .signed.pdf cũ đi, lập lại bằng cchc report, ký bằng cchc sign, rồi đóng gói lại.",
        err=True,
    )
    return None


def _say(made: Package) -> None:
    """Where the package lies, and plainly what it does not prove."""
    manifest = made.manifest
    megabytes = wording.number(Fraction(made.path.stat().st_size, 1_000_000), 1)
    click.echo(f"Gói hồ sơ: {shown(made.path)} ({megabytes} MB)")
    click.echo(f"  {len(manifest.files)} tệp; báo cáo {'đã ký' if made.report_signed else 'CHƯA KÝ'}")
    click.echo(f"  bảng kê {'đã ký' if made.signed else 'CHƯA KÝ (thêm --pkcs12 hoặc --pkcs11 để ký)'}")
    if manifest.left_out:
        scans = sum(each.has_scan for each in manifest.left_out)
        click.echo(
            f"  {len(manifest.left_out)} tài liệu không gửi kèm bản chụp: {scans} có bản chụp ở đơn vị,"
            f" {len(manifest.left_out) - scans} không có bản chụp"
        )
    click.echo(f"Kiểm tra lại: {program()} verify {shown(made.path)}")
