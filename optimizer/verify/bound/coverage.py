"""What supply is worth at given multipliers, and what is left of the prices of demand."""

from __future__ import annotations

from collections import Counter

import numpy as np

from optimizer.domain import PrepoSet, UnitType
from optimizer.domain.certificate import Leaf
from optimizer.domain.network import credits
from optimizer.domain.supply import demand, points_vector
from optimizer.quantities import MILLI
from optimizer.verify.bound.facts import CENT, WORTH, Facts, Refused
from optimizer.verify.bound.multipliers import Rows, too_large

COUNTS, LATE, VOID = "CLV"


class Givers:
    """Who supplies under which name: (type, status by block, how, unit, element) or ("set", id); the first of the
    names from the most particular on that the certificate lists. ``copies``: how many may at once."""

    def __init__(self, f: Facts, names: tuple[tuple[str, ...], ...]):
        self.f, self.at = f, {name: i for i, name in enumerate(names)}
        if len(self.at) < len(names):
            raise Refused("a giver stands in it twice")
        self.copies: Counter[int] = Counter()
        for q in f.case.sets:
            self.copies[self.at.get(("set", q.id), -1)] += 1
        for e in range(len(f.elements)):
            ways = [None, *(w[1] for w in f.ways[f.elements[e].type])]
            self.copies.update({self.of(e, q, flown)[0] for q in ways for flown in (False, True)})

    def of(self, e: int, q: PrepoSet | None, flown: bool) -> tuple[int, str, bool, int]:
        """(giver or -1, status by block, whether it counts by itself in rows by unit, weeks late)."""
        x = self.f.elements[e]
        delays = [s.delay(x.unit) for _, s in self.f.blocks]
        lost = [q is not None and q.id in s.lost_sets for _, s in self.f.blocks]
        late = [VOID if gone or (d and flown) else LATE if d else COUNTS for d, gone in zip(delays, lost, strict=True)]
        weeks = min((d for d, state in zip(delays, late, strict=True) if state == LATE), default=0)
        alone = flown or len(self.f.case.elements_of[x.unit]) == 1
        name = (x.type, "".join(late) + (str(weeks) if weeks else ""), "alone" if alone else "part")
        keys = ((*name, u, i) for u, i in ((x.unit, x.id), (x.unit, ""), ("", x.id), ("", "")))
        return next((self.at[k] for k in keys if k in self.at), -1), "".join(late), alone, weeks


class Coverage:
    """Areas are (block, country, capability) in one row of numbers; A areas, L levels."""

    def __init__(self, f: Facts, rows: Rows, leaf: Leaf, givers: Givers, steps: np.ndarray):
        self.f, self.givers, self.unit = f, givers, 10 ** rows.digits("cover")
        n_c, n_k = len(f.countries), len(f.case.capabilities)
        self.size = (n_c, n_k)
        d = demand(f.case).reshape(n_c * n_k, len(f.case.levels), f.weeks)
        self.demand = np.tile(d, (len(f.blocks), 1, 1))
        self.cover, self.whole = (rows.by_area(name, self.demand.shape) for name in ("cover", "whole"))
        self.beyond: dict[int, list[tuple[int, int, int, int, dict[int, int]]]] = {}
        paid, sure = self.cover + self.whole, 0
        for name, row in leaf.beyond.items():
            a, level, week = rows.area_week(name)
            if row.multiplier < 0 or min(row.given.values(), default=0) < 0:
                raise Refused(f"partly {name}: a number below 0")
            if not set(row.given) <= set(givers.at.values()):
                raise Refused(f"partly {name}: there is no such giver")
            given = sum(givers.copies[g] * q for g, q in row.given.items())
            left = max(int(self.demand[a, level, week]) - given, 0)
            self.beyond.setdefault(a, []).append((level, week, row.multiplier, left, dict(row.given)))
            paid[a, level, week] += row.multiplier
            sure += row.multiplier * given
        dearest = float((paid.astype(np.float64) * self.demand).sum(axis=(0, 1)).max(initial=0.0))  # week of supply
        self.kind = np.int64 if dearest < 2.0**62 else object
        self.cover, self.whole = self.cover.astype(self.kind), self.whole.astype(self.kind)
        self.most = rows.most / 4
        rest = np.maximum(steps[:, :, None] - paid * (CENT // self.unit), 0) * self.demand.astype(object)
        self.value = -(-int(rest.sum()) // (CENT // WORTH)) + self.worth(sure)
        self._known: dict[tuple[int, int, bool], np.ndarray] = {}
        self._supply: dict[tuple[object, ...], np.ndarray] = {}

    def worth(self, amount: int) -> int:
        """A product of multiplier and points in units of worth, rounded up."""
        return -(-amount // (self.unit // WORTH))

    def _at(self, a: int, amount: int, alone: bool, giver: int) -> np.ndarray:
        """What so many points of a giver in an area earn by week, in units of the multipliers."""
        key = (a, amount, alone)
        if key not in self._known:
            price = self.cover[a] + self.whole[a] if alone else self.cover[a]
            self._known[key] = (price * np.minimum(amount, self.demand[a])).sum(axis=0)
        out = self._known[key]
        rows = self.beyond.get(a, ())
        if rows:
            out = out.copy()
            for _, week, xi, left, given in rows:
                out[week] += xi * min(max(amount - given.get(giver, 0), 0), left)
        return out

    def supply(self, kind: UnitType | PrepoSet, giver: int, status: str, alone: bool, state: str) -> np.ndarray:
        """Worth of supplying from each site in each week, in the blocks of that status: [S, T]."""
        key = (kind.id, isinstance(kind, UnitType), giver, status, alone, state)
        if key not in self._supply:
            total = np.zeros((len(self.f.sites), self.f.weeks), dtype=self.kind)
            for b, (_, scenario) in enumerate(self.f.blocks):
                if status[b] == state:
                    for a, amounts in self._amounts(b, kind, scenario.closed_routes):
                        for amount in set(amounts.tolist()) - {0}:
                            total[amounts == amount] += self._at(a, amount, alone, giver)
            self._supply[key] = (-(-total // (self.unit // WORTH))).astype(np.int64)
            too_large(float(self._supply[key].max(initial=0)), self.most)
        return self._supply[key]

    def _amounts(self, b: int, kind: UnitType | PrepoSet, closed: frozenset[str]) -> list[tuple[int, np.ndarray]]:
        """(area, micro-points from each site) of what a type, or a stored set, supplies."""
        case, (n_c, n_k) = self.f.case, self.size
        stored = isinstance(kind, PrepoSet)
        credit = credits(case, "heavy" if isinstance(kind, PrepoSet) else kind.movement, closed)
        points = points_vector(case, dict(kind.worth) if isinstance(kind, PrepoSet) else kind)
        found = []
        for c in range(n_c):
            for k in np.flatnonzero(points):
                amounts = credit[:, c] * points[k]
                amounts = amounts * case.settings.set_credit // MILLI if stored else amounts
                found.append(((b * n_c + c) * n_k + int(k), amounts))
        return found

    def as_one(self, unit: str) -> np.ndarray:
        """What a unit of several elements earns as one in each week: [T]."""
        own = self.f.case.elements_of[unit]
        most: Counter[int] = Counter()
        for e in own if len(own) > 1 else ():
            for b, (_, scenario) in enumerate(self.f.blocks):
                for a, amounts in self._amounts(b, self.f.case.types[e.type], scenario.closed_routes):
                    most[a] += int(amounts.max(initial=0))
        total = np.zeros(self.f.weeks, dtype=self.kind)
        for a, amount in most.items():
            total = total + (self.whole[a] * np.minimum(amount, self.demand[a])).sum(axis=0)
        return (-(-total // (self.unit // WORTH))).astype(np.int64)
