"""Tables of units and their elements, and of the exercises they serve."""

from __future__ import annotations

from typing import Any

import numpy as np

from optimizer.domain import Case, Element
from optimizer.domain.exercises import ORIGINS
from optimizer.domain.forces import MODES
from optimizer.domain.network import UNREACHABLE
from optimizer.domain.places import ECHELONS
from optimizer.domain.presence import rsoi_weeks, sites_of
from optimizer.engines.lagrangian.kernels.arrays import Floats, first, floats, ints
from optimizer.engines.lagrangian.tables.records import FORBIDDEN, NO_BLOCK
from optimizer.engines.lagrangian.tables.wishes import wishes
from optimizer.rosters import first_arrival, in_one_window, intervals, rest_weeks, start_weeks


def elements_in_order(case: Case) -> list[Element]:
    """The elements sorted by unit, in the order of ``case.units``."""
    unit_at = {u.id: i for i, u in enumerate(case.units)}
    return sorted(case.elements, key=lambda e: unit_at[e.unit])


def _spans(case: Case, unit: str) -> list[tuple[int, int]]:
    """The unit's admissible intervals, none longer than the founding act lets pass where it is in force."""
    s = case.settings
    return [(a, d) for a, d in intervals(case, unit) if not s.founding_act or d - a <= s.founding_act_weeks]


def force(case: Case) -> dict[str, Any]:
    y_at = {y.id: i for i, y in enumerate(case.unit_types)}
    unit_at = {u.id: i for i, u in enumerate(case.units)}
    elements = elements_in_order(case)
    spans = [_spans(case, u.id) for u in case.units]
    longest = max([y.rotation_max for y in case.unit_types] + [r.depart - r.arrive for r in case.underway], default=1)
    window = np.zeros((len(case.units), case.weeks), dtype=np.int64)
    for w in case.windows:
        inside = (unit_at[w.unit], slice(max(w.start, 0), max(w.end, 0)))
        window[inside] = np.maximum(window[inside], w.end)
    return {
        "el_unit": ints(unit_at[e.unit] for e in elements),
        "left": ints(case.left_before.get(e.id, NO_BLOCK) for e in elements),
        "el_type": ints(y_at[e.type] for e in elements),
        "el_optional": np.array([e.optional for e in elements], dtype=np.bool_),
        "el_first": first([len(case.elements_of[u.id]) for u in case.units]),
        "std": ints(case.unit_type(u.id).rotation_std for u in case.units),
        "stagger": ints(case.unit_type(u.id).stagger for u in case.units),
        "iv_first": first([len(span) for span in spans]),
        "iv_a": ints(a for span in spans for a, _ in span),
        "iv_d": ints(d for span in spans for _, d in span),
        "repeats": np.array(
            [_repeats(case, u.id, span) for u, span in zip(case.units, spans, strict=True)], dtype=np.bool_
        ),
        "window": window,
        "rest": np.array(
            [[rest_weeks(case, u.id, n) for n in range(longest + 1)] for u in case.units], dtype=np.int64
        ).reshape(len(case.units), longest + 1),
        **wishes(case, tuple(e.id for e in elements)),
    }


def _repeats(case: Case, unit: str, span: list[tuple[int, int]]) -> bool:
    """Whether the unit could go on two new rotations in the plan."""
    first = min((d + rest_weeks(case, unit, d - a) for a, d in span), default=case.weeks)
    return any(a >= first for a, _ in span)


def exercises(case: Case, gains: Floats) -> dict[str, Any]:
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
            for w in start_weeks(case, x):
                ok[w] = not barred[s_at[h.site], w : w + x.weeks].any()
            start_ok.append(ok)
    needs = [n for x in xs for n in x.needs]
    came = _came(case)
    return {
        "x_weeks": ints(x.weeks for x in xs),
        "x_echelon": ints(ECHELONS.index(x.echelon) for x in xs),
        "x_value": floats(x.value for x in xs),
        "x_group": ints(-1 if x.group is None else groups.index(x.group) for x in xs),
        "x_spacing": ints(x.spacing for x in xs),
        "host_first": first([len(x.hosts) for x in xs]),
        "host_site": ints(s_at[h.site] for x in xs for h in x.hosts),
        "host_cost": floats(x.cost + h.cost for x in xs for h in x.hosts),
        "start_ok": np.array(start_ok, dtype=np.bool_).reshape(len(start_ok), case.weeks) & (gains > FORBIDDEN),
        "need_first": first([len(x.needs) for x in xs]),
        "need_count": ints(n.count for n in needs),
        "need_origin": ints(ORIGINS.index(n.origin) for n in needs),
        "need_days": ints(UNREACHABLE if n.max_days is None else n.max_days for n in needs),
        "need_type": np.array(
            [[n.what in (y.id, y.main_capability) for y in case.unit_types] for n in needs], dtype=np.bool_
        ).reshape(len(needs), len(case.unit_types)),
        "came": np.array(came, dtype=np.int64).reshape(len(came), 6),
    }


def _came(case: Case) -> list[tuple[int, ...]]:
    """Whom the last plan flew in before week 0 (``Case.flown_in``) inside a window and after its lead: nobody else may
    arrive before the plan."""
    e_at = {e.id: i for i, e in enumerate(elements_in_order(case))}
    s_at, q_at = {s.id: i for i, s in enumerate(case.sites)}, {q.id: i for i, q in enumerate(case.sets)}
    needs = [(x.id, n.id) for x in case.exercises for n in x.needs]
    found = []
    for exercise, site, start, p in case.flown_in:
        kind, unit, mode = case.element_type(p.element), case.element[p.element].unit, p.mode or ""
        arrive, end = start - rsoi_weeks(case, kind, mode, p.set_id), start + case.exercise[exercise].weeks
        soonest = first_arrival(case, kind, mode)
        if soonest is None or arrive < soonest or not in_one_window(case, unit, arrive, end):
            continue
        if (exercise, p.need) in needs:
            q = -1 if p.set_id is None else q_at[p.set_id]
            at = needs.index((exercise, p.need))
            found.append((at, e_at[p.element], MODES.index(mode), q, s_at[site], start))
    return sorted(found)


def lists(parts: dict[str, Any]) -> dict[str, Any]:
    """Who may serve a need, in which order a unit's elements are housed, which sites can open."""
    of_type, gain = parts["need_type"][:, parts["el_type"]], parts["wish_join"]
    if gain.size:
        of_type = of_type & (gain > FORBIDDEN)
    kind, optional = parts["el_type"], parts["el_optional"]
    order = np.lexsort((-parts["people"][kind], optional, parts["el_unit"]))
    gained = np.zeros(len(parts["places"]), dtype=np.int64)
    np.add.at(gained, parts["up_site"], parts["up_handover"])
    return {
        "cand_first": first(of_type.sum(axis=1).tolist()),
        "cand": np.nonzero(of_type)[1].astype(np.int64),
        "el_order": order.astype(np.int64),
        "opens": (parts["handover"] + gained > 0) | (parts["people"] == 0).any(),  # nobody takes no bed
    }
