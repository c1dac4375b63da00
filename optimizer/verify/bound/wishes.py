"""Lines, frozen weeks and prices of changes: masks of what no plan may do, and gains of what it may.

Where a line is about several parties together the mask is wider, or the gain larger, than true; never less.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import numpy as np

from optimizer.domain import Exercise, Lock, Upgrade
from optimizer.domain.places import ECHELONS
from optimizer.domain.presence import sites_of
from optimizer.domain.whereabouts import sites_by_week
from optimizer.rosters import must_be_held, start_weeks
from optimizer.rules.budget.limits import limits
from optimizer.rules.locks.truth import span
from optimizer.verify.bound.facts import Facts, exact, up


class Mask:
    """Where (a row each) and in which weeks something may stand, or begin, and what it gains there: [rows, T];
    ``must``: in which weeks it has to stand somewhere."""

    def __init__(self, ok: np.ndarray):
        self.ok, self.gain, self.must = ok, np.zeros(ok.shape, dtype=object), np.zeros(ok.shape[1], dtype=np.bool_)

    def stand(self, k: Lock, inside: np.ndarray, weeks: slice, share: int = 1) -> None:
        """A line on what stands; of a preference only a share."""
        if k.rule == "prefer":
            self.gain[inside, weeks] += up(exact(k.price) / share)
        else:
            self.ok[inside == (k.rule == "forbid"), weeks] = False
            self.must[weeks] |= k.rule == "must"

    def begin(self, k: Lock, rows: np.ndarray, own: np.ndarray, weeks: slice) -> None:
        """A line on what begins in one of the rows ``own``, there in ``rows``."""
        there = np.zeros(self.ok.shape, dtype=np.bool_)
        there[rows, weeks] = True
        if k.rule == "must":
            self.ok[own] &= there[own]
        elif k.rule == "forbid":
            self.ok &= ~there
        else:
            self.gain[there] += up(k.price)

    def stood(self, old: np.ndarray, frozen: int, price: Fraction) -> int:
        """Where it stood by week, -1: nowhere. Returns what the plan in which it never stands loses."""
        same = np.arange(len(self.ok))[:, None] == old
        self.ok[:, :frozen] &= same[:, :frozen]
        self.must[:frozen] |= old[:frozen] >= 0
        self.gain += up(price) * same.astype(object) + up(-price) * (old < 0).astype(object)
        return up(-price * int((old >= 0).sum()))

    def began(self, row: int, start: int | None, here: bool, frozen: int, price: Fraction) -> None:
        """When it began, in this row or another; ``None``: it did not."""
        weeks = self.ok.shape[1]
        until = weeks if start is not None and start < frozen else frozen
        then = np.arange(weeks) == (start if start is not None and here else -1)
        self.gain[row] += up(-price) if start is None else up(price) * then.astype(object)
        self.ok[row, :until] &= then[:until]


class Wishes:
    """``elements``: masks of sites of those that some line is about, ``sets``, ``runs`` (rows: hosts), ``buys`` (rows:
    upgrades); what must be ``held`` and ``bought``; ``barred`` and ``joining`` by (need, element)."""

    def __init__(self, f: Facts):
        self.f, case = f, f.case
        self.hosts = [(x, h) for x in case.exercises for h in x.hosts]
        self.needs = [(x, n) for x in case.exercises for n in x.needs]
        self.elements: dict[int, Mask] = {}
        self.sets = [Mask(np.zeros((len(f.sites), f.weeks), dtype=np.bool_)) for _ in f.sets]
        for h in case.holdings:
            self.sets[f.sets[h.set_id]].ok[f.sites[h.site], max(h.start, 0) : max(h.end, 0)] = True
        self.runs = Mask(self._starts())
        first, weeks = max((r.weeks for r in limits(case).resolutions), default=0), np.arange(f.weeks)
        chances = [(weeks >= max(b.earliest, 0, first)) & (weeks <= b.latest) for b in case.upgrades]
        self.buys = Mask(np.array(chances, dtype=np.bool_).reshape(-1, f.weeks))
        self.held, self.bought = {x.id for x in case.exercises if must_be_held(case, x)}, set(case.bought)
        self.barred, self.joining, self.constant = set[tuple[int, int]](), Counter[tuple[int, int]](), 0
        for lock in case.locks:
            self._line(lock)
        if case.settings.replan:
            self._replan()
        for i, b in enumerate(case.upgrades):
            if b.id in case.bought:  # there from week 0, whatever the lines say of weeks in the plan
                self.buys.ok[i], self.buys.gain[i] = weeks == 0, 0
        self._ranges()

    def of(self, e: int) -> Mask:
        """The mask of an element."""
        return self.elements.setdefault(e, Mask(np.ones((len(self.f.sites), self.f.weeks), dtype=np.bool_)))

    def _starts(self) -> np.ndarray:
        case = self.f.case
        ok = np.zeros((len(self.hosts), self.f.weeks), dtype=np.bool_)
        for i, (x, host) in enumerate(self.hosts):
            shut = [c for c in case.closures if c.closes in ("range", "all")
                    and self.f.sites[host.site] in sites_of(case, c.place)]  # fmt: skip
            for w in start_weeks(case, x):
                ok[i, w] = not any(c.start < w + x.weeks and w < c.end for c in shut)
        return ok

    def _ranges(self) -> None:
        """``wanting``: hosts whose range is too small; they wait for an upgrade."""
        small = [ECHELONS.index(self.f.case.site[h.site].range_echelon) for _, h in self.hosts]
        asked = [ECHELONS.index(x.echelon) for x, _ in self.hosts]
        self.wanting = np.array(small, dtype=np.int64) < np.array(asked, dtype=np.int64)
        for i in np.flatnonzero(self.wanting):
            x, h = self.hosts[i]
            soon = self.f.weeks
            for b, ok in zip(self.f.case.upgrades, self.buys.ok, strict=True):
                if b.site == h.site and self.helps(b, x) and ok.any():
                    soon = min(soon, int(np.argmax(ok)) + self.f.building(b))
            self.runs.ok[i, :soon] = False

    def helps(self, b: Upgrade, x: Exercise) -> bool:
        """Whether an upgrade makes a range large enough."""
        return ECHELONS.index(b.range_echelon) >= ECHELONS.index(x.echelon)

    def _line(self, k: Lock) -> None:
        f, weeks = self.f, slice(*span(self.f.case, k))
        inside = np.ones(len(f.sites), dtype=np.bool_)
        if k.place:
            inside = np.isin(np.arange(len(f.sites)), list(sites_of(f.case, k.place)))
        if k.kind in ("element", "unit"):
            self._based(k, inside, weeks)
        elif k.kind == "set":
            self.sets[f.sets[k.subject]].stand(k, inside, weeks)
        elif k.kind == "exercise":
            own = np.array([x.id == k.subject for x, _ in self.hosts], dtype=np.bool_)
            rows = own & np.array([inside[f.sites[h.site]] for _, h in self.hosts], dtype=np.bool_)
            self.runs.begin(k, rows, own, weeks)
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
            self.buys.begin(k, own, own, weeks)
            self.bought |= {k.subject} if k.rule == "must" else set()

    def _based(self, k: Lock, inside: np.ndarray, weeks: slice) -> None:
        """A line on an element, or on a unit: on each of its elements, the price by shares."""
        own = [self.f.case.element[k.subject]] if k.kind == "element" else self.f.case.elements_of[k.subject]
        ones = own if k.kind == "element" or k.rule == "forbid" else [e for e in own if not e.optional]
        if k.rule == "prefer" and not ones:
            self.constant += up(exact(k.price) * (weeks.stop - weeks.start))
        for e in ones if k.rule != "prefer" or k.price > 0 or len(ones) == 1 else ():
            self.of(self.f.number[e.id]).stand(k, inside, weeks, len(ones))

    def _replan(self) -> None:
        """Frozen weeks are as they were; later changes cost, against a plan in which nothing happens."""
        f, case, s = self.f, self.f.case, self.f.case.settings
        n, price, event = min(s.frozen_weeks, f.weeks), exact(s.change_price), exact(s.change_price_event)
        where, stood = sites_by_week(case, case.last)
        for element, old in zip(case.elements, where, strict=True):
            self.constant += self.of(f.number[element.id]).stood(old, n, price)
        for mask, old in zip(self.sets, stood, strict=True):
            self.constant += mask.stood(old, n, price)
        runs = {r.exercise: r for r in case.last.runs if 0 <= r.start < f.weeks}
        for i, (x, h) in enumerate(self.hosts):
            r = runs.get(x.id)
            self.runs.began(i, None if r is None else r.start, r is not None and r.site == h.site, n, event)
        for r in (r for r in runs.values() if r.start < n):
            kept = {(p.need, f.number[p.element]) for p in r.participants}
            self.held.add(r.exercise)
            self.barred.update((i, e) for i, (x, need) in enumerate(self.needs) if x.id == r.exercise
                               for e in range(len(f.elements)) if (need.id, e) not in kept)  # fmt: skip
        buys = {b.upgrade: b.start for b in case.last.purchases if 0 <= b.start < f.weeks}
        for i, b in enumerate(case.upgrades):
            self.buys.began(i, buys.get(b.id), True, n, event)
        self.bought |= {b for b, start in buys.items() if start < n and b in {x.id for x in case.upgrades}}
        self.constant += up(-event * (len(runs) + len(buys)))
