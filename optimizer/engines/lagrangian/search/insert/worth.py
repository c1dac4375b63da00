"""What an element is worth by site and week given the rest of the plan, and where it fits."""

from __future__ import annotations

from typing import NamedTuple

from optimizer.engines.lagrangian.kernels.arrays import Bools, Floats, Ints
from optimizer.engines.lagrangian.kernels.jit import kernel
from optimizer.engines.lagrangian.search.state.arrays import State
from optimizer.engines.lagrangian.search.state.value import added_value
from optimizer.engines.lagrangian.tables.records import Tables

NEVER = -1e18


@kernel
def stored_worth(tb: Tables, st: State, q: int, start: int, end: int, loss: Floats) -> None:
    """Fill ``loss[start : end + 1]`` ([T + 1]) with prefix sums of what set ``q``'s stored points are worth, which a
    holder loses."""
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
def gains(tb: Tables, st: State, y: int, start: int, end: int, look: Bools, grain: Floats, points: Floats) -> None:
    """What one more ready element of type ``y`` adds at the sites looked at, in the weeks [start, end).

    look    [S] sites looked at
    grain   [grains, T] scratch
    points  [S, T + 1] filled: prefix sums, 0 at ``start``
    """
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
def wishes_of(tb: Tables, e: int, s: int, t: int) -> float:
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
def worth(
    tb: Tables,
    st: State,
    e: int,
    start: int,
    end: int,
    look: Bools,
    pull: Floats,
    lam: Floats,
    points: Floats,
    whole: Floats,
) -> None:
    """What one more week of element ``e`` is worth at the sites looked at: points, presence towards floors, offers and
    wishes, less upkeep, in the weeks [start, end).

    look    [S] sites looked at
    pull    [Y, S, T] offers, score points
    lam     [T] guiding price of rotation money
    points  [S, T + 1] see ``gains``
    whole   [S, T + 1] filled: prefix sums, 0 at ``start``
    """
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
def stops(tb: Tables, st: State, y: int, start: int, until: int, look: Bools, anyone: Ints, settled: Ints) -> None:
    """Per site and week of [start, until), the first week from there on in which one more element of type ``y`` does
    not fit (T if it fits to the end of the span).

    look     [S] sites looked at
    anyone   [S, T] filled: among all people
    settled  [S, T] filled: among the settled
    """
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

    points: Floats  # [S, T + 1] score points of its coverage, prefix sums over the weeks
    whole: Floats  # [S, T + 1] the same with floors, offers and wishes, less upkeep
    anyone: Ints  # [S, T] first week in which it does not fit
    settled: Ints  # [S, T] first week in which it does not fit among the settled


@kernel
def fill(
    tb: Tables,
    st: State,
    e: int,
    start: int,
    end: int,
    look: Bools,
    pull: Floats,
    lam: Floats,
    grain: Floats,
    kt: Worth,
) -> None:
    """Fill the tables ``kt`` of element ``e`` for the weeks [start, end) at the sites to ``look`` at ([S]); ``pull``,
    ``lam``: see ``worth``; ``grain``: [grains, T] scratch."""
    gains(tb, st, tb.el_type[e], start, end, look, grain, kt.points)
    worth(tb, st, e, start, end, look, pull, lam, kt.points, kt.whole)
    stops(tb, st, tb.el_type[e], start, end, look, kt.anyone, kt.settled)
