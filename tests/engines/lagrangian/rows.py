"""Rows of the bound for tests: who they are, random separations, random multipliers."""

from __future__ import annotations

import numpy as np

from optimizer.domain import Case, Plan
from optimizer.engines.lagrangian.bound.dual import Dual
from optimizer.engines.lagrangian.bound.parts.decided import (
    AGAIN,
    EVER,
    ONCE,
    Decided,
    undecided,
    with_bases,
    with_entry,
)
from optimizer.engines.lagrangian.bound.pricing.partly import rows_at
from optimizer.engines.lagrangian.tables.records import Tables
from tests.engines.lagrangian.slow import Cut, Sub


def cuts_of(dual: Dual) -> list[Cut]:
    """Who the rows of ``cuts`` are."""
    cu, out = dual.lagrangian.parts.cuts, []
    for i in range(len(cu.coef)):
        needs, left = cu.of_need[cu.of_row == i].tolist(), cu.out_unit[cu.out_row == i].tolist()
        out.append(Cut(tuple(needs), tuple(left), int(cu.start[i]), int(cu.end[i])))
    return out


def subs_of(c: Case, dual: Dual) -> list[Sub]:
    """Who the rows of ``partly`` are."""
    of = dual.lagrangian
    g, rows, profiles = of.parts.grains, of.partly, of.parts.profiles

    def giver(i: int) -> object:
        if i >= len(profiles):
            return c.sets[i - len(profiles)].id
        kind, _, _, _, alone, unit = profiles[i]
        return c.units[unit].id, c.unit_types[kind].id, alone

    out = []
    for m in range(len(rows.area)):
        grains = g.by_area[g.area_first[rows.area[m]] : g.area_first[rows.area[m] + 1]]
        less = rows.less[rows.first[m] : rows.first[m + 1]]
        sure = {giver(int(g.giver[i])): float(q) for i, q in zip(grains, less, strict=True) if q > 0}
        out.append(Sub(int(rows.family[m]), int(rows.area[m]), int(rows.level[m]), int(rows.week[m]), sure))
    return out


def noisy(dual: Dual, family: int, r: np.random.Generator) -> int:
    """Separate a family at the last solution mixed with noise; returns how many rows there are."""
    of = dual.lagrangian
    shape = of.count.shape
    mean = np.abs(of.count) * r.random(shape) + 0.3 * r.random(shape) * (r.random(shape) < 0.3)
    rows, _ = rows_at(of.parts.grains, of.t.demand, mean, family)
    of.place(family, rows)
    for theta in (dual.theta, dual.best):
        dual.rows.view(theta, "partly")[family] = 0.0
    return len(rows.area)


def theta_near(dual: Dual, r: np.random.Generator, share: float = 0.3, much: float = 0.5) -> np.ndarray:
    """Multipliers inside their boxes, some of them moved at random."""
    rows = dual.rows
    theta = dual.theta + rows.scale * r.exponential(much, rows.size) * (r.random(rows.size) < share)
    theta = np.clip(theta, rows.low, rows.high)
    for name in ("country", "block"):
        view = rows.view(theta, name)
        view[:] = r.dirichlet(np.ones(view.size)) if view.size else view
    return theta


def decided_of(c: Case, t: Tables, made: Plan, r: np.random.Generator, share: float = 1.0) -> Decided:
    """Decisions that ``made`` keeps to: a share of all that it allows, windows as wide as chance has it."""
    out = undecided(t)
    units, elements = [u.id for u in c.units], [e.id for u in c.units for e in c.elements_of[u.id]]
    sites = [s.id for s in c.sites]

    def wide(week: int, most: int) -> tuple[int, int]:
        return max(0, week - int(r.integers(0, 3))), min(most, week + int(r.integers(0, 3)))

    def window(names: tuple[str, str], i: int, week: int, most: int) -> Decided:
        lo, hi = wide(week, most)
        return with_entry(with_entry(out, names[0], i, lo), names[1], i, hi)

    under = {(x.unit, x.arrive) for x in c.underway}
    for u, unit in enumerate(units):
        fresh = (x for x in made.rotations if x.unit == unit and (unit, x.arrive) not in under)
        own = sorted(fresh, key=lambda x: x.arrive)
        if r.random() < share:
            out = window(("since", "by"), u, own[0].arrive if own else t.weeks, t.weeks)
        if own and r.random() < share:
            out = window(("leave_since", "leave_by"), u, own[0].depart, EVER)
            if own[0].depart >= t.weeks:  # the plan ends before the stay may: then and any time later
                out = with_entry(out, "leave_by", u, EVER)
        if r.random() < share:
            out = with_entry(out, "again", u, AGAIN if len(own) > 1 else ONCE)
        for p in own[0].postings if own else ():
            if r.random() < share:
                mask = r.random(len(sites)) < 0.3
                mask[sites.index(p.site)] = True
                out = with_bases(out, elements.index(p.element), mask)
    for x, exercise in enumerate(c.exercises):
        start = next((run.start for run in made.runs if run.exercise == exercise.id), t.weeks)
        if r.random() < share:
            out = window(("run_since", "run_by"), x, start, t.weeks)
    return out
