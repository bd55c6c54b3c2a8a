"""What stands in the way of a signature: one error that carries a finding, whatever library stumbled."""

from __future__ import annotations

from dataclasses import replace

from pipeline.model.finding import Finding, Place


class SignatureError(Exception):
    """Nothing was signed or read; `finding` says why and how to mend it."""

    def __init__(self, code: str, message: str, mend: str) -> None:
        super().__init__(message)
        self.finding = Finding(Place(""), code, message, mend)

    def about(self, path: str) -> Finding:
        """The finding, placed at the file that it is about."""
        return replace(self.finding, place=Place(path))
