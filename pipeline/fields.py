"""Typed fields of the workspace's files: text as an officer types it goes in, a value comes out.

YAML scalars arrive here as text and nothing else, so `1.10` stays a code and `no` is not false until a field
says what it is. Error texts are Vietnamese and say how the value should be written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from pipeline import wording

T = TypeVar("T")

_CODE = re.compile(r"[0-9A-Za-zĐđ]+(?:\.[0-9A-Za-zĐđ]+)*")
_NAME = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
REVERSING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that nobody sees and that make a reader show others in another order: 0,75 can read 57,0."""
_CONTROL = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f]|{REVERSING.pattern}")
LONGEST_TEXT = 4000
"""Characters of a title, a label or an explanation."""

_FILE = re.compile(rf"(?:(?!{REVERSING.pattern})[^/\\\x00-\x1f:])+")


class Declared(BaseModel):
    """Base of everything read from a workspace: immutable, its keys Vietnamese, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


Notes = list[tuple[str, str]]
"""Values as they were typed, each with the form that the house writes; a validation's context may collect them."""


def _typed(
    read: Callable[[str], T], write: Callable[[T], str], example: str, schema: dict[str, Any]
) -> tuple[BeforeValidator, Any]:
    """Wrap a reader of text, so that its complaint ends in an example of what to write."""

    def validate(value: object, info: ValidationInfo) -> T:
        if not isinstance(value, str):
            raise PydanticCustomError("not_text", "cần một giá trị như {example}", {"example": example})
        try:
            typed = read(value)
        except ValueError as error:
            raise PydanticCustomError(
                "not_typed", "{problem}; viết như {example}", {"problem": str(error), "example": example}
            ) from error
        if isinstance(info.context, list):
            info.context.append((value, write(typed)))
        return typed

    return BeforeValidator(validate, json_schema_input_type=str), Field(json_schema_extra=schema)


def _matching(pattern: re.Pattern[str], what: str) -> AfterValidator:
    def validate(value: str) -> str:
        if not pattern.fullmatch(value):
            raise PydanticCustomError("pattern", "“{value}” không phải là {what}", {"value": value, "what": what})
        return value

    return AfterValidator(validate)


def _filled(value: str) -> str:
    stripped = value.strip()
    if not stripped:
        raise PydanticCustomError("blank", "giá trị để trống", {})
    if _CONTROL.search(stripped):
        raise PydanticCustomError("control", "có ký tự điều khiển không nhìn thấy; xóa và gõ lại", {})
    return stripped


def _short(value: str) -> str:
    if len(value) > LONGEST_TEXT:
        message = "dài {length} ký tự; rút xuống dưới {limit}"
        raise PydanticCustomError("long", message, {"length": len(value), "limit": LONGEST_TEXT})
    return value


def _not_negative(value: Decimal) -> Decimal:
    if value < 0:
        raise PydanticCustomError("negative", "điểm không được âm", {})
    return value


def _written(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")


def _day_month_written(value: tuple[int, int]) -> str:
    return f"{value[0]:02d}/{value[1]:02d}"


def _answer(value: bool) -> str:
    return "có" if value else "không"


_UNLIMITED = "khong_gioi_han"


def _read_floor(text: str) -> Decimal:
    if text.strip().casefold() in (_UNLIMITED, "không giới hạn"):
        return Decimal("-Infinity")
    return wording.read_decimal(text)


def _floor_written(value: Decimal) -> str:
    return _written(value) if value.is_finite() else _UNLIMITED


_decimal = _typed(wording.read_decimal, _written, "0,5", {"examples": ["0,5", "12"]})
_floor = _typed(_read_floor, _floor_written, f"-5 hoặc {_UNLIMITED}", {"examples": ["-5", _UNLIMITED]})
_count = _typed(wording.read_count, str, "12", {"examples": ["12"]})
_date = _typed(wording.read_date, wording.day, "29/10/2022", {"examples": ["29/10/2022", "2022-10-29"]})
_day_month = _typed(wording.read_day_month, _day_month_written, "31/01", {"examples": ["31/01"]})
_yes_no = _typed(wording.read_yes_no, _answer, "có hoặc không", {"examples": ["có", "không"]})

Number = Annotated[Decimal, *_decimal]
"""A decimal number, comma or point."""

Points = Annotated[Decimal, *_decimal, AfterValidator(_not_negative)]
"""Points from 0 up."""

Count = Annotated[int, *_count]
"""A whole number from 0 up."""

Date = Annotated[date, *_date]
"""A date, `29/10/2022` or `2022-10-29`."""

DayMonth = Annotated[tuple[int, int], *_day_month]
"""A day of every year, `31/01`."""

YesNo = Annotated[bool, *_yes_no]
"""`có` or `không`."""

Floor = Annotated[Decimal, Field(allow_inf_nan=True), *_floor]
"""The least points: a number, or `khong_gioi_han` for minus infinity."""

Text = Annotated[str, AfterValidator(_filled), AfterValidator(_short)]
"""Plain text that is not blank."""

Prose = Annotated[str, AfterValidator(_filled)]
"""Markdown that is not blank."""

Code = Annotated[str, _matching(_CODE, "mã tiêu chí (ví dụ 1.2.3)")]
"""A code of an area or a criterion; `1.10` is not `1.1`."""

Name = Annotated[str, _matching(_NAME, "tên viết liền không dấu (ví dụ dung_han)")]
"""A machine name: lower case, no accents."""

FileName = Annotated[str, _matching(_FILE, "tên tệp (không chứa dấu / hoặc \\)")]
"""The bare name of a file, without a folder."""

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""A sha256 in hexadecimal."""
