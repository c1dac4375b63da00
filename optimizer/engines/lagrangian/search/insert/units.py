"""Best response of one unit to the rest of the plan: which weeks, which bases, which sets.

Tables of weekly worth value every interval with each element alone; the most promising
intervals are then built element by element, each at its best given those before it.
"""

from __future__ import annotations

import numpy as np

from optimizer.engines.lagrangian.kernels.chance import shuffle, uniform
from optimizer.engines.lagrangian.kernels.jit import kernel
from optimizer.engines.lagrangian.search.insert.custody import set_free
from optimizer.engines.lagrangian.search.insert.intervals import (
    insert_top,
    near_intervals,
    open_intervals,
    openings,
    spare_money,
)
from optimizer.engines.lagrangian.search.insert.worth import NEVER, Worth, best_way, fill, stored_worth, ways
from optimizer.engines.lagrangian.search.state.arrays import post, unpost
from optimizer.engines.lagrangian.search.state.value import money_fits
from optimizer.engines.lagrangian.tables.records import FORBIDDEN, SET

THRIFT = 0.2  # how often stays are chosen by their worth a week where a unit may go twice
WAYS = 4  # ways of coming that are tried where the money is too short for the best
FURTHER = 6  # intervals that are built where the money is too short for the first
OTHERWISE = 0.2  # how often the elements are housed in another order than the largest first
CLIMBS = 3  # times at most that a response goes on from the best interval to those near it


@kernel
def kinds_of(tb, u, kinds, owner):
    """Sort the unit's elements into kinds that share tables (its types, or each element for
    itself where it has wishes of its own); return how many."""
    first, n = tb.el_first[u], 0
    alone = tb.wish_element.size > 0 or (tb.wish_unit == u).any()
    for i in range(tb.el_first[u + 1] - first):
        kinds[i] = -1
        for k in range(n):
            if not alone and tb.el_type[owner[k]] == tb.el_type[first + i]:
                kinds[i] = k
        if kinds[i] < 0:
            kinds[i], owner[n] = n, first + i
            n += 1
    return n


@kernel
def withdraw_last(tb, st, u):
    """Take the unit's last rotation slot out again."""
    r = st.rot_n[u] - 1
    for e in range(tb.el_first[u], tb.el_first[u + 1]):
        if st.el_site[e, r] >= 0:
            unpost(tb, st, e, r)
    st.rot_n[u] = r


@kernel
def looked_at(tb, rng, u, bases, share):
    """The open sites that a response looks at: the unit's ``bases``, and of the others a ``share``. [S] of booleans."""
    look = tb.opens.copy()
    for s in range(look.size):
        look[s] = look[s] and (bases[u, s] or share >= 1.0 or uniform(rng) < share)
    return look


@kernel
def value_sets(tb, st, u, span, free_to, loss):
    """Of every set that the unit may draw: until when it is free (``free_to``, [Q, T]) and what its points in store
    are worth, summed over the weeks of ``span`` (``loss``, [Q, T + 1]); zeros of the others."""
    drawn = np.zeros(tb.draw.size, np.bool_)
    for e in range(tb.el_first[u], tb.el_first[u + 1]):
        y = tb.el_type[e]
        for q in range(drawn.size):
            drawn[q] = drawn[q] or (tb.mode_ok[y, SET] and tb.draws[y, q])
    if drawn.any():
        set_free(tb, st, free_to)
        for q in range(drawn.size):
            if drawn[q]:
                stored_worth(tb, st, q, span[0], min(span[1] + tb.reset[q], tb.weeks), loss[q])


@kernel
def respond(tb, st, rng, u, lam, pull, core, bases, others, span, bonus, noise, tries):
    """Add the best further rotation of unit ``u``, if any improves the plan; true if one was added.

    ``lam[t]``: guiding price of rotation money in week t; ``pull[y, s, t]``: what a ready element of type y based at
    s is hoped to be worth to exercises not held yet; ``core``, ``bases``, ``others``: see ``Desk``; ``bonus``: extra
    worth; ``noise``: relative random error on interval values; ``tries``: how many intervals are built exactly.
    """
    r, first, last = st.rot_n[u], tb.el_first[u], tb.el_first[u + 1]
    n_iv = tb.iv_first[u + 1] - tb.iv_first[u]
    if r >= st.rot_a.shape[1] or n_iv == 0 or first == last:
        return False
    free, open_ = openings(tb, st, u), np.empty(n_iv, np.int64)
    n_open = open_intervals(tb, st, rng, u, free, core, others[0], span, open_)
    if n_open == 0:
        return False
    look = looked_at(tb, rng, u, bases, others[1])
    n_e, n_s, weeks, n_q = last - first, len(tb.places), tb.weeks, len(tb.draw)
    kinds, owner = np.empty(n_e, np.int64), np.empty(n_e, np.int64)
    n_k = kinds_of(tb, u, kinds, owner)
    grain, pull_sum = np.empty((tb.most_grains, weeks)), np.zeros((n_k, n_s, weeks + 1))
    shape = (n_k + 1, n_s, weeks + 1)  # the last row is for elements that follow others
    points, whole = np.empty(shape), np.empty(shape)
    anyone, settled = np.empty(shape, np.int64), np.empty(shape, np.int64)
    way, n_way = np.empty((n_k + 1, 2 * n_s + n_q, 5)), np.zeros(n_k, np.int64)
    free_to, loss = np.zeros((n_q, weeks), np.int64), np.zeros((n_q, weeks + 1))
    for k in range(n_k):
        kt = Worth(points[k], whole[k], anyone[k], settled[k])
        fill(tb, st, owner[k], span[0], span[1], look, pull, lam, grain, kt)
        for s in range(n_s):
            for t in range(weeks if look[s] else 0):
                pull_sum[k, s, t + 1] = pull_sum[k, s, t] + pull[tb.el_type[owner[k]], s, t]
    value_sets(tb, st, u, span, free_to, loss)
    thrifty = tb.repeats[u] and uniform(rng) < THRIFT  # a shorter stay leaves time and money for another
    # value the open intervals, each element alone, then climb to better ones nearby
    tries, spare, most = 1 if n_e == 1 else tries, 0.0, tries + FURTHER
    top, top_i, luck, alone = np.full(most, NEVER), np.full(most, -1), np.ones(most), np.empty(n_k)
    order = tb.el_order[first:last].copy()
    if n_e > 1 and uniform(rng) < OTHERWISE:
        shuffle(rng, order, n_e)
    for climb in range(CLIMBS + 1):
        known, centre, factor = -1, top_i[0], luck[0]
        if climb > 0:
            n_open = near_intervals(tb, st, u, centre, free, span, open_)
        for i in open_[:n_open]:
            a, d = tb.iv_a[i], tb.iv_d[i]
            if a != known:
                spare = spare_money(free, a)
            v = bonus - tb.over_price * max(0, d - a - tb.std[u])
            for k in range(n_k):
                kt = Worth(points[k], whole[k], anyone[k], settled[k])
                if a != known:
                    n_way[k] = ways(
                        tb, st, owner[k], a, span[1], look, pull_sum[k], lam, kt, free_to, loss, spare, way[k]
                    )  # fmt: skip
                alone[k] = best_way(tb, d, kt, loss, way[k], n_way[k])[1]
            known = a
            for j in range(n_e):
                x = alone[kinds[j]]
                v += max(x, 0.0) if tb.el_optional[first + j] else x
            if v > 0.0 and not (top_i == i).any():
                if climb == 0:  # what is nearby shares the error of what it is near to
                    factor = 1.0 + noise * (uniform(rng) - 0.5)
                insert_top(top, top_i, luck, v / (d - a) if thrifty else v, i, factor)
        if top_i[0] < 0 or top_i[0] == centre:
            break
    best, at, built = 1e-9, -1, -1
    # the most promising last, so that it mostly stays; further ones only where none can be built; then the best again
    for step in range(most + 1):
        k = tries - 1 - step if step < tries else step
        i = top_i[k] if step < most else at
        if i < 0 or (step == most and at == built) or (tries <= step < most and at >= 0):
            continue
        if built >= 0:
            withdraw_last(tb, st, u)
        a, gain = tb.iv_a[i], NEVER
        for j in range(n_k):
            kt = Worth(points[j], whole[j], anyone[j], settled[j])
            n_way[j] = ways(
                tb, st, owner[j], a, span[1], look, pull_sum[j], lam, kt, free_to, loss, spare_money(free, a), way[j]
            )  # fmt: skip
        gain = build(
            tb, st, u, a, tb.iv_d[i], order, look, kinds, lam, pull, pull_sum, points, whole, anyone, settled, grain,
            free_to, loss, way, n_way,
        )  # fmt: skip
        built = i if gain > NEVER else -1
        if gain > NEVER and gain + bonus > best:
            best, at = gain + bonus, i
    if built >= 0 and at != built:
        withdraw_last(tb, st, u)
        built = -1
    return built >= 0


@kernel
def build(
    tb, st, u, a, d, order, look, kinds, lam, pull, pull_sum, points, whole, anyone, settled, grain, free_to, loss,
    way, n_way,
):  # fmt: skip
    """Post unit ``u`` for [a, d) as one more rotation; its gain, or ``NEVER`` and nothing posted. Each element, in
    the ``order`` given, takes its best way given those before it: the first by the tables of its kind, the others
    by tables made anew."""
    r, first, end = st.rot_n[u], tb.el_first[u], min(d, tb.weeks)
    st.rot_a[u, r], st.rot_d[u, r], st.rot_fixed[u, r] = a, d, False
    st.rot_n[u] = r + 1
    spare = points.shape[0] - 1
    posted, total, free, n = 0, -tb.over_price * max(0, d - a - tb.std[u]), free_to, 0
    for i in range(first, tb.el_first[u + 1]):
        st.el_site[i, r] = -1
    for i in range(order.size):
        e = order[i]
        k = kinds[e - first]
        if posted == 0:
            at, v = best_way(tb, d, Worth(points[k], whole[k], anyone[k], settled[k]), loss, way[k], n_way[k])
            row = k
        else:
            kt = Worth(points[spare], whole[spare], anyone[spare], settled[spare])
            fill(tb, st, e, a, end, look, pull, lam, grain, kt)
            if st.el_set[order[i - 1], r] >= 0:
                free = np.empty_like(free_to)
                set_free(tb, st, free)
            n = ways(tb, st, e, a, end, look, pull_sum[k], lam, kt, free, loss, 1e18, way[spare])
            at, v = best_way(tb, d, kt, loss, way[spare], n)
            row = spare
        n, paid = n_way[k] if row == k else n, False
        for _ in range(WAYS):
            if at < 0 or v <= FORBIDDEN or (v <= 0.0 and tb.el_optional[e]):
                break
            post(tb, st, e, r, int(way[row, at, 2]), int(way[row, at, 3]), int(way[row, at, 4]), a, d)
            if money_fits(tb, st):
                posted += 1
                total += v
                paid = True
                break
            unpost(tb, st, e, r)
            way[row, at, 1] = 0.0  # too dear
            kt = Worth(points[row], whole[row], anyone[row], settled[row])
            at, v = best_way(tb, d, kt, loss, way[row], n)
        if not paid and not tb.el_optional[e]:
            posted = 0
            break
    if posted > 0:
        return total
    withdraw_last(tb, st, u)
    return NEVER
