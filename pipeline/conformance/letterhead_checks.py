"""The head of the first page: nation and motto, agency, number, place and date, type and subject, and their rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from pipeline.conformance.document import Paragraph
from pipeline.conformance.examined import Check, Examined, Remark, Wanted, about, looks, millimetres
from pipeline.conformance.lists import lists
from pipeline.conformance.parts import MOTTO, NATION, Parts

_WHOLE = (0.88, 1.12, "bằng độ dài của dòng chữ")
"""Of the text: “as long as the text”, with room for how it is measured."""
_PART = (0.3, 0.55, "bằng 1/3 đến 1/2 độ dài của dòng chữ")
"""Likewise “a third to a half”."""
_SERIAL = re.compile(r"Số: ?(?P<serial>[…._ ]*|\d{1,6}[a-z]?) ?/ ?(?P<symbol>.*)")
_PLACED = re.compile(
    r"(?P<place>[^,]*), ngày (?P<day>\d{1,2}|[….]*) ?tháng (?P<month>\d{1,2}|[….]*) ?năm (?P<year>\d{4}|[….]*)"
)
_BLANKS = "…._ "


def missing(examined: Examined) -> Iterator[Remark]:
    """The parts that no paper goes without."""
    parts = examined.parts
    demanded = (
        ("Quốc hiệu", parts.nation),
        ("Tiêu ngữ", parts.motto),
        ("số, ký hiệu", parts.number),
        ("địa danh và thời gian ban hành", parts.date),
        ("tên loại hoặc trích yếu nội dung", parts.kind or parts.subject),
        ("chức vụ, họ tên người ký", parts.signer),
        ("nơi nhận", parts.label),
        *([("tên cơ quan ban hành", parts.issuer)] if parts.columns else []),
    )
    for name, found in demanded:
        if not found:
            yield Remark(
                "W103", f"không tìm thấy {name}", f"bổ sung {name} đúng vị trí; kiểm tra chữ viết của phần này"
            )
    if not parts.columns:
        message = "tên cơ quan và Quốc hiệu không ở hai cột riêng nên tên cơ quan chưa được xét"
        yield Remark("W104", message, "trình bày phần đầu bằng bảng hai cột không viền")


def nation_and_motto(examined: Examined) -> Iterator[Remark]:
    """Their words, to the letter."""
    for paragraph, words in ((examined.parts.nation, NATION), (examined.parts.motto, MOTTO)):
        if paragraph and paragraph.text.replace("HOÀ", "HÒA") != words:
            yield about("W111", paragraph, f"cần ghi đúng “{words}”", f"gõ lại: {words}")


def nation_and_motto_look(examined: Examined) -> Iterator[Remark]:
    """Bold, centred under each other."""
    parts = examined.parts
    yield from looks("W112", _found(parts.nation), Wanted("Quốc hiệu", (12, 13), True, False, True, True))
    yield from looks("W112", _found(parts.motto), Wanted("Tiêu ngữ", (13, 14), True, False, False, True))


def motto_rule(examined: Examined) -> Iterator[Remark]:
    """As long as the motto."""
    if examined.parts.motto:
        yield from _ruled("W113", "Tiêu ngữ", (examined.parts.motto,), examined.parts.beside, _WHOLE)


def agency_look(examined: Examined) -> Iterator[Remark]:
    """The superior body regular, the issuing body bold, both in capitals."""
    superior = Wanted("tên cơ quan cấp trên", (12, 13), False, False, True, True)
    yield from looks("W114", examined.parts.superior, superior)
    yield from looks("W114", examined.parts.issuer, Wanted("tên cơ quan ban hành", (12, 13), True, False, True, True))


def agency_rule(examined: Examined) -> Iterator[Remark]:
    """A third to a half of the name."""
    parts = examined.parts
    if parts.issuer:
        yield from _ruled("W115", "tên cơ quan ban hành", parts.issuer, _found(parts.number), _PART)


def number_form(examined: Examined) -> Iterator[Remark]:
    """`Số: 05/BC-UBND`; a number that is not given yet stays blank."""
    paragraph = examined.parts.number
    if paragraph is None:
        return
    found = _SERIAL.fullmatch(paragraph.text.split(" V/v")[0])
    if found is None:
        yield about("W116", paragraph, "số, ký hiệu không đúng dạng “Số: 05/BC-UBND”", "ghi “Số:”, số, dấu /, ký hiệu")
        return
    for message, mend in (*_serial(found["serial"].strip(_BLANKS)), *_symbol(found["symbol"], examined.parts)):
        yield about("W116", paragraph, message, mend)


def _serial(serial: str) -> Iterator[tuple[str, str]]:
    digits = serial.rstrip("abcdefghijklmnopqrstuvwxyz")
    if digits and int(digits) < 10 and len(digits) != 2:
        yield f"số {digits} nhỏ hơn 10 phải có một số 0 phía trước", f"ghi 0{int(digits)}"
    elif digits and int(digits) >= 10 and digits.startswith("0"):
        yield f"số {digits} có số 0 thừa phía trước", f"ghi {int(digits)}"


def _symbol(symbol: str, parts: Parts) -> Iterator[tuple[str, str]]:
    types = lists().types
    first = symbol.split("-", maxsplit=1)[0]
    if not symbol or " " in symbol or "–" in symbol:
        yield f"ký hiệu “{symbol}” có khoảng trắng hoặc gạch sai", "viết liền, nối bằng dấu gạch nối: BC-UBND"
    elif not (first in types.values() or _is_upper(first)) or not _is_upper(symbol.removeprefix(first)):
        yield f"ký hiệu “{symbol}” không viết bằng chữ in hoa", "viết ký hiệu bằng chữ in hoa"
    elif parts.kind and (want := types[parts.kind.text.upper().strip(" :.")]) != first:
        name = parts.kind.text.strip(" :.").capitalize()
        yield f"ký hiệu bắt đầu bằng “{first}”, {name} viết tắt là {want}", f"ghi {want}-… theo bảng viết tắt"
    elif "-" not in symbol:
        yield f"ký hiệu “{symbol}” thiếu tên viết tắt của cơ quan", "ghi tên loại, gạch nối, tên cơ quan: BC-UBND"


def _is_upper(text: str) -> bool:
    return text == text.upper()


def number_look(examined: Examined) -> Iterator[Remark]:
    """13, upright, under the agency."""
    yield from looks("W117", _found(examined.parts.number), Wanted("số, ký hiệu", (13, 13), False, False, centred=True))


def date_form(examined: Examined) -> Iterator[Remark]:
    """`Địa danh, ngày 05 tháng 02 năm …`; a day that is not known yet stays blank."""
    paragraph = examined.parts.date
    if paragraph is None:
        return
    found = _PLACED.fullmatch(paragraph.text)
    if found is None:
        message = "không đúng dạng “Địa danh, ngày 05 tháng 02 năm …”"
        yield about("W118", paragraph, message, "ghi địa danh, dấu phẩy, rồi ngày … tháng … năm … bằng chữ thường")
        return
    for message, mend in _dated(*(found[key].strip(_BLANKS) for key in ("place", "day", "month", "year"))):
        yield about("W118", paragraph, message, mend)


def _dated(place: str, day: str, month: str, year: str) -> Iterator[tuple[str, str]]:
    if not place or not place[0].isupper():
        yield "thiếu địa danh viết hoa", "ghi tên đơn vị hành chính trước dấu phẩy"
    if day and (len(day) != 2 or int(day) == 0):
        yield f"ngày {day} phải ghi hai chữ số", f"ghi ngày {int(day):02d}"
    if month and month != (f"0{int(month)}" if int(month) < 3 else str(int(month))):
        yield f"tháng {month}: chỉ tháng 1 và 2 có số 0 phía trước", "ghi tháng 01, 02, 3, 4, … 12"
    if day and month and year and not _in_calendar(int(day), int(month), int(year)):
        yield f"ngày {day}/{month}/{year} không có trong lịch", "sửa lại ngày ban hành"


def _in_calendar(day: int, month: int, year: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def date_look(examined: Examined) -> Iterator[Remark]:
    """Italic 13–14, under the motto."""
    yield from looks(
        "W119", _found(examined.parts.date), Wanted("địa danh, thời gian", (13, 14), False, True, centred=True)
    )


def kind_and_subject(examined: Examined) -> Iterator[Remark]:
    """The type in capitals, the subject below it, both bold and centred; a letter's subject small under its number."""
    parts = examined.parts
    if parts.letter:
        yield from looks("W120", parts.subject, Wanted("trích yếu công văn", (12, 13), False, False, centred=True))
        return
    yield from looks("W120", _found(parts.kind), Wanted("tên loại", (13, 14), True, False, True, True))
    yield from looks("W120", parts.subject, Wanted("trích yếu", (13, 14), True, False, centred=True))
    if parts.kind and not parts.subject:
        yield about("W120", parts.kind, "dưới tên loại không có trích yếu", "ghi trích yếu nội dung dưới tên loại")


def subject_rule(examined: Examined) -> Iterator[Remark]:
    """A third to a half of the subject."""
    parts = examined.parts
    if parts.kind and parts.subject:
        yield from _ruled("W121", "trích yếu", parts.subject, (), _PART)


def _ruled(
    code: str, part: str, over: Sequence[Paragraph], near: Sequence[Paragraph], wanted: tuple[float, float, str]
) -> Iterator[Remark]:
    """Whether there is a rule below a part, perhaps drawn from a paragraph nearby, and whether it is as long as wanted.

    Of a name in several lines, a rule may follow the shortest or the longest.
    """
    least, most, words = wanted
    rule = next((paragraph.rule for paragraph in (*reversed(over), *near) if paragraph.rule), None)
    if rule is None:
        yield about(code, over[-1], f"dưới {part} không có đường kẻ ngang", f"kẻ một nét liền, dài {words}")
        return
    widths = [paragraph.width for paragraph in over]
    if not least * min(widths) <= rule <= most * max(widths):
        message = f"đường kẻ dưới {part} dài {millimetres(rule)}, dòng chữ dài {millimetres(max(widths))}"
        yield about(code, over[-1], message, f"kẻ lại cho dài {words}")


def _found(paragraph: Paragraph | None) -> tuple[Paragraph, ...]:
    return (paragraph,) if paragraph else ()


LETTERHEAD_CHECKS: tuple[Check, ...] = (
    missing,
    nation_and_motto,
    nation_and_motto_look,
    motto_rule,
    agency_look,
    agency_rule,
    number_form,
    number_look,
    date_form,
    date_look,
    kind_and_subject,
    subject_rule,
)
