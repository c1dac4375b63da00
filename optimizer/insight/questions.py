"""Questions of a plan: what they are about, as lines a planner could have typed, and what a plan leaves to ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optimizer.domain import Case, Lock, Plan
from optimizer.domain.supply import demand, supply
from optimizer.report.answers import DEMAND, DRAW, EXERCISE, SET, UNIT, UPGRADE
from optimizer.report.shortfalls import demand_gaps

NAME = "question"  # the id of a line that a question adds


@dataclass(frozen=True)
class Question:
    """Something that a plan does not decide (``wish``) or decides (not ``wish``): what of the opposite?

    ``subject``: a unit, exercise, set or upgrade, of ``demand`` a country with ``capability`` and ``level``;
    ``place``: a site or country; weeks ``[start, end)``, ``None`` for any: of an exercise those of its start.
    """

    kind: str
    subject: str
    wish: bool = True
    place: str | None = None
    start: int | None = None
    end: int | None = None
    capability: str = ""
    level: str = ""

    @property
    def plain(self) -> bool:
        """Whether it is about the subject alone, wherever and whenever."""
        return self.place is None and self.start is None and self.end is None

    def lock(self, start: int | None = None, end: int | None = None) -> Lock:
        """The line that makes it so, in other weeks if given."""
        since, until = (self.start, self.end) if start is None else (start, end)
        rule = "must" if self.wish else "forbid"
        return Lock(NAME, rule, SET if self.kind == DRAW else self.kind, self.subject, self.place, None, since, until)

    def words(self, case: Case) -> str:
        """The question as a planner asks it."""
        where = "" if self.place is None else f" {'at' if self.place in case.site else 'in'} {self.place}"
        cal = case.calendar
        when = "" if self.start is None else f" from {cal.monday(self.start).isoformat()}"
        if self.end is not None and self.kind != EXERCISE and self.kind != UPGRADE:
            when += f" until {cal.monday(self.end).isoformat()}"
        what = {
            UNIT: f"send {self.subject}", EXERCISE: f"hold {self.subject}", SET: f"keep {self.subject}",
            DRAW: f"draw {self.subject}", UPGRADE: f"buy {self.subject}",
            DEMAND: f"meet {self.subject}'s demand for {self.capability} up to {self.level}",
        }[self.kind]  # fmt: skip
        return f"Why not {what}{where}{when}?" if self.wish else f"What if not: {what}{where}{when}?"


def left_out(case: Case, plan: Plan, gaps: int) -> Iterator[Question]:
    """What a plan leaves out: exercises not held, units that stay at home, sets nobody draws, the largest gaps."""
    held = {r.exercise for r in plan.runs}
    for x in case.exercises:
        if x.id not in held and x.id not in case.held_before:
            yield Question(EXERCISE, x.id)
    busy = {r.unit for r in plan.rotations}
    busy |= {case.element[p.element].unit for r in plan.runs for p in r.participants}
    for u in case.units:
        if u.id not in busy:
            yield Question(UNIT, u.id)
    drawn = {p.set_id for r in plan.rotations for p in r.postings}
    drawn |= {p.set_id for r in plan.runs for p in r.participants}
    for q in case.sets:
        if q.id not in drawn:
            yield Question(DRAW, q.id)
    country, capability = ({x.name: x.id for x in table} for table in (case.countries, case.capabilities))
    levels, soonest = [x.id for x in case.levels], _soonest(case)
    wanted, there = demand(case), supply(case, plan)
    for gap, _ in zip(demand_gaps(case, plan), range(gaps), strict=False):
        c, k = country[gap.country], capability[gap.capability]
        i, j = [x.id for x in case.countries].index(c), [x.id for x in case.capabilities].index(k)
        missing = np.maximum(wanted[i, j, levels.index(gap.level)] - there[i, j], 0)
        later = missing.copy()
        later[:soonest] = 0  # before anybody sent by this plan can be ready nothing is to be had
        week = int((later if later.any() else missing).argmax())
        yield Question(DEMAND, c, True, None, week, week + 1, k, gap.level)


def _soonest(case: Case) -> int:
    """The first week in which somebody whom the plan sends may be ready."""
    ways = (m.lead_weeks + m.rsoi_weeks for t in case.unit_types for m in t.modes.values())
    return max(case.settings.release + min(ways, default=0), 0)


def decided(case: Case, plan: Plan) -> Iterator[Question]:
    """The decisions of a plan, each asked whether it matters: who goes, what is held and bought, where sets stand."""
    fixed = {r.unit for r in case.underway}
    for unit in dict.fromkeys(r.unit for r in plan.rotations):
        if unit not in fixed:
            yield Question(UNIT, unit, False)
    for r in plan.runs:
        yield Question(EXERCISE, r.exercise, False)
    for b in plan.purchases:
        if b.upgrade not in case.bought:
            yield Question(UPGRADE, b.upgrade, False)
    for s in plan.stays:
        yield Question(SET, s.set_id, False, s.site, max(s.start, 0), min(s.end, case.weeks))
