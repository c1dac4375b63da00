"""The best life of each unit: rotations, rests, weeks at home; and what those under way still earn."""

from __future__ import annotations

import numpy as np

from optimizer.rosters import intervals, rest_weeks
from optimizer.verify.bound.coverage import COUNTS, LATE
from optimizer.verify.bound.elements import Elements
from optimizer.verify.bound.facts import up
from optimizer.verify.bound.leaves import Kept
from optimizer.verify.bound.paths import HOPELESS, NONE, plus, sums


class Units:
    """Their best lives at the prices of a leaf."""

    def __init__(self, el: Elements):
        self.el, self.coverage, self.f = el, el.coverage, el.f

    def value(self, unit: str, kept: Kept) -> int:
        """The best life of a unit, without what a rotation under way earns."""
        t, case = self.f.weeks, self.f.case
        found = case.settings
        spans = [(a, d) for a, d in intervals(case, unit)
                 if not found.founding_act or d - a <= found.founding_act_weeks]  # fmt: skip
        home = self._home(unit)
        a, d = (np.array([x[i] for x in spans], dtype=np.int64) for i in range(2))
        until = np.minimum(d, t)
        rested = np.minimum(d + np.array([rest_weeks(case, unit, n) for n in d - a], dtype=np.int64), t)
        own = [self.f.number[e.id] for e in case.elements_of[unit]]
        worth = self._rotations(unit, own, a, d, {})
        come = np.full(t + 1, NONE, dtype=np.int64)
        after = np.full((t + 1, t + 1), NONE, dtype=np.int64)  # best from home in d, rested in r
        for week in range(t, -1, -1):
            here = np.flatnonzero(a == week)
            come[week] = max(plus(worth[here], after[until[here], rested[here]]).tolist(), default=NONE)
            chances = plus(home[week], come)
            chances[t] = home[week, t]
            after[week] = np.maximum.accumulate(chances[::-1])[::-1]
        first = worth if not kept.bases else self._rotations(unit, own, a, d, kept.bases)
        at, free, stayed = self._begins(unit, own)
        best = home[at, t] if kept.by is None and kept.again is not True else NONE
        for i in range(len(a)):
            if (
                a[i] < max(free, kept.since)
                or past(kept.by, a[i])
                or d[i] < kept.leave_since
                or past(kept.leave_by, d[i])
            ):
                continue
            until_end = home[until[i], t]
            if kept.again is not False:
                chances = plus(home[until[i], rested[i] : t], come[rested[i] : t])
                more = max(chances.tolist(), default=NONE)
                until_end = more if kept.again else max(more, until_end)
            best = max(best, home[at, a[i]] + first[i] + until_end)
        return NONE if best < HOPELESS else int(best) + stayed

    def _begins(self, unit: str, own: list[int]) -> tuple[int, int, int]:
        """First week at home, first week of a next arrival, worth of elements not on a rotation under way."""
        t, out = self.f.weeks, [r for r in self.f.case.underway if r.unit == unit]
        if not out:
            return 0, 0, 0
        end = min(max(r.depart for r in out), t)
        gone: dict[int, int] = {}
        for e, _, _, _, depart in self.f.out[unit]:
            gone[e] = max(gone.get(e, 0), depart)
        at = min([end, *(depart for depart in gone.values() if depart > 0)])
        rested = max(r.depart + rest_weeks(self.f.case, unit, r.depart - r.arrive) for r in out)
        stayed = sum(int(self.el.flown(e)[1][0, end]) for e in own if gone.get(e, 0) <= 0)
        return at, min(max(rested, at), t), stayed

    def _musts(self, e: int) -> np.ndarray:
        mask = self.el.w.elements.get(e)
        return np.zeros(self.f.weeks + 1, dtype=np.int64) if mask is None else sums(mask.must.astype(np.int64))

    def _home(self, unit: str) -> np.ndarray:
        """Worth of the unit at home during [a, b); by stagger its elements may be so a little longer."""
        t, slack = self.f.weeks, self.f.case.unit_type(unit).stagger
        weeks = np.arange(t + 1)
        wide = np.ix_(np.maximum(weeks - slack, 0), np.minimum(weeks + slack, t))
        total = np.zeros((t + 1, t + 1), dtype=np.int64)
        for x in self.f.case.elements_of[unit]:
            e = self.f.number[x.id]
            table, must = self.el.flown(e)[x.optional][wide], self._musts(e)
            total = plus(total, np.where(must[None, :] > must[:, None], NONE, table))
        return total

    def _rotations(
        self, unit: str, own: list[int], a: np.ndarray, d: np.ndarray, bases: dict[int, frozenset[int]]
    ) -> np.ndarray:
        """Worth of each interval [a, d)."""
        t, kind = self.f.weeks, self.f.case.unit_type(unit)
        end = np.minimum(d, t)
        soon = min(
            (m.rsoi_weeks for e in own for m in self.f.case.element_type(self.f.elements[e].id).modes.values()),
            default=0,
        )
        earned = sums(self.coverage.as_one(unit))
        ready = np.minimum(a + soon, end)
        price = up(-self.f.case.settings.over_length_price)
        total = earned[end] - earned[ready] + price * np.maximum(d - a - kind.rotation_std, 0)
        if len(own):
            total = total + self.el.cuts.rotations(unit)[a, end].astype(np.int64)
        for e in own:
            table, must = self.el.posted(e, bases.get(e)), self._musts(e)
            best = np.full(len(a), NONE, dtype=np.int64)
            for i in (np.minimum(a + k, t - 1) for k in range(kind.stagger + 1)):
                for j in (np.minimum(d - k, t) for k in range(kind.stagger + 1)):
                    sane = (i < j) & (must[i] == must[a]) & (must[np.maximum(j, 0)] == must[end])
                    best = np.maximum(best, np.where(sane, table[i, np.maximum(j, 0)], NONE))
            if self.f.elements[e].optional:
                best = np.maximum(best, np.where(must[end] > must[a], NONE, self.el.flown(e)[1][a, end]))
            total = plus(total, best)
        return np.where(total < HOPELESS, NONE, total)

    def under_way(self) -> int:
        """What postings under way earn: supply, exercises, preferences; and their units as wholes."""
        total, t, case = 0, self.f.weeks, self.f.case
        for posts in self.f.out.values():
            for e, s, set_id, ready, depart in posts:
                kind, q = case.element_type(self.f.elements[e].id), None if set_id is None else case.prepo[set_id]
                giver, status, alone, late = self.coverage.givers.of(e, q, False)
                on, later = (self.coverage.supply(kind, giver, status, alone, state) for state in (COUNTS, LATE))
                begin, end = min(max(ready, 0), t), min(max(depart, 0), t)
                if e in self.el.w.elements:
                    total += int(self.el.w.elements[e].gain[s, :end].sum())
                if begin < end:
                    path = self.el.visits(e, s, on, later)
                    total += int(on[s, begin:end].sum() + later[s, max(ready + late, 0) : end].sum())
                    total += 0 if path is None else int(path[0][begin, end])
        for r in case.underway:
            soon = min(
                (m.rsoi_weeks for e in case.elements_of[r.unit] for m in case.types[e.type].modes.values()), default=0
            )
            total += int(self.coverage.as_one(r.unit)[max(r.arrive + soon, 0) : max(r.depart, 0)].sum())
        return total


def past(limit: int | None, week: int) -> bool:
    """Whether a week lies past a limit."""
    return limit is not None and week > limit
