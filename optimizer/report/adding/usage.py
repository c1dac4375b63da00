"""What a plan uses, looked up fast: who is where when, which sets are held, what room is left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from optimizer.domain import Case, Element, Plan
from optimizer.domain.presence import holds, people, places
from optimizer.report.lives import Life, lives_of

Span = tuple[int, int]
T = TypeVar("T")


class Usage:
    """What ``plan`` uses of ``case``."""

    def __init__(self, case: Case, plan: Plan):
        self.case, self.plan = case, plan
        self.at = {s.id: i for i, s in enumerate(case.sites)}
        self.lives: dict[str, Life] = lives_of(case, plan)
        settled, everyone = people(case, plan)
        room, over = places(case, plan)
        self.room = np.minimum(room - settled, over - everyone)  # people, by site and week
        self.left = np.array([self._left(everyone, s.country) for s in case.sites]).reshape(self.room.shape)
        self._held: defaultdict[str, list[Span]] = defaultdict(list)
        for h in holds(case, plan):
            self._held[h.set_id].append((h.start, h.end))
        for m in plan.maintenance:
            self._held[m.set_id].append((m.start, m.end))
        self.alike: defaultdict[str, list[Element]] = defaultdict(list)  # by type and by main capability
        for e in case.elements:
            for what in {e.type, case.types[e.type].main_capability}:
                self.alike[what].append(e)
        self._stands = defaultdict(list)
        for stay in plan.stays:
            self._stands[stay.set_id].append(stay)

    def _left(self, everyone: np.ndarray, country: str | None) -> np.ndarray:
        """People that the host of a site lets in beside those there, by week."""
        cap = None if country is None else self.case.country[country].cap
        inside = [i for i, s in enumerate(self.case.sites) if s.country == country]
        return np.full(self.case.weeks, np.iinfo(np.int64).max if cap is None else cap) - everyone[inside].sum(axis=0)

    def away(self, element: str) -> list[Span]:
        """When it is on rotation or brought in for an exercise."""
        life = self.lives.get(element)
        if life is None:
            return []
        return [*((p.arrive, p.depart) for p in life.postings), *((d.arrive, d.depart) for d in life.flown)]

    def busy(self, element: str) -> list[Span]:
        """When it exercises."""
        life = self.lives.get(element)
        return [] if life is None else [(x.start, x.start + self.case.exercise[x.exercise].weeks) for x in life.runs]

    def free_sets(self, kind: str | None, start: int, end: int) -> list[tuple[str, str]]:
        """(set, site) of every set of a type that stands there during ``[start, end)`` and nobody holds until it is
        reset."""
        found = []
        for q in self.case.sets:
            if q.set_type != kind or start < max(q.available, self.case.drawable[q.id]):
                continue
            if any(a < end + q.reset_weeks and start < b for a, b in self._held[q.id]):
                continue
            last = min(end, self.case.weeks)
            found += [(q.id, s.site) for s in self._stands[q.id] if s.start <= max(start, 0) and last <= s.end]
        return found


def spread(some: Sequence[T], most: int) -> list[T]:
    """At most so many of them, evenly spread, the first and the last among them."""
    return [some[round(i)] for i in np.linspace(0, len(some) - 1, min(len(some), most))]


def meets(spans: list[Span], start: int, end: int) -> bool:
    """Whether one of the spans shares a week with ``[start, end)``."""
    return any(a < end and start < b for a, b in spans)
