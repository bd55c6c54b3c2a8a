"""Checks of what official papers say of themselves: signatory, recipients, number, symbol, subject (Decree 30)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline import wording
from pipeline.checks.check import Examined
from pipeline.model.finding import Finding, Place
from pipeline.model.papers import CONTENT, PURPOSE, REQUIREMENTS, Numbered, PaperSettings, Signatory
from pipeline.model.year import ReportSettings, Settings
from pipeline.workspace.reader import Located
from pipeline.workspace.tree import did_you_mean

_AUTHORITY = re.compile(r"(?:TM|KT|TL|TUQ)\. \S")
_ACTING = re.compile(r"(?:KT|TL|TUQ)\. \S")
_POSITION = re.compile(r"(?:TM|KT|TL|TUQ)\b|Q\b(?!\. \S)")
_DEPUTY = re.compile(r"PHÓ\b", re.IGNORECASE)
_TITLED = re.compile(
    r"(?:GS|PGS|TSKH|TS|Th\.?S|BS|KS|CN|LS|DS)\b\.?|(?:giáo sư|tiến sĩ|thạc sĩ|bác sĩ|kỹ sư|cử nhân)\b", re.IGNORECASE
)
_SERIAL = re.compile(r"\d+[a-zđ]?", re.IGNORECASE)
_REGARDING = re.compile(r"v/v\b", re.IGNORECASE)
_KINDS = ("BC", "KH", "GM", "QĐ", "TB", "TTr", "CT", "NQ", "PA", "ĐA", "CV")
"""Abbreviations of kinds of papers that a symbol may begin with; CV is none, but is often written."""


@dataclass(frozen=True)
class _Paper:
    """One paper's settings and where they stand."""

    settings: Located[Settings]
    path: tuple[str, ...]
    value: ReportSettings | PaperSettings
    kind: str
    """What its symbol begins with; empty for an official letter."""

    def place(self, *keys: str | int) -> Place:
        return self.settings.place(*self.path, *keys)


def papers(examined: Examined) -> Iterator[Finding]:
    """The report and the papers beside it."""
    settings = examined.workspace.settings
    if settings is None:
        return
    letters = settings.value.letters
    for paper in (
        _Paper(settings, ("bao_cao",), settings.value.report, "BC"),
        _Paper(settings, ("van_ban", "ke_hoach"), letters.plan, "KH"),
        _Paper(settings, ("van_ban", "giay_moi"), letters.invitation, "GM"),
        _Paper(settings, ("van_ban", "don_doc"), letters.reminder, ""),
        _Paper(settings, ("van_ban", "tham_dinh"), letters.appraisal, ""),
    ):
        if paper.value.signatory:
            yield from _signatory(paper, paper.value.signatory)
        yield from _recipients(paper)
        yield from _numbering(paper)
        yield from _symbol(paper)
        yield from _subject(paper)
    yield from _plan(examined, settings)


def _signatory(paper: _Paper, signatory: Signatory) -> Iterator[Finding]:
    for key, value, form, example in (
        ("quyen_han", signatory.authority, _AUTHORITY, "TM. ỦY BAN NHÂN DÂN"),
        ("ky_thay", signatory.acting, _ACTING, "KT. CHỦ TỊCH"),
    ):
        if value and not form.match(value):
            message = f"“{value}” không bắt đầu bằng chữ viết tắt quyền hạn, có dấu chấm và dấu cách"
            yield Finding(paper.place("nguoi_ky", key), "V101", message, f"viết như “{example}”")
    if _POSITION.match(signatory.position):
        message = f"chức vụ “{signatory.position}” mang quyền hạn ký hoặc viết Q. không đúng"
        mend = "đưa TM. vào quyen_han, đưa KT., TL., TUQ. vào ky_thay; được giao quyền thì viết như “Q. CHỦ TỊCH”"
        yield Finding(paper.place("nguoi_ky", "chuc_vu"), "V101", message, mend)
    lines = (signatory.authority or "", signatory.acting or "")
    if _DEPUTY.match(signatory.position) and not any(_ACTING.match(line) for line in lines):
        message = f"“{signatory.position}” ký mà không ghi ký thay ai"
        yield Finding(paper.place("nguoi_ky", "chuc_vu"), "V101", message, "thêm ky_thay, như “KT. CHỦ TỊCH”")
    if found := _TITLED.match(signatory.name):
        message = f"trước họ tên người ký có “{found[0]}”"
        mend = "chỉ ghi họ, chữ đệm và tên"
        yield Finding(paper.place("nguoi_ky", "ho_ten"), "V102", message, mend)


def _recipients(paper: _Paper) -> Iterator[Finding]:
    lines = paper.value.recipients
    filed = [index for index, line in enumerate(lines) if wording.is_filing(line)]
    if lines and not filed:
        message = "nơi nhận không có dòng “Lưu”"
        yield Finding(paper.place("noi_nhan"), "V103", message, "thêm dòng cuối như “Lưu: VT, VP”")
    for index in filed:
        if index < len(lines) - len(filed):
            message = f"“{lines[index]}” không đứng cuối nơi nhận; văn bản in ra vẫn để cuối"
            yield Finding(paper.place("noi_nhan", index), "V103", message, "chuyển dòng này xuống cuối")


def _numbering(paper: _Paper) -> Iterator[Finding]:
    value = paper.value
    if not isinstance(value, Numbered):
        return
    if bool(value.serial) != bool(value.issued):
        key, lacking = ("so", "ngày") if value.serial else ("ngay", "số")
        message = f"có {'số' if value.serial else 'ngày'} ban hành nhưng chưa có {lacking}"
        yield Finding(paper.place(key), "V104", message, f"ghi thêm {lacking}, hoặc để trống cả hai khi chưa ban hành")
    if value.serial and not _SERIAL.fullmatch(value.serial):
        message = f"số “{value.serial}” không chỉ gồm chữ số Ả Rập"
        yield Finding(paper.place("so"), "V105", message, "chỉ ghi số, như 05; phần sau dấu / ghi ở ky_hieu")


def _symbol(paper: _Paper) -> Iterator[Finding]:
    first = paper.value.symbol.partition("-")[0]
    if paper.kind and first != paper.kind:
        message = f"ký hiệu “{paper.value.symbol}” không bắt đầu bằng {paper.kind}"
        yield Finding(paper.place("ky_hieu"), "V106", message, f"viết như “{paper.kind}-UBND”")
    elif not paper.kind and first in _KINDS:
        message = f"công văn không có tên loại nên ký hiệu không bắt đầu bằng {first}"
        mend = "ghi cơ quan ban hành rồi bộ phận soạn thảo, như “UBND-VP”"
        yield Finding(paper.place("ky_hieu"), "V106", message, mend)


def _subject(paper: _Paper) -> Iterator[Finding]:
    if paper.value.subject and _REGARDING.match(paper.value.subject):
        message = "trích yếu đã có “V/v”; công văn tự thêm, văn bản có tên loại thì không dùng"
        yield Finding(paper.place("trich_yeu"), "V107", message, "bỏ “V/v” ở đầu trích yếu")


def _plan(examined: Examined, settings: Located[Settings]) -> Iterator[Finding]:
    name = settings.value.letters.plan.page
    if name is None:
        return
    place = settings.place("van_ban", "ke_hoach", "trang")
    pages = {page.file.path.removeprefix("docs/"): page.text for page in examined.workspace.pages}
    if name not in pages:
        mend = did_you_mean(name, sorted(pages)) or "ghi tên một tệp .md nằm thẳng trong docs/"
        yield Finding(place, "V108", f"không có trang “{name}” trong docs/", mend)
        return
    for title in (PURPOSE, REQUIREMENTS, CONTENT):
        if not pages[name].section(title):
            message = f"trang “{name}” không có đề mục “{title}” hoặc đề mục còn trống"
            yield Finding(place, "V108", message, f"thêm dòng “## {title}” và nội dung vào trang")
