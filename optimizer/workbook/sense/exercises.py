"""Sense of exercises and their hosts."""

from __future__ import annotations

from optimizer.domain.places import ECHELONS
from optimizer.quantities import Calendar
from optimizer.workbook.reading.fields import week
from optimizer.workbook.reading.tables import Row, Tables

RANK = {e: i for i, e in enumerate(ECHELONS)}


def check(tables: Tables, calendar: Calendar | None) -> None:
    hosts: dict[str, list[str]] = {}
    for row in tables.rows("Exercise hosts"):
        if row.sound("Exercise"):
            hosts.setdefault(row["Exercise"], []).append(row["Site"])
    ranges = _ranges(tables)
    table = tables["Exercises"]
    for row in table.rows:
        if row.sound("Exercise", "Weeks", "Echelon"):
            sites = hosts.get(row["Exercise"])
            if sites is None:
                tables.say("no-host", table, row, "Exercise")
            elif all(s in ranges and ranges[s] < RANK[row["Echelon"]] for s in sites):
                tables.say("range-small", table, row, "Echelon", echelon=row["Echelon"])
            if row["Value"] == 0 and row["Mandatory"] is False:
                tables.say("worthless", table, row, "Value")
            if calendar is not None and not row.bad & {"Earliest start", "Latest start"}:
                _window(tables, row, calendar)


def _ranges(tables: Tables) -> dict[str, int]:
    """The rank of each site's range with every upgrade."""
    out = {r["Site"]: RANK[r["Range"]] for r in tables.rows("Sites") if r.sound("Site", "Range")}
    for row in tables.rows("Upgrades"):
        if row.sound("Site", "Range") and row["Site"] in out:
            out[row["Site"]] = max(out[row["Site"]], RANK[row["Range"]])
    return out


def _window(tables: Tables, row: Row, calendar: Calendar) -> None:
    last = calendar.weeks - row["Weeks"]
    earliest = week(calendar, row["Earliest start"], "start") if row.sound("Earliest start") else 0
    latest = week(calendar, row["Latest start"], "start") if row.sound("Latest start") else last
    reversed_dates = row.sound("Earliest start", "Latest start") and latest < earliest  # said elsewhere
    if max(earliest, 0) > min(latest, last) and not reversed_dates:
        later = row["Every"] is not None and latest > last  # its turn comes with a later plan
        code = "mandatory-outside" if row["Mandatory"] and not later else "outside-plan"
        tables.say(code, tables["Exercises"], row, "Earliest start" if row.sound("Earliest start") else "Weeks")
