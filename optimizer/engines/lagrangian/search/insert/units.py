"""Best response of one unit to the rest of the plan: which weeks, which bases, which sets.

Tables of weekly worth value every interval with each element alone; the most promising
intervals are then built element by element, each at its best given those before it.
"""

from __future__ import annotations

import numpy as np

from optimizer.engines.lagrangian.kernels.arrays import Bools, Floats, Ints, Words
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
from optimizer.engines.lagrangian.search.insert.kinds import Kinds, kinds_of, list_ways, value_kinds
from optimizer.engines.lagrangian.search.insert.ways import best_way, ways
from optimizer.engines.lagrangian.search.insert.worth import NEVER, Worth, fill
from optimizer.engines.lagrangian.search.state.arrays import State, post, unpost
from optimizer.engines.lagrangian.search.state.value import money_fits
from optimizer.engines.lagrangian.tables.records import FORBIDDEN, Tables

THRIFT = 0.2  # how often stays are chosen by their worth a week where a unit may go twice
WAYS = 4  # ways of coming that are tried where the money is too short for the best
FURTHER = 6  # intervals that are built where the money is too short for the first
OTHERWISE = 0.2  # how often the elements are housed in another order than the largest first
CLIMBS = 3  # times at most that a response goes on from the best interval to those near it


@kernel
def withdraw_last(tb: Tables, st: State, u: int) -> None:
    """Take the unit's last rotation slot out again."""
    r = st.rot_n[u] - 1
    for e in range(tb.el_first[u], tb.el_first[u + 1]):
        if st.el_site[e, r] >= 0:
            unpost(tb, st, e, r)
    st.rot_n[u] = r


@kernel
def looked_at(tb: Tables, rng: Words, u: int, bases: Bools, share: float) -> Bools:
    """The open sites that a response looks at, [S]: the unit's ``bases`` ([U, S]) and a ``share`` of the others."""
    look = tb.opens.copy()
    for s in range(look.size):
        look[s] = look[s] and (bases[u, s] or share >= 1.0 or uniform(rng) < share)
    return look


@kernel
def respond(
    tb: Tables, st: State, rng: Words, u: int, lam: Floats, pull: Floats, core: Bools, bases: Bools, others: Floats,
    span: Ints, bonus: float, noise: float, tries: int,
) -> bool:  # fmt: skip
    """Add the best further rotation of unit ``u``, if any improves the plan; true if one was added.

    lam     [T] guiding price of rotation money by week
    pull    [Y, S, T] score points that a ready element based there is hoped to be worth to exercises not held yet
    core, bases, others, span   see ``Desk``
    bonus   score points for going at all
    noise   relative random error on interval values
    tries   how many intervals are built exactly
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
    ks, n_e = kinds_of(tb, u), last - first
    value_kinds(tb, st, u, span, look, pull, lam, ks)
    of, whole, loss, way, n_way = ks.of, ks.whole, ks.loss, ks.way, ks.n_way  # taken out of the inner loop
    thrifty = tb.repeats[u] and uniform(rng) < THRIFT  # a shorter stay leaves time and money for another
    # value the open intervals, each element alone, then climb to better ones nearby
    tries, most, alone = 1 if n_e == 1 else tries, tries + FURTHER, np.empty(n_way.size)
    top, top_i, luck = np.full(most, NEVER), np.full(most, -1), np.ones(most)
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
                list_ways(tb, st, a, span[1], look, lam, spare_money(free, a), ks)
                known = a
            v = bonus - tb.over_price * max(0, d - a - tb.std[u])
            for k in range(alone.size):
                alone[k] = best_way(tb, d, whole[k], loss, way[k], n_way[k])[1]
            for j in range(n_e):
                x = alone[of[j]]
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
        a = tb.iv_a[i]
        list_ways(tb, st, a, span[1], look, lam, spare_money(free, a), ks)
        gain = build(tb, st, u, a, tb.iv_d[i], order, look, lam, pull, ks)
        built = i if gain > NEVER else -1
        if gain > NEVER and gain + bonus > best:
            best, at = gain + bonus, i
    if built >= 0 and at != built:
        withdraw_last(tb, st, u)
        built = -1
    return built >= 0


@kernel
def build(
    tb: Tables, st: State, u: int, a: int, d: int, order: Ints, look: Bools, lam: Floats, pull: Floats, ks: Kinds
) -> float:
    """Post unit ``u`` for [a, d) as one more rotation; its gain, or ``NEVER`` and nothing posted. Each element, in
    the ``order`` given ([elements of the unit]), takes its best way given those before it: the first by the tables of
    its kind, the others by tables made anew, in the last row of ``ks``. ``look``: [S]; ``lam``, ``pull``: see
    ``respond``."""
    r, first, end = st.rot_n[u], tb.el_first[u], min(d, tb.weeks)
    st.rot_a[u, r], st.rot_d[u, r], st.rot_fixed[u, r] = a, d, False
    st.rot_n[u] = r + 1
    of, pull_sum, grain, free_to, loss, way, n_way = ks.of, ks.pull_sum, ks.grain, ks.free_to, ks.loss, ks.way, ks.n_way
    points, whole, anyone, settled, spare = ks.points, ks.whole, ks.anyone, ks.settled, n_way.size
    posted, total, free = 0, -tb.over_price * max(0, d - a - tb.std[u]), free_to
    for i in range(first, tb.el_first[u + 1]):
        st.el_site[i, r] = -1
    for i in range(order.size):
        e = order[i]
        k = of[e - first]
        row, n = k, n_way[k]
        if posted > 0:
            row, kt = spare, Worth(points[spare], whole[spare], anyone[spare], settled[spare])
            fill(tb, st, e, a, end, look, pull, lam, grain, kt)
            if st.el_set[order[i - 1], r] >= 0:
                free = np.empty_like(free_to)
                set_free(tb, st, free)
            n = ways(tb, st, e, a, end, look, pull_sum[k], lam, kt, free, loss, 1e18, way[spare])
        paid = False
        at, v = best_way(tb, d, whole[row], loss, way[row], n)
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
            at, v = best_way(tb, d, whole[row], loss, way[row], n)
        if not paid and not tb.el_optional[e]:
            posted = 0
            break
    if posted > 0:
        return total
    withdraw_last(tb, st, u)
    return NEVER
