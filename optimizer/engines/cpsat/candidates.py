"""What a model may choose from: rotations, bases and modes, exercise starts, participants.

Nothing here is a rule. With the rules that will be posted at hand (``rules``), values which
one of them would rule out at once are left out (a *tight* domain); values of ``plan`` are
added so that any given plan can be told in the model and judged by the rules posted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from optimizer.domain import Case, Element, Exercise, Need, Participant, Plan
from optimizer.domain.presence import sites_of
from optimizer.rosters import rest_weeks, start_weeks


class Way(NamedTuple):
    """How an element deploys and to where."""

    site: str
    mode: str
    set_id: str | None


@dataclass(frozen=True)
class Candidates:
    case: Case
    rules: frozenset[str]
    plan: Plan = field(default_factory=Plan)

    def on(self, *rules: str) -> bool:
        """Whether all these rules will be posted."""
        return self.rules.issuperset(rules)

    @cached_property
    def longest(self) -> int:
        """The last week any departure can need: beyond the plan all weeks are alike but for lengths and windows."""
        ends = [r.depart for r in (*self.plan.rotations, *self.case.underway)]
        return max([self.case.weeks + max((t.rotation_max for t in self.case.unit_types), default=1), *ends])

    def arrivals(self, unit: str) -> list[int]:
        """Weeks in which a rotation not under way may arrive."""
        case, kind = self.case, self.case.unit_type(unit)
        weeks: set[int] = set(range(case.weeks))
        if self.on("availability"):
            shortest = kind.rotation_min if self.on("rotation-length") else 1
            windows = case.windows_of[unit]
            weeks = {t for t in weeks if any(w.start <= t <= w.end - shortest for w in windows)}
        return sorted(weeks)

    def departures(self, unit: str) -> range:
        last = self.longest
        if self.on("rotation-length"):
            last = max(self.case.unit_type(unit).rotation_max, 1) + self.case.weeks - 1
        if self.on("availability"):
            last = min(last, max((w.end for w in self.case.windows_of[unit]), default=0))
        return range(1, last + 1)

    def slots(self, unit: str) -> int:
        """How many rotations beside those under way the unit can at most have."""
        arrivals = self.arrivals(unit)
        if not arrivals:
            return 0
        shortest = max(self.case.unit_type(unit).rotation_min, 1) if self.on("rotation-length") else 1
        rest = rest_weeks(self.case, unit, shortest) if self.on("dwell") else 0
        return 1 + (arrivals[-1] - arrivals[0]) // (shortest + rest) + (not self.on("one-place"))

    def ways(self, element: Element) -> Iterator[Way]:
        kind = self.case.types[element.type]
        for mode in kind.modes:
            for q in self._sets(kind.set_type) if mode == "set" else (None,):
                for s in self.case.sites:
                    if self._room(s.id) >= kind.people and (q is None or s.id in self._stands(q)):
                        yield Way(s.id, mode, q)

    def _sets(self, set_type: str | None) -> Iterator[str]:
        for q in self.case.sets:
            if q.set_type == set_type or not self.on("set-custody"):
                yield q.id

    def _stands(self, set_id: str) -> set[str]:
        """Sites at which a set can be drawn."""
        if self.on("set-custody", "set-location"):
            return {h.site for h in self.case.holdings_of[set_id] if max(h.start, 0) < min(h.end, self.case.weeks)}
        return {s.id for s in self.case.sites}

    def _room(self, site: str) -> float:
        """People a site can ever hold."""
        if not self.on("site-capacity"):
            return float("inf")
        return self.case.site[site].handover_places + sum(
            max(u.handover_places, 0) for u in self.case.upgrades if u.site == site
        )

    def starts(self, x: Exercise) -> list[tuple[str, int]]:
        """Host and start week of an exercise."""
        if not self.on("exercise-window"):
            return [(s.id, t) for s in self.case.sites for t in range(self.case.weeks)]
        weeks = start_weeks(self.case, x)
        return [(h, t) for h in dict.fromkeys(h.site for h in x.hosts) for t in weeks if self._open(h, t, t + x.weeks)]

    def _open(self, host: str, start: int, end: int) -> bool:
        case = self.case
        return not any(
            c.closes in ("range", "all") and max(c.start, start) < min(c.end, end)
            for c in case.closures
            if any(case.sites[i].id == host for i in sites_of(case, c.place))
        )

    def participants(self, x: Exercise) -> Iterator[Participant]:
        for need in x.needs:
            for e in self.case.elements:
                if self.on("exercise-needs") and not fits(self.case, e, need):
                    continue
                theatre, home = self._origins(need)
                if theatre:
                    yield Participant(need.id, e.id)
                kind = self.case.types[e.type]
                for mode in kind.modes if home else ():
                    for q in self._sets(kind.set_type) if mode == "set" else (None,):
                        yield Participant(need.id, e.id, mode, q)

    def _origins(self, need: Need) -> tuple[bool, bool]:
        if not self.on("exercise-needs"):
            return True, True
        return need.origin in ("theatre", "either"), need.origin in ("home", "either")


def fits(case: Case, e: Element, need: Need) -> bool:
    """Whether the element is of the type or main capability a need asks for."""
    return need.what in (e.type, case.types[e.type].main_capability)
