"""YAML as plain text values that know where they stand: dictionaries, lists, strings and None, nothing else."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from pipeline.model.finding import Finding, Place

Path = tuple[str | int, ...]
"""The way from the root of a file to a value: keys and indexes."""

DEEPEST = 24
_LEADING_TAB = re.compile(r"^[ ]*\t", re.MULTILINE)

_SYNTAX = {
    "mapping values are not allowed": "có dấu hai chấm ở chỗ không được phép; đặt cả lời văn trong ngoặc kép",
    "could not find expected ':'": "dòng này không có dạng “khóa: giá trị”; thêm dấu hai chấm và một dấu cách sau khóa",
    "did not find expected key": "thụt dòng chưa thẳng; gióng các khóa cùng cấp thẳng hàng bằng dấu cách",
    "did not find expected '-' indicator": "danh sách chưa thẳng; gióng các dấu “-” cùng cấp thẳng hàng",
    "found unexpected end of stream": "thiếu dấu đóng ngoặc kép; thêm dấu ngoặc kép ở cuối giá trị này",
    "did not find expected ',' or": "thiếu dấu phẩy hoặc dấu đóng ngoặc; ngăn bằng dấu phẩy, đóng bằng ] hoặc }",
    "found character that cannot start any token": "có ký tự không được đứng đầu giá trị; đặt giá trị trong ngoặc kép",
    "did not find expected node content": "thiếu giá trị trước dấu phẩy hoặc dấu ngoặc; điền giá trị hoặc xóa dấu thừa",
    "did not find expected comment or line break": "sau “|” hoặc “>” phải xuống dòng; hoặc đặt giá trị trong ngoặc kép",
    "did not find expected alphabetic or numeric": "giá trị bắt đầu bằng “*” hoặc “&”; đặt giá trị trong ngoặc kép",
    "while scanning a tag": "giá trị bắt đầu bằng “!”; đặt giá trị trong ngoặc kép",
    "while scanning a directive": "dòng bắt đầu bằng “%”; đặt giá trị trong ngoặc kép",
    "block sequence entries are not allowed": "danh sách viết sai chỗ; bắt đầu ở dòng mới, mỗi mục một dòng “- …”",
    "did not find expected <document start>": "dòng này thụt ít hơn dòng đầu tiên của tệp; gióng lại cho thẳng hàng",
    "control characters are not allowed": "có ký tự điều khiển không nhìn thấy; xóa và gõ lại chỗ này",
}
"""What the parser says, as what is wrong and, after the semicolon, how to mend it."""


class Scalar(str):
    """A text value that knows which characters of the file it was written with."""

    __slots__ = ("end", "flow", "plain", "start")

    start: int
    end: int
    plain: bool
    """Written without quotes."""
    flow: bool
    """Written inside brackets or braces, where a bare comma ends it."""


@dataclass(frozen=True)
class Tree:
    """The values of one file and where each of them stands."""

    path: str
    """The file, relative to the workspace."""
    data: Any
    lines: dict[Path, tuple[int, int]]
    """Line and column, from 1: of the value for scalars, of the key for collections."""

    def place(self, *path: str | int) -> Place:
        """The place of a value, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return Place(self.path, *self.lines.get(path, (1, 1)))

    def resolve(self, location: Sequence[str | int]) -> Path:
        """The path in the file that a validator's location means; names of shapes and the like fall out."""
        path: Path = ()
        for part in location:
            if (*path, part) in self.lines:
                path = (*path, part)
        return path


def parse(text: str, path: str, *, line: int = 1, start: int = 0) -> tuple[Tree | None, list[Finding]]:
    """Parse YAML that begins on `line` of its file, at character `start`; no tree when nothing can be made of it."""
    if tabs := [text.count("\n", 0, found.start()) + line for found in _LEADING_TAB.finditer(text)]:
        mend = "thay mỗi dấu tab bằng hai dấu cách"
        return None, [Finding(Place(path, at, 1), "F107", "dòng thụt vào bằng dấu tab", mend) for at in tabs]
    builder = _Builder(path, line - 1, start)
    try:
        builder.build(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        return None, [*builder.findings, _syntax_finding(error, path, line, last=text.rstrip("\n").count("\n"))]
    except yaml.reader.ReaderError as error:
        place = Place(path, text.encode().count(b"\n", 0, error.position) + line, 1)
        return None, [*builder.findings, Finding(place, "F108", *_explain(str(error)))]
    except _TooDeepError as error:
        place = Place(path, error.args[0] + line, 1)
        return None, [Finding(place, "F111", f"các mục lồng nhau quá {DEEPEST} cấp", "viết lại phẳng hơn")]
    return Tree(path, builder.root, builder.lines), builder.findings


_UNCLOSED = ("found unexpected end of stream", "could not find expected ':'", "did not find expected ',' or")
"""Problems that show only after the place to mend, which is where the quote, key or bracket begins."""


def _syntax_finding(error: yaml.MarkedYAMLError, path: str, line: int, *, last: int) -> Finding:
    begun = any(problem in (error.problem or "") for problem in _UNCLOSED)
    mark = (error.context_mark if begun else None) or error.problem_mark or error.context_mark
    place = Place(path, min(mark.line, last) + line, mark.column + 1) if mark else Place(path, line, 1)
    return Finding(place, "F108", *_explain(f"{error.context or ''} {error.problem or ''}"))


def _explain(problem: str) -> tuple[str, str]:
    """What is wrong and how to mend it."""
    words = next((text for start, text in _SYNTAX.items() if start in problem), "YAML sai cú pháp ở gần đây")
    message, _, mend = words.partition("; ")
    return message, mend or "so với các dòng xung quanh về dấu cách, dấu hai chấm, ngoặc"


class _TooDeepError(Exception):
    pass


@dataclass
class _Level:
    """A collection being filled."""

    values: Any
    path: Path
    flow: bool
    key: str | None = None
    key_line: tuple[int, int] = (1, 1)
    keys: dict[str, int] = field(default_factory=dict)


class _Builder:
    """Builds the tree from parser events with a stack, so that depth is bounded and every place is kept."""

    def __init__(self, path: str, line: int, start: int) -> None:
        self.path = path
        self.line = line
        self.start = start
        self.root: Any = None
        self.lines: dict[Path, tuple[int, int]] = {(): (line + 1, 1)}
        self.findings: list[Finding] = []
        self.stack: list[_Level] = []
        self.documents = 0

    def build(self, events: Iterator[Any]) -> None:
        for event in events:
            match event:
                case yaml.ScalarEvent():
                    self._scalar(event)
                case yaml.MappingStartEvent():
                    self._open({}, event)
                case yaml.SequenceStartEvent():
                    self._open([], event)
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    self.stack.pop()
                case yaml.AliasEvent():
                    self._refuse(event, f"bí danh “*{event.anchor}”", "chép lại giá trị thay cho bí danh")
                    self._add(None, event, scalar=True)
                case yaml.DocumentStartEvent():
                    self.documents += 1
                    if self.documents > 1:
                        self._refuse(event, "dấu “---” mở tài liệu thứ hai", "chỉ giữ một tài liệu YAML trong tệp")
                        return

    def _where(self, event: Any) -> tuple[int, int]:
        return event.start_mark.line + self.line + 1, event.start_mark.column + 1

    def _refuse(self, event: Any, message: str, mend: str) -> None:
        self.findings.append(Finding(Place(self.path, *self._where(event)), "F110", f"không dùng {message}", mend))

    def _guard(self, event: Any) -> None:
        if event.anchor:
            self._refuse(event, f"dấu neo “&{event.anchor}”", "bỏ dấu neo")
        if event.tag and event.tag != "!":
            self._refuse(event, f"thẻ “{event.tag}”", "bỏ thẻ, chỉ để giá trị")

    def _scalar(self, event: Any) -> None:
        self._guard(event)
        quoted = event.style in ("'", '"', "|", ">")
        if not quoted and event.value in ("", "~", "null"):
            self._add(None, event, scalar=True)
            return
        text = Scalar(event.value)
        text.start, text.end = event.start_mark.index + self.start, event.end_mark.index + self.start
        text.plain, text.flow = not quoted, bool(self.stack) and self.stack[-1].flow
        self._add(text, event, scalar=True)

    def _open(self, values: Any, event: Any) -> None:
        self._guard(event)
        if len(self.stack) >= DEEPEST:
            raise _TooDeepError(event.start_mark.line)
        self.stack.append(_Level(values, self._add(values, event, scalar=False), bool(event.flow_style)))

    def _add(self, value: Any, event: Any, *, scalar: bool) -> Path:
        """Put a value where it belongs; a mapping takes a key first."""
        if not self.stack:
            self.root = value
            return ()
        level = self.stack[-1]
        if isinstance(level.values, list):
            path = (*level.path, len(level.values))
            level.values.append(value)
            self.lines[path] = self._where(event)
        elif level.key is None:
            level.key, level.key_line = self._key(value, event, level), self._where(event)
            return (*level.path, level.key)
        else:
            path = (*level.path, level.key)
            level.values[level.key] = value
            self.lines[path] = self._where(event) if scalar and value is not None else level.key_line
            level.key = None
        return path

    def _key(self, value: Any, event: Any, level: _Level) -> str:
        if not isinstance(value, str):
            self._refuse(event, "khóa không phải là chữ", "viết khóa là một từ, rồi dấu hai chấm")
            return f"?{len(level.keys)}"
        line = self._where(event)[0]
        if value in level.keys:
            message = f"khóa “{value}” đã có ở dòng {level.keys[value]}"
            place = Place(self.path, *self._where(event))
            self.findings.append(Finding(place, "F109", message, "xóa một trong hai, hoặc đổi tên khóa"))
        level.keys[value] = line
        return value


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """A suggestion to append to a finding, or nothing; a word that is known itself was not mistyped."""
    if word in known:
        return ""
    folded = {each.casefold(): each for each in known}
    close = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return f"có phải ý bạn là “{folded[close[0]]}”?" if close else ""
