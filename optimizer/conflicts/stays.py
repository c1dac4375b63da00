"""Which rotations one unit could make, as far as it alone can tell: every week, base and way of coming weighed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from optimizer.conflicts.room import most, most_in
from optimizer.domain import Case, Element, Rotation
from optimizer.domain.presence import rsoi_weeks
from optimizer.rosters import first_arrival

FREE = -(10**6)  # a week before any plan


@dataclass(frozen=True)
class Must:
    """During ``[start, end)`` element number ``who`` of the unit may be based only at ``sites`` (bool, shape
    (sites,)), or be at home if ``home``."""

    who: int
    start: int
    end: int
    sites: np.ndarray
    home: bool


class Bases:
    """Where each element of a unit may be in each week, by the lines that are kept.

    ``barred``: bool, shape (elements, sites, weeks); ``wanted``: weeks in which it may not be at home,
    bool, shape (elements, weeks).
    """

    def __init__(self, case: Case, elements: Sequence[Element], musts: Sequence[Must]):
        self.case, self.elements, self.musts = case, elements, musts
        self.barred = np.zeros((len(elements), len(case.sites), case.weeks), dtype=bool)
        self.wanted = np.zeros((len(elements), case.weeks), dtype=bool)
        for m in musts:
            self.barred[m.who, ~m.sites, m.start : m.end] = True
            if not m.home:
                self.wanted[m.who, m.start : m.end] = True

    def next_wanted(self) -> np.ndarray:
        """The first week ≥ t in which somebody may not be at home, ``weeks`` if none: int, shape (weeks + 1,)."""
        weeks = self.case.weeks
        out = np.full(weeks + 1, weeks, dtype=np.int64)
        anyone = np.asarray(self.wanted.any(axis=0))
        for t in range(weeks - 1, -1, -1):
            out[t] = t if anyone[t] else out[t + 1]
        return out

    def holds(self, r: Rotation) -> bool:
        """Whether a rotation that is fixed keeps the lines while it lasts."""
        weeks, at = self.case.weeks, {s.id: i for i, s in enumerate(self.case.sites)}
        away = np.zeros_like(self.wanted)
        for i, e in enumerate(self.elements):
            for p in r.postings:
                if p.element == e.id:
                    there = slice(min(max(p.arrive, 0), weeks), min(max(p.depart, 0), weeks))
                    away[i, there] = True
                    if self.barred[i, at[p.site], there].any():
                        return False
        inside = slice(0, min(max(r.depart, 0), weeks))
        return not (self.wanted[:, inside] & ~away[:, inside]).any()


class Stays:
    """The rotations ``[arrive, depart)`` that windows, leads, lengths, ways and beds leave to a unit."""

    def __init__(self, case: Case, unit: str):
        self.case, self.unit, self.kind = case, unit, case.unit_type(unit)
        self.elements = case.elements_of[unit]

    @cached_property
    def earliest(self) -> int:
        """The first week in which everybody who has to go can have come."""
        needed = [e for e in self.elements if not e.optional] or list(self.elements)
        return max((min(self._first(e), default=self.case.weeks) for e in needed), default=self.case.weeks)

    @cached_property
    def turnaround(self) -> int:
        """Weeks from the unit's departure to its next arrival, at least, where nobody is brought in again before the
        lead of the way by which he comes; some may leave, and come, by the stagger before and after the others."""
        stored = {q.set_type for q in self.case.sets}
        soonest = [0]
        for e in self.elements:
            kind = self.case.types[e.type]
            leads = [m.lead_weeks for way, m in kind.modes.items() if way != "set" or kind.set_type in stored]
            if not e.optional and leads:
                soonest.append(min(leads) - 2 * self.kind.stagger)
        return max(soonest)

    def _first(self, e: Element) -> list[int]:
        kind = self.case.types[e.type]
        return [w for m in kind.modes if (w := first_arrival(self.case, kind, m)) is not None]

    def possible(self, kept: frozenset[str], asked: Bases) -> tuple[np.ndarray, np.ndarray]:
        """(arrivals, departures) of what is possible, in order of arrival."""
        arrive, depart = self._spans(kept)
        shared = self.kind.stagger
        fits = np.ones(len(arrive), dtype=bool)
        for i, e in enumerate(self.elements):
            able = np.zeros(len(arrive), dtype=bool)
            for early in range(shared + 1):
                for late in range(shared + 1):
                    able |= self._based(kept, asked, i, e, arrive, depart, arrive + early, depart - late)
            if e.optional:  # it may as well stay at home
                able |= ~_any(asked.wanted[i], arrive, depart)
            fits &= able
        if "beds" in kept:
            fits &= self._crowd(asked, arrive, depart)
        return arrive[fits], depart[fits]

    def _spans(self, kept: frozenset[str]) -> tuple[np.ndarray, np.ndarray]:
        weeks, kind, s = self.case.weeks, self.kind, self.case.settings
        low = max(kind.rotation_min if "shortest" in kept else 1, 1)
        high = kind.rotation_max if "longest" in kept else max(weeks + kind.stagger + 1, kind.rotation_max)
        if "founding act" in kept:
            high = min(high, s.founding_act_weeks)
        lengths = np.arange(low, max(high, low - 1) + 1)
        arrive, depart = np.repeat(np.arange(weeks), len(lengths)), np.tile(lengths, weeks)
        depart = arrive + depart
        if "windows" in kept:
            inside = np.zeros(len(arrive), dtype=bool)
            for w in self.case.windows_of[self.unit]:
                inside |= (w.start <= arrive) & (depart <= w.end)
            arrive, depart = arrive[inside], depart[inside]
        return arrive, depart

    def _based(
        self,
        kept: frozenset[str],
        asked: Bases,
        i: int,
        e: Element,
        arrive: np.ndarray,
        depart: np.ndarray,
        begin: np.ndarray,
        end: np.ndarray,
    ) -> np.ndarray:
        """Whether the element finds a base for ``[begin, end)`` inside ``[arrive, depart)``."""
        late = _any(asked.wanted[i], arrive, begin) | _any(asked.wanted[i], end, depart)
        found = np.zeros(len(arrive), dtype=bool)
        for site, first, closed, reset in self._ways(kept, e):
            shut = asked.barred[i, site] if closed is None else asked.barred[i, site] | closed
            fits = (first <= begin) & ~_any(shut, begin, end)
            if closed is not None and reset:
                fits &= ~_any(closed, end, end + reset)
            if "beds" in kept:
                fits &= ~_any(self._full[i][0][site], begin, end)
                fits &= ~_any(self._full[i][1][site], begin + self._settling(e), end)
            found |= fits
        return found & ~late & (begin < end) & (begin < self.case.weeks)

    def _ways(self, kept: frozenset[str], e: Element) -> list[tuple[int, int, np.ndarray | None, int]]:
        """(site, first arrival, weeks in which the set cannot stand there, reset) of each way to a base."""
        case, kind = self.case, self.case.types[e.type]
        out: list[tuple[int, int, np.ndarray | None, int]] = []
        sites = range(len(case.sites))
        if "ways" not in kept:
            return [(s, FREE, None, 0) for s in sites]
        soonest = {m: (first_arrival(case, kind, m) or 0) if "lead" in kept else FREE for m in kind.modes}
        own = [w for m, w in soonest.items() if m != "set"]
        if own:
            out = [(s, min(own), None, 0) for s in sites]
        if "set" in kind.modes and (not own or soonest["set"] < min(own)):
            for q in case.sets:
                if q.set_type == kind.set_type:
                    for s in {h.site for h in case.holdings_of[q.id]}:
                        closed = np.ones(case.weeks, dtype=bool)
                        for h in case.holdings_of[q.id]:
                            if h.site == s:
                                closed[max(h.start, 0) : max(h.end, 0)] = False
                        closed[: max(q.available, 0)] = True
                        out.append((self._at[s], soonest["set"], closed, q.reset_weeks))
        return out

    @cached_property
    def _at(self) -> dict[str, int]:
        return {s.id: i for i, s in enumerate(self.case.sites)}

    def _settling(self, e: Element) -> int:
        """Weeks after which the element is ready, however it came."""
        kind, case = self.case.types[e.type], self.case
        sets = [q.id for q in case.sets if q.set_type == kind.set_type] if "set" in kind.modes else []
        return max(
            [rsoi_weeks(case, kind, m, None) for m in kind.modes] + [rsoi_weeks(case, kind, "set", q) for q in sets],
            default=0,
        )

    @cached_property
    def _full(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """By element, the (sites, weeks) in which a site cannot hold it (at all, settled)."""
        settled, everyone = most(self.case)
        out = []
        for e in self.elements:
            n = self.case.types[e.type].people
            out.append((everyone < n, settled < n))
        return out

    def _crowd(self, asked: Bases, arrive: np.ndarray, depart: np.ndarray) -> np.ndarray:
        """Whether all elements that lines bind to one place during a rotation find beds there together."""
        fits, stagger = np.ones(len(arrive), dtype=bool), self.kind.stagger
        if stagger >= self.kind.rotation_min:
            return fits
        begin, end = arrive + stagger, depart - stagger
        late = begin + max(self._settling(e) for e in self.elements)
        for country, sites in self._places(asked.musts):
            crowd = np.zeros(len(arrive), dtype=np.int64)
            for i, e in enumerate(self.elements):
                bound = np.zeros(self.case.weeks, dtype=bool)
                for m in asked.musts:
                    if m.who == i and not m.home and not (m.sites & ~sites).any():
                        bound[m.start : m.end] = True
                crowd += self.case.types[e.type].people * _any(bound, begin, end)
            settled, everyone = most_in(self.case, sites, country)
            for n in np.unique(crowd[crowd > 0]):
                many = crowd == n
                fits &= ~(many & (_any(everyone < n, begin, end) | _any(settled < n, late, end)))
        return fits

    def _places(self, musts: Iterable[Must]) -> list[tuple[str | None, np.ndarray]]:
        """(country, sites) of each site set that lines bind elements to and that lies in one country."""
        found = {}
        for m in musts:
            if not m.home:
                countries = {self.case.sites[i].country for i in np.flatnonzero(m.sites)}
                if len(countries) == 1:
                    found[m.sites.tobytes()] = (countries.pop(), m.sites)
        return list(found.values())


def _any(weeks: np.ndarray, begin: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Whether a week of the plan in ``[begin, end)`` is marked: bool, like ``begin``."""
    sums = np.concatenate(([0], np.cumsum(weeks)))
    a, b = np.clip(begin, 0, len(weeks)), np.clip(end, 0, len(weeks))
    return np.asarray(sums[np.maximum(a, b)] > sums[a])
