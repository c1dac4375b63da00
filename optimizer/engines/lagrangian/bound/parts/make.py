"""All parts of a case for the bound: units' lives last, on top of bases and deployments."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from optimizer.domain import Case
from optimizer.domain.forces import MODES
from optimizer.engines.lagrangian.bound.parts.bases import fliers, posts
from optimizer.engines.lagrangian.bound.parts.classes import Classes
from optimizer.engines.lagrangian.bound.parts.cuts import cuts
from optimizer.engines.lagrangian.bound.parts.locks import limits
from optimizer.engines.lagrangian.bound.parts.records import Limits, Lives, Out, Parts, Room, Under
from optimizer.engines.lagrangian.bound.parts.room import room, under_way
from optimizer.engines.lagrangian.bound.parts.whole import whole
from optimizer.engines.lagrangian.kernels.arrays import first, ints
from optimizer.engines.lagrangian.tables.build import names
from optimizer.engines.lagrangian.tables.records import Tables


class Made(NamedTuple):
    """The parts, the hard limits, what is under way and the room left."""

    parts: Parts
    limits: Limits
    under: Under
    room: Room


def make(case: Case, t: Tables) -> Made:
    """The parts of ``case``."""
    under = under_way(case, t)
    limit = limits(case, t, names(case).elements)
    found = room(t, under)
    cl = Classes(case, t, limit, under, found)
    based, (flown, of_flier) = posts(cl), fliers(cl)
    lives, out, longest = _lives(cl, of_flier)
    needs = ints(n for n, _ in cl.pairs)
    parts = Parts(
        cl.grains(),
        cl.visits(),
        based,
        flown,
        lives,
        out,
        cuts(cl, flown, of_flier),
        whole(cl),
        needs,
        t.need_count[needs],
        t.country,
        longest,
        tuple(cl.profiles),
    )
    return Made(parts, limit, under, found)


def _lives(cl: Classes, of_flier: np.ndarray) -> tuple[Lives, Out, int]:
    t, n = cl.t, names(cl.case)
    founding = cl.case.settings.founding_act
    longest_ok = cl.case.settings.founding_act_weeks if founding else int(np.iinfo(np.int64).max)
    keep = t.iv_d - t.iv_a <= longest_ok
    spans = np.minimum(t.iv_d, t.weeks) - t.iv_a
    until, rested = np.full(len(n.units), -1), np.zeros(len(n.units), dtype=np.int64)
    home = np.zeros(len(n.elements), dtype=np.int64)
    out: list[list[tuple[Any, ...]]] = [[] for _ in n.units]
    for r in cl.case.underway:
        u = n.units.index(r.unit)
        until[u] = max(until[u], r.depart)
        rested[u] = max(rested[u], r.depart + t.rest[u, r.depart - r.arrive])
        for p in r.postings:
            e = n.elements.index(p.element)
            q = -1 if p.set_id is None else n.sets.index(p.set_id)
            rsoi = t.rsoi[t.el_type[e], MODES.index(p.mode)]
            ready = p.arrive + (rsoi if q < 0 else max(rsoi, t.draw[q]))
            home[e] = max(home[e], p.depart)
            out[u].append((cl.kind_of[e], cl.profile(e, q, False), n.sites.index(p.site), ready, p.depart))
    flat = [x for xs in out for x in xs]
    at = np.concatenate([[0], np.cumsum(keep)]).astype(np.int64)
    who = cl.member
    must = np.cumsum(cl.limit.el_must[who], axis=1)
    lives = Lives(
        kind=cl.kind_of,
        flier=of_flier,
        optional=t.el_optional,
        first=t.el_first,
        must=np.concatenate([np.zeros((len(who), 1), dtype=np.int64), must], axis=1),
        stagger=t.stagger,
        std=t.std,
        rest=t.rest,
        iv_first=at[t.iv_first],
        iv_a=t.iv_a[keep],
        iv_d=t.iv_d[keep],
        out_until=until,
        out_rest=rested,
        out_first=first(len(x) for x in out),
        home_from=np.clip(home, 0, t.weeks),
        over_price=float(t.over_price),
    )
    return lives, Out(*(ints(x[i] for x in flat) for i in range(5))), int(spans[keep].max(initial=1))
