"""Timeline by unit: who is where, when it counts, and what it exercises."""

from __future__ import annotations

from optimizer.domain import Case, Unit
from optimizer.domain.presence import ready_from
from optimizer.report.colours import ACCENT, AWAY, BAND, PAPER, QUIET, colours_of, on, tint
from optimizer.report.lives import Life, lives_of
from optimizer.workbook.output.weekgrid import Strip, WeekGrid
from optimizer.workbook.sheets.material import Material
from optimizer.workbook.sheets.page import Column

NAME = "Timeline by unit"
LEFT = (
    Column("Unit / element", 46),
    Column("Type", 20, ("cell", "label")),
    Column("Weeks", 7, ("cell", "count")),
)


def write(m: Material) -> None:
    """One row per unit that goes (with a row per element where it has several), then those that stay."""
    note = "Bars are postings, coloured by country; the lighter weeks do not count yet (arrival and integration)."
    grid = WeekGrid(m, NAME, "Timeline by unit", note, LEFT)
    colours = colours_of(m.case)
    grid.legend(
        [
            ("", "arriving, not ready", {"bg_color": tint(colours[None], 0.4)}),
            ("", "exercise", {"bg_color": ACCENT}),
            ("", "not available", {"bg_color": AWAY}),
            *(("", c.name, {"bg_color": colours[c.id]}) for c in m.case.countries[:8]),
        ]
    )
    grid.head()
    lives = lives_of(m.case, m.plan)
    going = [u for u in m.case.units if any(e.id in lives for e in m.case.elements_of[u.id])]
    for unit in going:
        _unit(grid, m, unit, lives, colours)
    idle = [u for u in m.case.units if u not in going]
    if idle:
        grid.group(f"Stays at home for the whole plan ({len(idle)})")
        for unit in idle:
            grid.row((unit.name, unit.type, 0), _available(m.case, unit), font_color=QUIET)


def _unit(grid: WeekGrid, m: Material, unit: Unit, lives: dict[str, Life], colours: dict[str | None, str]) -> None:
    case, members = m.case, m.case.elements_of[unit.id]
    strip = _available(case, unit)
    if len(members) == 1:
        life = lives[members[0].id]
        _paint(strip, case, life, colours)
        grid.row((unit.name, members[0].type, life.weeks(case)), strip, bold=True)
        return
    for r in (r for r in m.plan.rotations if r.unit == unit.id):
        label = f" {m.day(r.arrive):%d %b %Y} – {m.day(r.depart):%d %b %Y} · {r.depart - r.arrive} weeks"
        strip.bar(r.arrive, r.depart, BAND, label, font_color=PAPER)
    going = [e for e in members if e.id in lives]
    some = "" if len(going) == len(members) else f", {len(going)} of {len(members)} go"
    grid.row((unit.name, unit.type + some, None), strip, bold=True)
    for e in going:
        strip = Strip(case.weeks)
        _paint(strip, case, lives[e.id], colours)
        grid.row((f"   {e.id}", e.type, lives[e.id].weeks(case)), strip, level=1)


def _available(case: Case, unit: Unit) -> Strip:
    """A strip on which the weeks outside every availability window are grey."""
    strip = Strip(case.weeks)
    strip.bar(0, case.weeks, AWAY)
    for w in case.windows_of[unit.id]:
        strip.bar(w.start, w.end, PAPER)
    return strip


def _paint(strip: Strip, case: Case, life: Life, colours: dict[str | None, str]) -> None:
    for p in life.postings:
        colour, ready = colours[case.site[p.site].country], min(ready_from(case, p), p.depart)
        strip.bar(p.arrive, ready, tint(colour, 0.4))
        strip.bar(ready, p.depart, colour, font_color=on(colour))
        strip.label(ready if ready < p.depart else p.arrive, p.depart, f" {p.site} · {p.set_id or p.mode}")
    for d in life.flown:
        strip.bar(d.arrive, d.ready, tint(colours[case.site[d.site].country], 0.4))
    for run in life.runs:
        end = run.start + case.exercise[run.exercise].weeks
        strip.bar(run.start, end, ACCENT, case.exercise_name[run.exercise], font_color=PAPER, bold=True)
