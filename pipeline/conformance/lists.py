"""What the decree lists, read from the text file beside the code: names of types, titles, typefaces."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

LISTS = Path(__file__).with_name("decree30.yml")


@dataclass(frozen=True)
class Lists:
    """The lists of `decree30.yml`."""

    types: dict[str, str]
    """Names of types in capitals, and how a symbol shortens them."""
    bases: tuple[str, ...]
    """How a basis begins."""
    titles: tuple[str, ...]
    """What does not stand before a signer's name."""
    bodies: tuple[str, ...]
    """How the name of a body begins, in capitals."""
    faces: tuple[str, ...]
    """Typefaces that look and measure like Times New Roman, their names in small letters without spaces."""
    legacy: tuple[str, ...]
    """How names of typefaces of the old encodings begin, in small letters."""


@cache
def lists() -> Lists:
    """The lists that ship with the program."""
    import yaml

    read = yaml.safe_load(LISTS.read_text("utf-8"))
    return Lists(
        read["ten_loai"],
        *(tuple(map(str, read[key])) for key in ("can_cu", "hoc_ham", "co_quan", "phong_times", "phong_cu")),
    )
