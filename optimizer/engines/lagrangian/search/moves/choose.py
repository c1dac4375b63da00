"""Ruin and recreate: free a little of the plan, then rebuild it at best responses."""

from __future__ import annotations

from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np

from optimizer.engines.lagrangian.kernels.chance import below, uniform
from optimizer.engines.lagrangian.kernels.jit import Kernel, kernel
from optimizer.engines.lagrangian.search.insert.exercises import insert_run
from optimizer.engines.lagrangian.search.moves.desk import Desk, ask, clear, idle_units
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
from optimizer.engines.lagrangian.search.state.arrays import State
from optimizer.engines.lagrangian.tables.records import Tables

INSISTENT = 0.7  # share of the moves that make way for what has to be true, while something of it is not
LONG, MARGIN, HALF = 78, 13, 26  # weeks of a plan in which one looks around what was freed only, and how far around


@kernel
def look_around(tb: Tables, desk: Desk, close: bool) -> None:
    """After ``close`` moves units are inserted only in the weeks around what was freed."""
    if close and desk.span[0] < desk.span[1]:
        margin = MARGIN * (1 + below(desk.rng, 2))
        desk.span[0], desk.span[1] = max(desk.span[0] - margin, 0), min(desk.span[1] + margin, tb.weeks)
    else:
        desk.span[0], desk.span[1] = 0, tb.weeks


@kernel
def shift_runs(tb: Tables, st: State, desk: Desk) -> None:
    """Move exercises, now and then with units that have nothing to do."""
    move_runs(tb, st, desk)
    if uniform(desk.rng) < 0.3:
        idle_units(tb, st, desk, 2)


@kernel
def hold_missing(tb: Tables, st: State, desk: Desk, close: bool) -> None:
    """Make way for an exercise that is not held, and for those it needs."""
    rng = desk.rng
    x = missing_run(tb, st, desk)
    h, w = spot_of(tb, rng, x, -np.inf) if x >= 0 else (-1, -1)
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


@kernel
def change_stays(tb: Tables, st: State, desk: Desk, close: bool) -> None:
    """Withdraw a few units, now and then with exercises asked for."""
    if close:
        desk.span[0], desk.span[1] = tb.weeks, 0
    move_units(tb, st, desk, close)
    look_around(tb, desk, close)
    if st.run_host.size > 0 and uniform(desk.rng) < 0.3:
        ask_for_more(tb, st, desk, uniform(desk.rng))


class Move(NamedTuple):
    """A way to free a little of the plan."""

    name: str
    share: float  # of the moves; one for which a case has nothing leaves its share to those after it
    free: Kernel[..., Any]


MOVES = (
    Move("set", 0.08, move_set),
    Move("upgrade", 0.03, move_upgrade),
    Move("runs", 0.10, shift_runs),
    Move("swap", 0.09, swap_in),
    Move("missing", 0.25, hold_missing),
    Move("stays", 0.45, change_stays),
    Move("must", 0.0, meet),  # instead of any other, while something that has to be true is not
)
SET_ROUTE, UPGRADE, RUNS, SWAP, MISSING, STAYS, MUST = range(len(MOVES))
UNTIL = tuple(round(s, 9) for s in accumulate(m.share for m in MOVES))


@kernel
def drawn(tb: Tables, kind: float) -> int:
    """The move for ``kind``, a random number in [0, 1)."""
    sets, upgrades, exercises = tb.draw.size > 0, tb.up_site.size > 0, tb.x_weeks.size > 0
    some = (sets, upgrades, exercises, True, exercises)
    for m in range(STAYS):
        if kind < UNTIL[m] and some[m]:
            return m
    return STAYS


@kernel
def ruin_and_recreate(tb: Tables, st: State, desk: Desk) -> bool:
    """One move, counted in ``desk``; false if the state is broken and must be restored."""
    rng, fine = desk.rng, True
    clear(tb, desk, 0.0 if uniform(rng) < 0.25 else 0.2 + uniform(rng))
    must = unmet(tb, st, rng) if tb.wish_must.shape[0] > 0 else -1
    move = MUST if must >= 0 and uniform(rng) < INSISTENT else drawn(tb, uniform(rng))
    close = move != MUST and tb.weeks > LONG and uniform(rng) < 0.9
    desk.move[0] = move
    desk.tried[move] += 1
    if move == MUST:  # a branch for each row of ``MOVES``: the moves differ in what they take and give
        fine = meet(tb, st, desk, must)
    elif move == SET_ROUTE:
        fine = move_set(tb, st, desk)
    elif move == UPGRADE:
        fine = move_upgrade(tb, st, desk)
    elif move == RUNS:
        shift_runs(tb, st, desk)
    elif move == SWAP:
        swap_in(tb, st, desk)
    elif move == MISSING:
        hold_missing(tb, st, desk, close)
    else:
        change_stays(tb, st, desk, close)
    if fine:
        many = move == RUNS  # several exercises look for a spot
        recreate(tb, st, desk, 2 * SPOTS if many else SPOTS, 6 if many else 4)
    return fine
