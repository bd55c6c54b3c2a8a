"""The register of documents that prove points, and who may see what of them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from pipeline import wording
from pipeline.fields import Code, Count, Date, Declared, FileName, Text, YesNo


class EvidenceClass(StrEnum):
    """What may leave the commune."""

    PUBLIC = "cong_khai"
    """Reference and scan."""
    REFERENCE = "chi_dan"
    """Number, symbol, date, issuer and abstract; no file."""
    INTERNAL = "noi_bo"
    """Number, symbol, date and issuer; not even the abstract."""
    SECRET = "mat"  # noqa: S105 -- the class of a document, no password
    """Refused: it has no place here at all."""


class Document(Declared):
    """One document. What the checks demand may be absent here, so that all that is missing is told at once."""

    serial: Text | None = Field(None, alias="so", description="Số văn bản")
    symbol: Text | None = Field(None, alias="ky_hieu", description="Ký hiệu")
    issued: Date | None = Field(None, alias="ngay", description="Ngày ban hành")
    issuer: Text | None = Field(None, alias="co_quan", description="Cơ quan ban hành")
    abstract: Text | None = Field(None, alias="trich_yeu", description="Trích yếu")
    evidence_class: EvidenceClass = Field(
        EvidenceClass.REFERENCE, alias="phan_loai", description="Công khai bản chụp, chỉ dẫn chiếu, hay nội bộ"
    )
    scan: FileName | None = Field(None, alias="ban_chup", description="Tên tệp bản chụp trong scans/")
    """The file's name below `scans/`."""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        None, description="Mã băm của bản chụp; chương trình tự điền"
    )
    pages: Count | None = Field(None, alias="so_trang", description="Số trang của bản chụp; chương trình tự điền")
    """Pages of the scan, counted when `sha256` was taken."""
    valid_because: Text | None = Field(
        None, alias="con_hieu_luc", description="Vì sao văn bản của năm khác còn hiệu lực"
    )
    """Why a document from another year proves something in this one."""
    link: Annotated[str, Field(pattern=r"^https?://\S+$", max_length=2000)] | None = Field(
        None, alias="lien_ket", description="Liên kết tới văn bản"
    )
    illustrative: YesNo = Field(False, alias="minh_hoa", description="Có: văn bản chỉ để minh họa")
    note: Text | None = Field(None, alias="ghi_chu", description="Ghi chú")

    @property
    def number(self) -> str:
        """Number and symbol: `05/BC-UBND`."""
        return wording.document_symbol(self.serial, self.symbol or "…")

    @property
    def scan_is_public(self) -> bool:
        """Whether an output for the public may carry the scan."""
        return self.scan is not None and self.evidence_class is EvidenceClass.PUBLIC

    @property
    def public_abstract(self) -> str:
        """The abstract, or what stands in its place when it stays inside."""
        if self.evidence_class is EvidenceClass.INTERNAL:
            return "Tài liệu nội bộ, không công bố trích yếu"
        return self.abstract or ""


class Register(Declared):
    """All documents of a year, by id."""

    year: Count = Field(alias="nam", description="Năm đánh giá")
    documents: dict[Code, Document] = Field(default_factory=dict, alias="tai_lieu", description="Các văn bản theo mã")
