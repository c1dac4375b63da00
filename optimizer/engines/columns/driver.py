"""Search and bound side by side, from the first plan to the stop.

Both sides work in fixed amounts between meeting points, so that the plan depends on case,
seed and effort alone: first the dual runs while a first plan is made; then its price of
money guides the search while the dual goes on. A stop by clock or by hand ends both early,
and the outcome says so.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from optimizer.domain import Case
from optimizer.engines.columns.basins import EAGER, Basins, Found
from optimizer.engines.columns.bound_tree import Tree
from optimizer.engines.columns.locks import MUST
from optimizer.engines.columns.search import Search
from optimizer.engines.columns.tables import Tables, names, tables
from optimizer.engines.outcome import Options, Outcome, Progress

HOT, WARM, COOL, COLD = 3e-3, 1.5e-3, 3e-4, 3e-5  # temperatures as shares of the score
BASINS, CONSTRUCTIONS = 8, 6  # basins per search; plans made from nothing to begin one
ROUNDS = 4  # looks at the best plan during a descent
CHOSEN = 2  # basins that each search goes on with
CHOOSE = 0.13  # share of the moves for each of them
DESCENTS = (0.28, 0.28)  # shares of the moves for the descents from the best of all
DEEP = ((0.62, 1e-3), (0.2, 3e-4))  # shares and heat of the descents where there are no basins to choose from
EXPLORE = 0.18  # share of the moves for the basins
FIT = 0.93  # share of the time left that moves are planned for


@dataclass(frozen=True)
class Work:
    """Amounts per effort: dual iterations before the search, beside its exploration (which waits for them) and
    beside its descents; moves of each search."""

    first: int
    early: int
    beside: int
    moves: int

    def fit(self, tb: Tables) -> Work:
        """Less work on larger cases, where each step is dearer, and more moves on small ones."""
        size = max(len(tb.places) * tb.weeks, 1) / 1_400
        slow = max(1.0, size**0.5)
        moves = max(BASINS * 8, int(self.moves / min(max(size**0.8, 0.2), 1e3)))
        return Work(max(60, int(self.first / slow)), int(self.early / slow), int(self.beside / slow), moves)


WORK = {
    "quick": Work(100, 50, 100, 4_000),
    "standard": Work(150, 800, 1_600, 60_000),
    "thorough": Work(150, 1_200, 20_000, 500_000),
}


class Run:
    """One solve of ``case``: a dual and one search per worker, each in a thread of its own
    (their kernels release the interpreter)."""

    def __init__(self, case: Case, options: Options):
        self.case, self.options = case, options
        self.tb = tb = tables(case)
        ids = names(case)
        self.work = WORK[options.effort].fit(tb)
        self.dual = Tree(case, tb)
        self.searches = [Search(case, tb, ids, options.seed * 1009 + i) for i in range(max(options.workers, 1))]
        self.trail: list[Progress] = []
        self.cut = False  # stopped before the work was done
        self.paced = False  # the work was cut to fit the clock
        self.moves, self.pace = self.work.moves, 0.0  # of each search; seconds a move

    def stopped(self) -> bool:
        """Whether clock or user end the run; remembered, for the outcome must say so."""
        self.cut = self.cut or self.options.must_stop
        return self.cut

    @property
    def best(self) -> Search:
        """The search with the best checked plan (the best state while there is none)."""
        return max(self.searches, key=lambda s: (-np.inf if s.score is None else s.score, s.best_score))

    @property
    def bound(self) -> float | None:
        return self.dual.bound if abs(self.dual.bound) != float("inf") else None

    def report(self, stage: str) -> None:
        now = Progress(self.options.elapsed, stage, self.best.score, self.bound)
        self.trail.append(now)
        self.options.progress(now)

    @property
    def proven(self) -> bool:
        score, bound = self.best.score, self.bound
        return score is not None and bound is not None and bound - score <= 1e-6 * max(1.0, abs(score))

    def go(self) -> Outcome:
        self.report("reading done")
        with ThreadPoolExecutor(1) as beside, ThreadPoolExecutor(len(self.searches)) as pool:
            waiting = beside.submit(self.dual.run, self.work.first, self.stopped)
            self._first_plan(pool)
            self._wait(waiting)
            self._guide()
            waiting = beside.submit(self.dual.run, self.work.early, self.stopped)
            found = self._explore(pool)
            self._wait(waiting)
            self._guide()
            waiting = beside.submit(self.dual.run, self.work.beside, self.stopped)
            self._improve(pool, found)
            self._wait(waiting)
        self.report("done")
        return self._outcome()

    def _guide(self) -> None:
        """Let the searches follow the bound's prices, at a point that does not depend on the clock."""
        for search in self.searches:
            search.price_money(self.dual.money_price())
            search.value_participants(self.dual.scarce())
            search.prefer(self.dual.core())

    def _wait(self, waiting: Future[None]) -> None:
        while not waiting.done():
            self.stopped()
            try:
                waiting.result(timeout=1.0)
            except TimeoutError:
                self.report("bound")
        waiting.result()

    def _each(self, pool: ThreadPoolExecutor, work: Callable[[int, Search], None]) -> None:
        """Do ``work`` for every search at once, then look at what was found."""
        for done in [pool.submit(work, i, s) for i, s in enumerate(self.searches)]:
            done.result()
        for search in self.searches:
            search.adopt()

    def _scale(self) -> float:
        """The size of a score, in which temperatures are measured."""
        found = [abs(s.score) for s in self.searches if s.score is not None]
        return max([1.0, *found]) if found else max(1.0, *(abs(s.best_score) % MUST for s in self.searches))

    def _first_plan(self, pool: ThreadPoolExecutor) -> None:
        first = self.searches[0]  # alone, for the first plan is wanted soon
        first.construct()
        first.adopt()
        self.report("first plan")
        self._each(pool, lambda i, s: s.construct() if i else None)
        for _ in range(8):
            if self.best.plan is not None or self.stopped():
                return
            self._anneal(pool, max(self.work.moves // 100, 5), HOT, WARM)
            self.report("first plan")

    def _anneal(self, pool: ThreadPoolExecutor, moves: int, hot: float, cold: float) -> None:
        """Advance every search; temperatures are shares of the score."""
        scale = self._scale()
        self._each(pool, lambda _, s: s.advance(moves, hot * scale, cold * scale, self.stopped))

    def _explore(self, pool: ThreadPoolExecutor) -> list[Found]:
        """Explore basins by short descents; what was found, the best first."""
        if not all(s.able for s in self.searches):  # the sets cannot be laid out
            return []
        scale, shares, seed = self._scale(), self.dual.shares(), self.options.seed * 1009
        basins = [Basins(s, self.tb, shares, scale, seed + i) for i, s in enumerate(self.searches)]
        if not basins[0].large.any():
            self._anneal_for_now(pool)
            return []
        each = max(1, int(EXPLORE * self.moves) // BASINS)
        constructions = min(CONSTRUCTIONS, max(1, each // (3 * max(len(shares), 1))))

        def explore(i: int, search: Search) -> None:
            lean = basins[i].begin(constructions)
            search.advance(each, HOT * scale, COOL * scale, self.stopped)
            basins[i].end(lean)

        for k in range(BASINS):
            if self.stopped():
                break
            began = self.options.elapsed
            self._each(pool, explore)
            self.report("explore")
            self.pace = (self.options.elapsed - began) / each
            if k == 1 and self._affordable() < self.moves:  # the first may have had to compile
                self.paced, self.moves = True, int(self._affordable())
                each = max(1, int(EXPLORE * self.moves) // BASINS)
        return sorted((f for b in basins for f in b.found), key=lambda f: -f.score)

    def _anneal_for_now(self, pool: ThreadPoolExecutor) -> None:
        """Improve the first plan while the bound is not yet a guide."""
        moves = max(ROUNDS, int(EXPLORE * self.moves))
        for k in range(ROUNDS):
            began = self.options.elapsed
            self._anneal(pool, moves // ROUNDS, WARM, WARM)
            self.report("explore")
            if self.stopped() or self.proven:
                return
            self.pace = (self.options.elapsed - began) / (moves // ROUNDS)
            if k == 1 and self._affordable() < self.moves:  # the first may have had to compile
                self.paced, self.moves = True, int(self._affordable())
                moves = max(ROUNDS, int(EXPLORE * self.moves))

    def _choose(self, pool: ThreadPoolExecutor, found: list[Found]) -> None:
        """Descend in the best basins, different draws as far as there are, and go on from the best."""
        best_of = {f.lean.tobytes(): f for f in reversed(found)}
        differ = sorted(best_of.values(), key=lambda f: -f.score)
        chosen = (differ + found)[: CHOSEN * len(self.searches)]
        ended: list[Found] = []
        for k in range(0, len(chosen), len(self.searches)):
            mine = chosen[k : k + len(self.searches)]
            for search, basin in zip(self.searches, mine, strict=False):
                search.lean(basin.lean)
                search.resume(basin.state)
            self._descend(pool, CHOOSE, (CHOSEN - k // len(self.searches)) * CHOOSE + sum(DESCENTS), HOT)
            ended += [Found(s.best_score, s.snapshot(), b.lean) for s, b in zip(self.searches, mine, strict=False)]
            if self.stopped() or self.proven:
                return
        best = max(ended, key=lambda f: f.score)
        for search in self.searches:
            search.lean(np.zeros(len(self.tb.std)))
            search.resume(best.state)

    def _improve(self, pool: ThreadPoolExecutor, found: list[Found]) -> None:
        """Descend in some basins, or from plans made of what the bound chose, then from the best plan. Where
        the clock would end the descents before they are cold they are shortened; the plan then depends on
        the clock."""
        if self.stopped() or self.proven or not all(s.able for s in self.searches):
            return
        descents = [(share, WARM) for share in DESCENTS]
        if found:
            self._choose(pool, found)
        else:
            descents = list(DEEP)
            self._each(pool, lambda _, s: self._from_core(s))
        for k, (share, hot) in enumerate(descents):
            if self.stopped() or self.proven:
                return
            best = max(self.searches, key=lambda s: s.best_score)
            for search in self.searches if found or k else []:
                search.follow(best)
            self._descend(pool, share, sum(x for x, _ in descents[k:]), hot)

    def _from_core(self, search: Search) -> None:
        """Go on from the best of some plans made of the intervals that the bound chose."""
        search.forget()
        for eager in np.linspace(*EAGER, CONSTRUCTIONS):
            search.construct(float(eager), only_core=True)
        search.restart()

    def _affordable(self) -> float:
        """Moves that the time left is enough for at the present pace."""
        return FIT * self.options.time_left / max(self.pace, 1e-6)

    def _descend(self, pool: ThreadPoolExecutor, share: float, left: float, hot: float) -> None:
        """One descent of every search from where it is, with ``share`` of the moves, of which ``left``
        are still to come."""
        if self.paced:
            self.moves = min(self.work.moves, int(self._affordable() / left))
        began, moves = self.options.elapsed, max(ROUNDS, int(share * self.moves))
        fall = (COLD / hot) ** (1 / ROUNDS)
        for k in range(ROUNDS):
            self._anneal(pool, moves // ROUNDS, hot * fall**k, hot * fall ** (k + 1))
            self.report("search")
            if self.stopped() or self.proven:
                return
        self.pace = (self.options.elapsed - began) / moves

    def _outcome(self) -> Outcome:
        search, options = self.best, self.options
        if self.dual.bound == -float("inf"):
            status, reason = "infeasible", "proven"
        elif self.proven:
            status, reason = "optimal", "proven"
        else:
            status = "unknown" if search.plan is None else "feasible"
            short = self.cut or self.paced
            reason = "effort" if not short else "interrupted" if options.stopped() else "time limit"
        return Outcome(
            engine="columns",
            status=status,
            stop_reason=reason,
            plan=search.plan,
            score=search.score,
            bound=self.bound,
            seconds=options.elapsed,
            seed=options.seed,
            effort=options.effort,
            repeatable=not (self.cut or self.paced),
            trail=tuple(self.trail),
        )


def run(case: Case, options: Options) -> Outcome:
    """Solve ``case`` with the columns engine."""
    return Run(case, options).go()
