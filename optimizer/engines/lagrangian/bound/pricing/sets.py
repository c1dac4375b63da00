"""A prepositioned set's whole life: where it stands, when it moves, when it is maintained."""

from __future__ import annotations

import numpy as np

from optimizer.engines.lagrangian.bound.parts.records import SetParts
from optimizer.engines.lagrangian.bound.pricing.arcs import HOPELESS, NEG
from optimizer.engines.lagrangian.kernels.jit import kernel


@kernel
def sets(p: SetParts, gain, rent, road, stood, kept, moved):
    """Sum of the sets' best lives.

    ``gain[q, s, t]``: worth of a week standing at s free for use; ``rent``: price of any
    week standing there; ``road[t]``: price of money when a move begins. ``stood`` and
    ``kept`` (standing free for use) get the chosen weeks, ``moved[q, t]`` the moves. A
    state is (week, site, week in which the next block must have begun); due weeks 0 and
    above T stand for the first block and for none.
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
        low = begin + p.block[q] + p.interval[q]  # earliest due week of a second block
        layers = 2 + (max(0, t_n - low) if p.interval[q] > 0 else 0)
        best = np.zeros((t_n + 1, n_i, layers))
        act = np.zeros((t_n + 1, n_i, layers), np.int64)
        for t in range(t_n - 1, begin - 1, -1):
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
                    again = end + p.interval[q]
                    blocked += best[end, i, 2 + again - low if again < t_n else 1]
                for layer in range(layers):
                    due = t_n
                    if layer == 0:
                        due = p.due[q]
                    elif layer >= 2:
                        due = low + layer - 2
                    top, what = NEG, -1
                    if t < due:
                        top, what = week + best[t + 1, i, layer], n_i
                    if blocked > top:
                        top, what = blocked, n_i + 1
                    best[t, i, layer], act[t, i, layer] = top, what
            for i in range(n_i):
                for j in range(n_i):
                    arrive = t + p.move[sites[i], sites[j]]
                    if i == j or arrive <= t or arrive >= t_n or p.stay[q, arrive] > p.stay[q, t]:
                        continue
                    for layer in range(layers):
                        due = t_n
                        if layer == 0:
                            due = p.due[q]
                        elif layer >= 2:
                            due = low + layer - 2
                        sure = best[arrive, j, layer] - p.move_cost[q] * road[t]
                        if arrive <= due and sure > best[t, i, layer]:
                            best[t, i, layer], act[t, i, layer] = sure, j
        at, value = -1, NEG
        for i in range(n_i):
            if (p.start[q] < 0 or sites[i] == p.start[q]) and best[begin, i, 0] > value:
                at, value = i, best[begin, i, 0]
        total += value
        if value < HOPELESS:
            continue
        t, layer = begin, 0
        while t < t_n:
            what, s = act[t, at, layer], sites[at]
            if what == n_i:
                stood[q, s, t] += 1.0
                if p.busy[q, t + 1] == p.busy[q, t]:
                    kept[q, s, t] += 1.0
                t += 1
            elif what == n_i + 1:
                end = min(t + p.block[q], t_n)
                stood[q, s, t:end] += 1.0
                again = end + p.interval[q]
                t, layer = end, (2 + again - low if again < t_n else 1)
            else:
                moved[q, t] += 1.0
                t += p.move[s, sites[what]]
                at = what
    return total
