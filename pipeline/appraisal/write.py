"""Writing a proposal, unless somebody changed the file since it was shown."""

from __future__ import annotations

from pathlib import Path

from pipeline.appraisal.proposal import Proposal
from pipeline.output import write_file
from pipeline.spreadsheet.source import ChangedMeanwhileError, SourceFile


def write_proposal(root: Path, proposal: Proposal) -> None:
    """Put the changed `appraisal.yml` in its place, in the file's own line ends.

    Raises:
        ChangedMeanwhileError: the file is not any more what the differences were shown from; nothing is written.
        OSError: it cannot be written; the old file is untouched.
    """
    path = root / proposal.path
    now = path.read_bytes() if path.exists() else None
    if now != proposal.raw:
        raise ChangedMeanwhileError(path=proposal.path)
    write_file(path, SourceFile(proposal.path, proposal.raw or b"\n", proposal.before, proposal.after).content)
