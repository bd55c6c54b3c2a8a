"""A signature stands where the decree wants it, and the paper stays what it was."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.signing import Look, Role, SignatureError, Trust, prepare_pdf, sign_pdf
from pipeline.signing.block import MM, Box, find_blank
from pipeline.signing.credential import Credential
from pipeline.signing.fields import paper_fields
from pipeline.signing.illustrative import MARK, is_illustrative
from pipeline.signing.picture import read_picture, remarks
from pipeline.signing.verdict import Changes
from pipeline.signing.verify import verify_pdf

Open = Callable[[str], Credential]


def fields(pdf: bytes) -> dict[str, Any]:
    """The signature fields of a PDF, by name: page (from 0), rectangle, title, whether filled."""
    import pikepdf

    found = {}
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages):
            for item in page.get("/Annots", []):
                if item.get("/FT") == "/Sig":
                    rectangle = [float(value) for value in item["/Rect"]]
                    found[str(item["/T"])] = (number, rectangle, str(item.get("/TU", "")), "/V" in item)
    return found


def code_of(raised: pytest.ExceptionInfo[SignatureError]) -> str:
    """The code of what stood in the way."""
    return raised.value.finding.code


def test_both_signatures_hold(sealed: bytes, trust: Trust) -> None:
    """The person's and the organisation's signature are intact and trusted, one after the other."""
    person, organisation = verify_pdf(sealed, trust)

    assert (person.field, organisation.field) == ("ky_nguoi", "ky_co_quan")
    assert person.good
    assert organisation.good
    assert person.changes is Changes.ALLOWED
    assert organisation.covers_whole_file
    assert person.signer.startswith("Nguyễn Văn An")
    assert person.level == organisation.level == "PAdES B-B"


def test_signing_only_adds(paper: bytes, signed: bytes, sealed: bytes) -> None:
    """Every byte that was there before stays as it was."""
    assert signed.startswith(paper)
    assert sealed.startswith(signed)


def test_the_same_moment_gives_the_same_bytes(
    paper: bytes, credential: Open, moment: datetime, signature_png: bytes
) -> None:
    """With the same RSA key and the same picture."""
    look = Look(read_picture(signature_png))
    one, other = (sign_pdf(paper, credential("person"), Role.PERSON, moment=moment, look=look) for _ in range(2))

    assert one == other


def test_the_person_signs_between_position_and_name(signed: bytes, paper: bytes) -> None:
    """The field lies inside the blank, centred."""
    blank = find_blank(paper)
    page, (left, bottom, right, top), title, filled = fields(signed)["ky_nguoi"]

    assert page == blank.page
    assert blank.bottom <= bottom < top <= blank.top
    assert (left + right) / 2 == pytest.approx((blank.left + blank.right) / 2, abs=1)
    assert "người có thẩm quyền" in title
    assert filled


def test_the_seal_covers_a_third_of_the_signature_on_its_left(
    paper: bytes, credential: Open, moment: datetime, signature_png: bytes, seal_png: bytes
) -> None:
    """In its real size, whatever the room."""
    signed = sign_pdf(paper, credential("person"), Role.PERSON, moment=moment, look=Look(read_picture(signature_png)))
    sealed = sign_pdf(
        signed, credential("organisation"), Role.ORGANISATION, moment=moment, look=Look(read_picture(seal_png))
    )
    found = fields(sealed)
    signature, seal = found["ky_nguoi"][1], found["ky_co_quan"][1]

    assert seal[0] < signature[0]
    assert (seal[2] - signature[0]) / (signature[2] - signature[0]) == pytest.approx(1 / 3, abs=0.02)
    assert seal[2] - seal[0] == pytest.approx(36 * MM, abs=1)
    assert (signature[2] - signature[0]) / (signature[3] - signature[1]) == pytest.approx(2, abs=0.05)


def test_a_seal_higher_than_the_blank_leaves_the_name_free(paper: bytes) -> None:
    """It rises over the position rather than cover who signs."""
    blank = find_blank(paper)
    seal = paper_fields(blank, seal=(50 * MM, 50 * MM))[1].box

    assert seal.bottom == blank.bottom
    assert seal.top > blank.top


def test_pictures_are_drawn_in_their_colours(
    paper: bytes, credential: Open, moment: datetime, signature_png: bytes, seal_png: bytes
) -> None:
    """A blue stroke and a red ring stand on the page, and the text below shows through."""
    import pypdfium2

    signed = sign_pdf(paper, credential("person"), Role.PERSON, moment=moment, look=Look(read_picture(signature_png)))
    sealed = sign_pdf(
        signed, credential("organisation"), Role.ORGANISATION, moment=moment, look=Look(read_picture(seal_png))
    )
    document = pypdfium2.PdfDocument(io.BytesIO(sealed))
    document.init_forms()
    page = document[fields(sealed)["ky_nguoi"][0]].render(scale=2).to_pil().convert("RGB")
    colours = {colour for _, colour in page.getcolors(1 << 24)}

    assert any(blue > 150 and red < 60 for red, _, blue in colours)
    assert any(red > 180 and green < 60 and blue < 60 for red, green, blue in colours)


def test_pdf_a_and_tags_survive(paper: bytes, sealed: bytes) -> None:
    """The claims stay, and the old structure is the new one without the two fields."""
    import pikepdf

    with pikepdf.open(io.BytesIO(paper)) as before, pikepdf.open(io.BytesIO(sealed)) as after:
        assert before.Root.Metadata.read_bytes() == after.Root.Metadata.read_bytes()
        assert dict(before.docinfo) == dict(after.docinfo)
    with pikepdf.open(io.BytesIO(sealed)) as document, document.open_metadata() as metadata:
        assert metadata.pdfa_status == "2A"
        assert metadata.get("pdfuaid:part") == "1"
        assert document.pdf_version == "1.7"
        assert document.Root.get("/Version") in (None, "/1.7")
        forms = [each for each in document.Root.StructTreeRoot.K[0].K if each.S == "/Form"]
        assert [str(form.Alt) for form in forms] == [
            "Chữ ký số của người có thẩm quyền",
            "Chữ ký số của cơ quan, tổ chức",
        ]
        parents = pikepdf.NumberTree(document.Root.StructTreeRoot.ParentTree)
        for form in forms:
            assert parents[int(form.K.Obj.StructParent)].objgen == form.objgen
        assert all(page.get("/Tabs") == "/S" for page in document.pages if "/Annots" in page)
    assert [kind for kind in structure(sealed) if kind != "/Form"] == structure(paper)


def structure(pdf: bytes) -> list[str]:
    """The kinds of all elements in reading order."""
    import pikepdf

    def kinds(node: Any) -> list[str]:
        if not isinstance(node, pikepdf.Dictionary) or "/S" not in node:
            return []
        below = node.get("/K", [])
        children = below if isinstance(below, pikepdf.Array) else [below]
        return [str(node.S), *(kind for child in children for kind in kinds(child))]

    with pikepdf.open(io.BytesIO(pdf)) as document:
        return kinds(document.Root.StructTreeRoot.K[0])


def test_an_independent_check_of_pdf_ua_finds_nothing(sealed: bytes, tmp_path: Path) -> None:
    """The machine-checkable rules that `pdfua` knows hold for the signed paper."""
    from pdfua import validate

    file = tmp_path / "signed.pdf"
    file.write_bytes(sealed)

    assert list(validate(str(file)).findings) == []


def test_fonts_of_a_text_signature_are_embedded(signed: bytes) -> None:
    """Without a picture, lines of text stand in its place, in an embedded face."""
    import pikepdf

    with pikepdf.open(io.BytesIO(signed)) as document:
        field = next(item for item in document.Root.AcroForm.Fields if item["/T"] == "ky_nguoi")
        font = field.AP.N.Resources.Font["/Chu"]

        assert "TeXGyreTermes" in str(font.BaseFont)
        assert "/ToUnicode" in font
        assert {"/FontFile2", "/FontFile3"} & set(font.DescendantFonts[0].FontDescriptor.keys())


def test_an_annex_carries_symbol_and_time_at_the_upper_right(paper: bytes, credential: Open, moment: datetime) -> None:
    """The organisation signs an annex with text: number and symbol, and the time with its offset."""
    import pypdfium2

    look = Look(symbol="05/BC-UBND")
    annex = sign_pdf(paper, credential("organisation"), Role.ANNEX, moment=moment, look=look)
    page, (left, bottom, right, top), _, _ = fields(annex)["ky_kem_theo"]
    document = pypdfium2.PdfDocument(io.BytesIO(annex))
    document.init_forms()
    flat = document[0]
    flat.flatten()
    text = document[0].get_textpage().get_text_bounded(left - 2, bottom - 2, right + 2, top + 2)

    assert page == 0
    assert left > 297
    assert top > 790
    assert text.split() == ["05/BC-UBND", _iso(moment)]


def _iso(moment: datetime) -> str:
    from pipeline.wording import iso_moment

    written = iso_moment(moment)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00", written)
    return written


def test_prepared_fields_wait_for_another_program(paper: bytes, credential: Open, moment: datetime) -> None:
    """Both fields are there and empty; they can be filled, and are not made twice."""
    prepared = prepare_pdf(paper)

    assert {name: found[3] for name, found in fields(prepared).items()} == {"ky_nguoi": False, "ky_co_quan": False}
    assert verify_pdf(prepared, Trust()) == ()
    with pytest.raises(SignatureError) as raised:
        prepare_pdf(prepared)
    assert code_of(raised) == "U111"
    signed = sign_pdf(prepared, credential("person"), Role.PERSON, moment=moment)
    assert set(fields(signed)) == {"ky_nguoi", "ky_co_quan"}


def test_the_organisation_does_not_sign_first(paper: bytes, credential: Open, moment: datetime) -> None:
    """Unless told."""
    with pytest.raises(SignatureError) as raised:
        sign_pdf(paper, credential("organisation"), Role.ORGANISATION, moment=moment)

    assert code_of(raised) == "U112"
    alone = sign_pdf(paper, credential("organisation"), Role.ORGANISATION, moment=moment, alone=True)
    with pytest.raises(SignatureError) as raised:
        sign_pdf(alone, credential("person"), Role.PERSON, moment=moment)
    assert code_of(raised) == "U112"


def test_nobody_signs_twice(sealed: bytes, credential: Open, moment: datetime) -> None:
    """A field that is filled stays as it is."""
    for role, name in ((Role.PERSON, "person"), (Role.ORGANISATION, "organisation")):
        with pytest.raises(SignatureError) as raised:
            sign_pdf(sealed, credential(name), role, moment=moment)
        assert code_of(raised) == "U111"


def test_what_was_changed_after_signing_is_not_signed_again(signed: bytes, credential: Open, moment: datetime) -> None:
    """The organisation does not vouch for a paper that was edited after the person signed it."""
    for spoilt in (_edited(signed), signed[:2000] + bytes([signed[2000] ^ 1]) + signed[2001:]):
        with pytest.raises(SignatureError) as raised:
            sign_pdf(spoilt, credential("organisation"), Role.ORGANISATION, moment=moment)
        assert code_of(raised) in ("U110", "U111")


def _edited(pdf: bytes) -> bytes:
    """Another text on the first page, as an incremental update."""
    from pyhanko.pdf_utils.generic import StreamObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer.add_stream_to_page(0, writer.add_object(StreamObject(stream_data=b"0 0 50 50 re f")))
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def test_a_foreign_signature_without_prepared_fields_is_not_broken(
    paper: bytes, credential: Open, moment: datetime
) -> None:
    """A field made after a signature would spoil it, so it is refused."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import PdfSignatureMetadata
    from pyhanko.sign.signers import sign_pdf as other_program

    foreign = other_program(
        IncrementalPdfFileWriter(io.BytesIO(paper)), PdfSignatureMetadata("Khac"), credential("person").signer
    )
    with pytest.raises(SignatureError) as raised:
        sign_pdf(foreign.getvalue(), credential("person"), Role.PERSON, moment=moment)

    assert code_of(raised) == "U111"


@pytest.mark.parametrize("pdf", [b"", b"PK\x03\x04 docx", b"%PDF-1.7\nnothing", b"%PDF-1.7" + bytes(5000)])
def test_what_is_no_pdf_is_refused(pdf: bytes, credential: Open, moment: datetime) -> None:
    """A Word file or a torn PDF gives a finding."""
    with pytest.raises(SignatureError) as raised:
        sign_pdf(pdf, credential("person"), Role.PERSON, moment=moment)

    assert raised.value.finding.code == "U110"


def test_a_pdf_with_a_password_is_refused(paper: bytes, credential: Open, moment: datetime) -> None:
    """Readers of a signed paper must not need a password."""
    import pikepdf

    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as document:
        document.save(made, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(SignatureError) as raised:
        sign_pdf(made.getvalue(), credential("person"), Role.PERSON, moment=moment)

    assert code_of(raised) == "U110"
    assert "mật khẩu" in raised.value.finding.message


def test_a_pdf_with_nonsense_in_its_form_is_refused(paper: bytes, credential: Open, moment: datetime) -> None:
    """Whatever the parser throws becomes a finding."""
    import pikepdf

    for nonsense in (pikepdf.Dictionary(Fields=7), pikepdf.Array([1]), pikepdf.Dictionary(Fields=[[1, 2]])):
        made = io.BytesIO()
        with pikepdf.open(io.BytesIO(paper)) as document:
            document.Root.AcroForm = nonsense
            document.save(made)
        with pytest.raises(SignatureError) as raised:
            sign_pdf(made.getvalue(), credential("person"), Role.PERSON, moment=moment)
        assert code_of(raised) == "U110"


def _page_of(*lines: tuple[float, float, str]) -> bytes:
    """A page with text at places, as a word processor would set it."""
    import typst

    placed = "".join(f"#place(dx: {x}mm, dy: {y}mm)[{text}]\n" for x, y, text in lines)
    return typst.compile(f"#set page(margin: 0mm)\n{placed}".encode(), format="pdf")


OTHER = '#text(font: "DejaVu Sans Mono", size: 12pt)'
"""A word processor takes accented letters from another font, and PDF readers break the word there."""


@pytest.mark.parametrize(
    "lines",
    [
        [(110, 200, "TM. ỦY BAN NHÂN DÂN"), (120, 206, "CHỦ TỊCH"), (115, 240, "Nguyễn Văn An")],
        [(110, 200, "KT. CHỦ TỊCH"), (110, 206, "PHÓ CHỦ TỊCH"), (112, 240, "Trần Thị Bình")],
        [(110, 200, "TL. CHỦ TỊCH"), (108, 206, "CHÁNH VĂN PHÒNG"), (112, 236, "Lê Đình Ước")],
        [(110, 200, "Q. CHỦ TỊCH"), (108, 230, "Phạm Ánh Ngọc")],
        [
            (110, 200, f"TM. {OTHER}[Ủ]Y BAN"),
            (112, 206, f"CH{OTHER}[Ủ] T{OTHER}[Ị]CH"),
            (109, 240, f"L{OTHER}[ê] An Khánh Vy"),
        ],
    ],
)
def test_the_blank_is_found_by_its_words(lines: list[tuple[float, float, str]]) -> None:
    """Also in a PDF of another program, with a list of recipients beside it."""
    pdf = _page_of((30, 200, "Nơi nhận:"), (30, 206, "- Như trên;"), *lines)
    blank = find_blank(pdf)

    assert blank.page == 0
    assert 25 * MM < blank.height < 36 * MM or len(lines) == 2
    assert blank.left > 90 * MM


def test_a_paper_without_a_place_for_the_signature_asks_for_it(credential: Open, moment: datetime) -> None:
    """The place can be told instead."""
    pdf = _page_of((30, 40, "Biểu tổng hợp"), (110, 200, "Người lập biểu"))
    with pytest.raises(SignatureError) as raised:
        sign_pdf(pdf, credential("person"), Role.PERSON, moment=moment)
    assert raised.value.finding.code == "U113"
    told = Look(blank=Box(0, 100, 100, 300, 200))

    assert fields(sign_pdf(pdf, credential("person"), Role.PERSON, moment=moment, look=told))["ky_nguoi"][3]


def test_the_named_corners_win_over_the_words() -> None:
    """A paper that names its blank is believed."""
    import pikepdf

    document = pikepdf.open(io.BytesIO(_page_of((110, 200, "TM. ỦY BAN NHÂN DÂN"), (115, 240, "Nguyễn Văn An"))))
    page = document.pages[0].obj
    names = pikepdf.Array()
    for name, x, y in (("chu-ky", 300, 200), ("chu-ky-cuoi", 500, 120)):
        place = pikepdf.Array([page, pikepdf.Name.XYZ, x, y, None])
        names.extend([pikepdf.String(name), document.make_indirect(place)])
    document.Root.Names = pikepdf.Dictionary(Dests=pikepdf.Dictionary(Names=names))
    made = io.BytesIO()
    document.save(made)

    assert find_blank(made.getvalue()) == Box(0, 300, 120, 500, 200)


def test_a_picture_that_is_none_is_refused(signature_png: bytes) -> None:
    """Another format, a torn file and a huge one."""
    for content in (b"GIF89a", signature_png[:60], bytes(10_000_001)):
        with pytest.raises(SignatureError) as raised:
            read_picture(content)
        assert raised.value.finding.code == "U114"


def test_pictures_against_the_decree_are_told(signature_png: bytes, seal_png: bytes) -> None:
    """Ground and colour; a picture as it should be has no remark."""
    from PIL import Image

    opaque = io.BytesIO()
    Image.new("RGB", (100, 100), (30, 200, 30)).save(opaque, "PNG")
    found = remarks(read_picture(opaque.getvalue()), "anh.png", seal=True)

    assert [finding.code for finding in found] == ["U115", "U115"]
    assert remarks(read_picture(signature_png), "a.png", seal=False) == []
    assert remarks(read_picture(seal_png), "a.png", seal=True) == []
    assert [finding.code for finding in remarks(read_picture(seal_png), "a.png", seal=False)] == ["U115"]


def test_an_illustrative_paper_is_known_by_its_mark(sound_dossier: Any) -> None:
    """The mark that the report prints is the one that is looked for."""
    from dataclasses import replace

    from pipeline.decree.typst import pdf
    from pipeline.report.compose import compose

    made = compose(sound_dossier)

    assert MARK in made.mark
    assert is_illustrative(pdf(made))
    assert not is_illustrative(pdf(replace(made, mark="")))
