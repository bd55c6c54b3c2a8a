"""From entries to points: leaves, sums, bands. Nothing here reads a file."""

from pipeline.scoring.columns import Appraised, ColumnKind, Rescore, ScoreColumn, appraised
from pipeline.scoring.leaf import Decision, LeafScore, State
from pipeline.scoring.scores import AreaScore, Row, Scores, Tally, score

__all__ = [
    "Appraised",
    "AreaScore",
    "ColumnKind",
    "Decision",
    "LeafScore",
    "Rescore",
    "Row",
    "ScoreColumn",
    "Scores",
    "State",
    "Tally",
    "appraised",
    "score",
]
