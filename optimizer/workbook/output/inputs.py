"""A case and a plan as the tables a planner would have typed: the reader's inverse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from optimizer.domain import Case, Exercise, Lock, Plan, Rotation, UnitType
from optimizer.domain.presence import stands_for
from optimizer.quantities import MILLI, MONEY, Calendar
from optimizer.workbook.naming import TICKED, rotation_names, tick
from optimizer.workbook.schema import INPUT_SHEETS, LAST_SHEETS, PLAN_SHEETS, SETTINGS, Column, Sheet

Value = str | int | float | date | None
Names = Mapping[Rotation, str]


@dataclass(frozen=True)
class Table:
    """One sheet's content: its columns and rows of plain cell values."""

    sheet: Sheet
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


def tables_of(
    case: Case, plan: Plan | None = None, names: Names | None = None, last_names: Names | None = None
) -> dict[str, Table]:
    """Every sheet of a workbook that reads back as ``case`` (and ``plan``), by name, in workbook order.

    The plan sheets are there if ``plan`` is given, those of the last plan if the case has one; ``names`` are what
    the rotations of either are called.
    Blank cells stand for defaults; dates are Mondays, "to" dates Sundays.
    """
    rows = {s.name: _ROWS[s.name](case) for s in INPUT_SHEETS}
    sheets = list(INPUT_SHEETS)
    last = None if case.last.empty else case.last
    for group, decided, called in ((PLAN_SHEETS, plan, names), (LAST_SHEETS, last, last_names)):
        if decided is not None:
            sheets += group
            rows |= dict(zip((s.name for s in group), plan_rows(case, decided, called), strict=True))
    keys = {
        "Capabilities": tuple(k.id for k in case.capabilities),
        "Levels": tuple(x.id for x in case.levels),
    }
    return {s.name: _table(s, rows[s.name], keys, case.calendar) for s in sheets}


def plan_tables(case: Case, plan: Plan, names: Names | None = None) -> dict[str, Table]:
    """The five plan sheets of a plan, by name."""
    rows = plan_rows(case, plan, names)
    return {s.name: _table(s, r, {}, case.calendar) for s, r in zip(PLAN_SHEETS, rows, strict=True)}


def plan_rows(case: Case, plan: Plan, names: Names | None = None) -> tuple[list[dict[str, Any]], ...]:
    """The records behind the five plan sheets, in sheet order; weeks are plan weeks. A row whose Lock cell made a
    lock that it keeps has that lock in its cell again."""
    names = rotation_names(plan, ()) if names is None else names
    rotations = sorted(plan.rotations, key=lambda r: (r.arrive, r.unit))
    runs = sorted(plan.runs, key=lambda x: (x.start, x.exercise))
    stands = [{**vars(s), "Activity": "stored"} for s in plan.stays]
    for m in plan.maintenance:
        where = next((s.site for s in plan.stays if s.set_id == m.set_id and s.start <= m.start < s.end), None)
        stands.append({**vars(m), "site": where, "Activity": "maintenance"})
    rows = (
        [{**vars(p), "unit": r.unit, "Rotation": names[r]} for r in rotations for p in r.postings],
        sorted(stands, key=lambda s: (s["set_id"], s["start"], s["Activity"] == "maintenance")),
        [dict(vars(x)) for x in runs],
        [{**vars(p), "exercise": x.exercise} for x in runs for p in x.participants],
        [dict(vars(b)) for b in sorted(plan.purchases, key=lambda b: (b.start, b.upgrade))],
    )
    ticked = {x.id: x for x in case.locks if x.id.startswith(TICKED) and x.rule == "must"}
    for sheet, found in zip(PLAN_SHEETS, rows, strict=True) if ticked else ():
        columns = {c.header: c for c in sheet.columns}
        for row in found:
            keys = (cell(columns[k], _get(row, None, columns[k]), case.calendar) for k in sheet.key)
            lock = ticked.get(tick(sheet.name.partition(" ")[2], keys))
            if lock is not None and _kept(case, lock, row):
                row["Lock"] = lock.rule
    return rows


def _kept(case: Case, lock: Lock, row: dict[str, Any]) -> bool:
    """Whether a row does what the lock asks of it: the place, and all its weeks."""
    site = row.get("site")
    start, end = row.get("arrive", row.get("start")), row.get("depart", row.get("end"))
    if site is not None and not stands_for(case.site[site], lock.place):
        return False
    if lock.start is None or lock.end is None or start is None:
        return True
    return bool(start <= lock.start and (end is None or lock.end <= end))


def cell(column: Column, value: Any, calendar: Calendar) -> Any:
    """A stored value as a planner types it in ``column``."""
    if value is None:
        return None
    match column.kind:
        case "money":
            return _number(value, MONEY)
        case "decimal":
            return _number(value, MILLI)
        case "date" if not isinstance(value, date):
            return calendar.monday(value) - timedelta(days=1 if column.week.startswith("last") else 0)
        case "bool":
            return "yes" if value else "no"
        case "refs" | "ids":
            return "; ".join(sorted(value)) or None
        case "bands":
            return "; ".join(f"{_number(d, MILLI)}: {_number(c, MILLI)}" for d, c in value)
    return value


def _table(sheet: Sheet, rows: Iterable[Any], keys: dict[str, tuple[str, ...]], calendar: Calendar) -> Table:
    columns = [(c.family, x) for c in sheet.columns for x in c.expand(keys.get(c.family or "", ()))]
    made = (tuple(cell(c, _get(r, family, c), calendar) for family, c in columns) for r in rows)
    return Table(sheet, tuple(c for _, c in columns), tuple(made))


def _get(record: Any, family: str | None, column: Column) -> Any:
    """The value of ``column``; members of a family are kept under ``(family, key)``."""
    if not isinstance(record, Mapping):
        return getattr(record, column.attribute) if column.attribute else None
    return record.get((family, column.attribute) if family else column.attribute or column.header)


def _family(name: str, values: Mapping[str, int]) -> dict[tuple[str, str], int]:
    return {(name, k): v for k, v in values.items()}


def _number(value: int, unit: int) -> int | float:
    return value // unit if value % unit == 0 else value / unit


def _settings(case: Case) -> list[dict[str, Any]]:
    s, cal, cr = case.settings, case.calendar, case.cr
    rest = {"start": cal.start, "weeks": cal.weeks, "fiscal_month": cal.fiscal_month, "under": case.under}
    values = {**vars(s), **rest, "cr_weeks": cr.cr_weeks if cr else 0, "cr_rate": cr.cr_rate if cr else MILLI}
    return [
        {"Name": c.header, "Value": cell(c, values[c.attribute], cal), "Unit": c.unit or None, "Meaning": c.help}
        for c in SETTINGS
    ]


def _unit_types(case: Case) -> list[Any]:
    def terms(t: UnitType) -> dict[str, int]:
        return {f"{m}.{k}": v for m, mode in t.modes.items() for k, v in vars(mode).items()}

    return [{**vars(t), **terms(t), **_family("Capabilities", t.points)} for t in case.unit_types]


def _availability(case: Case) -> list[Any]:
    # no row would mean "always": a unit without windows gets one that is over
    never = [{"unit": u.id, "start": -2, "end": -1} for u in case.units if not case.windows_of[u.id]]
    return [*case.windows, *never]


def _demand(case: Case) -> list[dict[Any, Any]]:
    rows: dict[tuple[Any, ...], dict[Any, Any]] = {}
    for d in case.demands:
        key: dict[Any, Any] = {"country": d.country, "capability": d.capability, "start": d.start, "end": d.end}
        row = rows.setdefault(tuple(key.values()), key)
        row["Levels", d.level] = max(d.points, row.get(("Levels", d.level), 0))
    return list(rows.values())


def _budget(case: Case) -> list[dict[str, Any]]:
    return [{**vars(b), **{f"q{q}": v for q, v in enumerate(b.quarters, 1)}} for b in case.budgets]


def _parts(of: str) -> Callable[[Case], list[dict[str, Any]]]:
    def rows(case: Case) -> list[dict[str, Any]]:
        def parts(x: Exercise) -> Any:
            return getattr(x, of)

        return [{**vars(p), "exercise": x.id} for x in case.exercises for p in parts(x)]

    return rows


_ROWS: dict[str, Callable[[Case], Iterable[Any]]] = {
    "Settings": _settings,
    "Countries": lambda c: c.countries,
    "Capabilities": lambda c: c.capabilities,
    "Levels": lambda c: c.levels,
    "Sites": lambda c: c.sites,
    "Closures": lambda c: c.closures,
    "Upgrades": lambda c: c.upgrades,
    "Travel": lambda c: c.legs,
    "Reach": lambda c: c.reach,
    "Unit types": _unit_types,
    "Units": lambda c: c.units,
    "Elements": lambda c: c.elements,
    "Availability": _availability,
    "Sets": lambda c: [{**vars(q), **_family("Capabilities", q.worth)} for q in c.sets],
    "Set holdings": lambda c: c.holdings,
    "Exercises": lambda c: c.exercises,
    "Exercise hosts": _parts("hosts"),
    "Exercise needs": _parts("needs"),
    "Demand": _demand,
    "Budget": _budget,
    "Scenarios": lambda c: c.scenarios,
    "Locks": lambda c: c.locks,
}
