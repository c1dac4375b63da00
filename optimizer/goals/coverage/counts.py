"""Who counts where: effective elements of a type at a site, stored and undrawn sets.

``("count", k, s, t, scenario)`` is the number of ready elements of type k that count at s,
those who exercise counting at the host; ``("away", e, s, t)`` is 1 while an element based at
s exercises. Under a scenario in which a unit is late or a set lost, ``("away", e, s, t, scenario)``
and ``("host", e, h, t, scenario)`` say the same of those of its elements that are ready even then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from optimizer.domain import Scenario
from optimizer.rules.rows import Flight, Join, Key, Pairs, Row, Space, Terms, put, total


class Counts:
    """Counting quantities of one space."""

    def __init__(self, space: Space):
        self.space, self.case = space, space.case
        self.scenarios = [s for _, s in space.scenarios() if self.matters(s)]
        self.joins: defaultdict[tuple[str, int], list[Join]] = defaultdict(list)
        self.flights: defaultdict[tuple[str, int], list[Flight]] = defaultdict(list)
        kind = {e.id: e.type for e in self.case.elements}
        self.pairs: dict[tuple[str, str], None] = {}  # (type, site) where someone may count
        for e, bases in space.bases.items():
            self.pairs.update(dict.fromkeys((kind[e], s) for s, _ in bases))
        for j in space.joins:
            self.pairs[kind[j.element], j.site] = None
            for t in range(max(j.start, 0), min(j.end, self.case.weeks)):
                self.joins[j.element, t].append(j)
        for f in space.flights:
            self.pairs[kind[f.element], f.site] = None
            for t in range(max(f.start, 0), min(f.end, self.case.weeks)):
                self.flights[f.element, t].append(f)
        self.moving = {kind[p.element] for p in space.participations}
        self.sites = {e: list(dict.fromkeys(s for s, _ in bases)) for e, bases in space.bases.items()}
        self.drawn: defaultdict[str, set[str]] = defaultdict(set)  # sets an element may fall in on
        for e, bases in space.bases.items():
            self.drawn[e] |= {q for _, q in bases if q is not None}
        for f in space.flights:
            if f.set_id is not None:
                self.drawn[f.element].add(f.set_id)
        self.of_kind: defaultdict[str, list[str]] = defaultdict(list)
        for element in self.case.elements:
            self.of_kind[element.type].append(element.id)

    @staticmethod
    def matters(scenario: Scenario) -> bool:
        """Whether the scenario can change supply (not only money)."""
        return bool(scenario.closed_routes or scenario.lost_sets or scenario.late_units)

    def affected(self, element: str, scenario: Scenario) -> bool:
        """Whether the element itself counts differently under the scenario."""
        late = scenario.delay(self.case.element[element].unit) > 0
        return late or not self.drawn[element].isdisjoint(scenario.lost_sets)

    def counted(self, scenario: Scenario) -> Iterator[tuple[str, str, int, Key]]:
        """(type, site, week, quantity) for everyone who may count under the scenario."""
        special = self._special(scenario)
        for kind, site in self.pairs:
            for t in range(self.case.weeks):
                if kind in special:
                    yield kind, site, t, ("count", kind, site, t, scenario.id)
                elif kind in self.moving:
                    yield kind, site, t, ("count", kind, site, t, "")
                else:
                    yield kind, site, t, ("ready", kind, site, t)

    def stored(self, scenario: Scenario) -> Iterator[tuple[str, str, int, Key]]:
        """(set, site, week, quantity) for every set that may be stored and undrawn."""
        for q in self.space.members:
            if q not in scenario.lost_sets:
                kind = "idle" if self._used(q) else "stand"
                for s, weeks in self.space.stands[q].items():
                    yield from ((q, s, t, (kind, q, s, t)) for t in weeks if 0 <= t < self.case.weeks)

    def rows(self) -> Iterator[Row]:
        """The rows that define these quantities."""
        yield from self._exercising()
        for kind, site in self.pairs:
            if kind in self.moving:
                for t in range(self.case.weeks):
                    terms: Terms = {("count", kind, site, t, ""): 1, ("ready", kind, site, t): -1}
                    for e in self.of_kind[kind]:
                        if (e, t) in self.joins:
                            put(terms, [(("away", e, site, t), 1)] if site in self.sites[e] else [])
                            put(terms, self._hosted(e, site, t), -1)
                        put(terms, [(f.key, -1) for f in self.flights.get((e, t), ()) if f.site == site])
                    yield Row((kind, site), t, terms, "==", 0)
        for scenario in self.scenarios:
            yield from self._under(scenario)
        for q in self.space.members:
            if self._used(q):
                yield from self._idle(q)

    def _used(self, q: str) -> bool:
        return bool(self.space.holders[q] or self.space.set_flights[q] or self.space.blocks[q])

    def _special(self, scenario: Scenario) -> set[str]:
        if not self.matters(scenario):
            return set()
        return {e.type for e in self.case.elements if self.affected(e.id, scenario)}

    def _ready(self, element: str, site: str, t: int, scenario: Scenario | None = None) -> Pairs:
        late = 0 if scenario is None else scenario.delay(self.case.element[element].unit)
        lost = scenario.lost_sets if scenario is not None else frozenset()
        bases = [q for s, q in self.space.bases[element] if s == site and q not in lost]
        return [pair for q in bases for pair in self.space.ready(element, site, q, t, late)]

    def _hosted(self, element: str, host: str, t: int) -> Pairs:
        return [(j.key, 1) for j in self.joins.get((element, t), ()) if j.site == host]

    def _exercising(self) -> Iterator[Row]:
        """Whoever takes part from theatre is away from exactly one base."""
        for (e, t), joins in self.joins.items():
            sites = self.sites[e]
            away = total((("away", e, s, t), 1) for s in sites)
            yield Row((e,), t, put(away, ((j.key, 1) for j in joins), -1), "==", 0)
            for s in sites:
                yield Row((e, s), t, put({("away", e, s, t): 1}, self._ready(e, s, t), -1), "<=", 0)

    def _under(self, scenario: Scenario) -> Iterator[Row]:
        tag, special = scenario.id, self._special(scenario)
        affected = {e.id for e in self.case.elements if self.affected(e.id, scenario)}
        for kind, site in self.pairs:
            for t in range(self.case.weeks) if kind in special else ():
                terms: Terms = {("count", kind, site, t, tag): 1}
                for e in self.of_kind[kind]:
                    hit, joined = e in affected, (e, t) in self.joins
                    put(terms, self._ready(e, site, t, scenario if hit else None), -1)
                    if joined and site in self.sites[e]:
                        put(terms, [(("away", e, site, t, tag) if hit else ("away", e, site, t), 1)])
                    if joined and self._hosted(e, site, t):
                        put(terms, [(("host", e, site, t, tag), 1)] if hit else self._hosted(e, site, t), -1)
                    if not scenario.delay(self.case.element[e].unit):
                        flown = (f for f in self.flights.get((e, t), ()) if f.site == site)
                        put(terms, ((f.key, 1) for f in flown if f.set_id not in scenario.lost_sets), -1)
                yield Row((kind, site, tag), t, terms, "==", 0)
        for (e, t), joins in self.joins.items():
            if e in affected:
                ready = [pair for s in self.sites[e] for pair in self._ready(e, s, t, scenario)]
                for s in self.sites[e]:
                    both = put({("away", e, s, t, tag): 1, ("away", e, s, t): -1}, self._ready(e, s, t, scenario), -1)
                    yield Row((e, s, tag), t, both, ">=", -1)
                for h in {j.site: None for j in joins}:
                    yield Row((e, h, tag), t, put({("host", e, h, t, tag): 1}, self._hosted(e, h, t), -1), "<=", 0)
                    yield Row((e, h, tag), t, put({("host", e, h, t, tag): 1}, ready, -1), "<=", 0)

    def _idle(self, q: str) -> Iterator[Row]:
        """Stored means standing there, held by nobody and not in maintenance."""
        for s, weeks in self.space.stands[q].items():
            for t in weeks:
                terms = put({("idle", q, s, t): 1, ("stand", q, s, t): -1}, self.space.held(q, t, s))
                yield Row((q, s), t, terms, "<=", 0)
        for t in range(self.case.weeks):
            block = self.space.serviced(q, t)
            if block:
                idle = total((("idle", q, s, t), 1) for s in self.space.stands[q])
                yield Row((q,), t, put(idle, block), "<=", 1)
