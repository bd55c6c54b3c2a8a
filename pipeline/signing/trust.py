"""Whom the reader of a signature trusts: certificates of authorities, from files that the reader names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.signing.error import SignatureError, concerning

if TYPE_CHECKING:
    from asn1crypto import x509

SUFFIXES = (".cer", ".crt", ".der", ".pem")
LARGEST_FILE = 1_000_000
"""Bytes; a bundle of a whole country's authorities stays below."""


@dataclass(frozen=True)
class Trust:
    """Trusted roots, and whether the network may be asked about revocation."""

    roots: tuple[bytes, ...] = ()
    """Certificates, DER."""
    online: bool = False

    def certificates(self) -> tuple[x509.Certificate, ...]:
        """The roots, parsed."""
        from asn1crypto import x509

        return tuple(x509.Certificate.load(root) for root in self.roots)


def read_trust(paths: Iterable[Path], *, online: bool = False) -> Trust:
    """The certificates in files (PEM or DER) and in folders of such files, in their order.

    Raises:
        SignatureError: a file that was named, or lies in a named folder, holds no certificate.
        OSError: one cannot be read.
    """
    roots: list[bytes] = []
    for file in (file for path in paths for file in _files(path)):
        with concerning(str(file)):
            roots += _certificates(file)
    return Trust(tuple(dict.fromkeys(roots)), online)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.iterdir() if file.suffix.lower() in SUFFIXES and file.is_file())


def _certificates(path: Path) -> Iterator[bytes]:
    from asn1crypto import pem, x509

    with path.open("rb") as stream:
        content = stream.read(LARGEST_FILE)  # what is cut off there no longer parses
    try:
        ders = [der for _, _, der in pem.unarmor(content, multiple=True)] if pem.detect(content) else [content]
        for der in ders:
            _ = x509.Certificate.load(der, strict=True).subject.native
            yield der
    except (ValueError, TypeError, KeyError) as error:
        message = f"“{path.name}” không chứa chứng thư đọc được"
        mend = "dùng tệp chứng thư của cơ quan cấp (.cer, .crt, .pem) tải từ trang chính thức của cơ quan đó"
        raise SignatureError("U121", message, mend) from error
