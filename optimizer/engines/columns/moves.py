"""Ruin and recreate: free a little of the plan, then rebuild it at best responses."""

from __future__ import annotations

import numpy as np

from optimizer.engines.columns.chance import below, pick, uniform
from optimizer.engines.columns.desk import (
    ask,
    base_of,
    call_off,
    clear,
    come_home,
    enlist,
    free_rotation,
    idle_units,
    withdraw,
)
from optimizer.engines.columns.jit import kernel
from optimizer.engines.columns.recreate import ROTATION, SET_LINE, SPOTS, TRIES, able, hold_asked, insert, recreate
from optimizer.engines.columns.relay import capacities, lay, lift, service, upgrade
from optimizer.engines.columns.staff import HOME
from optimizer.engines.columns.value import money_fits

DOZEN, YEAR, HALF = 12, 52, 26
LONG, MARGIN = 78, 13  # weeks of a plan in which one looks around what was freed only, and how far around


@kernel
def look_around(tb, desk, close):
    """After ``close`` moves units are inserted only in the weeks around what was freed."""
    if close and desk.span[0] < desk.span[1]:
        margin = MARGIN * (1 + below(desk.rng, 2))
        desk.span[0], desk.span[1] = max(desk.span[0] - margin, 0), min(desk.span[1] + margin, tb.weeks)
    else:
        desk.span[0], desk.span[1] = 0, tb.weeks


@kernel
def move_units(tb, st, desk, close):
    """Free related units and let idle ones compete with them; if ``close``, in the weeks of one rotation, near what was
    freed before."""
    rng = desk.rng
    if close and desk.span[0] < desk.span[1]:
        u, r = free_rotation(st, rng, desk.span[0], desk.span[1])
    else:
        u, r = free_rotation(st, rng, 0, tb.weeks)
    if u >= 0:
        kind, a, d = below(rng, 4), st.rot_a[u, r], st.rot_d[u, r]
        c, y = base_of(tb, st, u, r), tb.el_type[tb.el_first[u]]
        start, end = (a, d) if close or uniform(rng) < 0.5 else (0, tb.weeks)
        for o in range(st.rot_n.size):
            related = kind == 0
            for k in range(st.rot_n[o]):
                meets = st.rot_a[o, k] < d and a < st.rot_d[o, k] and not st.rot_fixed[o, k]
                related = related or (kind == 3 and meets)
                related = related or (kind == 2 and meets and base_of(tb, st, o, k) == c)
                related = related or (kind == 1 and tb.el_type[tb.el_first[o]] == y)
            desk.mask[o] = related and o != u and st.rot_n[o] > 0
        withdraw(tb, st, desk, u, start, end)
        for _ in range(1 + below(rng, 3)):
            o = pick(rng, desk.mask[: st.rot_n.size])
            if o < 0:
                break
            desk.mask[o] = False
            withdraw(tb, st, desk, o, start, end)
    idle_units(tb, st, desk, 3)


@kernel
def move_runs(tb, st, desk):
    """Call some exercises off; related in time half of the time."""
    n, rng = st.run_host.size, desk.rng
    for x in range(n):
        desk.mask[x] = st.run_host[x] >= 0
    x = pick(rng, desk.mask[:n])
    if x >= 0:
        w, near = st.run_start[x], uniform(rng) < 0.5
        for o in range(n):
            desk.mask[o] = st.run_host[o] >= 0 and (not near or abs(st.run_start[o] - w) < 6)
        for _ in range(1 + below(rng, 5)):
            o = pick(rng, desk.mask[:n])
            if o < 0:
                break
            desk.mask[o] = False
            call_off(tb, st, desk, o)


@kernel
def missing_run(tb, st, desk):
    """An exercise that is not held, likelier the more it is worth; -1 if there is none."""
    total, at = 0.0, -1
    for x in range(st.run_host.size):
        if st.run_host[x] < 0 and tb.host_first[x + 1] > tb.host_first[x]:
            value = max(tb.x_value[x], 1e-3)
            total += value
            if uniform(desk.rng) * total < value:
                at = x
    return at


@kernel
def spot_of(tb, rng, x):
    """A random admissible (host row, week) of exercise ``x``; (-1, -1) if there is none."""
    found, at, week = 0, -1, -1
    for h in range(tb.host_first[x], tb.host_first[x + 1]):
        for w in range(tb.weeks):
            if tb.start_ok[h, w]:
                found += 1
                if below(rng, found) == 0:
                    at, week = h, w
    return at, week


@kernel
def clear_way(tb, st, desk, x, h, w):
    """Call off what keeps exercise ``x`` from ``h`` in week ``w``: spacing and the range."""
    site, end = tb.host_site[h], w + tb.x_weeks[x]
    for o in range(st.run_host.size):
        if st.run_host[o] < 0 or o == x:
            continue
        start, stop = st.run_start[o], st.run_start[o] + tb.x_weeks[o]
        gap = max(tb.x_spacing[o], tb.x_spacing[x])
        close = tb.x_group[x] >= 0 and tb.x_group[o] == tb.x_group[x] and w < stop + gap and start < end + gap
        full = False
        if tb.host_site[st.run_host[o]] == site and tb.x_echelon[o] > 0 and tb.x_echelon[x] > 0:
            for t in range(max(w, start), min(end, stop)):
                full = full or st.range_use[site, t] >= st.at_once[site, t]
        if close or full:
            call_off(tb, st, desk, o)


@kernel
def make_way(tb, st, desk, x, h, w, close):
    """Clear the way for exercise ``x``: free busy elements it could use, enlist units that have some; if ``close``,
    in its weeks only."""
    rng, end, site = desk.rng, w + tb.x_weeks[x], tb.host_site[h]
    for n in range(tb.need_first[x], tb.need_first[x + 1]):
        size, first = tb.cand_first[n + 1] - tb.cand_first[n], tb.cand_first[n]
        there, start = 0, below(rng, size)
        for i in range(size):
            e = tb.cand[first + (start + i) % size]
            if there < tb.need_count[n] and tb.need_origin[n] != HOME and able(tb, st, n, e, site, w, end):
                there += 1
                for t in range(w, end):
                    if st.away[e, t] != 0:
                        call_off(tb, st, desk, st.away[e, t] - 1)
        if there < tb.need_count[n]:
            for i in range(min(size, 3)):
                u = tb.el_unit[tb.cand[first + (start + i * (1 + size // 3)) % size]]
                if not desk.listed[u]:
                    first, last = (w, end) if close else (0, tb.weeks)
                    if uniform(rng) < 0.5:
                        come_home(tb, st, desk, u, first, last)
                    if uniform(rng) < 0.5:
                        withdraw(tb, st, desk, u, first, last)
                    enlist(desk, u)


@kernel
def ask_for_more(tb, st, desk, eager):
    """Ask for up to a dozen exercises not held, at random spots, near in time to one of them."""
    rng, n_x = desk.rng, st.run_host.size
    for x in range(n_x):
        desk.mask[x] = st.run_host[x] < 0 and tb.host_first[x + 1] > tb.host_first[x]
    middle = -1
    for _ in range(DOZEN):
        x = pick(rng, desk.mask[:n_x])
        if x < 0:
            return
        desk.mask[x] = False
        h, w = spot_of(tb, rng, x)
        if h < 0:
            continue
        if middle < 0:
            middle = w
        if abs(w - middle) < YEAR:
            ask(desk, x, h, w, eager)


@kernel
def least_cost(tb, u):
    """Money that the shortest rotation of unit ``u`` costs at least, without optional elements."""
    shortest, total = tb.weeks, 0.0
    for i in range(tb.iv_first[u], tb.iv_first[u + 1]):
        shortest = min(shortest, min(tb.iv_d[i], tb.weeks) - tb.iv_a[i])
    for e in range(tb.el_first[u], tb.el_first[u + 1]):
        if not tb.el_optional[e]:
            y, way = tb.el_type[e], 1e18
            for m in range(3):
                if tb.mode_ok[y, m]:
                    way = min(way, tb.mode_cost[y, m])
            total += way + shortest * tb.week_cost[y]
    return total


@kernel
def swap_in(tb, st, desk):
    """Bring an idle unit in for others that free the money it costs, exercises hoped for included."""
    rng, n = desk.rng, st.rot_n.size
    for u in range(n):
        desk.mask[u] = st.rot_n[u] == 0 and tb.iv_first[u + 1] > tb.iv_first[u]
    u = pick(rng, desk.mask[:n])
    if u < 0:
        return
    if uniform(rng) < 0.7:
        ask_for_more(tb, st, desk, 0.4 + uniform(rng))
    come_home(tb, st, desk, u, 0, tb.weeks)
    wanted = least_cost(tb, u) * (1.0 + 0.5 * uniform(rng))
    line = tb.line[ROTATION]
    before = st.spend[line].sum()
    while before - st.spend[line].sum() < wanted:
        o, r = free_rotation(st, rng, 0, tb.weeks)
        if o < 0:
            break
        withdraw(tb, st, desk, o, st.rot_a[o, r], st.rot_d[o, r])
    insert(tb, st, desk, u, 2 * TRIES)
    hold_asked(tb, st, desk, SPOTS)
    idle_units(tb, st, desk, 2)


@kernel
def move_set(tb, st, desk):
    """Free a set and its users and put it on another path; false if the state is broken."""
    q, rng = below(desk.rng, len(tb.draw)), desk.rng
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
    # a random liking for sites that changes once, at a random week
    pulls = np.zeros((len(tb.places), tb.weeks))
    if uniform(rng) < 0.8:
        scale, week = 10.0 ** (3.0 * uniform(rng) - 1.0), below(rng, tb.weeks + 1)
        for s in range(len(tb.places)):
            early, late = -np.log(1.0 - uniform(rng)) * scale, -np.log(1.0 - uniform(rng)) * scale
            pulls[s, :week] = early
            pulls[s, week:] = late
    if not lay(tb, st, q, desk.lam[SET_LINE], pulls) or not service(tb, st, rng, q):
        return False
    move_units(tb, st, desk, False)
    return True


@kernel
def still_fits(tb, st):
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
def move_upgrade(tb, st, desk):
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
    if w < tb.cr_weeks or tb.wish_buy[b, w] < -1e6 or w == bought:
        return False
    upgrade(tb, st, b, w, 1)
    capacities(tb, st, desk.floors[0], desk.floors[1])
    if not still_fits(tb, st):
        return False
    move_units(tb, st, desk, False)
    return money_fits(tb, st)


@kernel
def ruin_and_recreate(tb, st, desk):
    """One move; false if the state is broken and must be restored."""
    rng, n_x = desk.rng, st.run_host.size
    clear(tb, desk, 0.0 if uniform(rng) < 0.25 else 0.2 + uniform(rng))
    kind, fine, spots, extra = uniform(rng), True, SPOTS, 4
    close = tb.weeks > LONG and uniform(rng) < 0.9
    if kind < 0.08 and len(tb.draw) > 0:
        fine = move_set(tb, st, desk)
    elif kind < 0.11 and len(tb.up_site) > 0:
        fine = move_upgrade(tb, st, desk)
    elif kind < 0.21 and n_x > 0:
        move_runs(tb, st, desk)
        spots, extra = 2 * SPOTS, 6
    elif kind < 0.30:
        swap_in(tb, st, desk)
    elif kind < 0.55 and n_x > 0:
        x = missing_run(tb, st, desk)
        h, w = spot_of(tb, rng, x) if x >= 0 else (-1, -1)
        if close:
            desk.span[0], desk.span[1] = (w - HALF, w + HALF) if h >= 0 else (tb.weeks, 0)
        if h >= 0:
            ask(desk, x, h, w, 0.3 + 1.2 * uniform(rng))
            clear_way(tb, st, desk, x, h, w)
            make_way(tb, st, desk, x, h, w, close)
        if h < 0 or uniform(rng) < 0.7:
            move_units(tb, st, desk, close)
        look_around(tb, desk, close)
    else:
        if close:
            desk.span[0], desk.span[1] = tb.weeks, 0
        move_units(tb, st, desk, close)
        look_around(tb, desk, close)
        if n_x > 0 and uniform(rng) < 0.3:
            ask_for_more(tb, st, desk, uniform(rng))
    if fine:
        recreate(tb, st, desk, spots, extra)
    return fine
