"""Whether a case has a plan at all: a proof that it has none, or a plan, whatever that scores.

Both look at the core of the case (``optimizer.conflicts.core``), which has a plan exactly if the case has one. Without
prices every plan scores nothing, so that multipliers whose bound lies below nothing are a proof: what the parts have
to use of money, places, sets and participants, weighed by them, is more than there is. With money alone priced the
search looks for a cheap plan, which most likely fits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from optimizer.conflicts.core import core
from optimizer.domain import Case, Plan
from optimizer.engines.lagrangian.search.search import Search
from optimizer.engines.lagrangian.tables.build import names, tables
from optimizer.engines.lagrangian.tables.wishes import MUST
from optimizer.goals.least import least_score
from optimizer.quantities import MONEY
from optimizer.rules import check_all

if TYPE_CHECKING:
    from optimizer.engines.lagrangian.bound.dual import Dual

STEPS = (0.3, 0.99)  # of the descent: the first, and each as a share of the one before
ROUND = 32  # moves between two looks for a plan
FIRST_STEPS, FIRST_ROUNDS = 20, 2  # after which most questions are answered
HOT, COLD = 0.1, 1e-3  # temperatures, as shares of what the plan at hand costs
MONEY_ROWS = ("year", "quarter", "resolution", "total")
DEAR, HELD = 1e4, 100.0  # score points that everything at once costs, and that an exercise is worth


def unpriced(case: Case) -> Case:
    """The core of the case, in which every plan scores nothing."""
    part = core(case)
    free = replace(part.settings, floor_price=0.0, over_length_price=0.0, cost_price=0.0, worst_country_price=0.0,
                   change_price=0.0, change_price_event=0.0)  # fmt: skip
    return replace(part, settings=free, exercises=tuple(replace(x, value=0.0) for x in part.exercises))


@dataclass(frozen=True)
class Answer:
    """``plan``: one that holds every rule; ``none``: it is proven that there is none."""

    plan: Plan | None = None
    none: bool = False


class Existence:
    """A proof and a plan of one case, looked for in turn; ``stopped`` ends either."""

    def __init__(self, case: Case, seed: int, stopped: Callable[[], bool] = lambda: False):
        self.case, self.seed, self.stopped = case, seed, stopped
        self.part = unpriced(case)
        self.least = least_score(self.part)

    @cached_property
    def dual(self) -> Dual:
        # where a plan is found at once there is no need to load it, which takes as long
        from optimizer.engines.lagrangian.bound.dual import Dual, Schedule

        return Dual(self.part, tables(self.part), Schedule(first=10**9, first_step=STEPS))

    @cached_property
    def search(self) -> Search:
        part = _to_search(self.part)
        tb = tables(part)
        search = Search(part, tb, names(part), self.seed)
        search.construct()
        return search

    def prove(self, steps: int) -> bool:
        """Whether so many more steps of descent prove that there is no plan; at first, each limit of money alone."""
        part = self.part
        if part.units or part.exercises or part.sets or part.upgrades:
            if not self.dual.iterations:
                self._by_money_alone()
            self.dual.run(steps, self._over)
            return self._proven
        return False

    @property
    def _proven(self) -> bool:
        return self.dual.bound < self.least

    def _over(self) -> bool:
        return self._proven or self.stopped()

    def _by_money_alone(self) -> None:
        """Price one limit of money after the other, nothing else: exact for what must be spent on one line, where a
        descent would have to find that out to the last per cent."""
        dual, rows, start = self.dual, self.dual.rows, self.dual.theta.copy()
        _, slope = dual.look()
        for name in MONEY_ROWS:
            for row in np.argwhere((rows.view(slope, name) < 0) & (rows.view(rows.high, name) > 0)):
                dual.theta[:] = start
                rows.view(dual.theta, name)[tuple(row)] = rows.view(rows.scale, name)[tuple(row)]
                dual.bound = min(dual.bound, dual.look()[0])
                if self._over():
                    return
        dual.theta[:] = start

    def find(self, rounds: int) -> Plan | None:
        """A plan, if so many more rounds of search meet one."""
        search = self.search
        cost = max(1.0, abs(search.present_score) % MUST)
        for k in range(rounds if search.able else 0):
            search.adopt()
            if search.plan is not None or self.stopped():
                break
            hot, cold = (cost * HOT * (COLD / HOT) ** (n / rounds) for n in (k, k + 1))
            search.advance(ROUND, hot, cold, self.stopped)
        search.adopt()
        if search.plan is None or any(f.breaches for f in check_all(self.case, search.plan)):
            return None
        return search.plan

    def answer(self, steps: int, rounds: int) -> Answer:
        """A proof or a plan: the first plan made, if it holds, then a few steps of each before many of either."""
        if (plan := self.find(0)) is not None:  # without compiled code of the bound to be loaded, about a second
            return Answer(plan)
        if self.prove(FIRST_STEPS):
            return Answer(none=True)
        plan = self.find(FIRST_ROUNDS)
        if plan is None and self.prove(steps):
            return Answer(none=True)
        plan = plan or (self.find(rounds) if rounds else None)
        if plan is None and rounds:  # where money just suffices another beginning may
            plan = Existence(self.case, self.seed + 1, self.stopped).find(2 * rounds)
        return Answer(plan)


def _to_search(case: Case) -> Case:
    """The case with money as its only price, and worth in every exercise: participants are found by it."""
    weekly = sum(case.types[e.type].week_cost for e in case.elements) + sum(q.week_cost for q in case.sets)
    once = sum(x.cost for x in case.exercises) + sum(u.cost for u in case.upgrades)
    return replace(
        case,
        settings=replace(case.settings, cost_price=DEAR * MONEY / max(weekly * case.weeks + once, 1)),
        exercises=tuple(replace(x, value=HELD) for x in case.exercises),
    )
