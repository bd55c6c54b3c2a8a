"""A locked year as the text of its file: one line a file, a weakness and a criterion, so that git shows each change."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pipeline import wording
from pipeline.model.locked import LockedYear

_HEAD = (
    "# Kết quả đã khóa của năm {year}, do `cchc lock` ghi. Không sửa tay: `cchc check` sẽ báo lỗi.\n"
    "# Muốn sửa số liệu của năm: mở khóa bằng `cchc --year {year} lock --undo`, sửa, rồi khóa lại.\n"
)
_PLAIN = re.compile(r"(?!null$)[0-9A-Za-z][0-9A-Za-z._/-]*")
"""What stands without quotes, in braces too."""


def text_of(year: LockedYear) -> str:
    """The whole file."""
    data = year.model_dump(by_alias=True, exclude_defaults=True)
    return _HEAD.format(year=year.year) + "\n".join(_lines(data, "")) + "\n"


def _lines(group: Mapping[str, Any], indent: str) -> Iterator[str]:
    """Groups stand below their key, but what a criterion ended with stands in braces on one line."""
    for key, value in group.items():
        if isinstance(value, Mapping) and value and "ten" not in value:
            yield from (f"{indent}{_written(key)}:", *_lines(value, f"{indent}  "))
        elif isinstance(value, tuple):
            yield from (f"{indent}{key}:", *(f"{indent}  - {_written(item)}" for item in value))
        else:
            yield f"{indent}{_written(key)}: {_written(value)}"


def _written(value: Any) -> str:
    """A value as YAML: plain where it is one word, else in quotes."""
    match value:
        case Mapping():
            return f"{{{', '.join(f'{_written(name)}: {_written(inner)}' for name, inner in value.items())}}}"
        case bool():
            return "có" if value else "không"
        case date():
            return wording.day(value)
        case Decimal():
            return _written(f"{value:f}".replace(".", ","))
        case _:
            return str(value) if _PLAIN.fullmatch(str(value)) else json.dumps(str(value), ensure_ascii=False)
