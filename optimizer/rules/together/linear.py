"""Units go as one: arrivals and departures of elements against those of their unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from optimizer.domain import Case, Element
from optimizer.rules.rows import Pairs, Row, Space, put, total


def start(case: Case, element: str, site: str, mode: str, set_id: str | None, week: int) -> bool:
    return (mode == "set") == (set_id is not None)


def foreign(case: Case, *_: Any) -> bool:
    return False


ADMITS = {"start": start, "foreign": foreign}


def rows(space: Space) -> Iterator[Row]:
    """Rows by unit and element; with a stagger they speak of windows, without of weeks."""
    case = space.case
    for u in case.units:
        elements = case.elements_of[u.id]
        stagger = case.unit_type(u.id).stagger
        weeks = range(space.lo, space.until)
        for e in elements:
            yield from _element(space, e, stagger, weeks)
            yield from _own_rotation(space, e, stagger)
        if stagger or all(e.optional for e in elements):
            yield from _someone(space, u.id, weeks)


def _sum(quantity: str, unit: str, weeks: range) -> Pairs:
    return [((quantity, unit, t), 1) for t in weeks]


def _element(space: Space, e: Element, stagger: int, weeks: range) -> Iterator[Row]:
    who, u = (e.unit, e.id), e.unit
    wanted = "<=" if e.optional else "=="
    for t in weeks:
        out, here = [(("out", u, t), 1)], space.based(e.id, t)
        coming, going = space.arriving(e.id, t), space.leaving(e.id, t)
        if stagger == 0:
            yield Row(who, t, put(total(coming), _sum("arrive", u, range(t, t + 1)), -1), wanted, 0)
            yield Row(who, t, put(total(here), out, -1), wanted, 0)
        else:
            ahead, around = range(t, t + stagger + 1), range(t - stagger, t + stagger + 1)
            soon = [pair for j in ahead for pair in space.arriving(e.id, j)]
            yield Row(who, t, put(total(here), out, -1), "<=", 0)
            yield Row(who, t, put(total(coming), _sum("arrive", u, range(t - stagger, t + 1)), -1), "<=", 0)
            yield Row(who, t, put(total(soon), _sum("arrive", u, around), -1), "<=", 0)
            if not e.optional:
                yield Row(who, t, put(total(soon), _sum("arrive", u, range(t, t + 1)), -1), ">=", 0)
                core = put(total(here), out, -1)
                put(core, _sum("arrive", u, range(t - stagger + 1, t + 1)))
                yield Row(who, t, put(core, _sum("depart", u, range(t + 1, t + stagger + 1))), ">=", 0)
        if stagger or e.optional:
            yield Row(who, t, put(total(going), _sum("depart", u, range(t, t + stagger + 1)), -1), "<=", 0)
        if _restless(space, u):
            yield from _fresh(space, e, t)


def _own_rotation(space: Space, e: Element, stagger: int) -> Iterator[Row]:
    """Where rotations are no longer than the stagger, who comes a little later may belong to the next one:
    arrivals are counted by rotation, before it ends."""
    spans = space.rotations[e.unit]
    if not any(d - a <= stagger for a, d in spans):
        return
    who, mine = (e.unit, e.id), {t: space.arriving(e.id, t) for t in range(space.lo, space.until)}
    for a, d in spans:
        if d - a <= stagger and not e.optional:
            came = [pair for t in range(a, d) for pair in mine.get(t, ())]
            yield Row(who, a, put(total(came), [(("rotate", e.unit, a, d), 1)], -1), ">=", 0)
    for t, coming in mine.items():
        if coming:
            around = [(("rotate", e.unit, a, d), 1) for a, d in spans if a <= t < min(a + stagger + 1, d)]
            yield Row(who, t, put(total(coming), around, -1), "<=", 0)


def _restless(space: Space, unit: str) -> bool:
    """Whether a rotation may begin the week another ends, or end before all have arrived."""
    kind = space.case.unit_type(unit)
    spare = 2 * kind.stagger
    brief = any(d - a <= spare for a, d in space.rotations[unit])
    return brief or kind.dwell_ratio == 0 or space.made_of_plan or "dwell" not in space.active


def _fresh(space: Space, e: Element, t: int) -> Iterator[Row]:
    """Nobody stays on from one rotation into the next, and whoever comes stays for a week."""
    for s, q in space.bases[e.id]:
        base = total([(("at", e.id, s, q, t), 1)])
        new = [(key, 1) for key in space.starts[e.id, s, q].get(t, ())]
        yield Row((e.unit, e.id), t, put(dict(base), new, -1), ">=", 0)
        yield Row((e.unit, e.id), t, put(put(base, new, -1), [(("depart", e.unit, t), 1)]), "<=", 1)


def _someone(space: Space, unit: str, weeks: range) -> Iterator[Row]:
    """Somebody opens every rotation and somebody closes it."""
    elements = [e.id for e in space.case.elements_of[unit]]
    for t in weeks:
        coming = [pair for e in elements for pair in space.arriving(e, t)]
        going = [pair for e in elements for pair in space.leaving(e, t)]
        yield Row((unit,), t, put(total(coming), _sum("arrive", unit, range(t, t + 1)), -1), ">=", 0)
        yield Row((unit,), t, put(total(going), _sum("depart", unit, range(t, t + 1)), -1), ">=", 0)
    last = max((d for _, d in space.rotations[unit]), default=0)
    there = [pair for e in elements for pair in space.based(e, space.until - 1)]
    beyond = _sum("depart", unit, range(space.until, last + 1))
    yield Row((unit,), space.until - 1, put(total(there), beyond, -1), ">=", 0)
