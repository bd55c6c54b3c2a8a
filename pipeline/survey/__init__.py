"""Raw answers of the social survey as points: read by the year's mapping, worked out, shown, then kept as results.

Answers stay where they lie, in the workspace's private folder: no cell of them is printed, copied or written.
"""

from __future__ import annotations

from pipeline.survey.proposal import FileTold, Given, Proposal, propose

__all__ = ["FileTold", "Given", "Proposal", "propose"]
