"""What an element is worth: in theatre from each base, at home flown in for exercises."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import numpy as np

from optimizer.domain.network import days_between
from optimizer.verify.bound.coverage import COUNTS, LATE, Coverage
from optimizer.verify.bound.cuts import Cuts
from optimizer.verify.bound.facts import CENT, ENDLESS, WORTH, Facts
from optimizer.verify.bound.multipliers import Rows
from optimizer.verify.bound.paths import NONE, best_paths, sums
from optimizer.verify.bound.wishes import Wishes

Way = tuple[str, Any, int, int, int, int]


def next_bad(ok: np.ndarray) -> np.ndarray:
    """The first week from t on that is not ok, the number of weeks if there is none: one more entry than ``ok``."""
    n = ok.shape[-1]
    bad = np.append(np.where(ok, n, np.arange(n)), n)
    return np.minimum.accumulate(bad[::-1])[::-1]


class Elements:
    """Tables of elements, shared by those alike."""

    def __init__(self, f: Facts, w: Wishes, rows: Rows, coverage: Coverage, cuts: Cuts):
        self.f, self.w, self.rows, self.coverage, self.cuts = f, w, rows, coverage, cuts
        inside = f.home >= 0
        own = f.home[inside]
        self.settled, self.present = rows.settled.copy(), rows.everyone.copy()
        self.brigade = np.zeros_like(self.settled)
        self.settled[inside] += rows.hosted["host settled"][own]
        self.present[inside] += rows.hosted["host everyone"][own] - rows.floor[own]
        self.brigade[inside] += rows.hosted["brigade"][own]
        self.hold = sums(rows.hold)
        self.set_free = [m.ok & (held < 0) & (np.arange(f.weeks) >= q.available)
                         for m, held, q in zip(w.sets, f.held, f.case.sets, strict=True)]  # fmt: skip
        self.joining, self.standing = self._alike(self._joins), self._alike(self._stands)
        self._tables: dict[Any, Any] = {}

    def _alike(self, told: Callable[[int], Any]) -> list[int]:
        """By element, the first of its type that lines tell the same of."""
        known: dict[Any, int] = {}
        return [known.setdefault((x.type, told(e)), e) for e, x in enumerate(self.f.elements)]

    def _joins(self, e: int) -> tuple[Any, ...]:
        """What lines say of an element and the needs that it can serve."""
        able = [n for n in range(len(self.w.needs)) if self._able(e, n)]
        return tuple(((n, e) in self.w.barred, self.w.joining[n, e]) for n in able)

    def _stands(self, e: int) -> bytes | None:
        """What lines say of where it may stand, and what it gains there."""
        mask = self.w.elements.get(e)
        return None if mask is None else mask.ok.tobytes() + mask.gain.astype(np.int64).tobytes()

    def _able(self, e: int, n: int) -> bool:
        kind = self.f.case.element_type(self.f.elements[e].id)
        return self.w.needs[n][1].what in (kind.id, kind.main_capability)

    def cost(self, line: str, amount: int) -> np.ndarray:
        """Price of so much money of a line in each week, rounded down."""
        price = self.rows.price[self.f.lines.index(line)]
        return np.array([x * amount // (CENT // WORTH) for x in price], dtype=np.int64)

    def _known(self, key: Any, make: Any) -> Any:
        if key not in self._tables:
            self._tables[key] = make()
        return self._tables[key]

    def _wanted(self, e: int, barred: str) -> list[int]:
        """Pairs of need and host that the element may serve, but from an origin."""
        return [
            r
            for r, (n, h) in enumerate(self.rows.pairs)
            if self._able(e, n)
            and self.w.needs[n][1].origin != barred
            and (n, e) not in self.w.barred
            and self.w.runs.ok[h].any()
        ]

    # -- in theatre ----------------------------------------------------------------------------

    def posted(self, e: int, sites: Collection[int] | None = None) -> np.ndarray:
        """Worth of being out during [a, d), at the best base (of ``sites``): [T, T + 1], ``NONE`` where it cannot."""
        kind = self.f.case.element_type(self.f.elements[e].id)
        given = tuple(self.coverage.givers.of(e, way[1], False) for way in self.f.ways[kind.id])
        key = ("posted", kind.id, given, self.standing[e], self.joining[e])
        tables = self._known(key, lambda: [self._at(e, s) for s in range(len(self.f.sites))])
        found = [t for s, t in enumerate(tables) if t is not None and (sites is None or s in sites)]
        nowhere = np.full((self.f.weeks, self.f.weeks + 1), NONE, dtype=np.int64)
        if sites is None:
            return self._known(("best", *key), lambda: np.maximum.reduce([nowhere, *found]))
        return np.maximum.reduce([nowhere, *found])

    def _at(self, e: int, s: int) -> np.ndarray | None:
        kind = self.f.case.element_type(self.f.elements[e].id)
        found = [t for t in (self._by(e, s, way) for way in self.f.ways[kind.id]) if t is not None]
        return np.maximum.reduce(found) if found else None

    def _fits(self, e: int) -> tuple[np.ndarray, np.ndarray]:
        """Where the element alone has room, settled and at all: [S, T] each."""
        f, kind = self.f, self.f.case.element_type(self.f.elements[e].id)
        ok = []
        for name, cap in (("settled", "host settled"), ("everyone", "host everyone")):
            most = f.room[name].copy()
            for b, more in zip(f.case.upgrades, f.added[name], strict=True):
                done = f.building(b) + (0 if b.id in f.case.bought else max(b.earliest, 0))
                most[f.sites[b.site]] += more * (np.arange(f.weeks) >= done)
            inside = np.where(f.home[:, None] >= 0, f.caps(cap)[f.home], ENDLESS) if len(f.countries) else ENDLESS
            ok.append((most >= kind.people) & (inside >= kind.people))
        if len(f.countries):
            ok[1] &= np.where(f.home[:, None] >= 0, f.caps("brigade")[f.home], ENDLESS) >= kind.brigades
        return ok[0], ok[1]

    def _by(self, e: int, s: int, way: Way) -> np.ndarray | None:
        """Worth at a base, by one way of coming."""
        f, t = self.f, self.f.weeks
        kind = f.case.element_type(f.elements[e].id)
        _, q, rsoi, reset, lead, fare = way
        a, d = np.arange(t), np.arange(t + 1)
        settled, present = self._known(("fits", kind.id), lambda: self._fits(e))
        ready = np.minimum(a + rsoi, t)
        mask = self.w.elements.get(e)
        stop = next_bad(present[s] if mask is None else present[s] & mask.ok[s])[:t]
        stop = np.minimum(stop, next_bad(settled[s])[ready])
        if q is not None:
            bad = next_bad(self.set_free[f.sets[q.id]][s])[:t]
            stop = np.minimum(stop, np.where(bad == t, t, bad - reset))
        stop = np.where(a < lead, a, stop)
        if (stop <= a).all():
            return None
        giver, status, alone, late = self.coverage.givers.of(e, q, False)
        supply = [self.coverage.supply(kind, giver, status, alone, state) for state in (COUNTS, LATE)]
        line = f.case.settings.line_rotation
        week = -kind.people * self.present[s] - kind.brigades * self.brigade[s] - self.cost(line, kind.week_cost)
        if mask is not None:
            week = week + mask.gain[s].astype(np.int64)
        here, more = sums(week), sums(supply[0][s] - kind.people * self.settled[s])
        later = more[None, :] - more[ready, None]
        path = self._known(("visits", kind.id, giver, status, alone, s, self.joining[e]),
                           lambda: self.visits(e, s, *supply))  # fmt: skip
        if path is not None:
            later = later + path[0][ready]
        if LATE in status:
            counted, since = sums(supply[1][s]), np.minimum(ready + late, t)
            later = later + np.maximum(d > since[:, None], 0) * (counted[None, :] - counted[since, None])
        worth = here[None, :] - here[a, None] - self.cost(line, fare)[:, None] + (d > ready[:, None]) * later
        if q is not None:
            price = self.hold[f.sets[q.id], s]
            worth = worth - price[np.minimum(d + reset, t)][None, :] + price[a, None]
        return np.where((d <= stop[:, None]) & (d > a[:, None]), worth, NONE)

    def visits(self, e: int, base: int, on: np.ndarray, late: np.ndarray) -> Any:
        """Paths through exercises of an element with this base: worth against staying there."""
        f, arcs = self.f, dict[tuple[int, int, str], int]()
        days = days_between(f.case, f.case.element_type(f.elements[e].id).movement)[base]
        for r in self._known(("wanted", self.joining[e], "home"), lambda: self._wanted(e, "home")):
            n, h = self.rows.pairs[r]
            (x, need), site = self.w.needs[n], f.sites[self.w.hosts[h][1].site]
            if need.max_days is not None and days[site] > need.max_days:
                continue
            gained = sums(on[site] - on[base] + np.maximum(late[site] - late[base], 0))
            for w in np.flatnonzero(self.w.runs.ok[h]).tolist():
                worth = int(self.rows.needs[r, w] + self.w.joining[n, e] + gained[w + x.weeks] - gained[w])
                if worth > arcs.get((w, w + x.weeks, x.id), 0):
                    arcs[w, w + x.weeks, x.id] = worth
        return best_paths(arcs, f.weeks)

    # -- at home -------------------------------------------------------------------------------

    def flown(self, e: int) -> tuple[np.ndarray, np.ndarray]:
        """Worth of deployments that lie inside [a, b), and of those that begin there: [T + 1, T + 1] each."""
        f, x = self.f, self.f.elements[e]
        given = tuple(self.coverage.givers.of(e, way[1], True) for way in f.ways[x.type])
        windows = tuple((v.start, v.end) for v in f.case.windows_of[x.unit])
        key = ("flown", x.type, given, windows, x.unit if self.cuts.rows else "", self.joining[e])
        none = np.zeros((f.weeks + 1, f.weeks + 1), dtype=np.int64)
        return self._known(key, lambda: best_paths(self._flights(e), f.weeks) or (none, none))

    def _flights(self, e: int) -> dict[tuple[int, int, str], int]:
        f, arcs, unit = self.f, dict[tuple[int, int, str], int](), self.f.elements[e].unit
        kind, t, line = f.case.element_type(f.elements[e].id), f.weeks, f.case.settings.line_exercise
        upkeep = sums(self.cost(line, kind.week_cost)[None] + kind.people * self.present)
        windows = f.case.windows_of[unit]
        for r in self._wanted(e, "theatre"):
            n, h = self.rows.pairs[r]
            x, s = self.w.hosts[h][0], f.sites[self.w.hosts[h][1].site]
            served = self.rows.needs[r] + self.w.joining[n, e] + self.cuts.flown(n, unit)
            for _, q, rsoi, reset, lead, fare in f.ways[kind.id]:
                giver, status, alone, _ = self.coverage.givers.of(e, q, True)
                on = sums(self.coverage.supply(kind, giver, status, alone, COUNTS)[s])
                price = self.cost(line, fare)
                for w in np.flatnonzero(self.w.runs.ok[h]).tolist():
                    arrive, end, come = w - rsoi, w + x.weeks, max(w - rsoi, 0)
                    if arrive < lead or not any(v.start <= arrive and end <= v.end for v in windows):
                        continue
                    worth = served[w] + on[end] - on[w] - upkeep[s, end] + upkeep[s, come]
                    worth -= price[arrive] if arrive >= 0 else 0
                    if q is not None:
                        free, i = min(end + reset, t), f.sets[q.id]
                        if not self.set_free[i][s, come:free].all():
                            continue
                        worth -= self.hold[i, s, free] - self.hold[i, s, come]
                    if worth > arcs.get((come, end, x.id), 0):
                        arcs[come, end, x.id] = int(worth)
        return arcs
