"""Make illustrative answers for the sample workspace's survey, as Google Forms exports them.

Run from the root of the repository: `python scripts/sample_answers.py`. The file goes into the private folder, where
real answers belong; `cchc import survey private/2022/phieu-minh-hoa.csv` gives the results that ship. Nobody was asked:
the answers are drawn so that they give the illustrative points.
"""

from __future__ import annotations

import csv
import io
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.output import write_file
from pipeline.workspace.load import years

LEVELS = ("Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng")
CITIZENS, BUSINESSES, DELEGATES = "Người dân", "Tổ chức, doanh nghiệp", "Đại biểu HĐND, Mặt trận Tổ quốc, đoàn thể"
PEOPLE = ((CITIZENS, 80), (BUSINESSES, 15), (DELEGATES, 25))
GROUP = "Ông/Bà trả lời với tư cách"
QUESTIONS = (
    ("Mức độ hài lòng [Tiếp cận dịch vụ hành chính công]", 399, 95),
    ("Mức độ hài lòng [Thủ tục hành chính]", 389, 95),
    ("Mức độ hài lòng [Sự phục vụ của công chức]", 385, 95),
    ("Mức độ hài lòng [Kết quả giải quyết thủ tục hành chính]", 418, 95),
    ("Đánh giá tác động của cải cách hành chính", 105, 25),
    ("Mức độ hài lòng về tiếp nhận, xử lý góp ý, phản ánh, kiến nghị", 388, 95),
)
"""Heading, the sum of the answers' values from 1 to 5, and how many answer; the fifth is for delegates only."""
FOR_DELEGATES = 4


def answers(total: int, people: int, rng: random.Random) -> list[str]:
    """So many answers whose values have this sum, spread as opinions are, in an order that tells nothing."""
    values = [total // people + (at < total % people) for at in range(people)]
    for _ in range(2 * people):
        up, down = rng.randrange(people), rng.randrange(people)
        if up != down and values[up] < len(LEVELS) and values[down] > 1:
            values[up] += 1
            values[down] -= 1
    rng.shuffle(values)
    return [LEVELS[value - 1] for value in values]


def rows() -> Iterator[Sequence[str]]:
    """The heading row, then a row a respondent."""
    rng = random.Random(11)
    yield ("Dấu thời gian", GROUP, *(heading for heading, _, _ in QUESTIONS), "Góp ý thêm")
    columns = [iter(answers(total, people, rng)) for _, total, people in QUESTIONS]
    number = 0
    for group, count in PEOPLE:
        for _ in range(count):
            number += 1
            asked = [(at == FOR_DELEGATES) == (group == DELEGATES) for at in range(len(QUESTIONS))]
            given = [next(column) if is_asked else "" for column, is_asked in zip(columns, asked, strict=True)]
            yield (f"{number % 28 + 1:02d}/11/2022 {8 + number % 9:02d}:{number % 60:02d}:00", group, *given, "")


def as_csv() -> bytes:
    """The file's content."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows())
    return text.getvalue().encode("utf-8")


def main() -> None:
    """Write the file below the current folder."""
    path = Path.cwd() / "private" / str(years(Path.cwd())[0]) / "phieu-minh-hoa.csv"
    write_file(path, as_csv())
    sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
