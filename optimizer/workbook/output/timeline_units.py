"""Timeline by unit: who is where, when it counts, and what it exercises."""

from __future__ import annotations

from optimizer.domain import Case, Unit
from optimizer.domain.presence import ready_from
from optimizer.report.before import Other
from optimizer.report.colours import ACCENT, AWAY, BAND, BEFORE, PAPER, QUIET, colours_of, on, tint
from optimizer.report.lives import Life, lives_of
from optimizer.workbook.output.weekgrid import Strip, WeekGrid
from optimizer.workbook.sheets.material import Material
from optimizer.workbook.sheets.page import Column

NAME = "Timeline by unit"
THIN = 3.75  # points of height of a line
LONGEST_NAME = 40  # letters of the legend of it
LEFT = (
    Column("Unit / element", 46),
    Column("Type", 20, ("cell", "label")),
    Column("Weeks", 7, ("cell", "count")),
)


def write(m: Material, other: Other | None = None) -> None:
    """One row per unit that goes (with a row per element where it has several), then those that stay. Under each its
    rotations in the plan compared with, as a thin line."""
    note = "Bars are postings, coloured by country; the lighter weeks do not count yet (arrival and integration)."
    grid = WeekGrid(m, NAME, "Timeline by unit", note, LEFT)
    colours = colours_of(m.case)
    grid.legend(
        [
            ("", "arriving, not ready", {"bg_color": tint(colours[None], 0.4)}),
            ("", "exercise", {"bg_color": ACCENT}),
            ("", "not available", {"bg_color": AWAY}),
            *([] if other is None else [("", f"thin line: in {other.name}"[:LONGEST_NAME], {"bg_color": BEFORE})]),
            *(("", c.name, {"bg_color": colours[c.id]}) for c in m.case.countries[:8]),
        ]
    )
    grid.head()
    lives = lives_of(m.case, m.plan)
    going = [u for u in m.case.units if any(e.id in lives for e in m.case.elements_of[u.id])]
    former = _former(m.case, other)
    for unit in going:
        _unit(grid, m, unit, lives, colours, former.get(unit.id))
    idle = [u for u in m.case.units if u not in going]
    if idle:
        grid.group(f"Stays at home for the whole plan ({len(idle)})")
        for unit in idle:
            grid.row((unit.name, unit.type, 0), _available(m.case, unit), font_color=QUIET)
            _line(grid, former.get(unit.id), 0)


def _former(case: Case, other: Other | None) -> dict[str, Strip]:
    """By unit its rotations in another plan, by the dates they had there; units with none inside this plan are not in
    it."""
    out: dict[str, Strip] = {}
    if other is not None:
        shift = (other.case.calendar.start - case.calendar.start).days // 7
        for r in other.plan.rotations:
            if r.arrive + shift < case.weeks and r.depart + shift > 0:
                out.setdefault(r.unit, Strip(case.weeks)).bar(r.arrive + shift, r.depart + shift, BEFORE)
    return out


def _line(grid: WeekGrid, strip: Strip | None, level: int) -> None:
    if strip is not None:
        grid.row([None] * len(LEFT), strip, level=level, height=THIN)


def _unit(
    grid: WeekGrid,
    m: Material,
    unit: Unit,
    lives: dict[str, Life],
    colours: dict[str | None, str],
    former: Strip | None,
) -> None:
    case, members = m.case, m.case.elements_of[unit.id]
    strip = _available(case, unit)
    if len(members) == 1:
        life = lives[members[0].id]
        _paint(strip, case, life, colours)
        grid.row((unit.name, members[0].type, life.weeks(case)), strip, bold=True)
        _line(grid, former, 0)
        return
    for r in (r for r in m.plan.rotations if r.unit == unit.id):
        label = f" {m.day(r.arrive):%d %b %Y} – {m.day(r.depart):%d %b %Y} · {r.depart - r.arrive} weeks"
        strip.bar(r.arrive, r.depart, BAND, label, font_color=PAPER)
    going = [e for e in members if e.id in lives]
    some = "" if len(going) == len(members) else f", {len(going)} of {len(members)} go"
    grid.row((unit.name, unit.type + some, None), strip, bold=True)
    _line(grid, former, 1)  # folded away with the elements
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
