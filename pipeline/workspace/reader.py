"""Reading files into typed values. Whatever is wrong becomes a finding; nothing is raised and nothing is guessed."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from pipeline.fields import Declared, Notes
from pipeline.model.finding import Finding, Place
from pipeline.workspace import tree as yaml_tree
from pipeline.workspace.tree import Tree, did_you_mean

M = TypeVar("M", bound=Declared)

LARGEST = 2_000_000
"""Bytes; no file that a person writes comes near."""

_FENCE = "---"

_UNSEEN_BREAKS = re.compile("[\N{NEXT LINE}\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]")
"""Line breaks that YAML counts and editors do not show; they come along when text is pasted from Word."""


@dataclass(frozen=True)
class Located(Generic[M]):
    """A typed value with the places of its parts."""

    value: M
    tree: Tree
    broken: frozenset[str] = frozenset()
    """Keys of items that were left out because they could not be read; they are reported already."""

    def place(self, *path: str | int) -> Place:
        """Where a part stands."""
        return self.tree.place(*path)


@dataclass(frozen=True)
class Page(Generic[M]):
    """A Markdown file: typed front matter and a body."""

    head: Located[M]
    body: str
    body_line: int
    """The line of the file on which the body begins."""

    @property
    def path(self) -> str:
        """The file, relative to the workspace."""
        return self.head.tree.path


@dataclass
class Reader:
    """Reads below one root and collects findings."""

    root: Path
    findings: list[Finding] = field(default_factory=list)
    notes: Notes = field(default_factory=list)
    """How numbers, dates and answers would be written in the house's own form: for `cchc fmt`."""
    contents: dict[str, bytes] = field(default_factory=dict)
    """What each file held, byte by byte; no file is read twice."""

    def report(self, place: Place, code: str, message: str, mend: str) -> None:
        """Keep a finding."""
        self.findings.append(Finding(place, code, message, mend))

    def text(self, path: str) -> str | None:
        """A file's text: UTF-8, NFC, Unix line ends, no byte order mark; None when there is none to be had."""
        raw = self._bytes(path)
        if raw is None:
            return None
        try:
            decoded = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            mend = "mở tệp, chọn “Lưu với mã hóa UTF-8”, rồi lưu lại"
            self.report(Place(path, line, 1), "F101", "tệp không phải là văn bản UTF-8", mend)
            return None
        if not decoded.strip():
            self.report(Place(path, 1, 1), "F102", "tệp không có nội dung", "điền nội dung, hoặc lấy lại bản cũ từ git")
            return None
        unified = decoded.replace("\r\n", "\n").replace("\r", "\n")
        return unicodedata.normalize("NFC", _UNSEEN_BREAKS.sub(" ", unified))

    def _bytes(self, path: str) -> bytes | None:
        if path in self.contents:
            return self.contents[path]
        try:
            content = self._found(self.root / path, path)
        except OSError:
            self.report(Place(path), "F105", "không đọc được tệp", "kiểm tra tên và quyền đọc của tệp")
            return None
        if content is not None:
            self.contents[path] = content
        return content

    def _found(self, full: Path, path: str) -> bytes | None:
        if not leads_inside(full, self.root):
            self.report(Place(path), "F112", "tệp trỏ ra ngoài thư mục làm việc", "chép tệp thật vào thay cho liên kết")
        elif full.is_symlink() and not full.exists():
            self.report(Place(path), "F105", "liên kết không dẫn tới tệp nào", "chép tệp thật vào thay cho liên kết")
        elif not full.exists():
            self.report(Place(path), "F103", "không tìm thấy tệp", "tạo tệp, hoặc lấy lại bản cũ từ git")
        elif not full.is_file():
            self.report(
                Place(path),
                "F104",
                "ở đây phải là một tệp",
                "đổi tên thư mục và đặt tệp vào đúng chỗ",
            )
        elif full.stat().st_size > LARGEST:
            self.report(Place(path), "F111", "tệp lớn hơn 2 MB", "đưa bớt nội dung ra khỏi tệp")
        else:
            return full.read_bytes()
        return None

    def yaml(self, path: str, model: type[M], *, items: str = "") -> Located[M] | None:
        """A YAML file as a typed value."""
        text = self.text(path)
        return None if text is None else self._typed(model, *yaml_tree.parse(text, path), items=items)

    def page(self, path: str, model: type[M], *, items: str = "") -> Page[M] | None:
        """A Markdown file with front matter."""
        text = self.text(path)
        if text is None:
            return None
        head, body, body_line = self._split(text, path)
        if head is None:
            return None
        start = text.index("\n") + 1
        typed = self._typed(model, *yaml_tree.parse(head, path, line=2, start=start), items=items)
        return None if typed is None else Page(typed, body, body_line)

    def _split(self, text: str, path: str) -> tuple[str | None, str, int]:
        lines = text.split("\n")
        if lines[0].rstrip() != _FENCE:
            mend = "dòng đầu tiên của tệp phải là “---”"
            self.report(Place(path, 1, 1), "F106", "tệp không bắt đầu bằng “---”", mend)
            return None, "", 0
        for number, line in enumerate(lines[1:], start=2):
            if line.rstrip() == _FENCE:
                head = "\n".join(lines[1 : number - 1]) + "\n"
                return head, "\n".join(lines[number:]), number + 1
        mend = "thêm một dòng “---” sau phần khai báo ở đầu tệp"
        self.report(Place(path, 1, 1), "F106", "phần đầu tệp không có dòng “---” đóng lại", mend)
        return None, "", 0

    def _typed(self, model: type[M], tree: Tree | None, findings: list[Finding], *, items: str) -> Located[M] | None:
        """Type a tree; items that cannot be typed are left out, so that the rest of the file is still checked."""
        self.findings += findings
        if tree is None or any(finding.code == "F110" for finding in findings):
            return None
        if not isinstance(tree.data, dict):
            self.report(tree.place(), "M103", "nội dung phải là các dòng “khóa: giá trị”", "viết lại theo mẫu")
            return None
        try:
            return Located(model.model_validate(tree.data, context=self.notes), tree)
        except ValidationError as invalid:
            errors = invalid.errors(include_url=False, include_input=True)
        self.findings += [_finding(error, tree) for error in errors]
        paths = [tree.resolve(_keys(error["loc"])) for error in errors]
        broken = frozenset(str(path[1]) for path in paths if len(path) > 1 and path[0] == items)
        if len([path for path in paths if len(path) > 1 and path[0] == items]) < len(paths):
            return None
        kept = {key: value for key, value in tree.data[items].items() if key not in broken}
        return Located(model.model_validate({**tree.data, items: kept}), tree, broken)


def leads_inside(path: Path, root: Path) -> bool:
    """Whether a path stays in the workspace when its links are followed; a link to itself leads nowhere else."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def _keys(location: tuple[str | int, ...]) -> Sequence[str | int]:
    return [part for part in location if part != "[key]"]


def _finding(error: ErrorDetails, tree: Tree) -> Finding:
    """A validator's complaint, in Vietnamese, where the officer finds it."""
    keys = _keys(error["loc"])
    path = tree.resolve(keys)
    name = next((key for key in reversed(keys) if isinstance(key, str)), "")
    if ":" in name:
        code, message, mend = _stuck(name)
    else:
        code, message, mend = _PHRASES.get(error["type"], _other)(error, name)
        message = f"khóa {message}" if "[key]" in error["loc"] else message
    return Finding(tree.place(*path), code, message, mend)


Phrase = tuple[str, str, str]


def _other(error: ErrorDetails, name: str) -> Phrase:
    """Our own validators speak Vietnamese already; after a semicolon they say how to mend."""
    problem, _, mend = error["msg"].partition("; ")
    return "M104", f"“{name}”: {problem}" if name and name not in problem else problem, mend or "sửa giá trị này"


def _unknown(error: ErrorDetails, name: str) -> Phrase:
    if name.isdecimal() and error["input"] is None:
        return _split_number(name)
    suggestion = did_you_mean(name, _vocabulary())
    return "M101", f"không có khóa nào tên là “{name}”", suggestion or "xóa khóa này, hoặc xem lại mẫu"


def _split_number(name: str) -> Phrase:
    """The comma of `{diem: 0,5}` ends the value, and 5 becomes a key without one."""
    mend = 'giữa { } số thập phân phải đặt trong ngoặc kép: "0,5"'
    return "M104", f"dấu phẩy tách “{name}” khỏi số đứng trước nó", mend


def _stuck(name: str) -> Phrase:
    """`so_bao_cao:4` is one word to YAML."""
    key, _, value = name.partition(":")
    return "M104", f"“{name}” thiếu dấu cách sau dấu hai chấm", f"viết “{key}: {value or '…'}”"


def _missing(error: ErrorDetails, name: str) -> Phrase:
    return "M102", f"thiếu “{name}”", f"thêm dòng “{name}: …”"


def _shape(what: str) -> Callable[[ErrorDetails, str], Phrase]:
    def phrase(error: ErrorDetails, name: str) -> Phrase:
        if error["input"] is None:
            return "M102", f"“{name}” để trống", "điền giá trị, hoặc xóa cả dòng"
        return "M103", f"“{name}” phải là {what}", "viết lại theo mẫu"

    return phrase


def _value(error: ErrorDetails, name: str) -> Phrase:
    if name.isdecimal() and error["input"] is None:
        return _split_number(name)
    code, message, mend = _shape("một giá trị")(error, name)
    if isinstance(error["input"], dict):
        mend = "nếu là lời văn có dấu hai chấm, đặt cả lời văn trong ngoặc kép"
    return code, message, mend


def _choice(error: ErrorDetails, name: str) -> Phrase:
    expected = error.get("ctx", {}).get("expected", error.get("ctx", {}).get("expected_tags", ""))
    given = error.get("ctx", {}).get("tag", error["input"])
    words = expected.replace(" or ", ", ").replace("'", "")
    suggestion = did_you_mean(str(given), words.split(", "))
    return "M105", f"“{given}” không phải là một lựa chọn", suggestion or f"chọn một trong: {words}"


def _no_shape(error: ErrorDetails, name: str) -> Phrase:
    return "M102", "“cach_cham” thiếu “loai”", "thêm “loai: …”, ví dụ loai: co_khong"


def _pattern(error: ErrorDetails, name: str) -> Phrase:
    mend = "xóa dòng sha256 rồi chạy `cchc fmt`" if name == "sha256" else "viết theo mẫu, ví dụ https://…"
    return "M104", f"“{name}” không đúng mẫu", mend


def _many(error: ErrorDetails, name: str) -> Phrase:
    return "M104", f"“{name}” có quá nhiều mục", f"giữ không quá {error['ctx']['max_length']} mục"


def _low(error: ErrorDetails, name: str) -> Phrase:
    return "M104", f"“{name}” quá nhỏ", f"ghi số từ {error['ctx']['ge']} trở lên"


def _not_above(error: ErrorDetails, name: str) -> Phrase:
    return "M104", f"“{name}” quá nhỏ", f"ghi số lớn hơn {error['ctx']['gt']}"


def _high(error: ErrorDetails, name: str) -> Phrase:
    return "M104", f"“{name}” quá lớn", f"ghi số không quá {error['ctx']['le']}"


def _few(error: ErrorDetails, name: str) -> Phrase:
    return "M102", f"“{name}” chưa có mục nào", "thêm ít nhất một mục"


_PHRASES: dict[str, Callable[[ErrorDetails, str], Phrase]] = {
    "extra_forbidden": _unknown,
    "missing": _missing,
    "string_type": _value,
    "tuple_type": _shape("một danh sách, mỗi dòng bắt đầu bằng “- ”"),
    "dict_type": _shape("các dòng “khóa: giá trị” thụt vào"),
    "model_type": _shape("các dòng “khóa: giá trị” thụt vào"),
    "model_attributes_type": _shape("các dòng “khóa: giá trị” thụt vào"),
    "not_text": _value,
    "enum": _choice,
    "literal_error": _choice,
    "union_tag_invalid": _choice,
    "union_tag_not_found": _no_shape,
    "string_pattern_mismatch": _pattern,
    "too_short": _few,
    "too_long": _many,
    "greater_than": _not_above,
    "greater_than_equal": _low,
    "less_than_equal": _high,
}


@cache
def _vocabulary() -> tuple[str, ...]:
    """Every key that any file may have."""

    def families(family: type[Declared]) -> Iterator[type[Declared]]:
        for member in family.__subclasses__():
            yield member
            yield from families(member)

    keys = {info.alias or name for member in families(Declared) for name, info in member.model_fields.items()}
    return tuple(sorted(keys))
