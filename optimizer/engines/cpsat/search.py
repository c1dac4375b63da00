"""Running CP-SAT: work limits, interruption, progress, bounds."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from optimizer.domain import Plan
from optimizer.engines.cpsat.assign import plan_of
from optimizer.engines.cpsat.model import Built
from optimizer.engines.outcome import Options, Progress

WORK = {"quick": 20.0, "standard": 120.0, "thorough": 900.0}  # deterministic seconds of CP-SAT

SMALL = 60_000  # variables up to which the whole relaxation is worth its time


@dataclass(frozen=True)
class Found:
    """``status`` as CP-SAT names it; ``plan`` of the best solution; ``bound`` in score points."""

    status: str
    plan: Plan | None
    bound: float | None
    trail: tuple[Progress, ...]


def run(
    built: Built, options: Options, work: float, hint: Iterable[tuple[Any, int]] = (), stage: str = "cpsat"
) -> Found:
    """Search until proven, out of ``work`` (deterministic), out of time or interrupted."""
    from ortools.sat.python import cp_model

    solver, watch = cp_model.CpSolver(), _watch(built, options, stage)
    p = solver.parameters
    p.num_workers, p.random_seed = max(options.workers, 1), options.seed
    p.interleave_search = options.workers > 1
    if len(built.model.proto.variables) <= SMALL:
        # the weekly sums prove more than propagation does, all rows from the start a hundred times more
        p.linearization_level, p.add_lp_constraints_lazily = 2, False
    p.max_deterministic_time = work
    if options.time_left != float("inf"):
        p.max_time_in_seconds = max(options.time_left, 0.01)
    built.model.clear_hints()
    for var, value in hint:
        if var.index >= 0:
            built.model.add_hint(var, value)
    if built.objective is not None:
        solver.best_bound_callback = watch.bounded
    done = threading.Event()
    guard = threading.Thread(target=_guard, args=(done, options, solver), daemon=True)
    guard.start()
    try:
        status = solver.status_name(solver.solve(built.model, watch))
    finally:
        done.set()
        guard.join()
    plan = plan_of(built.space, solver.value) if status in ("OPTIMAL", "FEASIBLE") else None
    bound = None
    if built.objective is not None and status in ("OPTIMAL", "FEASIBLE", "UNKNOWN"):
        bound = built.objective.bound(solver.best_objective_bound)
    return Found(status, plan, bound, tuple(watch.trail))


def _guard(done: threading.Event, options: Options, solver: Any) -> None:
    """Ask for interruption also while nothing new is found."""
    while not done.wait(0.1):
        if options.stopped():
            solver.stop_search()


def _watch(built: Built, options: Options, stage: str) -> Any:
    from ortools.sat.python import cp_model

    class Watch(cp_model.CpSolverSolutionCallback):
        """Reports each better plan and bound."""

        def __init__(self) -> None:
            super().__init__()
            self.trail: list[Progress] = []
            self.best: float | None = None
            self.limit: float | None = None

        def on_solution_callback(self) -> None:
            if built.objective is not None:
                self.best = built.objective.score(self.objective_value)
                self.limit = built.objective.bound(self.best_objective_bound)
            self.report()

        def bounded(self, value: float) -> None:
            assert built.objective is not None
            self.limit = built.objective.bound(value)
            self.report()

        def report(self) -> None:
            self.trail.append(Progress(options.elapsed, stage, self.best, self.limit))
            options.progress(self.trail[-1])

    return Watch()
