"""What the chosen lives use and supply: the slopes of the bound."""

from __future__ import annotations

import numpy as np

from optimizer.engines.lagrangian.bound.parts.records import Cuts, Fliers, Out, Posts, Visits
from optimizer.engines.lagrangian.bound.pricing.paths import Prices, Use, back, flights, new_arcs, visits, walk
from optimizer.engines.lagrangian.kernels.jit import kernel

POST, FLIGHT, UNDER_WAY, ROTATION = range(4)


@kernel
def add(weeks, start, end, amount):
    """Add to a span of weeks."""
    for t in range(start, end):
        weeks[t] += amount


@kernel
def serve(v: Visits, pr: Prices, use: Use, profile, base, ready, counts, depart, arcs, ends, slots):
    """Book the supply and the participations of an element ready in ``[ready, depart)`` at
    ``base``, late blocks from ``counts`` on; return its worth."""
    visits(v, pr.on, pr.late, pr.nu, profile, base, arcs)
    walk(arcs, ready, depart, depart)
    here = pr.late[profile, base]
    worth = arcs.v1[depart] + pr.on[profile, base, depart] - pr.on[profile, base, ready]
    add(use.on[profile, base], ready, depart, 1.0)
    if v.has_late[profile] and counts < depart:
        worth += here[depart] - here[counts]
        add(use.late[profile, base], counts, depart, 1.0)
    for i in range(back(arcs, ready, depart, depart, ends, slots)):
        w, end, r = arcs.start[ends[i], slots[i]], ends[i], arcs.tag[ends[i], slots[i]]
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
def fly(v: Visits, fl: Fliers, pr: Prices, use: Use, f, start, end, last_start, arcs, ends, slots):
    """Book the best deployments of flier ``f`` in ``[start, end)``."""
    flights(v, fl, pr, f, arcs)
    walk(arcs, start, end, last_start)
    ways, weeks = max(fl.set.size, 1), pr.nu.shape[1]
    for i in range(back(arcs, start, end, last_start, ends, slots)):
        come, out = arcs.start[ends[i], slots[i]], ends[i]
        r, k = arcs.tag[out, slots[i]] // ways, arcs.tag[out, slots[i]] % ways
        w, s, q = out - v.weeks[r], v.site[r], fl.set[k]
        use.nu[r, w] += 1.0
        use.flown[r, w] += 1.0
        add(use.on[fl.profile[k], s], w, out, 1.0)
        add(use.present[s], come, out, fl.people[f])
        add(use.money[fl.line], come, out, fl.week_cost[f])
        if w >= fl.rsoi[k]:
            use.money[fl.line, w - fl.rsoi[k]] += fl.cost[k]
        if q >= 0:
            add(use.hold[q, s], come, min(out + fl.reset[k], weeks), 1.0)


@kernel
def book(po: Posts, v: Visits, fl: Fliers, under: Out, cu: Cuts, pr: Prices, width, jobs, n, use: Use):
    """Book ``n`` jobs: posts (post, from, until), flights (flier, from, until, last start),
    rotations (unit, from, until) and postings under way (number). Returns the worth of those under way."""
    weeks, total = pr.nu.shape[1], 0.0
    arcs = new_arcs(weeks, width)
    ends, slots = np.zeros(weeks + 1, np.int64), np.zeros(weeks + 1, np.int64)
    for j in range(n):
        what, i, a, d = jobs[j, 0], jobs[j, 1], jobs[j, 2], jobs[j, 3]
        if what == FLIGHT:
            fly(v, fl, pr, use, i, a, d, jobs[j, 4], arcs, ends, slots)
            continue
        if what == ROTATION:
            for m in range(cu.first[i], cu.first[i + 1]):
                if a <= cu.latest[m] and d >= cu.earliest[m]:
                    use.met[cu.row[m]] += cu.amount[m]
            continue
        if what == UNDER_WAY:
            profile, s = under.profile[i], under.site[i]
            ready, d = under.ready[i], min(under.depart[i], weeks)
            if po.soft[under.kind[i]] >= 0:
                total += po.gain[po.soft[under.kind[i]], s, :d].sum()
        else:
            k, q, profile, s = po.kind[i], po.set[i], po.cell_profile[po.cell[i]], po.cell_site[po.cell[i]]
            ready = min(a + po.rsoi[i], weeks)
            add(use.present[s], a, d, po.people[k])
            add(use.settled[s], ready, d, po.people[k])
            add(use.brigade[s], a, d, po.brigades[k])
            add(use.money[po.line], a, d, po.week_cost[k])
            use.money[po.line, a] += po.cost[i]
            if q >= 0:
                add(use.hold[q, s], a, min(d + po.reset[i], weeks), 1.0)
        counts, ready = max(ready + v.late[profile], 0), max(ready, 0)
        if ready < d:
            worth = serve(v, pr, use, profile, s, ready, counts, d, arcs, ends, slots)
            total += worth if what == UNDER_WAY else 0.0
    return total
