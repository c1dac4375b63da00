"""Shortfalls: what the plan does not give, and by how much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from optimizer.domain import Case, Exercise, Plan
from optimizer.domain.presence import people
from optimizer.domain.supply import demand, supply
from optimizer.quantities import MICRO, MILLI
from optimizer.workbook.output.coverage import percent, weights
from optimizer.workbook.output.page import Column, Formula, Material, Page, cell, money

NAME = "Shortfalls"
FLOORS = (
    Column("Country", 20),
    Column("From", 13, ("cell", "date")),
    Column("Until", 13, ("cell", "date")),
    Column("Weeks", 9, ("cell", "count")),
    Column("Floor", 10, ("cell", "count")),
    Column("Fewest there", 10, ("cell", "int")),
    Column("Person-weeks missing", 13, ("cell", "count")),
)
DEMANDS = (
    Column("Country", 20),
    Column("Capability", 13),
    Column("Level", 13),
    Column("Percent met", 9, ("cell", "tenth")),
    Column("Points wanted", 10, ("cell", "tenth")),
    Column("Points there", 10, ("cell", "tenth")),
    Column("Point-weeks missing", 13, ("cell", "tenth")),
    Column("Weeks short", 9, ("cell", "count")),
    Column("Worst week", 12, ("cell", "date")),
    Column("Share of all missing", 12, ("cell", "percent")),
)
EXERCISES = (
    Column("Exercise", 20),
    Column("Start from", 13, ("cell", "date")),
    Column("Start until", 13, ("cell", "date")),
    Column("Weeks", 9, ("cell", "count")),
    Column("Value", 10, ("cell", "tenth")),
    Column("Cost", 10, ("cell", "money")),
    Column("Mandatory", 13),
    Column("Hosts", 9, ("cell", "count")),
    Column("Needs", 12, ("open",)),
)
SPARE = (12.0,) * 4  # room for the needs to run on
MOST_ROWS = 2_000


def write(m: Material) -> None:
    """Presence floors, demand by level, exercises: only what falls short."""
    widths = [c.width for c in DEMANDS] + list(SPARE)
    page = m.page(NAME, "Shortfalls", "What is not met in this plan, and by how much. Largest first.", widths)
    floors = sorted(floor_gaps(m.case, m.plan), key=lambda g: (-g.missing, g.country, g.start))
    rows = [(g.country, m.day(g.start), m.day(g.end), g.end - g.start, g.floor, g.fewest, g.missing) for g in floors]
    _block(page, "Presence floors not held", FLOORS, rows, total=6)
    missing = sorted(exercises_missing(m.case, m.plan), key=lambda x: (not x.mandatory, -x.value, x.id))
    _block(page, "Exercises not held", EXERCISES, [
        (x.name, m.day(x.earliest), m.day(min(x.latest, m.case.weeks - x.weeks)), x.weeks, x.value, money(x.cost),
         x.mandatory, len(x.hosts), needs_in_words(x)) for x in missing
    ])  # fmt: skip
    gaps = list(demand_gaps(m))
    note = f"The {MOST_ROWS} largest of {len(gaps)}." if len(gaps) > MOST_ROWS else ""
    _block(page, "Demand not met in full", DEMANDS, gaps[:MOST_ROWS], total=6, note=note)
    page.sheet.freeze_panes(3, 1)


def _block(
    page: Page, title: str, columns: tuple[Column, ...], rows: list[Any], *, total: int = 0, note: str = ""
) -> None:
    """A headed table of what is missing, with the live sum of column ``total``, or a line saying all is met."""
    page.section(f"{title} ({len(rows)})", len(columns), note)
    if rows:
        first, last = page.table(columns, rows)
        if total:
            text = f"=SUM({cell(first, total)}:{cell(last, total)})"
            whole = Formula(text, float(sum(r[total] for r in rows)))
            page.line(["Together", *[None] * (total - 1), whole], [*[("total",)] * total, ("total", "number")])
    else:
        page.line(["All met."], [("good",)])
    page.row += 1


@dataclass(frozen=True)
class FloorGap:
    """Weeks ``[start, end)`` in which a country has fewer people than its floor."""

    country: str
    start: int
    end: int
    floor: int
    fewest: int
    missing: int  # person-weeks


def floor_gaps(case: Case, plan: Plan) -> Iterator[FloorGap]:
    """Unbroken stretches of weeks below a country's presence floor."""
    _, everyone = people(case, plan)
    for c in case.countries:
        there = everyone[[i for i, s in enumerate(case.sites) if s.country == c.id]].sum(axis=0)
        edges = np.flatnonzero(np.diff((there < c.floor).astype(int), prepend=0, append=0))
        for a, b in zip(edges[::2], edges[1::2], strict=True):
            few = there[a:b]
            yield FloorGap(c.name, int(a), int(b), c.floor, int(few.min()), int((c.floor - few).sum()))


def exercises_missing(case: Case, plan: Plan) -> list[Exercise]:
    """Exercises of the case that do not take place."""
    held = {run.exercise for run in plan.runs}
    return [x for x in case.exercises if x.id not in held]


def needs_in_words(x: Exercise) -> str:
    """``2 TANK from theatre ≤ 3 d; 1 fires from home``."""

    def words(what: str, count: int, origin: str, days: int | None) -> str:
        where = "" if origin == "either" else f" from {origin}"
        return f"{count} {what}{where}" + ("" if days is None else f" ≤ {days / MILLI:g} d")

    return "; ".join(words(n.what, n.count, n.origin, n.max_days) for n in x.needs)


def demand_gaps(m: Material) -> Iterator[tuple[Any, ...]]:
    """A row per country, capability and level not met in full, by weighted loss."""
    case = m.case
    wanted, supplied = demand(case), supply(case, m.plan)
    met = np.minimum(supplied[:, :, None], wanted)
    lost = wanted - met
    below = np.diff(lost, axis=2, prepend=0)  # what this level misses beyond the level under it
    value = weights(case)[:, :, :, 0] * below.sum(3) * np.array([x.value for x in case.levels])
    order = np.argsort(-value, axis=None, kind="stable")
    whole = float(value.sum()) or 1.0
    for i, k, v in zip(*np.unravel_index(order, value.shape), strict=True):
        gap = lost[i, k, v]
        if gap.any():
            share = float(percent(met[i, k, v].sum(), wanted[i, k, v].sum()))
            yield (
                case.countries[i].name,
                case.capabilities[k].name,
                case.levels[v].id,
                share,
                float(wanted[i, k, v].mean()) / MICRO,
                float(supplied[i, k].mean()) / MICRO,
                int(gap.sum()) / MICRO,
                int((gap > 0).sum()),
                m.day(int(gap.argmax())),
                float(value[i, k, v]) / whole,
            )
