"""The paper as an editable Word file: pandoc builds it, a short pass gives it styles, tables, sections and headers."""

from __future__ import annotations

import json
import subprocess
import tempfile
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
        import pypandoc  # type: ignore[import-untyped]

        self._paper = paper
        self._tree = tree(paper)
        # A file rather than a pipe: writing to a pipe would wait until pandoc is awake.
        with tempfile.TemporaryFile() as source:
            source.write(json.dumps(document(self._tree.blocks)).encode())
            source.seek(0)
            self._process = subprocess.Popen(  # noqa: S603 - pandoc's own path, no word of an officer
                [pypandoc.get_pandoc_path(), "--sandbox", "--from=json", "--to=docx", "--output=-"],
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
