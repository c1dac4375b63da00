"""Draft the input of a year: from the first year's book, or from the signed year before it, with the news."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optimizer.cycle.carry import carry
from optimizer.cycle.manifest import Manifest
from optimizer.cycle.recurrence import first_monday
from optimizer.errors import UsageError

if TYPE_CHECKING:
    from optimizer.workbook.forms.next_year import Asked

ROOT = Path("cycles")
INPUT, PLAN = "input.xlsx", "plan.xlsx"
LOOK_AHEAD = 26  # weeks planned beyond a year, but for the first
Draft = tuple[Any, "tuple[Asked, ...]", dict[tuple[str, int], int]]  # content, asked, rows from the news


@dataclass(frozen=True)
class Order:
    """What to do: the ``year``, where the years lie, the ``book`` of the first one, news, weeks beyond the year; by
    default as many as the book of the first year plans, and ``LOOK_AHEAD`` of the others."""

    year: int
    root: Path = ROOT
    book: Path | None = None
    updates: Path | None = None
    look_ahead: int | None = None


def draft(order: Order, parent: Manifest | None) -> Draft:
    """The content of the year's input, what is asked in it, and which of its rows came from the news."""
    from optimizer.workbook.forms.drafts import assumed, open_asked
    from optimizer.workbook.forms.first_year import first_year
    from optimizer.workbook.forms.manned import manned
    from optimizer.workbook.forms.next_year import next_year
    from optimizer.workbook.forms.updates import read_updates, with_updates
    from optimizer.workbook.merge.read import read_content

    asked: tuple[Asked, ...] = ()
    if parent is None:
        assert order.book is not None
        content = read_content(order.book, "book")
        _of_year(content, order.year)
    else:
        before = order.root / str(order.year - 1)
        old = read_content(before / INPUT, "before")
        answer = read_content(before / PLAN, "plan", old.calendar)
        signed = answer.tables["Plan rotations"]
        names = [tuple(r.values[h] for h in ("Rotation", "Unit", "Arrive", "Depart")) for r in signed]
        old = with_edits(old, answer)
        case, plan = _judged(before / PLAN)
        content, asked = next_year(
            old,
            case,
            carry(case, plan, parent.signed_weeks),
            names,
            order.year,
            LOOK_AHEAD if order.look_ahead is None else order.look_ahead,
        )
    origin: dict[tuple[str, int], int] = {}
    if order.updates is not None:
        content, origin = with_updates(content, read_updates(order.updates, content.calendar))
    if parent is None and order.look_ahead is not None:
        content = first_year(content, order.year, order.look_ahead)
    if parent is not None:
        content = assumed(content, order.year)
        assert content.calendar is not None
        content, put_off = manned(content, first_monday(order.year + 1, content.calendar))
        asked = (*asked, *put_off)
    return _past_the_end(content), open_asked(content, asked), origin


def with_edits(old: Any, answer: Any) -> Any:
    """The content of a year's input with what was put into its answer since: cells, questions, own columns and sheets.
    What the answer's Lock cells say was said of its plan alone."""
    from dataclasses import replace

    from optimizer.workbook.merge.merge import merge
    from optimizer.workbook.naming import TICKED
    from optimizer.workbook.schema import LAST_SHEETS

    locks = tuple(r for r in answer.tables["Locks"] if not str(r.values["Lock"]).startswith(TICKED))
    last = {s.name: old.tables[s.name] for s in LAST_SHEETS if s.name in old.tables}
    told = {name: rows for name, rows in answer.tables.items() if name not in {s.name for s in LAST_SHEETS}}
    return merge(old, [replace(answer, tables={**told, **last, "Locks": locks})]).content


def _past_the_end(content: Any) -> Any:
    """The content with the rules on what runs past the end switched on: another year follows."""
    from optimizer.workbook.forms.rows import with_setting
    from optimizer.workbook.schema import SETTINGS

    name = next(s.header for s in SETTINGS if s.attribute == "look_past_end")
    return with_setting(content, name, True)


def _of_year(content: Any, year: int) -> None:
    found = content.calendar.fiscal(0)[0] if content.calendar else None
    if found != year:
        raise UsageError(f"the workbook plans fiscal year {found}, not {year}")
    whole = (first_monday(year + 1, content.calendar) - content.calendar.start).days // 7
    if content.calendar.weeks < whole:
        raise UsageError(f"the workbook plans {content.calendar.weeks} of the {whole} weeks of fiscal year {year}")


def _judged(book: Path) -> tuple[Any, Any]:
    from optimizer.workbook.reader import read_for_verifying

    return read_for_verifying(book)
