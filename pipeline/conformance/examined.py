"""What a check of conformance is: a function over a document and its parts, giving remarks that become findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline import wording
from pipeline.conformance.document import Align, Document, Paragraph
from pipeline.conformance.parts import Parts
from pipeline.model.finding import Finding, Place

_BEGINNING = 40
"""Characters of a text that let a reader find it."""
_MOST_PLACES = 12
_HALF_STEP = 0.3
"""Points: sizes that a PDF rounds."""


@dataclass(frozen=True)
class Examined:
    """What a check may look at."""

    document: Document
    parts: Parts


@dataclass(frozen=True)
class Remark:
    """One deviation at one place."""

    code: str
    message: str
    mend: str
    place: int = 0
    """As the document counts; 0 means the document as a whole."""
    quoted: str = ""


Check = Callable[[Examined], Iterator[Remark]]


@dataclass(frozen=True)
class Wanted:
    """How the decree wants a part to look. Sizes in points; None where it leaves the choice."""

    part: str
    sizes: tuple[int, int]
    bold: bool | None = None
    italic: bool | None = None
    capitals: bool = False
    centred: bool = False


def about(code: str, paragraph: Paragraph, message: str, mend: str) -> Remark:
    """A remark on a paragraph."""
    return Remark(code, message, mend, paragraph.place, paragraph.text)


def looks(code: str, paragraphs: Sequence[Paragraph], wanted: Wanted) -> Iterator[Remark]:
    """Each way in which paragraphs do not look as wanted."""
    least, most = wanted.sizes
    size = f"{least}" if least == most else f"{least}–{most}"
    for paragraph in paragraphs:
        for message, mend in _unlike(paragraph, wanted, size):
            yield about(code, paragraph, f"{wanted.part} {message}", mend)


def _unlike(paragraph: Paragraph, wanted: Wanted, size: str) -> Iterator[tuple[str, str]]:
    least, most = wanted.sizes
    off = sorted({run.size for run in paragraph.runs if not least - _HALF_STEP <= run.size <= most + _HALF_STEP})
    if off:
        yield f"cỡ chữ {', '.join(map(points, off))}, cần cỡ {size}", f"đặt cỡ chữ {size}"
    for name, want, plain in (("bold", wanted.bold, "đậm"), ("italic", wanted.italic, "nghiêng")):
        if want is True and not all(getattr(run, name) for run in paragraph.runs):
            yield f"không in {plain} hết", f"chọn cả dòng, in {plain}"
        if want is False and all(getattr(run, name) for run in paragraph.runs):
            yield f"in {plain}", f"bỏ in {plain}"
    if wanted.capitals and paragraph.text != paragraph.text.upper():
        yield "không viết bằng chữ in hoa", "viết bằng chữ in hoa"
    if wanted.centred and paragraph.align not in (Align.CENTRE, None):
        yield "không canh giữa", "canh giữa"


def points(size: float) -> str:
    """A size of letters as people say it."""
    return wording.number(Decimal(str(size)))


def millimetres(length: float) -> str:
    """A length to a tenth of a millimetre."""
    return f"{wording.number(Decimal(str(length)), 1)} mm"


def gathered(document: Document, remarks: Sequence[Remark]) -> tuple[Finding, ...]:
    """Remarks as findings; what is said of many paragraphs is said once, with their places."""
    alike: dict[tuple[str, str], list[Remark]] = {}
    for remark in remarks:
        alike.setdefault((remark.code, remark.message), []).append(remark)
    return tuple(sorted(_finding(document, group) for group in alike.values()))


def _finding(document: Document, group: Sequence[Remark]) -> Finding:
    first, *others = sorted(group, key=lambda remark: remark.place)
    where = f"{document.unit} {first.place}" if first.place else ""
    quote = f"“{_beginning(first.quoted)}”" if first.quoted else ""
    head = ", ".join(part for part in (where, quote) if part)
    places = sorted({remark.place for remark in others} - {first.place})
    listed = ", ".join(map(str, places[:_MOST_PLACES])) + (", …" if len(places) > _MOST_PLACES else "")
    more = f" (cũng vậy ở {document.unit} {listed})" if places else ""
    message = f"{head}: {first.message}{more}" if head else f"{first.message}{more}"
    return Finding(Place(document.name, first.place), first.code, message, first.mend)


def _beginning(text: str) -> str:
    return text if len(text) <= _BEGINNING else f"{text[:_BEGINNING].rstrip()}…"
