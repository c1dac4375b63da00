"""What a state is worth, and what an element would add to it."""

from __future__ import annotations

import numpy as np

from optimizer.engines.columns.jit import kernel


@kernel
def covered_value(tb, a, t, supplied):
    """Score of area ``a`` in week ``t`` at a given supply (concave, piecewise linear)."""
    value, below = 0.0, 0.0
    for lv in range(tb.demand.shape[1]):
        top = tb.demand[a, lv, t]
        if supplied <= below:
            break
        value += tb.price[a, lv] * (min(supplied, top) - below)
        below = top
    return value


@kernel
def added_value(tb, a, t, have, amount):
    """Score of ``amount`` more on top of ``have`` in area ``a`` and week ``t`` (amount > 0)."""
    value, below, upto = 0.0, 0.0, have + amount
    for lv in range(tb.demand.shape[1]):
        top = tb.demand[a, lv, t]
        if have < top:
            value += tb.price[a, lv] * (min(upto, top) - max(have, below))
            if upto <= top:
                break
        below = top
    return value


@kernel
def score(tb, st):
    """The state's score plus what it earns for wishes; infeasible only in unmet MUSTs."""
    total = 0.0
    shares = np.zeros(len(tb.floor))
    for a in range(tb.demand.shape[0]):
        value = 0.0
        for t in range(tb.weeks):
            value += covered_value(tb, a, t, st.supply[a, t])
        total += value
        if tb.area_block[a] == 0:
            shares[tb.area_country[a]] += value
    if tb.worst_price > 0.0:
        worst = 1e18
        for c in range(len(shares)):
            if tb.full[c] > 0.0:
                worst = min(worst, shares[c] / tb.full[c])
        if worst < 1e17:
            total += tb.worst_price * worst / tb.nominal_share
    for c in range(len(tb.floor)):
        if tb.floor[c] > 0:
            for t in range(tb.weeks):
                total -= tb.floor_price * max(0, tb.floor[c] - st.c_all[c, t])
    for u in range(len(tb.std)):
        for r in range(st.rot_n[u]):
            if not st.rot_fixed[u, r]:
                total -= tb.over_price * max(0, st.rot_d[u, r] - st.rot_a[u, r] - tb.std[u])
    for x in range(len(tb.x_weeks)):
        if st.run_host[x] >= 0:
            total += tb.x_value[x] + tb.wish_run[st.run_host[x], st.run_start[x]]
    for i in range(st.spend.shape[0]):
        for t in range(tb.weeks):
            total -= tb.cost_price * st.spend[i, t]
    return total + wished(tb, st)


@kernel
def wished(tb, st):
    """Gains from locks, frozen weeks and change prices, other than those of exercises' starts."""
    total = 0.0
    if tb.wish_element.size > 0:
        for e in range(len(tb.el_unit)):
            for r in range(st.rot_n[tb.el_unit[e]]):
                if st.el_site[e, r] >= 0:
                    for t in range(max(st.el_a[e, r], 0), min(st.el_d[e, r], tb.weeks)):
                        total += tb.wish_element[e, st.el_site[e, r], t]
    for i in range(len(tb.wish_unit)):
        u = tb.wish_unit[i]
        for r in range(st.rot_n[u]):
            start, end = max(tb.wish_unit_from[i], 0), min(tb.wish_unit_to[i], tb.weeks)
            for e in range(tb.el_first[u], tb.el_first[u + 1]):
                if not tb.el_optional[e]:
                    start, end = max(start, st.el_a[e, r]), min(end, st.el_d[e, r])
                    if st.el_site[e, r] < 0 or not tb.wish_unit_place[i, st.el_site[e, r]]:
                        end = start
            total += tb.wish_unit_price[i] * max(0, end - start)
    if tb.wish_set_at.size > 0:
        for q in range(len(tb.draw)):
            for t in range(tb.weeks):
                if st.set_site[q, t] >= 0:
                    total += tb.wish_set_at[q, st.set_site[q, t], t]
    if tb.wish_join.size > 0:
        for n in range(len(tb.need_count)):
            for slot in range(st.part_e.shape[1]):
                if st.part_e[n, slot] >= 0:
                    total += tb.wish_join[n, st.part_e[n, slot]]
    for b in range(len(st.up_start)):
        if st.up_start[b] >= 0:
            total += tb.wish_buy[b, st.up_start[b]]
    return total


@kernel
def point_gain(tb, st, y, site, t):
    """Score gained in week ``t`` by one more element of type ``y`` at ``site``."""
    gain = 0.0
    for j in range(tb.reach_n[y]):
        amount = tb.give[y, site, j]
        if amount > 0.0:
            a = tb.reach[y, j]
            gain += added_value(tb, a, t, st.supply[a, t], amount)
    return gain


@kernel
def point_gains(tb, st, y, out):
    """Prefix sums over weeks of ``point_gain`` at every site: out[site, t + 1]."""
    for site in range(len(tb.places)):
        out[site, 0] = 0.0
        for t in range(tb.weeks):
            open_ = st.cap_all[site, t] > 0
            out[site, t + 1] = out[site, t] + (point_gain(tb, st, y, site, t) if open_ else 0.0)


@kernel
def presence_gain(tb, st, y, site, t):
    """Score gained in week ``t`` towards the presence floor by people at ``site``."""
    c = tb.country[site]
    if c < 0 or tb.floor[c] == 0:
        return 0.0
    short = tb.floor[c] - st.c_all[c, t]
    return tb.floor_price * max(0, min(short, tb.people[y]))


@kernel
def shift_gain(tb, st, y, based, site, start, end):
    """Score change when an element based at ``based`` counts at ``site`` during [start, end)."""
    gain = 0.0
    for j in range(tb.reach_n[y]):
        amount = tb.give[y, site, j] - tb.give[y, based, j]
        if amount != 0.0:
            a = tb.reach[y, j]
            for t in range(start, end):
                have = st.supply[a, t]
                if amount > 0.0:
                    gain += added_value(tb, a, t, have, amount)
                else:
                    gain -= added_value(tb, a, t, have + amount, -amount)
    return gain


@kernel
def money_fits(tb, st):
    """Whether spend holds every ceiling, the yearly money with transfers, and the total cap."""
    lines, years = tb.amount.shape
    slack = 0.5  # of a millionth: sums are of integers
    total = 0.0
    by_year = np.zeros((lines, years))
    by_quarter = np.zeros((lines, tb.ceiling.shape[1]))
    for i in range(lines):
        early = 0.0
        for t in range(tb.weeks):
            by_year[i, tb.year[t]] += st.spend[i, t]
            by_quarter[i, tb.quarter[t]] += st.spend[i, t]
            total += st.spend[i, t]
            if t < tb.cr_weeks:
                early += st.spend[i, t]
        if early > tb.cr_cap[i] + slack:
            return False
        for k in range(tb.ceiling.shape[1]):
            if by_quarter[i, k] > tb.ceiling[i, k] + slack:
                return False
    if total > tb.total_cap + slack:
        return False
    for k in range(years):
        wanted, offered = 0.0, 0.0
        for i in range(lines):
            over = by_year[i, k] - tb.amount[i, k]
            if over > 0.0:
                wanted += over
            else:
                offered += min(-over, tb.transfer * tb.amount[i, k])
        if wanted > offered + slack:
            return False
    return True
