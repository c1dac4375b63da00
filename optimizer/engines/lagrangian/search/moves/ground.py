"""What must stand: upgrades that have to be bought, places and ranges that have to be built, sets that have to be
somewhere; with the money and the slots."""

from __future__ import annotations

import numpy as np

from optimizer.engines.lagrangian.kernels.arrays import Bools
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
def buy_by(tb: Tables, st: State, desk: Desk, b: int, t: int) -> None:
    """Buy upgrade ``b`` in a random week such that it is built by week ``t``, if it can be and has not been bought."""
    first, last = max(tb.up_from[b], tb.cr_weeks), min(tb.up_to[b], t - tb.up_weeks[b])
    if st.up_start[b] < 0 and first <= last:
        w = first + below(desk.rng, last - first + 1)
        if tb.wish_buy[b, w] >= FORBIDDEN:
            buy(tb, st, desk, b, w)


@kernel
def make_slots(tb: Tables, st: State, desk: Desk, q: int, s: int, a: int, b: int) -> None:
    """Buy what upgrades make room for set ``q`` at site ``s`` in [a, b), one after the other while it lacks."""
    for k in range(tb.up_site.size):
        t = lacks_slot(tb, st, q, s, a, b)
        if t < 0:
            return
        if tb.up_site[k] == s and tb.up_slots[k] > 0:
            buy_by(tb, st, desk, k, t)


@kernel
def too_small(tb: Tables, st: State, e: int, s: int, a: int, b: int) -> bool:
    """Whether site ``s`` has no room for element ``e`` in [a, b), even with nobody else there."""
    people = tb.people[tb.el_type[e]]
    for t in range(a, b):
        if people > st.cap_settled[s, t] or people > st.cap_all[s, t]:
            return True
    return False


@kernel
def make_places(tb: Tables, st: State, desk: Desk, u: int, place: Bools, a: int, b: int) -> None:
    """Where unit ``u`` has to be in ``place`` ([S], a mask) during [a, b) and all of it is too small for one of its
    elements, buy what makes one of the sites larger."""
    for e in range(tb.el_first[u], tb.el_first[u + 1]):
        if tb.el_optional[e]:
            continue
        found, at = 0, -1
        for s in range(place.size):
            if place[s]:
                if not too_small(tb, st, e, s, a, b):
                    found, at = 0, -1
                    break
                found += 1
                at = s if below(desk.rng, found) == 0 else at
        for k in range(tb.up_site.size if at >= 0 else 0):
            if tb.up_site[k] == at and tb.up_places[k] + tb.up_handover[k] > 0 and too_small(tb, st, e, at, a, b):
                buy_by(tb, st, desk, k, a)


@kernel
def make_range(tb: Tables, st: State, desk: Desk, x: int, s: int, w: int) -> None:
    """Buy what lets the range of site ``s`` take exercise ``x`` in week ``w``."""
    for k in range(tb.up_site.size):
        if tb.x_echelon[x] <= st.echelon[s, w]:
            return
        if tb.up_site[k] == s and tb.up_echelon[k] >= tb.x_echelon[x]:
            buy_by(tb, st, desk, k, w)


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
