"""Checks of frozen years: their inputs, their results and the criteria sets that they used stay as they were."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import wording
from pipeline.checks.check import Examined
from pipeline.model.finding import Finding, Place
from pipeline.model.locked import LockedYear
from pipeline.workspace.load import scans_path, set_path
from pipeline.workspace.reader import Located
from pipeline.years.inputs import differences, inputs_at, inputs_of, source_of
from pipeline.years.lock import disagreements, seal_of
from pipeline.years.sets import Effect, changed_sets
from pipeline.years.weaknesses import text_hash

_RESTORE = "lấy lại bản cũ từ git (git checkout -- TỆP)"
_SHOWN = 5
"""Codes that a message names."""


def locked(examined: Examined) -> Iterator[Finding]:
    """The year itself, the years before it that it looks back on, and the sets of all of them."""
    workspace = examined.workspace
    for year, located in workspace.locked.items():
        if located.value.year != year:
            yield _misplaced(located, year)
            continue
        if year <= workspace.year:
            yield from _sealed(located)
        if year < workspace.year:
            yield from _earlier(examined, located.value)
        if year == workspace.year:
            yield from _own(examined, located)
    yield from _sets(examined)


def _misplaced(located: Located[LockedYear], year: int) -> Finding:
    """A folder that was copied to begin another year brings the results of the year before along."""
    message = f"tệp là kết quả khóa của năm {located.value.year} nhưng nằm trong thư mục năm {year}"
    mend = f"xóa tệp này nếu đã chép cả thư mục năm {located.value.year} sang; không thì {_RESTORE}"
    return Finding(located.place("nam"), "Y703", message, mend)


def _sealed(located: Located[LockedYear]) -> Iterator[Finding]:
    """A year that was entered by hand has no list of files and no seal."""
    year = located.value
    broken = year.seal is not None and year.seal != seal_of(year) and not located.broken
    if broken or (year.files and year.source != source_of(year.files)):
        place = located.place("niem_phong" if broken else "nguon")
        message = f"kết quả khóa của năm {year.year} đã bị sửa sau khi khóa"
        mend = f"{_RESTORE}; muốn sửa số liệu thì mở khóa bằng `cchc --year {year.year} lock --undo`"
        yield Finding(place, "L105", message, mend)


def _own(examined: Examined, located: Located[LockedYear]) -> Iterator[Finding]:
    year = located.value
    if not year.files:
        return
    found = differences(year.files, inputs_of(examined.workspace))
    on = f"năm {year.year} đã khóa" + (f" ngày {wording.day(year.locked)}" if year.locked else "")
    undo = f"{_RESTORE}; hoặc mở khóa (`cchc --year {year.year} lock --undo`), rồi khóa lại"
    for path in found.changed:
        if path != _set_of(year):
            yield Finding(Place(path), "L101", f"{on}, tệp này đã thay đổi{_what(examined, path, year)}", undo)
    for path in found.missing:
        yield Finding(Place(path), "L102", f"{on}, tệp này không còn", undo)
    for path in found.added:
        yield Finding(Place(path), "L103", f"{on}, tệp này được thêm sau", _removed(undo))
    if not (found.changed or found.missing):
        yield from _recomputed(examined, located)


def _removed(mend: str) -> str:
    """The same mend for a file that was not there, which git has no older form of."""
    return mend.replace(_RESTORE, "bỏ tệp ra")


def _what(examined: Examined, path: str, year: LockedYear) -> str:
    """Whether a changed area file tells other weaknesses than it did."""
    for area in examined.workspace.areas:
        before = year.areas.get(area.file.head.value.area)
        if area.file.path == path and before and before.text not in (None, text_hash(area.text)):
            return ", kể cả phần tồn tại và giải pháp"
    return ""


def _recomputed(examined: Examined, located: Located[LockedYear]) -> Iterator[Finding]:
    """The files that were frozen must still give the frozen points."""
    codes = disagreements(located.value, examined.scores) if examined.scores else ()
    if codes:
        names = ", ".join(code or "tổng điểm" for code in codes[:_SHOWN]) + ("…" if len(codes) > _SHOWN else "")
        message = f"các tệp đã khóa vẫn còn nguyên, nhưng tính lại thì khác kết quả đã khóa ở: {names}"
        mend = "lấy lại locked.yml từ git; nếu chương trình đã đổi cách tính, mở khóa rồi khóa lại"
        yield Finding(located.place("tieu_chi"), "L106", message, mend)


def _earlier(examined: Examined, year: LockedYear) -> Iterator[Finding]:
    if not year.files:
        return
    scans = f"{scans_path(year.year)}/"
    before = {path: digest for path, digest in year.files.items() if not path.startswith(scans)}
    found = differences(before, inputs_at(examined.workspace.root, year.year, year.criteria_set))
    mend = f"{_RESTORE}; hoặc mở khóa năm {year.year}, rồi khóa lại"
    for paths, words in ((found.changed, "đã thay đổi"), (found.missing, "không còn"), (found.added, "được thêm sau")):
        for path in paths:
            if path != _set_of(year) or paths is found.missing:
                message = f"năm {year.year} đã khóa mà tệp này {words}; kết quả dùng để so sánh có thể không còn đúng"
                yield Finding(Place(path), "L104", message, _removed(mend) if paths is found.added else mend)


def _set_of(year: LockedYear) -> str:
    return set_path(year.criteria_set) if year.criteria_set else ""


def _sets(examined: Examined) -> Iterator[Finding]:
    """A set is immutable once a locked year uses it."""
    years = {year: located.value for year, located in examined.workspace.locked.items()}
    for code, effects in changed_sets(examined.workspace.root, years, examined.rescore):
        message = f"bộ tiêu chí {code} đã thay đổi sau khi được dùng để khóa: {'; '.join(map(_effect, effects))}"
        mend = (
            f"{_RESTORE}; bản mới lưu thành tệp khác với mã mới (ví dụ “ma: {code}-2”), "
            "rồi ghi mã mới vào “bo_tieu_chi” của năm chưa khóa"
        )
        yield Finding(Place(set_path(code), 1, 1), "L107", message, mend)


def _effect(effect: Effect) -> str:
    """`năm 2023: 15,49 → 14,99 điểm (1.1.1, 1.2)`."""
    if effect.after is None or effect.before is None:
        return f"năm {effect.year}: không tính lại được"
    before, after = wording.points(effect.before), wording.points(effect.after)
    if before == after and not effect.criteria:
        return f"năm {effect.year}: điểm không đổi ({before})"
    names = ", ".join(effect.criteria[:_SHOWN]) + ("…" if len(effect.criteria) > _SHOWN else "")
    total = f"tổng điểm vẫn là {before}" if before == after else f"{before} → {after} điểm"
    return f"năm {effect.year}: {total}" + (f" ({names})" if names else "")
