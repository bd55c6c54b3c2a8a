"""Signed attributes that name the whole chain of certificates by hash, not the signer's alone. Needs pyHanko.

So nothing that lies beside a signature can be exchanged unnoticed, whoever reads it and whatever they trust (RFC 5035).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from asn1crypto import tsp, x509
from pyhanko.sign.attributes import CMSAttributeProvider, SigningCertificateV2Provider
from pyhanko.sign.general import as_signing_certificate_v2
from pyhanko.sign.signers import Signer
from pyhanko.sign.signers.pdf_cms import CAdESSignedAttributeProviderSpec, PdfCMSSignedAttributes
from pyhanko.sign.timestamps import TimeStamper


class _ChainProvider(CMSAttributeProvider):
    attribute_type = "signing_certificate_v2"

    def __init__(self, certificates: Iterable[x509.Certificate]) -> None:
        self._certificates = tuple(certificates)

    async def build_attr_value(self, dry_run: bool = False) -> tsp.SigningCertificateV2:
        """One entry a certificate, the signer's first."""
        entries = [as_signing_certificate_v2(each)["certs"][0] for each in self._certificates]
        return tsp.SigningCertificateV2({"certs": entries})


class _ChainBoundAttributes(CAdESSignedAttributeProviderSpec):
    chain: tuple[x509.Certificate, ...] = ()

    def signed_attr_providers(self, data_digest: bytes, digest_algorithm: str) -> Iterator[CMSAttributeProvider]:
        """As CAdES has them, the one about certificates exchanged."""
        for provider in super().signed_attr_providers(data_digest, digest_algorithm):
            is_about_certificates = isinstance(provider, SigningCertificateV2Provider)
            yield _ChainProvider(self.chain) if is_about_certificates else provider


def bind_chain(signer: Signer, moment: datetime, timestamper: TimeStamper | None, *, in_pdf: bool) -> None:
    """Let the signer's next signature name its chain."""
    attributes = _ChainBoundAttributes(
        attr_settings=PdfCMSSignedAttributes(signing_time=moment),
        signing_cert=signer.signing_cert,
        is_pades=in_pdf,
        timestamper=timestamper,
    )
    attributes.chain = (signer.signing_cert, *signer.cert_registry)
    signer.signed_attr_prov_spec = attributes
