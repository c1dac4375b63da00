"""Figures a thousandfold off, and places on the wrong side of the world: slips that are sound cell by cell.

Warnings only, with wide margins: real cases lie far inside them.
"""

from __future__ import annotations

from decimal import Decimal
from statistics import median

from optimizer.domain.forces import MODES
from optimizer.quantities import Calendar
from optimizer.workbook.reading.kin import SCALES, words_of
from optimizer.workbook.reading.references import whole_units
from optimizer.workbook.reading.tables import Row, Tables
from optimizer.workbook.schema.forces import MODE_WORDS

VAST = 100  # times what everybody, everything and all year would cost
HEAD = 50_000  # in plain money, for one person and week; a soldier abroad costs a tenth of it
FAR, NEAR = 15.0, 8.0  # degrees from the middle of the other sites


def check(tables: Tables, calendar: Calendar | None) -> None:
    if calendar is not None:
        _budget(tables, calendar)
    _heads(tables)
    _coordinates(tables)


def _budget(tables: Tables, calendar: Calendar) -> None:
    """All the money there is against all that could ever be spent."""
    inside = [r for r in tables.rows("Budget") if r.sound("Amount") and r["Fiscal year"] in calendar.fiscal_years]
    total = sum((r["Amount"] for r in inside), Decimal(0))
    cost = _everything(tables, 52) * len(calendar.fiscal_years)
    if cost > 0 and total > VAST * cost:
        row = max(inside, key=lambda r: r["Amount"])
        times = f"{int(total / cost):,}"
        tables.say("money-vast", tables["Budget"], row, "Amount", times=times, cost=f"{cost.normalize():,f}")


def _everything(tables: Tables, weeks: int) -> Decimal:
    """What a year costs in which every element is away throughout, comes and goes the dearest way four times, and
    every exercise, set and upgrade is paid."""
    types = {r["Type"]: r for r in tables.rows("Unit types") if r.sound("Type")}
    kinds = [r["Type"] for r in (*tables.rows("Elements"), *whole_units(tables))]
    cost = Decimal(0)
    for kind in (types[k] for k in kinds if k in types):
        ways = [_amount(kind, f"{MODE_WORDS[m]} cost") for m in MODES]
        cost += _amount(kind, "Week cost") * weeks + 4 * max(ways)
    dearest: dict[object, Decimal] = {}
    for r in tables.rows("Exercise hosts"):
        dearest[r["Exercise"]] = max(dearest.get(r["Exercise"], Decimal(0)), _amount(r, "Cost"))
    cost += sum((_amount(r, "Cost") for r in tables.rows("Exercises")), Decimal(0)) + sum(dearest.values(), Decimal(0))
    cost += sum(
        (_amount(r, "Week cost") * weeks + 4 * _amount(r, "Move cost") for r in tables.rows("Sets")), Decimal(0)
    )
    return cost + sum((_amount(r, "Cost") for r in tables.rows("Upgrades")), Decimal(0))


def _amount(row: Row, header: str) -> Decimal:
    return row[header] if row.sound(header) else Decimal(0)


def _heads(tables: Tables) -> None:
    """A week of one person at a price nobody pays: figures in thousands where the unit is a million."""
    unit = str(tables.settings.get("money_unit") or "")
    scale = max((SCALES[w] for w in words_of(unit) if w in SCALES), default=1)
    for row in tables.rows("Unit types"):
        if row.sound("Week cost", "People") and row["People"] > 0:
            each = row["Week cost"] * scale / row["People"]
            if each > HEAD:
                tables.say("cost-vast", tables["Unit types"], row, "Week cost", each=f"{int(each):,}", unit=unit)


def _coordinates(tables: Tables) -> None:
    """A site far from all others that would stand among them with its two figures exchanged."""
    rows = [r for r in tables.rows("Sites") if r.sound("Latitude", "Longitude")]
    for row in rows if len(rows) > 2 else ():
        others = [r for r in rows if r is not row]
        middle = (median(r["Latitude"] for r in others), median(r["Longitude"] for r in others))
        here, turned = (row["Latitude"], row["Longitude"]), (row["Longitude"], row["Latitude"])
        if _apart(here, middle) > FAR and _apart(turned, middle) < NEAR:
            tables.say("swapped", tables["Sites"], row, "Latitude")


def _apart(a: tuple[float, float], b: tuple[float, float]) -> float:
    return max(abs(a[0] - b[0]), abs(a[1] - b[1]))
