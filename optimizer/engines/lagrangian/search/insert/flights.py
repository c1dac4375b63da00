"""Whom an exercise can bring in from home: who is there, free and in time, and the best way of coming."""

from __future__ import annotations

from optimizer.engines.lagrangian.kernels.arrays import Floats, Ints
from optimizer.engines.lagrangian.kernels.jit import kernel
from optimizer.engines.lagrangian.search.insert.custody import may_draw
from optimizer.engines.lagrangian.search.insert.presence import is_back, latest_end
from optimizer.engines.lagrangian.search.insert.worth import NEVER
from optimizer.engines.lagrangian.search.state.arrays import State, ready_week
from optimizer.engines.lagrangian.search.state.value import point_span
from optimizer.engines.lagrangian.tables.records import SET, Tables


@kernel
def is_given(tb: Tables, n: int, e: int, mode: int, q: int, site: int, w: int) -> bool:
    """Whether the last plan flew ``e`` in before week 0, by ``mode`` and on set ``q``, to serve need ``n`` at ``site``
    from week ``w`` on: it is there already."""
    for k in range(tb.came.shape[0]):
        who, how = tb.came[k, 0] == n and tb.came[k, 1] == e, tb.came[k, 2] == mode and tb.came[k, 3] == q
        if who and how and tb.came[k, 4] == site and tb.came[k, 5] == w:
            return True
    return False


@kernel
def may_come(tb: Tables, st: State, n: int, e: int, mode: int, q: int, site: int, w: int, a: int) -> bool:
    """Whether ``e`` may arrive from home in week ``a`` for need ``n`` at ``site``, ready in week ``w``: in the plan,
    after lead and turnaround, unless it is there already."""
    if a < 0 and is_given(tb, n, e, mode, q, site, w):
        return True
    return a >= 0 and a >= tb.lead[tb.el_type[e], mode] and is_back(tb, st, e, mode, a)


@kernel
def idle(tb: Tables, st: State, e: int, start: int, end: int) -> bool:
    """Whether ``e`` is on no exercise during [start, end)."""
    away = st.away
    for t in range(max(start, 0), min(end, away.shape[1])):
        if away[e, t] != 0:
            return False
    return True


@kernel
def at_home(tb: Tables, st: State, e: int, start: int, end: int) -> bool:
    """Whether ``e`` is home and its unit available during all of [start, end). A ``start`` < 0 is one of ``tb.came``,
    which lie inside windows."""
    u = tb.el_unit[e]
    if end > tb.weeks:
        return False
    for r in range(st.rot_n[u]):
        if st.el_site[e, r] >= 0 and st.el_a[e, r] < end and start < st.el_d[e, r]:
            return False
    return start < 0 or tb.window[u, start] >= end


@kernel
def may_fly(
    tb: Tables, st: State, n: int, e: int, mode: int, q: int, site: int, w: int, end: int, free_to: Ints
) -> bool:
    """Whether element ``e`` may be brought in from home by ``mode``, on set ``q`` (-1 none), to serve need ``n`` at
    ``site`` during [w, end), its later arrivals apart (``latest_end``). ``free_to``: [Q, T] see ``set_free``."""
    y, c, a = tb.el_type[e], tb.country[site], w - ready_week(tb, e, mode, q, 0)
    if (mode == SET) != (q >= 0) or not tb.mode_ok[y, mode] or not may_come(tb, st, n, e, mode, q, site, w, a):
        return False
    if mode == SET and not may_draw(tb, st, y, q, site, a, end, end, free_to):
        return False
    if not at_home(tb, st, e, a, end) or not idle(tb, st, e, a, end):
        return False
    people = tb.people[y]
    for t in range(max(a, 0), end):
        if st.everyone[site, t] + people > st.cap_all[site, t]:
            return False
        if c >= 0 and st.c_all[c, t] + people > tb.cap_all[c]:
            return False
    return True


@kernel
def fly_in(
    tb: Tables, st: State, n: int, e: int, site: int, w: int, end: int, lam: Floats, free_to: Ints
) -> tuple[float, int, int]:
    """Best way to fly ``e`` in to serve need ``n`` during [w, end): its gain (``NEVER`` if none), mode and set.

    lam      [T] guiding price of exercise money by week
    free_to  [Q, T] see ``set_free``
    """
    y = tb.el_type[e]
    best, mode, held, coverage, known = NEVER, -1, -1, 0.0, False
    if latest_end(tb, st, e, w) < end:
        return best, mode, held
    for m in range(3):
        if not tb.mode_ok[y, m]:
            continue
        for k in range(len(tb.draw) if m == SET else 1):
            q = k if m == SET else -1
            a = w - ready_week(tb, e, m, q, 0)
            if m == SET and (not tb.draws[y, q] or st.set_site[q, max(a, 0)] != site):  # as most sets
                continue
            if not may_fly(tb, st, n, e, m, q, site, w, end, free_to):
                continue
            if not known:
                coverage, known = point_span(tb, st, y, site, w, end), True
            v = coverage - (tb.mode_cost[y, m] * lam[a] if a >= 0 else 0.0)
            for t in range(max(a, 0), end):
                v -= tb.week_cost[y] * lam[t]
            if v > best:
                best, mode, held = v, m, q
    return best, mode, held
