"""Cuts that tie an exercise to whole rotations.

Let N be needs of exercise x and able(u) the most participants that unit u can give them: no more than its
elements able for any of N, and for each need no more than are asked for. Whatever units U are left out,
``coef = (Σ_N count − Σ_U able)⁺`` participants come from others. Hence for every range A of start weeks

    coef · Σ_{w ∈ A} runs starting in w  ≤  Σ_{u ∉ U} Σ_rotations of u min(coef, able(u)) + flown in from units ∉ U

over the rotations long enough in theatre to hold a run of A. Without such rows a third of a brigade with three
suitable battalions would do for every exercise; without U a unit that is there anyway would serve in part for others.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np

from optimizer.engines.lagrangian.bound.parts.classes import Classes
from optimizer.engines.lagrangian.bound.parts.records import Cuts, Fliers
from optimizer.engines.lagrangian.kernels.arrays import first, floats, ints
from optimizer.engines.lagrangian.tables.records import HOME

LEFT_OUT, TOGETHER = 2, 3  # units left out and needs taken together, at most
ENTRIES = 400_000  # in rows with units left out, of all exercises together: the same for each


class Candidates(NamedTuple):
    """Who may serve needs ``needs``: by unit the most participants, and the first week ready after arrival."""

    needs: tuple[int, ...]
    able: dict[int, int]
    rsoi: dict[int, int]


class Row(NamedTuple):
    exercise: int
    needs: tuple[int, ...]
    out: tuple[int, ...]  # units left out
    coef: int
    lo: int  # first and last start
    hi: int


def cuts(cl: Classes, fl: Fliers, of_flier: np.ndarray) -> Cuts:
    """Every need that may be met from theatre, alone and with others that the same units may serve, over all
    its starts and over halves of them down to single weeks; with units left out as far as ``ENTRIES`` allows."""
    t, units = cl.t, range(len(cl.t.el_first) - 1)
    rows: list[Row] = []
    entries: list[list[tuple[int, float, int, int]]] = [[] for _ in units]
    for x in range(len(t.x_weeks)):
        for c, row in _rows_of(cl, x):
            for u in c.able:
                if u not in row.out:
                    amount = float(min(row.coef, c.able[u]))
                    entries[u].append((len(rows), amount, row.hi - c.rsoi[u], row.lo + int(t.x_weeks[x])))
            rows.append(row)
    already = np.zeros(len(rows))
    for r in cl.case.underway:
        u = next(i for i, x in enumerate(cl.case.units) if x.id == r.unit)
        for i, amount, latest, earliest in entries[u]:
            already[i] += amount * (r.arrive <= latest and r.depart >= earliest)
    entries = [[x for x in xs if x[2] >= 0] for xs in entries]  # the others are met by rotations under way only
    flat = [x for xs in entries for x in xs]
    of = [(i, n) for i, row in enumerate(rows) for n in row.needs]
    out = [(i, u) for i, row in enumerate(rows) for u in row.out]
    barred = list(_barred(cl, fl, of_flier, rows))
    return Cuts(
        exercise=ints(r.exercise for r in rows),
        coef=floats(r.coef for r in rows),
        need=ints(r.needs[0] for r in rows),
        start=ints(r.lo for r in rows),
        end=ints(r.hi + 1 for r in rows),
        already=already,
        first=first(len(xs) for xs in entries),
        row=ints(x[0] for x in flat),
        amount=floats(x[1] for x in flat),
        latest=ints(min(x[2], t.weeks - 1) for x in flat),
        earliest=ints(x[3] for x in flat),
        of_row=ints(i for i, _ in of),
        of_need=ints(n for _, n in of),
        not_row=ints(i for i, _ in barred),
        not_entry=ints(j for _, j in barred),
        out_row=ints(i for i, _ in out),
        out_unit=ints(u for _, u in out),
    )


def _rows_of(cl: Classes, x: int) -> Iterator[tuple[Candidates, Row]]:
    """The rows of one exercise."""
    t = cl.t
    starts = np.flatnonzero(cl.run_ok[t.host_first[x] : t.host_first[x + 1]].any(axis=0))
    if not starts.size:
        return
    ranges = _halves(int(starts[0]), int(starts[-1]))
    left = ENTRIES // len(t.x_weeks)
    for c in _sets(cl, x):
        asked = sum(int(t.need_count[n]) for n in c.needs)
        for lo, hi in ranges:
            yield c, Row(x, c.needs, (), asked, lo, hi)
        for out in _leaving(c, asked):
            left -= len(ranges) * len(c.able)
            if left < 0:
                break
            coef = asked - sum(c.able[u] for u in out)
            for lo, hi in ranges:
                yield c, Row(x, c.needs, out, coef, lo, hi)


def _sets(cl: Classes, x: int) -> list[Candidates]:
    """Needs of an exercise that theatre may serve, one by one, then those together that share units."""
    t = cl.t
    needs = [n for n in range(t.need_first[x], t.need_first[x + 1]) if t.need_origin[n] != HOME]
    single = {n: _candidates(cl, (n,)) for n in needs}
    found = [single[n] for n in needs]
    for size in range(2, min(len(needs), TOGETHER) + 1):
        for some in combinations(needs, size):
            reached, grown = {some[0]}, True
            while grown:
                more = {
                    n
                    for n in some
                    if n not in reached and any(single[n].able.keys() & single[m].able.keys() for m in reached)
                }
                grown = bool(more)
                reached |= more
            if len(reached) == size:
                found.append(_candidates(cl, some))
    return found


def _candidates(cl: Classes, needs: tuple[int, ...]) -> Candidates:
    t, able, rsoi = cl.t, {}, {}
    for u in range(len(t.el_first) - 1):
        own = range(t.el_first[u], t.el_first[u + 1])
        fit = [{e for e in own if t.need_type[n, t.el_type[e]] and cl.limit.join_ok[n, e]} for n in needs]
        anyone = set[int]().union(*fit)
        if anyone:
            asked = sum(min(int(t.need_count[n]), len(f)) for n, f in zip(needs, fit, strict=True))
            able[u] = min(len(anyone), asked)
            rsoi[u] = min(cl.rsoi(e) for e in anyone)
    return Candidates(needs, able, rsoi)


def _leaving(c: Candidates, asked: int) -> Iterator[tuple[int, ...]]:
    """Sets of units that, left out, do not suffice: those that can give most first."""
    order = sorted(c.able, key=lambda u: (-c.able[u], u))
    for size in range(1, LEFT_OUT + 1):
        for out in combinations(order, size):
            if sum(c.able[u] for u in out) < asked:
                yield out


def _barred(cl: Classes, fl: Fliers, of_flier: np.ndarray, rows: list[Row]) -> Iterator[tuple[int, int]]:
    """(row, entry of ``fl.pair``) of units left out: fliers that serve exercises belong to one unit."""
    t = cl.t
    by_unit = [
        sorted({int(of_flier[e]) for e in range(t.el_first[u], t.el_first[u + 1])}) for u in range(len(t.el_first) - 1)
    ]
    for i, row in enumerate(rows):
        for f in (f for u in row.out for f in by_unit[u]):
            for j in range(fl.first[f], fl.first[f + 1]):
                if cl.pairs[fl.pair[j]][0] in row.needs:
                    yield i, j


def _halves(lo: int, hi: int) -> list[tuple[int, int]]:
    """``[lo, hi]``, its halves, their halves, …"""
    if lo == hi:
        return [(lo, hi)]
    middle = (lo + hi) // 2
    return [(lo, hi), *_halves(lo, middle), *_halves(middle + 1, hi)]
