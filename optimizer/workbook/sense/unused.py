"""Rows that change nothing: outside the plan, or used by no other row."""

from __future__ import annotations

from collections.abc import Callable

from optimizer.quantities import Calendar
from optimizer.workbook.reading.fields import week
from optimizer.workbook.reading.tables import Row, Tables

NAMED = 20  # rows pointed out one by one; what is more is counted
SPANS = {  # sheets whose rows have no effect before or after the plan; units and exercises are judged elsewhere
    "Closures": ("From", "To"),
    "Set holdings": ("From", "To"),
    "Demand": ("From", "To"),
    "Locks": ("From", "To"),
    "Upgrades": ("Earliest start", "Latest start"),
}


def check(tables: Tables, calendar: Calendar | None) -> None:
    for name, used in _USED.items():
        judge = used(tables)
        _point_out(tables, name, "row-unused", [r for r in tables.rows(name) if not r.bad and not judge(r)])
    _unserved(tables)
    if calendar is not None:
        for name, headers in SPANS.items():
            outside = [r for r in tables.rows(name) if _outside(tables, name, headers, r, calendar)]
            _point_out(tables, name, "row-outside", outside, headers)


def _point_out(tables: Tables, name: str, code: str, rows: list[Row], headers: tuple[str, ...] = ()) -> None:
    table = tables.by_name[name]
    for row in rows[:NAMED]:
        header = next((h for h in headers if row.sound(h)), table.sheet.key[0])
        tables.say(code, table, row, header)
    if len(rows) > NAMED:
        tables.say("rows-more", table, rows[NAMED], table.sheet.key[0], count=len(rows) - NAMED)


def _outside(tables: Tables, name: str, headers: tuple[str, ...], row: Row, calendar: Calendar) -> bool:
    columns = {c.header: c for c in tables[name].columns}
    first, last = (
        week(calendar, row[h], columns[h].week) if row.sound(h) and h not in row.bad else None for h in headers
    )
    exclusive = columns[headers[1]].week.startswith("last")
    return (first is not None and first >= calendar.weeks) or (
        last is not None and (last <= 0 if exclusive else last < 0)
    )


def _unserved(tables: Tables) -> None:
    """Capabilities that are demanded but that nothing has points of."""
    demanded = {r["Capability"] for r in tables.rows("Demand")}
    for row in tables.rows("Capabilities"):
        k = row["Capability"]
        worths = [(r, f"Points {k}") for r in tables.rows("Unit types")] + [
            (r, f"Worth {k}") for r in tables.rows("Sets")
        ]
        if k in demanded and not any(r.bad or (r.sound(h) and r[h] > 0) for r, h in worths):
            tables.say("demand-nobody", tables["Capabilities"], row, "Capability")


def _types(tables: Tables) -> Callable[[Row], bool]:
    used = {r["Type"] for n in ("Units", "Elements") for r in tables.rows(n)}
    used |= {r["Worth like"] for r in tables.rows("Sets")} | {r["What"] for r in tables.rows("Exercise needs")}
    return lambda row: row["Type"] in used


def _countries(tables: Tables) -> Callable[[Row], bool]:
    used = {r["Country"] for n in ("Demand", "Sites") for r in tables.rows(n)}
    return lambda row: row["Country"] in used or row["Presence floor"] > 0


def _capabilities(tables: Tables) -> Callable[[Row], bool]:
    used = {r["Capability"] for r in tables.rows("Demand")} | {r["What"] for r in tables.rows("Exercise needs")}
    used |= {r["Main capability"] for r in tables.rows("Unit types")}
    return lambda row: row["Capability"] in used


def _levels(tables: Tables) -> Callable[[Row], bool]:
    rows = tables.rows("Demand")
    return lambda row: not rows or any(r.bad or r.sound(f"Points {row['Level']}") for r in rows)


def _sites(tables: Tables) -> Callable[[Row], bool]:
    used = {r["Site"] for n in ("Upgrades", "Exercise hosts", "Set holdings", "Reach") for r in tables.rows(n)}
    used |= {r["Start site"] for r in tables.rows("Sets")}
    used |= {r[h] for r in tables.rows("Travel") for h in ("From", "To")}
    room = ("Places", "Hand-over places", "Slots")
    return lambda row: row["Site"] in used or row["Range"] != "none" or any(row.sound(h) and row[h] > 0 for h in room)


_USED: dict[str, Callable[[Tables], Callable[[Row], bool]]] = {
    "Countries": _countries,
    "Capabilities": _capabilities,
    "Levels": _levels,
    "Sites": _sites,
    "Unit types": _types,
}
