"""A maintenance block at least every interval, where the set stands, while nobody holds it."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.domain import Case
from optimizer.domain.beyond import due_after
from optimizer.rules.overruns import overruns
from optimizer.rules.rows import Row, Space, put, total


def maint(case: Case, set_id: str, start: int, end: int) -> bool:
    q = case.prepo[set_id]
    length, cut = end - start, end == case.weeks
    whole = length == q.maintenance_weeks or (cut and length < q.maintenance_weeks)
    return q.interval > 0 and max(q.available, 0) <= start < case.weeks and whole


ADMITS = {"maint": maint}


def rows(space: Space) -> Iterator[Row]:
    """By set and week: no overlap, only while standing, not while held; by window of weeks: one start."""
    case = space.case
    for name in space.members:
        q = case.prepo[name]
        for t in range(case.weeks):
            block = space.serviced(name, t)
            if not block:
                continue
            stand = [(("stand", name, s, t), 1) for s in space.stands[name]]
            yield Row((name,), t, total(block), "<=", 1)
            yield Row((name,), t, put(total(block), stand, -1), "<=", 0)
            held, most = space.held(name, t), space.exclusive(name)
            if held:
                yield Row((name,), t, put(total(held), block, most), "<=", most)
        if q.interval > 0 and q.available < case.weeks:
            yield from _due(space, name)
            yield from _beyond(space, name)


def _beyond(space: Space, name: str) -> Iterator[Row]:
    """Whoever holds the set past the end has given it back before it falls due."""
    case, q = space.case, space.case.prepo[name]
    for until, held, n in overruns(space, name):
        if (due_after(case, name, None) or 0) < until:
            in_time = [(("maint", name, f, g), 1) for f, g in space.blocks[name] if g + q.interval >= until]
            yield Row((name,), None, put(total(held), in_time, -1), "<=", n - 1)


def _due(space: Space, name: str) -> Iterator[Row]:
    """The first block in time; then in every stretch of ``interval + block`` weeks one begins. A block before that
    is needed starts the clock anew: it is followed in time."""
    case, q = space.case, space.case.prepo[name]
    starts = [(f, (("maint", name, f, g), 1)) for f, g in space.blocks[name]]
    first = max(case.maintained[q.id] + q.interval, q.available, 0)
    stretch = q.interval + q.maintenance_weeks
    running = case.weeks if first >= case.weeks else max(first - stretch + 1, 0)
    for f, g in space.blocks[name]:
        if f < running and g + q.interval < case.weeks:
            after = total(pair for s, pair in starts if f < s <= g + q.interval)
            yield Row((name,), f, put(after, [(("maint", name, f, g), 1)], -1), ">=", 0)
    if first >= case.weeks:
        return
    yield Row((name,), first, total(pair for f, pair in starts if f <= first), ">=", 1)
    for t in range(running, case.weeks - stretch + 1):
        yield Row((name,), t, total(pair for f, pair in starts if t <= f < t + stretch), ">=", 1)
