"""Vietnamese numbers, dates and document symbols, read and written in one place.

Every renderer takes its text from here, so that a figure looks the same on the terminal, on the site and in the
report. Nothing here knows a criterion or a file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

Number = Decimal | Fraction | int

_DECIMAL = re.compile(r"[+-]?\d{1,12}(?:[.,]\d{1,6})?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:[.,\s]\d{3})+")
_COUNT = re.compile(r"\d{1,12}")
_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_MONTH = re.compile(r"(\d{1,2})/(\d{1,2})")
_NUMERAL = re.compile(r"[\dIVXa-z][\d.IVXa-z)]*(?:$|[\s,;])")
_FILED = re.compile(r"lưu\b", re.IGNORECASE)
_YES = frozenset({"có", "co", "x", "đúng", "yes", "true"})
_NO = frozenset({"không", "khong", "sai", "no", "false"})

FIRST_YEAR, LAST_YEAR = 1945, 2199
"""The years that a date may lie in."""

VIETNAM = timezone(timedelta(hours=7))
"""The one time zone of the country, without summer time."""

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_ROMAN_READ = re.compile(r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_NO_WORD = re.compile(r"[^0-9a-z]+")

MINUS = "−"
NARROW = "\N{NO-BREAK SPACE}"


def round_half_up(value: Number, places: int) -> Decimal:
    """Round to `places` decimals, a half going away from zero, exactly also for fractions that do not end."""
    above, below = value.as_integer_ratio()
    whole = (2 * abs(above) * 10**places + below) // (2 * below)
    return Decimal(whole if value >= 0 else -whole).scaleb(-places)


def number(value: Number, places: int = 2) -> str:
    """A number as people write it: `3.412,5`, no needless zeros, at most `places` decimals."""
    whole, _, decimals = f"{abs(round_half_up(value, places)):,f}".partition(".")
    decimals = decimals.rstrip("0")
    text = whole.replace(",", ".") + ("," + decimals if decimals else "")
    return MINUS + text if value < 0 and text != "0" else text


def some_of(names: Sequence[str], most: int = 12) -> str:
    """Names in a row, no more than a reader takes in: `1.1, 1.2, … và 60 mục khác`."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f", … và {more} mục khác" if more > 0 else "")


def sentence(text: str) -> str:
    """A remark as a sentence that another may follow: with a full stop, unless it ends with a mark already."""
    ended = text.rstrip()
    return ended if not ended or ended[-1] in ".!?…:;" else f"{ended}."


def typed(value: Decimal) -> str:
    """A number as people type it into files: `0,5`, every decimal that counts, no needless zeros."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def roman(value: int) -> str:
    """A number from 1 up in Roman numerals; nothing for 0."""
    numeral = ""
    for worth, sign in _ROMAN:
        count, value = divmod(value, worth)
        numeral += sign * count
    return numeral


def read_roman(text: str) -> int | None:
    """The number of a Roman numeral in capitals, below 90; None for any other text."""
    if not _ROMAN_READ.fullmatch(text):
        return None
    worths = {sign: worth for worth, sign in _ROMAN}
    values = [worths[sign] for sign in text]
    return sum(-one if one < two else one for one, two in zip(values, [*values[1:], 0], strict=True))


def points(value: Number) -> str:
    """Points with two decimals: `0,50`."""
    rounded = round_half_up(value, 2)
    return (MINUS if rounded < 0 else "") + f"{abs(rounded):f}".replace(".", ",")


def change(value: Number) -> str:
    """A difference of points with its sign: `+0,50`, `−0,25`, `0,00`."""
    return ("+" if round_half_up(value, 2) > 0 else "") + points(value)


def maximum(value: Number) -> str:
    """A maximum, as criteria sets print it: without needless zeros."""
    return number(value)


def index(ratio: Number) -> str:
    """An index, points by maximum (0–1), as a percentage with two decimals: `93,20 %`."""
    return f"{points(Fraction(ratio) * 100)}{NARROW}%"


def percent(ratio: Number) -> str:
    """A ratio (0–1) as a percentage with at most two decimals: `98,33 %`."""
    return f"{number(Fraction(ratio) * 100)}{NARROW}%"


def day(value: date) -> str:
    """A date in figures: `29/10/2022`."""
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"


def weekday(value: date) -> str:
    """The day of the week as it goes on inside a sentence: `thứ Bảy`, `Chủ nhật`."""
    return ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")[value.weekday()]


def day_in_words(value: date | None, year: int) -> str:
    """A date as Decree 30 writes it beside the place; blank spaces to fill by hand while there is none.

    Days below 10 and the months January and February carry a leading zero (Decree 30/2020/NĐ-CP, annex I).
    """
    if value is None:
        return f"ngày{NARROW * 6}tháng{NARROW * 6}năm {year}"
    month = f"{value.month:02d}" if value.month < 3 else str(value.month)
    return f"ngày {value.day:02d} tháng {month} năm {value.year}"


def moment(value: datetime) -> str:
    """A moment for people, in Vietnam's time: `10:15:00 ngày 29/10/2022`."""
    local = value.astimezone(VIETNAM)
    return f"{local:%H:%M:%S} ngày {day(local.date())}"


def iso_moment(value: datetime) -> str:
    """A moment as ISO 8601 writes it, in Vietnam's time: `2022-10-29T10:15:00+07:00`."""
    return value.astimezone(VIETNAM).isoformat(timespec="seconds")


def document_symbol(serial: str | None, symbol: str) -> str:
    """Number and symbol of a document, `05/BC-UBND`; a blank to fill by hand while there is no number."""
    if not serial:
        return f"{NARROW * 8}/{symbol}"
    return f"{serial.zfill(2) if serial.isdecimal() else serial}/{symbol}"


def span(first: int, last: int) -> str:
    """From one page to another, or just the one: `57–60`, `57`."""
    return f"{first}–{last}" if last > first else str(first)


def visible(text: str) -> str:
    """A stranger's text on one line, harmless for a terminal: what shows nothing or moves the cursor becomes `�`."""
    return "".join(sign if shows(sign) else "\N{REPLACEMENT CHARACTER}" for sign in " ".join(text.splitlines()))


def shows(sign: str) -> bool:
    """Whether a character is a letter, a sign or a space, and nothing that a terminal would obey."""
    return sign.isprintable() or unicodedata.category(sign) == "Zs"


def is_bare_number(section: str) -> bool:
    """Whether a section is given by its number alone, which needs the word “mục” before it; “Điều 1” does not."""
    return bool(_NUMERAL.match(section))


def lower_first(text: str) -> str:
    """A title as it goes on inside a sentence; an abbreviation stays as it is."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def fold(text: str) -> str:
    """Words in small letters without accents, to compare and to name by: `Điểm tối đa` becomes `diem toi da`."""
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return _NO_WORD.sub(" ", letters).strip()


def is_filing(line: str) -> bool:
    """Whether a line of the recipients says where the paper is filed."""
    return _FILED.match(line.lstrip(" -–")) is not None


def read_decimal(text: str) -> Decimal:
    """Type a decimal number written with a comma or a point.

    Raises:
        ValueError: in Vietnamese; also for `1.200`, which may mean 1200 or 1,2.
    """
    stripped = text.strip()
    if _THOUSANDS.fullmatch(stripped):
        raise ValueError(f"“{text}” không rõ là phần nghìn hay phần thập phân")
    if not _DECIMAL.fullmatch(stripped):
        raise ValueError(f"“{text}” không phải là số")
    return Decimal(stripped.replace(",", "."))


def read_count(text: str) -> int:
    """Type a whole number from 0 up.

    Raises:
        ValueError: in Vietnamese.
    """
    stripped = text.strip()
    if not _COUNT.fullmatch(stripped) or not stripped.isascii():
        whole = re.sub(r"[.,\s]", "", stripped)
        hint = f"; nếu là {whole} thì viết liền các chữ số" if _THOUSANDS.fullmatch(stripped) else ""
        raise ValueError(f"“{text}” không phải là số nguyên từ 0 trở lên{hint}")
    return int(stripped)


def read_date(text: str) -> date:
    """Type a date written `29/10/2022` or `2022-10-29`.

    Raises:
        ValueError: in Vietnamese.
    """
    stripped = text.strip()
    try:
        if found := _DATE.fullmatch(stripped):
            return _sensible(date(int(found[3]), int(found[2]), int(found[1])), text)
        if found := _ISO_DATE.fullmatch(stripped):
            return _sensible(date(int(found[1]), int(found[2]), int(found[3])), text)
    except ValueError as error:
        raise ValueError(f"“{text}” không có trong lịch") from error
    raise ValueError(f"“{text}” không phải là ngày")


def _sensible(day: date, text: str) -> date:
    """Refuse days that no document of the commune can carry; file formats stumble over them too."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(text)
    return day


def read_day_month(text: str) -> tuple[int, int]:
    """Type a day of every year, `31/01`, as (day, month).

    Raises:
        ValueError: in Vietnamese.
    """
    found = _DAY_MONTH.fullmatch(text.strip())
    if not found:
        raise ValueError(f"“{text}” không phải là ngày/tháng")
    try:
        date(2000, int(found[2]), int(found[1]))
    except ValueError as error:
        raise ValueError(f"“{text}” không có trong lịch") from error
    return int(found[1]), int(found[2])


def read_yes_no(text: str) -> bool:
    """Type a yes or a no.

    Raises:
        ValueError: in Vietnamese.
    """
    folded = text.strip().casefold()
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise ValueError(f"“{text}” không phải là “có” hoặc “không”")
