"""Every need of a held exercise is met by elements that can be there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from optimizer.domain import Case, Need
from optimizer.domain.network import days_between
from optimizer.rules.rows import Join, Key, Pairs, Row, Space, put, total


@lru_cache(maxsize=8)
def _sites(case: Case) -> dict[str, int]:
    return {s.id: i for i, s in enumerate(case.sites)}


def _need(case: Case, exercise: str, need: str) -> Need | None:
    return next((n for n in case.exercise[exercise].needs if n.id == need), None)


def serves(case: Case, element: str, need: Need) -> bool:
    """Whether the element's type, or its main capability, is what the need asks for."""
    kind = case.element_type(element)
    return need.what in (kind.id, kind.main_capability)


def join(case: Case, element: str, exercise: str, need: str, site: str, week: int) -> bool:
    wanted = _need(case, exercise, need)
    return wanted is not None and wanted.origin in ("theatre", "either") and serves(case, element, wanted)


def fly(
    case: Case, element: str, exercise: str, need: str, site: str, week: int, mode: str, set_id: str | None
) -> bool:
    wanted = _need(case, exercise, need)
    if wanted is None or wanted.origin not in ("home", "either") or not serves(case, element, wanted):
        return False
    return mode in case.element_type(element).modes and (mode == "set") == (set_id is not None)


ADMITS = {"join": join, "fly": fly}


def rows(space: Space) -> Iterator[Row]:
    """By run and need: as many as wanted; by participation from theatre and week: ready in reach."""
    case = space.case
    serving: defaultdict[tuple[str, str, str, int], list[Key]] = defaultdict(list)
    joins: defaultdict[tuple[str, str, str, str], list[Join]] = defaultdict(list)
    for p in space.participations:
        serving[p.exercise, p.need, p.site, p.start].append(p.key)
    for x in case.exercises:
        for s, w in space.runs[x.id]:
            for n in x.needs:
                terms = total((key, 1) for key in serving[x.id, n.id, s, w])
                yield Row((x.id, n.id, s), w, put(terms, [(("run", x.id, s, w), -n.count)]), "==", 0)
    for j in space.joins:
        joins[j.element, j.exercise, j.need, j.site].append(j)
    for (e, exercise, need, host), found in joins.items():
        for t in range(min(j.start for j in found), max(j.end for j in found)):
            under = [j for j in found if j.start <= t < j.end]
            if under:
                near = _near(space, e, _need(case, exercise, need), host, t)
                yield Row((exercise, need, e), t, put(total((j.key, 1) for j in under), near, -1), "<=", 0)
            going_on: Pairs = [(j.key, 1) for j in under if j.start < t]
            afresh = [pair for pair in space.arriving(e, t) if space.rsoi(e, pair[0][3], pair[0][4]) == 0]
            if going_on and afresh:  # ready at once or not, it is not the rotation it began on
                yield Row((exercise, need, e), t, put(total(going_on), afresh), "<=", 1)


def _near(space: Space, element: str, need: Need | None, host: str, week: int) -> Pairs:
    case, at = space.case, _sites(space.case)
    days = days_between(case, case.element_type(element).movement)[:, at[host]]
    limit = None if need is None else need.max_days
    return [
        pair
        for s, q in space.bases[element]
        if limit is None or days[at[s]] <= limit
        for pair in space.ready(element, s, q, week)
    ]
