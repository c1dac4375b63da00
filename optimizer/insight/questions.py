"""Questions of a plan: what they are about, as lines a planner could have typed, and what a plan leaves to ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from optimizer.domain import Case, Lock, Plan
from optimizer.insight.able import Lacking
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
    for x in case.on_offer:
        if x.id not in held:
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
    country = {x.name: i for i, x in enumerate(case.countries)}
    capability = {x.name: i for i, x in enumerate(case.capabilities)}
    level, lacking = {x.id: i for i, x in enumerate(case.levels)}, Lacking(case, plan)
    for gap in islice(demand_gaps(case, plan), gaps):
        c, k = country[gap.country], capability[gap.capability]
        week = lacking.week(c, k, level[gap.level])
        yield Question(
            DEMAND, case.countries[c].id, True, None, week, week + 1, case.capabilities[k].id, gap.level
        )  # fmt: skip


def cell_of(case: Case, q: Question) -> tuple[int, int, int]:
    """Country, capability and level of a question about demand, by position."""
    return tuple(
        [x.id for x in table].index(i)
        for table, i in ((case.countries, q.subject), (case.capabilities, q.capability), (case.levels, q.level))
    )  # type: ignore[return-value]


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
