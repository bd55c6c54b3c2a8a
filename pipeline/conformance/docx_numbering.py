"""Page numbers of a Word file: what the headers and footers of each section show on its first and its other pages."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.conformance.document import Align, PageNumber, Run
from pipeline.conformance.docx_formatting import Formatting, is_on, parse, values, w

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ALIGNS = {"center": Align.CENTRE, "right": Align.RIGHT, "end": Align.RIGHT}
_ARABIC = frozenset({"", "decimal"})


@dataclass(frozen=True)
class _Shown:
    """A page number in a header or footer."""

    automatic: bool
    align: Align
    runs: tuple[Run, ...]


def page_numbers(
    archive: zipfile.ZipFile, look: Formatting, sections: Sequence[Any], starts: Sequence[int]
) -> Iterator[PageNumber]:
    """For each section, what its later pages show, and what its first page shows where it counts anew."""
    targets = _targets(archive)
    inherited: dict[str, _Shown | None] = {}
    for index, (section, place) in enumerate(zip(sections, starts, strict=False)):
        for reference in section.iter(w("headerReference"), w("footerReference")):
            story = f"{reference.tag.rpartition('}')[2]} {reference.get(w('type'), 'default')}"
            inherited[story] = _number_in(archive, look, targets.get(reference.get(_RELATION, ""), ""))
        said = values(section)
        arabic = said.get("pgNumType.fmt", "") in _ARABIC
        yield _told(place, inherited, "default", first=False, arabic=arabic)
        if index == 0 or "pgNumType.start" in said:
            story = "first" if is_on(said.get("titlePg")) else "default"
            yield _told(place, inherited, story, first=True, arabic=arabic)


def _told(place: int, stories: Mapping[str, _Shown | None], kind: str, *, first: bool, arabic: bool) -> PageNumber:
    header, footer = (stories.get(f"{part}Reference {kind}") for part in ("header", "footer"))
    shown = header or footer
    if shown is None:
        return PageNumber(place, first, None)
    return PageNumber(
        place,
        first,
        "1" if first else "2",
        "",
        shown.automatic,
        arabic,
        header is not None,
        shown.align,
        shown.runs,
    )


def _targets(archive: zipfile.ZipFile) -> dict[str, str]:
    """The parts behind the relations of the body."""
    root = parse(archive, "word/_rels/document.xml.rels")
    found = root if root is not None else ()
    return {each.get("Id", ""): f"word/{each.get('Target', '').removeprefix('/word/')}" for each in found}


def _number_in(archive: zipfile.ZipFile, look: Formatting, part: str) -> _Shown | None:
    """The page number in a header or footer: a field, or digits that somebody typed."""
    root = parse(archive, part)
    for element in root.iter(w("p")) if root is not None else ():
        own = values(element.find(w("pPr")))
        text = "".join(element.itertext(w("t"))).strip(" -–")
        automatic = _has_page_field(element)
        if automatic or text.isdecimal():
            runs = tuple(_runs(element, own, look))
            paragraph = look.paragraph(own)
            align = _ALIGNS.get(own.get("framePr.xAlign", paragraph.get("jc", "")), Align.LEFT)
            return _Shown(automatic, align, runs)
    return None


def _has_page_field(element: Any) -> bool:
    simple = (field.get(w("instr"), "") for field in element.iter(w("fldSimple")))
    whole = "".join(code.text or "" for code in element.iter(w("instrText")))
    return any("PAGE" in code.upper().split() for code in (*simple, whole))


def _runs(element: Any, own: dict[str, str], look: Formatting) -> Iterator[Run]:
    for run in element.iter(w("r")):
        said = look.run(values(run.find(w("rPr"))), own)
        size = said.get("sz", "20")
        text = "".join(run.itertext(w("t")))
        yield Run(
            text,
            look.font(said),
            int(size) / 2 if size.isdecimal() else 10.0,
            is_on(said.get("b")),
            is_on(said.get("i")),
        )
