"""A proven upper bound on every plan's score, by Lagrangian relaxation.

``Dual`` holds the multipliers and lowers the bound step by step; it can be stopped and
resumed at any time, and its bound is valid from the first evaluation on. See docs/bound.md
for the rows that are dualised and those that are relaxed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from optimizer.domain import Case
from optimizer.engines.lagrangian.bound.chosen import Recent
from optimizer.engines.lagrangian.bound.families import PARTLY
from optimizer.engines.lagrangian.bound.lagrangian import Lagrangian
from optimizer.engines.lagrangian.bound.pricing.partly import rows_at
from optimizer.engines.lagrangian.tables.records import Tables

MARGIN = 1e-9  # of the size of what is summed: rounding errors are several orders below
WORTHWHILE = 1e-4  # of the bound: what submodular rows must cut off the mean solution to be taken
RECENT = 150  # iterations whose choices make up the core, and what units do
SLOPE, SQUARE = 0.9, 0.99  # memory of slopes and of their squares


@dataclass(frozen=True)
class Schedule:
    """Iterations, and lengths of steps (in scales of the multipliers): a first descent, then one before each
    separation of submodular rows, then descents without end."""

    first: int = 600
    each: int = 150
    again: int = 300
    first_step: tuple[float, float] = (0.3, 0.992)  # length, and its fall by iteration
    each_step: tuple[float, float] = (0.03, 0.98)
    again_step: tuple[float, float] = (0.02, 0.992)


SCHEDULE = Schedule()
CONTINUED = Schedule(first=150, first_step=(0.03, 0.98))  # from multipliers that were found before


def never() -> bool:
    return False


class Dual:
    """The multipliers of a case and the best bound found with them.

    ``bound``: upper bound on the score of any plan that holds the rules (infinite before the
    first ``run``, minus infinity if no plan exists); ``iterations``: evaluations so far;
    ``trail``: (iterations, bound) at each improvement; ``settled``: whether all rows are separated
    and a descent has followed.
    """

    def __init__(self, case: Case, tables: Tables, schedule: Schedule = SCHEDULE):
        self.lagrangian = Lagrangian(case, tables)
        self.rows = rows = self.lagrangian.rows
        self.theta = self.lagrangian.start()
        self.best = self.theta.copy()
        self.bound, self.iterations, self.settled = np.inf, 0, False
        self.trail: list[tuple[int, float]] = []
        self.recent = Recent(RECENT)
        self._last = np.full(len(tables.iv_a), -RECENT)  # iteration that last chose each interval
        self._based = np.full((len(tables.std), len(tables.places)), -RECENT)  # the same, each site for each unit
        self._m, self._v, self._age = np.zeros(rows.size), np.zeros(rows.size), 0
        self._mean, self._seen = np.zeros(self.lagrangian.count.shape), 0
        self._lengths = self._descents(schedule)
        self._weeks = tables.weeks

    def run(self, iterations: int, stopped: Callable[[], bool] = never) -> None:
        """Evaluate and step ``iterations`` times, or until ``stopped``. Repeatable: the same
        number of iterations always leads to the same multipliers."""
        for _ in range(iterations):
            if self.bound == -np.inf or stopped():
                return
            length = next(self._lengths)
            bound, slope = self.look()
            self.recent.add(self.lagrangian.chosen.choice())
            self.iterations += 1
            self._last[self.lagrangian.chosen.intervals()] = self.iterations
            self._based[self.lagrangian.chosen.bases()] = self.iterations
            if bound < self.bound:
                self.bound = bound
                self.best[:] = self.theta
                self.trail.append((self.iterations, bound))
            self.move(slope, length)

    def look(self) -> tuple[float, np.ndarray]:
        """The bound at the multipliers as they are, and its slope; goes into the mean solution."""
        value, size, slope = self.lagrangian.evaluate(self.theta)
        self._mean += self.lagrangian.count
        self._seen += 1
        return value + MARGIN * size, slope

    def _descents(self, plan: Schedule) -> Iterator[float]:
        """The length of every step; between descents the multipliers are those of the best bound so far."""
        yield from _falling(plan.first_step, plan.first)
        for family in range(PARTLY - 1):
            if self._separated(family):
                continue
            self.theta[:] = self.best
            yield from _falling(plan.each_step, plan.each // 2)
            self.forget()
            yield from _falling(plan.each_step, plan.each // 2, plan.each // 2)
            if not self.separate(family, self.best):
                break
        while True:
            self.theta[:] = self.best
            yield from _falling(plan.again_step, plan.again)
            self.settled = True

    def begin(self, theta: np.ndarray) -> None:
        """Set out from multipliers that were found before, of this case or another, before the first ``run``; the
        submodular rows that they price are placed already and stay."""
        self.restart(theta)
        self.best[:] = theta
        self._lengths = self._descents(CONTINUED)

    def _separated(self, family: int) -> bool:
        rows = self.lagrangian.submodular.get(family)
        return rows is not None and len(rows.area) > 0

    def forget(self) -> None:
        """Begin a new mean of solutions."""
        self._mean[:], self._seen = 0.0, 0

    def separate(self, family: int, best: np.ndarray) -> bool:
        """Replace the rows of a family by those that the mean solution breaks, if that is worth while, and set out
        from multipliers ``best`` again."""
        of, t = self.lagrangian, self.lagrangian.t
        rows, taken = rows_at(of.parts.grains, t.demand, self._mean / max(self._seen, 1), family)
        self.theta[:] = best
        if float((taken * of.steps(best)[:, :, None]).sum()) < WORTHWHILE * abs(self.bound):
            return False
        of.place(family, rows)
        for theta in (self.theta, best):  # prices of rows that are gone
            self.rows.view(theta, "partly")[family] = 0.0
        return True

    def restart(self, theta: np.ndarray) -> None:
        """Set out from other multipliers, without memory of slopes."""
        self.theta[:] = theta
        self._m[:], self._v[:], self._age = 0.0, 0.0, 0

    def move(self, slope: np.ndarray, step: float) -> None:
        """One step of Adam, each multiplier in its own scale, back into the boxes."""
        self._age += 1
        self._m += (1 - SLOPE) * (slope - self._m)
        self._v += (1 - SQUARE) * (slope * slope - self._v)
        m = self._m / (1 - SLOPE**self._age)
        v = np.sqrt(self._v / (1 - SQUARE**self._age))
        self.theta -= step * self.rows.scale * m / (v + 1e-12)
        np.clip(self.theta, self.rows.low, self.rows.high, out=self.theta)
        view = self.rows.view
        for name in ("country", "block"):
            view(self.theta, name)[:] = _simplex(view(self.theta, name))
        steps = self.lagrangian.steps(self.theta)[:, :, None] + self.lagrangian.extra
        left = np.broadcast_to(steps, view(self.theta, "cover").shape)
        for price in (view(self.theta, "cover"), view(self.theta, "whole"), *view(self.theta, "partly")):
            np.minimum(price, left, out=price)
            left = left - price

    def money_price(self) -> np.ndarray:
        """Score per micro-unit of money by line and fiscal year, at the best multipliers."""
        return self.rows.view(self.best, "year") + self.rows.view(self.best, "total")[0]

    def shares(self) -> np.ndarray:
        """In which share of late iterations each unit went on a rotation (an estimate of the
        linear program's solution): [units]."""
        return np.mean(self.recent.of("arrive") < self._weeks, axis=0)

    def core(self) -> np.ndarray:
        """Whether a recent iteration chose each interval of the units (``Tables.iv_a``): the columns of a
        restricted master, about."""
        return self._last > self.iterations - RECENT

    def bases(self) -> np.ndarray:
        """Whether a recent iteration based an element of the unit at the site: [units, sites]."""
        return self._based > self.iterations - RECENT

    def scarce(self) -> np.ndarray:
        """Worth of a participant by need, at the best multipliers, host and week: [needs]."""
        of, out = self.lagrangian, np.zeros(len(self.lagrangian.t.need_count))
        np.maximum.at(out, of.parts.pair_need, of.participant_worth(self.best).max(axis=1, initial=0.0))
        return out


def _falling(step: tuple[float, float], n: int, since: int = 0) -> Iterator[float]:
    """``n`` lengths that fall by iteration."""
    length, fall = step
    return (length * fall**k for k in range(since, since + n))


def _simplex(x: np.ndarray) -> np.ndarray:
    """The nearest point with entries ≥ 0 that sum to 1."""
    if not x.size:
        return x
    falling = np.sort(x)[::-1]
    excess = (np.cumsum(falling) - 1.0) / np.arange(1, x.size + 1)
    return np.maximum(x - excess[np.flatnonzero(falling > excess)[-1]], 0.0)
