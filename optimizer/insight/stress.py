"""One plan in every scenario: as it is, mended, and planned anew, all from one start and with one effort."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from optimizer.domain import Case, Plan
from optimizer.domain.differences import KEPT, differences
from optimizer.domain.outcome import Options, Progress
from optimizer.domain.scenarios import facing, named, under
from optimizer.errors import UsageError
from optimizer.insight.finding import Finder, Guide
from optimizer.insight.frontier import MOVES, STEPS
from optimizer.insight.frontier import judged as judged_in
from optimizer.insight.proving import Prover
from optimizer.insight.whatif import steady
from optimizer.report import figures
from optimizer.report.stress import AS_IS, Stress, StressTest
from optimizer.verify import verify

FAR = 2.0  # times what is open of the case as it is


def stress(
    case: Case, plan: Plan, options: Options, scenarios: Sequence[str] | None = None, prover: Prover | None = None
) -> StressTest:
    """``plan``, which holds the rules of ``case``, in the ``scenarios`` (default: all) and without one. ``prover``: of
    the case, if known.

    Every search begins with the plan and makes the same moves, the case as it is included, so that the difference
    of two rows is what the scenario does and not what one search found and another did not.
    """
    wanted = [s.id for s in case.scenarios] if scenarios is None else list(dict.fromkeys(scenarios))
    if not wanted:
        raise UsageError("this workbook has no scenarios")
    chosen = [(AS_IS, "as the workbook stands"), *((s, named(case, s).name) for s in wanted)]
    _tell(options, "a bound, and what guides the searches")
    prover = Prover(case, options) if prover is None else prover
    finder = Finder(options, Guide(prover.dual), verify(case, plan).score)
    _tell(options, f"{len(wanted)} scenarios, and none: searches from the plan")
    with ThreadPoolExecutor(2) as pool:
        rows = list(pool.map(lambda x: _row(case, plan, finder, options, *x), chosen))
    _tell(options, "bounds")
    far = np.inf if rows[0].replanned is None else FAR * (prover.bound - rows[0].replanned)
    return StressTest(tuple(_bounded(case, prover, options, r, far) for r in rows), options.elapsed)


def _row(case: Case, plan: Plan, finder: Finder, options: Options, scenario: str, name: str) -> Stress:
    try:
        there, kept = (case, plan) if scenario == AS_IS else facing(case, plan, scenario)
    except UsageError as contradiction:
        return Stress(scenario, name, error=str(contradiction))
    judged = verify(there, kept)
    row = Stress(scenario, name, judged.score, dict(Counter(b.rule for b in judged.breaches)))
    careful = steady(there, kept, finder.scale)  # nothing is changed without a reason
    mended = finder.best(careful, [kept], 0)
    mended = None if mended is None else judged_in(there, mended.plan)
    score = judged.score if judged.ok else None
    score = score if mended is None else max(mended.score, score if score is not None else mended.score)
    found = finder.best(careful, [kept], MOVES[options.effort])
    found = None if found is None else judged_in(there, found.plan)
    best = kept if judged.ok else None
    value = score
    if found is not None and (value is None or best is None or found.score > value):
        best, value = found.plan, found.score
    if best is None or value is None:
        return row
    verdict = verify(there, best)
    changed = sum(d.change != KEPT for d in differences(kept, best))
    coverage = dict(figures(there, best, verdict).coverage)
    return replace(row, mended=score, replanned=verdict.score, changed=changed, coverage=coverage, plan=best)


def _bounded(case: Case, prover: Prover, options: Options, row: Stress, far: float) -> Stress:
    """With the bound of the scenario: from the multipliers of the case as it is, and where those leave more than
    ``far`` open from its own, for rows that it alone has (of a continuing resolution) have no multipliers yet."""
    if row.error is not None:
        return row
    there = case if row.scenario == AS_IS else under(case, row.scenario)
    bound = prover.bound
    if row.scenario != AS_IS:
        bound = prover.of(there, STEPS[options.effort])
        if bound > -np.inf and (row.replanned is None or bound - row.replanned > far) and not options.must_stop:
            bound = min(bound, Prover(there, options).bound)
    if bound == -np.inf:
        return replace(row, error="no plan holds the rules under this scenario (proven)")
    return replace(row, bound=bound if row.replanned is None else max(bound, row.replanned))


def _tell(options: Options, stage: str) -> None:
    options.progress(Progress(options.elapsed, stage, None, None))
