"""The table as CSV for Excel: one line a row, headings in Vietnamese.

Fields are parted by semicolons, because numbers carry a decimal comma and an Excel with such numbers expects it; the
file begins with a byte order mark, without which Excel does not take it for UTF-8. Otherwise it follows RFC 4180.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from pipeline import wording
from pipeline.dossier import Dossier
from pipeline.spreadsheet.appraisal import TurnData
from pipeline.spreadsheet.data import STATES, CitationData, LeafData, RowData, data_of

DELIMITER = ";"

_RISKY = re.compile(r"^\s*[=+\-@＝＋－＠\t\r\n]")
"""What makes a cell compute; some spreadsheets take the wide signs of East Asian typing for the narrow ones."""
_NUMBER = re.compile(r"-?\d+(,\d+)?")
_LIST = "; "


class CsvColumn(NamedTuple):
    """One column: its heading, its type in a Table Schema, what it holds and where that comes from."""

    heading: str
    kind: str
    description: str
    value: Callable[[RowData], str] | None = None
    """None: it says the same on every line."""
    appraised: bool = False
    """Only there in a year that was appraised."""


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}".replace(".", ",")


def _of_leaf(read: Callable[[LeafData], str]) -> Callable[[RowData], str]:
    return lambda row: read(row.leaf) if row.leaf else ""


def _turn(turn: TurnData) -> str:
    points = "" if turn.points is None else f" {_number(turn.points)} điểm"
    wanted = " (đề nghị giải trình)" if turn.explanation_wanted else ""
    return f"{wording.day(turn.day)} {turn.office or 'đơn vị'}:{points} {turn.text}".rstrip() + wanted


def _cited(citation: CitationData) -> str:
    parts = [citation.document]
    parts += [f"mục {citation.section}"] if citation.section else []
    parts += [f"trang {citation.page}"] if citation.page else []
    return ", ".join(parts)


COLUMNS = (
    CsvColumn("Mã", "string", "Mã lĩnh vực hoặc tiêu chí; 1.10 khác 1.1", lambda row: row.code),
    CsvColumn(
        "Cấp", "integer", "0 là lĩnh vực, 1 là tiêu chí, từ 2 là tiêu chí thành phần", lambda row: str(row.level)
    ),
    CsvColumn("Nội dung", "string", "Tên lĩnh vực hoặc tiêu chí", lambda row: row.title),
    CsvColumn("Điểm tối đa", "number", "Điểm tối đa theo bộ tiêu chí", lambda row: _number(row.set_maximum)),
    CsvColumn(
        "Tối đa được tính", "number", "Điểm tối đa sau khi bỏ phần không áp dụng", lambda row: _number(row.maximum)
    ),
    CsvColumn("Điểm", "number", "Điểm được tính; trống là chưa chấm, không phải 0", lambda row: _number(row.points)),
    CsvColumn("Tỷ lệ %", "number", "Điểm chia cho tối đa được tính, 0–100", lambda row: _number(row.percent)),
    CsvColumn("Trạng thái", "string", "Đã chấm hay chưa, vì sao", _of_leaf(lambda leaf: STATES[leaf.state])),
    CsvColumn(
        "Số liệu",
        "string",
        "Tên gọi và giá trị, cách nhau bằng dấu chấm phẩy",
        _of_leaf(lambda leaf: _LIST.join(f"{figure.label}: {figure.shown}" for figure in leaf.figures)),
    ),
    CsvColumn("Cách chấm", "string", "Quy tắc của bộ tiêu chí", _of_leaf(lambda leaf: leaf.rule)),
    CsvColumn("Cách ra điểm", "string", "Điểm này từ đâu ra", _of_leaf(lambda leaf: leaf.derivation)),
    CsvColumn("Điểm theo cách chấm", "number", "Điểm mà quy tắc cho", _of_leaf(lambda leaf: _number(leaf.rule_points))),
    CsvColumn("Điểm tự chấm", "number", "Điểm do cán bộ ghi, nếu có", _of_leaf(lambda leaf: _number(leaf.self_points))),
    CsvColumn(
        "Tài liệu kiểm chứng",
        "string",
        "Mã tài liệu, mục, trang, cách nhau bằng dấu chấm phẩy",
        _of_leaf(lambda leaf: _LIST.join(_cited(each) for each in leaf.evidence)),
    ),
    CsvColumn("Giải trình", "string", "Lời giải trình", _of_leaf(lambda leaf: leaf.explanation or "")),
    CsvColumn("Không áp dụng", "string", "Lý do không áp dụng", _of_leaf(lambda leaf: leaf.not_applicable or "")),
    CsvColumn(
        "Bộ phận chủ trì", "string", "Cách nhau bằng dấu chấm phẩy", _of_leaf(lambda leaf: _LIST.join(leaf.leads))
    ),
    CsvColumn(
        "Điểm thẩm định",
        "number",
        "Chỉ có khi năm đã được thẩm định: điểm sau vòng gần nhất, chưa thẩm định thì là điểm tự chấm",
        lambda row: _number((row.columns or {}).get("ket_qua")),
        appraised=True,
    ),
    CsvColumn(
        "Chênh lệch",
        "number",
        "Chỉ có khi năm đã được thẩm định: điểm thẩm định trừ điểm tự chấm",
        _of_leaf(lambda leaf: _number(leaf.appraisal.difference) if leaf.appraisal else ""),
        appraised=True,
    ),
    CsvColumn(
        "Lý do chênh lệch",
        "string",
        "Chỉ có khi năm đã được thẩm định: lý do của cơ quan thẩm định",
        _of_leaf(lambda leaf: (leaf.appraisal and leaf.appraisal.reason) or ""),
        appraised=True,
    ),
    CsvColumn(
        "Trao đổi",
        "string",
        "Chỉ có khi năm đã được thẩm định: ý kiến và giải trình kèm ngày, cách nhau bằng dấu chấm phẩy",
        _of_leaf(lambda leaf: _LIST.join(map(_turn, leaf.appraisal.dialogue)) if leaf.appraisal else ""),
        appraised=True,
    ),
    CsvColumn("Minh họa", "boolean", "có: số liệu minh họa, không dùng làm căn cứ"),
)


def as_csv(dossier: Dossier) -> str:
    """The table as CSV text, without the byte order mark."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=DELIMITER, lineterminator="\r\n")
    columns = [column for column in COLUMNS if dossier.appraised or not column.appraised]
    writer.writerow(column.heading for column in columns)
    told = data_of(dossier)
    mark = "có" if told.illustrative else "không"
    for row in told.rows:
        writer.writerow(harmless(column.value(row)) if column.value else mark for column in columns)
    return stream.getvalue()


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before what looks like one; numbers stay numbers."""
    return f"'{text}" if _RISKY.match(text) and not _NUMBER.fullmatch(text) else text


def schema() -> str:
    """The columns as a Table Schema (Frictionless Data), with the dialect of the file."""
    fields = [
        {"name": column.heading, "type": column.kind, "description": column.description}
        | ({"decimalChar": ","} if column.kind == "number" else {})
        | ({"trueValues": ["có"], "falseValues": ["không"]} if column.kind == "boolean" else {})
        for column in COLUMNS
    ]
    told = {
        "dialect": {"delimiter": DELIMITER, "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "encoding": "utf-8-sig",
        "schema": {"fields": fields, "fieldsMatch": ["superset"], "missingValues": [""], "primaryKey": ["Mã"]},
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
