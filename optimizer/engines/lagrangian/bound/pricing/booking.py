"""What the chosen lives use and supply: the slopes of the bound."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.engines.lagrangian.bound.parts.records import Cuts, Fliers, Out, Posts, Visits
from optimizer.engines.lagrangian.bound.pricing.arcs import Arcs, Prices, flights, new_arcs, visits
from optimizer.engines.lagrangian.bound.pricing.paths import Labels, back, best_by, new_labels, walk
from optimizer.engines.lagrangian.kernels.arrays import Floats, Ints
from optimizer.engines.lagrangian.kernels.jit import kernel

POST, FLIGHT, UNDER_WAY, ROTATION = range(4)  # what a job is, and whose: post, flier, number under way, unit
WHAT, WHOSE, FROM, UNTIL, LAST, ELEMENT = range(6)  # columns; LAST: of a flight, the last week to begin in


class Use(NamedTuple):
    """What the chosen lives use and supply."""

    on: np.ndarray  # [P, S, T] elements supplying
    late: np.ndarray  # [P, S, T]
    settled: np.ndarray  # [S, T]
    present: np.ndarray  # [S, T]
    brigade: np.ndarray  # [S, T]
    money: np.ndarray  # [lines, T]
    hold: np.ndarray  # [Q, S, T]
    nu: np.ndarray  # [R, T] participants from theatre
    flown: np.ndarray  # [entries of Fliers.pair, T] participants flown in
    met: np.ndarray  # [rows] what rotations count in the cuts


class Desk(NamedTuple):
    """Room to work in: arcs, labels and a path's arcs."""

    arcs: Arcs
    lab: Labels
    ends: np.ndarray
    slots: np.ndarray


@kernel
def add(weeks: Floats, start: int, end: int, amount: float) -> None:
    """Add to a span of ``weeks``, [T]."""
    for t in range(start, end):
        weeks[t] += amount


@kernel
def serve(v: Visits, pr: Prices, use: Use, profile: int, base: int, weeks: tuple[int, int, int], desk: Desk) -> float:
    """Book the supply and the participations of an element at ``base`` with ``weeks``: ready, first week in which
    late blocks count it, departure. Returns its worth."""
    ready, counts, depart = weeks
    arcs, lab = desk.arcs, desk.lab
    visits(v, pr, profile, base, arcs)
    walk(arcs, lab, ready, depart, depart)
    here = pr.late[profile, base]
    worth = best_by(arcs, lab, ready, depart) + pr.on[profile, base, depart] - pr.on[profile, base, ready]
    add(use.on[profile, base], ready, depart, 1.0)
    if v.has_late[profile] and counts < depart:
        worth += here[depart] - here[counts]
        add(use.late[profile, base], counts, depart, 1.0)
    for i in range(back(arcs, lab, ready, depart, desk.ends, desk.slots)):
        end = desk.ends[i]
        w, r = arcs.start[end, desk.slots[i]], arcs.tag[end, desk.slots[i]]
        use.nu[r, w] += 1.0
        add(use.on[profile, base], w, end, -1.0)
        add(use.on[profile, v.site[r]], w, end, 1.0)
        there = pr.late[profile, v.site[r]]
        for t in range(w, end):
            if there[t + 1] - there[t] > here[t + 1] - here[t]:
                use.late[profile, base, t] -= 1.0
                use.late[profile, v.site[r], t] += 1.0
    return worth


@kernel
def fly(v: Visits, fl: Fliers, pr: Prices, use: Use, job: Ints, desk: Desk) -> None:
    """Book the best deployments of a flier in its weeks. ``job``: [6], a row of ``book``'s."""
    f, arcs, lab = job[WHOSE], desk.arcs, desk.lab
    flights(v, fl, pr, f, arcs)
    walk(arcs, lab, job[FROM], job[UNTIL], job[LAST])
    ways, weeks = max(fl.set.size, 1), pr.nu.shape[1]
    for i in range(back(arcs, lab, job[FROM], job[UNTIL], desk.ends, desk.slots)):
        out = desk.ends[i]
        come, tag = arcs.start[out, desk.slots[i]], arcs.tag[out, desk.slots[i]]
        j, k = tag // ways, tag % ways
        r = fl.pair[j]
        w, s, q = out - v.weeks[r], v.site[r], fl.set[k]
        use.flown[j, w] += 1.0
        add(use.on[fl.profile[k], s], w, out, 1.0)
        add(use.present[s], come, out, fl.people[f])
        add(use.money[fl.line], come, out, fl.week_cost[f])
        if w >= fl.rsoi[k]:
            use.money[fl.line, w - fl.rsoi[k]] += fl.cost[k]
        if q >= 0:
            add(use.hold[q, s], come, min(out + fl.reset[k], weeks), 1.0)


@kernel
def settle(po: Posts, use: Use, i: int, a: int, d: int) -> int:
    """Book what post ``i`` uses during ``[a, d)``; return the week in which its element is ready."""
    k, q, s = po.kind[i], po.set[i], po.cell_site[po.cell[i]]
    weeks = use.present.shape[1]
    ready = min(a + po.rsoi[i], weeks)
    add(use.present[s], a, d, po.people[k])
    add(use.settled[s], ready, d, po.people[k])
    add(use.brigade[s], a, d, po.brigades[k])
    add(use.money[po.line], a, d, po.week_cost[k])
    use.money[po.line, a] += po.cost[i]
    if q >= 0:
        add(use.hold[q, s], a, min(d + po.reset[i], weeks), 1.0)
    return ready


@kernel
def book(
    po: Posts, v: Visits, fl: Fliers, under: Out, cu: Cuts, pr: Prices, width: int, jobs: Ints, n: int, use: Use
) -> float:
    """Book the first ``n`` jobs ([…, 6]: ``WHAT`` to ``ELEMENT``) in ``use``; returns the worth of those under way."""
    weeks, total = pr.nu.shape[1], 0.0
    end, slot = np.zeros(weeks + 1, np.int64), np.zeros(weeks + 1, np.int64)
    desk = Desk(new_arcs(weeks, width, v.exercises), new_labels(weeks), end, slot)
    for job in jobs[:n]:
        what, i, a, d = job[WHAT], job[WHOSE], job[FROM], job[UNTIL]
        if what == FLIGHT:
            fly(v, fl, pr, use, job, desk)
        elif what == ROTATION:
            for m in range(cu.first[i], cu.first[i + 1]):
                if a <= cu.latest[m] and d >= cu.earliest[m]:
                    use.met[cu.row[m]] += cu.amount[m]
        elif what == POST:
            profile, s = po.cell_profile[po.cell[i]], po.cell_site[po.cell[i]]
            ready = settle(po, use, i, a, d)
            if ready < d:
                serve(v, pr, use, profile, s, (ready, ready + v.late[profile], d), desk)
        else:
            profile, s, ready, d = under.profile[i], under.site[i], under.ready[i], min(under.depart[i], weeks)
            if po.soft[under.kind[i]] >= 0:
                total += po.gain[po.soft[under.kind[i]], s, :d].sum()
            counts, ready = max(ready + v.late[profile], 0), max(ready, 0)
            if ready < d:
                total += serve(v, pr, use, profile, s, (ready, counts, d), desk)
    return total
