"""Plans with something forced: first brought about at any price, then searched from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import numpy as np

from optimizer.domain import Case, Element, Lock, Plan, PrepoSet
from optimizer.domain.supply import demand, supply
from optimizer.engines.lagrangian.search.insert.exercises import HOME
from optimizer.engines.lagrangian.search.plans import plan_of
from optimizer.engines.lagrangian.tables.build import names
from optimizer.engines.lagrangian.tables.records import Tables
from optimizer.goals import score_all
from optimizer.insight.finding import Finder, Found
from optimizer.insight.questions import NAME, Question
from optimizer.insight.whatif import steady
from optimizer.report.answers import DEMAND, DRAW, EXERCISE, SET, UNIT
from optimizer.rules import check_all

FIRST = 96  # moves in which a plan with what is forced has to turn up
SPOTS = 6  # ways to force it that are tried: weeks, hosts, participants
DEARER = (3.0, 10.0, 30.0)  # times the price of demand that is to be met


def with_lines(case: Case, *locks: Lock) -> Case:
    """The case with more lines."""
    return replace(case, locks=(*case.locks, *locks))


def draws(case: Case, e: Element, q: PrepoSet) -> bool:
    """Whether an element may come on a set at all."""
    kind = case.types[e.type]
    return kind.set_type == q.set_type and "set" in kind.modes


class Forcer:
    """Finds plans of ``case`` from ``plan``, whose tables are ``tb``."""

    def __init__(self, case: Case, plan: Plan, tb: Tables, finder: Finder):
        self.case, self.plan, self.tables, self.finder = steady(case, plan), plan, tb, finder
        self.true, self.ids = case, names(case)

    def found(self, q: Question, moves: int) -> Found | None:
        """The best plan found with what is asked for, scored as the case itself does."""
        if q.kind == DEMAND:
            return self._meeting(q, moves)
        best: Found | None = None
        again = self.case
        for case, same in islice(self._ways(q), SPOTS):
            found = self.finder.best(case, [self.plan], min(FIRST, moves))
            if found is not None and (best is None or found.score > best.score):
                best, again = found, case if same is None else same
            if (best is not None and q.plain and q.kind == EXERCISE) or self.finder.options.must_stop:
                break
        if best is None:
            return None
        more = self.finder.best(again, [best.plan], moves) if moves > FIRST else None
        return self._judged(best if more is None or more.score < best.score else more)

    def _judged(self, found: Found) -> Found | None:
        """The plan with its score in the case itself, whose rules it has to hold."""
        if any(f.breaches for f in check_all(self.true, found.plan)):
            return None
        return Found(found.plan, sum(score_all(self.true, found.plan).values()))

    def _ways(self, q: Question) -> Iterator[tuple[Case, Case | None]]:
        """Cases in which it has to be so, the plainest first; and the case to go on in if that forces less."""
        if q.kind == UNIT and q.wish and q.start is None:
            weeks = self._weeks_of(self.ids.units.index(q.subject))
            yield from ((with_lines(self.case, q.lock(w, w + 1)), None) for w in weeks)
        elif q.kind == SET and q.wish and q.start is None:
            weeks = [self.case.weeks * k // 4 for k in (2, 1, 3)]
            yield from ((with_lines(self.case, q.lock(w, w + 1)), None) for w in weeks)
        elif q.kind == DRAW:
            yield from self._drawing(q.subject)
        else:
            plain = with_lines(self.case, q.lock())
            yield plain, None
            if q.kind == EXERCISE and q.wish:
                yield from ((with_lines(plain, *locks), plain) for locks in self._staged(q))

    def first_use(self, set_id: str) -> int | None:
        """No element can come on a set before this week: it is not there yet, or not where there is room for one;
        ``None`` if none ever can within the plan."""
        case, tb, i = self.case, self.tables, self.ids.sets.index(set_id)
        able = [e for e in case.elements if draws(case, e, case.prepo[set_id])]
        few = min((case.types[e.type].people for e in able), default=0)
        more = np.zeros(len(tb.places), dtype=np.int64)
        np.add.at(more, tb.up_site, tb.up_handover)
        begin, soonest = int(tb.start_site[i]), tb.weeks
        for s in np.flatnonzero(tb.handover + more >= few):
            road = 0 if begin in (-1, s) else int(tb.move_weeks[begin, s])
            stands = np.flatnonzero(tb.may_stand[i, s])
            stands = stands[stands >= int(tb.available[i]) + road]
            if road >= 0 and stands.size:
                soonest = min(soonest, int(stands[0]))
        last = max((w.end for e in able for w in case.windows_of[e.unit]), default=0)
        return soonest if able and soonest < min(tb.weeks, last) else None

    def _weeks_of(self, u: int, first: int = 0) -> list[int]:
        """Weeks within many admissible rotations of a unit that begin in week ``first`` or later, far apart."""
        tb = self.tables
        own = np.arange(tb.iv_first[u], tb.iv_first[u + 1])
        own = own[tb.iv_a[own] >= first]
        arrive, depart = np.maximum(tb.iv_a[own], 0), np.minimum(tb.iv_d[own], tb.weeks)
        if not arrive.size:
            return []
        order = np.argsort(arrive, kind="stable")
        picks = [order[int(k * (len(order) - 1))] for k in (0.5, 0.0, 1.0)]
        return list(dict.fromkeys(int((arrive[i] + depart[i] - 1) // 2) for i in picks))

    def _staged(self, q: Question) -> Iterator[tuple[Lock, ...]]:
        """Lines that place whoever an exercise needs from theatre in its host's country for one of its starts."""
        tb, x = self.tables, self.ids.exercises.index(q.subject)
        rows = range(tb.host_first[x], tb.host_first[x + 1])
        spots = [(h, int(w)) for h in rows for w in np.flatnonzero(tb.start_ok[h])]
        step = max(1, len(spots) // SPOTS)
        for h, w in spots[step // 2 :: step]:
            site = self.ids.sites[tb.host_site[h]]
            place = self.case.site[site].country or site
            locks, used = [Lock(NAME, "must", EXERCISE, q.subject, site, None, w, w + 1)], set[int]()
            for n in range(tb.need_first[x], tb.need_first[x + 1]):
                if tb.need_origin[n] == HOME:
                    continue
                able = [e for e in self._able(n, w, int(tb.x_weeks[x])) if e not in used][: int(tb.need_count[n])]
                used |= set(able)
                locks += [
                    Lock(NAME, "must", "element", self.ids.elements[e], place, None, w, w + int(tb.x_weeks[x]))
                    for e in able
                ]
            yield tuple(locks)

    def _able(self, n: int, w: int, weeks: int) -> list[int]:
        """Elements that may serve a need in week ``w``: of units in theatre then first, and those with fewer others."""
        tb = self.tables
        there = {r.unit for r in self.plan.rotations if r.arrive <= w and w + weeks <= r.depart}
        found = []
        for e in (int(e) for e in tb.cand[tb.cand_first[n] : tb.cand_first[n + 1]]):
            u, y = int(tb.el_unit[e]), int(tb.el_type[e])
            rsoi = int(tb.rsoi[y][tb.mode_ok[y]].min(initial=tb.weeks))
            own = slice(tb.iv_first[u], tb.iv_first[u + 1])
            out = any(r.unit == self.ids.units[u] and r.depart >= w + weeks for r in self.case.underway)
            if out or ((tb.iv_a[own] + rsoi <= w) & (tb.iv_d[own] >= w + weeks)).any():
                found.append((self.ids.units[u] not in there, int(tb.el_first[u + 1] - tb.el_first[u]), e))
        return [e for *_, e in sorted(found)]

    def _drawing(self, set_id: str) -> Iterator[tuple[Case, None]]:
        """Cases in which one element can come on that set only and has to come, once the set can be used; of idle
        units first."""
        case, q, first = self.case, self.case.prepo[set_id], self.first_use(set_id)
        if first is None:
            return
        busy = {r.unit for r in self.plan.rotations}
        able = [
            e for e in case.elements if case.types[e.type].set_type == q.set_type and "set" in case.types[e.type].modes
        ]
        chosen = dict.fromkeys(e.unit for e in sorted(able, key=lambda e: (e.unit in busy, e.optional)))
        for unit in chosen:
            e = next(e for e in able if e.unit == unit)
            kind = case.types[e.type]
            only = replace(kind, id=f"{kind.id} on {set_id}", set_type=NAME, modes={"set": kind.modes["set"]})
            weeks = self._weeks_of(self.ids.units.index(unit), first)[:2]
            forced = replace(
                case,
                unit_types=(*case.unit_types, only),
                elements=tuple(replace(i, type=only.id, optional=False) if i is e else i for i in case.elements),
                sets=tuple(replace(s, set_type=NAME) if s is q else s for s in case.sets),
            )
            for w in weeks:
                yield with_lines(forced, Lock(NAME, "must", UNIT, unit, None, None, w, w + 1)), None

    def _meeting(self, q: Question, moves: int) -> Found | None:
        """A plan that meets a demand in the weeks asked about, searched for at rising prices of it."""
        tb, case = self.tables, self.case
        c, k = ([x.id for x in table].index(i) for table, i in
                ((case.countries, q.subject), (case.capabilities, q.capability)))  # fmt: skip
        level, area = [x.id for x in case.levels].index(q.level), c * len(case.capabilities) + k
        for times in DEARER:
            price = tb.price.copy()
            price[area, : level + 1] *= times
            search = self.finder.search(case, self.plan, tb._replace(price=price))
            if not search.able:  # the sets cannot be laid out by the search
                return None
            hot = self.finder.scale
            search.advance(moves, 2e-4 * hot, 3e-5 * hot, lambda: self.finder.options.must_stop)
            plan = plan_of(case, tb, self.ids, search.best)
            if self.finder.options.must_stop:
                break
            if not self._missing(plan, q) and (judged := self._judged(Found(plan, 0.0))) is not None:
                return judged
        return None

    def _missing(self, plan: Plan, q: Question) -> bool:
        """Whether the plan still misses some of the demand asked about."""
        case = self.true
        c, k, v = (
            [x.id for x in table].index(i)
            for table, i in ((case.countries, q.subject), (case.capabilities, q.capability), (case.levels, q.level))
        )
        weeks = slice(q.start, q.end)
        return bool((supply(case, plan)[c, k, weeks] < demand(case)[c, k, v, weeks]).any())
