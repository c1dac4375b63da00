"""What can be found: plans of a changed case, searched for from the plan in hand.

Nothing here is proven but that the plans hold the rules: a better one may well exist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from optimizer.domain import Case, Plan
from optimizer.domain.outcome import Options
from optimizer.engines.lagrangian.bound.dual import Dual
from optimizer.engines.lagrangian.search.cooling import stretches
from optimizer.engines.lagrangian.search.plans import plan_of
from optimizer.engines.lagrangian.search.search import Search
from optimizer.engines.lagrangian.tables.build import names, tables
from optimizer.engines.lagrangian.tables.records import Tables

LOOKS, STRETCH = 4, 120  # times a search is looked up at, at most, and moves between, at least
ENOUGH = 60  # iterations of a dual from which on its choices tell where to look
HOT, COLD = 2e-4, 3e-5  # of the score: temperatures of a search that begins from a plan


@dataclass(frozen=True)
class Found:
    """A plan that holds every rule of the case asked about, and its score."""

    plan: Plan
    score: float


class Guide:
    """What a dual learnt, for searches in its case and in cases much like it; taken down once, so that searches
    and dual may go on side by side."""

    def __init__(self, dual: Dual):
        self.money, self.scarce, self.core, self.bases = dual.money_price(), dual.scarce(), dual.core(), dual.bases()
        self.seen = dual.iterations >= ENOUGH

    def lead(self, search: Search, tb: Tables) -> None:
        """Guide a search, as far as its case has the same lines, needs, intervals and sites."""
        if self.money.shape == tb.amount.shape:
            search.price_money(self.money)
        if self.scarce.shape == tb.need_count.shape:
            search.value_participants(self.scarce)
        if self.seen and self.core.shape == tb.iv_a.shape and self.bases.shape == (len(tb.std), len(tb.places)):
            search.prefer(self.core, self.bases)


class Finder:
    """Searches from plans in hand. ``scale``: the size of a score, for temperatures."""

    def __init__(self, options: Options, guide: Guide | None, scale: float):
        self.options, self.guide, self.scale = options, guide, max(1.0, abs(scale))

    def search(self, case: Case, start: Plan, tb: Tables | None = None, apart: int = 0) -> Search:
        """A search in ``case`` from ``start``, made to hold its rules as far as can be; ``apart`` tells searches from
        one another that differ in nothing but chance."""
        tb = tables(case) if tb is None else tb
        search = Search(case, tb, names(case), self.options.seed + apart, start)
        if self.guide is not None:
            self.guide.lead(search, tb)
        search.seat()
        return search

    def best(
        self, case: Case, starts: Iterable[Plan], moves: int, enough: float = np.inf, tb: Tables | None = None
    ) -> Found | None:
        """The best plan of ``case`` found with ``moves`` moves from each start, fewer once one scores ``enough``."""
        found: Found | None = None
        for start in starts:
            search = self.search(case, start, tb)
            for _ in self._descent(search, moves):
                search.adopt()
                if search.score is not None and search.score >= enough:
                    break
            if search.plan is not None and search.score is not None and (found is None or search.score > found.score):
                found = Found(search.plan, search.score)
        return found

    def judged(
        self, case: Case, start: Plan, moves: int, judge: Callable[[Plan], Found | None], tb: Tables, apart: int = 0
    ) -> Found | None:
        """The plan that ``judge`` values most of those that one search in ``case`` looks up at; ``judge`` says
        ``None`` of what does not count."""
        search, ids, told = self.search(case, start, tb, apart), names(case), dict[Plan, Found | None]()
        if not search.able:  # the sets cannot be laid out by the search
            return None
        for _ in self._descent(search, moves):
            plan = plan_of(case, tb, ids, search.best)
            if plan not in told:
                told[plan] = judge(plan)
        return max((f for f in told.values() if f is not None), key=lambda f: f.score, default=None)

    def _descent(self, search: Search, moves: int) -> Iterator[None]:
        """Make ``moves`` moves while it cools; comes back before them and after each stretch of them."""
        yield
        n = min(LOOKS, max(1, moves // STRETCH))
        sizes = [moves * (k + 1) // n - moves * k // n for k in range(n)]
        for size, (hot, cold) in zip(sizes, stretches(HOT * self.scale, COLD * self.scale, n), strict=True):
            if self.options.must_stop or not size:
                return
            search.advance(size, hot, cold, lambda: self.options.must_stop)
            yield
