"""Setting and removing single values in the front matter of a file; comments, order and forms around stay.

Every step looks the text up again, so that positions are always true. What is new takes the indentation of what
stands beside it, and inside braces everything stays inside braces.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

import yaml

from pipeline.workspace.yaml_text import New, block_pair, flow_pair, flow_value, scalar

Path = tuple[str, ...]

ORDER = ("so_lieu", "minh_chung", "diem_tu_cham", "giai_trinh", "khong_ap_dung")
"""In which order the keys of an entry are written when they are new."""

_FENCE = "---"
BLOCK_DEPTH = 2
"""Groups down to the entry of a criterion stand on lines of their own; what is inside it stands in braces."""

_STEP = 2


class Span(NamedTuple):
    """A piece of the text."""

    start: int
    end: int


def set_value(text: str, path: Path, value: New, order: Sequence[str] = ORDER, blocks: int = BLOCK_DEPTH) -> str:
    """The text with a value in its place, new or changed; new keys come in this order, in braces below `blocks` levels.

    Raises:
        ValueError: the front matter is not one that the program reads.
    """
    front = _Front(text, blocks)
    node: yaml.Node = front.root
    for depth, key in enumerate(path):
        found, inner = _child(node, key), _nested(path[depth + 1 :], value)
        if found is None:
            return front.inserted(node, depth, key, inner, order)
        if _is_empty(found) and not isinstance(inner, str):
            return front.filled(node, found, depth, key, inner)
        if depth + 1 < len(path):
            node = found
        elif isinstance(found, yaml.SequenceNode) and isinstance(value, Sequence) and not isinstance(value, str):
            return _resequenced(text, path, found, value)
        else:
            return front.replaced(node, found, key, value)
    return text


def remove_value(text: str, path: Path) -> str:
    """The text without a value, and without what would be empty then.

    Raises:
        ValueError: the front matter is not one that the program reads.
    """
    front = _Front(text)
    node = front.find(path[:-1])
    names = [name.value for name, _ in _pairs(node)]
    if path[-1] not in names:
        return text
    if len(names) == 1 and len(path) > 1:
        return remove_value(text, path[:-1])
    return front.without(node, names.index(path[-1]))


def _pairs(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    return node.value if isinstance(node, yaml.MappingNode) else []


def _child(node: yaml.Node | None, key: str) -> yaml.Node | None:
    return next((value for name, value in _pairs(node) if name.value == key), None)


def _is_flow(node: yaml.Node) -> bool:
    """Written inside braces or brackets."""
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _is_empty(node: yaml.Node) -> bool:
    """Nothing, or a group or list without anything in it."""
    if isinstance(node, yaml.ScalarNode):
        return not node.style and node.value in ("", "~", "null")
    return not node.value


def _nested(path: Path, value: New) -> New:
    for key in reversed(path):
        value = {key: value}
    return value


def _resequenced(text: str, path: Path, found: yaml.SequenceNode, value: Sequence[New]) -> str:
    """A list with other members; those that stay keep their form and their comments."""
    old = [flow_value(_plain(member)) for member in found.value]
    new = [flow_value(member) for member in value]
    for tag, a, b, c, d in reversed(SequenceMatcher(None, old, new, autojunk=False).get_opcodes()):
        if tag == "equal":
            continue
        for source in reversed(new[c:d]):
            text = _Front(text).with_member(path, b, source)
        for index in reversed(range(a, b)):
            front = _Front(text)
            text = front.without(front.find(path), index)
    return text


def _plain(node: yaml.Node) -> New:
    """A tree as text, lists and groups."""
    if isinstance(node, yaml.MappingNode):
        return {name.value: _plain(value) for name, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(value) for value in node.value]
    return str(node.value)


class _Front:
    """The front matter of a text as a tree whose places are places of the text."""

    def __init__(self, text: str, blocks: int = BLOCK_DEPTH) -> None:
        self.text = text
        self.blocks = blocks
        self.start = end = text.index("\n") + 1
        for line in text[self.start :].split("\n"):
            if line.rstrip() == _FENCE:
                break
            end += len(line) + 1
        root = yaml.compose(text[self.start : end], Loader=yaml.CSafeLoader)
        if not isinstance(root, yaml.MappingNode):
            raise ValueError("front matter without keys")  # noqa: TRY004 -- a file's content, not a caller's type
        self.root = root

    def find(self, path: Path) -> yaml.Node | None:
        """The value at a path."""
        node: yaml.Node | None = self.root
        for key in path:
            node = _child(node, key)
        return node

    def inserted(self, node: yaml.Node, depth: int, key: str, value: New, order: Sequence[str]) -> str:
        """A new member of a group, behind those that come before it."""
        index = _position(key, [name.value for name, _ in _pairs(node)], order)
        if _is_flow(node):
            return self._with_flow(node, index, flow_pair(key, value))
        indent = self._indent(self._members(node)[0].start)
        return self._with_lines(
            node, index, block_pair(key, value, indent, self._step(node), levels=self.blocks - depth)
        )

    def filled(self, node: yaml.Node, found: yaml.Node, depth: int, key: str, value: New) -> str:
        """A value where there was a key without one, or an empty group or list."""
        begin, end = self.start + found.start_mark.index, self.start + found.end_mark.index
        before, after = self.text[:begin], self.text[end:]
        if _is_flow(node) or not isinstance(value, Mapping) or depth >= self.blocks:
            return f"{before}{'' if before.endswith(' ') else ' '}{flow_value(value)}{after}"
        indent = self._indent(self._key_start(node, key))
        lines = block_pair(key, value, indent, self._step(node), levels=self.blocks - depth).partition("\n")[2]
        rest, _, below = after.partition("\n")
        return f"{before.rstrip(' ')}{rest.rstrip()}\n{lines}\n{below}"

    def replaced(self, node: yaml.Node, found: yaml.Node, key: str, value: New) -> str:
        """Another value for a key that has one."""
        begin, end = self.start + found.start_mark.index, self._end(found)
        if _is_flow(node) or not isinstance(value, str):
            source = flow_value(value)
        else:
            followed = bool(self.text[end : self._line_end(end)].strip())
            source = scalar(value, self._indent(self._key_start(node, key)), _STEP, one_line=followed)
        gap = " " if self.text[begin - 1] == ":" else ""
        return f"{self.text[:begin]}{gap}{source}{self.text[end:]}"

    def without(self, node: yaml.Node | None, index: int) -> str:
        """The text without one member of a group or list."""
        assert node is not None
        members = self._members(node)
        if not _is_flow(node):
            return (
                self.text[: self._line_start(members[index].start)]
                + self.text[self._line_end(members[index].end) + 1 :]
            )
        if index:
            return self.text[: members[index - 1].end] + self.text[members[index].end :]
        end = members[1].start if len(members) > 1 else members[0].end
        return self.text[: members[0].start] + self.text[end:]

    def with_member(self, path: Path, index: int, source: str) -> str:
        """The text with one more member of a list."""
        node = self.find(path)
        assert node is not None
        if _is_flow(node):
            return self._with_flow(node, index, source)
        first = self._members(node)[0].start
        return self._with_lines(node, index, f"{self.text[self._line_start(first) : first]}{source}")

    def _with_flow(self, node: yaml.Node, index: int, source: str) -> str:
        members = self._members(node)
        if not members:
            at = self.start + node.start_mark.index + 1
        elif index:
            at, source = members[index - 1].end, f", {source}"
        else:
            at, source = members[0].start, f"{source}, "
        return self.text[:at] + source + self.text[at:]

    def _with_lines(self, node: yaml.Node, index: int, lines: str) -> str:
        members = self._members(node)
        if index:
            at = self._line_end(members[index - 1].end)
            return f"{self.text[:at]}\n{lines}{self.text[at:]}"
        at = self._line_start(members[0].start)
        return f"{self.text[:at]}{lines}\n{self.text[at:]}"

    def _members(self, node: yaml.Node) -> list[Span]:
        """The pieces of text that are the members of a group or list."""
        ends = [member if isinstance(member, tuple) else (member, member) for member in node.value]
        return [Span(self.start + first.start_mark.index, self._end(last)) for first, last in ends]

    def _end(self, node: yaml.Node) -> int:
        """Where a value ends; the mark of a block lies behind the comments and blank lines that follow it."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._end(last[1] if isinstance(last, tuple) else last)
        end = self.start + int(node.end_mark.index)
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            return len(self.text[:end].rstrip())
        return end

    def _step(self, node: yaml.Node) -> int:
        """By how much the file indents."""
        for name, value in _pairs(node):
            if isinstance(value, yaml.MappingNode) and not value.flow_style and value.value:
                return int(max(1, value.value[0][0].start_mark.column - name.start_mark.column))
        return _STEP

    def _key_start(self, node: yaml.Node, key: str) -> int:
        return next(self.start + int(name.start_mark.index) for name, _ in _pairs(node) if name.value == key)

    def _indent(self, at: int) -> str:
        return " " * (at - self._line_start(at))

    def _line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end


def _position(key: str, names: list[str], order: Sequence[str]) -> int:
    """Behind the last of those that come before it; what has no place in the order goes to the end."""
    if key not in order:
        return len(names)
    before = set(order[: order.index(key)])
    return max((at for at, name in enumerate(names, start=1) if name in before), default=0)
