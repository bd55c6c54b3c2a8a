"""The signature fields of an official paper, made where the decree wants the signatures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.signing.appearance import nothing
from pipeline.signing.block import MM, Box
from pipeline.signing.document import ANNEX_FIELD, ORGANISATION_FIELD, PERSON_FIELD
from pipeline.signing.tags import tag_field

if TYPE_CHECKING:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

SEAL = 36 * MM
"""The width of a seal whose image does not tell its own."""
SIGNATURE = 50 * MM
"""The width of a signature without image."""
GAP = 1 * MM
"""Between a signature and the lines above and below."""

ANNEX_WIDTH, ANNEX_HEIGHT = 62 * MM, 10 * MM
ANNEX_MARGIN = 15 * MM, 8 * MM
"""From the right and the upper edge of the page."""

TITLES = {
    PERSON_FIELD: "Chữ ký số của người có thẩm quyền",
    ORGANISATION_FIELD: "Chữ ký số của cơ quan, tổ chức",
    ANNEX_FIELD: "Chữ ký số của cơ quan, tổ chức trên văn bản kèm theo",
}
"""What a reader's assistive software says of each field."""


@dataclass(frozen=True)
class Field:
    """A field to make."""

    name: str
    box: Box


def paper_fields(
    blank: Box, signature: tuple[float, float] | None = None, seal: tuple[float, float] = (SEAL, SEAL)
) -> tuple[Field, Field]:
    """Both fields of a paper, the person's centred in the blank, the seal over a third of it on its left.

    A seal that is higher than the blank rises above it: the name below stays free.

    Sizes are (width, height) in points; Decree 30/2020/NĐ-CP, annex I, on images of digital signatures.
    """
    height = blank.height - 2 * GAP
    width, height = signature or (min(SIGNATURE, blank.width), height)
    middle, level = (blank.left + blank.right) / 2, (blank.bottom + blank.top) / 2
    person = Box(blank.page, middle - width / 2, level - height / 2, middle + width / 2, level + height / 2)
    right = max(person.left + person.width / 3, seal[0])
    foot = max(level - seal[1] / 2, blank.bottom)
    stamp = Box(blank.page, right - seal[0], foot, right, foot + seal[1])
    return Field(PERSON_FIELD, person), Field(ORGANISATION_FIELD, stamp)


def annex_field(corner: tuple[float, float]) -> Field:
    """The text block of an annex file, at the upper right corner of its first page."""
    right, top = corner[0] - ANNEX_MARGIN[0], corner[1] - ANNEX_MARGIN[1]
    return Field(ANNEX_FIELD, Box(0, right - ANNEX_WIDTH, top - ANNEX_HEIGHT, right, top))


def add_field(writer: IncrementalPdfFileWriter, field: Field) -> None:
    """Make an empty field with its tag; all fields are made before the first signature, which then covers them."""
    from pyhanko.pdf_utils.generic import DictionaryObject, pdf_name
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    title = TITLES[field.name]
    spec = SigFieldSpec(field.name, on_page=field.box.page, box=field.box.rectangle, readable_field_name=title)
    append_signature_field(writer, spec)
    reference = field_reference(writer, field.name)
    look = writer.add_object(nothing(room(reference.get_object())))
    reference.get_object()[pdf_name("/AP")] = DictionaryObject({pdf_name("/N"): look})
    page = writer.find_page_for_modification(field.box.page)[0].get_object()
    page[pdf_name("/Tabs")] = pdf_name("/S")
    writer.update_container(page)
    tag_field(writer, reference, field.box.page, title)


def field_reference(handler: Any, name: str) -> Any:
    """The field of that name, as a reference; None where there is none."""
    from pyhanko.sign.fields import enumerate_sig_fields

    return next((found[2] for found in enumerate_sig_fields(handler, with_name=name)), None)


def room(field: Any) -> tuple[float, float]:
    """The width and height of a field's rectangle."""
    left, bottom, right, top = (float(value) for value in field["/Rect"])
    return abs(right - left), abs(top - bottom)
