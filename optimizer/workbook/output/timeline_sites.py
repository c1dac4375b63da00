"""Timeline by site: how full it is, who is based there, which sets stand there, what is exercised."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from optimizer.domain import Case, Plan, Posting, Site
from optimizer.domain.ledger import moves
from optimizer.domain.presence import deployments, holds, people, places, ready_from
from optimizer.report.colours import ACCENT, FULL, MODE_COLOURS, PAPER, QUIET, SET_COLOURS, SHADE, heat, on, tint
from optimizer.workbook.output.weekgrid import LETTERS_PER_WEEK, Strip, WeekGrid
from optimizer.workbook.sheets.material import Material
from optimizer.workbook.sheets.page import Column

NAME = "Timeline by site"
HAND_OVER = "↔"
LEFT = (
    Column("Site", 42),
    Column("What", 13, ("cell", "label")),
    Column("Places", 12, ("cell", "count")),
)
FULL_FROM = 100  # percent of places above which people stand on hand-over places
VARYING = "places, by week"
ROOM = 3  # weeks a label needs
MOST_NAMES = 4  # of participants beside an exercise
LONGEST_HAND_OVER = 4  # weeks; whoever stays longer is no predecessor


def write(m: Material) -> None:
    """A block per site in use, in the order of the Sites sheet; empty sites are listed at the end."""
    note = (
        "First line of a site: people there as % of its places that week, after upgrades and closures; over 100, "
        "in dark blue: on hand-over places, as the rules allow; in red: more than there is room for. "
        f"Below: elements by mode ({HAND_OVER} hand-over weeks), sets, exercises."
    )
    grid = WeekGrid(m, NAME, "Timeline by site", note, LEFT)
    grid.legend(
        [
            *(("", mode, {"bg_color": colour}) for mode, colour in MODE_COLOURS.items()),
            ("", "set stored", {"bg_color": SET_COLOURS["stored"]}),
            ("", "set drawn", {"bg_color": SET_COLOURS["drawn"]}),
            ("", "maintenance", {"bg_color": SET_COLOURS["maintenance"]}),
            ("", "on the road", {"bg_color": SET_COLOURS["road"]}),
            ("", "exercise", {"bg_color": ACCENT}),
        ]
    )
    grid.head()
    everyone, (room, _) = people(m.case, m.plan)[1], places(m.case, m.plan)
    breached = overfull(m.case, m.plan)
    idle = []
    for i, site in enumerate(m.case.sites):
        block = [*_elements(m.case, m.plan, site), *_sets(m.case, m.plan, site), *_exercises(m.case, m.plan, site)]
        if not block:
            idle.append(site)
            continue
        strip = Strip(m.case.weeks)
        for w, (n, places_then) in enumerate(zip(everyone[i], room[i], strict=True)):
            if n:
                share = round(100 * int(n) / int(places_then)) if places_then else 999
                loud = share > FULL_FROM or breached[i, w]
                over = {"font_color": PAPER, "bold": True} if loud else {}
                strip.bar(w, w + 1, ACCENT if breached[i, w] else FULL if loud else heat(share / 100))
                strip.mark(w, share, num_format="0", align="center", **over)
        least, most = int(room[i].min()), int(room[i].max())
        has = most if least == most else f"{least:,} to {most:,}"
        grid.row((f"{site.name}", site.country or "outside", has), strip, bold=True)
        if least != most:
            grid.row(("   places", VARYING, None), _room(room[i]), level=1)
        for name, what, strip in block:
            grid.row((f"   {name}", what, None), strip, level=1)
    if idle:
        grid.group(f"Not used in this plan ({len(idle)})")
        for site in idle:
            grid.row((site.name, site.country or "outside", site.places), Strip(m.case.weeks), font_color=QUIET)


def overfull(case: Case, plan: Plan) -> np.ndarray:
    """Whether a site has more people than it has room for, as rule site-capacity counts, of shape (sites, weeks): the
    settled against places or everybody against hand-over places; what is under way alone never is."""
    given = people(case, Plan(rotations=case.underway))
    pairs = zip(people(case, plan), places(case, plan), given, strict=True)
    settled, everyone = (there > np.maximum(room, fixed) for there, room, fixed in pairs)
    return np.asarray(settled | everyone)


def _room(places_then: np.ndarray) -> Strip:
    """How many places there are, said wherever it changes."""
    strip, weeks = Strip(len(places_then)), len(places_then)
    edges = [0, *(w for w in range(1, weeks) if places_then[w] != places_then[w - 1]), weeks]
    for k, (a, b) in enumerate(pairwise(edges)):
        n = int(places_then[a])
        full, short = f"{n:,}", f"{n / 1000:.3g}k"
        text = full if n < 1000 or len(full) <= (b - a) * LETTERS_PER_WEEK else short
        strip.bar(a, b, tint(FULL, 0.12) if k % 2 else SHADE, text)
    return strip


def hand_over(case: Case, plan: Plan, posting: Posting, unit: str) -> range:
    """The weeks in which ``posting`` stands beside its predecessor at the site: an element of another
    unit with the same main capability, there before it and gone soon after."""
    kind = case.element_type(posting.element).main_capability
    ends = [
        p.depart
        for r in plan.rotations
        for p in r.postings
        if r.unit != unit
        and p.site == posting.site
        and p.arrive < posting.arrive < p.depart <= posting.arrive + LONGEST_HAND_OVER
        and p.depart < posting.depart
        and case.element_type(p.element).main_capability == kind
    ]
    return range(posting.arrive, max(ends, default=posting.arrive))


Rows = list[tuple[str, str, Strip]]


def _elements(case: Case, plan: Plan, site: Site) -> Rows:
    strips: dict[str, Strip] = {}
    for r in sorted(plan.rotations, key=lambda r: r.arrive):
        for p in (p for p in r.postings if p.site == site.id):
            strip = strips.setdefault(p.element, Strip(case.weeks))
            ready, colour = min(ready_from(case, p), p.depart), MODE_COLOURS[p.mode]
            strip.bar(p.arrive, ready, tint(colour, 0.4))
            strip.bar(ready, p.depart, colour, font_color=on(colour))
            strip.label(ready if ready < p.depart else p.arrive, p.depart, f" {case.unit[r.unit].name}")
            for w in hand_over(case, plan, p, r.unit):
                strip.mark(w, HAND_OVER, align="center")
    for d in (d for d in deployments(case, plan) if d.site == site.id):
        strip = strips.setdefault(d.element, Strip(case.weeks))
        strip.bar(d.arrive, d.ready, tint(MODE_COLOURS[d.mode], 0.4))
        colour = MODE_COLOURS[d.mode]
        strip.bar(d.ready, d.depart, colour, f"for {case.exercise_name[d.exercise]}", font_color=on(colour))
    return [(e, case.element[e].type, strips[e]) for e in strips]


def _sets(case: Case, plan: Plan, site: Site) -> Rows:
    out: Rows = []
    for q in case.sets:
        stays = [s for s in plan.stays if s.set_id == q.id and s.site == site.id]
        if not stays:
            continue
        strip = Strip(case.weeks)
        for s in stays:
            strip.bar(s.start, s.end, SET_COLOURS["stored"])
            for h in (h for h in holds(case, plan) if h.set_id == q.id and s.start <= h.start < s.end):
                strip.bar(h.start, min(h.end, s.end), SET_COLOURS["drawn"], h.element, font_color=PAPER)
            for b in (b for b in plan.maintenance if b.set_id == q.id and s.start <= b.start < s.end):
                strip.bar(b.start, b.end, SET_COLOURS["maintenance"], "maint.", font_color=PAPER)
        for before, after in moves(plan):
            if before.set_id == q.id and before.site == site.id:
                strip.bar(before.end, after.start, SET_COLOURS["road"], f"→ {after.site}")
        out.append((q.id, "set", strip))
    return out


def _exercises(case: Case, plan: Plan, site: Site) -> Rows:
    out: Rows = []
    for run in (x for x in plan.runs if x.site == site.id):
        strip, end = Strip(case.weeks), run.start + case.exercise[run.exercise].weeks
        strip.bar(run.start, end, ACCENT, font_color=PAPER)
        names = [who.element for who in run.participants]
        label = " " + (", ".join(names) if len(names) <= MOST_NAMES else f"{len(names)} elements")
        beside = case.weeks - end > ROOM  # else inside its bar
        strip.label(end if beside else run.start, case.weeks, label)
        out.append((case.exercise_name[run.exercise], "exercise", strip))
    return out
