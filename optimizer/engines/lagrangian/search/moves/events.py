"""Moves on exercises: which are called off, which are wanted, and how the way is made for one."""

from __future__ import annotations

import numpy as np

from optimizer.engines.lagrangian.kernels.arrays import Words
from optimizer.engines.lagrangian.kernels.chance import below, pick, uniform
from optimizer.engines.lagrangian.kernels.jit import kernel
from optimizer.engines.lagrangian.search.moves.desk import Desk, ask, call_off, come_home, enlist, withdraw
from optimizer.engines.lagrangian.search.moves.recreate import able
from optimizer.engines.lagrangian.search.state.arrays import State
from optimizer.engines.lagrangian.tables.records import HOME, THEATRE, Tables

DOZEN, YEAR = 12, 52


@kernel
def move_runs(tb: Tables, st: State, desk: Desk) -> None:
    """Call some exercises off; related in time half of the time."""
    n, rng = st.run_host.size, desk.rng
    for x in range(n):
        desk.mask[x] = st.run_host[x] >= 0
    x = pick(rng, desk.mask[:n])
    if x >= 0:
        w, near = st.run_start[x], uniform(rng) < 0.5
        for o in range(n):
            desk.mask[o] = st.run_host[o] >= 0 and (not near or abs(st.run_start[o] - w) < 6)
        for _ in range(1 + below(rng, 5)):
            o = pick(rng, desk.mask[:n])
            if o < 0:
                break
            desk.mask[o] = False
            call_off(tb, st, desk, o)


@kernel
def missing_run(tb: Tables, st: State, desk: Desk) -> int:
    """An exercise that is not held, likelier the more it is worth; -1 if there is none."""
    total, at = 0.0, -1
    for x in range(st.run_host.size):
        if st.run_host[x] < 0 and tb.host_first[x + 1] > tb.host_first[x]:
            value = max(tb.x_value[x] + tb.wish_run[tb.host_first[x] : tb.host_first[x + 1]].max(), 1e-3)
            total += value
            if uniform(desk.rng) * total < value:
                at = x
    return at


@kernel
def from_home(tb: Tables, x: int) -> bool:
    """Whether exercise ``x`` can use elements brought in from home."""
    for n in range(tb.need_first[x], tb.need_first[x + 1]):
        if tb.need_origin[n] != THEATRE:
            return True
    return False


@kernel
def spot_of(tb: Tables, rng: Words, x: int, wished: float) -> tuple[int, int]:
    """A random admissible (host row, week) of exercise ``x``, of those that are wished for by more than ``wished``
    score points; (-1, -1) if there is none."""
    found, at, week = 0, -1, -1
    for h in range(tb.host_first[x], tb.host_first[x + 1]):
        for w in range(tb.weeks):
            if tb.start_ok[h, w] and tb.wish_run[h, w] > wished:
                found += 1
                if below(rng, found) == 0:
                    at, week = h, w
    return at, week


@kernel
def clear_way(tb: Tables, st: State, desk: Desk, x: int, h: int, w: int) -> None:
    """Call off what keeps exercise ``x`` from ``h`` in week ``w``: spacing and the range."""
    site, end = tb.host_site[h], w + tb.x_weeks[x]
    for o in range(st.run_host.size):
        if st.run_host[o] < 0 or o == x:
            continue
        start, stop = st.run_start[o], st.run_start[o] + tb.x_weeks[o]
        gap = max(tb.x_spacing[o], tb.x_spacing[x])
        close = tb.x_group[x] >= 0 and tb.x_group[o] == tb.x_group[x] and w < stop + gap and start < end + gap
        full = False
        if tb.host_site[st.run_host[o]] == site and tb.x_echelon[o] > 0 and tb.x_echelon[x] > 0:
            for t in range(max(w, start), min(end, stop)):
                full = full or st.range_use[site, t] >= st.at_once[site, t]
        if close or full:
            call_off(tb, st, desk, o)


@kernel
def make_way(tb: Tables, st: State, desk: Desk, x: int, h: int, w: int, close: bool) -> None:
    """Clear the way for exercise ``x``: free busy elements it could use, enlist units that have some; if ``close``,
    in its weeks only."""
    rng, end, site = desk.rng, w + tb.x_weeks[x], tb.host_site[h]
    for n in range(tb.need_first[x], tb.need_first[x + 1]):
        size, first = tb.cand_first[n + 1] - tb.cand_first[n], tb.cand_first[n]
        there, start = 0, below(rng, size)
        for i in range(size):
            e = tb.cand[first + (start + i) % size]
            if there < tb.need_count[n] and tb.need_origin[n] != HOME and able(tb, st, n, e, site, w, end):
                there += 1
                for t in range(w, end):
                    if st.away[e, t] != 0:
                        call_off(tb, st, desk, st.away[e, t] - 1)
        if there < tb.need_count[n]:
            for i in range(min(size, 3)):
                u = tb.el_unit[tb.cand[first + (start + i * (1 + size // 3)) % size]]
                if not desk.listed[u]:
                    since, until = (w, end) if close else (0, tb.weeks)
                    if uniform(rng) < 0.5:
                        come_home(tb, st, desk, u, since, until)
                    if uniform(rng) < 0.5:
                        withdraw(tb, st, desk, u, since, until)
                    enlist(desk, u)


@kernel
def ask_for_more(tb: Tables, st: State, desk: Desk, eager: float) -> None:
    """Ask for up to a dozen exercises not held, at random spots, near in time to one of them."""
    rng, n_x = desk.rng, st.run_host.size
    for x in range(n_x):
        desk.mask[x] = st.run_host[x] < 0 and tb.host_first[x + 1] > tb.host_first[x]
    middle = -1
    for _ in range(DOZEN):
        x = pick(rng, desk.mask[:n_x])
        if x < 0:
            return
        desk.mask[x] = False
        h, w = spot_of(tb, rng, x, -np.inf)
        if h < 0:
            continue
        if middle < 0:
            middle = w
        if abs(w - middle) < YEAR:
            ask(desk, x, h, w, eager)
