"""From entries to points: leaves, sums, bands. Nothing here reads a file."""

from pipeline.scoring.leaf import LeafScore, State
from pipeline.scoring.scores import AreaScore, Row, Scores, Tally, score

__all__ = ["AreaScore", "LeafScore", "Row", "Scores", "State", "Tally", "score"]
