"""The papers of the year beside the report: plan, invitation, handout, reminders, request for appraisal.

All but the last are written while the year is still unfinished, so they take what the steps hand on, not a dossier.
"""

from __future__ import annotations

from pipeline.letters.appraisal import appraisal
from pipeline.letters.frame import LetterError
from pipeline.letters.handout import handout
from pipeline.letters.invitation import invitation
from pipeline.letters.owed import Owed, owed
from pipeline.letters.plan import plan
from pipeline.letters.reminder import reminder

__all__ = ["LetterError", "Owed", "appraisal", "handout", "invitation", "owed", "plan", "reminder"]
