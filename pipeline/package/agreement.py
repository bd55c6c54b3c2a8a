"""Whether a report and a package speak of the same: the manifest inside the one against that beside the other."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.finding import Finding, Place
from pipeline.package.manifest import SOURCES, Covers, FileEntry, Manifest, Role

_ASK = "báo cáo và gói không cùng một hồ sơ; đề nghị đơn vị lập hồ sơ gửi lại cả hai"


def disagreements(report: str, told: Manifest, package: Manifest) -> Iterator[Finding]:
    """What the report's own manifest says otherwise, file by file."""
    if told.covers is not Covers.REPORT:
        yield Finding(Place(report), "Z114", "bảng kê kèm báo cáo không phải là bảng kê của báo cáo", _ASK)
    for name in ("year", "body", "criteria_set", "total", "state", "day"):
        if getattr(told, name) != getattr(package, name):
            yield Finding(Place(report), "Z114", f"báo cáo và bảng kê của gói khác nhau ở mục “{_WORDS[name]}”", _ASK)
    spoken, sent = _by_path(told), _by_path(package)
    for path in sorted(spoken.keys() | sent.keys()):
        if path not in sent:
            yield Finding(Place(path), "Z114", "báo cáo dựa vào tệp này nhưng gói không có", _ASK)
        elif path not in spoken:
            yield Finding(Place(path), "Z114", "gói có tệp này nhưng báo cáo không nói tới", _ASK)
        elif spoken[path] != sent[path]:
            yield Finding(Place(path), "Z114", "tệp khác với tệp mà báo cáo dựa vào", _ASK)
    for document in sorted(_kept(told) ^ _kept(package)):
        message = f"báo cáo và gói ghi khác nhau về tài liệu “{document[0]}” không gửi kèm"
        yield Finding(Place(report), "Z114", message, _ASK)


_WORDS = {
    "year": "năm",
    "body": "đơn vị",
    "criteria_set": "bộ tiêu chí",
    "total": "tổng điểm",
    "state": "trạng thái số liệu",
    "day": "ngày của hồ sơ",
}


def _by_path(manifest: Manifest) -> dict[str, FileEntry]:
    """What both kinds of manifest speak of."""
    return {file.path: file for file in manifest.of_role(*SOURCES, Role.SCAN)}


def _kept(manifest: Manifest) -> set[tuple[str, str]]:
    return {(each.document, each.sha256 or "") for each in manifest.left_out}
