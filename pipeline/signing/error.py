"""What stands in the way of a signature: one error that carries a finding, whatever library stumbled."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from pipeline.model.finding import Finding, Place


class SignatureError(Exception):
    """Nothing was signed or read; `finding` says why and how to mend it."""

    def __init__(self, code: str, message: str, mend: str) -> None:
        super().__init__(message)
        self.finding = Finding(Place(""), code, message, mend)

    def about(self, path: str) -> Finding:
        """The finding, placed at that file unless it is known to be about another."""
        return self.finding if self.finding.place.path else replace(self.finding, place=Place(path))


@contextmanager
def concerning(path: str) -> Iterator[None]:
    """Place at that file what is found wrong inside."""
    try:
        yield
    except SignatureError as error:
        error.finding = error.about(path)
        raise
