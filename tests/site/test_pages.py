"""What a reader finds on the pages: every number, every proof, nothing that was to stay inside."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from pipeline import wording
from pipeline.model.evidence import EvidenceClass
from pipeline.site import write_pages
from pipeline.site.templating import TEMPLATES
from pipeline.workspace.load import GeneratedPart

from .conftest import Made, Site, seen


def area_text(site: Site, slug: str) -> str:
    """The words of an area's page."""
    return seen(site.folder / str(site.dossier.year) / f"{slug}.html").text


def squeezed(text: str) -> str:
    """Text with single blanks, as it is read off a page."""
    return " ".join(text.split())


def test_home_tells_total_and_band(sample: Site) -> None:
    """The first page answers: what score, of how much, in which band, how complete."""
    text = seen(sample.folder / "index.html").text
    scores = sample.dossier.scores

    assert f"{wording.points(scores.total.points)} / {wording.maximum(scores.total.maximum)} điểm" in text
    assert scores.band.title in text
    assert f"{scores.total.scored}/{scores.total.leaves} tiêu chí" in text


def test_home_shows_every_area_in_chart_and_table(sample: Site) -> None:
    """The chart tells its figures in words too, and the table below repeats them."""
    page = (sample.folder / "index.html").read_text("utf-8")
    drawn = page.partition("<svg viewBox")[2].partition("</svg>")[0]

    for area in sample.dossier.areas:
        ratio = wording.index(area.score.tally.ratio)
        assert f"{area.score.criterion.title}: {ratio}" in drawn
        assert page.count(ratio) > 2


def test_every_leaf_stands_on_its_area_page(sample: Site) -> None:
    """Code, title, points, derivation, explanation and every document of a leaf are there to be checked."""
    for area in sample.dossier.areas:
        text = area_text(sample, area.slug)
        for leaf in area.score.leaves:
            assert f"{leaf.criterion.code}. {leaf.criterion.title}" in text
            assert leaf.points is None or squeezed(leaf.derivation) in text
            assert leaf.points is None or wording.points(leaf.points) in text
            assert squeezed(leaf.explanation) in text
            for citation in leaf.entry.evidence if leaf.entry else ():
                assert citation.document in text


def test_sections_of_officers_are_headings(sample: Site) -> None:
    """The three parts of an area's text can be linked to and searched."""
    for area in sample.dossier.areas:
        page = seen(sample.folder / str(sample.dossier.year) / f"{area.slug}.html")
        anchors = [attributes.get("id") for tag, attributes in page.elements if tag == "h2"]

        assert anchors[-3:] == ["ket-qua-dat-duoc", "ton-tai-han-che-va-nguyen-nhan", "giai-phap-khac-phuc"]


def test_states_are_said_in_words(make: Made) -> None:
    """What is unscored, out of scope or scored otherwise than the rule says is told apart without colour."""
    entry = "  1.6:\n    so_lieu: {da_tu_kiem_tra: có}\n    minh_chung: [TL02]\n"
    site = make({"docs/2024/1-chi-dao-dieu-hanh.md": (entry, "")})

    assert "chưa chấm" in area_text(site, "1-chi-dao-dieu-hanh")
    assert "không áp dụng" in area_text(site, "1-chi-dao-dieu-hanh")
    assert "khác cách chấm" in area_text(site, "2-thu-tuc-hanh-chinh")
    assert "tạm tính" in seen(site.folder / "index.html").text


def test_only_public_scans_are_published(sample: Site) -> None:
    """A scan is on the site exactly when its document's class is public."""
    published = {path.name for path in sample.folder.rglob("kiem-chung/*")}
    public = {evidence.document.scan for evidence in sample.dossier.evidence if evidence.document.scan_is_public}

    assert published == public
    assert published


def test_internal_documents_keep_their_content(sample: Site) -> None:
    """Abstract and note of an internal document are nowhere on the site, not even in the search index."""
    internal = [
        evidence.document
        for evidence in sample.dossier.evidence
        if evidence.document.evidence_class is EvidenceClass.INTERNAL
    ]
    secrets = {text for document in internal for text in (document.abstract, document.note) if text}
    index = json.loads((sample.folder / "search" / "search_index.json").read_text("utf-8"))
    everything = [
        json.dumps(index, ensure_ascii=False),
        *(seen(path).text for path in sample.html),
        *(path.read_text("utf-8") for path in sample.html),
    ]

    assert secrets
    assert [secret for secret in secrets for text in everything if secret in text] == []


def test_a_scan_kept_elsewhere_is_not_linked(make: Made, tmp_path: Path) -> None:
    """A git LFS pointer is no document: it is neither published nor linked."""
    dossier = make({}).dossier
    pointers = {name: replace(scan, pointer=True) for name, scan in dossier.scans.items()}
    write_pages(replace(dossier, scans=pointers), tmp_path)

    assert not (tmp_path / "2024" / "kiem-chung").exists()
    assert "TL01.pdf" not in (tmp_path / "minh-chung.md").read_text("utf-8")


@pytest.mark.parametrize("part", GeneratedPart)
def test_every_generated_part_has_its_template(part: GeneratedPart) -> None:
    """What a page may ask for is there to be filled."""
    assert (TEMPLATES / f"{part}.md.j2").is_file()


def test_every_link_leads_somewhere(sample: Site) -> None:
    """Links inside the site reach a file that is there, and a place that is on it."""
    pages = {path.resolve(): seen(path) for path in sample.html}
    dead = []
    for path, page in pages.items():
        for _, attributes in page.elements:
            target = urlsplit(attributes.get("href", ""))
            if target.scheme or target.netloc or path.name == "404.html":
                continue
            goal = (path.parent / unquote(target.path)).resolve() if target.path else path
            anchors = {other.get("id") for _, other in pages[goal].elements} if goal in pages else {target.fragment}
            if not goal.exists() or (target.fragment and target.fragment not in anchors):
                dead.append(f"{path.name}: {attributes['href']}")

    assert dead == []


def test_every_page_says_that_it_is_an_example(sample: Site) -> None:
    """Whoever comes in by a search engine is told as well."""
    missing = [path.name for path in sample.html if "Số liệu minh họa" not in path.read_text("utf-8")]

    assert missing == ["404.html"]
