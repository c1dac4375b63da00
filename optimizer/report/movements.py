"""Every movement of a plan, one after another: out and home, brought in and back, to an exercise, sets on the road."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optimizer.domain import Case, Participant, Plan, Posting, Run
from optimizer.domain.ledger import moves
from optimizer.domain.network import UNREACHABLE, days_between
from optimizer.domain.presence import deployment, rsoi_weeks

OUT, HOME = "deploys", "returns"
BROUGHT, BACK = "brought in", "returns from exercise"
TO, FROM = "to exercise", "back from exercise"
MOVED = "set moved"


@dataclass(frozen=True)
class Movement:
    """One movement. Weeks are plan weeks: ``ordered`` the latest in which the order must go out, ``leaves`` and
    ``arrives`` the weeks in which it sets out and is there (``None``: not planned by the week), ``ready`` from
    which it counts. ``via`` are sites passed on the way."""

    kind: str
    unit: str
    element: str
    type: str
    origin: str
    via: tuple[str, ...]
    target: str
    mode: str
    set_id: str | None
    people: int
    ordered: int | None = None
    leaves: int | None = None
    arrives: int | None = None
    ready: int | None = None
    exercise: str | None = None

    @property
    def week(self) -> int:
        """The week it is sorted under: when it is there, or else when it sets out."""
        return self.arrives if self.arrives is not None else self.leaves if self.leaves is not None else 0


def movements(case: Case, plan: Plan) -> list[Movement]:
    """All of them, in the order of their weeks."""
    found = [*_rotations(case, plan), *_exercises(case, plan), *_sets(case, plan)]
    return sorted(found, key=lambda x: (x.week, x.unit, x.element, x.kind, x.target))


def visitors(case: Case, plan: Plan) -> dict[str, int]:
    """People who come to each exercise from their base in theatre and sleep in the field there: they take no places."""
    out = {run.exercise: 0 for run in plan.runs}
    for run in plan.runs:
        for who, base in from_base(plan, run):
            out[run.exercise] += case.element_type(who.element).people if base.site != run.site else 0
    return out


def from_base(plan: Plan, run: Run) -> Iterator[tuple[Participant, Posting]]:
    """Participants that are not brought in for it, each with the posting that they come from."""
    for who in (w for w in run.participants if w.mode is None):
        for r in plan.rotations:
            yield from ((who, p) for p in r.postings if p.element == who.element and p.arrive <= run.start < p.depart)


def _rotations(case: Case, plan: Plan) -> Iterator[Movement]:
    for r in plan.rotations:
        for p in r.postings:
            kind, home = case.element_type(p.element), case.unit[r.unit].home
            early = rsoi_weeks(case, kind, p.mode, p.set_id)
            lead = kind.modes[p.mode].lead_weeks
            yield Movement(OUT, r.unit, p.element, kind.id, home, (), p.site, p.mode, p.set_id, kind.people,
                           p.arrive - lead, None, p.arrive, p.arrive + early)  # fmt: skip
            yield Movement(HOME, r.unit, p.element, kind.id, p.site, (), home, p.mode, p.set_id, kind.people,
                           None, p.depart)  # fmt: skip


def _exercises(case: Case, plan: Plan) -> Iterator[Movement]:
    for run in plan.runs:
        for who in run.participants:
            if who.mode is not None:
                yield from _brought(case, run, who)
        for who, base in from_base(plan, run):
            if base.site != run.site:
                yield from _visiting(case, run, who, base)


def _brought(case: Case, run: Run, who: Participant) -> Iterator[Movement]:
    d, kind = deployment(case, run, who), case.element_type(who.element)
    unit = case.element[who.element].unit
    home, lead = case.unit[unit].home, kind.modes[d.mode].lead_weeks
    common = {"mode": d.mode, "set_id": d.set_id, "people": kind.people, "exercise": run.exercise}
    yield Movement(BROUGHT, unit, who.element, kind.id, home, (), run.site, ordered=d.arrive - lead,
                   arrives=d.arrive, ready=d.ready, **common)  # type: ignore[arg-type]  # fmt: skip
    yield Movement(BACK, unit, who.element, kind.id, run.site, (), home, leaves=d.depart, **common)  # type: ignore[arg-type]  # fmt: skip


def _visiting(case: Case, run: Run, who: Participant, base: Posting) -> Iterator[Movement]:
    kind, unit = case.element_type(who.element), case.element[who.element].unit
    via = way(case, kind.movement, base.site, run.site)
    end = min(run.start + case.exercise[run.exercise].weeks, base.depart)
    yield Movement(TO, unit, who.element, kind.id, base.site, via, run.site, "road", base.set_id, kind.people,
                   arrives=run.start, ready=run.start, exercise=run.exercise)  # fmt: skip
    yield Movement(FROM, unit, who.element, kind.id, run.site, via[::-1], base.site, "road", base.set_id, kind.people,
                   leaves=end, exercise=run.exercise)  # fmt: skip


def _sets(case: Case, plan: Plan) -> Iterator[Movement]:
    for before, after in moves(plan):
        q = case.prepo[before.set_id]
        yield Movement(MOVED, "", "", q.set_type, before.site, way(case, "heavy", before.site, after.site),
                       after.site, "road", q.id, 0, leaves=before.end, arrives=after.start)  # fmt: skip


def way(case: Case, movement: str, a: str, b: str) -> tuple[str, ...]:
    """The sites passed on a shortest way from ``a`` to ``b``, nearest first; empty where one leg is as short, and
    where the way leads over places that are no sites."""
    days, sites = days_between(case, movement), [s.id for s in case.sites]
    here, there = sites.index(a), sites.index(b)
    whole = int(days[here, there])
    if whole in (0, int(UNREACHABLE)) or _leg(case, movement, a, b, whole):
        return ()
    passed, last = [], here
    nearer = [int(i) for i in np.flatnonzero((days[here] > 0) & (days[here] < whole))]
    for i in sorted(nearer, key=lambda i: int(days[here, i])):
        step, rest = int(days[last, i]), int(days[i, there])
        if rest < whole and step + rest == int(days[last, there]) and _leg(case, movement, sites[last], sites[i], step):
            passed.append(sites[i])
            last = i
    return tuple(passed)


def _leg(case: Case, movement: str, a: str, b: str, days: int) -> bool:
    """Whether one leg joins two sites in so many (milli-)days."""
    return any(
        {leg.a, leg.b} == {a, b} and (leg.days_heavy if movement == "heavy" else leg.days_wheeled) == days
        for leg in case.legs
    )
