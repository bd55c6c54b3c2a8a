"""A signer whose key lies in this program's memory. Importing this brings pyHanko along."""

from __future__ import annotations

from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import CertificateStore
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

ROOM = 512
"""Bytes that no signature of a usable key exceeds; only the room is needed before the real one is made."""


class SoftwareSigner(Signer):
    """Signs with a key of the `cryptography` library, which stays one object and is never written out."""

    def __init__(
        self,
        key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey,
        certificate: x509.Certificate,
        store: CertificateStore,
    ) -> None:
        super().__init__(signing_cert=certificate, cert_registry=store, embed_roots=True)
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The bare signature over `data`."""
        if dry_run:
            return bytes(ROOM)
        digest = get_pyca_cryptography_hash(digest_algorithm)
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), digest)
        return self._key.sign(data, ec.ECDSA(digest))
