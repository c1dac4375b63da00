"""Running HiGHS on a model: limits, interrupts, progress, and what it really said."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from optimizer.domain.outcome import Options, Progress
from optimizer.engines.linear.encode import Values
from optimizer.engines.linear.model import Model
from optimizer.errors import EngineError
from optimizer.quantities import SAME

try:
    import highspy
except ImportError:  # another solver's copy of HiGHS may be in its way; CBC remains
    highspy = None

PATIENCE = 1.2  # seconds that HiGHS has to stop once it should
FEW = 10_000  # entries; presolve of HiGHS 1.12 can lose the best solution without a word, and small models need none
NODES = {"quick": 200, "standard": 10_000, "thorough": 1_000_000}


@dataclass(frozen=True)
class Answer:
    """``status``: optimal, infeasible, limit (of effort), time, interrupted. ``x``: the best solution
    or ``None``. ``bound``: an upper bound on the score or ``None``."""

    status: str
    x: np.ndarray | None
    bound: float | None
    trail: tuple[Progress, ...] = ()


Load = Callable[[Any, Model, float, bool], None]  # (highs, model, factor, relaxed)


def solve(
    model: Model,
    options: Options,
    *,
    relaxed: bool = False,
    load: Load | None = None,
    start: Values | None = None,
    nodes: int | None = None,
    beat: float | None = None,
) -> Answer:
    """Maximises the model; ``relaxed`` drops integrality; ``load`` hands the model over, minimising
    −factor × score (by default as arrays); ``start``: values of some whole quantities to try first;
    ``nodes``: how many are looked at, else as the effort says; ``beat``: only solutions that score
    more are looked for, so that "infeasible" says that none does, and no bound below it is proven.

    Raises ``EngineError`` if HiGHS cannot be imported or fails.
    """
    if highspy is None:
        raise EngineError("HiGHS is not available")
    factor = _factor(model.costs)
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    (load or _load)(highs, model, factor, relaxed)
    _limits(highs, options, relaxed, nodes)
    if beat is not None:
        _prove(highs, -factor * beat)
    if not relaxed and len(model.index) <= FEW:
        highs.setOptionValue("presolve", "off")
    watch = _Watch(options, factor)
    if start:
        at = np.array([model.columns[key] for key in start], dtype=np.int32)
        highs.setSolution(len(at), at, np.array(list(start.values())))
    highs.cbMipImprovingSolution.subscribe(watch.keep)
    for event in (highs.cbMipInterrupt, highs.cbSimplexInterrupt, highs.cbIpmInterrupt):
        event.subscribe(watch.ask)
    watch.run(highs)
    continuous = relaxed or not any(model.whole)
    if watch.left:
        said = "interrupted" if watch.interrupted else "time"
        return Answer(said, watch.best, None if beat is not None else watch.seen[1], tuple(watch.trail))
    if _doubtful(highs, continuous):
        highs.clearSolver()
        highs.setOptionValue("presolve", "off")
        watch.run(highs)
    answer = _answer(highs, factor, continuous, watch)
    if beat is None or answer.bound is None:
        return answer
    return replace(answer, bound=max(answer.bound, beat))


def _prove(highs: Any, worst: float) -> None:
    """Set up a search that only has to prove: nothing as bad as ``worst``, of what is minimised, is of use, and neither
    are heuristics. HiGHS bounds the programs inside its own heuristics by the same option."""
    highs.setOptionValue("objective_bound", worst)
    highs.setOptionValue("mip_heuristic_effort", 0.0)
    for name in ("mip_allow_restart", "mip_detect_symmetry"):  # several times the work before the first node
        highs.setOptionValue(name, False)


def _doubtful(highs: Any, continuous: bool) -> bool:
    """Presolve of HiGHS 1.12 can call a feasible model infeasible (it then also ends "optimal"
    without a finite bound when it was given a solution): neither is believed without a second run."""
    said, kind = highs.getModelStatus(), highspy.HighsModelStatus
    endless = not continuous and abs(highs.getInfo().mip_dual_bound) >= highspy.kHighsInf
    return said in (kind.kInfeasible, kind.kUnboundedOrInfeasible) or (said == kind.kOptimal and endless)


def _factor(costs: np.ndarray) -> float:
    """Brings the largest coefficient of the score near 100, by a power of two."""
    largest = float(np.abs(costs).max(initial=0.0))
    return 1.0 if largest == 0 else float(2.0 ** round(np.log2(100 / largest)))


def _load(highs: Any, model: Model, factor: float, relaxed: bool) -> None:
    lp, matrix = highspy.HighsLp(), model.matrix
    lp.num_row_, lp.num_col_ = matrix.shape
    lp.col_cost_, lp.offset_ = -factor * model.costs, -factor * model.constant
    lp.col_lower_, lp.col_upper_ = np.asarray(model.low), np.asarray(model.high)
    lp.row_lower_, lp.row_upper_ = np.asarray(model.lower), np.asarray(model.upper)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    lp.a_matrix_.index_ = matrix.indices.astype(np.int32)
    lp.a_matrix_.value_ = matrix.data
    if not relaxed:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[w] for w in model.whole]
    if highs.passModel(lp) == highspy.HighsStatus.kError:
        raise EngineError("HiGHS does not accept the model")


def _limits(highs: Any, options: Options, relaxed: bool, nodes: int | None) -> None:
    highspy.Highs.resetGlobalScheduler(True)
    highs.setOptionValue("threads", max(options.workers, 1))
    highs.setOptionValue("random_seed", options.seed % 2**31)
    highs.setOptionValue("mip_rel_gap", SAME)
    highs.setOptionValue("mip_abs_gap", 0.0)
    if options.time_limit is not None:
        highs.setOptionValue("time_limit", max(options.time_left, 0.01))
    if not relaxed:
        highs.setOptionValue("mip_max_nodes", NODES[options.effort] if nodes is None else nodes)


class _Watch:
    """Asks for interrupts and keeps the trail while HiGHS runs in a thread of its own, so that
    the calling thread stays free to receive Ctrl-C."""

    def __init__(self, options: Options, factor: float):
        self.options, self.factor = options, factor
        self.stop = self.interrupted = self.left = False
        self.trail: list[Progress] = []
        self.seen: tuple[float | None, float | None] = (None, None)
        self.best: np.ndarray | None = None

    def ask(self, event: Any) -> None:
        """Called by HiGHS."""
        if event.callback_type == highspy.cb.HighsCallbackType.kCallbackMipInterrupt:
            best, bound = (self._score(v) for v in (event.data_out.mip_primal_bound, event.data_out.mip_dual_bound))
            self.seen = best, bound
        if self.stop:
            event.interrupt()

    def keep(self, event: Any) -> None:
        """Called by HiGHS with every better solution: an interrupt may leave none behind."""
        self.best = np.array(event.data_out.mip_solution)

    def _score(self, value: float) -> float | None:
        return None if abs(value) >= highspy.kHighsInf else -value / self.factor

    def run(self, highs: Any) -> None:
        """Runs to the end, to a limit or to an interrupt. HiGHS hears neither while it simplifies a model: it is
        then left to itself, and ``left`` says so (it must not be asked anything any more)."""
        thread = threading.Thread(target=highs.run, daemon=True)
        thread.start()
        since = None
        while thread.is_alive():
            try:
                thread.join(0.05)
                self.interrupted |= self.options.stopped()
                self.stop |= self.interrupted or self.options.time_left <= 0
                self._report()
            except KeyboardInterrupt:
                self.interrupted = self.stop = True
            if self.stop:
                since = since or time.monotonic()
                if time.monotonic() - since > PATIENCE and thread.is_alive():
                    self.left = True
                    return

    def _report(self) -> None:
        last = (self.trail[-1].score, self.trail[-1].bound) if self.trail else (None, None)
        if self.seen != last and (not self.trail or self.options.elapsed - self.trail[-1].seconds > 0.5):
            self.trail.append(Progress(self.options.elapsed, "branch and bound", *self.seen))
            self.options.progress(self.trail[-1])


def _answer(highs: Any, factor: float, continuous: bool, watch: _Watch) -> Answer:
    said, kind, trail = highs.getModelStatus(), highspy.HighsModelStatus, tuple(watch.trail)
    if said in (kind.kInfeasible, kind.kUnboundedOrInfeasible):  # every score is bounded
        return Answer("infeasible", None, None, trail)
    info, solution = highs.getInfo(), highs.getSolution()
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    x = np.array(solution.col_value) if found and solution.value_valid else watch.best
    if said in (kind.kOptimal, kind.kModelEmpty):
        least = info.objective_function_value if continuous else info.mip_dual_bound
        return Answer("optimal", np.zeros(0) if x is None else x, -least / factor, trail)
    # only a finished linear program bounds anything; a search does at any time
    least = highspy.kHighsInf if continuous else info.mip_dual_bound
    bound = None if abs(least) >= highspy.kHighsInf else -least / factor
    if watch.interrupted:
        return Answer("interrupted", x, bound, trail)
    if said in (kind.kTimeLimit, kind.kInterrupt, kind.kHighsInterrupt):
        return Answer("time", x, bound, trail)
    if said in (kind.kSolutionLimit, kind.kIterationLimit):
        return Answer("limit", x, bound, trail)
    raise EngineError(f"HiGHS ended with status {said.name[1:]}")
