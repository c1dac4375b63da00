"""A case as the plain tables that any modeller would draw up first. No rule is decided here.

Sites, countries, capabilities are indices in the order of the case; weeks are plan weeks.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from benchmarks.peers import Unsupported
from optimizer.domain import Case, Element, Exercise, Need, Posting, PrepoSet, Unit, Upgrade
from optimizer.domain.network import credits, days_between, move_weeks
from optimizer.domain.places import ECHELONS
from optimizer.domain.presence import rsoi_weeks, sites_of
from optimizer.domain.supply import area_prices, demand
from optimizer.quantities import MICRO, MILLI

RANK = {e: i for i, e in enumerate(ECHELONS)}


class Option(NamedTuple):
    """A way for an element to be somewhere: base, mode, set; weeks until it counts; first week; cost."""

    site: int
    mode: str
    set_id: str | None
    rsoi: int
    first: int
    cost: int


class Start(NamedTuple):
    """A possible run of an exercise."""

    site: int
    week: int


class Flight(NamedTuple):
    """A possible deployment from home for one run."""

    element: str
    need: str
    start: Start
    mode: str
    set_id: str | None
    arrive: int
    end: int
    cost: int  # all of it that falls into the plan


@dataclass(frozen=True)
class Facts:
    """Derived tables of one case."""

    case: Case

    def __post_init__(self) -> None:
        c, s = self.case, self.case.settings
        used = {
            "locks": c.locks,
            "replanning": s.replan,
            "weighed scenarios": s.weigh_scenarios,
            "the founding-act switch": s.founding_act,
            "a continuing resolution": c.cr,
            "two holding rows of one set at one site": any(
                len({h.site for h in hs}) < len(hs) for hs in c.holdings_of.values()
            ),
            "rotations shorter than RSOI": any(
                o.rsoi > c.unit_type(e.unit).rotation_min - 2 * c.unit_type(e.unit).stagger
                for e in c.elements
                for o in self.options(e)
            ),
        }
        wrong = [what for what, there in used.items() if there]
        if wrong:
            raise Unsupported(f"not modelled: {', '.join(wrong)}")

    @property
    def weeks(self) -> int:
        return self.case.weeks

    @cached_property
    def at(self) -> dict[str, int]:
        return {s.id: i for i, s in enumerate(self.case.sites)}

    @cached_property
    def country_sites(self) -> dict[str, list[int]]:
        return {c.id: sites_of(self.case, c.id) for c in self.case.countries}

    @cached_property
    def under_way(self) -> dict[str, Posting]:
        """By element, where it is when the plan begins."""
        return {p.element: p for r in self.case.underway for p in r.postings}

    # units

    def rest(self, unit: Unit, length: int) -> int:
        return -(-self.case.types[unit.type].dwell_ratio * max(length, 0) // MILLI)

    def intervals(self, unit: Unit) -> list[tuple[int, int]]:
        """(arrive, depart) of every rotation the unit alone allows. Of those that end so late that nothing
        in the plan tells them apart, only the one closest to the standard length."""
        kind = self.case.types[unit.type]
        free = 0
        if unit.last_return is not None:
            free = unit.last_return + self.rest(unit, unit.last_weeks)
        for r in self.case.underway:
            if r.unit == unit.id:
                free = max(free, r.depart + self.rest(unit, r.depart - r.arrive))
        found = []
        for a in range(max(free, 0), self.weeks):
            late = []
            for d in range(a + max(kind.rotation_min, 1), a + kind.rotation_max + 1):
                if not any(w.start <= a and d <= w.end for w in self.case.windows_of[unit.id]):
                    continue
                if d < self.weeks + kind.stagger:
                    found.append((a, d))
                else:
                    late.append(d)
            if late:
                found.append((a, min(late, key=lambda d: (abs(d - a - kind.rotation_std), d))))
        return found

    def options(self, e: Element) -> list[Option]:
        """Every base, mode and set of an element that could ever be."""
        kind = self.case.types[e.type]
        found = []
        for mode, terms in kind.modes.items():
            first = self.case.settings.release + terms.lead_weeks
            for i, site in enumerate(self.case.sites):
                if self.beds[i] < kind.people:
                    continue
                if mode != "set":
                    found.append(Option(i, mode, None, terms.rsoi_weeks, first, terms.cost))
                    continue
                for q in self.case.sets:
                    if q.set_type == kind.set_type and any(h.site == site.id for h in self.case.holdings_of[q.id]):
                        rsoi = rsoi_weeks(self.case, kind, mode, q.id)
                        found.append(Option(i, mode, q.id, rsoi, max(first, q.available), terms.cost))
        return found

    @cached_property
    def beds(self) -> np.ndarray:
        """Most people a site can ever take."""
        most = np.array([s.handover_places for s in self.case.sites])
        for u in self.case.upgrades:
            most[self.at[u.site]] += u.handover_places
        return most

    # places

    @cached_property
    def closed_places(self) -> np.ndarray:
        """People left by closures, by site and week (a large number where nothing is closed)."""
        left = np.full((len(self.case.sites), self.weeks), 10**9, dtype=np.int64)
        for c in self.case.closures:
            if c.closes in ("places", "all"):
                for i in sites_of(self.case, c.place):
                    span = left[i, max(c.start, 0) : max(c.end, 0)]
                    np.minimum(span, c.left, out=span)
        return left

    def upgrades_at(self, site: int) -> list[Upgrade]:
        return [u for u in self.case.upgrades if self.at[u.site] == site]

    def buy_weeks(self, u: Upgrade) -> range:
        return range(max(u.earliest, 0), min(u.latest, self.weeks - 1) + 1)

    # exercises

    def starts(self, x: Exercise) -> list[Start]:
        """Hosts and weeks outside range closures whose range is, or could become, large enough."""
        found = []
        for h in x.hosts:
            i = self.at[h.site]
            best = max([RANK[self.case.sites[i].range_echelon], *(RANK[u.range_echelon] for u in self.upgrades_at(i))])
            if best < RANK[x.echelon]:
                continue
            for w in range(max(x.earliest, 0), min(x.latest, self.weeks - x.weeks) + 1):
                if not self.closed_range[i, w : w + x.weeks].any():
                    found.append(Start(i, w))
        return sorted(set(found))

    @cached_property
    def closed_range(self) -> np.ndarray:
        shut = np.zeros((len(self.case.sites), self.weeks), dtype=bool)
        for c in self.case.closures:
            if c.closes in ("range", "all"):
                for i in sites_of(self.case, c.place):
                    shut[i, max(c.start, 0) : max(c.end, 0)] = True
        return shut

    def able(self, need: Need) -> list[Element]:
        """Elements of the type or main capability a need wants."""
        return [e for e in self.case.elements if need.what in (e.type, self.case.types[e.type].main_capability)]

    def near(self, e: Element, need: Need, host: int) -> list[int]:
        """Bases from which an element in theatre may come."""
        days = days_between(self.case, self.case.types[e.type].movement)[:, host]
        most = 2**62 if need.max_days is None else need.max_days
        return [i for i in range(len(self.case.sites)) if days[i] <= most]

    def flights(self, x: Exercise) -> list[Flight]:
        """Every way of flying someone in for an exercise."""
        found = []
        starts = self.starts(x)
        for n in x.needs:
            if n.origin == "theatre":
                continue
            for e in self.able(n):
                kind = self.case.types[e.type]
                ways: list[tuple[str, str | None]] = [(m, None) for m in kind.modes if m != "set"]
                if "set" in kind.modes:
                    ways += [("set", q.id) for q in self.case.sets if q.set_type == kind.set_type]
                for mode, q in ways:
                    terms, early = kind.modes[mode], rsoi_weeks(self.case, kind, mode, q)
                    for st in starts:
                        arrive, end = st.week - early, st.week + x.weeks
                        if arrive < self.case.settings.release + terms.lead_weeks:
                            continue
                        if not any(w.start <= arrive and end <= w.end for w in self.case.windows_of[e.unit]):
                            continue
                        if q is not None and (
                            max(arrive, 0) < self.case.prepo[q].available
                            or not any(h.site == self.case.sites[st.site].id for h in self.case.holdings_of[q])
                        ):
                            continue
                        cost = kind.week_cost * (end - max(arrive, 0)) + (terms.cost if arrive >= 0 else 0)
                        found.append(Flight(e.id, n.id, st, mode, q, arrive, end, cost))
        return found

    # coverage, in micro-points

    @cached_property
    def demand(self) -> np.ndarray:
        """Points wanted at each level beyond the one below: (countries, capabilities, levels, weeks)."""
        steps: np.ndarray = np.diff(demand(self.case), axis=2, prepend=0)
        return steps

    @cached_property
    def prices(self) -> np.ndarray:
        """Score per micro-point: (countries, capabilities, levels)."""
        return area_prices(self.case)

    @cached_property
    def worth(self) -> dict[str, np.ndarray]:
        """By unit type, micro-points of a ready element: (sites, countries, capabilities)."""
        return {
            t.id: np.multiply.outer(
                credits(self.case, t.movement), np.array([t.points.get(k.id, 0) for k in self.case.capabilities])
            )
            for t in self.case.unit_types
        }

    @cached_property
    def stored(self) -> dict[str, np.ndarray]:
        """By set, micro-points while stored: (sites, countries, capabilities)."""
        share = self.case.settings.set_credit
        return {
            q.id: np.multiply.outer(
                credits(self.case, "heavy"), np.array([q.worth.get(k.id, 0) for k in self.case.capabilities])
            )
            * share
            // MILLI
            for q in self.case.sets
        }

    @cached_property
    def full_value(self) -> dict[str, float]:
        """By country with any demand of value: the score of covering all of it."""
        value = (self.demand.sum(axis=3) * self.prices).sum(axis=(1, 2))
        return {c.id: float(v) for c, v in zip(self.case.countries, value, strict=True) if v > 0}

    # sets

    def standing(self, set_id: str) -> dict[int, range]:
        """By site, the weeks of the plan in which a set may stand there."""
        first = max(self.case.prepo[set_id].available, 0)
        return {
            self.at[h.site]: range(max(h.start, first), min(h.end, self.weeks)) for h in self.case.holdings_of[set_id]
        }

    def due_blocks(self, q: PrepoSet) -> list[int]:
        """Maintenance in the week it falls due: part of the plan every model starts from, in which nobody goes."""
        found: list[int] = []
        due = max(q.last_maintenance + q.interval, q.available, 0)
        while q.interval > 0 and due < self.weeks:
            found.append(due)
            due += q.maintenance_weeks + q.interval
        return found

    @cached_property
    def move_weeks(self) -> np.ndarray:
        return move_weeks(self.case)

    # money

    @cached_property
    def lines(self) -> list[str]:
        s = self.case.settings
        used = {s.line_rotation, s.line_exercise, s.line_set, s.line_upgrade}
        return sorted(used | {b.line for b in self.case.budgets})

    @cached_property
    def periods(self) -> dict[tuple[int, int], list[int]]:
        """Weeks of each (fiscal year, quarter)."""
        found: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for w in range(self.weeks):
            found[self.case.calendar.fiscal(w)].append(w)
        return dict(found)

    @cached_property
    def amounts(self) -> dict[tuple[int, str], int]:
        found: defaultdict[tuple[int, str], int] = defaultdict(int)
        for b in self.case.budgets:
            found[b.year, b.line] += b.amount
        return dict(found)


__all__ = ["MICRO", "RANK", "Facts", "Flight", "Option", "Start"]
