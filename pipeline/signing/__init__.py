"""Digital signatures on official papers: PAdES in the PDF, CMS beside other files, and what they prove.

Heavy libraries are imported when something is signed or verified, not before.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.signing.error import SignatureError
from pipeline.signing.proof import Level, Proof
from pipeline.signing.sign import Look, Role, prepare_pdf, sign_pdf
from pipeline.signing.trust import Trust, read_trust

if TYPE_CHECKING:
    from pipeline.signing.credential import Credential

__all__ = [
    "Level",
    "Look",
    "Proof",
    "Role",
    "SignatureError",
    "Trust",
    "prepare_pdf",
    "read_trust",
    "sign_detached",
    "sign_pdf",
]

for _library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_library).addHandler(logging.NullHandler())  # the core never prints


def sign_detached(content: bytes, credential: Credential, *, moment: datetime, proof: Proof | None = None) -> bytes:
    """A CMS signature (CAdES, DER) that stands beside the content.

    Raises:
        SignatureError: the certificate may not sign, or no timestamp can be had.
    """
    from pipeline.signing.certificate import require_usable
    from pipeline.signing.pades import detached

    require_usable(credential.x509, moment)
    return detached(content, credential, moment, proof or Proof())
