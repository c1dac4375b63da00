"""The kinds of a unit's elements, with what each is worth by site and week and its ways of coming."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.engines.lagrangian.kernels.arrays import Bools, Floats, Ints
from optimizer.engines.lagrangian.kernels.jit import kernel
from optimizer.engines.lagrangian.search.insert.custody import set_free
from optimizer.engines.lagrangian.search.insert.ways import ways
from optimizer.engines.lagrangian.search.insert.worth import Worth, fill, stored_worth
from optimizer.engines.lagrangian.search.state.arrays import State
from optimizer.engines.lagrangian.tables.records import SET, Tables


class Kinds(NamedTuple):
    """The kinds of a unit's elements: those of one kind share tables. What each is worth, and the ways of coming in
    the week that is looked at. The last row of the tables and ways is for elements that follow others."""

    of: Ints  # [elements of the unit] kind
    owner: Ints  # [kinds …] an element of each
    pull_sum: Floats  # [kinds, S, T + 1] what exercises asked for offer, prefix sums
    points: Floats  # [kinds + 1, S, T + 1] and so on: see ``Worth``
    whole: Floats
    anyone: Ints
    settled: Ints
    way: Floats  # [kinds + 1, ways, 5] see ``ways``
    n_way: Ints  # [kinds] how many
    grain: Floats  # [grains, T] scratch
    free_to: Ints  # [Q, T] see ``set_free``
    loss: Floats  # [Q, T + 1] what points in store are worth, prefix sums


@kernel
def kinds_of(tb: Tables, u: int) -> Kinds:
    """Sort the unit's elements into kinds that share tables (its types, or each element for itself where it has wishes
    of its own); the tables still to be filled."""
    first, n, n_e, n_s, n_q = tb.el_first[u], 0, tb.el_first[u + 1] - tb.el_first[u], tb.places.size, tb.draw.size
    of, owner = np.empty(n_e, np.int64), np.empty(n_e, np.int64)
    alone = tb.wish_element.size > 0 or (tb.wish_unit == u).any()
    for i in range(n_e):
        of[i] = -1
        for k in range(n):
            if not alone and tb.el_type[owner[k]] == tb.el_type[first + i]:
                of[i] = k
        if of[i] < 0:
            of[i], owner[n] = n, first + i
            n += 1
    shape = (n + 1, n_s, tb.weeks + 1)
    return Kinds(
        of,
        owner,
        np.zeros((n, n_s, tb.weeks + 1)),
        np.empty(shape),
        np.empty(shape),
        np.empty(shape, np.int64),
        np.empty(shape, np.int64),
        np.empty((n + 1, 2 * n_s + n_q, 5)),
        np.zeros(n, np.int64),
        np.empty((tb.most_grains, tb.weeks)),
        np.zeros((n_q, tb.weeks), np.int64),
        np.zeros((n_q, tb.weeks + 1)),
    )


@kernel
def value_sets(tb: Tables, st: State, u: int, span: Ints, free_to: Ints, loss: Floats) -> None:
    """Of every set that the unit may draw, until when it is free and what its points in store are worth.

    span     [2] weeks
    free_to  [Q, T] filled: see ``set_free``
    loss     [Q, T + 1] filled in the weeks of ``span``: see ``stored_worth``; zeros remain of the others
    """
    drawn = np.zeros(tb.draw.size, np.bool_)
    for e in range(tb.el_first[u], tb.el_first[u + 1]):
        y = tb.el_type[e]
        for q in range(drawn.size):
            drawn[q] = drawn[q] or (tb.mode_ok[y, SET] and tb.draws[y, q])
    if drawn.any():
        set_free(tb, st, free_to)
        for q in range(drawn.size):
            if drawn[q]:
                stored_worth(tb, st, q, span[0], min(span[1] + tb.reset[q], tb.weeks), loss[q])


@kernel
def value_kinds(tb: Tables, st: State, u: int, span: Ints, look: Bools, pull: Floats, lam: Floats, ks: Kinds) -> None:
    """Fill the tables of every kind for the weeks of ``span`` ([2]) at the sites to ``look`` at ([S]). ``pull`` and
    ``lam``: see ``respond``."""
    for k in range(ks.n_way.size):
        kt = Worth(ks.points[k], ks.whole[k], ks.anyone[k], ks.settled[k])
        fill(tb, st, ks.owner[k], span[0], span[1], look, pull, lam, ks.grain, kt)
        hopes, sums = pull[tb.el_type[ks.owner[k]]], ks.pull_sum[k]
        for s in range(look.size):
            for t in range(tb.weeks if look[s] else 0):
                sums[s, t + 1] = sums[s, t] + hopes[s, t]
    value_sets(tb, st, u, span, ks.free_to, ks.loss)


@kernel
def list_ways(tb: Tables, st: State, a: int, until: int, look: Bools, lam: Floats, spare: float, ks: Kinds) -> None:
    """List every kind's ways of coming in week ``a`` and leaving by ``until``: ``ks.way``, ``ks.n_way``. ``look``,
    ``lam``, ``spare``: see ``ways``."""
    owner, pull_sum, way, n_way, free_to, loss = ks.owner, ks.pull_sum, ks.way, ks.n_way, ks.free_to, ks.loss
    points, whole, anyone, settled = ks.points, ks.whole, ks.anyone, ks.settled
    for k in range(n_way.size):
        kt = Worth(points[k], whole[k], anyone[k], settled[k])
        n_way[k] = ways(tb, st, owner[k], a, until, look, pull_sum[k], lam, kt, free_to, loss, spare, way[k])
