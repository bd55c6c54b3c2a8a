"""Signatures of a manifest and of a report, as findings and as what a reader is shown."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from pipeline.aside import Aside, AsideError
from pipeline.model.finding import Finding, Place
from pipeline.package.names import SIGNATURE
from pipeline.package.verdict import Signed
from pipeline.signing import SignatureError, Trust
from pipeline.signing.certificate import is_of
from pipeline.signing.document import ANNEX_FIELD, ORGANISATION_FIELD
from pipeline.signing.verdict import UNREADABLE, Changes, Kind, SignatureVerdict, broken
from pipeline.signing.verify import verify_detached, verify_pdf

Found = tuple[tuple[Signed, ...], tuple[Finding, ...]]

_RESEND = "không dùng tệp này; đề nghị nơi gửi gửi lại bản gốc đã ký"
_OTHER_ROOT = (
    "kiểm tra xem --trust đã nêu đúng chứng thư gốc của cơ quan cấp chưa; "
    "nếu đúng rồi thì không dùng tệp này, đề nghị nơi gửi gửi lại bản gốc đã ký"
)
_NAME_ROOTS = "chạy lại với --trust và chứng thư gốc của cơ quan cấp chứng thư, lấy từ trang chính thức của cơ quan đó"


class Judged(NamedTuple):
    """What the signatures of a package are worth."""

    manifest: Found | None
    """None where it is not signed."""
    report: Found | None
    """None where there is no report that may be opened."""


def judged(manifest: bytes, signature: bytes | None, report: tuple[str, bytes] | None, trust: Trust) -> Judged:
    """The signature beside a manifest, and those in a report, which is told as path and content."""
    return Judged(
        manifest=detached(manifest, signature, trust) if signature is not None else None,
        report=enclosed(*report, trust) if report else None,
    )


class Judging:
    """Signatures of a package being judged: aside, where a process is at hand, or else when they are asked for."""

    def __init__(
        self,
        manifest: bytes,
        signature: bytes | None,
        report: tuple[str, bytes] | None,
        trust: Trust,
        aside: Aside | None = None,
    ) -> None:
        self._told = (manifest, signature, report, trust)
        self._aside = aside
        if aside:
            aside.begin(*self._told)

    @cached_property
    def found(self) -> Judged:
        """What they are worth, waited for."""
        if self._aside is None:
            return judged(*self._told)
        try:
            found: Judged = self._aside.result()
        except AsideError:
            _, signature, report, trust = self._told
            return Judged(
                manifest=_given_up(SIGNATURE, trust) if signature is not None else None,
                report=_given_up(report[0], trust) if report else None,
            )
        return found


def _given_up(path: str, trust: Trust) -> Found:
    signed = Signed(path, broken("", "kiểm tra chữ ký mất quá nhiều thời gian hoặc bộ nhớ nên đã dừng"))
    return (signed,), tuple(_findings(signed, trust))


def detached(content: bytes, signature: bytes, trust: Trust) -> Found:
    """The signature beside a manifest."""
    signed = Signed(SIGNATURE, verify_detached(content, signature, trust))
    return (signed,), tuple(_findings(signed, trust))


def enclosed(path: str, pdf: bytes, trust: Trust) -> Found:
    """The signatures in a report, in the order of signing; none costs no look at them."""
    if b"/ByteRange" not in pdf and b"/SubFilter" not in pdf:
        return (), ()
    try:
        signed = tuple(Signed(path, verdict) for verdict in verify_pdf(pdf, trust))
    except SignatureError as error:
        return (), (Finding(Place(path), "Z111", error.finding.message, _RESEND),)
    return signed, tuple(finding for each in signed for finding in _findings(each, trust))


def _findings(signed: Signed, trust: Trust) -> Iterator[Finding]:
    """What stands against a signature, or leaves it open."""
    verdict = signed.verdict
    if _is_bad(verdict) or _is_strange(verdict, trust):
        message = f"{verdict.kind.value} của “{verdict.signer}”: {'; '.join(verdict.problems)}"
        yield Finding(Place(signed.path), "Z111", message, _RESEND if _is_bad(verdict) else _OTHER_ROOT)
    elif not verdict.good:
        message = f"{verdict.kind.value} của “{verdict.signer}”: nguyên vẹn, nhưng {'; '.join(verdict.problems)}"
        yield Finding(Place(signed.path), "Z112", message, _NAME_ROOTS)


def _is_bad(verdict: SignatureVerdict) -> bool:
    sound = verdict.intact and verdict.changes is not Changes.FORBIDDEN
    return not (sound and verdict.valid_at_signing and verdict.strong)


def _is_strange(verdict: SignatureVerdict, trust: Trust) -> bool:
    """Whether somebody signed whom the reader, who named authorities, does not trust."""
    return bool(trust.roots) and verdict.kind is Kind.SIGNATURE and not verdict.trusted


def incomplete(signed: tuple[Signed, ...], path: str) -> Iterator[Finding]:
    """That a paper has one signature where the decree wants two: the person's, then the organisation's."""
    fields = [each.verdict.field for each in signed if each.path == path and each.verdict.kind is Kind.SIGNATURE]
    if len(fields) == 1 and fields[0] not in ("", ANNEX_FIELD):
        lack = "chữ ký của người có thẩm quyền" if fields[0] == ORGANISATION_FIELD else "dấu số của cơ quan"
        mend = "đề nghị nơi gửi ký cho đủ: người có thẩm quyền trước, cơ quan sau"
        yield Finding(Place(path), "Z125", f"tệp mới có một chữ ký số, chưa có {lack}", mend)


def unexpected(signed: tuple[Signed, ...], report: str, signatory: str) -> Iterator[Finding]:
    """That nobody of the name that the report prints as its signatory signed it."""
    names = _names(tuple(each for each in signed if each.verdict.field != ORGANISATION_FIELD), report)
    if names and not any(is_of(signatory, name) for name in names):
        signers_told = " và ".join(f"“{name}”" for name in names)
        message = f"báo cáo ghi người ký là “{signatory}”, còn chữ ký số là của {signers_told}"
        mend = "hỏi đơn vị lập hồ sơ xem ai có thẩm quyền ký"
        yield Finding(Place(report), "Z112", message, mend)


def differing(signed: tuple[Signed, ...], report: str) -> Iterator[Finding]:
    """That somebody else answers for the package than for the report in it."""
    of_report, of_manifest = _names(signed, report), _names(signed, SIGNATURE)
    if of_report and of_manifest and not set(of_manifest) <= set(of_report):
        message = f"bảng kê do “{', '.join(of_manifest)}” ký, còn báo cáo do “{', '.join(of_report)}” ký"
        mend = "hỏi đơn vị lập hồ sơ xem ai được giao đóng gói; tệp ngoài báo cáo chỉ do người ký bảng kê bảo đảm"
        yield Finding(Place(SIGNATURE), "Z112", message, mend)


def _names(signed: tuple[Signed, ...], path: str) -> list[str]:
    """Who signed a file, as far as can be read."""
    own = (each.verdict for each in signed if each.path == path and each.verdict.kind is Kind.SIGNATURE)
    return [verdict.signer for verdict in own if verdict.signer != UNREADABLE]


def signers(signed: tuple[Signed, ...]) -> str:
    """Who signed, in order."""
    return "; ".join(each.verdict.signer for each in signed if each.verdict.kind is Kind.SIGNATURE)
