"""A workspace with a mapping, and files of answers in the shapes that survey programs export."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.dossier import Progress, examine
from pipeline.model.survey import SurveyDetail
from pipeline.survey import Given, Proposal, propose
from pipeline.workspace.source import write_sources

Lay = Callable[..., Path]
Rows = Sequence[Sequence[Any]]
YEAR = 2024
TODAY = date(2025, 1, 15)

LIKERT = ("Rất hài lòng", "Hài lòng", "Bình thường", "Không hài lòng", "Rất không hài lòng")
SCALE: dict[str, Any] = {
    "muc": [
        {
            "ten": title,
            "gia_tri": str(5 - at),
            "ghi": [f"A{at + 1}", f"muc_{5 - at}"],
            "hai_long": "có" if at < 2 else "không",
        }
        for at, title in enumerate(LIKERT)
    ],
    "bo_qua": ["Không biết", "Không có ý kiến"],
}
MANNER, RESULT, GROUP = "Thái độ phục vụ của công chức", "Kết quả giải quyết", "Ông/Bà là"


def csv_of(
    rows: Rows, *, delimiter: str = ",", encoding: str = "utf-8", ends: str = "\r\n", quote: bool = False
) -> bytes:
    """A table as CSV."""
    text = io.StringIO()
    quoting = csv.QUOTE_ALL if quote else csv.QUOTE_MINIMAL
    csv.writer(text, delimiter=delimiter, lineterminator=ends, quoting=quoting).writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_of(*sheets: Rows, titles: Sequence[str] = ()) -> bytes:
    """Tables as the sheets of a workbook; values are stored as they are."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for at, rows in enumerate(sheets):
        sheet = book.create_sheet(titles[at] if titles else f"Trang {at + 1}")
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def google(*answers: tuple[str, str], group: Sequence[str] = ()) -> list[list[str]]:
    """Answers to both questions as Google Forms tells them."""
    head = ["Dấu thời gian", *([GROUP] if group else []), MANNER, RESULT, "Ý kiến khác"]
    rows = [
        [f"02/11/2024 08:{at:02d}:00", *([group[at]] if group else []), *pair, ""] for at, pair in enumerate(answers)
    ]
    return [head, *rows]


class Poll:
    """A workspace, its mapping, and files beside it."""

    csv = staticmethod(csv_of)
    xlsx = staticmethod(xlsx_of)
    form = staticmethod(google)

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: list[Path] = []
        self.declare({"3.1": self.criterion(MANNER), "3.2": self.criterion(RESULT)})

    @staticmethod
    def criterion(*questions: Any, by: str = "trung_binh", **more: Any) -> dict[str, Any]:
        """How a criterion is mapped; `cach_tinh` takes more keys of the formula."""
        formula = {"theo": by, **more.pop("cach_tinh", {})}
        return {"thang": "hai-long", "cau_hoi": list(questions), "cach_tinh": formula, **more}

    def declare(self, criteria: Mapping[str, Any], **more: Any) -> None:
        """Write the mapping."""
        told = {"nam": "2024", "minh_hoa": "có", "thang": {"hai-long": SCALE}, "tieu_chi": dict(criteria), **more}
        text = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, default_style='"')
        self.mapping.write_text(text, "utf-8")

    @property
    def mapping(self) -> Path:
        return self.root / "scores" / str(YEAR) / "survey-mapping.yml"

    @property
    def results(self) -> Path:
        return self.root / "scores" / str(YEAR) / "survey.yml"

    def file(self, content: bytes, name: str = "") -> Path:
        """One more file of answers, in the private folder."""
        path = self.root / "private" / (name or f"phieu-{len(self.files) + 1}.csv")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        self.files.append(path)
        return path

    def progress(self) -> Progress:
        return examine(self.root, YEAR, TODAY)

    def propose(self, *contents: bytes, groups: Iterable[str] = ()) -> Proposal:
        """What these files would give."""
        files = [self.file(content) for content in contents]
        names = [*groups, *[""] * len(files)][: len(files)]
        return propose(self.progress(), [Given(file, group) for file, group in zip(files, names, strict=True)])

    def details(self, *contents: bytes, groups: Iterable[str] = ()) -> Mapping[str, SurveyDetail]:
        """What these files give, where nothing stands in the way."""
        proposal = self.propose(*contents, groups=groups)
        assert not proposal.refused, proposal.findings
        return proposal.details

    def codes(self, *contents: bytes, groups: Iterable[str] = ()) -> list[str]:
        """The codes of what is found in these files."""
        return [finding.code for finding in self.propose(*contents, groups=groups).findings]

    def keep(self, *contents: bytes, groups: Iterable[str] = ()) -> Proposal:
        """Import these files."""
        proposal = self.propose(*contents, groups=groups)
        assert not proposal.refused, proposal.findings
        write_sources(self.root, [proposal.source])
        return proposal


@pytest.fixture
def poll(lay: Lay) -> Poll:
    """The sound workspace with a mapping of its two surveyed criteria."""
    return Poll(lay())


@pytest.fixture(scope="session")
def likert() -> tuple[str, ...]:
    """The labels of the scale, best first."""
    return LIKERT
