"""Bases of elements in theatre and exercise deployments from home, class by class."""

from __future__ import annotations

from typing import Any

import numpy as np

from optimizer.engines.lagrangian.bound.parts.classes import Classes
from optimizer.engines.lagrangian.bound.parts.records import Fliers, Posts
from optimizer.engines.lagrangian.kernels.arrays import first, floats, ints
from optimizer.engines.lagrangian.tables.records import SET, THEATRE


def _next_bad(ok: np.ndarray) -> np.ndarray:
    """First week ≥ t that is not ok (the number of weeks if none); one entry more than ``ok``."""
    n = ok.shape[-1]
    weeks = np.where(ok, n, np.arange(n))
    ahead = np.minimum.accumulate(weeks[..., ::-1], axis=-1)[..., ::-1]
    return np.concatenate([ahead, np.full((*ok.shape[:-1], 1), n)], axis=-1)


def _shortest(cl: Classes) -> np.ndarray:
    t = cl.t
    shortest = np.full(len(cl.member), t.weeks)
    for e, k in enumerate(cl.kind_of):
        own = slice(t.iv_first[t.el_unit[e]], t.iv_first[t.el_unit[e] + 1])
        least = (np.minimum(t.iv_d[own], t.weeks) - t.iv_a[own]).min(initial=t.weeks)
        shortest[k] = max(1, min(shortest[k], least - 2 * t.stagger[t.el_unit[e]]))
    return shortest


def _fits(cl: Classes, y: int) -> tuple[np.ndarray, np.ndarray]:
    """Where one element of type ``y`` may ever settle, and be present: [S, T] each."""
    t, weeks = cl.t, np.arange(cl.t.weeks)
    settled, everyone = cl.room.settled.copy(), cl.room.everyone.copy()
    for b, s in enumerate(t.up_site):
        done = weeks >= t.up_from[b] + t.up_weeks[b]
        settled[s] += cl.room.up_settled[b] * done
        everyone[s] += cl.room.up_everyone[b] * done
    ok_settled, ok_all = settled >= t.people[y], everyone >= t.people[y]
    inside = t.country >= 0
    for cap, used, need, ok in (
        (t.cap, cl.under.settled, t.people[y], ok_settled),
        (t.cap_all, cl.under.people, t.people[y], ok_all),
        (t.brigade_cap, cl.under.brigades, t.brigades[y], ok_all),
    ):
        for c in range(len(cap)):
            already = used[t.country == c].sum(axis=0)
            ok[t.country == c] &= np.maximum(cap[c] - already, 0) >= need
    return np.where(inside[:, None], ok_settled, settled >= t.people[y]), ok_all


def posts(cl: Classes) -> Posts:
    t = cl.t
    weeks = np.arange(t.weeks)
    fits = {int(y): _fits(cl, int(y)) for y in set(t.el_type)}
    set_bad = _next_bad(cl.set_ok)
    rows: list[tuple[Any, ...]] = []
    for k, e in enumerate(cl.member):
        y = int(t.el_type[e])
        settled = _next_bad(fits[y][0])
        present = _next_bad(fits[y][1] & cl.limit.el_ok[e])
        for s in range(cl.sites):
            for m in np.flatnonzero(t.mode_ok[y]):
                for q in np.flatnonzero(t.draws[y]) if m == SET else (-1,):
                    rsoi = max(t.rsoi[y, m], t.draw[q]) if q >= 0 else t.rsoi[y, m]
                    stop = np.minimum(present[s, :-1], settled[s, np.minimum(weeks + rsoi, t.weeks)])
                    if q >= 0:
                        bad = set_bad[q, s, :-1]
                        stop = np.minimum(stop, np.where(bad == t.weeks, bad, bad - t.reset[q]))
                    stop = np.where(weeks < t.lead[y, m], weeks, np.maximum(stop, weeks))
                    if (stop > weeks).any():
                        reset = t.reset[q] if q >= 0 else 0
                        rows.append((cl.profile(e, q, False), s, k, m, q, rsoi, reset, t.mode_cost[y, m], stop))
    rows.sort(key=lambda r: r[:5])
    cells = sorted({r[:2] for r in rows})
    at = {c: i for i, c in enumerate(cells)}
    cell = ints(at[r[:2]] for r in rows)
    types = t.el_type[cl.member]
    gains = [cl.limit.el_gain[e] for e in cl.member]
    kept = [g for g in gains if g.any()]
    numbers = iter(range(len(kept)))
    return Posts(
        cell_profile=ints(c[0] for c in cells),
        cell_site=ints(c[1] for c in cells),
        cell_first=np.searchsorted(cell, np.arange(len(cells) + 1)),
        kind=ints(r[2] for r in rows),
        set=ints(r[4] for r in rows),
        rsoi=ints(r[5] for r in rows),
        reset=ints(r[6] for r in rows),
        cost=floats(r[7] for r in rows),
        cell=cell,
        stop=np.array([r[8] for r in rows], dtype=np.int64).reshape(len(rows), t.weeks),
        people=t.people[types].astype(np.float64),
        week_cost=t.week_cost[types],
        brigades=t.brigades[types].astype(np.float64),
        soft=ints(next(numbers) if g.any() else -1 for g in gains),
        gain=np.array(kept) if kept else np.zeros((0, cl.sites, t.weeks)),
        shortest=_shortest(cl),
        line=int(t.line[0]),
    )


def fliers(cl: Classes) -> tuple[Fliers, np.ndarray]:
    t = cl.t
    before = int(max(t.rsoi.max(initial=0), t.draw.max(initial=0)))
    keys: dict[tuple[Any, ...], int] = {}
    of, who = [], []
    for e in range(len(t.el_type)):
        unit = cl.case.units[t.el_unit[e]].id
        spans = tuple((w.start, w.end) for w in cl.case.windows_of[unit])
        serving = int(t.el_unit[e]) if cl.served(e, THEATRE) else -1  # cuts tell units apart
        key = (cl.profile(e, -1, True), spans, serving)
        if key not in keys:
            keys[key] = len(keys)
            who.append(e)
        of.append(keys[key])
    pairs = [cl.served(e, THEATRE) for e in who]
    ways: list[list[tuple[Any, ...]]] = []
    ends = np.tile(np.arange(-before, t.weeks), (len(who), 1))
    for f, e in enumerate(who):
        y = t.el_type[e]
        ways.append([])
        for m in np.flatnonzero(t.mode_ok[y]) if pairs[f] else ():
            for q in np.flatnonzero(t.draws[y]) if m == SET else (-1,):
                rsoi = max(t.rsoi[y, m], t.draw[q]) if q >= 0 else t.rsoi[y, m]
                reset = t.reset[q] if q >= 0 else 0
                ways[f].append((cl.profile(e, q, True), q, rsoi, reset, t.lead[y, m], t.mode_cost[y, m]))
        for w in cl.case.windows_of[cl.case.units[t.el_unit[e]].id]:
            lo, hi = max(w.start + before, 0), max(w.end + before, 0)
            ends[f, lo:hi] = np.maximum(ends[f, lo:hi], w.end)
    flat = [x for xs in ways for x in xs]
    types = t.el_type[who] if who else ints([])
    bad = np.cumsum(~cl.set_ok, axis=2)
    made = Fliers(
        first=first(len(p) for p in pairs),
        pair=ints(p for ps in pairs for p, _ in ps),
        gain=floats(g for ps in pairs for _, g in ps),
        way_first=first(len(x) for x in ways),
        profile=ints(x[0] for x in flat),
        set=ints(x[1] for x in flat),
        rsoi=ints(x[2] for x in flat),
        reset=ints(x[3] for x in flat),
        lead=ints(x[4] for x in flat),
        cost=floats(x[5] for x in flat),
        people=t.people[types].astype(np.float64),
        week_cost=t.week_cost[types],
        window_end=ends,
        set_bad=np.concatenate([np.zeros((*bad.shape[:2], 1), dtype=np.int64), bad], axis=2),
        before=before,
        line=int(t.line[1]),
    )
    return made, ints(of)
