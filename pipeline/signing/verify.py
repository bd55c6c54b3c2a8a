"""Reading signatures back: of a PDF, and beside any bytes.

What a stranger's file holds becomes a verdict, never a crash.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.signing.document import open_pdf, told_as_damage
from pipeline.signing.error import SignatureError
from pipeline.signing.trust import Trust
from pipeline.signing.verdict import SignatureVerdict, broken

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader

MOST_SIGNATURES = 12
"""In one PDF, timestamps included; a report has two or four, and each is checked against the whole file."""
LARGEST_SIGNATURE = 10_000_000
"""Bytes of a detached signature; ours have a thousandth of it."""

_TRACES = (re.compile(rb"/ByteRange\s*\["), re.compile(rb"/SubFilter\s*/(?:ETSI|adbe)\."))
"""What the value of every signature says of itself; a changed byte spoils one of them, not both."""
_DAMAGED = "chữ ký bị hỏng, không đọc được"


def verify_pdf(pdf: bytes, trust: Trust) -> tuple[SignatureVerdict, ...]:
    """The verdict on every signature and timestamp of a PDF, in order of signing; empty for one without.

    Raises:
        SignatureError: the file is no PDF that can be read.
    """
    traces = max(len(trace.findall(pdf)) for trace in _TRACES)
    reader = open_pdf(pdf)
    with told_as_damage():
        verdicts = tuple(_verdicts(pdf, reader, trust))[::-1]
    if verdicts and traces != len(verdicts):
        problem = f"tệp có dấu vết của {traces} chữ ký nhưng chỉ đọc được {len(verdicts)}"
        return tuple(replace(each, intact=False, problems=(*each.problems, problem)) for each in verdicts)
    if traces and not verdicts:
        raise SignatureError("U120", "tệp có dấu vết chữ ký nhưng không đọc được chữ ký nào", "xin lại tệp gốc")
    return verdicts


def _verdicts(pdf: bytes, reader: PdfFileReader, trust: Trust) -> Iterator[SignatureVerdict]:
    """The last signature first: where it is spoilt, so is what was added after those before it."""
    from pyhanko.sign.fields import enumerate_sig_fields

    from pipeline.signing.chain import embedded
    from pipeline.signing.judge import judge_pdf

    known = embedded(reader, trust)
    found = []
    for name, value, field in enumerate_sig_fields(reader, filled_status=True):
        revision = reader.xrefs.get_last_change(value.reference) if hasattr(value, "reference") else 0
        found.append((revision, str(name), field))  # a bare string: the library's own keeps the whole file with it
    if len(found) > MOST_SIGNATURES:
        raise SignatureError("U120", f"tệp có quá nhiều chữ ký ({len(found)})", "xin lại tệp gốc từ cơ quan ký")
    later_spoilt = False
    for _, name, field in sorted(found, key=lambda each: -each[0]):
        try:
            verdict = asyncio.run(judge_pdf(pdf, reader, name, field, known, later_spoilt=later_spoilt))
        except Exception:  # noqa: BLE001 - a spoilt signature makes its parsers throw whatever they like
            verdict = broken(name, _DAMAGED)
        later_spoilt = later_spoilt or not verdict.intact
        yield verdict


def verify_detached(content: bytes, signature: bytes, trust: Trust) -> SignatureVerdict:
    """The verdict on a CMS signature (DER or PEM) of bytes that stand beside it."""
    from pipeline.signing.judge import judge_detached

    if len(signature) > LARGEST_SIGNATURE:
        return broken("", "tệp chữ ký quá lớn")
    try:
        return asyncio.run(judge_detached(content, signature, trust))
    except Exception:  # noqa: BLE001 - a spoilt signature makes its parsers throw whatever they like
        return broken("", _DAMAGED)
