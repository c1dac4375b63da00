"""The best life of a prepositioned set at the prices of a leaf: where it stands, moves and is serviced."""

from __future__ import annotations

import numpy as np

from optimizer.domain.network import move_weeks
from optimizer.verify.bound.coverage import COUNTS, VOID
from optimizer.verify.bound.elements import Elements
from optimizer.verify.bound.paths import HOPELESS, NONE, plus, sums


class Sets:
    """The life of one set: where it stands, when it moves, when it is serviced."""

    def __init__(self, el: Elements):
        self.el, self.coverage, self.f = el, el.coverage, el.f

    def value(self, i: int) -> int:
        """Best path over weeks, sites and the week by which the next block must begin (a layer each): backwards."""
        f, q, t = self.f, self.f.case.sets[i], self.f.weeks
        begin, interval = max(q.available, 0), q.interval if q.maintenance_weeks > 0 else 0
        if begin >= t:
            return 0
        busy, ok = f.held[i] >= 0, self.el.w.sets[i].ok.copy()
        for taken_in in np.flatnonzero(busy):
            ok[:, taken_in] = np.arange(len(ok)) == f.held[i, taken_in]
        sites = [s for s in range(len(ok)) if ok[s].any()]
        where, moves = np.array(sites, dtype=np.int64), move_weeks(f.case)
        week, idle = self._weeks(i, ok)
        road = self.el.cost(f.case.settings.line_set, q.move_cost)
        stuck = sums((self.el.w.sets[i].must | busy).astype(np.int64))
        taken = sums(busy.astype(np.int64))
        low = begin + q.maintenance_weeks + interval
        first = f.case.maintained[q.id] + interval
        due = np.array([max(first, begin) if interval and first < t else t, t, *(range(low, t) if interval else ())])
        best = np.zeros((t + 1, len(sites), len(due)), dtype=np.int64)
        for w in range(t - 1, begin - 1, -1):
            stand = plus(np.where(busy[w], idle[where, w], week[where, w])[:, None], best[w + 1])
            best[w] = np.where((w < due)[None, :], stand, NONE)
            end = min(w + q.maintenance_weeks, t)
            if interval and taken[end] == taken[w]:
                again = 2 + end + interval - low if end + interval < t else 1
                rent = np.maximum(idle[where, w:end], NONE // t).sum(axis=1)
                blocked = plus(np.where(ok[where, w:end].all(axis=1), rent, NONE), best[end][:, again])
                best[w] = np.maximum(best[w], blocked[:, None])
            best[w][~ok[where, w]] = NONE
            for j, to in enumerate(sites):
                for k, s in enumerate(sites):
                    there = w + int(moves[s, to])
                    if j != k and w < there < t and stuck[there] == stuck[w]:
                        sure = np.maximum(best[there, j] - road[w], NONE)
                        best[w, k] = np.maximum(best[w, k], np.where(there <= due, sure, NONE))
        chosen = [k for k, s in enumerate(sites) if q.start_site is None or f.sites[q.start_site] == s]
        found = max((int(best[begin, k, 0]) for k in chosen), default=NONE)
        return NONE if found < HOPELESS else found

    def _weeks(self, i: int, ok: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Worth of a week of standing, free for use and not: [S, T] each."""
        q = self.f.case.sets[i]
        status = "".join(VOID if q.id in s.lost_sets else COUNTS for _, s in self.f.blocks)
        stored = self.coverage.supply(q, self.coverage.givers.at.get(("set", q.id), -1), status, True, COUNTS)
        idle = self.el.w.sets[i].gain.astype(np.int64) - q.slots * self.el.rows.slots
        return np.where(ok, idle + np.maximum(self.el.rows.hold[i], stored), NONE), np.where(ok, idle, NONE)
