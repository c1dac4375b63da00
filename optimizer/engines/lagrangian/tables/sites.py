"""Tables of places, what may stand there and what it costs: sites, sets, upgrades, money."""

from __future__ import annotations

from typing import Any

import numpy as np

from optimizer.domain import Case
from optimizer.domain.beyond import stands_until
from optimizer.domain.forces import MOVEMENTS
from optimizer.domain.network import credits, days_between, move_weeks
from optimizer.domain.places import ECHELONS
from optimizer.domain.presence import sites_of
from optimizer.domain.supply import points_vector
from optimizer.engines.lagrangian.kernels.arrays import floats, ints
from optimizer.engines.lagrangian.tables.supply import blocks
from optimizer.quantities import MILLI
from optimizer.rules.budget.limits import limits

NO_LIMIT = 1e18
FOREVER = 1 << 40


def _cap(values: object) -> np.ndarray:
    return floats(NO_LIMIT if v is None else v for v in values)  # type: ignore[attr-defined]


def sites(case: Case) -> dict[str, Any]:
    c_at = {c.id: i for i, c in enumerate(case.countries)}
    left = np.full((len(case.sites), case.weeks), NO_LIMIT)
    for c in case.closures:
        if c.closes in ("places", "all"):
            for i in sites_of(case, c.place):
                span = (i, slice(max(c.start, 0), max(c.end, 0)))
                left[span] = np.minimum(left[span], c.left)
    founding = case.settings.founding_act
    return {
        "country": ints(-1 if s.country is None else c_at.get(s.country, -1) for s in case.sites),
        "places": ints(s.places for s in case.sites),
        "handover": ints(s.handover_places for s in case.sites),
        "closed_left": left,
        "slots": ints(s.slots for s in case.sites),
        "echelon": ints(ECHELONS.index(s.range_echelon) for s in case.sites),
        "at_once": ints(s.exercises_at_once for s in case.sites),
        "cap": _cap(c.cap for c in case.countries),
        "cap_all": _cap(c.handover_cap for c in case.countries),
        "brigade_cap": _cap(c.brigade_cap if founding else None for c in case.countries),
        "floor": ints(c.floor for c in case.countries),
        "days": np.stack([days_between(case, m) for m in MOVEMENTS]),
    }


def sets(case: Case) -> dict[str, Any]:
    sets, s_n, found = case.sets, len(case.sites), blocks(case)
    s_at = {s.id: i for i, s in enumerate(case.sites)}
    stand = np.zeros((len(sets), s_n, case.weeks), dtype=np.bool_)
    n_ck = len(case.countries) * len(case.capabilities)
    stored = np.zeros((len(sets), s_n, n_ck * len(found)))
    lost = np.zeros((len(found), len(sets)), dtype=np.bool_)
    late = np.zeros((len(found), len(case.units)), dtype=np.int64)
    for b, (_, scenario) in enumerate(found):
        credit = credits(case, "heavy", scenario.closed_routes)
        lost[b] = [q.id in scenario.lost_sets for q in sets]
        late[b] = [scenario.delay(u.id) for u in case.units]
        for i, q in enumerate(sets):
            worth = np.einsum("sc,k->sck", credit, points_vector(case, dict(q.worth)))
            stored[i, :, b * n_ck : (b + 1) * n_ck] = (worth * case.settings.set_credit // MILLI).reshape(s_n, -1)
    stored[:, :, :] *= ~np.repeat(lost.T[:, None, :], n_ck, axis=2)
    for i, q in enumerate(sets):
        for h in case.holdings_of[q.id]:
            stand[i, s_at[h.site], max(h.start, 0) : max(h.end, 0)] = True
    return {
        "draws": np.array(
            [[y.set_type is not None and y.set_type == q.set_type for q in sets] for y in case.unit_types],
            dtype=np.bool_,
        ).reshape(len(case.unit_types), len(sets)),
        "draw": ints(q.draw_weeks for q in sets),
        "reset": ints(q.reset_weeks for q in sets),
        "interval": ints(q.interval for q in sets),
        "maint": ints(q.maintenance_weeks for q in sets),
        "last_maint": ints(case.maintained[q.id] for q in sets),
        "available": ints(max(q.available, 0) for q in sets),
        "stays_on": np.array([[_stays_on(case, q.id, s.id) for s in case.sites] for q in sets], dtype=np.int64).reshape(
            len(sets), s_n
        ),
        "drawable": ints(case.drawable[q.id] for q in sets),
        "set_cost": floats(q.week_cost for q in sets),
        "move_cost": floats(q.move_cost for q in sets),
        "set_slots": ints(q.slots for q in sets),
        "start_site": ints(-1 if q.start_site is None else s_at[q.start_site] for q in sets),
        "may_stand": stand,
        "move_weeks": np.array(move_weeks(case)),
        "stored": stored,
        "lost": lost,
        "late": late,
    }


def _stays_on(case: Case, set_id: str, site: str) -> int:
    until = stands_until(case, set_id, site) if case.settings.look_past_end else None
    return FOREVER if until is None else until


def upgrades(case: Case) -> dict[str, Any]:
    s_at = {s.id: i for i, s in enumerate(case.sites)}
    ups = case.upgrades
    left = [b.weeks + case.bought[b.id] if b.id in case.bought else b.weeks for b in ups]
    return {
        "up_before": np.array([b.id in case.bought for b in ups], dtype=np.bool_),
        "up_site": ints(s_at[b.site] for b in ups),
        # bought before the plan: as if in week 0, free of charge and with what is left to build; never to be bought
        "up_cost": floats(0 if b.id in case.bought else b.cost for b in ups),
        "up_weeks": ints(max(n, 0) for n in left),
        "up_from": ints(0 if b.id in case.bought else max(b.earliest, 0) for b in ups),
        "up_to": ints(-1 if b.id in case.bought else min(b.latest, case.weeks - 1) for b in ups),
        "up_places": ints(b.places for b in ups),
        "up_handover": ints(b.handover_places for b in ups),
        "up_slots": ints(b.slots for b in ups),
        "up_echelon": ints(ECHELONS.index(b.range_echelon) for b in ups),
        "up_at_once": ints(b.exercises_at_once for b in ups),
    }


def money(case: Case) -> dict[str, Any]:
    """Money as the budget rule limits it (``rules.budget.limits``), by line, fiscal year and quarter."""
    s, cal, found = case.settings, case.calendar, limits(case)
    lines, years = case.lines, cal.fiscal_years
    fiscal = [cal.fiscal(w) for w in range(case.weeks)]
    quarters = sorted(set(fiscal))
    amount = np.full((len(lines), len(years)), NO_LIMIT)
    if found.lines is not None:
        amount[:] = [[found.lines[year, line] for year in years] for line in lines]
    tops = [[found.quarters.get((*quarter, line)) for quarter in quarters] for line in lines]
    caps = [
        [None if line not in found.rates else r.rate * found.rates[line] * r.weeks // (52 * MILLI) for line in lines]
        for r in found.resolutions
    ]
    return {
        "line": ints(lines.index(n) for n in (s.line_rotation, s.line_exercise, s.line_set, s.line_upgrade)),
        "year": ints(years.index(f[0]) for f in fiscal),
        "quarter": ints(quarters.index(f) for f in fiscal),
        "amount": amount,
        "ceiling": np.array([_cap(row) for row in tops]).reshape(len(lines), len(quarters)),
        "transfer": s.transfer_limit / MILLI,
        "total_cap": NO_LIMIT if found.total is None else float(found.total),
        "cr_weeks": max((r.weeks for r in found.resolutions), default=0),
        "cr_until": ints(r.weeks for r in found.resolutions),
        "cr_cap": np.array([_cap(row) for row in caps]).reshape(len(caps), len(lines)),
    }
