"""Running CP-SAT: work limits, interruption, progress, bounds."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from optimizer.domain import Plan
from optimizer.domain.outcome import Options, Progress
from optimizer.engines.cpsat.assign import plan_of
from optimizer.engines.cpsat.model import Built
from optimizer.errors import EngineError

WORK = {"quick": 20.0, "standard": 120.0, "thorough": 900.0}  # deterministic seconds of CP-SAT

FEW = 3_000  # variables
SMALL = 20_000  # variables up to which the whole relaxation is worth its time


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
    p.random_seed = options.seed
    if len(built.model.proto.variables) <= SMALL:
        # one worker that reasons on the whole linear relaxation from the start proves small cases
        # a hundred times sooner than a mixed team
        p.num_workers, p.linearization_level, p.add_lp_constraints_lazily = 1, 2, False
    else:
        p.num_workers, p.interleave_search = max(options.workers, 1), options.workers > 1
    # presolve of CP-SAT 9.15 can lose the best solution where at-most-ones are merged: never there, and small
    # models do without any, at no cost
    p.merge_at_most_one_work_limit = 0.0
    p.cp_model_presolve = len(built.model.proto.variables) > FEW
    p.max_deterministic_time = work
    if options.time_left != float("inf"):
        p.max_time_in_seconds = max(options.time_left, 0.01)
    told = list(hint)
    if told:  # near a good plan simplifying the model at length is work taken from the search
        p.max_presolve_iterations, p.presolve_probing_deterministic_time_limit = 1, 0.3
    _start(built, told, options)
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
    if status == "MODEL_INVALID":
        raise EngineError(f"CP-SAT does not accept the model: {built.model.validate()}")
    plan = plan_of(built.space, solver.value) if status in ("OPTIMAL", "FEASIBLE") else None
    bound = watch.limit
    if built.objective is not None and status == "OPTIMAL":
        bound = built.objective.bound(solver.best_objective_bound)
    return Found(status, plan, bound, tuple(watch.trail))


def _start(built: Built, hint: list[tuple[Any, int]], options: Options) -> None:
    """Hint at every variable: the solver loses its way where a start leaves some of them open."""
    from ortools.sat.python import cp_model

    built.model.clear_hints()
    for var, value in {var.index: (var, value) for var, value in hint}.values():  # a variable once only
        built.model.add_hint(var, value)
    if not hint:
        return
    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.random_seed = 1, options.seed
    solver.parameters.fix_variables_to_their_hinted_value = True
    solver.parameters.max_deterministic_time = WORK["quick"]
    if solver.status_name(solver.solve(built.model)) in ("OPTIMAL", "FEASIBLE"):
        built.model.clear_hints()
        for i, value in enumerate(solver.response_proto.solution):
            built.model.add_hint(built.model.get_int_var_from_proto_index(i), value)


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
            self.report()

        def bounded(self, value: float) -> None:
            """The only bounds to trust: a search stopped early may leave a default as its bound."""
            assert built.objective is not None
            self.limit = built.objective.bound(value)
            self.report()

        def report(self) -> None:
            self.trail.append(Progress(options.elapsed, stage, self.best, self.limit))
            options.progress(self.trail[-1])

    return Watch()
