"""Shortfalls: what the plan does not give, by how much, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from optimizer.domain import Unit
from optimizer.report.adding import Bench, Tried
from optimizer.report.answers import EXERCISE, UNIT
from optimizer.report.carriers import carriers
from optimizer.report.shortfalls import demand_gaps, needs_in_words
from optimizer.report.spending import money
from optimizer.workbook.output.why import Section, in_words
from optimizer.workbook.sheets.material import Material, cell, on
from optimizer.workbook.sheets.page import A3, Column, Formula, Page, put

NAME = "Shortfalls"
NOTE = (
    "What is not met in this plan, by how much, and why it cannot just be added: the way named breaks least, and "
    "nothing gives way. What making room would cost: optimizer explain."
)
WHY = Column("Why", 90, ("cell", "wrap", "middle"))
SPARE = [Column("", w) for w in (20, 13, 13, 9, 10, 10, 13, 9, 12, 12, 10, 10)]  # up to where the reasons stand
BLANK = [None] * len(SPARE)
FLOORS = (
    Column("Country", 20),
    Column("From", 13, ("cell", "date")),
    Column("Until", 13, ("cell", "date")),
    Column("Weeks", 9, ("cell", "count")),
    Column("Floor", 10, ("cell", "count")),
    Column("Fewest there", 10, ("cell", "int")),
    Column("Person-weeks missing", 13, ("cell", "count")),
    *SPARE[7:],
    WHY,
)
DEMANDS = (
    Column("Country", 20),
    Column("Capability", 13),
    Column("Level", 13),
    Column("Percent met", 9, ("cell", "tenth")),
    Column("Wanted, on average", 10, ("cell", "tenth")),
    Column("There, on average", 10, ("cell", "tenth")),
    Column("Point-weeks missing", 13, ("cell", "tenth")),
    Column("Weeks short", 9, ("cell", "count")),
    Column("Worst week", 12, ("cell", "date")),
    Column("Share of all missing", 12, ("cell", "percent")),
    Column("Wanted then", 10, ("cell", "tenth")),
    Column("There then", 10, ("cell", "tenth")),
    WHY,
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
    Column("Needs", 44, ("cell", "wrap", "middle", "apart")),  # over four columns
    *SPARE[9:],
    WHY,
)
UNITS = (
    Column("Id", 20),
    Column("Unit", 35, ("cell", "wrap", "middle")),  # over three columns
    *SPARE[2:4],
    Column("Available from", 11, ("cell", "date")),
    Column("Available until", 11, ("cell", "date")),
    Column("People", 13, ("cell", "count")),
    Column("Elements", 9, ("cell", "count")),
    Column("Type", 44, ("cell", "apart")),
    *SPARE[9:],
    WHY,
)
NOBODY = "every unit goes"
UNSEEN = "not looked into"
MOST_ROWS = 2_000


def write(m: Material, answers: Sequence[Section] = ()) -> None:
    """Presence floors, exercises, idle units, demand by level: only what falls short. ``answers`` as the Why sheet
    has them say why where there are any; else what adding it would break."""
    page = m.page(NAME, "Shortfalls", NOTE, [c.width for c in DEMANDS], paper=A3)
    bench, known = Bench(m.case, m.plan), in_words(answers)

    def why(kind: str, subject: str, tried: Mapping[str, Tried]) -> str:
        return known.get((kind, subject)) or (tried[subject].why if subject in tried else UNSEEN)

    rows = [(g.country, m.day(g.start), m.day(g.end), g.end - g.start, g.floor, g.fewest, g.missing, *BLANK[7:],
             bench.floors[g].why if g in bench.floors else NOBODY if not bench.idle else UNSEEN)
            for g in bench.gaps]  # fmt: skip
    m.places["floors"] = cell(page.row, 0)
    m.places["floors missing"] = _block(page, "Presence floors not held", FLOORS, rows, total=6)
    m.places["exercises missing"] = cell(page.row, 0)
    _block(page, "Exercises not held", EXERCISES, [
        (x.name, m.day(x.earliest), m.day(min(x.latest, m.case.weeks - x.weeks)), x.weeks, x.value, money(x.cost),
         x.mandatory, len(x.hosts), needs_in_words(x), *BLANK[9:], why(EXERCISE, x.id, bench.exercises))
        for x in bench.missing
    ], wide=((8, 11),))  # fmt: skip
    _block(page, "Units that stay at home", UNITS, [
        (*_unit(m, u), *BLANK[9:], why(UNIT, u.id, bench.units)) for u in bench.idle
    ], none="All go.", wide=((1, 3), (8, 11)))  # fmt: skip
    gaps = list(_gaps(m, bench))
    note = f"The {MOST_ROWS} largest of {len(gaps)}." if len(gaps) > MOST_ROWS else ""
    m.places["gaps"] = cell(page.row + 2 + bool(note), 0)  # the first, under title and headings
    _block(page, "Demand not met in full", DEMANDS, gaps[:MOST_ROWS], total=6, note=note)
    page.sheet.freeze_panes(3, 1)


def _unit(m: Material, u: Unit) -> tuple[Any, ...]:
    """A unit that stays at home."""
    case, windows = m.case, m.case.windows_of[u.id]
    members = case.elements_of[u.id]
    return (u.id, u.name, *BLANK[2:4], m.day(windows[0].start) if windows else None,
            m.day(max(w.end for w in windows)) if windows else None,
            sum(case.types[e.type].people for e in members), len(members), case.types[u.type].name)  # fmt: skip


def _gaps(m: Material, bench: Bench) -> Iterator[tuple[Any, ...]]:
    """Demand not met, the largest loss first, each with who has the capability and stays at home."""
    names = {k.name: k.id for k in m.case.capabilities}
    tried = {u.id: bench.units.get(u.id) for u in bench.idle}
    reasons = {u: UNSEEN if t is None else ", ".join(t.rules) or "breaks no rule" for u, t in tried.items()}
    who = {k: c.words(reasons) for k, c in carriers(m.case, m.plan).items()}
    for g in demand_gaps(m.case, m.plan):
        yield (g.country, g.capability, g.level, g.percent, g.wanted, g.there, g.missing, g.weeks, m.day(g.worst),
               g.share, g.wanted_then, g.there_then, who[names[g.capability]])  # fmt: skip


def _block(
    page: Page,
    title: str,
    columns: tuple[Column, ...],
    rows: list[Any],
    *,
    total: int = 0,
    note: str = "",
    none: str = "All met.",
    wide: Sequence[tuple[int, int]] = (),
) -> str:
    """A headed table of what is missing, with the live sum of column ``total``, or the line ``none``; ``wide`` are
    columns, first and last, whose first takes the room of all.

    Returns the address of that sum, empty where there is none."""
    at = ""
    page.section(f"{title} ({len(rows)})", len(columns), note)
    if rows:
        first, last = page.table(columns, rows)
        for a, b in wide:
            apart = ["apart"] if "apart" in columns[a].styles else []  # right after a number
            looks = [page.style("header", *apart), *[page.style(*columns[a].styles)] * len(rows)]
            for row, (text, look) in enumerate(zip((columns[a].title, *(r[a] for r in rows)), looks, strict=True)):
                page.sheet.merge_range(first - 1 + row, a, first - 1 + row, b, None, look)
                put(page.sheet, first - 1 + row, a, text, look)
        if total:
            text = f"=SUM({cell(first, total)}:{cell(last, total)})"
            whole = Formula(text, float(sum(r[total] for r in rows)))
            at = on(page.name, cell(page.row, total))
            page.line(["Together", *[None] * (total - 1), whole], [*[("total",)] * total, ("total", "number")])
    else:
        page.line([none], [("good",)])
    page.row += 1
    return at
