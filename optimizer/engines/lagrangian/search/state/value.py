"""What a state is worth, and what an element would add to it."""

from __future__ import annotations

import numpy as np

from optimizer.engines.lagrangian.kernels.arrays import Floats
from optimizer.engines.lagrangian.kernels.jit import kernel
from optimizer.engines.lagrangian.search.state.arrays import State
from optimizer.engines.lagrangian.tables.records import Tables

# Reading an array off a structure costs more than an addition: inner loops take arrays.


@kernel
def covered_value(demand: Floats, price: Floats, a: int, t: int, supplied: float) -> float:
    """Score of area ``a`` in week ``t`` at a given supply (concave, piecewise linear); ``demand`` ([A, L, T]) and
    ``price`` ([A, L]) are those of ``Tables``."""
    value, below = 0.0, 0.0
    for lv in range(demand.shape[1]):
        top = demand[a, lv, t]
        if supplied <= below:
            break
        value += price[a, lv] * (min(supplied, top) - below)
        below = top
    return value


@kernel
def added_value(demand: Floats, price: Floats, a: int, t: int, have: float, amount: float) -> float:
    """Score of ``amount`` more on top of ``have`` in area ``a`` and week ``t`` (amount > 0)."""
    value, below, upto = 0.0, 0.0, have + amount
    for lv in range(demand.shape[1]):
        top = demand[a, lv, t]
        if have < top:
            value += price[a, lv] * (min(upto, top) - max(have, below))
            if upto <= top:
                break
        below = top
    return value


@kernel
def worst(tb: Tables, st: State, blocks: Floats, shares: Floats) -> float:
    """What the worst scenario's block and the worst country add, by the value of each; notes in ``boost`` which
    areas that favours, as a share of what their prices already carry. ``blocks``, ``shares``: value by scenario block
    and by country, score points."""
    least, weakest, bottom = int(np.argmin(blocks)), -1, 1e18
    if tb.worst_price > 0.0:
        for c in range(len(shares)):
            if tb.full[c] > 0.0 and shares[c] / tb.full[c] < bottom:
                bottom, weakest = shares[c] / tb.full[c], c
    for a in range(tb.demand.shape[0]):
        b, extra = tb.area_block[a], 0.0
        if b == least:
            extra += tb.omega
        if b == 0 and weakest >= 0 and tb.area_country[a] == weakest:
            extra += tb.worst_price / tb.full[weakest]
        st.boost[a] = extra / max(tb.share[b], 1e-9)
    return tb.omega * blocks[least] + (tb.worst_price * bottom if weakest >= 0 else 0.0)


@kernel
def score(tb: Tables, st: State) -> float:
    """The state's score and, on top, ``MUST`` for every hard wish met and off for every one broken."""
    demand, raw, supply = tb.demand, tb.raw, st.supply
    blocks, shares = np.zeros(tb.share.size), np.zeros(len(tb.floor))
    for a in range(demand.shape[0]):
        value = 0.0
        for t in range(supply.shape[1]):
            value += covered_value(demand, raw, a, t, supply[a, t])
        blocks[tb.area_block[a]] += value
        if tb.area_block[a] == 0:
            shares[tb.area_country[a]] += value
    total = (tb.share * blocks).sum() + tb.wish_base
    if tb.omega > 0.0 or tb.worst_price > 0.0:
        total += worst(tb, st, blocks, shares)
    people = st.c_all
    for c in range(people.shape[0]):
        floor, short = tb.floor[c], 0
        for t in range(people.shape[1]):
            short += max(0, floor - people[c, t])
        total -= tb.floor_cost * short
    for u in range(len(tb.std)):
        for r in range(st.rot_n[u]):
            if not st.rot_fixed[u, r]:
                total -= tb.over_price * max(0, st.rot_d[u, r] - st.rot_a[u, r] - tb.std[u])
    for x in range(len(tb.x_weeks)):
        if st.run_host[x] >= 0:
            total += tb.x_value[x] + tb.wish_run[st.run_host[x], st.run_start[x]]
    total -= tb.cost_price * st.spend.sum()
    return total + wished(tb, st)


@kernel
def wished(tb: Tables, st: State) -> float:
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
def point_span(tb: Tables, st: State, y: int, site: int, start: int, end: int) -> float:
    """Score gained by one more ready element of type ``y`` at ``site`` during [start, end), with what
    it adds to the worst country as the last ``score`` found it."""
    gain, cell, first = 0.0, y * tb.places.size + site, tb.gr_first[y]
    demand, price, boost, supply = tb.demand, tb.price, st.boost, st.supply
    areas, amounts, list_ = tb.gr_area, tb.gr_amount, tb.gs
    for j in range(tb.gs_first[cell], tb.gs_first[cell + 1]):
        a, amount, here = areas[first + list_[j]], amounts[first + list_[j]], 0.0
        for t in range(start, end):
            here += added_value(demand, price, a, t, supply[a, t], amount)
        gain += here * (1.0 + boost[a])
    return gain


@kernel
def shift_gain(tb: Tables, st: State, y: int, based: int, site: int, start: int, end: int) -> float:
    """Score change when an element based at ``based`` counts at ``site`` during [start, end)."""
    gain, demand, price, boost, supply = 0.0, tb.demand, tb.price, st.boost, st.supply
    give, reach = tb.give, tb.reach
    for j in range(tb.reach_n[y]):
        amount = give[y, site, j] - give[y, based, j]
        if amount != 0.0:
            a, here = reach[y, j], 0.0
            for t in range(start, end):
                have = supply[a, t]
                if amount > 0.0:
                    here += added_value(demand, price, a, t, have, amount)
                else:
                    here -= added_value(demand, price, a, t, have + amount, -amount)
            gain += here * (1.0 + boost[a])
    return gain


@kernel
def money_fits(tb: Tables, st: State) -> bool:
    """Whether spend holds every ceiling, the yearly money with transfers, and the total cap."""
    lines, years = tb.amount.shape
    quarters = tb.ceiling.shape[1]
    spend, year, quarter, amount, ceiling = st.spend, tb.year, tb.quarter, tb.amount, tb.ceiling
    slack, cr_until, cr_cap = 0.5, tb.cr_until, tb.cr_cap  # of a millionth: sums are of integers
    total = 0.0
    by_year = np.zeros((lines, years))
    by_quarter = np.zeros(quarters)
    for i in range(lines):
        by_quarter[:] = 0.0
        for t in range(year.size):
            money = spend[i, t]
            by_year[i, year[t]] += money
            by_quarter[quarter[t]] += money
            total += money
        for k in range(cr_until.size):
            early = 0.0
            for t in range(min(cr_until[k], year.size)):
                early += spend[i, t]
            if early > cr_cap[k, i] + slack:
                return False
        for k in range(quarters):
            if by_quarter[k] > ceiling[i, k] + slack:
                return False
    if total > tb.total_cap + slack:
        return False
    for k in range(years):
        wanted, offered = 0.0, 0.0
        for i in range(lines):
            over = by_year[i, k] - amount[i, k]
            if over > 0.0:
                wanted += over
            else:
                offered += min(-over, tb.transfer * amount[i, k])
        if wanted > offered + slack:
            return False
    return True
