"""The Lagrangian's value from multipliers and case alone: slow, plain, by enumeration."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np

from optimizer.domain import Case, UnitType
from optimizer.domain.network import credits, days_between, move_weeks
from optimizer.domain.places import ECHELONS
from optimizer.domain.presence import sites_of
from optimizer.domain.supply import area_prices, demand, points_vector
from optimizer.rosters import intervals, rest_weeks


class Cut(NamedTuple):
    """Who a row of ``cuts`` is: needs (numbers over all exercises), units left out, starts in [lo, hi)."""

    needs: tuple[int, ...]
    out: tuple[int, ...]
    lo: int
    hi: int


class Sub(NamedTuple):
    """Who a row of ``partly`` is; ``sure[giver]``: its reference; a giver is (unit, type, alone) or a set."""

    family: int
    area: int
    level: int
    week: int
    sure: dict[object, float]


class Slow:
    """The value of the relaxation of ``case`` at multipliers ``theta`` by family."""

    def __init__(self, c: Case, theta: dict[str, np.ndarray], cut_rows: list[Cut], subs: list[Sub]):
        self.c, self.th, self.rows, self.t = c, theta, cut_rows, c.weeks
        self.subs = subs
        self.units = [u.id for u in c.units]
        self.at = {s.id: i for i, s in enumerate(c.sites)}
        self.home = [next((i for i, k in enumerate(c.countries) if k.id == s.country), -1) for s in c.sites]
        self.q_at = {q.id: i for i, q in enumerate(c.sets)}
        self.needs = [(x, n) for x in c.exercises for n in x.needs]
        self.hosts = [(x, h) for x in c.exercises for h in x.hosts]
        self.pairs = [(n, h) for n, (x, _) in enumerate(self.needs) for h, (y, _) in enumerate(self.hosts) if x is y]
        self.d = demand(c).reshape(-1, len(c.levels), c.weeks)
        s = c.settings
        self.lines = (s.line_rotation, s.line_exercise, s.line_set, s.line_upgrade)

    def money(self, line: int, t: int) -> float:
        return (
            self.c.settings.cost_price / 1e6
            + self.th["year"][line, 0]
            + self.th["quarter"][line, 0]
            + self.th["total"][0]
        )

    @cache  # noqa: B019
    def points(self, kind: str, s: int) -> np.ndarray:
        """Points of an element at a site by area."""
        y = self.c.types[kind]
        return np.multiply.outer(credits(self.c, y.movement)[s], points_vector(self.c, y)).reshape(-1)

    def copies(self, giver: object) -> int:
        """Elements that may supply as the giver: on the spot, and for those of larger units flown in."""
        if isinstance(giver, str):
            return 1
        unit, kind, alone = giver  # type: ignore[misc]
        own = self.c.elements_of[unit]
        return sum(e.type == kind for e in own) if alone or len(own) > 1 else 0

    def partly(self, giver: object, points: np.ndarray, t: int) -> float:
        """Worth of a giver's points by area in the rows beyond references."""
        total = 0.0
        for row in (row for row in self.subs if row.week == t):
            sure = sum(self.copies(g) * q for g, q in row.sure.items())
            more = max(points[row.area] - row.sure.get(giver, 0.0), 0.0)
            xi = self.th["partly"][row.family, row.area, row.level, t]
            total += xi * min(more, self.d[row.area, row.level, t] - sure)
        return float(total)

    @cache  # noqa: B019
    def supply(self, unit: str, kind: str, s: int, t: int, alone: bool) -> float:
        """Worth of an element in week t; only who counts alone does so in the rows by unit."""
        price = self.th["cover"][:, :, t] + (self.th["whole"][:, :, t] if alone else 0.0)
        points = self.points(kind, s)
        return float((price * np.minimum(points[:, None], self.d[:, :, t])).sum()) + self.partly(
            (unit, kind, alone), points, t
        )

    def as_one(self, kinds: list[str], a: int, d: int) -> float:
        """Worth of a rotation [a, d) in the rows by unit: all elements at their best places."""
        if len(kinds) == 1:
            return 0.0
        sites = range(len(self.c.sites))
        most = np.sum([np.max([self.points(k, s) for s in sites], axis=0) for k in kinds], axis=0)
        ready = a + min(m.rsoi_weeks for k in kinds for m in self.c.types[k].modes.values())
        counted = range(ready, min(d, self.t))
        return float(
            sum((self.th["whole"][:, :, t] * np.minimum(most[:, None], self.d[:, :, t])).sum() for t in counted)
        )

    def place(self, name: str, s: int, t: int) -> float:
        """Price per person of a site and its country."""
        c = self.home[s]
        return self.th[name][s, t] + (self.th[f"host {name}"][c, t] if c >= 0 else 0.0)

    def there(self, y: UnitType, s: int, t: int) -> float:
        """Worth of being present, postings or not."""
        floor = self.th["floor"][self.home[s], t] if self.home[s] >= 0 else 0.0
        return -y.people * (self.place("everyone", s, t) - floor)

    def able(self, cut: Cut, unit: str) -> int:
        """The most participants a unit can give to the needs of a cut."""
        fit = [
            [self.needs[n][1].what in (e.type, self.c.types[e.type].main_capability) for e in self.c.elements_of[unit]]
            for n in cut.needs
        ]
        each = sum(min(sum(f), self.needs[n][1].count) for n, f in zip(cut.needs, fit, strict=True))
        return min(sum(map(any, zip(*fit, strict=True))), each)

    def coef(self, cut: Cut) -> int:
        return sum(self.needs[n][1].count for n in cut.needs) - sum(self.able(cut, self.units[u]) for u in cut.out)

    def xi(self, n: int, w: int, unit: str) -> float:
        """What cuts pay for a participant flown in."""
        return sum(
            float(self.th["cuts"][i])
            for i, cut in enumerate(self.rows)
            if n in cut.needs and cut.lo <= w < cut.hi and self.units.index(unit) not in cut.out
        )

    def asked(self, x: object, w: int) -> float:
        """What cuts ask of a run."""
        return sum(
            float(self.th["cuts"][i]) * self.coef(cut)
            for i, cut in enumerate(self.rows)
            if self.needs[cut.needs[0]][0] is x and cut.lo <= w < cut.hi
        )

    def open(self, h: int, w: int) -> bool:
        x, host = self.hosts[h]
        upgraded = any(b.site == host.site and b.weeks <= w for b in self.c.upgrades if b.range_echelon == "brigade")
        fits = ECHELONS.index(self.c.site[host.site].range_echelon) >= ECHELONS.index(x.echelon) or upgraded
        shut = any(
            self.at[host.site] in sites_of(self.c, k.place) and k.start < w + x.weeks and w < k.end
            for k in self.c.closures
        )
        return fits and not shut and max(x.earliest, 0) <= w <= min(x.latest, self.t - x.weeks)

    def ways(self, y: UnitType) -> Iterator[tuple[str, int, int, int]]:
        """(mode, set, RSOI, reset)"""
        for m, terms in y.modes.items():
            if m != "set":
                yield m, -1, terms.rsoi_weeks, 0
            for i, q in enumerate(self.c.sets if m == "set" else ()):
                if q.set_type == y.set_type:
                    yield m, i, max(terms.rsoi_weeks, q.draw_weeks), q.reset_weeks

    def path(
        self, arcs: list[tuple[int, int, float, str]], start: int, end: int, met: frozenset[str] = frozenset()
    ) -> float:
        """Best disjoint arcs in [start, end), no exercise twice."""
        best = 0.0
        for a, b, worth, x in arcs:
            if a >= start and b <= end and x not in met:
                best = max(best, worth + self.path(arcs, b, end, met | {x}))
        return best

    @cache  # noqa: B019
    def visits(self, unit: str, kind: str, base: int, alone: bool) -> list[tuple[int, int, float, str]]:
        y, found = self.c.types[kind], []
        for r, (n, h) in enumerate(self.pairs):
            x, need = self.needs[n]
            s = self.at[self.hosts[h][1].site]
            if need.what not in (y.id, y.main_capability) or need.origin == "home":
                continue
            if days_between(self.c, y.movement)[base, s] > (need.max_days or np.inf):
                continue
            for w in range(self.t):
                if self.open(h, w):
                    days = range(w, w + x.weeks)
                    more = sum(
                        self.supply(unit, kind, s, t, alone) - self.supply(unit, kind, base, t, alone) for t in days
                    )
                    found.append((w, w + x.weeks, self.th["needs"][r, w] + more, x.id))
        return [a for a in found if a[2] > 0]

    @cache  # noqa: B019
    def flights(self, unit: str, kind: str) -> list[tuple[int, int, float, str]]:
        y, found = self.c.types[kind], []
        for r, (n, h) in enumerate(self.pairs):
            x, need = self.needs[n]
            s = self.at[self.hosts[h][1].site]
            if need.what not in (y.id, y.main_capability) or need.origin == "theatre":
                continue
            for w in (w for w in range(self.t) if self.open(h, w)):
                for m, q, rsoi, reset in self.ways(y):
                    a, end = w - rsoi, w + x.weeks
                    if a < self.c.settings.release + y.modes[m].lead_weeks:
                        continue
                    held = range(max(a, 0), min(end + reset, self.t)) if q >= 0 else range(0)
                    if any(t < self.c.sets[q].available for t in held):
                        continue
                    worth = (
                        self.th["needs"][r, w]
                        + self.xi(n, w, unit)
                        + sum(self.supply(unit, kind, s, t, True) for t in range(w, end))
                    )
                    worth += sum(self.there(y, s, t) - y.week_cost * self.money(1, t) for t in range(max(a, 0), end))
                    worth -= y.modes[m].cost * self.money(1, a) if a >= 0 else 0.0
                    found.append((max(a, 0), end, worth - sum(self.th["hold"][q, s, t] for t in held), x.id))
        return [a for a in found if a[2] > 0]

    @cache  # noqa: B019
    def posting(self, unit: str, kind: str, a: int, d: int, alone: bool) -> float:
        """Best base, mode and set of an element during [a, d)."""
        y, end, best = self.c.types[kind], min(d, self.t), -np.inf
        for s in range(len(self.c.sites)):
            for m, q, rsoi, reset in self.ways(y):
                held = range(a, min(d + reset, self.t)) if q >= 0 else range(0)
                if a < self.c.settings.release + y.modes[m].lead_weeks or not self.fits(y, s, a, rsoi, end):
                    continue
                if any(t < self.c.sets[q].available for t in held):
                    continue
                ready = min(a + rsoi, end)
                worth = -y.modes[m].cost * self.money(0, a) - sum(self.th["hold"][q, s, t] for t in held)
                for t in range(a, end):
                    worth += self.there(y, s, t) - y.week_cost * self.money(0, t)
                    worth -= y.brigades * self.th["brigade"][self.home[s], t] if self.home[s] >= 0 else 0.0
                for t in range(ready, end):
                    worth += self.supply(unit, kind, s, t, alone) - y.people * self.place("settled", s, t)
                best = max(best, worth + self.path(self.visits(unit, kind, s, alone), ready, end))
        return best

    def fits(self, y: UnitType, s: int, a: int, rsoi: int, end: int) -> bool:
        """One element alone within every capacity."""
        for t in range(a, end):
            room, beds = self.rhs("settled", s, t), self.rhs("everyone", s, t)
            for b in self.c.upgrades:
                if self.at[b.site] == s and t >= max(b.earliest, 0) + b.weeks:
                    room, beds = room + b.places, beds + b.handover_places
            if self.home[s] >= 0:
                k = self.c.countries[self.home[s]]
                room, beds = min(room, k.cap or room), min(beds, k.handover_cap or beds)
                if k.brigade_cap is not None and y.brigades > k.brigade_cap:
                    return False
            if y.people > beds or (t >= a + rsoi and y.people > room):
                return False
        return True

    def unit(self, u: str) -> float:
        kinds = [e.type for e in self.c.elements_of[u]]
        homes = {
            (a, b): sum(self.path(self.flights(u, k), a, b) for k in kinds)
            for b in range(self.t + 1)
            for a in range(b + 1)
        }

        def rotation(a: int, d: int) -> float:
            worth = sum(self.posting(u, k, a, d, len(kinds) == 1) for k in kinds) + self.as_one(kinds, a, d)
            worth -= self.c.settings.over_length_price * max(0, d - a - self.c.unit_type(u).rotation_std)
            for i, cut in enumerate(self.rows):
                x, what = self.needs[cut.needs[0]][0], {self.needs[n][1].what for n in cut.needs}
                able = [self.c.types[k] for k in kinds if what & {k, self.c.types[k].main_capability}]
                if (
                    able
                    and self.units.index(u) not in cut.out
                    and a <= cut.hi - 1 - min(m.rsoi_weeks for y in able for m in y.modes.values())
                    and d >= cut.lo + x.weeks
                ):
                    worth += self.th["cuts"][i] * min(self.coef(cut), self.able(cut, u))
            return worth

        def best(home: int, free: int) -> float:
            top = homes[home, self.t]
            for a, d in intervals(self.c, u):
                if a >= free:
                    out = min(d, self.t)
                    rested = min(d + rest_weeks(self.c, u, d - a), self.t)
                    top = max(top, homes[home, a] + rotation(a, d) + best(out, rested))
            return top

        return best(0, 0)

    def set(self, i: int) -> float:
        q, moves = self.c.sets[i], move_weeks(self.c)
        worth = points_vector(self.c, dict(q.worth))

        def week(s: int, t: int) -> float:
            stored = np.multiply.outer(credits(self.c, "heavy")[s], worth) * self.c.settings.set_credit // 1000
            price = self.th["cover"][:, :, t] + self.th["whole"][:, :, t]
            value = float((price * np.minimum(stored.reshape(-1, 1), self.d[:, :, t])).sum())
            value += self.partly(q.id, stored.reshape(-1), t)
            return max(value, float(self.th["hold"][i, s, t]))

        @cache
        def best(s: int, t: int, due: int) -> float:
            if t >= self.t:
                return 0.0
            rent = q.slots * self.th["slots"][s, t]
            top = week(s, t) - rent + best(s, t + 1, due) if t < due else -np.inf
            if q.interval:
                end = min(t + q.maintenance_weeks, self.t)
                again = end + q.interval if end + q.interval < self.t else self.t
                top = max(top, best(s, end, again) - sum(q.slots * self.th["slots"][s, w] for w in range(t, end)))
            for to in range(len(self.c.sites)):
                there = t + int(moves[s, to])
                if to != s and moves[s, to] > 0 and there < self.t and there <= due:
                    top = max(top, best(to, there, due) - q.move_cost * self.money(2, t))
            return top

        due = self.c.maintained[q.id] + q.interval
        due = max(due, q.available) if q.interval and due < self.t else self.t
        starts = range(len(self.c.sites)) if q.start_site is None else [self.at[q.start_site]]
        return max(best(s, q.available, due) for s in starts)

    def run(self, h: int, w: int) -> float:
        x, host = self.hosts[h]
        s, value = self.at[host.site], x.value - (x.cost + host.cost) * self.money(1, w)
        value -= sum(self.th["range"][s, t] for t in range(w, w + x.weeks))
        value -= sum(self.th["group"][0, t] for t in range(w, min(w + x.weeks + x.spacing, self.t)))
        value -= self.th["echelon"][h, w]
        for r, (n, host_row) in enumerate(self.pairs):
            if host_row == h:
                value -= self.needs[n][1].count * self.th["needs"][r, w]
        return value - self.asked(x, w)

    def buy(self, b: int, w: int) -> float:
        up = self.c.upgrades[b]
        s, value = self.at[up.site], -up.cost * self.money(3, w)
        for t in range(w + up.weeks, self.t):
            value += up.places * self.th["settled"][s, t] + up.handover_places * self.th["everyone"][s, t]
            value += up.slots * self.th["slots"][s, t] + up.exercises_at_once * self.th["range"][s, t]
            for h, (x, host) in enumerate(self.hosts):
                native = ECHELONS.index(self.c.site[host.site].range_echelon)
                if host.site == up.site and native < ECHELONS.index(x.echelon) <= ECHELONS.index(up.range_echelon):
                    value += self.th["echelon"][h, t]
        return value

    def rhs(self, name: str, s: int, t: int) -> float:
        site = self.c.sites[s]
        base = site.places if name == "settled" else site.handover_places
        cuts = [k.left for k in self.c.closures if s in sites_of(self.c, k.place) and k.start <= t < k.end]
        return float(min([base, *cuts]))

    def value(self) -> float:
        c, th, weeks = self.c, self.th, range(self.t)
        total = sum(self.unit(u.id) for u in c.units) + sum(self.set(i) for i in range(len(c.sets)))
        for x in c.exercises:
            rows = [h for h, (y, _) in enumerate(self.hosts) if x is y]
            total += max([0.0, *(self.run(h, w) for h in rows for w in weeks if self.open(h, w))])
        for b, up in enumerate(c.upgrades):
            total += max([0.0, *(self.buy(b, w) for w in range(max(up.earliest, 0), up.latest + 1))])
        prices = area_prices(c)
        full = (np.diff(demand(c), axis=2, prepend=0).sum(axis=3) * prices).sum(axis=(1, 2))
        prices = prices * (1 + 100 * c.settings.worst_country_price * th["country"] / full)[:, None, None]
        steps = prices.reshape(-1, len(c.levels))
        steps = steps - np.append(steps[:, 1:], np.zeros((len(steps), 1)), axis=1)
        on = np.zeros(th["partly"].shape)
        for row in self.subs:
            on[row.family, row.area, row.level, row.week] = 1.0
            sure = sum(self.copies(g) * q for g, q in row.sure.items())
            total += th["partly"][row.family, row.area, row.level, row.week] * sure
        paid = th["cover"] + th["whole"] + (th["partly"] * on).sum(axis=0)
        total += (np.maximum(steps[:, :, None] - paid, 0) * self.d).sum()
        total += sum(
            th[n][s, t] * self.rhs(n, s, t) for n in ("settled", "everyone") for s in range(len(c.sites)) for t in weeks
        )
        total += sum(
            th["slots"][s, t] * c.sites[s].slots + th["range"][s, t] * c.sites[s].exercises_at_once
            for s in range(len(c.sites))
            for t in weeks
        )
        for i, k in enumerate(c.countries):
            total += th["host settled"][i].sum() * k.cap + th["host everyone"][i].sum() * k.handover_cap
            total += th["brigade"][i].sum() * k.brigade_cap - th["floor"][i].sum() * k.floor
        total += th["group"].sum()
        upkeep = sum(q.week_cost * (self.t - q.available) for q in c.sets)
        total -= c.settings.cost_price / 1e6 * upkeep
        rows = {b.line: b for b in c.budgets}
        fixed = np.array([0, 0, upkeep, 0])
        money = np.array([rows[n].amount for n in self.lines])
        price = th["year"][:, 0]
        total += (price * (money - fixed)).sum() + 0.1 * (money * (price.max() - price)).sum()
        total += (th["quarter"][:, 0] * (np.array([rows[n].quarters[0] for n in self.lines]) - fixed)).sum()
        return float(total + th["total"][0] * (c.settings.total_cap - upkeep))
