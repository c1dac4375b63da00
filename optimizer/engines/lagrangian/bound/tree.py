"""Branch and bound on top of the dual: when units first arrive and when exercises start.

A leaf narrows these to windows of weeks ("never" being the week after the last); every plan
lies in one leaf, so that the largest bound of a leaf is a bound for all.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from optimizer.domain import Case
from optimizer.engines.lagrangian.bound.dual import MARGIN, Dual, never
from optimizer.engines.lagrangian.tables.records import Tables

ROOT, CHILD = 900, 100  # iterations before the first branching, and in each child
STEP, FALL = 0.02, 0.985
MEMORY = 0.96  # of what a child's solutions were, by iteration
KEPT = 6e7  # multipliers kept for leaves, together
TRIAL, FRUIT = 4, 1e-5  # so many branchings that lower the bound by less than this share of it are the last


@dataclass(order=True)
class Leaf:
    """``window[:, 0 / 1]``: first and last admissible week of units, then exercises; ``share[i, w]``: how
    often party i chose week w; ``theta``: where its own descent sets out from."""

    key: tuple[float, int]  # minus the bound, number
    window: np.ndarray = field(compare=False)
    share: np.ndarray = field(compare=False)
    theta: np.ndarray = field(compare=False)
    again: int = field(default=0, compare=False)  # descents that followed the first

    @property
    def bound(self) -> float:
        return -self.key[0]


class Tree:
    """A ``Dual`` that goes on by branching once its descents are through.

    ``bound``, ``iterations``, ``trail`` and ``run`` are those of ``Dual``; prices and guidance are its root's.
    Repeatable in the number of iterations, however they are split between calls. ``leaves``: a heap, the
    worst first; ``made``: children so far; ``fruitless``: whether it was given up, because the bound hardly moved.
    """

    def __init__(self, case: Case, tables: Tables):
        self.root = Dual(case, tables)
        self.bound, self.iterations = np.inf, 0
        self.trail: list[tuple[int, float]] = []
        self.leaves: list[Leaf] = []
        self._open: list[Leaf] = []  # children not yet descended into
        self._at, self.made, self._splits = 0, 0, 0
        self._before, self.fruitless = np.inf, False  # the bound at the last trial; whether branching was given up
        self._weeks, self._units = tables.weeks, len(tables.std)
        self._unit_worth, self._unit_cost = _stakes(tables, self.root.lagrangian.typical)
        self._best, self._theta, self._share = np.inf, self.root.theta, np.zeros((0, 0))
        self._value = tables.x_value.astype(np.float64)

    def run(self, iterations: int, stopped: Callable[[], bool] = never) -> None:
        """As ``Dual.run``."""
        for _ in range(iterations):
            if self.bound == -np.inf or stopped():
                return
            if self.iterations < ROOT:
                self.root.run(1)
                self._note(self.root.bound)
                if self.root.iterations == ROOT:
                    self._leaf_of_root()
            elif self.fruitless or not self._step():
                return

    def money_price(self) -> np.ndarray:
        return self.root.money_price()

    def shares(self) -> np.ndarray:
        return self.root.shares()

    def core(self) -> np.ndarray:
        return self.root.core()

    def bases(self) -> np.ndarray:
        return self.root.bases()

    def scarce(self) -> np.ndarray:
        return self.root.scarce()

    def guidance(self) -> dict[str, np.ndarray]:
        return self.root.guidance()

    def _note(self, bound: float) -> None:
        self.iterations += 1
        if bound < self.bound:
            self.bound = bound
            self.trail.append((self.iterations, bound))

    def _leaf_of_root(self) -> None:
        n = self._units + len(self._value)
        window = np.tile([0, self._weeks], (n, 1))
        self.leaves = [Leaf((-self.root.bound, 0), window, self.root.chosen(), self.root.best.copy())]

    def _step(self) -> bool:
        """One evaluation in the child at hand; False if nothing is left to do."""
        if not self.leaves and not self._open:
            return False
        if not self._open:
            self._branch()
        child, root = self._open[-1], self.root
        if self._at == 0:
            self._enter(child)
        value, size, slope = root.lagrangian.evaluate(root.theta)
        self._share *= MEMORY
        self._share[np.arange(len(self._share)), root.weeks_chosen()] += 1 - MEMORY
        if value + MARGIN * size < self._best:
            self._best, self._theta = value + MARGIN * size, root.theta.copy()
        root.move(slope, STEP * FALL**self._at / (1 + child.again))
        self._at += 1
        if self._at == CHILD or self._best == -np.inf:
            self._leave(self._open.pop())
        others = [leaf.bound for leaf in (*self.leaves[:1], *self._open)]
        self._note(max([*others, -np.inf] if self._at == 0 else [*others, self._best]))
        return True

    def _enter(self, child: Leaf) -> None:
        """Set out in a child from its parent's best multipliers."""
        self.root.lagrangian.narrow(child.window)
        self.root.restart(child.theta)
        self._best, self._theta, self._share = child.bound, child.theta, np.zeros_like(child.share)

    def _leave(self, child: Leaf) -> None:
        """The child becomes a leaf, unless no plan is left in it."""
        if self._best > -np.inf:
            share = self._share / (1 - MEMORY**self._at)
            heapq.heappush(
                self.leaves, Leaf((-self._best, child.key[1]), child.window, share, self._theta, child.again)
            )
        self._at = 0

    def _branch(self) -> None:
        """Split the worst leaf where its solutions disagree about most; where they agree, or
        with too many leaves to keep, it descends once more by shorter steps."""
        leaf = self.leaves[0]
        self._try()
        price = self.root.money_price().max(initial=0.0)
        stake = np.concatenate([self._unit_worth + price * self._unit_cost, self._value])
        below = np.cumsum(leaf.share, axis=1)[:, :-1]
        split = np.minimum(below, 1 - below)
        weeks = np.arange(self._weeks)
        split[(weeks < leaf.window[:, :1]) | (weeks >= leaf.window[:, 1:])] = 0.0
        score = split.max(axis=1, initial=0.0) * stake
        i = int(score.argmax()) if score.size else -1
        full = len(self.leaves) * self.root.theta.size > KEPT
        heapq.heappop(self.leaves)
        if i < 0 or score[i] < 1e-9 or full:
            leaf.again += 1
            self._open.append(leaf)
            return
        at = int(split[i].argmax())
        for part in ((leaf.window[i, 0], at), (at + 1, leaf.window[i, 1])):
            window = leaf.window.copy()
            window[i] = part
            self.made += 1
            self._open.append(Leaf((-leaf.bound, self.made), window, leaf.share, leaf.theta))

    def _try(self) -> None:
        """Give up once branching no longer pays: the time is worth more to the search beside it."""
        if self._splits % TRIAL == 0:
            self.fruitless = self._before - self.bound < FRUIT * abs(self.bound)
            self._before = self.bound
        self._splits += 1


def _stakes(t: Tables, typical: float) -> tuple[np.ndarray, np.ndarray]:
    """Worth and money of each unit's standard rotation, roughly."""
    way = np.where(t.mode_ok, t.mode_cost, np.inf).min(axis=1, initial=np.inf)
    weeks = t.std[t.el_unit].astype(np.float64)
    money = weeks * t.week_cost[t.el_type] + np.where(np.isinf(way), 0.0, way)[t.el_type]
    units = len(t.std)
    return typical * np.bincount(t.el_unit, weeks, units), np.bincount(t.el_unit, money, units)
