"""Which of the few large units go: guesses from the bound's solution, one basin of the search each.

A large unit takes the money of many others, so a search that moves a few units at a time hardly
ever swaps it in. The linear program behind the bound says in which share of its solution a
unit goes; the large ones are drawn in or out by that share (randomised rounding, Raghavan and
Thompson 1987), and a short search finds out what a draw is worth.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.engines.lagrangian.search.search import Search
from optimizer.engines.lagrangian.search.state.arrays import State
from optimizer.engines.lagrangian.tables.records import Tables

LARGE = 0.03  # of all rotation money: what the shortest rotation of a large unit costs at least
SURE = 0.05  # no unit is thought to go, or to stay, with more certainty than 1 - SURE
PULL = 0.08  # of the score: what a unit that should go counts extra while its basin is explored
EAGER = (0.3, 1.3)  # from first to last construction: how far exercises pull on units


class Found(NamedTuple):
    """What a draw was worth."""

    score: float
    state: State
    lean: np.ndarray  # [units] what was added for those that go


class Basins:
    """Draws of a search, and what each was found to be worth."""

    def __init__(self, search: Search, tb: Tables, shares: np.ndarray, scale: float, seed: int):
        self.search, self.rng = search, np.random.default_rng(seed)
        money = float(tb.amount[tb.line[0]].sum())
        self.large = search.costs() > LARGE * money if search.able else np.zeros(len(shares), dtype=np.bool_)
        self.likely = np.clip(shares, SURE, 1.0 - SURE)
        self.worth = PULL * scale
        self.found: list[Found] = []
        self.drawn: set[bytes] = set()

    def begin(self, constructions: int) -> np.ndarray:
        """Lean towards a new draw and start from the best of some plans made from nothing."""
        for _ in range(8):  # mostly a draw not made before
            goes = self.rng.random(len(self.likely)) < self.likely
            lean = np.where(self.large, np.where(goes, self.worth, -self.worth), 0.0)
            if lean.tobytes() not in self.drawn:
                break
        self.drawn.add(lean.tobytes())
        self.search.lean(lean)
        self.search.forget()
        for eager in np.linspace(*EAGER, constructions):
            self.search.construct(float(eager))
        self.search.restart()
        return lean

    def end(self, lean: np.ndarray) -> None:
        """Note what the draw was worth."""
        self.found.append(Found(self.search.best_score, self.search.snapshot(), lean))
