"""Best response of one unit to the rest of the plan: which weeks, which bases, which sets.

Prefix sums over weeks value every interval approximately (each element alone); the most
promising ones are then built element by element, exactly, and the best is kept.
"""

from __future__ import annotations

import numpy as np

from optimizer.engines.columns.jit import kernel
from optimizer.engines.columns.state import post, ready_week, unpost
from optimizer.engines.columns.tables import AIR, SEA, SET
from optimizer.engines.columns.value import (
    added_value,
    money_fits,
    point_gain,
    point_gains,
    presence_gain,
    score,
)

BAD = -1e6  # below this an option is forbidden, not merely poor


@kernel
def clip(tb, t):
    return min(max(t, 0), tb.weeks)


@kernel
def set_free(tb, st, free_to):
    """Per set and week, the week up to which it stays idle where it stands."""
    for q in range(len(tb.draw)):
        end = tb.weeks
        for t in range(tb.weeks - 1, -1, -1):
            if st.set_busy[q, t] != 0 or st.set_site[q, t] < 0:
                end = t
            elif t + 1 < tb.weeks and st.set_site[q, t + 1] != st.set_site[q, t]:
                end = t + 1
            free_to[q, t] = end


@kernel
def set_outlook(tb, st, free_to, loss):
    """Per set and week: the week up to which it stays idle where it stands, and the prefix
    sum of what its stored points are worth (lost to its holder)."""
    set_free(tb, st, free_to)
    for q in range(len(tb.draw)):
        loss[q, 0] = 0.0
        for t in range(tb.weeks):
            value = 0.0
            if st.set_busy[q, t] == 0 and st.set_site[q, t] >= 0:
                for a in range(tb.stored.shape[2]):
                    amount = tb.stored[q, st.set_site[q, t], a]
                    if amount > 0.0:
                        have = st.supply[a, t]
                        value += added_value(tb, a, t, have - amount, amount)
            loss[q, t + 1] = loss[q, t] + value


@kernel
def set_is_free(tb, free_to, q, a, d):
    """Whether set ``q`` can be held from ``a`` to ``d`` plus reset where it stands in ``a``."""
    return 0 <= a < tb.weeks and free_to[q, a] >= min(d + tb.reset[q], tb.weeks) and free_to[q, a] > a


@kernel
def room(tb, st, y, site, ready, a, d):
    """Whether places and caps admit one more element of type ``y`` at ``site``."""
    n, c = tb.people[y], tb.country[site]
    for t in range(max(a, 0), min(d, tb.weeks)):
        if st.everyone[site, t] + n > st.cap_all[site, t]:
            return False
        if t >= ready and st.settled[site, t] + n > st.cap_settled[site, t]:
            return False
        if c >= 0:
            if st.c_all[c, t] + n > tb.cap_all[c] or st.brigades[c, t] + tb.brigades[y] > tb.brigade_cap[c]:
                return False
            if t >= ready and st.c_settled[c, t] + n > tb.cap[c]:
                return False
    return True


@kernel
def cost_price(tb, lam, lam_sum, e, mode, a, d):
    """Guiding price of an element's costs (money price plus the trace)."""
    y = tb.el_type[e]
    price = tb.week_cost[y] * (lam_sum[clip(tb, d)] - lam_sum[clip(tb, a)])
    if 0 <= a < tb.weeks:
        price += tb.mode_cost[y, mode] * lam[a]
    return price


@kernel
def wish_gain(tb, e, site, a, d):
    """What locks and change prices add for element ``e`` at ``site`` during [a, d)."""
    gain = 0.0
    if tb.wish_element.size > 0:
        for t in range(max(a, 0), min(d, tb.weeks)):
            gain += tb.wish_element[e, site, t]
    u = tb.el_unit[e]
    for i in range(len(tb.wish_unit)):
        if tb.wish_unit[i] == u and tb.wish_unit_place[i, site] and not tb.el_optional[e]:
            share = tb.wish_unit_price[i] / (tb.el_first[u + 1] - tb.el_first[u])
            gain += share * max(0, min(d, tb.wish_unit_to[i], tb.weeks) - max(a, tb.wish_unit_from[i], 0))
    return gain


@kernel
def options(tb, st, e, a, d, pg, pr, free_to, loss, lam, lam_sum, value, site, mode, held):
    """List the options of element ``e`` for [a, d) with optimistic values; returns how many."""
    y = tb.el_type[e]
    n = 0
    for s in range(len(tb.places)):
        if tb.handover[s] == 0 and st.cap_all[s].max() == 0:
            continue
        for m in (SEA, AIR):
            if tb.mode_ok[y, m] and a >= tb.lead[y, m]:
                ready = min(ready_week(tb, e, m, -1, a), d)
                v = pg[s, clip(tb, d)] - pg[s, clip(tb, ready)] + pr[s, clip(tb, d)] - pr[s, clip(tb, a)]
                v += wish_gain(tb, e, s, a, d) - cost_price(tb, lam, lam_sum, e, m, a, d)
                value[n], site[n], mode[n], held[n] = v, s, m, -1
                n += 1
    if tb.mode_ok[y, SET] and a >= tb.lead[y, SET]:
        for q in range(len(tb.draw)):
            if tb.draws[y, q] and set_is_free(tb, free_to, q, a, d):
                s = st.set_site[q, a]
                ready = min(ready_week(tb, e, SET, q, a), d)
                v = pg[s, clip(tb, d)] - pg[s, clip(tb, ready)] + pr[s, clip(tb, d)] - pr[s, clip(tb, a)]
                v -= loss[q, clip(tb, d + tb.reset[q])] - loss[q, clip(tb, a)]
                v += wish_gain(tb, e, s, a, d) - cost_price(tb, lam, lam_sum, e, SET, a, d)
                value[n], site[n], mode[n], held[n] = v, s, SET, q
                n += 1
    return n


@kernel
def place_element(tb, st, e, r, a, d, pull, pg, pr, free_to, loss, lam, lam_sum, value, site, mode, held):
    """Post ``e`` at its best option given all posted so far; returns its value or -1e18.

    Lazy greedy: optimistic values only shrink as the plan fills, so the first option whose
    exact value beats all remaining optimistic ones is the best.
    """
    y = tb.el_type[e]
    n = options(tb, st, e, a, d, pg, pr, free_to, loss, lam, lam_sum, value, site, mode, held)
    best, pick = -1e18, -1
    while True:
        k = -1
        for i in range(n):
            if value[i] > best and (k < 0 or value[i] > value[k]):
                k = i
        if k < 0 or value[k] < BAD:
            break
        s, m, q = site[k], mode[k], held[k]
        ready = ready_week(tb, e, m, q, a)
        optimistic, value[k] = value[k], -1e18
        if not room(tb, st, y, s, ready, a, d):
            continue
        if q >= 0 and st.set_busy[q, a] != 0:
            continue
        exact = optimistic - (pg[s, clip(tb, d)] - pg[s, clip(tb, min(ready, d))])
        exact -= pr[s, clip(tb, d)] - pr[s, clip(tb, a)]
        for t in range(max(a, 0), min(d, tb.weeks)):
            exact += presence_gain(tb, st, y, s, t)
            if t >= ready:
                exact += point_gain(tb, st, y, s, t) + pull[y, t]
        if exact > best:
            best, pick = exact, k
    if pick < 0 or (tb.el_optional[e] and best <= 0.0):
        return -1e18
    post(tb, st, e, r, site[pick], mode[pick], held[pick], a, d)
    return best


@kernel
def interval_fits(tb, st, u, a, d):
    """Whether the unit's other rotations, their dwell, and its fly-ins leave [a, d) free."""
    for r in range(st.rot_n[u]):
        if st.rot_a[u, r] < a:
            if a < st.rot_d[u, r] + tb.rest[u, st.rot_d[u, r] - st.rot_a[u, r]]:
                return False
        elif st.rot_a[u, r] < d + tb.rest[u, d - a]:
            return False
    for e in range(tb.el_first[u], tb.el_first[u + 1]):
        for t in range(a, min(d, tb.weeks)):
            if st.away[e, t] != 0:
                return False
    return True


@kernel
def affordable(tb, st, week_cost, a, d):
    """Quick necessary test: upkeep of the elements that must go fits the rotation line."""
    line = tb.line[0]
    spent = np.zeros(tb.ceiling.shape[1])
    year = np.zeros(tb.amount.shape[1])
    early, total = 0.0, 0.0
    for t in range(tb.weeks):
        cost = st.spend[line, t] + (week_cost if a <= t < d else 0.0)
        spent[tb.quarter[t]] += cost
        year[tb.year[t]] += cost
        total += cost
        if t < tb.cr_weeks:
            early += cost
    for k in range(len(spent)):
        if spent[k] > tb.ceiling[line, k]:
            return False
    others = tb.amount.sum(axis=0) - tb.amount[line]
    for k in range(len(year)):
        if year[k] > tb.amount[line, k] + tb.transfer * others[k]:
            return False
    return total <= tb.total_cap and early <= tb.cr_cap[line]


@kernel
def build(tb, st, u, r, a, d, pull, order, kinds, pgs, prs, free_to, loss, lam, lam_sum, value, site, mode, held):
    """Post unit ``u`` for [a, d) in slot ``r``; false (and nothing posted) if it cannot be."""
    st.rot_a[u, r], st.rot_d[u, r], st.rot_fixed[u, r] = a, d, False
    st.rot_n[u] = r + 1
    posted = 0
    for e in order:
        k = kinds[e - tb.el_first[u]]
        st.el_site[e, r] = -1
        v = place_element(
            tb, st, e, r, a, d, pull, pgs[k], prs[k], free_to, loss, lam, lam_sum, value, site, mode, held
        )
        if v > -1e17:
            posted += 1
            if not money_fits(tb, st):
                unpost(tb, st, e, r)
                posted -= 1
                v = -1e18
        if v < -1e17 and not tb.el_optional[e]:
            posted = -1
            break
    if posted > 0:
        return True
    unbuild(tb, st, u, r)
    return False


@kernel
def unbuild(tb, st, u, r):
    """Undo ``build``: slot ``r`` is the unit's last."""
    for e in range(tb.el_first[u], tb.el_first[u + 1]):
        if st.el_site[e, r] >= 0:
            unpost(tb, st, e, r)
    st.rot_n[u] = r


@kernel
def insert_unit(tb, st, u, lam, pull, noise, tries):
    """Add the best further rotation of unit ``u``, if any improves the plan.

    ``lam[t]`` is the guiding price of rotation money in week t; ``pull[y, t]`` what it is
    hoped a ready element of type y is worth to exercises not held yet; ``noise`` the relative
    random error on interval values; ``tries`` how many intervals are built exactly.
    """
    r = st.rot_n[u]
    first, last = tb.el_first[u], tb.el_first[u + 1]
    n_iv = tb.iv_first[u + 1] - tb.iv_first[u]
    if r >= st.rot_a.shape[1] or n_iv == 0 or first == last:
        return False
    n_e, n_s, weeks = last - first, len(tb.places), tb.weeks
    lam_sum = np.zeros(weeks + 1)
    for t in range(weeks):
        lam_sum[t + 1] = lam_sum[t] + lam[t]
    # a sample of the intervals that time and money leave open
    week_cost = 0.0
    for e in range(first, last):
        if not tb.el_optional[e]:
            week_cost += tb.week_cost[tb.el_type[e]]
    candidates = np.zeros(n_iv, dtype=np.int64)
    n_candidates = 0
    keep = min(1.0, 250.0 / n_iv)
    for i in range(tb.iv_first[u], tb.iv_first[u + 1]):
        if keep < 1.0 and np.random.random() > keep:
            continue
        a, d = tb.iv_a[i], tb.iv_d[i]
        if interval_fits(tb, st, u, a, d) and affordable(tb, st, week_cost, a, d):
            candidates[n_candidates] = i
            n_candidates += 1
    if n_candidates == 0:
        return False
    # value tables, one per distinct type in the unit
    kinds = np.zeros(n_e, dtype=np.int64)
    owner = np.zeros(n_e, dtype=np.int64)
    n_kinds = 0
    for i in range(n_e):
        kinds[i] = -1
        for k in range(n_kinds):
            if tb.el_type[owner[k]] == tb.el_type[first + i]:
                kinds[i] = k
        if kinds[i] < 0:
            kinds[i], owner[n_kinds] = n_kinds, first + i
            n_kinds += 1
    pgs = np.zeros((n_kinds, n_s, weeks + 1))
    prs = np.zeros((n_kinds, n_s, weeks + 1))
    for k in range(n_kinds):
        y = tb.el_type[owner[k]]
        point_gains(tb, st, y, pgs[k])
        for s in range(n_s):
            hoped = 0.0
            for t in range(weeks):
                hoped += pull[y, t]
                pgs[k, s, t + 1] += hoped
                prs[k, s, t + 1] = prs[k, s, t] + presence_gain(tb, st, y, s, t)
    free_to = np.zeros((len(tb.draw), weeks), dtype=np.int64)
    loss = np.zeros((len(tb.draw), weeks + 1))
    set_outlook(tb, st, free_to, loss)
    top = n_s * 2 + len(tb.draw)
    value, site = np.zeros(top), np.zeros(top, dtype=np.int64)
    mode, held = np.zeros(top, dtype=np.int64), np.zeros(top, dtype=np.int64)
    # approximate values of the candidates
    best_v = np.full(tries, -1e18)
    best_i = np.full(tries, -1, dtype=np.int64)
    per_kind = np.zeros(n_kinds)
    for i in candidates[:n_candidates]:
        a, d = tb.iv_a[i], tb.iv_d[i]
        for k in range(n_kinds):
            n = options(tb, st, owner[k], a, d, pgs[k], prs[k], free_to, loss, lam, lam_sum, value, site, mode, held)
            per_kind[k] = -1e18
            for j in range(n):
                if value[j] > per_kind[k] and room(
                    tb, st, tb.el_type[owner[k]], site[j], ready_week(tb, owner[k], mode[j], held[j], a), a, d
                ):
                    per_kind[k] = value[j]
        v = -tb.over_price * max(0, d - a - tb.std[u])
        for e in range(n_e):
            x = per_kind[kinds[e]]
            v += max(x, 0.0) if tb.el_optional[first + e] else x
        if v <= 0.0:
            continue
        v *= 1.0 + noise * (np.random.random() - 0.5)
        for k in range(tries):
            if v > best_v[k]:
                for m in range(tries - 1, k, -1):
                    best_v[m], best_i[m] = best_v[m - 1], best_i[m - 1]
                best_v[k], best_i[k] = v, i
                break
    # elements that must go first, the most people first: hardest to house
    order = np.arange(first, last)
    weight = np.zeros(n_e)
    for e in range(n_e):
        y = tb.el_type[first + e]
        weight[e] = -tb.people[y] + (1e6 if tb.el_optional[first + e] else 0.0)
    order = order[np.argsort(weight)]
    before = score(tb, st)
    spent = (st.spend[tb.line[0]] * lam).sum()
    best, pick = 0.0, -1
    for k in range(tries):
        if best_i[k] < 0:
            break
        a, d = tb.iv_a[best_i[k]], tb.iv_d[best_i[k]]
        if build(
            tb, st, u, r, a, d, pull, order, kinds, pgs, prs, free_to, loss, lam, lam_sum, value, site, mode, held
        ):
            gain = score(tb, st) - before - ((st.spend[tb.line[0]] * lam).sum() - spent)
            for e in range(first, last):
                if st.el_site[e, r] >= 0:
                    ready = ready_week(tb, e, st.el_mode[e, r], st.el_set[e, r], st.el_a[e, r])
                    for t in range(max(ready, 0), min(st.el_d[e, r], weeks)):
                        gain += pull[tb.el_type[e], t]
            if gain > best + 1e-9:
                best, pick = gain, best_i[k]
            unbuild(tb, st, u, r)
    if pick < 0:
        return False
    a, d = tb.iv_a[pick], tb.iv_d[pick]
    return build(tb, st, u, r, a, d, pull, order, kinds, pgs, prs, free_to, loss, lam, lam_sum, value, site, mode, held)
