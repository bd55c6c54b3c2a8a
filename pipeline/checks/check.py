"""What a check is: a function over everything read and scored, giving findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pipeline.model.finding import Finding
from pipeline.scoring import Scores
from pipeline.workspace.load import Workspace

if TYPE_CHECKING:
    from pipeline.years.sets import Rescore


def unscored(workspace: Workspace) -> Scores | None:
    """Stands in where no other year is there to be scored."""
    return None


@dataclass(frozen=True)
class Examined:
    """What a check may look at."""

    workspace: Workspace
    scores: Scores | None
    """None when there is no criteria set to score by."""
    today: date
    rescore: Rescore
    """Scores another year's workspace, for checks that look back."""


Check = Callable[[Examined], Iterator[Finding]]
