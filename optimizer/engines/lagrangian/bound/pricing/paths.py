"""Paths of one element through exercises: the innermost loops of the bound's pricing.

A path fills ``[from, until)`` with disjoint arcs (exercises, each with its worth) and free
weeks. The same exercise may not follow itself on a path (two-cycle elimination: per week the
best label and the best one that ends in another exercise are kept), which is a little less
than the rule "at most once", hence still an upper bound.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.engines.lagrangian.bound.parts.records import Fliers, Visits
from optimizer.engines.lagrangian.kernels.jit import kernel

NEG = -1e30
HOPELESS = -1e20


class Prices(NamedTuple):
    """Weekly prices and worths, most as prefix sums over weeks (last axis T + 1)."""

    on: np.ndarray  # [P, S, T + 1] worth of a profile's supply
    late: np.ndarray  # [P, S, T + 1] worth in blocks where it counts later
    nu: np.ndarray  # [R, T] worth of serving a need of a run from theatre
    flown: np.ndarray  # [R, T] the same for those flown in
    settled: np.ndarray  # [S, T + 1] price of a settled person
    present: np.ndarray  # [S, T + 1] price of a person present, less the worth for floors
    brigade: np.ndarray  # [S, T + 1]
    money: np.ndarray  # [lines, T] price of money
    money_sum: np.ndarray  # [lines, T + 1]
    hold: np.ndarray  # [Q, S, T + 1] price of holding a set


class Use(NamedTuple):
    """What the chosen columns use and supply."""

    on: np.ndarray  # [P, S, T] elements supplying
    late: np.ndarray  # [P, S, T]
    settled: np.ndarray  # [S, T]
    present: np.ndarray  # [S, T]
    brigade: np.ndarray  # [S, T]
    money: np.ndarray  # [lines, T]
    hold: np.ndarray  # [Q, S, T]
    nu: np.ndarray  # [R, T] participants
    flown: np.ndarray  # [R, T] of these flown in
    met: np.ndarray  # [rows] what rotations count in the cuts


class Arcs(NamedTuple):
    """Arcs by end week: at most three per start and end, of different exercises."""

    n: np.ndarray  # [T + 1]
    start: np.ndarray  # [T + 1, width]
    worth: np.ndarray
    exercise: np.ndarray
    tag: np.ndarray  # what the arc is, for whoever made it
    v1: np.ndarray  # [T + 1] labels of the path: worth and last exercise, best and second
    x1: np.ndarray
    v2: np.ndarray
    x2: np.ndarray


@kernel
def new_arcs(weeks, width):
    """Empty arcs with room for labels."""
    shape = (weeks + 1, width)
    return Arcs(
        np.zeros(weeks + 1, np.int64),
        np.zeros(shape, np.int64),
        np.zeros(shape),
        np.zeros(shape, np.int64),
        np.zeros(shape, np.int64),
        np.zeros(weeks + 1),
        np.zeros(weeks + 1, np.int64),
        np.zeros(weeks + 1),
        np.zeros(weeks + 1, np.int64),
    )


@kernel
def put(arcs, start, end, worth, exercise, tag):
    """Add an arc unless three better ones of other exercises share its weeks (the width of
    ``arcs`` must hold three per start)."""
    same, worst, at = 0, -1, -1
    for i in range(arcs.n[end]):
        if arcs.start[end, i] == start:
            same += 1
            if arcs.exercise[end, i] == exercise:
                at = i
            if worst < 0 or arcs.worth[end, i] < arcs.worth[end, worst]:
                worst = i
    if at < 0 and same < 3:
        at = arcs.n[end]
        arcs.n[end] += 1
    elif at < 0:
        at = worst
        if worth <= arcs.worth[end, at]:
            return
    elif worth <= arcs.worth[end, at]:
        return
    arcs.start[end, at] = start
    arcs.worth[end, at] = worth
    arcs.exercise[end, at] = exercise
    arcs.tag[end, at] = tag


@kernel
def walk(arcs, start, end, last_start):
    """Labels of the best paths from ``start`` to each week up to ``end``, over arcs that
    start no later than ``last_start``."""
    arcs.v1[start], arcs.x1[start], arcs.v2[start], arcs.x2[start] = 0.0, -1, NEG, -2
    for d in range(start + 1, end + 1):
        v1, x1, v2, x2 = arcs.v1[d - 1], arcs.x1[d - 1], arcs.v2[d - 1], arcs.x2[d - 1]
        for i in range(arcs.n[d]):
            w = arcs.start[d, i]
            if w < start or w > last_start:
                continue
            x = arcs.exercise[d, i]
            value = (arcs.v1[w] if arcs.x1[w] != x else arcs.v2[w]) + arcs.worth[d, i]
            if value > v1:
                if x != x1:
                    v2, x2 = v1, x1
                v1, x1 = value, x
            elif value > v2 and x != x1:
                v2, x2 = value, x
        arcs.v1[d], arcs.x1[d], arcs.v2[d], arcs.x2[d] = v1, x1, v2, x2


@kernel
def back(arcs, start, end, last_start, ends, slots):
    """The arcs of the best path after ``walk``: fills (end, slot) pairs, returns how many."""
    found, d, value, x = 0, end, arcs.v1[end], arcs.x1[end]
    while d > start:
        if (arcs.v1[d - 1] == value and arcs.x1[d - 1] == x) or (arcs.v2[d - 1] == value and arcs.x2[d - 1] == x):
            d -= 1
            continue
        for i in range(arcs.n[d]):
            w = arcs.start[d, i]
            if w < start or w > last_start or arcs.exercise[d, i] != x:
                continue
            before = arcs.v1[w] if arcs.x1[w] != x else arcs.v2[w]
            if before + arcs.worth[d, i] == value:
                ends[found], slots[found] = d, i
                found += 1
                x = arcs.x1[w] if arcs.x1[w] != x else arcs.x2[w]
                d, value = w, before
                break
        else:
            return found
    return found


@kernel
def late_gain(there, here, start, end):
    """Worth of exercising elsewhere in blocks where the element may not count yet (prefix
    sums of both places): per week never less than none."""
    total = 0.0
    for t in range(start, end):
        total += max(0.0, there[t + 1] - there[t] - here[t + 1] + here[t])
    return total


@kernel
def visits(v: Visits, on, late, nu, profile, base, arcs):
    """Arcs of an element in theatre based at ``base``: worth against staying there. The tag
    is the pair."""
    arcs.n[:] = 0
    here = on[profile, base]
    for i in range(v.first[profile], v.first[profile + 1]):
        r = v.pair[i]
        host, h, n = v.site[r], v.host[r], v.weeks[r]
        if v.days[profile, base, host] > v.max_days[r]:
            continue
        there = on[profile, host]
        for w in range(v.ok_from[h], v.ok_to[h] + 1):
            if not v.ok[h, w]:
                continue
            worth = nu[r, w] + v.gain[i] + there[w + n] - there[w] - here[w + n] + here[w]
            if v.has_late[profile]:
                worth += late_gain(late[profile, host], late[profile, base], w, w + n)
            if worth > 0.0:
                put(arcs, w, w + n, worth, v.exercise[r], r)


@kernel
def flights(v: Visits, fl: Fliers, pr: Prices, f, arcs):
    """Arcs of an element at home: deployments for one exercise, from arrival to its end.
    The tag is pair × ways + way."""
    arcs.n[:] = 0
    ways, weeks = fl.set.size, pr.nu.shape[1]
    for i in range(fl.first[f], fl.first[f + 1]):
        r = fl.pair[i]
        host, h, n = v.site[r], v.host[r], v.weeks[r]
        for w in range(v.ok_from[h], v.ok_to[h] + 1):
            if not v.ok[h, w]:
                continue
            end = w + n
            for k in range(fl.way_first[f], fl.way_first[f + 1]):
                arrive = w - fl.rsoi[k]
                if arrive < fl.lead[k] or fl.window_end[f, arrive + fl.before] < end:
                    continue
                come, q = max(arrive, 0), fl.set[k]
                worth = pr.flown[r, w] + fl.gain[i]
                worth += pr.on[fl.profile[k], host, end] - pr.on[fl.profile[k], host, w]
                worth -= fl.people[f] * (pr.present[host, end] - pr.present[host, come])
                worth -= fl.week_cost[f] * (pr.money_sum[fl.line, end] - pr.money_sum[fl.line, come])
                if arrive >= 0:
                    worth -= fl.cost[k] * pr.money[fl.line, arrive]
                if q >= 0:
                    free = min(end + fl.reset[k], weeks)
                    if fl.set_bad[q, host, free] > fl.set_bad[q, host, come]:
                        continue
                    worth -= pr.hold[q, host, free] - pr.hold[q, host, come]
                if worth > 0.0:
                    put(arcs, come, end, worth, v.exercise[r], r * ways + k)
