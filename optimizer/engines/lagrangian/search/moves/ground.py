"""What must stand: upgrades that have to be bought and sets that have to be somewhere, with the money and the slots."""

from __future__ import annotations

import numpy as np

from optimizer.engines.lagrangian.kernels.chance import below
from optimizer.engines.lagrangian.kernels.jit import kernel
from optimizer.engines.lagrangian.search.insert.sets import capacities, lay, service, upgrade
from optimizer.engines.lagrangian.search.moves.desk import Desk, free_rotation, withdraw
from optimizer.engines.lagrangian.search.moves.recreate import ROTATION, SET_LINE
from optimizer.engines.lagrangian.search.moves.sets import release
from optimizer.engines.lagrangian.search.state.arrays import State
from optimizer.engines.lagrangian.search.state.value import money_fits
from optimizer.engines.lagrangian.tables.records import FORBIDDEN, Tables


@kernel
def free_money(tb: Tables, st: State, desk: Desk, wanted: float) -> None:
    """Take random rotations out until about ``wanted`` of the money for rotations is free again."""
    line = tb.line[ROTATION]
    before = st.spend[line].sum()
    while before - st.spend[line].sum() < wanted:
        o, r = free_rotation(st, desk.rng, 0, tb.weeks)
        if o < 0:
            return
        withdraw(tb, st, desk, o, st.rot_a[o, r], st.rot_d[o, r])


@kernel
def free_money_for(tb: Tables, st: State, desk: Desk, cost: float) -> None:
    """Take rotations out until the money does, about ``cost`` at a time."""
    for _ in range(8):
        if money_fits(tb, st):
            return
        free_money(tb, st, desk, cost)


@kernel
def buy(tb: Tables, st: State, desk: Desk, b: int, w: int) -> None:
    """Buy upgrade ``b`` with building starting in week ``w``; money is freed for it."""
    upgrade(tb, st, b, w, 1)
    capacities(tb, st, desk.floors[0], desk.floors[1])
    free_money_for(tb, st, desk, tb.up_cost[b])


@kernel
def acquire(tb: Tables, st: State, desk: Desk, b: int) -> None:
    """Buy upgrade ``b`` in a random week in which it has to be bought."""
    weeks, n = np.empty(tb.weeks, np.int64), 0
    for w in range(max(tb.up_from[b], tb.cr_weeks), tb.up_to[b] + 1):
        if tb.wish_buy[b, w] > -FORBIDDEN:
            weeks[n] = w
            n += 1
    if n == 0:
        return
    if st.up_start[b] >= 0:
        upgrade(tb, st, b, st.up_start[b], -1)
    buy(tb, st, desk, b, weeks[below(desk.rng, n)])


@kernel
def lacks_slot(tb: Tables, st: State, q: int, s: int, a: int, b: int) -> int:
    """The first week of [a, b) in which site ``s`` has no slot for set ``q``, -1 if it always has."""
    for t in range(a, b):
        if st.slot_use[s, t] + tb.set_slots[q] > st.cap_slots[s, t]:
            return t
    return -1


@kernel
def make_slots(tb: Tables, st: State, desk: Desk, q: int, s: int, a: int, b: int) -> None:
    """Buy what upgrades make room for set ``q`` at site ``s`` in [a, b), one after the other while it lacks."""
    for k in range(tb.up_site.size):
        t = lacks_slot(tb, st, q, s, a, b)
        if t < 0:
            return
        first, last = max(tb.up_from[k], tb.cr_weeks), min(tb.up_to[k], t - tb.up_weeks[k])
        if tb.up_site[k] == s and tb.up_slots[k] > 0 and st.up_start[k] < 0 and first <= last:
            w = first + below(desk.rng, last - first + 1)
            if tb.wish_buy[k, w] >= FORBIDDEN:
                buy(tb, st, desk, k, w)


@kernel
def station(tb: Tables, st: State, desk: Desk, q: int, a: int, b: int) -> bool:
    """Put set ``q`` where it has to stand during [a, b), other sets elsewhere if there is no slot; false if the state
    is broken."""
    rng, found, at = desk.rng, 0, -1
    for s in range(len(tb.places)):
        if tb.may_stand[q, s, a] and tb.wish_set_at[q, s, a] > -FORBIDDEN:
            found += 1
            at = s if below(rng, found) == 0 else at
    if at < 0 or not release(tb, st, desk, q):
        return False
    make_slots(tb, st, desk, q, at, a, b)
    moved = np.zeros(tb.draw.size, np.bool_)
    for o in range(tb.draw.size):
        t = lacks_slot(tb, st, q, at, a, b)
        if o != q and t >= 0 and st.set_site[o, t] == at:
            moved[o] = release(tb, st, desk, o)
    nothing, liking = np.zeros(0, np.int64), np.zeros((len(tb.places), tb.weeks))
    if not lay(tb, st, q, desk.lam[SET_LINE], liking) or not service(tb, st, rng, q, nothing):
        return False
    for o in range(tb.draw.size):
        if moved[o] and not (lay(tb, st, o, desk.lam[SET_LINE], liking) and service(tb, st, rng, o, nothing)):
            return False
    return money_fits(tb, st)
