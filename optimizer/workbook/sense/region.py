"""Sense of settings, levels, demand, sites, travel, scenarios and locks."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from optimizer.quantities import Calendar
from optimizer.workbook.faults import did_you_mean, fault
from optimizer.workbook.reading.references import guess, ids_of
from optimizer.workbook.reading.tables import Row, Table, Tables
from optimizer.workbook.schema.places import LOCK_SHEETS
from optimizer.workbook.words import nearest

SPANS = {  # sheets whose rows have a first and a last day
    "Closures": ("From", "To"),
    "Availability": ("From", "To"),
    "Set holdings": ("From", "To"),
    "Demand": ("From", "To"),
    "Locks": ("From", "To"),
    "Upgrades": ("Earliest start", "Latest start"),
    "Exercises": ("Earliest start", "Latest start"),
}


def check(tables: Tables, calendar: Calendar | None) -> None:
    _settings(tables, calendar)
    _spans(tables)
    _levels(tables)
    _demand(tables)
    _sites(tables)
    _floors(tables)
    _travel(tables)
    _scenarios(tables)
    _locks(tables)


def say_setting(tables: Tables, code: str, attribute: str, suggestion: str = "", **words: object) -> None:
    """Add a fault at a setting, or at the sheet where its row is missing."""
    cell = tables.setting_cells.get(attribute, "")
    read: Any = tables.settings.get(attribute)
    tables.faults.append(fault(code, tables["Settings"].title, cell, read, suggestion, **words))


def _settings(tables: Tables, calendar: Calendar | None) -> None:
    start = tables.settings.get("start")
    if isinstance(start, date) and start.weekday() != 0:
        monday = start - timedelta(days=start.weekday())
        say_setting(tables, "not-monday", "start", f"{monday} or {monday + timedelta(days=7)}")
    frozen = tables.settings.get("frozen_weeks")
    if calendar is not None and frozen is not None and frozen > calendar.weeks:
        say_setting(tables, "frozen", "frozen_weeks")


def _spans(tables: Tables) -> None:
    for name, (first, last) in SPANS.items():
        for row in tables.rows(name):
            if row.sound(first, last) and row[last] < row[first]:
                tables.say("order", tables[name], row, last, name=last, other=first)


def _levels(tables: Tables) -> None:
    rows = [r for r in tables.rows("Levels") if r.sound("Level", "Value")]
    for before, row in pairwise(rows):
        if row["Value"] > before["Value"]:
            tables.say("levels-rise", tables["Levels"], row, "Value", level=row["Level"])


def _demand(tables: Tables) -> None:
    headers = [f"Points {r['Level']}" for r in tables.rows("Levels") if r.sound("Level")]
    for row in tables.rows("Demand"):
        before = None
        for header in headers:
            if row.sound(header):
                if before is not None and row[header] < before:
                    tables.say("demand-falls", tables["Demand"], row, header, before=before)
                before = row[header]


def _sites(tables: Tables) -> None:
    for row in tables.rows("Sites"):
        if row.sound("Places", "Hand-over places") and row["Hand-over places"] < row["Places"]:
            tables.say("hand-over", tables["Sites"], row, "Hand-over places")


def _floors(tables: Tables) -> None:
    """Floors above a cap, or above what the country's sites can hold."""
    room: Counter[Any] = Counter()
    for name in ("Sites", "Upgrades"):
        at = {r["Site"]: r["Country"] for r in tables.rows("Sites")}
        for row in tables.rows(name):
            beds = row["Hand-over places"] if row.sound("Hand-over places") else row["Places"]
            room[at.get(row["Site"])] += beds or 0
    table = tables["Countries"]
    for row in table.rows:
        floor = row["Presence floor"] or 0
        for header in ("People cap", "Hand-over cap"):
            if row.sound(header) and row[header] < floor:
                tables.say("floor-cap", table, row, header, floor=f"{floor:,}")
        if floor > room[row["Country"]]:
            code = "floor-hard" if tables.settings.get("floor_hard") else "floor-places"
            tables.say(code, table, row, "Presence floor", country=row["Country"], have=f"{room[row['Country']]:,}")


def _travel(tables: Tables) -> None:
    table = tables["Travel"]
    sites = ids_of(tables, "Sites")
    ends = Counter(r[h] for r in table.rows for h in ("From", "To") if r.sound(h))
    for row in table.rows:
        if row.sound("From", "To") and row["From"] == row["To"]:
            tables.say("same-ends", table, row, "To")
            continue
        for header in ("From", "To"):
            if row.sound(header) and row[header] not in sites and ends[row[header]] == 1:
                tables.say("waypoint", table, row, header, did_you_mean(nearest(row[header], sites)))


def _scenarios(tables: Tables) -> None:
    table = tables["Scenarios"]
    routes = {r for row in tables.rows("Travel") for r in row["Routes"] or ()}
    for row in table.rows:
        for route in row["Closed routes"] or ():
            if route not in routes:
                tables.say("route-unknown", table, row, "Closed routes", guess(tables, (), route, routes), route=route)
    weighed = [r for r in table.rows if r.sound("Probability")]
    if weighed and sum(r["Probability"] for r in weighed) > 1:
        tables.say("probabilities", table, weighed[-1], "Probability")


def _locks(tables: Tables) -> None:
    table = tables["Locks"]
    known = {kind: ids_of(tables, sheet) for kind, sheet in LOCK_SHEETS.items()} if table.rows else {}
    for row in table.rows:
        if row.sound("Kind", "Subject") and row["Subject"] not in known[row["Kind"]]:
            sheet = LOCK_SHEETS[row["Kind"]]
            hint = guess(tables, (sheet,), row["Subject"], known[row["Kind"]])
            tables.say("lock-subject", table, row, "Subject", hint, sheets=sheet)
        _lock(tables, table, row)


def _lock(tables: Tables, table: Table, row: Row) -> None:
    if row["Kind"] == "participant" and row["Exercise"] is None and "Exercise" not in row.bad:
        tables.say("lock-exercise", table, row, "Exercise")
    if row["Rule"] == "prefer" and row["Price"] == 0:
        tables.say("lock-price", table, row, "Price")
