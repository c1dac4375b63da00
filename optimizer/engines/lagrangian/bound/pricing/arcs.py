"""What one element may do with its weeks: exercises from a base in theatre, deployments from home.

An arc is an exercise of one element, with its worth against staying where the element is. Arcs lie by the week
in which they end.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.engines.lagrangian.bound.parts.records import Fliers, Visits
from optimizer.engines.lagrangian.kernels.arrays import Floats
from optimizer.engines.lagrangian.kernels.jit import kernel

NEG = -1e30
HOPELESS = -1e20
BITS = 62  # exercises that a path can remember


class Prices(NamedTuple):
    """Weekly prices and worths, most as prefix sums over weeks (last axis T + 1)."""

    on: np.ndarray  # [P, S, T + 1] worth of a profile's supply
    late: np.ndarray  # [P, S, T + 1] worth in blocks where it counts later
    nu: np.ndarray  # [R, T] worth of serving a need of a run from theatre
    flown: np.ndarray  # [entries of Fliers.pair, T] the same for those flown in
    settled: np.ndarray  # [S, T + 1] price of a settled person
    present: np.ndarray  # [S, T + 1] price of a person present, less the worth for floors
    brigade: np.ndarray  # [S, T + 1]
    money: np.ndarray  # [lines, T] price of money
    money_sum: np.ndarray  # [lines, T + 1]
    hold: np.ndarray  # [Q, S, T + 1] price of holding a set


class Arcs(NamedTuple):
    """Arcs by end week: one per start and exercise, the best."""

    n: np.ndarray  # [T + 1]
    start: np.ndarray  # [T + 1, width]
    worth: np.ndarray
    exercise: np.ndarray
    tag: np.ndarray  # what the arc is, for whoever made it
    ends: np.ndarray  # [T + 2] weeks in which arcs end, ascending; T + 1 after the last
    after: np.ndarray  # [T + 1] number of the first of them that is later
    before: np.ndarray  # [T + 1] the last of them up to the week, -1 none
    head: np.ndarray  # [T + 1] the arcs by start: end × width + slot of the first, -1 none
    next: np.ndarray  # [T + 1, width] … of the one after
    bit: np.ndarray  # [X] the bit of an exercise that a path could meet twice, 0 for others
    open: np.ndarray  # [T + 1] bits of exercises with an arc that starts in the week or later
    twice: np.ndarray  # [T + 1] bits of exercises that a path from the week could meet twice
    late: np.ndarray  # [X] last start of an arc of the exercise
    until: np.ndarray  # [X] last start of one after which another may follow


@kernel
def new_arcs(weeks: int, width: int, exercises: int) -> Arcs:
    """No arcs yet, room for ``width`` per end week."""
    shape = (weeks + 1, width)
    return Arcs(
        np.zeros(weeks + 1, np.int64),
        np.zeros(shape, np.int64),
        np.zeros(shape),
        np.zeros(shape, np.int64),
        np.zeros(shape, np.int64),
        np.zeros(weeks + 2, np.int64),
        np.zeros(weeks + 1, np.int64),
        np.zeros(weeks + 1, np.int64),
        np.zeros(weeks + 1, np.int64),
        np.zeros(shape, np.int64),
        np.zeros(exercises, np.int64),
        np.zeros(weeks + 1, np.int64),
        np.zeros(weeks + 1, np.int64),
        np.zeros(exercises, np.int64),
        np.zeros(exercises, np.int64),
    )


@kernel
def put(arcs: Arcs, start: int, end: int, worth: float, exercise: int, tag: int) -> None:
    """Add an arc, in place of a worse one of the same exercise and weeks."""
    at = arcs.n[end]
    for i in range(at):
        if arcs.start[end, i] == start and arcs.exercise[end, i] == exercise:
            if worth <= arcs.worth[end, i]:
                return
            at = i
            break
    if at == arcs.n[end]:
        arcs.n[end] += 1
    arcs.start[end, at] = start
    arcs.worth[end, at] = worth
    arcs.exercise[end, at] = exercise
    arcs.tag[end, at] = tag


@kernel
def number(arcs: Arcs) -> bool:
    """Link the arcs by start and give bits to the exercises that some path could meet twice: those with two arcs one
    after the other. Past ``BITS`` of them the rest may repeat: still an upper bound. Returns whether there are arcs."""
    weeks, width = arcs.n.size - 1, arcs.start.shape[1]
    arcs.bit[:], arcs.late[:], arcs.until[:] = 0, -1, -1
    arcs.open[:], arcs.twice[:], arcs.head[:] = 0, 0, -1
    found, last = 0, -1
    for d in range(weeks + 1):
        if arcs.n[d] > 0:
            arcs.ends[found], last = d, d
            found += 1
        arcs.after[d], arcs.before[d] = found, last
        for i in range(arcs.n[d]):
            x, w = arcs.exercise[d, i], arcs.start[d, i]
            arcs.late[x] = max(arcs.late[x], w)
            arcs.next[d, i] = arcs.head[w]
            arcs.head[w] = d * width + i
    arcs.ends[found] = weeks + 1
    if found == 0:
        return False
    for d in range(weeks + 1):
        for i in range(arcs.n[d]):
            x = arcs.exercise[d, i]
            if d <= arcs.late[x]:
                arcs.until[x] = max(arcs.until[x], arcs.start[d, i])
    bits = 0
    for x in range(arcs.bit.size):
        if arcs.until[x] >= 0 and bits < BITS:
            arcs.bit[x] = 1 << bits
            bits += 1
            for t in range(arcs.late[x] + 1):
                arcs.open[t] |= arcs.bit[x]
            for t in range(arcs.until[x] + 1):
                arcs.twice[t] |= arcs.bit[x]
    return True


@kernel
def late_gain(there: Floats, here: Floats, start: int, end: int) -> float:
    """Worth of exercising elsewhere in blocks where the element may not count yet (prefix
    sums of both places): per week never less than none."""
    total = 0.0
    for t in range(start, end):
        total += max(0.0, there[t + 1] - there[t] - here[t + 1] + here[t])
    return total


@kernel
def visits(v: Visits, pr: Prices, profile: int, base: int, arcs: Arcs) -> bool:
    """Arcs of an element in theatre based at ``base``: worth against staying there. The tag is the pair.
    Returns whether there are any."""
    arcs.n[:] = 0
    here = pr.on[profile, base]
    for i in range(v.first[profile], v.first[profile + 1]):
        r = v.pair[i]
        host, h, n = v.site[r], v.host[r], v.weeks[r]
        if v.days[profile, base, host] > v.max_days[r]:
            continue
        there = pr.on[profile, host]
        for w in range(v.ok_from[h], v.ok_to[h] + 1):
            if not v.ok[h, w]:
                continue
            worth = pr.nu[r, w] + v.gain[i] + there[w + n] - there[w] - here[w + n] + here[w]
            if v.has_late[profile]:
                worth += late_gain(pr.late[profile, host], pr.late[profile, base], w, w + n)
            if worth > 0.0:
                put(arcs, w, w + n, worth, v.exercise[r], r)
    return number(arcs)


@kernel
def flights(v: Visits, fl: Fliers, pr: Prices, f: int, arcs: Arcs) -> bool:
    """Arcs of an element at home: deployments for one exercise, from arrival to its end.
    The tag is entry of ``fl.pair`` × ways + way. Returns whether there are any."""
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
                worth = pr.flown[i, w] + fl.gain[i]
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
                    put(arcs, come, end, worth, v.exercise[r], i * ways + k)
    return number(arcs)
