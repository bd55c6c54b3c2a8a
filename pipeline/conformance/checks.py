"""Every check of conformance, in the order of the decree."""

from __future__ import annotations

from pipeline.conformance.annex_checks import ANNEX_CHECKS
from pipeline.conformance.body_checks import BODY_CHECKS
from pipeline.conformance.ending_checks import ENDING_CHECKS
from pipeline.conformance.examined import Check
from pipeline.conformance.letterhead_checks import LETTERHEAD_CHECKS
from pipeline.conformance.sheet_checks import SHEET_CHECKS

CHECKS: tuple[Check, ...] = (*SHEET_CHECKS, *LETTERHEAD_CHECKS, *BODY_CHECKS, *ENDING_CHECKS, *ANNEX_CHECKS)
