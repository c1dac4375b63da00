"""Ways to bring about what a question asks for: cases in which it has to be so, and where in them to look first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from optimizer.domain import Case, Element, Lock, Plan, PrepoSet
from optimizer.engines.lagrangian.tables.build import further_lines, names, tables
from optimizer.engines.lagrangian.tables.records import HOME, Tables
from optimizer.insight.demanded import demanded
from optimizer.insight.questions import NAME, Question
from optimizer.insight.whatif import steady
from optimizer.report.answers import DEMAND, DRAW, EXERCISE, SET, UNIT

SPOTS = 6  # weeks, hosts and participants with which an exercise is staged
SETTLED = 4  # weeks before a unit is there in which the set that it draws has to stand


def with_lines(case: Case, *locks: Lock) -> Case:
    """The case with more lines."""
    return replace(case, locks=(*case.locks, *locks))


def draws(case: Case, e: Element, q: PrepoSet) -> bool:
    """Whether an element may come on a set at all."""
    kind = case.types[e.type]
    return kind.set_type == q.set_type and "set" in kind.modes


@dataclass(frozen=True)
class Way:
    """A case in which what is asked for has to be so (of demand: is worth more than all else), its ``tables``, and
    the way to go on in once it is so, if that forces less."""

    case: Case
    tables: Callable[[], Tables]
    after: Way | None = None


class Ways:
    """Of ``case``, whose tables are ``tb`` and in which every change of ``plan`` has a trace of a price. ``scale``:
    the size of a score."""

    def __init__(self, case: Case, plan: Plan, tb: Tables, scale: float):
        self.case, self.plan, self.tables, self.scale = steady(case, plan, scale), plan, tb, scale
        self.ids = names(case)

    def of(self, q: Question) -> Iterator[Way]:
        """The plainest first."""
        if q.kind == UNIT and q.wish and q.start is None:
            weeks = self._weeks_of(self.ids.units.index(q.subject))
            yield from (self._lines(q.lock(w, w + 1)) for w in weeks)
        elif q.kind == SET and q.wish and q.start is None:
            weeks = [self.case.weeks * k // 4 for k in (2, 1, 3)]
            yield from (self._lines(q.lock(w, w + 1)) for w in weeks)
        elif q.kind == DRAW:
            yield from self._drawing(q.subject)
        elif q.kind == DEMAND:
            case, own = demanded(self.case, q, self.scale)
            yield Way(case, lambda: own)
        else:
            plain = self._lines(q.lock())
            yield plain
            if q.kind == EXERCISE and q.wish:
                yield from (replace(self._lines(q.lock(), *locks), after=plain) for locks in self._staged(q))

    def _lines(self, *locks: Lock) -> Way:
        case = with_lines(self.case, *locks)
        return Way(case, partial(further_lines, self.tables, case))

    def first_use(self, set_id: str) -> int | None:
        """No element can come on a set before this week: it is not there yet, or not where there is room for one;
        ``None`` if none ever can within the plan."""
        able = [e for e in self.case.elements if draws(self.case, e, self.case.prepo[set_id])]
        last = max((w.end for e in able for w in self.case.windows_of[e.unit]), default=0)
        soonest = min((w for _, w in self._depots(set_id)), default=last)
        return soonest if soonest < min(self.tables.weeks, last) else None

    def _depots(self, set_id: str) -> list[tuple[int, int]]:
        """Sites where a set may stand and somebody who can come on it has room, each from which week on at the
        earliest; the soonest first."""
        case, tb, i = self.case, self.tables, self.ids.sets.index(set_id)
        few = min((case.types[e.type].people for e in case.elements if draws(case, e, case.prepo[set_id])), default=0)
        more = np.zeros(len(tb.places), dtype=np.int64)
        np.add.at(more, tb.up_site, tb.up_handover)
        begin, found = int(tb.start_site[i]), []
        for s in np.flatnonzero(tb.handover + more >= few):
            road = 0 if begin in (-1, s) else int(tb.move_weeks[begin, s])
            stands = np.flatnonzero(tb.may_stand[i, s])
            stands = stands[stands >= int(tb.available[i]) + road + (road > 0)]  # a stay lasts a week at least
            if road >= 0 and stands.size:
                found.append((int(stands[0]), int(s)))
        return [(s, w) for w, s in sorted(found)]

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

    def _drawing(self, set_id: str) -> Iterator[Way]:
        """Cases in which one element can come on that set only and has to come, once the set is where there is room;
        of idle units first, and each unit for every such site before another week is tried."""
        case, q = self.case, self.case.prepo[set_id]
        if self.first_use(set_id) is None:
            return
        busy = {r.unit for r in self.plan.rotations}
        able = [e for e in case.elements if draws(case, e, q)]
        chosen = dict.fromkeys(e.unit for e in sorted(able, key=lambda e: (e.unit in busy, e.optional)))
        spots = []
        for n, unit in enumerate(chosen):
            for site, since in self._depots(set_id):
                weeks = self._weeks_of(self.ids.units.index(unit), since)[:2]
                spots += [(late, n, unit, self.ids.sites[site], since, w) for late, w in enumerate(weeks)]
        for _, _, unit, place, since, w in sorted(spots):
            e = next(e for e in able if e.unit == unit)
            kind = case.types[e.type]
            only = replace(kind, id=f"{kind.id} on {set_id}", set_type=NAME, modes={"set": kind.modes["set"]})
            forced = replace(
                case,
                unit_types=(*case.unit_types, only),
                elements=tuple(replace(i, type=only.id, optional=False) if i is e else i for i in case.elements),
                sets=tuple(replace(s, set_type=NAME) if s is q else s for s in case.sets),
            )
            there = Lock(NAME, "must", SET, set_id, place, None, max(since, w - SETTLED), case.weeks)
            made = with_lines(forced, there, Lock(NAME, "must", UNIT, unit, None, None, w, w + 1))
            yield Way(made, partial(tables, made))
