"""Plans with something forced: first brought about at any price, then searched from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from optimizer.domain import Case, Plan
from optimizer.domain.supply import supply
from optimizer.engines.lagrangian.tables.records import Tables
from optimizer.goals import score_all
from optimizer.insight.demanded import met
from optimizer.insight.finding import Finder, Found
from optimizer.insight.questions import Question
from optimizer.insight.ways import Way, Ways
from optimizer.report.answers import DEMAND, DRAW, EXERCISE, UNIT
from optimizer.rules import check_all
from optimizer.rules.locks.truth import EVENTS, happens, truth

FIRST = 96  # moves in which a plan with what is forced has to turn up
WAYS = 6  # ways to force it that are tried at least, if there are so many


@dataclass(frozen=True)
class Try:
    """What a question has come to: the best plan with what it asks for, if any, the way to look for better, and the
    moves made; ``apart``: which of several tries of the same question."""

    found: Found | None = None
    way: Way | None = None
    moves: int = 0
    apart: int = 0


class Forcer:
    """Finds plans of ``case`` from ``plan``, whose tables are ``tb``. May serve many threads at once."""

    def __init__(self, case: Case, plan: Plan, tb: Tables, finder: Finder):
        self.case, self.plan, self.finder = case, plan, finder
        self.ways = Ways(case, plan, tb, finder.scale)

    def first(self, q: Question, moves: int = FIRST, apart: int = 0) -> Try:
        """The best of the first ways to force what is asked for, or the first that leads to a plan at all; ``moves``
        moves each."""
        best = Try(apart=apart)
        for n, way in enumerate(self.ways.of(q), 1):
            found = self._searched(q, way, self.plan, moves, apart)
            if best.way is None or (found is not None and (best.found is None or found.score > best.found.score)):
                best = replace(best, found=found, way=way if found is None else way.after or way)
            best = replace(best, moves=n * moves)
            enough = n >= WAYS or (q.plain and q.kind == EXERCISE)
            if (best.found is not None and enough) or self.finder.options.must_stop:
                break
        return best

    def on(self, q: Question, t: Try, moves: int) -> Try:
        """The same after ``moves`` moves more, from the best plan so far; where there is none, from the beginning."""
        if t.found is None:
            again = self.first(q, moves, t.apart)
            return replace(again, moves=t.moves + again.moves)
        if t.way is None:
            return t
        found = self._searched(q, t.way, t.found.plan, moves, t.apart)
        better = t.found if found is None or found.score <= t.found.score else found
        return replace(t, found=better, moves=t.moves + moves)

    def _searched(self, q: Question, way: Way, start: Plan, moves: int, apart: int) -> Found | None:
        return self.finder.judged(way.case, start, moves, lambda plan: self.judged(q, plan), way.tables(), apart)

    def judged(self, q: Question, plan: Plan) -> Found | None:
        """The plan with its score in the case itself, whose rules it has to hold; ``None`` if it does not do what is
        asked for."""
        if not does(self.case, q, plan) or any(f.breaches for f in check_all(self.case, plan)):
            return None
        return Found(plan, sum(score_all(self.case, plan).values()))


def does(case: Case, q: Question, plan: Plan) -> bool:
    """Whether a plan of ``case`` does what a question asks for (or does without, if that is the question)."""
    if q.kind == DEMAND:
        return met(case, q, supply(case, plan))
    if q.kind == DRAW:
        rotations = (p.set_id for r in plan.rotations for p in r.postings)
        return q.subject in {*rotations, *(p.set_id for r in plan.runs for p in r.participants)}
    line = q.lock()
    if line.kind in EVENTS:
        return (happens(case, plan, line) is not None) == q.wish
    there = truth(case, plan, line)
    if q.wish and q.start is None:  # at any time, beside what is under way
        for r in case.underway:
            if q.kind == UNIT and r.unit == q.subject:
                there[max(r.arrive, 0) : max(r.depart, 0)] = False
        return bool(there.any())
    span = there[line.start : line.end]
    return bool(span.all() if q.wish else not span.any())
