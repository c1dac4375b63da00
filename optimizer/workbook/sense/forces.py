"""Sense of unit types, units, elements and sets."""

from __future__ import annotations

from decimal import Decimal

from optimizer.domain.forces import MODES
from optimizer.quantities import Calendar
from optimizer.workbook.reading.fields import week
from optimizer.workbook.reading.references import whole_units
from optimizer.workbook.reading.tables import Row, Tables
from optimizer.workbook.schema.forces import MODE_WORDS

LEAD = {m: f"{MODE_WORDS[m]} lead" for m in MODES}


def offers(row: Row, mode: str) -> bool:
    """Whether a row of Unit types offers the mode."""
    return row.sound(LEAD[mode])


def check(tables: Tables, calendar: Calendar | None) -> None:
    _types(tables)
    _units(tables)
    _sets(tables)
    if calendar is not None:
        _holdings(tables, calendar)


def _types(tables: Tables) -> None:
    table = tables["Unit types"]
    based = {r["Type"] for r in (*tables.rows("Elements"), *whole_units(tables))}  # the types that deploy themselves
    set_types = {r["Set type"] for r in tables.rows("Sets")}
    for row in table.rows:
        lengths = ("Shortest rotation", "Standard rotation", "Longest rotation")
        if row.sound(*lengths) and not row[lengths[0]] <= row[lengths[1]] <= row[lengths[2]]:
            tables.say("lengths", table, row, "Standard rotation")
        if row["Type"] in based and not any(offers(row, m) for m in MODES) and not row.bad & set(LEAD.values()):
            tables.say("no-mode", table, row, LEAD["sea"])
        if offers(row, "set"):
            if row["Set type"] is None and "Set type" not in row.bad:
                tables.say("set-mode", table, row, "Set type")
            elif row.sound("Set type") and row["Set type"] not in set_types:
                tables.say("set-type-unused", table, row, "Set type", type=row["Set type"])


def _units(tables: Tables) -> None:
    for row in tables.rows("Units"):
        if row.sound("Last return", "Last length") and row["Last length"] == 0:
            tables.say("last-length", tables["Units"], row, "Last length")


def _sets(tables: Tables) -> None:
    table = tables["Sets"]
    equipped = {r["Set type"] for r in tables.rows("Unit types") if offers(r, "set")}
    worths = [f"Worth {r['Capability']}" for r in tables.rows("Capabilities")]
    for row in table.rows:
        if row.sound("Worth like") and any(row.sound(w) for w in worths):
            tables.say("worth-twice", table, row, "Worth like")
        if row.sound("Set type") and row["Set type"] not in equipped:
            tables.say("set-nobody", table, row, "Set type", type=row["Set type"])
        if row.sound("Maintenance every", "Maintenance weeks") and row["Maintenance every"] > 0:
            if row["Maintenance weeks"] == 0:
                tables.say("maintenance-weeks", table, row, "Maintenance weeks")
            elif row["Maintenance weeks"] > row["Maintenance every"]:
                tables.say("maintenance-long", table, row, "Maintenance weeks")


def _holdings(tables: Tables, calendar: Calendar) -> None:
    table, sets = tables["Set holdings"], tables["Sets"]
    spans: dict[str, list[tuple[Row, str, int, int]]] = {}
    for row in table.rows:
        if row.sound("Set", "Site") and not row.bad & {"From", "To"}:
            start = week(calendar, row["From"], "first-whole") if row.sound("From") else 0
            end = week(calendar, row["To"], "last-whole") if row.sound("To") else calendar.weeks
            if start >= end:
                tables.say("holding-short", table, row, "From")
            for other, site, first, last in spans.get(row["Set"], ()):
                if site == row["Site"] and start < last and first < end:
                    tables.say("overlap", table, row, "From", first=other.number)
            spans.setdefault(row["Set"], []).append((row, row["Site"], start, end))
    room = _room(tables)
    starting: dict[str, Decimal] = {}
    have = {r["Site"]: r["Slots"] for r in tables.rows("Sites") if r.sound("Site", "Slots")}
    for row in sets.rows:
        if not row.sound("Set", "Slots") or row.bad & {"Available", "Start site"}:
            continue
        available = max(0, week(calendar, row["Available"], "first-whole")) if row.sound("Available") else 0
        allowed = spans.get(row["Set"])
        site = row["Start site"]
        if allowed is None:
            if not any(r >= row["Slots"] for r in room.values()):
                tables.say("nowhere", sets, row, "Slots")
        elif site is not None and available < calendar.weeks:
            then = {s for _, s, start, end in allowed if start <= available < end}
            if site not in then:
                hint = f"it may stand at {', '.join(sorted(then))}" if then else ""
                tables.say("start-site", sets, row, "Start site", hint)
        if site is not None and available == 0:
            starting[site] = starting.get(site, Decimal(0)) + row["Slots"]
            if site in have and starting[site] > have[site]:
                tables.say("slots", sets, row, "Start site", need=starting[site], have=have[site])


def _room(tables: Tables) -> dict[str, Decimal]:
    """Slots per site with every upgrade."""
    room = {r["Site"]: r["Slots"] for r in tables.rows("Sites") if r.sound("Site", "Slots")}
    for row in tables.rows("Upgrades"):
        if row.sound("Site", "Slots") and row["Site"] in room:
            room[row["Site"]] += row["Slots"]
    return room
