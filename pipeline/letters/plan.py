"""The plan (KH): purposes and content from a page of the workspace, tasks and deadlines from the year's settings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from pipeline import wording
from pipeline.decree.paper import Item, Paper, Title
from pipeline.decree.parts import Draft
from pipeline.decree.phrases import Phrases, phrases
from pipeline.decree.sections import bullets, numbered, paragraphs, unnumbered
from pipeline.dossier import Progress
from pipeline.letters.frame import WORDING, Letter, LetterError, issue_of, laid_out, settings_of
from pipeline.letters.tables import assignments, deadlines
from pipeline.markup import Markup
from pipeline.markup.blocks import Block, Bullets, Paragraph, plain_text
from pipeline.model.papers import BASES, CONTENT, PURPOSE, REQUIREMENTS
from pipeline.model.year import Settings


def plan(progress: Progress) -> Paper:
    """The plan of the year.

    Raises:
        LetterError: the settings cannot be read or name no page that holds the plan's text.
    """
    words, settings = phrases(WORDING), settings_of(progress)
    own, page, full_title = settings.letters.plan, _page(progress, settings), settings.body.full_title
    values = {"nam": str(settings.year), "don_vi": full_title, "don_vi_tat": settings.body.title}
    letter = Letter(
        kind=words("ke_hoach.ten_loai"),
        subject=own.subject or words("ke_hoach.trich_yeu", **values),
        opening=words("ke_hoach.mo_dau", **values),
        content=tuple(_content(progress, settings, page, words)),
        closing=words("ke_hoach.ket_thuc", **values),
        illustrative=settings.illustrative,
        addressees=own.addressees,
        bases=own.bases or tuple(_bases(page.section(BASES), words)),
        recipients=own.recipients or settings.report.recipients,
        signatory=own.signatory or settings.report.signatory,
        annexes=_annexes(progress, settings, words),
    )
    issue = issue_of(settings, symbol=own.symbol, serial=own.serial, day=own.issued)
    return laid_out(letter, issue, own.issued or date(settings.year, 1, 1))


def _page(progress: Progress, settings: Settings) -> Markup:
    name = settings.letters.plan.page
    for page in progress.workspace.pages:
        if name is not None and page.file.path == f"docs/{name}":
            return page.text
    raise LetterError(
        f"chưa có trang chứa nội dung kế hoạch: ghi “van_ban: {{ke_hoach: {{trang: …}}}}” trong "
        f"{progress.workspace.settings_path}; trang nằm trong docs/ và có đề mục {PURPOSE}, {REQUIREMENTS}, {CONTENT}"
    )


def _bases(blocks: Sequence[Block], words: Phrases) -> Iterator[str]:
    """The items of the page's list of bases."""
    for block in blocks:
        for item in block.items if isinstance(block, Bullets) else ():
            texts = [plain_text(part.children) for part in item if isinstance(part, Paragraph)]
            yield words("ke_hoach.can_cu", van_ban=" ".join(texts))


def _content(progress: Progress, settings: Settings, page: Markup, words: Phrases) -> Iterator[Item]:
    sections = (
        ("muc_dich_yeu_cau", _purposes(page, words)),
        ("noi_dung", numbered(page.section(CONTENT))),
        ("to_chuc", _tasks(progress, settings, words)),
    )
    for position, (key, items) in enumerate(sections, start=1):
        yield Title(1, f"{wording.roman(position)}. {words(f'ke_hoach.{key}').upper()}")
        yield from items


def _purposes(page: Markup, words: Phrases) -> Iterator[Item]:
    for position, (key, section) in enumerate((("muc_dich", PURPOSE), ("yeu_cau", REQUIREMENTS)), start=1):
        yield Title(2, f"{position}. {words(f'ke_hoach.{key}')}")
        yield from unnumbered(page.section(section))


def _tasks(progress: Progress, settings: Settings, words: Phrases) -> Iterator[Item]:
    for position, unit in enumerate(settings.units.values(), start=1):
        yield Title(2, f"{position}. {unit.title}")
        if unit.tasks:
            yield bullets(unit.tasks)
    if settings.deadlines:
        yield Title(2, f"{len(settings.units) + 1}. {words('ke_hoach.tien_do')}")
        yield deadlines(settings, words)
    if progress.scores:
        yield from paragraphs([words("ke_hoach.phan_cong")])


def _annexes(progress: Progress, settings: Settings, words: Phrases) -> tuple[Draft, ...]:
    if progress.scores is None:
        return ()
    return (Draft(words("ke_hoach.phu_luc"), assignments(progress.scores, settings, words)),)
