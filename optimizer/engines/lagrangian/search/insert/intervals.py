"""Which weeks a unit may still be away, and which of them a response looks at."""

from __future__ import annotations

import numpy as np

from optimizer.engines.lagrangian.kernels.chance import uniform
from optimizer.engines.lagrangian.kernels.jit import kernel

SAMPLE = 200.0  # intervals valued per response, about
NEAR = 2  # weeks within which an interval counts as near another


@kernel
def away_weeks(tb, st, u):
    """Prefix sums of the weeks in which an element of the unit that must go is flown in somewhere, and
    the upkeep of all such elements."""
    first, last, weeks = tb.el_first[u], tb.el_first[u + 1], tb.weeks
    out, cost, away = np.zeros(weeks + 1, np.int64), 0.0, st.away
    for e in range(first, last):
        if not tb.el_optional[e]:
            cost += tb.week_cost[tb.el_type[e]]
        for t in range(weeks):
            if away[e, t] != 0:
                out[t + 1] = 1
    for t in range(weeks):
        out[t + 1] += out[t]
    return out, cost


@kernel
def is_open(tb, st, u, i, out, left, begins):
    """Whether the unit's other rotations, their dwell, its fly-ins and the money leave interval ``i`` open."""
    a, d, n_r = tb.iv_a[i], tb.iv_d[i], st.rot_n[u]
    if out[min(d, tb.weeks)] > out[a]:
        return False
    for r in range(n_r):
        if st.rot_a[u, r] < a:
            if a < st.rot_d[u, r] + tb.rest[u, st.rot_d[u, r] - st.rot_a[u, r]]:
                return False
        elif st.rot_a[u, r] < d + tb.rest[u, d - a]:
            return False
    for k in range(left.size):
        if min(d, begins[k + 1]) - max(a, begins[k]) > left[k]:
            return False
    return True


@kernel
def open_intervals(tb, st, rng, u, out, left, begins, core, others, span, found):
    """Write the numbers of the unit's open intervals, all of the ``core`` and a sample of the ``others`` (times
    the usual); return how many."""
    keep, n = others * SAMPLE / max(1.0, float(tb.iv_first[u + 1] - tb.iv_first[u])), 0
    arrive, depart = tb.iv_a, tb.iv_d
    for i in range(tb.iv_first[u], tb.iv_first[u + 1]):
        if arrive[i] < span[0] or min(depart[i], tb.weeks) > span[1]:
            continue
        if (core[i] or keep >= 1.0 or uniform(rng) < keep) and is_open(tb, st, u, i, out, left, begins):
            found[n] = i
            n += 1
    return n


@kernel
def near_intervals(tb, st, u, centre, out, left, begins, span, found):
    """Write the numbers of the open intervals that begin and end within ``NEAR`` weeks of interval
    ``centre``; return how many."""
    n, a, d, arrive, depart = 0, tb.iv_a[centre], tb.iv_d[centre], tb.iv_a, tb.iv_d
    for i in range(tb.iv_first[u], tb.iv_first[u + 1]):
        near = abs(arrive[i] - a) <= NEAR and abs(depart[i] - d) <= NEAR
        inside = arrive[i] >= span[0] and min(depart[i], tb.weeks) <= span[1]
        if near and inside and i != centre and is_open(tb, st, u, i, out, left, begins):
            found[n] = i
            n += 1
    return n


@kernel
def money_left(tb, st, cost):
    """Weeks of upkeep ``cost`` that each quarter's ceiling and year's money still pay for, and
    the quarters' first weeks: a quick necessary test."""
    line, n = tb.line[0], tb.ceiling.shape[1]
    begins = np.full(n + 1, tb.weeks)
    spent, year = np.zeros(n), np.zeros(tb.amount.shape[1])
    for t in range(tb.weeks - 1, -1, -1):
        begins[tb.quarter[t]] = t
        spent[tb.quarter[t]] += st.spend[line, t]
        year[tb.year[t]] += st.spend[line, t]
    left = np.full(n, 1e9)
    for k in range(n):
        if begins[k] < tb.weeks:
            y = tb.year[begins[k]]
            others = tb.amount[:, y].sum() - tb.amount[line, y]
            money = min(tb.ceiling[line, k] - spent[k], tb.amount[line, y] + tb.transfer * others - year[y])
            left[k] = money / max(cost, 1e-9)
    return left, begins


@kernel
def insert_top(top, top_i, luck, v, i, factor):
    """Put interval ``i`` among the best so far where its value ``v`` times ``factor`` belongs, if it does."""
    for k in range(top.size):
        if v * factor > top[k]:
            for m in range(top.size - 1, k, -1):
                top[m], top_i[m], luck[m] = top[m - 1], top_i[m - 1], luck[m - 1]
            top[k], top_i[k], luck[k] = v * factor, i, factor
            break
