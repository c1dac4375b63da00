"""Decisions that split a leaf: what its solutions disagree about, those with most at stake first.

Every split is of two ``Decided`` that together hold all plans of the leaf.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from optimizer.engines.lagrangian.bound.chosen import Recent
from optimizer.engines.lagrangian.bound.parts.decided import (
    AGAIN,
    FREE,
    ONCE,
    Decided,
    with_bases,
    with_entry,
)
from optimizer.engines.lagrangian.tables.records import Tables

LEAST = 0.02  # share of solutions on either side of a split
EACH = {"go": 2, "held": 2, "arrive": 2, "depart": 1, "again": 1, "start": 1, "base": 2}  # candidates of a kind


class Split(NamedTuple):
    """``subject`` and ``value`` say what is decided: number of the unit, exercise or element, and the week, the sites
    (a mask) or nothing; see docs/certificate.md. The first side is that on which it is true."""

    kind: str
    score: float  # what is at stake, times the smaller share
    sides: tuple[Decided, Decided]
    subject: int
    value: int | np.ndarray | None = None


class Stakes(NamedTuple):
    """Worth of a unit's standard rotation [U], of an element's part of it [E], of an exercise [X]; roughly."""

    unit: np.ndarray
    element: np.ndarray
    exercise: np.ndarray


def stakes(t: Tables, typical: float, money: float) -> Stakes:
    """At ``typical`` worth of an element-week and a price of money."""
    way = np.where(t.mode_ok, t.mode_cost, np.inf).min(axis=1, initial=np.inf)
    weeks = t.std[t.el_unit].astype(np.float64)
    cost = weeks * t.week_cost[t.el_type] + np.where(np.isinf(way), 0.0, way)[t.el_type]
    element = typical * weeks + money * cost
    return Stakes(np.bincount(t.el_unit, element, len(t.std)), element, t.x_value.astype(np.float64))


def splits(t: Tables, leaf: Decided, recent: Recent, at_stake: Stakes) -> list[Split]:
    """Candidates, the best of each kind; those with most at stake first."""
    found = sorted(_all(t, leaf, recent, at_stake), key=lambda s: -s.score)
    left, kept = dict(EACH), []
    for split in found:
        if left[split.kind]:
            left[split.kind] -= 1
            kept.append(split)
    return kept


def _all(t: Tables, leaf: Decided, recent: Recent, at_stake: Stakes) -> Iterator[Split]:
    arrive, depart, again, base, start = (recent.of(name) for name in ("arrive", "depart", "again", "base", "start"))
    for u in range(len(t.std)):
        worth = float(at_stake.unit[u])
        goes = arrive[:, u] < t.weeks
        yield from _ever(leaf, "go", ("since", "by"), u, goes, t.weeks, worth)
        yield from _weeks(leaf, "arrive", ("since", "by"), u, arrive[goes, u], worth * goes.mean())
        yield from _weeks(leaf, "depart", ("leave_since", "leave_by"), u, depart[goes, u], worth * goes.mean())
        share = min(again[:, u].mean(), 1 - again[:, u].mean())
        if leaf.again[u] == FREE and share > LEAST:
            sides = with_entry(leaf, "again", u, ONCE), with_entry(leaf, "again", u, AGAIN)
            yield Split("again", worth * share, sides, u)
    for x in range(len(t.x_weeks)):
        worth, held = float(at_stake.exercise[x]), start[:, x] < t.weeks
        yield from _ever(leaf, "held", ("run_since", "run_by"), x, held, t.weeks, worth)
        yield from _weeks(leaf, "start", ("run_since", "run_by"), x, start[held, x], worth * held.mean())
    for e in range(len(t.el_type)):
        yield from _bases(t, leaf, e, base[:, e], float(at_stake.element[e]))


def _ever(
    leaf: Decided, kind: str, names: tuple[str, str], i: int, ever: np.ndarray, never: int, worth: float
) -> Iterator[Split]:
    """Whether at all."""
    share = min(ever.mean(), 1 - ever.mean())
    if share > LEAST:
        sides = with_entry(leaf, names[1], i, never - 1), with_entry(leaf, names[0], i, never)
        yield Split(kind, worth * share, sides, i)


def _weeks(
    leaf: Decided, kind: str, names: tuple[str, str], i: int, weeks: np.ndarray, worth: float
) -> Iterator[Split]:
    """At what week the choices are halved best."""
    if not weeks.size:
        return
    at = np.sort(weeks)
    middle = at[(at.size - 1) // 2]
    best = max((int(w) for w in (middle, *at[at < middle][-1:])), key=lambda w: min((at <= w).mean(), (at > w).mean()))
    share = min((at <= best).mean(), (at > best).mean())
    if share > LEAST:
        sides = with_entry(leaf, names[1], i, best), with_entry(leaf, names[0], i, best + 1)
        yield Split(kind, worth * float(share), sides, i, best)


def _bases(t: Tables, leaf: Decided, e: int, base: np.ndarray, worth: float) -> Iterator[Split]:
    """In which country, and in the same country at which site."""
    based = base[base >= 0]
    if not based.size:
        return
    free = leaf.base[leaf.limited[e]] if leaf.limited[e] >= 0 else np.ones(len(t.places), dtype=np.bool_)
    home = np.where(t.country >= 0, t.country, len(t.cap) + np.arange(len(t.country)))
    for group in (home, np.arange(len(t.places))):
        count = np.bincount(group[based])
        mine = group == count.argmax()
        share = min(mine[based].mean(), 1 - mine[based].mean()) * based.size / base.size
        if share > LEAST:
            sides = with_bases(leaf, e, free & mine), with_bases(leaf, e, free & ~mine)
            yield Split("base", worth * share, sides, e, mine)
            return
