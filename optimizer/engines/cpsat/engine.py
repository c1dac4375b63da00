"""The engine's three questions: solve a case, challenge a plan, hold one rule against one plan."""

from __future__ import annotations

from math import inf

from optimizer.domain import Case, Plan
from optimizer.domain.outcome import Options, Outcome, Status, Stopped, StopReason
from optimizer.engines.cpsat.assign import Unrepresentable, Value, values
from optimizer.engines.cpsat.model import build
from optimizer.engines.cpsat.objective import ceiling
from optimizer.engines.cpsat.search import WORK, Found, run
from optimizer.engines.cpsat.space import Space
from optimizer.engines.cpsat.symmetry import order_alike
from optimizer.errors import Disagreement
from optimizer.goals import GOALS, score_all
from optimizer.quantities import same
from optimizer.rules import check_all

CHALLENGE_WORK = 2.0  # deterministic seconds of CP-SAT


def solve(case: Case, options: Options) -> Outcome:
    """The best plan found and a proven bound, from ``options.start`` on if that is a plan of the case.

    The score is what the goals' own ``score`` functions give the plan, never the solver's
    objective. Raises ``Disagreement`` if the solver's plan breaks a rule, or if a plan scores
    above a bound or exists where it claims to have proven otherwise.
    """
    hint = options.start
    if hint is not None and _broken(case, hint):
        hint = None
    try:
        built = build(case, stop=lambda: options.must_stop)
    except Stopped:
        return _outcome(case, options, Found("UNKNOWN", None, None, ()), hint)
    told: list[Value] = []
    if hint is None:
        order_alike(built.space)
    else:
        told = _told(built.space, hint)
    found = run(built, options, WORK[options.effort], told)
    if found.status == "INFEASIBLE":
        if hint is not None:
            raise Disagreement("the solver calls a case impossible that has a plan")
        return _report(options, Status.infeasible, StopReason.proven, found)
    if found.plan is not None and (broken := _broken(case, found.plan)):
        raise Disagreement(f"the solver's plan breaks a rule: {broken}")
    return _outcome(case, options, found, hint)


def challenge(case: Case, options: Options) -> tuple[Plan, float] | None:
    """A plan that scores more than ``options.start``, or any plan without one, and its score; ``None`` if none comes
    to light within a small, fixed amount of work. Every plan handed out holds all the rules."""
    start = options.start
    try:
        built = build(case, goals=() if start is None else GOALS, stop=lambda: options.must_stop)
    except Stopped:
        return None
    found = run(built, options, CHALLENGE_WORK, [] if start is None else _told(built.space, start), "check")
    if found.plan is None or _broken(case, found.plan):
        return None
    return found.plan, score(case, found.plan)


def holds(case: Case, plan: Plan, rule: str) -> bool:
    """Whether the model with this rule alone posted, and the plan fixed, has a solution."""
    try:
        built = build(case, [rule], goals=(), told=plan)
        for var, value in values(built.space, plan):
            built.model.add(var == value)
    except Unrepresentable:
        return False
    return run(built, Options(workers=1), WORK["quick"]).status == "OPTIMAL"


def score(case: Case, plan: Plan) -> float:
    """The plan's score by the goals' own arithmetic."""
    return sum(score_all(case, plan).values())


def _told(space: Space, plan: Plan) -> list[Value]:
    try:
        return values(space, plan)
    except Unrepresentable:
        return []


def _broken(case: Case, plan: Plan) -> str:
    """The first breach of a plan, empty if there is none."""
    return next((b.text for finding in check_all(case, plan) for b in finding.breaches), "")


def _outcome(case: Case, options: Options, found: Found, hint: Plan | None) -> Outcome:
    plans = [p for p in (found.plan, hint) if p is not None]
    best = max(plans, key=lambda p: score(case, p), default=None)
    bound = min(inf if found.bound is None else found.bound, ceiling(case))
    if best is None:
        return _report(options, Status.unknown, _stopped(options), found, bound=bound)
    value = score(case, best)
    if value > bound and not same(value, bound):
        raise Disagreement(f"a plan scores {value}, above the bound {bound} the solver claims to have proven")
    proven = found.status == "OPTIMAL"
    status = Status.optimal if proven and same(bound, value) else Status.feasible
    stop = _stopped(options)
    if proven:
        stop = StopReason.proven if status == Status.optimal else StopReason.gap
    return _report(options, status, stop, found, best, value, max(bound, value))


def _stopped(options: Options) -> StopReason:
    if options.stopped():
        return StopReason.interrupted
    return StopReason.time_limit if options.time_left <= 0.05 else StopReason.effort


def _report(
    options: Options,
    status: Status,
    stop: StopReason,
    found: Found,
    plan: Plan | None = None,
    value: float | None = None,
    bound: float | None = None,
) -> Outcome:
    return Outcome(
        engine="cpsat",
        status=status,
        stop_reason=stop,
        plan=plan,
        score=value,
        bound=bound,
        seconds=options.elapsed,
        seed=options.seed,
        effort=options.effort,
        repeatable=stop not in (StopReason.time_limit, StopReason.interrupted),
        trail=found.trail,
    )
