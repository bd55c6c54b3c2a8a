"""What an officer changed by hand in the Word report against what the data say, and where the data say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipeline.conformance.edits import Change, Entry, Kind, changes
from pipeline.conformance.opened import word_entries
from pipeline.decree.phrases import Phrases, phrases
from pipeline.dossier import Area, Dossier
from pipeline.model.assessment import REMEDIES, RESULTS, WEAKNESSES
from pipeline.model.finding import Finding, Place
from pipeline.report import render_report
from pipeline.report.compose import WORDING
from pipeline.rules.rule import Source
from pipeline.workspace.load import appraisal_path, register_path, set_path, settings_path, supplied_path, survey_path

PLACES = Path(__file__).with_name("edits.yml")

_COLUMNS = (
    *("stt", "noi_dung", "toi_da", "so_lieu", "cach_tinh", "tu_cham"),
    *("kiem_chung", "giai_trinh", "linh_vuc", "tham_dinh", "y_kien"),
)
_APPRAISED = ("tham_dinh", "y_kien")
_REGISTER = ("so_ky_hieu", "ngay", "co_quan", "trich_yeu", "tieu_chi", "trang_quyen")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_SENTENCE = re.compile(r"(?<=[.;!?])\s+")


@dataclass(frozen=True)
class HandEdit:
    """One difference between a Word file and the data."""

    kind: str
    """“sửa”, “sửa số”, “thêm” or “xóa”."""
    part: str
    """Where in the report, in words."""
    data: str
    """What the data say; empty for what was added."""
    file: str
    """What the file says; empty for what was removed."""
    mend: str
    """Where to change the data; empty where that is not known."""


def hand_edits(dossier: Dossier, name: str, content: bytes) -> tuple[tuple[HandEdit, ...], tuple[Finding, ...]]:
    """Every difference in the order of the report, or why the file is not read.

    Raises:
        OSError: pandoc cannot be started.
        RenderError: pandoc or Typst failed.
    """
    edited, refused = word_entries(name, content)
    if edited is None:
        return (), refused
    made, _ = word_entries(name, render_report(dossier).docx)
    assert made is not None
    if (kind := _kind(edited)) and kind != _kind(made):
        message = f"tệp này là “{kind}”, không phải báo cáo tự chấm điểm năm {dossier.year}"
        mend = f"chọn bản Word của báo cáo: bao-cao-{dossier.year}.docx đã sửa tay"
        return (), (Finding(Place(name), "W101", message, mend),)
    places = _Places(dossier, made)
    return tuple(places.told(change) for change in changes(made, edited)), ()


def _kind(entries: Sequence[Entry]) -> str:
    """What a paper calls itself; empty for one that is not of our making."""
    return next((" ".join(entry.cells).upper() for entry in entries if entry.key == "ten_loai"), "")


@cache
def _words() -> Mapping[str, Any]:
    import yaml

    read: Mapping[str, Any] = yaml.safe_load(PLACES.read_text("utf-8"))
    return read


class _Places:
    """Where each part of a report comes from."""

    def __init__(self, dossier: Dossier, made: Sequence[Entry]) -> None:
        self._dossier = dossier
        self._words: Phrases = phrases(WORDING)
        self._titles = dict(self._column_titles(made))
        self._sources = dict(self._sections(made))
        self._files = {
            "cai_dat": settings_path(dossier.year),
            "so": register_path(dossier.year),
            "dieu_tra": survey_path(dossier.year),
            "cung_cap": supplied_path(dossier.year),
            "tham_dinh": appraisal_path(dossier.year),
            "bo_tieu_chi": set_path(dossier.settings.criteria_set),
        }

    def told(self, change: Change) -> HandEdit:
        """A change with its part and its place in the data."""
        entry = change.entry
        before, after = _narrowed(change.before, change.after)
        numbers = change.kind is Kind.CHANGED and _DIGITS.sub("#", before) == _DIGITS.sub("#", after)
        kind = f"{change.kind.value} số" if numbers else change.kind.value
        if entry.key.startswith("bang_"):
            return HandEdit(kind, self._cell(change), before, after, self._mend_of_cell(change))
        own = _part_of(entry.key)
        if own:
            return HandEdit(kind, own["ten"], before, after, own["sua"].format_map(self._files))
        part = entry.heading or _words()["muc"]["mo_dau"]
        mend = _words()["muc"]["de_muc"] if entry.key else self._mend_of_text(change)
        return HandEdit(kind, part, before, after, mend)

    def _column_titles(self, made: Sequence[Entry]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """By the number of a table: what its header says, which stands right above its first row."""
        seen: set[str] = set()
        for above, entry in pairwise(made):
            table = _table_of(entry.key)
            if table and table not in seen:
                seen.add(table)
                yield table, above.cells

    def _cell(self, change: Change) -> str:
        entry = change.entry
        titles = self._titles.get(_table_of(entry.key), ())
        row = next(filter(None, entry.cells), "")
        parts = [entry.heading, f"dòng {row}"]
        if change.kind is Kind.CHANGED and change.column < len(titles):
            parts.append(f"cột “{titles[change.column]}”")
        return ", ".join(filter(None, parts))

    def _mend_of_cell(self, change: Change) -> str:
        """Of a row that is gone, the whole item."""
        entry = change.entry
        if change.kind is not Kind.CHANGED:
            return self._mend_of_row(entry)
        titles = self._titles.get(_table_of(entry.key), ())
        title = titles[change.column] if change.column < len(titles) else ""
        if self._words("cot.trich_yeu") in titles:
            return self._mend_of_document(entry.cells[0], title)
        column = next((key for key in _COLUMNS if _plain(self._words(f"cot.{key}")) == title), "")
        return self._mend_of_score(entry.cells[0], column)

    def _mend_of_row(self, entry: Entry) -> str:
        code = entry.cells[0]
        if self._words("cot.trich_yeu") in self._titles.get(_table_of(entry.key), ()):
            return self._mend_of_document(code, "")
        return self._mend_of_score(code, "dong")

    def _mend_of_document(self, position: str, title: str) -> str:
        found = [each.id for each in self._dossier.evidence if str(each.position) == position]
        column = next((key for key in _REGISTER if _plain(self._words(f"cot.{key}")) == title), "van_ban")
        words: str = _words()["cot"][column]
        return words.format(so=self._files["so"], van_ban=found[0]) if found else self._files["so"]

    def _mend_of_score(self, code: str, column: str) -> str:
        leaf = next((leaf for leaf in self._dossier.scores.leaves if leaf.criterion.code == code), None)
        words = _words()["cot"]
        if column in ("noi_dung", "toi_da", "linh_vuc"):
            key = "toi_da" if column == "toi_da" else "noi_dung"
            return str(words[key].format(bo_tieu_chi=self._files["bo_tieu_chi"], ma=code))
        if leaf is None:
            return str(words["tong"])
        source = leaf.criterion.source
        others = {Source.SURVEY: "dieu_tra", Source.SUPPLIED: "cung_cap"}
        by_others = others.get(source) if source and column not in _APPRAISED else None
        key = by_others or (column if column in words else "tu_cham")
        area = next(area for area in self._dossier.areas if leaf in area.score.leaves)
        return str(words[key].format(tep=area.document.file.path, ma=code, **self._files))

    def _mend_of_text(self, change: Change) -> str:
        source = self._sources.get(change.entry.section, "")
        officers = source and (change.kind is Kind.ADDED or self._is_officers(change.before))
        return source if officers else "" if change.kind is Kind.ADDED else str(_words()["muc"]["tu_tinh"])

    def _is_officers(self, text: str) -> bool:
        """Whether somebody wrote it, rather than the program out of points and figures."""
        report = self._dossier.settings.report
        bodies = (area.document.file.body for area in self._dossier.areas)
        written = _letters("".join([*bodies, report.organisation, report.proposals]))
        return _letters(text) in written

    def _sections(self, made: Sequence[Entry]) -> Iterator[tuple[str, str]]:
        """By the key of a heading: where the text below it comes from."""
        settings = settings_path(self._dossier.year)
        part, area = "", None
        words = _words()["muc"]
        for entry in made:
            if not entry.key.startswith("muc_"):
                continue
            part = self._part(entry.text) or part
            area = self._area(entry.text) or (area if part in ("ket_qua", "ton_tai") else None)
            if part in ("to_chuc", "kien_nghi"):
                yield entry.key, words[part].format(cai_dat=settings)
            elif area is not None:
                remedies = entry.text == self._words("giai_phap_linh_vuc")
                section = RESULTS if part == "ket_qua" else REMEDIES if remedies else WEAKNESSES
                yield entry.key, words["ket_qua"].format(tep=area.document.file.path, de_muc=f"## {section}")

    def _part(self, heading: str) -> str:
        """Which of the five parts a heading opens."""
        parts = ("to_chuc", "ket_qua", "ton_tai", "giai_trinh", "kien_nghi")
        return next((part for part in parts if heading.endswith(f". {self._words(part).upper()}")), "")

    def _area(self, heading: str) -> Area | None:
        return next((area for area in self._dossier.areas if heading.endswith(self._named(area))), None)

    def _named(self, area: Area) -> str:
        return self._words("linh_vuc", ma=area.score.criterion.code, ten=area.score.criterion.title)


def _part_of(key: str) -> Mapping[str, str] | None:
    """The part that a bookmark belongs to, whatever follows its name: an ordinal, a variant of the style."""
    parts = _words()["phan"]
    name = max((name for name in parts if f"{key}_".startswith(f"{name}_")), key=len, default="")
    found: Mapping[str, str] | None = parts.get(name)
    return found


def _table_of(key: str) -> str:
    return "_".join(key.split("_")[:2]) if key.startswith("bang_") else ""


def _plain(title: str) -> str:
    return " ".join(title.split())


def _letters(text: str) -> str:
    """A text down to its letters and digits, as Markdown and Word write the rest differently."""
    return "".join(char for char in text if char.isalnum()).casefold()


def _narrowed(before: str, after: str) -> tuple[str, str]:
    """Of two long texts the sentences that differ."""
    old, new = _SENTENCE.split(before), _SENTENCE.split(after)
    while len(old) > 1 and len(new) > 1 and old[0] == new[0]:
        old, new = old[1:], new[1:]
    while len(old) > 1 and len(new) > 1 and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return " ".join(old), " ".join(new)
