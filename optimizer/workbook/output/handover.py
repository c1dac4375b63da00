"""Hand-over: what the plan does to the next year, before it is signed."""

from __future__ import annotations

from optimizer.cycle.handover import hand_over
from optimizer.workbook.sheets.material import Material
from optimizer.workbook.sheets.page import Column, Link

NAME = "Hand-over"
OUT = (
    Column("Unit", 16),
    Column("Name", 34, ("cell", "wrap")),
    Column("Where", 34, ("cell", "wrap")),
    Column("Home on", 12, ("cell", "date")),
    Column("Weeks into the year", 12, ("cell", "int")),
    Column("Rested by", 12, ("cell", "date")),
    Column("Upkeep bound", 12, ("cell", "cost")),
)
SETS = (
    Column("Set", 16),
    Column("Name", 34, ("cell", "wrap")),
    Column("Where", 34, ("cell", "wrap")),
    Column("In use until", 12, ("cell", "date")),
    Column("By", 12),
    Column("Block due", 12, ("cell", "date")),
    Column("Weeks to spare", 12, ("cell", "int")),
)


def write(m: Material) -> None:
    """The sheet: who is out, money bound, sets and clocks, units that cannot go."""
    h = hand_over(m.case, m.plan)
    note = f"On {h.start.isoformat()}, the first day of the next year. Only what begins before it is binding."
    page = m.page(NAME, "Hand-over", note, [c.width for c in OUT])
    bound = ", ".join(f"{line} {amount:,.1f}" for line, amount in h.bound.items() if amount)
    page.line([f"{len(h.stuck)} of {h.units} units cannot go in the next year; money bound there, "
               f"{m.case.settings.money_unit}: {bound or 'none'}"], [("strong",)])  # fmt: skip
    page.row += 1
    page.section(f"Out on that day ({len(h.out)})", len(OUT))
    page.table(OUT, [(Link("Plan rotations", o.unit), o.name, ", ".join(o.sites), o.home, o.weeks, o.rested, o.cost)
                     for o in h.out])  # fmt: skip
    page.row += 1
    late = sum(s.slack is not None and s.slack < 0 for s in h.sets)
    said = f"; {late} fall due while in use" if late else ""
    page.section(f"Sets and their clocks ({len(h.sets)}){said}", len(SETS))
    page.table(SETS, [(s.set_id, s.name, s.site, s.busy_until, s.holder, s.due, s.slack) for s in h.sets])
    page.row += 1
    page.section(f"Units that cannot go in the next year ({len(h.stuck)})", len(OUT))
    for s in h.stuck:
        page.line([s.unit, s.name, s.why], [("cell",), ("cell",), ("cell",)])
