"""What pandoc leaves open in the Word file: styles, lists, sections, page numbers, the mark, properties, same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipeline.decree.docx_head import draw_rules, place_addressees
from pipeline.decree.docx_marks import mark_parts
from pipeline.decree.docx_styles import LANGUAGE, RENAMED, styles_xml, twips
from pipeline.decree.docx_tables import arrange_tables
from pipeline.decree.paper import Page, Paper
from pipeline.decree.tree import PlacedTable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import _Footer, _Header

_EDGE = 9
"""Millimetres from the sheet's edge to page number and mark."""
_LIST_STEP = 5
_COMPATIBILITY = (
    '<w:compat {ns}><w:doNotExpandShiftReturn/><w:compatSetting w:name="compatibilityMode"'
    ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
)
_PAGE_FIELD = '<w:fldSimple {ns} w:instr="PAGE"><w:r><w:t>2</w:t></w:r></w:fldSimple>'

LONGEST_PROPERTY = 255
"""Characters that Word takes for a title or an author."""


def finished(made: bytes, paper: Paper, tables: Sequence[PlacedTable]) -> bytes:
    """Pandoc's file, finished."""
    import docx

    document = docx.Document(io.BytesIO(made))
    _dress(document)
    _indent_lists(document)
    arrange_tables(document, tables)
    draw_rules(document, paper)
    place_addressees(document, paper)
    _number_pages(document, paper)
    mark_parts(document, tables)
    _divide(document, paper)
    _modernise(document)
    _describe(document, paper)
    return _packed(document, paper.timestamp)


def _dress(document: Document) -> None:
    """Put our styles in the place of pandoc's."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    styles: Any = document.styles.element
    styles.clear()
    styles.extend(list(parse_xml(styles_xml())))
    body: Any = document.element.body
    for reference in body.iter(qn("w:pStyle"), qn("w:rStyle"), qn("w:tblStyle")):
        name = reference.get(qn("w:val"))
        reference.set(qn("w:val"), RENAMED.get(name, name))
    for item in body.iter(qn("w:numPr")):
        item.getparent().getparent().style = "Danhsách"
    for style in [style for style in body.iter(qn("w:rStyle")) if style.get(qn("w:val")) != "Hyperlink"]:
        style.getparent().remove(style)


def _indent_lists(document: Document) -> None:
    """Dashes instead of dots, and the first line where a paragraph's first line begins."""
    from docx.oxml.ns import qn

    numbering: Any = document.part.numbering_part.element
    for level in numbering.iter(qn("w:lvl")):
        depth = int(level.get(qn("w:ilvl")))
        indent = level.find(f".//{qn('w:ind')}")
        indent.set(qn("w:left"), str(twips(12.7 + _LIST_STEP * (depth + 1))))
        indent.set(qn("w:hanging"), str(twips(_LIST_STEP)))
        form, text = level.find(qn("w:numFmt")), level.find(qn("w:lvlText"))
        if form.get(qn("w:val")) != "bullet":
            form.set(qn("w:val"), "decimal")
        elif text.get(qn("w:val")).strip():
            text.set(qn("w:val"), "+" if depth % 2 else "-")
            for fonts in level.findall(qn("w:rPr")):
                level.remove(fonts)


def _number_pages(document: Document, paper: Paper) -> None:
    """The page number in the top margin except on first pages, the mark in the bottom margin of all."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    section = document.sections[0]
    section.different_first_page_header_footer = True
    for header in (section.header, section.first_page_header):
        _only_paragraph(header).style = "Sốtrang"
    _only_paragraph(section.header).append(parse_xml(_PAGE_FIELD.format(ns=nsdecls("w"))))
    if paper.mark:
        for footer in (section.footer, section.first_page_footer):
            _only_paragraph(footer).style = "Dấuminhhọa"
            footer.paragraphs[0].add_run(paper.mark)


def _only_paragraph(story: _Header | _Footer) -> Any:
    from docx.oxml.ns import qn

    story.is_linked_to_previous = False
    element: Any = story.part.element
    return next(element.iter(qn("w:p")))


def _divide(document: Document, paper: Paper) -> None:
    """Give the body and each annex a section of its own; headers and footers carry over from the first."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    body: Any = document.element.body
    old = body.sectPr
    references = [child for child in old if child.tag in (qn("w:headerReference"), qn("w:footerReference"))]
    titles = [paragraph for paragraph in body.iterchildren(qn("w:p")) if paragraph.style == "Phụlục"]
    pages = [paper.page, *(annex.page for annex in paper.annexes)]
    sections = [parse_xml(_section_xml(page, nsdecls("w"))) for page in pages]
    for reference in reversed(references):
        sections[0].insert(0, reference)
    for title, section in zip([*titles, old], sections, strict=True):
        # Word wants a paragraph after a table that ends a section; the properties of all but the last live in it.
        end = parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Hếtphần"/></w:pPr></w:p>')
        title.addprevious(end)
        if title is not old:
            end[0].append(section)
    body.replace(old, sections[-1])


def _section_xml(page: Page, namespaces: str) -> str:
    orientation = ' w:orient="landscape"' if page.landscape else ""
    return (
        f'<w:sectPr {namespaces}><w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{twips(page.width)}" w:h="{twips(page.height)}"{orientation}/>'
        f'<w:pgMar w:top="{twips(page.top)}" w:right="{twips(page.right)}" w:bottom="{twips(page.bottom)}"'
        f' w:left="{twips(page.left)}" w:header="{twips(_EDGE)}" w:footer="{twips(_EDGE)}" w:gutter="0"/>'
        '<w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>'
    )


def _describe(document: Document, paper: Paper) -> None:
    """Title, author, language and date, none of them from this machine."""
    moment = datetime.fromtimestamp(paper.timestamp, UTC).replace(tzinfo=None)
    core = document.core_properties
    title, author = paper.title[:LONGEST_PROPERTY], paper.author[:LONGEST_PROPERTY]
    core.title, core.author, core.last_modified_by, core.language = title, author, author, LANGUAGE
    core.created = core.modified = moment
    core.revision = 1


def _modernise(document: Document) -> None:
    """Word's current layout rather than that of 2007, Vietnamese, and no stretched lines before a forced break."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    settings: Any = document.settings.element
    settings.find(qn("w:rsids")).addprevious(parse_xml(_COMPATIBILITY.format(ns=nsdecls("w"))))
    for name, value in (("themeFontLang", LANGUAGE), ("decimalSymbol", ","), ("listSeparator", ";")):
        settings.find(qn(f"w:{name}")).set(qn("w:val"), value)


def _packed(document: Document, timestamp: int) -> bytes:
    """The same bytes for the same content: entries by name, all of one date."""
    loose, packed = io.BytesIO(), io.BytesIO()
    document.save(loose)
    moment = datetime.fromtimestamp(max(timestamp, 315532800), UTC).timetuple()[:6]
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(packed, "w") as target:
        # Readers that guess a file's type look for the content types first.
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            target.writestr(entry, source.read(name))
    return packed.getvalue()
