"""Files that a command line names: plain ones only, since a pipe or a device may keep a program waiting for ever."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


class PlainFile(click.Path):
    """The path of a file; what stands there and is none is wrong usage."""

    def __init__(self, *, folder: bool = False, exists: bool = False) -> None:
        super().__init__(path_type=Path)
        self._folder, self._must_exist = folder, exists

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, once nothing stands there that has no end; its name is not told, as it may be a person's."""
        path = Path(str(super().convert(value, param, ctx)))
        try:
            there, folder, plain = path.exists(), path.is_dir(), path.is_file()
        except (OSError, ValueError):  # a name that no disk takes, or a folder that lets nobody look
            return path
        if self._must_exist and not there:
            self.fail("không tìm thấy", param, ctx)
        if folder and not self._folder:
            self.fail("là thư mục, không phải là tệp", param, ctx)
        if there and not plain and not folder:
            self.fail("là thiết bị hoặc đường ống, không phải là tệp", param, ctx)
        return path
