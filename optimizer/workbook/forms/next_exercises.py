"""Exercises of the next year: editions of what comes again, with their hosts and needs under the new names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from optimizer.cycle.recurrence import base_id, edition_id, next_edition
from optimizer.domain.turnaround import back_from
from optimizer.quantities import Calendar
from optimizer.workbook.merge.content import Row
from optimizer.workbook.schema import ASK

if TYPE_CHECKING:
    from optimizer.workbook.forms.next_year import Turn

Rows = tuple[Row, ...]


def next_exercises(turn: Turn, tables: Mapping[str, Rows]) -> dict[str, Rows]:
    """The sheets Exercises, hosts, needs and Locks of the new year. What was held and does not come again is left out,
    unless somebody who was brought in for it cannot be brought in again yet; an edition that could run across the day
    on which the year after begins ends before it, or begins after it."""
    offered = sorted(tables.get("Exercises", ()), key=lambda r: r.values["Earliest start"])
    newest = {base_id(str(row.values["Exercise"])): row for row in offered}
    new: dict[str, list[str]] = {}  # the new names by the name a row has
    exercises = []
    spaced = _spaced(turn, {str(r.values["Exercise"]): r for r in offered})
    must = {base_id(str(r.values["Exercise"])) for r in offered if r.values["Mandatory"]}
    for base, row in newest.items():
        if base in must and row.values["Every"]:  # beyond the year before it may not have been, for want of units
            row = _but(row, Mandatory=True)
        last = max((day for n, day in turn.carried.held.items() if base_id(n) == base), default=None)
        for name, edition in _editions(turn, row, last, spaced(row)):
            new.setdefault(row.values["Exercise"], []).append(name)
            exercises.append(edition)
    held = _still_told(turn)
    out = {"Exercises": (*(r for r in offered if r.values["Exercise"] in held), *exercises)}
    for sheet in ("Exercise hosts", "Exercise needs"):
        rows = tables.get(sheet, ())
        old = [r for r in rows if r.values["Exercise"] in held]
        out[sheet] = (*old, *(_named(r, n) for r in rows for n in new.get(str(r.values["Exercise"]), ())))
    for sheet in (s for s in ("Locks", ASK.name) if s in tables):
        out[sheet] = tuple(_following(tables[sheet], new))
    return out


def _still_told(turn: Turn) -> set[str]:
    """Exercises that are over, after which an element that was brought in for them has not been gone for the lead weeks
    of each of its modes when the year begins: the new workbook keeps them, as history (rule turnaround)."""
    case = turn.case
    if not case.settings.turnaround:
        return set()
    out = set()
    for run in turn.carried.plan.runs:
        end = run.start + case.exercise[run.exercise].weeks
        for who in run.participants if run.start < 0 else ():
            modes = case.element_type(who.element).modes
            if who.mode is not None and any(back_from(case, who.element, m, end) > 0 for m in modes):
                out.add(run.exercise)
    return out


def _following(rows: Rows, new: Mapping[str, list[str]]) -> Iterator[Row]:
    """Lock lines and questions, those about an exercise about its next edition; without one they are left out."""
    for r in rows:
        header = {"exercise": "Subject", "participant": "Exercise"}.get(r.values["Kind"])
        if header is None:
            yield r
        else:
            yield from (_named(r, n, header) for n in new.get(str(r.values[header]), ())[:1])


def _named(row: Row, name: str, header: str = "Exercise") -> Row:
    return _but(row, **{header: name})


def _but(row: Row, **cells: object) -> Row:
    return row.but(values={**row.values, **cells}, raw={**row.raw, **cells})


def _spaced(turn: Turn, offered: Mapping[str, Row]) -> Callable[[Row], date]:
    """From which day on an exercise keeps the spacing of its group to those held in the year before."""

    def first(row: Row) -> date:
        group, days = row.values["Group"], [turn.start]
        for name, day in turn.carried.held.items():
            other = offered[name].values if name in offered else {}
            if group is not None and other.get("Group") == group:
                days.append(day + timedelta(weeks=other["Weeks"] + max(other["Spacing"], row.values["Spacing"])))
        return max(days)

    return first


def _editions(turn: Turn, row: Row, last: date | None, spaced: date) -> Iterator[tuple[str, Row]]:
    """Every edition that begins in what is planned, and the next one if none does: what comes every third year is not
    forgotten in the two between. ``last``: the day one began in the year before, if one did."""
    v = row.values
    held = turn.carried.held.get(str(v["Exercise"]))
    every = v.get("Every")
    first, latest = v["Earliest start"], v["Latest start"]
    if every is None:
        if held is None and latest >= turn.start:
            yield _edition(turn, row, str(v["Exercise"]), max(first, spaced), latest, None)
        return
    before = last or v.get("Last held")
    window = next_edition(first, latest, every, before, held is not None, turn.start)
    if held is None and latest >= turn.start:  # offered in the look-ahead, or not even due, and not planned yet
        window = max(first, turn.start), latest
    window = max(window[0], spaced), window[1]
    named = 0
    while not named or window[0] < turn.end:
        week = Calendar(window[0] - timedelta(days=window[0].weekday()), 1, turn.case.calendar.fiscal_month)
        named = max(week.fiscal(0)[0], named + 1)  # a year of 53 weeks has two first weeks of October
        yield _edition(turn, row, edition_id(str(v["Exercise"]), named), *window, before)
        window = next_edition(*window, every, None, True, window[1] + timedelta(weeks=1))


def _edition(turn: Turn, row: Row, name: str, first: date, latest: date, last: date | None) -> tuple[str, Row]:
    """An edition with its window; one that had to be held has to be so again."""
    seam, weeks = turn.signed_until, timedelta(weeks=int(row.values["Weeks"]))
    latest = max(first, latest)
    if first < seam < latest + weeks:
        if seam - weeks >= first:
            latest = min(latest, seam - weeks)
        else:
            first, latest = seam, max(seam, latest)
    cells: dict[str, object] = {"Exercise": name, "Earliest start": first, "Latest start": latest}
    if last is not None:
        cells["Last held"] = last
    named = _but(row, **cells)
    if "Name" not in row.raw:
        named = named.but(values={**named.values, "Name": name})
    if first < turn.end:
        turn.ask("Exercises", named, "Earliest start", "proposed: correct the window if it is known")
    if first < turn.end and row.values["Mandatory"]:
        turn.ask("Exercises", named, "Mandatory", "proposed: as the last time; no, if nobody orders it")
    return name, named
