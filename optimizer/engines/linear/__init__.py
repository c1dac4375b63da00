"""The whole problem as one mixed-integer model, solved by HiGHS or CBC.

Exact: for small cases, for cases of sets alone, and as a relaxation that bounds every plan.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from optimizer.domain import Case, Plan
from optimizer.domain.outcome import Options, Outcome, Status, Stopped, StopReason
from optimizer.engines.linear import drive
from optimizer.engines.linear.build import model_of, model_of_plan, row_counts, rules_of
from optimizer.engines.linear.encode import decode, hint
from optimizer.engines.linear.model import Model
from optimizer.engines.linear.modeller import solve_by_cbc, through_pulp, write
from optimizer.errors import EngineError, UsageError
from optimizer.goals import score_all
from optimizer.quantities import same
from optimizer.rules import check_all

PULP_ENTRIES = 100_000  # beyond, handing the model over entry by entry takes longer than it is worth
STOPS = {
    "optimal": StopReason.proven,
    "infeasible": StopReason.proven,
    "limit": StopReason.effort,
    "time": StopReason.time_limit,
    "interrupted": StopReason.interrupted,
}


def solve(
    case: Case,
    options: Options,
    *,
    solver: str = "highs",
    write_lp: Path | None = None,
    write_mps: Path | None = None,
    nodes: int | None = None,
) -> Outcome:
    """The best plan found, with a proven bound.

    ``solver``: ``highs`` or ``cbc``; CBC also steps in where HiGHS cannot run. ``write_lp`` and ``write_mps`` export
    the model first; ``nodes``: how many HiGHS looks at, else as the effort says. HiGHS begins from ``options.start``
    where it is a plan of the case, else from no new decisions at all if that is one. Raises ``UsageError`` for another
    solver's name and ``EngineError`` if neither solver runs.
    """
    if solver not in ("highs", "cbc"):
        raise UsageError(f"the linear engine knows the solvers highs and cbc, not {solver!r}")
    try:
        model, start = model_of(case, lambda: options.must_stop), options.start
    except Stopped:
        return _not_begun(case, options)
    for path, form in ((write_lp, "lp"), (write_mps, "mps")):
        if path is not None:
            write(model, case.settings.name, path, form)
    if solver == "highs":
        try:
            load = through_pulp if len(model.index) <= PULP_ENTRIES else None
            answer = drive.solve(model, options, load=load, start=hint(model.space, start), nodes=nodes)
            return _outcome(case, model, options, "highs", answer, start)
        except EngineError:
            solver = "cbc"
    return _outcome(case, model, options, solver, solve_by_cbc(model, case.settings.name, options), start)


def relax(case: Case, options: Options) -> float:
    """An upper bound on the score of every plan: the optimum without integrality; −∞ if not even
    that has a solution. Raises ``EngineError`` if the limits end it before."""
    answer = drive.solve(model_of(case), options, relaxed=True)
    if answer.status == "infeasible":
        return float("-inf")
    if answer.status != "optimal" or answer.bound is None:
        raise EngineError(f"the relaxation was not finished ({STOPS[answer.status]})")
    return answer.bound + 1e-7 * max(1.0, abs(answer.bound))


def feasible(case: Case, options: Options) -> bool | None:
    """Whether a plan holds the rules; ``None`` if the limits end it before that is known. A proof that there is
    none is HiGHS's, found twice (see ``drive``). Nothing is reported on the way."""
    quiet = replace(options, progress=lambda _: None)
    try:
        answer = drive.solve(rules_of(case, lambda: options.must_stop), quiet)
    except Stopped:
        return None
    if answer.status == "infeasible":
        return False
    return True if answer.x is not None else None


def any_plan(case: Case, part: Case, options: Options) -> Outcome | None:
    """Some plan of ``case``, or the proof that it has none, from ``part``, a smaller case that has a plan exactly if
    the whole has one, and whose plans are plans of it; ``None`` if the limits end it before."""
    try:
        model = rules_of(part, lambda: options.must_stop)
    except Stopped:
        return None
    answer = drive.solve(model, replace(options, progress=lambda _: None))
    plan = None if answer.x is None else decode(model.space, model.values(answer.x))
    if plan is not None and any(f.breaches for f in check_all(case, plan)):
        plan = None
    if plan is None and answer.status != "infeasible":
        return None
    told = Outcome("linear (highs)", Status.infeasible, StopReason.proven, seed=options.seed, effort=options.effort)
    told = replace(told, seconds=options.elapsed, repeatable=answer.status in ("optimal", "infeasible", "limit"))
    if plan is None:
        return told
    score = sum(score_all(case, plan).values())
    return replace(told, status=Status.feasible, stop_reason=StopReason.effort, plan=plan, score=score)


def _not_begun(case: Case, options: Options) -> Outcome:
    """The answer of a run that was over before there was a model: the plan to begin from, if it is one."""
    told = Outcome("linear (highs)", Status.unknown, options.cut_short, seed=options.seed, effort=options.effort)
    told = replace(told, seconds=options.elapsed, repeatable=False)
    plan = options.start
    if plan is None or any(f.breaches for f in check_all(case, plan)):
        return told
    return replace(told, status=Status.feasible, plan=plan, score=sum(score_all(case, plan).values()))


def _outcome(
    case: Case, model: Model, options: Options, solver: str, answer: drive.Answer, start: Plan | None
) -> Outcome:
    plan = None if answer.x is None else decode(model.space, model.values(answer.x))
    score = None if plan is None else sum(score_all(case, plan).values())
    if start is not None and not any(f.breaches for f in check_all(case, start)):
        given = sum(score_all(case, start).values())
        if score is None or given > score:
            plan, score = start.tidy(), given
    status = Status.unknown if plan is None else Status.feasible
    if answer.status == "infeasible":
        status = Status.infeasible
    bound: float | None = None
    if status != Status.infeasible:
        bound = min(model.ceiling, float("inf") if answer.bound is None else answer.bound)
    if score is not None and bound is not None:
        bound = max(bound, score)
        if answer.status == "optimal" and same(bound, score):
            status = Status.optimal
    return Outcome(
        f"linear ({solver})",
        status,
        STOPS[answer.status],
        plan,
        score,
        bound,
        options.elapsed,
        options.seed,
        options.effort,
        answer.status in ("optimal", "infeasible", "limit"),
        trail=answer.trail,
    )


__all__ = ["any_plan", "feasible", "model_of", "model_of_plan", "relax", "row_counts", "rules_of", "solve"]
