"""A proven upper bound on every plan's score, by Lagrangian relaxation.

``Dual`` holds the multipliers and lowers the bound step by step; it can be stopped and
resumed at any time, and its bound is valid from the first evaluation on. See docs/bound.md
for the rows that are dualised and those that are relaxed.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from optimizer.domain import Case
from optimizer.engines.lagrangian.bound.lagrangian import Lagrangian
from optimizer.engines.lagrangian.tables.records import Tables

MARGIN = 1e-9  # of the size of what is summed: rounding errors are several orders below
FIRST_STEP, NEXT_STEP, FALL = 0.3, 0.02, 0.992  # in scales of the multipliers, by iteration
DESCENT, AGAIN = 600, 300  # iterations
MEMORY = 0.98  # of what the solutions were, by iteration
RECENT = 150  # iterations whose choices make up the core
SLOPE, SQUARE = 0.9, 0.99  # memory of slopes and of their squares


def never() -> bool:
    return False


class Dual:
    """The multipliers of a case and the best bound found with them.

    ``bound``: upper bound on the score of any plan that holds the rules (infinite before the
    first ``run``, minus infinity if no plan exists); ``iterations``: evaluations so far;
    ``trail``: (iterations, bound) at each improvement.
    """

    def __init__(self, case: Case, tables: Tables):
        self.lagrangian = Lagrangian(case, tables)
        self.rows = rows = self.lagrangian.rows
        self.theta = self.lagrangian.start()
        self.best = self.theta.copy()
        self.bound, self.iterations = np.inf, 0
        self.trail: list[tuple[int, float]] = []
        self._units = len(tables.std)
        self._chosen = np.zeros((self._units + len(tables.x_weeks), tables.weeks + 1))
        self._looked = 0
        self._last = np.full(len(tables.iv_a), -RECENT)  # iteration that last chose each interval
        self._based = np.full((self._units, len(tables.places)), -RECENT)  # the same, each site for each unit
        self._m, self._v, self._age = np.zeros(rows.size), np.zeros(rows.size), 0

    def run(self, iterations: int, stopped: Callable[[], bool] = never) -> None:
        """Evaluate and step ``iterations`` times, or until ``stopped``. Repeatable: the same
        number of iterations always leads to the same multipliers."""
        for _ in range(iterations):
            if self.bound == -np.inf or stopped():
                return
            value, size, slope = self.lagrangian.evaluate(self.theta)
            self.iterations += 1
            self._chosen *= MEMORY
            self._chosen[np.arange(len(self._chosen)), self.weeks_chosen()] += 1 - MEMORY
            self._looked += 1
            self._last[self.lagrangian.intervals()] = self.iterations
            self._based[self.lagrangian.bases()] = self.iterations
            self._judge(value + MARGIN * size)
            self.move(slope, self._step())

    def _judge(self, bound: float) -> None:
        if bound < self.bound:
            self.bound = bound
            self.best[:] = self.theta
            self.trail.append((self.iterations, bound))

    def _step(self) -> float:
        """The length of the next step: falling through a first descent, then through shorter
        ones that set out from the best multipliers so far."""
        if self.iterations < DESCENT:
            return FIRST_STEP * FALL**self.iterations
        at = (self.iterations - DESCENT) % AGAIN
        if at == 0:
            self.theta[:] = self.best
        return NEXT_STEP * FALL**at

    def restart(self, theta: np.ndarray) -> None:
        """Set out from other multipliers, without memory of slopes."""
        self.theta[:] = theta
        self._m[:], self._v[:], self._age = 0.0, 0.0, 0

    def weeks_chosen(self) -> np.ndarray:
        """First arrivals of the units, then starts of the exercises, in the last evaluation (the
        number of weeks if none)."""
        return np.concatenate([self.lagrangian.arrivals(), self.lagrangian.starts()])

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
        cover, whole = view(self.theta, "cover"), view(self.theta, "whole")
        steps = self.lagrangian.steps(self.theta)[:, :, None]
        np.minimum(cover, steps, out=cover)
        np.minimum(whole, steps - cover, out=whole)

    def money_price(self) -> np.ndarray:
        """Score per micro-unit of money by line and fiscal year, at the best multipliers."""
        return self.rows.view(self.best, "year") + self.rows.view(self.best, "total")[0]

    def chosen(self) -> np.ndarray:
        """In which share of late iterations each unit first arrived, then each exercise started, in
        which week (the last entry: never)."""
        return self._chosen / max(1.0 - MEMORY**self._looked, 1e-9)

    def shares(self) -> np.ndarray:
        """In which share of late iterations each unit went on a rotation (an estimate of the
        linear program's solution): [units]."""
        return 1.0 - self.chosen()[: self._units, -1]

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

    def guidance(self) -> dict[str, np.ndarray]:
        """The best multipliers by family of rows (see docs/bound.md), copied."""
        return {name: self.rows.view(self.best, name).copy() for name in self.rows.families}


def _simplex(x: np.ndarray) -> np.ndarray:
    """The nearest point with entries ≥ 0 that sum to 1."""
    if not x.size:
        return x
    falling = np.sort(x)[::-1]
    excess = (np.cumsum(falling) - 1.0) / np.arange(1, x.size + 1)
    return np.maximum(x - excess[np.flatnonzero(falling > excess)[-1]], 0.0)
