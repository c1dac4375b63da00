"""An exercise put into a plan: where, when and with whom it is likeliest to fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from optimizer.domain import Case, Exercise, Host, Need, Participant, Plan, Run
from optimizer.domain.network import UNREACHABLE, days_between
from optimizer.domain.presence import ready_from, rsoi_weeks, stands_for
from optimizer.quantities import MILLI
from optimizer.report.adding.usage import Usage, meets, spread
from optimizer.rosters import first_arrival, in_one_window, start_weeks

STARTS = 16  # weeks of start looked at, spread over those allowed


@dataclass(frozen=True, order=True)
class Way:
    """``faults`` seen before the check looks, and ``cost`` (money); then whatever makes the order certain."""

    faults: int
    cost: int
    start: int
    site: str
    team: tuple[Participant, ...]


def events(usage: Usage, x: Exercise) -> Iterator[tuple[str, Plan]]:
    """(in words, the plan with it) by ways to hold an exercise: the likeliest at each host, then the next likeliest."""
    case, plan = usage.case, usage.plan
    weeks = spread(start_weeks(case, x) or [max(x.earliest, 0)], STARTS)
    ways = sorted(_way(usage, x, h, w) for h in x.hosts for w in weeks)
    first = {w.site: w for w in reversed(ways)}
    for way in sorted(ways, key=lambda w: w is not first[w.site]):
        run = Run(x.id, way.site, way.start, way.team)
        day = case.calendar.monday(way.start).isoformat()
        yield f"Held at {case.site[way.site].name} from {day}", replace(plan, runs=(*plan.runs, run)).tidy()


def _way(usage: Usage, x: Exercise, host: Host, start: int) -> Way:
    """The exercise at a host from a week, each need with whoever serves it best of those not taken yet."""
    case = usage.case
    shut = [c for c in case.closures if c.closes in ("range", "all") and stands_for(case.site[host.site], c.place)]
    faults = int(meets([(c.start, c.end) for c in shut], start, start + x.weeks))
    serving = {n.id: sorted(_serving(usage, x, n, host.site, start)) for n in x.needs}
    taken: dict[str, Participant] = {}
    cost = x.cost + host.cost
    for n in sorted(x.needs, key=lambda n: len(serving[n.id])):
        able = [option for option in serving[n.id] if option[2] not in taken][: n.count]
        faults += 2 * (n.count - len(able))  # nobody is worse than somebody who breaks one rule
        for wrong, money, element, mode, name in able:
            faults, cost = faults + wrong, cost + money
            taken[element] = Participant(n.id, element, mode or None, name or None)
    return Way(faults, cost, start, host.site, tuple(taken.values()))


def _serving(usage: Usage, x: Exercise, need: Need, site: str, start: int) -> Iterator[tuple[int, int, str, str, str]]:
    """(faults, cost, element, mode, set) of whoever could serve a need, from theatre (no mode) or from home."""
    case, end = usage.case, start + x.weeks
    for e in usage.alike[need.what]:
        kind = case.types[e.type]
        if need.origin != "home" and _in_reach(usage, e.id, need, site, start, end):
            wrong = meets(usage.busy(e.id), start, end) + _overworked(usage, e.id, x.weeks)
            yield wrong, 0, e.id, "", ""
        if need.origin != "theatre":
            for mode, name in _modes(usage, e.id, site, start, end):
                arrive = start - rsoi_weeks(case, kind, mode, name or None)
                early = first_arrival(case, kind, mode)
                wrong = meets(usage.away(e.id), arrive, end) + (not in_one_window(case, e.unit, arrive, end))
                wrong += arrive < max(early or 0, 0)
                weeks = min(end, case.weeks) - max(arrive, 0)
                yield wrong, kind.modes[mode].cost + weeks * kind.week_cost, e.id, mode, name


def _modes(usage: Usage, element: str, site: str, start: int, end: int) -> Iterator[tuple[str, str]]:
    """How it may be brought in: by sea, by air, or to a set that is free at the site."""
    kind = usage.case.element_type(element)
    for mode in kind.modes:
        if mode != "set":
            yield mode, ""
            continue
        early = start - kind.modes[mode].rsoi_weeks
        for name, there in usage.free_sets(kind.set_type, early, end):
            if there == site:
                yield mode, name


def _in_reach(usage: Usage, element: str, need: Need, site: str, start: int, end: int) -> bool:
    """Whether it is ready in theatre throughout, based near enough."""
    case, life = usage.case, usage.lives.get(element)
    for p in () if life is None else life.postings:
        if ready_from(case, p) <= start and end <= p.depart:
            days = _days(case, element, p.site, site, usage)
            return need.max_days is None or (days != UNREACHABLE and days <= need.max_days)
    return False


def _days(case: Case, element: str, base: str, site: str, usage: Usage) -> int:
    return int(days_between(case, case.element_type(element).movement)[usage.at[base], usage.at[site]])


def _overworked(usage: Usage, element: str, weeks: int) -> bool:
    """Whether so many more weeks of exercises are too many for it."""
    case, load, life = usage.case, usage.case.element_type(element).exercise_load, usage.lives.get(element)
    if load is None or life is None:
        return False
    busy = sum(case.exercise[r.exercise].weeks for r in life.runs for p in r.participants
               if p.element == element and p.mode is None)  # fmt: skip
    return MILLI * (busy + weeks) > load * life.weeks(case)
