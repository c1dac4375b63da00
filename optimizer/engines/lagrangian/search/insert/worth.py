"""What an element is worth by site and week given the rest of the plan, and where it fits."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.engines.lagrangian.kernels.jit import kernel
from optimizer.engines.lagrangian.search.insert.custody import ENDLESS, held_at_most
from optimizer.engines.lagrangian.search.insert.presence import is_back, latest_end
from optimizer.engines.lagrangian.search.state.arrays import ready_week
from optimizer.engines.lagrangian.search.state.value import added_value
from optimizer.engines.lagrangian.tables.records import SET

NEVER = -1e18


@kernel
def stored_worth(tb, st, q, start, end, loss):
    """Prefix sums over the weeks [start, end) of what set ``q``'s stored points are worth (lost to a holder)."""
    loss[start] = 0.0
    demand, price, supply, stored, site, busy = tb.demand, tb.price, st.supply, tb.stored, st.set_site, st.set_busy
    for t in range(start, end):
        value = 0.0
        if busy[q, t] == 0 and site[q, t] >= 0:
            for a in range(stored.shape[2]):
                amount = stored[q, site[q, t], a]
                if amount > 0.0:
                    value += added_value(demand, price, a, t, supply[a, t] - amount, amount)
        loss[t + 1] = loss[t] + value


@kernel
def gains(tb, st, y, start, end, look, grain, points):
    """Prefix sums over the weeks [start, end) of what one more ready element of type ``y`` adds at
    the sites looked at: ``points[s, t + 1]``, 0 at ``start``."""
    first, n_s = tb.gr_first[y], tb.places.size
    demand, price, boost, supply = tb.demand, tb.price, st.boost, st.supply
    for g in range(first, tb.gr_first[y + 1]):
        a, amount = tb.gr_area[g], tb.gr_amount[g]
        more = 1.0 + boost[a]
        for t in range(start, end):
            grain[g - first, t] = more * added_value(demand, price, a, t, supply[a, t], amount)
    list_ = tb.gs
    for s in range(n_s):
        if look[s]:
            points[s, start : end + 1] = 0.0
            for j in range(tb.gs_first[y * n_s + s], tb.gs_first[y * n_s + s + 1]):
                g = list_[j]
                for t in range(start, end):
                    points[s, t + 1] += grain[g, t]
            for t in range(start, end):
                points[s, t + 1] += points[s, t]


@kernel
def wishes_of(tb, e, s, t):
    """What locks and change prices pay in week ``t`` for element ``e`` being based at ``s``."""
    gain = 0.0
    if tb.wish_element.size > 0:
        gain += tb.wish_element[e, s, t]
    u = tb.el_unit[e]
    for i in range(len(tb.wish_unit)):
        here = tb.wish_unit[i] == u and tb.wish_unit_place[i, s] and not tb.el_optional[e]
        if here and tb.wish_unit_from[i] <= t < tb.wish_unit_to[i]:
            gain += tb.wish_unit_price[i] / (tb.el_first[u + 1] - tb.el_first[u])
    return gain


@kernel
def worth(tb, st, e, start, end, look, pull, lam, points, whole):
    """Fill ``whole[s, t + 1]`` (points, presence towards floors, offers and wishes less upkeep),
    prefix sums over the weeks [start, end)."""
    y = tb.el_type[e]
    wished = tb.wish_element.size > 0 or (tb.wish_unit == tb.el_unit[e]).any()
    cost, n, country, price = tb.week_cost[y], tb.people[y], tb.country, tb.floor_cost
    counted, floors = st.c_all, tb.floor
    for s in range(country.size):
        if not look[s]:
            continue
        rest, whole[s, start] = 0.0, 0.0
        c = country[s]
        floor = floors[c] if c >= 0 else 0
        for t in range(start, end):
            if floor > 0:
                rest += price * max(0, min(floor - counted[c, t], n))
            rest += pull[y, s, t] - cost * lam[t]
            if wished:
                rest += wishes_of(tb, e, s, t)
            whole[s, t + 1] = points[s, t + 1] + rest


@kernel
def stops(tb, st, y, start, until, look, anyone, settled):
    """Per site and week of [start, until), the first week from there on in which one more element of
    type ``y`` does not fit among all people, and among the settled (the number of weeks if it
    fits to the end of the span)."""
    n, brigades, weeks = tb.people[y], tb.brigades[y], tb.weeks
    everyone, packed, top, calm_top = st.everyone, st.settled, st.cap_all, st.cap_settled
    c_all, c_settled, c_brigades = st.c_all, st.c_settled, st.brigades
    for s in range(tb.places.size):
        if not look[s]:
            continue
        c, end, calm = tb.country[s], weeks, weeks
        most, most_settled, most_brigades = 1e18, 1e18, 1e18
        if c >= 0:
            most, most_settled, most_brigades = tb.cap_all[c], tb.cap[c], tb.brigade_cap[c]
        for t in range(until - 1, start - 1, -1):
            if everyone[s, t] + n > top[s, t]:
                end = t
            if packed[s, t] + n > calm_top[s, t]:
                calm = t
            if c >= 0:
                if c_all[c, t] + n > most or c_brigades[c, t] + brigades > most_brigades:
                    end = t
                if c_settled[c, t] + n > most_settled:
                    calm = t
            anyone[s, t], settled[s, t] = end, calm


class Worth(NamedTuple):
    """What an element of one kind is worth by site and week, and where it fits."""

    points: np.ndarray  # [S, T + 1] prefix sums
    whole: np.ndarray  # [S, T + 1] prefix sums
    anyone: np.ndarray  # [S, T] first week in which it does not fit
    settled: np.ndarray  # [S, T] first week in which it does not fit among the settled


@kernel
def fill(tb, st, e, start, end, look, pull, lam, grain, kt):
    """Fill the tables of element ``e`` for the weeks [start, end), at the sites to ``look`` at."""
    gains(tb, st, tb.el_type[e], start, end, look, grain, kt.points)
    worth(tb, st, e, start, end, look, pull, lam, kt.points, kt.whole)
    stops(tb, st, tb.el_type[e], start, end, look, kt.anyone, kt.settled)


@kernel
def least_fare(tb, y):
    """What bringing an element of type ``y`` costs at least."""
    fare = 1e18
    for m in range(3):
        if tb.mode_ok[y, m]:
            fare = min(fare, tb.mode_cost[y, m])
    return fare


@kernel
def ways(tb, st, e, a, until, look, pull_sum, lam, kt, free_to, loss, spare, way):
    """List the ways element ``e`` can arrive in week ``a`` and leave by ``until``, where the tables end, at the
    sites to ``look`` at; return how many. ``spare``: money beyond the cheapest way of all. Row of ``way``: value at
    departure less ``whole``, last departure, site, mode, set."""
    points, whole, anyone, settled = kt.points, kt.whole, kt.anyone, kt.settled
    y, n, weeks = tb.el_type[e], 0, tb.weeks
    latest, cheapest = latest_end(tb, st, e, a), least_fare(tb, y)
    for m in range(3):
        if not tb.mode_ok[y, m] or a < tb.lead[y, m] or tb.mode_cost[y, m] - cheapest > spare:
            continue
        if not is_back(tb, st, e, m, a):
            continue
        fare = tb.mode_cost[y, m] * lam[a]
        for k in range(tb.draw.size if m == SET else look.size):
            q = k if m == SET else -1
            s = st.set_site[q, a] if m == SET else k
            if m == SET and (not tb.draws[y, q] or free_to[q, a] <= a or a < tb.drawable[q]):
                continue
            if not look[s]:
                continue
            ready = min(ready_week(tb, e, m, q, a), until)
            limit = anyone[s, a]
            if ready < until:
                limit = min(limit, settled[s, ready])
            if limit >= weeks:
                limit = ENDLESS
            if m == SET and free_to[q, a] < weeks:
                limit = min(limit, free_to[q, a] - tb.reset[q])
            limit = min(limit, latest)
            if m == SET:
                limit = min(limit, held_at_most(tb, st, q, s))
            if limit <= a:
                continue
            # points and hopes count from readiness, all else from arrival
            value = -whole[s, a] - (points[s, ready] - points[s, a]) - (pull_sum[s, ready] - pull_sum[s, a])
            value -= fare
            if m == SET:
                value += loss[q, a]
            way[n, 0], way[n, 1], way[n, 2], way[n, 3], way[n, 4] = value, limit, s, m, q
            n += 1
    return n


@kernel
def best_way(tb, d, kt, loss, way, n):
    """The best of ``n`` ways to stay until ``d``, and its value (-1, ``NEVER`` if none)."""
    end, best, at, whole = min(d, tb.weeks), NEVER, -1, kt.whole
    for i in range(n):
        if way[i, 1] >= d or way[i, 1] == ENDLESS:
            value = way[i, 0] + whole[int(way[i, 2]), end]
            if way[i, 4] >= 0.0:
                q = int(way[i, 4])
                value -= loss[q, min(d + tb.reset[q], tb.weeks)]
            if value > best:
                best, at = value, i
    return at, best
