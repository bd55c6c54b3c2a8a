"""Make the illustrative scans of the sample workspace: one small PDF for every invented document that names a scan.

Each page says that it is no real document. Run from the root of the repository: `python scripts/sample_scans.py`.
The register's sha256 lines are then filled in by `cchc fmt`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import typst

from pipeline import wording
from pipeline.model.evidence import Document
from pipeline.workspace.load import Workspace, load, scans_path

_TEMPLATE = Path(__file__).with_name("sample_scan.typ")
_NOTICE = (
    "Đây là bản minh họa do chương trình tạo ra để chạy thử, không phải văn bản thật; số, ký hiệu, ngày và nội dung "
    "đều không có giá trị. Khi dùng thật, thay tệp này bằng bản chụp của văn bản đã ban hành."
)


def main() -> None:
    """Write the scans of every year below the current folder."""
    root = Path.cwd()
    for year in (int(folder.name) for folder in (root / "evidence").iterdir() if folder.name.isdecimal()):
        workspace = load(root, year)
        folder = root / scans_path(year)
        folder.mkdir(parents=True, exist_ok=True)
        for name, document, pages in _wanted(workspace):
            (folder / str(document.scan)).write_bytes(_scan(name, document, pages))
            sys.stdout.write(f"{folder / str(document.scan)}\n")


def _wanted(workspace: Workspace) -> Iterator[tuple[str, Document, int]]:
    """Invented documents with a scan, each long enough for the last page that a criterion cites."""
    if workspace.register is None:
        return
    cited: dict[str, int] = {}
    for area in workspace.areas:
        for entry in area.file.head.value.entries.values():
            for citation in entry.evidence:
                page = int(citation.page) if citation.page and citation.page.isdecimal() else 1
                cited[citation.document] = max(page, cited.get(citation.document, 1))
    for name, document in workspace.register.value.documents.items():
        if document.scan and document.illustrative:
            yield name, document, cited.get(name, 1)


def _scan(name: str, document: Document, pages: int) -> bytes:
    data = {
        "title": f"{name} (minh họa)",
        "issuer": document.issuer,
        "number": document.number,
        "day": wording.day(document.issued) if document.issued else "",
        "abstract": document.abstract,
        "pages": [_NOTICE] * pages,
    }
    fonts = find_spec("rinoh_typeface_texgyretermes")
    if fonts is None or fonts.origin is None:
        raise SystemExit("the typeface package is not installed")
    compiler = typst.Compiler(_TEMPLATE, font_paths=[Path(fonts.origin).parent], ignore_system_fonts=True)
    made = compiler.compile(
        format="pdf", sys_inputs={"data": json.dumps(data)}, timestamp=datetime(2022, 12, 31, tzinfo=UTC)
    )
    assert isinstance(made, bytes)
    return made


if __name__ == "__main__":
    main()
