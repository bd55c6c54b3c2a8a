"""Scoring texts as decisions word them, and the rules that they mean."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter

from pipeline.annex.clauses import clauses
from pipeline.annex.exemption import exemption
from pipeline.annex.forms import read_scoring
from pipeline.annex.ranges import Range, read_range
from pipeline.annex.reading import Asked, Reading
from pipeline.rules import AnyRule

D = Decimal


def read(text: str, maximum: str = "1", title: str = "Mức độ hoàn thành kế hoạch") -> Reading | None:
    """What is understood of a text."""
    return read_scoring(Asked(text, D(maximum.replace(",", ".")), title))


PERCENT = [{"tu": "100", "diem": "1"}, {"tu": "80", "duoi": "100", "diem": "0,5"}, {"duoi": "80", "diem": "0"}]
COUNT = [{"tu": "10", "diem": "1"}, {"tu": "5", "den": "9", "diem": "0,5"}, {"duoi": "5", "diem": "0"}]
LATE = [{"den": "0", "diem": "1"}, {"tu": "1", "den": "15", "diem": "0,5"}, {"tren": "15", "diem": "0"}]

UNDERSTOOD: list[tuple[str, str, dict[str, Any]]] = [
    ("Hoàn thành 100% kế hoạch: 1; từ 80% đến dưới 100%: 0,5; dưới 80%: 0", "1", {"loai": "bac_ty_le", "bac": PERCENT}),
    ("- Hoàn thành 100%: 1 điểm\n- Từ 80 đến dưới 100%: 0.5 điểm\n- Dưới 80%: 0 điểm", "1", {"bac": PERCENT}),
    ("Đạt 100% được 1 điểm. Từ 80% - <100% được 0,5 điểm. Còn lại: 0 điểm", "1", {"bac": PERCENT}),
    ("100% = 1; 80% ≤ tỷ lệ < 100% = 0,5; < 80% = 0", "1", {"bac": PERCENT}),
    ("1 điểm: 100%; 0,5 điểm: dưới 100% đến 80%; 0 điểm: dưới 80%", "1", {"bac": PERCENT}),
    ("100% kế hoạch (1 điểm); từ 80% đến dưới 100% (0,5 điểm); dưới 80% (0 điểm)", "1", {"bac": PERCENT}),
    ("Từ 10 tin, bài trở lên: 1; từ 5 đến 9 tin, bài: 0,5; dưới 5 tin, bài: 0", "1", {"bac": COUNT}),
    ("≥ 10 cuộc: 1; 5 - 9 cuộc: 0,5; còn lại: 0", "1", {"loai": "bac_so_luong", "bac": COUNT}),
    (
        "Đúng hạn 31/01: 1; chậm từ 1 đến 15 ngày: 0,5; chậm trên 15 ngày: 0",
        "1",
        {"loai": "bac_ngay_tre", "han": "31/01", "bac": LATE},
    ),
    ("Không chậm hơn 31/01: 1; chậm không quá 15 ngày: 0,5; chậm quá 15 ngày: 0", "1", {"han": "31/01", "bac": None}),
    ("Có: 1; không: 0", "1", {"loai": "co_khong"}),
    ("Có: 1, không: 0", "1", {"loai": "co_khong"}),
    ("Ban hành kịp thời: 1 điểm. Không ban hành kịp thời: 0,25 điểm", "1", {"co": "1", "khong": "0,25"}),
    ("Mỗi sáng kiến 0,5 điểm, tối đa 2", "2", {"loai": "moi_don_vi", "diem": "0,5"}),
    ("Mỗi sáng kiến được công nhận được cộng 0,5 điểm, nhưng không vượt quá 2 điểm", "2", {"diem": "0,5"}),
    ("Trừ 0,25 điểm mỗi báo cáo gửi chậm", "1", {"loai": "tru_diem", "tru": "0,25"}),
    ("Gửi đủ, đúng hạn: 1; mỗi báo cáo chậm bị trừ 0,25 điểm", "1", {"loai": "tru_diem", "tru": "0,25"}),
    ("Theo tỷ lệ: (tỷ lệ % x điểm tối đa)/100%", "2", {"loai": "ty_le"}),
    ("(Số hồ sơ đúng hạn / Tổng số hồ sơ) x 2", "2", {"tu_so": "so_ho_so_dung_han", "mau_so": "tong_so_ho_so"}),
    ("Hoàn thành 100% kế hoạch: 1; không hoàn thành: 0", "1", {"loai": "bac_ty_le"}),
    ("Dưới 60%: 0; từ 60% trở lên: (tỷ lệ % × 2)/100%", "2", {"loai": "ty_le", "san": "60"}),
    (
        "Từ 85% trở lên: 10; từ 60% đến dưới 85%: (tỷ lệ % x 10)/85%; dưới 60%: 0",
        "10",
        {"loai": "ty_le", "muc_tieu": "85", "san": "60"},
    ),
    (
        "Thường xuyên: 1; thỉnh thoảng: 0,5; không thực hiện: 0",
        "1",
        {"muc": {
            "thuong_xuyen": {"ten": "Thường xuyên", "diem": "1"},
            "thinh_thoang": {"ten": "Thỉnh thoảng", "diem": "0,5"},
            "khong_thuc_hien": {"ten": "Không thực hiện", "diem": "0"},
        }},
    ),
    ("Có kế hoạch: 0,5; có báo cáo: 0,25; có biên bản: 0,25", "1", {"loai": "cong_diem"}),
    ("Điều tra xã hội học", "2", {"loai": "dieu_tra"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "maximum", "expected"), UNDERSTOOD, ids=[text for text, *_ in UNDERSTOOD])
def test_known_forms_are_understood(text: str, maximum: str, expected: dict[str, Any]) -> None:
    """The rule has the shape and the numbers of the text, and the model takes it."""
    reading = read(text, maximum)

    assert reading is not None
    assert {key: reading.rule[key] for key, value in expected.items() if value} == {
        key: value for key, value in expected.items() if value
    }
    assert not list(TypeAdapter(AnyRule).validate_python(reading.rule).faults())


@pytest.mark.parametrize(
    "text",
    [
        "Căn cứ kết quả thực hiện, Hội đồng xem xét cho điểm",
        "(Số hồ sơ đúng hạn / Tổng số hồ sơ) x 3",  # the maximum is 1
        "Có kế hoạch 5 năm: 1; không có: 0",
        "Hội đồng chấm từ 0 đến 1 điểm tùy mức độ",
        "(A + B × 0,5)/C × điểm tối đa",
        "Theo tỷ lệ: (tỷ lệ % x 3)/100%",  # the maximum is 1
        "Từ 80% trở lên: (tỷ lệ % x 1)/90%; dưới 80%: 0",  # target and divisor differ
        "100%: 1; 80%: 0,5",  # neither a range nor a level
        "Mỗi sáng kiến 0,5 điểm, cấp tỉnh nhân đôi",
        "Trừ 0,5 điểm mỗi lần chậm, trừ 1 điểm mỗi lần không báo cáo",
    ],
)
def test_what_no_form_knows_is_not_guessed(text: str) -> None:
    """Text that is not understood to its last word has no reading, or one that says its doubt."""
    reading = read(text)

    assert reading is None or reading.doubts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hoàn thành 100%: 1; từ 80% đến dưới 100%: 0,5", "không nêu mức dưới 80%"),
        ("Thường xuyên: 1; thỉnh thoảng: 0,5", "không mức nào cho 0 điểm"),
        ("Có 2 sáng kiến: 1; 1 sáng kiến: 0,5; không có: 0", "đọc là từ 2 trở lên"),
        ("Ban hành trước ngày 31/01: 1; chậm từ 1 đến 15 ngày: 0,5; chậm trên 15 ngày: 0", "không muộn hơn"),
        ("Chấm điểm theo tỷ lệ", "tỷ lệ × điểm tối đa"),
        ("Mỗi tin 0,1 điểm, tối đa 2", "khác điểm tối đa 1"),
        ("Ban hành kế hoạch: 1", "không đạt được ghi 0"),
        ("Đảm bảo số lượng, nội dung và thời hạn: 1; thiếu một trong các yêu cầu: 0", "tách thành 3 điều kiện"),
        ("Ban hành trước 31/01: 1; trước 28/02: 0,5; sau 28/02: 0", "không rõ là bậc số liệu"),
        ("Đúng hạn: 1; chậm dưới 10 ngày: 0,5; chậm từ 10 ngày: 0", "không rõ là bậc số liệu"),
        ("Ban hành trước 31/01: 1; chậm từ 1 ngày trở lên: 0,5; không ban hành: 0", "không phải số ngày chậm"),
    ],
)
def test_what_is_meant_without_being_said_is_told(text: str, words: str) -> None:
    """A reading that goes beyond the words says how."""
    reading = read(text)

    assert reading is not None
    assert any(words in doubt for doubt in reading.doubts)


def test_two_conditions_about_different_things_are_no_ladder() -> None:
    """Halves of a maximum for two things add up; they are not steps of one percentage."""
    reading = read("100% thủ tục được công khai: 0,5; 100% cán bộ được tập huấn: 0,5")

    assert reading is not None
    assert reading.rule["loai"] == "cong_diem"


def test_figures_are_named_by_their_labels() -> None:
    """The machine name of a figure is the slug of what an officer reads; two figures never share one."""
    reading = read("100%: 1; dưới 100%: 0", title="Tỷ lệ hồ sơ đúng hạn")

    assert reading is not None
    assert reading.rule["tu_so"] == "so_ho_so_dung_han"
    assert reading.labels == {
        "so_ho_so_dung_han": "Số hồ sơ đúng hạn",
        "tong_so_de_tinh_ty_le_ho": "Tổng số để tính tỷ lệ hồ sơ đúng hạn",
    }


@pytest.mark.parametrize(
    ("text", "treatment"),
    [
        ("Trường hợp không phát sinh hồ sơ thì được tính điểm tối đa", "du_diem"),
        ("Không có kiến nghị phải xử lý: đạt điểm tối đa", "du_diem"),
        ("Nếu không phát sinh thì trừ điểm tối đa của tiêu chí khỏi tổng điểm", "giam_toi_da"),
        ("Không phát sinh văn bản: 0", ""),
    ],
)
def test_exemptions(text: str, treatment: str) -> None:
    """What a note says of criteria that do not apply; a clause with points is none."""
    assert exemption(text) == treatment


def test_an_exemption_does_not_hide_the_rule() -> None:
    """The rest of the text is still read."""
    reading = read("100%: 1; dưới 100%: 0. Không phát sinh hồ sơ thì được tính điểm tối đa")

    assert reading is not None
    assert (reading.rule["loai"], reading.not_applicable) == ("bac_ty_le", "du_diem")


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("từ 80% đến dưới 100%", Range(at_least=D(80), below=D(100))),
        ("trên 80% đến 90%", Range(above=D(80), at_most=D(90))),
        ("80% < x ≤ 90%", Range(above=D(80), at_most=D(90))),
        ("dưới 100% đến 80%", Range(at_least=D(80), below=D(100))),
        ("99,5% trở lên", Range(at_least=D("99.5"))),
        ("không quá 5", Range(at_most=D(5))),
        ("chưa đạt 50%", Range(below=D(50))),
        ("5-9", Range(at_least=D(5), at_most=D(9))),
    ],
)
def test_ranges(text: str, bounds: Range) -> None:
    """Each way of naming a bound puts it on the right side, open or closed."""
    assert read_range(text) == bounds


@pytest.mark.parametrize("text", ["trước ngày 31/01", "quý 1", "trên trang thông tin", "từ 90% đến 80%", "1.200 hồ sơ"])
def test_no_range(text: str) -> None:
    """Dates, words and contradictions are no ranges."""
    assert read_range(text) is None


def test_a_percentage_is_no_points() -> None:
    """`đạt 100%` ends in a number that nobody gets."""
    assert clauses("Kết quả: 100%") is None


@pytest.mark.parametrize("unit", ["không phát sinh ", "từ 1 ", "a: 1 ", "mỗi ", "(("])
def test_long_texts_end(unit: str) -> None:
    """A cell full of beginnings of forms is given up at once, not after hours of backtracking."""
    assert read(unit * 20_000) is None
    read((unit * 3_000)[:3_000])
