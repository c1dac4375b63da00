"""Read → verify → draw a page of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from optimizer.domain import Case
from optimizer.errors import UsageError
from optimizer.workflow.auditing import Audited, audit
from optimizer.workflow.days import day_of

if TYPE_CHECKING:
    from optimizer.report.answers import Answer
    from optimizer.report.before import Other


def report(
    book: Path, out: Path | None, day: str | None = None, against: Path | None = None, answers: Sequence[Answer] = ()
) -> tuple[Audited, Path]:
    """The plan in a workbook as a page of HTML, judged afresh; the page says so if it fails.

    ``day`` (YYYY-MM-DD) picks the week of the map, default the fullest; ``against`` is a workbook
    whose plan is put beside this one (``UsageError`` if it holds none), ``answers`` those to questions of the plan.
    Returns the verdict and where the page landed: ``out``, by default the workbook's name with ``.html``.
    """
    from optimizer.domain.canonical import content_hash
    from optimizer.page import Judged, page
    from optimizer.workbook.sheets.files import land

    found = audit(book)
    other = None if against is None else _other(against, book)
    week = None if day is None else week_of(found.case, day)
    content = content_hash(found.case, found.plan)
    judged = Judged(found.verdict, found.claimed, found.wrong, found.bound, content)
    text = page(found.case, found.plan, judged, week, other, answers)
    return found, land(out or book.with_suffix(".html"), lambda path: _write(path, text))


def _other(path: Path, book: Path) -> Other:
    """The plan of another workbook, under its name."""
    from optimizer.report.before import Other
    from optimizer.workflow.comparing import names_of, version

    found = version(path, names_of([book, path])[1])
    if found.plan is None or not found.planned:
        raise UsageError(f"{path} holds no plan: nothing is decided in its Plan sheets beyond what was under way")
    return Other(found.name, found.case, found.plan)


def week_of(case: Case, day: str) -> int:
    """The plan's week that holds a date; ``UsageError`` if it is none or lies outside the plan."""
    week = case.calendar.week_of(day_of(day))
    if not 0 <= week < case.weeks:
        first, last = case.calendar.monday(0), case.calendar.monday(case.weeks - 1)
        raise UsageError(f"{day} lies outside the plan, whose weeks begin on {first} to {last}")
    return week


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode())
