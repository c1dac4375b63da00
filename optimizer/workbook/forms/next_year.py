"""The workbook of the next year: what the last one handed over, what comes again, and what only people know in yellow.

The rows are the planner's own, with their sources, notes, own columns and comments; only what a year changes is
changed. Real dates stay real: what has ended is left out, what reaches into the new year stays as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from optimizer.cycle.carry import Carried
from optimizer.cycle.recurrence import first_monday
from optimizer.domain import Case
from optimizer.quantities import MONEY, Calendar
from optimizer.rules.audit import amount
from optimizer.workbook.forms.next_exercises import next_exercises
from optimizer.workbook.forms.next_sites import sites, upgrades
from optimizer.workbook.forms.rows import put, unfunded
from optimizer.workbook.merge.align import words
from optimizer.workbook.merge.content import Content, Row
from optimizer.workbook.naming import rotation_names
from optimizer.workbook.output.inputs import plan_tables
from optimizer.workbook.schema import ASK, BY_NAME

Rows = tuple[Row, ...]
Named = tuple[str, str, date, date]  # what a rotation is called, its unit, its first day and the day after its last


@dataclass(frozen=True)
class Asked:
    """Something only people know: a cell (by what names its row), what to type, and whether planning waits for it."""

    sheet: str
    row: str
    column: str
    what: str
    needed: bool = False


@dataclass
class Turn:
    """One year turning: the first day of the new one, the first of the one after, and the end of what is planned."""

    year: int
    case: Case
    carried: Carried
    start: date
    signed_until: date
    end: date
    asked: list[Asked]

    def ask(self, sheet: str, row: Row, column: str, what: str, needed: bool = False) -> None:
        """Ask for a cell of a row of the new workbook."""
        self.asked.append(Asked(sheet, words(BY_NAME[sheet], row.values), column, what, needed))


def next_year(
    content: Content, case: Case, carried: Carried, rotations: Sequence[Named], year: int, look_ahead: int
) -> tuple[Content, tuple[Asked, ...]]:
    """The content of the input of fiscal year ``year``, from that of the year before and what its plan handed over;
    ``look_ahead`` weeks beyond the year are planned with it. ``rotations`` keep their names."""
    start = first_monday(year, case.calendar)
    until = first_monday(year + 1, replace(case.calendar, start=start))
    turn = Turn(year, case, carried, start, until, until + timedelta(weeks=look_ahead), [])
    tables = dict(content.tables)
    for sheet, change in _CHANGES.items():
        tables[sheet] = change(turn, tables.get(sheet, ()))
    if ASK.name in tables:
        tables[ASK.name] = _asked(turn, tables[ASK.name])
    tables |= next_exercises(turn, tables)
    calendar = Calendar(start, (turn.end - start).days // 7, case.calendar.fiscal_month)
    bare = replace(case, settings=replace(case.settings, calendar=calendar), locks=())
    names = rotation_names(carried.plan, [(n, (u, _week(a, start), _week(d, start))) for n, u, a, d in rotations])
    known = {x.values[sheet[:-1]] for sheet in ("Exercises", "Upgrades") for x in tables[sheet]}
    for name, table in plan_tables(bare, carried.plan, names).items():
        heads = [c.header for c in table.columns]
        rows = (dict(zip(heads, r, strict=True)) for r in table.rows)
        named = [r for r in rows if r.get("Exercise", r.get("Upgrade")) in known or not {"Exercise", "Upgrade"} & {*r}]
        tables[name] = tuple(filled(r) for r in named)
    return replace(content, tables=tables, calendar=calendar), tuple(turn.asked)


def _week(day: date, start: date) -> int:
    return (day - start).days // 7


def filled(cells: Mapping[str, Any]) -> Row:
    """A row of plain values."""
    given = {h: v for h, v in cells.items() if v is not None}
    return Row(dict(cells), given)


def _settings(turn: Turn, rows: Rows) -> Rows:
    names = {"Start": turn.start, "Weeks": (turn.end - turn.start).days // 7, "Replan": None, "Frozen weeks": None}
    names |= {"Under scenario": None, "Continuing resolution weeks": None, "Total cap": None}
    years = turn.year - turn.case.calendar.fiscal(0)[0]
    out = []
    for row in rows:
        name, value = row.values["Name"], row.values["Value"]
        if name in names:
            row = put(row, Value=names[name])
        elif name == "Plan name":
            row = put(row, Value=re.sub(r"(?<!\d)(?:19|20|21)\d\d(?!\d)", lambda m: str(int(m[0]) + years), str(value)))
        elif name == "Release date" and value is not None:
            row = put(row, Value=value + (turn.start - turn.case.calendar.start))
            turn.ask("Settings", row, "Value", "proposed: as early before the year as the year before; correct it")
        if name in ("Continuing resolution weeks", "Total cap"):
            turn.ask("Settings", row, "Value", "left open: fill it in if there is one this year")
        out.append(row)
    return tuple(out)


def _reaching(turn: Turn, row: Row, header: str = "To") -> bool:
    """Whether a row is in force on or after the first day of the year; one without an end always is."""
    return header not in row.raw or row.values[header] >= turn.start


def _closures(turn: Turn, rows: Rows) -> Rows:
    return tuple(r for r in rows if _reaching(turn, r))


def _demand(turn: Turn, rows: Rows) -> Rows:
    out = []
    whole = turn.case.calendar.monday(turn.carried.weeks) - timedelta(days=1)
    for row in rows:
        if "To" in row.raw and row.values["To"] < whole:
            turn.asked.append(Asked("Demand", words(BY_NAME["Demand"], row.values), "To",
                                    "ended and was left out: add a row if it comes again"))  # fmt: skip
        else:
            out.append(put(row, From=None, To=None) if row.values["From"] <= turn.case.calendar.start
                       and row.values["To"] <= turn.case.calendar.monday(turn.case.weeks) else row)  # fmt: skip
    return tuple(out)


def _windows(sheet: str, who: str, what: str) -> Callable[[Turn, Rows], Rows]:
    """Rows that end stay out, but for the last of somebody who has no other: without any row all would be allowed."""

    def change(turn: Turn, rows: Rows) -> Rows:
        open_ = {r.values[who] for r in rows if _reaching(turn, r)}
        last: dict[str, Row] = {}
        for r in rows:
            if r.values[who] not in open_:
                last[r.values[who]] = max(last.get(r.values[who], r), r, key=lambda x: x.values["To"])
        for r in last.values():
            turn.ask(sheet, r, "To", what.format(r.values[who]))
        return tuple(r for r in rows if _reaching(turn, r) or last.get(r.values[who]) is r)

    return change


def _units(turn: Turn, rows: Rows) -> Rows:
    out = []
    for row in rows:
        found = turn.carried.returns.get(row.values["Unit"])
        known = row.values.get("Last return")
        newer = found is not None and (known is None or found[0] > known)
        out.append(put(row, Last_return=found[0], Last_length=found[1]) if found and newer else row)
    return tuple(out)


def _sets(turn: Turn, rows: Rows) -> Rows:
    out = []
    for row in rows:
        s = turn.carried.sets[row.values["Set"]]
        row = put(row, Start_site=s.site, Available=s.available)
        out.append(put(row, Last_maintenance=s.last_maintenance) if s.last_maintenance else row)
    return tuple(out)


def _budget(turn: Turn, rows: Rows) -> Rows:
    """A row for every line and fiscal year of the plan: last year's money is known, the new is asked for."""
    last = {r.values["Line"]: r for r in rows if r.values["Fiscal year"] == turn.year - 1}
    known = {(r.values["Fiscal year"], r.values["Line"]): r for r in rows}
    calendar = Calendar(turn.start, (turn.end - turn.start).days // 7, turn.case.calendar.fiscal_month)
    out = []
    for year in calendar.fiscal_years:
        for line, before in last.items():
            # what an earlier look-ahead assumed is no knowledge
            own = known.get((year, line)) if year < turn.year else None
            row = own or unfunded(before, year)
            if own is None and year == turn.year:
                row = put(row, Last_year=before.values["Amount"])
            if own is None:
                tail = "; for the look-ahead alone" if year > turn.year else uncounted(turn, line)
                turn.ask("Budget", row, "Amount", f"money of the line in FY{year}{tail}", needed=True)
            out.append(row)
    return tuple(out)


def uncounted(turn: Turn, line: str) -> str:
    """What the amount of a line has to leave room for: upkeep that the year's plan does not count, of sets that are on
    the road, in a block or in reset when it begins."""
    case, weeks = turn.case, turn.carried.weeks
    if line != case.settings.line_set:
        return ""
    waits = {q: s.available for q, s in turn.carried.sets.items() if s.available is not None}
    missed = {
        q: case.prepo[q].week_cost * (case.calendar.week_of(until) - max(case.prepo[q].available, weeks))
        for q, until in waits.items()
    }
    if not sum(missed.values()):
        return ""
    sets = ", ".join(q for q, cost in missed.items() if cost)
    cost = f"{case.settings.money_unit} {amount(sum(missed.values()) / MONEY)}"
    return f"; less {cost}, which the plan does not count: upkeep of {sets} until available"


def _locks(turn: Turn, rows: Rows) -> Rows:
    return tuple(r for r in rows if ("To" in r.raw or "From" not in r.raw) and _reaching(turn, r))


def _asked(turn: Turn, rows: Rows) -> Rows:
    """Questions that can be asked of the new year too: not of weeks that are over, nor of upgrades that are done."""

    def over(v: Mapping[str, Any]) -> bool:
        done = v["Kind"] == "upgrade" and v["Subject"] in turn.carried.done
        return done or (v["From"] is not None and v["From"] < turn.start)

    return tuple(r for r in rows if not over(r.values))


_CHANGES: Mapping[str, Callable[[Turn, Rows], Rows]] = {
    "Settings": _settings,
    "Sites": sites,
    "Closures": _closures,
    "Upgrades": upgrades,
    "Units": _units,
    "Availability": _windows("Availability", "Unit", "{} has no window in this year or later; add one if it may go"),
    "Sets": _sets,
    "Set holdings": _windows("Set holdings", "Set", "{} may stand nowhere in this year; say where"),
    "Demand": _demand,
    "Budget": _budget,
    "Locks": _locks,
}

__all__ = ["Asked", "Turn", "filled", "next_year"]
