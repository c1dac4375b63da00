"""When and where exercises may be held, and how far apart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from optimizer.domain import Case
from optimizer.domain.presence import stands_for
from optimizer.rosters import must_be_held, start_weeks
from optimizer.rules.rows import Pairs, Row, Space, put, total


def run(case: Case, exercise: str, site: str, week: int) -> bool:
    x = case.exercise[exercise]
    if site not in {h.site for h in x.hosts} or week not in start_weeks(case, x):
        return False
    place = case.site[site]
    return not any(
        c.closes in ("range", "all") and stands_for(place, c.place) and c.start < week + x.weeks and week < c.end
        for c in case.closures
    )


ADMITS = {"run": run}


def rows(space: Space) -> Iterator[Row]:
    """Once at most, once at least where mandatory; linked exercises are kept apart."""
    case = space.case
    for x in case.exercises:
        held = total((("run", x.id, *r), 1) for r in space.runs[x.id])
        yield Row((x.id,), None, held, "<=", 1)
        if must_be_held(case, x):
            yield Row((x.id,), None, held, ">=", 1)
    for a, b in combinations(case.exercises, 2):
        if not a.group or a.group != b.group:
            continue
        gap = max(a.spacing, b.spacing)
        for t in range(min(0, space.lo), case.weeks + gap):
            # two runs are too close exactly if they meet once the gap is added to each
            first, second = _within(space, a.id, t, a.weeks + gap), _within(space, b.id, t, b.weeks + gap)
            if first and second:
                yield Row((a.id, b.id), t, put(total(first), second), "<=", 1)


def _within(space: Space, exercise: str, week: int, length: int) -> Pairs:
    return [(("run", exercise, s, w), 1) for s, w in space.runs[exercise] if w <= week < w + length]
