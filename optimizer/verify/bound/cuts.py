"""Rows that tie runs of an exercise to whole rotations (docs/bound.md, cuts)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.verify.bound.facts import Facts, Refused
from optimizer.verify.bound.multipliers import Rows
from optimizer.verify.bound.wishes import Wishes


class Cut(NamedTuple):
    """``coef`` participants of needs ``needs`` come from units not in ``out`` if the exercise starts in [lo, hi]."""

    price: int
    exercise: str
    needs: tuple[int, ...]
    out: frozenset[str]
    lo: int
    hi: int
    coef: int


class Cuts:
    """The rows, and what counts in them."""

    def __init__(self, f: Facts, w: Wishes, rows: Rows):
        self.f, self.w, unit = f, w, 10 ** (9 - rows.digits("cuts"))
        self.rows, self._able = list[Cut](), dict[tuple[tuple[int, ...], str], tuple[int, int]]()
        number = {(x.id, n.id): i for i, (x, n) in enumerate(w.needs)}
        for name, weeks in rows.given("cuts").items():
            try:
                x, needs, out, lo, hi = name
                ns, price = tuple(number[x, n] for n in needs), weeks[0]
                sane = set(weeks) == {0} and price >= 0 and 0 <= lo <= hi and len(set(ns)) == len(ns) > 0
                if not sane or not set(out) <= set(f.case.unit):
                    raise ValueError
            except (ValueError, KeyError, TypeError) as e:
                raise Refused(f"cuts {name}: there is no such row") from e
            coef = sum(w.needs[n][1].count for n in ns) - sum(self.able(ns, u)[0] for u in set(out))
            self.rows.append(Cut(price * unit, x, ns, frozenset(out), lo, hi, max(coef, 0)))
        self._flown: dict[tuple[int, str], np.ndarray] = {}

    def able(self, needs: tuple[int, ...], unit: str) -> tuple[int, int]:
        """The most participants of a unit for these needs, and the fewest weeks from arrival until one is ready."""
        key = (needs, unit)
        if key not in self._able:
            fit, soon = [], self.f.weeks
            for n in needs:
                what = self.w.needs[n][1].what
                own = [(self.f.number[e.id], self.f.case.types[e.type]) for e in self.f.case.elements_of[unit]]
                able = [(e, y) for e, y in own if what in (y.id, y.main_capability) and (n, e) not in self.w.barred]
                fit.append({e for e, _ in able})
                soon = min([soon, *(m.rsoi_weeks for _, y in able for m in y.modes.values())])
            each = sum(min(len(s), self.w.needs[n][1].count) for s, n in zip(fit, needs, strict=True))
            self._able[key] = min(len(set[int]().union(*fit)), each), soon
        return self._able[key]

    def flown(self, need: int, unit: str) -> np.ndarray:
        """What a participant of the unit that is flown in counts for, by week of the start: [T]."""
        if (need, unit) not in self._flown:
            out = np.zeros(self.f.weeks, dtype=object)
            for row in self.rows:
                if need in row.needs and unit not in row.out:
                    out[row.lo : row.hi + 1] += row.price
            self._flown[need, unit] = out
        return self._flown[need, unit]

    def asked(self, exercise: str) -> np.ndarray:
        """What the rows ask of a run, by week of its start: [T]."""
        out = np.zeros(self.f.weeks, dtype=object)
        for row in self.rows:
            if row.exercise == exercise:
                out[row.lo : row.hi + 1] += row.price * row.coef
        return out

    def rotations(self, unit: str) -> np.ndarray:
        """What a rotation [a, d) of the unit counts for: [T + 1, T + 1]."""
        t = self.f.weeks
        out = np.zeros((t + 2, t + 1), dtype=object)
        for latest, earliest, worth in self._counts(unit):
            if latest >= 0 and earliest <= t:
                out[min(latest, t), earliest] += worth
        return np.cumsum(np.cumsum(out[::-1], axis=0)[::-1], axis=1)[:-1]

    def _counts(self, unit: str) -> list[tuple[int, int, int]]:
        """(last arrival, first departure, worth) of the rows that a rotation counts in."""
        found = []
        for row in self.rows:
            able, soon = self.able(row.needs, unit) if unit not in row.out else (0, 0)
            if able and row.price:
                end = row.lo + self.f.case.exercise[row.exercise].weeks
                found.append((row.hi - soon, end, row.price * min(row.coef, able)))
        return found

    @property
    def under_way(self) -> int:
        """What rotations under way count for."""
        return sum(
            worth
            for r in self.f.case.underway
            for latest, earliest, worth in self._counts(r.unit)
            if r.arrive <= latest and r.depart >= earliest
        )
