"""Adding to a PDF without touching what it says of itself. Needs pyHanko."""

from __future__ import annotations

import hashlib

from pyhanko.pdf_utils.generic import ArrayObject, ByteStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader


class SigningWriter(IncrementalPdfFileWriter):
    """Leaves metadata and their dates as they are, so that PDF/A holds; the file's new id follows from its content."""

    def _update_meta(self) -> None:
        pass

    @classmethod
    def _handle_id(cls, prev: PdfFileReader) -> ArrayObject:
        prev.stream.seek(0)
        own = ByteStringObject(hashlib.sha256(prev.stream.read()).digest()[:16])
        first = prev.trailer["/ID"][0] if "/ID" in prev.trailer else own
        return ArrayObject([ByteStringObject(getattr(first, "original_bytes", first)), own])
