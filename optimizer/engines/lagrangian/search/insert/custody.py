"""When a set may be drawn, and for how long it may be held (rules set-custody, set-maintenance)."""

from __future__ import annotations

from optimizer.engines.lagrangian.kernels.arrays import Ints
from optimizer.engines.lagrangian.kernels.jit import kernel
from optimizer.engines.lagrangian.search.state.arrays import State
from optimizer.engines.lagrangian.tables.records import Tables

ENDLESS = 1 << 40


@kernel
def set_free(tb: Tables, st: State, free_to: Ints) -> None:
    """Fill ``free_to``, [Q, T]: per set and week, the week up to which it stays idle where it stands."""
    busy, site = st.set_busy, st.set_site
    for q in range(site.shape[0]):
        end = site.shape[1]
        for t in range(site.shape[1] - 1, -1, -1):
            if busy[q, t] != 0 or site[q, t] < 0:
                end = t
            elif t + 1 < site.shape[1] and site[q, t + 1] != site[q, t]:
                end = t + 1
            free_to[q, t] = end


@kernel
def set_is_free(tb: Tables, free_to: Ints, q: int, a: int, d: int) -> bool:
    """Whether set ``q`` can be held from ``a`` to ``d`` plus reset where it stands in ``a``; ``free_to``: see
    ``set_free``."""
    return 0 <= a < tb.weeks and free_to[q, a] >= min(d + tb.reset[q], tb.weeks) and free_to[q, a] > a


@kernel
def held_at_most(tb: Tables, st: State, q: int, site: int) -> int:
    """The last week in which a holder of set ``q`` at ``site`` may leave: where it runs past the end, the set may
    neither fall due nor outstay its holding before its reset is over."""
    if not tb.past_end:
        return ENDLESS
    until = tb.stays_on[q, site]
    if tb.interval[q] > 0:
        n = st.block_n[q]
        last = st.block_a[q, n - 1] + tb.maint[q] if n > 0 else tb.last_maint[q]
        until = min(until, max(last + tb.interval[q], tb.available[q]))
    return ENDLESS if until >= ENDLESS else max(until, tb.weeks) - tb.reset[q]


@kernel
def may_draw(tb: Tables, st: State, y: int, q: int, site: int, a: int, d: int, home: int, free_to: Ints) -> bool:
    """Whether an element of type ``y`` may hold set ``q`` at ``site`` during [a, d); ``a`` < 0: it drew it before the
    plan. ``home``: when its unit leaves, with which the set is taken to be held past the end of the plan."""
    first, until = max(a, 0), d if d < tb.weeks else max(d, home)
    since = tb.drawable[q] if a >= 0 else tb.available[q]
    fits = tb.draws[y, q] and first >= since and st.set_site[q, first] == site
    return fits and set_is_free(tb, free_to, q, first, d) and until <= held_at_most(tb, st, q, site)
