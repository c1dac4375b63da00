"""A set is held by one element at a time, of its type, where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from optimizer.domain import Case
from optimizer.domain.beyond import stands_until
from optimizer.domain.presence import rsoi_weeks
from optimizer.rules.overruns import overruns
from optimizer.rules.rows import Row, Space, put, total


def start(case: Case, element: str, site: str, mode: str, set_id: str | None, week: int) -> bool:
    return _drawable(case, element, set_id, week)


def fly(
    case: Case, element: str, exercise: str, need: str, site: str, week: int, mode: str, set_id: str | None
) -> bool:
    if set_id is None:
        return True
    kind = case.element_type(element)
    early = rsoi_weeks(case, kind, mode, set_id) if mode in kind.modes else case.prepo[set_id].draw_weeks
    return _drawable(case, element, set_id, week - early)


def _drawable(case: Case, element: str, set_id: str | None, week: int) -> bool:
    if set_id is None:
        return True
    prepo = case.prepo[set_id]
    first = prepo.available if week < 0 else case.drawable[set_id]
    return case.element_type(element).set_type == prepo.set_type and max(week, 0) >= first


ADMITS: dict[str, Any] = {"start": start, "fly": fly}


def rows(space: Space) -> Iterator[Row]:
    """By set and week: one holder at most, none during maintenance, and only where it stands."""
    for q in space.members:
        sites = sorted({s for _, s in space.holders[q]} | {f.site for f in space.set_flights[q]})
        for t in range(space.case.weeks):
            held = space.held(q, t)
            if not held:
                continue
            yield Row((q,), t, put(total(held), space.serviced(q, t)), "<=", 1)
            for s in sites:
                terms = put(total(space.held(q, t, s)), [(("stand", q, s, t), -1)])
                yield Row((q, s), t, terms, "<=", 0)
        for s in sites:
            last = stands_until(space.case, q, s)
            if last is not None:
                for until, held, n in overruns(space, q, s):
                    if until > last:
                        yield Row((q, s), last, total(held), "<=", n - 1)
