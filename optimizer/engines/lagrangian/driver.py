"""Search and bound side by side, from the first plan to the stop.

Both sides work in fixed amounts between meeting points, so that the plan depends on case,
seed and effort alone: first the dual runs while a first plan is made; then what it learnt
guides the search while the dual goes on. A stop by clock or by hand ends both early,
and the outcome says so.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

from optimizer.domain import Case, Plan
from optimizer.domain.outcome import Options, Outcome, Progress, Status, StopReason
from optimizer.engines.attest import ENDED
from optimizer.engines.lagrangian.bound.carry import carried
from optimizer.engines.lagrangian.bound.travel import ALONE, NUMBER, of_tree
from optimizer.engines.lagrangian.bound.tree import Tree
from optimizer.engines.lagrangian.effort import WORK
from optimizer.engines.lagrangian.search.anneal import advance
from optimizer.engines.lagrangian.search.team import Team
from optimizer.engines.lagrangian.tables.build import tables
from optimizer.goals import score_all
from optimizer.goals.least import least_score
from optimizer.quantities import same

COMPILING = "compiling the search, once on this machine: a minute or two"


class Run:
    """One solve of ``case``: a dual and one search per worker, each in a thread of its own
    (their kernels release the interpreter)."""

    def __init__(self, case: Case, options: Options):
        self.case, self.options = case, options
        tb = tables(case)
        self.work = WORK[options.effort].fit(tb)
        self.dual = Tree(case, tb)
        if options.proof is not None and options.proof.leaves:
            self.dual.begin(carried(options.proof, case, self.dual.root.lagrangian))
            self.work = self.work.known()
        sought = _near_the_last(case, options.change_price)
        room = tb if sought is case else tables(sought)
        self.team = Team(sought, room, options, self.work, self.report, self.halted)
        self.least = least_score(case)
        self.judged: tuple[Plan | None, float | None] = (None, None)  # the last plan scored as the case is
        self.trail: list[Progress] = []
        self.cut = False  # stopped before the work was done

    def stopped(self) -> bool:
        """Whether clock or user end the run; remembered, for the outcome must say so."""
        self.cut = self.cut or self.options.must_stop
        return self.cut

    def halted(self) -> bool:
        """Whether there is nothing left to search for, or no time."""
        return self.stopped() or self.proven or self.impossible

    @property
    def score(self) -> float | None:
        """The score of the best plan, whatever the search wants for changes besides."""
        best = self.team.best
        if best.plan is None or not self.options.change_price:
            return best.score
        plan, score = self.judged
        if plan is not best.plan:  # asked every few moves, by each thread
            score = sum(score_all(self.case, best.plan).values())
            self.judged = best.plan, score
        return score

    @property
    def bound(self) -> float | None:
        return self.dual.bound if abs(self.dual.bound) != float("inf") else None

    @property
    def proven(self) -> bool:
        score, bound = self.score, self.bound
        return score is not None and bound is not None and same(score, bound)

    @property
    def impossible(self) -> bool:
        """Whether it is proven that there is no plan: the bound lies below whatever a plan scores at least."""
        return self.dual.bound < self.least - 1e-6 * max(1.0, abs(self.least))

    def report(self, stage: str) -> None:
        best = self.team.best
        now = Progress(self.options.elapsed, stage, self.score, self.bound, best.plan)
        self.trail.append(now)
        self.options.progress(now)

    def go(self) -> Outcome:
        self.report("reading done" if advance.known else COMPILING)
        with ThreadPoolExecutor(1) as beside, self.team.pool:
            waiting = beside.submit(self.dual.run, self.work.first, self.halted)
            self.team.first_plan()
            self._wait(waiting)
            self._guide()
            waiting = beside.submit(self.dual.run, self.work.early, self.halted)
            found = self.team.explore(self.dual.shares())
            self._wait(waiting)
            self._guide()
            waiting = beside.submit(self.dual.run, self.work.beside, self.halted)
            self.team.improve(found)
            self._wait(waiting)
        self.report("done")
        return self._outcome()

    def _guide(self) -> None:
        """Let the searches follow what the bound learnt, at a point that does not depend on the clock."""
        for search in self.team.searches:
            search.price_money(self.dual.money_price())
            search.value_participants(self.dual.scarce())
            search.prefer(self.dual.core(), self.dual.bases())

    def _wait(self, waiting: Future[None]) -> None:
        while not waiting.done():
            self.stopped()
            try:
                waiting.result(timeout=1.0)
            except TimeoutError:
                self.report("bound")
        waiting.result()

    def _outcome(self) -> Outcome:
        search, options = self.team.best, self.options
        short = self.cut or self.team.pacing.paced
        if self.impossible:
            status, reason = Status.infeasible, StopReason.proven
        elif self.proven:
            status, reason = Status.optimal, StopReason.proven
        else:
            status = Status.unknown if search.plan is None else Status.feasible
            reason = StopReason.interrupted if options.stopped() else StopReason.time_limit
            reason = reason if short else StopReason.effort
        most = min(ALONE, int(NUMBER * options.checkable(self.case))) if self.cut else ALONE
        proof = of_tree(self.case, self.dual, most) if self.dual.iterations else None
        bound = self.bound
        if bound is not None and proof is not None and status == Status.feasible and not self.cut:
            bound = max(bound, proof.bound)  # nothing is claimed that the answer does not prove
        return Outcome(
            engine="lagrangian",
            status=status,
            stop_reason=reason,
            plan=search.plan,
            score=self.score,
            bound=bound,
            seconds=options.elapsed,
            seed=options.seed,
            effort=options.effort,
            repeatable=not short,
            trail=tuple(self.trail),
            refused=self.team.refused,
            certificate=proof.certificate if proof else None,
            unproven="" if proof else ENDED if self.cut else "its proof is too large to be carried",
            moves=self.team.moves,
        )


def _near_the_last(case: Case, price: float) -> Case:
    """The case with so many more score points for each week and event that differs from its last plan."""
    s = case.settings
    week, event = s.change_price + price, s.change_price_event + price
    return replace(case, settings=replace(s, change_price=week, change_price_event=event)) if price else case


def run(case: Case, options: Options) -> Outcome:
    """Solve ``case`` with the lagrangian engine."""
    if not advance.known:
        options.progress(Progress(options.elapsed, COMPILING, None, None))
    return Run(case, options).go()
