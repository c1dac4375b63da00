"""Sets and upgrades in the search: where sets stand, when they are maintained, what is bought."""

from __future__ import annotations

import numpy as np

from optimizer.engines.lagrangian.kernels.arrays import Floats, Ints, Words
from optimizer.engines.lagrangian.kernels.chance import below
from optimizer.engines.lagrangian.kernels.jit import kernel
from optimizer.engines.lagrangian.search.state.arrays import State, stored_points
from optimizer.engines.lagrangian.search.state.value import added_value
from optimizer.engines.lagrangian.tables.records import FORBIDDEN, NO_BLOCK, Tables


@kernel
def lift(tb: Tables, st: State, q: int) -> None:
    """Take set ``q`` off the map: its stays, its maintenance and its stored points."""
    for t in range(tb.weeks):
        s = st.set_site[q, t]
        if s >= 0:
            st.slot_use[s, t] -= tb.set_slots[q]
            if st.set_busy[q, t] == 0:
                stored_points(tb, st, q, s, t, -1.0)
    for t in range(1, tb.weeks):
        if st.set_site[q, t] < 0 and st.set_site[q, t - 1] >= 0:
            st.spend[tb.line[2], t] -= tb.move_cost[q]
    for t in range(tb.weeks):
        if st.set_busy[q, t] == 1:
            st.set_busy[q, t] = 0
        st.set_site[q, t] = -1
    st.block_n[q] = 0


@kernel
def lay(tb: Tables, st: State, q: int, lam: Floats, attraction: Floats) -> bool:
    """Put a lifted set on its best path; false (and still lifted) if there is none.

    Longest path over (site, week): a week at a site earns the stored points it adds, its attraction and wishes; a move
    costs its weeks and its guided price. Nobody may hold it.

    lam         [T] guiding price of money for sets by week
    attraction  [S, T] score points for standing there in the week
    """
    n_s, weeks, start = len(tb.places), tb.weeks, tb.available[q]
    if start >= weeks:
        return True
    gain = np.full((n_s, weeks), -1e18)
    for s in range(n_s):
        for t in range(start, weeks):
            if not tb.may_stand[q, s, t] or st.slot_use[s, t] + tb.set_slots[q] > st.cap_slots[s, t]:
                continue
            value = attraction[s, t]
            for a in range(tb.stored.shape[2]):
                amount = tb.stored[q, s, a]
                if amount > 0.0:
                    have = st.supply[a, t]
                    value += added_value(tb.demand, tb.price, a, t, have, amount)
            if tb.wish_set_at.size > 0:
                if tb.wish_set_at[q, s, t] < FORBIDDEN:
                    continue
                value += tb.wish_set_at[q, s, t]
            gain[s, t] = value
    best = np.full((n_s, weeks + 1), -1e18)
    go = np.full((n_s, weeks), -1, dtype=np.int64)  # -1 stay, else the site to move to
    best[:, weeks] = 0.0
    for t in range(weeks - 1, start - 1, -1):
        for s in range(n_s):
            if gain[s, t] < -1e17:
                continue
            best[s, t] = gain[s, t] + best[s, t + 1]
            for to in range(n_s):
                w = tb.move_weeks[s, to]
                if to != s and w > 0 and t + 1 + w < weeks and best[to, t + 1 + w] > -1e17:
                    v = gain[s, t] + best[to, t + 1 + w] - tb.move_cost[q] * lam[t + 1]
                    if v > best[s, t] + 1e-9:
                        best[s, t], go[s, t] = v, to
    s = tb.start_site[q]
    if s < 0:
        s = int(np.argmax(best[:, start]))
    if best[s, start] < -1e17:
        return False
    t = start
    while t < weeks:
        st.set_site[q, t] = s
        st.slot_use[s, t] += tb.set_slots[q]
        stored_points(tb, st, q, s, t, 1.0)
        if go[s, t] >= 0:
            st.spend[tb.line[2], t + 1] += tb.move_cost[q]
            to = go[s, t]
            t += 1 + tb.move_weeks[s, to]
            s = to
        else:
            t += 1
    return True


@kernel
def may_maintain(tb: Tables, st: State, q: int, f: int) -> bool:
    """Whether a block of set ``q`` may begin in week ``f``: at one place, unheld, no other block, and in
    frozen weeks as in the last plan only."""
    if tb.wish_frozen > f and not (tb.wish_frozen_block[q] == f).any():
        return False
    for t in range(max(f, 0), min(f + tb.maint[q], tb.weeks)):
        if st.set_site[q, t] < 0 or st.set_site[q, t] != st.set_site[q, max(f, 0)] or st.set_busy[q, t] != 0:
            return False
    return True


@kernel
def maintain(tb: Tables, st: State, q: int, f: int) -> None:
    """Begin a maintenance block of set ``q`` in week ``f``."""
    for t in range(max(f, 0), min(f + tb.maint[q], tb.weeks)):
        st.set_busy[q, t] = 1
        stored_points(tb, st, q, st.set_site[q, t], t, -1.0)
    st.block_a[q, st.block_n[q]] = f
    st.block_n[q] += 1


@kernel
def choose_block(tb: Tables, st: State, rng: Words, q: int, first: int, last: int, liked: Ints) -> int:
    """A week in [first, last] in which a block may begin: the nearest to a ``liked`` one ([…] weeks), or, if
    there are none, a random one (often an end of the span, which leaves the rest of it whole); ``NO_BLOCK`` if none."""
    n, options, best, far = 0, np.zeros(tb.weeks, dtype=np.int64), NO_BLOCK, 1 << 40
    for f in range(max(first, 0), min(last, tb.weeks - 1) + 1):
        if may_maintain(tb, st, q, f):
            options[n] = f
            n += 1
            for like in liked:
                if abs(f - like) < far:
                    best, far = f, abs(f - like)
    if n == 0 or liked.size > 0:
        return best
    luck = below(rng, 3)
    return options[0] if luck == 0 else options[n - 1] if luck == 1 else options[below(rng, n)]


@kernel
def service(tb: Tables, st: State, rng: Words, q: int, liked: Ints) -> bool:
    """Choose the maintenance blocks of a laid, unheld set: those of frozen weeks first, then near the ``liked``
    starts ([…] weeks) if there are any, else at random among the admissible; false if one that is due cannot be."""
    if tb.interval[q] <= 0 or tb.available[q] >= tb.weeks:
        return True
    last = tb.last_maint[q]
    for f in tb.wish_frozen_block[q]:
        if f != NO_BLOCK:
            if not may_maintain(tb, st, q, f):
                return False
            maintain(tb, st, q, f)
            last = f + tb.maint[q]
    while last + tb.interval[q] < tb.weeks and st.block_n[q] < st.block_a.shape[1]:
        due = max(last + tb.interval[q], tb.available[q])
        f = choose_block(tb, st, rng, q, max(last, tb.available[q], due - tb.interval[q]), due, liked)
        if f == NO_BLOCK:
            return False
        maintain(tb, st, q, f)
        last = f + tb.maint[q]
    return True


@kernel
def upgrade(tb: Tables, st: State, b: int, w: int, sign: int) -> None:
    """Buy (+1) or give up (-1) upgrade ``b`` with building starting in week ``w``."""
    st.spend[tb.line[3], w] += sign * tb.up_cost[b]
    st.up_start[b] = w if sign > 0 else -1


@kernel
def capacities(tb: Tables, st: State, floor_settled: Ints, floor_all: Ints) -> None:
    """Recompute every site's weekly capacity from the upgrades bought; never below what the rotations under way use by
    themselves: ``floor_settled`` and ``floor_all``, [S, T] people."""
    for s in range(len(tb.places)):
        for t in range(tb.weeks):
            st.cap_settled[s, t], st.cap_all[s, t] = tb.places[s], tb.handover[s]
            st.cap_slots[s, t] = tb.slots[s]
            st.echelon[s, t], st.at_once[s, t] = tb.echelon[s], tb.at_once[s]
    for b in range(len(st.up_start)):
        if st.up_start[b] >= 0:
            s = tb.up_site[b]
            for t in range(st.up_start[b] + tb.up_weeks[b], tb.weeks):
                st.cap_settled[s, t] += tb.up_places[b]
                st.cap_all[s, t] += tb.up_handover[b]
                st.cap_slots[s, t] += tb.up_slots[b]
                st.echelon[s, t] = max(st.echelon[s, t], tb.up_echelon[b])
                st.at_once[s, t] += tb.up_at_once[b]
    for s in range(len(tb.places)):
        for t in range(tb.weeks):
            left = int(min(tb.closed_left[s, t], 1e15))
            st.cap_settled[s, t] = max(min(st.cap_settled[s, t], left), floor_settled[s, t])
            st.cap_all[s, t] = max(min(st.cap_all[s, t], left), floor_all[s, t])
