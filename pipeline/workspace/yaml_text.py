"""Values as YAML text: plain where YAML reads them back as they are, else in quotes, long texts as blocks."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import yaml

New = str | Sequence["New"] | Mapping[str, "New"]
"""Text, a list or a group, as it should stand in a file."""

_NOTHING = ("", "~", "null")


def scalar(text: str, indent: str, step: int, *, one_line: bool = False) -> str:
    """A text outside braces; several lines become a block, unless something follows on the line."""
    if "\n" in text and not one_line and all(line == line.strip() for line in text.split("\n")):
        pad = f"{indent}{' ' * step}"
        return "|-\n" + "\n".join(f"{pad}{line}" if line else "" for line in text.split("\n"))
    return text if _reads_back(f"k: {text}\n", text) else _quoted(text)


def flow_value(value: New) -> str:
    """A value inside braces or brackets."""
    if isinstance(value, str):
        return value if _reads_back(f"{{k: {value}}}\n", value) else _quoted(value)
    if isinstance(value, Mapping):
        return f"{{{', '.join(flow_pair(key, each) for key, each in value.items())}}}"
    return f"[{', '.join(flow_value(each) for each in value)}]"


def flow_pair(key: str, value: New) -> str:
    """A key with its value inside braces."""
    return f"{key}: {flow_value(value)}"


def block_pair(key: str, value: New, indent: str, step: int, *, levels: int) -> str:
    """A key with its value on lines of their own; groups down to `levels` too, what is deeper stands in braces."""
    if isinstance(value, str):
        return f"{indent}{key}: {scalar(value, indent, step)}"
    if not isinstance(value, Mapping) or levels < 1:
        return f"{indent}{key}: {flow_value(value)}"
    inner = indent + " " * step
    return "\n".join(
        [f"{indent}{key}:", *(block_pair(name, each, inner, step, levels=levels - 1) for name, each in value.items())]
    )


def _reads_back(source: str, text: str) -> bool:
    """Whether YAML reads the text as it is when it stands without quotes."""
    if text in _NOTHING or "\n" in text:
        return False
    try:
        node = yaml.compose(source, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return False
    if not isinstance(node, yaml.MappingNode) or len(node.value) != 1:
        return False
    value = node.value[0][1]
    return isinstance(value, yaml.ScalarNode) and not value.style and value.value == text


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
