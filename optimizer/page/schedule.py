"""Who is where and when: units, sets and exercises over the weeks."""

from __future__ import annotations

from markupsafe import Markup

from optimizer.domain import Case, Element, Plan
from optimizer.domain.ledger import moves
from optimizer.domain.presence import holds, ready_from
from optimizer.page.facets import Facets
from optimizer.page.weeks import NARROW, Bar, Block, Lane, lanes, legend
from optimizer.report.colours import ACCENT, AWAY, SET_COLOURS, colours_of, tint
from optimizer.report.lives import Life, lives_of

ARRIVING = 0.4  # tint of the weeks that do not count yet
OPEN, SKIPPED = "#C9CFD8", "#E3E7EC"  # windows of exercises held, and of those not held


def units(case: Case, plan: Plan, width: float, facets: Facets) -> list[Markup]:
    """A block for every unit that goes, a lane for each of its elements, coloured by country."""
    lives, colours = lives_of(case, plan), colours_of(case)
    blocks = []
    for unit in case.units:
        going = [e for e in case.elements_of[unit.id] if e.id in lives]
        if going:
            away = tuple(Bar(a, b, AWAY, layer=0, hint="not available") for a, b in closed(case, unit.id))
            height = 13.0 if len(going) == 1 else 11.0 if width > NARROW else 8.0
            rows = [Lane(away + tuple(_life(case, e, lives[e.id], colours)), height) for e in going]
            blocks.append(Block(unit.name, tuple(rows), unit.id, facets.unit(unit.id)))
    return lanes(case, f"units-{width:.0f}", "Units week by week, coloured by country", blocks, width)


def units_legend(case: Case) -> Markup:
    """What the colours of the units mean."""
    colours = colours_of(case)
    named = [(colours[c.id], c.name) for c in case.countries[:12]]
    rest = [(tint(colours[None], ARRIVING), "lighter: arriving, does not count yet"), (ACCENT, "exercise")]
    return legend([*named, *rest, (AWAY, "not available")])


def at_home(case: Case, plan: Plan) -> list[str]:
    """Names of the units that go nowhere."""
    lives = lives_of(case, plan)
    return [u.name for u in case.units if not any(e.id in lives for e in case.elements_of[u.id])]


def closed(case: Case, unit: str) -> list[tuple[int, int]]:
    """The weeks of the plan outside every availability window of a unit."""
    out, week = [], 0
    for w in case.windows_of[unit]:
        if w.start > week:
            out.append((week, min(w.start, case.weeks)))
        week = max(week, w.end)
    return [*out, (week, case.weeks)] if week < case.weeks else out


def _life(case: Case, element: Element, life: Life, colours: dict[str | None, str]) -> list[Bar]:
    out = []
    for p in life.postings:
        colour, ready = colours[case.site[p.site].country], min(ready_from(case, p), p.depart)
        out.append(Bar(p.arrive, ready, tint(colour, ARRIVING), hint=f"{element.id} arriving at {p.site}"))
        out.append(Bar(ready, p.depart, colour, f"{element.id} · {p.site} · {p.set_id or p.mode}"))
    for d in life.flown:
        colour, why = colours[case.site[d.site].country], f"{element.id} brought in to {d.site}"
        out.append(Bar(d.arrive, d.ready, tint(colour, ARRIVING), hint=why))
        out.append(Bar(d.ready, d.depart, colour, layer=2, hint=why))
    for run in life.runs:
        end = run.start + case.exercise[run.exercise].weeks
        flown = any(d.exercise == run.exercise for d in life.flown)
        hint = f"{element.id} in {case.exercise_name[run.exercise]} at {run.site}"
        out.append(Bar(run.start, end, ACCENT, layer=3, share=0.5 if flown else 1.0, hint=hint))
    return out


def sets(case: Case, plan: Plan, width: float, facets: Facets) -> list[Markup]:
    """A lane for every prepositioned set: stored, drawn, in maintenance, on the road."""
    blocks = []
    for q in case.sets:
        bars = [
            Bar(s.start, s.end, SET_COLOURS["stored"], case.site[s.site].name) for s in plan.stays if s.set_id == q.id
        ]
        bars += [
            Bar(a.end, b.start, SET_COLOURS["road"], layer=2, hint=f"on the road to {b.site}")
            for a, b in moves(plan)
            if a.set_id == q.id
        ]
        bars += [Bar(h.start, h.end, SET_COLOURS["drawn"], f"{h.site} · {h.element}", 3)
                 for h in holds(case, plan) if h.set_id == q.id]  # fmt: skip
        bars += [Bar(m.start, m.end, SET_COLOURS["maintenance"], "maint.", 4)
                 for m in plan.maintenance if m.set_id == q.id]  # fmt: skip
        blocks.append(Block(q.name, (Lane(tuple(bars), 13.0),), q.id, facets.set(q.id)))
    return lanes(case, f"sets-{width:.0f}", "Prepositioned sets week by week", blocks, width)


def sets_legend() -> Markup:
    """What the colours of the sets mean."""
    names = {"stored": "stored", "drawn": "drawn (with reset)", "maintenance": "in maintenance", "road": "on the road"}
    return legend([(SET_COLOURS[k], text) for k, text in names.items()])


def exercises(case: Case, plan: Plan, width: float, facets: Facets) -> list[Markup]:
    """A lane for every exercise: the window it may fall in, and when it is held."""
    runs = {run.exercise: run for run in plan.runs}
    blocks = []
    for x in sorted(case.on_offer, key=lambda x: (x.id not in runs, runs[x.id].start if x.id in runs else x.earliest)):
        window = Bar(x.earliest, x.latest + x.weeks, OPEN if x.id in runs else SKIPPED, share=0.2, hint="window")
        held = []
        if x.id in runs:
            start = runs[x.id].start
            held = [Bar(start, start + x.weeks, ACCENT, case.site[runs[x.id].site].name, 2, beside=True)]
        blocks.append(Block(case.exercise_name[x.id], (Lane((window, *held), 13.0),), facets=facets.exercise(x)))
    return lanes(case, f"exercises-{width:.0f}", "Exercises: windows, and when they are held", blocks, width)


def exercises_legend() -> Markup:
    """What the colours of the exercises mean."""
    return legend([(ACCENT, "held"), (OPEN, "window of one held"), (SKIPPED, "window of one not held")])
