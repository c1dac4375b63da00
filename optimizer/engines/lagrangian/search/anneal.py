"""Simulated annealing over ruin-and-recreate moves, compiled as a whole."""

from __future__ import annotations

import numpy as np

from optimizer.engines.lagrangian.kernels.arrays import Floats
from optimizer.engines.lagrangian.kernels.chance import uniform
from optimizer.engines.lagrangian.kernels.jit import kernel
from optimizer.engines.lagrangian.search.cooling import accepts, temperature
from optimizer.engines.lagrangian.search.insert.presence import all_bear
from optimizer.engines.lagrangian.search.moves.choose import ruin_and_recreate
from optimizer.engines.lagrangian.search.moves.desk import Desk, clear, enlist, leaning
from optimizer.engines.lagrangian.search.moves.events import ask_for_more
from optimizer.engines.lagrangian.search.moves.musts import is_met, meet
from optimizer.engines.lagrangian.search.moves.recreate import TRIES, insert, recreate
from optimizer.engines.lagrangian.search.state.arrays import State
from optimizer.engines.lagrangian.search.state.structs import copy_into
from optimizer.engines.lagrangian.search.state.value import money_fits, score
from optimizer.engines.lagrangian.tables.records import Tables


@kernel
def construct(tb: Tables, st: State, backup: State, desk: Desk, eager: float) -> None:
    """A complete plan from nothing: units in random order, those leant towards first, then every
    exercise, at best responses. ``eager``: how far exercises not held yet pull on units. ``backup`` is scratch."""
    n = st.rot_n.size
    score(tb, st)
    for k in range(tb.wish_must.shape[0]):
        if not is_met(tb, st, k):
            clear(tb, desk, 1.0)
            copy_into(st, backup)
            if meet(tb, st, desk, k):
                recreate(tb, st, desk, 1 << 20, 0)
            else:
                copy_into(backup, st)
    clear(tb, desk, 1.0)
    ask_for_more(tb, st, desk, eager)
    key = np.empty(n)
    for u in range(n):
        key[u] = uniform(desk.rng) - (2.0 if desk.lean[u] > 0.0 else 0.0)
    for u in np.argsort(key):
        enlist(desk, u)
        for _ in range(6):
            if not insert(tb, st, desk, u, TRIES):
                break
    score(tb, st)
    recreate(tb, st, desk, 1 << 20, st.run_host.size)
    clear(tb, desk, 0.5)
    for u in range(n):
        enlist(desk, u)
    recreate(tb, st, desk, 1 << 20, st.run_host.size)


@kernel
def anneal(
    tb: Tables,
    st: State,
    best: State,
    backup: State,
    desk: Desk,
    tops: Floats,
    first: int,
    steps: int,
    total: int,
    hot: float,
    cold: float,
) -> None:
    """Moves ``first`` to ``first + steps`` of a descent of ``total`` moves during which the
    temperature (score points) falls from ``hot`` to ``cold``. ``tops``: [2] score of
    the present state (kept in ``backup``), leaning included, and score of the ``best``; changed in place, as are the
    states."""
    for i in range(first, first + steps):
        after = score(tb, st) if ruin_and_recreate(tb, st, desk) else -np.inf
        leant = after + leaning(st, desk)
        kept = accepts(desk.rng, tops[0], leant, temperature(hot, cold, i, total))
        if kept and money_fits(tb, st) and all_bear(tb, st):
            tops[0] = leant
            desk.kept[desk.move[0]] += 1
            copy_into(st, backup)
            if after > tops[1] + 1e-9:
                tops[1] = after
                copy_into(st, best)
        else:
            copy_into(backup, st)


@kernel
def advance(
    tb: Tables,
    st: State,
    best: State,
    backup: State,
    desk: Desk,
    tops: Floats,
    eager: float,
    first: int,
    steps: int,
    total: int,
    hot: float,
    cold: float,
) -> None:
    """What Python calls: ``anneal``, or ``construct`` where there are no ``steps``. In one kernel what both call is
    optimised once."""
    if steps > 0:
        anneal(tb, st, best, backup, desk, tops, first, steps, total, hot, cold)
    else:
        construct(tb, st, backup, desk, eager)
