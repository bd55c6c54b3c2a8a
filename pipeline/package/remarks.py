"""What a reader of a package or a report should know although nothing is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import wording
from pipeline.model.finding import Finding, Place
from pipeline.package.manifest import PROGRAM, Manifest


def remarks(path: str, manifest: Manifest) -> Iterator[Finding]:
    """Illustrative figures, documents without their scan, another version of the program."""
    if manifest.illustrative:
        message = "hồ sơ có số liệu minh họa: không dùng làm căn cứ"
        yield Finding(Place(path), "Z122", message, "xin hồ sơ có số liệu thật trước khi thẩm định")
    kept = [each.document for each in manifest.left_out if each.has_scan]
    if kept:
        message = f"{len(kept)} tài liệu không gửi kèm bản chụp: {wording.some_of(kept)}"
        mend = "khi cần, xin bản chụp rồi so mã băm với bảng kê"
        yield Finding(Place(path), "Z121", message, mend)
    if manifest.program != PROGRAM:
        message = f"hồ sơ lập bằng {manifest.program}, còn chương trình này là {PROGRAM}: chỉ so các con số"
        yield Finding(Place(path), "Z123", message, "muốn so cả lời văn, dùng đúng phiên bản đã lập hồ sơ")
