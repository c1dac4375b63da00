"""Exercises of the next year: editions of what comes again, with their hosts and needs under the new names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from optimizer.cycle.recurrence import base_id, edition_id, next_edition
from optimizer.quantities import Calendar
from optimizer.workbook.merge.content import Row

if TYPE_CHECKING:
    from optimizer.workbook.forms.next_year import Turn

Rows = tuple[Row, ...]


def next_exercises(turn: Turn, tables: Mapping[str, Rows]) -> dict[str, Rows]:
    """The sheets Exercises, hosts, needs and Locks of the new year. What was held and does not come again is left out;
    an edition that could run across the day on which the year after begins ends before it, or begins after it."""
    offered = {r.values["Exercise"]: r for r in tables.get("Exercises", ())}
    newest = {base_id(name): row for name, row in sorted(offered.items(), key=lambda x: x[1].values["Earliest start"])}
    new: dict[str, list[str]] = {}  # the new names by the name a row has
    exercises = []
    for base, row in newest.items():
        last = max((day for n, day in turn.carried.held.items() if base_id(n) == base), default=None)
        for name, edition in _editions(turn, row, last):
            new.setdefault(row.values["Exercise"], []).append(name)
            exercises.append(edition)
    out = {"Exercises": tuple(exercises)}
    for sheet in ("Exercise hosts", "Exercise needs"):
        rows = tables.get(sheet, ())
        out[sheet] = tuple(_named(r, n) for r in rows for n in new.get(str(r.values["Exercise"]), ()))
    locks = []
    for r in tables.get("Locks", ()):
        names = new.get(str(r.values["Subject" if r.values["Kind"] == "exercise" else "Exercise"]), [])
        if r.values["Kind"] in ("exercise", "participant"):
            locks += [_named(r, n, "Subject" if r.values["Kind"] == "exercise" else "Exercise") for n in names[:1]]
        else:
            locks.append(r)
    return {**out, "Locks": tuple(locks)}


def _named(row: Row, name: str, header: str = "Exercise") -> Row:
    return row.but(values={**row.values, header: name}, raw={**row.raw, header: name})


def _editions(turn: Turn, row: Row, last: date | None) -> Iterator[tuple[str, Row]]:
    """Every edition that begins in what is planned. ``last``: the day one began in the year before, if one did."""
    v = row.values
    held = turn.carried.held.get(str(v["Exercise"]))
    every = v.get("Every")
    first, latest = v["Earliest start"], v["Latest start"]
    if every is None:
        if held is None and latest >= turn.start:
            yield _edition(turn, row, str(v["Exercise"]), max(first, turn.start), latest, None)
        return
    before = last or v.get("Last held")
    window = next_edition(first, latest, every, before, held is not None, turn.start, turn.end)
    if held is None and latest >= turn.start and first < turn.end:  # offered in the look-ahead and not planned yet
        window = max(first, turn.start), latest
    named = 0
    while window is not None and window[0] < turn.end:
        week = Calendar(window[0] - timedelta(days=window[0].weekday()), 1, turn.case.calendar.fiscal_month)
        named = max(week.fiscal(0)[0], named + 1)  # a year of 53 weeks has two first weeks of October
        yield _edition(turn, row, edition_id(str(v["Exercise"]), named), *window, before)
        window = next_edition(*window, every, None, True, window[1] + timedelta(weeks=1), turn.end)


def _edition(turn: Turn, row: Row, name: str, first: date, latest: date, last: date | None) -> tuple[str, Row]:
    seam, weeks = turn.signed_until, timedelta(weeks=int(row.values["Weeks"]))
    if first < seam < latest + weeks:
        if seam - weeks >= first:
            latest = min(latest, seam - weeks)
        else:
            first = seam
    latest = max(first, min(latest, turn.end - weeks))
    cells = {"Exercise": name, "Earliest start": first, "Latest start": latest}
    if last is not None:
        cells["Last held"] = last
    named = row.but(values={**row.values, **cells}, raw={**row.raw, **cells})
    if "Name" not in row.raw:
        named = named.but(values={**named.values, "Name": name})
    turn.ask("Exercises", named, "Earliest start", "proposed: correct the window if it is known")
    return name, named
