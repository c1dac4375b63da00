"""Lines, frozen weeks and prices of changes: masks of what no plan may do, and gains of what it may.

Where a line is about several parties together the mask is wider, or the gain larger, than true; never less.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from optimizer.domain import Exercise, Lock, Upgrade
from optimizer.domain.places import ECHELONS
from optimizer.domain.presence import sites_of
from optimizer.domain.whereabouts import sites_by_week
from optimizer.rosters import must_be_held, start_weeks
from optimizer.rules.budget.limits import limits
from optimizer.rules.locks.truth import span
from optimizer.verify.bound.facts import Facts, exact, up


class Wishes:
    """``may``, ``gain`` by element [S, T] and ``must`` by element [T], only of elements that some line is about; sets
    [Q, S, T]; ``run_ok``, ``run_gain`` [hosts, T]; ``barred`` and ``joining`` by (need, element); upgrades [B, T]."""

    def __init__(self, f: Facts):
        case, self.f = f.case, f
        n_s, t_n = len(f.sites), f.weeks
        self.may: dict[int, np.ndarray] = {}
        self.gain: dict[int, np.ndarray] = {}
        self.must: dict[int, np.ndarray] = {}
        self.hosts = [(x, h) for x in case.exercises for h in x.hosts]
        self.needs = [(x, n) for x in case.exercises for n in x.needs]
        self.set_ok = np.zeros((len(f.sets), n_s, t_n), dtype=np.bool_)
        for h in case.holdings:
            self.set_ok[f.sets[h.set_id], f.sites[h.site], max(h.start, 0) : max(h.end, 0)] = True
        self.set_gain = np.zeros(self.set_ok.shape, dtype=object)
        self.set_must = np.zeros((len(f.sets), t_n), dtype=np.bool_)
        self.run_ok = np.zeros((len(self.hosts), t_n), dtype=np.bool_)
        self.run_gain = np.zeros(self.run_ok.shape, dtype=object)
        self._starts()
        self.held = {x.id for x in case.exercises if must_be_held(case, x)}
        self.barred: set[tuple[int, int]] = set()
        self.joining: Counter[tuple[int, int]] = Counter()
        first = max((r.weeks for r in limits(case).resolutions), default=0)
        weeks = np.arange(t_n)
        self.buy_ok = np.array(
            [(weeks >= max(b.earliest, 0, first)) & (weeks <= b.latest) for b in case.upgrades], dtype=np.bool_
        ).reshape(len(case.upgrades), t_n)
        self.buy_gain = np.zeros(self.buy_ok.shape, dtype=object)
        self.bought = set(case.bought)
        self.constant = 0
        for lock in case.locks:
            self._line(lock)
        if case.settings.replan:
            self._replan()
        for i, b in enumerate(case.upgrades):
            if b.id in case.bought:  # there from week 0, whatever the lines say of weeks in the plan
                self.buy_ok[i], self.buy_gain[i] = weeks == 0, 0
        self._ranges()

    def _ranges(self) -> None:
        """``wanting``: hosts whose range is too small; they wait for an upgrade."""
        self.wanting = np.array([self.wants(x, h.site) for x, h in self.hosts], dtype=np.bool_)
        for i in np.flatnonzero(self.wanting):
            x, h = self.hosts[i]
            soon = self.f.weeks
            for b, ok in zip(self.f.case.upgrades, self.buy_ok, strict=True):
                if b.site == h.site and self.helps(b, x) and ok.any():
                    soon = min(soon, int(np.argmax(ok)) + self.f.building(b))
            self.run_ok[i, :soon] = False

    def wants(self, x: Exercise, site: str) -> bool:
        """Whether an exercise needs a better range than the host has."""
        return ECHELONS.index(self.f.case.site[site].range_echelon) < ECHELONS.index(x.echelon)

    def helps(self, b: Upgrade, x: Exercise) -> bool:
        """Whether an upgrade makes the range large enough."""
        return ECHELONS.index(b.range_echelon) >= ECHELONS.index(x.echelon)

    def _starts(self) -> None:
        for i, (x, host) in enumerate(self.hosts):
            for w in start_weeks(self.f.case, x):
                self.run_ok[i, w] = not any(
                    c.closes in ("range", "all")
                    and c.start < w + x.weeks
                    and w < c.end
                    and self.f.sites[host.site] in sites_of(self.f.case, c.place)
                    for c in self.f.case.closures
                )

    def _of(self, table: dict[int, np.ndarray], e: int) -> np.ndarray:
        if e not in table:
            shape = (len(self.f.sites), self.f.weeks)
            table[e] = (
                np.ones(shape, dtype=np.bool_) if table is self.may
                else np.zeros(shape, dtype=object) if table is self.gain else np.zeros(shape[1], dtype=np.bool_)
            )  # fmt: skip
        return table[e]

    def _line(self, k: Lock) -> None:
        f = self.f
        inside = np.ones(len(f.sites), dtype=np.bool_)
        if k.place:
            inside[:] = False
            inside[sites_of(f.case, k.place)] = True
        weeks = slice(*span(f.case, k))
        if k.kind in ("element", "unit"):
            self._based(k, inside, weeks)
        elif k.kind == "set":
            q = f.sets[k.subject]
            if k.rule == "prefer":
                self.set_gain[q, inside, weeks] += up(k.price)
            else:
                self.set_ok[q, inside == (k.rule == "forbid"), weeks] = False
                self.set_must[q, weeks] |= k.rule == "must"
        elif k.kind == "exercise":
            own = np.array([x.id == k.subject for x, _ in self.hosts], dtype=np.bool_)
            rows = own & np.array([inside[f.sites[h.site]] for _, h in self.hosts], dtype=np.bool_)
            self._event(k, self.run_ok, self.run_gain, rows, own, weeks)
            self.held |= {k.subject} if k.rule == "must" else set()
        elif k.kind == "participant":
            pairs = [(n, f.number[k.subject]) for n, (x, _) in enumerate(self.needs) if x.id == k.exercise]
            if k.rule == "must":
                self.held.add(str(k.exercise))
            elif k.rule == "forbid":
                self.barred.update(pairs)
            else:
                self.joining.update(dict.fromkeys(pairs, up(k.price)))
        else:
            own = np.array([b.id == k.subject for b in f.case.upgrades], dtype=np.bool_)
            self._event(k, self.buy_ok, self.buy_gain, own, own, weeks)
            self.bought |= {k.subject} if k.rule == "must" else set()

    def _based(self, k: Lock, inside: np.ndarray, weeks: slice) -> None:
        """A line on an element, or on a unit: on each of its elements, the price by shares."""
        own = [self.f.case.element[k.subject]] if k.kind == "element" else self.f.case.elements_of[k.subject]
        ones = own if k.kind == "element" or k.rule == "forbid" else [e for e in own if not e.optional]
        if k.rule == "prefer" and not ones:
            self.constant += up(exact(k.price) * (weeks.stop - weeks.start))
        for e in (self.f.number[x.id] for x in ones):
            if k.rule == "must":
                self._of(self.may, e)[~inside, weeks] = False
                self._of(self.must, e)[weeks] = True
            elif k.rule == "forbid":
                self._of(self.may, e)[inside, weeks] = False
            elif k.price > 0 or len(ones) == 1:
                self._of(self.gain, e)[inside, weeks] += up(exact(k.price) / len(ones))

    @staticmethod
    def _event(k: Lock, ok: np.ndarray, gain: np.ndarray, rows: np.ndarray, own: np.ndarray, weeks: slice) -> None:
        there = np.zeros(ok.shape, dtype=np.bool_)
        there[rows, weeks] = True
        if k.rule == "must":
            ok[own] &= there[own]
        elif k.rule == "forbid":
            ok &= ~there
        else:
            gain[there] += up(k.price)

    def _replan(self) -> None:
        """Frozen weeks are as they were; later changes cost, against a plan in which nothing happens."""
        case, s = self.f.case, self.f.case.settings
        n, price, event = min(s.frozen_weeks, self.f.weeks), exact(s.change_price), exact(s.change_price_event)
        where, stood = sites_by_week(case, case.last)
        each = np.arange(len(self.f.sites))[:, None]
        order = {e.id: i for i, e in enumerate(case.elements)}
        for e, element in enumerate(self.f.elements):
            old = where[order[element.id]]
            self._of(self.may, e)[:, :n] &= (each == old)[:, :n]
            self._of(self.must, e)[:n] |= old[:n] >= 0
            self._of(self.gain, e)[:] += up(price) * (each == old).astype(object) + up(-price) * (old < 0).astype(
                object
            )
            self.constant += up(-price * int((old >= 0).sum()))
        for q, old in enumerate(stood):
            self.set_ok[q, :, :n] &= (each == old)[:, :n]
            self.set_must[q, :n] |= old[:n] >= 0
            self.set_gain[q] += up(price) * (each == old).astype(object) + up(-price) * (old < 0).astype(object)
            self.constant += up(-price * int((old >= 0).sum()))
        runs = {r.exercise: r for r in case.last.runs if 0 <= r.start < self.f.weeks}
        for i, (x, h) in enumerate(self.hosts):
            r = runs.get(x.id)
            keep = np.zeros(self.f.weeks, dtype=np.bool_)
            if r is None:
                self.run_gain[i] += up(-event)
            elif r.site == h.site:
                self.run_gain[i, r.start] += up(event)
                keep[r.start] = True
            until = self.f.weeks if r is not None and r.start < n else n
            self.run_ok[i, :until] &= keep[:until]
        for r in (r for r in runs.values() if r.start < n):
            kept = {(p.need, self.f.number[p.element]) for p in r.participants}
            needs = [i for i, (x, _) in enumerate(self.needs) if x.id == r.exercise]
            self.held.add(r.exercise)
            self.barred.update((i, e) for i in needs for e in range(len(self.f.elements))
                               if (self.needs[i][1].id, e) not in kept)  # fmt: skip
        buys = {b.upgrade: b.start for b in case.last.purchases if 0 <= b.start < self.f.weeks}
        for i, b in enumerate(case.upgrades):
            start = buys.get(b.id)
            self.buy_gain[i] += (
                up(-event) if start is None else up(event) * (np.arange(self.f.weeks) == start).astype(object)
            )
            until = self.f.weeks if start is not None and start < n else n
            self.buy_ok[i, :until] &= np.arange(until) == (-1 if start is None else start)
            self.bought |= {b.id} if start is not None and start < n else set()
        self.constant += up(-event * (len(runs) + len(buys)))
