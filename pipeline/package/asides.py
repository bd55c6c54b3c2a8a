"""The processes beside the verifying of a package, for what a stranger may have made long or large.

They are to be woken before anything else is imported; hence this file imports nothing that takes time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import NamedTuple

from pipeline.aside import Aside

SECONDS_OF_JUDGING = 120
"""Two signatures take a tenth of one; asking the network about revocation may take longer."""
SECONDS_OF_DRAWING = 20
"""A report of eighty criteria takes one."""

_JUDGES = ("pipeline.package.signatures:judged", "pipeline.signing.judge")
_DRAWS = (
    "pipeline.report:render_report",
    *("docx", "typst", "pipeline.binder.front", "pipeline.decree.docx_finish"),
)
"""A function, and the modules that it imports late."""


class Asides(NamedTuple):
    """What may be done beside the rest."""

    judging: Aside | None = None
    """Judges signatures; without it that is done when its turn comes."""
    drawing: Aside | None = None
    """Makes the report once more from the figures, which also finds what only the eye would see, such as a picture over
    the points; without it that is not looked for."""


HERE = Asides()
"""Nobody to help."""


@contextmanager
def woken(*, draw: bool) -> Iterator[Asides]:
    """Lend the processes, which end with the block."""
    with ExitStack() as until_told:
        judging = until_told.enter_context(Aside(*_JUDGES, seconds=SECONDS_OF_JUDGING))
        drawing = until_told.enter_context(Aside(*_DRAWS, seconds=SECONDS_OF_DRAWING)) if draw else None
        yield Asides(judging, drawing)
