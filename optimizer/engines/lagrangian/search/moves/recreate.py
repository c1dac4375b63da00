"""Rebuild what a move freed: units at best responses, then the exercises asked for."""

from __future__ import annotations

from optimizer.engines.lagrangian.kernels.chance import below, pick, shuffle
from optimizer.engines.lagrangian.kernels.jit import kernel
from optimizer.engines.lagrangian.search.insert.exercises import insert_run
from optimizer.engines.lagrangian.search.insert.fitting import hold_exactly
from optimizer.engines.lagrangian.search.insert.units import respond
from optimizer.engines.lagrangian.search.moves.desk import Desk, goes, take_back
from optimizer.engines.lagrangian.search.state.arrays import State, rotation_of
from optimizer.engines.lagrangian.tables.records import HOME, Tables

ROTATION, EXERCISE, SET_LINE = 0, 1, 2
TRIES, NOISE, WIDTH, SPOTS = 2, 0.2, 3, 6


@kernel
def able(tb: Tables, st: State, n: int, e: int, site: int, w: int, end: int) -> bool:
    """Whether ``e`` is in theatre, ready and near enough to serve need ``n``, busy or not."""
    r = rotation_of(tb, st, e, w, end)
    return r >= 0 and tb.days[tb.movement[tb.el_type[e]], st.el_site[e, r], site] <= tb.need_days[n]


@kernel
def offer(tb: Tables, st: State, desk: Desk) -> None:
    """Fill ``pull``: every exercise asked for offers (its eagerness times) its value to the elements
    it still lacks in theatre, the scarce ones above all, at the sites near enough, in the weeks asked for."""
    take_back(tb, desk)
    for i in range(desk.n[1]):
        x, h, w = desk.asks[i, 0], desk.asks[i, 1], desk.asks[i, 2]
        if st.run_host[x] >= 0:
            continue
        end, site, total = w + tb.x_weeks[x], tb.host_site[h], 0.0
        for n in range(tb.need_first[x], tb.need_first[x + 1]):
            desk.short[n] = 0
            if tb.need_origin[n] == HOME:
                continue
            there = 0
            for j in range(tb.cand_first[n], tb.cand_first[n + 1]):
                if able(tb, st, n, tb.cand[j], site, w, end):
                    there += 1
                    if there == tb.need_count[n]:
                        break
            desk.short[n] = tb.need_count[n] - there
            total += desk.short[n] * desk.scarce[n]
        for n in range(tb.need_first[x], tb.need_first[x + 1]):
            if desk.short[n] > 0:
                share = desk.eager[i] * tb.x_value[x] * desk.scarce[n] / total / tb.x_weeks[x]
                for y in range(len(tb.people)):
                    days = tb.days[tb.movement[y]]
                    for s in range(len(tb.places) if tb.need_type[n, y] else 0):
                        if tb.opens[s] and days[s, site] <= tb.need_days[n]:
                            desk.pull[y, s, w:end] += share


@kernel
def insert(tb: Tables, st: State, desk: Desk, u: int, tries: int) -> bool:
    """Add the best further rotation of unit ``u`` at the offers of the exercises asked for."""
    bonus = 0.0
    if desk.lean[u] != 0.0 and not goes(st, u):
        bonus = desk.lean[u]
    if bonus < 0.0:
        return False
    offer(tb, st, desk)
    return respond(
        tb, st, desk.rng, u, desk.price[ROTATION], desk.pull, desk.core, desk.bases, desk.others, desk.span, bonus,
        NOISE, tries,
    )  # fmt: skip


@kernel
def hold_asked(tb: Tables, st: State, desk: Desk, spots: int) -> None:
    """Hold the exercises asked for, in random order, where that improves the plan."""
    rng = desk.rng
    for i in range(desk.n[1]):
        j = i + below(rng, desk.n[1] - i)
        for k in range(3):
            desk.asks[i, k], desk.asks[j, k] = desk.asks[j, k], desk.asks[i, k]
        desk.eager[i], desk.eager[j] = desk.eager[j], desk.eager[i]
        x, h, w = desk.asks[i, 0], desk.asks[i, 1], desk.asks[i, 2]
        if tb.wish_frozen_run[x, 0] >= 0:  # it stands as it was, or not at all
            if st.run_host[x] < 0:
                hold_exactly(tb, st, x, tb.wish_frozen_run[x, 0], tb.wish_frozen_run[x, 1], tb.wish_frozen_part)
        elif st.run_host[x] < 0:
            insert_run(tb, st, rng, x, desk.price[EXERCISE], spots, WIDTH, h, w)


@kernel
def hold_others(tb: Tables, st: State, desk: Desk, spots: int, extra: int) -> None:
    """Hold up to ``extra`` random exercises more."""
    n_x = st.run_host.size
    for x in range(n_x):
        desk.mask[x] = st.run_host[x] < 0 and not desk.asked[x] and tb.wish_frozen_run[x, 0] < 0
    for _ in range(extra):
        x = pick(desk.rng, desk.mask[:n_x])
        if x < 0:
            return
        desk.mask[x] = False
        insert_run(tb, st, desk.rng, x, desk.price[EXERCISE], spots, WIDTH, -1, -1)


@kernel
def recreate(tb: Tables, st: State, desk: Desk, spots: int, extra: int) -> None:
    """Insert the urgent unit, then the listed ones in random order, the exercises asked for and ``extra`` others."""
    shuffle(desk.rng, desk.units, desk.n[0])
    for i in range(-1, desk.n[0]):
        u = desk.urgent[0] if i < 0 else desk.units[i]
        for _ in range(6 if u >= 0 else 0):
            if not insert(tb, st, desk, u, TRIES if i >= 0 else 2 * TRIES):
                break
    hold_asked(tb, st, desk, spots)
    hold_others(tb, st, desk, spots, extra)
