"""The case as arrays: what the compiled search and the bound compute on.

Everything is in the order of the case's tuples (elements are sorted by unit so that a
unit's elements are a slice). Supply and demand are micro-points and money is micro-units,
held in float64 (exact up to 2**53). An *area* is one (scenario block, country, capability):
block 0 is the case as planned; further blocks exist when scenarios are weighed.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.domain import Case, Element
from optimizer.domain.case import ECHELONS, MODES, MOVEMENTS, Scenario
from optimizer.domain.network import UNREACHABLE, credits, days_between, move_weeks
from optimizer.domain.presence import sites_of
from optimizer.domain.supply import NOMINAL, area_prices, demand, points_vector
from optimizer.engines.columns.locks import Wishes, wishes
from optimizer.quantities import MILLI
from optimizer.rosters import intervals, rest_weeks

NO_LIMIT = 1e18
SEA, AIR, SET = range(3)
ORIGINS = ("theatre", "home", "either")


class Tables(NamedTuple):
    """Index arrays of a case. Sizes: T weeks, S sites, C countries, A areas, L levels,
    Y types, E elements, U units, Q sets, X exercises, H hosts, N needs, B upgrades."""

    weeks: int
    # demand: D[a, l, t] cumulative; price[a, l] per micro-point of increment l
    demand: np.ndarray
    price: np.ndarray
    area_block: np.ndarray
    area_country: np.ndarray
    # types
    people: np.ndarray  # [Y]
    week_cost: np.ndarray  # [Y]
    mode_ok: np.ndarray  # [Y, 3]
    lead: np.ndarray  # [Y, 3] first week anyone of the type may arrive by the mode
    rsoi: np.ndarray  # [Y, 3]
    mode_cost: np.ndarray  # [Y, 3]
    movement: np.ndarray  # [Y]
    brigades: np.ndarray  # [Y]
    rest: np.ndarray  # [U, length] weeks at home after a rotation of that length
    # points of a type at a site: areas reach[y, :reach_n[y]], amounts give[y, s, :reach_n[y]]
    reach: np.ndarray
    reach_n: np.ndarray
    give: np.ndarray
    # the same by amount: a type's distinct (area, amount), and which of them it gives at a site
    gr_first: np.ndarray  # [Y + 1]
    gr_area: np.ndarray
    gr_amount: np.ndarray
    gs_first: np.ndarray  # [Y * S + 1]
    gs: np.ndarray  # counted from the type's first
    most_grains: int
    # elements and units
    el_unit: np.ndarray
    el_type: np.ndarray
    el_optional: np.ndarray
    el_first: np.ndarray  # [U + 1] slice of a unit's elements
    el_order: np.ndarray  # [E] a unit's elements, those that must go and have most people first
    std: np.ndarray  # [U]
    stagger: np.ndarray  # [U]
    iv_first: np.ndarray  # [U + 1] slice of a unit's admissible intervals
    iv_a: np.ndarray
    iv_d: np.ndarray
    window: np.ndarray  # [U, T] week lies in an availability window; [.., T] padded
    # sites and countries
    country: np.ndarray  # [S], -1 outside
    opens: np.ndarray  # [S] anyone may ever be there
    places: np.ndarray  # [S]
    handover: np.ndarray  # [S]
    closed_left: np.ndarray  # [S, T] people a closure leaves room for
    slots: np.ndarray  # [S]
    echelon: np.ndarray  # [S]
    at_once: np.ndarray  # [S]
    cap: np.ndarray  # [C]
    cap_all: np.ndarray  # [C]
    brigade_cap: np.ndarray  # [C]
    floor: np.ndarray  # [C]
    days: np.ndarray  # [2, S, S] milli-days by movement
    # sets
    draws: np.ndarray  # [Y, Q] the type may draw the set
    draw: np.ndarray  # [Q]
    reset: np.ndarray  # [Q]
    interval: np.ndarray  # [Q]
    maint: np.ndarray  # [Q] block length
    last_maint: np.ndarray  # [Q]
    available: np.ndarray  # [Q]
    set_cost: np.ndarray  # [Q] per week
    move_cost: np.ndarray  # [Q]
    set_slots: np.ndarray  # [Q]
    start_site: np.ndarray  # [Q], -1 free
    may_stand: np.ndarray  # [Q, S, T]
    move_weeks: np.ndarray  # [S, S], -1 no way
    stored: np.ndarray  # [Q, S, A] supply of a stored set, after the set credit
    lost: np.ndarray  # [blocks, Q]
    late: np.ndarray  # [blocks, U] weeks
    # exercises
    x_weeks: np.ndarray
    x_echelon: np.ndarray
    x_value: np.ndarray
    x_group: np.ndarray  # -1 none
    x_spacing: np.ndarray
    host_first: np.ndarray  # [X + 1]
    host_site: np.ndarray  # [H]
    host_cost: np.ndarray  # [H] exercise cost + host cost
    start_ok: np.ndarray  # [H, T] window, closures and locks allow this start
    need_first: np.ndarray  # [X + 1]
    need_count: np.ndarray
    need_origin: np.ndarray
    need_days: np.ndarray
    need_type: np.ndarray  # [N, Y]
    cand_first: np.ndarray  # [N + 1] elements that may serve a need
    cand: np.ndarray
    # money
    line: np.ndarray  # [4] line of rotations, exercises, sets, upgrades
    year: np.ndarray  # [T] fiscal year index
    quarter: np.ndarray  # [T] index of the fiscal quarter (counted over the whole plan)
    amount: np.ndarray  # [lines, years]
    ceiling: np.ndarray  # [lines, quarters]
    transfer: float
    total_cap: float
    cr_weeks: int
    cr_cap: np.ndarray  # [lines]
    # upgrades
    up_site: np.ndarray
    up_cost: np.ndarray
    up_weeks: np.ndarray
    up_from: np.ndarray
    up_to: np.ndarray
    up_places: np.ndarray
    up_handover: np.ndarray
    up_slots: np.ndarray
    up_echelon: np.ndarray
    up_at_once: np.ndarray
    # prices
    floor_price: float
    over_price: float
    cost_price: float  # per micro-unit of money
    worst_price: float  # per unit share of the worst country
    nominal_share: float  # part of the nominal value that the prices of block 0 carry
    full: np.ndarray  # [C] value of a country's full demand (nominal)
    # wishes: what locks, frozen weeks and change prices add
    wish: Wishes


class Names(NamedTuple):
    """Ids in the order of the arrays."""

    elements: tuple[str, ...]
    units: tuple[str, ...]
    sites: tuple[str, ...]
    sets: tuple[str, ...]
    exercises: tuple[str, ...]
    needs: tuple[str, ...]
    upgrades: tuple[str, ...]
    lines: tuple[str, ...]


def _ints(values: object) -> np.ndarray:
    return np.array(list(values), dtype=np.int64)  # type: ignore[call-overload]


def _floats(values: object) -> np.ndarray:
    return np.array(list(values), dtype=np.float64)  # type: ignore[call-overload]


def _first(sizes: list[int]) -> np.ndarray:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)


def blocks(case: Case) -> list[tuple[float, Scenario]]:
    """(probability, scenario) blocks whose coverage counts: nominal first."""
    if not case.settings.weigh_scenarios:
        return [(1.0, NOMINAL)]
    weighed = [s for s in case.scenarios if s.weight > 0]
    rest = MILLI - sum(s.weight for s in weighed)
    return [(rest / MILLI, NOMINAL)] + [(s.weight / MILLI, s) for s in weighed]


def tables(case: Case) -> Tables:
    """The arrays of ``case``. Weighed scenarios contribute their expected share only; the
    worst-scenario share is judged where whole plans are scored."""
    parts: dict = {"weeks": case.weeks}
    parts |= _areas(case)
    parts |= _types(case)
    parts |= _force(case)
    parts |= _sites(case)
    parts |= _sets(case)
    parts |= _exercises(case)
    parts |= _money(case)
    parts |= _upgrades(case)
    parts |= _grains(parts["reach"], parts["reach_n"], parts["give"])
    parts |= _lists(parts)
    s = case.settings
    parts |= {
        "floor_price": s.floor_price,
        "over_price": s.over_length_price,
        "cost_price": s.cost_price / 1e6,
        "worst_price": s.worst_country_price * 100,
    }
    return Tables(**{f: parts[f] for f in Tables._fields})


def _areas(case: Case) -> dict:
    found = blocks(case)
    c, k, t = len(case.countries), len(case.capabilities), case.weeks
    d = demand(case).astype(np.float64)
    price = area_prices(case)
    expected = 1.0 - case.settings.worst_scenario_weight / MILLI if len(found) > 1 else 1.0
    n_l = len(case.levels)
    full = (np.diff(d, axis=2, prepend=0.0) * price[..., None]).sum(axis=(1, 2, 3))
    return {
        "demand": np.ascontiguousarray(np.tile(d.reshape(c * k, n_l, t), (len(found), 1, 1))),
        "price": np.concatenate([price.reshape(c * k, n_l) * p * expected for p, _ in found]),
        "area_block": np.repeat(np.arange(len(found)), c * k),
        "area_country": np.tile(np.repeat(np.arange(c), k), len(found)),
        "full": full,
        "nominal_share": max(found[0][0] * expected, 1e-9),
    }


def _types(case: Case) -> dict:
    types, modes = case.unit_types, len(MODES)
    n_c, n_k, s_n = len(case.countries), len(case.capabilities), len(case.sites)
    found = blocks(case)
    owned = [np.flatnonzero(points_vector(case, y)) for y in types]
    width = max([len(o) * n_c * len(found) for o in owned], default=1) or 1
    reach = np.zeros((len(types), width), dtype=np.int64)
    give = np.zeros((len(types), s_n, width))
    reach_n = _ints(len(o) * n_c * len(found) for o in owned)
    for y, kind in enumerate(types):
        points = points_vector(case, kind)
        at = 0
        for b, (_, scenario) in enumerate(found):
            credit = credits(case, kind.movement, scenario.closed_routes)
            for c in range(n_c):
                for k in owned[y]:
                    reach[y, at] = (b * n_c + c) * n_k + k
                    give[y, :, at] = credit[:, c] * points[k]
                    at += 1
    ok = np.zeros((len(types), modes), dtype=np.bool_)
    lead, rsoi = (np.zeros((len(types), modes), dtype=np.int64) for _ in range(2))
    cost = np.zeros((len(types), modes))
    for y, kind in enumerate(types):
        for m, name in enumerate(MODES):
            if name in kind.modes:
                mode = kind.modes[name]
                ok[y, m], rsoi[y, m], cost[y, m] = True, mode.rsoi_weeks, mode.cost
                lead[y, m] = case.settings.release + mode.lead_weeks
    return {
        "people": _ints(y.people for y in types),
        "week_cost": _floats(y.week_cost for y in types),
        "mode_ok": ok,
        "lead": lead,
        "rsoi": rsoi,
        "mode_cost": cost,
        "movement": _ints(MOVEMENTS.index(y.movement) for y in types),
        "brigades": _ints(y.brigades for y in types),
        "reach": reach,
        "reach_n": reach_n,
        "give": give,
    }


def _grains(reach: np.ndarray, reach_n: np.ndarray, give: np.ndarray) -> dict:
    """What the types give, sorted by distinct (area, amount): gains are computed once for each."""
    known_of, cells = [], []
    for y, n in enumerate(reach_n):
        known: dict[tuple[int, float], int] = {}
        for s in range(give.shape[1]):
            pairs = zip(reach[y, :n].tolist(), give[y, s, :n].tolist(), strict=True)
            cells.append([known.setdefault(pair, len(known)) for pair in pairs if pair[1] > 0])
        known_of.append(known)
    return {
        "gr_first": _first([len(k) for k in known_of]),
        "gr_area": _ints(a for k in known_of for a, _ in k),
        "gr_amount": _floats(x for k in known_of for _, x in k),
        "gs_first": _first([len(c) for c in cells]),
        "gs": _ints(g for c in cells for g in c),
        "most_grains": max([len(k) for k in known_of], default=0),
    }


def _lists(parts: dict) -> dict:
    """Who may serve a need, in which order a unit's elements are housed, which sites can open."""
    of_type, wish = parts["need_type"][:, parts["el_type"]], parts["wish"]
    if wish.join.size:
        of_type = of_type & (wish.join > -1e6)
    kind, optional = parts["el_type"], parts["el_optional"]
    order = np.lexsort((-parts["people"][kind], optional, parts["el_unit"]))
    gained = np.zeros(len(parts["places"]), dtype=np.int64)
    np.add.at(gained, parts["up_site"], parts["up_handover"])
    return {
        "cand_first": _first(of_type.sum(axis=1).tolist()),
        "cand": np.nonzero(of_type)[1].astype(np.int64),
        "el_order": order.astype(np.int64),
        "opens": parts["handover"] + gained > 0,
    }


def _force(case: Case) -> dict:
    y_at = {y.id: i for i, y in enumerate(case.unit_types)}
    unit_at = {u.id: i for i, u in enumerate(case.units)}
    elements = elements_in_order(case)
    spans = [intervals(case, u.id) for u in case.units]
    longest = max([d - a for span in spans for a, d in span] + [r.depart - r.arrive for r in case.underway], default=1)
    window = np.zeros((len(case.units), case.weeks), dtype=np.bool_)
    for w in case.windows:
        window[unit_at[w.unit], max(w.start, 0) : max(w.end, 0)] = True
    wish = wishes(case, tuple(e.id for e in elements))
    return {
        "el_unit": _ints(unit_at[e.unit] for e in elements),
        "el_type": _ints(y_at[e.type] for e in elements),
        "el_optional": np.array([e.optional for e in elements], dtype=np.bool_),
        "el_first": _first([len(case.elements_of[u.id]) for u in case.units]),
        "std": _ints(case.unit_type(u.id).rotation_std for u in case.units),
        "stagger": _ints(case.unit_type(u.id).stagger for u in case.units),
        "iv_first": _first([len(span) for span in spans]),
        "iv_a": _ints(a for span in spans for a, _ in span),
        "iv_d": _ints(d for span in spans for _, d in span),
        "window": window,
        "rest": np.array(
            [[rest_weeks(case, u.id, n) for n in range(longest + 1)] for u in case.units], dtype=np.int64
        ).reshape(len(case.units), longest + 1),
        "wish": wish,
    }


def names(case: Case) -> Names:
    """The ids behind the array indices."""
    return Names(
        tuple(e.id for e in elements_in_order(case)),
        tuple(u.id for u in case.units),
        tuple(s.id for s in case.sites),
        tuple(q.id for q in case.sets),
        tuple(x.id for x in case.exercises),
        tuple(n.id for x in case.exercises for n in x.needs),
        tuple(b.id for b in case.upgrades),
        lines_of(case),
    )


def elements_in_order(case: Case) -> list[Element]:
    """The elements sorted by unit, in the order of ``case.units``."""
    unit_at = {u.id: i for i, u in enumerate(case.units)}
    return sorted(case.elements, key=lambda e: unit_at[e.unit])


def _cap(values: object) -> np.ndarray:
    return _floats(NO_LIMIT if v is None else v for v in values)  # type: ignore[attr-defined]


def _sites(case: Case) -> dict:
    c_at = {c.id: i for i, c in enumerate(case.countries)}
    left = np.full((len(case.sites), case.weeks), NO_LIMIT)
    for c in case.closures:
        if c.closes in ("places", "all"):
            for i in sites_of(case, c.place):
                span = (i, slice(max(c.start, 0), max(c.end, 0)))
                left[span] = np.minimum(left[span], c.left)
    founding = case.settings.founding_act
    return {
        "country": _ints(-1 if s.country is None else c_at.get(s.country, -1) for s in case.sites),
        "places": _ints(s.places for s in case.sites),
        "handover": _ints(s.handover_places for s in case.sites),
        "closed_left": left,
        "slots": _ints(s.slots for s in case.sites),
        "echelon": _ints(ECHELONS.index(s.range_echelon) for s in case.sites),
        "at_once": _ints(s.exercises_at_once for s in case.sites),
        "cap": _cap(c.cap for c in case.countries),
        "cap_all": _cap(c.handover_cap for c in case.countries),
        "brigade_cap": _cap(c.brigade_cap if founding else None for c in case.countries),
        "floor": _ints(c.floor for c in case.countries),
        "days": np.stack([days_between(case, m) for m in MOVEMENTS]),
    }


def _sets(case: Case) -> dict:
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
        late[b] = [scenario.late_weeks * (u.id in scenario.late_units) for u in case.units]
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
        "draw": _ints(q.draw_weeks for q in sets),
        "reset": _ints(q.reset_weeks for q in sets),
        "interval": _ints(q.interval for q in sets),
        "maint": _ints(q.maintenance_weeks for q in sets),
        "last_maint": _ints(q.last_maintenance for q in sets),
        "available": _ints(max(q.available, 0) for q in sets),
        "set_cost": _floats(q.week_cost for q in sets),
        "move_cost": _floats(q.move_cost for q in sets),
        "set_slots": _ints(q.slots for q in sets),
        "start_site": _ints(-1 if q.start_site is None else s_at[q.start_site] for q in sets),
        "may_stand": stand,
        "move_weeks": np.array(move_weeks(case)),
        "stored": stored,
        "lost": lost,
        "late": late,
    }


def _exercises(case: Case) -> dict:
    xs = case.exercises
    s_at = {s.id: i for i, s in enumerate(case.sites)}
    groups = sorted({x.group for x in xs if x.group is not None})
    barred = np.zeros((len(case.sites), case.weeks), dtype=np.bool_)
    for c in case.closures:
        if c.closes in ("range", "all"):
            barred[sites_of(case, c.place), max(c.start, 0) : max(c.end, 0)] = True
    start_ok = []
    for x in xs:
        for h in x.hosts:
            ok = np.zeros(case.weeks, dtype=np.bool_)
            for w in range(max(x.earliest, 0), min(x.latest, case.weeks - x.weeks) + 1):
                ok[w] = not barred[s_at[h.site], w : w + x.weeks].any()
            start_ok.append(ok)
    needs = [n for x in xs for n in x.needs]
    return {
        "x_weeks": _ints(x.weeks for x in xs),
        "x_echelon": _ints(ECHELONS.index(x.echelon) for x in xs),
        "x_value": _floats(x.value for x in xs),
        "x_group": _ints(-1 if x.group is None else groups.index(x.group) for x in xs),
        "x_spacing": _ints(x.spacing for x in xs),
        "host_first": _first([len(x.hosts) for x in xs]),
        "host_site": _ints(s_at[h.site] for x in xs for h in x.hosts),
        "host_cost": _floats(x.cost + h.cost for x in xs for h in x.hosts),
        "start_ok": np.array(start_ok, dtype=np.bool_).reshape(len(start_ok), case.weeks),
        "need_first": _first([len(x.needs) for x in xs]),
        "need_count": _ints(n.count for n in needs),
        "need_origin": _ints(ORIGINS.index(n.origin) for n in needs),
        "need_days": _ints(UNREACHABLE if n.max_days is None else n.max_days for n in needs),
        "need_type": np.array(
            [[n.what in (y.id, y.main_capability) for y in case.unit_types] for n in needs], dtype=np.bool_
        ).reshape(len(needs), len(case.unit_types)),
    }


def lines_of(case: Case) -> tuple[str, ...]:
    """Budget lines: those with money and those that costs post to."""
    s = case.settings
    posted = (s.line_rotation, s.line_exercise, s.line_set, s.line_upgrade)
    return tuple(dict.fromkeys([*posted, *(b.line for b in case.budgets)]))


def _money(case: Case) -> dict:
    s, cal = case.settings, case.calendar
    lines, years = lines_of(case), cal.fiscal_years
    fiscal = [cal.fiscal(w) for w in range(case.weeks)]
    quarters = sorted(set(fiscal))
    free = NO_LIMIT if not case.budgets else 0.0
    amount = np.full((len(lines), len(years)), free)
    ceiling = np.full((len(lines), len(quarters)), NO_LIMIT)
    cr_cap = np.full(len(lines), NO_LIMIT)
    weighed = [x for p, x in blocks(case)[1:]]
    factor = min([MILLI, *(x.budget_factor for x in weighed)])
    resolutions = [x for x in [*weighed, *([case.cr] if case.cr else [])] if x.cr_weeks > 0]
    cr_weeks = max((x.cr_weeks for x in resolutions), default=0)
    for b in case.budgets:
        i = lines.index(b.line)
        if b.year in years:
            amount[i, years.index(b.year)] = b.amount * factor // MILLI
        for q, top in enumerate(b.quarters):
            if top is not None and (b.year, q + 1) in quarters:
                ceiling[i, quarters.index((b.year, q + 1))] = top * factor // MILLI
        if b.last_year is not None and b.year == fiscal[0][0]:
            for x in resolutions:
                if x.cr_weeks == cr_weeks:
                    cr_cap[i] = min(cr_cap[i], x.cr_rate * b.last_year * x.cr_weeks // (52 * MILLI))
    return {
        "line": _ints(lines.index(n) for n in (s.line_rotation, s.line_exercise, s.line_set, s.line_upgrade)),
        "year": _ints(years.index(f[0]) for f in fiscal),
        "quarter": _ints(quarters.index(f) for f in fiscal),
        "amount": amount,
        "ceiling": ceiling,
        "transfer": s.transfer_limit / MILLI,
        "total_cap": NO_LIMIT if s.total_cap is None else float(s.total_cap),
        "cr_weeks": cr_weeks,
        "cr_cap": cr_cap,
    }


def _upgrades(case: Case) -> dict:
    s_at = {s.id: i for i, s in enumerate(case.sites)}
    ups = case.upgrades
    return {
        "up_site": _ints(s_at[b.site] for b in ups),
        "up_cost": _floats(b.cost for b in ups),
        "up_weeks": _ints(b.weeks for b in ups),
        "up_from": _ints(max(b.earliest, 0) for b in ups),
        "up_to": _ints(min(b.latest, case.weeks - 1) for b in ups),
        "up_places": _ints(b.places for b in ups),
        "up_handover": _ints(b.handover_places for b in ups),
        "up_slots": _ints(b.slots for b in ups),
        "up_echelon": _ints(ECHELONS.index(b.range_echelon) for b in ups),
        "up_at_once": _ints(b.exercises_at_once for b in ups),
    }
