"""What a plan hands to the next year, before it is signed: who is out, money bound, sets and clocks, who cannot go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from optimizer.cycle.carry import carry, signed
from optimizer.cycle.recurrence import first_monday
from optimizer.domain import Case, Plan
from optimizer.quantities import MILLI, MONEY

YEAR = 52  # weeks of the next year in which a unit might go


@dataclass(frozen=True)
class Out:
    """A rotation that is out on the first day of the next year: home again on ``home``, rested by ``rested``; what its
    upkeep costs in the next year, in whole units of money."""

    unit: str
    name: str
    sites: tuple[str, ...]
    home: date
    weeks: int
    rested: date
    cost: float


@dataclass(frozen=True)
class SetThen:
    """A set on that day: where it stands, who holds it until when, when its next block is due, and how many weeks are
    between the end of its use and that day (negative: it falls due in use)."""

    set_id: str
    name: str
    site: str | None
    holder: str | None
    busy_until: date | None
    due: date | None
    slack: int | None


@dataclass(frozen=True)
class Stuck:
    """A unit that cannot go in the next year, and why."""

    unit: str
    name: str
    why: str


@dataclass(frozen=True)
class HandOver:
    """All of it. ``start`` is the first day of the next year; ``bound`` money by line that is spent there whatever is
    planned: upkeep of what is out, and of the sets."""

    start: date
    out: tuple[Out, ...]
    sets: tuple[SetThen, ...]
    stuck: tuple[Stuck, ...]
    units: int
    bound: dict[str, float]


def hand_over(case: Case, plan: Plan) -> HandOver:
    """What ``plan`` hands over at the end of its fiscal year, or at its end where that comes first."""
    weeks = (first_monday(case.calendar.fiscal(0)[0] + 1, case.calendar) - case.calendar.start).days // 7
    weeks = min(weeks, case.weeks)
    kept = signed(case, plan, weeks)
    out = tuple(_out(case, kept, weeks))
    bound: dict[str, float] = defaultdict(float)
    bound[case.settings.line_rotation] += sum(o.cost for o in out)
    year = (q.week_cost * (YEAR - min(max(q.available - weeks, 0), YEAR)) for q in case.sets)
    bound[case.settings.line_set] += sum(year) / MONEY
    stuck = tuple(_stuck(case, kept, weeks))
    return HandOver(
        case.calendar.monday(weeks), out, tuple(_sets(case, plan, weeks)), stuck, len(case.units), dict(bound)
    )


def _rest(case: Case, unit: str, home: int, away: int) -> int:
    return home - (-case.unit_type(unit).dwell_ratio * max(away, 0) // MILLI)


def _out(case: Case, plan: Plan, weeks: int) -> Iterator[Out]:
    day = case.calendar.monday
    for r in sorted(plan.rotations, key=lambda r: (r.depart, r.unit)):
        if r.depart > weeks:
            cost = sum(
                case.element_type(p.element).week_cost * max(0, p.depart - max(weeks, p.arrive)) for p in r.postings
            )
            sites = tuple(dict.fromkeys(case.site[p.site].name for p in r.postings))
            rested = day(_rest(case, r.unit, r.depart, r.depart - r.arrive))
            yield Out(r.unit, case.unit[r.unit].name, sites, day(r.depart), r.depart - weeks, rested, cost / MONEY)


def _sets(case: Case, plan: Plan, weeks: int) -> Iterator[SetThen]:
    start = case.calendar.monday(weeks)
    for name, s in carry(case, plan, weeks).sets.items():
        q = case.prepo[name]
        due = None
        if q.interval and s.last_maintenance is not None:
            due = case.calendar.monday(case.calendar.week_of(s.last_maintenance) + q.interval)
        free = max(s.busy_until or start, s.available or start)
        slack = None if due is None else (due - free).days // 7
        site = None if s.site is None else case.site[s.site].name
        yield SetThen(name, q.name, site, s.holder, s.busy_until, due, slack)


def _stuck(case: Case, plan: Plan, weeks: int) -> Iterator[Stuck]:
    """Units for which no rotation of their shortest length fits into what is left of rest and windows."""
    last = {r.unit: r for r in sorted(plan.rotations, key=lambda r: r.depart)}
    day = case.calendar.monday
    for u in case.units:
        r = last.get(u.id)
        home, away = (r.depart, r.depart - r.arrive) if r else case.returned.get(u.id, (None, 0))
        rested = weeks if home is None else max(weeks, _rest(case, u.id, home, away))
        shortest = case.unit_type(u.id).rotation_min
        if rested >= weeks + YEAR:
            yield Stuck(u.id, u.name, f"rests until {day(rested).isoformat()}")
            continue
        ends = [w.end for w in case.windows_of[u.id] if w.end > weeks]
        fits = [w for w in case.windows_of[u.id] if min(w.end, rested + 10 * YEAR) - max(w.start, rested) >= shortest]
        if not any(max(w.start, rested) < weeks + YEAR for w in fits):
            left = f"available until {day(max(ends)).isoformat()}" if ends else "no window from then on"
            rest = f", rests until {day(rested).isoformat()}" if rested > weeks else ""
            yield Stuck(u.id, u.name, f"{left}{rest}: its shortest rotation of {shortest} weeks does not fit")
