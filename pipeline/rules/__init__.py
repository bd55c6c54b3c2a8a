"""The shapes of scoring rules, one file each, and the one list of all."""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field

from pipeline.rules.additive import Additive
from pipeline.rules.all_conditions import AllConditions
from pipeline.rules.by_hand import ByHand
from pipeline.rules.count_steps import CountSteps
from pipeline.rules.days_late import DaysLate
from pipeline.rules.deducted import Deducted
from pipeline.rules.judged_level import JudgedLevel
from pipeline.rules.per_item import PerItem
from pipeline.rules.percent_steps import PercentSteps
from pipeline.rules.proportional import Proportional
from pipeline.rules.surveyed import Surveyed
from pipeline.rules.yes_no import YesOrNo

Shape = (
    Additive
    | AllConditions
    | ByHand
    | CountSteps
    | DaysLate
    | Deducted
    | JudgedLevel
    | PerItem
    | PercentSteps
    | Proportional
    | Surveyed
    | YesOrNo
)
"""Every shape. A new one is a new file and a new line here."""

SHAPES = get_args(Shape)

AnyRule = Annotated[Shape, Field(discriminator="kind")]
"""A rule as a criteria set declares it, told apart by `loai`."""
