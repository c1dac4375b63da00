"""Answers that stand in a workbook and still hold, since plan and inputs are those they were given for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from optimizer.domain import Case, Plan
from optimizer.domain.canonical import content_hash
from optimizer.errors import FaultsFound, UsageError
from optimizer.insight.questions import Question


def still(book: Path, case: Case, plan: Plan) -> dict[str, Any]:
    """What ``Made`` takes to draw them again: the sections of the Why sheet, and the rows of the Ask sheet, each with
    its answer if it asks what was answered."""
    from optimizer.workbook import labels
    from optimizer.workbook.output.ask import Asked
    from optimizer.workbook.reading.answered import read_answers
    from optimizer.workbook.reading.asked import read_asked
    from optimizer.workbook.reading.claims import read_run

    if read_run(book).get(labels.CONTENT_HASH) != content_hash(case, plan):
        return {}
    told = read_answers(book)
    try:
        rows = read_asked(book, case) if told.asked else ()
    except (FaultsFound, UsageError):  # what cannot be read as a question has no answer
        rows = ()
    asked = [Asked(r.cells, told.asked.get(Question(*r.asks).words(case))) for r in rows]
    return {"why": told.why, "asked": asked}
