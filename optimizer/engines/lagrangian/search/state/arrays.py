"""The search's plan in the making: arrays, and the kernels that post and unpost.

Everything a move changes is in one ``State``; ``copy_into`` saves and restores it. Weeks
outside the plan are clipped. Supply is kept exactly (float64 holds the integers).

In one file, though a long one: a state's arrays stand above all that writes to them, and each kernel that posts stands
beside the one that takes back what it posted.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.engines.lagrangian.kernels.arrays import Bools, Floats, Ints
from optimizer.engines.lagrangian.kernels.jit import kernel
from optimizer.engines.lagrangian.tables.records import SET, Tables


class State(NamedTuple):
    """What is decided and what follows from it, all changed in place. Sizes as in ``Tables``; R rotations per unit at
    most. -1 marks "none"; weeks past the end are kept in arrivals and departures alone."""

    supply: Floats  # [A, T] micro-points
    boost: Floats  # [A] what the worst country's term adds to a gain there, as a share of it
    settled: Ints  # [S, T] people
    everyone: Ints  # [S, T] people
    c_settled: Ints  # [C, T] people
    c_all: Ints  # [C, T] people
    brigades: Ints  # [C, T] milli-brigades
    spend: Floats  # [lines, T] micro-money
    rot_n: Ints  # [U] how many
    rot_a: Ints  # [U, R] arrival
    rot_d: Ints  # [U, R] departure
    rot_fixed: Bools  # [U, R] under way
    el_site: Ints  # [E, R] -1 stays home
    el_mode: Ints  # [E, R] row of ``MODES``
    el_set: Ints  # [E, R] -1 none
    el_a: Ints  # [E, R] arrival
    el_d: Ints  # [E, R] departure
    run_host: Ints  # [X] host row, -1 not held
    run_start: Ints  # [X] week
    part_e: Ints  # [N, most] element serving, -1 none
    part_mode: Ints  # [N, most] -1 from theatre
    part_set: Ints  # [N, most] -1 none
    away: Ints  # [E, T] exercise index + 1 while exercising or flown in
    set_site: Ints  # [Q, T] -1 on the move or not there
    set_busy: Ints  # [Q, T] 0 idle, 1 maintenance, 2 + element while held
    block_n: Ints  # [Q] how many
    block_a: Ints  # [Q, K] starts of the maintenance blocks, in order
    slot_use: Ints  # [S, T] milli-slots
    range_use: Ints  # [S, T] exercises
    up_start: Ints  # [B] -1 not bought
    cap_settled: Ints  # [S, T] people, after upgrades and closures
    cap_all: Ints  # [S, T] people
    cap_slots: Ints  # [S, T] milli-slots
    echelon: Ints  # [S, T] of the range
    at_once: Ints  # [S, T] exercises on the range


@kernel
def give_points(tb: Tables, st: State, e: int, site: int, set_id: int, start: int, end: int, sign: float) -> None:
    """Add (sign +1) or take (-1) the points of element ``e`` at ``site`` in [start, end)."""
    y, u = tb.el_type[e], tb.el_unit[e]
    stop = min(end, tb.weeks)
    for j in range(tb.reach_n[y]):
        amount = sign * tb.give[y, site, j]
        if amount == 0.0:
            continue
        a = tb.reach[y, j]
        b = tb.area_block[a]
        if set_id >= 0 and tb.lost[b, set_id]:
            continue
        supply = st.supply
        for t in range(max(start + tb.late[b, u], 0), stop):
            supply[a, t] += amount


@kernel
def stored_points(tb: Tables, st: State, q: int, site: int, t: int, sign: float) -> None:
    """Add or take a stored set's points in week ``t``."""
    for a in range(tb.stored.shape[2]):
        st.supply[a, t] += sign * tb.stored[q, site, a]


@kernel
def hold(tb: Tables, st: State, q: int, e: int, start: int, end: int) -> None:
    """Element ``e`` holds set ``q`` during [start, end): its stored points vanish."""
    for t in range(max(start, 0), min(end, tb.weeks)):
        st.set_busy[q, t] = 2 + e
        stored_points(tb, st, q, st.set_site[q, t], t, -1.0)


@kernel
def release(tb: Tables, st: State, q: int, start: int, end: int) -> None:
    """Undo ``hold``."""
    for t in range(max(start, 0), min(end, tb.weeks)):
        st.set_busy[q, t] = 0
        stored_points(tb, st, q, st.set_site[q, t], t, 1.0)


@kernel
def ready_week(tb: Tables, e: int, mode: int, set_id: int, arrive: int) -> int:
    """First week in which an element that arrives in ``arrive`` counts."""
    weeks = tb.rsoi[tb.el_type[e], mode]
    if set_id >= 0:
        weeks = max(weeks, tb.draw[set_id])
    return arrive + weeks


@kernel
def crowd(tb: Tables, st: State, e: int, site: int, ready: int, start: int, end: int, sign: int) -> None:
    """Count an element's people (and brigades) at a site; ``ready`` < 0: never settled."""
    y = tb.el_type[e]
    n, c = tb.people[y] * sign, tb.country[site]
    everyone, in_country = st.everyone, st.c_all
    for t in range(max(start, 0), min(end, tb.weeks)):
        everyone[site, t] += n
        if c >= 0:
            in_country[c, t] += n
    if ready == -999:
        return
    everyone, in_country, brigades = st.settled, st.c_settled, st.brigades
    for t in range(max(ready, 0), min(end, tb.weeks)):
        everyone[site, t] += n
        if c >= 0:
            in_country[c, t] += n
    if c >= 0:
        more = tb.brigades[y] * sign
        for t in range(max(start, 0), min(end, tb.weeks)):
            brigades[c, t] += more


@kernel
def pay(tb: Tables, st: State, e: int, mode: int, line: int, start: int, end: int, sign: float) -> None:
    """Post the way there and back and the upkeep of an element to ``line``."""
    y = tb.el_type[e]
    if 0 <= start < tb.weeks:
        st.spend[line, start] += sign * tb.mode_cost[y, mode]
    spend, cost = st.spend, sign * tb.week_cost[y]
    for t in range(max(start, 0), min(end, tb.weeks)):
        spend[line, t] += cost


@kernel
def post(tb: Tables, st: State, e: int, r: int, site: int, mode: int, set_id: int, a: int, d: int) -> None:
    """Base element ``e`` in rotation slot ``r`` of its unit."""
    ready = ready_week(tb, e, mode, set_id, a)
    st.el_site[e, r], st.el_mode[e, r], st.el_set[e, r] = site, mode, set_id
    st.el_a[e, r], st.el_d[e, r] = a, d
    give_points(tb, st, e, site, set_id, ready, d, 1.0)
    crowd(tb, st, e, site, ready, a, d, 1)
    pay(tb, st, e, mode, tb.line[0], a, d, 1.0)
    if mode == SET:
        hold(tb, st, set_id, e, a, d + tb.reset[set_id])


@kernel
def unpost(tb: Tables, st: State, e: int, r: int) -> None:
    """Undo ``post``."""
    site, mode, set_id = st.el_site[e, r], st.el_mode[e, r], st.el_set[e, r]
    a, d = st.el_a[e, r], st.el_d[e, r]
    ready = ready_week(tb, e, mode, set_id, a)
    give_points(tb, st, e, site, set_id, ready, d, -1.0)
    crowd(tb, st, e, site, ready, a, d, -1)
    pay(tb, st, e, mode, tb.line[0], a, d, -1.0)
    if mode == SET:
        release(tb, st, set_id, a, d + tb.reset[set_id])
    st.el_site[e, r] = -1


@kernel
def rotation_of(tb: Tables, st: State, e: int, start: int, end: int) -> int:
    """Slot of the rotation on which ``e`` is ready during all of [start, end), or -1."""
    for r in range(st.rot_n[tb.el_unit[e]]):
        there = st.el_site[e, r] >= 0 and st.el_d[e, r] >= end and st.el_a[e, r] <= start
        if there and ready_week(tb, e, st.el_mode[e, r], st.el_set[e, r], st.el_a[e, r]) <= start:
            return r
    return -1


@kernel
def join(
    tb: Tables, st: State, n: int, slot: int, x: int, e: int, mode: int, set_id: int, site: int, w: int, sign: int
) -> None:
    """Element ``e`` takes part (+1) in, or is taken out (-1) of, exercise ``x`` at ``site``."""
    end = w + tb.x_weeks[x]
    if mode < 0:
        r = rotation_of(tb, st, e, w, end)
        u = tb.el_unit[e]
        y, based, q = tb.el_type[e], st.el_site[e, r], st.el_set[e, r]
        ready = ready_week(tb, e, st.el_mode[e, r], q, st.el_a[e, r])
        for j in range(tb.reach_n[y]):
            amount = sign * (tb.give[y, site, j] - tb.give[y, based, j])
            if amount == 0.0:
                continue
            a = tb.reach[y, j]
            b = tb.area_block[a]
            if q >= 0 and tb.lost[b, q]:
                continue
            for t in range(max(w, ready + tb.late[b, u]), end):
                st.supply[a, t] += amount
        for t in range(w, end):
            st.away[e, t] = x + 1 if sign > 0 else 0
    else:
        start = w - (ready_week(tb, e, mode, set_id, 0))
        late = tb.late[:, tb.el_unit[e]].max()
        if late == 0:
            give_points(tb, st, e, site, set_id, w, end, float(sign))
        else:  # a late unit does not come in the scenarios in which it is late
            y = tb.el_type[e]
            for j in range(tb.reach_n[y]):
                b = tb.area_block[tb.reach[y, j]]
                if tb.late[b, tb.el_unit[e]] == 0 and not (set_id >= 0 and tb.lost[b, set_id]):
                    for t in range(w, end):
                        st.supply[tb.reach[y, j], t] += sign * tb.give[y, site, j]
        crowd(tb, st, e, site, -999, start, end, sign)
        pay(tb, st, e, mode, tb.line[1], start, end, float(sign))
        if mode == SET:
            if sign > 0:
                hold(tb, st, set_id, e, start, end + tb.reset[set_id])
            else:
                release(tb, st, set_id, start, end + tb.reset[set_id])
        for t in range(max(start, 0), end):
            st.away[e, t] = x + 1 if sign > 0 else 0
    st.part_e[n, slot] = e if sign > 0 else -1
    st.part_mode[n, slot], st.part_set[n, slot] = mode, set_id


@kernel
def begin_run(tb: Tables, st: State, x: int, h: int, w: int, sign: int) -> None:
    """Hold (+1) or call off (-1) exercise ``x`` at host row ``h``; participants apart."""
    site = tb.host_site[h]
    st.spend[tb.line[1], w] += sign * tb.host_cost[h]
    if tb.x_echelon[x] > 0:
        for t in range(w, w + tb.x_weeks[x]):
            st.range_use[site, t] += sign
    st.run_host[x] = h if sign > 0 else -1
    st.run_start[x] = w


@kernel
def cancel(tb: Tables, st: State, x: int) -> None:
    """Call exercise ``x`` off and send its participants back."""
    h, w = st.run_host[x], st.run_start[x]
    for n in range(tb.need_first[x], tb.need_first[x + 1]):
        for slot in range(tb.need_count[n]):
            e = st.part_e[n, slot]
            if e >= 0:
                join(tb, st, n, slot, x, e, st.part_mode[n, slot], st.part_set[n, slot], tb.host_site[h], w, -1)
    begin_run(tb, st, x, h, w, -1)


@kernel
def remove_rotation(tb: Tables, st: State, u: int, r: int) -> None:
    """Take rotation slot ``r`` of unit ``u`` out; its exercises must be called off before."""
    first, last = tb.el_first[u], tb.el_first[u + 1]
    for e in range(first, last):
        if st.el_site[e, r] >= 0:
            unpost(tb, st, e, r)
    for k in range(r, st.rot_n[u] - 1):
        st.rot_a[u, k], st.rot_d[u, k] = st.rot_a[u, k + 1], st.rot_d[u, k + 1]
        st.rot_fixed[u, k] = st.rot_fixed[u, k + 1]
        for e in range(first, last):
            st.el_site[e, k], st.el_mode[e, k] = st.el_site[e, k + 1], st.el_mode[e, k + 1]
            st.el_set[e, k] = st.el_set[e, k + 1]
            st.el_a[e, k], st.el_d[e, k] = st.el_a[e, k + 1], st.el_d[e, k + 1]
    st.rot_n[u] -= 1
    for e in range(first, last):
        st.el_site[e, st.rot_n[u]] = -1


def most_blocks(tb: Tables) -> int:
    """More maintenance blocks of a set than any plan has."""
    return tb.weeks // max(int(tb.maint.min(initial=tb.weeks)), 1) + 2


def empty_state(tb: Tables, most_rotations: int) -> State:
    """A state in which nothing is decided; sets stand nowhere yet."""
    t, s, e_n, u_n = tb.weeks, len(tb.places), len(tb.el_unit), len(tb.std)
    q_n, n_n = len(tb.draw), len(tb.need_count)
    most = int(tb.need_count.max(initial=1))

    def grid(rows: int, fill: int = 0) -> np.ndarray:
        return np.full((rows, t), fill, dtype=np.int64)

    def slots(rows: int, cols: int, fill: int = -1) -> np.ndarray:
        return np.full((rows, cols), fill, dtype=np.int64)

    closed = np.minimum(tb.closed_left, 1e15).astype(np.int64)
    return State(
        supply=np.zeros((len(tb.area_block), t)),
        boost=np.zeros(len(tb.area_block)),
        settled=grid(s),
        everyone=grid(s),
        c_settled=grid(len(tb.floor)),
        c_all=grid(len(tb.floor)),
        brigades=grid(len(tb.floor)),
        spend=np.zeros((tb.amount.shape[0], t)),
        rot_n=np.zeros(u_n, dtype=np.int64),
        rot_a=slots(u_n, most_rotations, 0),
        rot_d=slots(u_n, most_rotations, 0),
        rot_fixed=np.zeros((u_n, most_rotations), dtype=np.bool_),
        el_site=slots(e_n, most_rotations),
        el_mode=slots(e_n, most_rotations, 0),
        el_set=slots(e_n, most_rotations),
        el_a=slots(e_n, most_rotations, 0),
        el_d=slots(e_n, most_rotations, 0),
        run_host=np.full(len(tb.x_weeks), -1, dtype=np.int64),
        run_start=np.zeros(len(tb.x_weeks), dtype=np.int64),
        part_e=slots(n_n, most),
        part_mode=slots(n_n, most),
        part_set=slots(n_n, most),
        away=grid(e_n),
        set_site=grid(q_n, -1),
        set_busy=grid(q_n),
        block_n=np.zeros(q_n, dtype=np.int64),
        block_a=slots(q_n, most_blocks(tb), 0),
        slot_use=grid(s),
        range_use=grid(s),
        up_start=np.full(len(tb.up_site), -1, dtype=np.int64),
        cap_settled=np.minimum(np.repeat(tb.places[:, None], t, axis=1), closed),
        cap_all=np.minimum(np.repeat(tb.handover[:, None], t, axis=1), closed),
        cap_slots=np.repeat(tb.slots[:, None], t, axis=1),
        echelon=np.repeat(tb.echelon[:, None], t, axis=1),
        at_once=np.repeat(tb.at_once[:, None], t, axis=1),
    )
