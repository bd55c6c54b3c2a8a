"""Signatures of a manifest and of a report, as findings and as what a reader is shown."""

from __future__ import annotations

from pipeline.model.finding import Finding
from pipeline.package.verdict import Signed
from pipeline.signing.trust import Trust

Found = tuple[tuple[Signed, ...], tuple[Finding, ...]]


def detached(content: bytes, signature: bytes, trust: Trust) -> Found:
    """The signature beside a manifest."""
    return (), ()


def enclosed(path: str, pdf: bytes, trust: Trust) -> Found:
    """The signatures in a report."""
    if b"/ByteRange" not in pdf:
        return (), ()
    return (), ()


def signers(signed: tuple[Signed, ...]) -> str:
    """Who signed, in order."""
    return ", ".join(each.verdict.signer for each in signed)
