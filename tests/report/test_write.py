"""The files appear together, are the same every time, and run nothing that anybody typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.decree import RenderError
from pipeline.decree.docx import Pandoc
from pipeline.dossier import Dossier
from pipeline.report import write_report

Read = Callable[[Path], str]
Change = Callable[..., Dossier]
AREA = "docs/2022/1-chi-dao-dieu-hanh.md"
SETTINGS = "scores/2022/settings.yml"
CRITERIA = "scores/sets/cap-xa-hai-duong-2019-minh-hoa.yml"
TRICKS = (
    '#read("/etc/passwd")',
    "#import sys: inputs",
    "$x^2$",
    "{{7*7}}",
    "{% include 'x' %}",
    "<script>alert(1)</script>",
    r"\input{/etc/passwd}",
    "`<w:p/>`{=openxml}",
    "= Not a heading",
    "@label <label>",
    '#include "/etc/passwd"',
    '#eval("read")',
    "<p>{=html}</p> <x>{=typst}</x>",
    '{ INCLUDETEXT "/etc/passwd" } { DDEAUTO cmd "/C calc" }',
    "=HYPERLINK(1) +cmd|x @SUM",
    "!!python/object/apply:os.system [ls]",
    "${7*7} #{7*7} <%= 7*7 %>",
    "&lt;script&gt; &#106;avascript",
)
LINKS = (
    "[a](javascript:alert%281%29)",
    "[b](&#106;avascript:alert)",
    "[c](java&#x0A;script:alert)",
    "[d](data:text/html;base64,PHNjcmlwdD4=)",
    "[e](file:///etc/passwd)",
    "[f](vbscript:msgbox)",
    "[g](//la.vn/x)",
    "[h](\\\\la.vn\\x)",
    "[i](JaVaScRiPt&colon;alert)",
    "![k](../../../../etc/passwd)",
    "![l](/etc/passwd)",
    "<file:///etc/passwd>",
    "[m](https://xa.vn/a)",
)


def test_same_dossier_same_bytes(dossier: Dossier, files: tuple[Path, Path], tmp_path: Path) -> None:
    """A second run gives both files again, byte for byte."""
    again = write_report(dossier, tmp_path)

    assert [path.name for path in again] == ["bao-cao-2022.docx", "bao-cao-2022.pdf"]
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in files]


def test_source_date_epoch_is_honoured(dossier: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reproducible build sets the date of both files."""
    import docx
    from pypdf import PdfReader

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    word, pdf = write_report(dossier, tmp_path)

    created = PdfReader(pdf).metadata
    assert created is not None
    assert str(created.creation_date).startswith("2001-09-09")
    assert docx.Document(str(word)).core_properties.created.date() == date(2001, 9, 9)


def test_nothing_is_left_when_one_fails(dossier: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the Word file there is no PDF either."""

    def fail(_: Pandoc) -> bytes:
        raise RuntimeError("pandoc")

    monkeypatch.setattr(Pandoc, "docx", fail)
    with pytest.raises(RenderError, match="pandoc"):
        write_report(dossier, tmp_path / "out")

    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("which", [0, 1])
def test_tricks_stay_text(
    which: int,
    changed: Change,
    tmp_path: Path,
    words: Read,
    squeezed: Callable[[str], str],
) -> None:
    """Typst, templates, HTML, TeX and raw OpenXML appear as they were typed, wherever they were typed."""
    body = "\n\n".join(trick if "`" not in trick else f"    {trick}" for trick in TRICKS)
    quoted = "'" + " ".join(TRICKS).replace("'", "''") + "'"
    dossier = changed(
        {
            AREA: ("## Kết quả đạt được\n", f"## Kết quả đạt được\n\n{body}\n"),
            SETTINGS: ("  trich_yeu: Tự đánh giá", "  trich_yeu: '#read(\"x\") {{7*7}} <b>đậm</b>' #"),
            CRITERIA: ("ten: Kế hoạch cải cách hành chính năm", f"ten: {quoted} #"),
            "docs/2022/7-hien-dai-hoa-hanh-chinh.md": ("giai_trinh: Số", f"giai_trinh: {quoted} #"),
        }
    )
    text = words(write_report(dossier, tmp_path / "out")[which])

    for trick in TRICKS:
        # In Markdown the backslash before a letter and quotation marks stay what they are.
        assert text.count(squeezed(trick)) >= 3, trick
    assert squeezed('#read("x") {{7*7}} <b>đậm</b>') in text
    assert "root:" not in text


def test_only_web_addresses_become_links(changed: Change, tmp_path: Path, words: Read) -> None:
    """Schemes that run or read something stay text, however they are hidden; neither file reaches out by itself."""
    import docx
    import pikepdf

    body = "\n\n".join(LINKS)
    dossier = changed({AREA: ("## Kết quả đạt được\n", f"## Kết quả đạt được\n\n{body}\n")})
    word, pdf = write_report(dossier, tmp_path / "out")

    relations = docx.Document(str(word)).part.rels.values()
    assert {each.target_ref for each in relations if each.is_external} == {"https://xa.vn/a"}
    assert b"INCLUDE" not in word.read_bytes()
    with pikepdf.open(pdf) as opened:
        actions = [each for each in opened.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each]
        actions += [each.A for each in opened.objects if isinstance(each, pikepdf.Dictionary) and "/Rect" in each]
        kinds = {str(each.S) for each in actions}
        targets = {str(each.URI) for each in actions if "/URI" in each}
    assert targets == {"https://xa.vn/a"}
    assert not {"/JavaScript", "/Launch", "/GoToR", "/ImportData", "/SubmitForm"} & kinds
    assert all("root:" not in words(path) for path in (word, pdf))


def test_a_typed_field_is_no_field(changed: Change, tmp_path: Path) -> None:
    """The one field of the Word file is the page number; the braces that somebody typed are letters."""
    import zipfile

    typed = '{ INCLUDETEXT "/etc/passwd" }'
    dossier = changed({AREA: ("## Kết quả đạt được\n", f"## Kết quả đạt được\n\n{typed}\n")})
    word, _ = write_report(dossier, tmp_path / "out")

    with zipfile.ZipFile(word) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}
    assert all("instrText" not in part for part in parts.values())
    assert set(re.findall(r'w:instr="([^"]*)"', "".join(parts.values()))) == {"PAGE"}


def test_characters_that_turn_the_text_around_are_gone(changed: Change, tmp_path: Path, words: Read) -> None:
    """A figure cannot be made to read backwards: the characters are dropped, the letters stay."""
    dossier = changed({AREA: ("## Kết quả đạt được\n", "## Kết quả đạt được\n\nĐiểm \u202e57,0\u202c và\u200b hết.\n")})

    for path in write_report(dossier, tmp_path / "out"):
        assert "Điểm57,0và" in words(path).replace("\u200b", "")
        assert "\u202e" not in words(path)


@pytest.mark.parametrize("which", [0, 1])
def test_number_and_date_are_blank_until_issued(
    which: int, files: tuple[Path, Path], changed: Change, tmp_path: Path, words: Read
) -> None:
    """Before issue there is room to write, afterwards the number and the decree's form of the date."""
    before = words(files[which])
    dossier = changed(
        {SETTINGS: ("  so:\n  ky_hieu: BC-UBND\n  ngay:", "  so: 5\n  ky_hieu: BC-UBND\n  ngay: 5/2/2023")}
    )
    after = words(write_report(dossier, tmp_path / "out")[which])

    assert "Số:/BC-UBND" in before
    assert "ngàythángnăm2022" in before
    assert "Số:05/BC-UBND" in after
    assert "LiênHồng,ngày05tháng02năm2023" in after
    assert "(KèmtheoBáocáosố05/BC-UBNDngày05tháng02năm2023" in after


@pytest.mark.parametrize("which", [0, 1])
def test_missing_survey_is_said(which: int, changed: Change, tmp_path: Path, words: Read) -> None:
    """Without survey results the band is provisional and nothing unscored counts as zero."""
    dossier = changed({"scores/2022/survey.yml": ("", "")})
    text = words(write_report(dossier, tmp_path / "out")[which])

    assert dossier.scores.provisional
    assert "Chưacókếtquảđiềutraxãhộihọc" in text
    assert "xếploạitạmtính:" in text
    assert "khôngtínhlà0điểm" in text
    assert "tựxếploại" not in text
    assert "chờđiềutra" in text


def test_mark_is_on_every_page_of_examples(dossier: Dossier, files: tuple[Path, Path]) -> None:
    """Illustrative figures are marked on each page of the PDF and in both footers of the Word file."""
    import docx
    from pypdf import PdfReader

    assert dossier.illustrative
    assert all("SỐ LIỆU MINH HỌA" in page.extract_text() for page in PdfReader(files[1]).pages)
    first = docx.Document(str(files[0])).sections[0]
    assert "SỐ LIỆU MINH HỌA" in first.footer.paragraphs[0].text
    assert "SỐ LIỆU MINH HỌA" in first.first_page_footer.paragraphs[0].text


def test_real_figures_carry_no_mark(dossier: Dossier) -> None:
    """The mark goes when nothing is an example any more."""
    from pipeline.report.compose import compose

    real = replace(
        dossier,
        settings=dossier.settings.model_copy(update={"illustrative": False}),
        criteria_set=dossier.criteria_set.model_copy(update={"illustrative": False}),
        areas=(),
        evidence=(),
        survey=None,
        scores=replace(dossier.scores, areas=()),
    )

    assert compose(real).mark == ""
