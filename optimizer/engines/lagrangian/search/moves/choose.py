"""Ruin and recreate: free a little of the plan, then rebuild it at best responses."""

from __future__ import annotations

from optimizer.engines.lagrangian.kernels.chance import below, uniform
from optimizer.engines.lagrangian.kernels.jit import kernel
from optimizer.engines.lagrangian.search.insert.exercises import insert_run
from optimizer.engines.lagrangian.search.moves.desk import ask, clear, idle_units
from optimizer.engines.lagrangian.search.moves.events import (
    ask_for_more,
    clear_way,
    from_home,
    make_way,
    missing_run,
    move_runs,
    spot_of,
)
from optimizer.engines.lagrangian.search.moves.musts import meet, unmet
from optimizer.engines.lagrangian.search.moves.recreate import EXERCISE, SPOTS, WIDTH, recreate
from optimizer.engines.lagrangian.search.moves.sets import move_set, move_upgrade
from optimizer.engines.lagrangian.search.moves.units import move_units, swap_in

INSISTENT = 0.7  # share of the moves that make way for what has to be true, while something of it is not
LONG, MARGIN, HALF = 78, 13, 26  # weeks of a plan in which one looks around what was freed only, and how far around


@kernel
def look_around(tb, desk, close):
    """After ``close`` moves units are inserted only in the weeks around what was freed."""
    if close and desk.span[0] < desk.span[1]:
        margin = MARGIN * (1 + below(desk.rng, 2))
        desk.span[0], desk.span[1] = max(desk.span[0] - margin, 0), min(desk.span[1] + margin, tb.weeks)
    else:
        desk.span[0], desk.span[1] = 0, tb.weeks


@kernel
def ruin_and_recreate(tb, st, desk):
    """One move; false if the state is broken and must be restored."""
    rng, n_x = desk.rng, st.run_host.size
    clear(tb, desk, 0.0 if uniform(rng) < 0.25 else 0.2 + uniform(rng))
    must = unmet(tb, st, rng) if tb.wish_must.shape[0] > 0 else -1
    if must >= 0 and uniform(rng) < INSISTENT:
        meet(tb, st, desk, must)
        recreate(tb, st, desk, SPOTS, 4)
        return True
    kind, fine, spots, extra = uniform(rng), True, SPOTS, 4
    close = tb.weeks > LONG and uniform(rng) < 0.9
    if kind < 0.08 and len(tb.draw) > 0:
        fine = move_set(tb, st, desk)
    elif kind < 0.11 and len(tb.up_site) > 0:
        fine = move_upgrade(tb, st, desk)
    elif kind < 0.21 and n_x > 0:
        move_runs(tb, st, desk)
        if uniform(rng) < 0.3:
            idle_units(tb, st, desk, 2)
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
            if from_home(tb, x) and uniform(rng) < 0.5:  # before units at home are sent elsewhere
                insert_run(tb, st, rng, x, desk.price[EXERCISE], 0, WIDTH, h, w)
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
