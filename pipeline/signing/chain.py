"""Whether a certificate's chain reached a trusted root at a moment, and was not revoked. Needs pyHanko."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from asn1crypto import crl, ocsp, x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext

from pipeline.signing.trust import Trust
from pipeline.signing.verdict import Revocation

TIMEOUT = 5
"""Seconds for each request about revocation."""


@dataclass(frozen=True)
class Known:
    """What is at hand beside the signature itself."""

    trust: Trust = field(default_factory=Trust)
    certificates: tuple[x509.Certificate, ...] = ()
    ocsps: tuple[ocsp.OCSPResponse, ...] = ()
    crls: tuple[crl.CertificateList, ...] = ()
    roots: tuple[x509.Certificate, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "roots", self.trust.certificates())

    def at(self, moment: datetime) -> ValidationContext:
        """What judges chains as of that moment; revocation counts whenever it became known."""
        return ValidationContext(
            trust_roots=list(self.roots),
            other_certs=list(self.certificates),
            moment=moment,
            best_signature_time=moment,
            ocsps=list(self.ocsps),
            crls=list(self.crls),
            retroactive_revinfo=True,
            revocation_mode="soft-fail",
        )

    def tells_about(self, certificate: x509.Certificate) -> bool:
        """Whether revocation information about the certificate is at hand."""
        serials = {
            response["cert_id"]["serial_number"].native
            for answer in self.ocsps
            if answer["response_status"].native == "successful"
            for response in answer.response_data["responses"]
        }
        return certificate.serial_number in serials or any(each.issuer == certificate.issuer for each in self.crls)

    def calls_revoked(self, certificate: x509.Certificate) -> bool:
        """Whether the certificate was ever revoked, as far as is at hand."""
        answers = (
            answer["cert_status"].name
            for response in self.ocsps
            if response["response_status"].native == "successful"
            for answer in response.response_data["responses"]
            if answer["cert_id"]["serial_number"].native == certificate.serial_number
        )
        listed = (
            entry["user_certificate"].native
            for each in self.crls
            if each.issuer == certificate.issuer
            for entry in each["tbs_cert_list"]["revoked_certificates"] or ()
        )
        return "revoked" in answers or certificate.serial_number in listed

    async def fetched(self, certificate: x509.Certificate, others: Iterable[x509.Certificate]) -> Known:
        """With what the network tells about a chain's revocation; nothing more where it is silent."""
        if not self.trust.online:
            return self
        from pyhanko_certvalidator.fetchers.requests_fetchers import RequestsFetcherBackend

        context = ValidationContext(
            trust_roots=list(self.roots),
            other_certs=[*self.certificates, *others],
            allow_fetching=True,
            fetcher_backend=RequestsFetcherBackend(per_request_timeout=TIMEOUT),
        )
        with suppress(Exception):  # a network fails in many ways; what came in before is judged like all the rest
            await CertificateValidator(certificate, validation_context=context).async_validate_usage(set())
        return Known(self.trust, self.certificates, (*self.ocsps, *context.ocsps), (*self.crls, *context.crls))


def revocation(status: Any, known: Known, *, time_is_certain: bool) -> Revocation:
    """What is known about a signer's certificate after its chain was judged.

    Only a trusted timestamp shows that a signature is older than a revocation; the time that a signer's machine tells
    may have been set back by whoever stole the key.
    """
    if status.revoked or (not time_is_certain and known.calls_revoked(status.signing_cert)):
        return Revocation.REVOKED
    return Revocation.GOOD if status.trusted and known.tells_about(status.signing_cert) else Revocation.UNKNOWN


def embedded(reader: Any, trust: Trust) -> Known:
    """What a PDF's document security store holds."""
    from pyhanko.sign.validation.dss import DocumentSecurityStore
    from pyhanko.sign.validation.errors import NoDSSFoundError

    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return Known(trust)
    context = store.as_validation_context({"trust_roots": []})
    return Known(trust, tuple(store.load_certs()), tuple(context.ocsps), tuple(context.crls))
