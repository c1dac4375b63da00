"""One set alone: can it stand where lines, holders under way and frozen weeks want it, and be maintained in time?

Only necessary conditions are used: holding rows, ways and their weeks, slots for this set alone, maintenance when
due, what holds it from before the plan. They are decided exactly, by the latest week until which the next
maintenance block may still wait, over weeks and sites: waiting longer is never worse.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from optimizer.conflicts.items import Item, day, during, freeze_item, lock_item, locks_on, reason, smallest
from optimizer.conflicts.room import built
from optimizer.domain import Case
from optimizer.domain.network import move_weeks
from optimizer.domain.plan import Plan
from optimizer.domain.presence import Hold, holds, stands_for
from optimizer.domain.reasons import Place, Reason
from optimizer.domain.whereabouts import serviced, stands
from optimizer.rules.locks.truth import span

LIMITS = ("slots", "ways", "start", "holdings", "maintenance", "frozen")
NEVER = -1


def set_reasons(case: Case) -> Iterator[Reason]:
    """One reason for each set that cannot be where it has to be, or not maintained in time."""
    yield from _too_early(case)
    for q in case.sets:
        if q.available < case.weeks:
            alone = Alone(case, q.id)
            if kept := smallest(alone.names, alone.impossible):
                yield reason(q.id, alone.items(), kept, None)


def _too_early(case: Case) -> Iterator[Reason]:
    """Must lines on a set in weeks before it is available."""
    for q in case.sets:
        for lock in locks_on(case, ("set",), (q.id,)):
            start, end = span(case, lock)
            if lock.rule == "must" and start < min(end, q.available):
                when = (
                    "not in this plan" if q.available >= case.weeks else f"from the week of {day(case, q.available)} on"
                )
                limit = Item(
                    "available", "set-location", (Place("Sets", q.id, "Available"),), f"it is available {when}"
                )
                items = (lock_item(case, lock), limit)
                yield reason(q.id, items, [i.name for i in items], None)


class Alone:
    """The demands and limits on one set, each of which can be taken away."""

    def __init__(self, case: Case, name: str):
        self.case, self.set = case, case.prepo[name]
        self.first = max(self.set.available, 0)
        self.locks = [k for k in locks_on(case, ("set",), (name,)) if span(case, k)[0] < span(case, k)[1]]
        self.held = [h for h in holds(case, Plan(case.underway)) if h.set_id == name and h.end > self.first]
        s = case.settings
        self.n = min(s.frozen_weeks, case.weeks) if s.replan else 0
        self.names = [n for n in LIMITS if n != "frozen" or self.n]
        self.names += [*(f"held {h.element}" for h in self.held), *(f"lock {k.id}" for k in self.locks)]

    @cached_property
    def sites(self) -> list[int]:
        rows = {h.site for h in self.case.holdings_of[self.set.id]} | {h.site for h in self.held}
        return [i for i, s in enumerate(self.case.sites) if s.id in rows]

    def impossible(self, kept: frozenset[str]) -> bool:
        """Whether the set cannot be accounted for throughout the plan under the named demands and limits."""
        q, weeks = self.set, self.case.weeks
        sites = self.sites if "holdings" in kept else list(range(len(self.case.sites)))
        open_, fixed, frozen = self._open(kept, sites), self._fixed(kept), self._frozen_blocks(kept)
        fits = self._blocks(kept, sites, open_, fixed, frozen)
        stays = fixed | self._wanted(kept) | (frozen >= 1)  # weeks in which it is not on the road
        travel = move_weeks(self.case)[np.ix_(sites, sites)]
        if "ways" not in kept:
            travel = np.minimum(np.abs(travel), 1)
        waits = [[NEVER] * len(sites) for _ in range(weeks + 1)]
        due = self._due(self.case.maintained[q.id]) if "maintenance" in kept else weeks
        for i, s in enumerate(sites):
            if "start" not in kept or q.start_site in (None, self.case.sites[s].id):
                waits[self.first][i] = due
        for t in range(self.first, weeks):
            for i, until in enumerate(waits[t]):
                if until == NEVER:
                    continue
                if open_[i, t] and frozen[t] != 1 and (until > t or until >= weeks):
                    _raise(waits[t + 1], i, until)
                if fits[i][t]:
                    end = min(t + q.maintenance_weeks, weeks)
                    _raise(waits[end], i, self._due(t + q.maintenance_weeks) if "maintenance" in kept else weeks)
                if t > self.first and not fixed[t]:
                    self._move(waits, t, i, until, travel[i], stays)
        return max(waits[weeks]) == NEVER

    def _move(self, waits: list[list[int]], t: int, i: int, until: int, travel: np.ndarray, stays: np.ndarray) -> None:
        """Leave site i in week t for every other one."""
        weeks = self.case.weeks
        for j, n in enumerate(travel.tolist()):
            arrive = t + n
            if j == i or n < 0 or arrive >= weeks or (until < arrive and until < weeks):
                continue
            if not stays[t:arrive].any():
                _raise(waits[arrive], j, until)

    def _due(self, end: int) -> int:
        """The last week in which the block after one that ended may begin; ``weeks`` if none is due any more."""
        q = self.set
        if not q.interval:
            return self.case.weeks
        return min(max(end + q.interval, q.available, 0), self.case.weeks)

    def _open(self, kept: frozenset[str], sites: list[int]) -> np.ndarray:
        """Weeks in which the set may stand at each site: bool, shape (sites, weeks)."""
        case, weeks = self.case, self.case.weeks
        out = np.zeros((len(sites), weeks), dtype=bool)
        for i, s in enumerate(sites):
            site = case.sites[s]
            out[i] = "holdings" not in kept
            for h in case.holdings_of[self.set.id]:
                if h.site == site.id:
                    out[i, max(h.start, 0) : max(h.end, 0)] = True
            if "slots" in kept and site.slots < self.set.slots:
                ready = [built(case, u) for u in case.upgrades if u.site == site.id and u.slots]
                more = site.slots + sum(u.slots for u in case.upgrades if u.site == site.id)
                out[i, : min(ready, default=weeks) if more >= self.set.slots else weeks] = False
            for lock in self.locks:
                if f"lock {lock.id}" in kept and stands_for(site, lock.place) != (lock.rule == "must"):
                    out[i, slice(*span(case, lock))] = False
            for held in self.held:
                if f"held {held.element}" in kept and held.site != site.id:
                    out[i, max(held.start, 0) : max(held.end, 0)] = False
            if "frozen" in kept:
                there = stands(case.last, range(self.n))
                for t in range(self.n):
                    out[i, t] &= there.get((self.set.id, t)) == site.id
        return out

    def _fixed(self, kept: frozenset[str]) -> np.ndarray:
        """Weeks in which it is held from before the plan: no move, no maintenance."""
        out = np.zeros(self.case.weeks, dtype=bool)
        for h in self.held:
            if f"held {h.element}" in kept:
                out[max(h.start, 0) : max(h.end, 0)] = True
        return out

    def _wanted(self, kept: frozenset[str]) -> np.ndarray:
        """Weeks in which it has to stand somewhere."""
        out = np.zeros(self.case.weeks, dtype=bool)
        for lock in self.locks:
            if lock.rule == "must" and f"lock {lock.id}" in kept:
                out[slice(*span(self.case, lock))] = True
        there = stands(self.case.last, range(self.n if "frozen" in kept else 0))
        for t in range(self.n if "frozen" in kept else 0):
            out[t] |= (self.set.id, t) in there
        return out

    def _frozen_blocks(self, kept: frozenset[str]) -> np.ndarray:
        """1 in frozen weeks with maintenance, 0 in those without, -1 elsewhere: int, shape (weeks,)."""
        out = np.full(self.case.weeks, -1)
        if "frozen" in kept:
            blocked = serviced(self.case.last, range(self.n))
            out[: self.n] = [int((self.set.id, t) in blocked) for t in range(self.n)]
        return out

    def _blocks(
        self, kept: frozenset[str], sites: list[int], open_: np.ndarray, fixed: np.ndarray, frozen: np.ndarray
    ) -> list[list[bool]]:
        """Whether a block may begin at each site in each week: inside one holding row, not while held."""
        q, weeks = self.set, self.case.weeks
        out = []
        for i, s in enumerate(sites):
            rows = [h for h in self.case.holdings_of[q.id] if h.site == self.case.sites[s].id]
            able = []
            for t in range(weeks):
                span_ = slice(t, min(t + q.maintenance_weeks, weeks))
                row = "holdings" not in kept or any(h.start <= t and span_.stop <= h.end for h in rows)
                free = open_[i, span_].all() and not fixed[span_].any() and not (frozen[span_] == 0).any()
                able.append(bool(q.interval and q.maintenance_weeks and row and free))
            out.append(able)
        return out

    def items(self) -> list[Item]:
        """The demands and limits in words."""
        case, q = self.case, self.set
        begin = (Place("Sets", q.id, "Start site"),)
        due = self._due(case.maintained[q.id])
        here = ", ".join(case.sites[i].id for i in self.sites)
        limits = [
            Item("maintenance", "set-maintenance",
                 (Place("Sets", q.id, "Maintenance every"), Place("Sets", q.id, "Last maintenance")),
                 f"its maintenance of {q.maintenance_weeks} weeks is due every {q.interval} weeks"
                 + (f", next by the week of {day(case, due)}" if due < case.weeks else "")),
            Item("holdings", "set-location", (Place("Set holdings", q.id, "Site"),),
                 f"it may stand at {here} only, in the weeks of its holdings"),
            Item("start", "set-location", begin, f"it begins the plan at {q.start_site or 'a site of its holdings'}"),
            Item("ways", "set-location", (Place("Travel"),),
                 "a move takes the weeks of the road, and there must be one"),
            Item("slots", "set-location", tuple(Place("Sites", case.sites[i].id, "Slots") for i in self.sites),
                 "sites store no more than their slots"),
            freeze_item(self.n),
        ]  # fmt: skip
        return [*(lock_item(case, k) for k in self.locks), *map(self._held_item, self.held), *limits]

    def _held_item(self, h: Hold) -> Item:
        case = self.case
        when = during(case, max(h.start, 0), min(h.end, case.weeks))
        text = f"{h.element}, under way, holds it at {h.site} {when}, {self.set.reset_weeks} weeks of reset included"
        return Item(f"held {h.element}", "set-custody", (Place("Plan rotations", h.element, "Depart"),), text)


def _raise(waits: list[int], i: int, until: int) -> None:
    waits[i] = max(waits[i], until)
