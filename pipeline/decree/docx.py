"""The paper as an editable Word file: pandoc builds it, a short pass gives it styles, tables, sections and headers."""

from __future__ import annotations

import json
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Self

from pipeline.decree.pandoc import document
from pipeline.decree.paper import Paper
from pipeline.decree.tree import tree


class Pandoc:
    """Pandoc at work beside us: start it, do something else, then ask for the file.

    Raises:
        OSError: pandoc cannot be started.
    """

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._tree = tree(paper)
        # A file rather than a pipe: writing to a pipe would wait until pandoc is awake.
        with tempfile.TemporaryFile() as source:
            source.write(json.dumps(document(self._tree.blocks)).encode())
            source.seek(0)
            self._process = subprocess.Popen(  # noqa: S603 - pandoc's own path, no word of an officer
                [_program(), "--sandbox", "--from=json", "--to=docx", "--output=-"],
                stdin=source,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._process:
            if self._process.poll() is None:
                self._process.kill()

    def docx(self) -> bytes:
        """The Word file.

        Raises:
            RuntimeError: pandoc failed; its own words are in the message.
        """
        from pipeline.decree import metrics
        from pipeline.decree.docx_finish import finished

        metrics.load()
        made, complaint = self._process.communicate()
        if self._process.returncode:
            raise RuntimeError(f"pandoc: {complaint.decode(errors='replace').strip()}")
        return finished(made, self._paper, self._tree.tables)


def _program() -> str:
    """Pandoc as it came with its library, which would run it once more to ask for its version."""
    spec = find_spec("pypandoc")
    if spec is not None and spec.origin is not None:
        for name in ("pandoc", "pandoc.exe"):
            if (own := Path(spec.origin).parent / "files" / name).is_file():
                return str(own)
    import pypandoc  # type: ignore[import-untyped]

    return str(pypandoc.get_pandoc_path())
