"""What officers type is data: nothing of it is run by Markdown, by templates or by a browser."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Seen, Site, made_from, seen

STRINGS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "{{7*7}}",
    "{% raw %}",
    "{: onclick=alert(1) }",
    "{ #ket-qua .bad onclick=alert(1) }",
    "[x](javascript:alert(1))",
    "![x](../../../etc/passwd)",
    "[[x]]",
    "&lt;b&gt;",
    "--8<-- 'mkdocs.yml'",
    "<!-- x -->",
    "</div></td></table>",
    ":smile: $x$ ==a== ~~b~~ ^c^",
    '" onmouseover="alert(1)',
    "[y](&#106;avascript:alert(1))",
    "[z](JaVaScRiPt&colon;alert(1))",
    "[d](data:text/html,x)",
    "[v](vbscript:x)",
    "[f](file:///etc/passwd)",
    '#read("x") #include "x"',
    "{=html} {=openxml} {=typst}",
    r"\input{x}",
    "=HYPERLINK(1)",
    "!!python/object/apply:os.system [ls]",
)
HOSTILE = " ; ".join(STRINGS)
QUOTED = json.dumps(HOSTILE, ensure_ascii=False)


@pytest.fixture(scope="module")
def attacked(sound: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with hostile text in a title, a heading, a paragraph, a list, a table and every kind of field."""
    blocks = f"## {HOSTILE}\n\n{HOSTILE}\n\n- {HOSTILE}\n\n    {HOSTILE}\n\n> {HOSTILE}\n\n"
    body = f"{blocks}| {HOSTILE} | b |\n|---|---|\n| 1 | 2 |\n"
    return made_from(
        sound,
        tmp_path_factory.mktemp("attacked") / "workspace",
        {
            "docs/lien-he.md": ("tieu_de: Liên hệ\n---\n", f"tieu_de: {QUOTED}\n---\n\n{body}"),
            "docs/2024/1-chi-dao-dieu-hanh.md": ("giai_trinh: Ba", f"giai_trinh: {QUOTED}\n#"),
            "docs/2024/2-thu-tuc-hanh-chinh.md": ("Xã giải", f"### {HOSTILE}\n\n{HOSTILE}\n\nXã giải"),
            "evidence/2024/register.yml": ("trich_yeu: Kế hoạch", f"trich_yeu: {QUOTED}\n#"),
            "scores/2024/settings.yml": ("ten: UBND xã Mẫu", f"ten: {QUOTED}"),
        },
    )


def harm(page: Seen) -> list[str]:
    """Attributes that only hostile text could have brought in."""
    handlers = [f"{tag} {name}" for tag, attributes in page.elements for name in attributes if name.startswith("on")]
    addresses = [attributes.get(name, "") for _, attributes in page.elements for name in ("href", "src")]
    folded = ("".join(address.split()).casefold() for address in addresses)
    schemes = ("javascript:", "vbscript:", "data:text", "file:", "../../..")
    return handlers + [address for address in folded if address.startswith(schemes)]


def scripts(page: Seen) -> int:
    """How many scripts a page has."""
    return sum(tag == "script" for tag, _ in page.elements)


def test_mkdocs_runs_nothing(attacked: Site) -> None:
    """Every hostile string is on the page to read, letter for letter, and no element came of it."""
    clean = scripts(seen(attacked.folder / "phan-cong.html"))
    for path in attacked.html:
        page = seen(path)
        assert harm(page) == []
        assert scripts(page) == clean or path.name == "404.html"


@pytest.mark.parametrize("string", STRINGS)
def test_strings_stay_text(attacked: Site, string: str) -> None:
    """In the title, the explanation, the abstract and the body alike; Markdown's own references are resolved."""
    contact = seen(attacked.folder / "lien-he.html").text
    shown = {
        "&lt;b&gt;": "<b>",
        "![x](../../../etc/passwd)": "[x]",
        "[y](&#106;avascript:alert(1))": "[y](javascript:alert(1))",
        "[z](JaVaScRiPt&colon;alert(1))": "[z](JaVaScRiPt:alert(1))",
    }

    assert string in contact
    assert string in seen(attacked.folder / "2024" / "1-chi-dao-dieu-hanh.html").text
    assert string in seen(attacked.folder / "minh-chung.html").text
    assert shown.get(string, string) in seen(attacked.folder / "2024" / "2-thu-tuc-hanh-chinh.html").text


def test_zensical_runs_nothing(attacked: Site) -> None:
    """The successor takes the same pages the same way."""
    subprocess.run([sys.executable, "-m", "zensical", "build"], cwd=attacked.root, check=True, capture_output=True)

    for path in attacked.html:
        assert harm(seen(path)) == []
    assert "{{7*7}}" in seen(attacked.folder / "lien-he.html").text
