"""Wording that an office may change: texts by their key, read from the files beside the code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

COMMON = Path(__file__).with_name("decree.yml")
"""What all papers say alike: the national name, “Kính gửi”, “Nơi nhận”."""


@dataclass(frozen=True)
class Phrases:
    """Titles and sentences by their key."""

    texts: Mapping[str, Any]

    def __call__(self, key: str, **values: str) -> str:
        """One text, its blanks filled in; `cot.stt` reaches into a group.

        Raises:
            KeyError: the wording lacks the key, or names a blank that nothing fills.
        """
        return str(self._at(key)).format_map(values)

    def lines(self, key: str) -> tuple[str, ...]:
        """The texts of a list."""
        return tuple(map(str, self._at(key)))

    def _at(self, key: str) -> Any:
        text: Any = self.texts
        for step in key.split("."):
            text = text[step]
        return text


@cache
def phrases(*files: Path) -> Phrases:
    """The wording of all papers, and on top of it that of the given files."""
    import yaml

    texts: dict[str, Any] = {}
    for file in (COMMON, *files):
        texts |= yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return Phrases(texts)
