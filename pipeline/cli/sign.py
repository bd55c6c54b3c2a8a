"""`cchc sign`: digital signatures on the report or any official PDF, from a file or a token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline import wording
from pipeline.cli.credential import ask_secret, credential_from, require_address, require_key_file
from pipeline.cli.plain_file import PlainFile
from pipeline.cli.session import Session, shown, step
from pipeline.cli.vietnamese import Command

if TYPE_CHECKING:
    from pipeline.signing import Look, Proof, Role
    from pipeline.signing.block import Box
    from pipeline.signing.credential import Credential
    from pipeline.signing.picture import Picture

SIGNED, PREPARED = ".signed.pdf", ".prepared.pdf"


class _BoxType(click.ParamType[tuple[float, ...]]):
    """Four numbers of millimetres."""

    name = "box"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[float, ...]:
        try:
            numbers = tuple(float(part) for part in str(value).split(","))
        except ValueError:
            numbers = ()
        if len(numbers) != 4 or not all(0 <= number <= 2000 for number in numbers) or min(numbers[2:]) < 5:
            self.fail("cần bốn số mm TRÁI,DƯỚI,RỘNG,CAO, ví dụ 120,90,60,30", param, ctx)
        return numbers


@dataclass(frozen=True)
class _Asked:
    """What the command line says."""

    file: Path | None
    role: str | None
    annex: bool
    prepare: bool
    image: Path | None
    symbol: str
    page: int | None
    box: tuple[float, ...] | None
    seal_size: float
    timestamp: str
    lta: bool
    trust: tuple[Path, ...]
    pkcs12: Path | None
    pkcs11: Path | None
    id: str
    alone: bool
    illustrative: bool
    output: Path | None


_PATH = PlainFile()


@click.command(cls=Command)
@click.argument("file", metavar="[TỆP]", required=False, type=_PATH)
@click.option("--pkcs12", metavar="TỆP", type=_PATH, help="Ký bằng tệp khóa .p12, .pfx; mật khẩu được hỏi khi chạy.")
@click.option("--pkcs11", metavar="MÔ_ĐUN", type=_PATH, help="Ký bằng thiết bị (USB token) qua mô-đun PKCS#11 của nó.")
@click.option("--id", "id_", default="", metavar="MÃ", help="Mã chứng thư trên thiết bị; xem bằng --list.")
@click.option("--list", "list_", is_flag=True, help="Liệt kê các chứng thư trên thiết bị rồi dừng.")
@click.option(
    "--role",
    type=click.Choice(["person", "organisation"]),
    help="Người có thẩm quyền ký (person) rồi cơ quan đóng dấu số (organisation); mặc định: ai chưa ký theo thứ tự đó.",
)
@click.option("--image", metavar="ẢNH", type=_PATH, help="Ảnh PNG nền trong suốt: chữ ký xanh hoặc con dấu đỏ.")
@click.option(
    "--seal-size",
    type=click.FloatRange(10, 100),
    default=36,
    metavar="MM",
    help="Bề rộng thật của con dấu nếu ảnh không ghi; mặc định 36 mm.",
)
@click.option("--timestamp", default="", metavar="ĐỊA_CHỈ", help="Xin dấu thời gian của máy chủ này (mức PAdES B-T).")
@click.option("--lta", is_flag=True, help="Ký để lưu trữ lâu dài (mức PAdES B-LTA); cần --timestamp và --trust.")
@click.option(
    "--trust",
    multiple=True,
    metavar="TỆP",
    type=PlainFile(folder=True),
    help="Chứng thư gốc tin cậy, tệp hoặc thư mục.",
)
@click.option("--annex", is_flag=True, help="Tệp là phụ lục kèm theo: cơ quan ký bằng dòng chữ ở góc trên bên phải.")
@click.option(
    "--symbol", default="", metavar="SỐ_KÝ_HIỆU", help="Số, ký hiệu văn bản ghi trên phụ lục, ví dụ 05/BC-UBND."
)
@click.option("--prepare", is_flag=True, help="Chỉ chừa ô ký đúng chỗ, để ký bằng phần mềm ký số khác.")
@click.option(
    "--page", type=click.IntRange(1), metavar="TRANG", help="Trang có chỗ ký, khi chương trình không tự tìm được."
)
@click.option(
    "--box", type=_BoxType(), metavar="TRÁI,DƯỚI,RỘNG,CAO", help="Chỗ ký trên trang đó, mm từ góc dưới bên trái."
)
@click.option("--alone", is_flag=True, help="Cho cơ quan ký văn bản chưa có chữ ký số của người có thẩm quyền.")
@click.option("--illustrative", is_flag=True, help="Ký cả văn bản có số liệu minh họa.")
@click.option("--output", metavar="TỆP", type=_PATH, help="Tệp kết quả; mặc định cạnh tệp gốc, đuôi .signed.pdf.")
@click.pass_obj
def sign(session: Session, /, list_: bool, id_: str, **options: Any) -> int:
    """Ký số báo cáo (hoặc một tệp PDF khác) theo Nghị định 30: người có thẩm quyền trước, cơ quan sau.

    Tệp gốc giữ nguyên, kết quả là tệp .signed.pdf bên cạnh. Mật khẩu và mã PIN chỉ được hỏi trên màn hình, không bao
    giờ ghi trong lệnh; gõ sai thì chương trình dừng chứ không tự thử lại.
    """
    from pipeline.cli.findings import print_text
    from pipeline.signing import SignatureError

    asked = _Asked(id=id_, **options)
    about = asked.pkcs11 if list_ else asked.file
    try:
        if list_:
            return _list(asked)
        _require_sense(asked)
        about = _input(session, asked)
        return _prepare(about, asked) if asked.prepare else _sign(session, about, asked)
    except SignatureError as error:
        print_text([error.about(shown(about or _named(session, asked)))], err=True)
        click.echo("Chưa ghi gì; tệp cũ (nếu có) vẫn còn nguyên.", err=True)
        return 1


def _require_sense(asked: _Asked) -> None:
    """Options that need each other."""
    if not asked.prepare and (asked.pkcs12 is None) == (asked.pkcs11 is None):
        raise click.UsageError("nêu khóa để ký: --pkcs12 TỆP hoặc --pkcs11 MÔ_ĐUN (một trong hai)")
    if (asked.page is None) != (asked.box is None):
        raise click.UsageError("--page và --box phải đi cùng nhau")
    if asked.annex and not (asked.file and (asked.symbol or asked.prepare)):
        raise click.UsageError("--annex cần TỆP phụ lục và --symbol SỐ_KÝ_HIỆU, ví dụ --symbol 05/BC-UBND")
    if asked.lta and not (asked.timestamp and asked.trust):
        raise click.UsageError("--lta cần --timestamp ĐỊA_CHỈ và --trust TỆP chứng thư gốc")
    require_address(asked.timestamp)
    require_key_file(asked.pkcs12)


def _list(asked: _Asked) -> int:
    from pipeline.signing.token import list_certificates

    if asked.pkcs11 is None:
        raise click.UsageError("--list cần --pkcs11 MÔ_ĐUN")
    found = list_certificates(asked.pkcs11)
    if any(each.has_key is None for each in found) and (pin := ask_secret("Mã PIN (Enter để bỏ qua)", asked.pkcs11)):
        found = list_certificates(asked.pkcs11, pin)
    for each in found:
        click.echo(f"{click.style(each.id, bold=True)}  {each.certificate.subject}")
        click.echo(f"    cấp bởi {each.certificate.authority}; thời hạn {each.certificate.period}")
        click.echo(f"    {each.certificate.key}; {_KEYS[each.has_key]}; thiết bị “{each.token}”")
    click.echo(
        f"Có {len(found)} chứng thư. Ký bằng một trong số đó: thêm --id MÃ." if found else "Không có chứng thư nào."
    )
    return 0


_KEYS = {True: "có khóa bí mật", False: "KHÔNG có khóa bí mật", None: "chưa rõ có khóa bí mật không (cần mã PIN)"}


def _named(session: Session, asked: _Asked) -> Path:
    """The file named, or the year's report."""
    return asked.file or session.build / "report" / f"bao-cao-{session.year}.pdf"


def _input(session: Session, asked: _Asked) -> Path:
    """The file to sign: the one named or the year's report; where its signing has begun, the one begun."""
    from pipeline.signing import SignatureError

    base = _named(session, asked)
    if not base.is_file():
        mend = "" if asked.file else "; lập báo cáo trước bằng `cchc report`"
        raise click.UsageError(f"không có tệp “{shown(base)}”{mend}")
    begun = _output(base, asked)
    if asked.prepare or begun == base or not begun.exists():
        return base
    if not begun.read_bytes().startswith(base.read_bytes()):
        message = f"“{shown(begun)}” đã ký, nhưng từ một bản khác của tệp này"
        raise SignatureError(
            "U112", message, "chuyển hoặc đổi tên tệp đã ký cũ, hoặc nêu tệp kết quả khác bằng --output"
        )
    return begun


def _output(file: Path, asked: _Asked) -> Path:
    """Beside the input, unless told; a file that is signed already grows."""
    if asked.output is not None:
        return asked.output
    name = file.name.removesuffix(SIGNED).removesuffix(PREPARED).removesuffix(".pdf")
    return file.with_name(name + (PREPARED if asked.prepare else SIGNED))


def _prepare(file: Path, asked: _Asked) -> int:
    from pipeline.output import write_file
    from pipeline.signing import Role, prepare_pdf

    made = prepare_pdf(file.read_bytes(), Role.ANNEX if asked.annex else Role.PERSON, _look(asked, Role.PERSON))
    output = _output(file, asked)
    write_file(output, made)
    click.echo(f"Đã chừa ô ký: {shown(output)}")
    click.echo("Mở tệp này bằng phần mềm ký số và ký vào đúng ô; người có thẩm quyền trước, cơ quan sau.")
    return 0


def _sign(session: Session, file: Path, asked: _Asked) -> int:
    from pipeline.output import write_file
    from pipeline.signing import Role, sign_pdf
    from pipeline.signing.error import concerning

    pdf = file.read_bytes()
    _require_real(session, pdf, asked)
    role = _role(pdf, asked)
    look = _look(asked, role)
    with credential_from(asked.pkcs12, asked.pkcs11, asked.id) as credential:
        _warn_of_another(session, asked, role, credential)
        moment = datetime.now(UTC)
        with step("Ký số"), concerning(shown(file)):
            made = sign_pdf(pdf, credential, role, moment=moment, look=look, proof=_proof(asked), alone=asked.alone)
        signer = credential.certificate
    output = _output(file, asked)
    write_file(output, made)
    click.echo(f"Đã ký: {shown(output)}, {_PLACES[role.value]}")
    click.echo(f"Người ký: {signer.subject}; chứng thư do {signer.authority} cấp")
    click.echo(f"Mức {_proof(asked).level.value}, lúc {wording.moment(moment)}")
    if role is Role.PERSON:
        click.echo("Tiếp theo, cơ quan ký: chạy lại lệnh này với khóa của cơ quan.")
    return 0


_PLACES = {
    "person": "ở ô của người có thẩm quyền",
    "organisation": "dấu số của cơ quan",
    "annex": "trên phụ lục kèm theo",
}


def _warn_of_another(session: Session, asked: _Asked, role: Role, credential: Credential) -> None:
    """Say so when somebody else signs the year's report than it names; who may sign is not for a program to know."""
    from pipeline.signing import Role
    from pipeline.signing.certificate import is_of

    if asked.file is not None or role is not Role.PERSON:
        return
    signatory, signer = session.dossier().settings.report.signatory.name, credential.certificate.subject
    if not is_of(signatory, signer):
        told = f"Lưu ý: báo cáo ghi người ký là “{signatory}”, còn chứng thư là của “{signer}”."
        click.secho(told, fg="yellow", err=True)


def _require_real(session: Session, pdf: bytes, asked: _Asked) -> None:
    """Refuse an example unless told: as the dossier says for its own report, as the pages say for any file."""
    from pipeline.signing import SignatureError
    from pipeline.signing.illustrative import is_illustrative

    if asked.illustrative:
        return
    if is_illustrative(pdf) or (asked.file is None and session.dossier().illustrative):
        message = "văn bản có số liệu minh họa, không phải số liệu thật"
        raise SignatureError("U118", message, "thay bằng số liệu thật rồi lập lại; chỉ để thử thì thêm --illustrative")


def _role(pdf: bytes, asked: _Asked) -> Role:
    """As told, else whoever has not signed yet."""
    from pipeline.signing import Role
    from pipeline.signing.sign import next_role

    if asked.annex:
        return Role.ANNEX
    return Role(asked.role) if asked.role else next_role(pdf)


def _look(asked: _Asked, role: Role) -> Look:
    from pipeline.signing import Look
    from pipeline.signing.block import MM

    picture = _picture(asked.image, role) if asked.image else None
    return Look(picture, asked.symbol, _box(asked), asked.seal_size * MM)


def _picture(path: Path, role: Role) -> Picture:
    """The image; what the decree would have otherwise is told, and does not stop anybody."""
    from pipeline.cli.findings import print_text
    from pipeline.signing import Role
    from pipeline.signing.error import concerning
    from pipeline.signing.picture import read_picture, remarks

    with concerning(shown(path)):
        picture = read_picture(path.read_bytes())
    if found := remarks(picture, shown(path), seal=role is Role.ORGANISATION):
        print_text(found, err=True)
    return picture


def _box(asked: _Asked) -> Box | None:
    from pipeline.signing.block import MM, Box

    if asked.page is None or asked.box is None:
        return None
    left, bottom, width, height = (number * MM for number in asked.box)
    return Box(asked.page - 1, left, bottom, left + width, bottom + height)


def _proof(asked: _Asked) -> Proof:
    from pipeline.signing import Level, Proof, read_trust

    level = Level.B_LTA if asked.lta else Level.B_T if asked.timestamp else Level.B_B
    return Proof(level, asked.timestamp, read_trust(asked.trust))
