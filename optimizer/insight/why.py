"""Why this, why not that: what a decision that a plan does not make would cost, and what one that it makes is worth.

The found side is a plan, searched for from the one in hand with the opposite forced; the proven side is the score in
hand less what no plan with it can exceed. Where neither is there, the answer says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from optimizer.conflicts import conflicts
from optimizer.domain import Case, Plan
from optimizer.domain.outcome import Options, Progress
from optimizer.domain.reasons import Place, Reason
from optimizer.errors import Disagreement
from optimizer.goals.least import least_score
from optimizer.insight.blocked import Blocker
from optimizer.insight.finding import Finder, Found, Guide
from optimizer.insight.proving import Prover
from optimizer.insight.questions import Question
from optimizer.insight.trying import Forcer, with_lines
from optimizer.quantities import same
from optimizer.report.answers import DEMAND, DRAW, EXERCISE, SET, UNIT, Answer, Blocked
from optimizer.report.changes import changes
from optimizer.verify import verify

MOVES, BRIEF = 480, 96  # for what a plan leaves out, and for what it decides
STEPS = 20  # of descent for the proven side
DISPLACED = 12  # changed decisions named
WORKERS = 2
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
        self.least = least_score(case)

    def all(self, questions: Sequence[Question], moves: int = MOVES, steps: int = STEPS) -> tuple[Answer, ...]:
        """Answers in the order of the questions: plans are searched for side by side, proofs meanwhile."""
        with ThreadPoolExecutor(WORKERS) as pool:
            waiting = [pool.submit(self.forcer.found, q, moves if q.wish else BRIEF) for q in questions]
            told = []
            for i, (q, found) in enumerate(zip(questions, waiting, strict=True), 1):
                bound = self._bound(q, steps if q.wish else 0)
                told.append(self._answer(q, found.result(), bound))
                said = f"{i} of {len(questions)} questions answered"
                self.options.progress(Progress(self.options.elapsed, said, self.score, self.prover.bound))
        return tuple(told)

    def one(self, q: Question, moves: int = 2 * MOVES, steps: int = 2 * STEPS) -> tuple[Answer, Found | None]:
        """One answer, with the plan found."""
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(self.forcer.found, q, moves)
            bound = self._bound(q, steps)
            found = waiting.result()
        return self._answer(q, found, bound), found

    def _bound(self, q: Question, steps: int) -> float | None:
        """No plan scores more that answers the question; ``None`` where that is not asked of the bound."""
        p, case = self.prover, self.case
        if q.kind == DEMAND:
            c, k, v = (
                [x.id for x in table].index(i)
                for table, i in ((case.countries, q.subject), (case.capabilities, q.capability), (case.levels, q.level))
            )
            return p.meeting((c * len(case.capabilities) + k, v, slice(q.start, q.end)), steps // 3)
        if q.kind == DRAW or (q.start is None and q.wish and q.kind not in (UNIT, EXERCISE)):
            return None
        if q.kind == UNIT and (q.plain or (q.wish and q.start is None)):  # of somewhere, some time no line tells
            return p.under(p.goes(q.subject, q.wish), steps)
        if q.plain and q.kind == EXERCISE:
            return p.under(p.held(q.subject, q.wish), steps)
        return p.of(with_lines(case, q.lock()), steps)

    def _answer(self, q: Question, found: Found | None, bound: float | None) -> Answer:
        if found is not None and bound is not None and bound < found.score and not same(bound, found.score):
            raise Disagreement(
                f"{q.words(self.case)} no plan is said to score above {bound}, yet one scores {found.score}"
            )
        never, reasons = self._never(q, bound) if found is None else (False, ())
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

    def _never(self, q: Question, bound: float | None) -> tuple[bool, tuple[Reason, ...]]:
        """Whether it is proven that no plan answers the question, and why if that is known."""
        if q.kind == DRAW:
            return self.forcer.first_use(q.subject) is None, ()
        never = bound is not None and bound < self.least - 1e-6 * max(1.0, abs(self.least))
        why: tuple[Reason, ...] = ()
        if q.kind != DEMAND and not (q.wish and q.start is None and q.kind in (UNIT, SET)):
            why = conflicts(with_lines(self.case, q.lock()))
        return never or bool(why), why

    def _day(self, week: int | None) -> date | None:
        return None if week is None else self.case.calendar.monday(week)

    def _displaced(self, plan: Plan) -> tuple[str, ...]:
        """What changes, what goes first."""
        made = [c for c in changes((self.case, self.plan), (self.case, plan)) if c.change != "kept"]
        order = {"dropped": 0, "moved": 1, "new": 2}
        made.sort(key=lambda c: order.get(c.change, 3))
        told = [f"{c.kind} {c.subject}: {c.text}" for c in made[:DISPLACED]]
        return (*told, f"and {len(made) - DISPLACED} more") if len(made) > DISPLACED else tuple(told)
