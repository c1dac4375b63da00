"""Moves on what has to be true: way is made for it and it is staffed, for it would hardly ever come about by luck."""

from __future__ import annotations

import numpy as np

from optimizer.engines.lagrangian.kernels.arrays import Bools, Words
from optimizer.engines.lagrangian.kernels.chance import below, uniform
from optimizer.engines.lagrangian.kernels.jit import kernel
from optimizer.engines.lagrangian.search.insert.exercises import insert_run
from optimizer.engines.lagrangian.search.moves.desk import Desk, ask, come_home, enlist, withdraw
from optimizer.engines.lagrangian.search.moves.events import clear_way, make_way, spot_of
from optimizer.engines.lagrangian.search.moves.ground import acquire, free_money, make_places, make_range, station
from optimizer.engines.lagrangian.search.moves.recreate import EXERCISE
from optimizer.engines.lagrangian.search.moves.units import least_cost
from optimizer.engines.lagrangian.search.state.arrays import State, cancel
from optimizer.engines.lagrangian.tables.records import (
    BY_ELEMENT,
    BY_PARTICIPANT,
    BY_RUN,
    BY_SET,
    BY_UNIT,
    FORBIDDEN,
    Tables,
)

INSIST = 1e5  # score points that what has to be held offers those it needs
SPOTS, WIDTH = 12, 8  # spots and candidates looked at for an exercise that has to be held


@kernel
def based_rightly(tb: Tables, st: State, k: int, e: int, t: int) -> bool:
    """Whether element ``e`` is, in week ``t``, where must line ``k`` wants it."""
    for r in range(st.rot_n[tb.el_unit[e]]):
        s = st.el_site[e, r]
        if s >= 0 and st.el_a[e, r] <= t < st.el_d[e, r]:
            if tb.wish_must[k, 0] == BY_UNIT:
                return tb.wish_unit_place[tb.wish_must[k, 1], s]
            return tb.wish_element[e, s, t] > -FORBIDDEN
    return False


@kernel
def is_met(tb: Tables, st: State, k: int) -> bool:
    """Whether must line ``k`` is true."""
    kind, who, a, b = tb.wish_must[k, 0], tb.wish_must[k, 1], tb.wish_must[k, 2], tb.wish_must[k, 3]
    if kind == BY_UNIT:
        u = tb.wish_unit[who]
        for e in range(tb.el_first[u], tb.el_first[u + 1]):
            if not tb.el_optional[e]:
                for t in range(a, b):
                    if not based_rightly(tb, st, k, e, t):
                        return False
        return True
    if kind == BY_ELEMENT:
        for t in range(a, b):
            if not based_rightly(tb, st, k, who, t):
                return False
        return True
    if kind == BY_RUN:
        return st.run_host[who] >= 0 and tb.wish_run[st.run_host[who], st.run_start[who]] > -FORBIDDEN
    if kind == BY_PARTICIPANT:
        for n in range(tb.need_first[a], tb.need_first[a + 1]):
            for slot in range(tb.need_count[n]):
                if st.run_host[a] >= 0 and st.part_e[n, slot] == who:
                    return True
        return False
    if kind == BY_SET:
        for t in range(a, b):
            if st.set_site[who, t] < 0 or tb.wish_set_at[who, st.set_site[who, t], t] < -FORBIDDEN:
                return False
        return True
    return st.up_start[who] >= 0 and tb.wish_buy[who, st.up_start[who]] > -FORBIDDEN


@kernel
def unmet(tb: Tables, st: State, rng: Words) -> int:
    """A random must line that is not true, -1 if all are."""
    found, at = 0, -1
    for k in range(tb.wish_must.shape[0]):
        if not is_met(tb, st, k):
            found += 1
            if below(rng, found) == 0:
                at = k
    return at


@kernel
def free_places(tb: Tables, st: State, desk: Desk, u: int, place: Bools, start: int, end: int) -> None:
    """Take rotations based in ``place`` ([S], a mask) during [start, end) out, half of them by chance."""
    for o in range(st.rot_n.size):
        for r in range(st.rot_n[o] - 1, -1, -1):
            a, d = st.rot_a[o, r], st.rot_d[o, r]
            if o == u or st.rot_fixed[o, r] or a >= end or d <= start or uniform(desk.rng) < 0.5:
                continue
            here = False
            for e in range(tb.el_first[o], tb.el_first[o + 1]):
                here = here or (st.el_site[e, r] >= 0 and place[st.el_site[e, r]])
            if here:
                withdraw(tb, st, desk, o, a, d)


@kernel
def send(tb: Tables, st: State, desk: Desk, u: int, place: Bools, start: int, end: int) -> None:
    """Make way for unit ``u``, which has to be in ``place`` ([S], a mask) during [start, end): beside the others, or in
    their place, or for their money. It is inserted before all others."""
    come_home(tb, st, desk, u, start, end)
    margin, luck = tb.rest.shape[1], uniform(desk.rng)
    withdraw(tb, st, desk, u, start - margin, end + margin)
    if luck > 0.3:
        free_places(tb, st, desk, u, place, start, end)
    if luck > 0.6:
        free_money(tb, st, desk, least_cost(tb, u) * (1.0 + 2.0 * uniform(desk.rng)))
    make_places(tb, st, desk, u, place, start, end)
    desk.urgent[0] = u


@kernel
def required_spot(tb: Tables, rng: Words, x: int) -> tuple[int, int]:
    """A random spot (host row, week) at which exercise ``x``, once it has to be held, may be held."""
    most = 0.0
    for h in range(tb.host_first[x], tb.host_first[x + 1]):
        for w in range(tb.weeks):
            if tb.start_ok[h, w]:
                most = max(most, tb.wish_run[h, w])
    return spot_of(tb, rng, x, 0.5 * most - 1.0)


@kernel
def stage(tb: Tables, st: State, desk: Desk, x: int, e: int) -> None:
    """Hold exercise ``x`` (with element ``e``, -1 with whomever): call off what is in its way, bring in whom it
    needs at whatever it takes, hold it."""
    rng = desk.rng
    if tb.wish_frozen_run[x, 0] >= 0:
        h, w = tb.wish_frozen_run[x, 0], tb.wish_frozen_run[x, 1]
    else:
        h, w = required_spot(tb, rng, x)
    if h < 0:
        return
    if st.run_host[x] >= 0:  # held where, or with whom, it should not be
        cancel(tb, st, x)
    end = w + tb.x_weeks[x]
    make_range(tb, st, desk, x, tb.host_site[h], w)
    ask(desk, x, h, w, INSIST / max(tb.x_value[x], 1e-3))
    clear_way(tb, st, desk, x, h, w)
    if uniform(rng) < 0.5:
        free_money(tb, st, desk, tb.host_cost[h] * 2.0 * uniform(rng))
    if insert_run(tb, st, rng, x, desk.price[EXERCISE], SPOTS, WIDTH, h, w):
        return
    make_way(tb, st, desk, x, h, w, False)
    if e >= 0:
        u = tb.el_unit[e]
        withdraw(tb, st, desk, u, w, end)
        desk.urgent[0] = u
    for n in range(tb.need_first[x], tb.need_first[x + 1]):
        size, first = tb.cand_first[n + 1] - tb.cand_first[n], tb.cand_first[n]
        for _ in range(min(size, 2 * tb.need_count[n])):
            u = tb.el_unit[tb.cand[first + below(rng, size)]]
            if uniform(rng) < 0.3:
                free_money(tb, st, desk, least_cost(tb, u))
            enlist(desk, u)


@kernel
def meet(tb: Tables, st: State, desk: Desk, k: int) -> bool:
    """Make must line ``k`` true if that can be done; false if the state is broken."""
    kind, who, a, b = tb.wish_must[k, 0], tb.wish_must[k, 1], tb.wish_must[k, 2], tb.wish_must[k, 3]
    if kind == BY_UNIT:
        send(tb, st, desk, tb.wish_unit[who], tb.wish_unit_place[who], a, b)
    elif kind == BY_ELEMENT:
        place = np.zeros(len(tb.places), np.bool_)
        for s in range(place.size):
            for t in range(a, b):
                place[s] = place[s] or tb.wish_element[who, s, t] > -FORBIDDEN
        send(tb, st, desk, tb.el_unit[who], place, a, b)
    elif kind == BY_RUN:
        stage(tb, st, desk, who, -1)
    elif kind == BY_PARTICIPANT:
        stage(tb, st, desk, a, who)
    elif kind == BY_SET:
        return station(tb, st, desk, who, a, b)
    else:
        acquire(tb, st, desk, who)
    return True
