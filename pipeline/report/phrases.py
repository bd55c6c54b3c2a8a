"""The report's wording: read from the text file beside the code, which an office may change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

WORDING = Path(__file__).with_name("report.yml")


@dataclass(frozen=True)
class Phrases:
    """Titles and sentences by their key."""

    texts: Mapping[str, Any]

    def __call__(self, key: str, **values: str) -> str:
        """One text, its blanks filled in; `cot.stt` reaches into a group.

        Raises:
            KeyError: the wording lacks the key, or names a blank that nothing fills.
        """
        text: Any = self.texts
        for step in key.split("."):
            text = text[step]
        return str(text).format_map(values)


@cache
def phrases() -> Phrases:
    """The wording that ships with the program."""
    import yaml

    return Phrases(yaml.safe_load(WORDING.read_text(encoding="utf-8")))
