"""A second checker of certificates, written from docs/certificate.md alone, with nothing but the standard library.

For cases without sets, exercises, upgrades, closures, lines, scenarios that are weighed, rotations under way or a last
plan; certificates of one leaf without rows beyond a reference. Anything else it refuses.
"""

from __future__ import annotations

import json
from collections import defaultdict
from fractions import Fraction
from functools import cache
from math import ceil, floor, inf
from typing import Any

WORTH = 10**9
SITES = {"settled": "places", "everyone": "handover_places", "slots": "slots", "range": "exercises_at_once"}
COUNTRIES = {"host settled": "cap", "host everyone": "handover_cap", "floor": "floor"}
COVER, MONEY = {"cover", "whole"}, {"year", "quarter", "total"}
KNOWN = {*SITES, *COUNTRIES, *COVER, *MONEY, "country", "block"}


class Beyond(Exception):
    """What this checker does not know, or what proves nothing."""


def exact(x: float) -> Fraction:
    return Fraction(str(x))


class Tiny:
    """``case``: a record of the planner's tables; ``lines``: the rows of the Bound sheet."""

    def __init__(self, case: Any, lines: list[tuple[int, str, str, str]]):
        s = case.settings
        more = (case.sets, case.exercises, case.upgrades, case.closures, case.locks, case.underway, s.weigh_scenarios)
        if any(more) or s.replan or case.cr or s.founding_act or case.last.rotations:
            raise Beyond("the case has what this checker does not know")
        self.case, self.t, self.s = case, case.calendar.weeks, s
        self.digits: dict[str, int] = {}
        self.rows: dict[str, dict[tuple[Any, ...], Fraction]] = defaultdict(dict)
        for leaf, kind, ids, numbers in lines:
            name = json.loads(ids)
            if kind == "digits":
                self.digits[name[0]] = int(numbers)
            elif kind in KNOWN:
                self._row(kind, name, numbers)
            elif kind not in ("case", "claimed", "giver", "leaf") or leaf > 1:
                raise Beyond(kind)
        self.price = self._prices()

    def _row(self, kind: str, name: list[Any], numbers: str) -> None:
        digits = self.digits.get("cover" if kind in COVER else kind, 9)
        for run in numbers.split(";"):
            week, *values = map(int, run.split())
            for t, n in enumerate(values, week):
                if n < 0 or t >= self.t:
                    raise Beyond(kind, name)
                self.rows[kind][(*name, t)] = Fraction(n, 10**digits)

    def th(self, kind: str, *ids: Any) -> Fraction:
        return self.rows[kind].get(ids, Fraction(0))

    @cache  # noqa: B019
    def demand(self, c: str, k: str, level: int, t: int) -> int:
        """Micro-points wanted up to a level."""
        names = [v.id for v in self.case.levels]
        mine = (d for d in self.case.demands if (d.country, d.capability) == (c, k) and d.start <= t < d.end)
        asked = (d.points for d in mine if names.index(d.level) <= level)
        return max(asked, default=0) * 1000

    def areas(self) -> list[tuple[Any, Any]]:
        return [(c, k) for c in self.case.countries for k in self.case.capabilities]

    def _prices(self) -> dict[tuple[str, str], list[Fraction]]:
        base = {
            (c.id, k.id): [exact(self.s.coverage_price) / 10**6 * exact(c.weight) * exact(k.weight) * exact(v.value)
                           for v in self.case.levels]
            for c, k in self.areas()
        }  # fmt: skip
        full: dict[str, Fraction] = defaultdict(Fraction)
        for (c, k), prices in base.items():
            for level, p in enumerate(prices):
                below = sum(self.demand(c, k, level - 1, t) for t in range(self.t)) if level else 0
                full[c] += p * (sum(self.demand(c, k, level, t) for t in range(self.t)) - below)
        counted = [c.id for c in self.case.countries if full[c.id] > 0] if self.s.worst_country_price > 0 else []
        share = {c: self.th("country", c, 0) for c in counted}
        if counted and not self.rows["country"]:
            share[counted[0]] = Fraction(1)
        if counted and sum(share.values()) != 1:
            raise Beyond("shares")
        worst = 100 * exact(self.s.worst_country_price)
        return {(c, k): [p * (1 + (share[c] * worst / full[c] if c in share else 0)) for p in prices]
                for (c, k), prices in base.items()}  # fmt: skip

    @cache  # noqa: B019
    def days(self, movement: str) -> dict[tuple[str, str], float]:
        """Shortest ways between places."""
        places = list(dict.fromkeys([x.id for x in self.case.sites] + [p for g in self.case.legs for p in (g.a, g.b)]))
        d = {(a, b): 0.0 if a == b else inf for a in places for b in places}
        for g in self.case.legs:
            way = g.days_heavy if movement == "heavy" else g.days_wheeled
            for ends in ((g.a, g.b), (g.b, g.a)):
                d[ends] = min(d[ends], way)
        for m in places:
            for a in places:
                for b in places:
                    d[a, b] = min(d[a, b], d[a, m] + d[m, b])
        return d

    @cache  # noqa: B019
    def credit(self, movement: str, site: str, country: str) -> int:
        for r in reversed(self.case.reach):
            if (r.site, r.country) == (site, country):
                return int(r.credit)
        inside = [x.id for x in self.case.sites if x.country == country]
        if site in inside:
            return int(self.s.credit_present)
        near = min((self.days(movement)[site, x] for x in inside), default=inf)
        return next((worth for limit, worth in self.s.credit_bands if near <= limit), 0)

    def points(self, y: Any, site: str, c: str, k: str) -> int:
        return int(self.credit(y.movement, site, c) * y.points.get(k, 0))

    @cache  # noqa: B019
    def supply(self, kind: str, site: str, t: int, alone: bool) -> int:
        y, total = self.case.types[kind], Fraction(0)
        for c, k in self.areas():
            for level, v in enumerate(self.case.levels):
                ids = ("", c.id, k.id, v.id, t)
                price = self.th("cover", *ids) + (self.th("whole", *ids) if alone else 0)
                total += price * min(self.points(y, site, c.id, k.id), self.demand(c.id, k.id, level, t))
        return ceil(total * WORTH)

    @cache  # noqa: B019
    def as_one(self, unit: str, t: int) -> int:
        own, total = self.case.elements_of[unit], Fraction(0)
        for c, k in self.areas() if len(own) > 1 else ():
            most = sum(
                max(self.points(self.case.types[e.type], s.id, c.id, k.id) for s in self.case.sites) for e in own
            )
            for level, v in enumerate(self.case.levels):
                total += self.th("whole", "", c.id, k.id, v.id, t) * min(most, self.demand(c.id, k.id, level, t))
        return ceil(total * WORTH)

    def money(self, line: str, t: int) -> Fraction:
        y, q = self.case.calendar.fiscal(t)
        price = exact(self.s.cost_price) / 10**6 + self.th("year", line, y, 0)
        return price + self.th("quarter", line, y, q, 0) + self.th("total", 0)

    @cache  # noqa: B019
    def week(self, kind: str, site: str, t: int, ready: bool, alone: bool) -> int:
        """Worth of a week in theatre."""
        y, c = self.case.types[kind], self.case.site[site].country
        price = self.th("everyone", site, t) + self.th("host everyone", c, t) - self.th("floor", c, t)
        worth = int(-y.people * price * WORTH)
        worth -= floor(self.money(self.s.line_rotation, t) * y.week_cost * WORTH)
        if ready:
            settled = self.th("settled", site, t) + self.th("host settled", c, t)
            worth += self.supply(kind, site, t, alone) - int(y.people * settled * WORTH)
        return worth

    @cache  # noqa: B019
    def posting(self, kind: str, a: int, d: int, alone: bool) -> float:
        """Best base and way of an element during [a, d)."""
        y, best, end = self.case.types[kind], -inf, min(d, self.t)
        for mode, m in y.modes.items():
            for x in self.case.sites if mode != "set" and a >= self.s.release + m.lead_weeks else ():
                country = self.case.country.get(x.country)
                caps = (country.handover_cap, country.cap) if country else (None, None)
                places = zip((x.handover_places, x.places), caps, strict=True)
                beds, room = (n if cap is None else min(n, cap) for n, cap in places)
                if y.people > beds or (a + m.rsoi_weeks < end and y.people > room):
                    continue
                worth = -floor(self.money(self.s.line_rotation, a) * m.cost * WORTH)
                worth += sum(self.week(kind, x.id, t, t >= a + m.rsoi_weeks, alone) for t in range(a, end))
                best = max(best, worth)
        return best

    def rotation(self, unit: Any, a: int, d: int) -> float:
        own, y = self.case.elements_of[unit.id], self.case.types[unit.type]
        total, slack, end = 0.0, y.stagger, min(d, self.t)
        for e in own:
            spans = ((i, j) for i in range(a, a + slack + 1) for j in range(d - slack, d + 1) if i < min(j, self.t))
            best = max((self.posting(e.type, i, min(j, self.t), len(own) == 1) for i, j in spans), default=-inf)
            total += max(best, 0) if e.optional else best
        soon = min((m.rsoi_weeks for e in own for m in self.case.types[e.type].modes.values()), default=0)
        total += sum(self.as_one(unit.id, t) for t in range(a + soon, end))
        return total - ceil(exact(self.s.over_length_price) * WORTH) * max(0, d - a - y.rotation_std)

    def life(self, unit: Any) -> float:
        y, windows = self.case.types[unit.type], self.case.windows_of[unit.id]
        first = 0
        if unit.last_return is not None:
            first = unit.last_return + ceil(Fraction(y.dwell_ratio * unit.last_weeks, 1000))

        @cache
        def best(free: int) -> float:
            top = 0.0
            for a in range(max(free, 0), self.t):
                for n in range(max(y.rotation_min, 1), y.rotation_max + 1):
                    if any(w.start <= a and a + n <= w.end for w in windows):
                        rest = ceil(Fraction(y.dwell_ratio * n, 1000))
                        top = max(top, self.rotation(unit, a, a + n) + best(min(a + n + rest, self.t)))
            return top

        return best(first)

    def value(self) -> int:
        """No plan scores more, in billionths of a point."""
        total = Fraction(sum(self.life(u) for u in self.case.units))
        rest = Fraction(0)
        for c, k in self.areas():
            steps = [*self.price[c.id, k.id], Fraction(0)]
            for level, v in enumerate(self.case.levels):
                for t in range(self.t):
                    paid = self.th("cover", "", c.id, k.id, v.id, t) + self.th("whole", "", c.id, k.id, v.id, t)
                    left = max(max(steps[level] - steps[level + 1], 0) - paid, 0)
                    rest += left * self.demand(c.id, k.id, level, t)
        return ceil(total + ceil(rest * WORTH) + ceil(self._capacities() * WORTH) + ceil(self._ceilings() * WORTH))

    def _capacities(self) -> Fraction:
        total = Fraction(0)
        for kind, attribute in (SITES | COUNTRIES).items():
            table = self.case.site if kind in SITES else self.case.country
            for (who, t), price in self.rows[kind].items():
                limit = getattr(table[who], attribute) if who in table else None
                hard = kind != "floor" or self.s.floor_hard or price <= exact(self.s.floor_price)
                if limit is None or not hard or (kind == "floor" and not limit):
                    raise Beyond(f"{kind} {who}: {price} in week {t}")
                total += price * (-limit if kind == "floor" else limit)
        return total

    def _ceilings(self) -> Fraction:
        total, years = Fraction(0), {self.case.calendar.fiscal(t)[0] for t in range(self.t)}
        amount: dict[tuple[str, int], int] = defaultdict(int)
        quarters = {}
        for b in self.case.budgets:
            amount[b.line, b.year] += b.amount
            quarters |= {(b.line, b.year, q): x for q, x in enumerate(b.quarters, 1) if x is not None}
        if self.rows["year"] and not self.case.budgets:
            raise Beyond("year")
        for y in years:
            prices = {line: self.th("year", line, y, 0) for line in self.case.lines}
            top = max(prices.values())
            for line, p in prices.items():
                total += p * amount[line, y] + (top - p) * amount[line, y] * self.s.transfer_limit / 1000
        for name, p in self.rows["quarter"].items():
            total += p * quarters[name[:-1]]
        return total + (self.th("total", 0) * self.s.total_cap if self.rows["total"] else 0)
