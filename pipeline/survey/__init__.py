"""Raw answers of the social survey as points: read by the year's mapping, worked out, shown, then kept as results.

Answers stay where they lie, in the workspace's private folder: no cell of them is printed, copied or written.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.output import write_file
from pipeline.survey.proposal import FileTold, Given, Proposal, propose

__all__ = ["ChangedMeanwhileError", "FileTold", "Given", "Proposal", "propose", "write_results"]


class ChangedMeanwhileError(Exception):
    """The results are not any more what the differences were shown from."""

    def __init__(self, *, path: str) -> None:
        super().__init__(f"{path} vừa bị sửa trong lúc chờ xác nhận; chưa ghi gì, hãy chạy lại lệnh")
        self.path = path


def write_results(root: Path, proposal: Proposal) -> Path:
    """Write `survey.yml` as proposed.

    Raises:
        ChangedMeanwhileError: the file is not any more what it was when it was read; nothing is written.
        OSError: it cannot be written.
    """
    path = root / proposal.path
    if (path.read_bytes() if path.is_file() else b"") != proposal.before:
        raise ChangedMeanwhileError(path=proposal.path)
    write_file(path, proposal.after)
    return path
