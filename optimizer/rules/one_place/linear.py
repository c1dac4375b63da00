"""Nobody is in two places at once, nor in two exercises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from optimizer.rules.rows import Key, Row, Space, put, total


def rows(space: Space) -> Iterator[Row]:
    """By unit and week, by element and week, by element and exercise."""
    case = space.case
    for u in case.units:
        for t in range(space.lo, space.until):
            yield Row((u.id,), t, {("out", u.id, t): 1}, "<=", 1)
    away: defaultdict[tuple[str, int], list[Key]] = defaultdict(list)
    busy: defaultdict[tuple[str, int], list[Key]] = defaultdict(list)
    once: defaultdict[tuple[str, str], list[Key]] = defaultdict(list)
    for f in space.flights:
        for t in range(f.arrive, f.end):
            away[f.element, t].append(f.key)
    for p in space.participations:
        once[p.element, p.exercise].append(p.key)
        for t in range(p.start, p.end):
            busy[p.element, t].append(p.key)
    for e in case.elements:
        for t in range(space.lo, space.until):
            flown = [(key, 1) for key in away[e.id, t]]
            yield Row((e.id,), t, put(total(space.based(e.id, t)), flown), "<=", 1)
    for (element, t), keys in busy.items():
        yield Row((element,), t, total((key, 1) for key in keys), "<=", 1)
    for (element, exercise), keys in once.items():
        yield Row((element, exercise), None, total((key, 1) for key in keys), "<=", 1)
