"""Exercises in the search: where, when and with whom one is best held."""

from __future__ import annotations

import numpy as np

from optimizer.engines.lagrangian.kernels.arrays import Floats, Ints, Words
from optimizer.engines.lagrangian.kernels.chance import below
from optimizer.engines.lagrangian.kernels.jit import kernel
from optimizer.engines.lagrangian.search.insert.custody import set_free
from optimizer.engines.lagrangian.search.insert.flights import fly_in, idle
from optimizer.engines.lagrangian.search.insert.presence import bears
from optimizer.engines.lagrangian.search.insert.worth import NEVER
from optimizer.engines.lagrangian.search.state.arrays import State, begin_run, cancel, join, rotation_of
from optimizer.engines.lagrangian.search.state.value import money_fits, shift_gain
from optimizer.engines.lagrangian.tables.records import FORBIDDEN, HOME, THEATRE, Tables


@kernel
def may_run(tb: Tables, st: State, x: int, h: int, w: int) -> bool:
    """Whether exercise ``x`` may start at host row ``h`` in week ``w`` as far as place and
    time are concerned: start allowed, range strong enough and free, spacing kept."""
    site, end = tb.host_site[h], w + tb.x_weeks[x]
    if not tb.start_ok[h, w]:
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
def candidate(
    tb: Tables, st: State, n: int, e: int, site: int, w: int, end: int, lam: Floats, free_to: Ints
) -> tuple[float, int, int]:
    """Gain, mode and set of element ``e`` serving need ``n`` during [w, end) at ``site``; gain ``NEVER`` if it cannot.
    ``lam``, ``free_to``: see ``fly_in``."""
    v, m, q = NEVER, -1, -1
    if tb.need_origin[n] != HOME:
        r = rotation_of(tb, st, e, w, end)
        if r >= 0 and idle(tb, st, e, w, end) and bears(tb, st, e, end - w):
            based = st.el_site[e, r]
            if tb.days[tb.movement[tb.el_type[e]], based, site] <= tb.need_days[n]:
                v = shift_gain(tb, st, tb.el_type[e], based, site, w, end)
    if v == NEVER and tb.need_origin[n] != THEATRE:
        v, m, q = fly_in(tb, st, n, e, site, w, end, lam, free_to)
    if v > NEVER and tb.wish_join.size > 0:
        v += tb.wish_join[n, e]
    return v, m, q


@kernel
def cast(
    tb: Tables,
    st: State,
    rng: Words,
    x: int,
    h: int,
    w: int,
    lam: Floats,
    free_to: Ints,
    width: int,
    who: Ints,
    gain: Floats,
) -> float:
    """Choose who takes part in ``x`` at host row ``h`` in week ``w``; returns the participants' gain, ``NEVER`` if a
    need cannot be met. Of each need's elements, from a random one on, ``width`` more than are needed are looked at.

    lam, free_to  see ``fly_in``
    who           [seats, 3] filled: element, mode, set (-1 none) by need and slot
    gain          [seats] filled: what each gains
    """
    site, end, total, row = tb.host_site[h], w + tb.x_weeks[x], 0.0, 0
    for n in range(tb.need_first[x], tb.need_first[x + 1]):
        count, size = tb.need_count[n], tb.cand_first[n + 1] - tb.cand_first[n]
        want = size if tb.wish_join.size > 0 else count + width
        found, start = 0, below(rng, size)
        for i in range(size):
            j = start + i
            e = tb.cand[tb.cand_first[n] + (j if j < size else j - size)]
            taken = False
            for k in range(row):
                taken = taken or who[k, 0] == e
            if taken:
                continue
            v, m, q = candidate(tb, st, n, e, site, w, end, lam, free_to)
            if v == NEVER or v < FORBIDDEN:
                continue
            for k in range(row, row + found):  # no set twice
                if q >= 0 and who[k, 2] == q:
                    v = NEVER
            if v == NEVER:
                continue
            # keep the best ``count`` in falling order
            k = row + min(found, count)
            while k > row and gain[k - 1] < v:
                if k < row + count:
                    who[k], gain[k] = who[k - 1], gain[k - 1]
                k -= 1
            if k < row + count:
                who[k, 0], who[k, 1], who[k, 2], gain[k] = e, m, q, v
                found = min(found + 1, count) if found < count else count
            want -= 1
            if want <= 0:
                break
        if found < count:
            return NEVER
        for k in range(row, row + count):
            total += gain[k]
        row += count
    return total


@kernel
def hold(tb: Tables, st: State, x: int, h: int, w: int, lam: Floats, free_to: Ints, who: Ints) -> bool:
    """Hold ``x`` with the participants ``who``; false and no run held if two of them collide (beds, sets) or the money
    does not do.

    lam      see ``fly_in``
    free_to  [Q, T] filled anew: see ``set_free``
    who      [seats, 3] element, mode, set; modes and sets of those from home are chosen again
    """
    site, end, row = tb.host_site[h], w + tb.x_weeks[x], 0
    begin_run(tb, st, x, h, w, 1)
    for n in range(tb.need_first[x], tb.need_first[x + 1]):
        for slot in range(tb.need_count[n]):
            e = who[row, 0]
            if who[row, 1] >= 0:
                set_free(tb, st, free_to)
                v, m, q = fly_in(tb, st, n, e, site, w, end, lam, free_to)
                if v == NEVER:
                    cancel(tb, st, x)
                    return False
                who[row, 1], who[row, 2] = m, q
            join(tb, st, n, slot, x, e, who[row, 1], who[row, 2], site, w, 1)
            row += 1
    if not money_fits(tb, st):
        cancel(tb, st, x)
        return False
    return True


@kernel
def insert_run(
    tb: Tables, st: State, rng: Words, x: int, lam: Floats, most: int, width: int, at_h: int, at_w: int
) -> bool:
    """Hold exercise ``x`` at the best of up to ``most`` random hosts and weeks, and of (``at_h``, ``at_w``) if given
    (-1 not), where that improves the plan; whether it is held. ``lam``: [T] guiding price of exercise money."""
    first, rows = tb.host_first[x], tb.host_first[x + 1] - tb.host_first[x]
    seats = 0
    if tb.wish_frozen_run[x, 0] >= 0:  # a frozen run is put back by ``hold_exactly`` only
        return False
    for n in range(tb.need_first[x], tb.need_first[x + 1]):
        if tb.cand_first[n + 1] - tb.cand_first[n] < tb.need_count[n]:
            return False
        seats += tb.need_count[n]
    spots = np.empty(rows * tb.weeks, np.int64)
    n_spots = 0
    for h in range(first, first + rows):
        for w in range(tb.weeks):
            if tb.start_ok[h, w] and may_run(tb, st, x, h, w):
                spots[n_spots] = h * tb.weeks + w
                n_spots += 1
    if n_spots == 0:
        return False
    free_to = np.zeros((len(tb.draw), tb.weeks), np.int64)
    set_free(tb, st, free_to)
    who, gain = np.zeros((seats, 3), np.int64), np.zeros(seats)
    best_who = np.zeros((seats, 3), np.int64)
    best, best_h, best_w = 1e-9, -1, -1
    for i in range(-1, min(most, n_spots)):
        if i < 0:
            h, w = at_h, at_w
            if h < 0 or not may_run(tb, st, x, h, w):
                continue
        else:
            j = i + below(rng, n_spots - i)
            spots[i], spots[j] = spots[j], spots[i]
            h, w = spots[i] // tb.weeks, spots[i] % tb.weeks
        v = tb.x_value[x] + tb.wish_run[h, w] - tb.host_cost[h] * lam[w]
        v += cast(tb, st, rng, x, h, w, lam, free_to, width, who, gain)
        if v > best:
            best, best_h, best_w = v, h, w
            for k in range(who.shape[0]):
                for j in range(who.shape[1]):
                    best_who[k, j] = who[k, j]
    if best_h < 0:
        return False
    return hold(tb, st, x, best_h, best_w, lam, free_to, best_who)
