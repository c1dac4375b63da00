"""Exercises in the search: where, when and with whom one is best held."""

from __future__ import annotations

import numpy as np

from optimizer.engines.columns.insert import set_free, set_is_free
from optimizer.engines.columns.jit import kernel
from optimizer.engines.columns.state import begin_run, cancel, join, ready_week, rotation_of
from optimizer.engines.columns.tables import SET
from optimizer.engines.columns.value import money_fits, point_gain, score, shift_gain

THEATRE, HOME = 0, 1


@kernel
def may_run(tb, st, x, h, w):
    """Whether exercise ``x`` may start at host row ``h`` in week ``w`` as far as place and
    time are concerned: start allowed, range strong enough and free, spacing kept."""
    site, end = tb.host_site[h], w + tb.x_weeks[x]
    if not tb.start_ok[h, w] or tb.wish_run[h, w] < -1e6:
        return False
    if tb.x_echelon[x] > st.echelon[site, w]:
        return False
    if tb.x_echelon[x] > 0:
        for t in range(w, end):
            if st.range_use[site, t] + 1 > st.at_once[site, t]:
                return False
    if tb.x_group[x] >= 0:
        for o in range(len(tb.x_weeks)):
            if o != x and tb.x_group[o] == tb.x_group[x] and st.run_host[o] >= 0:
                gap = max(tb.x_spacing[o], tb.x_spacing[x])
                other = st.run_start[o]
                if w < other + tb.x_weeks[o] + gap and other < end + gap:
                    return False
    return True


@kernel
def idle(tb, st, e, start, end):
    """Whether ``e`` is on no exercise during [start, end)."""
    return not st.away[e, max(start, 0) : min(end, tb.weeks)].any()


@kernel
def at_home(tb, st, e, start, end):
    """Whether ``e`` is home and its unit available during all of [start, end)."""
    u = tb.el_unit[e]
    if start < 0 or end > tb.weeks:
        return False
    for t in range(start, end):
        if not tb.window[u, t]:
            return False
    for r in range(st.rot_n[u]):
        if st.el_site[e, r] >= 0 and st.el_a[e, r] < end and start < st.el_d[e, r]:
            return False
        if st.rot_a[u, r] < end and start < st.rot_d[u, r] and not tb.el_optional[e]:
            return False
    return True


@kernel
def fly_in(tb, st, e, site, w, end, lam, free_to, found):
    """Best way to fly ``e`` in for [w, end): returns its gain, mode and set through ``found``."""
    y, c = tb.el_type[e], tb.country[site]
    n = tb.people[y]
    best = -1e18
    coverage = 0.0
    for t in range(w, end):
        coverage += point_gain(tb, st, y, site, t)
    for m in range(3):
        if not tb.mode_ok[y, m]:
            continue
        sets = len(tb.draw) if m == SET else 1
        for k in range(sets):
            q = k if m == SET else -1
            if m == SET and not tb.draws[y, q]:
                continue
            a = w - ready_week(tb, e, m, q, 0)
            if a < tb.lead[y, m] or not at_home(tb, st, e, a, end) or not idle(tb, st, e, a, end):
                continue
            if m == SET and (st.set_site[q, max(a, 0)] != site or not set_is_free(tb, free_to, q, a, end)):
                continue
            fits = True
            for t in range(a, end):
                if st.everyone[site, t] + n > st.cap_all[site, t]:
                    fits = False
                if c >= 0 and st.c_all[c, t] + n > tb.cap_all[c]:
                    fits = False
            if not fits:
                continue
            v = coverage - tb.mode_cost[y, m] * lam[a]
            for t in range(a, end):
                v -= tb.week_cost[y] * lam[t]
            if v > best:
                best, found[0], found[1] = v, m, q
    return best


@kernel
def staff_need(tb, st, x, n, h, w, lam, free_to, width):
    """Fill need ``n`` greedily; returns the participants' total gain, or -1e18 if it cannot be.

    Candidates are tried in random order, ``width`` good ones per place to fill.
    """
    site, end, total = tb.host_site[h], w + tb.x_weeks[x], 0.0
    count, origin = tb.need_count[n], tb.need_origin[n]
    candidates = np.zeros(len(tb.el_unit), dtype=np.int64)
    size = 0
    for e in range(len(tb.el_unit)):
        if tb.need_type[n, tb.el_type[e]] and not (tb.wish_join.size > 0 and tb.wish_join[n, e] < -1e6):
            candidates[size] = e
            size += 1
    for i in range(size - 1, 0, -1):
        j = np.random.randint(0, i + 1)
        candidates[i], candidates[j] = candidates[j], candidates[i]
    found = np.zeros(2, dtype=np.int64)
    for slot in range(count):
        best, who, mode, held, seen = -1e18, -1, -1, -1, 0
        for i in range(size):
            e = candidates[i]
            v, m, q = -1e18, -1, -1
            if origin != HOME:
                r = rotation_of(tb, st, e, w, end)
                if r >= 0 and idle(tb, st, e, w, end):
                    based = st.el_site[e, r]
                    if tb.days[tb.movement[tb.el_type[e]], based, site] <= tb.need_days[n]:
                        v = shift_gain(tb, st, tb.el_type[e], based, site, w, end)
            if v < -1e17 and origin != THEATRE:
                v = fly_in(tb, st, e, site, w, end, lam, free_to, found)
                m, q = found[0], found[1]
            if v < -1e17:
                continue
            # one element serves one need of an exercise
            taken = False
            for o in range(tb.need_first[x], tb.need_first[x + 1]):
                for k in range(tb.need_count[o]):
                    taken = taken or st.part_e[o, k] == e
            if taken:
                continue
            if tb.wish_join.size > 0:
                v += tb.wish_join[n, e]
            seen += 1
            if v > best:
                best, who, mode, held = v, e, m, q
            if seen >= width and tb.wish_join.size == 0:
                break
        if who < 0:
            return -1e18
        join(tb, st, n, slot, x, who, mode, held, site, w, 1)
        if held >= 0:
            for t in range(tb.weeks):
                if st.set_busy[held, t] != 0:
                    free_to[held, t] = t
        total += best
    return total


@kernel
def insert_run(tb, st, x, lam, keep, width, seed):
    """Hold exercise ``x`` at the best of (a share ``keep`` of) its hosts and weeks, if that
    improves the plan. ``lam[t]`` guides money. Returns whether it is held."""
    before = score(tb, st)
    spent = (st.spend[tb.line[1]] * lam).sum()
    best, pick_h, pick_w = 1e-9, -1, -1
    free_to = np.zeros((len(tb.draw), tb.weeks), dtype=np.int64)
    np.random.seed(seed)
    tried = np.random.random((tb.host_first[x + 1] - tb.host_first[x], tb.weeks)) <= keep
    for h in range(tb.host_first[x], tb.host_first[x + 1]):
        for w in range(tb.weeks):
            if not may_run(tb, st, x, h, w) or not tried[h - tb.host_first[x], w]:
                continue
            np.random.seed(seed + h * tb.weeks + w)  # so that the best can be held again
            if hold_run(tb, st, x, h, w, lam, free_to, width):
                gain = score(tb, st) - before - ((st.spend[tb.line[1]] * lam).sum() - spent)
                if gain > best and money_fits(tb, st):
                    best, pick_h, pick_w = gain, h, w
                cancel(tb, st, x)
    if pick_h < 0:
        return False
    np.random.seed(seed + pick_h * tb.weeks + pick_w)
    return hold_run(tb, st, x, pick_h, pick_w, lam, free_to, width)


@kernel
def hold_run(tb, st, x, h, w, lam, free_to, width):
    """Staff and hold exercise ``x``; false and nothing changed if a need cannot be met."""
    set_free(tb, st, free_to)
    begin_run(tb, st, x, h, w, 1)
    for n in range(tb.need_first[x], tb.need_first[x + 1]):
        if staff_need(tb, st, x, n, h, w, lam, free_to, width) < -1e17:
            cancel(tb, st, x)
            return False
    return True
