"""A prepositioned set's whole life: where it stands, when it moves, when it is maintained.

A state is (week t, site i, layer): a layer is the week by which the next maintenance block must have begun. With g the
worth of a week standing there, m[i, j] the weeks of a move and b those of a block,

    best(t, i, due) = max of   g(t, i) + best(t + 1, i, due)                          while t < due
                               g(t, i) + … + g(t + b − 1, i) + best(t + b, i, t + b + interval)
                               best(t + m[i, j], j, due) − price of the move          over the other sites j
"""

from __future__ import annotations

import numpy as np

from optimizer.engines.lagrangian.bound.parts.records import SetParts
from optimizer.engines.lagrangian.bound.pricing.arcs import HOPELESS, NEG
from optimizer.engines.lagrangian.kernels.arrays import Floats, Ints
from optimizer.engines.lagrangian.kernels.jit import kernel

FIRST, NEVER = range(2)  # layers of the first block and of none; the others are of later ones, by week


@kernel
def due_of(p: SetParts, q: int, layer: int, low: int, t_n: int) -> int:
    """Week by which the block of a layer must have begun; ``low``: the earliest such week of a second block."""
    if layer == FIRST:
        return p.due[q]
    return t_n if layer == NEVER else low + layer - 2


@kernel
def layer_of(again: int, low: int, t_n: int) -> int:
    """Layer of a further block due in week ``again``."""
    return 2 + again - low if again < t_n else NEVER


@kernel
def stand(
    p: SetParts, q: int, t: int, low: int, sites: Ints, gain: Floats, rent: Floats, best: Floats, act: Ints
) -> None:
    """Fill ``best[t]`` and ``act[t]`` with the best of standing and maintenance; ``act`` n stands, n + 1 maintains."""
    t_n, n_i, layers = best.shape[0] - 1, best.shape[1], best.shape[2]
    for i in range(n_i):
        s = sites[i]
        if not p.ok[q, s, t]:
            for layer in range(layers):
                best[t, i, layer] = NEG
            continue
        week = p.soft[q, s, t] - rent[q, s, t]
        if p.busy[q, t + 1] == p.busy[q, t]:
            week += gain[q, s, t]
        blocked, end = NEG, min(t + p.block[q], t_n)
        if p.interval[q] > 0 and p.busy[q, end] == p.busy[q, t]:
            blocked = 0.0
            for w in range(t, end):
                blocked += p.soft[q, s, w] - rent[q, s, w] if p.ok[q, s, w] else NEG
            blocked += best[end, i, layer_of(end + p.interval[q], low, t_n)]
        for layer in range(layers):
            top, what = NEG, -1
            if t < due_of(p, q, layer, low, t_n):
                top, what = week + best[t + 1, i, layer], n_i
            if blocked > top:
                top, what = blocked, n_i + 1
            best[t, i, layer], act[t, i, layer] = top, what


@kernel
def leave(p: SetParts, q: int, t: int, low: int, sites: Ints, road: Floats, best: Floats, act: Ints) -> None:
    """Let moves that begin in week ``t`` compete in ``best[t]`` and ``act[t]``, which then is the site they go to."""
    t_n, n_i, layers = best.shape[0] - 1, best.shape[1], best.shape[2]
    for i in range(n_i):
        for j in range(n_i):
            arrive = t + p.move[sites[i], sites[j]]
            if i == j or arrive <= t or arrive >= t_n or p.stay[q, arrive] > p.stay[q, t]:
                continue
            for layer in range(layers):
                sure = best[arrive, j, layer] - p.move_cost[q] * road[t]
                if arrive <= due_of(p, q, layer, low, t_n) and sure > best[t, i, layer]:
                    best[t, i, layer], act[t, i, layer] = sure, j


@kernel
def live(
    p: SetParts,
    q: int,
    begin: int,
    at: int,
    low: int,
    sites: Ints,
    act: Ints,
    stood: Floats,
    kept: Floats,
    moved: Floats,
) -> None:
    """Book the life that begins at ``sites[at]``."""
    t_n, n_i, t, layer = act.shape[0] - 1, act.shape[1], begin, FIRST
    while t < t_n:
        what, s = act[t, at, layer], sites[at]
        if what == n_i:
            stood[q, s, t] += 1.0
            if p.busy[q, t + 1] == p.busy[q, t]:
                kept[q, s, t] += 1.0
            t += 1
        elif what == n_i + 1:
            end = min(t + p.block[q], t_n)
            for w in range(t, end):
                stood[q, s, w] += 1.0
            t, layer = end, layer_of(end + p.interval[q], low, t_n)
        else:
            moved[q, t] += 1.0
            t += p.move[s, sites[what]]
            at = what


@kernel
def sets(p: SetParts, gain: Floats, rent: Floats, road: Floats, stood: Floats, kept: Floats, moved: Floats) -> float:
    """Sum of the sets' best lives.

    ``gain[q, s, t]``: worth of a week standing at s free for use; ``rent``: price of any
    week standing there; ``road[t]``: price of money when a move begins. ``stood`` and
    ``kept`` (standing free for use) get the chosen weeks, ``moved[q, t]`` the moves.
    """
    n_q, n_s, t_n = gain.shape
    sites = np.zeros(n_s, np.int64)
    total = 0.0
    for q in range(n_q):
        if p.available[q] >= t_n:
            continue
        n_i, begin = 0, p.available[q]
        for s in range(n_s):
            if p.usable[q, s]:
                sites[n_i] = s
                n_i += 1
        low = begin + p.block[q] + p.interval[q]
        layers = 2 + (max(0, t_n - low) if p.interval[q] > 0 else 0)
        best = np.zeros((t_n + 1, n_i, layers))
        act = np.zeros((t_n + 1, n_i, layers), np.int64)
        for t in range(t_n - 1, begin - 1, -1):
            stand(p, q, t, low, sites, gain, rent, best, act)
            leave(p, q, t, low, sites, road, best, act)
        at, value = -1, NEG
        for i in range(n_i):
            if (p.start[q] < 0 or sites[i] == p.start[q]) and best[begin, i, FIRST] > value:
                at, value = i, best[begin, i, FIRST]
        total += value
        if value >= HOPELESS:
            live(p, q, begin, at, low, sites, act, stood, kept, moved)
    return total
