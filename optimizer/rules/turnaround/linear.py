"""Turnaround: whoever is brought in was not in theatre during the lead weeks of its mode before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from optimizer.domain import Case, Participant
from optimizer.domain.presence import rsoi_weeks
from optimizer.domain.turnaround import back_from
from optimizer.rules.rows import Flight, Key, Row, Space, put, total


def start(case: Case, element: str, site: str, mode: str, set_id: str | None, week: int) -> bool:
    return _given(case, element, week) or _back(case, element, mode, week)


def fly(
    case: Case, element: str, exercise: str, need: str, site: str, week: int, mode: str, set_id: str | None
) -> bool:
    kind = case.element_type(element)
    if mode not in kind.modes or (exercise, site, week, Participant(need, element, mode, set_id)) in case.flown_in:
        return True
    return _back(case, element, mode, week - rsoi_weeks(case, kind, mode, set_id))


ADMITS = {"start": start, "fly": fly}


def _given(case: Case, element: str, week: int) -> bool:
    """Whether an arrival belongs to a rotation under way."""
    unit = case.element[element].unit
    return any(r.unit == unit and r.arrive <= week < r.depart for r in case.underway)


def _back(case: Case, element: str, mode: str, week: int) -> bool:
    left = case.left_before.get(element)
    return left is None or back_from(case, element, mode, left) <= week


def rows(space: Space) -> Iterator[Row]:
    """By element and week: there, or brought in within the lead weeks of the mode after it; not both, nor twice."""
    case = space.case
    if not case.settings.turnaround:
        return
    flown: defaultdict[str, list[Flight]] = defaultdict(list)
    for f in space.flights:
        flown[f.element].append(f)
    for e in case.elements:
        coming = _coming(space, e.id, flown[e.id])
        for t in range(space.lo, space.until):
            there = total(space.based(e.id, t))
            put(there, ((f.key, 1) for f in flown[e.id] if f.arrive <= t < f.end))
            soon = [(key, 1) for key in coming.get(t, ())]
            if there and soon:
                yield Row((e.id,), t, put(there, soon), "<=", 1)


def _coming(space: Space, element: str, flown: list[Flight]) -> dict[int, list[Key]]:
    """By week, the arrivals that no presence in that week may go before."""
    case, found = space.case, defaultdict[int, list[Key]](list)

    def bar(key: Key, mode: str, arrive: int) -> None:
        for t in range(2 * arrive - back_from(case, element, mode, arrive), arrive):
            found[t].append(key)

    for s, q in space.bases[element]:
        for t, keys in space.starts[element, s, q].items():
            for key in keys if not _given(case, element, t) else ():
                bar(key, key[3], t)
    for f in flown:
        if (f.exercise, f.site, f.start, Participant(f.need, element, f.key[6], f.set_id)) not in case.flown_in:
            bar(f.key, f.key[6], f.arrive)
    return found
