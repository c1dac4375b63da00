"""Decisions as they are wanted, not as they are best: whether one fits the rest of a plan, and putting it there."""

from __future__ import annotations

import numpy as np

from optimizer.engines.lagrangian.kernels.arrays import Ints
from optimizer.engines.lagrangian.kernels.jit import kernel
from optimizer.engines.lagrangian.search.insert.custody import may_draw, set_free
from optimizer.engines.lagrangian.search.insert.exercises import may_run
from optimizer.engines.lagrangian.search.insert.flights import idle, may_fly
from optimizer.engines.lagrangian.search.insert.presence import bears, is_back, latest_end
from optimizer.engines.lagrangian.search.state.arrays import (
    State,
    begin_run,
    cancel,
    join,
    ready_week,
    rotation_of,
    stored_points,
)
from optimizer.engines.lagrangian.search.state.value import money_fits
from optimizer.engines.lagrangian.tables.records import FORBIDDEN, HOME, SET, THEATRE, Tables


@kernel
def has_room(tb: Tables, st: State, y: int, site: int, ready: int, start: int, end: int) -> bool:
    """Whether one more element of type ``y`` fits at ``site`` during [start, end), settled from ``ready`` on (a
    ``ready`` of ``end`` or later: never)."""
    n, c = tb.people[y], tb.country[site]
    for t in range(max(start, 0), min(end, tb.weeks)):
        if st.everyone[site, t] + n > st.cap_all[site, t]:
            return False
        if t >= ready and st.settled[site, t] + n > st.cap_settled[site, t]:
            return False
        if c >= 0:
            if st.c_all[c, t] + n > tb.cap_all[c] or st.brigades[c, t] + tb.brigades[y] > tb.brigade_cap[c]:
                return False
            if t >= ready and st.c_settled[c, t] + n > tb.cap[c]:
                return False
    return True


@kernel
def may_post(
    tb: Tables, st: State, e: int, site: int, mode: int, q: int, a: int, d: int, home: int, free_to: Ints
) -> bool:
    """Whether element ``e`` may be based at ``site`` during [a, d) of a rotation that ends in ``home``, come by
    ``mode``, on set ``q`` (-1 none), as far as places, leads, custody and prohibitions go; money and the unit's own
    life apart. ``free_to``: [Q, T] see ``set_free``."""
    y = tb.el_type[e]
    if not tb.mode_ok[y, mode] or a < tb.lead[y, mode] or a >= tb.weeks or d <= a:
        return False
    if not is_back(tb, st, e, mode, a) or latest_end(tb, st, e, a) < d or (mode == SET) != (q >= 0):
        return False
    if mode == SET and not may_draw(tb, st, y, q, site, a, d, home, free_to):
        return False
    if tb.wish_element.size > 0:
        for t in range(max(a, 0), min(d, tb.weeks)):
            if tb.wish_element[e, site, t] < FORBIDDEN:
                return False
    return has_room(tb, st, y, site, ready_week(tb, e, mode, q, a), a, d)


@kernel
def may_join(
    tb: Tables, st: State, n: int, e: int, mode: int, q: int, site: int, w: int, end: int, free_to: Ints
) -> bool:
    """Whether element ``e`` may serve need ``n`` at ``site`` during [w, end), from theatre (``mode`` -1) or brought
    in. ``free_to``: [Q, T] see ``set_free``."""
    y = tb.el_type[e]
    if tb.wish_join.size > 0 and tb.wish_join[n, e] < FORBIDDEN:
        return False
    if not tb.need_type[n, y]:
        return False
    if mode < 0:
        r = rotation_of(tb, st, e, w, end)
        near = r >= 0 and tb.days[tb.movement[y], st.el_site[e, r], site] <= tb.need_days[n]
        return near and tb.need_origin[n] != HOME and idle(tb, st, e, w, end) and bears(tb, st, e, end - w)
    if tb.need_origin[n] == THEATRE or latest_end(tb, st, e, w) < end:
        return False
    return may_fly(tb, st, n, e, mode, q, site, w, end, free_to)


@kernel
def hold_exactly(tb: Tables, st: State, x: int, h: int, w: int, cast: Ints) -> bool:
    """Hold exercise ``x`` at host row ``h`` from week ``w`` with exactly these participants; false, and no run held, if
    that does not fit. ``cast``: [N, most, 3] element, mode (-1 from theatre), set (-1 none) by need and slot."""
    site, end = tb.host_site[h], w + tb.x_weeks[x]
    if not may_run(tb, st, x, h, w):
        return False
    free_to = np.zeros((len(tb.draw), tb.weeks), np.int64)
    begin_run(tb, st, x, h, w, 1)
    for n in range(tb.need_first[x], tb.need_first[x + 1]):
        for slot in range(tb.need_count[n]):
            e, mode, q = cast[n, slot, 0], cast[n, slot, 1], cast[n, slot, 2]
            set_free(tb, st, free_to)
            if e < 0 or not may_join(tb, st, n, e, mode, q, site, w, end, free_to):
                cancel(tb, st, x)
                return False
            join(tb, st, n, slot, x, e, mode, q, site, w, 1)
    if not money_fits(tb, st):
        cancel(tb, st, x)
        return False
    return True


@kernel
def lay_exactly(tb: Tables, st: State, q: int, where: Ints) -> bool:
    """Put a lifted set exactly somewhere; false, and still lifted, if it may not be so. ``where``: [T] site, -1 on the
    road or not there yet."""
    start, before = tb.available[q], -1
    for t in range(tb.weeks):
        s = where[t]
        if (s >= 0) != (t >= start) and (t <= start or t == tb.weeks - 1 or s >= 0):
            return False
        if s < 0:
            continue
        if not tb.may_stand[q, s, t] or st.slot_use[s, t] + tb.set_slots[q] > st.cap_slots[s, t]:
            return False
        if tb.wish_set_at.size > 0 and tb.wish_set_at[q, s, t] < FORBIDDEN:
            return False
        if before < 0 and tb.start_site[q] >= 0 and s != tb.start_site[q]:
            return False
        if before >= 0 and where[before] != s and tb.move_weeks[where[before], s] != t - before - 1:
            return False
        if before >= 0 and where[before] == s and t - before != 1:
            return False
        before = t
    for t in range(start, tb.weeks):
        s = where[t]
        if s >= 0:
            st.set_site[q, t] = s
            st.slot_use[s, t] += tb.set_slots[q]
            stored_points(tb, st, q, s, t, 1.0)
        elif where[t - 1] >= 0:
            st.spend[tb.line[2], t] += tb.move_cost[q]
    return True
