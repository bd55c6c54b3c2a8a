"""Opening a decision's file without trust, and saying as a finding why it is not opened."""

from __future__ import annotations

import zipfile

from pipeline.annex.cells import AnnexError, refuse
from pipeline.office import DOCX_PART, LARGEST_FILE, XLSX_PART, OfficeFileError, Reason, open_office

LARGEST = LARGEST_FILE

KINDS = {".docx": DOCX_PART, ".xlsx": XLSX_PART}
"""The part that each kind of file must have."""

_SAVE_AGAIN = "mở tệp bằng Word hoặc Excel, chọn “Lưu thành” .docx hoặc .xlsx, rồi nhập lại"
_SMALLER = "chép riêng bảng tiêu chí sang một tệp mới rồi nhập lại"


def kind_of(name: str) -> str:
    """The ending that says how to read a file.

    Raises:
        AnnexError: it is neither .docx nor .xlsx.
    """
    ending = "." + name.rpartition(".")[2].casefold()
    if "." not in name or ending not in KINDS:
        raise refuse(name, "N801", "tệp không có đuôi .docx hoặc .xlsx", _SAVE_AGAIN)
    return ending


def inspect(name: str, content: bytes) -> zipfile.ZipFile:
    """The archive, once it is known to be harmless.

    Raises:
        AnnexError: it is no archive of its kind, too large, or declares a document type.
    """
    ending = kind_of(name)
    try:
        return open_office(content, KINDS[ending])
    except OfficeFileError as error:
        raise _told(name, ending, error) from error


def _told(name: str, ending: str, error: OfficeFileError) -> AnnexError:
    match error.reason:
        case Reason.LARGE:
            return refuse(name, "N802", "tệp, hoặc nội dung của tệp sau khi giải nén, quá lớn", _SMALLER)
        case Reason.DECLARES:
            return refuse(name, "N803", f"phần “{error.part}” khai báo DOCTYPE, thực thể hoặc mã lạ", _SAVE_AGAIN)
        case Reason.BROKEN:
            return refuse(name, "N801", f"tệp hỏng hoặc không phải là {ending}", _SAVE_AGAIN)
