"""Vietnamese numbers, dates and symbols, both ways."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from pipeline import wording


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0"),
        ("0.5", "0,5"),
        ("1.005", "1,01"),
        ("99.994", "99,99"),
        ("-0.25", "−0,25"),
        ("100", "100"),
        ("-0.001", "0"),
    ],
)
def test_numbers_have_comma_and_no_needless_zeros(value: str, text: str) -> None:
    """Half up, two decimals at most."""
    assert wording.number(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [("0.125", 2, "0.13"), ("-0.125", 2, "-0.13"), ("2.5", 0, "3"), ("0.1249999", 2, "0.12"), ("1/3", 4, "0.3333")],
)
def test_half_goes_up(value: str, places: int, rounded: str) -> None:
    """A half goes away from zero at every place, also for fractions."""
    assert wording.round_half_up(Fraction(value), places) == Decimal(rounded)


def test_points_and_percent() -> None:
    """Points always show two decimals; percentages at most two."""
    assert wording.points(Decimal("0.5")) == "0,50"
    assert wording.percent(Fraction(118, 120)) == f"98,33{wording.NARROW}%"


@pytest.mark.parametrize(("text", "value"), [("0,5", "0.5"), ("0.5", "0.5"), (" 12 ", "12"), ("-1,25", "-1.25")])
def test_decimals_are_read(text: str, value: str) -> None:
    """Comma and point mean the same."""
    assert wording.read_decimal(text) == Decimal(value)


@pytest.mark.parametrize("text", ["29/10/2022", "2022-10-29", "29-10-2022", "29.10.2022"])
def test_dates_are_read(text: str) -> None:
    """Both orders of a date, and the separators that people use."""
    assert wording.read_date(text) == date(2022, 10, 29)


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (wording.read_decimal, "1.200"),
        (wording.read_decimal, "1,5 điểm"),
        (wording.read_decimal, "NaN"),
        (wording.read_decimal, ""),
        (wording.read_count, "-1"),
        (wording.read_count, "1,5"),
        (wording.read_count, "1.200"),
        (wording.read_count, "٣"),
        (wording.read_date, "31/02/2022"),
        (wording.read_date, "10/2022"),
        (wording.read_day_month, "31/02"),
        (wording.read_yes_no, "có lẽ"),
    ],
)
def test_what_cannot_be_meant_is_refused(read: Callable[[str], object], text: str) -> None:
    """An ambiguous or impossible value is never guessed at."""
    with pytest.raises(ValueError, match="“"):
        read(text)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2022, 2, 5), "ngày 05 tháng 02 năm 2022"),
        (date(2022, 12, 15), "ngày 15 tháng 12 năm 2022"),
        (date(2022, 3, 1), "ngày 01 tháng 3 năm 2022"),
    ],
)
def test_dates_in_words_follow_decree_30(day: date, text: str) -> None:
    """Days below ten and the first two months carry a zero, other months do not."""
    assert wording.day_in_words(day, 2022) == text


def test_blank_date_and_number_leave_room_to_write() -> None:
    """Before a document is issued, its number and day are blanks."""
    assert wording.document_symbol(None, "BC-UBND").strip(wording.NARROW) == "/BC-UBND"
    assert wording.document_symbol("5", "BC-UBND") == "05/BC-UBND"
    assert wording.day_in_words(None, 2022).replace(wording.NARROW, "") == "ngàythángnăm 2022"


def test_days_of_the_week() -> None:
    """As they go on inside a sentence; Sunday has a name of its own."""
    assert wording.weekday(date(2022, 10, 29)) == "thứ Bảy"
    assert wording.weekday(date(2022, 10, 30)) == "Chủ nhật"


def test_a_count_with_a_mark_of_thousands_is_answered_with_what_it_may_be() -> None:
    """An officer who types `3.412` reads how to write it; nothing is guessed."""
    with pytest.raises(ValueError, match="nếu là 3412 thì viết liền"):
        wording.read_count("3.412")
    with pytest.raises(ValueError, match=r"từ 0 trở lên$"):
        wording.read_count("3.41")


@pytest.mark.parametrize(("most", "told"), [(3, "1, 2, 3"), (2, "1, 2, … và 1 mục khác")])
def test_a_long_list_is_cut_and_counted(most: int, told: str) -> None:
    """What is left out is counted."""
    assert wording.some_of(["1", "2", "3"], most) == told


@pytest.mark.parametrize(("text", "told"), [("Muộn một ngày", "Muộn một ngày."), ("Vì sao? ", "Vì sao?"), ("", "")])
def test_a_remark_becomes_a_sentence(text: str, told: str) -> None:
    """Another sentence may follow it."""
    assert wording.sentence(text) == told


@pytest.mark.parametrize(
    ("number", "numeral"), [(0, ""), (1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (99, "XCIX")]
)
def test_roman_numerals(number: int, numeral: str) -> None:
    """As annexes, parts of a report and lists of Word count."""
    assert wording.roman(number) == numeral


@pytest.mark.parametrize("number", range(1, 90))
def test_roman_numerals_read_back(number: int) -> None:
    """Every number that a set or an annex counts to."""
    assert wording.read_roman(wording.roman(number)) == number


@pytest.mark.parametrize("text", ["", "IIII", "VX", "ii", "A", "1", "C"])
def test_other_texts_are_no_roman_numerals(text: str) -> None:
    """Neither letters that count something else nor numerals that nobody writes."""
    assert wording.read_roman(text) is None


@pytest.mark.parametrize(("value", "text"), [("0.50", "0,5"), ("10", "10"), ("1200", "1200"), ("-0.125", "-0,125")])
def test_typed_numbers_keep_every_decimal(value: str, text: str) -> None:
    """What goes into a file is exact, with a comma and without needless zeros."""
    assert wording.typed(Decimal(value)) == text


@pytest.mark.parametrize(
    ("text", "folded"), [("Điểm tối đa (TĐ)", "diem toi da td"), ("  3.1. Đạt!", "3 1 dat"), ("–", "")]
)
def test_folded_words_have_neither_accents_nor_signs(text: str, folded: str) -> None:
    """Headings and names are compared by their letters and digits alone."""
    assert wording.fold(text) == folded
