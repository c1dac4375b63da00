"""A unit's whole life: the best chain of rotations, rests and weeks at home.

With W(i) the worth of interval i = [a, d) and H(a, b) that of weeks at home,

    come(a)    = max over i arriving in a of W(i) + next(d, d + rest)
    next(d, r) = max(H(d, T), max over a ≥ r of H(d, a) + come(a))

where d is the week home and r the first in which the unit is rested. The next rotation, the first that is not under
way, is chosen apart: decisions of the tree are about it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.engines.lagrangian.bound.parts.decided import AGAIN, FREE, ONCE, Decided
from optimizer.engines.lagrangian.bound.parts.records import Cuts, Lives
from optimizer.engines.lagrangian.bound.pricing.arcs import HOPELESS, NEG
from optimizer.engines.lagrangian.bound.pricing.booking import (
    ELEMENT,
    FLIGHT,
    FROM,
    LAST,
    POST,
    ROTATION,
    UNDER_WAY,
    UNTIL,
    WHAT,
    WHOSE,
)
from optimizer.engines.lagrangian.bound.pricing.rotations import (
    Worths,
    absent,
    at_home,
    counting,
    rotations,
    row_of,
    stay,
)
from optimizer.engines.lagrangian.kernels.arrays import Floats, Ints
from optimizer.engines.lagrangian.kernels.jit import kernel


class Chains(NamedTuple):
    """The recurrence of one unit: worths of ``come`` and ``next``, and the interval or arrival behind each."""

    come: np.ndarray  # [T + 1]
    by: np.ndarray  # [T + 1] interval, -1 none
    next: np.ndarray  # [T + 1, T + 1]
    then: np.ndarray  # [T + 1, T + 1] arrival, T none
    home: np.ndarray  # [T + 1, T + 1]


@kernel
def note(jobs: Ints, n: int, what: int, whose: int, weeks: tuple[int, int, int], element: int) -> int:
    """Write one job with ``weeks``: from, until, last week to begin in; return how many there are."""
    jobs[n, WHAT], jobs[n, WHOSE], jobs[n, ELEMENT] = what, whose, element
    jobs[n, FROM], jobs[n, UNTIL], jobs[n, LAST] = weeks
    return n + 1


@kernel
def note_home(lv: Lives, w: Worths, u: int, a: int, b: int, jobs: Ints, n: int) -> int:
    """Jobs behind ``at_home``."""
    t_n = w.inside.shape[1] - 1
    lo, hi = max(a - lv.stagger[u], 0), min(b + lv.stagger[u], t_n)
    for e in range(lv.first[u], lv.first[u + 1]):
        f = lv.flier[e]
        if lv.optional[e] and w.begun[f, lo, hi] > 0.0:
            n = note(jobs, n, FLIGHT, f, (lo, t_n, hi - 1), e)
        elif not lv.optional[e] and w.inside[f, lo, hi] > 0.0:
            n = note(jobs, n, FLIGHT, f, (lo, hi, hi), e)
    return n


@kernel
def note_rotation(lv: Lives, de: Decided, w: Worths, u: int, i: int, next_one: bool, jobs: Ints, n: int) -> int:
    """Jobs behind interval ``i``."""
    t_n, a, d = w.value.shape[1], lv.iv_a[i], lv.iv_d[i]
    n = note(jobs, n, ROTATION, u, (a, d, 0), -1)
    for e in range(lv.first[u], lv.first[u + 1]):
        k, f, row = lv.kind[e], lv.flier[e], row_of(lv, de, w, e, next_one)
        best, start, end = stay(w.value[row], lv.must[k], a, d, lv.stagger[u])
        if lv.optional[e] and absent(lv.must[k], w.begun[f], a, d) >= best:
            n = note(jobs, n, FLIGHT, f, (a, t_n, min(d, t_n) - 1), e)
        else:
            n = note(jobs, n, POST, w.choice[row, start, end - start], (start, end, 0), e)
    return n


@kernel
def under_way(lv: Lives, w: Worths, u: int, jobs: Ints, n: int) -> tuple[int, float, int]:
    """Jobs of the rotation under way, the worth of whoever stayed home, the first week home."""
    t_n, worth = w.begun.shape[1] - 1, 0.0
    for j in range(lv.out_first[u], lv.out_first[u + 1]):
        n = note(jobs, n, UNDER_WAY, j, (0, 0, 0), -1)
    home = end = min(lv.out_until[u], t_n)
    for e in range(lv.first[u], lv.first[u + 1]):
        f = lv.flier[e]
        if lv.home_from[e] > 0:
            home = min(home, lv.home_from[e])
        elif w.begun[f, 0, end] > 0.0:
            worth += w.begun[f, 0, end]
            n = note(jobs, n, FLIGHT, f, (0, t_n, end - 1), e)
    return n, worth, home


@kernel
def link(lv: Lives, u: int, worth: Floats, ch: Chains) -> None:
    """Fill the recurrence of unit ``u`` from the last week back; ``ch.home`` and ``worth`` are known."""
    t_n = ch.come.size - 1
    i = lv.iv_first[u + 1] - 1
    for a in range(t_n, -1, -1):
        ch.come[a], ch.by[a] = NEG, -1
        while i >= lv.iv_first[u] and lv.iv_a[i] == a:
            d = lv.iv_d[i]
            sure = worth[i] + ch.next[min(d, t_n), min(d + lv.rest[u, d - a], t_n)]
            if sure > ch.come[a] and worth[i] > HOPELESS:
                ch.come[a], ch.by[a] = sure, i
            i -= 1
        ch.next[a, t_n], ch.then[a, t_n] = ch.home[a, t_n], t_n
        for r in range(t_n - 1, a - 1, -1):
            ch.next[a, r], ch.then[a, r] = ch.next[a, r + 1], ch.then[a, r + 1]
            if ch.by[r] >= 0 and ch.home[a, r] + ch.come[r] > ch.next[a, r]:
                ch.next[a, r], ch.then[a, r] = ch.home[a, r] + ch.come[r], r


@kernel
def after(ch: Chains, again: int, d: int, r: int) -> tuple[float, int]:
    """Best worth after a next rotation (home in ``d``, rested in ``r``), and the arrival that follows (T none)."""
    t_n = ch.come.size - 1
    if again == FREE:
        return ch.next[d, r], ch.then[d, r]
    if again == ONCE:
        return ch.home[d, t_n], t_n
    best, at = NEG, t_n
    for a in range(r, t_n):
        if ch.by[a] >= 0 and ch.home[d, a] + ch.come[a] > best:
            best, at = ch.home[d, a] + ch.come[a], a
    return best, at


@kernel
def begin(lv: Lives, de: Decided, u: int, at: int, rested: int, worth: Floats, ch: Chains) -> tuple[float, int, int]:
    """The best life from home in ``at``, rested in ``rested``: worth, interval of the next rotation (-1 none),
    arrival of the one after it (T none)."""
    t_n = ch.come.size - 1
    best, by, then = NEG, -1, t_n
    if de.by[u] >= t_n and de.again[u] != AGAIN:
        best = ch.home[at, t_n]
    for i in range(lv.iv_first[u], lv.iv_first[u + 1]):
        a, d = lv.iv_a[i], lv.iv_d[i]
        if a < max(rested, de.since[u]) or a > de.by[u] or d < de.leave_since[u] or d > de.leave_by[u]:
            continue
        if worth[i] > HOPELESS:
            later, arrival = after(ch, de.again[u], min(d, t_n), min(d + lv.rest[u, d - a], t_n))
            sure = ch.home[at, a] + worth[i] + later
            if sure > best:
                best, by, then = sure, i, arrival
    return best, by, then


@kernel
def note_life(
    lv: Lives, de: Decided, w: Worths, u: int, life: tuple[int, int, int], ch: Chains, jobs: Ints, n: int
) -> int:
    """Jobs of a life: ``life`` is (first week home, interval of the next rotation, arrival of the one after)."""
    t_n = ch.come.size - 1
    at, i, r = life
    next_one = True
    while i >= 0:
        a, d = lv.iv_a[i], lv.iv_d[i]
        n = note_home(lv, w, u, at, a, jobs, n)
        n = note_rotation(lv, de, w, u, i, next_one, jobs, n)
        at, rested = min(d, t_n), min(d + lv.rest[u, d - a], t_n)
        if not next_one:
            r = ch.then[at, rested]
        i = ch.by[r] if r < t_n else -1
        next_one = False
    return note_home(lv, w, u, at, t_n, jobs, n)


@kernel
def units(lv: Lives, cu: Cuts, de: Decided, xi: Floats, w: Worths, worth: Floats, jobs: Ints) -> tuple[float, int]:
    """(sum of the units' best lives without what is under way, number of jobs).

    xi     [rows] prices of the cuts
    worth  [I] filled: every interval's value, of elements whose bases are not limited
    jobs   […, 6] filled: what the lives are made of, columns ``WHAT`` to ``ELEMENT``
    """
    t_n, total, n = w.inside.shape[1] - 1, 0.0, 0
    square = (t_n + 1, t_n + 1)
    ch = Chains(
        np.zeros(t_n + 1),
        np.zeros(t_n + 1, np.int64),
        np.zeros(square),
        np.zeros(square, np.int64),
        np.zeros(square),
    )
    table, limited = np.zeros(square), np.zeros(worth.size)
    for u in range(lv.first.size - 1):
        counting(cu, xi, u, table)
        rotations(lv, de, w, u, False, table, worth)
        at_home(lv, w.inside, w.begun, u, ch.home)
        link(lv, u, worth, ch)
        first_worth = worth
        if (de.limited[lv.first[u] : lv.first[u + 1]] >= 0).any():
            rotations(lv, de, w, u, True, table, limited)
            first_worth = limited
        at, rested = 0, 0
        if lv.out_until[u] >= 0:
            n, stayed, at = under_way(lv, w, u, jobs, n)
            total += stayed
            rested = min(max(lv.out_rest[u], at), t_n)
        best, by, then = begin(lv, de, u, at, rested, first_worth, ch)
        total += best
        if best > HOPELESS:
            n = note_life(lv, de, w, u, (at, by, then), ch, jobs, n)
    return total, n
