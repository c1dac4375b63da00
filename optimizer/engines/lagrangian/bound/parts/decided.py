"""What a leaf of the tree has decided: windows, counts and bases that its plans keep to.

Decisions on a unit are about its *next* rotation, the first that is not under way.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.engines.lagrangian.tables.records import Tables

FREE, ONCE, AGAIN = range(3)  # rotations of a unit that are not under way: any number, at most one, at least two
EVER = 1 << 30  # later than every departure


class Decided(NamedTuple):
    """U units, E elements, X exercises, S sites, M elements whose bases are limited, T weeks."""

    since: np.ndarray  # [U] the next arrival lies in [since, by] or, if by is T, there may be none
    by: np.ndarray
    leave_since: np.ndarray  # [U] the departure after it lies in [leave_since, leave_by]
    leave_by: np.ndarray
    again: np.ndarray  # [U] FREE, ONCE or AGAIN
    run_since: np.ndarray  # [X] the start lies in [run_since, run_by] or, if run_by is T, there may be none
    run_by: np.ndarray
    limited: np.ndarray  # [E] row of ``base``, -1 if the element may be based anywhere
    element: np.ndarray  # [M]
    base: np.ndarray  # [M, S] where the element may be based in the next rotation of its unit


def undecided(t: Tables) -> Decided:
    """Nothing decided."""
    units, runs, elements = len(t.std), len(t.x_weeks), len(t.el_type)
    return Decided(
        since=np.zeros(units, dtype=np.int64),
        by=np.full(units, t.weeks),
        leave_since=np.zeros(units, dtype=np.int64),
        leave_by=np.full(units, EVER),
        again=np.full(units, FREE),
        run_since=np.zeros(runs, dtype=np.int64),
        run_by=np.full(runs, t.weeks),
        limited=np.full(elements, -1),
        element=np.zeros(0, dtype=np.int64),
        base=np.zeros((0, len(t.places)), dtype=np.bool_),
    )


def with_entry(d: Decided, name: str, i: int, value: int) -> Decided:
    """``d`` with one entry of an array replaced."""
    array = getattr(d, name).copy()
    array[i] = value
    return d._replace(**{name: array})


def with_bases(d: Decided, e: int, sites: np.ndarray) -> Decided:
    """``d`` with element ``e`` based in ``sites`` (a mask) only."""
    row = d.limited[e]
    if row >= 0:
        base = d.base.copy()
        base[row] &= sites
        return d._replace(base=base)
    new = with_entry(d, "limited", e, len(d.element))
    return new._replace(element=np.append(d.element, e), base=np.concatenate([d.base, sites[None]]))
