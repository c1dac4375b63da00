"""A stay of an idle unit put into a plan: the shortest that is allowed, when and where it is likeliest to fit."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

import numpy as np

from optimizer.domain import Case, Element, Plan, Posting, Rotation, Unit
from optimizer.report.adding.usage import Span, Usage, spread
from optimizer.rosters import first_arrival, intervals

ARRIVALS = 12  # weeks of arrival looked at, spread over those allowed
SPREAD = 4  # of the equally likely that come first
NOWHERE = "sea"  # the mode of those whose type offers none: the check says so


@dataclass(frozen=True, order=True)
class Way:
    """``faults`` seen before the check looks, and ``cost`` (money); then whatever makes the order certain."""

    faults: int
    cost: int
    rotation: Rotation


def stays(
    usage: Usage, unit: Unit, sites: Collection[str] | None = None, within: Span | None = None
) -> Iterator[tuple[str, Plan]]:
    """(in words, the plan with it) by shortest stays of a unit, at some sites only if asked for, meeting the weeks
    ``within``. The likeliest and cheapest come first, then those spread over the year among the equally likely."""
    case, plan = usage.case, usage.plan
    ways = sorted(_seated(usage, unit, a, d, sites) for a, d in _spans(case, unit, within))
    equal = [w for w in ways if w.faults == ways[0].faults]
    picked = spread(equal, SPREAD)
    for way in picked + [w for w in ways if w not in picked]:
        r = way.rotation
        yield _words(case, unit, r), replace(plan, rotations=(*plan.rotations, r)).tidy()


def _words(case: Case, unit: Unit, r: Rotation) -> str:
    where = ", ".join(dict.fromkeys(case.site[p.site].name for p in r.postings)) or "nowhere"
    how = ", ".join(dict.fromkeys(p.set_id or p.mode for p in r.postings))
    until = case.calendar.monday(r.depart).isoformat()
    return f"{unit.name} at {where} by {how} from {case.calendar.monday(r.arrive).isoformat()} until {until}"


def _spans(case: Case, unit: Unit, within: Span | None) -> list[Span]:
    """The shortest stay by week of arrival; where none is allowed, one in each window as if there were lead and rest
    enough, for the check to say what is lacking."""
    found: dict[int, int] = {}
    for arrive, depart in intervals(case, unit.id):
        found[arrive] = min(depart, found.get(arrive, depart))
    spans = sorted(found.items())
    if within is not None:
        spans = [s for s in spans if s[0] < within[1] and within[0] < s[1]]
    if not spans:
        shortest = max(case.unit_type(unit.id).rotation_min, 1)
        starts = [min(max(w.start, 0), case.weeks - 1) for w in case.windows_of[unit.id]] or [0]
        starts = starts if within is None else [within[0]]
        spans = [(a, a + shortest) for a in dict.fromkeys(starts)]
    inside = [s for s in spans if s[1] <= case.weeks] or spans
    return spread(inside, ARRIVALS)


def _seated(usage: Usage, unit: Unit, arrive: int, depart: int, sites: Collection[str] | None) -> Way:
    """Everybody of the unit who must go, each where there is most room left, the cheapest way there."""
    case, faults, cost, postings = usage.case, 0, 0, []
    weeks = slice(max(arrive, 0), max(min(depart, case.weeks), max(arrive, 0) + 1))
    room, left = usage.room[:, weeks].min(axis=1), usage.left[:, weeks].min(axis=1)
    allowed = [i for i, s in enumerate(case.sites) if sites is None or s.id in sites]
    drawn: set[str] = set()
    for e in case.elements_of[unit.id]:
        if e.optional:
            continue
        wrong, money, i, posting = min(_options(usage, e, arrive, depart, room, left, allowed, drawn))
        postings.append(posting)
        people = case.types[e.type].people
        room[i] -= people
        left[[j for j, s in enumerate(case.sites) if s.country == case.sites[i].country]] -= people
        drawn.add(posting.set_id or "")
        faults, cost = faults + wrong, cost + money
    return Way(faults, cost, Rotation(unit.id, arrive, depart, tuple(postings)))


def _options(
    usage: Usage,
    e: Element,
    arrive: int,
    depart: int,
    room: np.ndarray,
    left: np.ndarray,
    allowed: list[int],
    drawn: set[str],
) -> Iterator[tuple[int, int, int, Posting]]:
    """(faults, cost, site, posting) by mode: at the allowed site with most room, or where a free set stands."""
    case, kind = usage.case, usage.case.types[e.type]
    weeks = max(min(depart, case.weeks) - max(arrive, 0), 0)
    spare = np.minimum(room, left)
    fullest = max(allowed, key=lambda i: (spare[i], -i), default=0)
    for mode in kind.modes or (NOWHERE,):
        first = first_arrival(case, kind, mode)
        late = first is not None and first > arrive
        cost = 0 if first is None else kind.modes[mode].cost + weeks * kind.week_cost
        where: list[tuple[int, str | None]] = [(fullest, None)] if mode != "set" else []
        for name, site in usage.free_sets(kind.set_type, arrive, depart) if mode == "set" else ():
            if name not in drawn and usage.at[site] in allowed:
                where.append((usage.at[site], name))
        if mode == "set" and not where:  # none is free: the check says who holds one
            where += [(fullest, q.id) for q in case.sets if q.set_type == kind.set_type][:1]
            late = True
        for i, drawn_set in where:
            wrong = int(late) + int(spare[i] < kind.people)
            yield wrong, cost, i, Posting(e.id, case.sites[i].id, mode, drawn_set, arrive, depart)
    if list(kind.modes) == ["set"] and not any(q.set_type == kind.set_type for q in case.sets):
        yield 2, 0, fullest, Posting(e.id, case.sites[fullest].id, "set", None, arrive, depart)
