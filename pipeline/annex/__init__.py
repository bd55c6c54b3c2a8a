"""The annex of a decision as a criteria set, and back: DOCX or XLSX in, the set's YAML with every doubt out.

Nothing here opens a workspace: bytes come in, text or bytes and findings go out.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.annex.archive import LARGEST, inspect, kind_of
from pipeline.annex.cells import AnnexError, Doubts, refuse
from pipeline.annex.compose import Told, compose
from pipeline.annex.outline import read_outline
from pipeline.annex.print_document import print_document
from pipeline.annex.print_workbook import print_workbook
from pipeline.annex.yaml_text import to_yaml
from pipeline.model.finding import Finding

__all__ = ["LARGEST", "Imported", "Told", "print_document", "print_workbook", "read_annex"]


@dataclass(frozen=True)
class Imported:
    """What an annex gave."""

    code: str
    """The set's id; empty when there is no set."""
    text: str
    """The set's YAML; empty when there is none to be had."""
    findings: tuple[Finding, ...]


def read_annex(name: str, content: bytes, told: Told | None = None) -> Imported:
    """The criteria set in a file of that name; never raises for what the file holds."""
    from pipeline.annex.document import read_document
    from pipeline.annex.workbook import read_workbook

    doubts = Doubts(name)
    try:
        read = read_document if kind_of(name) == ".docx" else read_workbook
        with inspect(name, content) as archive:
            outline = read_outline(read(name, archive), doubts)
        if not outline.areas:
            mend = (
                "bảng cần dòng tiêu đề cột, ví dụ: STT, Tiêu chí, Điểm tối đa, Cách chấm; mỗi tiêu chí một dòng có mã"
            )
            raise refuse(name, "N804", "không tìm thấy bảng tiêu chí trong tệp", mend)
    except AnnexError as error:
        return Imported("", "", (*doubts.findings, error.finding))
    criteria = compose(outline, told or Told(), doubts)
    return Imported(str(criteria["ma"]), to_yaml(criteria), tuple(sorted(set(doubts.findings))))
