"""Asking an engine: from the plan in hand, with no worse an answer, and with reasons where there is no plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from optimizer.domain import Case, Plan
from optimizer.domain.history import present
from optimizer.domain.outcome import Options, Outcome, Progress, Status, StopReason
from optimizer.engines.auto import linear_columns
from optimizer.engines.referee import CHECKED
from optimizer.errors import Disagreement, UsageError
from optimizer.quantities import figure, same
from optimizer.verify import verify

LOOKS = (20, 400)  # steps of descent in which most conflicts show (half a second), and where no plan was found
Solver = Callable[[Case, Options], Outcome]


def ask(solver: Solver, case: Case, options: Options) -> Outcome:
    """The engine's answer to a case.

    A plan in the workbook is judged first, by the rules themselves and under the same inputs. If it holds them
    all the engine begins from it and the better of the two is the answer. What can never be is told without
    asking anybody, and of a case without a plan it is found out why. Raises ``Disagreement`` where an engine
    calls impossible what the workbook shows to be possible, or bounds it from below.
    """
    held = in_hand(case)
    if held is not None:
        plan, score = held
        said = f"the plan in the workbook holds every rule and scores {figure(score)}: the search begins from it"
        options.progress(Progress(options.elapsed, said, score, None, plan))
        return no_worse(solver(case, replace(options, start=plan)), plan, score)
    from optimizer.conflicts import conflicts

    if never := conflicts(case):
        found = Outcome("check", Status.infeasible, StopReason.proven, seed=options.seed, effort=options.effort)
        return replace(found, seconds=options.elapsed, reasons=never)
    outcome = _proof(case, options, LOOKS[0]) or solver(case, options)
    if outcome.status == Status.unknown and not options.must_stop:
        outcome = _proof(case, options, LOOKS[1]) or outcome
    if outcome.status != Status.infeasible or outcome.reasons:
        return outcome
    from optimizer.insight.infeasible import reasons

    return replace(outcome, reasons=reasons(case, options), seconds=options.elapsed)


def _proof(case: Case, options: Options, looks: int) -> Outcome | None:
    """The answer to a case of which a short look shows that it has no plan: engines prove that only once their bounds
    have fallen below any score. Cases so small that claims of engines are checked are left to them."""
    if linear_columns(case) <= CHECKED:
        return None
    from optimizer.engines.lagrangian.existence import Existence

    options.progress(Progress(options.elapsed, "whether there is a plan at all", None, None))
    if not Existence(case, options.seed, lambda: options.must_stop).prove(looks):
        return None
    found = Outcome("lagrangian", Status.infeasible, StopReason.proven, seed=options.seed, effort=options.effort)
    return replace(found, seconds=options.elapsed)


def in_hand(case: Case) -> tuple[Plan, float] | None:
    """The plan that the workbook holds, as far as it lies in the weeks of the plan, and its score; ``None`` if there
    is none or it breaks a rule of this case."""
    if case.last.empty:
        return None
    plan = present(case.last).tidy()
    verdict = verify(case, plan)
    return (plan, verdict.score) if verdict.ok else None


def plan_in_hand(case: Case) -> Plan:
    """The plan that the workbook holds. Raises ``UsageError`` where it holds none or one that breaks a rule."""
    held = in_hand(case)
    if held is None:
        raise UsageError("the workbook holds no plan that holds its rules: see verify, or solve it first")
    return held[0]


def no_worse(outcome: Outcome, plan: Plan, score: float) -> Outcome:
    """The outcome, or the plan in hand if the engine has none that scores more; its bound must let that plan be."""
    if outcome.status == Status.infeasible:
        raise Disagreement(f"engine '{outcome.engine}' claims that there is no plan, yet the workbook holds one")
    if outcome.bound is not None and outcome.bound < score and not same(outcome.bound, score):
        text = (
            f"engine '{outcome.engine}' claims no plan scores above {outcome.bound}, yet the workbook's scores {score}"
        )
        raise Disagreement(text)
    if outcome.plan is not None and outcome.score is not None and outcome.score >= score:
        return outcome
    proven = outcome.bound is not None and same(outcome.bound, score)
    status = Status.optimal if proven else Status.feasible
    reason = StopReason.proven if proven else outcome.stop_reason
    if not proven and reason == StopReason.proven:
        reason = StopReason.gap
    return replace(outcome, plan=plan, score=score, status=status, stop_reason=reason)


class Heard:
    """Passes progress on and remembers the best plan and the lowest bound told of: what is left of an engine that
    had to be left behind."""

    def __init__(self, engine: str, options: Options):
        self.engine, self.options = engine, options
        self.best: Progress | None = None
        self.bound: float | None = None

    def __call__(self, report: Progress) -> None:
        if report.plan is not None and (self.best is None or (report.score or 0.0) > (self.best.score or 0.0)):
            self.best = report
        if report.bound is not None:
            self.bound = report.bound if self.bound is None else min(self.bound, report.bound)
        self.options.progress(report)

    def outcome(self) -> Outcome:
        """The answer of an engine that did not stop when it should have."""
        o, best = self.options, self.best
        told = Outcome(self.engine, Status.unknown, o.cut_short, bound=self.bound, seed=o.seed, effort=o.effort)
        told = replace(told, seconds=o.elapsed, repeatable=False, unproven="the engine was left before it was done")
        if best is None or best.plan is None:
            return told
        return replace(told, status=Status.feasible, plan=best.plan, score=best.score)
