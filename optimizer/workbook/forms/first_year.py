"""The workbook of the first year, planned some weeks beyond it: what has no dates goes on, dates stay as typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from optimizer.cycle.recurrence import first_monday
from optimizer.errors import UsageError
from optimizer.quantities import Calendar
from optimizer.workbook.forms.drafts import assumed
from optimizer.workbook.forms.rows import put, setting, unfunded, with_setting
from optimizer.workbook.merge.content import Content, Row

Rows = tuple[Row, ...]


def first_year(content: Content, year: int, look_ahead: int) -> Content:
    """The book of fiscal year ``year`` with ``look_ahead`` weeks planned beyond it; a book that reaches as far by
    itself is left alone. Money of later years is assumed. What may not wait until the look-ahead is dated: exercises
    that begin within the year end within it, as lock lines do. Raises ``UsageError`` where one cap is for all."""
    old = content.calendar
    assert old is not None
    if look_ahead and setting(content, "Total cap") is not None:
        raise UsageError("the total cap is for the year alone: give --look-ahead 0, or ceilings in Budget instead")
    until = first_monday(year + 1, old)
    weeks = (until - old.start).days // 7 + look_ahead
    if weeks <= old.weeks:
        return content
    calendar = replace(old, weeks=weeks)
    tables = dict(with_setting(content, "Weeks", weeks).tables)
    tables["Budget"] = (*tables.get("Budget", ()), *_budget(tables.get("Budget", ()), calendar))
    tables["Exercises"] = tuple(_before(r, until) for r in tables.get("Exercises", ()))
    last = until - timedelta(days=1)
    tables["Locks"] = tuple(
        put(r, To=last) if "To" not in r.raw and r.values["Kind"] not in ("exercise", "participant") else r
        for r in tables.get("Locks", ())
    )
    for sheet, who in (("Demand", ("Country", "Capability")), ("Set holdings", ("Set",))):
        tables[sheet] = _going_on(tables.get(sheet, ()), who, old)
    return assumed(replace(content, tables=tables, calendar=calendar), year)


def _before(row: Row, until: date) -> Row:
    """An exercise that does not run across the end of the year."""
    first, weeks = row.values["Earliest start"], timedelta(weeks=int(row.values["Weeks"]))
    if first >= until:
        return row
    if first + weeks > until:
        return put(row, Earliest_start=until)
    typed = row.values["Latest start"] if "Latest start" in row.raw else until
    return row if typed + weeks <= until else put(row, Latest_start=until - weeks)


def _budget(rows: Rows, calendar: Calendar) -> Iterator[Row]:
    """Rows without an amount for the lines of the last year with money, in the years that have none."""
    latest = max((r.values["Fiscal year"] for r in rows), default=0)
    for year in calendar.fiscal_years:
        if year > latest:
            yield from (unfunded(r, year) for r in rows if r.values["Fiscal year"] == latest)


def _going_on(rows: Rows, who: tuple[str, ...], old: Calendar) -> Rows:
    """Rows with the end of the plan typed as theirs, where nothing follows them: they have no end now."""
    end = old.monday(old.weeks) - timedelta(days=1)
    follows = {tuple(r.values[h] for h in who) for r in rows if "To" not in r.raw or r.values["To"] > end}

    def ends(r: Row) -> bool:
        return "To" in r.raw and r.values["To"] == end and tuple(r.values[h] for h in who) not in follows

    return tuple(put(r, To=None) if ends(r) else r for r in rows)
