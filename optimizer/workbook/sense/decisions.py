"""Sense of plan sheets: only what must hold for a plan to be weighed at all; the rest is for the rules."""

from __future__ import annotations

from datetime import timedelta

from optimizer.workbook.reading.references import whole_units
from optimizer.workbook.reading.tables import Row, Table, Tables
from optimizer.workbook.schema.forces import MODE_WORDS
from optimizer.workbook.sense.forces import offers


def check(tables: Tables) -> None:
    for prefix in ("Plan", "Last"):
        if f"{prefix} rotations" in tables.by_name:
            _rotations(tables, tables[f"{prefix} rotations"])
            _sets(tables, tables[f"{prefix} sets"])
            _participants(tables, tables[f"{prefix} participants"])
            for table in (tables[f"{prefix} {n}"] for n in ("rotations", "sets", "exercises", "upgrades")):
                _mondays(tables, table)


def _mondays(tables: Tables, table: Table) -> None:
    for column in table.columns:
        if column.week == "monday":
            for row in table.rows:
                day = row[column.header]
                if day is not None and day.weekday() != 0:
                    monday = day - timedelta(days=day.weekday())
                    hint = f"{monday} or {monday + timedelta(days=7)}"
                    tables.say("not-monday", table, row, column.header, hint)


def _modes(tables: Tables, table: Table) -> None:
    """An element's type must offer its mode, or its weeks of RSOI are unknown."""
    types = {r["Type"]: r for r in tables.rows("Unit types")}
    elements = {r["Element"]: r["Type"] for r in tables.rows("Elements")}
    elements |= {r["Unit"]: r["Type"] for r in whole_units(tables)}
    for row in table.rows:
        kind = types.get(elements.get(row["Element"]))
        if kind is not None and row.sound("Mode") and not offers(kind, row["Mode"]):
            offered = ", ".join(m for m in MODE_WORDS if offers(kind, m))
            hint = f"it offers {offered}" if offered else ""
            tables.say("mode-not-offered", table, row, "Mode", hint, type=kind["Type"])


def _rotations(tables: Tables, table: Table) -> None:
    _modes(tables, table)
    first: dict[str, Row] = {}
    for row in table.rows:
        if row.sound("Arrive", "Depart") and row["Depart"] <= row["Arrive"]:
            tables.say("order", table, row, "Depart", name="Depart", other="Arrive")
        if row.sound("Rotation", "Unit"):
            other = first.setdefault(row["Rotation"], row)
            if other["Unit"] != row["Unit"]:
                words = {"rotation": row["Rotation"], "unit": other["Unit"], "first": other.number}
                tables.say("rotation-units", table, row, "Unit", **words)


def _sets(tables: Tables, table: Table) -> None:
    for row in table.rows:
        if row.sound("From", "Until") and row["Until"] <= row["From"]:
            tables.say("order", table, row, "Until", name="Until", other="From")
        if row["Activity"] == "stored" and row["Site"] is None and "Site" not in row.bad:
            tables.say("site-needed", table, row, "Site")


def _participants(tables: Tables, table: Table) -> None:
    needs = {(r["Exercise"], r["Need"]) for r in tables.rows("Exercise needs")}
    _modes(tables, table)
    for row in table.rows:
        if row.sound("Exercise", "Need") and (row["Exercise"], row["Need"]) not in needs:
            of_it = ", ".join(sorted(str(n) for x, n in needs if x == row["Exercise"]))
            hint = f"its needs are {of_it}" if of_it else ""
            tables.say("need-unknown", table, row, "Need", hint, exercise=row["Exercise"])
