"""The manifest that travels inside the report's PDF, so that the report alone proves which evidence it speaks of."""

from __future__ import annotations

import json

from pipeline.decree.paper import Attachment
from pipeline.dossier import Dossier
from pipeline.package.contents import evidenced, manifest_of
from pipeline.package.manifest import ATTACHED, Covers, Manifest

_DESCRIPTION = "Bảng kê số liệu đầu vào và tài liệu kiểm chứng mà báo cáo dựa vào, kèm mã băm sha256"


def report_manifest(dossier: Dossier) -> Manifest:
    """What the report of a dossier speaks of; the report itself cannot be in it."""
    found = evidenced(dossier)
    return manifest_of(dossier, Covers.REPORT, tuple(item.entry for item in found.items), found.left_out)


def report_attachment(dossier: Dossier) -> Attachment:
    """That manifest as a file for the report's PDF."""
    return attachment_of(report_manifest(dossier))


def attachment_of(manifest: Manifest) -> Attachment:
    """A manifest as a file for a PDF; the same manifest gives the same bytes."""
    text = json.dumps(manifest.model_dump(mode="json"), indent=0)
    return Attachment(ATTACHED, "application/json", _DESCRIPTION, text + "\n")
