"""Where supply comes from: every stretch of weeks in which somebody or something counts for a country."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from optimizer.domain import Case, Plan
from optimizer.domain.network import credits
from optimizer.domain.presence import deployments, ready_from
from optimizer.domain.supply import busy_sets
from optimizer.quantities import MILLI


@dataclass(frozen=True)
class Stretch:
    """Weeks ``[start, end)`` inside the plan in which ``who`` counts at ``site``, and why."""

    who: str
    why: str
    site: str
    start: int
    end: int


@dataclass(frozen=True)
class Source:
    """A stretch seen from one country and capability: ``points`` × ``credit``, both in milli.

    ``counts`` in micro-points; the sum over all sources of a week is ``supply``.
    """

    country: str
    capability: str
    stretch: Stretch
    points: int
    credit: int
    counts: int


def sources(case: Case, plan: Plan, most: int | None = None) -> list[Source] | None:
    """Everything that counts, by country and capability in the order of the case, then by time.

    ``None`` if there are more than ``most``.
    """
    at = {s.id: i for i, s in enumerate(case.sites)}
    found: dict[tuple[int, int], list[Source]] = {}
    count = 0
    for stretch, movement, points, share in stretches(case, plan):
        row = credits(case, movement)[at[stretch.site]]
        for j, country in enumerate(case.countries):
            for k, capability in enumerate(case.capabilities):
                worth = points.get(capability.id, 0) * int(row[j])
                if worth:
                    counts = worth if share is None else worth * share // MILLI
                    seen = Source(country.id, capability.id, stretch, points[capability.id], int(row[j]), counts)
                    found.setdefault((j, k), []).append(seen)
                    count += 1
        if most is not None and count > most:
            return None
    return [
        s
        for key in sorted(found)
        for s in sorted(found[key], key=lambda s: (s.stretch.start, s.stretch.who, s.stretch.site))
    ]


Counted = Iterator[tuple[Stretch, str, dict[str, int], int | None]]  # stretch, movement, milli-points, set credit


def stretches(case: Case, plan: Plan) -> Counted:
    """Every stretch of weeks with its movement, points (milli) and, for a stored set, the set credit (milli)."""
    yield from _elements(case, plan)
    yield from _stored(case, plan)


def _elements(case: Case, plan: Plan) -> Counted:
    """Elements on rotation at their base or, while they exercise, at the host; and those flown in."""
    for r in plan.rotations:
        for p in r.postings:
            kind = case.element_type(p.element)
            for start, end, site, why in _whereabouts(case, plan, p.element, ready_from(case, p), p.depart, p.arrive):
                yield from _inside(
                    case, Stretch(p.element, why, site or p.site, start, end), kind.movement, kind.points
                )
    for d in deployments(case, plan):
        kind, name = case.element_type(d.element), case.exercise_name[d.exercise]
        stretch = Stretch(d.element, f"brought in for {name}", d.site, d.ready, d.depart)
        yield from _inside(case, stretch, kind.movement, kind.points)


def _whereabouts(
    case: Case, plan: Plan, element: str, ready: int, depart: int, arrive: int
) -> Iterator[tuple[int, int, str | None, str]]:
    """(start, end, host or ``None`` for the base, why) of a ready element's rotation, in order."""
    away = sorted(
        (run.start, run.start + case.exercise[run.exercise].weeks, run.site, case.exercise_name[run.exercise])
        for run in plan.runs
        for who in run.participants
        if who.element == element and who.mode is None and arrive <= run.start < depart
    )
    week = ready
    for start, end, site, name in away:
        yield week, min(start, depart), None, "on rotation"
        yield max(start, week), min(end, depart), site, f"exercise {name}"
        week = max(week, end)
    yield week, depart, None, "on rotation"


def _stored(case: Case, plan: Plan) -> Counted:
    """Stored, ready, undrawn sets, at the set credit."""
    busy = busy_sets(case, plan)
    for stay in plan.stays:
        q = case.prepo[stay.set_id]
        weeks = range(max(stay.start, 0), min(stay.end, case.weeks))
        for held, run in groupby(weeks, key=busy[q.id].__getitem__):
            here = list(run)
            if not held:
                stretch = Stretch(q.id, "stored set", stay.site, here[0], here[-1] + 1)
                yield from _inside(case, stretch, "heavy", q.worth, case.settings.set_credit)


def _inside(case: Case, s: Stretch, movement: str, points: Mapping[str, int], share: int | None = None) -> Counted:
    """The stretch cut to the plan, if anything of it is left."""
    start, end = max(s.start, 0), min(s.end, case.weeks)
    if start < end:
        yield Stretch(s.who, s.why, s.site, start, end), movement, dict(points), share
