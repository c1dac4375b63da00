"""A case as the proof reads it: places, money, who is out, and the units all figures are in.

Worth is in integers of 10⁻⁹ (``WORTH``); what raises the bound is rounded up, what lowers it down.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

import numpy as np

from optimizer.domain import Case, Element, Scenario, Upgrade
from optimizer.domain.presence import rsoi_weeks, sites_of
from optimizer.domain.supply import NOMINAL
from optimizer.quantities import MILLI

WORTH = 10**9
CENT = 10**24  # prices of a millionth of the money unit, and of a micro-point, are in integers of 1/CENT
ENDLESS = 1 << 60  # a capacity that is none


class Refused(Exception):
    """A certificate that proves nothing: why."""


def exact(price: float) -> Fraction:
    """The decimal that was typed."""
    return Fraction(str(price))


def up(price: float | Fraction) -> int:
    """Score in units of worth, rounded up."""
    return ceil((price if isinstance(price, Fraction) else exact(price)) * WORTH)


def down(price: float | Fraction) -> int:
    """Score in units of worth, rounded down."""
    return floor((price if isinstance(price, Fraction) else exact(price)) * WORTH)


def blocks(case: Case) -> list[tuple[Fraction, Scenario]]:
    """Scenarios whose coverage counts, with their probabilities: as planned first."""
    weighed = [s for s in case.scenarios if s.weight > 0] if case.settings.weigh_scenarios else []
    rest = MILLI - sum(s.weight for s in weighed)
    return [(Fraction(rest, MILLI), NOMINAL), *((Fraction(s.weight, MILLI), s) for s in weighed)]


class Facts:
    """Index arrays of a case; S sites, C countries, T weeks. ``ways[type]``: (mode, set or None, weeks to readiness,
    reset, first arrival, cost) of coming in; ``out``: postings under way by unit, with readiness."""

    def __init__(self, case: Case):
        self.case, self.weeks, s = case, case.weeks, case.settings
        self.sites = {x.id: i for i, x in enumerate(case.sites)}
        self.countries = {x.id: i for i, x in enumerate(case.countries)}
        self.home = np.array([self.countries.get(x.country or "", -1) for x in case.sites], dtype=np.int64)
        self.elements: list[Element] = [e for u in case.units for e in case.elements_of[u.id]]
        self.number = {e.id: i for i, e in enumerate(self.elements)}
        self.sets = {q.id: i for i, q in enumerate(case.sets)}
        self.blocks = blocks(case)
        self.ways = {y.id: [
            (mode, q, max(m.rsoi_weeks, 0 if q is None else q.draw_weeks), 0 if q is None else q.reset_weeks,
             s.release + m.lead_weeks, m.cost)
            for mode, m in y.modes.items()
            for q in ([q for q in case.sets if y.set_type is not None and q.set_type == y.set_type]
                      if mode == "set" else [None])
        ] for y in case.unit_types}  # fmt: skip
        self._under_way()
        self._room()
        self.lines = case.lines
        self.fixed = np.zeros((len(self.lines), self.weeks), dtype=object)
        self.fixed[self.lines.index(s.line_rotation)] += self.upkeep
        for q in case.sets:
            self.fixed[self.lines.index(s.line_set), max(q.available, 0) :] += q.week_cost

    def _under_way(self) -> None:
        """Fixed use of places, money and sets by rotations that are out."""
        shape = (len(self.sites), self.weeks)
        self.people, self.settled, self.brigades = (np.zeros(shape, dtype=np.int64) for _ in range(3))
        self.upkeep = np.zeros(self.weeks, dtype=object)
        self.held = np.full((len(self.sets), self.weeks), -1)
        self.out: dict[str, list[tuple[int, int, str | None, int, int]]] = {}
        for r in self.case.underway:
            for p in r.postings:
                kind, s = self.case.element_type(p.element), self.sites[p.site]
                ready = p.arrive + rsoi_weeks(self.case, kind, p.mode, p.set_id)
                there = slice(max(p.arrive, 0), max(p.depart, 0))
                self.people[s, there] += kind.people
                self.brigades[s, there] += kind.brigades
                self.upkeep[there] += kind.week_cost
                self.settled[s, max(ready, 0) : there.stop] += kind.people
                if p.set_id is not None:
                    until = max(p.depart + self.case.prepo[p.set_id].reset_weeks, 0)
                    self.held[self.sets[p.set_id], there.start : until] = s
                self.out.setdefault(r.unit, []).append((self.number[p.element], s, p.set_id, ready, p.depart))

    def _room(self) -> None:
        """What closures and those under way leave of places, and what upgrades may add: [upgrades, T]."""
        self.left = np.full((len(self.sites), self.weeks), ENDLESS, dtype=np.int64)
        for c in self.case.closures:
            if c.closes in ("places", "all"):
                for i in sites_of(self.case, c.place):
                    span = (i, slice(max(c.start, 0), max(c.end, 0)))
                    self.left[span] = np.minimum(self.left[span], c.left)
        self.room: dict[str, np.ndarray] = {}
        self.added: dict[str, list[np.ndarray]] = {}
        for name, attribute, used in (
            ("settled", "places", self.settled),
            ("everyone", "handover_places", self.people),
        ):
            base = np.array([getattr(x, attribute) for x in self.case.sites], dtype=np.int64).reshape(-1, 1)
            self.room[name] = np.maximum(np.minimum(base, self.left), used) - used
            more = np.maximum(self.left - base, 0)
            self.added[name] = [np.minimum(getattr(b, attribute), more[self.sites[b.site]]) for b in self.case.upgrades]

    def building(self, b: Upgrade) -> int:
        """Weeks from the purchase, or from week 0 if it was before, until an upgrade is of use."""
        return max(b.weeks + self.case.bought[b.id], 0) if b.id in self.case.bought else b.weeks

    def by_country(self, of_sites: np.ndarray) -> np.ndarray:
        """Sums over the sites of each country: [C, T]."""
        out = np.zeros((len(self.countries), self.weeks), dtype=of_sites.dtype)
        for s, c in enumerate(self.home):
            if c >= 0:
                out[c] += of_sites[s]
        return out

    def caps(self, name: str) -> np.ndarray:
        """What the limits of countries leave beside those under way: [C, T], ``ENDLESS`` where there is none."""
        founding = self.case.settings.founding_act
        limit, used = {
            "host settled": ([c.cap for c in self.case.countries], self.settled),
            "host everyone": ([c.handover_cap for c in self.case.countries], self.people),
            "brigade": ([c.brigade_cap if founding else None for c in self.case.countries], self.brigades),
        }[name]
        cap = np.array([ENDLESS if x is None else x for x in limit], dtype=np.int64).reshape(-1, 1)
        out = self.by_country(used)
        return np.where(cap == ENDLESS, ENDLESS, np.maximum(cap, out) - out)
