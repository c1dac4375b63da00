"""Why this, why not that: what a decision that a plan does not make would cost, and what one that it makes is worth.

The found side is a plan, searched for from the one in hand with the opposite forced; the proven side is the score in
hand less what no plan with it can exceed. Where neither is there, the answer says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import numpy as np

from optimizer.conflicts import conflicts
from optimizer.domain import Case, Plan
from optimizer.domain.outcome import Options, Progress
from optimizer.domain.reasons import Place, Reason
from optimizer.engines.lagrangian.tables.build import further_lines
from optimizer.errors import Disagreement
from optimizer.goals.least import least_score
from optimizer.insight.blocked import Blocker
from optimizer.insight.finding import Finder, Found, Guide
from optimizer.insight.proving import Prover
from optimizer.insight.questions import Question, cell_of
from optimizer.insight.ranges import Ranges
from optimizer.insight.rounds import ALONE, MANY, WORKERS, Effort, Rounds
from optimizer.insight.trying import Forcer, Try, does
from optimizer.insight.ways import with_lines
from optimizer.quantities import same
from optimizer.report.answers import DEMAND, DRAW, EXERCISE, SET, UNIT, Answer, Blocked, Range
from optimizer.report.changes import changes
from optimizer.verify import verify

FELL = 0.05  # of the gap that forcing a question has to take for more of it to be proven soon
DISPLACED = 12  # changed decisions named
Cells = Callable[[Sequence[Place]], tuple[str, ...]]


class Asker:
    """Answers questions of ``plan``, which holds the rules of ``case`` and is the plan in it (``case.last``).

    ``cells`` names the cells of rows; ``prover``: of the case, if its dual was solved before.
    """

    def __init__(
        self, case: Case, plan: Plan, options: Options, cells: Cells = lambda _: (), prover: Prover | None = None
    ):
        self.case, self.plan, self.options, self.cells = case, plan, options, cells
        self.score = verify(case, plan).score
        self.prover = Prover(case, options) if prover is None else prover
        finder = Finder(options, Guide(self.prover.dual), self.score)
        self.forcer, self.blocker = Forcer(case, plan, self.prover.tables, finder), Blocker(case, plan)
        self.least, self.ranges = least_score(case), Ranges(case, Found(plan, self.score))
        self._known: dict[Question, tuple[Reason, ...]] = {}

    def all(self, questions: Sequence[Question], effort: Effort = MANY) -> tuple[Answer, ...]:
        """Answers in the order of the questions."""
        return tuple(a for a, _ in self.tried(questions, effort))

    def one(self, q: Question, effort: Effort = ALONE) -> tuple[Answer, Found | None]:
        """One answer, with the plan found."""
        ((answer, last),) = self.tried([q], effort)
        return answer, last.found

    def tried(self, questions: Sequence[Question], effort: Effort) -> list[tuple[Answer, Try]]:
        """Answers, and what their searches have come to. What is proven of all comes first, for it takes a moment
        each; then searches side by side, and beside the last of them descents where they promise to prove most."""
        self._said("what is proven of each")
        bounds = [self._bound(q, 0) for q in questions]
        found = Rounds(self.forcer, questions, self.score, lambda i: self._never(questions[i], bounds[i]),
                       self._said, effort.tries)  # fmt: skip
        *early, last = effort.rounds
        with ThreadPoolExecutor(WORKERS) as pool:
            found.first(pool)
            for moves, share in early:
                found.more(pool, moves, share)
            costs = [np.inf if t.found is None else self.score - t.found.score for t in found.best()]
            lower = pool.submit(self._lower, questions, bounds, costs, effort)
            found.more(pool, *last)
            bounds = lower.result()
        self._said("what stands in the way")
        plans = [t.found for t in found.tries if t.found is not None]
        best = found.best()
        told = (self._answer(q, t.found, b) for q, t, b in zip(questions, best, bounds, strict=True))
        return [(replace(a, ranges=self._stays(q, plans)), t) for q, a, t in zip(questions, told, best, strict=True)]

    def _said(self, what: str) -> None:
        self.options.progress(Progress(self.options.elapsed, what, self.score, self.prover.bound))

    def _lower(
        self, questions: Sequence[Question], bounds: Sequence[float | None], costs: Sequence[float], effort: Effort
    ) -> list[float | None]:
        """``bounds`` after descents where more may be proven: those that forcing the question has lowered already,
        and where what was found costs more than is left to the score; the nearest to it first."""
        lowered, gap = list(bounds), self.prover.bound - self.score
        left = [(b - self.score, i) for i, b in enumerate(bounds) if b is not None and b > -np.inf]
        worth = sorted((x, i) for x, i in left if x < min(costs[i], (1 - FELL) * gap))
        for _, i in worth[: effort.descents]:
            if self.options.must_stop:
                break
            lowered[i] = min(x for x in (self._bound(questions[i], effort.steps), bounds[i]) if x is not None)
        return lowered

    def _bound(self, q: Question, steps: int) -> float | None:
        """No plan scores more that answers the question; ``None`` where that is not asked of the bound."""
        p, case = self.prover, self.case
        if q.kind == DEMAND:
            c, k, v = cell_of(case, q)
            return p.meeting((c * len(case.capabilities) + k, v, slice(q.start, q.end)), self.least, steps)
        if q.kind == DRAW or (q.start is None and q.wish and q.kind not in (UNIT, EXERCISE)):
            return None
        if q.kind == UNIT and (q.plain or (q.wish and q.start is None)):  # of somewhere, some time no line tells
            return p.under(p.goes(q.subject, q.wish), steps)
        if q.plain and q.kind == EXERCISE:
            return p.under(p.held(q.subject, q.wish), steps)
        lined = with_lines(case, q.lock())
        return p.of(lined, steps, further_lines(p.tables, lined))

    def _answer(self, q: Question, found: Found | None, bound: float | None) -> Answer:
        if found is not None and bound is not None and bound < found.score and not same(bound, found.score):
            raise Disagreement(
                f"{q.words(self.case)} no plan is said to score above {bound}, yet one scores {found.score}"
            )
        never = found is None and self._never(q, bound)
        reasons = self._conflicts(q) if never and q.kind != DRAW else ()
        cost = None if bound is None or never else self.score - bound
        proven = cost if cost is not None and cost > 0 and not same(cost, 0.0) else None
        blocked = [(b.rule, b.rows, b.text) for b in reasons] or self.blocker.blocked(q)
        subject = f"{q.subject} {q.capability} {q.level}" if q.kind == DEMAND else q.subject
        return Answer(
            q.kind, q.wish, subject, q.place, self._day(q.start), self._day(q.end), q.words(self.case),
            None if found is None else self.score - found.score, proven,
            () if found is None else self._displaced(found.plan),
            tuple(Blocked(rule, self.cells(rows), text) for rule, rows, text in blocked), never,
        )  # fmt: skip

    def _stays(self, q: Question, plans: Sequence[Found]) -> tuple[Range, ...]:
        """Where the plan in hand stays ahead of all plans found that decide what is asked about the other way."""
        if q.kind == DEMAND:  # nothing that a plan decides
            return ()
        return self.ranges.stays(f for f in dict.fromkeys(plans) if does(self.case, q, f.plan))

    def _never(self, q: Question, bound: float | None) -> bool:
        """Whether it is proven that no plan does what a question asks for."""
        if bound is not None and bound < self.least - 1e-6 * max(1.0, abs(self.least)):
            return True
        return self.forcer.ways.first_use(q.subject) is None if q.kind == DRAW else bool(self._conflicts(q))

    def _conflicts(self, q: Question) -> tuple[Reason, ...]:
        """Rows that cannot hold together with what is asked for, where a line says what that is."""
        if q.kind == DEMAND or (q.wish and q.start is None and q.kind in (UNIT, SET)):
            return ()
        if q not in self._known:
            self._known[q] = conflicts(with_lines(self.case, q.lock()))
        return self._known[q]

    def _day(self, week: int | None) -> date | None:
        return None if week is None else self.case.calendar.monday(week)

    def _displaced(self, plan: Plan) -> tuple[str, ...]:
        """What changes, what goes first."""
        made = [c for c in changes((self.case, self.plan), (self.case, plan)) if c.change != "kept"]
        order = {"dropped": 0, "moved": 1, "new": 2}
        made.sort(key=lambda c: order.get(c.change, 3))
        told = [f"{c.kind} {c.subject}: {c.text}" for c in made[:DISPLACED]]
        return (*told, f"and {len(made) - DISPLACED} more") if len(made) > DISPLACED else tuple(told)
