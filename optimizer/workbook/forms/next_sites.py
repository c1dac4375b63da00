"""Sites and upgrades of the next year: what is done belongs to the site, what is bought is not bought again."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from optimizer.domain.places import ECHELONS
from optimizer.quantities import MILLI
from optimizer.workbook.forms.rows import put
from optimizer.workbook.merge.content import Row

if TYPE_CHECKING:
    from optimizer.workbook.forms.next_year import Turn

Rows = tuple[Row, ...]


def upgrades(turn: Turn, rows: Rows) -> Rows:
    """Upgrades on offer: windows that are over are opened for the year, with a question."""
    out = []
    building = {b.upgrade: b for b in turn.carried.building}
    for row in rows:
        name = row.values["Upgrade"]
        if name in turn.carried.done:
            continue
        if name in building:  # bought: not to be bought again
            day = turn.start + timedelta(weeks=building[name].start)
            row = put(row, Earliest_start=day, Latest_start=day)
        elif "Latest start" in row.raw and row.values["Latest start"] < turn.start:
            row = put(row, Earliest_start=None, Latest_start=None)
            turn.ask("Upgrades", row, "Latest start", "its window is over; offered all year unless you say otherwise")
        elif "Earliest start" in row.raw and row.values["Earliest start"] < turn.start:
            row = put(row, Earliest_start=None)
        out.append(row)
    return tuple(out)


def sites(turn: Turn, rows: Rows) -> Rows:
    """Sites with what upgrades that are done have added."""
    by_site: dict[str, list[Any]] = {}
    for name in turn.carried.done:
        by_site.setdefault(turn.case.upgrade[name].site, []).append(turn.case.upgrade[name])
    out = []
    for row in rows:
        for u in by_site.get(row.values["Site"], ()):
            handover = row.values["Hand-over places"] + u.handover_places
            row = put(row, Places=row.values["Places"] + u.places, Slots=row.values["Slots"] + Decimal(u.slots) / MILLI)
            row = put(row, Exercises_at_once=row.values["Exercises at once"] + u.exercises_at_once)
            row = row.but(values={**row.values, "Hand-over places": handover},
                          raw={**row.raw, "Hand-over places": handover})  # fmt: skip
            row = put(row, Range=max(row.values["Range"], u.range_echelon, key=ECHELONS.index))
        out.append(row)
    return tuple(out)
