"""Whatever officers type as names, subjects and recipients, both files come out and say it."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.decree import render
from pipeline.decree.lines import balanced
from pipeline.decree.paper import Paper
from pipeline.markup import read_markup

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấềổữỵABĐÊƯ0123456789.,–-/()“”&<>#$*_@`\\"
words_ = st.text(LETTERS, min_size=1, max_size=14)
names = st.lists(words_, min_size=1, max_size=24).map(" ".join)


def squeezed(text: str) -> str:
    """Letters and figures only: where lines break is nobody's business, nor how dashes are drawn."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", text))


facts = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(("Báo cáo", "")),
        "body": names,
        "superior": names,
        "subject": names,
        "to": st.lists(names, min_size=1, max_size=5).map(tuple),
        "copies": st.lists(names, min_size=1, max_size=12).map(tuple),
    }
)
LONG = {
    "kind": "",
    "body": "Ủy " * 60,
    "superior": "x" * 60,
    "subject": "Về " * 200,
    "to": ("Sở " * 90,),
    "copies": ("Nơi " * 40,) * 60,
}


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(facts)
@example(LONG)
def test_any_names_render(make: Callable[..., Paper], opened: Callable[[Paper], Any], told: dict[str, Any]) -> None:
    """Nothing is lost, nothing fails, and no rule is longer than its column."""
    paper = make(**told, annexed=0)
    files, head = opened(paper), paper.letterhead
    pdf = squeezed("".join(files.words(page) for page in range(len(files.pages))))
    docx = squeezed("".join(files.document.element.body.itertext("{*}t")))

    for text in (*head.body, *head.about, *paper.subject, *paper.addressees.names, *paper.recipients.names):
        assert squeezed(text) in docx
        assert squeezed(text) in pdf
    for rule in files.paragraphs("Nét kẻ"):
        assert rule.paragraph_format.left_indent.mm >= 0


@given(names, st.integers(5, 80))
def test_balanced_lines_hold_all_words(text: str, longest: int) -> None:
    """Lines keep every word in order, and only a single word is longer than a line."""
    lines = balanced(text, longest, {"của", "thành phố"})

    assert " ".join(lines) == text
    assert all(len(line) <= longest or " " not in line for line in lines)


def test_both_files_count_and_space_alike(make: Callable[..., Paper]) -> None:
    """An item without words keeps its number in Word, and a tabulator is a space in the PDF."""
    from docx import Document
    from docx.oxml.ns import qn
    from pypdf import PdfReader

    blocks = read_markup("trước\tsau và `một\thai`\n\n1. một\n2.\n3. ba\n4. | a |\n   |---|\n   | b |").blocks
    files = render(replace(make(), content=blocks), "x")
    body: Any = Document(io.BytesIO(files.docx)).element.body
    text = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(files.pdf)).pages)

    assert "trước sau và một hai" in text
    assert "trước sau và một hai" in "".join(body.itertext(qn("w:t")))
    assert len(list(body.iter(qn("w:numPr")))) == 4
