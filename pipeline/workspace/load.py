"""Finding the files of one year and reading each of them once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field

from pipeline.fields import Declared, Text
from pipeline.markup import Markup, read_markup
from pipeline.model.assessment import AreaFile, SurveyResults
from pipeline.model.criteria_set import CriteriaSet
from pipeline.model.evidence import Register
from pipeline.model.finding import Finding, Place
from pipeline.model.year import Settings
from pipeline.workspace.reader import Located, Page, Reader, leads_inside
from pipeline.workspace.scans import Scan, read_scan
from pipeline.workspace.tree import Tree, parse

if TYPE_CHECKING:
    # What most years do not have is imported where such a file is found.
    from pipeline.model.appraisal import Appraisal
    from pipeline.model.locked import LockedYear
    from pipeline.model.supplied import SuppliedResults
    from pipeline.model.survey_mapping import SurveyMapping

CONFIGURATION = "mkdocs.yml"

_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")


class GeneratedPart(StrEnum):
    """What the site can put below a page's own text."""

    SUMMARY = "tong_hop"
    AREAS = "linh_vuc"
    EVIDENCE = "minh_chung"
    DUTIES = "phan_cong"
    CONFERENCE = "hoi_nghi"
    METHOD = "cach_tinh"
    TREND = "xu_huong"


class PageHead(Declared):
    """The front matter of a static page."""

    title: Text = Field(alias="tieu_de", description="Tiêu đề trang")
    generated: GeneratedPart | None = Field(None, alias="phan_tu_dong", description="Phần tự sinh theo sau nội dung")
    """Which generated part follows the text."""


@dataclass(frozen=True)
class AreaDocument:
    """One area file: what was scored, and the text about it."""

    file: Page[AreaFile]
    text: Markup

    @property
    def slug(self) -> str:
        """The bare name of the file."""
        return Path(self.file.path).stem


@dataclass(frozen=True)
class StaticPage:
    """One page of `docs/`."""

    file: Page[PageHead]
    text: Markup


@dataclass(frozen=True)
class Workspace:
    """Everything that was read for one year. A part that could not be read is None, and reported."""

    root: Path
    year: int
    settings: Located[Settings] | None
    criteria_set: Located[CriteriaSet] | None
    register: Located[Register] | None
    survey: Located[SurveyResults] | None
    areas: tuple[AreaDocument, ...]
    unreadable_areas: frozenset[str]
    """Area files that are there but could not be read."""
    pages: tuple[StaticPage, ...]
    navigation: Tree | None
    """The site's configuration, where it could be read and has a list of pages."""
    scans: dict[str, Scan]
    """By file name below the year's `scans/`."""
    findings: tuple[Finding, ...]
    supplied: Located[SuppliedResults] | None = None
    """What other authorities supply; None when there is no such file."""
    survey_mapping: Located[SurveyMapping] | None = None
    """How the survey's answers become points; None when there is no such file."""
    locked: Mapping[int, Located[LockedYear]] = field(default_factory=dict)
    """The locked results of all years, oldest first."""
    appraisal: Located[Appraisal] | None = None
    """What the receiving office made of the scores; None before its first round."""
    sources: Mapping[str, bytes] = field(default_factory=dict)
    """What each file that was read held, byte by byte, by its path."""

    @property
    def last_year(self) -> Located[LockedYear] | None:
        """The locked result of the year before; None in the first year."""
        return self.locked.get(self.year - 1)

    @property
    def settings_path(self) -> str:
        """The year's settings file."""
        return settings_path(self.year)

    @property
    def register_path(self) -> str:
        """The year's register."""
        return register_path(self.year)

    @property
    def survey_unreadable(self) -> bool:
        """Whether the survey's file is there but could not be read."""
        path = survey_path(self.year)
        return self.survey is None and any(finding.place.path == path for finding in self.findings)

    @property
    def appraisal_unreadable(self) -> bool:
        """Whether the appraisal's file is there but could not be read."""
        path = appraisal_path(self.year)
        return self.appraisal is None and any(finding.place.path == path for finding in self.findings)

    @property
    def supplied_unreadable(self) -> bool:
        """Whether some of what other authorities supply could not be read."""
        path = supplied_path(self.year)
        return any(finding.place.path == path for finding in self.findings)


def settings_path(year: int) -> str:
    """Where a year's settings lie."""
    return f"scores/{year}/settings.yml"


def register_path(year: int) -> str:
    """Where a year's register of documents lies."""
    return f"evidence/{year}/register.yml"


def survey_path(year: int) -> str:
    """Where the results of a year's survey lie."""
    return f"scores/{year}/survey.yml"


def survey_mapping_path(year: int) -> str:
    """Where a year says how its survey's answers become points."""
    return f"scores/{year}/survey-mapping.yml"


def supplied_path(year: int) -> str:
    """Where what other authorities supply for a year lies."""
    return f"scores/{year}/supplied.yml"


def appraisal_path(year: int) -> str:
    """Where the rounds of a year's appraisal lie."""
    return f"scores/{year}/appraisal.yml"


def locked_path(year: int) -> str:
    """Where the locked result of a year lies."""
    return f"scores/{year}/locked.yml"


def set_path(code: str) -> str:
    """Where the criteria set with this code lies."""
    return f"scores/sets/{code}.yml"


def scans_path(year: int) -> str:
    """The folder of a year's scans."""
    return f"evidence/{year}/scans"


def years(root: Path) -> list[int]:
    """The years that the workspace holds, oldest first."""
    scores = root / "scores"
    if not scores.is_dir():
        return []
    return sorted(int(entry.name) for entry in scores.iterdir() if entry.is_dir() and _YEAR.fullmatch(entry.name))


def load(root: Path, year: int) -> Workspace:
    """Read the workspace at `root` for one year. Never raises for what a file holds."""
    reader = Reader(root)
    settings = reader.yaml(settings_path(year), Settings)
    register = reader.yaml(register_path(year), Register, items="tai_lieu")
    areas, unreadable = _areas(reader, year)
    return Workspace(
        root=root,
        year=year,
        settings=settings,
        criteria_set=reader.yaml(set_path(settings.value.criteria_set), CriteriaSet) if settings else None,
        register=register,
        survey=_survey(reader, survey_path(year)),
        areas=areas,
        unreadable_areas=unreadable,
        pages=_pages(reader),
        navigation=_navigation(root),
        scans=_scans(reader, year),
        supplied=_supplied(reader, supplied_path(year)),
        survey_mapping=_survey_mapping(reader, survey_mapping_path(year)),
        locked=_locked(reader),
        appraisal=_appraisal(reader, appraisal_path(year)),
        findings=tuple(reader.findings),
        sources=dict(sorted(reader.contents.items())),
    )


def _survey(reader: Reader, path: str) -> Located[SurveyResults] | None:
    return reader.yaml(path, SurveyResults, items="ket_qua") if (reader.root / path).exists() else None


def _supplied(reader: Reader, path: str) -> Located[SuppliedResults] | None:
    if not (reader.root / path).exists():
        return None
    from pipeline.model.supplied import SuppliedResults

    return reader.yaml(path, SuppliedResults, items="ket_qua")


def _survey_mapping(reader: Reader, path: str) -> Located[SurveyMapping] | None:
    if not (reader.root / path).exists():
        return None
    from pipeline.model.survey_mapping import SurveyMapping

    return reader.yaml(path, SurveyMapping, items="tieu_chi")


def _appraisal(reader: Reader, path: str) -> Located[Appraisal] | None:
    if not (reader.root / path).exists():
        return None
    from pipeline.model.appraisal import Appraisal

    return reader.yaml(path, Appraisal)


def _locked(reader: Reader) -> dict[int, Located[LockedYear]]:
    found = ((year, _locked_year(reader, locked_path(year))) for year in years(reader.root))
    return {year: located for year, located in found if located is not None}


def _locked_year(reader: Reader, path: str) -> Located[LockedYear] | None:
    if not (reader.root / path).exists():
        return None
    from pipeline.model.locked import LockedYear

    return reader.yaml(path, LockedYear, items="tieu_chi")


def _areas(reader: Reader, year: int) -> tuple[tuple[AreaDocument, ...], frozenset[str]]:
    folder = f"docs/{year}"
    if not (reader.root / folder).is_dir():
        mend = f"tạo thư mục {folder}, mỗi lĩnh vực một tệp"
        reader.report(Place(folder), "F103", f"không có thư mục {folder}", mend)
        return (), frozenset()
    found, unreadable = [], set()
    for path in markdown_files(reader.root, folder):
        page = reader.page(path, AreaFile, items="tieu_chi")
        if page is None:
            unreadable.add(path)
        else:
            found.append(AreaDocument(page, read_markup(page.body, page.body_line)))
    return tuple(found), frozenset(unreadable)


def _pages(reader: Reader) -> tuple[StaticPage, ...]:
    if not (reader.root / "docs").is_dir():
        reader.report(Place("docs"), "F103", "không có thư mục docs", "tạo thư mục docs với trang index.md")
        return ()
    pages = [reader.page(path, PageHead) for path in markdown_files(reader.root, "docs")]
    return tuple(StaticPage(page, read_markup(page.body, page.body_line)) for page in pages if page)


def _navigation(root: Path) -> Tree | None:
    """`mkdocs.yml` belongs to MkDocs, which says itself what is wrong with it; here only its list of pages matters."""
    text = Reader(root).text(CONFIGURATION) if (root / CONFIGURATION).is_file() else None
    tree = parse(text, CONFIGURATION)[0] if text else None
    return tree if tree is not None and isinstance(tree.data, dict) and "nav" in tree.data else None


def markdown_files(root: Path, folder: str) -> list[str]:
    """The Markdown files right below a folder, by name; hidden ones are an editor's business."""
    if not (root / folder).is_dir():
        return []
    names = sorted(entry.stem for entry in (root / folder).iterdir() if entry.suffix == ".md")
    return [f"{folder}/{name}.md" for name in names if not name.startswith(".") and is_text(name)]


def is_text(name: str) -> bool:
    """Whether a file's name is UTF-8; no other name can be told, linked or published."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _scans(reader: Reader, year: int) -> dict[str, Scan]:
    folder = reader.root / scans_path(year)
    if not folder.is_dir():
        return {}
    scans = {}
    for entry in sorted(folder.iterdir()):
        path = f"{scans_path(year)}/{entry.name}"
        if entry.name.startswith(".") or not is_text(entry.name):
            continue
        if not leads_inside(entry, reader.root):
            reader.report(Place(path), "F112", "bản chụp trỏ ra ngoài thư mục làm việc", "chép tệp thật vào")
        elif entry.exists() and not entry.is_file():
            reader.report(Place(path), "F104", "đây không phải là tệp bản chụp", "đặt bản chụp thẳng trong scans/")
        else:
            try:
                scans[unicodedata.normalize("NFC", entry.name)] = read_scan(entry)
            except OSError:
                reader.report(Place(path), "F105", "không đọc được bản chụp", "kiểm tra quyền đọc của tệp")
    return scans
