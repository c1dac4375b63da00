"""Elementary paths of one element through exercises: the innermost loop of the bound's pricing.

A path fills ``[start, end)`` with disjoint arcs and free weeks, and meets no exercise twice. Labels: in week d with
exercises M behind it that could still come,

    V(d, M) = max(V(d − 1, M), V(w, M ∖ x) + worth of an arc of x over [w, d)).

A label is dropped if another is worth as much and has met no more. With more than ``LABELS`` in a week the two worst
become one that has met only what both have: still an upper bound.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.engines.lagrangian.bound.pricing.arcs import Arcs
from optimizer.engines.lagrangian.kernels.arrays import Ints
from optimizer.engines.lagrangian.kernels.jit import kernel

LABELS = 24


class Labels(NamedTuple):
    """Labels in the weeks in which arcs end, and where each comes from. Between them those of the last one hold."""

    n: np.ndarray  # [T + 1]
    worth: np.ndarray  # [T + 1, LABELS]
    met: np.ndarray  # bits of exercises behind it that have arcs to come
    week: np.ndarray  # the label before, and the slot of the arc between (-1: a free week)
    label: np.ndarray
    slot: np.ndarray
    best: np.ndarray  # [T + 1] the best label's worth
    begun: np.ndarray  # [T + 1] the best path whose last arc starts in the week; whoever asks sets it to NEG before


@kernel
def new_labels(weeks: int) -> Labels:
    """Room for the labels of one walk."""
    shape = (weeks + 1, LABELS)
    return Labels(
        np.zeros(weeks + 1, np.int64),
        np.zeros(shape),
        np.zeros(shape, np.int64),
        np.zeros(shape, np.int64),
        np.zeros(shape, np.int64),
        np.zeros(shape, np.int64),
        np.zeros(weeks + 1),
        np.zeros(weeks + 1),
    )


@kernel
def _write(lab: Labels, d: int, j: int, worth: float, met: int, week: int, label: int, slot: int) -> None:
    lab.worth[d, j], lab.met[d, j] = worth, met
    lab.week[d, j], lab.label[d, j], lab.slot[d, j] = week, label, slot


@kernel
def offer(lab: Labels, d: int, worth: float, met: int, week: int, label: int, slot: int) -> None:
    """Add a label in week ``d`` unless another is as good; merge the two worst if there are too many."""
    n, j = lab.n[d], 0
    while j < n:
        both = lab.met[d, j] & met
        if lab.worth[d, j] >= worth and both == lab.met[d, j]:
            return
        if worth >= lab.worth[d, j] and both == met:
            n -= 1
            _write(lab, d, j, lab.worth[d, n], lab.met[d, n], lab.week[d, n], lab.label[d, n], lab.slot[d, n])
            lab.n[d] = n
            continue
        j += 1
    if n < LABELS:
        lab.n[d] = n + 1
        _write(lab, d, n, worth, met, week, label, slot)
        return
    worst = 0
    for j in range(1, n):
        if lab.worth[d, j] < lab.worth[d, worst]:
            worst = j
    met &= lab.met[d, worst]
    if lab.worth[d, worst] >= worth:
        lab.met[d, worst] = met
    else:
        _write(lab, d, worst, worth, met, week, label, slot)


@kernel
def walk(arcs: Arcs, lab: Labels, start: int, end: int, last_start: int) -> None:
    """Labels of the best paths from ``start`` to each week up to ``end``, over arcs that start no later than
    ``last_start``; ``number`` must have been called."""
    lab.n[start], lab.best[start] = 1, 0.0
    _write(lab, start, 0, 0.0, 0, -1, -1, -1)
    k, before = arcs.after[start], start
    while arcs.ends[k] <= end:
        d = arcs.ends[k]
        left, best = arcs.open[d] & arcs.twice[start], lab.best[before]
        lab.n[d] = 0
        for j in range(lab.n[before]):
            offer(lab, d, lab.worth[before, j], lab.met[before, j] & left, before, j, -1)
        for i in range(arcs.n[d]):
            w = arcs.start[d, i]
            if w < start or w > last_start:
                continue
            bit, worth, here = arcs.bit[arcs.exercise[d, i]], arcs.worth[d, i], max(arcs.before[w], start)
            for j in range(lab.n[here]):
                if lab.met[here, j] & bit == 0:
                    sure = lab.worth[here, j] + worth
                    lab.begun[w] = max(lab.begun[w], sure)
                    best = max(best, sure)
                    offer(lab, d, sure, (lab.met[here, j] | bit) & left, here, j, i)
        lab.best[d] = best
        before = d
        k += 1


@kernel
def best_by(arcs: Arcs, lab: Labels, start: int, d: int) -> float:
    """Worth of the best path to week ``d`` after ``walk`` from ``start``."""
    return lab.best[max(arcs.before[d], start)]


@kernel
def back(arcs: Arcs, lab: Labels, start: int, end: int, ends: Ints, slots: Ints) -> int:
    """The arcs of the best path to ``end`` after ``walk``: fills (end, slot) pairs,
    [T + 1] each, and returns how many."""
    d, found, j = max(arcs.before[end], start), 0, 0
    for i in range(1, lab.n[d]):
        if lab.worth[d, i] > lab.worth[d, j]:
            j = i
    while d > start:
        if lab.slot[d, j] >= 0:
            ends[found], slots[found] = d, lab.slot[d, j]
            found += 1
        d, j = lab.week[d, j], lab.label[d, j]
    return found
