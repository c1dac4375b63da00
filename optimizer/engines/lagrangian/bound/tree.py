"""Branch and bound on top of the dual: see ``branching`` for what is decided, ``explore`` for the loop.

A leaf keeps to what it has decided; every plan lies in some leaf, so that the largest bound of a leaf is a bound for
all. Splits are chosen by trial: a few steps in both sides of each candidate.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field

import numpy as np

from optimizer.domain import Case
from optimizer.engines.lagrangian.bound.branching import Split, splits, stakes
from optimizer.engines.lagrangian.bound.chosen import Recent
from optimizer.engines.lagrangian.bound.dual import SCHEDULE, Dual, Schedule, never
from optimizer.engines.lagrangian.bound.explore import BestFirst
from optimizer.engines.lagrangian.bound.families import PARTLY
from optimizer.engines.lagrangian.bound.parts.decided import Decided, undecided
from optimizer.engines.lagrangian.bound.pricing.partly import Partly, no_rows
from optimizer.engines.lagrangian.tables.records import Tables

CHILD, TRIED, SHORT = 80, 5, 10  # iterations in a child; candidates tried, and iterations in each of their sides
STEP, FALL = 0.02, 0.985
SEEN = 40  # last iterations of a descent whose choices make up candidates
KEPT = 6e7  # multipliers kept for leaves and for those they come from, together
TRIAL, FRUIT = 16, 1e-5  # so many branchings that lower the bound by less than this share of it are the last
# (fewer say little: the bound is that of the worst leaf, and falls only once all leaves beside it are split too)
OWN = PARTLY - 1  # family of submodular rows that are a leaf's own


@dataclass
class Leaf:
    """``theta``: where its own descent sets out from, with ``rows`` of its own; ``splits``: candidates; ``proof``: the
    multipliers and rows at which ``bound`` was found; ``way``: the decisions that lead to it, and on which side;
    ``parent``: the leaf that was parted into this one and its other side."""

    bound: float
    decided: Decided
    theta: np.ndarray
    rows: Partly
    proof: tuple[np.ndarray, Partly]
    way: tuple[tuple[Split, bool], ...] = ()
    splits: list[Split] = field(default_factory=list)
    again: int = 0  # descents that followed the first
    parent: Leaf | None = None


class Tree:
    """A ``Dual`` that goes on by branching once it has settled.

    ``bound``, ``iterations``, ``trail`` and ``run`` are those of ``Dual``; prices and guidance are its root's.
    Repeatable in the number of iterations, however they are split between calls. ``made``: branchings so far;
    ``fruitless``: whether it was given up, because the bound moved by less than a share ``fruit`` of it.
    """

    def __init__(self, case: Case, tables: Tables, schedule: Schedule = SCHEDULE, fruit: float = FRUIT):
        self.fruit, self.root = fruit, Dual(case, tables, schedule)
        self.bound, self.iterations = np.inf, 0
        self.trail: list[tuple[int, float]] = []
        self.search: BestFirst[Leaf] | None = None
        self.made, self.fruitless = 0, False
        self.empty: list[Leaf] = []  # leaves without a plan
        self._sides: list[Leaf] = []  # into which the leaf in work is parted
        self._before = np.inf  # the bound at the last look at whether branching pays
        self._tables, self._recent = tables, Recent(SEEN)
        self._steps = self._all_steps()

    def begin(self, theta: np.ndarray) -> None:
        """As ``Dual.begin``; rows that were a leaf's own are left out."""
        self.root.lagrangian.place(OWN, no_rows())
        self.root.rows.view(theta, "partly")[OWN] = 0.0
        self.root.begin(theta)

    def run(self, iterations: int, stopped: Callable[[], bool] = never) -> None:
        """As ``Dual.run``."""
        for _ in range(iterations):
            if self.bound == -np.inf or stopped():
                return
            bound = next(self._steps, None)
            if bound is None:
                return
            self.iterations += 1
            if bound < self.bound:
                self.bound = bound
                self.trail.append((self.iterations, bound))

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

    def leaves(self) -> list[Leaf]:
        """All leaves as they are, the one in work too."""
        if self.search is None:
            return []
        return [leaf for *_, leaf in self.search.open] + ([self.search.at] if self.search.at else [])

    def proofs(self) -> list[Leaf]:
        """Leaves that hold every plan, those without one too; of the leaf in work its sides once they are known."""
        if self.search is None or not self._sides:
            return [*self.leaves(), *self.empty]
        return [*(leaf for *_, leaf in self.search.open), *self._sides, *self.empty]

    def _all_steps(self) -> Iterator[float]:
        """The bound after every evaluation."""
        while not self.root.settled:
            self.root.run(1)
            yield self.root.bound
        self._recent = self.root.recent
        start = self.root.best.copy()
        root = Leaf(self.root.bound, undecided(self._tables), start, no_rows(), (start, no_rows()))
        root.splits = self._candidates(root)
        self._recent = Recent(SEEN)
        self.search = BestFirst(root, self._children, lambda leaf: leaf.bound, self._stop)
        yield from self.search.steps()

    def _candidates(self, leaf: Leaf) -> list[Split]:
        money = float(self.root.money_price().max(initial=0.0))
        return splits(
            self._tables, leaf.decided, self._recent, stakes(self._tables, self.root.lagrangian.typical, money)
        )

    def _stop(self, bound: float) -> bool:
        """Give up once branching no longer pays: the time is worth more to the search beside it."""
        if self.made % TRIAL == 0:
            self.fruitless = self._before - bound < self.fruit * abs(bound)
            self._before = bound
        self.made += 1
        return self.fruitless

    def _children(self, leaf: Leaf) -> Generator[float, None, list[Leaf]]:
        """Split a leaf where that helps most, and descend into both sides; where its solutions agree, or with too
        many leaves to keep, it descends once more by shorter steps."""
        full = self.search is not None and 2 * len(self.search.open) * leaf.theta.size > KEPT
        if not leaf.splits or full:
            leaf.again += 1
            yield from self._descend(leaf, CHILD, leaf.bound)
            return self._with_plans([leaf])
        best: list[Leaf] = []
        top = (-np.inf, -np.inf)
        for split in leaf.splits[:TRIED]:
            ways = [(*leaf.way, (split, true)) for true in (True, False)]
            sides = [
                Leaf(leaf.bound, side, leaf.theta, leaf.rows, leaf.proof, way, parent=leaf)
                for side, way in zip(split.sides, ways, strict=True)
            ]
            for side in sides:
                yield from self._descend(side, SHORT, leaf.bound)
            gains = sorted(leaf.bound - side.bound for side in sides)
            if (gains[0], gains[1]) > top:
                best, top = sides, (gains[0], gains[1])
        self._sides = best
        for i, side in enumerate(best):
            yield from self._descend(side, CHILD, max(leaf.bound if i == 0 else best[0].bound, side.bound), finish=True)
        self._sides = []
        leaf.theta, leaf.splits = leaf.proof[0], []  # all that is still asked of it is its proof
        return self._with_plans(best)

    def _with_plans(self, leaves: list[Leaf]) -> list[Leaf]:
        """The leaves that may hold a plan; the others are kept for the record."""
        self.empty += [leaf for leaf in leaves if leaf.bound == -np.inf]
        return [leaf for leaf in leaves if leaf.bound > -np.inf]

    def _descend(self, leaf: Leaf, steps: int, others: float, finish: bool = False) -> Generator[float, None, None]:
        """Lower a leaf's bound from its multipliers; ``finish``: with rows of its own half way."""
        root, of = self.root, self.root.lagrangian
        of.narrow(leaf.decided)
        of.place(OWN, leaf.rows)
        root.restart(leaf.theta)
        self._recent.clear()
        best = np.inf
        for k in range(steps):
            if finish and k == steps // 4:
                root.forget()
            if finish and k == steps // 2 and root.separate(OWN, leaf.theta):
                leaf.rows, best = of.submodular[OWN], np.inf
            bound, slope = root.look()
            self._recent.add(of.chosen.choice())
            if bound < best:
                best, leaf.theta = bound, root.theta.copy()
            if bound < leaf.bound:
                leaf.bound, leaf.proof = bound, (leaf.theta, leaf.rows)
            root.move(slope, STEP * FALL**k / (1 + leaf.again))
            yield max(others, leaf.bound)
            if leaf.bound == -np.inf:
                return
        if steps == CHILD:
            leaf.splits = self._candidates(leaf)
