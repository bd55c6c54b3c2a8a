"""Opening an office file of a package: not more of it than memory should hold as a tree, beyond what `office` asks."""

from __future__ import annotations

import zipfile

from pipeline.office import OfficeFileError, Reason, open_office

MOST_TAGS = 500_000
"""In all parts together; the report of eighty criteria has a twentieth of it, and each costs a hundred bytes."""
_PIECE = 1 << 16


def open_modest(content: bytes, required: str) -> zipfile.ZipFile:
    """The archive, once it is known to be harmless.

    Raises:
        OfficeFileError: it is not.
    """
    archive = open_office(content, required)
    tags = 0
    for part in archive.infolist():
        with archive.open(part) as stream:
            while piece := stream.read(_PIECE):
                tags += piece.count(b"<")
        if tags > MOST_TAGS:
            raise OfficeFileError(reason=Reason.LARGE, part=part.filename)
    return archive
