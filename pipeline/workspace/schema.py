"""The JSON Schemas that let an editor complete keys and underline mistakes, from the same models that check."""

from __future__ import annotations

import json
from typing import Any

from pipeline.fields import Declared
from pipeline.model.appraisal import Appraisal
from pipeline.model.assessment import AreaFile, SurveyResults
from pipeline.model.criteria_set import CriteriaSet
from pipeline.model.evidence import Register
from pipeline.model.locked import LockedYear
from pipeline.model.supplied import SuppliedResults
from pipeline.model.survey_mapping import SurveyMapping
from pipeline.model.year import Settings
from pipeline.workspace.load import PageHead

SCHEMAS: dict[str, tuple[type[Declared], str]] = {
    "criteria-set": (CriteriaSet, "Bộ tiêu chí: scores/sets/*.yml"),
    "settings": (Settings, "Thiết lập của năm: scores/NĂM/settings.yml"),
    "survey": (SurveyResults, "Kết quả điều tra xã hội học: scores/NĂM/survey.yml"),
    "survey-mapping": (SurveyMapping, "Bảng ánh xạ phiếu điều tra: scores/NĂM/survey-mapping.yml"),
    "supplied": (SuppliedResults, "Điểm, số liệu do cơ quan khác cung cấp: scores/NĂM/supplied.yml"),
    "appraisal": (Appraisal, "Các vòng thẩm định và giải trình: scores/NĂM/appraisal.yml"),
    "locked": (LockedYear, "Kết quả đã khóa của một năm: scores/NĂM/locked.yml"),
    "register": (Register, "Sổ đăng ký tài liệu kiểm chứng: evidence/NĂM/register.yml"),
    "area": (AreaFile, "Phần đầu tệp của một lĩnh vực: docs/NĂM/*.md"),
    "page": (PageHead, "Phần đầu của một trang: docs/*.md"),
}
"""Each kind of file, its model and what it is."""


def schema(name: str) -> str:
    """One schema as JSON text."""
    model, title = SCHEMAS[name]
    data = _loosened(model.model_json_schema(by_alias=True))
    data |= {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _loosened(value: Any) -> Any:
    """Let an editor's YAML see `14` as a number and `no` as a truth value where the program reads text."""
    if isinstance(value, list):
        return [_loosened(item) for item in value]
    if not isinstance(value, dict):
        return value
    loosened = {key: _loosened(item) for key, item in value.items()}
    if loosened.get("type") == "string" and "enum" not in loosened and "const" not in loosened:
        loosened["type"] = ["string", "number", "boolean"]
    return loosened
