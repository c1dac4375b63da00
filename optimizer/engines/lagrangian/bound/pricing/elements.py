"""Elements at given prices: the best base by interval, the best deployments by weeks at home."""

from __future__ import annotations

import numpy as np

from optimizer.engines.lagrangian.bound.parts.records import Fliers, Posts, Visits
from optimizer.engines.lagrangian.bound.pricing.arcs import NEG, Arcs, Prices, flights, new_arcs, visits
from optimizer.engines.lagrangian.bound.pricing.paths import Labels, best_by, new_labels, walk
from optimizer.engines.lagrangian.kernels.arrays import Bools, Floats, Ints
from optimizer.engines.lagrangian.kernels.jit import kernel


@kernel
def repeats(arcs: Arcs, a: int) -> bool:
    """Whether an exercise that an arc from week ``a`` takes part in may come again after it."""
    width, at = arcs.start.shape[1], arcs.head[a]
    while at >= 0:
        end, i = at // width, at % width
        if arcs.late[arcs.exercise[end, i]] >= end:
            return True
        at = arcs.next[end, i]
    return False


@kernel
def courses(arcs: Arcs, lab: Labels, longest: int, path: Floats, since: Ints) -> None:
    """``path[a, d]``: worth of the best path in [a, d), d − a up to ``longest``, for those weeks a in which an arc
    starts; any other week begins with free weeks up to ``since[a]``, the next of them (T if none). Where no exercise
    that starts in a can come again, path(a, d) = max(path(a + 1, d), worth + path(end, d) over the arcs from a).
    ``path`` ([T + 1, T + 1]) and ``since`` ([T + 2]) are filled."""
    t_n, width = arcs.n.size - 1, arcs.start.shape[1]
    since[t_n] = t_n
    path[t_n, t_n] = 0.0
    for a in range(t_n - 1, -1, -1):
        if arcs.head[a] < 0:
            since[a] = since[a + 1]
            continue
        since[a] = a
        last = min(a + longest, t_n)
        if repeats(arcs, a):
            walk(arcs, lab, a, last, last)
            for d in range(a, last + 1):
                path[a, d] = best_by(arcs, lab, a, d)
            continue
        later = since[a + 1]
        for d in range(a, last + 1):
            path[a, d] = path[later, d] if d > later else 0.0
        at = arcs.head[a]
        while at >= 0:
            end, i = at // width, at % width
            worth, tail = arcs.worth[end, i], since[end]
            for d in range(end, min(tail, last) + 1):
                path[a, d] = max(path[a, d], worth)
            for d in range(tail + 1, last + 1):
                path[a, d] = max(path[a, d], worth + path[tail, d])
            at = arcs.next[end, i]


@kernel
def weeks_there(po: Posts, pr: Prices, k: int, f: int, s: int, here: Floats, base: Floats) -> None:
    """Sums over weeks of what a week of an element of kind ``k`` at site ``s`` is worth: ``here`` before it is
    ready, ``base`` once it is and supplies under profile ``f``; both [T + 1], filled."""
    t_n = here.size - 1
    for t in range(t_n):
        week = -po.people[k] * (pr.present[s, t + 1] - pr.present[s, t])
        week -= po.brigades[k] * (pr.brigade[s, t + 1] - pr.brigade[s, t])
        week -= po.week_cost[k] * pr.money[po.line, t]
        if po.soft[k] >= 0:
            week += po.gain[po.soft[k], s, t]
        here[t + 1] = here[t] + week
    for t in range(t_n + 1):
        base[t] = here[t] - po.people[k] * pr.settled[s, t] + pr.on[f, s, t]


@kernel
def offer_post(
    po: Posts,
    v: Visits,
    pr: Prices,
    i: int,
    weeks: tuple[Floats, Floats, Floats],
    courses_: tuple[bool, Floats, Ints],
    value: Floats,
    choice: Ints,
) -> None:
    """Let post ``i`` compete in ``value[a, n]`` and ``choice[a, n]``. ``weeks``: (here, base, held), sums;
    ``courses_``: (whether there are arcs, path, since)."""
    here, base, held = weeks
    any_arc, path, since = courses_
    t_n, longest = value.shape[0], value.shape[1] - 1
    k, q = po.kind[i], po.set[i]
    f, s = po.cell_profile[po.cell[i]], po.cell_site[po.cell[i]]
    for a in range(t_n):
        stop, start = min(po.stop[i, a], a + longest), min(a + po.shortest[k], t_n)
        if stop < start or stop <= a:
            continue
        ready = min(a + po.rsoi[i], t_n)
        fixed = -po.cost[i] * pr.money[po.line, a] - here[a]
        if q >= 0:
            fixed += pr.hold[q, s, a]
        for d in range(start, min(ready, stop) + 1):
            worth = fixed + here[d] - held[d]
            if worth > value[a, d - a]:
                value[a, d - a] = worth
                choice[a, d - a] = i
        fixed += here[ready] - base[ready]
        counts = ready + v.late[f]
        for d in range(max(ready + 1, start), stop + 1):
            worth = fixed + base[d] - held[d]
            if any_arc and d > since[ready]:
                worth += path[since[ready], d]
            if v.has_late[f] and d > counts:
                worth += pr.late[f, s, d] - pr.late[f, s, counts]
            if worth > value[a, d - a]:
                value[a, d - a] = worth
                choice[a, d - a] = i


@kernel
def posts(
    po: Posts,
    v: Visits,
    pr: Prices,
    width: int,
    of_row: Ints,
    base_ok: Bools,
    first: int,
    last: int,
    value: Floats,
    choice: Ints,
) -> None:
    """``value[k, a, n]``: the best worth of an element of kind k being out during ``[a, a + n)``, at posts of the cells
    from ``first`` to before ``last``; ``choice`` the post that gives it. Rows past the kinds are those of elements
    whose bases are limited: of kind ``of_row[m]``, at sites ``base_ok[m]``."""
    kinds, t_n, longest = po.people.size, value.shape[1], value.shape[2] - 1
    value[:] = NEG
    choice[:] = -1
    arcs, lab = new_arcs(t_n, width, v.exercises), new_labels(t_n)
    path, since = np.zeros((t_n + 1, t_n + 1)), np.zeros(t_n + 2, np.int64)
    here, base, held = np.zeros(t_n + 1), np.zeros(t_n + 1), np.zeros(t_n + 1)
    for c in range(first, last):
        f, s = po.cell_profile[c], po.cell_site[c]
        any_arc = visits(v, pr, f, s, arcs)
        if any_arc:
            courses(arcs, lab, longest, path, since)
        known = -1
        for i in range(po.cell_first[c], po.cell_first[c + 1]):
            k, q, reset = po.kind[i], po.set[i], po.reset[i]
            if k != known:
                known = k
                weeks_there(po, pr, k, f, s, here, base)
            for t in range(t_n + 1):
                held[t] = pr.hold[q, s, min(t + reset, t_n)] if q >= 0 else 0.0
            weeks, course = (here, base, held), (any_arc, path, since)
            offer_post(po, v, pr, i, weeks, course, value[k], choice[k])
            for m in range(of_row.size):
                if of_row[m] == k and base_ok[m, s]:
                    offer_post(po, v, pr, i, weeks, course, value[kinds + m], choice[kinds + m])


@kernel
def better(value: Floats, choice: Ints, best: Floats, chosen: Ints) -> None:
    """Take over what is worth more than the ``best`` so far; of the same shape, [k, a, n]."""
    for k in range(best.shape[0]):
        for a in range(best.shape[1]):
            for n in range(best.shape[2]):
                if value[k, a, n] > best[k, a, n]:
                    best[k, a, n], chosen[k, a, n] = value[k, a, n], choice[k, a, n]


@kernel
def homes(fl: Fliers, v: Visits, pr: Prices, width: int, inside: Floats, begun: Floats) -> None:
    """Worth of exercise deployments of a flier at home from a to b: those that lie inside
    (``inside[f, a, b]``) and those that begin inside (``begun[f, a, b]``)."""
    t_n = inside.shape[1] - 1
    inside[:] = 0.0
    begun[:] = 0.0
    arcs, lab = new_arcs(t_n, width, v.exercises), new_labels(t_n)
    for f in range(inside.shape[0]):
        if not flights(v, fl, pr, f, arcs):
            continue
        for a in range(t_n + 1):
            lab.begun[a:] = NEG
            walk(arcs, lab, a, t_n, t_n)
            for d in range(a, t_n + 1):
                inside[f, a, d] = best_by(arcs, lab, a, d)
                if d > a:
                    begun[f, a, d] = max(begun[f, a, d - 1], lab.begun[d - 1])
