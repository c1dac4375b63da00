"""Moves on units: related ones are freed, an idle one is swapped in."""

from __future__ import annotations

from optimizer.engines.lagrangian.kernels.chance import below, pick, uniform
from optimizer.engines.lagrangian.kernels.jit import kernel
from optimizer.engines.lagrangian.search.insert.ways import dues
from optimizer.engines.lagrangian.search.moves.desk import (
    Desk,
    base_of,
    come_home,
    free_rotation,
    idle_units,
    is_flown,
    withdraw,
)
from optimizer.engines.lagrangian.search.moves.events import ask_for_more
from optimizer.engines.lagrangian.search.moves.recreate import ROTATION, SPOTS, TRIES, hold_asked, insert
from optimizer.engines.lagrangian.search.state.arrays import State
from optimizer.engines.lagrangian.tables.records import Tables


@kernel
def let_go(tb: Tables, st: State, desk: Desk, u: int, start: int, end: int) -> None:
    """Withdraw the unit and, where it is brought in for exercises too, half of the time from these."""
    if is_flown(tb, st, u) and uniform(desk.rng) < 0.5:
        come_home(tb, st, desk, u, 0, tb.weeks)
    withdraw(tb, st, desk, u, start, end)


@kernel
def move_units(tb: Tables, st: State, desk: Desk, close: bool) -> None:
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
        let_go(tb, st, desk, u, start, end)
        for _ in range(1 + below(rng, 3)):
            o = pick(rng, desk.mask[: st.rot_n.size])
            if o < 0:
                break
            desk.mask[o] = False
            let_go(tb, st, desk, o, start, end)
    idle_units(tb, st, desk, 3)


@kernel
def least_cost(tb: Tables, u: int) -> float:
    """Money that the shortest rotation of unit ``u`` costs at least, without optional elements."""
    shortest = tb.weeks
    for i in range(tb.iv_first[u], tb.iv_first[u + 1]):
        shortest = min(shortest, min(tb.iv_d[i], tb.weeks) - tb.iv_a[i])
    fare, upkeep = dues(tb, u)
    return fare + shortest * upkeep


@kernel
def swap_in(tb: Tables, st: State, desk: Desk) -> None:
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
