"""Answers in the shapes of three survey programs, in every encoding, give the same results."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

MANNER, RESULT = "Thái độ phục vụ của công chức", "Kết quả giải quyết"
MORNING = datetime.combine(date(2024, 11, 2), time(8))
ANSWERS = [
    ("Rất hài lòng", "Hài lòng"),
    ("Hài lòng", "Hài lòng"),
    ("Hài lòng", "Bình thường"),
    ("Bình thường", "Không biết"),
    ("Rất hài lòng", ""),
    ("Không hài lòng", "Rất hài lòng"),
    ("Rất hài lòng", "Rất không hài lòng"),
    ("Hài lòng", "Rất hài lòng"),
]
"""Means: 33 of 40 and 23 of 30 (two answers to the second question do not count)."""


def told(details: Any) -> list[tuple[str, int, str, str]]:
    """What the answers above give, whatever wrote them."""
    return [(code, each.answers, str(each.points), str(each.percent)) for code, each in details.items()]


EXPECTED = [("3.1", 8, "1.60", "80.00"), ("3.2", 6, "1.47", "73.33")]


def test_the_expected_results_are_worked_out_by_hand() -> None:
    """5+4+4+3+5+2+5+4 = 32 of 40; 4+4+3+5+1+5 = 22 of 30."""
    values = {"Rất hài lòng": 5, "Hài lòng": 4, "Bình thường": 3, "Không hài lòng": 2, "Rất không hài lòng": 1}
    first = [values[answer] for answer, _ in ANSWERS if answer in values]
    second = [values[answer] for _, answer in ANSWERS if answer in values]

    assert (sum(first), len(first), sum(second), len(second)) == (32, 8, 22, 6)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ends", ["\r\n", "\n"])
def test_google_forms_as_csv(poll: Any, encoding: str, delimiter: str, ends: str) -> None:
    """UTF-8 with and without its mark, UTF-16 with and without, comma, semicolon, tab."""
    content = poll.csv(poll.form(*ANSWERS), encoding=encoding, delimiter=delimiter, ends=ends)

    assert told(poll.details(content)) == EXPECTED


def test_a_hint_for_excel_is_no_row(poll: Any) -> None:
    """`sep=;` in the first line says how the rest is divided."""
    assert told(poll.details(b"sep=;\r\n" + poll.csv(poll.form(*ANSWERS), delimiter=";"))) == EXPECTED


def test_google_forms_as_workbook(poll: Any) -> None:
    """Dates are dates, empty cells are absent, the sheet has its own name."""
    head, *rows = poll.form(*ANSWERS)
    rows = [[MORNING + timedelta(minutes=at), *(cell or None for cell in row[1:])] for at, row in enumerate(rows)]
    proposal = poll.propose(poll.xlsx([head, *rows], titles=["Câu trả lời biểu mẫu 1"]))

    assert told(proposal.details) == EXPECTED
    assert proposal.files[0].exporter == "Google Forms"
    assert proposal.files[0].unused == 1


def test_grid_headings_of_google_forms(poll: Any) -> None:
    """The row of a grid stands in brackets; case, blanks and the Unicode form do not matter."""
    poll.declare({"3.1": poll.criterion("Đánh giá [Thái độ]"), "3.2": poll.criterion("Đánh giá [Kết quả]")})
    head = ["Timestamp", "Địa chỉ email", "ĐÁNH GIÁ  [Thái độ]", "Đánh giá [Kết quả]: *"]
    rows = [["2024/11/02 8:00:00 AM GMT+7", "an@vidu.vn", *pair] for pair in ANSWERS]

    assert told(poll.details(poll.csv([head, *rows]))) == EXPECTED


GRID = f"Bảng [{RESULT}]"
LIME_CODES = ["id", "submitdate", "lastpage", "startlanguage", "seed", "G01Q01", "G01Q02[SQ001]", "G02Q09"]
LIME_TEXTS = [
    "Response ID",
    "Date submitted",
    "Last page",
    "Start language",
    "Seed",
    MANNER,
    f"Bảng [{RESULT}]",
    "Góp ý",
]
CODE = {"Rất hài lòng": "A1", "Hài lòng": "A2", "Bình thường": "A3", "Không hài lòng": "A4", "Rất không hài lòng": "A5"}


def limesurvey(head: list[str], *, codes: bool = True) -> list[list[str]]:
    """The answers with three rows that must not count: two unfinished ones and an older version of the first."""
    rows = []
    for at, pair in enumerate(ANSWERS, start=1):
        cells = [CODE.get(answer, "N/A" if codes else answer) if codes else answer for answer in pair]
        rows.append([str(at), f"2024-11-02 08:{at:02d}:00", "3", "vi", "77", *cells, ""])
    rows.insert(3, ["90", "", "1", "vi", "78", "A5", "A5", ""])
    rows.insert(5, ["91", "N/A", "2", "vi", "79", "A5", "", ""])
    rows.append(["1", "2024-11-01 07:00:00", "3", "vi", "77", "A5", "A5", ""])
    return [head, *rows]


@pytest.mark.parametrize(
    ("head", "questions"),
    [
        (LIME_CODES, ("G01Q01", "G01Q02[SQ001]")),
        (LIME_TEXTS, (MANNER, GRID)),
        (
            [f"{code}. {text}" for code, text in zip(LIME_CODES, LIME_TEXTS, strict=True)],
            ("G01Q01", GRID),
        ),
    ],
    ids=["codes", "texts", "codes and texts"],
)
def test_limesurvey(poll: Any, head: list[str], questions: tuple[str, str]) -> None:
    """Codes or full texts, answer codes, N/A; unfinished and doubled rows are left out and counted."""
    poll.declare({"3.1": poll.criterion(questions[0]), "3.2": poll.criterion(questions[1])})
    proposal = poll.propose(poll.csv(limesurvey(head), quote=True))
    file = proposal.files[0]

    assert told(proposal.details) == EXPECTED
    assert (file.exporter, file.rows, file.counted, file.unfinished, file.doubled) == ("LimeSurvey", 11, 8, 2, 1)
    assert "bỏ ra 2 phiếu chưa nộp, 1 phiếu trùng mã" in proposal.findings[0].message
    assert proposal.findings[0].code == "K109"
    assert told(poll.details(poll.xlsx(limesurvey(head)))) == EXPECTED


KOBO_HEAD = [
    "start",
    "end",
    "danh_gia/thai_do",
    "danh_gia/ket_qua",
    "gop_y",
    "_id",
    "_uuid",
    "_submission_time",
    "_index",
]
XML = {title: f"muc_{5 - at}" for at, title in enumerate(CODE)}


def kobo(*, labels: bool) -> list[list[Any]]:
    """The answers with one submission sent twice."""
    head = ["start", "end", f"Đánh giá/{MANNER}", f"Đánh giá/{RESULT}", *KOBO_HEAD[4:]] if labels else KOBO_HEAD
    rows = []
    for at, pair in enumerate(ANSWERS, start=1):
        cells = list(pair) if labels else [XML.get(answer, "") for answer in pair]
        rows.append(["", "", *cells, "", str(400 + at), f"u-{at}", f"2024-11-02T08:{at:02d}:00", str(at)])
    return [head, *rows, rows[2]]


@pytest.mark.parametrize("labels", [True, False])
@pytest.mark.parametrize("path", [True, False])
def test_kobotoolbox(poll: Any, labels: bool, path: bool) -> None:
    """Semicolons and quotes, paths of groups or the bare question, labels or XML values."""
    names = (MANNER, RESULT) if labels else ("thai_do", "ket_qua")
    groups = ("Đánh giá/" if labels else "danh_gia/") if path else ""
    poll.declare({"3.1": poll.criterion(groups + names[0]), "3.2": poll.criterion(groups + names[1])})
    proposal = poll.propose(poll.csv(kobo(labels=labels), delimiter=";", quote=True))

    assert told(proposal.details) == EXPECTED
    assert (proposal.files[0].exporter, proposal.files[0].doubled) == ("KoboToolbox", 1)


def test_kobotoolbox_with_repeated_groups(poll: Any) -> None:
    """The sheet of the submissions counts, wherever it stands; sheets of repeated groups do not."""
    poll.declare({"3.1": poll.criterion("thai_do"), "3.2": poll.criterion("ket_qua")})
    repeated = [["thai_do", "_id", "_uuid", "_submission_time", "_parent_index"], ["muc_1", "1", "u", "2024", "1"]]

    assert told(poll.details(poll.xlsx(repeated, kobo(labels=False)))) == EXPECTED


def test_any_other_table(poll: Any) -> None:
    """A table typed by hand is a heading row and a row a respondent, too."""
    rows = [["STT", MANNER, RESULT], *[[str(at), *pair] for at, pair in enumerate(ANSWERS)]]
    proposal = poll.propose(poll.csv([[], *rows]))

    assert told(proposal.details) == EXPECTED
    assert proposal.files[0].exporter == "bảng thường"


def test_numbers_of_a_linear_scale(poll: Any) -> None:
    """A spreadsheet stores 4 as a number; whole numbers of the scale are its levels, others are not."""
    scale = {"so": {"tu": "1", "den": "5", "hai_long_tu": "4"}}
    poll.declare({"3.1": poll.criterion("Điểm") | {"thang": "so"}}, thang={"so": scale})
    values = [5, 4, 4.0, "3", "5.0", 2, "5,0", 4]
    rows = [["Timestamp", "Điểm"], *[["x", value] for value in values]]

    assert told(poll.details(poll.xlsx(rows))) == EXPECTED[:1]
    assert "K107" in poll.codes(poll.xlsx([*rows, ["x", 4.5]]))


def test_several_files_are_one_survey(poll: Any) -> None:
    """Respondents of all files are put together."""
    assert told(poll.details(poll.csv(poll.form(*ANSWERS[:3])), poll.xlsx(poll.form(*ANSWERS[3:])))) == EXPECTED


def test_the_file_name_does_not_matter(poll: Any) -> None:
    """What a file is shows in its content; officers rename files."""
    assert told(poll.details(poll.xlsx(poll.form(*ANSWERS)))) == EXPECTED
    assert poll.files[0].suffix == ".csv"
