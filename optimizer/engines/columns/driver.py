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
from optimizer.engines.columns.search import Search
from optimizer.engines.columns.tables import Tables, names, tables
from optimizer.engines.outcome import Options, Outcome, Progress

ROUNDS = 25
HOT, COLD = 2e-3, 5e-5  # temperatures as shares of the score


@dataclass(frozen=True)
class Work:
    """Amounts per effort: dual iterations before and beside the search, search moves."""

    first: int
    beside: int
    moves: int

    def fit(self, tb: Tables) -> Work:
        """Fewer moves on larger cases, where each is dearer (at least one per round)."""
        size = len(tb.el_unit) * len(tb.places) * tb.weeks / 150_000
        return Work(self.first, self.beside, max(ROUNDS, int(self.moves / max(1.0, size**0.7))))


WORK = {"quick": Work(60, 120, 400), "standard": Work(150, 1000, 8_000), "thorough": Work(150, 6000, 60_000)}


class Run:
    """One solve of ``case``."""

    def __init__(self, case: Case, options: Options):
        self.case, self.options = case, options
        tb = tables(case)
        self.work = WORK[options.effort].fit(tb)
        self.dual = Dual(case, tb)
        self.search = Search(case, tb, names(case), options.seed)
        self.trail: list[Progress] = []
        self.cut = False  # stopped before the work was done

    def stopped(self) -> bool:
        """Whether clock or user end the run; remembered, for the outcome must say so."""
        self.cut = self.cut or self.options.must_stop
        return self.cut

    @property
    def bound(self) -> float | None:
        return self.dual.bound if abs(self.dual.bound) != float("inf") else None

    def report(self, stage: str) -> None:
        now = Progress(self.options.elapsed, stage, self.search.score, self.bound)
        self.trail.append(now)
        self.options.progress(now)

    @property
    def proven(self) -> bool:
        score, bound = self.search.score, self.bound
        return score is not None and bound is not None and bound - score <= 1e-6 * max(1.0, abs(score))

    def go(self) -> Outcome:
        self.report("reading done")
        with ThreadPoolExecutor(1) as beside:
            waiting = beside.submit(self.dual.run, self.work.first, self.stopped)
            self._first_plan()
            self._wait(waiting)
            self.search.price_money(self.dual.money_price())
            waiting = beside.submit(self.dual.run, self.work.beside, self.stopped)
            self._improve()
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

    def _first_plan(self) -> None:
        self.search.construct()
        self.search.adopt()
        self.report("first plan")
        for _ in range(4):
            if self.search.plan is not None or self.stopped():
                return
            self._anneal(max(self.work.moves // 50, 5), HOT, HOT / 2)
            self.report("first plan")

    def _improve(self) -> None:
        """Anneal in rounds, then once more from the best plan at a low temperature."""
        heat = (COLD / HOT) ** (1 / ROUNDS)
        for k in range(ROUNDS):
            self._anneal(self.work.moves // (ROUNDS + 5), HOT * heat**k, HOT * heat ** (k + 1))
            self.report("search")
            if self.stopped() or self.proven:
                return
        self.search.restart()
        self._anneal(self.work.moves // 6, COLD, COLD / 10)

    def _anneal(self, moves: int, hot: float, cold: float) -> None:
        scale = max(abs(self.search.score or self.search.best_score % 1e7), 1.0) if self.search.shop else 1.0
        self.search.advance(moves, hot * scale, cold * scale, self.stopped)
        self.search.adopt()

    def _outcome(self) -> Outcome:
        search, options = self.search, self.options
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
