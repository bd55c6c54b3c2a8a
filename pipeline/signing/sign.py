"""Making a signature: whose turn it is, the fields, their look, and the signature itself."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from pipeline import wording
from pipeline.signing.appearance import Stand, drawn_picture, drawn_text
from pipeline.signing.block import Box, find_blank
from pipeline.signing.certificate import require_usable
from pipeline.signing.document import ANNEX_FIELD, ORGANISATION_FIELD, PERSON_FIELD, open_pdf, told_as_damage
from pipeline.signing.error import SignatureError
from pipeline.signing.fields import GAP, SEAL, Field, add_field, annex_field, field_reference, paper_fields, room
from pipeline.signing.picture import Picture
from pipeline.signing.proof import Proof
from pipeline.signing.trust import Trust
from pipeline.signing.verdict import Changes

if TYPE_CHECKING:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    from pipeline.signing.credential import Credential


class Role(Enum):
    """Who signs; a paper is signed by the person first, then by the organisation."""

    PERSON = "person"
    ORGANISATION = "organisation"
    ANNEX = "annex"
    """The organisation, on a file that is an annex of its own."""


FIELDS = {Role.PERSON: PERSON_FIELD, Role.ORGANISATION: ORGANISATION_FIELD, Role.ANNEX: ANNEX_FIELD}
"""The field that each role fills."""

_STANDS = {Role.PERSON: Stand(0.5, 0.5), Role.ORGANISATION: Stand(0, 0.12), Role.ANNEX: Stand(1, 1)}
"""Lines of text in place of a picture keep out of each other's way."""


@dataclass(frozen=True)
class Look:
    """What a signature shows, and where."""

    picture: Picture | None = None
    """The image of the signature or of the seal; without one, lines of text stand in its place."""
    symbol: str = ""
    """Number and symbol of the document, on an annex."""
    blank: Box | None = None
    """The room for the person's signature, where it cannot be found."""
    seal: float = SEAL
    """The width of the seal in points, where its image does not tell."""


def prepare_pdf(pdf: bytes, role: Role = Role.PERSON, look: Look | None = None) -> bytes:
    """The PDF with empty signature fields where the decree wants them.

    Raises:
        SignatureError: the PDF cannot be signed, or the place is not found.
    """
    look = look or Look()
    writer = _writer(pdf)
    made = io.BytesIO()
    with told_as_damage():
        if field_reference(writer, FIELDS[role]) is not None:
            raise SignatureError("U111", "tệp PDF đã có ô ký", "ký luôn vào tệp này")
        _make_fields(writer, pdf, role, look)
        writer.write(made)
    return made.getvalue()


def _writer(pdf: bytes) -> IncrementalPdfFileWriter:
    from pipeline.signing.writer import SigningWriter

    reader = open_pdf(pdf)
    with told_as_damage():
        return SigningWriter(reader.stream, prev=reader)


def _make_fields(writer: IncrementalPdfFileWriter, pdf: bytes, role: Role, look: Look) -> None:
    if writer.prev.embedded_signatures:
        message = "tệp PDF đã có chữ ký nhưng không có ô ký chừa sẵn; thêm ô lúc này làm chữ ký trước mất giá trị"
        mend = "ký lại từ bản chưa ký, hoặc chừa sẵn ô ký bằng `cchc sign --prepare` trước khi ký lần đầu"
        raise SignatureError("U111", message, mend)
    for field in _fields(writer, pdf, role, look):
        add_field(writer, field)


def _fields(writer: IncrementalPdfFileWriter, pdf: bytes, role: Role, look: Look) -> Sequence[Field]:
    if role is Role.ANNEX:
        return (annex_field(_upper_right(writer)),)
    blank = look.blank or find_blank(pdf)
    if look.picture is None:
        return paper_fields(blank, seal=(look.seal, look.seal))
    if role is Role.PERSON:
        return paper_fields(blank, look.picture.fitted(blank.width, blank.height - 2 * GAP), (look.seal, look.seal))
    return paper_fields(blank, seal=look.picture.seal_size(look.seal))


def _upper_right(writer: IncrementalPdfFileWriter) -> tuple[float, float]:
    """The corner of the first page; its lower left one is not always the origin."""
    page = writer.find_page_for_modification(0)[0].get_object()
    while "/MediaBox" not in page:
        page = page["/Parent"]
    left, bottom, right, top = (float(value) for value in page["/MediaBox"])
    return max(left, right), max(bottom, top)


def sign_pdf(
    pdf: bytes,
    credential: Credential,
    role: Role,
    *,
    moment: datetime,
    look: Look | None = None,
    proof: Proof | None = None,
    alone: bool = False,
) -> bytes:
    """The PDF with one more signature, an incremental update: the input's bytes stay as they are.

    The certificate must be valid at the `moment` of signing. Only with `alone` may the organisation sign a paper that
    no person has signed.

    Raises:
        SignatureError: anything that stands in the way.
    """
    look, proof = look or Look(), proof or Proof()
    require_usable(credential.x509, moment)
    writer = _writer(pdf)
    with told_as_damage():
        _require_turn(writer, role, alone=alone)
        _require_another(writer, role, credential)
        _require_untouched(writer, pdf)
        if field_reference(writer, FIELDS[role]) is None:
            _make_fields(writer, pdf, role, look)
        _draw(writer, role, look, credential, moment)
    from pipeline.signing.pades import fill_field

    return fill_field(writer, FIELDS[role], credential, moment, proof)


def next_role(pdf: bytes) -> Role:
    """Who signs next: the person first, then the organisation.

    Raises:
        SignatureError: the PDF cannot be read.
    """
    return Role.ORGANISATION if signed_fields(pdf) else Role.PERSON


def signed_fields(pdf: bytes) -> frozenset[str]:
    """The names of the fields that hold signatures, timestamps left aside.

    Raises:
        SignatureError: the PDF cannot be read.
    """
    reader = open_pdf(pdf)
    with told_as_damage():
        return frozenset(str(found.field_name) for found in reader.embedded_regular_signatures)


def _require_untouched(writer: IncrementalPdfFileWriter, pdf: bytes) -> None:
    """What others signed must still be what they signed; who signs next would vouch for it."""
    if not writer.prev.embedded_signatures:
        return
    from pipeline.signing.judge import still_covered
    from pipeline.signing.verify import verify_pdf

    if still_covered(writer.prev):
        return
    bad = [each for each in verify_pdf(pdf, Trust()) if not each.intact or each.changes is Changes.FORBIDDEN]
    if bad:
        message = f"chữ ký của “{bad[0].signer}” không còn giá trị: {bad[0].problems[0]}"
        raise SignatureError("U111", message, "xin lại tệp đã ký gốc, hoặc ký lại từ bản chưa ký")


def _require_turn(writer: IncrementalPdfFileWriter, role: Role, *, alone: bool) -> None:
    """The person before the organisation, each once."""
    filled = {found.field_name for found in writer.prev.embedded_signatures}
    if FIELDS[role] in filled:
        raise SignatureError("U111", "tệp PDF đã có chữ ký ở ô này", "không ký hai lần; kiểm tra bằng `cchc verify`")
    if role is Role.PERSON and ORGANISATION_FIELD in filled:
        message = "cơ quan đã đóng dấu số; người có thẩm quyền phải ký trước"
        raise SignatureError("U112", message, "ký lại từ bản chưa ký: người có thẩm quyền trước, cơ quan sau")
    if role is Role.ORGANISATION and not alone and not filled:
        message = "người có thẩm quyền chưa ký; cơ quan ký sau"
        mend = "ký với --role person trước; nếu văn bản đã có chữ ký tay, thêm --alone"
        raise SignatureError("U112", message, mend)


def _require_another(writer: IncrementalPdfFileWriter, role: Role, credential: Credential) -> None:
    """The organisation signs with a key of its own, not with that of the person who has signed."""
    earlier = {found.signer_cert.sha256 for found in writer.prev.embedded_regular_signatures}
    if role is Role.ORGANISATION and credential.x509.sha256 in earlier:
        message = f"chứng thư của “{credential.certificate.subject}” đã ký ở ô của người có thẩm quyền"
        raise SignatureError("U112", message, "lần này ký bằng khóa của cơ quan; muốn ký lại thì ký từ bản chưa ký")


def _draw(writer: IncrementalPdfFileWriter, role: Role, look: Look, credential: Credential, moment: datetime) -> None:
    """Give the field its look, which the signature then covers."""
    from pyhanko.pdf_utils.generic import DictionaryObject, pdf_name

    reference = field_reference(writer, FIELDS[role])
    size = room(reference.get_object())
    if look.picture is not None and role is not Role.ANNEX:
        real = look.picture.seal_size(look.seal) if role is Role.ORGANISATION else None
        form = drawn_picture(writer, look.picture, size, real_size=real)
    else:
        form = drawn_text(writer, _lines(role, look, credential, moment), size, _STANDS[role])
    reference.get_object()[pdf_name("/AP")] = DictionaryObject({pdf_name("/N"): writer.add_object(form)})
    writer.mark_update(reference)


def _lines(role: Role, look: Look, credential: Credential, moment: datetime) -> list[str]:
    if role is Role.ANNEX:
        return [look.symbol, wording.iso_moment(moment)]
    return ["Ký bởi: " + credential.certificate.subject, "Thời gian ký: " + wording.iso_moment(moment)]
