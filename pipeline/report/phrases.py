"""The report's wording: read from the text file beside the code, which an office may change."""

from __future__ import annotations

from pathlib import Path

from pipeline.decree.phrases import Phrases, read_phrases

__all__ = ["Phrases", "phrases"]

WORDING = Path(__file__).with_name("report.yml")


def phrases() -> Phrases:
    """The wording that ships with the program."""
    return read_phrases(WORDING)
