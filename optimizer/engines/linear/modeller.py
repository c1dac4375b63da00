"""The model in PuLP: to read it, to export it, to hand it to HiGHS, to solve it by CBC."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pulp

from optimizer.domain.outcome import Options
from optimizer.engines.linear.drive import NODES, Answer
from optimizer.engines.linear.model import INF, Model
from optimizer.errors import EngineError
from optimizer.quantities import SAME


def problem(model: Model, name: str, factor: float = 1.0) -> pulp.LpProblem:
    """The model as a PuLP problem that minimises −factor × score.

    Columns and rows are named by number and kind (``x0000012_at``, ``r7_dwell``): no two planners'
    names can meet in one, and PuLP, which sorts its variables by name, keeps the columns' order.
    """
    out = pulp.LpProblem(re.sub(r"\W+", "_", name) or "case", pulp.LpMinimize)
    kinds = (pulp.LpContinuous, pulp.LpInteger)
    columns = [
        pulp.LpVariable(
            f"x{i:07d}_{key[0]}", model.low[i], None if model.high[i] == INF else model.high[i], kinds[model.whole[i]]
        )
        for key, i in model.columns.items()
    ]
    out.addVariables(columns)
    out.setObjective(pulp.LpAffineExpression([(columns[i], -factor * price) for i, price in model.objective.items()]))
    out.objective.constant = -factor * model.constant
    for r, owner in enumerate(model.owner):
        span = range(model.starts[r], model.starts[r + 1])
        sides = pulp.LpAffineExpression([(columns[model.index[i]], model.value[i]) for i in span])
        low, high = model.lower[r], model.upper[r]
        sense = pulp.LpConstraintEQ if low == high else pulp.LpConstraintLE if low == -INF else pulp.LpConstraintGE
        out.addConstraint(
            pulp.LpConstraint(sides, sense, f"r{r}_{owner.replace('-', '_')}", high if low == -INF else low)
        )
    return out


def through_pulp(highs: Any, model: Model, factor: float, relaxed: bool) -> None:
    """Hands the model to HiGHS by way of PuLP; only the solver's own answer is read afterwards."""
    made = problem(model, "case", factor)
    made.solverModel = highs
    pulp.HiGHS(mip=not relaxed, msg=False).buildSolverModel(made)
    highs.changeObjectiveOffset(made.objective.constant)


def write(model: Model, name: str, path: Path, form: str) -> None:
    """Writes the model as ``lp`` or ``mps``."""
    made = problem(model, name)
    if form == "lp":
        made.writeLP(str(path))
    else:
        made.writeMPS(str(path))


def solve_by_cbc(model: Model, name: str, options: Options) -> Answer:
    """Minimises by CBC. It cannot be interrupted: a stop is honoured at the time limit.

    Raises ``EngineError`` if CBC is missing or fails.
    """
    made = problem(model, name)
    with tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, "cbc.log")
        cbc = pulp.PULP_CBC_CMD(
            msg=False,
            gapRel=SAME,
            gapAbs=0,
            threads=max(options.workers, 1),
            timeLimit=None if options.time_limit is None else max(options.time_left, 0.01),
            maxNodes=NODES[options.effort],
            options=[f"randomSeed {options.seed}", f"randomCbcSeed {options.seed}"],
            logPath=log,
        )
        if not cbc.available():
            raise EngineError("CBC is not available")
        try:
            made.solve(cbc)
        except pulp.PulpSolverError as error:
            raise EngineError(f"CBC failed: {error}") from error
        return _answer(made, Path(log).read_text(errors="replace"), options)


def _answer(made: pulp.LpProblem, log: str, options: Options) -> Answer:
    if made.sol_status in (pulp.LpSolutionInfeasible, pulp.LpSolutionUnbounded):  # every score is bounded
        return Answer("infeasible", None, None)
    found = made.sol_status in (pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible)
    x = np.array([v.varValue or 0.0 for v in made.variables()]) if found else None
    if made.sol_status == pulp.LpSolutionOptimal:
        score = -pulp.value(made.objective)
        return Answer("optimal", x, score + SAME * abs(score))  # CBC keeps its bound to itself
    least = re.search(r"^Lower bound:\s+(\S+)", log, re.MULTILINE)
    # the log shows three decimals
    bound = None if least is None else -float(least.group(1)) - made.objective.constant + 1e-3
    stopped = "time" if options.time_left <= 0 else "limit"
    return Answer(stopped, x, bound)
