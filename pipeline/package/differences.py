"""How a difference between a file of a package and its figures is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from pipeline.dossier import Dossier
from pipeline.model.finding import Finding, Place
from pipeline.office import OfficeFileError, Reason

MOST = 20
"""Differences that are told of one file; more say nothing new."""
_LONGEST = 80
_ASK = "tin số liệu trong du-lieu/; đề nghị đơn vị lập hồ sơ giải thích chỗ khác nhau"
_OPENED = {
    Reason.BROKEN: "hỏng hoặc có mật khẩu",
    Reason.LARGE: "bung ra quá lớn",
    Reason.DECLARES: "có phần khai báo DOCTYPE, thực thể hoặc XML lạ",
}

Compare: TypeAlias = Callable[[str, bytes, Dossier, bool], Iterator[Finding]]
"""Path, content, what the figures give, and whether only numbers count since another version wrote the words."""


def differs(path: str, where: str, stored: object, right: object) -> Finding:
    """That a file says one thing and the figures another."""
    message = f"{where}: trong tệp ghi “{_short(stored)}”, tính lại từ số liệu là “{_short(right)}”"
    return Finding(Place(path), "Z117", message, _ASK)


def dangerous(path: str, problem: str) -> Finding:
    """That a file is not looked into."""
    return Finding(Place(path), "Z119", f"tệp không được mở: {problem}", "không mở tệp này; đề nghị nơi gửi xuất lại")


def not_opened(path: str, error: OfficeFileError) -> Finding:
    """That an office file is not looked into."""
    return dangerous(path, _OPENED[error.reason])


def _short(value: object) -> str:
    text = "trống" if value is None or value == "" else " ".join(str(value).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
