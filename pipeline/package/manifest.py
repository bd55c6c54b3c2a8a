"""The manifest: what belongs to a dossier, file by file, and what stays out of it.

There are two of one form. The one that `cchc report` attaches to the report's PDF covers what the report speaks of:
inputs, criteria set, register and scans. It cannot cover the report, since it is part of it. The one beside the files
of a package covers all of them, the report included, and is signed itself. Where both speak of a file, they must agree.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, FailFast, Field, StringConstraints

from pipeline import __version__
from pipeline.fields import Sha256
from pipeline.model.evidence import EvidenceClass
from pipeline.package.json_guard import read_json

ATTACHED = "manifest-bao-cao.json"
"""What the manifest is called inside the report's PDF."""

PROGRAM = f"cchc {__version__}"
"""What this program calls itself in a manifest."""

LARGEST = 4_000_000
"""Bytes; four thousand files need a quarter of it."""

Path = Annotated[str, StringConstraints(min_length=1, max_length=240)]
Short = Annotated[str, StringConstraints(max_length=4000)]
Amount = Annotated[Decimal, Field(max_digits=18, decimal_places=6)]
"""Points; written as 1E+999999999 they would keep a program busy for hours."""


class Role(StrEnum):
    """What a file is for."""

    REPORT = "bao_cao"
    REPORT_WORD = "bao_cao_word"
    TABLE = "bang_diem"
    SCORES = "diem_may_doc"
    BINDER = "quyen_kiem_chung"
    SCAN = "ban_chup"
    INPUT = "du_lieu"
    CRITERIA_SET = "bo_tieu_chi"
    REGISTER = "so_kiem_chung"
    GUIDE = "huong_dan"
    CHECKSUMS = "ma_bam"


SOURCES = (Role.INPUT, Role.CRITERIA_SET, Role.REGISTER)
"""The files that scores follow from."""


class Covers(StrEnum):
    """What a manifest speaks of."""

    REPORT = "bao_cao"
    PACKAGE = "goi_ho_so"


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class FileEntry(_Told):
    """One file that belongs to the dossier."""

    path: Path = Field(description="Đường dẫn trong gói, các phần cách nhau bằng “/”.")
    size: int = Field(ge=0, description="Kích thước, byte.")
    sha256: Sha256
    role: Role = Field(description="Tệp dùng làm gì.")
    evidence_class: EvidenceClass = Field(description="Mức công bố: cong_khai, chi_dan hoặc noi_bo.")
    document: Short | None = Field(None, description="Mã tài liệu trong sổ kiểm chứng, nếu là bản chụp.")


class LeftOut(_Told):
    """A document that the dossier rests on and whose scan is not handed on."""

    document: Short = Field(description="Mã tài liệu trong sổ kiểm chứng.")
    number: Short = Field(description="Số, ký hiệu.")
    issued: date | None = Field(None, description="Ngày ban hành.")
    evidence_class: EvidenceClass = Field(description="Mức công bố.")
    has_scan: bool = Field(description="Đơn vị lập hồ sơ có giữ bản chụp hay không.")
    size: int | None = Field(None, ge=0, description="Kích thước bản chụp, byte.")
    sha256: Sha256 | None = Field(None, description="Mã băm của bản chụp, để đối chiếu khi được cung cấp sau.")


class Totals(_Told):
    """The result, so that the manifest can be read by itself."""

    maximum: Amount
    points: Amount
    percent: Amount
    missing: int = Field(ge=0, description="Số tiêu chí thành phần chưa chấm.")
    band: Short = Field(description="Xếp loại.")


class Manifest(_Told):
    """The list of all files of a dossier with size, sha256, role and class."""

    format: Literal["cchc-manifest/1"] = "cchc-manifest/1"
    covers: Covers = Field(description="bao_cao: những gì báo cáo nói tới; goi_ho_so: mọi tệp của gói.")
    program: Short = Field(description="Chương trình đã lập, kèm phiên bản.")
    year: int = Field(ge=1945, le=2199, description="Năm đánh giá.")
    body: Short = Field(description="Đơn vị tự chấm.")
    criteria_set: Short = Field(description="Mã bộ tiêu chí.")
    illustrative: bool = Field(description="Có số liệu chỉ để minh họa hay không.")
    day: date = Field(description="Ngày của hồ sơ.")
    scope: Short = Field(description="Loại bản chụp được gửi kèm: cong_khai, chi_dan hoặc noi_bo.")
    state: Sha256 = Field(
        description="sha256 của các dòng “mã băm, hai dấu cách, đường dẫn” của các tệp đầu vào, như sha256sum in ra."
    )
    total: Totals
    files: Annotated[tuple[FileEntry, ...], FailFast()] = Field(description="Theo thứ tự nằm trong gói.")
    left_out: Annotated[tuple[LeftOut, ...], FailFast()] = Field((), description="Tài liệu không gửi kèm bản chụp.")

    def as_bytes(self) -> bytes:
        """The JSON file; the same manifest gives the same bytes."""
        return (json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n").encode()

    def of_role(self, *roles: Role) -> tuple[FileEntry, ...]:
        """The files that have one of these roles."""
        return tuple(file for file in self.files if file.role in roles)


def read_manifest(content: bytes) -> Manifest:
    """A manifest from its JSON.

    Raises:
        ValueError: it is none.
    """
    Manifest.model_rebuild()
    return Manifest.model_validate(read_json(content))


def schema() -> str:
    """The JSON Schema of a manifest."""
    Manifest.model_rebuild()
    told: dict[str, Any] = Manifest.model_json_schema(mode="serialization")
    told["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def checksums(files: Iterable[FileEntry]) -> str:
    """The files as `sha256sum` prints them and reads them back."""
    return "".join(f"{file.sha256}  {file.path}\n" for file in files)


def state_of(files: Iterable[FileEntry]) -> str:
    """The fingerprint of the inputs: the same when, and only when, their contents and names are."""
    sources = sorted((file for file in files if file.role in SOURCES), key=lambda file: file.path)
    return hashlib.sha256(checksums(sources).encode()).hexdigest()
