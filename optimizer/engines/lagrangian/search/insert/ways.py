"""The ways an element can come and stay, what they cost at least, and the best of them."""

from __future__ import annotations

from optimizer.engines.lagrangian.kernels.arrays import Bools, Floats, Ints
from optimizer.engines.lagrangian.kernels.jit import kernel
from optimizer.engines.lagrangian.search.insert.custody import ENDLESS, held_at_most
from optimizer.engines.lagrangian.search.insert.presence import is_back, latest_end
from optimizer.engines.lagrangian.search.insert.worth import NEVER, Worth
from optimizer.engines.lagrangian.search.state.arrays import State, ready_week
from optimizer.engines.lagrangian.tables.records import SET, Tables


@kernel
def least_fare(tb: Tables, y: int) -> float:
    """What bringing an element of type ``y`` costs at least."""
    fare = 1e18
    for m in range(3):
        if tb.mode_ok[y, m]:
            fare = min(fare, tb.mode_cost[y, m])
    return fare


@kernel
def dues(tb: Tables, u: int) -> tuple[float, float]:
    """What the elements of unit ``u`` that have to go cost at least: bringing them, and their upkeep a week."""
    fare, upkeep = 0.0, 0.0
    for e in range(tb.el_first[u], tb.el_first[u + 1]):
        if not tb.el_optional[e]:
            fare += least_fare(tb, tb.el_type[e])
            upkeep += tb.week_cost[tb.el_type[e]]
    return fare, upkeep


@kernel
def ways(
    tb: Tables,
    st: State,
    e: int,
    a: int,
    until: int,
    look: Bools,
    pull_sum: Floats,
    lam: Floats,
    kt: Worth,
    free_to: Ints,
    loss: Floats,
    spare: float,
    way: Floats,
) -> int:
    """List the ways element ``e`` can arrive in week ``a`` and leave by ``until``, where the tables end; return how
    many.

    look      [S] sites looked at
    pull_sum  [S, T + 1] offers to its type, prefix sums
    lam       [T] guiding price of rotation money
    kt        see ``fill``
    free_to   [Q, T] see ``set_free``
    loss      [Q, T + 1] see ``stored_worth``
    spare     micro-money beyond the cheapest way of all
    way       [ways, 5] filled: value at departure less ``whole``, last departure, site, mode, set (-1 none)
    """
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
def best_way(tb: Tables, d: int, whole: Floats, loss: Floats, way: Floats, n: int) -> tuple[int, float]:
    """The best of ``n`` ways to stay until ``d``, and its value (-1, ``NEVER`` if none). ``whole``: [S, T + 1] of
    ``Worth``; ``way``, ``loss``: see ``ways``."""
    end, best, at = min(d, tb.weeks), NEVER, -1
    for i in range(n):
        if way[i, 1] >= d or way[i, 1] == ENDLESS:
            value = way[i, 0] + whole[int(way[i, 2]), end]
            if way[i, 4] >= 0.0:
                q = int(way[i, 4])
                value -= loss[q, min(d + tb.reset[q], tb.weeks)]
            if value > best:
                best, at = value, i
    return at, best
