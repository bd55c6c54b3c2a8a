"""Scans come from strangers: what cannot be read is told, and what is no page stays out."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from pypdf import PdfReader

from pipeline.binder import BinderError, plan_binder, write_binder
from pipeline.dossier import Dossier, dossier_of, examine
from pipeline.model.finding import Finding
from pipeline.workspace.scan_pages import cited_pages, look_inside
from pipeline.workspace.scans import read_scan

Make = Callable[..., Dossier]

YEAR = 2024
TODAY = date(2025, 1, 15)
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize 12345\n"


@pytest.fixture
def armed(sheets: Any) -> bytes:
    """A scan with everything that a page of a binder must not bring along."""
    scan = sheets().page(595, 842).page(595, 842)
    pdf, page = scan.pdf, scan.pdf.pages[0].obj
    script = Dictionary(S=Name.JavaScript, JS=b"app.alert('JAVASCRIPT')")
    file = Dictionary(Type=Name.Filespec, F=b"hidden.exe", EF=Dictionary(F=pdf.make_stream(b"EMBEDDED")))
    form = {"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": [0, 0, 80, 80]}
    seal = pdf.make_stream(b"1 0 0 rg 0 0 80 80 re f", form)
    inner = pdf.make_stream(b"0 0 1 rg 0 0 5 5 re f", form)
    inner.AF, inner.Metadata, inner.PieceInfo = Array([file]), pdf.make_stream(b"METADATA"), Dictionary(X=script)
    page.Resources = Dictionary(XObject=Dictionary(Inner=inner))
    notes = (
        Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[400, 100, 480, 180], F=4, AP=Dictionary(N=seal)),
        Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.URI, URI=b"http://x.example")
        ),
        Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.Launch, F=b"calc.exe")),
        Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9], FS=file),
    )
    page.Annots = Array([pdf.make_indirect(note) for note in notes])
    page.AA = Dictionary(O=script)
    field = Dictionary(FT=Name.Tx, T=b"x", V=b"y", Type=Name.Annot, Subtype=Name.Widget, Rect=[0, 0, 9, 9], AA=script)
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(field)]), SigFlags=3, XFA=pdf.make_stream(b"<xdp/>"))
    pdf.Root.OpenAction = script
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([b"x", script])))
    pdf.attachments["hidden.txt"] = b"EMBEDDED TOO"
    content: bytes = scan.saved()
    return content


def test_nothing_but_pages_comes_along(armed: bytes, dossier: Make, tmp_path: Path) -> None:
    """No script, no file, no action, no form, no note, no metadata of a scan."""
    path = write_binder(dossier({"TL01": ("a.pdf", armed)}), tmp_path)
    with pikepdf.open(path) as pdf:
        things = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream)]
        keys = {key for thing in things for key in thing.keys()}  # noqa: SIM118 -- a PDF's dictionary is none of Python's
        contents = b"".join(thing.read_bytes() for thing in things if isinstance(thing, pikepdf.Stream))
        kinds = {str(note.Subtype) for page in pdf.pages for note in page.obj.get("/Annots", ())}

    assert not keys & {"/JS", "/AA", "/OpenAction", "/EF", "/FS", "/AF", "/URI", "/AcroForm", "/XFA", "/Names", "/A"}
    assert not keys & {"/PieceInfo", "/JavaScript", "/EmbeddedFiles"}
    assert kinds == {"/Link"}
    for told in (b"JAVASCRIPT", b"EMBEDDED", b"METADATA", b"calc.exe", b"http://x.example"):
        assert told not in contents


def test_a_seal_that_is_a_note_is_seen_and_a_signature_is_told(armed: bytes, dossier: Make, tmp_path: Path) -> None:
    """What a printout shows of notes is content; the stamp sends a reader to the signed file."""
    from pypdfium2 import PdfDocument

    made = dossier({"TL01": ("a.pdf", armed)})
    pages = plan_binder(made).pages_of("TL01")
    assert pages is not None
    path = write_binder(made, tmp_path)
    seen = PdfDocument(path)[pages[0] - 1].render(scale=1).to_pil().convert("RGB")

    assert (255, 0, 0) in {colour for _, colour in seen.getcolors(1 << 24) or ()}
    assert "có chữ ký số, kiểm tra ở tệp gốc" in PdfReader(path).pages[pages[0] - 1].extract_text()


def _locked(sheets: Any) -> bytes:
    content: bytes = sheets().page(595, 842).saved(encryption=pikepdf.Encryption(owner="chu", user="khach"))
    return content


def _restricted(sheets: Any) -> bytes:
    allow = pikepdf.Permissions(extract=False)
    encryption = pikepdf.Encryption(owner="chu", user="", allow=allow)
    content: bytes = sheets().page(595, 842).saved(encryption=encryption)
    return content


def test_a_scan_that_only_forbids_copying_goes_in_without_its_lock(sheets: Any, dossier: Make, tmp_path: Path) -> None:
    """It opens without a password, so a reader may see it."""
    with pikepdf.open(write_binder(dossier({"TL01": ("a.pdf", _restricted(sheets))}), tmp_path / "out")) as pdf:
        assert not pdf.is_encrypted


def test_a_password_matters_only_in_the_binder(sheets: Any, workspace: Any) -> None:
    """A public scan may not be locked; one that stays out may."""
    root = workspace({"TL01": ("a.pdf", _locked(sheets))})
    public = {finding.code for finding in examine(root, YEAR, TODAY).findings}
    register = root / "evidence" / str(YEAR) / "register.yml"
    register.write_text(
        register.read_text("utf-8").replace("cong_khai\n    ban_chup: a.pdf", "noi_bo\n    ban_chup: a.pdf")
    )
    internal = {finding.code for finding in examine(root, YEAR, TODAY).findings}

    assert "E420" in public
    assert "E420" not in internal


@pytest.mark.parametrize("part", [0.05, 0.3, 0.6, 0.9, 0.99])
def test_a_scan_cut_short_is_an_error_wherever_it_is_cut(part: float, sheets: Any, tmp_path: Path) -> None:
    """Never a binder with fewer or empty pages."""
    whole = sheets().page(595, 842).page(595, 842).page(595, 842).saved()
    (tmp_path / "a.pdf").write_bytes(whole[: int(len(whole) * part)])

    inside = look_inside(read_scan(tmp_path / "a.pdf"))

    assert inside.pages is None
    assert [fault.code for fault in inside.faults] == ["E421"]


@pytest.mark.parametrize(("form", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("TIFF", "a.tif")])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_an_image_cut_short_is_an_error(part: float, form: str, name: str, image: Any, tmp_path: Path) -> None:
    """Half a photo proves nothing."""
    whole = image("RGB", form)
    (tmp_path / name).write_bytes(whole[: int(len(whole) * part)])

    assert [fault.code for fault in look_inside(read_scan(tmp_path / name)).faults] == ["E423"]


@pytest.mark.parametrize("seed", range(30))
def test_mangled_scans_are_told_or_bound(seed: int, sheets: Any, examined: Any, tmp_path: Path) -> None:
    """Whatever bytes change: a finding, or a binder; never a traceback, and nothing half-written."""
    draw = random.Random(seed)
    content = bytearray(sheets().page(595, 842).page(300, 300, Rotate=90).saved())
    for _ in range(draw.choice([1, 3, 10, 40])):
        content[draw.randrange(9, len(content))] = draw.randrange(256)
    progress = examined({"TL01": ("a.pdf", bytes(content))})
    made = dossier_of(progress)
    if made is None:
        assert {"E420", "E421", "E422"} & {finding.code for finding in progress.findings}
        return
    refused: tuple[Finding, ...] = ()
    try:
        write_binder(made, tmp_path / "out")
    except BinderError as error:
        refused = error.findings

    assert bool(refused) != bool(list(tmp_path.glob("out/*")))


def test_a_wrong_number_of_pages_in_the_register_is_told(dossier: Make, tmp_path: Path) -> None:
    """The report names pages by it, so nothing is written."""
    made = dossier({})
    wrong = replace(made.evidence[0], document=made.evidence[0].document.model_copy(update={"pages": 7}))

    with pytest.raises(BinderError) as caught:
        write_binder(replace(made, evidence=(wrong, *made.evidence[1:])), tmp_path / "out")
    assert [finding.code for finding in caught.value.findings] == ["E427"]
    assert not (tmp_path / "out").exists()


def test_pointers_of_git_lfs_are_told_all_at_once(dossier: Make, tmp_path: Path) -> None:
    """With the way to fetch them; the plan still knows the pages that the register gives."""
    made = dossier({})
    for name in ("TL01.pdf", "TL04.png"):
        scan = made.scans[name]
        scan.path.write_bytes(POINTER % scan.sha256.encode())
    pointers = {name: read_scan(scan.path) for name, scan in made.scans.items()}
    fetched_nothing = replace(made, scans=pointers)
    with pytest.raises(BinderError) as caught:
        write_binder(fetched_nothing, tmp_path / "out")

    assert [finding.code for finding in caught.value.findings] == ["E428", "E428"]
    assert caught.value.not_fetched
    assert "git lfs pull" in caught.value.findings[0].mend
    assert plan_binder(fetched_nothing).pages_of("TL01") == plan_binder(made).pages_of("TL01")


def test_texts_of_officers_are_texts(workspace: Any, tmp_path: Path) -> None:
    """What looks like Typst, a link or a page of the binder stands there as it was typed."""
    root = workspace({})
    area = root / "docs/2024/1-chi-dao-dieu-hanh.md"
    trick = '#read(\\"/etc/hostname\\") page:3 $x$ *b* <b>'
    text = (
        area.read_text("utf-8")
        .replace("giai_trinh: Ba sáng kiến", f'giai_trinh: "{trick}" #')
        .replace("đã họp xét xong, quyết định công nhận đang chờ ký.", "")
    )
    area.write_text(text, "utf-8")
    made = dossier_of(examine(root, YEAR, TODAY))
    assert made is not None
    read = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(write_binder(made, tmp_path)).pages)

    assert trick.replace("\\", "") in read


@pytest.mark.parametrize(
    ("text", "pages"),
    [("3", (3,)), ("2–4", (2, 4)), ("1, 5", (1, 5)), ("2 và 7", (2, 7)), ("cuối", ()), ("Phụ lục 2", ()), ("1a", ())],
)
def test_cited_pages_are_read_only_where_they_are_clear(text: str, pages: tuple[int, ...]) -> None:
    """A citation in words is nobody's page number."""
    assert cited_pages(text) == pages
