"""What a package has to hold, and where: every kind of file once in its place, so that none goes unlooked at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.model.finding import Finding, Place
from pipeline.package.manifest import Covers, Manifest, Role
from pipeline.package.names import MANIFEST, SIGNATURE, fault_of, same_place

_ASK = "đề nghị nơi gửi gửi lại gói do lệnh cchc package tạo ra"

PLACES: Mapping[Role, re.Pattern[str]] = {
    Role.REPORT: re.compile(r"bao-cao/[^/]+\.pdf"),
    Role.REPORT_WORD: re.compile(r"bao-cao/[^/]+\.docx"),
    Role.TABLE: re.compile(r"bang-diem/[^/]+\.xlsx"),
    Role.SCORES: re.compile(r"bang-diem/[^/]+\.json"),
    Role.BINDER: re.compile(r"kiem-chung/[^/]+\.pdf"),
    Role.SCAN: re.compile(r"kiem-chung/ban-chup/[^/]+"),
    Role.INPUT: re.compile(r"du-lieu/(?:docs|scores)/.+"),
    Role.CRITERIA_SET: re.compile(r"du-lieu/scores/sets/[^/]+"),
    Role.REGISTER: re.compile(r"du-lieu/evidence/\d{4}/register\.yml"),
    Role.GUIDE: re.compile(r"DOC-TRUOC\.txt"),
    Role.CHECKSUMS: re.compile(r"sha256sums\.txt"),
}
_MANY = (Role.SCAN, Role.INPUT)
"""Kinds of which there may be none or several."""


def shape_faults(manifest: Manifest) -> Iterator[Finding]:
    """What a manifest lacks, tells twice, or puts where it does not belong."""
    if manifest.covers is not Covers.PACKAGE:
        yield _told(MANIFEST, "bảng kê không phải là bảng kê của một gói")
    for role in Role:
        count = len(manifest.of_role(role))
        if role not in _MANY and count != 1:
            yield _told(MANIFEST, f"bảng kê phải có đúng một tệp loại “{role.value}”, đây có {count}")
    for file in manifest.files:
        if not PLACES[file.role].fullmatch(file.path) or fault_of(file.path):
            yield _told(file.path, f"tệp loại “{file.role.value}” không nằm đúng chỗ của nó")
    for group in same_place([MANIFEST, SIGNATURE, *(file.path for file in manifest.files)]):
        yield _told(MANIFEST, f"bảng kê ghi tên tệp trùng nhau: “{group[0]}”")


def _told(path: str, message: str) -> Finding:
    return Finding(Place(path), "Z107", message, _ASK)
