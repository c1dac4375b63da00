"""The gap ledger: where what is not proven lies, unit by unit, set by set, exercise by exercise, row by row.

At given multipliers the bound is a sum of parts, each taken at its best (docs/bound.md). A part held to what the plan
decides for it is worth less: its *regret*. With all parts held, what rows cost that the plan does not use up is
slack, by family of rows; and what the decisions held leave open (modes, participants, further rotations of a unit)
is the rest. Regrets, slack and rest add up to the bound less the score.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimizer.domain import Case, Plan
from optimizer.domain.supply import supply
from optimizer.engines.lagrangian.bound.dual import Dual
from optimizer.engines.lagrangian.bound.parts.decided import AGAIN, ONCE, Decided, undecided, with_bases, with_entry
from optimizer.engines.lagrangian.bound.parts.records import SetParts
from optimizer.engines.lagrangian.tables.build import names
from optimizer.engines.lagrangian.tables.records import Names, Tables
from optimizer.engines.lagrangian.tables.supply import blocks

COVERAGE = "coverage"
ROWS = {
    "cover": COVERAGE, "whole": COVERAGE, "partly": COVERAGE,
    "settled": "places", "everyone": "hand-over places", "host settled": "host caps", "host everyone": "host caps",
    "brigade": "brigade caps", "floor": "presence floors", "slots": "storage slots", "hold": "sets held",
    "range": "ranges", "echelon": "ranges", "group": "spacing of exercises", "needs": "needs of exercises",
    "cuts": "needs of exercises", "year": "money by year", "quarter": "money by quarter",
    "resolution": "continuing resolutions", "total": "money in all",
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A share of the gap: of a ``unit``, ``set``, ``exercise`` (its id), of ``rows`` (what they are about), or the
    ``rest``."""

    kind: str
    subject: str
    points: float


@dataclass(frozen=True)
class Ledger:
    """``entries``, the largest first, add up to ``bound`` less ``score``."""

    bound: float
    score: float
    entries: tuple[Entry, ...]


def ledger(case: Case, plan: Plan, score: float, dual: Dual) -> Ledger:
    """The ledger of a plan of ``case``, whose dual is ``dual``, at its best multipliers; ``dual`` is left as it was."""
    return _Bookkeeper(case, plan, dual).ledger(score)


class _Bookkeeper:
    def __init__(self, case: Case, plan: Plan, dual: Dual):
        self.case, self.plan, self.of, self.theta = case, plan, dual.lagrangian, dual.best
        self.t: Tables = dual.lagrangian.t
        self.ids: Names = names(case)
        self.sets, self.runs_ok = self.of.sets, self.of.events.ok

    def ledger(self, score: float) -> Ledger:
        free = undecided(self.t)
        top, _ = self._value(free, self.sets, self.runs_ok)
        found, held = [], free
        for u in range(len(self.ids.units)):
            value, _ = self._value(self._unit(free, u), self.sets, self.runs_ok)
            found.append(Entry("unit", self.ids.units[u], top - value))
            held = self._unit(held, u)
        ok = self.runs_ok
        for x in range(len(self.ids.exercises)):
            own, mask = self._exercise(free, x, self.runs_ok)
            found.append(Entry("exercise", self.ids.exercises[x], top - self._value(own, self.sets, mask)[0]))
            held, ok = self._exercise(held, x, ok)
        sets = self.sets
        for q in range(len(self.ids.sets)):
            value, _ = self._value(free, self._set(self.sets, q), self.runs_ok)
            found.append(Entry("set", self.ids.sets[q], top - value))
            sets = self._set(sets, q)
        _, slope = self._value(held, sets, ok)
        found += self._rows(slope)
        found.append(Entry("rest", "", top - score - sum(e.points for e in found)))
        return Ledger(top, score, tuple(sorted(found, key=lambda e: -e.points)))

    def _value(self, decided: Decided, sets: SetParts, ok: np.ndarray) -> tuple[float, np.ndarray]:
        """Value and slope with these decisions; the bound is left as it was found."""
        of = self.of
        before = of.decided
        try:
            of.sets, of.events.ok = sets, ok
            of.narrow(decided)
            value, _, slope = of.evaluate(self.theta)
        finally:
            of.sets, of.events.ok = self.sets, self.runs_ok
            of.narrow(before)
        return value, slope

    def _unit(self, d: Decided, u: int) -> Decided:
        """Its next rotation as in the plan, if it goes on one; elements where they are based."""
        t, under = self.t, {(r.unit, r.arrive) for r in self.case.underway}
        new = (r for r in self.plan.rotations if r.unit == self.ids.units[u] and (r.unit, r.arrive) not in under)
        own = sorted(new, key=lambda r: r.arrive)
        if not own:
            return with_entry(d, "since", u, t.weeks)
        first = own[0]
        for name, week in (("since", first.arrive), ("by", first.arrive), ("leave_since", first.depart),
                           ("leave_by", first.depart), ("again", AGAIN if len(own) > 1 else ONCE)):  # fmt: skip
            d = with_entry(d, name, u, week)
        based = {p.element: p.site for p in first.postings}
        for e in range(t.el_first[u], t.el_first[u + 1]):
            mask = np.zeros(len(t.places), dtype=np.bool_)
            if self.ids.elements[e] in based:
                mask[self.ids.sites.index(based[self.ids.elements[e]])] = True
            d = with_bases(d, e, mask)
        return d

    def _exercise(self, d: Decided, x: int, ok: np.ndarray) -> tuple[Decided, np.ndarray]:
        """Its host and week as in the plan, or not held."""
        t, run = self.t, next((r for r in self.plan.runs if r.exercise == self.ids.exercises[x]), None)
        if run is None:
            return with_entry(d, "run_since", x, t.weeks), ok
        d, ok = with_entry(with_entry(d, "run_since", x, run.start), "run_by", x, run.start), ok.copy()
        for h in range(t.host_first[x], t.host_first[x + 1]):
            ok[h] &= self.ids.sites[t.host_site[h]] == run.site
        return d, ok

    def _set(self, sets: SetParts, q: int) -> SetParts:
        """Where it stands, week by week, as in the plan; on the road it may be anywhere."""
        ok = sets.ok.copy()
        for s in self.plan.stays:
            if s.set_id == self.ids.sets[q]:
                weeks = slice(max(s.start, 0), max(s.end, 0))
                here = ok[q, self.ids.sites.index(s.site), weeks].copy()
                ok[q, :, weeks] = False
                ok[q, self.ids.sites.index(s.site), weeks] = here
        return sets._replace(ok=ok, usable=np.logical_or.reduce(ok, axis=2))

    def _rows(self, slope: np.ndarray) -> list[Entry]:
        """What rows cost that are not used up, by what they are about."""
        out: dict[str, float] = {}
        view = self.of.rows.view
        for name in self.of.rows.families:
            if name in ROWS:
                out[ROWS[name]] = out.get(ROWS[name], 0.0) + float((view(self.theta, name) * view(slope, name)).sum())
        out[COVERAGE] += self._asked_beyond()
        return [Entry("rows", name, points) for name, points in out.items()]

    def _asked_beyond(self) -> float:
        """What the bound is paid for coverage, beyond what the plan covers."""
        of, t, view = self.of, self.t, self.of.rows.view
        steps = of.steps(self.theta)[:, :, None]
        price = view(self.theta, "cover") + view(self.theta, "whole") + view(self.theta, "partly").sum(axis=0)
        there = np.concatenate([
            supply(self.case, self.plan, scenario).reshape(-1, t.weeks) for _, scenario in blocks(self.case)
        ])  # fmt: skip
        return float((steps * (t.demand * (steps > price) - np.minimum(there[:, None, :], t.demand))).sum())
