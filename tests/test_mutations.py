"""Whatever happens to a file, `examine` answers with findings and never with a traceback."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from pipeline.dossier import Progress, dossier_of, examine
from pipeline.model.finding import CATALOGUE, has_errors
from pipeline.report.compose import compose
from pipeline.spreadsheet.data import as_json

MUTATIONS = 3000
FURTHER = 1200
BATCHES = 12
"""Each batch is a test of its own with its own seed, so that a failure names a seed to run again."""

Mutation = Callable[[random.Random, bytes], bytes]

_LINE = re.compile(rb"[^\n]*\n?")
_VALUE = re.compile(rb"(?<=: )[^\n,{}\[\]]+")
_NUMBER = re.compile(rb"\d+(?:,\d+)?")

_STRANGE = [
    *(
        text.encode()
        for text in ("\t", "  ", "\n", "---\n", ": ", "- ", "#", ",", "|", ">", "%", "@", "`", "!", "&a ", "*a")
    ),
    *(
        text.encode()
        for text in ("[", "]", "{", "}", "[" * 40, "{" * 40, '"', "'", '\\"', "<b>", "<script>", "![](x)", "](")
    ),
    *(
        text.encode()
        for text in ("\0", "\x07", "\x1b[31m", "\u2028", "\u0085", "\ufeff", "\u200b", "\u202e", "😀", "e\u0301")
    ),
    *(
        text.encode()
        for text in ("null", "~", "có", "không", "true", "1e999", "-1", "NaN", "٣", "½", "1.200", "0,5", "9" * 400)
    ),
    *(
        text.encode()
        for text in ("31/02/2024", "29/02/2023", "01/01/0001", "31/12/9999", "2024-13-01", "1.1.1", "3.1", "TL01")
    ),
    *(
        text.encode()
        for text in ("# ", "## Kết quả đạt được\n", "> " * 60, "* " * 60, "| a | b |\n|---|---|\n", "    ", "a" * 5000)
    ),
    *(b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf0\x9f\x98", b"\xfe\xff", b"\r", b"\r\n"),
]
"""What people, editors and broken tools put into files."""


def _lines(content: bytes) -> list[bytes]:
    return [line for line in _LINE.findall(content) if line]


def _any_line(draw: random.Random, content: bytes) -> tuple[list[bytes], int]:
    lines = _lines(content) or [b""]
    return lines, draw.randrange(len(lines))


def _delete_lines(draw: random.Random, content: bytes) -> bytes:
    lines, at = _any_line(draw, content)
    del lines[at : at + draw.choice([1, 1, 1, 2, 5])]
    return b"".join(lines)


def _double_lines(draw: random.Random, content: bytes) -> bytes:
    lines, at = _any_line(draw, content)
    lines[at:at] = lines[at : at + draw.choice([1, 1, 3])]
    return b"".join(lines)


def _swap_lines(draw: random.Random, content: bytes) -> bytes:
    lines, one = _any_line(draw, content)
    other = draw.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def _shift_line(draw: random.Random, content: bytes) -> bytes:
    lines, at = _any_line(draw, content)
    lines[at] = draw.choice([b" " + lines[at], b"  " + lines[at], b"\t" + lines[at], lines[at].lstrip(), lines[at][1:]])
    return b"".join(lines)


def _truncate(draw: random.Random, content: bytes) -> bytes:
    return content[: draw.randrange(len(content) + 1)]


def _truncate_line(draw: random.Random, content: bytes) -> bytes:
    lines, at = _any_line(draw, content)
    lines[at] = lines[at][: draw.randrange(len(lines[at]) + 1)] + b"\n"
    return b"".join(lines)


def _cut_bytes(draw: random.Random, content: bytes) -> bytes:
    at = draw.randrange(len(content) + 1)
    return content[:at] + content[at + draw.choice([1, 1, 2, 20]) :]


def _insert(draw: random.Random, content: bytes) -> bytes:
    at = draw.randrange(len(content) + 1)
    return content[:at] + draw.choice(_STRANGE) + content[at:]


def _flip_byte(draw: random.Random, content: bytes) -> bytes:
    at = draw.randrange(len(content) + 1)
    return content[:at] + bytes([draw.randrange(256)]) + content[at + 1 :]


def _retype(pattern: re.Pattern[bytes]) -> Mutation:
    """Put another value in the place of one that matches: something strange, or a value from elsewhere in the file."""

    def mutation(draw: random.Random, content: bytes) -> bytes:
        found = list(pattern.finditer(content))
        if not found:
            return content + draw.choice(_STRANGE)
        old = draw.choice(found)
        new = draw.choice([draw.choice(_STRANGE), draw.choice(found)[0], b""])
        return content[: old.start()] + new + content[old.end() :]

    return mutation


MUTATORS: tuple[Mutation, ...] = (
    _delete_lines,
    _double_lines,
    _swap_lines,
    _shift_line,
    _truncate,
    _truncate_line,
    _cut_bytes,
    _insert,
    _flip_byte,
    _retype(_VALUE),
    _retype(_VALUE),
    _retype(_NUMBER),
)


@pytest.fixture(scope="module")
def spoiled(sound: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy of the sound workspace, mutated and restored over and over."""
    return Path(shutil.copytree(sound, tmp_path_factory.mktemp("mutations") / "workspace"))


ROUNDS, MAPPED, EARLIER, PLANNED = (
    "harmless/appraised-in-two-rounds",
    "workspaces/survey-mapping-changed-since",
    "workspaces/last-weakness-untold",
    "workspaces/plan-page-missing",
)
YEARLY = ("survey-mapping.yml", "survey.yml", "appraisal.yml", "locked.yml", "settings.yml", "ke-hoach.md")
PLAN = "---\ntieu_de: Kế hoạch\n---\n\n## Mục đích\n\nNâng cao.\n\n## Yêu cầu\n\nĐúng hạn.\n\n## Nội dung\n\n- Việc.\n"


@pytest.fixture(scope="module")
def eventful(sound: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year with everything that may happen in it: a mapped survey, two rounds, a plan, an earlier lock."""
    root = tmp_path_factory.mktemp("eventful") / "workspace"
    for layer in (sound, *(Path(__file__).parent / name for name in (ROUNDS, MAPPED, EARLIER, PLANNED))):
        shutil.copytree(layer, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("defect.yml"))
    (root / "docs" / "ke-hoach.md").write_text(PLAN, "utf-8")
    return root


@pytest.mark.parametrize("seed", range(BATCHES))
def test_no_mutation_of_a_year_s_further_files_raises(seed: int, eventful: Path) -> None:
    """Nor does what the report and the data for programs make of a year that still counts as free of errors."""
    draw = random.Random(seed)
    files = sorted(file for file in eventful.rglob("*") if file.name in YEARLY)
    for _ in range(FURTHER // BATCHES):
        with _mutated(draw, draw.choice(files)) as story:
            progress = examine(eventful, 2024, date(2025, 1, 15))

            assert _faults(progress) == [], story
            if (dossier := dossier_of(progress)) is not None:
                assert compose(dossier).content, story
                assert as_json(dossier), story


@pytest.mark.parametrize("seed", range(BATCHES))
def test_no_mutation_of_a_file_raises(seed: int, spoiled: Path) -> None:
    """Every finding has a known code and a line that can exist, and what has no error gives a dossier."""
    draw = random.Random(seed)
    files = sorted(file for file in spoiled.rglob("*") if file.is_file())
    for _ in range(MUTATIONS // BATCHES):
        with _mutated(draw, draw.choice(files)) as story:
            progress = examine(spoiled, 2024, date(2025, 1, 15))

            assert _faults(progress) == [], story


def _faults(progress: Progress) -> list[str]:
    """What is wrong with an answer."""
    findings = progress.findings
    unknown = [f"{finding.code} is unknown" for finding in findings if finding.code not in CATALOGUE]
    nowhere = [f"{finding.code} on line {finding.place.line}" for finding in findings if finding.place.line < 0]
    silent = [f"{finding.code} says nothing" for finding in findings if not (finding.message and finding.mend)]
    refused = ["no dossier"] if not has_errors(findings) and dossier_of(progress) is None else []
    return unknown + nowhere + silent + refused


@contextmanager
def _mutated(draw: random.Random, file: Path) -> Iterator[str]:
    """Mutate a file once or twice, and restore it; gives what was done, for the message of a failure."""
    sound = file.read_bytes()
    content, done = sound, []
    for mutate in draw.choices(MUTATORS, k=draw.choice([1, 1, 2])):
        content = mutate(draw, content)
        done.append(mutate.__name__.strip("_"))
    file.write_bytes(content)
    try:
        yield f"{file.name}: {', '.join(done)}: {content[:4000]!r}"
    finally:
        file.write_bytes(sound)
