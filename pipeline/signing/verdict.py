"""What a signature proves, in values and in the sentences that people read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from pipeline import wording


class Kind(Enum):
    """What was signed for."""

    SIGNATURE = "chữ ký số"
    TIMESTAMP = "dấu thời gian của tài liệu"


class Changes(Enum):
    """What was added to a PDF after a signature."""

    NONE = "không có thay đổi nào sau khi ký"
    ALLOWED = "sau khi ký chỉ có thêm chữ ký hoặc dấu thời gian"
    FORBIDDEN = "tài liệu đã bị sửa sau khi ký"


class Revocation(Enum):
    """Whether the signer's certificate was revoked when it signed."""

    GOOD = "không bị thu hồi"
    REVOKED = "đã bị thu hồi"
    UNKNOWN = "chưa kiểm tra được việc thu hồi"


@dataclass(frozen=True)
class SignatureVerdict:
    """One signature: what the circular on signing software wants a verifier to show, and what is wrong with it."""

    kind: Kind
    field: str
    """The name of its field in a PDF; empty beside other files."""
    intact: bool
    """Whether the signature and what it covers are bit for bit as they were made."""
    covers_whole_file: bool
    """Whether nothing was added to the file after it."""
    changes: Changes
    trusted: bool
    """Whether its chain reaches an authority that the reader trusts."""
    signer: str
    authority: str
    signed_at: datetime | None
    """As the signer's machine says."""
    timestamp: datetime | None
    """As a timestamp authority says."""
    timestamp_trusted: bool
    period: tuple[datetime, datetime] | None
    """The period of the signer's certificate."""
    valid_at_signing: bool
    """Whether the certificate held at the moment of signing and was not known to be revoked."""
    revocation: Revocation
    algorithm: str
    """`RSA 2048, SHA-256`."""
    strong: bool
    """Whether the algorithm satisfies the circular."""
    level: str
    """`PAdES B-T`, `CAdES`, …"""
    problems: tuple[str, ...]
    """Everything that is wrong, in Vietnamese."""
    remarks: tuple[str, ...] = ()
    """What stays unknown and takes nothing from a good signature, in Vietnamese."""

    @property
    def good(self) -> bool:
        """Whether nothing is left to doubt."""
        sound = self.intact and self.changes is not Changes.FORBIDDEN
        return sound and self.trusted and self.valid_at_signing and self.strong

    @property
    def moment(self) -> datetime | None:
        """The best time known."""
        return self.timestamp or self.signed_at

    @property
    def summary(self) -> str:
        """The verdict in one plain sentence."""
        who = f"{self.kind.value[0].upper()}{self.kind.value[1:]} của “{self.signer}”"
        if not self.intact:
            return f"{who}: KHÔNG còn nguyên vẹn."
        if self.changes is Changes.FORBIDDEN:
            return f"{who}: {self.changes.value}."
        if not (self.valid_at_signing and self.strong):
            return f"{who}: KHÔNG có giá trị; {self.problems[0]}."
        when = f", ký lúc {wording.moment(self.moment)}" if self.moment else ""
        if not self.trusted:
            return f"{who}: nguyên vẹn{when}; {UNTRUSTED}."
        return f"{who}: hợp lệ{when}."


UNTRUSTED = "chưa xác định được cơ quan cấp chứng thư có đáng tin không"
UNREADABLE = "không đọc được"


def broken(field: str, problem: str, kind: Kind = Kind.SIGNATURE) -> SignatureVerdict:
    """The verdict on a signature that cannot be read."""
    return SignatureVerdict(
        kind=kind,
        field=field,
        intact=False,
        covers_whole_file=False,
        changes=Changes.FORBIDDEN,
        trusted=False,
        signer=UNREADABLE,
        authority=UNREADABLE,
        signed_at=None,
        timestamp=None,
        timestamp_trusted=False,
        period=None,
        valid_at_signing=False,
        revocation=Revocation.UNKNOWN,
        algorithm=UNREADABLE,
        strong=False,
        level=UNREADABLE,
        problems=(problem,),
    )
