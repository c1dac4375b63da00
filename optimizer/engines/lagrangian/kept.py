"""What the engine's parts answer by themselves: a plan made to hold a case, and a ceiling on every plan's score."""

from __future__ import annotations

from collections.abc import Callable

from optimizer.domain import Case, Plan
from optimizer.engines.lagrangian.bound.tree import Tree
from optimizer.engines.lagrangian.kernels.chance import generator
from optimizer.engines.lagrangian.search.fit import fit
from optimizer.engines.lagrangian.search.plans import plan_of
from optimizer.engines.lagrangian.search.seat import rotations_room
from optimizer.engines.lagrangian.tables.build import names, tables
from optimizer.rules import check_all


def kept(case: Case, plan: Plan, seed: int = 1) -> Plan | None:
    """``plan`` with what the rules of ``case`` no longer allow moved, cut or left out, and nothing else changed or
    added (see ``search.fit``); ``None`` where that does not come to a plan that holds every rule."""
    t, ids = tables(case), names(case)
    board = fit(case, t, ids, generator(seed), plan, rotations_room(case, t, plan))
    if board is None:
        return None
    made = plan_of(case, t, ids, board.state)
    return None if any(f.breaches for f in check_all(case, made)) else made


def ceiling(case: Case, steps: int, stopped: Callable[[], bool] = lambda: False) -> float | None:
    """A proven bound on the score of every plan of ``case`` after so many steps of the dual; ``None`` if there is
    none yet. −∞ proves that there is no plan."""
    tree = Tree(case, tables(case))
    tree.run(steps, stopped)
    return None if tree.bound == float("inf") else tree.bound
