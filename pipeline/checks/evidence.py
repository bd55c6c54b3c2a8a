"""Checks of the register, its scans, and every place that refers to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.checks.check import Examined
from pipeline.model.evidence import Document, EvidenceClass, Register
from pipeline.model.finding import Finding, Place
from pipeline.workspace.load import scans_path
from pipeline.workspace.reader import Located
from pipeline.workspace.scans import TYPES, Scan
from pipeline.workspace.tree import did_you_mean

LARGEST_SCAN = 10_000_000
"""Bytes that receiving systems take for one file (domain facts: 10 MB)."""


def evidence(examined: Examined) -> Iterator[Finding]:
    """References first, then each document, then stray scans."""
    register = examined.workspace.register
    if register is None:
        return
    yield from _references(examined, register)
    yield from _unused(examined, register)
    yield from _twins(register)
    for name, document in register.value.documents.items():
        yield from _document(examined, register, name, document)
    yield from _shared(examined, register)
    yield from _strays(examined, register)


def _references(examined: Examined, register: Located[Register]) -> Iterator[Finding]:
    known = set(register.value.documents) | register.broken
    for place, name in _citations(examined):
        if name not in known:
            register_it = f"thêm văn bản vào {register.tree.path}"
            mend = " Nếu không, ".join(filter(None, (did_you_mean(name, sorted(known)), register_it)))
            yield Finding(place, "E401", f"sổ kiểm chứng không có “{name}”", mend)
    for document in examined.workspace.areas:
        for code, entry in document.file.head.value.entries.items():
            seen = set()
            for index, citation in enumerate(entry.evidence):
                if (citation.document, citation.section, citation.page) in seen:
                    place = document.file.head.place("tieu_chi", code, "minh_chung", index)
                    yield Finding(place, "E417", f"{code}: “{citation.document}” ghi hai lần", "xóa một lần")
                seen.add((citation.document, citation.section, citation.page))


def _citations(examined: Examined) -> Iterator[tuple[Place, str]]:
    for document in examined.workspace.areas:
        head = document.file.head
        for code, entry in head.value.entries.items():
            for index, citation in enumerate(entry.evidence):
                yield head.place("tieu_chi", code, "minh_chung", index), citation.document
    survey = examined.workspace.survey
    if survey and survey.value.source:
        yield survey.place("nguon"), survey.value.source
    supplied = examined.workspace.supplied
    if supplied:
        for code, item in supplied.value.items.items():
            yield supplied.place("ket_qua", code, "nguon"), item.source
    yield from _appraisal_citations(examined)


def _appraisal_citations(examined: Examined) -> Iterator[tuple[Place, str]]:
    appraisal = examined.workspace.appraisal
    if appraisal is None:
        return
    for number, told in appraisal.value.rounds.items():
        if told.document:
            yield appraisal.place("vong", str(number), "van_ban"), told.document
        for code, answers in told.explanations.items():
            for index, answer in enumerate(answers):
                path = ("vong", str(number), "giai_trinh", code, index, "minh_chung")
                for at, citation in enumerate(answer.evidence):
                    yield appraisal.place(*appraisal.tree.resolve((*path, at))), citation.document


def _unused(examined: Examined, register: Located[Register]) -> Iterator[Finding]:
    workspace = examined.workspace
    unread = workspace.unreadable_areas or workspace.survey_unreadable or workspace.supplied_unreadable
    unread = unread or workspace.appraisal_unreadable
    if unread or not workspace.areas or any(area.file.head.broken for area in workspace.areas):
        return
    used = {name for _, name in _citations(examined)}
    for name in register.value.documents:
        if name not in used:
            message = f"“{name}” không được tiêu chí nào viện dẫn"
            yield Finding(
                register.place("tai_lieu", name),
                "E411",
                message,
                "ghi mã này vào minh_chung của tiêu chí, hoặc xóa khỏi sổ",
            )


def _twins(register: Located[Register]) -> Iterator[Finding]:
    seen: dict[tuple[object, ...], str] = {}
    for name, document in register.value.documents.items():
        identity = (document.serial, document.symbol, document.issued, document.issuer)
        if None in identity:
            continue
        if identity in seen:
            message = f"“{name}” và “{seen[identity]}” cùng số, ký hiệu, ngày và cơ quan"
            yield Finding(
                register.place("tai_lieu", name),
                "E415",
                message,
                f"giữ “{seen[identity]}”, sửa các tiêu chí viện dẫn “{name}”",
            )
        seen.setdefault(identity, name)


_REQUIRED = (
    ("serial", "E402", "so", "số"),
    ("symbol", "E403", "ky_hieu", "ký hiệu"),
    ("issued", "E404", "ngay", "ngày ban hành"),
    ("issuer", "E405", "co_quan", "cơ quan ban hành"),
    ("abstract", "E406", "trich_yeu", "trích yếu"),
)


def _document(examined: Examined, register: Located[Register], name: str, document: Document) -> Iterator[Finding]:
    place = register.place("tai_lieu", name)
    for attribute, code, key, words in _REQUIRED:
        if getattr(document, attribute) is None:
            yield Finding(place, code, f"“{name}” thiếu {words}", f"thêm dòng “{key}: …”")
    if document.evidence_class is EvidenceClass.SECRET:
        mend = "xóa văn bản và bản chụp khỏi sổ; tuyệt đối không đưa tài liệu mật vào git"
        yield Finding(register.place("tai_lieu", name, "phan_loai"), "E412", f"“{name}” là tài liệu mật", mend)
    if document.issued and not document.valid_because and not _timely(examined, name, document.issued.year):
        message = f"“{name}” ban hành năm {document.issued.year}, ngoài năm đánh giá {examined.workspace.year}"
        mend = "nếu văn bản còn hiệu lực trong năm, thêm “con_hieu_luc: lý do”"
        yield Finding(register.place("tai_lieu", name, "ngay"), "E407", message, mend)
    if document.scan is not None:
        yield from _scan(examined, register, name, document, document.scan)


def _timely(examined: Examined, name: str, year: int) -> bool:
    """Whether a document is of the assessed year; papers of the appraisal come after it."""
    if year > examined.workspace.year:
        return name in {cited for _, cited in _appraisal_citations(examined)}
    return year == examined.workspace.year


def _scan(
    examined: Examined, register: Located[Register], name: str, document: Document, file: str
) -> Iterator[Finding]:
    place = register.place("tai_lieu", name, "ban_chup")
    if Path(file).suffix.lower() not in TYPES:
        yield Finding(
            place, "E409", f"bản chụp “{file}” không phải là {', '.join(TYPES)}", "quét lại thành PDF hoặc ảnh"
        )
        return
    scan = examined.workspace.scans.get(file)
    folder = scans_path(examined.workspace.year)
    if scan is None:
        registered = {other.scan for other in register.value.documents.values()}
        free = sorted(set(examined.workspace.scans) - registered)
        mend = did_you_mean(file, free) or f"đặt tệp vào {folder}, hoặc xóa dòng ban_chup"
        yield Finding(place, "E408", f"không có bản chụp {folder}/{file}", mend)
        return
    yield from _content(register, name, document, file, scan)


def _content(register: Located[Register], name: str, document: Document, file: str, scan: Scan) -> Iterator[Finding]:
    place = register.place("tai_lieu", name, "ban_chup")
    if not scan.genuine:
        yield Finding(
            place, "E409", f"nội dung của “{file}” không phải là {Path(file).suffix[1:].upper()}", "quét lại văn bản"
        )
    if scan.size > LARGEST_SCAN:
        yield Finding(place, "E414", f"“{file}” lớn hơn 10 MB", "quét lại ở 200 dpi, hoặc tách phần chứng minh điểm")
    if document.sha256 is None:
        yield Finding(place, "E413", f"“{file}” chưa có mã băm trong sổ", "chạy `cchc fmt` để ghi mã băm")
    elif document.sha256 != scan.sha256:
        at = register.place("tai_lieu", name, "sha256")
        mend = "lấy lại bản đã vào sổ; nếu bản mới mới đúng, xóa dòng sha256 rồi chạy `cchc fmt`"
        yield Finding(at, "E410", f"bản chụp “{file}” đã thay đổi sau khi vào sổ", mend)


def _shared(examined: Examined, register: Located[Register]) -> Iterator[Finding]:
    """A scan of something that stays inside must not get out as the scan of something public."""
    scans = examined.workspace.scans
    public = {
        scans[document.scan].sha256: name
        for name, document in register.value.documents.items()
        if document.scan in scans and document.scan_is_public and document.scan
    }
    for name, document in register.value.documents.items():
        scan = scans.get(document.scan or "")
        if scan is not None and not document.scan_is_public and scan.sha256 in public:
            message = f"“{name}” không công bố bản chụp nhưng dùng chung bản chụp với “{public[scan.sha256]}”"
            mend = "tách thành hai bản chụp, hoặc đổi phan_loai cho giống nhau"
            yield Finding(register.place("tai_lieu", name, "ban_chup"), "E418", message, mend)


def _strays(examined: Examined, register: Located[Register]) -> Iterator[Finding]:
    if register.broken:
        return
    listed = {document.scan for document in register.value.documents.values()}
    for file in examined.workspace.scans:
        if file not in listed:
            place = Place(f"{scans_path(examined.workspace.year)}/{file}")
            yield Finding(place, "E416", "bản chụp không có trong sổ", "thêm văn bản vào sổ, hoặc xóa tệp")
