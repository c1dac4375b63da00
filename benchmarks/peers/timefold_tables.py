"""The case as lines of numbers for the Timefold model: what ``timefold_java/Tables.java`` reads, in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from benchmarks.peers.facts import RANK, Facts
from optimizer.domain import Element, Exercise, Need, Posting, Unit
from optimizer.domain.forces import MODES, MOVEMENTS
from optimizer.domain.network import days_between
from optimizer.domain.presence import ready_from, rsoi_weeks
from optimizer.quantities import MONEY

SCORE = 10**9  # integer score per point of score
ANY = 2**62  # days without a limit; people where nothing is closed stay as they are
SLOTS = 6  # most rotations of a unit
WEEKS_PER_MOVE = 26  # a set may move once in so many weeks, and once more


def _line(values: Iterable[Any]) -> str:
    return " ".join(str(int(v)) for v in values)


def _flag(value: int | None) -> int:
    return -1 if value is None else value


class Tables:
    """All lines of a case. Points are counted in their greatest common divisor, so that they stay small."""

    def __init__(self, facts: Facts):
        self.f, self.case = facts, facts.case
        worth = [w for table in (facts.worth, facts.stored) for w in table.values()]
        self.point = int(np.gcd.reduce([0, *(np.gcd.reduce(x, axis=None) for x in [*worth, facts.demand] if x.size)]))
        self.point = self.point or 1
        self.element_at = {e.id: i for i, e in enumerate(self.case.elements)}
        self.set_at = {q.id: i for i, q in enumerate(self.case.sets)}
        self.kind_at = {t.id: i for i, t in enumerate(self.case.unit_types)}

    def lines(self) -> Iterator[str]:
        """What the model reads."""
        yield from self._settings()
        yield from self._demand()
        yield from self._places()
        yield from self._forces()
        yield from self._sets()
        yield from self._exercises()
        yield from self._money()

    def _settings(self) -> Iterator[str]:
        c, s = self.case, self.case.settings
        yield _line([c.weeks, len(c.sites), len(c.countries), len(c.capabilities), len(c.levels)])
        prices = (round(s.floor_price * SCORE), round(s.over_length_price * SCORE))
        yield _line([s.floor_hard, s.transfer_limit, _flag(s.total_cap), bool(c.budgets), *prices])
        yield f"{s.cost_price * SCORE / MONEY!r} {s.worst_country_price * 100 * SCORE!r}"
        for x in c.countries:
            yield _line([x.floor, _flag(x.cap), _flag(x.handover_cap)])
        # by the value of its demand as the model counts it
        yield " ".join(repr(self.f.full_value.get(x.id, 0.0) * SCORE) for x in c.countries)

    def _demand(self) -> Iterator[str]:
        for c in range(len(self.case.countries)):
            for k in range(len(self.case.capabilities)):
                yield _line(np.rint(self.f.prices[c, k] * self.point * SCORE))
                for t in range(self.f.weeks):
                    yield _line(self.f.demand[c, k, :, t] // self.point)

    def _places(self) -> Iterator[str]:
        c = self.case
        at = {x.id: i for i, x in enumerate(c.countries)}
        for i, s in enumerate(c.sites):
            beds = (s.places, s.handover_places, s.slots, RANK[s.range_echelon], s.exercises_at_once)
            yield _line([at[s.country] if s.country is not None else -1, *beds])
            yield _line(self.f.closed_places[i])
        for movement in MOVEMENTS:
            for row in days_between(c, movement):
                yield _line(row)
        for row in self.f.move_weeks:
            yield _line(row)

    def _worth(self, table: np.ndarray) -> Iterator[str]:
        """By site, pairs of area (country and capability) and points."""
        for row in table:
            flat = row.ravel() // self.point
            yield _line(x for a in flat.nonzero()[0] for x in (a, flat[a]))

    def _forces(self) -> Iterator[str]:
        c = self.case
        yield str(len(c.unit_types))
        for t in c.unit_types:
            yield _line([t.people, t.week_cost, MOVEMENTS.index(t.movement)])
            yield from self._worth(self.f.worth[t.id])
        yield str(len(c.upgrades))
        for b in c.upgrades:
            when = self.f.buy_weeks(b)
            gains = (b.places, b.handover_places, b.slots, RANK[b.range_echelon], b.exercises_at_once)
            yield _line([self.f.at[b.site], b.cost, b.weeks, *gains, when.start, when.stop])
        yield str(len(c.units))
        at = {}
        for i, u in enumerate(c.units):
            at[u.id] = i
            kind, pairs = c.types[u.type], sorted(self.f.intervals(u))
            yield _line([kind.dwell_ratio, kind.rotation_std, kind.stagger, self._slots(u, pairs)])
            yield _line(x for w in c.windows_of[u.id] for x in (w.start, w.end))
            yield _line(x for pair in pairs for x in pair)
        yield str(len(c.elements))
        for e in c.elements:
            yield _line([at[e.unit], self.kind_at[e.type], e.optional])
            given = self.f.under_way.get(e.id)
            yield _line([] if given is None else self._given(given))
            yield _line(x for o in self._options(e) for x in o)

    def _slots(self, u: Unit, pairs: list[tuple[int, int]]) -> int:
        """The most rotations that fit one after the other."""
        count, free = 0, -1
        for rested, a in sorted((d + self.f.rest(u, d - a), a) for a, d in pairs):
            if a >= free:
                count, free = count + 1, rested
        return min(count, SLOTS)

    def _given(self, p: Posting) -> list[int]:
        return [self.f.at[p.site], p.arrive, p.depart, ready_from(self.case, p), self._set(p.set_id)]

    def _set(self, set_id: str | None) -> int:
        return -1 if set_id is None else self.set_at[set_id]

    def _options(self, e: Element) -> Iterator[list[int]]:
        for o in self.f.options(e):
            yield [o.site, MODES.index(o.mode), self._set(o.set_id), o.rsoi, o.first, o.cost]

    def _sets(self) -> Iterator[str]:
        yield str(len(self.case.sets))
        for q in self.case.sets:
            first, standing = max(q.available, 0), self.f.standing(q.id)
            start = -1 if q.start_site is None else self.f.at[q.start_site]
            clock = (q.reset_weeks, q.interval, q.maintenance_weeks, q.last_maintenance)
            yield _line([q.slots, first, *clock, q.move_cost, start, 1 + self.f.weeks // WEEKS_PER_MOVE])
            for end in ("start", "stop"):
                yield _line(getattr(standing.get(i, range(0)), end) for i in range(len(self.case.sites)))
            yield from self._worth(self.f.stored[q.id])

    def _exercises(self) -> Iterator[str]:
        groups = sorted({x.group for x in self.case.exercises if x.group})
        yield str(len(self.case.exercises))
        for x in self.case.exercises:
            extra = {self.f.at[h.site]: h.cost for h in reversed(x.hosts)}
            group = groups.index(x.group) if x.group else -1
            value = round(x.value * SCORE)
            yield _line([x.weeks, RANK[x.echelon], value, x.mandatory, group, x.spacing, len(x.needs)])
            yield _line(v for st in self.f.starts(x) for v in (st.site, st.week, x.cost + extra[st.site]))
            for n in x.needs:
                yield _line([n.count, ANY * 2 - 1 if n.max_days is None else n.max_days])
                yield _line(v for way in self._ways(x, n) for v in way)

    def _ways(self, x: Exercise, n: Need) -> Iterator[list[int]]:
        """Elements from theatre (mode −1), and from home by every mode and set that could stand at a host."""
        hosts = {h.site for h in x.hosts}
        for e in self.f.able(n):
            i, kind = self.element_at[e.id], self.case.types[e.type]
            if n.origin != "home":
                yield [i, -1, -1, 0, 0, 0]
            if n.origin == "theatre":
                continue
            for mode, terms in kind.modes.items():
                sets: list[str | None] = [None]
                if mode == "set":
                    fitting = [q.id for q in self.case.sets if q.set_type == kind.set_type]
                    sets = [q for q in fitting if hosts & {h.site for h in self.case.holdings_of[q]}]
                for q in sets:
                    early = rsoi_weeks(self.case, kind, mode, q)
                    first = self.case.settings.release + terms.lead_weeks
                    yield [i, MODES.index(mode), self._set(q), early, first, terms.cost]

    def _money(self) -> Iterator[str]:
        c, s, f = self.case, self.case.settings, self.f
        lines, years = f.lines, list(c.calendar.fiscal_years)
        of = (s.line_rotation, s.line_exercise, s.line_set, s.line_upgrade)
        yield _line([*(lines.index(x) for x in of), len(lines)])
        periods = list(f.periods)
        yield _line(periods.index(c.calendar.fiscal(t)) for t in range(f.weeks))
        yield _line(years.index(year) for year, _ in periods)
        fixed = np.zeros((len(lines), len(periods)), dtype=np.int64)
        for j, weeks in enumerate(f.periods.values()):
            for q in c.sets:
                fixed[lines.index(s.line_set), j] += q.week_cost * sum(t >= q.available for t in weeks)
        ceilings: dict[tuple[str, int, int], int] = {
            (b.line, b.year, number): ceiling
            for b in c.budgets
            for number, ceiling in enumerate(b.quarters, 1)
            if ceiling is not None
        }
        for i, line in enumerate(lines):
            yield _line(fixed[i])
            yield _line(ceilings.get((line, year, quarter), -1) for year, quarter in periods)
            yield _line(f.amounts.get((year, line), 0) for year in years)
