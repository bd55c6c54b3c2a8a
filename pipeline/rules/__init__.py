"""The shapes of scoring rules, one file each, and the one list of all."""

from __future__ import annotations

import sys
from typing import Annotated, get_args

from pydantic import Field
from typing_extensions import TypeAliasType

from pipeline.rules.additive import Additive
from pipeline.rules.against_last_year import AgainstLastYear
from pipeline.rules.all_conditions import AllConditions
from pipeline.rules.by_hand import ByHand
from pipeline.rules.computed import Computed
from pipeline.rules.count_steps import CountSteps
from pipeline.rules.days_late import DaysLate
from pipeline.rules.deducted import Deducted
from pipeline.rules.deducted_days import DeductedDays
from pipeline.rules.dependent import Dependent
from pipeline.rules.judged_level import JudgedLevel
from pipeline.rules.per_item import PerItem
from pipeline.rules.percent_steps import PercentSteps
from pipeline.rules.proportional import Proportional
from pipeline.rules.supplied import Supplied
from pipeline.rules.surveyed import Surveyed
from pipeline.rules.yes_no import YesOrNo

Shape = (
    Additive
    | AgainstLastYear
    | AllConditions
    | ByHand
    | Computed
    | CountSteps
    | DaysLate
    | Deducted
    | DeductedDays
    | Dependent
    | JudgedLevel
    | PerItem
    | PercentSteps
    | Proportional
    | Supplied
    | Surveyed
    | YesOrNo
)
"""Every shape. A new one is a new file and a new line here."""

SHAPES = get_args(Shape)

AnyRule = TypeAliasType("AnyRule", Annotated[Shape, Field(discriminator="kind")])
"""A rule as a criteria set declares it, told apart by `loai`."""

for nested in (Dependent, Supplied):
    # Rules that hold rules name this type before it exists; pydantic looks it up in their module when it first builds.
    vars(sys.modules[nested.__module__])["AnyRule"] = AnyRule
