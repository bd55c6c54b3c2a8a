"""Years beside each other: what is frozen, what changed since, how an area fared, what became of its weaknesses."""

from pipeline.years.trend import Trend, trend
from pipeline.years.weaknesses import FollowUp, follow_ups

__all__ = ["FollowUp", "Trend", "follow_ups", "trend"]
