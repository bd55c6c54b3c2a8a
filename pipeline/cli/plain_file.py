"""Files that a command line names: plain ones only, since a pipe or a device may keep a program waiting for ever."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pipeline.wording import visible


class PlainFile(click.Path):
    """The path of a file; what stands there and is none is wrong usage."""

    def __init__(self, *, folder: bool = False, exists: bool = False, private: bool = False) -> None:
        """`private`: the file's name is not told, as it may be a person's."""
        super().__init__(path_type=Path)
        self._folder, self._must_exist, self._private = folder, exists, private

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, once nothing stands there that has no end."""
        path = Path(str(super().convert(value, param, ctx)))
        try:
            there, folder, plain = path.exists(), path.is_dir(), path.is_file()
        except (OSError, ValueError):  # a name that no disk takes, or a folder that lets nobody look
            return path
        named = "" if self._private else f" “{visible(str(path))}”"
        if self._must_exist and not there:
            self.fail(f"không tìm thấy{named}", param, ctx)
        if folder and not self._folder:
            self.fail(f"cần một tệp, không phải thư mục{named}", param, ctx)
        if there and not plain and not folder:
            self.fail(f"cần một tệp, không phải thiết bị hoặc đường ống{named}", param, ctx)
        return path
