"""Search and bound side by side, from the first plan to the stop.

Both sides work in fixed amounts between meeting points, so that the plan depends on case,
seed and effort alone: first the dual runs while a first plan is made; then its price of
money guides the search while the dual goes on. A stop by clock or by hand ends both early,
and the outcome says so.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from optimizer.domain import Case
from optimizer.engines.columns.bound import Dual
from optimizer.engines.columns.locks import MUST
from optimizer.engines.columns.search import Search
from optimizer.engines.columns.tables import Tables, names, tables
from optimizer.engines.outcome import Options, Outcome, Progress

ROUNDS = 24
SHARE = 6  # rounds between the searches' looking at one another
HOT, COLD = 1.2e-2, 1e-4  # temperatures as shares of the score


@dataclass(frozen=True)
class Work:
    """Amounts per effort: dual iterations before and beside the search, search moves."""

    first: int
    beside: int
    moves: int

    def fit(self, tb: Tables) -> Work:
        """Fewer moves on larger cases, where each is dearer, and more on small ones."""
        size = max(len(tb.el_unit) * len(tb.places) * tb.weeks, 1) / 150_000
        moves = int(self.moves / min(max(size**0.7, 0.1), 1e3))
        return Work(self.first, self.beside, max(ROUNDS, moves))


WORK = {"quick": Work(60, 120, 700), "standard": Work(150, 600, 10_000), "thorough": Work(150, 3000, 120_000)}


class Run:
    """One solve of ``case``: a dual and one search per worker, each in a thread of its own
    (their kernels release the interpreter)."""

    def __init__(self, case: Case, options: Options):
        self.case, self.options = case, options
        tb, ids = tables(case), names(case)
        self.work = WORK[options.effort].fit(tb)
        self.dual = Dual(case, tb)
        self.searches = [Search(case, tb, ids, options.seed * 1009 + i) for i in range(max(options.workers, 1))]
        self.trail: list[Progress] = []
        self.cut = False  # stopped before the work was done

    def stopped(self) -> bool:
        """Whether clock or user end the run; remembered, for the outcome must say so."""
        self.cut = self.cut or self.options.must_stop
        return self.cut

    @property
    def best(self) -> Search:
        """The search with the best checked plan (the best state while there is none)."""
        return max(self.searches, key=lambda s: (s.plan is not None, s.score or 0.0, s.best_score))

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
            for search in self.searches:
                search.price_money(self.dual.money_price())
            waiting = beside.submit(self.dual.run, self.work.beside, self.stopped)
            self._improve(pool)
            self._wait(waiting)
        self.report("done")
        return self._outcome()

    def _wait(self, waiting: Future[None]) -> None:
        while not waiting.done():
            self.stopped()
            try:
                waiting.result(timeout=1.0)
            except TimeoutError:
                self.report("bound")
        waiting.result()

    def _first_plan(self, pool: ThreadPoolExecutor) -> None:
        first = self.searches[0]  # alone, for the first plan is wanted soon
        first.construct()
        first.adopt()
        self.report("first plan")
        list(pool.map(Search.construct, self.searches[1:]))
        for _ in range(8):
            if first.plan is not None or self.stopped():
                return
            self._anneal(pool, max(self.work.moves // 100, 5), HOT, HOT / 2)
            self.report("first plan")

    def _improve(self, pool: ThreadPoolExecutor) -> None:
        """Anneal in rounds, then once more from the best plan at a low temperature. Now and
        then a search that has fallen behind goes on from the best state of all."""
        heat = (COLD / HOT) ** (1 / ROUNDS)
        for k in range(ROUNDS):
            self._anneal(pool, self.work.moves // (ROUNDS + 5), HOT * heat**k, HOT * heat ** (k + 1))
            self.report("search")
            if self.stopped() or self.proven:
                return
            if k % SHARE == SHARE - 1:
                self._share()
        self._share()
        for search in self.searches:
            search.restart()
        self._anneal(pool, self.work.moves // 6, COLD, COLD / 10)

    def _share(self) -> None:
        best = self.best
        for search in self.searches:
            if search is not best:
                search.follow(best)

    def _anneal(self, pool: ThreadPoolExecutor, moves: int, hot: float, cold: float) -> None:
        found = [abs(s.score) for s in self.searches if s.score is not None]
        scale = max([1.0, *found]) if found else max(1.0, *(abs(s.best_score) % MUST for s in self.searches))
        work = [pool.submit(s.advance, moves, hot * scale, cold * scale, self.stopped) for s in self.searches]
        for done in work:
            done.result()
        for search in self.searches:
            search.adopt()

    def _outcome(self) -> Outcome:
        search, options = self.best, self.options
        if self.dual.bound == -float("inf"):
            status, reason = "infeasible", "proven"
        elif self.proven:
            status, reason = "optimal", "proven"
        else:
            status = "unknown" if search.plan is None else "feasible"
            reason = "effort" if not self.cut else "interrupted" if options.stopped() else "time limit"
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
            repeatable=not self.cut,
            trail=tuple(self.trail),
        )


def run(case: Case, options: Options) -> Outcome:
    """Solve ``case`` with the columns engine."""
    return Run(case, options).go()
