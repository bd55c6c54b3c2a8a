"""The page in a package that tells a person what lies where and how to verify it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

from pipeline import wording
from pipeline.decree.phrases import phrases
from pipeline.dossier import Dossier
from pipeline.model.finding import Finding, Place
from pipeline.package.contents import Item, item
from pipeline.package.manifest import Role

TEXT = Path(__file__).with_name("guide.txt")
NAME = "DOC-TRUOC.txt"


def guide(dossier: Dossier, *, signed: bool, report_signed: bool) -> Item:
    """The page for this dossier, which says plainly what is signed and what is not."""
    states = {True: "đã ký số", False: "CHƯA KÝ SỐ"}
    text = TEXT.read_text(encoding="utf-8").format_map(
        {
            "don_vi": dossier.settings.body.full_title,
            "nam": str(dossier.year),
            "ngay": wording.day(dossier.date),
            "bang_ke": states[signed],
            "bao_cao": states[report_signed],
            "minh_hoa": f"\n{phrases()('minh_hoa')}\n" if dossier.illustrative else "",
        }
    )
    return item(NAME, text.replace("\n", "\r\n").encode("utf-8-sig"), Role.GUIDE)


def guide_differences(path: str, content: bytes, dossier: Dossier, numbers_only: bool) -> Iterator[Finding]:
    """That somebody else wrote the page; what it says to be signed is for the signatures themselves to tell."""
    states = product((True, False), repeat=2)
    ours = (guide(dossier, signed=signed, report_signed=report).content for signed, report in states)
    if not numbers_only and content not in ours:
        message = "trang hướng dẫn kiểm tra không giống trang mà chương trình viết"
        yield Finding(Place(path), "Z124", message, "không làm theo tệp này; hỏi nơi gửi vì sao đã sửa")
