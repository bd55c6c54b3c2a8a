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

_PAGE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, date: none)
#set page(paper: "a4", margin: (x: 30mm, y: 22mm), background: rotate(-35deg, text(44pt, fill: luma(222))[BẢN MINH HỌA]))
#set text(font: "TeX Gyre Termes", size: 13pt, lang: "vi")
#set par(justify: true)
#for (index, page) in data.pages.enumerate() {
  if index > 0 { pagebreak() }
  if index == 0 {
    grid(columns: (2fr, 3fr), align: center,
      [#upper(data.issuer) \\ Số: #data.number],
      [*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM* \\ *Độc lập - Tự do - Hạnh phúc* \\ _Ngày #data.day _])
    v(12mm)
    align(center, text(14pt, weight: "bold", data.abstract))
    v(8mm)
  }
  par(page)
  place(bottom + center, text(11pt, [Trang #(index + 1)/#data.pages.len()]))
}
"""

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
    assert fonts is not None and fonts.origin is not None
    return typst.compile(
        _PAGE.encode(),
        font_paths=[str(Path(fonts.origin).parent)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
        timestamp=datetime(2022, 12, 31, tzinfo=UTC),
        format="pdf",
    )


if __name__ == "__main__":
    main()
