"""The primal side: from the empty plan to the best one found, by simulated annealing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from optimizer.domain import Case, Plan
from optimizer.engines.columns.anneal import Workshop
from optimizer.engines.columns.cores import state_core, tables_core
from optimizer.engines.columns.extract import initial, plan_of
from optimizer.engines.columns.state import State, copy_into
from optimizer.engines.columns.tables import Names, Tables
from optimizer.goals import score_all
from optimizer.rules import check_all


class Search:
    """A search that is advanced in rounds; deterministic in its seed.

    ``plan`` and ``score`` are the best plan that the rules' own checks accept and its
    score by the goals' own arithmetic; the compiled numbers only steer.
    """

    def __init__(self, case: Case, tb: Tables, ids: Names, seed: int):
        self.case, self.tb, self.ids, self.seed = case, tb, ids, seed
        self.rounds = 0
        self.plan: Plan | None = None
        self.score: float | None = None
        self.shop: Workshop | None = None
        self.best_score = -np.inf
        start = initial(case, tb, ids)
        if start is None:
            return
        now, floors = start
        self.now, self.best, self.backup = now, _copy(now), _copy(now)
        self.shop = Workshop(tb, tables_core(tb), now, state_core(now), floors)

    def price_money(self, by_line_year: np.ndarray) -> None:
        """Guide by the price of money: (lines, fiscal years), score per micro-unit."""
        if self.shop is not None:
            for kind in range(4):
                self.shop.lam[kind] = by_line_year[self.tb.line[kind]][self.tb.year]

    def construct(self) -> None:
        """A first complete plan: every unit, then every exercise, at its best response."""
        if self.shop is None:
            return
        self.shop.seed(self.seed)
        self.shop.insert_units(list(range(self.shop.units)), 1.0, 0.0, 2)
        self.shop.insert_runs(1.0, 1.0, self.shop.runs, 8)
        self._keep(self.shop.score)

    def advance(self, steps: int, hot: float, cold: float, stopped: Callable[[], bool]) -> int:
        """Up to ``steps`` moves while the temperature (score points) falls geometrically
        from ``hot`` to ``cold``; returns how many were done before ``stopped``."""
        if self.shop is None:
            return 0
        self.rounds += 1
        self.shop.seed(self.seed * 1_000_003 + self.rounds)
        score = self.shop.score
        copy_into(self.now, self.backup)
        for step in range(steps):
            if stopped():
                return step
            heat = hot * (cold / hot) ** (step / steps)
            fine = self.shop.ruin_and_recreate()
            after = self.shop.score if fine else -np.inf
            if after >= score + heat * np.log(self.shop.rng.random()) and self.shop.affordable:
                score = after
                copy_into(self.now, self.backup)
                if score > self.best_score + 1e-9:
                    self._keep(score)
            else:
                copy_into(self.backup, self.now)
        return steps

    def restart(self) -> None:
        """Go on from the best state."""
        if self.shop is not None:
            copy_into(self.best, self.now)

    def follow(self, other: Search) -> None:
        """Go on from the best state of another search of the same case."""
        if self.shop is not None and other.best_score > self.best_score:
            copy_into(other.best, self.now)
            self._keep(other.best_score)

    def _keep(self, score: float) -> None:
        copy_into(self.now, self.best)
        self.best_score = score

    def adopt(self) -> bool:
        """Judge the best state by the rules' and goals' own code; true if it is a new plan."""
        if self.shop is None:
            return False
        plan = plan_of(self.case, self.tb, self.ids, self.best)
        if plan == self.plan or any(f.breaches for f in check_all(self.case, plan)):
            return False
        value = sum(score_all(self.case, plan).values())
        if self.score is not None and value <= self.score:
            return False
        self.plan, self.score = plan, value
        return True


def _copy(st: State) -> State:
    return State(*(a.copy() for a in st))
