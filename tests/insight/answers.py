"""Re-solve answers about a plan: ``python -m tests.insight.answers PLAN [--runs N] [--times 20]``.

All that a plan leaves out and decides is answered as ``explain`` does. Of every kind in turn answers are then searched
for again with so many times the moves, from the plan in hand and from the plan that was found. Nothing found may cost
less than what was proven, and nine in ten should not cost less than what was found by more than 15 points, beyond what
as many moves gain without any question.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from functools import cache, partial
from itertools import chain, zip_longest
from pathlib import Path
from time import process_time

from optimizer.domain import Plan
from optimizer.domain.outcome import Options
from optimizer.engines.lagrangian.tables.build import tables
from optimizer.insight.finding import Found
from optimizer.insight.questions import Question, decided, left_out
from optimizer.insight.rounds import MANY
from optimizer.insight.trying import Try
from optimizer.insight.why import Asker
from optimizer.verify import verify
from optimizer.workbook.reader import read_for_verifying
from optimizer.workflow.explaining import GAPS

NEAR = 15.0  # points


def in_turn(questions: list[Question]) -> list[Question]:
    """One of each kind, then another of each, and so on."""
    kinds: dict[tuple[str, bool], list[Question]] = defaultdict(list)
    for q in questions:
        kinds[q.kind, q.wish].append(q)
    return [q for q in chain(*zip_longest(*kinds.values())) if q is not None]


def longer(asker: Asker, q: Question, known: Try, times: int) -> float | None:
    """What it costs at most after ``times`` times the moves."""
    moves = times * known.moves
    found = [asker.forcer.on(q, Try(way=known.way), moves).found, asker.forcer.on(q, known, moves).found]
    scores = [f.score for f in found if f is not None]
    return asker.score - max(scores) if scores else None


def unasked(asker: Asker, moves: int) -> float:
    """What so many moves gain where nothing is asked for."""
    forcer = asker.forcer

    def judge(plan: Plan) -> Found | None:
        verdict = verify(asker.case, plan)
        return Found(plan, verdict.score) if verdict.ok else None

    found = forcer.finder.judged(forcer.ways.case, asker.plan, moves, judge, tables(forcer.ways.case))
    return 0.0 if found is None else max(0.0, found.score - asker.score)


def main() -> None:
    """Answer, search again, compare."""
    options = argparse.ArgumentParser()
    options.add_argument("plan", type=Path)
    options.add_argument("--runs", type=int, default=20)
    options.add_argument("--times", type=int, default=20)
    o = options.parse_args()
    case, plan = read_for_verifying(o.plan)
    asker = Asker(case, plan, Options())
    questions = [*left_out(case, plan, GAPS), *decided(case, plan)]
    told = dict(zip(questions, asker.tried(questions, MANY), strict=True))
    none = [q for q, (a, _) in told.items() if a.found is None and not a.impossible]
    print(f"{len(told)} answers in {process_time():.0f} CPU s; neither found nor proven: {len(none)}", flush=True)
    near, crossed, runs = 0, 0, 0
    gained = cache(partial(unasked, asker))
    for q in [q for q in in_turn(questions) if not told[q][0].impossible][: o.runs]:
        answer, known = told[q]
        again = longer(asker, q, known, o.times)
        runs += 1
        crossed += answer.proven is not None and again is not None and again < answer.proven - 1e-6
        free = gained(o.times * known.moves)
        near += again is None or (answer.found is not None and answer.found - again <= NEAR + free)
        print(q.words(case), answer.found, "→", again, "unasked", -free, "proven", answer.proven, flush=True)
    print(f"{runs} searched again: {crossed} below what was proven, {near} within {NEAR:g} points of what was found")
    assert crossed == 0
    assert near >= 0.9 * runs


if __name__ == "__main__":
    main()
