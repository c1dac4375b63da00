"""Moves on what stands at sites: sets and upgrades."""

from __future__ import annotations

import numpy as np

from optimizer.engines.lagrangian.kernels.chance import below, uniform
from optimizer.engines.lagrangian.kernels.jit import kernel
from optimizer.engines.lagrangian.search.insert.sets import capacities, lay, lift, service, upgrade
from optimizer.engines.lagrangian.search.moves.desk import Desk, call_off, withdraw
from optimizer.engines.lagrangian.search.moves.recreate import SET_LINE
from optimizer.engines.lagrangian.search.moves.units import move_units
from optimizer.engines.lagrangian.search.state.arrays import State
from optimizer.engines.lagrangian.search.state.value import money_fits
from optimizer.engines.lagrangian.tables.records import FORBIDDEN, Tables


@kernel
def release(tb: Tables, st: State, desk: Desk, q: int) -> bool:
    """Take set ``q`` off the map, its users out and those it was brought in for an exercise with; false, and nothing
    done, if a rotation under way holds it."""
    for u in range(st.rot_n.size):
        for r in range(st.rot_n[u]):
            for e in range(tb.el_first[u], tb.el_first[u + 1]):
                if st.rot_fixed[u, r] and st.el_site[e, r] >= 0 and st.el_set[e, r] == q:
                    return False
    for u in range(st.rot_n.size):
        uses = False
        for r in range(st.rot_n[u]):
            for e in range(tb.el_first[u], tb.el_first[u + 1]):
                uses = uses or (st.el_site[e, r] >= 0 and st.el_set[e, r] == q)
        if uses:
            withdraw(tb, st, desk, u, 0, tb.weeks)
    for x in range(st.run_host.size):
        for n in range(tb.need_first[x], tb.need_first[x + 1]):
            for k in range(tb.need_count[n]):
                if st.run_host[x] >= 0 and st.part_e[n, k] >= 0 and st.part_set[n, k] == q:
                    call_off(tb, st, desk, x)
    lift(tb, st, q)
    return True


@kernel
def move_set(tb: Tables, st: State, desk: Desk) -> bool:
    """Free a set and its users and put it on another path; false if the state is broken."""
    q, rng = below(desk.rng, len(tb.draw)), desk.rng
    if not release(tb, st, desk, q):
        return False
    # a random liking for sites that changes once, at a random week
    pulls = np.zeros((len(tb.places), tb.weeks))
    if uniform(rng) < 0.8:
        scale, week = 10.0 ** (3.0 * uniform(rng) - 1.0), below(rng, tb.weeks + 1)
        for s in range(len(tb.places)):
            early, late = -np.log(1.0 - uniform(rng)) * scale, -np.log(1.0 - uniform(rng)) * scale
            pulls[s, :week] = early
            pulls[s, week:] = late
    if not lay(tb, st, q, desk.lam[SET_LINE], pulls) or not service(tb, st, rng, q, np.zeros(0, np.int64)):
        return False
    move_units(tb, st, desk, False)
    return True


@kernel
def still_fits(tb: Tables, st: State) -> bool:
    """Whether people, slots and ranges fit the capacities."""
    for s in range(len(tb.places)):
        for t in range(tb.weeks):
            if st.settled[s, t] > st.cap_settled[s, t] or st.everyone[s, t] > st.cap_all[s, t]:
                return False
            if st.slot_use[s, t] > st.cap_slots[s, t] or st.range_use[s, t] > st.at_once[s, t]:
                return False
    for x in range(st.run_host.size):
        if st.run_host[x] >= 0 and tb.x_echelon[x] > st.echelon[tb.host_site[st.run_host[x]], st.run_start[x]]:
            return False
    return True


@kernel
def move_upgrade(tb: Tables, st: State, desk: Desk) -> bool:
    """Give an upgrade up, or buy one (early starts preferred) and free some units; false if the
    state is broken."""
    b, rng = below(desk.rng, len(tb.up_site)), desk.rng
    bought = st.up_start[b]
    if bought >= 0:
        upgrade(tb, st, b, bought, -1)
        if uniform(rng) < 0.5:
            capacities(tb, st, desk.floors[0], desk.floors[1])
            return still_fits(tb, st)
    if tb.up_from[b] > tb.up_to[b]:
        return False
    w = int(tb.up_from[b] + (tb.up_to[b] - tb.up_from[b] + 1) * uniform(rng) ** 3)
    if w < tb.cr_weeks or tb.wish_buy[b, w] < FORBIDDEN or w == bought:
        return False
    upgrade(tb, st, b, w, 1)
    capacities(tb, st, desk.floors[0], desk.floors[1])
    if not still_fits(tb, st):
        return False
    move_units(tb, st, desk, False)
    return money_fits(tb, st)
