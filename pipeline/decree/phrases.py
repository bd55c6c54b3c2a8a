"""The wording of a paper: read from a text file beside the code, which an office may change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


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
def read_phrases(path: Path) -> Phrases:
    """The wording in a YAML file that ships with the program."""
    import yaml

    return Phrases(yaml.safe_load(path.read_text(encoding="utf-8")))
