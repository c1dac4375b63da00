"""Figures of an unusual size: often a slip of the unit. Warnings only; the planner may well mean it."""

from __future__ import annotations

from decimal import Decimal

from optimizer.workbook.reading.tables import Tables

COSTS = ("Unit types", "Upgrades", "Sets", "Exercises", "Exercise hosts")  # sheets whose money a plan spends


def check(tables: Tables) -> None:
    for table in tables.by_name.values():
        for column in table.columns:
            if column.usual is not None and column.header in table.at:
                for row in table.rows:
                    if row.sound(column.header) and row[column.header] > column.usual:
                        tables.say("unusual", table, row, column.header, usual=f"{column.usual:,g}")
    _costs(tables)


def _costs(tables: Tables) -> None:
    """Single costs above all the money there is: money typed in another unit than the budget's."""
    total = sum((r["Amount"] for r in tables.rows("Budget") if r.sound("Amount")), Decimal(0))
    if not total:
        return
    for name in COSTS:
        table = tables[name]
        for column in (c for c in table.columns if c.kind == "money"):
            for row in table.rows:
                if row.sound(column.header) and row[column.header] > total:
                    tables.say("unusual-cost", table, row, column.header, total=f"{total:,f}")
